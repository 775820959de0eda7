//! Metrics: worked examples, the seed thread, slow oracles on random trees, known defects.

mod brute_force;
mod defects;
mod seed_thread;

use std::fmt::Write as _;

use rejoinder::comment::{Clock, Comment, Discussion, Kind, Moment, Name, Precision};
use rejoinder::formats::outline;
use rejoinder::linking;
use rejoinder::metrics::{self, METRICS};
use rejoinder::thread::{Link, Linked, SiblingOrder, Thread};

/// A thread from an outline.
fn thread(text: &str) -> Thread {
    let (discussion, odd) = outline::parse("example", text);
    assert!(odd.is_empty(), "{odd:?}");
    linking::link(Name::from("t"), discussion, &mut Vec::new())
}

/// One comment of a thread made by hand: parent (0 = the post, else 1-based), author, minute.
type Row = (usize, Option<&'static str>, Option<i64>);

/// A thread from rows; all links stated, times in minutes of local time.
fn of_rows(rows: &[Row]) -> Thread {
    let comments = rows.iter().map(|&(_, author, minute)| Comment {
        author: author.map(Name::from),
        created: minute.map(|minute| at(minute, Precision::Minute)),
        ..Comment::default()
    });
    assemble(comments.collect(), rows.iter().map(|row| row.0))
}

fn assemble(comments: Vec<Comment>, parents: impl Iterator<Item = usize>) -> Thread {
    let parents: Vec<Option<u32>> = parents.map(|p| (p as u32).checked_sub(1)).collect();
    let links = vec![Link::stated(); comments.len()];
    let discussion = Discussion { comments, ..Discussion::default() };
    let orders = (SiblingOrder::Unknown, SiblingOrder::Unknown);
    let (sibling_keys, read_in) = (Vec::new(), SiblingOrder::Unknown);
    let linked = Linked { discussion, parents, links, sibling_keys, orders, read_in };
    Thread::assemble(Name::from("t"), linked)
}

fn at(minute: i64, precision: Precision) -> Moment {
    Moment { millis: minute * 60_000, precision, clock: Clock::Local }
}

/// The value of a metric of a thread.
#[track_caller]
fn value(thread: &Thread, name: &str) -> Option<f64> {
    assert!(METRICS.iter().any(|metric| metric.name == name), "no metric {name}");
    metrics::value(name, &metrics::measure(thread))
}

#[track_caller]
fn check(thread: &Thread, name: &str, expected: impl Into<Option<f64>>) {
    let (value, expected) = (value(thread, name), expected.into());
    let same = match (value, expected) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    };
    assert!(same, "{name} is {value:?}, not {expected:?}");
}

#[test]
fn every_metric_has_its_worked_example() {
    let mut wrong = String::new();
    for metric in METRICS {
        let (tree, expected) = metric.example;
        let measured = value(&thread(tree), metric.name);
        let same = match (measured, expected) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a == b,
        };
        if !same {
            let _ = writeln!(wrong, "{}: {measured:?}, not {expected:?}", metric.name);
        }
        assert!(!metric.about.is_empty() && !metric.reference.is_empty());
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn names_of_metrics_are_unique() {
    let mut names: Vec<_> = METRICS.iter().map(|metric| metric.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), METRICS.len());
}

#[test]
fn a_thread_without_comments_has_only_counts() {
    let empty = assemble(Vec::new(), std::iter::empty());
    for metric in METRICS {
        let value = value(&empty, metric.name);
        assert!(value.is_none_or(|v| v == 0.0), "{}: {value:?}", metric.name);
    }
}

#[test]
fn placeholders_belong_to_the_tree() {
    // The absent parent is a node at depth 1; its reply is at depth 2.
    let comments = vec![
        Comment { author: Some("ann".into()), ..Comment::default() },
        Comment { kind: Kind::Placeholder, ..Comment::default() },
    ];
    let thread = assemble(comments, [2, 0].into_iter());
    check(&thread, "max_depth", 2.0);
    check(&thread, "leaf_share", 0.5);
}

#[test]
fn metrics_that_nobody_asks_for_are_null_and_leave_the_others_as_they_are() {
    let thread = thread(
        METRICS.iter().map(|metric| metric.example.0).max_by_key(|text| text.len()).unwrap(),
    );
    let all = metrics::measure(&thread);
    for place in 0..METRICS.len() {
        let skip: Vec<bool> = (0..METRICS.len()).map(|other| other != place).collect();
        let mut expected = vec![None; METRICS.len()];
        expected[place] = all[place];
        assert_eq!(metrics::measure_but(&thread, &skip), expected, "{}", METRICS[place].name);
    }
    assert_eq!(metrics::measure_but(&thread, &[]), all);
}
