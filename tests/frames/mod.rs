//! The tables: columns, rows, metadata, what spans threads, files and memory alike.

mod buckets;
mod facts;
mod files;
mod rows;
mod schema;
mod spanning;
mod times;

use polars::prelude::{AnyValue, DataFrame};
use rejoinder::analysis::{Analyzed, Facts, TextFacts};
use rejoinder::comment::{
    Clock, Comment, Discussion, Kind, Moment, Name, Post, Precision, ReplyTo,
};
use rejoinder::frames::{FactTables, Run, Tables};
use rejoinder::linking;
use rejoinder::metrics;
use rejoinder::topics::{Hit, Origin, Topic};

/// A comment with an id; `parent` empty = answers the post.
fn comment(id: &str, parent: &str, author: &str) -> Comment {
    Comment {
        id: Some(id.into()),
        author: Some(Name::from(author)).filter(|name| !name.is_empty()),
        reply_to: if parent.is_empty() { ReplyTo::post() } else { ReplyTo::id(parent) },
        text: format!("text of {id}"),
        line: Some(7),
        ..Comment::default()
    }
}

fn at(minute: i64, precision: Precision, clock: Clock) -> Moment {
    Moment { millis: minute * 60_000, precision, clock }
}

/// Local time, exact to the minute.
#[expect(clippy::unnecessary_wraps, reason = "as comments hold it")]
fn local(minute: i64) -> Option<Moment> {
    Some(at(minute, Precision::Minute, Clock::Local))
}

/// A thread ready for the tables. Hits: for each comment by id, the topics that it mentions once.
fn analyzed(id: &str, post: Post, comments: Vec<Comment>, hits: &[(&str, &[u32])]) -> Analyzed {
    let discussion = Discussion {
        source: format!("{id}.ndjson"),
        format: "rows".into(),
        post,
        comments,
        ..Discussion::default()
    };
    let thread = linking::link(id.into(), discussion, &mut Vec::new());
    let texts = thread
        .comments()
        .iter()
        .map(|comment| {
            let found = hits.iter().find(|(id, _)| comment.id.as_deref() == Some(*id));
            let topics = found.map_or(&[][..], |(_, topics)| topics);
            TextFacts {
                n_words: 3,
                n_chars: 10,
                language: Some("en"),
                topics: topics.iter().map(|&topic| Hit { topic, mentions: 2 }).collect(),
            }
        })
        .collect();
    let measures = metrics::measure(&thread);
    Analyzed { thread, measures, texts, post_topics: vec![Hit { topic: 0, mentions: 3 }] }
}

fn topic(name: &str) -> Topic {
    Topic {
        name: name.into(),
        origin: Origin::Dictionary,
        terms: vec![format!("{name}*")],
        weights: Vec::new(),
        coherence: None,
    }
}

/// Two threads: exact and coarse times, a placeholder, a pingback, a deleted comment, somebody
/// who answers themselves, topics.
fn sample() -> Vec<Analyzed> {
    let mut first = vec![
        comment("a", "", "ann"),
        comment("b", "a", "bob"),
        comment("c", "b", "ann"),
        comment("d", "c", "ann"),
        comment("e", "gone", "cyd"),
        Comment { kind: Kind::Pingback, ..comment("p", "", "a site") },
        Comment { kind: Kind::Deleted, text: String::new(), ..comment("x", "a", "") },
    ];
    for (minute, comment) in (0i64..).step_by(10).zip(&mut first) {
        comment.created = local(minute);
    }
    first[6].created = None;
    let post = Post { author: Some("ann".into()), created: local(-5), ..Post::default() };
    let hits: &[(&str, &[u32])] = &[("a", &[0]), ("b", &[0, 1]), ("c", &[1])];
    let second = vec![
        Comment { created: local(200), ..comment("a", "", "bob") },
        Comment {
            created: Some(at(90, Precision::Day, Clock::Local)),
            score: Some(-4),
            ..comment("b", "a", "dan")
        },
    ];
    vec![
        analyzed("one", post, first, hits),
        analyzed("two", Post::default(), second, &[("b", &[0])]),
    ]
}

/// The sample in tables.
fn fill(facts: FactTables) -> Tables {
    fill_by(facts, &Run::default())
}

fn fill_by(mut facts: FactTables, run: &Run) -> Tables {
    facts.topics(&[topic("tea"), topic("rain"), topic("never")]).unwrap();
    for thread in sample() {
        facts.thread(thread).unwrap();
    }
    facts.finish(run).unwrap()
}

/// The rows of some columns, as words.
fn rows(frame: &DataFrame, columns: &[&str]) -> Vec<String> {
    let word = |value: AnyValue<'_>| match value {
        AnyValue::Null => "-".to_owned(),
        _ => value.get_str().map_or_else(|| value.to_string(), str::to_owned),
    };
    (0..frame.height())
        .map(|row| {
            let cells = columns.iter().map(|name| frame.column(name).unwrap().get(row).unwrap());
            cells.map(word).collect::<Vec<_>>().join(" ")
        })
        .collect()
}
