//! Terms to groups, each of which makes a topic, and how many of them there are.
//!
//! Either method gives classes with the uses of each term in them; a term goes to the class that
//! it tells most of (class-based TF-IDF, Grootendorst 2022, times the share of its uses that the
//! class has). The number of groups is the smallest that holds together nearly as well as the best
//! does: a reader is served by few topics, but not by mixed ones.

use super::factors::factors;
use super::graph::Graph;
use super::matrix::Matrix;
use super::terms::Terms;
use super::usage::Usage;
use super::{CONTEXT, Discovery, Method};
use crate::topics::measures::c_tf_idf;

/// Terms that a topic is searched with at most.
const TERMS: usize = 24;
/// A term of less weight, relative to the foremost, says too little.
const FAINT: f64 = 0.04;
/// A term is used so much more within its class than elsewhere.
const LIFT: f64 = 1.3;
/// Terms of a group that are looked at to tell whether it is mixed.
const MIXED: usize = 16;
/// What a single term is worth beside the coherence of several: it cannot be mixed, but says little.
const SINGLE: f64 = 0.1;
/// How much less than the best coherence is good enough, as a share of it: a constant, and what is
/// divided by the root of the number of comments, since in few the best is so by chance.
const SLACK: (f64, f64) = (0.05, 0.5);
/// Documents that the number of topics is chosen on at most.
const SAMPLE: usize = 4_000;
/// Resolutions at which communities are sought, from coarse to fine.
const RESOLUTIONS: [f64; 8] = [0.6, 0.8, 1.0, 1.25, 1.6, 2.0, 2.5, 3.2];

/// A group of terms, the weightiest first, and the number of comments that use any of them.
pub(super) struct Group {
    pub terms: Vec<(u32, f64)>,
    pub comments: u32,
}

/// What documents are grouped by.
pub(super) struct Grouping<'a> {
    pub terms: &'a Terms,
    pub usage: &'a Usage,
    pub is_comment: &'a [bool],
    pub parents: &'a [Option<u32>],
}

/// By class, how much of each term it has.
type Classes = Vec<Vec<f64>>;

impl Grouping<'_> {
    /// The groups that make topics, those of most comments first.
    pub(super) fn groups(&self, options: &Discovery) -> Vec<Group> {
        let mut groups = match (options.method, options.count) {
            (Method::Factors, Some(count)) => self.so_many_factors(count),
            (Method::Factors, None) => self.best_factors(),
            (Method::Communities, count) => self.communities(count),
        };
        groups.truncate(options.count.unwrap_or(usize::MAX));
        groups
    }

    fn so_many_factors(&self, count: usize) -> Vec<Group> {
        let matrix = Matrix::of(self.terms, self.is_comment, self.parents);
        let mut best = Vec::new();
        // Some factors may turn out to be of no comment.
        for k in count..=count + 3 {
            let groups = self.of(&self.classes(&factors(&matrix, k), 1), 1);
            if groups.len() > best.len() {
                best = groups;
            }
            if best.len() >= count {
                break;
            }
        }
        best
    }

    fn best_factors(&self) -> Vec<Group> {
        let matrix = Matrix::of(self.terms, self.is_comment, self.parents);
        let step = matrix.n_rows().div_ceil(SAMPLE).max(1);
        let sample = matrix.sample(step);
        let tried: Vec<(usize, f64, Vec<Group>)> = self
            .numbers()
            .into_iter()
            .map(|k| {
                let groups = self.of(&self.classes(&factors(&sample, k), step), self.least());
                (k, self.score(&groups), groups)
            })
            .collect();
        let best = tried.iter().map(|(_, score, _)| *score).fold(f64::MIN, f64::max);
        let slack = SLACK.0 + SLACK.1 / (self.usage.n.max(1) as f64).sqrt();
        let good = best - slack * best.abs();
        let Some((k, _, groups)) = tried.into_iter().find(|(_, score, _)| *score >= good) else {
            return Vec::new();
        };
        if step == 1 {
            groups
        } else {
            self.of(&self.classes(&factors(&matrix, k), 1), self.least())
        }
    }

    /// Numbers of topics that are tried: more comments can be about more.
    fn numbers(&self) -> Vec<usize> {
        let most = (2.0 + 1.2 * (self.usage.n.max(1) as f64).log2()) as usize;
        (1..=most).filter(|k| *k < 12 || k % 2 == 0).collect()
    }

    /// Comments that a topic has at least, where the number of topics is not set.
    fn least(&self) -> u32 {
        (self.usage.n as u32 / 50).max(2)
    }

    fn communities(&self, count: Option<usize>) -> Vec<Group> {
        let graph = Graph::of(self.terms, self.parents);
        let least = count.map_or_else(|| self.least(), |_| 1);
        let mut best: Option<(f64, Vec<Group>)> = None;
        for resolution in RESOLUTIONS {
            let groups = self.of(&self.parted(&graph.communities(resolution)), least);
            if count.is_some_and(|wanted| groups.len() >= wanted) {
                return groups;
            }
            let score = self.score(&groups);
            if best.as_ref().is_none_or(|(known, _)| score > known + 1e-9) {
                best = Some((score, groups));
            }
        }
        best.map(|(_, groups)| groups).unwrap_or_default()
    }

    /// Classes of documents; `labels` has one for every `step`th document.
    fn classes(&self, labels: &[Option<u32>], step: usize) -> Classes {
        let n = labels.iter().flatten().max().map_or(0, |most| *most as usize + 1);
        let mut classes = vec![vec![0.0; self.terms.list.len()]; n];
        for (i, label) in labels.iter().enumerate() {
            let Some(label) = label else { continue };
            let worth = if self.is_comment[i * step] { 1.0 } else { CONTEXT };
            for &(term, count) in &self.terms.rows[i * step] {
                classes[*label as usize][term as usize] += worth * f64::from(count);
            }
        }
        classes
    }

    /// Classes of terms, each in one of them.
    fn parted(&self, community: &[u32]) -> Classes {
        let n = community.iter().max().map_or(0, |most| *most as usize + 1);
        let mut classes = vec![vec![0.0; self.terms.list.len()]; n];
        for (term, class) in community.iter().enumerate() {
            classes[*class as usize][term] = self.usage.count(term as u32);
        }
        classes
    }

    /// The terms of each class with their weights, and the comments that use them.
    fn of(&self, classes: &Classes, least: u32) -> Vec<Group> {
        let n_terms = self.terms.list.len();
        let sum = |t: usize| classes.iter().map(|class| class[t]).sum::<f64>();
        let totals: Vec<f64> = (0..n_terms).map(sum).collect();
        let sizes: Vec<f64> = classes.iter().map(|class| class.iter().sum()).collect();
        let all: f64 = sizes.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mean = all / classes.len().max(1) as f64;
        let mut groups: Vec<Group> =
            sizes.iter().map(|_| Group { terms: Vec::new(), comments: 0 }).collect();
        for (t, &total) in totals.iter().enumerate().filter(|(_, total)| **total > 0.0) {
            let weight = |c: usize| c_tf_idf(classes[c][t], total, mean) * classes[c][t] / total;
            let best = (0..classes.len()).fold(0, |b, c| if weight(c) > weight(b) { c } else { b });
            let lift = (classes[best][t] / total) / (sizes[best] / all);
            if lift >= LIFT.min(all / sizes[best]) && self.usage.count(t as u32) > 0.0 {
                let term = &self.terms.list[t];
                let weight = weight(best) * term.surprise * proper(&term.shown);
                groups[best].terms.push((t as u32, weight));
            }
        }
        for group in &mut groups {
            group.terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            group.terms.truncate(TERMS);
            let top = group.terms.first().map_or(0.0, |(_, weight)| *weight);
            group.terms.retain(|(_, weight)| *weight > top * FAINT);
        }
        self.cover(&mut groups);
        groups.retain(|group| group.comments >= least);
        groups.sort_by_key(|group| std::cmp::Reverse(group.comments));
        groups
    }

    /// Counts the comments that use any term of a group.
    fn cover(&self, groups: &mut [Group]) {
        let mut group_of = vec![usize::MAX; self.terms.list.len()];
        for (g, group) in groups.iter().enumerate() {
            for &(term, _) in &group.terms {
                group_of[term as usize] = g;
            }
        }
        let mut last = vec![usize::MAX; groups.len()];
        let rows = self.terms.rows.iter().enumerate().filter(|(d, _)| self.is_comment[*d]);
        for (document, row) in rows {
            for &(term, _) in row {
                let g = group_of[term as usize];
                if g != usize::MAX && last[g] != document {
                    last[g] = document;
                    groups[g].comments += 1;
                }
            }
        }
    }

    /// How well groups hold together, weighed by the comments that they cover; a comment that none
    /// covers counts as one that nothing holds together.
    fn score(&self, groups: &[Group]) -> f64 {
        let mut sum = 0.0;
        let mut weight = 0.0;
        for group in groups {
            let coherence = self.usage.cautious_coherence(&group.terms, MIXED).unwrap_or(SINGLE);
            sum += f64::from(group.comments) * coherence;
            weight += f64::from(group.comments);
        }
        sum / weight.max(self.usage.n as f64).max(1.0)
    }
}

/// Names of people, places and things name a topic better than other words do.
fn proper(shown: &str) -> f64 {
    if shown.starts_with(char::is_uppercase) { 1.25 } else { 1.0 }
}
