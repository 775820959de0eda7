//! The features: what speaks for and against a candidate, each a number with a name.
//!
//! All logarithms are natural. Times count in minutes; where one of two times is unknown, the
//! features that compare them are 0. "Branch" is the open branch of the hypothesis under test.

use super::branches::NONE;
use super::candidates::Candidate;
use super::names::NO_LABEL;
use super::page::Page;
use super::relations::Relation;
use crate::thread::SiblingOrder;

/// A comment whose parent is to be found, and one that may be it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    pub(super) order: SiblingOrder,
    pub(super) child: u32,
    pub(super) candidate: Candidate,
    /// The child and the candidate.
    pub(super) relation: Relation,
    /// The child and the candidate's latest reply, which would be its sibling.
    pub(super) sibling: Option<Relation>,
    /// How many candidates are nearer to the tip.
    pub(super) rank: usize,
    /// The smallest [`Relation::waited`] of all candidates.
    pub(super) least_waited: f32,
    /// The largest [`Relation::quoted`] of the other candidates; its own if there are none.
    pub(super) rival_quoted: f32,
    /// The largest [`Relation::first_quoted`] of the other candidates; its own if there are none.
    pub(super) rival_first_quoted: f32,
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

const fn feature(name: &'static str, value: fn(&Pair<'_, '_>) -> f32) -> Feature {
    Feature { name, value }
}

/// All features, in the order of the weights.
pub(super) const FEATURES: &[Feature] = &[
    feature("tip", tip),
    feature("pop", pop),
    feature("top", top),
    feature("ldt", ldt),
    feature("ldt_tip", |p| ldt(p) * tip(p)),
    feature("dtrel", dtrel),
    feature("neg", neg),
    feature("viol", viol),
    feature("sim", |p| p.relation.similarity),
    feature("qcont", |p| p.relation.quoted),
    feature("qrel", |p| p.relation.quoted - p.rival_quoted),
    feature("nsh", |p| p.relation.first_written),
    feature("dyad", dyad),
    feature("dyad_tip", |p| dyad(p) * tip(p)),
    feature("self_tip", |p| own(p) * tip(p)),
    feature("self_r1", |p| own(p) * flag(p.rank == 1)),
    feature("self_dyad", |p| own(p) * dyad(p)),
    feature("again", again),
    feature("childsim", |p| p.sibling.map_or(0.0, |sibling| sibling.similarity)),
    feature("lgap", lgap),
    feature("plen", |p| p.relation.length),
    feature("plen_tip", |p| p.relation.length * tip(p)),
    feature("q_tip", |p| asks(p) * tip(p)),
    feature("pop_ldt", |p| pop(p) * ldt(p)),
    feature("self_ldt", |p| own(p) * ldt(p)),
    feature("qfirst", |p| p.relation.first_quoted),
    feature("qfrel", |p| p.relation.first_quoted - p.rival_first_quoted),
    feature("qdeep", |p| p.relation.handed_on),
    feature("subject", |p| flag(p.relation.same_subject)),
    feature("cover", |p| flag(p.relation.introduces)),
    feature("over_own", over_own),
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
    flag(p.candidate.step.is_tip)
}

/// ln(1 + number of comments of the branch behind the candidate, which would be closed).
fn pop(p: &Pair<'_, '_>) -> f32 {
    (p.candidate.step.closes as f32).ln_1p()
}

/// The candidate is top-level.
fn top(p: &Pair<'_, '_>) -> f32 {
    flag(p.candidate.step.is_top)
}

/// ln(1 + minutes the answer took) / 5.
fn ldt(p: &Pair<'_, '_>) -> f32 {
    p.relation.waited
}

/// How much longer than under the quickest candidate the answer took.
fn dtrel(p: &Pair<'_, '_>) -> f32 {
    ldt(p) - p.least_waited
}

/// The candidate is later than the child.
fn neg(p: &Pair<'_, '_>) -> f32 {
    flag(p.relation.came_earlier)
}

/// The child would stand out of the order of its siblings.
fn viol(p: &Pair<'_, '_>) -> f32 {
    flag(p.sibling.is_some_and(|sibling| breaks_order(p.order, &sibling)))
}

/// The child would stand out of the order of its siblings: after a later one where the oldest
/// stand first, after an earlier one where the newest do.
pub(super) fn breaks_order(order: SiblingOrder, sibling: &Relation) -> bool {
    match order {
        SiblingOrder::OldestFirst => sibling.came_earlier,
        SiblingOrder::NewestFirst => sibling.came_later,
        SiblingOrder::Other | SiblingOrder::Unknown => false,
    }
}

/// The candidate itself answers the child's author: by the name it prints, else by the branch.
fn dyad(p: &Pair<'_, '_>) -> f32 {
    let step = p.candidate.step;
    let by_branch = || step.parent != NONE && p.page.author(step.parent) == p.page.author(p.child);
    flag(match p.page.label(step.comment) {
        NO_LABEL => by_branch(),
        _ => p.relation.answers_child,
    })
}

/// Candidate and child have the same author.
fn own(p: &Pair<'_, '_>) -> f32 {
    flag(p.relation.is_own)
}

/// The candidate's latest reply is by the child's author, who has just answered it.
fn again(p: &Pair<'_, '_>) -> f32 {
    flag(p.sibling.is_some_and(|sibling| sibling.is_own))
}

/// The child's author wrote one of the comments that would be closed: he was further down already.
fn over_own(p: &Pair<'_, '_>) -> f32 {
    flag(p.candidate.closes_own)
}

/// ln(1 + minutes since the candidate's latest reply) / 5, 0 if there is none.
fn lgap(p: &Pair<'_, '_>) -> f32 {
    p.sibling.map_or(0.0, |sibling| sibling.waited)
}

/// The candidate asks something.
fn asks(p: &Pair<'_, '_>) -> f32 {
    flag(p.relation.asks)
}
