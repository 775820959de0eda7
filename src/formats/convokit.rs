//! ConvoKit: the utterances of a corpus.
//!
//! A corpus of Cornell's Conversational Analysis Toolkit is a folder; the comments are in
//! `utterances.jsonl`, one a line, or in the `utterances.json` of older corpora, one array
//! (<https://convokit.cornell.edu/documentation/data_format.html>). Utterances alone are enough.
//! Of a folder, `conversations.json` is put before them ([`super::input::bundle`]), for titles.
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
//! The first utterance of a conversation has the conversation's id and is its post; title and
//! address are `meta/title` and `meta/url` of it or of its conversation. What Rejoinder itself
//! writes into `meta` is read back: `kind`, `reply_to`, ids without their thread. Annotations,
//! vectors and other meta fields are not read.

use std::collections::HashMap;

use super::json::{self, Items, Node, Shape};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Utterances of ConvoKit.
pub struct ConvoKit;

impl Format for ConvoKit {
    fn name(&self) -> &'static str {
        "convokit"
    }

    fn about(&self) -> &'static str {
        "ConvoKit corpora: `utterances.jsonl`, or `utterances.json` of older ones"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let Some(document) = json::sniff(sample, &["\"meta\""]) else { return 0.0 };
        // The conversations may stand before the utterances.
        let is_record = |node: &Node<'_>| node.get("text").is_some();
        let mut firsts = document
            .roots()
            .take(2)
            .filter_map(|root| if root.is_array() { root.items().next() } else { Some(root) });
        let Some(first) = firsts.find(is_record) else {
            // Perhaps they are all that the sample holds.
            let one = document.root().and_then(|root| root.entries().next());
            let is_one =
                one.is_some_and(|(_, c)| c.get("meta").is_some() && c.get("vectors").is_some());
            return if is_one { 0.9 } else { 0.0 };
        };
        let has = |key| first.get(key).is_some();
        let has_speaker = has("speaker") || has("user");
        let has_reply = has("reply-to") || has("reply_to");
        let has_root = has("conversation_id") || has("root");
        if has_speaker && has_reply && has_root { 0.97 } else { 0.0 }
    }

    fn is_by_line(&self, sample: &Sample<'_>) -> bool {
        json::is_by_line(sample)
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (shape, input) = json::shape(input)?;
        let source = input.name.clone();
        let mut known = Conversations::new();
        if shape == Shape::Lines {
            let mut lines = json::Lines::new(input, options)?;
            let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
            // The line that was put before the utterances is none of their file.
            let mut before = 0;
            while let Some((number, document)) = lines.next(&mut threads)? {
                let Some(data) = document.root() else { continue };
                if number == 1 && remember(data, &mut known) {
                    before = 1;
                    continue;
                }
                threads.record();
                deliver(data, number - before, &known, &mut threads)?;
            }
            return threads.finish();
        }
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        for root in document.roots() {
            if root.is_object() && remember(root, &mut known) {
                continue;
            }
            let alone = root.is_object().then(|| Items::once(root));
            for data in alone.unwrap_or_else(|| root.items()) {
                let number = threads.record();
                if !data.is_cut() {
                    deliver(data, number, &known, &mut threads)?;
                }
            }
        }
        document.report(&mut threads);
        threads.finish()
    }
}

/// Title and address of conversations, by id.
type Conversations = HashMap<Name, (Option<String>, Option<String>)>;

/// Takes what is known of conversations from `conversations.json`; `false` if it is not that.
fn remember(data: Node<'_>, known: &mut Conversations) -> bool {
    if data.get("id").is_some() || data.get("text").is_some() {
        return false;
    }
    for (id, conversation) in data.entries() {
        let (title, url) = described(conversation.get("meta").unwrap_or(conversation));
        if title.is_some() || url.is_some() {
            known.insert(Name::from(id), (title, url));
        }
    }
    true
}

fn described(meta: Node<'_>) -> (Option<String>, Option<String>) {
    let text = |keys: &[&str]| meta.any(keys).and_then(Node::str).map(str::to_owned);
    (text(&["title", "page_title", "page-title"]), text(&["url", "permalink"]))
}

fn deliver(
    data: Node<'_>,
    number: u32,
    known: &Conversations,
    threads: &mut Threads<'_>,
) -> Result<()> {
    let id = data.name_at("id");
    let text = data.get("text").and_then(Node::str);
    let (Some(id), Some(text)) = (id, text) else {
        threads.bad(number, "an utterance without an id or a text", data.raw());
        return Ok(());
    };
    let thread = data.any(&["conversation_id", "root"]).and_then(Node::name).unwrap_or_default();
    let meta = data.get("meta");
    let kind = meta.and_then(|meta| meta.str_at("kind"));
    let text = markup::plain(text);
    let is_root = || thread.strip_prefix("__default_conversation__") == Some(id.as_str());
    if id == thread || is_root() {
        let own = meta.map(described).unwrap_or_default();
        let (title, url) = known.get(&thread).cloned().unwrap_or_default();
        let (author, created) = (author(data), created(data));
        let (title, url) = (own.0.or(title), own.1.or(url));
        return threads.post(Post { id: Some(thread), title, url, author, created, text }, None);
    }
    let parent = data.any(&["reply-to", "reply_to"]).and_then(Node::name);
    let parent = parent.filter(|parent| *parent != thread && parent != "None");
    let is_removed = matches!(text.as_str(), "[deleted]" | "[removed]");
    let mut reply_to = parent.map_or_else(ReplyTo::post, |p| ReplyTo::id(within(&thread, &p)));
    reply_to.name = meta.and_then(|meta| meta.name_at("reply_to")).filter(|_| kind.is_some());
    let comment = Comment {
        id: Some(within(&thread, &id)),
        author: author(data),
        reply_to,
        created: created(data),
        score: meta.and_then(|meta| meta.int_at("score")),
        kind: match kind {
            Some("pingback") => Kind::Pingback,
            Some("deleted") => Kind::Deleted,
            // Linking puts it back where a reply names it.
            Some("placeholder") => return Ok(()),
            _ if is_removed => Kind::Deleted,
            _ => Kind::Comment,
        },
        text,
        line: Some(number),
    };
    threads.comment(&thread, comment)
}

/// An id without that of its thread, which is put before it where ids are not unique.
fn within(thread: &str, id: &str) -> Name {
    let rest = id.strip_prefix(thread).and_then(|rest| rest.strip_prefix('/'));
    Name::from(rest.filter(|rest| !rest.is_empty() && !thread.is_empty()).unwrap_or(id))
}

fn author(data: Node<'_>) -> Option<Name> {
    let speaker = data.any(&["speaker", "user"])?;
    let name = speaker.name().or_else(|| speaker.any(&["id", "name"])?.name());
    name.filter(|name| !matches!(name.as_str(), "[deleted]" | "[unknown]"))
}

fn created(data: Node<'_>) -> Option<Moment> {
    let time = data.get("timestamp")?;
    time.float().map_or_else(|| dates::iso8601(time.str()?), dates::epoch_seconds_f64)
}
