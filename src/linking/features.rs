//! The features: what speaks for and against a candidate, each a number with a name.
//!
//! All logarithms are natural. Times count in minutes; where one of two times is unknown, the
//! features that compare them are 0. "Branch" is the open branch of the hypothesis under test.

use super::branches::{Candidate, NONE};
use super::page::{Page, Timing};
use crate::thread::SiblingOrder;

/// A comment whose parent is to be found, and one that may be it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    pub(super) order: SiblingOrder,
    pub(super) child: u32,
    pub(super) candidate: Candidate,
    /// What the two texts have in common.
    pub(super) texts: PairTexts,
    /// How alike the child is to the candidate's latest reply.
    pub(super) sibling_similarity: f32,
    /// How many candidates are nearer to the tip.
    pub(super) rank: usize,
    /// The smallest [`waited`] of all candidates.
    pub(super) least_waited: f32,
    /// The largest quoted share of the other candidates; the same as its own if there are none.
    pub(super) rival_quoted: f32,
}

/// What the texts of a comment and of a candidate have in common; the same on every branch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PairTexts {
    pub(super) similarity: f32,
    pub(super) quoted: f32,
    pub(super) first_written: u32,
}

impl PairTexts {
    pub(super) fn new(page: &Page<'_>, child: u32, candidate: u32) -> Self {
        let texts = page.texts();
        Self {
            similarity: texts.similarity(child, candidate),
            quoted: texts.quoted_share(child, candidate),
            first_written: texts.first_written(child, candidate),
        }
    }
}

/// One feature.
pub(super) struct Feature {
    /// Its name in the weights and in docs/linking.md.
    pub(super) name: &'static str,
    /// Its value.
    pub(super) value: fn(&Pair<'_, '_>) -> f32,
}

/// Number of features.
pub(super) const N: usize = FEATURES.len();

/// All features, in the order of the weights.
pub(super) const FEATURES: &[Feature] = &[
    Feature { name: "tip", value: tip },
    Feature { name: "pop", value: pop },
    Feature { name: "top", value: top },
    Feature { name: "ldt", value: ldt },
    Feature { name: "ldt_tip", value: |p| ldt(p) * tip(p) },
    Feature { name: "dtrel", value: dtrel },
    Feature { name: "neg", value: neg },
    Feature { name: "viol", value: viol },
    Feature { name: "sim", value: |p| p.texts.similarity },
    Feature { name: "qcont", value: |p| p.texts.quoted },
    Feature { name: "qrel", value: |p| p.texts.quoted - p.rival_quoted },
    Feature { name: "nsh", value: nsh },
    Feature { name: "dyad", value: dyad },
    Feature { name: "dyad_tip", value: |p| dyad(p) * tip(p) },
    Feature { name: "self_tip", value: |p| own(p) * tip(p) },
    Feature { name: "self_r1", value: |p| own(p) * flag(p.rank == 1) },
    Feature { name: "self_dyad", value: |p| own(p) * dyad(p) },
    Feature { name: "again", value: again },
    Feature { name: "childsim", value: |p| p.sibling_similarity },
    Feature { name: "lgap", value: lgap },
    Feature { name: "plen", value: plen },
    Feature { name: "plen_tip", value: |p| plen(p) * tip(p) },
    Feature { name: "q_tip", value: q_tip },
    Feature { name: "pop_ldt", value: |p| pop(p) * ldt(p) },
    Feature { name: "self_ldt", value: |p| own(p) * ldt(p) },
];

/// The values of all features.
pub(super) fn values(pair: &Pair<'_, '_>) -> [f32; N] {
    std::array::from_fn(|k| (FEATURES[k].value)(pair))
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

/// The candidate is the comment just before.
fn tip(p: &Pair<'_, '_>) -> f32 {
    flag(p.candidate.last_child == NONE)
}

/// ln(1 + number of comments of the branch below the candidate, which would be closed).
fn pop(p: &Pair<'_, '_>) -> f32 {
    (p.candidate.closes as f32).ln_1p()
}

/// The candidate is top-level.
fn top(p: &Pair<'_, '_>) -> f32 {
    flag(p.candidate.depth == 1)
}

/// ln(1 + minutes the answer took) / 5, 0 where unknown or negative.
pub(super) fn waited(page: &Page<'_>, candidate: u32, child: u32) -> f32 {
    if page.timing != Timing::Exact {
        return 0.0;
    }
    (page.minutes_between(candidate, child).max(0.0) as f32).ln_1p() / 5.0
}

fn ldt(p: &Pair<'_, '_>) -> f32 {
    waited(p.page, p.candidate.comment, p.child)
}

/// How much longer than under the quickest candidate the answer took.
fn dtrel(p: &Pair<'_, '_>) -> f32 {
    ldt(p) - p.least_waited
}

/// The candidate is later than the child.
fn neg(p: &Pair<'_, '_>) -> f32 {
    flag(p.page.minutes_between(p.candidate.comment, p.child) < 0.0)
}

fn viol(p: &Pair<'_, '_>) -> f32 {
    flag(breaks_order(p.page, p.order, &p.candidate, p.child))
}

/// The child would stand out of the order of its siblings: after a later one where the oldest
/// stand first, after an earlier one where the newest do.
pub(super) fn breaks_order(
    page: &Page<'_>,
    order: SiblingOrder,
    candidate: &Candidate,
    child: u32,
) -> bool {
    if candidate.last_child == NONE {
        return false;
    }
    let gap = page.minutes_between(candidate.last_child, child);
    match order {
        SiblingOrder::OldestFirst => gap < 0.0,
        SiblingOrder::NewestFirst => gap > 0.0,
        SiblingOrder::Other | SiblingOrder::Unknown => false,
    }
}

/// ln(1 + number of the child's own four-word sequences that the candidate was first to write) / 3.
fn nsh(p: &Pair<'_, '_>) -> f32 {
    (p.texts.first_written as f32).ln_1p() / 3.0
}

/// The candidate itself answers the child's author.
fn dyad(p: &Pair<'_, '_>) -> f32 {
    let author = p.page.author(p.child);
    flag(p.candidate.parent != NONE && p.page.author(p.candidate.parent) == author)
}

/// Candidate and child have the same author.
fn own(p: &Pair<'_, '_>) -> f32 {
    flag(p.page.author(p.candidate.comment) == p.page.author(p.child))
}

/// The candidate's latest reply is by the child's author, who has just answered it.
fn again(p: &Pair<'_, '_>) -> f32 {
    let last = p.candidate.last_child;
    flag(last != NONE && p.page.author(last) == p.page.author(p.child))
}

/// ln(1 + minutes since the candidate's latest reply) / 5, 0 if there is none.
fn lgap(p: &Pair<'_, '_>) -> f32 {
    if p.candidate.last_child == NONE {
        return 0.0;
    }
    waited(p.page, p.candidate.last_child, p.child)
}

/// ln(1 + number of the candidate's different words) / 5.
fn plen(p: &Pair<'_, '_>) -> f32 {
    (p.page.texts().words(p.candidate.comment) as f32).ln_1p() / 5.0
}

/// The comment just before asks something.
fn q_tip(p: &Pair<'_, '_>) -> f32 {
    tip(p) * flag(p.page.texts().asks(p.candidate.comment))
}
