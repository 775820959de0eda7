//! The outline: one line a comment, two spaces a level, `author: text`.
//!
//! The notation for trees throughout Rejoinder: read and written, in tests and documentation.
//!
//! ```text
//! # An optional title of the post
//! ann: first comment
//!   bob: answers ann
//!     ann: answers bob
//! cyd: second top-level comment
//! ```
//!
//! Further lines of a text begin with `| ` at the comment's own column; before the first comment
//! they are the text of the post. A line without a colon is
//! a text without an author. A time may follow the author in brackets, as in
//! `ann [2019-01-28 11:35]: text`, and an id or parent in front of it, as in `#7 ann: text`.
//! Indentation is exact: it counts as [`crate::comment::Basis::Nested`].

use chrono::NaiveDateTime;

use super::{Format, Input, ReadOptions, Sample, Sink, input};
use crate::comment::{Clock, Comment, Discussion, Moment, Post, Precision, ReplyTo};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::Result;

/// The outline format.
pub struct Outline;

impl Format for Outline {
    fn name(&self) -> &'static str {
        "outline"
    }

    fn about(&self) -> &'static str {
        "one line a comment, two spaces a level, `author: text`; for examples and small trees"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let by_name = std::path::Path::new(sample.name)
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("outline"));
        if by_name { 1.0 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let name = input.name.clone();
        let text = input::text(input, options, sink)?.text;
        let (discussion, diagnostics) = parse(&name, &text);
        for diagnostic in diagnostics {
            sink.diagnostic(diagnostic);
        }
        sink.discussion(discussion)
    }
}

/// Reads an outline. Never fails: an odd line is a comment without an author, and a diagnostic.
#[must_use]
pub fn parse(source: &str, text: &str) -> (Discussion, Vec<Diagnostic>) {
    let mut post = Post::default();
    let mut comments: Vec<Comment> = Vec::new();
    let mut diagnostics = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line_number = i as u32 + 1;
        let line = line.trim_end();
        let body = line.trim_start_matches(' ');
        if body.is_empty() {
            continue;
        }
        if let Some(title) = line.strip_prefix("# ").filter(|_| comments.is_empty()) {
            post.title = Some(title.to_owned());
            continue;
        }
        if let Some(more) = body.strip_prefix('|') {
            let is_first = comments.is_empty() && post.text.is_empty();
            let text = match comments.last_mut() {
                Some(last) => &mut last.text,
                None => &mut post.text,
            };
            if !is_first {
                text.push('\n');
            }
            text.push_str(more.strip_prefix(' ').unwrap_or(more));
            continue;
        }
        let columns = (line.len() - body.len()) as u32;
        let previous = comments.last().and_then(|c| c.reply_to.level).map_or(0, |l| l.depth);
        let depth = columns / 2 + 1;
        if columns % 2 == 1 || depth > previous + 1 {
            let message = format!("indented by {columns} columns, where two a level were expected");
            diagnostics.push(
                Diagnostic::new(source, Oddity::Contradiction, message)
                    .at(line_number)
                    .excerpt(body),
            );
        }
        comments.push(comment(body, depth.min(previous + 1), line_number));
    }
    let discussion = Discussion {
        source: source.to_owned(),
        format: "outline".to_owned(),
        post,
        comments,
        ..Discussion::default()
    };
    (discussion, diagnostics)
}

/// One line: `#id author [time]: text`, everything but the text optional.
fn comment(body: &str, depth: u32, line: u32) -> Comment {
    let mut comment =
        Comment { reply_to: ReplyTo::nested(depth), line: Some(line), ..Comment::default() };
    let Some((mut head, text)) =
        body.split_once(": ").or_else(|| body.strip_suffix(':').map(|h| (h, "")))
    else {
        body.clone_into(&mut comment.text);
        return comment;
    };
    text.clone_into(&mut comment.text);
    if let Some((id, rest)) = head.strip_prefix('#').and_then(|rest| rest.split_once(' ')) {
        comment.id = Some(id.into());
        head = rest;
    }
    if let Some((author, time)) = head.strip_suffix(']').and_then(|h| h.rsplit_once(" ["))
        && let Ok(time) = NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M")
    {
        comment.created = Some(Moment {
            millis: time.and_utc().timestamp_millis(),
            precision: Precision::Minute,
            clock: Clock::Local,
        });
        head = author;
    }
    comment.author = Some(head.into()).filter(|name: &crate::comment::Name| !name.is_empty());
    comment
}
