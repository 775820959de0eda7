//! Answers of Disqus' interface: lists of posts in JSON.
//!
//! `posts/list` and `threads/listPosts` answer `{"code": 0, "response": [posts], "cursor": …}`
//! (<https://disqus.com/api/docs/posts/list/>); several answers may follow each other, and scripts
//! save the posts alone. Posts state what the XML export does, and votes besides.

use std::collections::HashSet;

use crate::comment::{Comment, Kind, Layout, Moment, Post, ReplyTo};
use crate::error::Result;
use crate::formats::json::{self, Node};
use crate::formats::threads::Threads;
use crate::formats::{Input, ReadOptions, Sample, Sink};
use crate::text::{dates, markup};

/// The beginning is that of such an answer.
pub(super) fn fits(sample: &Sample<'_>) -> bool {
    let words = ["\"thread\"", "\"createdAt\"", "\"isSpam\""];
    json::sniff(sample, &words).is_some_and(|document| {
        let first = document.root().and_then(|root| posts(root)?.items().next());
        first.is_some_and(|post| post.get("message").is_some() || post.get("raw_message").is_some())
    })
}

/// Reads answers.
pub(super) fn read(
    format: &'static str,
    input: Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let (source, document) = json::read(input, options, sink)?;
    let mut threads = Threads::new(format, &source, Layout::Loose, sink);
    let mut known = HashSet::new();
    let mut hidden = 0;
    for data in document.roots().filter_map(posts).flat_map(Node::items) {
        let number = threads.record();
        if data.is_cut() {
            continue;
        }
        let is_never_shown = data.is_true("isSpam") || is_false(data, "isApproved");
        if is_never_shown && !data.is_true("isDeleted") {
            hidden += 1;
            continue;
        }
        let Some(comment) = comment(data, number) else {
            threads.bad(number, "a post without an id or a message", data.raw());
            continue;
        };
        let stated = data.get("thread");
        let thread = stated.and_then(|thread| thread.name().or_else(|| thread.name_at("id")));
        let thread = thread.unwrap_or_default();
        if let Some(page) = stated.filter(|t| t.is_object() && known.insert(thread.clone())) {
            let post = Post {
                id: Some(thread.clone()),
                title: page.any(&["clean_title", "title"]).and_then(Node::str).map(markup::html),
                url: page.str_at("link").map(str::to_owned),
                author: None,
                created: page.str_at("createdAt").and_then(utc),
                text: String::new(),
            };
            let declared = page.int_at("posts").and_then(|n| u32::try_from(n).ok());
            threads.post(post, declared)?;
        }
        threads.comment(&thread, comment)?;
    }
    threads.unpublished(hidden, "marked as spam or awaiting approval");
    document.report(&mut threads);
    threads.finish()
}

fn posts(root: Node<'_>) -> Option<Node<'_>> {
    let list = root.get("response").unwrap_or(root);
    list.is_array().then_some(list)
}

fn is_false(data: Node<'_>, key: &str) -> bool {
    data.get(key).and_then(Node::bool) == Some(false)
}

/// Times come without a zone; they are UTC.
fn utc(text: &str) -> Option<Moment> {
    let has_zone = text.ends_with('Z') || text.rfind('+').is_some();
    if has_zone { dates::iso8601(text) } else { dates::iso8601(&format!("{text}Z")) }
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let is_deleted = data.is_true("isDeleted");
    let raw = || data.get("raw_message").and_then(Node::str).map(markup::plain);
    let text = data.get("message").and_then(Node::str).map(markup::html).or_else(raw);
    let author = data.get("author");
    Some(Comment {
        id: Some(data.name_at("id")?),
        author: author.and_then(|author| author.any(&["name", "username"])?.name()),
        reply_to: data.name_at("parent").map_or_else(ReplyTo::post, ReplyTo::id),
        created: data.str_at("createdAt").and_then(utc),
        score: data
            .int_at("points")
            .or_else(|| Some(data.int_at("likes")? - data.int_at("dislikes").unwrap_or(0))),
        kind: if is_deleted { Kind::Deleted } else { Kind::Comment },
        text: text.or_else(|| is_deleted.then(String::new))?,
        line: Some(number),
    })
}
