//! Pages that state nothing of any parent: what the comments themselves say.
//!
//! People write `@Ann …`, `Ann: …`, or quote. Such a comment answers the latest one by that author,
//! or the one that first wrote the quoted words. What is not known for a reply by its time either
//! ([`by_times`](super::by_times)) hangs from the post, on no evidence.

use super::names::{Directory, NOBODY};
use super::page::Page;
use super::spoken::{self, Act};
use super::stated::Tree;
use crate::comment::{Discussion, Layout};
use crate::thread::{Evidence, Link};

/// Confidence in the latest comment of the author who is addressed (docs/linking.md).
const ADDRESSED: f32 = 0.7;

/// Confidence in the comment that first wrote what is quoted (docs/linking.md).
const QUOTED: f32 = 0.9;

/// So many comments of an author are looked at for one that was not written later.
const LOOKED_AT: usize = 100;

/// A comment that says itself whom it answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Answer {
    pub(super) child: u32,
    pub(super) parent: u32,
    pub(super) act: Act,
    pub(super) confidence: f32,
}

/// Takes the names that replies known by their times address for printed ones.
pub(super) fn hear(page: &mut Page<'_>, tree: &Tree) {
    if tree.sure.is_empty() {
        return;
    }
    let directory = Directory::new(&page.names.known);
    let heard = |&child: &u32| {
        let spoken = spoken::to(page, &directory, child)?;
        let is_other = spoken.author != page.author(child) && spoken.author != NOBODY;
        (spoken.act == Act::Addresses && is_other).then_some((child, spoken.author))
    };
    let heard: Vec<(u32, u32)> = tree.open.iter().filter_map(heard).collect();
    for (child, author) in heard {
        page.names.label_by_text(child, author);
    }
}

/// Hangs those that speak to somebody from whom they speak to.
pub(super) fn find(discussion: &Discussion, tree: &mut Tree) {
    for answer in answers(discussion, &Page::new(&discussion.comments), tree) {
        let evidence = match answer.act {
            Act::Quotes => Evidence::Quoted,
            Act::Addresses => Evidence::Addressed,
        };
        let i = answer.child as usize;
        tree.parents[i] = Some(answer.parent);
        tree.links[i] = Link { evidence, confidence: answer.confidence, runner_up: Some(0) };
    }
}

/// The comments without a parent that speak to somebody who wrote before them, in reading order.
pub(super) fn answers(discussion: &Discussion, page: &Page<'_>, tree: &Tree) -> Vec<Answer> {
    let directory = Directory::new(&page.names.known);
    let mut written: Vec<Vec<u32>> = vec![Vec::new(); page.names.known.len()];
    let mut is_read = vec![false; page.comments.len()];
    let mut answers = Vec::new();
    for child in reading_order(discussion.layout, page) {
        let author = page.author(child);
        let spoken = spoken::to(page, &directory, child)
            .filter(|_| tree.links[child as usize].evidence == Evidence::Assumed)
            .filter(|_| tree.open.binary_search(&child).is_err())
            .filter(|spoken| spoken.act == Act::Quotes || spoken.author != author);
        if let Some(spoken) = spoken {
            let is_later = |parent: u32| page.minutes_between(parent, child) < 0.0;
            let before = written[spoken.author as usize].iter().rev().copied().take(LOOKED_AT);
            let last = before.into_iter().find(|&parent| !is_later(parent));
            let confidence = match spoken.act {
                Act::Quotes => QUOTED,
                Act::Addresses => ADDRESSED,
            };
            let writer = spoken.writer.filter(|&writer| is_read[writer as usize]);
            let parent = writer.filter(|&writer| !is_later(writer)).or(last);
            answers.extend(parent.map(|parent| Answer {
                child,
                parent,
                act: spoken.act,
                confidence,
            }));
        }
        is_read[child as usize] = true;
        if author != NOBODY {
            written[author as usize].push(child);
        }
    }
    answers
}

/// The comments so that what is answered comes before its answers: by time where the order of the
/// source says nothing; from the end where most times fall.
fn reading_order(layout: Layout, page: &Page<'_>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..page.comments.len() as u32).collect();
    let minutes = |i: u32| page.minutes[i as usize];
    if layout == Layout::Loose {
        order.sort_by(|&a, &b| minutes(a).total_cmp(&minutes(b)).then(a.cmp(&b)));
        return order;
    }
    let falls = order.windows(2).filter(|w| minutes(w[1]) < minutes(w[0])).count();
    let rises = order.windows(2).filter(|w| minutes(w[1]) > minutes(w[0])).count();
    if falls > 2 * rises {
        order.reverse();
    }
    order
}
