//! The summary for programs: one JSON object. Its keys are promised; new ones may be added.
//!
//! Times are ISO 8601, with `Z` where they are UTC. What is not known is null.

use serde_json::{Map, Value, json};

use super::digest::{Digest, Place};
use super::wording;

/// Writes the digest as JSON, indented, with a line break at its end.
#[must_use]
pub fn json(digest: &Digest) -> String {
    let totals = &digest.totals;
    let evidence: Map<String, Value> =
        digest.evidence.iter().map(|(kind, n)| (kind.clone(), json!(n))).collect();
    let whole = json!({
        "schema": digest.told("schema"),
        "version": digest.told("version"),
        "n_threads": totals.n_threads,
        "n_comments": totals.n_comments,
        "n_declared": totals.n_declared,
        "n_authors": totals.n_authors,
        "n_top_level": totals.n_top_level,
        "n_pingbacks": totals.n_pingbacks,
        "n_deleted": totals.n_deleted,
        "n_placeholders": totals.n_placeholders,
        "n_uncertain": totals.n_uncertain,
        "max_depth": totals.max_depth,
        "first_at": time(digest, totals.first_at),
        "last_at": time(digest, totals.last_at),
        "times": digest.told("times"),
        "bucket": digest.told("bucket"),
        "depths": digest.depths,
        "figures": digest.figures,
        "evidence": evidence,
        "threads": threads(digest),
        "authors": authors(digest),
        "topics": topics(digest),
        "n_topics": digest.n_topics,
        "n_off_topic": digest.n_off_topic,
        "uncertain": uncertain(digest),
        "activity": activity(digest),
        "diagnostics": diagnostics(digest),
    });
    format!("{whole:#}\n")
}

/// ISO 8601.
fn time(digest: &Digest, millis: Option<i64>) -> Option<String> {
    let is_utc = digest.told("times") == Some("utc");
    millis.map(|t| wording::iso(t, is_utc))
}

fn threads(digest: &Digest) -> Vec<Value> {
    let thread = |thread: &super::digest::ThreadLine| {
        json!({
            "thread_id": thread.id,
            "title": thread.title,
            "source": thread.source,
            "format": thread.format,
            "post_author": thread.post_author,
            "n_comments": thread.n_comments,
            "n_declared": thread.n_declared,
            "n_authors": thread.n_authors,
            "n_top_level": thread.n_top_level,
            "max_depth": thread.max_depth,
            "n_uncertain": thread.n_uncertain,
            "first_at": time(digest, thread.first_at),
        })
    };
    digest.threads.iter().map(thread).collect()
}

fn authors(digest: &Digest) -> Vec<Value> {
    let author = |author: &super::digest::AuthorLine| {
        json!({
            "author": author.author,
            "n_comments": author.n_comments,
            "n_threads": author.n_threads,
            "n_replies_sent": author.n_replies_sent,
            "n_replies_received": author.n_replies_received,
            "n_words": author.n_words,
        })
    };
    digest.authors.iter().map(author).collect()
}

fn topics(digest: &Digest) -> Vec<Value> {
    let topic = |topic: &super::digest::TopicLine| {
        json!({
            "topic": topic.topic,
            "origin": topic.origin,
            "terms": topic.terms,
            "n_comments": topic.n_comments,
            "share": topic.share,
            "n_authors": topic.n_authors,
            "post_mentions": topic.post_mentions,
        })
    };
    digest.topics.iter().map(topic).collect()
}

fn uncertain(digest: &Digest) -> Vec<Value> {
    let doubt = |doubt: &super::digest::Doubt| {
        json!({
            "thread_id": doubt.thread_id,
            "comment": place(&doubt.comment),
            "parent": doubt.parent.as_ref().map(place),
            "runner_up": doubt.runner_up.as_ref().map(|r| r.as_ref().map(place)),
            "evidence": doubt.evidence,
            "confidence": rounded(doubt.confidence),
        })
    };
    digest.doubts.iter().map(doubt).collect()
}

fn activity(digest: &Digest) -> Vec<Value> {
    let bucket = |bucket: &super::digest::Bucket| {
        let start = time(digest, Some(bucket.start));
        json!({ "bucket_start": start, "n_comments": bucket.n_comments })
    };
    digest.activity.iter().map(bucket).collect()
}

fn diagnostics(digest: &Digest) -> Vec<Value> {
    let oddity = |oddity: &super::digest::OddityCount| {
        json!({
            "kind": oddity.kind,
            "severity": oddity.severity,
            "count": oddity.count,
            "first": oddity.first,
        })
    };
    digest.oddities.iter().map(oddity).collect()
}

/// A comment as people find it on the page.
fn place(place: &Place) -> Value {
    json!({ "position": place.position, "author": place.author })
}

/// Confidences are of single precision: further digits would be noise.
fn rounded(confidence: f64) -> f64 {
    (confidence * 1e4).round() / 1e4
}
