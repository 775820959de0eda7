//! How a page arranges its comments, found by reading it in several ways: in which order replies
//! stand, and whether the deepest level is sorted by time.
//!
//! Pages do not say so. Each way is tried with few states; the one that explains the page best, or
//! contradicts it least, is taken for the reading that counts.

use super::branches::{NO_CAP, NONE};
use super::candidates::Search;
use super::decoding::{self, BEAM, Decoded, Ranking, Task};
use super::order::{self, Pairs};
use super::page::{Page, Timing};
use super::stated::Tree;
use super::weights::Weights;
use crate::thread::SiblingOrder;

/// States kept while trying.
const TRIAL_BEAM: usize = BEAM / 3;

/// Last levels that are tried; pages of software that has one show 2 to 10 levels.
const LAST_LEVELS: std::ops::RangeInclusive<u32> = 2..=10;

/// How often a reply has no parent on its branch where the page is understood.
const LOST: f64 = 0.02;

/// How often a page has a certain last level that is sorted by time.
const LEVEL: f64 = 0.05 / 9.0;

/// Ranks the parents of all open comments in the arrangement that is found, and tells the order of
/// replies, which may be known before.
pub(super) fn read(
    page: &Page<'_>,
    tree: &Tree,
    weights: &Weights,
    known: Option<SiblingOrder>,
) -> (Vec<Ranking>, SiblingOrder) {
    let order = known.unwrap_or_else(|| {
        let signs = signs(page, tree, weights);
        signs.map_or(SiblingOrder::Unknown, |(top, gains)| order::likeliest(gains, top.order()))
    });
    let mut task = trial(page, tree, weights);
    task.search.order = order;
    task.beam = BEAM;
    let Decoded { mut rankings, .. } = decoding::decode(task);
    if let Some(last_level) = last_level_of(task, &rankings) {
        let search = Search { order: SiblingOrder::OldestFirst, ..task.search };
        let weights = &task.weights.without_order();
        task = Task { search, last_level, ..task };
        rankings = decoding::decode(Task { weights, compares_orders: true, ..task }).rankings;
    }
    (rankings, task.search.order)
}

/// What a page shows of its orders: the pairs of its top level, and the logarithms of how much
/// likelier it is with replies oldest first and newest first than in no order. All trees are
/// weighed together, each by its parents and by what its siblings say of an order. `None` without
/// times.
pub(super) fn signs(page: &Page<'_>, tree: &Tree, weights: &Weights) -> Option<(Pairs, [f64; 2])> {
    if page.timing == Timing::Absent {
        return None;
    }
    let task = trial(page, tree, weights);
    let none = decoding::decode(task);
    let parents = likeliest_parents(tree, &none.rankings);
    let (top, _) = order::pairs(page.comments, &parents);
    let without_order = weights.without_order();
    let task = Task { weights: &without_order, compares_orders: true, ..task };
    let gains = order::BY_TIME.map(|order| {
        let search = Search { order, ..task.search };
        decoding::decode(Task { search, ..task }).weight - none.weight
    });
    Some((top, gains))
}

/// A page in no order, read with few states.
fn trial<'t, 'd>(page: &'t Page<'d>, tree: &'t Tree, weights: &'t Weights) -> Task<'t, 'd> {
    let search = Search { page, parents: &tree.parents, order: SiblingOrder::Unknown };
    let (last_level, beam) = (NO_CAP, TRIAL_BEAM);
    Task { search, open: &tree.open, last_level, beam, weights, compares_orders: false }
}

/// The last level, if the page is likelier with one that is sorted by time than without: if more of
/// its neighbours stand in order, and fewer replies have no parent.
fn last_level_of(task: Task<'_, '_>, rankings: &[Ranking]) -> Option<u32> {
    if lost(rankings) == 0
        || task.search.page.timing == Timing::Absent
        || task.search.order == SiblingOrder::NewestFirst
    {
        return None;
    }
    let search = Search { order: SiblingOrder::OldestFirst, ..task.search };
    let weights = &task.weights.without_order();
    let evidence = |last_level| {
        let trial = Task { search, last_level, beam: TRIAL_BEAM, weights, ..task };
        // Levels differ in who may be answered; only what order adds can be compared.
        let regardless = decoding::decode(trial).weight;
        let Decoded { weight, rankings, .. } =
            decoding::decode(Task { compares_orders: true, ..trial });
        weight - regardless + LOST.ln() * lost(&rankings) as f64
    };
    let without = evidence(NO_CAP);
    let tried = LAST_LEVELS.map(|level| (evidence(level), level));
    let (most, level) = tried.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (most + LEVEL.ln() > without).then_some(level)
}

/// Replies whose likeliest parent is not on the page.
fn lost(rankings: &[Ranking]) -> usize {
    rankings.iter().filter(|ranking| ranking.first().is_some_and(|&(p, _)| p == NONE)).count()
}

/// The parents of the tree, the open ones as they are ranked.
fn likeliest_parents(tree: &Tree, rankings: &[Ranking]) -> Vec<Option<u32>> {
    let mut parents = tree.parents.clone();
    for (&i, ranking) in tree.open.iter().zip(rankings) {
        parents[i as usize] = ranking.first().map(|(parent, _)| *parent).filter(|&p| p != NONE);
    }
    parents
}
