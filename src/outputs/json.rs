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
    let is_utc = digest.told("times") == Some("utc");
    let time = |millis: Option<i64>| millis.map(|t| wording::iso(t, is_utc));
    let threads: Vec<Value> = digest
        .threads
        .iter()
        .map(|thread| {
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
                "first_at": time(thread.first_at),
            })
        })
        .collect();
    let authors: Vec<Value> = digest
        .authors
        .iter()
        .map(|author| {
            json!({
                "author": author.author,
                "n_comments": author.n_comments,
                "n_threads": author.n_threads,
                "n_replies_sent": author.n_replies_sent,
                "n_replies_received": author.n_replies_received,
                "n_words": author.n_words,
            })
        })
        .collect();
    let topics: Vec<Value> = digest
        .topics
        .iter()
        .map(|topic| {
            json!({
                "topic": topic.topic,
                "origin": topic.origin,
                "terms": topic.terms,
                "n_comments": topic.n_comments,
                "share": topic.share,
                "n_authors": topic.n_authors,
                "post_mentions": topic.post_mentions,
            })
        })
        .collect();
    let uncertain: Vec<Value> = digest
        .doubts
        .iter()
        .map(|doubt| {
            json!({
                "thread_id": doubt.thread_id,
                "comment": place(&doubt.comment),
                "parent": doubt.parent.as_ref().map(place),
                "runner_up": doubt.runner_up.as_ref().map(|r| r.as_ref().map(place)),
                "evidence": doubt.evidence,
                "confidence": rounded(doubt.confidence),
            })
        })
        .collect();
    let diagnostics: Vec<Value> = digest
        .oddities
        .iter()
        .map(|oddity| {
            json!({
                "kind": oddity.kind,
                "severity": oddity.severity,
                "count": oddity.count,
                "first": oddity.first,
            })
        })
        .collect();
    let activity: Vec<Value> = digest
        .activity
        .iter()
        .map(|bucket| {
            json!({ "bucket_start": time(Some(bucket.start)), "n_comments": bucket.n_comments })
        })
        .collect();
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
        "first_at": time(totals.first_at),
        "last_at": time(totals.last_at),
        "times": digest.told("times"),
        "bucket": digest.told("bucket"),
        "depths": digest.depths,
        "figures": digest.figures,
        "evidence": evidence,
        "threads": threads,
        "authors": authors,
        "topics": topics,
        "n_topics": digest.n_topics,
        "uncertain": uncertain,
        "activity": activity,
        "diagnostics": diagnostics,
    });
    format!("{whole:#}\n")
}

/// A comment as people find it on the page.
fn place(place: &Place) -> Value {
    json!({ "position": place.position, "author": place.author })
}

/// Confidences are of single precision: further digits would be noise.
fn rounded(confidence: f64) -> f64 {
    (confidence * 1e4).round() / 1e4
}
