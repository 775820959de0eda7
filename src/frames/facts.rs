//! Filling the fact tables: what the pipeline delivers to.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use polars::prelude::DataFrame;

use super::bucket::Bucket;
use super::journal::Journal;
use super::rows::ROWS;
use super::run::Run;
use super::selection::Selection;
use super::sheet::{FactSheet, Plan};
use super::spanning;
use super::store::{Part, Store};
use super::tables::Tables;
use super::tally::Tally;
use crate::analysis::{Analyzed, Facts, Sheet};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::topics::Topic;

/// The tables of a run while they grow.
///
/// Small runs stay in memory; [`FactTables::spilling`] moves to Parquet files with temporary
/// names when there are more rows than allowed, so that memory does not grow with the input.
pub struct FactTables {
    selection: Selection,
    plan: Arc<Plan>,
    /// What comes one by one.
    open: FactSheet,
    topics: Vec<Topic>,
    tally: Tally,
    /// Frames that are too small for a row group, and their rows.
    small: BTreeMap<Part, (DataFrame, usize)>,
    store: Store,
    /// Where finished shares are kept, if they are.
    journal: Option<Journal>,
}

impl FactTables {
    /// Tables in memory, whatever their size.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::with(None, Selection::default(), None)
    }

    /// Tables in memory up to so many rows, then in files in a folder, which must exist and be
    /// where the tables are wanted in the end, or beside it. 0 = files from the start.
    #[must_use]
    pub fn spilling(dir: impl Into<PathBuf>, rows_in_memory: usize) -> Self {
        Self::with(Some((dir.into(), rows_in_memory)), Selection::default(), None)
    }

    /// Only these tables and columns, with buckets of time of this width, if it is known already.
    /// To be said before anything is delivered.
    #[must_use]
    pub fn only(self, selection: Selection, bucket: Option<Bucket>) -> Self {
        Self::with(self.store.spill(), selection, bucket)
    }

    /// Keeps finished shares in a folder of their own, and begins with those that an interrupted
    /// run has left there. `owner` tells this run from all others: its inputs and options.
    pub fn resumable(self, dir: impl Into<PathBuf>, owner: &str) -> Result<Self> {
        let journal = Some(Journal::open(dir.into(), owner)?);
        Ok(Self { journal, ..self })
    }

    /// What another run, of other inputs or options, had left in the folder was removed.
    #[must_use]
    pub fn has_replaced(&self) -> bool {
        self.journal.as_ref().is_some_and(|journal| journal.has_replaced)
    }

    fn with(spill: Option<(PathBuf, usize)>, selection: Selection, bucket: Option<Bucket>) -> Self {
        let plan = Arc::new(Plan::new(&selection, bucket));
        Self {
            tally: plan.tally(),
            open: FactSheet::new(Arc::clone(&plan)),
            store: Store::new(spill, Arc::clone(&plan)),
            selection,
            plan,
            topics: Vec::new(),
            small: BTreeMap::new(),
            journal: None,
        }
    }

    /// Completes the tables.
    pub fn finish(mut self, run: &Run) -> Result<Tables> {
        self.close_open()?;
        for (part, (frame, _)) in std::mem::take(&mut self.small) {
            self.store.append(part, one_group(frame), self.utc())?;
        }
        let bucket = run.bucket.or_else(|| self.tally.bucket());
        let meta = run.meta(&self.tally, bucket);
        let stored = self.store.finish(&meta)?;
        let span = bucket.and_then(|bucket| {
            self.tally.counted_span(bucket).map(|(first, last)| (bucket, first, last))
        });
        let topics = self.topics.into_iter().zip(self.tally.topics.iter().cloned()).collect();
        let local = self.tally.has_local;
        Tables::complete(stored, meta, local, &self.selection, |comments, answers| {
            spanning::Facts {
                comments,
                answers,
                n_comments: self.tally.n_comments,
                topics,
                counts: bucket.and_then(|bucket| self.tally.counts.by(bucket)),
                buckets: span,
            }
        })
    }

    /// Every time so far is UTC, or there was none.
    fn utc(&self) -> bool {
        !self.tally.has_local
    }

    /// Takes what came one by one.
    fn close_open(&mut self) -> Result<()> {
        let mut open = std::mem::replace(&mut self.open, FactSheet::new(Arc::clone(&self.plan)));
        open.flush_all();
        self.take(open)
    }

    fn take(&mut self, sheet: FactSheet) -> Result<()> {
        if let Some(error) = sheet.failure {
            return Err(error);
        }
        self.tally.merge(&sheet.tally);
        sheet.frames.into_iter().try_for_each(|(part, frame)| self.keep(part, frame))
    }

    /// Puts small frames together to one row group.
    fn keep(&mut self, part: Part, frame: DataFrame) -> Result<()> {
        let whole = match self.small.remove(&part) {
            None => frame,
            Some((mut before, _)) => {
                before.vstack_mut_owned(frame).map_err(|e| Error::table("build tables", e))?;
                before
            }
        };
        let rows = whole.height();
        if rows < ROWS {
            // What lies about in small pieces keeps memory around it from being given back.
            let is_scattered = whole.first_col_n_chunks() >= MOST_PIECES;
            let whole = if is_scattered { one_group(whole) } else { whole };
            self.small.insert(part, (whole, rows));
            return Ok(());
        }
        self.store.append(part, one_group(whole), self.utc())
    }
}

/// Pieces of a frame that are put together before it is a row group.
const MOST_PIECES: usize = 4;

/// Every chunk of a frame becomes a row group, and of each the file keeps some kilobytes until its
/// end: one chunk, then.
fn one_group(mut frame: DataFrame) -> DataFrame {
    frame.rechunk_mut();
    frame
}

impl Facts for FactTables {
    fn topics(&mut self, topics: &[Topic]) -> Result<()> {
        self.close_open()?;
        self.topics = topics.to_vec();
        let names = topics.iter().map(|topic| topic.name.clone()).collect();
        self.plan = Arc::new(self.plan.with_topics(names));
        self.open = FactSheet::new(Arc::clone(&self.plan));
        Ok(())
    }

    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        self.open.add(&analyzed);
        if self.open.frames.is_empty() { Ok(()) } else { self.take_full() }
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()> {
        self.open.add_diagnostic(&diagnostic);
        if self.open.frames.is_empty() { Ok(()) } else { self.take_full() }
    }

    fn sheets(&mut self) -> Box<dyn Fn() -> Box<dyn Sheet> + Send + Sync> {
        let plan = Arc::clone(&self.plan);
        Box::new(move || Box::new(FactSheet::new(Arc::clone(&plan))))
    }

    fn append(&mut self, sheet: Box<dyn Sheet>) -> Result<()> {
        self.close_open()?;
        let Ok(sheet) = sheet.into_any().downcast::<FactSheet>() else { return Ok(()) };
        if let Some(journal) = &mut self.journal
            && sheet.failure.is_none()
        {
            journal.keep(&sheet, &self.plan)?;
        }
        self.take(*sheet)
    }

    fn shares(&mut self, count: usize) -> Result<usize> {
        self.close_open()?;
        let Some(journal) = &mut self.journal else { return Ok(0) };
        let finished = journal.finished(count, &self.plan);
        let n = finished.len();
        for share in finished {
            self.tally.merge(&share.tally);
            share.frames.into_iter().try_for_each(|(part, frame)| self.keep(part, frame))?;
        }
        Ok(n)
    }
}

impl FactTables {
    /// Takes the full buffers of what comes one by one.
    fn take_full(&mut self) -> Result<()> {
        if let Some(error) = self.open.failure.take() {
            return Err(error);
        }
        let full = std::mem::take(&mut self.open.frames);
        full.into_iter().try_for_each(|(part, frame)| self.keep(part, frame))
    }
}
