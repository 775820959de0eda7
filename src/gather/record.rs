//! Comments and posts as compact bytes: what gathering keeps in memory and in its files.
//!
//! A record is a tag, then fields in a fixed order: numbers as LEB128 (signed ones folded into
//! unsigned by zigzag), texts as length and UTF-8. Optional fields are announced by a bit of the
//! tag. The encoding lives only as long as a run, so it has no version.

use crate::comment::{
    Basis, Clock, Comment, Kind, Level, Moment, Post, Precision, Quotes, ReplyTo, Stated,
};
use crate::error::{Error, Result};

/// One record, borrowed from its bytes as far as possible.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The thread's id.
    pub thread: &'a str,
    /// What it is.
    pub what: What<'a>,
}

/// What a record holds.
#[derive(Debug)]
pub enum What<'a> {
    /// A post.
    Post(Post),
    /// A comment and the note beside it.
    Comment(Comment, &'a [u8]),
}

const POST: u64 = 1;
const ID: u64 = 1 << 1;
const AUTHOR: u64 = 1 << 2;
const CREATED: u64 = 1 << 3;
const SCORE: u64 = 1 << 4;
const LINE: u64 = 1 << 5;
const NAME: u64 = 1 << 6;
const QUOTES: u64 = 1 << 7;
const LEVEL: u64 = 1 << 8;
const FIRST: u64 = 1 << 9;
const TITLE: u64 = 1 << 10;
const URL: u64 = 1 << 11;
const KIND: u64 = 12;
const STATED: u64 = 14;

/// Appends a comment.
pub fn comment(to: &mut Vec<u8>, thread: &str, comment: &Comment, note: &[u8]) {
    let reply_to = &comment.reply_to;
    let stated = match &reply_to.stated {
        Stated::Nothing => 0,
        Stated::Post => 1,
        Stated::SomeComment => 2,
        Stated::Id(_) => 3,
    };
    let kind = Kind::ALL.iter().position(|k| *k == comment.kind).unwrap_or(0) as u64;
    let tag = flag(ID, comment.id.is_some())
        | flag(AUTHOR, comment.author.is_some())
        | flag(CREATED, comment.created.is_some())
        | flag(SCORE, comment.score.is_some())
        | flag(LINE, comment.line.is_some())
        | flag(NAME, reply_to.name.is_some())
        | flag(QUOTES, reply_to.quotes.is_some())
        | flag(LEVEL, reply_to.level.is_some())
        | flag(FIRST, reply_to.first_reply.is_some())
        | kind << KIND
        | stated << STATED;
    unsigned(to, tag);
    text(to, thread);
    each(comment.id.as_deref(), |id| text(to, id));
    each(comment.author.as_deref(), |author| text(to, author));
    each(comment.created, |created| moment(to, created));
    each(comment.score, |score| signed(to, score));
    each(comment.line, |line| unsigned(to, u64::from(line)));
    each(reply_to.name.as_deref(), |name| text(to, name));
    each(reply_to.quotes.as_ref(), |quotes| {
        optional(to, quotes.id.as_deref());
        optional(to, quotes.author.as_deref());
    });
    each(reply_to.level, |level| {
        unsigned(to, u64::from(level.depth) << 1 | u64::from(level.basis == Basis::Indented));
    });
    each(reply_to.first_reply, |first| unsigned(to, u64::from(first)));
    if let Stated::Id(id) = &reply_to.stated {
        text(to, id);
    }
    text(to, &comment.text);
    unsigned(to, note.len() as u64);
    to.extend_from_slice(note);
}

/// Appends a post.
pub fn post(to: &mut Vec<u8>, thread: &str, post: &Post) {
    let tag = POST
        | flag(ID, post.id.is_some())
        | flag(AUTHOR, post.author.is_some())
        | flag(CREATED, post.created.is_some())
        | flag(TITLE, post.title.is_some())
        | flag(URL, post.url.is_some());
    unsigned(to, tag);
    text(to, thread);
    each(post.id.as_deref(), |id| text(to, id));
    each(post.author.as_deref(), |author| text(to, author));
    each(post.created, |created| moment(to, created));
    each(post.title.as_deref(), |title| text(to, title));
    each(post.url.as_deref(), |url| text(to, url));
    text(to, &post.text);
}

/// Takes the next record off the front. Fails on bytes that this module did not write, such as a
/// file that somebody else changed.
pub fn next<'a>(rest: &mut &'a [u8]) -> Result<Entry<'a>> {
    read(rest).ok_or_else(|| {
        Error::format("partition file", "it was changed while it was in use; start the run again")
    })
}

fn read<'a>(rest: &mut &'a [u8]) -> Option<Entry<'a>> {
    let tag = take_unsigned(rest)?;
    let has = |bit: u64| tag & bit != 0;
    let thread = take_text(rest)?;
    let id = if has(ID) { Some(take_text(rest)?.into()) } else { None };
    let author = if has(AUTHOR) { Some(take_text(rest)?.into()) } else { None };
    let created = if has(CREATED) { Some(take_moment(rest)?) } else { None };
    if has(POST) {
        let title = if has(TITLE) { Some(take_text(rest)?.to_owned()) } else { None };
        let url = if has(URL) { Some(take_text(rest)?.to_owned()) } else { None };
        let text = take_text(rest)?.to_owned();
        let post = Post { id, title, url, author, created, text };
        return Some(Entry { thread, what: What::Post(post) });
    }
    let score = if has(SCORE) { Some(take_signed(rest)?) } else { None };
    let line = if has(LINE) { Some(take_unsigned(rest)? as u32) } else { None };
    let name = if has(NAME) { Some(take_text(rest)?.into()) } else { None };
    let quotes = if has(QUOTES) {
        Some(Quotes {
            id: take_optional(rest)?.map(Into::into),
            author: take_optional(rest)?.map(Into::into),
        })
    } else {
        None
    };
    let level = if has(LEVEL) {
        let packed = take_unsigned(rest)?;
        let basis = if packed & 1 == 1 { Basis::Indented } else { Basis::Nested };
        Some(Level { depth: (packed >> 1) as u32, basis })
    } else {
        None
    };
    let first_reply = if has(FIRST) { Some(take_unsigned(rest)? == 1) } else { None };
    let stated = match tag >> STATED & 3 {
        0 => Stated::Nothing,
        1 => Stated::Post,
        2 => Stated::SomeComment,
        _ => Stated::Id(take_text(rest)?.into()),
    };
    let reply_to = ReplyTo { stated, level, name, quotes, first_reply };
    let kind = Kind::ALL[(tag >> KIND & 3) as usize];
    let text = take_text(rest)?.to_owned();
    let length = take_unsigned(rest)? as usize;
    let note = take_bytes(rest, length)?;
    let comment = Comment { id, author, reply_to, created, score, kind, text, line };
    Some(Entry { thread, what: What::Comment(comment, note) })
}

fn flag(bit: u64, set: bool) -> u64 {
    if set { bit } else { 0 }
}

fn each<T>(value: Option<T>, write: impl FnOnce(T)) {
    if let Some(value) = value {
        write(value);
    }
}

/// Writes a number in base 128, low digits first.
pub fn unsigned(to: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

fn signed(to: &mut Vec<u8>, value: i64) {
    unsigned(to, (value << 1 ^ value >> 63) as u64);
}

fn text(to: &mut Vec<u8>, value: &str) {
    unsigned(to, value.len() as u64);
    to.extend_from_slice(value.as_bytes());
}

fn optional(to: &mut Vec<u8>, value: Option<&str>) {
    unsigned(to, u64::from(value.is_some()));
    each(value, |value| text(to, value));
}

fn moment(to: &mut Vec<u8>, moment: Moment) {
    let precision = Precision::ALL.iter().position(|p| *p == moment.precision).unwrap_or(0) as u8;
    let clock = match moment.clock {
        Clock::Utc => 0,
        Clock::Local => 1,
        Clock::BeforeCapture => 2,
    };
    to.push(precision << 2 | clock);
    signed(to, moment.millis);
}

/// Reads a number that [`unsigned`] wrote, off the front.
pub fn take_unsigned(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for (i, byte) in rest.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            *rest = &rest[i + 1..];
            return Some(value);
        }
    }
    None
}

fn take_signed(rest: &mut &[u8]) -> Option<i64> {
    let folded = take_unsigned(rest)?;
    Some((folded >> 1) as i64 ^ -((folded & 1) as i64))
}

fn take_bytes<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (bytes, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(bytes)
}

fn take_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = take_unsigned(rest)? as usize;
    std::str::from_utf8(take_bytes(rest, length)?).ok()
}

#[allow(clippy::option_option, reason = "the outer one is an unreadable record")]
fn take_optional<'a>(rest: &mut &'a [u8]) -> Option<Option<&'a str>> {
    if take_unsigned(rest)? == 1 { take_text(rest).map(Some) } else { Some(None) }
}

fn take_moment(rest: &mut &[u8]) -> Option<Moment> {
    let packed = *take_bytes(rest, 1)?.first()?;
    let clock = match packed & 3 {
        0 => Clock::Utc,
        1 => Clock::Local,
        _ => Clock::BeforeCapture,
    };
    let precision = *Precision::ALL.get(usize::from(packed >> 2))?;
    Some(Moment { millis: take_signed(rest)?, precision, clock })
}
