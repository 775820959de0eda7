//! Rows of some threads, filled on one core: what the fact tables are put together from.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{DataFrame, PlSmallStr};

use super::bucket::Bucket;
use super::counts::Counts;
use super::rows::{AnswerRows, BYTES, CommentRows, OddityRows, ROWS, Rows, ThreadRows};
use super::schema::Column;
use super::selection::Selection;
use super::store::Part;
use super::tally::{Tally, TopicTally};
use crate::analysis::{Analyzed, Sheet};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::thread::Thread;

/// What all sheets of a run share.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// By part, the columns that are filled; a part without columns is not needed.
    pub(super) filled: BTreeMap<Part, Vec<Column>>,
    /// The topics' names, by index.
    pub(super) topics: Vec<String>,
    /// Empty, of the width that was asked for.
    counts: Counts,
}

impl Plan {
    pub(super) fn new(selection: &Selection, bucket: Option<Bucket>) -> Self {
        let filled = Part::ALL.into_iter().map(|part| (part, selection.filled(part))).collect();
        Self { filled, topics: Vec::new(), counts: Counts::new(bucket) }
    }

    /// The same with these topics.
    pub(super) fn with_topics(&self, topics: Vec<String>) -> Self {
        Self { topics, filled: self.filled.clone(), counts: self.counts.renewed() }
    }

    /// Sums over nothing.
    pub(super) fn tally(&self) -> Tally {
        let topics = vec![TopicTally::default(); self.topics.len()];
        Tally::new(topics, self.counts.renewed())
    }

    /// The columns of a part that are filled.
    pub(super) fn columns(&self, part: Part) -> &[Column] {
        self.filled.get(&part).map_or(&[], Vec::as_slice)
    }

    fn needs(&self, part: Part) -> bool {
        !self.columns(part).is_empty()
    }
}

/// Comments that are added to the rows at once.
const AT_ONCE: usize = 1024;

/// Growing rows of every part.
pub(super) struct FactSheet {
    plan: Arc<Plan>,
    comments: CommentRows,
    threads: ThreadRows,
    oddities: OddityRows,
    answers: AnswerRows,
    pub(super) tally: Tally,
    /// Full buffers, in the order in which they filled.
    pub(super) frames: Vec<(Part, DataFrame)>,
    /// Why a frame could not be built.
    pub(super) failure: Option<Error>,
    /// Places of the thread at hand in page order, and by place the number of replies.
    order: Vec<u32>,
    n_replies: Vec<u32>,
}

impl FactSheet {
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        let tally = plan.tally();
        Self {
            comments: CommentRows::new(plan.columns(Part::Comments), 0),
            threads: ThreadRows::new(plan.columns(Part::Threads)),
            oddities: OddityRows::new(),
            answers: AnswerRows::new(),
            tally,
            frames: Vec::new(),
            failure: None,
            order: Vec::new(),
            n_replies: Vec::new(),
            plan,
        }
    }

    /// Adds a thread.
    pub(super) fn add(&mut self, analyzed: &Analyzed) {
        let thread = &analyzed.thread;
        self.tally.add(analyzed);
        if self.plan.needs(Part::Comments) {
            in_page_order(thread, &mut self.order);
            count_replies(thread, &mut self.n_replies);
            let order = std::mem::take(&mut self.order);
            let mut rest = &order[..];
            while !rest.is_empty() {
                let room = self.room(analyzed, rest);
                let (places, after) = rest.split_at(room);
                rest = after;
                self.comments.extend(Rows {
                    analyzed,
                    places,
                    n_replies: &self.n_replies,
                    topics: &self.plan.topics,
                });
                self.flush_full(Part::Comments);
            }
            self.order = order;
        }
        if self.plan.needs(Part::Answers) {
            self.answers.push(thread);
            self.flush_full(Part::Answers);
        }
        if self.plan.needs(Part::Threads) {
            self.threads.push(analyzed);
            self.flush_full(Part::Threads);
        }
    }

    /// How many of these comments are added at once: as many as the buffer has room for, and as
    /// stay in a core's cache from column to column; at least one.
    fn room(&self, analyzed: &Analyzed, places: &[u32]) -> usize {
        let room = (2 * ROWS).saturating_sub(self.comments.len()).clamp(1, AT_ONCE);
        let rows = places.len().min(room);
        let mut bytes = BYTES.saturating_sub(self.comments.text_bytes());
        let texts = places[..rows].iter().position(|&place| {
            let text = analyzed.thread.comment(place as usize).text.len();
            let is_over = text > bytes;
            bytes = bytes.saturating_sub(text);
            is_over
        });
        texts.map_or(rows, |texts| texts + 1)
    }

    pub(super) fn add_diagnostic(&mut self, diagnostic: &Diagnostic) {
        self.tally.n_problems += u64::from(diagnostic.severity == Severity::Problem);
        if self.plan.needs(Part::Diagnostics) {
            self.oddities.push(diagnostic);
            self.flush_full(Part::Diagnostics);
        }
    }

    /// Turns what grows into frames.
    pub(super) fn flush_all(&mut self) {
        for part in Part::ALL {
            self.flush(part);
        }
    }

    /// A part that holds twice the rows of a row group is full, so that what is left over at the
    /// end of a share seldom makes a group of its own.
    fn flush_full(&mut self, part: Part) {
        let (rows, bytes) = match part {
            Part::Comments => (self.comments.len(), self.comments.text_bytes()),
            Part::Threads => (self.threads.len(), self.threads.text_bytes()),
            Part::Diagnostics => (self.oddities.len(), 0),
            Part::Answers => (self.answers.len(), 0),
        };
        if rows >= 2 * ROWS || bytes >= BYTES {
            self.flush(part);
        }
    }

    fn flush(&mut self, part: Part) {
        let columns = self.plan.columns(part);
        let frame = match part {
            Part::Comments => {
                std::mem::replace(&mut self.comments, CommentRows::new(columns, 0)).into_frame()
            }
            Part::Threads => {
                let full = std::mem::replace(&mut self.threads, ThreadRows::new(columns));
                full.into_frame().and_then(|frame| only(&frame, columns))
            }
            Part::Diagnostics => {
                let full = std::mem::replace(&mut self.oddities, OddityRows::new());
                full.into_frame().and_then(|frame| only(&frame, columns))
            }
            Part::Answers => std::mem::replace(&mut self.answers, AnswerRows::new()).into_frame(),
        };
        match frame {
            Ok(frame) if frame.height() == 0 => {}
            Ok(frame) => self.frames.push((part, frame)),
            Err(error) => {
                self.failure.get_or_insert(error);
            }
        }
    }
}

impl Sheet for FactSheet {
    fn expect(&mut self, comments: u64) {
        if self.comments.len() == 0 {
            let rows = comments.min(2 * ROWS as u64) as usize;
            self.comments = CommentRows::new(self.plan.columns(Part::Comments), rows);
        }
    }

    fn thread(&mut self, analyzed: Analyzed) {
        self.add(&analyzed);
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.add_diagnostic(&diagnostic);
    }

    fn close(&mut self) {
        self.flush_all();
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

/// The wanted columns of a frame.
fn only(frame: &DataFrame, columns: &[Column]) -> Result<DataFrame> {
    let names = columns.iter().map(|column| PlSmallStr::from_static(column.name));
    frame.select(names).map_err(|e| Error::table("build tables", e))
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
    let is_placeholder = |place: &u32| thread.position(*place as usize) == 0;
    order.extend((1..=thread.len() as u32).filter(is_placeholder));
}

/// By place, the number of direct replies.
fn count_replies(thread: &Thread, n_replies: &mut Vec<u32>) {
    n_replies.clear();
    n_replies.resize(thread.len() + 1, 0);
    for &parent in &thread.parents()[1..] {
        n_replies[parent as usize] += 1;
    }
}
