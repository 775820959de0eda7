//! Rows of the comments table: one a comment, in page order within its thread, placeholders at
//! the end.

use polars::prelude::{
    ChunkedBuilder, Column, DataFrame, Float32Chunked, IntoColumn, ListBuilderTrait,
    ListStringChunkedBuilder,
};

use super::{Larges, Numbers, Texts, dated, finished, frame, numbers, times};
use crate::analysis::Analyzed;
use crate::comment::Kind;
use crate::error::Result;
use crate::metrics::delay::reply_delay_s;

/// Growing columns of the comments table.
pub(in crate::frames) struct CommentRows {
    thread_id: Texts,
    comment_id: Texts,
    position: Vec<u32>,
    parent_id: Texts,
    parent_position: Numbers,
    depth: Vec<u32>,
    n_replies: Vec<u32>,
    n_descendants: Vec<u32>,
    author: Texts,
    reply_to: Texts,
    created_at: Larges,
    created_precision: Texts,
    reply_delay_s: Larges,
    evidence: Texts,
    confidence: Vec<f32>,
    runner_up_position: Numbers,
    kind: Texts,
    score: Larges,
    language: Texts,
    n_words: Vec<u32>,
    n_chars: Vec<u32>,
    topics: ListStringChunkedBuilder,
    text: Texts,
    source: Texts,
    line: Numbers,
    text_bytes: usize,
}

impl CommentRows {
    /// Empty columns with room for so many rows.
    pub(in crate::frames) fn with_capacity(rows: usize) -> Self {
        let texts = |name: &'static str| Texts::new(name.into(), rows);
        Self {
            thread_id: texts("thread_id"),
            comment_id: texts("comment_id"),
            position: Vec::with_capacity(rows),
            parent_id: texts("parent_id"),
            parent_position: Numbers::new("parent_position".into(), rows),
            depth: Vec::with_capacity(rows),
            n_replies: Vec::with_capacity(rows),
            n_descendants: Vec::with_capacity(rows),
            author: texts("author"),
            reply_to: texts("reply_to"),
            created_at: Larges::new("created_at".into(), rows),
            created_precision: texts("created_precision"),
            reply_delay_s: Larges::new("reply_delay_s".into(), rows),
            evidence: texts("evidence"),
            confidence: Vec::with_capacity(rows),
            runner_up_position: Numbers::new("runner_up_position".into(), rows),
            kind: texts("kind"),
            score: Larges::new("score".into(), rows),
            language: texts("language"),
            n_words: Vec::with_capacity(rows),
            n_chars: Vec::with_capacity(rows),
            topics: ListStringChunkedBuilder::new("topics".into(), rows, rows / 4),
            text: texts("text"),
            source: texts("source"),
            line: Numbers::new("line".into(), rows),
            text_bytes: 0,
        }
    }

    /// Rows so far.
    pub(in crate::frames) fn len(&self) -> usize {
        self.position.len()
    }

    /// Bytes of text so far.
    pub(in crate::frames) fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// Adds the comment at a place of a thread. `n_replies` is by place, as
    /// [`crate::thread::Thread::parents`] is; `topics` are the names that hits index.
    pub(in crate::frames) fn push(
        &mut self,
        analyzed: &Analyzed,
        place: usize,
        n_replies: u32,
        topics: &[String],
    ) {
        let thread = &analyzed.thread;
        let (comment, link) = (thread.comment(place), thread.link(place));
        let facts = &analyzed.texts[place - 1];
        let parent = thread.parents()[place] as usize;
        let created = dated(comment.created);

        self.thread_id.append_value(thread.id());
        // Every comment of a thread has an id; linking has seen to it.
        self.comment_id.append_value(comment.id.as_deref().unwrap_or_default());
        self.position.push(thread.position(place));
        if parent == 0 {
            self.parent_id.append_null();
            self.parent_position.append_null();
        } else {
            self.parent_id.append_option(thread.comment(parent).id.as_deref());
            match thread.position(parent) {
                0 => self.parent_position.append_null(),
                position => self.parent_position.append_value(position),
            }
        }
        self.depth.push(thread.depths()[place]);
        self.n_replies.push(n_replies);
        self.n_descendants.push(thread.sizes()[place] - 1);
        self.author.append_option(comment.author.as_deref());
        self.reply_to.append_option(comment.reply_to.name.as_deref());
        self.created_at.append_option(created.map(|moment| moment.millis));
        self.created_precision.append_option(created.map(|moment| moment.precision.word()));
        self.reply_delay_s.append_option(reply_delay_s(thread, place));
        self.evidence.append_value(link.evidence.word());
        self.confidence.push(link.confidence);
        self.runner_up_position.append_option(link.runner_up);
        self.kind.append_value(comment.kind.word());
        self.score.append_option(comment.score);
        self.language.append_option(facts.language);
        self.n_words.push(facts.n_words);
        self.n_chars.push(facts.n_chars);
        self.topics.append_values_iter(
            facts
                .topics
                .iter()
                .filter_map(|hit| topics.get(hit.topic as usize))
                .map(String::as_str),
        );
        self.text.append_value(&comment.text);
        let index = (thread.position(place) as usize).saturating_sub(1);
        self.source.append_value(thread.meta().source_of(index));
        self.line.append_option(comment.line.filter(|_| comment.kind != Kind::Placeholder));
        self.text_bytes += comment.text.len();
    }

    /// The rows as a frame; the columns are in the order of the schema.
    pub(in crate::frames) fn into_frame(mut self) -> Result<DataFrame> {
        let height = self.len();
        let text = |texts: Texts| -> Column { texts.finish().into_column() };
        let columns = vec![
            text(self.thread_id),
            text(self.comment_id),
            numbers(self.position, "position"),
            text(self.parent_id),
            finished(self.parent_position),
            numbers(self.depth, "depth"),
            numbers(self.n_replies, "n_replies"),
            numbers(self.n_descendants, "n_descendants"),
            text(self.author),
            text(self.reply_to),
            times(self.created_at),
            text(self.created_precision),
            finished(self.reply_delay_s),
            text(self.evidence),
            Float32Chunked::from_vec("confidence".into(), self.confidence).into_column(),
            finished(self.runner_up_position),
            text(self.kind),
            finished(self.score),
            text(self.language),
            numbers(self.n_words, "n_words"),
            numbers(self.n_chars, "n_chars"),
            self.topics.finish().into_column(),
            text(self.text),
            text(self.source),
            finished(self.line),
        ];
        frame("comments", height, columns)
    }
}
