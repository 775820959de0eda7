//! 4CAT: data sets of the Digital Methods Initiative's capture and analysis toolkit, as CSV or
//! NDJSON.
//!
//! Written by 4CAT's "Download" (<https://github.com/digitalmethodsinitiative/4cat>): whatever the
//! platform, every row has `id`, `thread_id`, `timestamp`, `body`, `author`; further columns
//! differ. Columns are found as in the format `rows`, and may be stated in the same way.
//!
//! On imageboards replies point to posts by `>>NUMBER` in their text; the first of these is taken
//! as a quotation of that comment, or as an answer to the post. The row whose id is that of its thread is the post.

use super::table::{Dialect, columns::Columns, objects, separated};
use super::{Format, Input, ReadOptions, Sample, Sink, json};
use crate::comment::{Comment, Name, Quotes, Stated};
use crate::error::Result;

/// Data sets of 4CAT.
pub struct FourCat;

const DIALECT: Dialect = Dialect { format: "4cat", finish: Some(quote) };

impl Format for FourCat {
    fn name(&self) -> &'static str {
        DIALECT.format
    }

    fn about(&self) -> &'static str {
        "4CAT data sets: CSV or NDJSON with thread_id, timestamp and body"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let columns = match objects::header(sample) {
            Some((columns, is_lines)) => Some(columns).filter(|_| is_lines),
            None => separated::header(sample.head),
        };
        let is_ours = |columns: &Columns| {
            ["id", "thread_id", "body", "author"].iter().all(|name| columns.has(name))
                && (columns.has("timestamp") || columns.has("unix_timestamp"))
        };
        if columns.as_ref().is_some_and(is_ours) { 0.9 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (shape, input) = json::shape(input)?;
        match shape {
            json::Shape::Other => separated::read(DIALECT, input, options, sink),
            _ => objects::read_lines(DIALECT, input, options, sink),
        }
    }
}

/// Takes the post that a comment points to by `>>NUMBER`, where no parent is stated.
fn quote(comment: &mut Comment, thread: &str) {
    if matches!(comment.reply_to.stated, Stated::Id(_)) {
        return;
    }
    let numbers = comment.text.match_indices(">>").map(|(at, _)| &comment.text[at + 2..]);
    let mut numbers = numbers.map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        &rest[..end]
    });
    let number = numbers.find(|number| !number.is_empty());
    if number == Some(thread) {
        comment.reply_to.stated = Stated::Post;
    } else if let Some(number) = number {
        let quotes = Quotes { id: Some(Name::from(number)), ..Quotes::default() };
        comment.reply_to.quotes = Some(Box::new(quotes));
    }
}
