//! In which order siblings stand: found from a tree's own pairs of neighbours.
//!
//! On a page, siblings stand oldest first, newest first, or by votes; the top level and the
//! replies may differ. The order decides much: under newest first, times alone fix most parents.

use super::habits::Orders;
use super::stated::Tree;
use crate::comment::{Comment, Discussion, Layout};
use crate::thread::SiblingOrder;
use compact_str::CompactString;

/// Pairs of neighbouring siblings with different times: those that rise and those that fall.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) rising: u32,
    pub(super) falling: u32,
}

/// Fewest pairs for which an order is reported.
const FEWEST_PAIRS: u32 = 2;

/// One pair in a hundred stands against the order of its page: clocks, edits, pinned comments.
const AGAINST: f64 = 0.01;

impl Pairs {
    /// Counts one pair.
    fn count(&mut self, earlier_sibling: i64, later_sibling: i64) {
        self.rising += u32::from(later_sibling > earlier_sibling);
        self.falling += u32::from(later_sibling < earlier_sibling);
    }

    /// The order under which the pairs are likeliest; `Unknown` with fewer than two of them.
    pub(super) fn order(self) -> SiblingOrder {
        if self.rising + self.falling < FEWEST_PAIRS {
            return SiblingOrder::Unknown;
        }
        likeliest_of(EXPECTED, self.gains())
    }

    /// The logarithms of how much likelier the pairs are in the orders of time than in no order.
    pub(super) fn gains(self) -> [f64; 2] {
        BY_TIME.map(|order| {
            let told = |pairs: u32, minutes| f64::from(pairs) * f64::from(told(order, minutes));
            told(self.rising, 1.0) + told(self.falling, -1.0)
        })
    }
}

/// All orders that are told apart.
pub(super) const ORDERS: [SiblingOrder; 3] =
    [SiblingOrder::OldestFirst, SiblingOrder::NewestFirst, SiblingOrder::Other];

/// How often each of [`ORDERS`] is met at the top level: oldest first, newest first, by votes,
/// where each pair is a coin.
pub(super) const EXPECTED: [f64; 3] = [0.6, 0.2, 0.2];

/// How often each of [`ORDERS`] is met among replies, where the top level shows none.
pub(super) const EXPECTED_OF_REPLIES: [f64; 3] = [0.5, 0.25, 0.25];

/// How often each of [`ORDERS`] is met among replies below a top level in this order.
pub(super) const fn expected_of_replies(top: SiblingOrder) -> [f64; 3] {
    match top {
        SiblingOrder::Unknown => EXPECTED_OF_REPLIES,
        SiblingOrder::OldestFirst => [0.8, 0.05, 0.15],
        SiblingOrder::NewestFirst => [0.15, 0.7, 0.15],
        SiblingOrder::Other => [0.3, 0.1, 0.6],
    }
}

/// The orders that times decide.
pub(super) const BY_TIME: [SiblingOrder; 2] =
    [SiblingOrder::OldestFirst, SiblingOrder::NewestFirst];

/// What two neighbouring siblings, the later of which was written so many minutes after the other,
/// say of an order: the logarithm of how much likelier they are in it than in none.
pub(super) fn told(order: SiblingOrder, minutes: f64) -> f32 {
    let in_order = match order {
        SiblingOrder::OldestFirst => minutes,
        SiblingOrder::NewestFirst => -minutes,
        SiblingOrder::Other | SiblingOrder::Unknown => 0.0,
    };
    let probability = if in_order > 0.0 {
        1.0 - AGAINST
    } else if in_order < 0.0 {
        AGAINST
    } else {
        0.5
    };
    (2.0 * probability).ln() as f32
}

/// The order that replies are read in: the one that is likeliest once all trees are weighed.
///
/// `gains` are the logarithms of how much likelier a page is oldest first and newest first than in
/// no order; `top` is the order of the top level, which is known.
pub(super) fn likeliest(gains: [f64; 2], top: SiblingOrder) -> SiblingOrder {
    likeliest_of(expected_of_replies(top), gains)
}

/// The likeliest of oldest first, newest first and any other order. `gains` are the logarithms of
/// how much likelier something is in the first two.
fn likeliest_of(priors: [f64; 3], gains: [f64; 2]) -> SiblingOrder {
    let [oldest, newest, other] = priors.map(f64::ln);
    let (oldest, newest) = (oldest + gains[0], newest + gains[1]);
    if oldest >= newest && oldest >= other {
        SiblingOrder::OldestFirst
    } else if newest >= other {
        SiblingOrder::NewestFirst
    } else {
        SiblingOrder::Other
    }
}

/// Pairs at the top level and among replies, of a tree whose siblings stand in source order.
pub(super) fn pairs(comments: &[Comment], parents: &[Option<u32>]) -> (Pairs, Pairs) {
    let mut last_reply: Vec<Option<i64>> = vec![None; comments.len()];
    let mut last_top = None;
    let (mut top, mut replies) = (Pairs::default(), Pairs::default());
    for (comment, parent) in comments.iter().zip(parents) {
        let Some(time) = comment.created.map(|m| m.millis) else { continue };
        let (last, pairs) = match parent {
            None => (&mut last_top, &mut top),
            Some(parent) => (&mut last_reply[*parent as usize], &mut replies),
        };
        if let Some(before) = last.replace(time) {
            pairs.count(before, time);
        }
    }
    (top, replies)
}

/// The orders that a linked discussion shows: of top-level comments, and of replies. A source
/// whose order says nothing has none. `known` is what was known before.
pub(super) fn of_siblings(
    discussion: &Discussion,
    tree: &Tree,
    known: Option<Orders>,
) -> (SiblingOrder, SiblingOrder) {
    if discussion.layout == Layout::Loose {
        return (SiblingOrder::Unknown, SiblingOrder::Unknown);
    }
    let (top, replies) = pairs(&discussion.comments, &tree.parents);
    // The order by which parents were found fits them best, if there are any siblings at all.
    let replies = match tree.order {
        SiblingOrder::Unknown => replies.order(),
        _ if replies == Pairs::default() => SiblingOrder::Unknown,
        order => order,
    };
    let top = match (top.order(), known) {
        (SiblingOrder::Unknown, _) => SiblingOrder::Unknown,
        (_, Some(Orders { top, .. })) if top != SiblingOrder::Unknown => top,
        (top, _) => top,
    };
    (top, replies)
}

/// Each comment's rank by time, then by id; so that the order of the source says nothing.
/// Comments without a time stand last. Empty where the source is in that order already.
pub(super) fn by_time(comments: &[Comment]) -> Vec<i64> {
    let compare = |a: &Comment, b: &Comment| {
        let time = |c: &Comment| c.created.map_or(i64::MAX, |m| m.millis);
        let id = |c: &'_ Comment| c.id.as_ref().map_or(0, CompactString::len);
        // Ids are mostly numbers, in some base: shorter ones are smaller.
        time(a).cmp(&time(b)).then(id(a).cmp(&id(b))).then_with(|| a.id.cmp(&b.id))
    };
    if comments.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return Vec::new();
    }
    let mut by_time: Vec<u32> = (0..comments.len() as u32).collect();
    by_time.sort_by(|&a, &b| compare(&comments[a as usize], &comments[b as usize]));
    let mut ranks = vec![0; comments.len()];
    for (rank, i) in by_time.into_iter().enumerate() {
        ranks[i as usize] = rank as i64;
    }
    ranks
}
