//! The parser behind [`super::Document`]: one loop, a stack of open brackets on the heap.

use super::{Entry, Sort};

/// Most values of a document: a gigabyte of memory. Real exports have one in ten bytes or more.
const MOST_VALUES: usize = 64 << 20;

/// What was expected, and whether the input ended there.
pub(super) type Stop = (&'static str, bool);

/// What may stand next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    Key,
    CommaOrEnd,
}

/// Fills the tape of a document.
pub(super) struct Parser<'a> {
    source: &'a str,
    /// The byte that is looked at.
    pub(super) at: usize,
    decoded: &'a mut String,
    entries: &'a mut Vec<Entry>,
    /// The arrays and objects that are open, outermost first.
    open: Vec<u32>,
    /// The key that still lacks its value.
    key: Option<usize>,
    /// The key whose value the end of the input cut.
    pub(super) cut_key: Option<String>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(
        source: &'a str,
        decoded: &'a mut String,
        entries: &'a mut Vec<Entry>,
    ) -> Self {
        Self { source, at: 0, decoded, entries, open: Vec::new(), key: None, cut_key: None }
    }

    /// Reads the document. Where that fails, the tape holds all that was complete before.
    pub(super) fn run(&mut self) -> Result<(), Stop> {
        if u32::try_from(self.source.len()).is_err() {
            return Err(("a document of at most 4 GiB", false));
        }
        let result = self.values();
        if result.is_err() {
            if let Some(key) = self.key {
                // The key itself may be what was cut.
                let whole = self.entries.get(key).filter(|entry| entry.sort == Sort::Plain);
                self.cut_key = whole
                    .filter(|_| result.is_err_and(|(_, is_end)| is_end))
                    .map(|entry| self.source[entry.start as usize..entry.end as usize].to_owned());
                self.entries.truncate(key);
            }
            let end = self.entries.len() as u32;
            for &index in &self.open {
                self.entries[index as usize].next = end;
                self.entries[index as usize].end = 0;
            }
        }
        result
    }

    fn values(&mut self) -> Result<(), Stop> {
        let mut next = Next::Value;
        loop {
            if self.entries.len() > MOST_VALUES {
                return Err(("an end of the document after 64 million values", false));
            }
            self.skip_space();
            let Some(byte) = self.peek() else {
                let is_done = self.open.is_empty() && !self.entries.is_empty();
                return if is_done { Ok(()) } else { Err(("the rest of the document", true)) };
            };
            next = match (next, byte) {
                (Next::Value, b'{' | b'[') => self.begin(byte),
                // Also after a comma: a trailing one is forgiven.
                (_, b']' | b'}') => self.close(byte)?,
                (Next::Value, _) => {
                    self.scalar(byte)?;
                    self.key = None;
                    Next::CommaOrEnd
                }
                (Next::Key, b'"') => {
                    self.key = Some(self.entries.len());
                    self.string()?;
                    self.colon()?;
                    Next::Value
                }
                (Next::Key, _) => return Err(("a key", false)),
                (Next::CommaOrEnd, b',') if !self.open.is_empty() => {
                    self.at += 1;
                    self.inside()
                }
                // Another document after the first: one a line, or simply one after the other.
                (Next::CommaOrEnd, _) if self.open.is_empty() => Next::Value,
                (Next::CommaOrEnd, _) => return Err(("a comma or the end of the list", false)),
            };
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        let rest = &self.source.as_bytes()[self.at..];
        self.at += rest
            .iter()
            .position(|b| !matches!(b, b' ' | b'\n' | b'\r' | b'\t' | 0x1e))
            .unwrap_or(rest.len());
    }

    fn push(&mut self, sort: Sort, start: usize, end: usize) {
        let next = self.entries.len() as u32 + 1;
        self.entries.push(Entry { sort, start: start as u32, end: end as u32, next });
    }

    /// What stands within the innermost open array or object.
    fn inside(&self) -> Next {
        match self.open.last().map(|&index| self.entries[index as usize].sort) {
            Some(Sort::Object) => Next::Key,
            Some(_) => Next::Value,
            None => Next::CommaOrEnd,
        }
    }

    fn begin(&mut self, byte: u8) -> Next {
        self.key = None;
        self.open.push(self.entries.len() as u32);
        let sort = if byte == b'{' { Sort::Object } else { Sort::Array };
        self.push(sort, self.at, self.at + 1);
        self.at += 1;
        self.inside()
    }

    fn close(&mut self, byte: u8) -> Result<Next, Stop> {
        let wanted = if byte == b'}' { Sort::Object } else { Sort::Array };
        match self.open.last() {
            Some(&index) if self.key.is_none() && self.entries[index as usize].sort == wanted => {
                self.at += 1;
                self.open.pop();
                let next = self.entries.len() as u32;
                let entry = &mut self.entries[index as usize];
                entry.next = next;
                entry.end = self.at as u32;
                Ok(Next::CommaOrEnd)
            }
            _ => Err(("a value or another bracket", false)),
        }
    }

    fn colon(&mut self) -> Result<(), Stop> {
        self.skip_space();
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            found => Err(("a colon after the key", found.is_none())),
        }
    }

    fn scalar(&mut self, byte: u8) -> Result<(), Stop> {
        if byte == b'"' {
            return self.string();
        }
        let rest = &self.source.as_bytes()[self.at..];
        let length = rest
            .iter()
            .position(
                |b| !matches!(b, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.'),
            )
            .unwrap_or(rest.len());
        if length == rest.len() && !self.open.is_empty() {
            self.at += length;
            return Err(("the rest of a value", true));
        }
        let sort = match &self.source[self.at..self.at + length] {
            "null" | "NaN" | "Infinity" | "-Infinity" | "undefined" => Sort::Null,
            "true" => Sort::True,
            "false" => Sort::False,
            number if number.parse::<f64>().is_ok() => Sort::Number,
            _ => return Err(("a value", false)),
        };
        self.push(sort, self.at, self.at + length);
        self.at += length;
        Ok(())
    }

    fn string(&mut self) -> Result<(), Stop> {
        let start = self.at + 1;
        let bytes = self.source.as_bytes();
        let cut = Err(("the end of a string", true));
        let Some(mut stop) = memchr::memchr2(b'"', b'\\', &bytes[start..]).map(|n| start + n)
        else {
            self.at = bytes.len();
            return cut;
        };
        if bytes[stop] == b'"' {
            self.push(Sort::Plain, start, stop);
            self.at = stop + 1;
            return Ok(());
        }
        let begin = self.decoded.len();
        let mut from = start;
        loop {
            self.decoded.push_str(&self.source[from..stop]);
            if bytes[stop] == b'"' {
                break;
            }
            let Some(length) = unescape(&self.source[stop..], self.decoded) else {
                self.decoded.truncate(begin);
                self.at = bytes.len();
                return cut;
            };
            from = stop + length;
            let Some(n) = memchr::memchr2(b'"', b'\\', &bytes[from..]) else {
                self.decoded.truncate(begin);
                self.at = bytes.len();
                return cut;
            };
            stop = from + n;
        }
        self.push(Sort::Decoded, begin, self.decoded.len());
        self.at = stop + 1;
        Ok(())
    }
}

/// Decodes the inside of a string onto the end of `out`; `None` if an escape is cut.
pub(super) fn decode(mut text: &str, out: &mut String) -> Option<()> {
    while let Some(escape) = memchr::memchr(b'\\', text.as_bytes()) {
        out.push_str(&text[..escape]);
        let length = unescape(&text[escape..], out)?;
        text = &text[escape + length..];
    }
    out.push_str(text);
    Some(())
}

/// Decodes the escape at the beginning of `text` and returns its length; `None` if it is cut.
fn unescape(text: &str, out: &mut String) -> Option<usize> {
    let escaped = text[1..].chars().next()?;
    out.push(match escaped {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let Some(high) = unit(text)? else {
                out.push('u');
                return Some(2);
            };
            let is_high = (0xd800..0xdc00).contains(&high) && text[6..].starts_with("\\u");
            let low = if is_high { unit(&text[6..])? } else { None };
            if let Some(low) = low.filter(|low| (0xdc00..0xe000).contains(low)) {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                return Some(12);
            }
            out.push(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
            return Some(6);
        }
        other => other,
    });
    Some(1 + escaped.len_utf8())
}

/// The UTF-16 unit of an escape `\uXXXX`: `None` if it is cut, `Some(None)` if it is none.
#[allow(clippy::option_option, reason = "cut and malformed are two things")]
fn unit(text: &str) -> Option<Option<u32>> {
    let digits = text.as_bytes().get(2..6)?;
    Some(
        digits.iter().try_fold(0, |code, &digit| Some(code * 16 + char::from(digit).to_digit(16)?)),
    )
}
