//! Loose comments of a dump, in any order, become discussions in bounded memory.
//!
//! Every comment is written at once into a compact record ([`record`]) of one of [`PARTITIONS`]
//! partitions, chosen by a hash of its thread's id. A block of a dump is sorted into
//! [`Segments`] on whatever core reads it; [`Gather`] takes the segments in the order of the
//! input. While all records fit the budget they stay in memory; when they do not, every partition
//! moves to a file of its own and grows there. At the end neighbouring partitions form
//! [`Share`]s of a few ten thousand comments, each of which becomes discussions by itself, on any
//! core. What comes out, and in which order, depends on the input alone, not on the budget or the
//! cores: by share, then by first appearance of the thread.
//!
//! What it does not do: it finds no parents (that is linking) and keeps no thread together that
//! is larger than memory.

mod numbers;
pub mod record;
mod share;
mod store;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde::{Deserialize, Serialize};

use crate::comment::{Comment, Discussion, Loose, Post};
use crate::error::Result;
pub use numbers::{take_unsigned, unsigned};
pub use share::Share;
use store::Store;

/// Number of partitions: few enough for one open file each, many enough that a partition of a
/// dump that is a hundred times larger than memory still fits it.
pub const PARTITIONS: usize = 128;

/// Comments of a share at least, if there are so many: little enough that a few shares at a time
/// take little memory.
const SHARE: u64 = 8 * 1024;

/// How much memory gathering may use, and where it continues beyond that.
#[derive(Debug, Clone)]
pub struct Budget {
    /// Bytes of records kept in memory before they move to files. Default: 1 GiB.
    pub memory: usize,
    /// Folder for the partition files; removed when done. Default: the system's.
    pub temp_dir: Option<PathBuf>,
    /// How much of the inputs was read, to foresee how much space the files will take. Default:
    /// unknown, so that only the space for what is in memory is asked for.
    pub extent: Option<Arc<Extent>>,
}

/// How much there is to read, and how much of it was read.
#[derive(Debug, Default)]
pub struct Extent {
    /// Bytes of all inputs as they are stored.
    pub total: u64,
    /// Bytes read so far.
    pub read: AtomicU64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { memory: 1 << 30, temp_dir: None, extent: None }
    }
}

/// A discussion put together from loose comments, with what was noted of each comment.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The discussion; its layout is that of loose comments.
    pub discussion: Discussion,
    /// What was noted of each comment, in their order.
    pub notes: Notes,
}

/// The bytes that were handed over with each comment of a discussion.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Notes {
    bytes: Vec<u8>,
    places: Vec<(u32, u32)>,
}

impl Notes {
    /// The note of a comment by its index; empty beyond the last.
    #[must_use]
    pub fn get(&self, index: usize) -> &[u8] {
        match self.places.get(index) {
            Some(&(start, end)) => &self.bytes[start as usize..end as usize],
            None => &[],
        }
    }

    fn with_room(comments: usize) -> Self {
        Self { bytes: Vec::new(), places: Vec::with_capacity(comments) }
    }

    fn push(&mut self, note: &[u8]) {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(note);
        self.places.push((start, self.bytes.len() as u32));
    }
}

/// The records of one block of a dump, sorted into partitions.
#[derive(Debug)]
pub struct Segments {
    partitions: Vec<Segment>,
}

/// Records of one partition and their number.
#[derive(Debug, Default, Clone)]
struct Segment {
    bytes: Vec<u8>,
    records: u32,
}

impl Default for Segments {
    fn default() -> Self {
        Self { partitions: vec![Segment::default(); PARTITIONS] }
    }
}

impl Segments {
    /// Adds a comment; its line counts from the beginning of the block. `note` is kept beside it,
    /// unread.
    pub fn comment(&mut self, comment: &Loose<'_>, note: &[u8]) {
        let segment = &mut self.partitions[partition(comment.thread)];
        segment.records += 1;
        record::loose(&mut segment.bytes, comment, note);
    }

    /// Adds a comment that states more than a [`Loose`] one can.
    pub fn whole(&mut self, thread: &str, comment: &Comment, note: &[u8]) {
        let segment = &mut self.partitions[partition(thread)];
        segment.records += 1;
        record::comment(&mut segment.bytes, thread, comment, note);
    }

    /// Adds the post of a thread, whose id it states.
    pub fn post(&mut self, post: &Post, declared: Option<u32>, community: Option<&str>) {
        let thread = post.id.as_deref().unwrap_or_default();
        let segment = &mut self.partitions[partition(thread)];
        segment.records += 1;
        record::post(&mut segment.bytes, post, declared, community);
    }

    /// Forgets the records and keeps the memory for the next block.
    pub fn clear(&mut self) {
        for segment in &mut self.partitions {
            segment.bytes.clear();
            segment.records = 0;
        }
    }
}

/// How far the named files of gathering had come at some time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// By partition, bytes and records.
    parts: Vec<(u64, u64)>,
    sources: Vec<(String, String)>,
    sequence: u64,
}

/// Loose comments on their way to discussions.
#[derive(Default)]
pub struct Gather {
    /// Names and formats of the inputs; records name the current one, which is the last.
    sources: Vec<(String, String)>,
    store: Store,
    /// Number of segments so far.
    sequence: u64,
    single: Vec<u8>,
    head: Vec<u8>,
}

impl Gather {
    /// Nothing gathered yet.
    #[must_use]
    pub fn new(budget: Budget) -> Self {
        Self { store: Store::new(budget), ..Self::default() }
    }

    /// Nothing gathered yet, with all records in named files in a folder, for a run that goes on
    /// where this one ends.
    pub fn keeping(budget: Budget, dir: &Path) -> Result<Self> {
        Ok(Self { store: Store::keeping(budget, dir)?, ..Self::default() })
    }

    /// What was gathered when the mark was set; later records are forgotten.
    pub fn reopen(budget: Budget, dir: &Path, mark: &Mark) -> Result<Self> {
        let store = Store::reopen(budget, dir, &mark.parts)?;
        let (sources, sequence) = (mark.sources.clone(), mark.sequence);
        Ok(Self { sources, store, sequence, ..Self::default() })
    }

    /// Makes sure that everything so far is on the disk; what [`Gather::reopen`] needs.
    pub fn mark(&mut self) -> Result<Mark> {
        let parts = self.store.mark()?;
        Ok(Mark { parts, sources: self.sources.clone(), sequence: self.sequence })
    }

    /// Says which input the following records come from, and its format. A discussion states the
    /// input of its first record.
    pub fn source(&mut self, name: impl Into<String>, format: impl Into<String>) {
        self.sources.push((name.into(), format.into()));
    }

    /// Nothing was gathered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.store.bytes() == 0
    }

    /// Bytes of records so far, in memory or on disk.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.store.bytes()
    }

    /// Takes the records of a block, before which so many lines of its input came.
    pub fn segments(&mut self, segments: &Segments, lines_before: u32) -> Result<()> {
        self.sequence += 1;
        for (partition, segment) in segments.partitions.iter().enumerate() {
            if segment.records > 0 {
                self.append(partition, lines_before, segment.records, &segment.bytes)?;
            }
        }
        Ok(())
    }

    /// Adds a comment of the thread with this id. `note` is kept beside it, unread.
    pub fn comment(&mut self, thread: &str, comment: &Comment, note: &[u8]) -> Result<()> {
        let mut single = std::mem::take(&mut self.single);
        single.clear();
        record::comment(&mut single, thread, comment, note);
        self.sequence += 1;
        let result = self.append(partition(thread), 0, 1, &single);
        self.single = single;
        result
    }

    /// Adds the post of a thread, whose id it states; a post without one is its own thread.
    pub fn post(&mut self, post: &Post) -> Result<()> {
        let thread = post.id.as_deref().unwrap_or_default();
        let mut single = std::mem::take(&mut self.single);
        single.clear();
        record::post(&mut single, post, None, None);
        self.sequence += 1;
        let result = self.append(partition(thread), 0, 1, &single);
        self.single = single;
        result
    }

    /// The shares, each of which becomes discussions by itself; in the order of their delivery.
    #[must_use]
    pub fn finish(self) -> Vec<Share> {
        let sources = Arc::new(self.sources);
        let mut shares = Vec::new();
        let mut parts = Vec::new();
        let mut records = 0;
        for part in self.store.finish() {
            records += part.records;
            parts.push(part);
            if records >= SHARE {
                let parts = std::mem::take(&mut parts);
                shares.push(Share::new(Arc::clone(&sources), parts, std::mem::take(&mut records)));
            }
        }
        if records > 0 {
            shares.push(Share::new(sources, parts, records));
        }
        shares
    }

    /// Appends a segment to a partition, behind a head that says where it comes from.
    fn append(
        &mut self,
        partition: usize,
        lines_before: u32,
        records: u32,
        bytes: &[u8],
    ) -> Result<()> {
        self.head.clear();
        numbers::unsigned(&mut self.head, self.sources.len() as u64);
        numbers::unsigned(&mut self.head, self.sequence);
        numbers::unsigned(&mut self.head, u64::from(lines_before));
        numbers::unsigned(&mut self.head, bytes.len() as u64);
        self.store.append(partition, &self.head, bytes, records)
    }
}

/// The partition of a thread: a hash that is the same on every machine and in every version
/// (FNV-1a, 64 bits), mixed: ids of threads differ in their last characters, which FNV alone does
/// not carry as far as the bits that choose.
fn partition(thread: &str) -> usize {
    let hash = thread.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    ((hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % PARTITIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_hardly_differ_spread_over_all_partitions() {
        let ids: [fn(u32) -> String; 3] =
            [|i| format!("9ka{i:x}"), |i| format!("{i:09}"), |i| format!("thread-{i}")];
        for id in ids {
            let mut threads = [0; PARTITIONS];
            (0..100 * PARTITIONS as u32).for_each(|i| threads[partition(&id(i))] += 1);
            let (least, most) = (threads.iter().min(), threads.iter().max());
            assert!(least > Some(&50) && most < Some(&180), "{} {threads:?}", id(0));
        }
    }
}
