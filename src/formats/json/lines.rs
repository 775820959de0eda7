//! NDJSON: a document in each line, read one line at a time.

use std::io::BufRead;

use super::Document;
use crate::error::{Error, Result};
use crate::formats::input::encoding;
use crate::formats::input::lines::{self, Line};
use crate::formats::threads::Threads;
use crate::formats::{Input, ReadOptions, input};

/// The documents of an input that holds one a line.
pub(in crate::formats) struct Lines<'a> {
    source: String,
    inner: lines::Lines<Box<dyn BufRead + Send + 'a>>,
    document: Document,
    /// That there are lines in another encoding than UTF-8.
    is_told: bool,
}

impl<'a> Lines<'a> {
    pub(in crate::formats) fn new(input: Input<'a>, options: &ReadOptions) -> Result<Self> {
        let source = input.name.clone();
        let reader = input::stream(input, options)?;
        let lines = lines::Lines::new(reader, options.limits.record);
        Ok(Self { source, inner: lines, document: Document::default(), is_told: false })
    }

    /// What was not read yet, the number of lines before it, and whether it was told that some of
    /// them are not UTF-8.
    pub(in crate::formats) fn into_rest(self) -> (Box<dyn BufRead + Send + 'a>, u32, bool) {
        let lines = self.inner.number();
        (self.inner.into_inner(), lines, self.is_told)
    }

    /// The next line that is JSON, with its number. Lines that are not are reported and passed
    /// over; empty ones are passed over.
    pub(in crate::formats) fn next(
        &mut self,
        threads: &mut Threads<'_>,
    ) -> Result<Option<(u32, &Document)>> {
        loop {
            let line = self.inner.next_line().map_err(|e| Error::read(&self.source, e))?;
            let (number, bytes) = match line {
                None => return Ok(None),
                Some((number, Line::TooLong(bytes))) => {
                    threads.too_long(number, bytes);
                    continue;
                }
                Some((number, Line::Whole(bytes))) => (number, bytes),
            };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let text = if let Ok(text) = std::str::from_utf8(bytes) {
                std::borrow::Cow::Borrowed(text)
            } else {
                let encoding = encoding::found(bytes);
                if !std::mem::replace(&mut self.is_told, true) {
                    threads.not_utf8(number, encoding.name());
                }
                encoding.decode_without_bom_handling(bytes).0
            };
            self.document.refill(&text);
            let flaw = self.document.flaw;
            if flaw.is_none() {
                return Ok(Some((number, &self.document)));
            }
            let excerpt = text.into_owned();
            threads.flawed_line(flaw, number, self.inner.is_ended(), &excerpt);
        }
    }
}
