//! What passes by while inputs are read: their bytes for the bar, their digests for the tables.

use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use rejoinder::analysis::Pulse;
use rejoinder::frames::{Digesting, InputFacts};
use rejoinder::gather::Extent;

use crate::progress::Progress;

/// Larger inputs are named by their size alone: a digest would take a fifth of the time that
/// reading a dump takes.
const DIGESTED: u64 = 64 << 20;

/// Watches the inputs of one run.
pub(crate) struct Watch {
    progress: Progress,
    digests: bool,
    ledger: Arc<Mutex<Vec<(usize, InputFacts)>>>,
}

impl Watch {
    /// Over these files; `digests`: their SHA-256 is wanted. Without a bar if `quiet`.
    pub(crate) fn over(files: &[PathBuf], digests: bool, quiet: bool) -> Self {
        Self::with_pulse(files, digests, &Pulse::default(), quiet)
    }

    /// As [`Watch::over`]; the bar also shows the comments that were read.
    pub(crate) fn with_pulse(files: &[PathBuf], digests: bool, pulse: &Pulse, quiet: bool) -> Self {
        let progress = Progress::over(files, pulse, quiet);
        Self { progress, digests, ledger: Arc::default() }
    }

    /// The reader of the input at a place among all, watched.
    ///
    /// Without a digest if it has more bytes than [`DIGESTED`], as far as that is known.
    pub(crate) fn reader<R: Read>(
        &self,
        place: usize,
        name: &str,
        bytes: Option<u64>,
        reader: R,
    ) -> Watched<R> {
        let digest = self.digests && bytes.is_none_or(|bytes| bytes <= DIGESTED);
        Watched {
            inner: Digesting::new(reader, digest),
            extent: self.progress.extent(),
            ledger: Arc::clone(&self.ledger),
            place,
            name: name.to_owned(),
            bytes,
            ended: false,
        }
    }

    /// How much there is to read, and how much was read.
    pub(crate) fn extent(&self) -> Arc<Extent> {
        self.progress.extent()
    }

    /// What was read, in the order of the inputs.
    pub(crate) fn inputs(self) -> Vec<InputFacts> {
        let mut ledger =
            std::mem::take(&mut *self.ledger.lock().unwrap_or_else(PoisonError::into_inner));
        ledger.sort_by_key(|(place, _)| *place);
        ledger.into_iter().map(|(_, facts)| facts).collect()
    }
}

/// A reader that is watched until it is dropped.
pub(crate) struct Watched<R> {
    inner: Digesting<R>,
    extent: Arc<Extent>,
    ledger: Arc<Mutex<Vec<(usize, InputFacts)>>>,
    place: usize,
    name: String,
    /// How many there are, if that is known.
    bytes: Option<u64>,
    ended: bool,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.extent.read.fetch_add(n as u64, Ordering::Relaxed);
        self.ended |= n == 0 && !buffer.is_empty();
        Ok(n)
    }
}

impl<R> Drop for Watched<R> {
    fn drop(&mut self) {
        let mut facts = self.inner.facts(std::mem::take(&mut self.name));
        if !self.ended {
            // The digest of a part would be mistaken for that of the whole.
            facts.sha256 = None;
            facts.bytes = self.bytes.unwrap_or(facts.bytes);
        }
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.push((self.place, facts));
    }
}
