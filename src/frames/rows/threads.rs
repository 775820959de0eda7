//! Rows of the threads table: one a thread, its counts and its metrics.

use polars::prelude::{
    ChunkedBuilder, Column, DataFrame, Float64Type, IntoColumn, PrimitiveChunkedBuilder,
};

use super::{Larges, Numbers, Texts, dated, finished, frame, numbers, times};
use crate::analysis::Analyzed;
use crate::comment::Kind;
use crate::error::Result;
use crate::frames::schema;
use crate::metrics::{METRICS, Unit};
use crate::thread::{NO_AUTHOR, Thread};

/// Growing columns of the threads table.
pub(in crate::frames) struct ThreadRows {
    thread_id: Texts,
    title: Texts,
    url: Texts,
    community: Texts,
    source: Texts,
    format: Texts,
    post_author: Texts,
    post_created_at: Larges,
    post_text: Texts,
    n_comments: Vec<u32>,
    n_declared: Numbers,
    n_top_level: Vec<u32>,
    n_authors: Vec<u32>,
    n_pingbacks: Vec<u32>,
    n_deleted: Vec<u32>,
    n_placeholders: Vec<u32>,
    n_uncertain: Vec<u32>,
    sibling_order_top: Texts,
    sibling_order_replies: Texts,
    first_at: Larges,
    last_at: Larges,
    /// Of the metrics that are filled, with the place of each among all.
    measures: Vec<(usize, Measures)>,
    text_bytes: usize,
}

/// The growing column of one metric.
enum Measures {
    Counts(Numbers),
    Seconds(Larges),
    Ratios(PrimitiveChunkedBuilder<Float64Type>),
}

impl Measures {
    fn of(name: &'static str, unit: Unit) -> Self {
        match unit {
            Unit::Count => Self::Counts(Numbers::new(name.into(), 0)),
            Unit::Seconds => Self::Seconds(Larges::new(name.into(), 0)),
            Unit::Ratio => Self::Ratios(PrimitiveChunkedBuilder::new(name.into(), 0)),
        }
    }

    fn push(&mut self, value: Option<f64>) {
        match self {
            Self::Counts(column) => column.append_option(value.map(|v| v as u32)),
            Self::Seconds(column) => column.append_option(value.map(|v| v as i64)),
            Self::Ratios(column) => column.append_option(value.filter(|v| v.is_finite())),
        }
    }

    fn finished(self) -> Column {
        match self {
            Self::Counts(column) => finished(column),
            Self::Seconds(column) => finished(column),
            Self::Ratios(column) => finished(column),
        }
    }
}

/// What is counted over the comments of one thread.
#[derive(Default)]
struct Counts {
    comments: u32,
    top_level: u32,
    authors: u32,
    pingbacks: u32,
    deleted: u32,
    placeholders: u32,
    uncertain: u32,
    /// Milliseconds of the earliest and the latest dated comment.
    span: Option<(i64, i64)>,
}

impl Counts {
    fn of(thread: &Thread) -> Self {
        let mut counts = Self::default();
        let mut has_written = vec![false; thread.names().len()];
        for place in 1..=thread.len() {
            let comment = thread.comment(place);
            match comment.kind {
                Kind::Placeholder => {
                    counts.placeholders += 1;
                    continue;
                }
                Kind::Pingback => counts.pingbacks += 1,
                Kind::Deleted => counts.deleted += 1,
                Kind::Comment => {}
            }
            counts.uncertain += u32::from(thread.link(place).is_uncertain());
            counts.comments += 1;
            counts.top_level += u32::from(thread.depths()[place] == 1);
            let author = thread.authors()[place];
            if author != NO_AUTHOR && !std::mem::replace(&mut has_written[author as usize], true) {
                counts.authors += 1;
            }
            if let Some(moment) = dated(comment.created) {
                let (first, last) = counts.span.unwrap_or((moment.millis, moment.millis));
                counts.span = Some((first.min(moment.millis), last.max(moment.millis)));
            }
        }
        counts
    }
}

impl ThreadRows {
    /// Empty columns; of the metrics only those that are among these.
    pub(in crate::frames) fn new(filled: &[schema::Column]) -> Self {
        let is_filled = |name| filled.iter().any(|column| column.name == name);
        let measures = METRICS.iter().enumerate().filter(|(_, metric)| is_filled(metric.name));
        let texts = |name: &'static str| Texts::new(name.into(), 0);
        let larges = |name: &'static str| Larges::new(name.into(), 0);
        Self {
            thread_id: texts("thread_id"),
            title: texts("title"),
            url: texts("url"),
            community: texts("community"),
            source: texts("source"),
            format: texts("format"),
            post_author: texts("post_author"),
            post_created_at: larges("post_created_at"),
            post_text: texts("post_text"),
            n_comments: Vec::new(),
            n_declared: Numbers::new("n_declared".into(), 0),
            n_top_level: Vec::new(),
            n_authors: Vec::new(),
            n_pingbacks: Vec::new(),
            n_deleted: Vec::new(),
            n_placeholders: Vec::new(),
            n_uncertain: Vec::new(),
            sibling_order_top: texts("sibling_order_top"),
            sibling_order_replies: texts("sibling_order_replies"),
            first_at: larges("first_at"),
            last_at: larges("last_at"),
            measures: measures.map(|(place, m)| (place, Measures::of(m.name, m.unit))).collect(),
            text_bytes: 0,
        }
    }

    /// Rows so far.
    pub(in crate::frames) fn len(&self) -> usize {
        self.n_comments.len()
    }

    /// Bytes of the posts' texts so far.
    pub(in crate::frames) fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// Adds a thread.
    pub(in crate::frames) fn push(&mut self, analyzed: &Analyzed) {
        let thread = &analyzed.thread;
        let (meta, post) = (thread.meta(), thread.post());
        let counts = Counts::of(thread);
        let (top, replies) = thread.sibling_orders();

        self.thread_id.append_value(thread.id());
        self.title.append_option(post.title.as_deref());
        self.url.append_option(post.url.as_deref());
        self.community.append_option(meta.community.as_deref());
        self.source.append_value(&meta.source);
        self.format.append_value(&meta.format);
        self.post_author.append_option(post.author.as_deref());
        self.post_created_at.append_option(dated(post.created).map(|moment| moment.millis));
        self.post_text.append_option(Some(&post.text).filter(|text| !text.is_empty()));
        self.n_comments.push(counts.comments);
        self.n_declared.append_option(meta.declared);
        self.n_top_level.push(counts.top_level);
        self.n_authors.push(counts.authors);
        self.n_pingbacks.push(counts.pingbacks);
        self.n_deleted.push(counts.deleted);
        self.n_placeholders.push(counts.placeholders);
        self.n_uncertain.push(counts.uncertain);
        self.sibling_order_top.append_value(top.word());
        self.sibling_order_replies.append_value(replies.word());
        self.first_at.append_option(counts.span.map(|(first, _)| first));
        self.last_at.append_option(counts.span.map(|(_, last)| last));
        for (place, column) in &mut self.measures {
            column.push(analyzed.measures.get(*place).copied().flatten());
        }
        self.text_bytes += post.text.len();
    }

    /// The rows as a frame; the columns that it has are in the order of the schema.
    pub(in crate::frames) fn into_frame(self) -> Result<DataFrame> {
        let height = self.len();
        let text = |texts: Texts| -> Column { texts.finish().into_column() };
        let mut columns = vec![
            text(self.thread_id),
            text(self.title),
            text(self.url),
            text(self.community),
            text(self.source),
            text(self.format),
            text(self.post_author),
            times(self.post_created_at),
            text(self.post_text),
            numbers(self.n_comments, "n_comments"),
            finished(self.n_declared),
            numbers(self.n_top_level, "n_top_level"),
            numbers(self.n_authors, "n_authors"),
            numbers(self.n_pingbacks, "n_pingbacks"),
            numbers(self.n_deleted, "n_deleted"),
            numbers(self.n_placeholders, "n_placeholders"),
            numbers(self.n_uncertain, "n_uncertain"),
            text(self.sibling_order_top),
            text(self.sibling_order_replies),
            times(self.first_at),
            times(self.last_at),
        ];
        columns.extend(self.measures.into_iter().map(|(_, column)| column.finished()));
        frame("threads", height, columns)
    }
}
