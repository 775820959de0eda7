//! From a row of named values to a comment, or to the post of its thread.

use super::Table;
use super::columns::Field;
use crate::comment::{Comment, Kind, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::formats::threads::Threads;
use crate::text::{dates, markup};

/// The values of a row, by field; empty and absent are one.
pub(super) trait Values {
    /// The value of a field.
    fn value(&self, field: Field) -> Option<&str>;
}

/// Delivers a row.
pub(super) fn deliver(
    table: &Table,
    row: &dyn Values,
    number: u32,
    excerpt: &str,
    threads: &mut Threads<'_>,
) -> Result<()> {
    let value = |field| row.value(field).map(str::trim).filter(|value| !is_nothing(value));
    let id = value(Field::Id).map(Name::from);
    let thread = value(Field::Thread).map(Name::from).unwrap_or_default();
    let text = value(Field::Text);
    let author = value(Field::Author).filter(|name| *name != "[deleted]").map(Name::from);
    if id.is_none() && text.is_none() && author.is_none() {
        threads.bad(number, "neither an id nor an author nor a text", excerpt);
        return Ok(());
    }
    let created = value(Field::Time).and_then(moment);
    if created.is_none()
        && let Some(time) = value(Field::Time)
    {
        threads.bad_date(number, time);
    }
    if id.as_deref() == Some("0") {
        table.counts_from_zero.set(true);
    }
    let is_root =
        |parent: &str| is_root(parent) && !(parent == "0" && table.counts_from_zero.get());
    let is_post = value(Field::Kind) == Some("post")
        || id.is_some() && (id.as_ref() == Some(&thread) || is_same_thing(id.as_deref(), &thread));
    if is_post {
        let post = Post {
            id: Some(thread).filter(|id| !id.is_empty()),
            title: value(Field::Title).map(markup::plain),
            url: value(Field::Url).map(str::to_owned),
            author,
            created,
            text: markup::plain(text.unwrap_or_default()),
        };
        return threads.post(post, None);
    }
    let kind = match value(Field::Kind) {
        Some("pingback" | "trackback") => Kind::Pingback,
        Some("deleted") => Kind::Deleted,
        Some("placeholder") => return Ok(()),
        _ if text.is_some_and(|text| matches!(text, "[deleted]" | "[removed]")) => Kind::Deleted,
        _ => Kind::Comment,
    };
    let mut reply_to = match value(Field::Parent).filter(|parent| !is_root(parent)) {
        Some(parent) if parent == thread || is_same_thing(Some(parent), &thread) => ReplyTo::post(),
        Some(parent) => ReplyTo::id(as_in(parent, id.as_deref())),
        // Without a column for parents an empty one says nothing.
        None if table.columns.place(Field::Parent).is_some() => ReplyTo::post(),
        None => value(Field::Depth)
            .and_then(|depth| depth.parse().ok())
            .map(ReplyTo::nested)
            .unwrap_or_default(),
    };
    reply_to.name = value(Field::ReplyTo).map(Name::from);
    let score = value(Field::Score).and_then(|score| score.parse::<f64>().ok());
    let mut comment = Comment {
        id,
        author,
        reply_to,
        created,
        score: score.map(|score| score as i64),
        kind,
        text: markup::plain(text.unwrap_or_default()),
        line: Some(number),
    };
    (table.dialect.finish)(&mut comment, &thread);
    threads.comment(&thread, comment)
}

/// How tables write that there is nothing.
fn is_nothing(value: &str) -> bool {
    matches!(value, "" | "null" | "NULL" | "None" | "NaN" | "nan" | "NA" | "\\N")
}

/// How tables write that the post is answered.
fn is_root(parent: &str) -> bool {
    matches!(parent, "0" | "-1" | "root" | "ROOT")
}

/// The id and the thread are one, but for a prefix that states the kind (`t3_abc` and `abc`).
fn is_same_thing(id: Option<&str>, thread: &str) -> bool {
    let bare = thread.strip_prefix("t3_").filter(|_| !thread.is_empty());
    id.is_some() && (id == bare || id.and_then(|id| id.strip_prefix("t3_")) == Some(thread))
}

/// A parent's id as the ids of the table are written: without `t1_` where those have none.
fn as_in<'a>(parent: &'a str, id: Option<&str>) -> &'a str {
    match parent.strip_prefix("t1_") {
        Some(bare) if id.is_some_and(|id| !id.starts_with("t1_")) => bare,
        _ => parent,
    }
}

/// A time as tables write it: seconds or milliseconds since 1970, ISO 8601, or that of a mail.
pub(super) fn moment(text: &str) -> Option<Moment> {
    if let Ok(number) = text.parse::<f64>() {
        // A bare year is a date, not a number of seconds.
        return match number.abs() {
            n if n < 10_000.0 && text.len() == 4 => dates::iso8601(text),
            n if n >= 1e11 => dates::epoch_millis(number as i64),
            _ => dates::epoch_seconds_f64(number),
        };
    }
    let zoned = text.strip_suffix(" UTC").map(|time| format!("{time}Z"));
    dates::iso8601(zoned.as_deref().unwrap_or(text)).or_else(|| dates::rfc2822(text))
}
