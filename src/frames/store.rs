//! Where full buffers go: into memory while they are few, else into Parquet files.
//!
//! One path for all sizes: frames are kept until they hold more rows than allowed, then they move
//! to files with temporary names, and every later frame is appended there as a row group.
//! Encoding and compression run beside the pipeline on a thread of their own that takes one frame
//! at a time, so that at most two frames of a table are in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use polars::prelude::DataFrame;
use tempfile::{NamedTempFile, TempPath};

use super::parquet::ParquetFile;
use super::rows::ROWS;
use super::schema::{self, Column, Kind};
use super::sheet::Plan;
use super::{Table, run, tables};
use crate::error::{Error, Result};

/// What the pipeline fills: the fact tables, and the pairs that the replies table is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Comments,
    Threads,
    Diagnostics,
    Answers,
}

impl Part {
    pub(super) const ALL: [Self; 4] =
        [Self::Comments, Self::Threads, Self::Diagnostics, Self::Answers];

    /// The table of the schema that it is.
    pub(super) const fn table(self) -> Option<Table> {
        match self {
            Self::Comments => Some(Table::Comments),
            Self::Threads => Some(Table::Threads),
            Self::Diagnostics => Some(Table::Diagnostics),
            Self::Answers => None,
        }
    }

    /// The name of its table, or of what it is.
    pub(super) const fn name(self) -> &'static str {
        match self.table() {
            Some(table) => table.name(),
            None => "answers",
        }
    }

    /// Its columns in their order.
    pub(super) fn columns(self) -> Vec<Column> {
        let Some(table) = self.table() else { return ANSWERS.to_vec() };
        schema::columns(table)
    }

    /// The metadata of its file.
    fn meta(self, run: &BTreeMap<String, String>, columns: &[Column]) -> BTreeMap<String, String> {
        self.table().map_or_else(BTreeMap::new, |table| run::with_columns(run, table, columns))
    }
}

/// Columns of the pairs; they are in no table.
const ANSWERS: &[Column] = &[
    inner("from_author", Kind::Str),
    inner("to_author", Kind::Str),
    inner("to_post", Kind::Bool),
    inner("n_replies", Kind::U32),
    inner("first_at", Kind::Datetime),
    inner("last_at", Kind::Datetime),
    inner("confidence", Kind::F64),
];

const fn inner(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, optional: true, about: "" }
}

/// Frames in memory or row groups in files.
pub(super) struct Store {
    kept: BTreeMap<Part, Vec<DataFrame>>,
    kept_rows: usize,
    /// Where files may be made, and how many rows are kept before.
    spill: Option<(PathBuf, usize)>,
    plan: Arc<Plan>,
    encoder: Option<Encoder>,
}

/// What a store holds at the end.
pub(super) enum Stored {
    Memory(BTreeMap<Part, DataFrame>),
    /// Complete files with temporary names, deleted when dropped; times in UTC or not.
    Files(BTreeMap<Part, TempPath>, bool),
}

impl Store {
    /// Keeps everything in memory, or moves to files in a folder when there are more rows than
    /// allowed.
    pub(super) fn new(spill: Option<(PathBuf, usize)>, plan: Arc<Plan>) -> Self {
        Self { kept: BTreeMap::new(), kept_rows: 0, spill, plan, encoder: None }
    }

    /// Where files may be made, and how many rows are kept before.
    pub(super) fn spill(&self) -> Option<(PathBuf, usize)> {
        self.spill.clone()
    }

    /// Takes a full buffer. `utc`: all times seen so far are UTC.
    pub(super) fn append(&mut self, part: Part, frame: DataFrame, utc: bool) -> Result<()> {
        if let Some(encoder) = &mut self.encoder {
            return encoder.send(part, frame);
        }
        self.kept_rows += frame.height();
        self.kept.entry(part).or_default().push(frame);
        match &self.spill {
            Some((dir, rows)) if self.kept_rows > *rows => {
                let mut encoder = Encoder::start(dir, utc, &self.plan)?;
                for (part, frames) in std::mem::take(&mut self.kept) {
                    frames.into_iter().try_for_each(|frame| encoder.send(part, frame))?;
                }
                self.encoder = Some(encoder);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Completes what is stored, with the metadata of the run in every file.
    pub(super) fn finish(self, meta: &BTreeMap<String, String>) -> Result<Stored> {
        if let Some(encoder) = self.encoder {
            let utc = encoder.utc;
            return Ok(Stored::Files(encoder.finish(meta)?, utc));
        }
        let mut kept = self.kept;
        let mut whole = BTreeMap::new();
        for part in Part::ALL {
            let mut frames = kept.remove(&part).unwrap_or_default().into_iter();
            let mut frame = frames.next().unwrap_or_else(|| empty(self.plan.columns(part)));
            for next in frames {
                frame
                    .vstack_mut_owned(next)
                    .map_err(|e| Error::table(format!("build table {}", part.name()), e))?;
            }
            whole.insert(part, frame);
        }
        Ok(Stored::Memory(whole))
    }
}

/// A frame without rows.
fn empty(columns: &[Column]) -> DataFrame {
    DataFrame::empty_with_schema(
        &columns
            .iter()
            .map(|c| (c.name.into(), c.kind.dtype()))
            .collect::<polars::prelude::Schema>(),
    )
}

/// A thread that encodes frames and appends them to files.
struct Encoder {
    frames: Option<SyncSender<Message>>,
    thread: Option<JoinHandle<Result<BTreeMap<Part, TempPath>>>>,
    utc: bool,
}

enum Message {
    Frame(Part, DataFrame),
    Finish(BTreeMap<String, String>),
}

impl Encoder {
    fn start(dir: &Path, utc: bool, plan: &Plan) -> Result<Self> {
        let files = open(dir, utc, plan)?;
        // A frame is handed over when the one before it is written.
        let (sender, receiver) = sync_channel(0);
        let thread = std::thread::Builder::new()
            .name("parquet".to_owned())
            .spawn(move || write(files, &receiver))
            .map_err(|e| Error::table("start writing tables", e))?;
        Ok(Self { frames: Some(sender), thread: Some(thread), utc })
    }

    fn send(&mut self, part: Part, frame: DataFrame) -> Result<()> {
        let sent =
            self.frames.as_ref().is_some_and(|s| s.send(Message::Frame(part, frame)).is_ok());
        // The thread only goes away early when it has failed.
        if sent { Ok(()) } else { self.join().map(|_| ()) }
    }

    fn finish(mut self, meta: &BTreeMap<String, String>) -> Result<BTreeMap<Part, TempPath>> {
        if let Some(sender) = self.frames.take() {
            // If the thread has failed, joining it tells why.
            let _ = sender.send(Message::Finish(meta.clone()));
        }
        self.join()
    }

    fn join(&mut self) -> Result<BTreeMap<Part, TempPath>> {
        self.frames = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(written)) => written,
            Some(Err(_)) => Err(Error::table("write tables", "the encoder panicked")),
            None => Err(Error::table("write tables", "the encoder has stopped")),
        }
    }
}

impl Drop for Encoder {
    /// Lets the thread end, which deletes its files, before anybody looks for them.
    fn drop(&mut self) {
        self.frames = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A file that grows, and its columns.
struct Growing {
    file: ParquetFile<BufWriter<File>>,
    path: TempPath,
    columns: Vec<Column>,
}

fn open(dir: &Path, utc: bool, plan: &Plan) -> Result<BTreeMap<Part, Growing>> {
    let needed = plan.filled.iter().filter(|(_, columns)| !columns.is_empty());
    needed.map(|(&part, columns)| Ok((part, begin(dir, part, columns, utc)?))).collect()
}

/// Begins a file with a temporary name. It is as readable as other new files are.
fn begin(dir: &Path, part: Part, columns: &[Column], utc: bool) -> Result<Growing> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder
        .prefix(&format!(".{}-", part.name()))
        .suffix(".parquet.part")
        .tempfile_in(dir)
        .map_err(|e| Error::write(dir.display().to_string(), e))?;
    let (file, path) = NamedTempFile::into_parts(file);
    let file = ParquetFile::create(BufWriter::new(file), part.name(), columns, utc)?;
    Ok(Growing { file, path, columns: columns.to_vec() })
}

fn write(
    mut files: BTreeMap<Part, Growing>,
    messages: &Receiver<Message>,
) -> Result<BTreeMap<Part, TempPath>> {
    while let Ok(message) = messages.recv() {
        match message {
            Message::Frame(part, frame) => {
                if let Some(growing) = files.get_mut(&part) {
                    growing.file.append(&frame)?;
                }
            }
            Message::Finish(meta) => {
                return files
                    .into_iter()
                    .map(|(part, Growing { file, path, columns })| {
                        close(file, &part.meta(&meta, &columns), part.name())?;
                        Ok((part, path))
                    })
                    .collect();
            }
        }
    }
    // Nobody asked for the end: the run has failed elsewhere, and the files go with it.
    Ok(BTreeMap::new())
}

/// Writes a file again whose times are stated as UTC although some turned out to be local.
pub(super) fn rewrite(
    written: &Path,
    part: Part,
    columns: &[Column],
    meta: &BTreeMap<String, String>,
) -> Result<TempPath> {
    let dir = written.parent().unwrap_or(Path::new("."));
    let Growing { mut file, path, .. } = begin(dir, part, columns, false)?;
    let query = tables::scan(written, columns)?;
    for offset in (0i64..).step_by(ROWS) {
        let frame = query
            .clone()
            .slice(offset, ROWS as u32)
            .collect()
            .map_err(|e| Error::table(format!("read table {}", part.name()), e))?;
        file.append(&frame)?;
        if frame.height() < ROWS {
            break;
        }
    }
    close(file, &part.meta(meta, columns), part.name())?;
    Ok(path)
}

/// Completes a file and makes sure that it is on the disk.
fn close(
    file: ParquetFile<BufWriter<File>>,
    meta: &BTreeMap<String, String>,
    name: &str,
) -> Result<()> {
    let cannot = |e| Error::write(format!("table {name}"), e);
    let file = file.finish(meta)?.into_inner().map_err(|e| cannot(e.into_error()))?;
    file.sync_all().map_err(cannot)
}
