//! Discourse: topics as the forum's own JSON interface answers them.
//!
//! Written by adding `.json` to a topic's address, `/t/SLUG/ID.json`, and by
//! `/t/ID/posts.json?post_ids[]=…` for further posts (<https://docs.discourse.org/>); several
//! documents may follow each other. Also `/posts.json`, the latest posts of a forum.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `post_number`: replies name their parent by it |
//! | author | `username` |
//! | parent | `reply_to_post_number`; null = the topic |
//! | quotes | the first `aside.quote` of the text: its post and user |
//! | created | `created_at` |
//! | score | likes in `actions_summary` |
//! | kind | deleted where `user_deleted` or `deleted_at` |
//! | text | `cooked`, HTML, else `raw` |
//! | post | the post number 1; `title`, `id` of the topic; `posts_count` declares one less |
//!
//! Small actions of moderators ("closed this topic") are no comments; they are counted. Posts that
//! a long topic lists in `stream` without sending them are reported as held back.

use std::collections::HashMap;

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Name, Post, Quotes, ReplyTo};
use crate::error::Result;
use crate::text::html::{Token, Tokens};
use crate::text::{dates, markup};

/// Topics of Discourse.
pub struct Discourse;

impl Format for Discourse {
    fn name(&self) -> &'static str {
        "discourse"
    }

    fn about(&self) -> &'static str {
        "Discourse topics in JSON, as `/t/ID.json` answers them"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let is_topic = json::sniff(sample, &["\"post_stream\"", "\"posts\""]).is_some();
        let is_posts = || json::sniff(sample, &["\"latest_posts\"", "\"topic_id\""]).is_some();
        if is_topic || is_posts() { 0.98 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Flat, sink);
        let (mut notices, mut whispers, mut found) = (0, 0, 0);
        let mut streams: HashMap<Name, u64> = HashMap::new();
        for root in document.answers() {
            let stream = root.get("post_stream");
            let posts = stream.and_then(|stream| stream.get("posts"));
            // A further page of a topic states its title, too, but not its first post.
            let is_first = |data: Node<'_>| data.int_at("post_number") == Some(1);
            let is_further = !posts.into_iter().flat_map(Node::items).any(is_first);
            if let Some(id) = root.name_at("id").filter(|_| posts.is_some() && is_further) {
                let title = root.str_at("title").map(str::to_owned);
                threads.post(Post { id: Some(id), title, ..Post::default() }, declared(root))?;
            }
            for data in posts.or_else(|| root.get("latest_posts")).into_iter().flat_map(Node::items)
            {
                let number = threads.record();
                found += 1;
                let topic = data.name_at("topic_id").or_else(|| root.name_at("id"));
                let topic = topic.unwrap_or_default();
                if data.int_at("post_type") == Some(3) {
                    notices += 1;
                } else if data.int_at("post_type") == Some(4) {
                    whispers += 1;
                } else if data.int_at("post_number") == Some(1) && !data.is_cut() {
                    threads.post(post(root, data, topic), declared(root))?;
                } else if data.is_cut() {
                    // What the end of the input cut is no comment.
                } else if let Some(comment) = comment(data, number) {
                    threads.comment(&topic, comment)?;
                } else {
                    threads.bad(number, "a post without a number or a text", data.raw());
                }
            }
            if let Some(all) = stream.and_then(|stream| stream.get("stream")) {
                streams.insert(root.name_at("id").unwrap_or_default(), all.items().count() as u64);
            }
        }
        let held_back = streams.values().sum::<u64>().saturating_sub(found);
        threads.hidden(u64::from(held_back > 0), held_back);
        threads.unpublished(notices, "notices of moderators");
        threads.unpublished(whispers, "whispers among the staff");
        document.report(&mut threads);
        threads.finish()
    }
}

fn declared(root: Node<'_>) -> Option<u32> {
    u32::try_from(root.int_at("posts_count")?.checked_sub(1)?).ok()
}

fn post(root: Node<'_>, data: Node<'_>, topic: Name) -> Post {
    Post {
        id: Some(topic).filter(|id| !id.is_empty()),
        title: root.str_at("title").or_else(|| data.str_at("topic_title")).map(str::to_owned),
        url: None,
        author: data.name_at("username"),
        created: data.str_at("created_at").and_then(dates::iso8601),
        text: text(data).unwrap_or_default(),
    }
}

fn text(data: Node<'_>) -> Option<String> {
    let raw = || data.get("raw").and_then(Node::str).map(markup::bbcode);
    data.get("cooked").and_then(Node::str).map(markup::html).or_else(raw)
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let is_deleted =
        data.is_true("user_deleted") || data.get("deleted_at").is_some_and(|at| !at.is_null());
    let text = text(data).or_else(|| is_deleted.then(String::new))?;
    let parent = data.name_at("reply_to_post_number").filter(|parent| parent != "1");
    let mut reply_to = parent.map_or_else(ReplyTo::post, ReplyTo::id);
    reply_to.quotes = data.str_at("cooked").and_then(quoted);
    let name = data.get("reply_to_user").and_then(|user| user.name_at("username"));
    reply_to.name = name;
    Some(Comment {
        id: Some(data.name_at("post_number")?),
        author: data.name_at("username"),
        reply_to,
        created: data.str_at("created_at").and_then(dates::iso8601),
        score: likes(data),
        kind: if is_deleted { Kind::Deleted } else { Kind::Comment },
        text,
        line: Some(number),
    })
}

/// Likes are action 2.
fn likes(data: Node<'_>) -> Option<i64> {
    let mut actions = data.get("actions_summary")?.items();
    let likes = actions.find(|action| action.int_at("id") == Some(2));
    Some(likes.and_then(|action| action.int_at("count")).unwrap_or(0))
}

/// The post that the first quotation of a text comes from.
fn quoted(cooked: &str) -> Option<Box<Quotes>> {
    let aside = Tokens::new(cooked).find_map(|token| match token {
        Token::Open(tag) if tag.name.eq_ignore_ascii_case("aside") => {
            tag.attribute("data-post").is_some().then_some(tag)
        }
        _ => None,
    })?;
    let value = |name| aside.attribute(name).map(|value| Name::from(value.as_ref()));
    Some(Box::new(Quotes { id: value("data-post"), author: value("data-username"), created: None }))
}
