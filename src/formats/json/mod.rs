//! JSON as a flat tape: read without recursion, walked without copying, kept when it is cut.
//!
//! Exports nest replies as deep as people argue, end where a download broke, and write a number
//! where last year they wrote a string. So a document is read into one array of entries, each of
//! which knows where its subtree ends: 100,000 levels need no stack, neither to read nor to drop;
//! a file that ends early keeps everything that was complete; and a field is looked up by name
//! and converted where it is used.
//!
//! More lenient than RFC 8259: `NaN`, `Infinity`, trailing commas, lone surrogates and control
//! characters in strings are accepted. A string, number or key that the end of the input cuts is
//! left out, for half a value would be an invention. A document has at most 4 GiB.

mod fields;
mod lines;
mod parser;
mod shape;
mod templates;

use super::threads::Threads;
use super::{Input, ReadOptions, Sample, Sink, input};
use crate::comment::Name;
use crate::diagnostic::Oddity;
use crate::error::Result;

pub(super) use fields::{Fields, Raw};
pub(super) use lines::Lines;
use parser::Parser;
pub(super) use shape::{Shape, is_by_line, shape, shape_by, shape_of};

/// Reads a whole input; returns its name too.
pub(super) fn read(
    input: Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(String, Document)> {
    let source = input.name.clone();
    let document = Document::parse(input::text(input, options, sink)?.text);
    Ok((source, document))
}

/// Reads the beginning of an input to recognise it: `None` unless it begins as JSON does and
/// holds all of these words.
pub(super) fn sniff<'s>(sample: &'s Sample<'_>, words: &[&str]) -> Option<&'s Document> {
    let head = sample.head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(sample.head);
    let first = head.iter().find(|b| !b.is_ascii_whitespace())?;
    let holds = |word: &&str| memchr::memmem::find(head, word.as_bytes()).is_some();
    let parse = || Document::parse(String::from_utf8_lossy(head));
    (matches!(first, b'{' | b'[') && words.iter().all(holds))
        .then(|| sample.document.get_or_init(parse))
}

/// A document, perhaps cut short.
#[derive(Debug, Default)]
pub(super) struct Document {
    source: String,
    /// The strings that had escapes, decoded, one after the other.
    decoded: String,
    entries: Vec<Entry>,
    /// Why reading stopped before the end, if it did.
    pub(super) flaw: Option<Flaw>,
    /// The key whose value the end of the input cut.
    pub(super) cut_key: Option<String>,
}

/// Why and where reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flaw {
    /// The input ended within a value; otherwise something stood where it must not.
    pub(super) is_end: bool,
    /// 1-based.
    pub(super) line: u32,
    /// What was expected there.
    pub(super) expected: &'static str,
}

/// One value or key: 16 bytes.
#[derive(Debug, Clone, Copy)]
struct Entry {
    sort: Sort,
    /// Where its text begins and ends: in `decoded` for [`Sort::Decoded`], else in the source.
    start: u32,
    end: u32,
    /// The index of the entry after its subtree.
    next: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Null,
    False,
    True,
    Number,
    /// A string without escapes.
    Plain,
    /// A string with escapes.
    Decoded,
    Array,
    Object,
}

impl Document {
    /// Reads a document; never fails, see [`Document::flaw`].
    pub(super) fn parse(source: impl Into<String>) -> Self {
        let mut document = Self { source: source.into(), ..Self::default() };
        let bom = document.source.strip_prefix('\u{feff}').map(str::len);
        if let Some(rest) = bom {
            document.source.drain(..document.source.len() - rest);
        }
        document.fill();
        document
    }

    /// Reads another document into the same memory: for files with a document in each line.
    pub(super) fn refill(&mut self, source: &str) {
        self.source.clear();
        self.source.push_str(source);
        self.fill();
    }

    fn fill(&mut self) {
        self.decoded.clear();
        self.entries.clear();
        let mut parser = Parser::new(&self.source, &mut self.decoded, &mut self.entries);
        let stop = parser.run().err();
        let at = parser.at;
        self.cut_key = parser.cut_key.take();
        self.flaw =
            stop.map(|(expected, is_end)| Flaw { is_end, line: self.line_at(at), expected });
    }

    /// The outermost value; the first one if there are several.
    pub(super) fn root(&self) -> Option<Node<'_>> {
        self.roots().next()
    }

    /// The outermost values: one, or one a line, or several one after the other.
    pub(super) fn roots(&self) -> Items<'_> {
        Items { document: self, at: 0, end: self.entries.len() as u32 }
    }

    /// The answers of an interface: the outermost objects, or those in outermost arrays, as scripts
    /// save several answers.
    pub(super) fn answers(&self) -> impl Iterator<Item = Node<'_>> {
        self.roots().flat_map(|root| if root.is_array() { root.items() } else { Items::once(root) })
    }

    /// Reports where reading stopped, if it did not reach the end.
    pub(super) fn report(&self, threads: &mut Threads<'_>) {
        match self.flaw {
            None => {}
            Some(Flaw { is_end: true, .. }) => threads.truncated(),
            Some(Flaw { line, expected, .. }) => {
                let message = format!(
                    "this is not JSON from here on: {expected} was expected; what follows was left out"
                );
                threads.odd(Oddity::BadRecord, line, message, "");
            }
        }
    }

    /// The line (1-based) of a byte.
    fn line_at(&self, byte: usize) -> u32 {
        let before = &self.source.as_bytes()[..byte.min(self.source.len())];
        memchr::memchr_iter(b'\n', before).count() as u32 + 1
    }
}

/// A value in a document.
#[derive(Clone, Copy)]
pub(super) struct Node<'d> {
    document: &'d Document,
    at: u32,
}

impl<'d> Node<'d> {
    fn entry(self) -> Entry {
        self.document.entries[self.at as usize]
    }

    /// The value under a key of an object; the first one if the key is repeated.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        self.entries().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The value under the first of these keys that is present and not null.
    pub(super) fn any(self, keys: &[&str]) -> Option<Self> {
        keys.iter().find_map(|key| self.get(key).filter(|value| !value.is_null()))
    }

    /// The value at the end of a path of keys.
    pub(super) fn path(self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The values of an array; none for anything else.
    pub(super) fn items(self) -> Items<'d> {
        let end = if self.is_array() { self.entry().next } else { self.at + 1 };
        Items { document: self.document, at: self.at + 1, end }
    }

    /// Keys and values of an object, in the order of the source; none for anything else.
    pub(super) fn entries(self) -> impl Iterator<Item = (&'d str, Self)> {
        let end = if self.is_object() { self.entry().next } else { self.at + 1 };
        let mut keys = Items { document: self.document, at: self.at + 1, end };
        std::iter::from_fn(move || Some((keys.next()?.str()?, keys.next()?)))
    }

    pub(super) fn is_null(self) -> bool {
        self.entry().sort == Sort::Null
    }

    pub(super) fn is_array(self) -> bool {
        self.entry().sort == Sort::Array
    }

    pub(super) fn is_object(self) -> bool {
        self.entry().sort == Sort::Object
    }

    /// The end of the input cut this array or object.
    pub(super) fn is_cut(self) -> bool {
        (self.is_array() || self.is_object()) && self.entry().end == 0
    }

    /// The end of the input cut this record, and not within the nested `replies` after its own
    /// fields: what is left of it would be half a record.
    pub(super) fn is_half(self, replies: &str) -> bool {
        self.is_cut() && !self.get(replies).is_some_and(Self::is_cut)
    }

    /// The text of a string.
    pub(super) fn str(self) -> Option<&'d str> {
        let Entry { sort, start, end, .. } = self.entry();
        match sort {
            Sort::Plain => Some(&self.document.source[start as usize..end as usize]),
            Sort::Decoded => Some(&self.document.decoded[start as usize..end as usize]),
            _ => None,
        }
    }

    /// The text of a string, or a number as it is written.
    pub(super) fn text(self) -> Option<&'d str> {
        let Entry { sort, start, end, .. } = self.entry();
        match sort {
            Sort::Number => Some(&self.document.source[start as usize..end as usize]),
            _ => self.str(),
        }
    }

    /// A number, or a string that holds one.
    pub(super) fn float(self) -> Option<f64> {
        self.text()?.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// A whole number, or a string that holds one; fractions are cut off.
    pub(super) fn int(self) -> Option<i64> {
        let text = self.text()?.trim();
        text.parse().ok().or_else(|| self.float().map(|number| number as i64))
    }

    /// `true` or `false`, also as a string or as 1 and 0.
    pub(super) fn bool(self) -> Option<bool> {
        match self.entry().sort {
            Sort::True => Some(true),
            Sort::False => Some(false),
            _ => match self.text()?.trim() {
                "true" | "True" | "1" => Some(true),
                "false" | "False" | "0" => Some(false),
                _ => None,
            },
        }
    }

    /// The string under a key, if it is not empty.
    pub(super) fn str_at(self, key: &str) -> Option<&'d str> {
        self.get(key)?.str().filter(|text| !text.trim().is_empty())
    }

    /// The identifier or name under a key: a string that is not empty, or a number.
    pub(super) fn name_at(self, key: &str) -> Option<Name> {
        self.get(key)?.name()
    }

    /// An identifier or name: a string that is not empty, or a number.
    pub(super) fn name(self) -> Option<Name> {
        Some(self.text()?.trim()).filter(|text| !text.is_empty()).map(Name::from)
    }

    /// The number under a key.
    pub(super) fn int_at(self, key: &str) -> Option<i64> {
        self.get(key)?.int()
    }

    /// The value under a key is true; absent is not.
    pub(super) fn is_true(self, key: &str) -> bool {
        self.get(key).and_then(Self::bool) == Some(true)
    }

    /// The value as it stands in the source.
    pub(super) fn raw(self) -> &'d str {
        let Entry { sort, start, end, .. } = self.entry();
        let source = &self.document.source;
        match sort {
            Sort::Decoded => &self.document.decoded[start as usize..end as usize],
            _ if self.is_cut() => &source[start as usize..],
            _ => &source[start as usize..end as usize],
        }
    }
}

/// The values of an array, or the remaining part of them.
#[derive(Clone)]
pub(super) struct Items<'d> {
    document: &'d Document,
    at: u32,
    end: u32,
}

impl<'d> Items<'d> {
    /// One value alone.
    pub(super) fn once(node: Node<'d>) -> Self {
        Self { document: node.document, at: node.at, end: node.entry().next }
    }
}

impl<'d> Iterator for Items<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node { document: self.document, at: self.at };
        self.at = node.entry().next;
        Some(node)
    }
}

/// Visits nested replies depth first, without recursion. `visit` gets each value with its depth
/// (1 = given in `roots`) and returns the replies to it.
pub(super) fn preorder<'d>(
    roots: Items<'d>,
    mut visit: impl FnMut(Node<'d>, u32) -> Option<Items<'d>>,
) {
    let mut open = vec![roots];
    while let Some(level) = open.last_mut() {
        match level.next() {
            None => drop(open.pop()),
            Some(node) => {
                let depth = open.len() as u32;
                open.extend(visit(node, depth));
            }
        }
    }
}
