//! Floors under the accuracy, on small samples of public data (seeds/threads/LICENCE.md).

use std::collections::BTreeMap;

use rejoinder::comment::{Clock, Comment, Discussion, Layout, Moment, Post, Precision, ReplyTo};
use rejoinder::linking::evaluation::{Evaluation, Figures, View};
use serde_json::Value;

use super::link;

/// The threads of a sample. With `heading_is_post`, the first record of a thread is the post.
fn threads(ndjson: &str, heading_is_post: bool) -> Vec<Discussion> {
    let mut threads: BTreeMap<String, Discussion> = BTreeMap::new();
    for line in ndjson.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        let discussion = threads.entry(text("thread_id")).or_default();
        discussion.layout = Layout::Loose;
        if heading_is_post && record["parent_id"].is_null() && discussion.post.id.is_none() {
            discussion.post = Post { id: Some(text("id").into()), ..Post::default() };
            continue;
        }
        let parent = record["parent_id"].as_str();
        discussion.comments.push(Comment {
            id: Some(text("id").into()),
            author: Some(text("author").into()),
            reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
            created: record["created_utc"].as_f64().map(|seconds| Moment {
                millis: seconds as i64 * 1000,
                precision: Precision::Second,
                clock: Clock::Utc,
            }),
            text: text("text"),
            ..Comment::default()
        });
    }
    threads.into_values().collect()
}

fn measure(threads: Vec<Discussion>, view: View) -> Figures {
    let mut evaluation = Evaluation::new(view);
    for discussion in threads {
        evaluation.add(&link(discussion).0);
    }
    evaluation.figures()
}

const IRC: &str = include_str!("../../seeds/threads/irc_ubuntu.ndjson");
const TALK: &str = include_str!("../../seeds/threads/wikipedia_talk.ndjson");

#[test]
fn chat_with_names_keeps_its_floor() {
    let figures = measure(threads(IRC, false), View::Names);
    assert_eq!(figures.n_threads, 24);
    assert!(figures.accuracy.unwrap() >= 0.85, "{figures:?}");
    assert!(figures.accuracy > figures.branch.0, "{figures:?}");
    assert!(figures.calibration_error.unwrap() <= 0.06, "{figures:?}");
}

#[test]
fn talk_pages_with_names_keep_their_floor() {
    let figures = measure(threads(TALK, true), View::Names);
    assert!(figures.accuracy.unwrap() >= 0.91, "{figures:?}");
    assert!(figures.accuracy >= figures.latest.0, "{figures:?}");
}

#[test]
fn chat_without_names_beats_the_comment_before() {
    let figures = measure(threads(IRC, false), View::Times);
    assert!(figures.accuracy.unwrap() >= 0.67, "{figures:?}");
    assert!(figures.accuracy.unwrap() > figures.latest.0.unwrap(), "{figures:?}");
    assert!(figures.calibration_error.unwrap() <= 0.1, "{figures:?}");
}
