//! In which order siblings stand: found from a tree's own pairs of neighbours.
//!
//! On a page, siblings stand oldest first, newest first, or by votes; the top level and the
//! replies may differ. The order decides much: under newest first, times alone fix most parents.

use super::stated::Tree;
use crate::comment::{Comment, Discussion, Layout};
use crate::thread::SiblingOrder;
use compact_str::CompactString;

/// Pairs of neighbouring siblings with different times, each by how sure it is: those that rise and
/// those that fall.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Pairs {
    rising: f64,
    falling: f64,
}

/// Fewest pairs for which an order is reported.
const FEWEST_PAIRS: f64 = 2.0;

/// One pair in a hundred stands against the order of its page: clocks, edits, pinned comments.
const AGAINST: f64 = 0.01;

/// How much what an order costs the page says of it, beside the pairs that break it.
const COST: f64 = 0.15;

impl Pairs {
    /// Counts one pair.
    fn count(&mut self, earlier_sibling: i64, later_sibling: i64, sureness: f64) {
        if later_sibling > earlier_sibling {
            self.rising += sureness;
        } else if later_sibling < earlier_sibling {
            self.falling += sureness;
        }
    }

    fn total(self) -> f64 {
        self.rising + self.falling
    }

    /// The order under which the pairs are likeliest; `Unknown` with fewer than two of them.
    ///
    /// Oldest first has a prior of 0.6, newest first and votes 0.2 each; votes are a coin.
    pub(super) fn order(self) -> SiblingOrder {
        if self.total() < FEWEST_PAIRS {
            return SiblingOrder::Unknown;
        }
        self.likeliest([0.6, 0.2, 0.2], self.breaking())
    }

    /// The logarithms of the probability of these pairs, oldest first and newest first.
    fn breaking(self) -> [f64; 2] {
        let (with, against) = ((1.0 - AGAINST).ln(), AGAINST.ln());
        [self.rising * with + self.falling * against, self.falling * with + self.rising * against]
    }

    fn likeliest(self, priors: [f64; 3], [oldest, newest]: [f64; 2]) -> SiblingOrder {
        let [prior_oldest, prior_newest, prior_other] = priors.map(f64::ln);
        let (oldest, newest) = (oldest + prior_oldest, newest + prior_newest);
        let other = prior_other + self.total() * 0.5_f64.ln();
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
/// the second understates it, for some other parent can always be found.
pub(super) fn likeliest(weights: [f64; 3], pairs: Pairs, top: SiblingOrder) -> SiblingOrder {
    let [none, oldest, newest] = weights;
    let priors = match top {
        SiblingOrder::Unknown => [0.5, 0.25, 0.25],
        SiblingOrder::OldestFirst => [0.8, 0.05, 0.15],
        SiblingOrder::NewestFirst => [0.15, 0.7, 0.15],
        SiblingOrder::Other => [0.3, 0.1, 0.6],
    };
    let all_with = pairs.total() * (1.0 - AGAINST).ln();
    let [if_oldest, if_newest] = pairs.breaking();
    let mean = |broken: f64, cost: f64| (1.0 - COST) * broken + COST * (cost + all_with);
    pairs.likeliest(priors, [mean(if_oldest, oldest - none), mean(if_newest, newest - none)])
}

/// Pairs at the top level and among replies, of a tree whose siblings stand in source order.
/// `sureness` tells how likely a comment's parent is the right one.
pub(super) fn pairs(
    comments: &[Comment],
    parents: &[Option<u32>],
    sureness: impl Fn(usize) -> f64,
) -> (Pairs, Pairs) {
    let mut last_reply: Vec<Option<(i64, f64)>> = vec![None; comments.len()];
    let mut last_top = None;
    let (mut top, mut replies) = (Pairs::default(), Pairs::default());
    for (i, (comment, parent)) in comments.iter().zip(parents).enumerate() {
        let Some(time) = comment.created.map(|m| m.millis) else { continue };
        let (last, pairs) = match parent {
            None => (&mut last_top, &mut top),
            Some(parent) => (&mut last_reply[*parent as usize], &mut replies),
        };
        let sureness = sureness(i);
        if let Some((before, other)) = last.replace((time, sureness)) {
            pairs.count(before, time, (sureness * other).powi(DISTRUST));
        }
    }
    (top, replies)
}

/// The power to which the probability of a pair is raised: doubtful pairs mislead.
const DISTRUST: i32 = 3;

/// The orders that a linked discussion shows: of top-level comments, and of replies. A source
/// whose order says nothing has none.
pub(super) fn of_siblings(discussion: &Discussion, tree: &Tree) -> (SiblingOrder, SiblingOrder) {
    if discussion.layout == Layout::Loose {
        return (SiblingOrder::Unknown, SiblingOrder::Unknown);
    }
    let (top, replies) = pairs(&discussion.comments, &tree.parents, |_| 1.0);
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
