//! Lines of bounded length: what keeps a gigabyte without a newline from filling the memory.

use std::io::{BufRead, Result};

/// Reads lines one at a time; those longer than the limit are skipped and counted.
pub struct Lines<R> {
    inner: R,
    limit: usize,
    buffer: Vec<u8>,
    number: u32,
    is_ended: bool,
}

/// One line, or what became of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// The bytes without the line end (`\n` or `\r\n`).
    Whole(&'a [u8]),
    /// Longer than the limit: it was skipped; its length in bytes.
    TooLong(u64),
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `limit` bytes ([`super::Limits::record`]).
    pub fn new(inner: R, limit: usize) -> Self {
        Self { inner, limit, buffer: Vec::new(), number: 0, is_ended: true }
    }

    /// The line that was read last had a line end; without it the input may be cut.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.is_ended
    }

    /// The next line with its number, 1-based; `None` at the end.
    ///
    /// Errors: the reader's.
    pub fn next_line(&mut self) -> Result<Option<(u32, Line<'_>)>> {
        self.buffer.clear();
        let mut length = 0u64;
        let was_ended = std::mem::take(&mut self.is_ended);
        loop {
            let available = self.inner.fill_buf()?;
            if available.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', available);
            let taken = end.unwrap_or(available.len());
            length += taken as u64;
            if length <= self.limit as u64 {
                self.buffer.extend_from_slice(&available[..taken]);
            }
            self.inner.consume(end.map_or(taken, |end| end + 1));
            if end.is_some() {
                self.is_ended = true;
                self.number = self.number.saturating_add(1);
                return Ok(Some((self.number, self.line(length))));
            }
        }
        if length == 0 {
            self.is_ended = was_ended;
            return Ok(None);
        }
        self.number = self.number.saturating_add(1);
        Ok(Some((self.number, self.line(length))))
    }

    /// Number of lines so far.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// What was not read yet; it begins with a line.
    pub fn into_inner(self) -> R {
        self.inner
    }

    fn line(&self, length: u64) -> Line<'_> {
        if length > self.limit as u64 {
            return Line::TooLong(length);
        }
        Line::Whole(self.buffer.strip_suffix(b"\r").unwrap_or(&self.buffer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_skipped_and_counted() {
        let mut lines = Lines::new(&b"ab\r\n\nabcdefgh\nend"[..], 4);
        let mut seen = Vec::new();
        while let Some((number, line)) = lines.next_line().expect("in memory") {
            seen.push(match line {
                Line::Whole(bytes) => format!("{number} {}", String::from_utf8_lossy(bytes)),
                Line::TooLong(length) => format!("{number} too long {length}"),
            });
        }
        assert_eq!(seen, ["1 ab", "2 ", "3 too long 8", "4 end"]);
    }
}
