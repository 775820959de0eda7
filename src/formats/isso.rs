//! isso: answers of its interface, and the generic list that it imports.
//!
//! * `/?uri=…` answers `{"total_replies": …, "replies": […]}`, replies nested one level
//!   (<https://isso-comments.de/docs/reference/server-api/>).
//! * The generic import format is a list of pages with flat `comments`
//!   (<https://isso-comments.de/docs/guides/quickstart/#migrate-from-generic-comments>).
//!
//! | field of ours | interface | generic list |
//! |---|---|---|
//! | id | `id` | `id`, where given |
//! | author | `author` | `author` |
//! | parent | `parent`; null = the page | not stated |
//! | created | `created`, seconds | `created`, `YYYY-MM-DD hh:mm:ss` |
//! | score | `likes` minus `dislikes` | |
//! | kind | deleted where `mode` is 4 | |
//! | text | `text`, HTML | `text`, HTML |
//! | thread | the whole answer | `id` of the page, `title` |
//!
//! `hidden_replies` are reported as held back.

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Comments of isso.
pub struct Isso;

impl Format for Isso {
    fn name(&self) -> &'static str {
        "isso"
    }

    fn about(&self) -> &'static str {
        "isso comments: answers of its interface, or the generic list that it imports"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        if json::sniff(sample, &["\"total_replies\"", "\"replies\""]).is_some() {
            return 0.95;
        }
        let Some(document) = json::sniff(sample, &["\"comments\"", "\"created\"", "\"title\""])
        else {
            return 0.0;
        };
        let page = document.root().and_then(|root| root.items().next());
        let comment = page.and_then(|page| page.get("comments")?.items().next());
        let is_generic = comment.is_some_and(|c| {
            c.get("text").is_some() && c.get("author").is_some() && c.get("created").is_some()
        });
        if is_generic { 0.9 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Preorder, sink);
        let (mut stubs, mut hidden) = (0, 0);
        let mut result = Ok(());
        let mut thread = Name::default();
        json::preorder(document.roots(), |node, _| {
            if node.is_array() {
                return Some(node.items());
            }
            if let Some(comments) = node.get("comments") {
                thread = node.name_at("id").unwrap_or_default();
                let id = Some(thread.clone()).filter(|id| !id.is_empty());
                let title = node.str_at("title").map(str::to_owned);
                let page = Post {
                    id,
                    title,
                    url: node.str_at("id").map(str::to_owned),
                    ..Post::default()
                };
                if result.is_ok() {
                    result = threads.post(page, None);
                }
                return Some(comments.items());
            }
            let more = node.int_at("hidden_replies").unwrap_or(0).max(0) as u64;
            stubs += u64::from(more > 0);
            hidden += more;
            if node.get("text").is_some() || node.get("created").is_some() {
                let number = threads.record();
                match comment(node, number).filter(|_| !node.is_half("replies")) {
                    Some(comment) if result.is_ok() => result = threads.comment(&thread, comment),
                    Some(_) => {}
                    None if node.is_cut() => {}
                    None => threads.bad(number, "a comment without a text", node.raw()),
                }
            }
            node.get("replies").map(Node::items)
        });
        result?;
        threads.hidden(stubs, hidden);
        document.report(&mut threads);
        threads.finish()
    }
}

fn created(data: Node<'_>) -> Option<Moment> {
    let time = data.get("created")?;
    match time.float() {
        Some(seconds) => dates::epoch_seconds_f64(seconds),
        None => dates::iso8601(time.str()?),
    }
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let is_deleted = data.int_at("mode") == Some(4);
    let text = data.get("text").and_then(Node::str).map(markup::html);
    let reply_to = match data.get("parent") {
        Some(parent) => parent.name().map_or_else(ReplyTo::post, ReplyTo::id),
        None => ReplyTo::default(),
    };
    let score = data.int_at("likes").map(|likes| likes - data.int_at("dislikes").unwrap_or(0));
    Some(Comment {
        id: data.name_at("id"),
        author: data.name_at("author"),
        reply_to,
        created: created(data),
        score,
        kind: if is_deleted { Kind::Deleted } else { Kind::Comment },
        text: text.or_else(|| is_deleted.then(String::new))?,
        line: Some(number),
    })
}
