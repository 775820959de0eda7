//! Discord: channels that DiscordChatExporter saved as JSON.
//!
//! Written by `DiscordChatExporter export --format Json`
//! (<https://github.com/Tyrrrz/DiscordChatExporter>): one file a channel or thread.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `id` |
//! | author | `author/nickname`, else `author/name` |
//! | parent | `reference/messageId`; not stated otherwise |
//! | created | `timestamp` |
//! | score | the sum of `reactions/count` |
//! | text | `content`, Markdown |
//! | thread | `channel/id`; its `name` is the title, its `topic` the text |
//!
//! Entries that are neither `Default` nor `Reply` (joined, pinned, boosted) are no comments and are
//! counted. Attachments and embeds are not read. `messageCount` is the declared number.

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Channels of Discord.
pub struct Discord;

impl Format for Discord {
    fn name(&self) -> &'static str {
        "discord"
    }

    fn about(&self) -> &'static str {
        "Discord channels saved as JSON by DiscordChatExporter"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let words = ["\"guild\"", "\"channel\"", "\"messages\"", "\"timestamp\""];
        json::sniff(sample, &words).map_or(0.0, |_| 0.97)
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Flat, sink);
        let mut notices = 0;
        for root in document.answers() {
            let channel = root.get("channel").unwrap_or(root);
            let thread = channel.name_at("id").unwrap_or_default();
            threads.post(post(channel, &thread), declared(root))?;
            for data in root.get("messages").into_iter().flat_map(Node::items) {
                let number = threads.record();
                if !matches!(data.str_at("type"), None | Some("Default" | "Reply" | "0" | "19")) {
                    notices += 1;
                } else if data.is_cut() {
                    // What the end of the input cut is no comment.
                } else if let Some(comment) = comment(data, number) {
                    threads.comment(&thread, comment)?;
                } else {
                    threads.bad(number, "an entry without an id or a content", data.raw());
                }
            }
        }
        threads.unpublished(notices, "notices of the channel, such as who joined");
        document.report(&mut threads);
        threads.finish()
    }
}

fn post(channel: Node<'_>, thread: &Name) -> Post {
    Post {
        id: Some(thread.clone()).filter(|id| !id.is_empty()),
        title: channel.str_at("name").map(str::to_owned),
        text: markup::plain(channel.str_at("topic").unwrap_or_default()),
        ..Post::default()
    }
}

/// The count includes notices, so it is compared only where there are none.
fn declared(root: Node<'_>) -> Option<u32> {
    let is_notice = |data: Node<'_>| !matches!(data.str_at("type"), Some("Default" | "Reply"));
    let has_notices = root.get("messages").into_iter().flat_map(Node::items).any(is_notice);
    let count = root.int_at("messageCount").filter(|_| !has_notices)?;
    u32::try_from(count).ok()
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let author = data.get("author");
    let nickname = author.and_then(|author| author.str_at("nickname")).map(Name::from);
    let parent = data.path(&["reference", "messageId"]).and_then(Node::name);
    let reactions =
        data.get("reactions").map(|all| all.items().filter_map(|r| r.int_at("count")).sum());
    Some(Comment {
        id: Some(data.name_at("id")?),
        author: nickname.or_else(|| author?.name_at("name")),
        reply_to: parent.map(ReplyTo::id).unwrap_or_default(),
        created: data.str_at("timestamp").and_then(dates::iso8601),
        score: reactions,
        text: markup::markdown(data.get("content")?.str()?).into_owned(),
        line: Some(number),
        ..Comment::default()
    })
}
