//! In which order siblings stand: found from a tree's own pairs of neighbours.
//!
//! On a page, siblings stand oldest first, newest first, or by votes; the top level and the
//! replies may differ. The order decides much: under newest first, times alone fix most parents.

use super::stated::Tree;
use crate::comment::{Comment, Discussion, Layout};
use crate::thread::SiblingOrder;
use compact_str::CompactString;

/// Pairs of neighbouring siblings with different times: those that rise and those that fall.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    rising: u32,
    falling: u32,
}

/// Fewest pairs for which an order is reported.
const FEWEST_PAIRS: u32 = 2;

impl Pairs {
    /// Counts one pair.
    pub(super) fn count(&mut self, earlier_sibling: i64, later_sibling: i64) {
        self.rising += u32::from(later_sibling > earlier_sibling);
        self.falling += u32::from(later_sibling < earlier_sibling);
    }

    /// The order under which the pairs are likeliest; `Unknown` with fewer than two of them.
    ///
    /// Oldest first has a prior of 0.6, newest first and votes 0.2 each; one pair in thirty
    /// stands against the order (clocks, edits, sticky comments); votes are a coin.
    pub(super) fn order(self) -> SiblingOrder {
        if self.rising + self.falling < FEWEST_PAIRS {
            return SiblingOrder::Unknown;
        }
        let (rising, falling) = (f64::from(self.rising), f64::from(self.falling));
        let (with, against, coin) = (0.97_f64.ln(), 0.03_f64.ln(), 0.5_f64.ln());
        let oldest = 0.6_f64.ln() + rising * with + falling * against;
        let newest = 0.2_f64.ln() + falling * with + rising * against;
        let other = 0.2_f64.ln() + (rising + falling) * coin;
        if oldest >= newest && oldest >= other {
            SiblingOrder::OldestFirst
        } else if newest >= other {
            SiblingOrder::NewestFirst
        } else {
            SiblingOrder::Other
        }
    }
}

/// The order that replies are read in: the likeliest. `weights` are those of the page read in no
/// order, oldest first, and newest first; `pairs` were counted in the first reading, `top` is the
/// order of the top level, which is known.
///
/// Two things speak against an order: pairs of the first reading that break it, and how much worse
/// the page is explained without any. The first overstates it, for that reading knows of no order;
/// the second understates it, for some other parent can always be found. Their mean is taken.
pub(super) fn likeliest(weights: [f64; 3], pairs: Pairs, top: SiblingOrder) -> SiblingOrder {
    let (rising, falling) = (f64::from(pairs.rising), f64::from(pairs.falling));
    let [none, oldest, newest] = weights;
    let (prior_oldest, prior_newest, prior_other): (f64, f64, f64) = match top {
        SiblingOrder::Unknown => (0.5, 0.25, 0.25),
        SiblingOrder::OldestFirst => (0.8, 0.05, 0.15),
        SiblingOrder::NewestFirst => (0.15, 0.7, 0.15),
        SiblingOrder::Other => (0.3, 0.1, 0.6),
    };
    let (with, against) = (0.97_f64.ln(), 0.03_f64.ln());
    let all_with = (rising + falling) * with;
    let mean = |counted: f64, weighed: f64| f64::midpoint(counted, weighed + all_with);
    let oldest = prior_oldest.ln() + mean(rising * with + falling * against, oldest - none);
    let newest = prior_newest.ln() + mean(falling * with + rising * against, newest - none);
    let other = prior_other.ln() + (rising + falling) * 0.5_f64.ln();
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
/// whose order says nothing has none.
pub(super) fn of_siblings(discussion: &Discussion, tree: &Tree) -> (SiblingOrder, SiblingOrder) {
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
    (top.order(), replies)
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
