//! 4forums.com discussions as the Internet Argument Corpus publishes them.
//!
//! A file holds one discussion: `[posts, annotations, metadata]`, where each post is a list
//! `[id, side, author, text, annotations, parent_id, category, timestamp]`
//! (Walker et al., "A corpus for research on deliberation and debate", LREC 2012).
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | 1st entry |
//! | author | 3rd |
//! | parent | 6th; null answers the topic |
//! | created | 8th, seconds |
//! | text | 4th, plain; lines that the answered post has word for word are quotations |
//! | post | `title`, `url`, `id_number` of the metadata |
//!
//! The opening post is a post like the others, and therefore a comment. Sides and annotations
//! are not read.

use std::collections::HashMap;

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Name, Post, ReplyTo, Stated};
use crate::error::Result;
use crate::text::{dates, markup};

/// Discussions of 4forums.
pub struct FourForums;

impl Format for FourForums {
    fn name(&self) -> &'static str {
        "4forums"
    }

    fn about(&self) -> &'static str {
        "4forums discussions of the Internet Argument Corpus: JSON lists of posts"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let Some(document) = json::sniff(sample, &[]) else { return 0.0 };
        let first = document.root().and_then(|root| root.items().next()?.items().next());
        match first {
            Some(post) if is_post(post) || post.is_cut() && post.items().count() >= 2 => 0.95,
            _ => 0.0,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Flat, sink);
        for discussion in document.roots() {
            let topic = discussion.items().find(|part| part.get("title").is_some());
            let thread = topic
                .and_then(|topic| topic.any(&["id_number", "identifier"])?.name())
                .unwrap_or_default();
            if let Some(topic) = topic {
                let post = Post {
                    id: Some(thread.clone()).filter(|id| !id.is_empty()),
                    title: topic.str_at("title").map(str::to_owned),
                    url: topic.str_at("url").map(str::to_owned),
                    ..Post::default()
                };
                threads.post(post, None)?;
            }
            let mut texts: HashMap<Name, String> = HashMap::new();
            for data in discussion.items().next().into_iter().flat_map(Node::items) {
                let number = threads.record();
                match comment(data, number).filter(|_| !data.is_cut()) {
                    Some(mut comment) => {
                        let own = comment.text.clone();
                        if let Stated::Id(parent) = &comment.reply_to.stated
                            && let Some(answered) = texts.get(parent)
                        {
                            comment.text = with_quotations(&own, answered);
                        }
                        texts.extend(comment.id.clone().map(|id| (id, own)));
                        threads.comment(&thread, comment)?;
                    }
                    None if data.is_cut() => {}
                    None => threads.bad(number, "not a post of eight entries", data.raw()),
                }
            }
        }
        document.report(&mut threads);
        threads.finish()
    }
}

/// A text whose quotations are marked, which the corpus leaves unmarked: lines of some length that
/// the answered text has word for word.
fn with_quotations(text: &str, answered: &str) -> String {
    const LEAST: usize = 25;
    let is_quoted = |line: &&str| line.len() >= LEAST && answered.contains(line.trim());
    if !text.lines().any(|line| is_quoted(&line)) {
        return text.to_owned();
    }
    let lines = text
        .lines()
        .map(|line| if is_quoted(&line) { format!("> {line}") } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

/// `[id, side, author, text, annotations, …]`.
fn is_post(data: Node<'_>) -> bool {
    let entries: Vec<Node<'_>> = data.items().take(5).collect();
    matches!(entries[..], [id, _, author, text, notes]
        if id.int().is_some() && author.str().is_some() && text.str().is_some()
            && notes.is_object())
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let entries: Vec<Node<'_>> = data.items().collect();
    let [id, _, author, text, _, parent, ref rest @ ..] = entries[..] else { return None };
    Some(Comment {
        id: Some(id.name()?),
        author: author.name(),
        reply_to: parent.name().map_or_else(ReplyTo::post, ReplyTo::id),
        created: rest.get(1).and_then(|time| time.float()).and_then(dates::epoch_seconds_f64),
        text: markup::plain(text.str()?),
        line: Some(number),
        ..Comment::default()
    })
}
