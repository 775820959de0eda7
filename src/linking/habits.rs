//! Pages that are read together: those of one place sort their siblings alike.
//!
//! The order of siblings is a setting of the software, yet a page with a few pairs of them hardly
//! shows it. What the other pages of the place show is therefore the expectation with which a page
//! is read. Places whose pages differ (every reader chooses the order) are allowed for: there every
//! page speaks for itself.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::Absent;
use super::arrangement;
use super::look::Look;
use super::order::{self, EXPECTED, EXPECTED_OF_REPLIES, ORDERS, Pairs};
use super::page::Page;
use super::ranking::log_sum;
use super::{replies, stated};
use crate::comment::{Discussion, Layout};
use crate::thread::SiblingOrder;

/// How often all pages of a place have one order.
const ONE_ORDER: f64 = 0.85;

/// How often a page of such a place has that order.
const KEPT: f64 = 0.99;

/// How sure an order must be of which the page itself shows nothing.
const SURE: f64 = 0.9;

/// In which order the siblings of a page stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orders {
    /// At the top level.
    pub top: SiblingOrder,
    /// Among replies.
    pub replies: SiblingOrder,
}

/// What a page shows of its orders by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs {
    top: Pairs,
    /// The logarithms of how much likelier the page is with replies in the orders of time than in
    /// no order.
    replies: [f64; 2],
}

impl Signs {
    /// Reads a page in all orders. `None` where they decide nothing: where all parents are stated,
    /// times are absent, or comments do not stand depth first.
    #[must_use]
    pub fn of(discussion: &Discussion) -> Option<Self> {
        if discussion.layout != Layout::Preorder {
            return None;
        }
        let look = Look::at(&discussion.comments);
        if !look.has_hints {
            return None;
        }
        let tree = stated::read(discussion, look, Absent::Placeholder, &mut Vec::new());
        if tree.open.is_empty() {
            return None;
        }
        let page = Page::new(&discussion.comments);
        let weights = replies::weights(&page, &tree);
        let (top, replies) = arrangement::signs(&page, &tree, &weights)?;
        Some(Self { top, replies })
    }
}

/// What the pages of every place show together.
#[derive(Debug, Default)]
pub struct Habits {
    places: HashMap<(String, String), Place, FixedState>,
}

/// What the pages of a place show of the orders at the top level and among replies.
#[derive(Debug, Default)]
struct Place {
    top: Habit,
    replies: Habit,
}

impl Habits {
    /// Adds pages, then tells the orders of each from what it shows itself and what all others
    /// of its place show that were ever added.
    pub fn add(&mut self, pages: &[Discussion], signs: &[Option<Signs>]) -> Vec<Option<Orders>> {
        for (discussion, signs) in pages.iter().zip(signs) {
            let Some(signs) = signs else { continue };
            let place = self.places.entry(place(discussion)).or_default();
            place.top.add(signs.top.gains(), EXPECTED);
            place.replies.add(signs.replies, EXPECTED_OF_REPLIES);
        }
        let orders = pages.iter().zip(signs).map(|(discussion, signs)| {
            let signs = (*signs)?;
            let habits = self.places.get(&place(discussion))?;
            let (top, how_sure) = habits.top.order(signs.top.gains(), EXPECTED, EXPECTED);
            let is_shown = signs.top.order() != SiblingOrder::Unknown || how_sure >= SURE;
            let top = if is_shown { top } else { SiblingOrder::Unknown };
            let own = order::expected_of_replies(top);
            let (replies, _) = habits.replies.order(signs.replies, EXPECTED_OF_REPLIES, own);
            Some(Orders { top, replies })
        });
        orders.collect()
    }
}

/// Pages of the same software whose files lie together.
fn place(discussion: &Discussion) -> (String, String) {
    let name = discussion.source.rfind(['/', '\\']).unwrap_or(0);
    (discussion.source[..name].to_owned(), discussion.format.clone())
}

/// For each of [`ORDERS`], the logarithm of how likely the pages of a place are if it is that of
/// all of them; and how likely they are if they have none in common.
#[derive(Debug, Clone, Copy, Default)]
struct Habit {
    common: [f64; 3],
    none: f64,
}

impl Habit {
    /// A single page, by how much likelier it is in the orders of time than in no order.
    fn of(gains: [f64; 2], expected: [f64; 3]) -> Self {
        let gains = [gains[0], gains[1], 0.0];
        let mut none = f64::NEG_INFINITY;
        for (gain, expected) in gains.iter().zip(expected) {
            none = log_sum(none, gain + expected.ln());
        }
        let common = gains.map(|gain| log_sum(KEPT.ln() + gain, (1.0 - KEPT).ln() + none));
        Self { common, none }
    }

    fn add(&mut self, gains: [f64; 2], expected: [f64; 3]) {
        let page = Self::of(gains, expected);
        self.none += page.none;
        self.common.iter_mut().zip(page.common).for_each(|(sum, one)| *sum += one);
    }

    /// The likeliest order of a page that was added, and its probability. `expected` is what was
    /// expected of each order when it was added, `own` what is expected of it without the others.
    fn order(&self, gains: [f64; 2], expected: [f64; 3], own: [f64; 3]) -> (SiblingOrder, f64) {
        let page = Self::of(gains, expected);
        // What all others say of the place.
        let none = (1.0 - ONE_ORDER).ln() + self.none - page.none;
        let mut common = [0.0; 3];
        for k in 0..3 {
            common[k] = (ONE_ORDER * own[k]).ln() + self.common[k] - page.common[k];
        }
        let any = common.iter().fold(none, |sum, one| log_sum(sum, *one));
        let mut weights = [0.0; 3];
        for k in 0..3 {
            let kept = (common[k] - any).exp() * KEPT;
            let free = 1.0 - common.iter().map(|one| (one - any).exp() * KEPT).sum::<f64>();
            weights[k] = (kept + free * own[k]).ln() + [gains[0], gains[1], 0.0][k];
        }
        let all = weights.iter().fold(f64::NEG_INFINITY, |sum, one| log_sum(sum, *one));
        let best = (0..3).max_by(|&a, &b| weights[a].total_cmp(&weights[b]).then(b.cmp(&a)));
        best.map_or((SiblingOrder::Unknown, 0.0), |k| (ORDERS[k], (weights[k] - all).exp()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What so many rising and falling pairs say.
    fn gains(rising: u32, falling: u32) -> [f64; 2] {
        Pairs { rising, falling }.gains()
    }

    /// The order of the first of some pages of a place, and its probability.
    fn first(pages: &[[f64; 2]], own: [f64; 3]) -> (SiblingOrder, f64) {
        let mut habit = Habit::default();
        for page in pages {
            habit.add(*page, EXPECTED);
        }
        habit.order(pages[0], EXPECTED, own)
    }

    #[test]
    fn a_page_alone_is_read_as_if_there_were_no_places() {
        for (rising, falling) in [(0, 0), (1, 0), (0, 2), (2, 1), (1, 1), (5, 0), (0, 40), (30, 30)]
        {
            for top in [SiblingOrder::Unknown, ORDERS[0], ORDERS[1], ORDERS[2]] {
                let (found, sure) =
                    first(&[gains(rising, falling)], order::expected_of_replies(top));
                assert_eq!(found, order::likeliest(gains(rising, falling), top));
                assert!((0.33..=1.0).contains(&sure), "{sure}");
            }
        }
    }

    #[test]
    fn a_page_that_shows_little_is_read_as_the_others_of_its_place() {
        let newest = [gains(1, 0), gains(0, 4), gains(0, 3), gains(1, 6), gains(0, 5)];
        let (order, sure) = first(&newest, EXPECTED);
        assert_eq!((order, sure > 0.5), (SiblingOrder::NewestFirst, true), "{sure}");
        let votes = [gains(4, 0), gains(2, 3), gains(4, 2), gains(3, 3), gains(2, 1), gains(1, 2)];
        assert_eq!(first(&votes, EXPECTED).0, SiblingOrder::Other);
    }

    #[test]
    fn a_page_that_shows_much_is_believed_before_the_others() {
        let pages = [gains(30, 0), gains(0, 9), gains(0, 9), gains(0, 9), gains(0, 9)];
        assert_eq!(first(&pages, EXPECTED).0, SiblingOrder::OldestFirst);
    }

    #[test]
    fn where_readers_choose_every_page_speaks_for_itself() {
        let mut mixed = vec![gains(0, 3)];
        for _ in 0..6 {
            mixed.extend([gains(8, 0), gains(0, 8), gains(4, 4)]);
        }
        assert_eq!(first(&mixed, EXPECTED).0, SiblingOrder::NewestFirst);
        mixed[0] = gains(3, 0);
        assert_eq!(first(&mixed, EXPECTED).0, SiblingOrder::OldestFirst);
    }
}
