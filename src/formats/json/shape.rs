//! How JSON is laid out in an input: an object a line, or one document.

use std::io::{Cursor, Read};

use super::{Document, Node};
use crate::error::{Error, Result};
use crate::formats::{Input, Sample};

/// How an input seems to be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Shape {
    /// An object in each line.
    Lines,
    /// One document.
    Document,
    /// No JSON.
    Other,
}

/// Bytes that are looked at.
const LOOKED_AT: usize = 256 * 1024;

/// Looks at the beginning of an input without consuming it.
pub(in crate::formats) fn shape(input: Input<'_>) -> Result<(Shape, Input<'_>)> {
    shape_by(input, holds_list)
}

/// As [`shape`], for a format that knows which objects hold records and are none themselves.
pub(in crate::formats) fn shape_by(
    input: Input<'_>,
    holds_records: impl Fn(Node<'_>) -> bool,
) -> Result<(Shape, Input<'_>)> {
    let Input { name, mut reader } = input;
    let mut head = vec![0; LOOKED_AT];
    let length = reader.read(&mut head).map_err(|e| Error::read(&name, e))?;
    head.truncate(length);
    let shape = shape_of(&head, holds_records);
    // No buffer stands between what follows and the reader: it would be one more copy of a dump.
    Ok((shape, Input { name, reader: Box::new(Cursor::new(head).chain(reader)) }))
}

/// An object in each line, as far as the beginning of an input tells.
pub(in crate::formats) fn is_by_line(sample: &Sample<'_>) -> bool {
    shape_of(sample.head, holds_list) == Shape::Lines
}

/// A list of objects is in it, or in what it holds.
fn holds_list(root: Node<'_>) -> bool {
    let is_list = |list: Node<'_>| list.items().next().is_some_and(Node::is_object);
    root.entries()
        .any(|(_, value)| is_list(value) || value.entries().any(|(_, inner)| is_list(inner)))
}

/// The layout that the beginning of an input has.
pub(in crate::formats) fn shape_of(head: &[u8], holds_records: impl Fn(Node<'_>) -> bool) -> Shape {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    match head.first() {
        Some(b'{') => {
            let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
            let document = Document::parse(String::from_utf8_lossy(line));
            let rest = head[line.len()..].trim_ascii_start();
            // One line alone that holds a list of records is a document that was not wrapped.
            let holds_records = document.root().is_some_and(&holds_records);
            // A first line longer than what is looked at is a line all the same.
            let is_long = line.len() == head.len() && document.flaw.is_some_and(|f| f.is_end);
            match rest.first() {
                Some(b'{') if document.flaw.is_none() => Shape::Lines,
                None if is_long && !holds_records => Shape::Lines,
                // Whatever follows a whole record is a line of its own, be it garbage.
                _ if document.flaw.is_none() && !holds_records => Shape::Lines,
                _ => Shape::Document,
            }
        }
        Some(b'[') => Shape::Document,
        _ => Shape::Other,
    }
}
