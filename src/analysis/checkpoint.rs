//! How far a run came, kept in a folder so that another run goes on from there.
//!
//! While nothing but loose comments was read, all that a run has is the records that were gathered
//! and what it reported. Records lie in files that only grow; now and then, and when the inputs
//! end, a small *state* says how long these files were and how far the inputs were read. Whoever
//! comes again cuts the files there and reads on. The state gets its name when it is whole and all
//! that it counts on is on the disk.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Oddity, Severity};
use crate::error::{Error, Result};
use crate::formats::Reached;
use crate::gather::{Budget, Gather, Mark};
use crate::topics::{Saved, Topics};

/// Where and how a run keeps how far it came.
#[derive(Debug, Clone)]
pub struct Keep {
    /// A folder for this alone. It is left as it is in the end.
    pub folder: PathBuf,
    /// Tells this run from all others: its inputs and options, the version of the program. What
    /// another run has kept is removed.
    pub owner: String,
    /// Bytes of records after which it is noted again how far the run came. Default: 64 MiB.
    pub every: u64,
}

impl Keep {
    /// In a folder, for the run that `owner` tells from all others.
    pub fn new(folder: impl Into<PathBuf>, owner: impl Into<String>) -> Self {
        Self { folder: folder.into(), owner: owner.into(), every: 64 << 20 }
    }
}

/// How far a run came.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) owner: String,
    /// Inputs that need not be read again, and those of them that could not be read: which, under
    /// what name, why.
    pub(super) inputs: usize,
    pub(super) failed: Vec<(usize, String, String)>,
    /// How far the next input was read, if it was begun.
    pub(super) within: Option<Reached>,
    /// Number of comments that were read.
    pub(super) comments: u64,
    /// Bytes of the log.
    pub(super) log: u64,
    pub(super) mark: Mark,
}

/// What happened on the way, in its order.
#[derive(Serialize, Deserialize)]
pub(super) enum Event {
    /// Topics were discovered.
    Topics(Saved),
    /// Something was odd: a [`Diagnostic`] field by field.
    Odd {
        source: String,
        line: Option<u32>,
        kind: String,
        severity: String,
        message: String,
        excerpt: Option<String>,
        /// It says that a part of an input was lost.
        is_loss: bool,
    },
}

/// What an earlier run of the same inputs and options left.
pub(super) struct Earlier {
    pub(super) state: State,
    pub(super) gather: Gather,
    pub(super) events: Vec<Event>,
}

/// The growing state of a run.
pub(super) struct Checkpoint {
    keep: Keep,
    log: BufWriter<File>,
    /// Bytes of records when the state was written last.
    marked: u64,
    pub(super) failed: Vec<(usize, String, String)>,
}

impl Checkpoint {
    /// Begins in the folder, or goes on from what an earlier run has left there.
    pub(super) fn open(keep: &Keep, budget: &Budget) -> Result<(Self, Gather, Option<Earlier>)> {
        if let Some(earlier) = earlier(keep, budget) {
            let (mut log, state) = (log_of(keep, false)?, earlier.state);
            log.seek(SeekFrom::Start(state.log)).map_err(|e| failed(&keep.folder, e))?;
            let own = Self {
                keep: keep.clone(),
                log: BufWriter::new(log),
                marked: earlier.gather.bytes(),
                failed: state.failed.clone(),
            };
            return Ok((own, Gather::default(), Some(Earlier { state, ..earlier })));
        }
        if keep.folder.exists() {
            fs::remove_dir_all(&keep.folder).map_err(|e| failed(&keep.folder, e))?;
        }
        fs::create_dir_all(&keep.folder).map_err(|e| failed(&keep.folder, e))?;
        let gather = Gather::keeping(budget.clone(), &keep.folder)?;
        let log = BufWriter::new(log_of(keep, true)?);
        let own = Self { keep: keep.clone(), log, marked: 0, failed: Vec::new() };
        Ok((own, gather, None))
    }

    /// Notes what happened.
    pub(super) fn note(&mut self, event: &Event) -> Result<()> {
        let line = serde_json::to_string(event).unwrap_or_default();
        writeln!(self.log, "{line}").map_err(|e| failed(&self.keep.folder, e))
    }

    /// So many bytes of records are enough to note how far the run came.
    pub(super) fn is_due(&self, bytes: u64) -> bool {
        bytes >= self.marked + self.keep.every
    }

    /// Notes how far the run came.
    pub(super) fn save(&mut self, gather: &mut Gather, mut state: State) -> Result<()> {
        let cannot = |e| failed(&self.keep.folder, e);
        state.mark = gather.mark()?;
        state.owner.clone_from(&self.keep.owner);
        state.failed.clone_from(&self.failed);
        state.log = self.log.stream_position().map_err(cannot)?;
        self.log.flush().and_then(|()| self.log.get_ref().sync_data()).map_err(cannot)?;
        let draft = self.keep.folder.join("state.draft");
        let bytes = serde_json::to_vec(&state).unwrap_or_default();
        let written = File::create(&draft).and_then(|mut file| {
            file.write_all(&bytes)?;
            file.sync_data()?;
            fs::rename(&draft, state_of(&self.keep))
        });
        written.map_err(cannot)?;
        self.marked = gather.bytes();
        Ok(())
    }
}

impl Event {
    pub(super) fn odd(odd: &Diagnostic, is_loss: bool) -> Self {
        Self::Odd {
            source: odd.source.clone(),
            line: odd.line,
            kind: odd.kind.word().to_owned(),
            severity: odd.severity.word().to_owned(),
            message: odd.message.clone(),
            excerpt: odd.excerpt.clone(),
            is_loss,
        }
    }

    /// The topics or the diagnostic again.
    pub(super) fn restored(self) -> Option<Restored> {
        match self {
            Self::Topics(saved) => Some(Restored::Topics(Box::new(Topics::restore(saved)))),
            Self::Odd { source, line, kind, severity, message, excerpt, is_loss } => {
                let kind = Oddity::ALL.iter().copied().find(|known| known.word() == kind)?;
                let all = [Severity::Note, Severity::Warning, Severity::Problem];
                let severity = all.into_iter().find(|known| known.word() == severity)?;
                let odd = Diagnostic { source, line, kind, severity, message, excerpt };
                Some(Restored::Odd(odd, is_loss))
            }
        }
    }
}

/// What an event told.
pub(super) enum Restored {
    Topics(Box<Topics>),
    /// Whether it says that a part of an input was lost.
    Odd(Diagnostic, bool),
}

/// What an earlier run has left, if it was of the same inputs and options and is whole.
fn earlier(keep: &Keep, budget: &Budget) -> Option<Earlier> {
    let state: State = serde_json::from_slice(&fs::read(state_of(keep)).ok()?).ok()?;
    if state.owner != keep.owner {
        return None;
    }
    let mut log = BufReader::new(log_of(keep, false).ok()?);
    let (mut events, mut read) = (Vec::new(), 0);
    let mut line = String::new();
    while read < state.log {
        line.clear();
        read += log.read_line(&mut line).ok().filter(|n| *n > 0)? as u64;
        events.push(serde_json::from_str(&line).ok()?);
    }
    let gather = Gather::reopen(budget.clone(), &keep.folder, &state.mark).ok()?;
    Some(Earlier { state, gather, events })
}

fn state_of(keep: &Keep) -> PathBuf {
    keep.folder.join("state")
}

fn log_of(keep: &Keep, is_new: bool) -> Result<File> {
    let path = keep.folder.join("log");
    let mut options = File::options();
    let opened = options.read(true).write(true).create(is_new).truncate(is_new).open(&path);
    opened.map_err(|e| failed(&path, e))
}

fn failed(path: &Path, cause: std::io::Error) -> Error {
    Error::write(path.display().to_string(), cause)
}
