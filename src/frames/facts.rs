//! Filling the fact tables: what the pipeline delivers to.

use std::path::PathBuf;

use super::rows::{AnswerRows, BYTES, CommentRows, OddityRows, ROWS, ThreadRows};
use super::run::Run;
use super::spanning;
use super::store::{Part, Store};
use super::tables::Tables;
use super::tally::{Tally, TopicTally};
use crate::analysis::{Analyzed, Facts};
use crate::comment::Kind;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::thread::Thread;
use crate::topics::Topic;

/// The tables of a run while they grow.
///
/// Small runs stay in memory; [`FactTables::spilling`] moves to Parquet files with temporary
/// names when there are more rows than allowed, so that memory does not grow with the input.
pub struct FactTables {
    comments: CommentRows,
    threads: ThreadRows,
    oddities: OddityRows,
    answers: AnswerRows,
    topics: Vec<Topic>,
    /// The topics' names, by index.
    names: Vec<String>,
    tally: Tally,
    store: Store,
    /// Places of the thread at hand in page order, and by place the number of replies.
    order: Vec<u32>,
    n_replies: Vec<u32>,
}

impl FactTables {
    /// Tables in memory, whatever their size.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::with(Store::new(None))
    }

    /// Tables in memory up to so many rows, then in files in a folder, which must exist and be
    /// where the tables are wanted in the end, or beside it. 0 = files from the start.
    #[must_use]
    pub fn spilling(dir: impl Into<PathBuf>, rows_in_memory: usize) -> Self {
        Self::with(Store::new(Some((dir.into(), rows_in_memory))))
    }

    fn with(store: Store) -> Self {
        Self {
            comments: CommentRows::with_capacity(0),
            threads: ThreadRows::new(),
            oddities: OddityRows::new(),
            answers: AnswerRows::new(),
            topics: Vec::new(),
            names: Vec::new(),
            tally: Tally::default(),
            store,
            order: Vec::new(),
            n_replies: Vec::new(),
        }
    }

    /// Completes the tables.
    pub fn finish(mut self, run: &Run) -> Result<Tables> {
        self.flush_comments(0)?;
        self.flush(Part::Threads)?;
        self.flush(Part::Diagnostics)?;
        self.flush(Part::Answers)?;
        let bucket = run.bucket.or_else(|| self.tally.bucket());
        let meta = run.meta(&self.tally, bucket);
        let stored = self.store.finish(&meta)?;
        let span = bucket.and_then(|bucket| {
            self.tally.counted_span(bucket).map(|(first, last)| (bucket, first, last))
        });
        let topics = self.topics.into_iter().zip(self.tally.topics.iter().cloned()).collect();
        Tables::complete(stored, meta, self.tally.has_local, |comments, answers| spanning::Facts {
            comments,
            answers,
            n_comments: self.tally.n_comments,
            topics,
            buckets: span,
        })
    }

    /// Every time so far is UTC, or there was none.
    fn utc(&self) -> bool {
        !self.tally.has_local
    }

    fn flush_comments(&mut self, capacity: usize) -> Result<()> {
        let full = std::mem::replace(&mut self.comments, CommentRows::with_capacity(capacity));
        self.store.append(Part::Comments, full.into_frame()?, self.utc())
    }

    fn flush(&mut self, part: Part) -> Result<()> {
        let utc = self.utc();
        let frame = match part {
            Part::Comments => return self.flush_comments(ROWS),
            Part::Threads => {
                std::mem::replace(&mut self.threads, ThreadRows::new()).into_frame()?
            }
            Part::Diagnostics => {
                std::mem::replace(&mut self.oddities, OddityRows::new()).into_frame()?
            }
            Part::Answers => {
                std::mem::replace(&mut self.answers, AnswerRows::new()).into_frame()?
            }
        };
        self.store.append(part, frame, utc)
    }
}

impl Facts for FactTables {
    fn topics(&mut self, topics: &[Topic]) -> Result<()> {
        self.topics = topics.to_vec();
        self.names = topics.iter().map(|topic| topic.name.clone()).collect();
        self.tally.topics = vec![TopicTally::default(); topics.len()];
        Ok(())
    }

    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        let thread = &analyzed.thread;
        self.tally.add(&analyzed);
        in_page_order(thread, &mut self.order);
        count_replies(thread, &mut self.n_replies);
        let order = std::mem::take(&mut self.order);
        for &place in &order {
            let n_replies = self.n_replies[place as usize];
            self.comments.push(&analyzed, place as usize, n_replies, &self.names);
            if self.comments.len() >= ROWS || self.comments.text_bytes() >= BYTES {
                self.flush(Part::Comments)?;
            }
        }
        self.order = order;
        self.answers.push(thread);
        self.threads.push(&analyzed);
        if self.answers.len() >= ROWS {
            self.flush(Part::Answers)?;
        }
        if self.threads.len() >= ROWS || self.threads.text_bytes() >= BYTES {
            self.flush(Part::Threads)?;
        }
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()> {
        self.oddities.push(&diagnostic);
        if self.oddities.len() >= ROWS { self.flush(Part::Diagnostics) } else { Ok(()) }
    }
}

/// The places of a thread by position, placeholders after all others.
fn in_page_order(thread: &Thread, order: &mut Vec<u32>) {
    order.clear();
    order.resize(thread.len(), 0);
    for place in 1..=thread.len() {
        // Positions are unique and at most the number of comments; a placeholder has none.
        if let Some(position) = (thread.position(place) as usize).checked_sub(1) {
            order[position] = place as u32;
        }
    }
    order.retain(|&place| place > 0);
    order.extend(
        (1..=thread.len() as u32)
            .filter(|&place| thread.comment(place as usize).kind == Kind::Placeholder),
    );
}

/// By place, the number of direct replies.
fn count_replies(thread: &Thread, n_replies: &mut Vec<u32>) {
    n_replies.clear();
    n_replies.resize(thread.len() + 1, 0);
    for &parent in &thread.parents()[1..] {
        n_replies[parent as usize] += 1;
    }
}
