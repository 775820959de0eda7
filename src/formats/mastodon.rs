//! Mastodon: the context of a status.
//!
//! Written by `/api/v1/statuses/ID/context`
//! (<https://docs.joinmastodon.org/methods/statuses/#context>): flat lists of `ancestors` and
//! `descendants`. The status itself is not part of it; where `/api/v1/statuses/ID` is put before
//! or after it in the same file, or as `{"status": …, "context": …}`, it is used.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `id` |
//! | author | `account/acct` |
//! | parent | `in_reply_to_id` |
//! | created | `created_at` |
//! | score | `favourites_count` |
//! | text | `content`, HTML, after the warning in `spoiler_text` |
//! | post | the first ancestor; without ancestors the status, or at least its id |
//!
//! Statuses that are private or deleted are absent, which is normal: their replies get a
//! placeholder. Boosts, polls and media are not read.

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Contexts of Mastodon.
pub struct Mastodon;

impl Format for Mastodon {
    fn name(&self) -> &'static str {
        "mastodon"
    }

    fn about(&self) -> &'static str {
        "Mastodon context of a status in JSON: its ancestors and descendants"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let is_context = |node: Node<'_>| {
            node.get("ancestors").is_some_and(Node::is_array)
                || node.get("descendants").is_some_and(Node::is_array)
        };
        // A status without any replies has a context that holds two empty lists.
        let looked = json::sniff(sample, &["\"in_reply_to_id\""])
            .or_else(|| json::sniff(sample, &["\"ancestors\"", "\"descendants\""]));
        looked.map_or(0.0, |document| {
            let mut roots = document.roots();
            if roots.any(|root| is_context(root) || root.get("context").is_some_and(is_context)) {
                0.98
            } else {
                0.3
            }
        })
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        let (mut above, mut middle, mut below) = (Vec::new(), Vec::new(), Vec::new());
        for root in document.roots() {
            let context = root.get("context").unwrap_or(root);
            above.extend(context.get("ancestors").into_iter().flat_map(Node::items));
            below.extend(context.get("descendants").into_iter().flat_map(Node::items));
            let status = root.get("status").or_else(|| root.get("account").map(|_| root));
            middle.extend(status);
            middle.extend(root.items());
        }
        let statuses: Vec<Node<'_>> = above.into_iter().chain(middle).chain(below).collect();
        // The status that answers nothing is the post; without one, what the first one answers.
        let is_top = |status: &&Node<'_>| status.name_at("in_reply_to_id").is_none();
        let top = statuses.iter().find(is_top).filter(|status| !status.is_cut());
        let answered = || statuses.first().and_then(|status| status.name_at("in_reply_to_id"));
        let thread = top.and_then(|top| top.name_at("id")).or_else(answered).unwrap_or_default();
        for status in statuses {
            let number = threads.record();
            if status.is_cut() {
                continue;
            }
            let id = status.name_at("id");
            if id.as_ref() == Some(&thread) {
                threads.post(post(status, id), None)?;
            } else if let Some(comment) = comment(status, &thread, number) {
                threads.comment(&thread, comment)?;
            } else {
                threads.bad(number, "a status without an id or a text", status.raw());
            }
        }
        document.report(&mut threads);
        threads.finish()
    }
}

fn author(status: Node<'_>) -> Option<Name> {
    let account = status.get("account")?;
    account.any(&["acct", "username"])?.name()
}

fn text(status: Node<'_>) -> Option<String> {
    let content = markup::html(status.get("content")?.str()?);
    Some(match status.str_at("spoiler_text") {
        Some(warning) => format!("{}\n\n{content}", markup::plain(warning)).trim_end().to_owned(),
        None => content,
    })
}

fn post(status: Node<'_>, id: Option<Name>) -> Post {
    Post {
        id,
        title: None,
        url: status.str_at("url").map(str::to_owned),
        author: author(status),
        created: status.str_at("created_at").and_then(dates::iso8601),
        text: text(status).unwrap_or_default(),
    }
}

fn comment(status: Node<'_>, thread: &Name, number: u32) -> Option<Comment> {
    let parent = status.name_at("in_reply_to_id").filter(|parent| parent != thread);
    Some(Comment {
        id: Some(status.name_at("id")?),
        author: author(status),
        reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
        created: status.str_at("created_at").and_then(dates::iso8601),
        score: status.int_at("favourites_count"),
        text: text(status)?,
        line: Some(number),
        ..Comment::default()
    })
}
