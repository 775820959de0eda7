//! From a row of named values to a comment, or to the post of its thread.

use super::Table;
use super::columns::Field;
use crate::comment::{Answers, Basis, Comment, Kind, Layout, Level, Loose, Moment, Name, Post};
use crate::error::Result;
use crate::formats::threads::Threads;
use crate::text::{dates, markup};

/// The values of a row, by field; empty and absent are one.
pub(super) trait Values {
    /// The value of a field.
    fn value(&self, field: Field) -> Option<&str>;
}

/// Where rows go: to the threads of an input that is read in order, or onto the shelf of a block.
pub(super) trait Target {
    /// The input's name.
    fn source(&self) -> &str;
    /// Counts a record and returns its number.
    fn record(&mut self) -> u32;
    /// Says what the order of the records means.
    fn set_layout(&mut self, layout: Layout);
    /// A comment.
    fn loose(&mut self, comment: &Loose<'_>) -> Result<()>;
    /// A comment that states more.
    fn whole(&mut self, thread: &str, comment: Comment) -> Result<()>;
    /// A post.
    fn post(&mut self, post: Post) -> Result<()>;
    /// A record that could not be read; `why` says what it lacks.
    fn bad(&mut self, number: u32, why: &str, excerpt: &str);
    /// A time that could not be read; the comment is kept without it.
    fn bad_date(&mut self, number: u32, time: &str);
}

impl Target for Threads<'_> {
    fn source(&self) -> &str {
        self.source()
    }

    fn record(&mut self) -> u32 {
        self.record()
    }

    fn set_layout(&mut self, layout: Layout) {
        self.set_layout(layout);
    }

    fn loose(&mut self, comment: &Loose<'_>) -> Result<()> {
        self.comment(&comment.thread.into(), comment.to_comment())
    }

    fn whole(&mut self, thread: &str, comment: Comment) -> Result<()> {
        self.comment(&thread.into(), comment)
    }

    fn post(&mut self, post: Post) -> Result<()> {
        self.post(post, None)
    }

    fn bad(&mut self, number: u32, why: &str, excerpt: &str) {
        self.bad(number, why, excerpt);
    }

    fn bad_date(&mut self, number: u32, time: &str) {
        self.bad_date(number, time);
    }
}

/// Delivers a row.
pub(super) fn deliver(
    table: &Table,
    row: &dyn Values,
    number: u32,
    excerpt: &str,
    target: &mut dyn Target,
) -> Result<()> {
    let value = |field| row.value(field).map(str::trim).filter(|value| !is_nothing(value));
    let id = value(Field::Id);
    let thread = value(Field::Thread).unwrap_or_default();
    let text = value(Field::Text);
    let author = value(Field::Author).filter(|name| *name != "[deleted]");
    if id.is_none() && text.is_none() && author.is_none() {
        target.bad(number, "neither an id nor an author nor a text", excerpt);
        return Ok(());
    }
    let created = value(Field::Time).and_then(moment);
    if created.is_none()
        && let Some(time) = value(Field::Time)
    {
        target.bad_date(number, time);
    }
    let is_root = |parent: &str| is_root(parent) && !(parent == "0" && table.counts_from_zero);
    let is_post = value(Field::Kind) == Some("post")
        || id.is_some() && (id == Some(thread) || is_same_thing(id, thread));
    if is_post {
        let post = Post {
            id: Some(thread).filter(|id| !id.is_empty()).map(Name::from),
            title: value(Field::Title).map(markup::plain),
            url: value(Field::Url).map(str::to_owned),
            author: author.map(Name::from),
            created,
            text: markup::plain(text.unwrap_or_default()),
        };
        return target.post(post);
    }
    let kind = match value(Field::Kind) {
        Some("pingback" | "trackback") => Kind::Pingback,
        Some("deleted") => Kind::Deleted,
        Some("placeholder") => return Ok(()),
        _ if text.is_some_and(|text| matches!(text, "[deleted]" | "[removed]")) => Kind::Deleted,
        _ => Kind::Comment,
    };
    let mut depth = None;
    let answers = match value(Field::Parent).filter(|parent| !is_root(parent)) {
        Some(parent) if parent == thread || is_same_thing(Some(parent), thread) => Answers::Post,
        Some(parent) => Answers::Id(as_in(parent, id)),
        // Without a column for parents an empty one says nothing.
        None if table.columns.place(Field::Parent).is_some() => Answers::Post,
        None => {
            depth = value(Field::Depth).and_then(|depth| depth.parse().ok());
            Answers::Nothing
        }
    };
    let name = value(Field::ReplyTo);
    let score = value(Field::Score).and_then(|score| score.parse::<f64>().ok());
    let text = markup::as_plain(text.unwrap_or_default());
    let comment = Loose {
        thread,
        community: None,
        id,
        author,
        answers,
        created,
        score: score.map(|score| score as i64),
        kind,
        text: &text,
        line: Some(number),
        retrieved: None,
    };
    if depth.is_none() && name.is_none() && table.dialect.finish.is_none() {
        return target.loose(&comment);
    }
    let mut comment = comment.to_comment();
    comment.reply_to.level = depth.map(|depth| Level { depth, basis: Basis::Nested });
    comment.reply_to.name = name.map(Name::from);
    if let Some(finish) = table.dialect.finish {
        finish(&mut comment, thread);
    }
    target.whole(thread, comment)
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
