//! Replies whose parent is not stated: the model run over a page, and its answers as links.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::arrangement;
use super::branches::NONE;
use super::decoding::Ranking;
use super::flat::Flat;
use super::habits::Orders;
use super::names::NO_LABEL;
use super::page::{Page, Timing};
use super::stated::{Tree, assumed};
use super::weights::Weights;
use crate::comment::{Comment, Discussion, Layout};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::thread::{CERTAIN, Evidence, Link};

/// What is added to the doubt in parents where only times tell which comments are replies
/// (docs/linking.md).
const BY_TIMES: f64 = 0.08;

/// Finds the parents that are open, in the orders that are `known` or found, and makes placeholders
/// for those that are absent.
pub(super) fn find(
    discussion: &Discussion,
    page: &Page<'_>,
    tree: &mut Tree,
    known: Option<Orders>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if tree.open.is_empty() {
        return;
    }
    if discussion.layout == Layout::Preorder {
        let weights = weights(page, tree);
        let known = known.map(|orders| orders.replies);
        let (rankings, order) = arrangement::read(page, tree, &weights, known);
        tree.order = order;
        write(discussion, page, tree, &rankings, diagnostics);
    } else {
        write_flat(&Flat::new(discussion, page), tree);
    }
}

/// The weights for a page in depth-first order.
pub(super) fn weights(page: &Page<'_>, tree: &Tree) -> Weights {
    let mut weights = Weights::of(page.genre(), page.timing);
    if !tree.sure.is_empty() {
        weights.calibration.doubt += BY_TIMES;
    }
    weights
}

/// Turns rankings into parents and links.
fn write(
    discussion: &Discussion,
    page: &Page<'_>,
    tree: &mut Tree,
    rankings: &[Ranking],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let read = discussion.comments.len();
    let open = std::mem::take(&mut tree.open);
    let mut absent: HashMap<u32, u32, FixedState> = HashMap::default();
    let mut piece = 0;
    let mut latest = is_chronological(page).then(|| Latest::new(page));
    for (at, (&i, ranking)) in open.iter().zip(rankings).enumerate() {
        let sure = tree.sure.get(at).copied().unwrap_or(1.0);
        let comment = &discussion.comments[i as usize];
        let is_top = |k: u32| tree.parents[k as usize].is_none() && open.binary_search(&k).is_err();
        if (piece..=i).rev().any(is_top) {
            absent.clear();
        }
        piece = i + 1;
        let label = page.label(i);
        let evidence = match &comment.reply_to.name {
            Some(_) => Evidence::Named,
            None if label == NO_LABEL => Evidence::Adjacent,
            None => Evidence::Addressed,
        };
        let Some(&(parent, confidence)) = ranking.first() else { continue };
        let runner_up = if sure < 1.0 {
            Some(0)
        } else {
            let second = ranking.get(1).filter(|_| confidence < CERTAIN);
            second.map(|(other, _)| if *other == NONE { 0 } else { other + 1 })
        };
        let found = if parent == NONE {
            let Some(name) = &comment.reply_to.name else {
                tree.links[i as usize] = assumed();
                continue;
            };
            if let Some(named) = latest.as_mut().and_then(|latest| latest.named(i)) {
                tree.parents[i as usize] = Some(named);
                tree.links[i as usize] = Link { evidence, confidence: LATEST, runner_up: None };
                continue;
            }
            *absent.entry(label).or_insert_with(|| {
                let message = format!(
                    "no comment by {name} is open above this reply to {name}; a placeholder \
                     stands for it"
                );
                diagnostics.push(
                    Diagnostic::new(
                        discussion.source_of(i as usize),
                        Oddity::MissingParent,
                        message,
                    )
                    .at(comment.line)
                    .excerpt(&comment.text),
                );
                tree.placeholder(read, Comment { author: Some(name.clone()), ..Comment::default() })
            })
        } else {
            parent
        };
        tree.parents[i as usize] = Some(found);
        tree.links[i as usize] = Link { evidence, confidence: confidence * sure, runner_up };
    }
}

/// Fewest comments that show that all stand in order of time.
const FEWEST_IN_ORDER: usize = 8;

/// How sure it is that the latest comment of a name is meant, where nothing closes a branch: by
/// judgement, for the data that weights are fitted to hold no such lists.
pub(super) const LATEST: f32 = 0.9;

/// No comment stands above an older one: the page lists them as they were written, whatever they
/// answer (Movable Type does), so that a branch is never closed.
fn is_chronological(page: &Page<'_>) -> bool {
    page.timing == Timing::Exact
        && page.minutes.len() >= FEWEST_IN_ORDER
        && page.minutes.iter().all(|minute| minute.is_finite())
        && page.minutes.is_sorted()
}

/// By author, the latest comment above a place that only moves down.
struct Latest<'p, 'd> {
    page: &'p Page<'d>,
    by_author: Vec<Option<u32>>,
    place: u32,
}

impl<'p, 'd> Latest<'p, 'd> {
    fn new(page: &'p Page<'d>) -> Self {
        Self { page, by_author: vec![None; page.names.known.len()], place: 0 }
    }

    /// The latest comment above the child by the one whom it names.
    fn named(&mut self, child: u32) -> Option<u32> {
        for above in self.place..child {
            self.by_author[self.page.author(above) as usize] = Some(above);
        }
        self.place = child;
        let authors = self.page.names.meant_by(self.page.label(child));
        authors.iter().filter_map(|author| self.by_author[*author as usize]).max()
    }
}

/// Decides the open comments of a discussion in order of time.
fn write_flat(flat: &Flat<'_, '_>, tree: &mut Tree) {
    let open = std::mem::take(&mut tree.open);
    flat.choices(|child, choices| {
        if open.binary_search(&child).is_err() {
            return;
        }
        let ranking = flat.rank(child, choices);
        let Some(&(parent, confidence)) = ranking.first() else { return };
        let runner_up = ranking.get(1).filter(|_| confidence < CERTAIN);
        tree.parents[child as usize] = (parent != NONE).then_some(parent);
        tree.links[child as usize] = Link {
            evidence: flat.evidence(child, parent),
            confidence,
            runner_up: runner_up.map(|(other, _)| if *other == NONE { 0 } else { other + 1 }),
        };
    });
}
