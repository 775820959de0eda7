//! What stands between a reader and its format: no record without an end.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Ends the input where a record is longer than the limit, for parsers that would read on until
/// the memory is full.
pub(in crate::formats) struct Bounded<R> {
    inner: R,
    marks: Marks,
}

/// Where records end.
#[derive(Clone)]
pub(in crate::formats) struct Marks {
    /// Bytes since the last record ended.
    since: Arc<AtomicU64>,
    limit: u64,
    /// The option that raises the limit.
    option: &'static str,
}

/// So many bytes are read ahead of a record's end at most.
const AHEAD: u64 = 1 << 17;

impl Marks {
    pub(in crate::formats) fn new(limit: u64, option: &'static str) -> Self {
        Self { since: Arc::default(), limit, option }
    }

    /// A record ends here.
    pub(in crate::formats) fn record(&self) {
        if !self.is_exceeded() {
            self.since.store(0, Ordering::Relaxed);
        }
    }

    /// A record was longer than the limit; the input ended there.
    pub(in crate::formats) fn is_exceeded(&self) -> bool {
        self.since.load(Ordering::Relaxed) > self.limit.saturating_add(AHEAD)
    }

    /// The sentence for it.
    pub(in crate::formats) fn reason(&self) -> String {
        format!(
            "a record is longer than {}; if it is meant to be, raise the limit with {}; what \
             follows was left out",
            super::megabytes(self.limit),
            self.option
        )
    }
}

impl<R> Bounded<R> {
    pub(in crate::formats) fn new(inner: R, marks: Marks) -> Self {
        Self { inner, marks }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.marks.is_exceeded() {
            return Ok(0);
        }
        let n = self.inner.read(buffer)?;
        self.marks.since.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_without_an_end_ends_the_input() {
        let marks = Marks::new(10, "--max-record");
        let mut reader = Bounded::new(io::repeat(b'x').take(1 << 20), marks.clone());
        let read = io::copy(&mut reader, &mut io::sink()).expect("in memory");
        assert!(marks.is_exceeded());
        assert!((AHEAD..AHEAD + (1 << 16)).contains(&read), "{read}");
    }
}
