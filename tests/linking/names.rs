//! Parents that are only named, on the seed page whose parents were found by hand.

use rejoinder::comment::{Clock, Comment, Discussion, Layout, Moment, Precision, ReplyTo};
use rejoinder::linking::explanation::{Parent, explain};
use rejoinder::thread::{CERTAIN, Evidence, SiblingOrder};

use super::{by, discussion, link, parents};

const TRUTH: &str = include_str!("../../seeds/003_truth.tsv");
const PAGE: &str = include_str!("../../seeds/documents/003_0b8c0c03fac5c926.txt");

/// The page's comments with the names it prints, by the table of truths; texts from the page.
fn seed() -> (Discussion, Vec<u32>) {
    let mut truth = Vec::new();
    let mut comments = Vec::new();
    let mut rest = PAGE.split_once("27 Comments\n").unwrap().1;
    for row in TRUTH.lines().skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let [_, author, label, time, parent, _] = fields[..] else { panic!("{row}") };
        truth.push(parent.parse().unwrap_or(0));
        let head = format!("{author}\n{author}\n");
        let text = rest.split_once(&head).unwrap().1;
        let body = text.split_once("m\n").unwrap().1;
        let time = chrono::NaiveDateTime::parse_from_str(time, "%Y-%m-%dT%H:%M").unwrap();
        let reply_to = if label.is_empty() { ReplyTo::post() } else { ReplyTo::name(label) };
        comments.push(Comment {
            created: Some(Moment {
                millis: time.and_utc().timestamp_millis(),
                precision: Precision::Minute,
                clock: Clock::Local,
            }),
            text: body.split("\n\n").next().unwrap().trim().to_owned(),
            ..by(author, reply_to)
        });
        rest = text;
    }
    (discussion(comments), truth)
}

#[test]
fn all_parents_of_the_seed_page_are_found_and_the_doubtful_one_says_so() {
    let (page, truth) = seed();
    let (thread, odd) = link(page);
    assert!(odd.is_empty(), "{odd:?}");
    assert_eq!(parents(&thread), truth);
    let place = (1..=thread.len()).find(|&p| thread.position(p) == 15).unwrap();
    let link = thread.link(place);
    assert!(link.confidence < CERTAIN, "{link:?}");
    assert_eq!((link.evidence, link.runner_up), (Evidence::Named, Some(12)));
    assert_eq!(thread.sibling_orders(), (SiblingOrder::OldestFirst, SiblingOrder::OldestFirst));
}

#[test]
fn the_doubtful_parent_is_explained_in_words() {
    let (page, _) = seed();
    let (thread, _) = link(page);
    let explanations = explain(&thread, |_| true);
    let doubt = explanations.iter().find(|e| e.position == 15).unwrap();
    let positions: Vec<Parent> = doubt.candidates.iter().map(|c| c.parent).collect();
    assert_eq!(positions[..2], [Parent::Comment(14), Parent::Comment(12)]);
    assert!(doubt.candidates[0].reasons.iter().any(|r| r == "stands right below it"));
    let sum: f32 = doubt.candidates.iter().map(|c| c.probability).sum();
    assert!((sum - 1.0).abs() < 1e-4);
}

#[test]
fn an_author_who_is_not_on_the_page_becomes_a_placeholder() {
    let (thread, odd) = link(discussion(vec![
        by("ann", ReplyTo::post()),
        by("bob", ReplyTo::name("zoe")),
        by("cyd", ReplyTo::name("zoe")),
        by("dee", ReplyTo::name("bob")),
    ]));
    assert_eq!(odd.len(), 1, "{odd:?}");
    assert_eq!(thread.len(), 5);
    let placeholder = (1..=5).find(|&p| thread.position(p) == 0).unwrap();
    assert_eq!(thread.comment(placeholder).author.as_deref(), Some("zoe"));
    assert_eq!(thread.replies(placeholder).count(), 2);
    assert_eq!(parents(&thread), [0, 0, 0, 2]);
}

#[test]
fn two_people_may_answer_each_other_as_often_as_they_like() {
    // Without optimization a tenth of it takes as long.
    let n = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
    let comments = (0..n).map(|i| {
        let (author, other) = if i % 2 == 0 { ("ann", "bob") } else { ("bob", "ann") };
        by(author, if i == 0 { ReplyTo::post() } else { ReplyTo::name(other) })
    });
    let (thread, _) = link(discussion(comments.collect()));
    assert_eq!(thread.sizes()[0] as usize, thread.len() + 1);
    assert!((1..=thread.len()).all(|p| (0.0..=1.0).contains(&thread.link(p).confidence)));
}

#[test]
fn a_printed_name_is_answered_where_comments_stand_in_order_of_time() {
    let at = |minute: i64, comment: Comment| Comment {
        created: Some(Moment {
            millis: minute * 60_000,
            precision: Precision::Minute,
            clock: Clock::Local,
        }),
        ..comment
    };
    let names = ["ann", "bob", "cid", "ann", "dora", "bob", "eve", "fay"];
    let comments = |last: ReplyTo| -> Vec<Comment> {
        let posts = names.iter().map(|name| by(name, ReplyTo::post()));
        let all = posts.chain([by("gus", last)]).enumerate();
        all.map(|(i, comment)| at(i as i64 * 90, comment)).collect()
    };
    // A forum: the latest of that name, however much stands between.
    let flat = Discussion { layout: Layout::Flat, ..discussion(comments(ReplyTo::name("cid"))) };
    let (thread, _) = link(flat);
    assert_eq!(parents(&thread)[8], 3);
    // A list of answers as they were written: no branch is closed.
    let (thread, odd) = link(discussion(comments(ReplyTo::name("ann"))));
    assert_eq!((parents(&thread)[8], odd.len()), (4, 0));
    let weighed = &explain(&thread, |position| position == 9)[0].candidates;
    let first = (weighed[0].parent, weighed[0].reasons[0].as_str());
    assert_eq!(first, (Parent::Comment(4), "the latest of that name, in a list by time"));
    assert_eq!(weighed[1].parent, Parent::Absent);
    // Nested comments, where the branch is closed: the one who is named is absent.
    let mut nested = comments(ReplyTo::name("ann"));
    nested.swap(1, 5);
    let (thread, odd) = link(discussion(nested));
    assert_eq!((thread.len(), odd.len()), (10, 1));
}
