//! How a page arranges its comments, found by reading it in several ways: in which order replies
//! stand, and whether the deepest level is sorted by time.
//!
//! Pages do not say so. Each way is tried with few states; the one that explains the page best, or
//! contradicts it least, is taken for the reading that counts.

use super::branches::{NO_CAP, NONE};
use super::candidates::Search;
use super::decoding::{self, BEAM, Decoded, Ranking, Task};
use super::order;
use super::page::{Page, Timing};
use super::stated::Tree;
use super::weights::Weights;
use crate::thread::SiblingOrder;

/// States kept while trying.
const TRIAL_BEAM: usize = BEAM / 3;

/// Last levels that are tried; pages of software that has one show 2 to 10 levels.
const LAST_LEVELS: std::ops::RangeInclusive<u32> = 2..=10;

/// Fewest replies without a parent on their branch that raise the question of a last level.
const FEWEST_LOST: usize = 2;

/// Ranks the parents of all open comments in the arrangement that is found, and tells the order of
/// replies.
pub(super) fn read(
    page: &Page<'_>,
    tree: &Tree,
    weights: &Weights,
) -> (Vec<Ranking>, SiblingOrder) {
    let search = Search { page, parents: &tree.parents, order: SiblingOrder::Unknown };
    let (last_level, beam) = (NO_CAP, TRIAL_BEAM);
    let compares_orders = false;
    let mut task = Task { search, open: &tree.open, last_level, beam, weights, compares_orders };
    if page.timing != Timing::Absent {
        task.search.order = order_of_replies(task, tree);
    }
    task.beam = BEAM;
    let Decoded { mut rankings, .. } = decoding::decode(task);
    if let Some(last_level) = last_level_of(task, tree, &rankings) {
        task.last_level = last_level;
        task.search.order = SiblingOrder::OldestFirst;
        rankings = decoding::decode(task).rankings;
    }
    (rankings, task.search.order)
}

/// The order of replies: all trees are weighed together, each by its parents and by what its
/// siblings say of an order.
fn order_of_replies(task: Task<'_, '_>, tree: &Tree) -> SiblingOrder {
    let none = decoding::decode(task);
    let parents = likeliest_parents(tree, &none.rankings);
    let (top, _) = order::pairs(task.search.page.comments, &parents);
    let without_order = task.weights.without_order();
    let task = Task { weights: &without_order, compares_orders: true, ..task };
    let gains = order::BY_TIME.map(|order| {
        let search = Search { order, ..task.search };
        decoding::decode(Task { search, ..task }).weight - none.weight
    });
    order::likeliest(gains, top.order())
}

/// The last level, if replies that would have no parent find one on a level that is sorted by
/// time.
fn last_level_of(task: Task<'_, '_>, tree: &Tree, rankings: &[Ranking]) -> Option<u32> {
    let lost = lost(rankings);
    if lost < FEWEST_LOST
        || task.search.page.timing == Timing::Absent
        || task.search.order == SiblingOrder::NewestFirst
    {
        return None;
    }
    let search = Search { order: SiblingOrder::OldestFirst, ..task.search };
    let faults = |last_level| {
        let trial = Task { search, last_level, beam: TRIAL_BEAM, ..task };
        let rankings = decoding::decode(trial).rankings;
        let parents = likeliest_parents(tree, &rankings);
        self::lost(&rankings) + falling(task.search.page, &parents, last_level)
    };
    let tried = LAST_LEVELS.map(|level| (faults(level), level));
    let (fewest, level) =
        tried.min_by_key(|&(faults, level)| (faults, std::cmp::Reverse(level)))?;
    (2 * fewest <= lost && lost >= fewest + FEWEST_LOST).then_some(level)
}

/// Replies whose likeliest parent is not on the page.
fn lost(rankings: &[Ranking]) -> usize {
    rankings.iter().filter(|ranking| ranking.first().is_some_and(|&(p, _)| p == NONE)).count()
}

/// Neighbours on the last level of which the later one is earlier in time.
fn falling(page: &Page<'_>, parents: &[Option<u32>], last_level: u32) -> usize {
    let mut levels: Vec<u32> = Vec::with_capacity(parents.len());
    let mut falling = 0;
    for (i, parent) in parents.iter().enumerate() {
        let level = parent.map_or(1, |p| levels.get(p as usize).map_or(1, |level| level + 1));
        let level = level.min(last_level);
        let continues = level == last_level && levels.last() == Some(&last_level);
        let i = i as u32;
        falling += usize::from(continues && page.minutes_between(i - 1, i) < 0.0);
        levels.push(level);
    }
    falling
}

/// The parents of the tree, the open ones as they are ranked.
fn likeliest_parents(tree: &Tree, rankings: &[Ranking]) -> Vec<Option<u32>> {
    let mut parents = tree.parents.clone();
    for (&i, ranking) in tree.open.iter().zip(rankings) {
        parents[i as usize] = ranking.first().map(|(parent, _)| *parent).filter(|&p| p != NONE);
    }
    parents
}
