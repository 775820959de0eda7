//! Who answers whom within one thread, added up: what the replies table is made from.
//!
//! The comments table names a parent, not the parent's author; a join of it with itself would
//! have to hold every comment of a dump. While a thread is at hand its pairs cost a sort. These
//! rows are not a table of the schema: they live as long as the run.

use polars::prelude::{
    BooleanChunked, ChunkedBuilder, Column, DataFrame, Float64Chunked, IntoColumn, NewChunkedArray,
};

use super::{Larges, Texts, dated, frame, numbers, times};
use crate::comment::Kind;
use crate::error::Result;
use crate::thread::{NO_AUTHOR, Thread};

/// Growing columns: one row for each thread and ordered pair of authors.
pub(in crate::frames) struct AnswerRows {
    from_author: Texts,
    to_author: Texts,
    to_post: Vec<bool>,
    n_replies: Vec<u32>,
    first_at: Larges,
    last_at: Larges,
    confidence: Vec<f64>,
    /// Pairs and places of the thread at hand.
    scratch: Vec<(Pair, u32)>,
}

/// From, to, to the post.
type Pair = (u32, u32, bool);

impl AnswerRows {
    /// Empty columns.
    pub(in crate::frames) fn new() -> Self {
        let texts = |name: &'static str| Texts::new(name.into(), 0);
        Self {
            from_author: texts("from_author"),
            to_author: texts("to_author"),
            to_post: Vec::new(),
            n_replies: Vec::new(),
            first_at: Larges::new("first_at".into(), 0),
            last_at: Larges::new("last_at".into(), 0),
            confidence: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// Rows so far.
    pub(in crate::frames) fn len(&self) -> usize {
        self.to_post.len()
    }

    /// Adds the pairs of a thread.
    pub(in crate::frames) fn push(&mut self, thread: &Thread) {
        let (parents, authors) = (thread.parents(), thread.authors());
        let mut pairs = std::mem::take(&mut self.scratch);
        pairs.clear();
        for place in 1..=thread.len() {
            let parent = parents[place];
            let (from, to) = (authors[place], authors[parent as usize]);
            if from != NO_AUTHOR
                && to != NO_AUTHOR
                && thread.comment(place).kind != Kind::Placeholder
            {
                pairs.push(((from, to, parent == 0), place as u32));
            }
        }
        pairs.sort_unstable();
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            self.push_group(thread, group);
        }
        self.scratch = pairs;
    }

    fn push_group(&mut self, thread: &Thread, group: &[(Pair, u32)]) {
        let (from, to, to_post) = group[0].0;
        let mut span: Option<(i64, i64)> = None;
        let mut confidence = 0.0;
        for &(_, place) in group {
            confidence += f64::from(thread.link(place as usize).confidence);
            if let Some(moment) = dated(thread.comment(place as usize).created) {
                let (first, last) = span.unwrap_or((moment.millis, moment.millis));
                span = Some((first.min(moment.millis), last.max(moment.millis)));
            }
        }
        self.from_author.append_value(&thread.names()[from as usize]);
        self.to_author.append_value(&thread.names()[to as usize]);
        self.to_post.push(to_post);
        self.n_replies.push(group.len() as u32);
        self.first_at.append_option(span.map(|(first, _)| first));
        self.last_at.append_option(span.map(|(_, last)| last));
        self.confidence.push(confidence);
    }

    /// The rows as a frame.
    pub(in crate::frames) fn into_frame(self) -> Result<DataFrame> {
        let height = self.len();
        let text = |texts: Texts| -> Column { texts.finish().into_column() };
        let columns = vec![
            text(self.from_author),
            text(self.to_author),
            BooleanChunked::from_slice("to_post".into(), &self.to_post).into_column(),
            numbers(self.n_replies, "n_replies"),
            times(self.first_at),
            times(self.last_at),
            Float64Chunked::from_vec("confidence".into(), self.confidence).into_column(),
        ];
        frame("replies", height, columns)
    }
}
