//! XML exports, one record at a time: `<item>`, `<post>`, `<entry>`, `<row>`.
//!
//! The elements that a format names are read into small trees and handed over one by one, so the
//! memory needed is that of the largest record. Names are compared as they are written, prefix
//! included, whether the prefix is bound or not: real exports leave it unbound. End tags without
//! a beginning are passed over, missing ones are closed by their parents' end. Entities other
//! than XML's own five and characters by number stay as they are written; those that a document
//! declares are never expanded, so that no declaration can make a small file large. Below 60
//! levels within one record the text is kept and the elements are not.

use std::io::{BufRead, BufReader};

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Input, ReadOptions, input};
use crate::error::Result;

/// Elements nest so deep within one record; the text of deeper ones joins the last.
const DEEPEST: usize = 60;

/// An element with all that it holds.
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Its text, without that of its children.
    text: String,
    children: Vec<Element>,
    /// The input ended, or broke, within it.
    pub(super) is_cut: bool,
}

impl Element {
    fn begin(start: &BytesStart<'_>) -> Self {
        let mut element = Self { name: start.name().as_ref().to_owned(), ..Self::default() };
        // Quotes may be missing, as in HTML.
        for attribute in start.html_attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref().to_owned();
            element.attributes.push((key, unescaped(&attribute.value)));
        }
        element
    }

    /// The value of an attribute, if it is not empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of this name, in order.
    pub(super) fn children_named<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = &'a Self> + 'a {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of this name, trimmed, if there is any.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(Self::text).filter(|text| !text.is_empty())
    }

    /// Its own text, trimmed.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }
}

/// A record, or the place where reading had to stop.
pub(super) enum Record {
    /// A record that a format named.
    Element(Element),
    /// The input ended within a record or an element.
    End,
    /// The markup broke, with the parser's words.
    Broken(String),
    /// A record was longer than the limit, in a sentence.
    Endless(String),
}

/// The records of an XML document.
pub(super) struct Records<'n, R> {
    reader: Reader<R>,
    marks: input::Marks,
    wanted: &'n [&'n str],
    buffer: Vec<u8>,
    /// The text within a child of a record is the child's, whatever elements it stands in.
    is_mixed: bool,
    /// Elements that are open outside of records.
    outside: u32,
    /// What is to be said after the record that it cut.
    flaw: Option<Record>,
    is_over: bool,
}

impl<'n, R: BufRead> Records<'n, R> {
    /// The outermost elements of these names.
    fn new(input: R, marks: input::Marks, wanted: &'n [&'n str]) -> Self {
        let mut reader = Reader::from_reader(input);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let (buffer, flaw) = (Vec::new(), None);
        Self { reader, marks, wanted, buffer, is_mixed: false, outside: 0, flaw, is_over: false }
    }

    /// Reads until a record is complete.
    fn advance(&mut self) -> Option<Record> {
        let mut open: Vec<Element> = Vec::new();
        let mut too_deep = 0u32;
        let is_mixed = self.is_mixed;
        loop {
            self.buffer.clear();
            if open.is_empty() {
                self.marks.record();
            }
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    let at_end = at_end(self.reader.get_mut());
                    let flaw = if at_end { Record::End } else { Record::Broken(error.to_string()) };
                    return Some(self.stop(open, flaw));
                }
            };
            match event {
                Event::Eof => {
                    if open.is_empty() && self.outside == 0 {
                        self.is_over = true;
                        return None;
                    }
                    return Some(self.stop(open, Record::End));
                }
                Event::Start(start) => {
                    if open.len() >= DEEPEST {
                        too_deep += 1;
                    } else if !open.is_empty() || is_wanted(self.wanted, &start) {
                        open.push(Element::begin(&start));
                    } else {
                        self.outside += 1;
                    }
                }
                Event::Empty(start) => {
                    if let Some(parent) = open.last_mut() {
                        parent.children.push(Element::begin(&start));
                    } else if is_wanted(self.wanted, &start) {
                        return Some(Record::Element(Element::begin(&start)));
                    }
                }
                Event::End(_) if too_deep > 0 => too_deep -= 1,
                Event::End(end) => {
                    let name = end.name();
                    let name = name.as_ref();
                    match open.iter().rposition(|e| e.name == name) {
                        Some(place) => {
                            close_down_to(&mut open, place + 1);
                            if place == 0 {
                                return open.pop().map(Record::Element);
                            }
                            close_down_to(&mut open, place);
                        }
                        None if open.is_empty() => self.outside = self.outside.saturating_sub(1),
                        None => {}
                    }
                }
                Event::Text(text) => append(&mut open, is_mixed, &text),
                Event::CData(text) => append(&mut open, is_mixed, &text),
                Event::GeneralRef(reference) => append(&mut open, is_mixed, &resolved(&reference)),
                _ => {}
            }
        }
    }

    /// Hands over what was open, marked as cut; the flaw follows with the next call.
    fn stop(&mut self, mut open: Vec<Element>, flaw: Record) -> Record {
        self.is_over = true;
        let too_long = || Record::Endless(self.marks.reason());
        let flaw = if self.marks.is_exceeded() { too_long() } else { flaw };
        for element in &mut open {
            element.is_cut = true;
        }
        close_down_to(&mut open, 1);
        match open.pop() {
            Some(element) => {
                self.flaw = Some(flaw);
                Record::Element(element)
            }
            None => flaw,
        }
    }
}

impl<R: BufRead> Iterator for Records<'_, R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.is_over { self.flaw.take() } else { self.advance() }
    }
}

/// Whether all of the input has been read.
fn at_end(reader: &mut impl BufRead) -> bool {
    reader.fill_buf().map_or(true, <[u8]>::is_empty)
}

fn is_wanted(wanted: &[&str], start: &BytesStart<'_>) -> bool {
    let name = start.name();
    wanted.iter().any(|wanted| *wanted == name.as_ref())
}

/// Puts the innermost open elements into their parents until so many are open.
fn close_down_to(open: &mut Vec<Element>, length: usize) {
    while open.len() > length {
        let Some(child) = open.pop() else { return };
        match open.last_mut() {
            Some(parent) => parent.children.push(child),
            None => open.push(child),
        }
    }
}

fn append(open: &mut [Element], is_mixed: bool, text: &str) {
    let innermost = open.len().saturating_sub(1);
    let place = if is_mixed { innermost.min(1) } else { innermost };
    if let Some(element) = open.get_mut(place) {
        element.text.push_str(text);
    }
}

/// A reference in text: a character by number, one of XML's five, or as it is written.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = reference;
    resolve_predefined_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// A value with its references resolved; as it is written where one is unknown.
fn unescaped(value: &str) -> String {
    unescape_with(value, resolve_predefined_entity)
        .map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}

/// The records of an input, without reading it whole.
pub(super) fn records<'a, 'n>(
    input: Input<'a>,
    options: &ReadOptions,
    wanted: &'n [&'n str],
) -> Result<Records<'n, Box<dyn BufRead + Send + 'a>>> {
    // An item of an export holds all its comments, and is read as a document is.
    let marks = input::Marks::new(options.limits.document, "--max-size");
    let bounded = input::Bounded::new(input::decoded(input, options)?, marks.clone());
    Ok(Records::new(Box::new(BufReader::with_capacity(1 << 16, bounded)), marks, wanted))
}

/// As [`records`], for records whose children hold text with elements in it.
pub(super) fn mixed_records<'a, 'n>(
    input: Input<'a>,
    options: &ReadOptions,
    wanted: &'n [&'n str],
) -> Result<Records<'n, Box<dyn BufRead + Send + 'a>>> {
    let mut records = records(input, options, wanted)?;
    records.is_mixed = true;
    Ok(records)
}

/// The outermost element at the beginning of an input, if it begins as XML does.
pub(super) fn root(head: &[u8]) -> Option<Element> {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    // A stray character before the declaration is no text.
    let stray = memchr::memmem::find(&head[..head.len().min(16)], b"<?xml").unwrap_or(0);
    let mut reader = Reader::from_reader(&head[stray..]);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(Element::begin(&start)),
            Event::Text(text) if !text.trim_ascii().is_empty() => return None,
            Event::Eof => return None,
            _ => buffer.clear(),
        }
    }
}
