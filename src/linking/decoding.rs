//! The page as a whole: a beam over open branches.
//!
//! Each choice of a parent changes the branch from which the next one is chosen, so parents are
//! not chosen one by one. A state is a branch that may be open after a comment; states with the
//! same branch are one. Every state is continued by every candidate of the next comment, and the
//! likeliest of the new states are kept. A top-level comment closes every branch, so a page falls
//! into independent pieces.

use super::branches::{Branches, NONE, Step};
use super::candidates::{Candidate, Search};
use super::lattice::{Arc, Lattice};
use super::order;
pub(super) use super::ranking::Ranking;
use super::ranking::log_sum;
use super::relations::Relations;
use super::weights::Weights;

/// States kept after a comment; 150 instead gain nothing on pages and about a point on chat, at six
/// times the cost.
pub(super) const BEAM: usize = 24;

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
    pub(super) search: Search<'t, 'd>,
    /// The comments whose parent is to be found, rising.
    pub(super) open: &'t [u32],
    /// The last level that the page shows, sorted by time; [`super::branches::NO_CAP`] if it shows
    /// all levels.
    pub(super) last_level: u32,
    /// How many states are kept.
    pub(super) beam: usize,
    pub(super) weights: &'t Weights,
    /// Whether neighbours (siblings, comments of the last level) that stand in the order are
    /// counted in its favour, as those out of it against it, so that the weights of two orders can
    /// be compared.
    pub(super) compares_orders: bool,
}

impl Task<'_, '_> {
    /// What a reply below `step` says of the order.
    fn says_of_order(&self, reply: u32, step: Step) -> f32 {
        let Search { page, order, .. } = self.search;
        let before = if step.follows == NONE { step.last_child } else { step.follows };
        if !self.compares_orders || before == NONE {
            return 0.0;
        }
        order::told(order, page.minutes_between(before, reply))
    }
}

/// What decoding found.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The parents of every open comment, in the order of `task.open`.
    pub(super) rankings: Vec<Ranking>,
    /// The logarithm of the weight of all ways through the page: how well the task explains it.
    pub(super) weight: f64,
    /// What it cost, for tests: machines differ in time, not in this.
    pub(super) cost: Cost,
}

/// What decoding cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// Choices that were weighed.
    pub(super) choices: usize,
    /// The most arcs that were held at a time.
    pub(super) most_arcs: usize,
    /// Nodes of the branches of the largest piece.
    pub(super) most_nodes: usize,
}

/// Ranks the parents of every open comment.
pub(super) fn decode(task: Task<'_, '_>) -> Decoded {
    let mut decoder = Decoder::new(task);
    decoder.run();
    decoder.decoded
}

/// A branch that may be open, and the logarithm of the weight of all ways into it.
#[derive(Debug, Clone, Copy)]
struct State {
    branch: u32,
    alpha: f64,
}

struct Decoder<'t, 'd> {
    task: Task<'t, 'd>,
    branches: Branches,
    states: Vec<State>,
    /// The arcs of the comment that is being added.
    arcs: Vec<Arc>,
    lattice: Lattice,
    /// By branch, the number of the state that continues it, and for which comment.
    slots: Vec<(u32, u32)>,
    /// The same for the state that begins a branch.
    fresh: (u32, u32),
    relations: Relations,
    decoded: Decoded,
}

impl<'t, 'd> Decoder<'t, 'd> {
    fn new(task: Task<'t, 'd>) -> Self {
        Self {
            task,
            branches: Branches::new(task.last_level),
            states: Vec::new(),
            arcs: Vec::new(),
            lattice: Lattice::default(),
            slots: Vec::new(),
            fresh: (NONE, NONE),
            relations: Relations::default(),
            decoded: Decoded {
                rankings: vec![Ranking::new(); task.open.len()],
                weight: 0.0,
                cost: Cost::default(),
            },
        }
    }

    fn run(&mut self) {
        let n = self.task.search.parents.len() as u32;
        let mut open = 0;
        let mut start = 0;
        let mut candidates = Vec::new();
        while start < n && open < self.task.open.len() {
            let end = self.end_of_piece(start, open);
            let until = open + self.task.open[open..].partition_point(|&i| i < end);
            // A piece without an open comment needs no branches.
            if until > open {
                self.states = vec![State { branch: NONE, alpha: 0.0 }];
                for i in start..end {
                    let is_open = self.task.open.get(open) == Some(&i);
                    self.step(i, is_open.then_some(open), &mut candidates);
                    open += usize::from(is_open);
                    if self.lattice.len() >= WINDOW + LAG {
                        self.settle(WINDOW);
                    }
                }
                self.settle(self.lattice.len());
                let ways = self.states.iter().map(|state| state.alpha);
                self.decoded.weight += ways.fold(f64::NEG_INFINITY, log_sum);
                let cost = &mut self.decoded.cost;
                cost.most_nodes = cost.most_nodes.max(self.branches.len());
                cost.most_arcs = self.lattice.most_arcs;
                self.branches.clear();
                self.slots.clear();
            }
            start = end;
        }
    }

    /// The next top-level comment after `start`.
    fn end_of_piece(&self, start: u32, open: usize) -> u32 {
        let parents = self.task.search.parents;
        let mut open = self.task.open[open..].iter().peekable();
        (start..parents.len() as u32)
            .find(|&i| {
                while open.next_if(|&&o| o < i).is_some() {}
                i > start && parents[i as usize].is_none() && open.peek() != Some(&&i)
            })
            .unwrap_or(parents.len() as u32)
    }

    /// Moves every state on by one comment.
    fn step(&mut self, i: u32, open: Option<usize>, candidates: &mut Vec<Candidate>) {
        let before = std::mem::take(&mut self.states);
        let Task { search, weights, .. } = self.task;
        let known = search.parents[i as usize].unwrap_or(NONE);
        self.relations.clear();
        self.slots.resize(self.branches.len(), (NONE, NONE));
        for (from, state) in before.iter().enumerate() {
            let from = (from as u32, state.alpha);
            search.find(i, open.is_some(), &self.branches, state.branch, candidates);
            if candidates.is_empty() {
                // Where an absent parent hung is unknown, so nothing of the branch is closed.
                let score = if open.is_some() { weights.absent } else { 0.0 };
                let base = if open.is_none() && known == NONE { NONE } else { state.branch };
                self.add(i, from, base, known, score);
            } else if open.is_none() || (before.len() == 1 && candidates.len() == 1) {
                let only = candidates[0].step;
                let score = self.task.says_of_order(i, only);
                self.add(i, from, only.branch, only.comment, score);
            } else {
                let mut relations = std::mem::take(&mut self.relations);
                search.weigh(i, candidates, &mut relations, |candidate, values| {
                    let score: f32 = values.iter().zip(&weights.features).map(|(v, w)| v * w).sum();
                    let step = candidate.step;
                    let score = score + self.task.says_of_order(i, step);
                    self.add(i, from, step.branch, step.comment, score);
                });
                self.relations = relations;
            }
        }
        self.prune(i, &before, open);
    }

    /// Adds one choice: a state that goes on by continuing the branch `base`.
    fn add(&mut self, i: u32, (from, alpha): (u32, f64), base: u32, parent: u32, score: f32) {
        let slot = if base == NONE { &mut self.fresh } else { &mut self.slots[base as usize] };
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
        self.arcs.push(Arc { from, to, parent, score });
        self.decoded.cost.choices += 1;
    }

    /// Keeps the likeliest states, continues their branches, and drops the arcs to the others.
    fn prune(&mut self, i: u32, before: &[State], open: Option<usize>) {
        let alpha = |state: u32| self.states[state as usize].alpha;
        let mut order: Vec<u32> = (0..self.states.len() as u32).collect();
        order.sort_by(|&a, &b| alpha(b).total_cmp(&alpha(a)).then(a.cmp(&b)));
        let best = order.first().map_or(0.0, |&first| alpha(first));
        let is_kept = |&&state: &&u32| alpha(state) > best - FAINTEST;
        let kept = order.iter().take(self.task.beam).take_while(is_kept).count();
        order.truncate(kept);
        let mut renumbered = vec![NONE; self.states.len()];
        for (new, &old) in order.iter().enumerate() {
            renumbered[old as usize] = new as u32;
        }
        let push = |&old: &u32| {
            let State { branch, alpha } = self.states[old as usize];
            State { branch: self.branches.push(branch, i), alpha }
        };
        self.states = order.iter().map(push).collect();
        let arcs = self.arcs.drain(..).filter_map(|arc| {
            let to = renumbered[arc.to as usize];
            (to != NONE).then_some(Arc { to, ..arc })
        });
        self.lattice.push(before.iter().map(|state| state.alpha), open, arcs);
    }

    /// Settles the parents of the first `count` comments that are not settled yet.
    fn settle(&mut self, count: usize) {
        let rankings = &mut self.decoded.rankings;
        let now = self.states.iter().map(|state| state.alpha);
        self.lattice.settle(count, now, self.task.weights.calibration, |open, ranking| {
            rankings[open] = ranking;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::branches::NO_CAP;
    use super::super::page::Page;
    use super::*;
    use crate::comment::{Comment, ReplyTo};
    use crate::thread::SiblingOrder;

    /// What a page costs on which two people answer each other so many times.
    fn cost_of_dialogue(comments: u32, last_level: u32) -> Cost {
        let write = |i: u32| {
            let (author, other) = if i.is_multiple_of(2) { ("ann", "bob") } else { ("bob", "ann") };
            let reply_to = if i == 0 { ReplyTo::post() } else { ReplyTo::name(other) };
            Comment { author: Some(author.into()), reply_to, ..Comment::default() }
        };
        let comments: Vec<Comment> = (0..comments).map(write).collect();
        let page = Page::new(&comments);
        let parents = vec![None; comments.len()];
        let open: Vec<u32> = (1..comments.len() as u32).collect();
        let order = SiblingOrder::OldestFirst;
        let search = Search { page: &page, parents: &parents, order };
        let weights = Weights::of(page.genre(), page.timing);
        let beam = 3;
        let compares_orders = false;
        decode(Task { search, open: &open, last_level, beam, weights: &weights, compares_orders })
            .cost
    }

    #[test]
    fn the_cost_of_a_comment_does_not_depend_on_how_many_there_are() {
        for last_level in [NO_CAP, 3] {
            let [some, more] = [6_000, 12_000].map(|n| cost_of_dialogue(n, last_level));
            assert!(more.choices <= 2 * some.choices + some.choices / 50, "{some:?} {more:?}");
            assert!(more.most_nodes <= 3 * 12_000, "{more:?}");
            assert!(more.most_arcs <= 3 * 12 * (WINDOW + LAG), "{more:?}");
            assert!(more.most_arcs <= some.most_arcs + some.most_arcs / 50, "{some:?} {more:?}");
        }
    }
}
