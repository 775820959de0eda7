//! Dumps by blocks: whole lines on all cores, each block onto a shelf of its own.
//!
//! Whatever core is free reads (and decompresses) the next block and parses it, comment by
//! comment, onto a [`Shelf`]; the shelves go back to the sink in the order of the input. So the result is that of reading one line after the other.
//!
//! A line that cannot be read costs that line. Where the input itself cannot be read on (a damaged
//! disk, a compressed stream that was cut), what came before is kept and the loss is reported.

use std::any::Any;
use std::io::Read;

use serde::{Deserialize, Serialize};

use super::input::blocks::{Block, Blocks, End};
use super::{Input, ReadOptions, Sink, input};
use crate::comment::{Comment, Loose, Name, Post};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::Result;
use crate::parallel;

/// Where the comments of one block go, on a thread of its own.
pub trait Shelf: Send {
    /// A comment; its line counts from the beginning of the block.
    fn comment(&mut self, comment: &Loose<'_>);

    /// A comment of this thread that states more than a [`Loose`] one can.
    fn whole(&mut self, thread: &str, comment: Comment);

    /// A post, with the number of comments that it declares and where it stands.
    fn post(&mut self, post: Post, declared: Option<u32>, community: Option<&str>);

    /// Something odd; its line counts from the beginning of the block.
    fn diagnostic(&mut self, diagnostic: Diagnostic);

    /// The shelf itself, for whoever made it.
    fn into_any(self: Box<Self>) -> Box<dyn Any + Send>;
}

/// A shelf that keeps everything as it is, in the order of the block.
#[derive(Debug, Default)]
pub struct Kept {
    records: Vec<Record>,
}

/// What a block may hold.
#[derive(Debug)]
enum Record {
    /// A comment, the id of its thread, and when it was retrieved again.
    Comment(Name, Box<Comment>, Option<u64>),
    Post(Box<Post>),
    Odd(Box<Diagnostic>),
}

impl Shelf for Kept {
    fn comment(&mut self, comment: &Loose<'_>) {
        let whole = Box::new(comment.to_comment());
        self.records.push(Record::Comment(comment.thread.into(), whole, comment.retrieved));
    }

    fn whole(&mut self, thread: &str, comment: Comment) {
        self.records.push(Record::Comment(thread.into(), Box::new(comment), None));
    }

    fn post(&mut self, post: Post, _: Option<u32>, _: Option<&str>) {
        self.records.push(Record::Post(Box::new(post)));
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.records.push(Record::Odd(Box::new(diagnostic)));
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

impl Kept {
    /// Hands everything on to a sink, one by one; so many lines came before the block.
    pub fn hand_on<S: Sink + ?Sized>(self, lines_before: u32, sink: &mut S) -> Result<()> {
        let shifted = |line: Option<u32>| line.map(|line| line.saturating_add(lines_before));
        for record in self.records {
            match record {
                Record::Comment(thread, mut comment, retrieved) => {
                    comment.line = shifted(comment.line);
                    sink.loose_retrieved(&thread, *comment, retrieved)?;
                }
                Record::Post(post) => sink.loose_post(*post)?,
                Record::Odd(mut diagnostic) => {
                    diagnostic.line = shifted(diagnostic.line);
                    sink.diagnostic(*diagnostic);
                }
            }
        }
        Ok(())
    }
}

/// What reads the lines of a format: one for each block, so that it may keep memory from line to
/// line.
pub(super) trait LineReader: Send {
    /// Reads a line, which has a number within its block.
    fn line(&mut self, line: &[u8], number: u32, shelf: &mut dyn Shelf) -> Outcome;

    /// The first line since the last call that was not UTF-8 and had to be told, and the encoding
    /// that it was taken for. Default: none.
    fn not_utf8(&mut self) -> Option<(u32, &'static str)> {
        None
    }
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A record.
    Record,
    /// No record: it was blank, or was reported.
    Nothing,
    /// It ends within a value: this was expected.
    Cut(&'static str),
}

/// What a block held.
#[derive(Default)]
struct Done {
    lines: u32,
    records: u64,
    is_cut: bool,
    not_utf8: Option<(u32, &'static str)>,
}

/// How far the blocks of an input were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Blocks from the beginning of the input; `None` if its beginning was read otherwise, so that
    /// its blocks cannot be found again.
    pub(super) blocks: Option<u64>,
    /// Number of lines.
    pub lines: u32,
    /// Number of records in them.
    pub(super) records: u64,
    /// It was told that lines are not UTF-8.
    pub(super) is_told: bool,
    /// Something was left out.
    pub(super) is_odd: bool,
}

impl Reached {
    /// Nothing of an input was read.
    #[must_use]
    pub fn from_the_beginning() -> Self {
        Self { blocks: Some(0), ..Self::default() }
    }

    /// The blocks can be passed over by who comes again.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.blocks.is_some()
    }
}

/// Blocks that may wait for an earlier one.
const AHEAD: usize = 4;

/// Reads an input of one record a line onto the shelves of a sink.
pub(super) fn read<R: LineReader>(
    format: &'static str,
    input: Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
    reader: impl Fn() -> R + Sync,
) -> Result<()> {
    let source = input.name.clone();
    let bytes = input::stream(input, options)?;
    let reached = sink.reached();
    read_on(format, &source, bytes, reached, options, sink, reader)
}

/// As [`read`], from the middle of an input; the blocks that were reached are passed over.
pub(super) fn read_on<R: LineReader>(
    format: &'static str,
    source: &str,
    bytes: impl Read + Send,
    mut reached: Reached,
    options: &ReadOptions,
    sink: &mut dyn Sink,
    reader: impl Fn() -> R + Sync,
) -> Result<()> {
    let mut last = End::Line;
    let longest = options.limits.record;
    let maker = sink.shelves();
    let mut blocks = Blocks::new(bytes, longest);
    blocks.skip(reached.blocks.unwrap_or(0));
    parallel::in_order(
        AHEAD,
        || (reader(), Vec::new()),
        |(_, memory)| blocks.next(std::mem::take(memory)),
        |(reader, memory), mut block: Block| {
            let mut shelf = maker();
            let done = read_block(source, &block, longest, &mut *shelf, reader);
            let end = std::mem::replace(&mut block.end, End::Line);
            *memory = block.memory();
            (shelf, end, done)
        },
        |(shelf, end, done): (Box<dyn Shelf>, End, Done)| {
            sink.shelve(shelf, reached)?;
            if let Some((line, taken)) = done.not_utf8
                && !std::mem::replace(&mut reached.is_told, true)
            {
                sink.diagnostic(not_utf8(source, reached.lines.saturating_add(line), taken));
            }
            reached.blocks = reached.blocks.map(|blocks| blocks + 1);
            reached.lines = reached.lines.saturating_add(done.lines);
            reached.records += done.records;
            reached.is_odd |= done.is_cut;
            if done.is_cut {
                sink.diagnostic(truncated(source, reached.records));
            }
            if let End::TooLong(bytes) = end {
                sink.diagnostic(too_long(source, reached.lines, bytes));
                reached.is_odd = true;
            }
            last = end;
            Ok(())
        },
    )?;
    let Reached { lines, records, is_odd, .. } = reached;
    if let End::Failed(error) = last {
        let message = format!(
            "cannot be read beyond line {lines}: {error}; the {records} records before it are kept"
        );
        sink.diagnostic(Diagnostic::new(source, Oddity::Unreadable, message).at(lines));
    } else if records == 0 && !is_odd {
        let message = format!("no comments in the format {format} were found");
        sink.diagnostic(Diagnostic::new(source, Oddity::NoComments, message));
    }
    Ok(())
}

fn read_block<R: LineReader>(
    source: &str,
    block: &Block,
    longest: usize,
    shelf: &mut dyn Shelf,
    reader: &mut R,
) -> Done {
    let mut done = Done::default();
    let mut rest = block.lines();
    while !rest.is_empty() {
        done.lines += 1;
        let end = memchr::memchr(b'\n', rest);
        let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after.get(1..).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.len() > longest {
            shelf.diagnostic(too_long(source, done.lines, line.len() as u64));
            continue;
        }
        match reader.line(line, done.lines, shelf) {
            Outcome::Record => done.records += 1,
            Outcome::Nothing => {}
            Outcome::Cut(_) if end.is_none() => done.is_cut = true,
            Outcome::Cut(expected) => {
                let why = format!("not JSON, {expected} was expected");
                shelf.diagnostic(bad(source, done.lines, &why, &String::from_utf8_lossy(line)));
            }
        }
    }
    done.lines += u32::from(matches!(block.end, End::TooLong(_)));
    done.not_utf8 = reader.not_utf8();
    done
}

/// A record that could not be read; `why` says what it lacks.
pub(super) fn bad(source: &str, line: u32, why: &str, excerpt: &str) -> Diagnostic {
    Diagnostic::new(source, Oddity::BadRecord, format!("record left out: {why}"))
        .at(line)
        .excerpt(excerpt)
}

/// From this line on, some are in another encoding than UTF-8.
pub(super) fn not_utf8(source: &str, line: u32, taken: &str) -> Diagnostic {
    let message = format!(
        "not UTF-8 from here on; if names look wrong, state the encoding with --encoding \
         (taken: {taken})"
    );
    Diagnostic::new(source, Oddity::Encoding, message).at(line)
}

fn too_long(source: &str, line: u32, bytes: u64) -> Diagnostic {
    let message = format!("line left out: its {bytes} bytes are beyond the limit");
    Diagnostic::new(source, Oddity::Hostile, message).at(line)
}

fn truncated(source: &str, records: u64) -> Diagnostic {
    let message = format!(
        "the input ends within a record, after {records} were read; what was complete is kept"
    );
    Diagnostic::new(source, Oddity::Truncated, message)
}
