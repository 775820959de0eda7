//! A few fields of an object in one line, without a tape: the quick way for dumps.
//!
//! One walk over the line finds where each wanted value stands and checks that the rest is
//! well-formed. Lines of a dump are much alike, so what a line has in common with earlier ones is
//! not walked over again but compared (see [`templates`](super::templates)). What is not plain (a key
//! with an escape, anything malformed) is left to the tape, which reads everything; so this may refuse
//! a line, but where it accepts one, it finds what the tape finds.

use super::templates::Templates;
use crate::bytes;

/// A wanted value as it stands in the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::formats) enum Raw<'l> {
    /// The key is not there.
    #[default]
    Absent,
    /// `null`, `true` or `false`.
    Word(&'l [u8]),
    /// A number as it is written.
    Number(&'l [u8]),
    /// The inside of a string without escapes.
    Plain(&'l str),
    /// The inside of a string with escapes.
    Escaped(&'l str),
    /// An array or object.
    Nested(&'l str),
}

/// Finds `N` fields by their names.
pub(in crate::formats) struct Fields<const N: usize> {
    names: [&'static str; N],
    templates: Templates<N>,
    /// Where the values of the line at hand stand.
    values: Vec<Value>,
}

/// Where a value stands in a line, and which wanted field it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) field: Option<usize>,
}

impl<const N: usize> Fields<N> {
    pub(in crate::formats) fn new(names: [&'static str; N]) -> Self {
        Self { names, templates: Templates::default(), values: Vec::new() }
    }

    /// The fields of a line that holds one object and nothing else; `None` if it should be read in
    /// full.
    pub(in crate::formats) fn find<'l>(&mut self, line: &'l str) -> Option<[Raw<'l>; N]> {
        if let Some(found) = self.templates.find(line) {
            return Some(found);
        }
        let found = self.walk(line)?;
        self.templates.learn(line.as_bytes(), &self.values);
        Some(found)
    }

    /// Walks over the line, key by key.
    fn walk<'l>(&mut self, text: &'l str) -> Option<[Raw<'l>; N]> {
        let line = text.as_bytes();
        self.values.clear();
        let mut found = [Raw::Absent; N];
        let mut at = expect(line, 0, b'{')?;
        loop {
            at = expect(line, at, b'"')?;
            let field = self.key(line, &mut at)?;
            at = skip_space(line, at);
            let start = at;
            let value = value(text, &mut at)?;
            // The first of two fields of one name counts.
            let field = field.filter(|&field| found[field] == Raw::Absent);
            if let Some(field) = field {
                found[field] = value;
            }
            self.values.push(Value { start, end: at, field });
            at = skip_space(line, at);
            match line.get(at)? {
                b',' => at += 1,
                b'}' => break,
                _ => return None,
            }
        }
        is_blank(&line[at + 1..]).then_some(found)
    }

    /// Passes over a key and its colon. Which wanted field it is.
    #[allow(clippy::option_option, reason = "the outer one is a line to be read in full")]
    fn key(&self, line: &[u8], at: &mut usize) -> Option<Option<usize>> {
        let rest = &line[*at..];
        let length = bytes::find_either(rest, b'"', b'\\')?;
        if rest[length] == b'\\' {
            return None;
        }
        *at = expect(line, *at + length + 1, b':')?;
        Some(self.names.iter().position(|name| name.as_bytes() == &rest[..length]))
    }
}

/// Nothing but white space.
#[inline]
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// Passes over white space and one byte, which must come next.
fn expect(line: &[u8], at: usize, byte: u8) -> Option<usize> {
    let at = skip_space(line, at);
    (*line.get(at)? == byte).then_some(at + 1)
}

fn skip_space(line: &[u8], at: usize) -> usize {
    let space = line[at..].iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r'));
    space.map_or(line.len(), |space| at + space)
}

/// Passes over a value.
#[inline]
pub(super) fn value<'l>(line: &'l str, at: &mut usize) -> Option<Raw<'l>> {
    match line.as_bytes().get(*at)? {
        b'"' => string(line, at),
        b'{' | b'[' => nested(line, at),
        _ => scalar(line.as_bytes(), at),
    }
}

/// Passes over a string.
#[inline]
fn string<'l>(text: &'l str, at: &mut usize) -> Option<Raw<'l>> {
    let line = text.as_bytes();
    let start = *at + 1;
    let mut stop = start + bytes::find_either(&line[start..], b'"', b'\\')?;
    if line[stop] == b'"' {
        *at = stop + 1;
        return text.get(start..stop).map(Raw::Plain);
    }
    loop {
        // The backslash and what it escapes.
        let from = stop + 2;
        stop = from + bytes::find_either(line.get(from..)?, b'"', b'\\')?;
        if line[stop] == b'"' {
            *at = stop + 1;
            return text.get(start..stop).map(Raw::Escaped);
        }
    }
}

/// Passes over a number, `null`, `true` or `false`.
#[inline]
fn scalar<'l>(line: &'l [u8], at: &mut usize) -> Option<Raw<'l>> {
    let rest = &line[*at..];
    let sign = usize::from(rest.first() == Some(&b'-'));
    let length = sign + bytes::leading_digits(&rest[sign..]);
    if length > sign && matches!(rest.get(length), Some(b',' | b'}')) {
        *at += length;
        return Some(Raw::Number(&rest[..length]));
    }
    odd_scalar(line, at)
}

fn odd_scalar<'l>(line: &'l [u8], at: &mut usize) -> Option<Raw<'l>> {
    let rest = &line[*at..];
    let length = rest
        .iter()
        .position(|b| !matches!(b, b'0'..=b'9' | b'a'..=b'z' | b'E' | b'+' | b'-' | b'.'))?;
    let text = &rest[..length];
    *at += length;
    match text {
        b"null" | b"true" | b"false" => Some(Raw::Word(text)),
        [b'-' | b'0'..=b'9', rest @ ..] => {
            let is_plain = rest.iter().all(u8::is_ascii_digit);
            let is_number =
                || std::str::from_utf8(text).is_ok_and(|number| number.parse::<f64>().is_ok());
            (is_plain && text != b"-" || is_number()).then_some(Raw::Number(text))
        }
        _ => None,
    }
}

/// Passes over an array or object, without recursion. Only brackets and strings are looked at; a
/// comma or colon that is missing inside goes unnoticed.
#[cold]
fn nested<'l>(text: &'l str, at: &mut usize) -> Option<Raw<'l>> {
    let line = text.as_bytes();
    let start = *at;
    let mut open: Vec<u8> = Vec::new();
    loop {
        match *line.get(*at)? {
            b'"' => {
                string(text, at)?;
                continue;
            }
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            byte @ (b'}' | b']') if open.pop() != Some(byte) => return None,
            _ => {}
        }
        *at += 1;
        if open.is_empty() {
            return text.get(start..*at).map(Raw::Nested);
        }
    }
}

impl<'l> Raw<'l> {
    /// The text of a string; decoded into `decoded` where it has escapes. `None` if it is no
    /// string.
    pub(in crate::formats) fn str<'d>(self, decoded: &'d mut String) -> Option<&'d str>
    where
        'l: 'd,
    {
        match self {
            Raw::Plain(text) => Some(text),
            Raw::Escaped(text) => {
                decoded.clear();
                super::parser::decode(text, decoded)?;
                Some(decoded)
            }
            _ => None,
        }
    }

    /// A string without escapes that is a name as it stands: not empty, no blanks at its ends.
    pub(in crate::formats) fn name(self) -> Option<&'l str> {
        let Raw::Plain(text) = self else { return None };
        let (first, last) = (text.as_bytes().first()?, text.as_bytes().last()?);
        (first.is_ascii_graphic() && last.is_ascii_graphic()).then_some(text)
    }

    /// A whole number of up to 18 digits.
    pub(in crate::formats) fn int(self) -> Option<i64> {
        let Raw::Number(text) = self else { return None };
        let (is_negative, digits) = match text {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        if !(1..=18).contains(&digits.len()) {
            return None;
        }
        let number = digits.iter().try_fold(0, |number, byte| {
            let digit = byte.wrapping_sub(b'0');
            (digit < 10).then(|| number * 10 + i64::from(digit))
        })?;
        Some(if is_negative { -number } else { number })
    }

    /// Absent, `null` or `false`.
    pub(in crate::formats) fn is_off(self) -> bool {
        matches!(self, Raw::Absent | Raw::Word(b"null" | b"false"))
    }

    /// Absent or `null`.
    pub(in crate::formats) fn is_none(self) -> bool {
        matches!(self, Raw::Absent | Raw::Word(b"null"))
    }
}
