//! ConvoKit: the utterances of a corpus.
//!
//! A corpus of Cornell's Conversational Analysis Toolkit is a folder; the comments are in
//! `utterances.jsonl`, one a line, or in the `utterances.json` of older corpora, one array
//! (<https://convokit.cornell.edu/documentation/data_format.html>). Utterances alone are enough;
//! the folder's other files (speakers, conversations, index) are named by [`is_companion`].
//!
//! | field of ours | theirs | older |
//! |---|---|---|
//! | id | `id` | `id` |
//! | author | `speaker` | `user`, or its `id` |
//! | parent | `reply-to` | `reply_to` |
//! | created | `timestamp`, seconds | the same, also as text |
//! | score | `meta/score` | |
//! | text | `text`, plain | |
//! | thread | `conversation_id` | `root` |
//!
//! The first utterance of a conversation has the conversation's id and is its post; its title is
//! `meta/title`. Annotations, vectors and other meta fields are not read.

use super::json::{self, Node, Shape};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Utterances of ConvoKit.
pub struct ConvoKit;

/// A file of a corpus' folder that holds no utterances, by its name.
#[must_use]
pub fn is_companion(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let is_info =
        name.strip_prefix("info.").is_some_and(|rest| rest.strip_suffix("jsonl").is_some());
    is_info
        || matches!(
            name,
            "speakers.json" | "users.json" | "conversations.json" | "corpus.json" | "index.json"
        )
}

impl Format for ConvoKit {
    fn name(&self) -> &'static str {
        "convokit"
    }

    fn about(&self) -> &'static str {
        "ConvoKit corpora: `utterances.jsonl`, or `utterances.json` of older ones"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let Some(document) = json::sniff(sample, &["\"text\"", "\"meta\""]) else { return 0.0 };
        let Some(root) = document.root() else { return 0.0 };
        let first = if root.is_array() { root.items().next().unwrap_or(root) } else { root };
        let has = |key| first.get(key).is_some();
        let has_speaker = has("speaker") || has("user");
        let has_reply = has("reply-to") || has("reply_to");
        let has_root = has("conversation_id") || has("root");
        if has_speaker && has_reply && has_root { 0.97 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (shape, input) = json::shape(input)?;
        let source = input.name.clone();
        if shape == Shape::Lines {
            let mut lines = json::Lines::new(input, options)?;
            let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
            while let Some((number, document)) = lines.next(&mut threads)? {
                threads.record();
                if let Some(data) = document.root() {
                    deliver(data, number, &mut threads)?;
                }
            }
            return threads.finish();
        }
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        for data in document.roots().flat_map(Node::items) {
            let number = threads.record();
            if !data.is_cut() {
                deliver(data, number, &mut threads)?;
            }
        }
        document.report(&mut threads);
        threads.finish()
    }
}

fn deliver(data: Node<'_>, number: u32, threads: &mut Threads<'_>) -> Result<()> {
    let id = data.name_at("id");
    let text = data.get("text").and_then(Node::str);
    let (Some(id), Some(text)) = (id, text) else {
        threads.bad(number, "an utterance without an id or a text", data.raw());
        return Ok(());
    };
    let thread = data.any(&["conversation_id", "root"]).and_then(Node::name).unwrap_or_default();
    let meta = data.get("meta");
    let text = markup::plain(text);
    if id == thread {
        let title = meta.and_then(|meta| meta.str_at("title")).map(str::to_owned);
        let (author, created) = (author(data), created(data));
        return threads.post(Post { id: Some(id), title, url: None, author, created, text }, None);
    }
    let parent = data.any(&["reply-to", "reply_to"]).and_then(Node::name);
    let is_removed = matches!(text.as_str(), "[deleted]" | "[removed]");
    let comment = Comment {
        id: Some(id),
        author: author(data),
        reply_to: match parent {
            Some(parent) if parent != thread && parent != "None" => ReplyTo::id(parent),
            _ => ReplyTo::post(),
        },
        created: created(data),
        score: meta.and_then(|meta| meta.int_at("score")),
        kind: if is_removed { Kind::Deleted } else { Kind::Comment },
        text,
        line: Some(number),
    };
    threads.comment(&thread, comment)
}

fn author(data: Node<'_>) -> Option<Name> {
    let speaker = data.any(&["speaker", "user"])?;
    let name = speaker.name().or_else(|| speaker.any(&["id", "name"])?.name());
    name.filter(|name| name != "[deleted]")
}

fn created(data: Node<'_>) -> Option<Moment> {
    let time = data.get("timestamp")?;
    time.float().map_or_else(|| dates::iso8601(time.str()?), dates::epoch_seconds_f64)
}
