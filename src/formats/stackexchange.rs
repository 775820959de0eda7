//! Stack Exchange: the comments of the data dump, or of the API.
//!
//! `Comments.xml` of the dump (<https://archive.org/details/stackexchange>) has one `<row>` a
//! comment; a thread is the question or answer that is commented on. The API's
//! `/posts/ID/comments` (<https://api.stackexchange.com/docs/comments-on-posts>) answers JSON.
//!
//! | field of ours | dump | API |
//! |---|---|---|
//! | id | `Id` | `comment_id` |
//! | author | `UserDisplayName`, else `user` and `UserId` | `owner/display_name` |
//! | parent | not stated | not stated |
//! | reply-to name | not stated (`@Name` in the text) | `reply_to_user/display_name` |
//! | created | `CreationDate`, UTC | `creation_date` |
//! | score | `Score` | `score` |
//! | text | `Text`, inline Markdown | `body_markdown`, else `body`, HTML |
//! | thread | `PostId` | `post_id` |
//!
//! Comments are flat, in order of time. Posts (`Posts.xml`) are not joined.

use super::json::{self, Node, Shape};
use super::threads::Threads;
use super::xml::{self, Element};
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Name, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Comments of Stack Exchange.
pub struct StackExchange;

impl Format for StackExchange {
    fn name(&self) -> &'static str {
        "stackexchange"
    }

    fn about(&self) -> &'static str {
        "Stack Exchange comments: `Comments.xml` of the data dump, or the API's JSON"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        if xml::root(sample.head).is_some_and(|root| root.name == "comments") {
            let is_row = memchr::memmem::find(sample.head, b"PostId=\"").is_some();
            return if is_row { 0.98 } else { 0.2 };
        }
        let Some(document) = json::sniff(sample, &["\"comment_id\"", "\"post_id\"", "\"owner\""])
        else {
            return 0.0;
        };
        let items = document.root().and_then(|root| root.get("items"));
        match items.and_then(|items| items.items().next()) {
            Some(item) if item.get("comment_id").is_some() => 0.98,
            _ => 0.0,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (shape, input) = json::shape(input)?;
        if shape != Shape::Other {
            return read_answers(self.name(), input, options, sink);
        }
        let source = input.name.clone();
        let records = xml::records(input, options, &["row"])?;
        let mut threads = Threads::new(self.name(), &source, Layout::Flat, sink);
        for record in records {
            let Some((number, row)) = threads.element(record) else { continue };
            match (row.attribute("Id"), row.attribute("PostId")) {
                (Some(id), Some(thread)) => {
                    threads.comment(&Name::from(thread), from_row(&row, id, number))?;
                }
                _ => threads.bad(
                    number,
                    "a row without Id or PostId",
                    row.attribute("Text").unwrap_or_default(),
                ),
            }
        }
        threads.finish()
    }
}

fn from_row(row: &Element, id: &str, number: u32) -> Comment {
    let author = row
        .attribute("UserDisplayName")
        .map(Name::from)
        .or_else(|| row.attribute("UserId").map(|id| Name::from(format!("user{id}"))));
    Comment {
        id: Some(id.into()),
        author,
        created: row.attribute("CreationDate").and_then(|t| dates::iso8601(&format!("{t}Z"))),
        score: row.attribute("Score").and_then(|score| score.parse().ok()),
        text: markup::markdown(row.attribute("Text").unwrap_or_default()).into_owned(),
        line: Some(number),
        ..Comment::default()
    }
}

/// The API's answer: `items`, or several answers one after the other.
fn read_answers(
    format: &'static str,
    input: Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let (source, document) = json::read(input, options, sink)?;
    let mut threads = Threads::new(format, &source, Layout::Flat, sink);
    let answers = document.roots().flat_map(|root| {
        let inner = if root.is_array() { Some(root) } else { root.get("items") };
        inner.into_iter().flat_map(Node::items)
    });
    for item in answers {
        let number = threads.record();
        match from_item(item, number).filter(|_| !item.is_cut()) {
            Some(comment) => {
                let thread = item.name_at("post_id").unwrap_or_default();
                threads.comment(&thread, comment)?;
            }
            None if item.is_cut() => {}
            None => threads.bad(number, "a comment without comment_id or body", item.raw()),
        }
    }
    document.report(&mut threads);
    threads.finish()
}

fn from_item(item: Node<'_>, number: u32) -> Option<Comment> {
    let text = match item.str_at("body_markdown") {
        Some(markdown) => markup::markdown(markdown).into_owned(),
        None => markup::html(item.str_at("body")?),
    };
    let name = |key| item.get(key)?.str_at("display_name").map(markup::html);
    Some(Comment {
        id: Some(item.name_at("comment_id")?),
        author: name("owner").map(Name::from),
        reply_to: name("reply_to_user").map(ReplyTo::name).unwrap_or_default(),
        created: item.int_at("creation_date").and_then(dates::epoch_seconds),
        score: item.int_at("score"),
        text,
        line: Some(number),
        ..Comment::default()
    })
}
