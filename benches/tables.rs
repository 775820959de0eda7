//! What a comment costs after linking: its thread's metrics, its row, its share of a row group.
//!
//! `cargo bench --bench tables`. Threads of 1 to 37 comments with texts of about 150 characters
//! are made and linked beforehand.

use divan::Bencher;
use divan::counter::ItemsCount;
use rejoinder::analysis::{Analyzed, Facts, TextFacts};
use rejoinder::comment::{Clock, Comment, Discussion, Layout, Moment, Post, Precision, ReplyTo};
use rejoinder::frames::{FactTables, Run};
use rejoinder::linking;
use rejoinder::metrics;
use rejoinder::thread::Thread;

/// Comments of a round.
const COMMENTS: usize = 100_000;

fn main() {
    divan::main();
}

/// Linked threads with so many comments in all; the same on every machine.
fn threads() -> Vec<Thread> {
    let mut threads = Vec::new();
    let (mut made, mut state) = (0, 7u64);
    while made < COMMENTS {
        let t = threads.len();
        let size = (1 + t * 7919 % 37).min(COMMENTS - made);
        let comments = (0..size).map(|i| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
            let random = (state >> 33) as usize;
            let parent = (i > 0 && random % 5 < 3).then(|| format!("t{t}c{}", random % i));
            Comment {
                id: Some(format!("t{t}c{i}").into()),
                author: Some(format!("author {}", random % 5000).into()),
                reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
                created: Some(Moment {
                    millis: 1_600_000_000_000 + (t * 60 + i) as i64 * 1000,
                    precision: Precision::Second,
                    clock: Clock::Utc,
                }),
                score: Some((random % 100) as i64),
                text: "some words of a comment, ".repeat(1 + random % 12),
                line: Some((made + i) as u32),
                ..Comment::default()
            }
        });
        let discussion = Discussion {
            source: "bench.ndjson".into(),
            format: "rows".into(),
            post: Post { author: Some("host".into()), ..Post::default() },
            layout: Layout::Loose,
            comments: comments.collect(),
            ..Discussion::default()
        };
        made += size;
        threads.push(linking::link(format!("t{t}").into(), discussion, &mut Vec::new()));
    }
    threads
}

fn analyzed() -> Vec<Analyzed> {
    threads()
        .into_iter()
        .map(|thread| Analyzed {
            measures: metrics::measure(&thread),
            texts: vec![TextFacts::default(); thread.len()],
            post_topics: Vec::new(),
            thread,
        })
        .collect()
}

/// All metrics of all threads.
#[divan::bench]
fn measure(bencher: Bencher<'_, '_>) {
    let threads = threads();
    bencher
        .counter(ItemsCount::new(COMMENTS))
        .bench(|| threads.iter().map(|thread| metrics::measure(thread).len()).sum::<usize>());
}

fn fill(bencher: Bencher<'_, '_>, make: impl Fn() -> FactTables + Sync) {
    bencher.counter(ItemsCount::new(COMMENTS)).with_inputs(analyzed).bench_values(|threads| {
        let mut facts = make();
        for thread in threads {
            facts.thread(thread).expect("tables are filled");
        }
        facts.finish(&Run::default()).expect("tables are complete")
    });
}

/// Rows of the fact tables in memory.
#[divan::bench(sample_count = 10)]
fn rows_in_memory(bencher: Bencher<'_, '_>) {
    fill(bencher, FactTables::in_memory);
}

/// Rows of the fact tables in Parquet files, encoding and compression included.
#[divan::bench(sample_count = 10)]
fn rows_to_parquet(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().expect("a folder for temporary files");
    fill(bencher, || FactTables::spilling(dir.path(), 0));
}
