//! Replies told by their times, on pages that state nothing of any parent.
//!
//! Where nesting was lost with the markup, the order still shows it. If siblings stand oldest first,
//! no comment of the top level stands above an older one; if newest first, none below an older one.
//! What breaks that order must be a reply. Then those who are known to answer are seen to answer
//! soon: such comments are likely replies.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::page::{self, Timing};
use super::stated::Tree;
use crate::comment::{Comment, Discussion, Kind, Layout};
use crate::thread::Evidence;

/// Fewest comments with times that show an order.
const FEWEST: usize = 5;

/// How many replies make somebody one who answers, if they are half of what they wrote.
const ANSWERS: u32 = 2;

/// Minutes in which an answer comes from one who answers.
const SOON: f64 = 24.0 * 60.0;

/// Minutes in which an answer comes from one who has answered at all.
const AT_ONCE: f64 = 60.0;

/// How often such a comment is a reply (docs/linking.md).
const LIKELY: f32 = 0.8;

/// Opens the comments that are replies by their times, so that their parents are looked for.
pub(super) fn open_replies(discussion: &Discussion, tree: &mut Tree) {
    if discussion.layout != Layout::Preorder {
        return;
    }
    let comments = &discussion.comments;
    let (minutes, timing) = page::minutes(comments);
    if timing == Timing::Absent {
        return;
    }
    let is_certain = certain(&minutes);
    let is_likely = likely(comments, &minutes, &is_certain);
    for i in 0..comments.len() {
        let is_free = tree.links[i].evidence == Evidence::Assumed;
        if is_free && comments[i].kind == Kind::Comment && (is_certain[i] || is_likely[i]) {
            tree.open.push(i as u32);
            tree.sure.push(if is_certain[i] { 1.0 } else { LIKELY });
        }
    }
}

/// The comments that must be replies: those that break the order of the top level. None, where no
/// order shows.
///
/// Oldest first, the first comment is the oldest of all. And either order allows many comments at
/// the top: more than would stand there if the page had none, as when it is sorted by votes.
fn certain(minutes: &[f64]) -> Vec<bool> {
    let timed: Vec<f64> = minutes.iter().copied().filter(|m| m.is_finite()).collect();
    let mut oldest_first = breaking(minutes.iter().rev());
    oldest_first.reverse();
    let newest_first = breaking(minutes.iter());
    let allowed = |breaking: &[bool]| {
        let timed = breaking.iter().zip(minutes).filter(|(_, m)| m.is_finite());
        timed.filter(|(breaks, _)| !**breaks).count() as f64
    };
    let (mean, deviation) = records(timed.len());
    let begins_oldest = timed.iter().all(|minutes| *minutes >= timed[0]);
    let none = vec![false; minutes.len()];
    if timed.len() < FEWEST {
        none
    } else if begins_oldest && allowed(&oldest_first) >= mean + deviation {
        oldest_first
    } else if allowed(&newest_first) >= mean + 2.0 * deviation {
        newest_first
    } else {
        none
    }
}

/// Mean and standard deviation of the number of values, in random order, that are less than all
/// before them (Rényi 1962: the sums of 1/i and of 1/i - 1/i² over i = 1..n).
fn records(n: usize) -> (f64, f64) {
    let each = (1..=n).map(|i| 1.0 / i as f64);
    (each.clone().sum(), each.map(|p| p - p * p).sum::<f64>().sqrt())
}

/// For each time whether one before it is less.
fn breaking<'m>(minutes: impl Iterator<Item = &'m f64>) -> Vec<bool> {
    let mut least = f64::INFINITY;
    let breaks = |&minutes: &f64| {
        let breaks = minutes > least;
        least = least.min(minutes);
        breaks
    };
    minutes.map(breaks).collect()
}

/// Comments soon below one by somebody else, by authors who are known to answer on this page.
fn likely(comments: &[Comment], minutes: &[f64], is_certain: &[bool]) -> Vec<bool> {
    let mut written: HashMap<&str, (u32, u32), FixedState> = HashMap::default();
    for (comment, is_reply) in comments.iter().zip(is_certain) {
        let (replies, all) = written.entry(comment.author.as_deref().unwrap_or("")).or_default();
        *replies += u32::from(*is_reply);
        *all += 1;
    }
    let is_likely = |i: usize| {
        let (Some(above), Some(author)) = (i.checked_sub(1), comments[i].author.as_deref()) else {
            return false;
        };
        let (replies, all) = written[author];
        let within = match replies {
            0 => return false,
            ANSWERS.. if replies * 2 >= all => SOON,
            _ => AT_ONCE,
        };
        let waited = minutes[i] - minutes[above];
        comments[above].author != comments[i].author && (0.0..within).contains(&waited)
    };
    (0..comments.len()).map(is_likely).collect()
}

#[cfg(test)]
mod tests {
    use super::{certain, records};

    fn replies(minutes: &[f64]) -> Vec<usize> {
        let found = certain(minutes);
        (0..found.len()).filter(|i| found[*i]).collect()
    }

    #[test]
    fn what_breaks_the_order_of_the_top_level_is_a_reply() {
        // Oldest first: 1 and 2 stand above the older 3.
        assert_eq!(replies(&[10.0, 15.0, 40.0, 12.0, 13.0, 14.0, 20.0]), [1, 2]);
        // Newest first: 1 and 3 stand below older ones.
        assert_eq!(replies(&[90.0, 95.0, 80.0, 85.0, 70.0, 60.0, 50.0]), [1, 3]);
        assert_eq!(replies(&[1.0, 2.0, 2.0, 3.0, 4.0]), [0; 0], "nothing breaks the order");
        assert_eq!(replies(&[3.0, 2.0, 2.0, 1.0, 0.0]), [0; 0]);
        assert_eq!(replies(&[5.0, 1.0, 9.0, 3.0, 7.0, 2.0, 8.0]), [0; 0], "sorted by votes");
        let untimed = [10.0, f64::NAN, 40.0, 12.0, 13.0, 14.0];
        assert_eq!(replies(&untimed), [2], "what has no time states nothing");
    }

    #[test]
    fn records_are_as_many_as_counted_over_all_orders() {
        // Of the six orders of three values one has three records, three have two, two have one.
        let (mean, deviation) = records(3);
        assert!((mean - 11.0 / 6.0).abs() < 1e-12);
        let squares = (9.0 + 3.0 * 4.0 + 2.0) / 6.0;
        assert!((deviation * deviation - (squares - mean * mean)).abs() < 1e-12);
    }
}
