//! Pages that are read together tell each other how their place sorts siblings.

use rejoinder::comment::{Clock, Comment, Discussion, Moment, Name, Precision, ReplyTo};
use rejoinder::linking::explanation::{Parent, explain};
use rejoinder::linking::habits::{Habits, Orders, Signs};
use rejoinder::linking::{self, Given};
use rejoinder::thread::{SiblingOrder, Thread};

use super::{by, discussion, parents};

/// A comment at a minute of the day.
fn at(minute: i64, author: &str, reply_to: ReplyTo, text: &str) -> Comment {
    let created = Moment {
        millis: (20_000 * 24 * 60 + minute) * 60_000,
        precision: Precision::Minute,
        clock: Clock::Local,
    };
    Comment { created: Some(created), text: text.to_owned(), ..by(author, reply_to) }
}

/// A page on which four people answer the first comment, minutes after it.
fn told(name: &str, minutes: [i64; 4]) -> Discussion {
    let mut comments = vec![at(0, "ann", ReplyTo::post(), "Who has seen the heron?")];
    for (author, minute) in ["bob", "cid", "dee", "eve"].into_iter().zip(minutes) {
        comments.push(at(minute, author, ReplyTo::name("ann"), "Yesterday, by the weir."));
    }
    Discussion { source: name.to_owned(), ..discussion(comments) }
}

/// A page whose last comment answers the first or the third, both by ann; the words are those of
/// the first.
fn doubtful(name: &str) -> Discussion {
    let comments = vec![
        at(0, "ann", ReplyTo::post(), "My tomatoes were planted in April, under glass."),
        at(30, "bob", ReplyTo::name("ann"), "Too early for me."),
        at(40, "ann", ReplyTo::name("bob"), "Perhaps it was."),
        at(50, "cid", ReplyTo::name("ann"), "Tomatoes planted in April under glass do well."),
    ];
    Discussion { source: name.to_owned(), ..discussion(comments) }
}

/// Reads pages together.
fn read(pages: Vec<Discussion>) -> Vec<(Option<Orders>, Thread)> {
    let signs: Vec<_> = pages.iter().map(Signs::of).collect();
    let orders = Habits::default().add(&pages, &signs);
    let linked = pages.into_iter().zip(orders).map(|(page, orders)| {
        let given = Given { orders, ..Given::default() };
        (orders, linking::link_with(Name::from("t"), page, given, &mut Vec::new()))
    });
    linked.collect()
}

const NEWEST: [i64; 4] = [90, 60, 40, 20];
const OLDEST: [i64; 4] = [20, 40, 60, 90];
const VOTES: [i64; 4] = [40, 20, 90, 60];

#[test]
fn the_others_of_a_folder_decide_what_a_page_alone_does_not_show() {
    let folder = |minutes| {
        let mut pages = vec![doubtful("garden/1.txt")];
        pages.extend((2..9).map(|n| told(&format!("garden/{n}.txt"), minutes)));
        read(pages).swap_remove(0)
    };
    for (minutes, order, parent) in [
        (NEWEST, SiblingOrder::NewestFirst, 3),
        (OLDEST, SiblingOrder::OldestFirst, 1),
        (VOTES, SiblingOrder::Other, 1),
    ] {
        let (orders, thread) = folder(minutes);
        assert_eq!(orders.map(|orders| orders.replies), Some(order));
        assert_eq!(parents(&thread), [0, 1, 2, parent], "{order:?}");
        // It is explained in the order in which it was read.
        let explained = explain(&thread, |position| position == 4).swap_remove(0);
        let first = &explained.candidates[0];
        let place = (1..=4).find(|&place| thread.position(place) == 4).unwrap();
        assert_eq!(first.parent, Parent::Comment(parent));
        assert!((first.probability - thread.link(place).confidence).abs() < 1e-6, "{order:?}");
    }
}

#[test]
fn pages_of_other_folders_do_not_count() {
    let mut pages = vec![doubtful("garden/1.txt")];
    pages.extend((2..9).map(|n| told(&format!("birds/{n}.txt"), NEWEST)));
    let links = |thread: &Thread| -> Vec<_> { (1..=4).map(|p| *thread.link(p)).collect() };
    let alone = linking::link(Name::from("t"), doubtful("garden/1.txt"), &mut Vec::new());
    for pages in [pages, vec![doubtful("garden/1.txt")]] {
        let (_, thread) = read(pages).swap_remove(0);
        assert_eq!(parents(&thread), parents(&alone));
        assert_eq!(links(&thread), links(&alone));
        assert_eq!(thread.sibling_orders(), alone.sibling_orders());
    }
}

#[test]
fn a_page_whose_parents_are_stated_tells_nothing() {
    let mut page = told("garden/1.txt", NEWEST);
    page.comments.iter_mut().for_each(|comment| comment.reply_to = ReplyTo::post());
    assert_eq!(Signs::of(&page), None);
    assert!(Signs::of(&told("garden/1.txt", NEWEST)).is_some());
}
