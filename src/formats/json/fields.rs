//! A few fields of an object in one line, without a tape: the quick way for dumps.
//!
//! One walk over the line finds where each wanted value stands and checks that the rest is
//! well-formed. Lines of a dump have the same keys in the same order, so each key is first
//! compared with the one that stood there in the line before. What is not plain (a key with an
//! escape, a wanted value that is an object, anything malformed) is left to the tape, which reads
//! everything; so this may refuse a line, but where it accepts one, it finds what the tape finds.

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
    Plain(&'l [u8]),
    /// The inside of a string with escapes.
    Escaped(&'l [u8]),
}

/// Finds `N` fields by their names.
pub(in crate::formats) struct Fields<const N: usize> {
    names: [&'static str; N],
    /// The keys of the line before, and the field that each is.
    order: Vec<(Key, Option<usize>)>,
}

impl<const N: usize> Fields<N> {
    pub(in crate::formats) fn new(names: [&'static str; N]) -> Self {
        Self { names, order: Vec::new() }
    }

    /// The fields of a line that holds one object and nothing else; `None` if it should be read in
    /// full.
    pub(in crate::formats) fn find<'l>(&mut self, line: &'l [u8]) -> Option<[Raw<'l>; N]> {
        let mut found = [Raw::Absent; N];
        let mut at = expect(line, 0, b'{')?;
        for place in 0.. {
            at = expect(line, at, b'"')?;
            let field = match self.order.get(place) {
                Some((key, field)) if key.is_at(line, at) => {
                    at += key.len;
                    *field
                }
                _ => self.key(line, &mut at, place)?,
            };
            if line.get(at) == Some(&b' ') {
                at = skip_space(line, at);
            }
            let value = value(line, &mut at, field.is_some())?;
            if let Some(field) = field
                && found[field] == Raw::Absent
            {
                found[field] = value;
            }
            match line.get(at) {
                Some(b',') => at += 1,
                Some(b'}') => {
                    at += 1;
                    break;
                }
                _ => {
                    at = skip_space(line, at);
                    match line.get(at)? {
                        b',' => at += 1,
                        b'}' => {
                            at += 1;
                            break;
                        }
                        _ => return None,
                    }
                }
            }
        }
        line[at..].iter().all(u8::is_ascii_whitespace).then_some(found)
    }

    /// Reads a key that does not stand where it stood in the line before, and remembers it.
    #[cold]
    #[allow(clippy::option_option, reason = "the outer one is a line to be read in full")]
    fn key(&mut self, line: &[u8], at: &mut usize, place: usize) -> Option<Option<usize>> {
        let rest = &line[*at..];
        let length = memchr::memchr2(b'"', b'\\', rest)?;
        if rest[length] == b'\\' {
            return None;
        }
        let field = self.names.iter().position(|name| name.as_bytes() == &rest[..length]);
        let colon = expect(line, *at + length + 1, b':')?;
        if place < MOST_KEYS {
            self.order.resize_with(self.order.len().max(place + 1), Default::default);
            self.order[place] = (Key::new(&line[*at..colon]), field);
        }
        *at = colon;
        Some(field)
    }
}

/// A key with its quotation mark and colon, up to 24 bytes of it as numbers: comparing them takes
/// no call.
#[derive(Debug, Default)]
struct Key {
    len: usize,
    words: [u64; 3],
    masks: [u64; 3],
}

impl Key {
    /// A key of this text; one that is too long equals nothing.
    fn new(text: &[u8]) -> Self {
        let mut key = Self { len: text.len(), ..Self::default() };
        if text.len() > 24 {
            key.words = [1; 3];
            return key;
        }
        let mut bytes = [0; 24];
        bytes[..text.len()].copy_from_slice(text);
        let mut mask = [0; 24];
        mask[..text.len()].fill(0xFF);
        for i in 0..3 {
            key.words[i] = word(&bytes, 8 * i);
            key.masks[i] = word(&mask, 8 * i);
        }
        key
    }

    #[inline]
    fn is_at(&self, line: &[u8], at: usize) -> bool {
        let mut bytes = [0; 24];
        if let Some(there) = line.get(at..at + 24) {
            bytes.copy_from_slice(there);
        } else {
            let there = &line[at.min(line.len())..];
            bytes[..there.len()].copy_from_slice(there);
        }
        let differs = |i: usize| (word(&bytes, 8 * i) & self.masks[i]) ^ self.words[i];
        self.len > 0 && differs(0) | differs(1) | differs(2) == 0
    }
}

#[inline]
fn word(bytes: &[u8; 24], at: usize) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(eight)
}

/// Keys that are remembered at most: a hostile line may have millions.
const MOST_KEYS: usize = 256;

/// Passes over white space and one byte, which must come next.
#[inline]
fn expect(line: &[u8], at: usize, byte: u8) -> Option<usize> {
    if line.get(at) == Some(&byte) {
        return Some(at + 1);
    }
    let at = skip_space(line, at);
    (*line.get(at)? == byte).then_some(at + 1)
}

fn skip_space(line: &[u8], at: usize) -> usize {
    let space = line[at..].iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r'));
    space.map_or(line.len(), |space| at + space)
}

/// Passes over a value; a wanted one must be no array or object.
#[inline]
fn value<'l>(line: &'l [u8], at: &mut usize, wanted: bool) -> Option<Raw<'l>> {
    match line.get(*at)? {
        b'"' => string(line, at),
        b'{' | b'[' if wanted => None,
        b'{' | b'[' => nested(line, at),
        _ => scalar(line, at),
    }
}

/// Passes over a string.
#[inline]
fn string<'l>(line: &'l [u8], at: &mut usize) -> Option<Raw<'l>> {
    let start = *at + 1;
    let mut stop = start + memchr::memchr2(b'"', b'\\', &line[start..])?;
    if line[stop] == b'"' {
        *at = stop + 1;
        return Some(Raw::Plain(&line[start..stop]));
    }
    loop {
        // The backslash and what it escapes.
        let from = stop + 2;
        stop = from + memchr::memchr2(b'"', b'\\', line.get(from..)?)?;
        if line[stop] == b'"' {
            *at = stop + 1;
            return Some(Raw::Escaped(&line[start..stop]));
        }
    }
}

/// Passes over a number, `null`, `true` or `false`.
fn scalar<'l>(line: &'l [u8], at: &mut usize) -> Option<Raw<'l>> {
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
/// comma or colon that is missing inside goes unnoticed, as no value of it is wanted.
#[cold]
fn nested<'l>(line: &'l [u8], at: &mut usize) -> Option<Raw<'l>> {
    let start = *at;
    let mut open: Vec<u8> = Vec::new();
    loop {
        match *line.get(*at)? {
            b'"' => {
                string(line, at)?;
                continue;
            }
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            byte @ (b'}' | b']') if open.pop() != Some(byte) => return None,
            _ => {}
        }
        *at += 1;
        if open.is_empty() {
            return Some(Raw::Word(&line[start..*at]));
        }
    }
}

impl<'l> Raw<'l> {
    /// The text of a string; decoded into `decoded` where it has escapes. `None` if it is no
    /// string or not UTF-8.
    pub(in crate::formats) fn str<'d>(self, decoded: &'d mut String) -> Option<&'d str>
    where
        'l: 'd,
    {
        match self {
            Raw::Plain(bytes) => std::str::from_utf8(bytes).ok(),
            Raw::Escaped(bytes) => {
                decoded.clear();
                super::parser::decode(std::str::from_utf8(bytes).ok()?, decoded)?;
                Some(decoded)
            }
            _ => None,
        }
    }

    /// A string without escapes that is a name as it stands: not empty, no blanks at its ends.
    pub(in crate::formats) fn name(self) -> Option<&'l str> {
        let Raw::Plain(bytes) = self else { return None };
        let (first, last) = (bytes.first()?, bytes.last()?);
        (first.is_ascii_graphic() && last.is_ascii_graphic())
            .then(|| std::str::from_utf8(bytes).ok())?
    }

    /// A whole number of up to 18 digits.
    pub(in crate::formats) fn int(self) -> Option<i64> {
        let Raw::Number(text) = self else { return None };
        let (is_negative, digits) = match text {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        if digits.is_empty() || digits.len() > 18 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = digits.iter().fold(0, |n, digit| n * 10 + i64::from(digit - b'0'));
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
