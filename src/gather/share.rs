//! A share of the partitions becomes discussions, on whatever core it lands.
//!
//! First the records are put in order by thread, as they lie; then one discussion after the other
//! is made of them, so that no more than one is in memory at a time.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::record;
use super::store::Part;
use super::{Gathered, Notes};
use crate::comment::{Layout, Name, have_ascending_ids};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::Result;

/// Partitions that hold together some ten thousand records.
pub struct Share {
    sources: Arc<Vec<(String, String)>>,
    parts: Vec<Part>,
    records: u64,
}

/// Where the records of a block come from.
struct Segment<'b> {
    source: usize,
    sequence: u64,
    lines_before: u32,
    bytes: &'b [u8],
}

/// A thread: where its first record stands, and the number of its records.
struct Thread {
    first: (u64, u32),
    records: u32,
}

/// A record: its thread, its segment, and its first byte there.
type Entry = (u32, u32, u32);

impl Share {
    pub(super) fn new(sources: Arc<Vec<(String, String)>>, parts: Vec<Part>, records: u64) -> Self {
        Self { sources, parts, records }
    }

    /// Number of records.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Hands out the discussions in order of first appearance. Comments whose id came before in
    /// the same thread are dropped, the record staying whose note has the higher rank, or the later one, and counted in a diagnostic.
    pub fn each(
        self,
        rank: fn(&[u8]) -> u64,
        mut take: impl FnMut(Gathered, Option<Diagnostic>) -> Result<()>,
    ) -> Result<()> {
        let pieces: Vec<Vec<u8>> = self
            .parts
            .into_iter()
            .map(Part::into_pieces)
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        let mut segments = Vec::new();
        for piece in &pieces {
            let mut rest = &piece[..];
            while !rest.is_empty() {
                segments.push(Segment {
                    source: record::head(&mut rest)? as usize,
                    sequence: record::head(&mut rest)?,
                    lines_before: record::head(&mut rest)? as u32,
                    bytes: record::bytes(&mut rest)?,
                });
            }
        }
        let (threads, entries) = index(&segments, self.records)?;
        let mut order: Vec<u32> = (0..threads.len() as u32).collect();
        order.sort_by_key(|&thread| threads[thread as usize].first);
        let (begins, by_thread) = grouped(&threads, &entries);
        for thread in order {
            let begin = begins[thread as usize] as usize;
            let own = &by_thread[begin..begin + threads[thread as usize].records as usize];
            let mut gathered = discussion(own, &segments, &self.sources)?;
            let odd = repeats(&mut gathered, rank);
            take(gathered, odd)?;
        }
        Ok(())
    }
}

/// Finds the threads and where each record lies.
fn index(segments: &[Segment<'_>], records: u64) -> Result<(Vec<Thread>, Vec<Entry>)> {
    let mut numbers: HashMap<&[u8], u32, FixedState> = HashMap::default();
    let mut threads: Vec<Thread> = Vec::new();
    let mut entries = Vec::with_capacity(records as usize);
    for (number, segment) in segments.iter().enumerate() {
        let mut rest = segment.bytes;
        while !rest.is_empty() {
            let at = (segment.bytes.len() - rest.len()) as u32;
            let peek = record::peek(&mut rest)?;
            let thread = *numbers.entry(peek).or_insert_with(|| {
                threads.push(Thread { first: (segment.sequence, at), records: 0 });
                threads.len() as u32 - 1
            });
            threads[thread as usize].records += 1;
            entries.push((thread, number as u32, at));
        }
    }
    Ok((threads, entries))
}

/// The records by thread, each thread's in their order, and where each thread begins.
fn grouped(threads: &[Thread], entries: &[Entry]) -> (Vec<u32>, Vec<Entry>) {
    let mut next = Vec::with_capacity(threads.len());
    let mut sum = 0;
    for thread in threads {
        next.push(sum);
        sum += thread.records;
    }
    let begins = next.clone();
    let mut by_thread = vec![(0, 0, 0); entries.len()];
    for &entry in entries {
        let place = &mut next[entry.0 as usize];
        by_thread[*place as usize] = entry;
        *place += 1;
    }
    (begins, by_thread)
}

/// The discussion that some records make.
fn discussion(
    entries: &[Entry],
    segments: &[Segment<'_>],
    sources: &[(String, String)],
) -> Result<Gathered> {
    let notes = Notes::with_room(entries.len());
    let mut gathered = Gathered { notes, ..Gathered::default() };
    let Gathered { discussion, notes } = &mut gathered;
    discussion.layout = Layout::Loose;
    discussion.comments.reserve_exact(entries.len());
    for &(_, segment, at) in entries {
        let segment = &segments[segment as usize];
        let entry = record::next(&mut &segment.bytes[at as usize..])?;
        if discussion.comments.is_empty() && discussion.format.is_empty() {
            let source = segment.source.checked_sub(1).and_then(|i| sources.get(i));
            (discussion.source, discussion.format) = source.cloned().unwrap_or_default();
            let id = Name::from(String::from_utf8_lossy(entry.thread));
            discussion.post.id = Some(id).filter(|id| !id.is_empty());
        }
        if discussion.community.is_none() {
            discussion.community = entry.community().map(Name::from);
        }
        if let Some((post, declared)) = entry.post() {
            discussion.post = post;
            discussion.declared = declared;
        } else {
            discussion.comments.push(entry.comment(segment.lines_before));
            notes.push(entry.note);
        }
    }
    Ok(gathered)
}

/// Keeps the one of the highest rank, or the last, of the comments that state the same id, at the place of the first, and says how
/// many were dropped.
fn repeats(gathered: &mut Gathered, rank: fn(&[u8]) -> u64) -> Option<Diagnostic> {
    let Gathered { discussion, notes } = gathered;
    let comments = &mut discussion.comments;
    if have_ascending_ids(comments) {
        return None;
    }
    let mut doubles: Vec<(usize, usize)> = Vec::new();
    {
        let mut first: HashMap<&str, usize, FixedState> =
            HashMap::with_capacity_and_hasher(comments.len(), FixedState::default());
        for (i, comment) in comments.iter().enumerate() {
            let Some(id) = &comment.id else { continue };
            if let Some(&earlier) = first.get(id.as_str()) {
                doubles.push((earlier, i));
            } else {
                first.insert(id, i);
            }
        }
    }
    if doubles.is_empty() {
        return None;
    }
    let mut keep = vec![true; comments.len()];
    for &(earlier, i) in &doubles {
        if rank(notes.get(i)) >= rank(notes.get(earlier)) {
            comments.swap(earlier, i);
            notes.places.swap(earlier, i);
        }
        keep[i] = false;
    }
    let mut kept = keep.iter();
    comments.retain(|_| kept.next().copied().unwrap_or(true));
    let mut kept = keep.iter();
    notes.places.retain(|_| kept.next().copied().unwrap_or(true));
    let id = discussion.post.id.as_deref().unwrap_or_default();
    let message =
        format!("{} records of thread {id} came twice; the later ones were kept", doubles.len());
    Some(Diagnostic::new(&discussion.source, Oddity::DuplicateRecord, message))
}
