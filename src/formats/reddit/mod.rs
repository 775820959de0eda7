//! Reddit: the shapes in which its comments come, and what they share.
//!
//! [`listing`] is what the site's own interface answers; [`dump`] is one record a line, as the
//! archives publish them; [`records`] are the same records in documents, as scripts save them. All
//! write the same fields:
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `id` |
//! | author | `author`; `[deleted]` is none |
//! | parent | `parent_id`: `t1_` a comment, `t3_` the post |
//! | created | `created_utc`, seconds |
//! | score | `score`, unless `score_hidden` |
//! | kind | deleted where the body is `[deleted]` or `[removed]` |
//! | text | `body`, Markdown, its HTML entities decoded |
//! | thread | `link_id` |
//!
//! Of a post: `title`, `selftext`, `permalink` (else `url`), `author`, `created_utc`, and
//! `num_comments` as the declared number.

mod dump;
mod listing;
mod records;

pub use dump::Dump;
pub use listing::Listing;

use super::json::Node;
use crate::comment::{Comment, Kind, Moment, Name, Post, ReplyTo};
use crate::text::{dates, markup};

/// A comment with the id of its thread; `None` if it has no id or no body.
fn comment(data: Node<'_>) -> Option<(Name, Comment)> {
    let id = bare(&data.name_at("id").or_else(|| data.name_at("name"))?);
    let body = data.get("body")?.str()?;
    let kind = if is_removed(body) { Kind::Deleted } else { Kind::Comment };
    let thread = data.name_at("link_id").map(|link| bare(&link)).unwrap_or_default();
    let comment = Comment {
        id: Some(id),
        author: author(data),
        reply_to: reply_to(data, &thread),
        created: created(data),
        score: data.int_at("score").filter(|_| !data.is_true("score_hidden")),
        kind,
        text: markup::markdown(body).into_owned(),
        line: None,
    };
    Some((thread, comment))
}

/// A submission with the number of comments that it declares.
fn post(data: Node<'_>) -> Option<(Post, Option<u32>)> {
    let id = bare(&data.name_at("id").or_else(|| data.name_at("name"))?);
    let text = data.str_at("selftext").unwrap_or_default();
    let url = data.str_at("permalink").map_or_else(
        || data.str_at("url").map(str::to_owned),
        |path| {
            Some(if path.starts_with('/') {
                format!("https://www.reddit.com{path}")
            } else {
                path.to_owned()
            })
        },
    );
    let post = Post {
        id: Some(id),
        title: data.str_at("title").map(markup::html),
        url,
        author: author(data),
        created: created(data),
        text: markup::markdown(text).into_owned(),
    };
    Some((post, data.int_at("num_comments").and_then(|n| u32::try_from(n).ok())))
}

/// An id without the prefix that states its kind (`t1_`, `t3_`).
fn bare(id: &str) -> Name {
    let prefix = id.len() > 3 && id.starts_with('t') && id.as_bytes()[2] == b'_';
    Name::from(if prefix { &id[3..] } else { id })
}

fn author(data: Node<'_>) -> Option<Name> {
    data.name_at("author").filter(|name| !is_deleted(name))
}

fn is_deleted(author: &str) -> bool {
    matches!(author, "[deleted]" | "[removed]")
}

fn is_removed(body: &str) -> bool {
    // The first character tells almost all texts from these.
    let is_near = body.trim_start().starts_with('[');
    is_near && matches!(body.trim(), "[deleted]" | "[removed]" | "[ Removed by Reddit ]")
}

fn created(data: Node<'_>) -> Option<Moment> {
    data.any(&["created_utc", "created"])?.float().and_then(dates::epoch_seconds_f64)
}

fn reply_to(data: Node<'_>, thread: &str) -> ReplyTo {
    match data.name_at("parent_id") {
        None => ReplyTo::default(),
        Some(parent) if parent.starts_with("t3_") || bare(&parent) == thread => ReplyTo::post(),
        // Dumps of some months write the number that the id stands for, in base 10.
        Some(parent) => match data.get("parent_id").and_then(Node::str) {
            Some(_) => ReplyTo::id(bare(&parent)),
            None => ReplyTo::id(parent.parse().map_or(parent, base36)),
        },
    }
}

/// A number as Reddit's ids write it.
fn base36(mut number: u64) -> Name {
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
    }
    digits.iter().rev().collect()
}
