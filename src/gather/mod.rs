//! Loose comments of a dump, in any order, become discussions in bounded memory.
//!
//! Every comment is written at once into a compact record ([`record`]) of one of
//! [`PARTITIONS`] partitions, chosen by a hash of its thread's id. While all records fit the
//! budget they stay in memory; when they do not, every partition moves to a file of its own and
//! grows there. At the end the partitions are taken one after the other, so that only one has to
//! be in memory as discussions. The order of what comes out depends on the input alone, not on
//! the budget: by partition, then by first appearance of the thread.
//!
//! What it does not do: it finds no parents (that is linking) and keeps no thread together that
//! is larger than memory.

pub mod record;
mod store;

use std::collections::HashMap;
use std::path::PathBuf;

use crate::comment::{Comment, Discussion, Layout, Name, Post};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::Result;
use store::Store;

/// Number of partitions: few enough for one open file each, many enough that a partition of a
/// dump that is 30 times larger than memory still fits it.
pub const PARTITIONS: usize = 64;

/// How much memory gathering may use, and where it continues beyond that.
#[derive(Debug, Clone)]
pub struct Budget {
    /// Bytes of records kept in memory before they move to files. Default: 1 GiB.
    pub memory: usize,
    /// Folder for the partition files; removed when done. Default: the system's.
    pub temp_dir: Option<PathBuf>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { memory: 1 << 30, temp_dir: None }
    }
}

/// A discussion put together from loose comments, with what was noted of each comment.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The discussion; its layout is [`Layout::Loose`].
    pub discussion: Discussion,
    /// For each comment the bytes that were handed over with it.
    pub notes: Vec<Vec<u8>>,
}

/// Loose comments on their way to discussions.
#[derive(Default)]
pub struct Gather {
    /// Names and formats of the inputs; records name the current one, which is the last.
    sources: Vec<(String, String)>,
    store: Store,
}

impl Gather {
    /// Nothing gathered yet.
    #[must_use]
    pub fn new(budget: Budget) -> Self {
        Self { sources: Vec::new(), store: Store::new(budget) }
    }

    /// Says which input the following records come from, and its format. A discussion states the
    /// input of its first record.
    pub fn source(&mut self, name: impl Into<String>, format: impl Into<String>) {
        self.sources.push((name.into(), format.into()));
    }

    /// Nothing was gathered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.store.is_empty()
    }

    /// Bytes of records so far, in memory or on disk.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.store.bytes()
    }

    /// Adds a comment of the thread with this id. `note` is kept beside it, unread.
    pub fn comment(&mut self, thread: &str, comment: &Comment, note: &[u8]) -> Result<()> {
        let source = self.sources.len() as u64;
        self.store.append(partition(thread), |to| {
            record::unsigned(to, source);
            record::comment(to, thread, comment, note);
        })
    }

    /// Adds the post of a thread, whose id it states; a post without one is its own thread.
    pub fn post(&mut self, post: &Post) -> Result<()> {
        let thread = post.id.clone().unwrap_or_default();
        let source = self.sources.len() as u64;
        self.store.append(partition(&thread), |to| {
            record::unsigned(to, source);
            record::post(to, &thread, post);
        })
    }

    /// Delivers the discussions. Comments whose id came before in the same thread are dropped,
    /// the later record staying, and counted in one diagnostic a thread.
    pub fn finish(
        mut self,
        deliver: &mut dyn FnMut(Gathered) -> Result<()>,
        diagnostics: &mut dyn FnMut(Diagnostic) -> Result<()>,
    ) -> Result<()> {
        for partition in 0..PARTITIONS {
            let bytes = self.store.take(partition)?;
            let mut threads: HashMap<Name, usize> = HashMap::new();
            let mut gathered: Vec<Gathered> = Vec::new();
            let mut rest: &[u8] = &bytes;
            while let Some(source) = record::take_unsigned(&mut rest) {
                let entry = record::next(&mut rest)?;
                let at = *threads.entry(entry.thread.into()).or_insert_with(|| {
                    gathered.push(self.empty(entry.thread, source as usize));
                    gathered.len() - 1
                });
                match entry.what {
                    record::What::Post(post) => gathered[at].discussion.post = post,
                    record::What::Comment(comment, note) => {
                        gathered[at].discussion.comments.push(comment);
                        gathered[at].notes.push(note.to_vec());
                    }
                }
            }
            drop(bytes);
            for mut one in gathered {
                let dropped = drop_repeats(&mut one);
                if dropped > 0 {
                    let id = one.discussion.post.id.clone().unwrap_or_default();
                    let message = format!(
                        "{dropped} records of thread {id} came twice; the later ones were kept"
                    );
                    let source = &one.discussion.source;
                    diagnostics(Diagnostic::new(source, Oddity::DuplicateRecord, message))?;
                }
                deliver(one)?;
            }
        }
        Ok(())
    }

    fn empty(&self, thread: &str, source: usize) -> Gathered {
        let (source, format) =
            source.checked_sub(1).and_then(|i| self.sources.get(i)).cloned().unwrap_or_default();
        Gathered {
            discussion: Discussion {
                source,
                format,
                post: Post { id: Some(thread.into()), ..Post::default() },
                layout: Layout::Loose,
                ..Discussion::default()
            },
            notes: Vec::new(),
        }
    }
}

/// Keeps the last of the comments that state the same id, at the place of the first. Number of
/// comments dropped.
fn drop_repeats(gathered: &mut Gathered) -> usize {
    let comments = &mut gathered.discussion.comments;
    let mut first: HashMap<Name, usize> = HashMap::with_capacity(comments.len());
    let mut keep = vec![true; comments.len()];
    let mut dropped = 0;
    for i in 0..comments.len() {
        let Some(id) = comments[i].id.clone() else { continue };
        match first.get(&id) {
            None => {
                first.insert(id, i);
            }
            Some(&earlier) => {
                comments.swap(earlier, i);
                gathered.notes.swap(earlier, i);
                keep[i] = false;
                dropped += 1;
            }
        }
    }
    if dropped > 0 {
        let mut kept = keep.iter();
        comments.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = keep.iter();
        gathered.notes.retain(|_| kept.next().copied().unwrap_or(true));
    }
    dropped
}

/// The partition of a thread: a hash that is the same on every machine and in every version
/// (FNV-1a, 64 bits).
fn partition(thread: &str) -> usize {
    let hash = thread.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 32) as usize % PARTITIONS
}
