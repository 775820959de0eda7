//! Many objects, one a line: read by blocks on all cores, once it is known which key holds what.
//!
//! What the first lines of an input taught stays as it is, so that a line means the same on
//! whatever core it is read. A line with a key that none of them had is read by its own keys and
//! theirs.

use super::columns::{FIELDS, Field};
use super::nested;
use super::objects::{Keys, text};
use super::row::{self, Target, Values};
use crate::comment::{Comment, Layout, Loose, Post};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::Result;
use crate::formats::input::encoding;
use crate::formats::json::{Document, Flaw, Lines, Node};
use crate::formats::loose::{self, LineReader, Outcome, Reached, bad};
use crate::formats::threads::Threads;
use crate::formats::{ReadOptions, Shelf};

/// Reads the lines that are left.
pub(super) fn read_on(
    lines: Lines<'_>,
    keys: &Keys,
    options: &ReadOptions,
    threads: &mut Threads<'_>,
) -> Result<()> {
    let source = threads.source().to_owned();
    let records = u64::from(threads.records());
    let (rest, lines, is_told) = lines.into_rest();
    let reached = Reached { lines, records, is_told, ..Reached::default() };
    let fields: Vec<Option<Field>> =
        (0..keys.names.len()).map(|place| keys.table.columns.field(place)).collect();
    loose::read_on(threads.format(), &source, rest, reached, options, threads, || Flat {
        source: &source,
        options,
        keys,
        fields: &fields,
        document: Document::default(),
        not_utf8: None,
    })
}

/// Reads the lines of a block.
struct Flat<'k> {
    source: &'k str,
    options: &'k ReadOptions,
    keys: &'k Keys,
    /// By key, the field that it holds.
    fields: &'k [Option<Field>],
    document: Document,
    not_utf8: Option<(u32, &'static str)>,
}

impl LineReader for Flat<'_> {
    fn line(&mut self, line: &[u8], number: u32, sink: &mut dyn Shelf) -> Outcome {
        if line.trim_ascii().is_empty() {
            return Outcome::Nothing;
        }
        if let Ok(text) = std::str::from_utf8(line) {
            self.document.refill(text);
        } else {
            let encoding = encoding::found(line);
            self.not_utf8.get_or_insert((number, encoding.name()));
            self.document.refill(&encoding.decode_without_bom_handling(line).0);
        }
        let mut sink = OnShelf { source: self.source, number, sink };
        match self.document.flaw {
            None => {}
            Some(Flaw { is_end: true, expected, .. }) => return Outcome::Cut(expected),
            Some(Flaw { expected, .. }) => {
                let why = format!("not JSON, {expected} was expected");
                sink.bad(number, &why, &String::from_utf8_lossy(line));
                return Outcome::Nothing;
            }
        }
        let root = self.document.root();
        let Some(object) = root.filter(|root| root.is_object()) else {
            sink.bad(number, "not an object", root.map_or("", Node::raw));
            return Outcome::Nothing;
        };
        if let Err(error) = self.deliver(object, number, &mut sink) {
            sink.bad(number, &error.to_string(), object.raw());
            return Outcome::Nothing;
        }
        Outcome::Record
    }

    fn not_utf8(&mut self) -> Option<(u32, &'static str)> {
        self.not_utf8.take()
    }
}

impl Flat<'_> {
    fn deliver(&self, object: Node<'_>, number: u32, sink: &mut OnShelf<'_>) -> Result<()> {
        if nested::replies(object).is_some() {
            return nested::deliver(&mut self.keys.clone(), object, self.options, sink);
        }
        match self.values(object) {
            Some(values) => row::deliver(&self.keys.table, &values, number, object.raw(), sink),
            None => self.keys.clone().deliver(object, number, self.options, sink),
        }
    }

    /// The values of an object; `None` if it has a key that is not known.
    fn values<'d>(&self, object: Node<'d>) -> Option<Found<'d>> {
        let mut found = Found { values: [None; FIELDS] };
        for (place, (key, value)) in object.entries().enumerate() {
            let names = &self.keys.names;
            let known = match names.get(place) {
                Some(name) if name == key => place,
                _ => names.iter().position(|name| name == key)?,
            };
            if let Some(field) = self.fields[known] {
                // The first of two values with one key counts.
                found.values[field as usize].get_or_insert(value);
            }
        }
        Some(found)
    }
}

/// The values of an object by field.
struct Found<'d> {
    values: [Option<Node<'d>>; FIELDS],
}

impl Values for Found<'_> {
    fn value(&self, field: Field) -> Option<&str> {
        text(self.values[field as usize]?)
    }
}

/// The shelf of a block, where each line is a record of its own.
struct OnShelf<'s> {
    source: &'s str,
    number: u32,
    sink: &'s mut dyn Shelf,
}

impl Target for OnShelf<'_> {
    fn source(&self) -> &str {
        self.source
    }

    fn record(&mut self) -> u32 {
        self.number
    }

    fn set_layout(&mut self, _: Layout) {}

    fn loose(&mut self, comment: &Loose<'_>) -> Result<()> {
        self.sink.comment(comment);
        Ok(())
    }

    fn whole(&mut self, thread: &str, comment: Comment) -> Result<()> {
        self.sink.whole(thread, comment);
        Ok(())
    }

    fn post(&mut self, post: Post) -> Result<()> {
        self.sink.post(post, None, None);
        Ok(())
    }

    fn bad(&mut self, number: u32, why: &str, excerpt: &str) {
        self.sink.diagnostic(bad(self.source, number, why, excerpt));
    }

    fn bad_date(&mut self, number: u32, time: &str) {
        let message = "the date does not exist or could not be read";
        let odd = Diagnostic::new(self.source, Oddity::BadDate, message).at(number).excerpt(time);
        self.sink.diagnostic(odd);
    }
}
