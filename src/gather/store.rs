//! Bytes by partition: in memory while they fit the budget, else in one file a partition.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use super::{Budget, PARTITIONS};
use crate::error::{Error, Result};

/// A partition's buffer goes to its file when it has grown to this size.
const FLUSH: usize = 256 * 1024;

/// Growing buffers, one a partition, with a file behind each once memory is used up.
pub(super) struct Store {
    budget: Budget,
    buffers: Vec<Vec<u8>>,
    /// Anonymous files: the system removes them when they are closed, even after a kill.
    files: Vec<File>,
    in_memory: usize,
    total: u64,
}

impl Default for Store {
    fn default() -> Self {
        Self::new(Budget::default())
    }
}

impl Store {
    pub(super) fn new(budget: Budget) -> Self {
        let buffers = (0..PARTITIONS).map(|_| Vec::new()).collect();
        Self { budget, buffers, files: Vec::new(), in_memory: 0, total: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub(super) fn bytes(&self) -> u64 {
        self.total
    }

    /// Appends what `write` writes to a partition.
    pub(super) fn append(
        &mut self,
        partition: usize,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Result<()> {
        let buffer = &mut self.buffers[partition];
        let before = buffer.len();
        write(buffer);
        let added = buffer.len() - before;
        self.in_memory += added;
        self.total += added as u64;
        if !self.files.is_empty() {
            if self.buffers[partition].len() >= FLUSH {
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

    /// All bytes of a partition; its memory and its file are given up.
    pub(super) fn take(&mut self, partition: usize) -> Result<Vec<u8>> {
        let buffered = std::mem::take(&mut self.buffers[partition]);
        let Some(file) = self.files.get_mut(partition) else { return Ok(buffered) };
        let place = temp_name(&self.budget);
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.read_to_end(&mut bytes))
            .and_then(|_| file.set_len(0))
            .map_err(|e| Error::read(place, e))?;
        bytes.extend_from_slice(&buffered);
        Ok(bytes)
    }

    fn open_files(&mut self) -> Result<()> {
        for _ in 0..PARTITIONS {
            let file = match &self.budget.temp_dir {
                Some(dir) => tempfile::tempfile_in(dir),
                None => tempfile::tempfile(),
            };
            self.files.push(file.map_err(|e| Error::write(temp_name(&self.budget), e))?);
        }
        Ok(())
    }

    fn flush(&mut self, partition: usize) -> Result<()> {
        let buffer = &mut self.buffers[partition];
        self.files[partition]
            .write_all(buffer)
            .map_err(|e| Error::write(temp_name(&self.budget), e))?;
        self.in_memory -= buffer.len();
        buffer.clear();
        buffer.shrink_to(FLUSH * 2);
        Ok(())
    }
}

fn temp_name(budget: &Budget) -> String {
    match &budget.temp_dir {
        Some(dir) => format!("a temporary file in {}", dir.display()),
        None => "a temporary file (choose another folder with --temp-dir)".to_owned(),
    }
}
