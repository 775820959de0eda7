//! Lobsters: a story with its comments, as the site's JSON answers it.
//!
//! Written by adding `.json` to a story's address, `lobste.rs/s/ID.json`; comments stand depth
//! first.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `short_id` |
//! | author | `commenting_user` (its `username`, where it is an object) |
//! | parent | `parent_comment`; without that field `depth` (from 0) or `indent_level` (from 1) |
//! | created | `created_at` |
//! | score | `score` |
//! | kind | deleted where `is_deleted` or `is_moderated` |
//! | text | `comment`, HTML, else `comment_plain` |
//! | post | `short_id`, `title`, `url`, `submitter_user`, `created_at`, `description`, `comment_count` |

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Stories of Lobsters.
pub struct Lobsters;

impl Format for Lobsters {
    fn name(&self) -> &'static str {
        "lobsters"
    }

    fn about(&self) -> &'static str {
        "Lobsters story in JSON, as `/s/ID.json` answers it"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let is_story = json::sniff(sample, &["\"short_id\"", "\"comments\""]).is_some();
        if is_story { 0.97 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Preorder, sink);
        for root in document.answers() {
            let thread = root.name_at("short_id").unwrap_or_default();
            threads.post(post(root, &thread), declared(root))?;
            for data in root.get("comments").into_iter().flat_map(Node::items) {
                let number = threads.record();
                match comment(data, number).filter(|_| !data.is_cut()) {
                    Some(comment) => threads.comment(&thread, comment)?,
                    None if data.is_cut() => {}
                    None => threads.bad(number, "a comment without short_id or text", data.raw()),
                }
            }
        }
        document.report(&mut threads);
        threads.finish()
    }
}

fn declared(root: Node<'_>) -> Option<u32> {
    u32::try_from(root.int_at("comment_count")?).ok()
}

fn user(node: Node<'_>) -> Option<Name> {
    node.name().or_else(|| node.name_at("username"))
}

fn text(data: Node<'_>, html: &str, plain: &str) -> Option<String> {
    let plain =
        || data.get(plain).and_then(Node::str).map(|text| markup::markdown(text).into_owned());
    data.get(html).and_then(Node::str).map(markup::html).or_else(plain)
}

fn post(root: Node<'_>, thread: &Name) -> Post {
    Post {
        id: Some(thread.clone()).filter(|id| !id.is_empty()),
        title: root.str_at("title").map(str::to_owned),
        url: root
            .any(&["short_id_url", "comments_url", "url"])
            .and_then(Node::str)
            .map(str::to_owned),
        author: root.get("submitter_user").and_then(user),
        created: root.str_at("created_at").and_then(dates::iso8601),
        text: text(root, "description", "description_plain").unwrap_or_default(),
    }
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let is_gone = data.is_true("is_deleted") || data.is_true("is_moderated");
    let reply_to = if let Some(parent) = data.get("parent_comment") {
        parent.name().map_or_else(ReplyTo::post, ReplyTo::id)
    } else {
        let from_zero = data.int_at("depth").map(|depth| depth + 1);
        let depth = from_zero.or_else(|| data.int_at("indent_level"));
        depth.map(|depth| ReplyTo::nested(depth.max(1) as u32)).unwrap_or_default()
    };
    Some(Comment {
        id: Some(data.name_at("short_id")?),
        author: data.get("commenting_user").and_then(user),
        reply_to,
        created: data.str_at("created_at").and_then(dates::iso8601),
        score: data.int_at("score"),
        kind: if is_gone { Kind::Deleted } else { Kind::Comment },
        text: text(data, "comment", "comment_plain").or_else(|| is_gone.then(String::new))?,
        line: Some(number),
    })
}
