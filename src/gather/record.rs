//! Comments and posts as compact bytes: what gathering keeps in memory and in its files.
//!
//! A record is its length, a tag, the thread's id, then fields in a fixed order: numbers as LEB128
//! (signed ones folded into unsigned by zigzag), the lengths of the texts, the texts one after the
//! other in UTF-8, and last what was noted beside it. Optional fields are announced by a bit of the
//! tag. The encoding lives only as long as a run, so it has no version.

use super::numbers::{signed, take_bytes, take_measured, take_signed, take_unsigned, unsigned};
use crate::comment::{
    Answers, Basis, Clock, Comment, Kind, Level, Loose, Moment, Name, Post, Precision, Quotes,
    ReplyTo, Stated,
};
use crate::error::{Error, Result};

/// What a record holds, borrowed from its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The thread's id, in UTF-8.
    pub thread: &'a [u8],
    /// What was noted beside it.
    pub note: &'a [u8],
    tag: u64,
    numbers: Numbers,
    texts: [&'a str; TEXTS.len()],
}

/// The fields of a record that are no texts.
#[derive(Debug, Clone, Copy, Default)]
struct Numbers {
    created: Option<Moment>,
    score: Option<i64>,
    /// The line, or the number of comments that a post declares.
    line: Option<u32>,
    level: Option<Level>,
    first_reply: Option<bool>,
}

// What almost every record has comes first, so that its tag takes two bytes.
const POST: u64 = 1;
const CREATED: u64 = 1 << 1;
const SCORE: u64 = 1 << 2;
const LINE: u64 = 1 << 3;
const STATED: u64 = 4;
const KIND: u64 = 6;
const ID: u64 = 1 << 8;
const AUTHOR: u64 = 1 << 9;
const PARENT: u64 = 1 << 10;
const TEXT: u64 = 1 << 11;
const COMMUNITY: u64 = 1 << 12;
const NAME: u64 = 1 << 13;
const QUOTED_ID: u64 = 1 << 14;
const QUOTED_AUTHOR: u64 = 1 << 15;
const LEVEL: u64 = 1 << 16;
const FIRST: u64 = 1 << 17;
const QUOTES: u64 = 1 << 18;

/// The texts of a record, in their order, which is that of their bits. A post has its title and
/// address where a comment has its parent and the name that it answers.
const TEXTS: [u64; 8] = [ID, AUTHOR, PARENT, TEXT, COMMUNITY, NAME, QUOTED_ID, QUOTED_AUTHOR];

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
pub fn peek<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    let thread = |rest: &mut &'a [u8]| {
        let mut record = take_record(rest)?;
        take_unsigned(&mut record)?;
        take_measured(&mut record)
    };
    thread(rest).ok_or_else(changed)
}

/// Appends a loose comment.
pub fn loose(to: &mut Vec<u8>, comment: &Loose<'_>, note: &[u8]) {
    let (stated, parent) = match comment.answers {
        Answers::Nothing => (0, None),
        Answers::Post => (1, None),
        Answers::Id(id) => (3, Some(id)),
    };
    let Loose { created, score, line, .. } = *comment;
    write(
        to,
        place_of(comment.kind) << KIND | stated << STATED,
        comment.thread,
        Numbers { created, score, line, ..Numbers::default() },
        [
            comment.id,
            comment.author,
            parent,
            Some(comment.text),
            comment.community,
            None,
            None,
            None,
        ],
        note,
    );
}

/// Appends a comment.
pub fn comment(to: &mut Vec<u8>, thread: &str, comment: &Comment, note: &[u8]) {
    let reply_to = &comment.reply_to;
    let (stated, parent) = match &reply_to.stated {
        Stated::Nothing => (0, None),
        Stated::Post => (1, None),
        Stated::SomeComment => (2, None),
        Stated::Id(id) => (3, Some(id.as_str())),
    };
    let quotes = reply_to.quotes.as_ref();
    let Comment { created, score, line, .. } = *comment;
    let ReplyTo { level, first_reply, .. } = *reply_to;
    write(
        to,
        place_of(comment.kind) << KIND | stated << STATED | flag(QUOTES, quotes.is_some()),
        thread,
        Numbers { created, score, line, level, first_reply },
        [
            comment.id.as_deref(),
            comment.author.as_deref(),
            parent,
            Some(&comment.text),
            None,
            reply_to.name.as_deref(),
            quotes.and_then(|quotes| quotes.id.as_deref()),
            quotes.and_then(|quotes| quotes.author.as_deref()),
        ],
        note,
    );
}

/// Appends a post.
pub fn post(to: &mut Vec<u8>, post: &Post, declared: Option<u32>, community: Option<&str>) {
    write(
        to,
        POST,
        post.id.as_deref().unwrap_or_default(),
        Numbers { created: post.created, line: declared, ..Numbers::default() },
        [
            post.id.as_deref(),
            post.author.as_deref(),
            post.title.as_deref(),
            Some(&post.text),
            community,
            post.url.as_deref(),
            None,
            None,
        ],
        &[],
    );
}

#[inline]
fn write(
    to: &mut Vec<u8>,
    tag: u64,
    thread: &str,
    numbers: Numbers,
    texts: [Option<&str>; TEXTS.len()],
    note: &[u8],
) {
    // An empty text is as good as none, but for ids.
    let is_kept = |i: usize| texts[i].is_some_and(|text| TEXTS[i] != TEXT || !text.is_empty());
    let tag = (0..TEXTS.len()).fold(tag, |tag, i| tag | flag(TEXTS[i], is_kept(i)))
        | flag(CREATED, numbers.created.is_some())
        | flag(SCORE, numbers.score.is_some())
        | flag(LINE, numbers.line.is_some())
        | flag(LEVEL, numbers.level.is_some())
        | flag(FIRST, numbers.first_reply.is_some());
    measured(to, |to| {
        unsigned(to, tag);
        unsigned(to, thread.len() as u64);
        to.extend_from_slice(thread.as_bytes());
        each(numbers.created, |created| moment(to, created));
        each(numbers.score, |score| signed(to, score));
        each(numbers.line, |line| unsigned(to, u64::from(line)));
        each(numbers.level, |level| {
            unsigned(to, u64::from(level.depth) << 1 | u64::from(level.basis == Basis::Indented));
        });
        each(numbers.first_reply, |first| unsigned(to, u64::from(first)));
        let named = || named(tag).filter_map(|place| texts[place]);
        named().for_each(|text| unsigned(to, text.len() as u64));
        named().for_each(|text| to.extend_from_slice(text.as_bytes()));
        to.extend_from_slice(note);
    });
}

/// Takes the next record off the front. Fails on bytes that this module did not write, such as a
/// file that somebody else changed.
pub fn next<'a>(rest: &mut &'a [u8]) -> Result<Entry<'a>> {
    let record = take_record(rest).ok_or_else(changed)?;
    read(record).ok_or_else(changed)
}

/// Takes a number of a segment's head off the front. Fails as [`next()`].
pub fn head(rest: &mut &[u8]) -> Result<u64> {
    take_unsigned(rest).ok_or_else(changed)
}

/// Takes bytes behind their length off the front. Fails as [`next()`].
pub fn bytes<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    take_measured(rest).ok_or_else(changed)
}

fn changed() -> Error {
    Error::format("partition file", "it was changed while it was in use; start the run again")
}

/// The places in [`TEXTS`] of the texts that a record has.
#[inline]
fn named(tag: u64) -> impl Iterator<Item = usize> {
    let mut bits = (tag >> ID.trailing_zeros()) & 0xFF;
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (place < TEXTS.len()).then_some(place)
    })
}

fn read(record: &[u8]) -> Option<Entry<'_>> {
    let mut rest = record;
    let tag = take_unsigned(&mut rest)?;
    let has = |bit: u64| tag & bit != 0;
    let thread = take_measured(&mut rest)?;
    let mut numbers = Numbers::default();
    if has(CREATED) {
        numbers.created = Some(take_moment(&mut rest)?);
    }
    if has(SCORE) {
        numbers.score = Some(take_signed(&mut rest)?);
    }
    if has(LINE) {
        numbers.line = Some(take_unsigned(&mut rest)? as u32);
    }
    if has(LEVEL) {
        let packed = take_unsigned(&mut rest)?;
        let basis = if packed & 1 == 1 { Basis::Indented } else { Basis::Nested };
        numbers.level = Some(Level { depth: (packed >> 1) as u32, basis });
    }
    if has(FIRST) {
        numbers.first_reply = Some(take_unsigned(&mut rest)? == 1);
    }
    let mut lengths = [0; TEXTS.len()];
    let mut all = 0_usize;
    for place in named(tag) {
        lengths[place] = take_unsigned(&mut rest)? as usize;
        all = all.checked_add(lengths[place])?;
    }
    // All texts are checked at once.
    let mut whole = std::str::from_utf8(take_bytes(&mut rest, all)?).ok()?;
    let mut texts = [""; TEXTS.len()];
    for place in named(tag) {
        (texts[place], whole) = whole.split_at_checked(lengths[place])?;
    }
    Some(Entry { thread, note: rest, tag, numbers, texts })
}

impl<'a> Entry<'a> {
    /// The text of a bit, if the record has it.
    #[inline]
    fn text(&self, bit: u64) -> Option<&'a str> {
        let place = TEXTS.iter().position(|other| *other == bit)?;
        (self.tag & bit != 0).then_some(self.texts[place])
    }

    fn name(&self, bit: u64) -> Option<Name> {
        self.text(bit).map(Name::from)
    }

    /// Where the thread stands.
    #[must_use]
    pub fn community(&self) -> Option<&'a str> {
        self.text(COMMUNITY)
    }

    /// The post, and the number of comments that it declares, if it is one.
    #[must_use]
    pub fn post(&self) -> Option<(Post, Option<u32>)> {
        if self.tag & POST == 0 {
            return None;
        }
        let post = Post {
            id: self.name(ID),
            title: self.text(PARENT).map(str::to_owned),
            url: self.text(NAME).map(str::to_owned),
            author: self.name(AUTHOR),
            created: self.numbers.created,
            text: self.text(TEXT).unwrap_or_default().to_owned(),
        };
        Some((post, self.numbers.line))
    }

    /// The comment that it is if it is no post; so many lines came before its block.
    #[must_use]
    #[inline]
    pub fn comment(&self, lines_before: u32) -> Comment {
        let stated = match self.tag >> STATED & 3 {
            0 => Stated::Nothing,
            1 => Stated::Post,
            2 => Stated::SomeComment,
            _ => Stated::Id(self.name(PARENT).unwrap_or_default()),
        };
        let quotes = || {
            let (id, author) = (self.name(QUOTED_ID), self.name(QUOTED_AUTHOR));
            Box::new(Quotes { id, author, created: None })
        };
        let Numbers { created, score, line, level, first_reply } = self.numbers;
        Comment {
            id: self.name(ID),
            author: self.name(AUTHOR),
            reply_to: ReplyTo {
                stated,
                level,
                name: self.name(NAME),
                quotes: (self.tag & QUOTES != 0).then(quotes),
                first_reply,
            },
            created,
            score,
            kind: Kind::ALL[(self.tag >> KIND & 3) as usize],
            text: self.text(TEXT).unwrap_or_default().to_owned(),
            line: line.map(|line| line.saturating_add(lines_before)),
        }
    }
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

fn moment(to: &mut Vec<u8>, moment: Moment) {
    let clock = match moment.clock {
        Clock::Utc => 0,
        Clock::Local => 1,
        Clock::BeforeCapture => 2,
    };
    to.push((moment.precision as u8) << 2 | clock);
    signed(to, moment.millis);
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
