//! The page as a whole: a beam over open branches, and the probability of every parent.
//!
//! Each choice of a parent changes the branch from which the next one is chosen, so parents are
//! not chosen one by one. A state is a branch that may be open after a comment; states with the
//! same branch are one. The forward pass sums over all ways into a state, the backward pass over
//! all ways on from it; together they give each parent's posterior probability. A top-level
//! comment closes every branch, so a page falls into independent pieces.

use super::branches::{Branches, Candidate, NONE};
use super::features::{self, N, Pair, PairTexts};
use super::fitting::Gold;
use super::page::Page;
pub(super) use super::ranking::Ranking;
use super::ranking::{log_sum, rank};
use super::weights::Weights;
use crate::thread::SiblingOrder;

/// States kept after a comment; 150 instead gain nothing on pages and about a point on chat, at six
/// times the cost.
const BEAM: usize = 24;

/// States this much less likely than the best (as a logarithm) are given up.
const FAINTEST: f64 = 14.0;

/// Comments of a piece after which probabilities are settled for all but the last [`LAG`], so
/// that memory stays bounded on the longest chains.
const WINDOW: usize = 4096;

/// How many later comments have a say in a probability at least.
const LAG: usize = 512;

/// What is decoded, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'t, 'd> {
    pub(super) page: &'t Page<'d>,
    /// By comment, its parent where it is known; `None` = the post.
    pub(super) parents: &'t [Option<u32>],
    /// The comments whose parent is to be found, rising.
    pub(super) open: &'t [u32],
    /// The order of replies.
    pub(super) order: SiblingOrder,
    pub(super) weights: &'t Weights,
}

/// Ranks the parents of every open comment, in the order of `task.open`.
pub(super) fn decode(task: Task<'_, '_>) -> Vec<Ranking> {
    let mut decoder = Decoder::new(task, None);
    decoder.run();
    decoder.rankings
}

/// Finds how likely the true parents are, and how that changes with each weight. The true branch
/// is never given up.
pub(super) fn learn<'t>(task: Task<'t, '_>, gold: Gold<'t>) -> Gold<'t> {
    let mut decoder = Decoder::new(task, Some(gold));
    decoder.run();
    decoder.gold.expect("it was given")
}

/// A branch that may be open, and the logarithm of the weight of all ways into it.
#[derive(Debug, Clone, Copy)]
struct State {
    branch: u32,
    alpha: f64,
}

/// One way from a state to a state of the next comment: a choice of parent.
#[derive(Debug, Clone, Copy)]
struct Arc {
    from: u32,
    to: u32,
    parent: u32,
    score: f32,
}

/// What a comment added: its arcs, and its place among the open comments.
#[derive(Debug)]
struct Layer {
    /// Where its arcs begin.
    arcs: usize,
    /// The states before it.
    before: Vec<State>,
    /// Its place in `task.open`; `None` where its parent is known.
    open: Option<usize>,
    /// The state of the true branch before it; only while weights are fitted.
    gold: Option<u32>,
}

struct Decoder<'t, 'd> {
    task: Task<'t, 'd>,
    branches: Branches,
    states: Vec<State>,
    layers: Vec<Layer>,
    /// The comment of the first layer.
    first: u32,
    arcs: Vec<Arc>,
    /// By arc, the features that it was scored by; only while weights are fitted.
    values: Vec<[f32; N]>,
    /// By branch, the number of the state that continues it, and for which comment.
    slots: Vec<(u32, u32)>,
    candidates: Vec<Candidate>,
    /// What the current comment's text shares with others.
    cache: Vec<(u32, PairTexts)>,
    rankings: Vec<Ranking>,
    /// Only while weights are fitted.
    gold: Option<Gold<'t>>,
}

impl<'t, 'd> Decoder<'t, 'd> {
    fn new(task: Task<'t, 'd>, gold: Option<Gold<'t>>) -> Self {
        Self {
            task,
            branches: Branches::default(),
            states: Vec::new(),
            layers: Vec::new(),
            first: 0,
            arcs: Vec::new(),
            values: Vec::new(),
            slots: Vec::new(),
            candidates: Vec::new(),
            cache: Vec::new(),
            rankings: vec![Ranking::new(); task.open.len()],
            gold,
        }
    }

    fn run(&mut self) {
        let n = self.task.parents.len() as u32;
        let mut open = 0;
        let mut start = 0;
        while start < n && open < self.task.open.len() {
            let end = self.end_of_piece(start, open);
            let until = open + self.task.open[open..].partition_point(|&i| i < end);
            // A piece without an open comment needs no branches.
            if until > open {
                self.states = vec![State { branch: NONE, alpha: 0.0 }];
                if let Some(gold) = &mut self.gold {
                    gold.state = Some(0);
                }
                self.first = start;
                for i in start..end {
                    let is_open = self.task.open.get(open) == Some(&i);
                    self.step(i, is_open.then_some(open));
                    open += usize::from(is_open);
                    if self.layers.len() >= WINDOW + LAG {
                        self.settle(WINDOW);
                    }
                }
                self.settle(self.layers.len());
                self.branches.clear();
                self.slots.clear();
            }
            start = end;
        }
    }

    /// The next top-level comment after `start`.
    fn end_of_piece(&self, start: u32, open: usize) -> u32 {
        let n = self.task.parents.len() as u32;
        let mut open = self.task.open[open..].iter().peekable();
        (start..n)
            .find(|&i| {
                while open.next_if(|&&o| o < i).is_some() {}
                i > start && self.task.parents[i as usize].is_none() && open.peek() != Some(&&i)
            })
            .unwrap_or(n)
    }

    /// Moves every state on by one comment.
    fn step(&mut self, i: u32, open: Option<usize>) {
        let before = std::mem::take(&mut self.states);
        let arcs = self.arcs.len();
        let mut candidates = std::mem::take(&mut self.candidates);
        self.cache.clear();
        self.slots.resize(self.branches.len(), (NONE, NONE));
        let mut fresh = (NONE, NONE);
        let gold = self.gold.as_ref().and_then(|gold| gold.state);
        for (from, state) in before.iter().enumerate() {
            self.find(i, open.is_some(), state.branch, &mut candidates);
            if candidates.is_empty() {
                // Where an absent parent hung is unknown, so nothing of the branch is closed.
                let known = self.task.parents[i as usize].unwrap_or(NONE);
                let score = if open.is_some() { self.task.weights.absent } else { 0.0 };
                let base = if open.is_none() && known == NONE { NONE } else { state.branch };
                self.arc(i, from, base, known, score, state.alpha, &mut fresh);
            } else if open.is_none() || (before.len() == 1 && candidates.len() == 1) {
                let only = candidates[0];
                self.arc(i, from, only.branch, only.comment, 0.0, state.alpha, &mut fresh);
            } else {
                self.score(i, &candidates, |decoder, candidate, values, score| {
                    let (branch, parent) = (candidate.branch, candidate.comment);
                    decoder.arc(i, from, branch, parent, score, state.alpha, &mut fresh);
                    if decoder.gold.is_some() {
                        decoder.values.resize(decoder.arcs.len() - 1, [0.0; N]);
                        decoder.values.push(values);
                    }
                });
            }
        }
        self.candidates = candidates;
        self.layers.push(Layer { arcs, before, open, gold });
        self.prune(i, arcs);
    }

    /// The candidates on a branch: for an open comment those that its hints allow, else its parent.
    fn find(&self, i: u32, is_open: bool, branch: u32, found: &mut Vec<Candidate>) {
        let page = self.task.page;
        if !is_open {
            let parent = self.task.parents[i as usize].unwrap_or(NONE);
            return self.branches.candidates(branch, |comment| comment == parent, found);
        }
        let label = page.label(i);
        self.branches.candidates(branch, |c| page.names.may_mean(label, page.author(c)), found);
        if page.comments[i as usize].reply_to.first_reply == Some(false) {
            found.retain(|candidate| candidate.last_child != NONE);
        }
    }

    /// Scores candidates and hands each over with its score.
    fn score(
        &mut self,
        i: u32,
        candidates: &[Candidate],
        mut each: impl FnMut(&mut Self, Candidate, [f32; N], f32),
    ) {
        let page = self.task.page;
        let texts: Vec<PairTexts> =
            candidates.iter().map(|c| self.pair_texts(i, c.comment)).collect();
        let waited = |c: &Candidate| features::waited(page, c.comment, i);
        let least_waited = candidates.iter().map(waited).fold(f32::INFINITY, f32::min);
        for (rank, &candidate) in candidates.iter().enumerate() {
            let others = texts.iter().enumerate().filter(|(other, _)| *other != rank);
            let rival_quoted = others.map(|(_, t)| t.quoted).reduce(f32::max);
            let sibling_similarity = match candidate.last_child {
                NONE => 0.0,
                last => self.pair_texts(i, last).similarity,
            };
            let values = features::values(&Pair {
                page,
                order: self.task.order,
                child: i,
                candidate,
                texts: texts[rank],
                sibling_similarity,
                rank,
                least_waited,
                rival_quoted: rival_quoted.unwrap_or(texts[rank].quoted),
            });
            let weights = &self.task.weights.features;
            let score = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
            each(self, candidate, values, score);
        }
    }

    fn pair_texts(&mut self, i: u32, other: u32) -> PairTexts {
        if let Some((_, texts)) = self.cache.iter().find(|(comment, _)| *comment == other) {
            return *texts;
        }
        let texts = PairTexts::new(self.task.page, i, other);
        self.cache.push((other, texts));
        texts
    }

    /// Adds one choice: a state that goes on by continuing the branch `base`.
    #[allow(clippy::too_many_arguments)]
    fn arc(
        &mut self,
        i: u32,
        from: usize,
        base: u32,
        parent: u32,
        score: f32,
        alpha: f64,
        fresh: &mut (u32, u32),
    ) {
        let slot = if base == NONE { fresh } else { &mut self.slots[base as usize] };
        let alpha = alpha + f64::from(score);
        let to = if slot.0 == i {
            let state = &mut self.states[slot.1 as usize];
            state.alpha = log_sum(state.alpha, alpha);
            slot.1
        } else {
            *slot = (i, self.states.len() as u32);
            // The branch that is continued; the comment itself is pushed if the state is kept.
            self.states.push(State { branch: base, alpha });
            slot.1
        };
        self.arcs.push(Arc { from: from as u32, to, parent, score });
    }

    /// Keeps the likeliest states, continues their branches, and drops the arcs to the others.
    fn prune(&mut self, i: u32, arcs: usize) {
        let mut order: Vec<u32> = (0..self.states.len() as u32).collect();
        let alpha = |state: u32| self.states[state as usize].alpha;
        order.sort_by(|&a, &b| alpha(b).total_cmp(&alpha(a)).then(a.cmp(&b)));
        let best = order.first().map_or(0.0, |&first| alpha(first));
        let gold = self.true_state(i, arcs);
        let kept = order.iter().take(BEAM).take_while(|&&s| alpha(s) > best - FAINTEST).count();
        let rest = order.split_off(kept);
        order.extend(rest.into_iter().filter(|&state| Some(state) == gold));
        let mut renumbered = vec![NONE; self.states.len()];
        for (new, &old) in order.iter().enumerate() {
            renumbered[old as usize] = new as u32;
        }
        let states: Vec<State> = order
            .iter()
            .map(|&old| {
                let State { branch, alpha } = self.states[old as usize];
                State { branch: self.branches.push(branch, i), alpha }
            })
            .collect();
        self.states = states;
        let mut write = arcs;
        for read in arcs..self.arcs.len() {
            let arc = self.arcs[read];
            let to = renumbered[arc.to as usize];
            if to != NONE {
                self.arcs[write] = Arc { to, ..arc };
                if self.gold.is_some() {
                    self.values.resize(self.values.len().max(read + 1), [0.0; N]);
                    self.values[write] = self.values[read];
                }
                write += 1;
            }
        }
        self.arcs.truncate(write);
        self.values.truncate(write);
        if let Some(gold_state) = &mut self.gold {
            gold_state.state = gold.map(|state| renumbered[state as usize]);
        }
    }

    /// The state after the true choice for a comment; only while weights are fitted.
    fn true_state(&self, i: u32, arcs: usize) -> Option<u32> {
        let gold = self.gold.as_ref()?;
        let (from, parent) = (gold.state?, gold.parent(i));
        let is_true = |arc: &&Arc| arc.from == from && arc.parent == parent;
        self.arcs[arcs..].iter().find(is_true).map(|arc| arc.to)
    }

    /// Passes backward over all layers, settles the first `count` of them and forgets those.
    fn settle(&mut self, count: usize) {
        let total = self.states.iter().map(|s| s.alpha).fold(f64::NEG_INFINITY, log_sum);
        let mut betas = vec![0.0; self.states.len()];
        for k in (0..self.layers.len()).rev() {
            let layer = &self.layers[k];
            let end = self.layers.get(k + 1).map_or(self.arcs.len(), |next| next.arcs);
            let arcs = &self.arcs[layer.arcs..end];
            let mut earlier = vec![f64::NEG_INFINITY; layer.before.len()];
            for arc in arcs {
                let onward = f64::from(arc.score) + betas[arc.to as usize];
                let beta = &mut earlier[arc.from as usize];
                *beta = log_sum(*beta, onward);
            }
            if let Some(open) = layer.open.filter(|_| k < count) {
                let probability = |arc: &Arc| {
                    let alpha = layer.before[arc.from as usize].alpha;
                    (alpha + f64::from(arc.score) + betas[arc.to as usize] - total).exp()
                };
                let choices = arcs.iter().map(|arc| (arc.parent, probability(arc)));
                self.rankings[open] = rank(choices, self.task.weights.sharpness);
            }
            if let Some(gold) = self.gold.as_mut().filter(|gold| gold.state.is_some()) {
                let values = &self.values[layer.arcs.min(self.values.len())..];
                for (arc, values) in arcs.iter().zip(values) {
                    let alpha = layer.before[arc.from as usize].alpha;
                    let posterior = alpha + f64::from(arc.score) + betas[arc.to as usize] - total;
                    let is_true = Some(arc.from) == layer.gold
                        && arc.parent == gold.parent(self.first + k as u32);
                    gold.count(values, f64::from(arc.score), posterior.exp(), is_true);
                }
            }
            betas = earlier;
        }
        if let Some(gold) = self.gold.as_mut().filter(|gold| gold.state.is_some()) {
            gold.log_likelihood -= total;
        }
        let kept_from = self.layers.get(count).map_or(self.arcs.len(), |layer| layer.arcs);
        self.arcs.drain(..kept_from);
        self.layers.drain(..count);
        self.first += count as u32;
        for layer in &mut self.layers {
            layer.arcs -= kept_from;
        }
    }
}
