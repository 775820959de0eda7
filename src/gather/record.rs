//! Comments and posts as compact bytes: what gathering keeps in memory and in its files.
//!
//! A record is a tag, then fields in a fixed order: numbers as LEB128 (signed ones folded into
//! unsigned by zigzag), texts as length and UTF-8. Optional fields are announced by a bit of the
//! tag. The encoding lives only as long as a run, so it has no version.

use crate::comment::{
    Answers, Basis, Clock, Comment, Kind, Level, Loose, Moment, Post, Precision, Quotes, ReplyTo,
    Stated,
};
use crate::error::{Error, Result};

/// One record, borrowed from its bytes as far as possible.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The thread's id.
    pub thread: &'a str,
    /// Where the thread stands.
    pub community: Option<&'a str>,
    /// What it is.
    pub what: What<'a>,
}

/// What a record holds.
#[derive(Debug)]
pub enum What<'a> {
    /// A post, and the number of comments that it declares.
    Post(Post, Option<u32>),
    /// A comment and the note beside it.
    Comment(Comment, &'a [u8]),
}

// What almost every record has comes first, so that its tag takes two bytes.
const POST: u64 = 1;
const ID: u64 = 1 << 1;
const AUTHOR: u64 = 1 << 2;
const CREATED: u64 = 1 << 3;
const SCORE: u64 = 1 << 4;
const LINE: u64 = 1 << 5;
const STATED: u64 = 6;
const KIND: u64 = 8;
const COMMUNITY: u64 = 1 << 10;
const TITLE: u64 = 1 << 11;
const URL: u64 = 1 << 12;
const NAME: u64 = 1 << 13;
const QUOTES: u64 = 1 << 14;
const LEVEL: u64 = 1 << 15;
const FIRST: u64 = 1 << 16;

/// Appends a record behind its length, which takes two bytes or, for long ones, six.
fn measured(to: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let start = to.len();
    to.extend_from_slice(&[0; 2]);
    write(to);
    let length = to.len() - start - 2;
    match u16::try_from(length) {
        Ok(short) if short < u16::MAX => {
            to[start..start + 2].copy_from_slice(&short.to_le_bytes());
        }
        _ => {
            to[start..start + 2].copy_from_slice(&u16::MAX.to_le_bytes());
            let long = (length as u32).to_le_bytes();
            to.splice(start + 2..start + 2, long);
        }
    }
}

/// Takes a record without its length off the front.
fn take_record<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let short = take_bytes(rest, 2)?;
    let short = u16::from_le_bytes([short[0], short[1]]);
    if short < u16::MAX {
        return take_bytes(rest, usize::from(short));
    }
    let long = take_bytes(rest, 4)?;
    let long = u32::from_le_bytes([long[0], long[1], long[2], long[3]]);
    take_bytes(rest, long as usize)
}

/// The thread of the next record, which is passed over.
pub fn peek<'a>(rest: &mut &'a [u8]) -> Result<&'a str> {
    let thread = |rest: &mut &'a [u8]| {
        let mut record = take_record(rest)?;
        take_unsigned(&mut record)?;
        take_text(&mut record)
    };
    thread(rest).ok_or_else(changed)
}

/// Appends a loose comment.
pub fn loose(to: &mut Vec<u8>, comment: &Loose<'_>, note: &[u8]) {
    measured(to, |to| write_loose(to, comment, note));
}

fn write_loose(to: &mut Vec<u8>, comment: &Loose<'_>, note: &[u8]) {
    let (stated, parent) = match comment.answers {
        Answers::Nothing => (0, None),
        Answers::Post => (1, None),
        Answers::Id(id) => (3, Some(id)),
    };
    let tag = flag(ID, comment.id.is_some())
        | flag(AUTHOR, comment.author.is_some())
        | flag(CREATED, comment.created.is_some())
        | flag(SCORE, comment.score.is_some())
        | flag(LINE, comment.line.is_some())
        | flag(COMMUNITY, comment.community.is_some())
        | place_of(comment.kind) << KIND
        | stated << STATED;
    unsigned(to, tag);
    text(to, comment.thread);
    each(comment.community, |community| text(to, community));
    each(comment.id, |id| text(to, id));
    each(comment.author, |author| text(to, author));
    each(comment.created, |created| moment(to, created));
    each(comment.score, |score| signed(to, score));
    each(comment.line, |line| unsigned(to, u64::from(line)));
    each(parent, |parent| text(to, parent));
    text(to, comment.text);
    unsigned(to, note.len() as u64);
    to.extend_from_slice(note);
}

/// Appends a comment.
pub fn comment(to: &mut Vec<u8>, thread: &str, comment: &Comment, note: &[u8]) {
    measured(to, |to| write_comment(to, thread, comment, note));
}

fn write_comment(to: &mut Vec<u8>, thread: &str, comment: &Comment, note: &[u8]) {
    let reply_to = &comment.reply_to;
    let stated = match &reply_to.stated {
        Stated::Nothing => 0,
        Stated::Post => 1,
        Stated::SomeComment => 2,
        Stated::Id(_) => 3,
    };
    let tag = flag(ID, comment.id.is_some())
        | flag(AUTHOR, comment.author.is_some())
        | flag(CREATED, comment.created.is_some())
        | flag(SCORE, comment.score.is_some())
        | flag(LINE, comment.line.is_some())
        | flag(NAME, reply_to.name.is_some())
        | flag(QUOTES, reply_to.quotes.is_some())
        | flag(LEVEL, reply_to.level.is_some())
        | flag(FIRST, reply_to.first_reply.is_some())
        | place_of(comment.kind) << KIND
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
pub fn post(to: &mut Vec<u8>, post: &Post, declared: Option<u32>, community: Option<&str>) {
    measured(to, |to| write_post(to, post, declared, community));
}

fn write_post(to: &mut Vec<u8>, post: &Post, declared: Option<u32>, community: Option<&str>) {
    let tag = POST
        | flag(LINE, declared.is_some())
        | flag(COMMUNITY, community.is_some())
        | flag(ID, post.id.is_some())
        | flag(AUTHOR, post.author.is_some())
        | flag(CREATED, post.created.is_some())
        | flag(TITLE, post.title.is_some())
        | flag(URL, post.url.is_some());
    unsigned(to, tag);
    text(to, post.id.as_deref().unwrap_or_default());
    each(community, |community| text(to, community));
    each(post.id.as_deref(), |id| text(to, id));
    each(post.author.as_deref(), |author| text(to, author));
    each(post.created, |created| moment(to, created));
    each(post.title.as_deref(), |title| text(to, title));
    each(post.url.as_deref(), |url| text(to, url));
    each(declared, |declared| unsigned(to, u64::from(declared)));
    text(to, &post.text);
}

/// Takes the next record off the front. Fails on bytes that this module did not write, such as a
/// file that somebody else changed.
pub fn next<'a>(rest: &mut &'a [u8]) -> Result<Entry<'a>> {
    let mut record = take_record(rest).ok_or_else(changed)?;
    let entry = read(&mut record).ok_or_else(changed)?;
    if record.is_empty() { Ok(entry) } else { Err(changed()) }
}

/// Takes a number of a segment's head off the front. Fails as [`next()`].
pub fn head(rest: &mut &[u8]) -> Result<u64> {
    take_unsigned(rest).ok_or_else(changed)
}

/// Takes bytes behind their length off the front. Fails as [`next()`].
pub fn bytes<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    let length = head(rest)? as usize;
    take_bytes(rest, length).ok_or_else(changed)
}

fn changed() -> Error {
    Error::format("partition file", "it was changed while it was in use; start the run again")
}

fn read<'a>(rest: &mut &'a [u8]) -> Option<Entry<'a>> {
    let tag = take_unsigned(rest)?;
    let has = |bit: u64| tag & bit != 0;
    let thread = take_text(rest)?;
    let community = if has(COMMUNITY) { Some(take_text(rest)?) } else { None };
    let id = if has(ID) { Some(take_text(rest)?.into()) } else { None };
    let author = if has(AUTHOR) { Some(take_text(rest)?.into()) } else { None };
    let created = if has(CREATED) { Some(take_moment(rest)?) } else { None };
    if has(POST) {
        let title = if has(TITLE) { Some(take_text(rest)?.to_owned()) } else { None };
        let url = if has(URL) { Some(take_text(rest)?.to_owned()) } else { None };
        let declared = if has(LINE) { Some(take_unsigned(rest)? as u32) } else { None };
        let text = take_text(rest)?.to_owned();
        let post = Post { id, title, url, author, created, text };
        return Some(Entry { thread, community, what: What::Post(post, declared) });
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
    Some(Entry { thread, community, what: What::Comment(comment, note) })
}

/// The place of a kind among all.
fn place_of(kind: Kind) -> u64 {
    Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u64
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
