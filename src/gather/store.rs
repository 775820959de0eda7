//! Bytes by partition: in memory while they fit the budget, else in one file a partition.

use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::atomic::Ordering;

use super::{Budget, PARTITIONS};
use crate::error::{Error, Result};

/// Memory of a partition grows by pieces of this size, so that nothing is copied as it grows.
/// Allocators ask the system for each such piece and give it back as soon as its share is done;
/// smaller ones would stay with them. What is not filled is not used.
const PIECE: usize = 4 << 20;

/// A partition's bytes go to its file when there are so many.
const FLUSH: usize = 64 * 1024;

/// Growing bytes, with a file behind each partition once memory is used up.
pub(super) struct Store {
    budget: Budget,
    partitions: Vec<Part>,
    is_spilled: bool,
    in_memory: usize,
    total: u64,
}

/// The bytes of one partition.
#[derive(Default)]
pub(super) struct Part {
    /// Number of records.
    pub(super) records: u64,
    /// Whole segments; a segment is never split.
    pieces: Vec<Vec<u8>>,
    bytes: usize,
    /// A file that comes before the pieces. Without a name, so that the system removes it when it
    /// is closed, even after a kill; with one if it is kept for a run that goes on.
    file: Option<File>,
    /// Bytes in the file.
    written: u64,
    place: String,
}

impl Default for Store {
    fn default() -> Self {
        Self::new(Budget::default())
    }
}

impl Store {
    pub(super) fn new(budget: Budget) -> Self {
        let partitions = (0..PARTITIONS).map(|_| Part::default()).collect();
        Self { budget, partitions, is_spilled: false, in_memory: 0, total: 0 }
    }

    /// A store that writes to named files in a folder, which are begun anew.
    pub(super) fn keeping(budget: Budget, dir: &Path) -> Result<Self> {
        Self::named(budget, dir, |path, part| {
            let file =
                File::options().read(true).write(true).create(true).truncate(true).open(path);
            part.file = Some(file?);
            Ok(())
        })
    }

    /// A store that goes on in named files, each of so many bytes and records; what lies beyond
    /// them is cut off.
    pub(super) fn reopen(budget: Budget, dir: &Path, known: &[(u64, u64)]) -> Result<Self> {
        let mut known = known.iter();
        Self::named(budget, dir, |path, part| {
            let &(bytes, records) = known.next().ok_or(ErrorKind::InvalidData)?;
            let mut file = File::options().read(true).write(true).open(path)?;
            if file.metadata()?.len() < bytes {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            file.set_len(bytes)?;
            file.seek(SeekFrom::End(0))?;
            (part.file, part.written, part.records) = (Some(file), bytes, records);
            Ok(())
        })
    }

    fn named(
        budget: Budget,
        dir: &Path,
        mut open: impl FnMut(&Path, &mut Part) -> std::io::Result<()>,
    ) -> Result<Self> {
        let mut store = Self::new(budget);
        store.is_spilled = true;
        for (number, part) in store.partitions.iter_mut().enumerate() {
            let path = dir.join(format!("{number:03}.records"));
            part.place = path.display().to_string();
            open(&path, part).map_err(|e| Error::write(&part.place, e))?;
            store.total += part.written;
        }
        Ok(store)
    }

    /// Makes sure that all is in the files and on the disk; bytes and records of each.
    pub(super) fn mark(&mut self) -> Result<Vec<(u64, u64)>> {
        (0..PARTITIONS)
            .map(|partition| {
                self.flush(partition)?;
                let part = &self.partitions[partition];
                let synced = part.file.as_ref().map_or(Ok(()), File::sync_data);
                synced.map_err(|e| Error::write(&part.place, e))?;
                Ok((part.written, part.records))
            })
            .collect()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.total
    }

    /// Appends a segment, given as head and body, to a partition.
    pub(super) fn append(
        &mut self,
        partition: usize,
        head: &[u8],
        body: &[u8],
        records: u32,
    ) -> Result<()> {
        let part = &mut self.partitions[partition];
        let added = head.len() + body.len();
        if part.pieces.last().is_none_or(|piece| piece.capacity() - piece.len() < added) {
            part.pieces.push(Vec::with_capacity(PIECE.max(added)));
        }
        if let Some(piece) = part.pieces.last_mut() {
            piece.extend_from_slice(head);
            piece.extend_from_slice(body);
        }
        part.bytes += added;
        part.records += u64::from(records);
        self.in_memory += added;
        self.total += added as u64;
        if self.is_spilled {
            if self.partitions[partition].bytes >= FLUSH {
                self.flush(partition)?;
            }
        } else if self.in_memory > self.budget.memory {
            self.open_files()?;
            for partition in 0..PARTITIONS {
                self.flush(partition)?;
            }
        }
        Ok(())
    }

    /// The partitions, complete.
    pub(super) fn finish(self) -> Vec<Part> {
        self.partitions
    }

    fn open_files(&mut self) -> Result<()> {
        self.check_space()?;
        for part in &mut self.partitions {
            let file = match &self.budget.temp_dir {
                Some(dir) => tempfile::tempfile_in(dir),
                None => tempfile::tempfile(),
            };
            part.place = temp_name(&self.budget);
            part.file = Some(file.map_err(|e| Error::write(&part.place, e))?);
        }
        self.is_spilled = true;
        Ok(())
    }

    /// Refuses to begin what will not fit. What is asked for is what the rest of the inputs will
    /// take if they are like those that were read.
    fn check_space(&self) -> Result<()> {
        let dir = match &self.budget.temp_dir {
            Some(dir) => dir.clone(),
            None => tempfile::env::temp_dir(),
        };
        // Where the system does not tell, writing will.
        let Ok(free) = fs4::available_space(&dir) else { return Ok(()) };
        let needed = match &self.budget.extent {
            Some(extent) => {
                let read = extent.read.load(Ordering::Relaxed).max(1);
                let share = (extent.total.max(read) as f64) / read as f64;
                (self.total as f64 * share) as u64
            }
            None => self.total,
        };
        if free >= needed {
            return Ok(());
        }
        Err(Error::usage(format!(
            "not enough space in {}: loose comments will take about {} MiB there, {} MiB are free; \
             choose another folder with --temp-dir, or give more memory with --memory",
            dir.display(),
            needed.div_ceil(1 << 20),
            free >> 20
        )))
    }

    fn flush(&mut self, partition: usize) -> Result<()> {
        let part = &mut self.partitions[partition];
        let Some(file) = &mut part.file else { return Ok(()) };
        for piece in &part.pieces {
            file.write_all(piece).map_err(|e| Error::write(&part.place, e))?;
            part.written += piece.len() as u64;
        }
        self.in_memory -= part.bytes;
        part.bytes = 0;
        part.pieces.truncate(1);
        if let Some(piece) = part.pieces.first_mut() {
            piece.clear();
        }
        Ok(())
    }
}

impl Part {
    /// The bytes, whole segments at a time.
    pub(super) fn into_pieces(mut self) -> Result<Vec<Vec<u8>>> {
        let mut pieces = Vec::new();
        if let Some(mut file) = self.file.take() {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(0))
                .and_then(|_| file.read_to_end(&mut bytes))
                .map_err(|e| Error::read(&self.place, e))?;
            pieces.push(bytes);
        }
        pieces.append(&mut self.pieces);
        Ok(pieces)
    }
}

fn temp_name(budget: &Budget) -> String {
    match &budget.temp_dir {
        Some(dir) => format!("a temporary file in {}", dir.display()),
        None => "a temporary file (choose another folder with --temp-dir)".to_owned(),
    }
}
