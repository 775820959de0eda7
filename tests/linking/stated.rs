//! Ids, levels, hints: reproduced as stated, repaired where no tree can hold them.

use rejoinder::comment::{Basis, Layout, Level, Moment, Precision, ReplyTo, Stated};
use rejoinder::comment::{Clock, Comment, Kind, Quotes};
use rejoinder::diagnostic::Oddity;
use rejoinder::thread::Evidence;

use super::{by, discussion, link, parents, with_id};

fn kinds(diagnostics: &[rejoinder::diagnostic::Diagnostic]) -> Vec<Oddity> {
    diagnostics.iter().map(|d| d.kind).collect()
}

#[test]
fn an_absent_parent_gets_one_placeholder() {
    let (thread, odd) = link(discussion(vec![
        with_id("1", ReplyTo::post()),
        Comment { line: Some(7), ..with_id("2", ReplyTo::id("gone")) },
        with_id("3", ReplyTo::id("gone")),
        with_id("4", ReplyTo::id("3")),
    ]));
    assert_eq!(thread.len(), 5);
    assert_eq!(kinds(&odd), [Oddity::MissingParent]);
    assert_eq!((odd[0].source.as_str(), odd[0].line), ("test", Some(7)));
    let placeholder = (1..=5).find(|&p| thread.comment(p).kind == Kind::Placeholder).unwrap();
    assert_eq!(thread.replies(placeholder).count(), 2);
    assert_eq!(thread.link(placeholder).evidence, Evidence::Assumed);
    assert_eq!(thread.depths()[1..].iter().max(), Some(&3));
}

#[test]
fn a_circle_is_cut_at_its_latest_link_and_a_self_parent_hangs_from_the_post() {
    let at = |id: &str, parent: &str, minute: i64| {
        let created =
            Moment { millis: minute * 60_000, precision: Precision::Minute, clock: Clock::Utc };
        Comment { created: Some(created), ..with_id(id, ReplyTo::id(parent)) }
    };
    let comments = vec![at("a", "c", 1), at("b", "a", 9), at("c", "b", 2), at("d", "d", 3)];
    let (thread, odd) = link(discussion(comments));
    assert_eq!(kinds(&odd), [Oddity::SelfParent, Oddity::Cycle]);
    assert_eq!(parents(&thread), [3, 0, 2, 0]);
}

#[test]
fn the_later_of_two_equal_ids_is_renamed() {
    let (thread, odd) = link(discussion(vec![
        with_id("x", ReplyTo::post()),
        with_id("x", ReplyTo::id("x")),
        with_id("x_2", ReplyTo::id("x")),
    ]));
    assert_eq!(kinds(&odd), [Oddity::DuplicateId]);
    let ids: Vec<&str> = thread.comments().iter().filter_map(|c| c.id.as_deref()).collect();
    assert_eq!(ids, ["x", "x_3", "x_2"]);
    assert_eq!(parents(&thread), [0, 1, 1]);
}

#[test]
fn levels_and_first_replies_decide() {
    let (thread, odd) = link(discussion(vec![
        by("ann", ReplyTo::indented(0)),
        by("bob", ReplyTo::indented(4)),
        by("cyd", ReplyTo::indented(9)),
        by("dee", ReplyTo::indented(4)),
    ]));
    assert!(odd.is_empty());
    assert_eq!(parents(&thread), [0, 1, 2, 1]);
    assert_eq!(thread.link(2).evidence, Evidence::Indented);

    let first = |first_reply| ReplyTo {
        stated: Stated::SomeComment,
        first_reply: Some(first_reply),
        ..ReplyTo::default()
    };
    let (thread, _) = link(discussion(vec![
        by("ann", ReplyTo::post()),
        by("bob", first(true)),
        by("cyd", first(true)),
        by("dee", first(false)),
    ]));
    assert_eq!(parents(&thread)[..3], [0, 1, 2]);
    assert!([1, 2].contains(&parents(&thread)[3]), "dee has an earlier sibling");
}

#[test]
fn a_name_that_contradicts_nesting_is_reported_and_nesting_taken() {
    let named = |depth, name: &str| ReplyTo {
        level: Some(Level { depth, basis: Basis::Nested }),
        name: Some(name.into()),
        ..ReplyTo::default()
    };
    let (thread, odd) = link(discussion(vec![
        by("Ann Bee", ReplyTo::nested(1)),
        by("bob", named(2, "ann")),
        by("cyd", named(3, "ann")),
        by("dee", ReplyTo::nested(4)),
    ]));
    assert_eq!(parents(&thread), [0, 1, 2, 3]);
    assert_eq!(kinds(&odd), [Oddity::Contradiction]);
    assert!(odd[0].message.contains("reply to ann"), "{}", odd[0].message);
}

#[test]
fn a_long_chain_needs_no_stack() {
    let comments = (0..100_000).map(|i| {
        let parent = if i == 0 { ReplyTo::post() } else { ReplyTo::id((i - 1).to_string()) };
        with_id(&i.to_string(), parent)
    });
    let mut chain = discussion(comments.collect());
    chain.layout = Layout::Loose;
    let (thread, _) = link(chain);
    assert_eq!(thread.depths().last(), Some(&100_000));
}

#[test]
fn a_quotation_or_a_mention_that_contradicts_a_name_is_reported_and_the_name_taken() {
    let says = |author: &str, to: Option<&str>, text: &str| Comment {
        text: text.to_owned(),
        ..by(author, to.map_or_else(ReplyTo::post, ReplyTo::name))
    };
    let (thread, odd) = link(discussion(vec![
        says("ann", None, "the old bridge was never meant to carry trucks"),
        says("bob", Some("ann"), "but it does every day"),
        says("cyd", Some("bob"), "> the old bridge was never meant to carry trucks\nwho says so"),
        says("dee", Some("bob"), "@ann you are right"),
        says("eve", Some("bob"), "> but it does every day\nit does not, @ann is right"),
        says("ann", Some("bob"), "bob, it does not"),
        says("fay", Some("bob"), "> @bob: it may\nann, is that so"),
        says("gus", Some("bob"), "> @ann: it did\nnever"),
    ]));
    assert_eq!(parents(&thread), [0, 1, 2, 2, 2, 2, 2, 2]);
    let told: Vec<&str> = odd.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "the page says reply to bob, but the comment quotes ann; the name was taken",
            "the page says reply to bob, but the comment addresses ann; the name was taken",
            "the page says reply to bob, but the comment quotes ann; the name was taken",
        ]
    );
    assert_eq!(kinds(&odd), [Oddity::Contradiction; 3]);
}

#[test]
fn a_quotation_with_author_and_minute_names_the_comment_unless_a_name_says_otherwise() {
    let at = |minute: i64| {
        Some(Moment { millis: minute * 60_000, precision: Precision::Minute, clock: Clock::Local })
    };
    let quoting = |author: &str, minute, name: Option<&str>| ReplyTo {
        quotes: Some(Box::new(Quotes {
            author: Some(author.into()),
            created: at(minute),
            id: None,
        })),
        name: name.map(Into::into),
        ..ReplyTo::default()
    };
    let write =
        |author: &str, minute, reply_to| Comment { created: at(minute), ..by(author, reply_to) };
    let comments = |name| {
        vec![
            write("ann", 1, ReplyTo::post()),
            write("ben", 2, ReplyTo::name("ann")),
            write("ann", 3, ReplyTo::name("ben")),
            write("cem", 9, quoting("ann", 1, name)),
        ]
    };
    for (name, parent, evidence) in [
        (None, "ann 1", Evidence::Quoted),
        (Some("ann"), "ann 1", Evidence::Quoted),
        (Some("ben"), "ben 2", Evidence::Named),
    ] {
        let (thread, _) = link(discussion(comments(name)));
        let of_cem = |p: &usize| thread.comment(*p).author.as_deref() == Some("cem");
        let place = (1..=4).find(of_cem).unwrap();
        let found = thread.comment(thread.parents()[place] as usize);
        let minute = found.created.unwrap().millis / 60_000;
        assert_eq!(format!("{} {minute}", found.author.as_deref().unwrap()), parent, "{name:?}");
        assert_eq!(thread.link(place).evidence, evidence, "{name:?}");
    }
}
