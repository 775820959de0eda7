//! Tables that span threads, against counts by hand and against slow code.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::AnyValue;
use rejoinder::frames::{Bucket, FactTables, Run, Table, Tables};

use super::{fill, fill_by, rows};

fn tables() -> Tables {
    fill(FactTables::in_memory())
}

#[test]
fn authors_by_hand() {
    let columns = [
        "author",
        "n_comments",
        "n_threads",
        "n_top_level",
        "n_replies_sent",
        "n_replies_received",
        "n_distinct_answered",
        "n_distinct_answered_by",
        "mean_depth",
        "n_words",
    ];
    assert_eq!(
        rows(&tables().read(Table::Authors).unwrap(), &columns),
        [
            // ann's c is answered by herself, which is a reply received but nobody else's.
            "ann 3 1 1 2 3 1 1 2.666667 9",
            "bob 2 2 1 1 2 1 2 1.5 6",
            "a site 1 1 1 0 0 0 0 1.0 3",
            "cyd 1 1 0 1 0 0 0 2.0 3",
            "dan 1 1 0 1 0 1 0 2.0 3",
        ]
    );
}

#[test]
fn replies_by_hand() {
    let columns =
        ["from_author", "to_author", "to_post", "n_replies", "n_threads", "mean_confidence"];
    assert_eq!(
        rows(&tables().read(Table::Replies).unwrap(), &columns),
        [
            "a site ann true 1 1 1.0",
            "ann ann false 1 1 1.0",
            "ann ann true 1 1 1.0",
            "ann bob false 1 1 1.0",
            "bob ann false 1 1 1.0",
            "dan bob false 1 1 1.0",
        ]
    );
}

#[test]
fn topics_by_hand() {
    let columns = [
        "topic",
        "origin",
        "n_comments",
        "n_mentions",
        "n_authors",
        "mean_depth",
        "inheritance",
        "post_mentions",
    ];
    let frame = tables().read(Table::Topics).unwrap();
    assert_eq!(
        rows(&frame, &columns),
        [
            // Replies to a comment on tea: b and x to a, c to b; only b is on tea.
            "tea dictionary 3 6 3 1.666667 0.333333 6",
            "rain dictionary 2 4 2 2.5 0.5 0",
            "never dictionary 0 0 0 - - 0",
        ]
    );
    let shares: Vec<f64> = frame.column("share").unwrap().f64().unwrap().iter().flatten().collect();
    assert_eq!(shares, [3.0 / 9.0, 2.0 / 9.0, 0.0]);
    assert_eq!(rows(&frame, &["terms"])[0], r#"["tea*"]"#);
}

#[test]
fn topics_by_depth_and_author_by_hand() {
    let tables = tables();
    let columns = ["topic", "depth", "n_comments", "share"];
    assert_eq!(
        rows(&tables.read(Table::TopicDepths).unwrap(), &columns),
        ["tea 1 1 0.333333", "tea 2 2 0.5", "rain 2 1 0.25", "rain 3 1 1.0"]
    );
    let columns = ["topic", "author", "n_comments"];
    assert_eq!(
        rows(&tables.read(Table::TopicAuthors).unwrap(), &columns),
        ["tea ann 1", "tea bob 1", "tea dan 1", "rain ann 1", "rain bob 1"]
    );
}

#[test]
fn activity_has_no_gaps_and_leaves_out_what_is_too_coarse() {
    // From minute 0 to minute 200, one comment known only to the day, one undated.
    let run = Run { bucket: Some(Bucket::FiveMinutes), ..Run::default() };
    let tables = fill_by(FactTables::in_memory(), &run);
    assert_eq!(tables.meta()["rejoinder.bucket"], "5min");
    assert_eq!(tables.meta()["rejoinder.undated"], "2");
    let frame = tables.read(Table::Activity).unwrap();
    assert_eq!(frame.height(), 41);
    let columns =
        ["n_comments", "n_top_level", "n_replies", "n_authors", "n_new_authors", "n_cumulative"];
    let rows = rows(&frame, &columns);
    assert_eq!(rows[0], "1 1 0 1 1 1");
    assert_eq!(rows[1], "0 0 0 0 0 1");
    assert_eq!(rows[2], "1 0 1 1 1 2");
    assert_eq!(rows[4], "1 0 1 1 0 3", "ann is not new");
    assert_eq!(rows[40], "1 1 0 1 0 7", "bob is not new in the other thread");
    let topics = tables.read(Table::TopicActivity).unwrap();
    assert_eq!(topics.height(), 3 * 41);
    let counted: u32 = topics.column("n_comments").unwrap().u32().unwrap().iter().flatten().sum();
    assert_eq!(counted, 4, "two on tea, two on rain; dan's time is too coarse");
}

#[test]
fn buckets_are_no_finer_than_nine_tenths_of_the_times() {
    // One of eight times is known only to the day.
    let tables = tables();
    assert_eq!(tables.meta()["rejoinder.bucket"], "day");
    assert_eq!(tables.meta()["rejoinder.undated"], "1");
    let frame = tables.read(Table::Activity).unwrap();
    assert_eq!(rows(&frame, &["bucket_start", "n_comments"]), ["1970-01-01 00:00:00 8"]);
}

/// The tables once more from the rows of the comments table, with maps and sets.
#[test]
fn sums_agree_with_the_comments() {
    let tables = tables();
    let comments = tables.read(Table::Comments).unwrap();
    let text = |name: &str, row: usize| match comments.column(name).unwrap().get(row).unwrap() {
        AnyValue::String(text) => Some(text.to_owned()),
        _ => None,
    };
    let mut by_author: BTreeMap<String, (usize, BTreeSet<String>)> = BTreeMap::new();
    let mut author_of: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut pairs: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in 0..comments.height() {
        let thread = text("thread_id", row).unwrap();
        if let Some(author) = text("author", row) {
            let entry = by_author.entry(author.clone()).or_default();
            entry.0 += 1;
            entry.1.insert(thread.clone());
            author_of.insert((thread, text("comment_id", row).unwrap()), author);
        }
    }
    for row in 0..comments.height() {
        let Some(parent) = text("parent_id", row) else { continue };
        let to = author_of.get(&(text("thread_id", row).unwrap(), parent));
        if let (Some(from), Some(to)) = (text("author", row), to) {
            *pairs.entry((from, to.clone())).or_default() += 1;
        }
    }
    let authors = tables.read(Table::Authors).unwrap();
    let expected: BTreeSet<String> = by_author
        .iter()
        .map(|(author, (n, threads))| format!("{author} {n} {}", threads.len()))
        .collect();
    let found = rows(&authors, &["author", "n_comments", "n_threads"]);
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    let replies = tables.read(Table::Replies).unwrap();
    let found: BTreeSet<String> =
        rows(&replies, &["to_post", "from_author", "to_author", "n_replies"])
            .into_iter()
            .filter_map(|row| row.strip_prefix("false ").map(str::to_owned))
            .collect();
    let expected: BTreeSet<String> =
        pairs.iter().map(|((from, to), n)| format!("{from} {to} {n}")).collect();
    assert_eq!(found, expected);
}
