//! Telegram: chats that Telegram Desktop exported as JSON.
//!
//! Written by "Export chat history" (one chat) and "Export Telegram data" (all chats) with the
//! format set to JSON (<https://telegram.org/blog/export-and-more>), as `result.json`.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `id` |
//! | author | `from`, in channels `author`; a deleted account has none |
//! | parent | `reply_to_message_id`; not stated otherwise |
//! | created | `date_unixtime`, else `date`, local |
//! | text | `text`: a string, or parts that are strings or objects with a `text` |
//! | thread | `id` and `name` of the chat |
//!
//! Entries of type `service` (joined, pinned, called) are no comments and are counted. Media and
//! reactions are not read. The HTML export is not read: choose JSON.

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Moment, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Chats of Telegram.
pub struct Telegram;

impl Format for Telegram {
    fn name(&self) -> &'static str {
        "telegram"
    }

    fn about(&self) -> &'static str {
        "Telegram chats exported as JSON by Telegram Desktop"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let fits = |words: &[&str]| json::sniff(sample, words).is_some();
        if fits(&["\"messages\"", "\"date\"", "\"type\"", "\"from_id\""])
            || fits(&["\"messages\"", "\"date_unixtime\""])
        {
            0.95
        } else {
            0.0
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Flat, sink);
        let mut notices = 0;
        for root in document.answers() {
            let lists = ["chats", "left_chats"].map(|key| root.path(&[key, "list"]));
            let mut chats: Vec<Node<'_>> =
                lists.into_iter().flatten().flat_map(Node::items).collect();
            if chats.is_empty() {
                chats.push(root);
            }
            for chat in chats {
                let thread = chat.name_at("id").or_else(|| chat.name_at("name"));
                let thread = thread.unwrap_or_default();
                let title = chat.str_at("name").map(str::to_owned);
                let id = Some(thread.clone()).filter(|id| !id.is_empty());
                threads.post(Post { id, title, ..Post::default() }, None)?;
                for data in chat.get("messages").into_iter().flat_map(Node::items) {
                    let number = threads.record();
                    if data.str_at("type") == Some("service") {
                        notices += 1;
                    } else if data.is_cut() {
                        // What the end of the input cut is no comment.
                    } else if let Some(comment) = comment(data, number) {
                        threads.comment(&thread, comment)?;
                    } else {
                        threads.bad(number, "an entry without an id or a text", data.raw());
                    }
                }
            }
        }
        threads.unpublished(notices, "notices of the chat, such as who joined");
        document.report(&mut threads);
        threads.finish()
    }
}

fn created(data: Node<'_>) -> Option<Moment> {
    let local = || dates::iso8601(data.str_at("date")?);
    data.int_at("date_unixtime").and_then(dates::epoch_seconds).or_else(local)
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let text = data.get("text")?;
    let text = match text.str() {
        Some(text) => text.to_owned(),
        None => {
            text.items().filter_map(|part| part.str().or_else(|| part.get("text")?.str())).collect()
        }
    };
    Some(Comment {
        id: Some(data.name_at("id")?),
        author: data.name_at("from").or_else(|| data.name_at("author")),
        reply_to: data.name_at("reply_to_message_id").map(ReplyTo::id).unwrap_or_default(),
        created: created(data),
        text: markup::plain(&text),
        line: Some(number),
        ..Comment::default()
    })
}
