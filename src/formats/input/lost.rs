//! What could not be read of an input: a failure that ends it keeps what came before, and where
//! records are lines, reading goes on behind a part that is damaged.

use std::fmt;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What was lost of an input, known to who reads it and to who tells it.
#[derive(Clone, Default)]
pub(in crate::formats) struct Lost(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// Records are lines, so that what stands behind a damaged part means something without it.
    is_by_line: bool,
    /// The input ended at a damaged part for now, because it was not known that it is by lines.
    is_paused: bool,
    gaps: Vec<Gap>,
    end: Option<(u64, String)>,
}

/// A damaged part that was passed over: places in the file, and why it could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) struct Gap {
    /// Where the damaged frame begins.
    pub(super) frame: u64,
    /// From here on nothing of it was read.
    pub(super) from: u64,
    /// Here reading went on.
    pub(super) to: u64,
    pub(super) reason: String,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { frame, from, to, reason } = self;
        write!(
            f,
            "a frame of the compressed data is damaged: of bytes {frame} to {to} of the file the \
             last {} could not be read ({reason}), and what was read of the others may be wrong; \
             what stands before and behind the frame is kept",
            to.saturating_sub(*from)
        )
    }
}

impl Lost {
    /// Records are lines: reading goes on behind damaged parts, and has if it ended at one.
    pub(in crate::formats) fn goes_on(&self) {
        let mut state = self.state();
        state.is_by_line = true;
        if state.is_paused {
            state.end = None;
        }
    }

    /// Whether reading goes on behind damaged parts; if not, it may later.
    pub(super) fn is_passed_over(&self) -> bool {
        let mut state = self.state();
        state.is_paused = !state.is_by_line;
        state.is_by_line
    }

    /// Reading went on behind a damaged part.
    pub(super) fn gap(&self, gap: Gap) {
        self.state().gaps.push(gap);
    }

    /// The beginning is lost: only an input whose records are lines means something without it.
    pub(in crate::formats) fn beginning(&self) -> Option<io::Error> {
        let state = self.state();
        let gap = state.gaps.first().filter(|_| !state.is_by_line)?;
        let reason = format!("the compressed data is damaged or cut: {}", gap.reason);
        Some(io::Error::other(reason))
    }

    /// The damaged parts that were passed over; they are told once.
    pub(in crate::formats) fn gaps(&self) -> Vec<Gap> {
        std::mem::take(&mut self.state().gaps)
    }

    /// After how many bytes, unpacked, the input ended early, and the reason; it is told once.
    pub(in crate::formats) fn end(&self) -> Option<(u64, String)> {
        self.state().end.take()
    }

    /// The input ended for now and shall be read on.
    fn is_resumed(&self) -> bool {
        let mut state = self.state();
        state.is_by_line && std::mem::take(&mut state.is_paused)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the input where reading fails, if something was read before: a download that broke off, a
/// damaged archive. What came before is read, and the failure is told.
pub(in crate::formats) struct Kept<R> {
    inner: R,
    lost: Lost,
    /// Bytes so far.
    read: u64,
    is_over: bool,
}

impl<R> Kept<R> {
    pub(in crate::formats) fn new(inner: R, lost: Lost) -> Self {
        Self { inner, lost, read: 0, is_over: false }
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_over && !self.lost.is_resumed() {
            return Ok(0);
        }
        self.is_over = false;
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
                self.lost.state().end = Some((self.read, error.to_string()));
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
        let lost = Lost::default();
        let mut text = String::new();
        let read = Kept::new(Broken(b"abc"), lost.clone()).read_to_string(&mut text);
        assert_eq!(read.expect("kept"), 3);
        assert_eq!(lost.end(), Some((3, "the line was cut".to_owned())));
        assert!(Kept::new(Broken(b""), lost).read_to_string(&mut text).is_err());
    }
}
