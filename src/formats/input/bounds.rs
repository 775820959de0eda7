//! What stands between a reader and its format: no record without an end, no failure that loses
//! what came before it.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

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

/// Ends the input where reading fails, if something was read before: a download that broke off, a
/// damaged archive. What came before is read, and the failure is told.
pub(in crate::formats) struct Kept<R> {
    inner: R,
    failure: Failure,
    /// Bytes so far.
    read: u64,
    is_over: bool,
}

/// Why an input ended early, once it did.
#[derive(Clone, Default)]
pub(in crate::formats) struct Failure(Arc<Mutex<Option<(u64, String)>>>);

impl Failure {
    /// After how many bytes, unpacked, and the reason; it is told once.
    pub(in crate::formats) fn take(&self) -> Option<(u64, String)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<R> Kept<R> {
    pub(in crate::formats) fn new(inner: R, failure: Failure) -> Self {
        Self { inner, failure, read: 0, is_over: false }
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_over {
            return Ok(0);
        }
        match self.inner.read(buffer) {
            Ok(n) => {
                self.read += n as u64;
                Ok(n)
            }
            // A limit was reached: nothing of it is to be believed.
            Err(error) if self.read == 0 || error.kind() == io::ErrorKind::QuotaExceeded => {
                Err(error)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.is_over = true;
                let mut failure = self.failure.0.lock().unwrap_or_else(PoisonError::into_inner);
                *failure = Some((self.read, error.to_string()));
                Ok(0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails after its bytes.
    struct Broken(&'static [u8]);

    impl Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("the line was cut"));
            }
            self.0.read(buffer)
        }
    }

    #[test]
    fn what_came_before_a_failure_is_kept() {
        let failure = Failure::default();
        let mut text = String::new();
        let read = Kept::new(Broken(b"abc"), failure.clone()).read_to_string(&mut text);
        assert_eq!(read.expect("kept"), 3);
        assert_eq!(failure.take(), Some((3, "the line was cut".to_owned())));
        assert!(Kept::new(Broken(b""), failure).read_to_string(&mut text).is_err());
    }

    #[test]
    fn a_record_without_an_end_ends_the_input() {
        let marks = Marks::new(10, "--max-record");
        let mut reader = Bounded::new(io::repeat(b'x').take(1 << 20), marks.clone());
        let read = io::copy(&mut reader, &mut io::sink()).expect("in memory");
        assert!(marks.is_exceeded());
        assert!((AHEAD..AHEAD + (1 << 16)).contains(&read), "{read}");
    }
}
