//! Candidates: the comments of an open branch that the next comment may answer.
//!
//! Those by an author whom the printed name may mean; where only "a reply" is printed, all of them.

use super::branches::{Branches, NONE, Step};
use super::features::{self, N, Pair};
use super::page::Page;
use super::relations::Relations;
use crate::thread::SiblingOrder;

/// Candidates kept of those nearest to the tip.
const NEAREST: usize = 10;

/// Candidates kept of those nearest to the top.
const OLDEST: usize = 2;

/// How far down a branch candidates are looked for, in comments; the top of it is always seen.
const LONGEST_WALK: usize = 100;

/// A comment of a branch that may be the parent, and what was found on the way down to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) step: Step,
    /// The child's author wrote one of the comments that it would close.
    pub(super) closes_own: bool,
}

/// Who may be answered, on which page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search<'t, 'd> {
    pub(super) page: &'t Page<'d>,
    /// By comment, its parent where it is known; `None` = the post.
    pub(super) parents: &'t [Option<u32>],
    /// The order of replies.
    pub(super) order: SiblingOrder,
}

impl Search<'_, '_> {
    /// The candidates on a branch: for an open comment those that its hints allow, else its
    /// parent. From the tip down; at most [`NEAREST`] of the nearest and [`OLDEST`] of the oldest.
    pub(super) fn find(
        &self,
        child: u32,
        is_open: bool,
        branches: &Branches,
        branch: u32,
        found: &mut Vec<Candidate>,
    ) {
        found.clear();
        let page = self.page;
        let (label, author) = (page.label(child), page.author(child));
        let known = self.parents[child as usize].unwrap_or(NONE);
        let has_sibling = page.comments[child as usize].reply_to.first_reply == Some(false);
        let mut closes_own = false;
        let walk = if is_open { LONGEST_WALK } else { usize::MAX };
        for step in branches.steps(branch, walk) {
            let wrote = page.author(step.comment);
            let fits = if is_open {
                page.names.may_mean(label, wrote) && !(has_sibling && step.last_child == NONE)
            } else {
                step.comment == known
            };
            if fits {
                if found.len() == NEAREST + OLDEST {
                    found.remove(NEAREST);
                }
                found.push(Candidate { step, closes_own });
                if !is_open {
                    return;
                }
            }
            closes_own |= wrote == author;
        }
    }

    /// The values of all features of each candidate, handed over in their order.
    pub(super) fn weigh(
        &self,
        child: u32,
        candidates: &[Candidate],
        relations: &mut Relations,
        mut each: impl FnMut(&Candidate, [f32; N]),
    ) {
        let page = self.page;
        let mut least_waited = f32::INFINITY;
        let mut quoted = Most::default();
        let mut first_quoted = Most::default();
        for candidate in candidates {
            let relation = relations.of(page, child, candidate.step.comment);
            least_waited = least_waited.min(relation.waited);
            quoted.count(relation.quoted);
            first_quoted.count(relation.first_quoted);
        }
        for (rank, candidate) in candidates.iter().enumerate() {
            let step = candidate.step;
            let relation = relations.of(page, child, step.comment);
            let sibling = match step.last_child {
                NONE => None,
                last => Some(relations.of(page, child, last)),
            };
            let pair = Pair {
                page,
                order: self.order,
                child,
                candidate: *candidate,
                relation,
                sibling,
                rank,
                least_waited,
                rival_quoted: quoted.besides(relation.quoted),
                rival_first_quoted: first_quoted.besides(relation.first_quoted),
            };
            each(candidate, features::values(&pair));
        }
    }
}

/// The largest two of some values.
#[derive(Default)]
struct Most {
    values: Option<(f32, Option<f32>)>,
}

impl Most {
    fn count(&mut self, value: f32) {
        self.values = match self.values {
            None => Some((value, None)),
            Some((largest, _)) if value > largest => Some((value, Some(largest))),
            Some((largest, next)) => Some((largest, Some(next.map_or(value, |n| n.max(value))))),
        };
    }

    /// The largest of the other values, where this is one of them; itself if there is no other.
    fn besides(&self, value: f32) -> f32 {
        match self.values {
            Some((largest, Some(next))) if value >= largest => next,
            Some((largest, Some(_))) => largest,
            _ => value,
        }
    }
}
