//! Rows of the comments table: one a comment, in page order within its thread, placeholders at
//! the end.
//!
//! A thread is added column by column, and only those columns that are needed.

use polars::prelude::{
    ChunkedBuilder, Column, DataFrame, DataType, Float32Chunked, IntoColumn, ListBuilderTrait,
    ListPrimitiveChunkedBuilder, ListStringChunkedBuilder, StringChunked, UInt32Type,
};
use polars_arrow::array::MutablePlString;

use super::{Larges, Numbers, Texts, dated, finished, frame, numbers, times};
use crate::analysis::{Analyzed, TextFacts};
use crate::comment::{Comment, Kind, Stated};
use crate::error::Result;
use crate::frames::schema;
use crate::metrics::delay::reply_delay_s;
use crate::thread::{Evidence, Link};

/// Growing columns of the comments table.
pub(in crate::frames) struct CommentRows {
    columns: Vec<Growing>,
    len: usize,
    text_bytes: usize,
}

/// A growing column.
enum Growing {
    /// Ids of threads: one for many rows.
    Repeated(&'static str, MutablePlString),
    Text(&'static str, Texts),
    Number(&'static str, Vec<u32>),
    Optional(&'static str, Numbers),
    Large(&'static str, Larges),
    Time(Larges),
    Share(Vec<f32>),
    Topics(ListStringChunkedBuilder),
    Mentions(ListPrimitiveChunkedBuilder<UInt32Type>),
}

/// Some rows of one thread: the places of their comments, in the order of the rows.
#[derive(Clone, Copy)]
pub(in crate::frames) struct Rows<'a> {
    pub(in crate::frames) analyzed: &'a Analyzed,
    pub(in crate::frames) places: &'a [u32],
    /// By place, the number of direct replies.
    pub(in crate::frames) n_replies: &'a [u32],
    /// Names of the topics.
    pub(in crate::frames) topics: &'a [String],
}

impl CommentRows {
    /// Empty columns with room for so many rows.
    pub(in crate::frames) fn new(columns: &[schema::Column], rows: usize) -> Self {
        let columns = columns.iter().map(|column| Growing::new(column, rows)).collect();
        Self { columns, len: 0, text_bytes: 0 }
    }

    /// Rows so far.
    pub(in crate::frames) fn len(&self) -> usize {
        self.len
    }

    /// Bytes of text so far.
    pub(in crate::frames) fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// Adds some comments of a thread.
    pub(in crate::frames) fn extend(&mut self, rows: Rows<'_>) {
        for column in &mut self.columns {
            self.text_bytes += column.extend(rows);
        }
        self.len += rows.places.len();
    }

    /// The rows as a frame; the columns are in the order of the schema.
    pub(in crate::frames) fn into_frame(self) -> Result<DataFrame> {
        let columns = self.columns.into_iter().map(Growing::finished).collect();
        frame("comments", self.len, columns)
    }
}

impl Growing {
    fn new(column: &schema::Column, rows: usize) -> Self {
        let name = column.name;
        match (name, column.kind) {
            ("thread_id", _) => Self::Repeated(name, MutablePlString::with_capacity(rows)),
            ("topics", _) => Self::Topics(ListStringChunkedBuilder::new(name.into(), rows, 0)),
            ("topic_mentions", _) => Self::Mentions(ListPrimitiveChunkedBuilder::new(
                name.into(),
                rows,
                0,
                DataType::UInt32,
            )),
            (_, schema::Kind::U32) if column.optional => {
                Self::Optional(name, Numbers::new(name.into(), rows))
            }
            (_, schema::Kind::U32) => Self::Number(name, Vec::with_capacity(rows)),
            (_, schema::Kind::I64) => Self::Large(name, Larges::new(name.into(), rows)),
            (_, schema::Kind::Datetime) => Self::Time(Larges::new(name.into(), rows)),
            (_, schema::Kind::F32) => Self::Share(Vec::with_capacity(rows)),
            _ => Self::Text(name, Texts::new(name.into(), rows)),
        }
    }

    /// Adds the values of some comments. Number of bytes where they are whole texts.
    fn extend(&mut self, rows: Rows<'_>) -> usize {
        let thread = &rows.analyzed.thread;
        let places = rows.places.iter().map(|&place| place as usize);
        match self {
            Self::Repeated(_, column) => column.extend_constant(places.len(), Some(thread.id())),
            Self::Text(name, column) => return text(name, column, rows),
            Self::Number(name, column) => match *name {
                "position" => column.extend(places.map(|p| thread.position(p))),
                "depth" => column.extend(places.map(|p| thread.depths()[p])),
                "n_replies" => column.extend(places.map(|p| rows.n_replies[p])),
                "n_descendants" => column.extend(places.map(|p| thread.sizes()[p] - 1)),
                "n_words" => column.extend(places.map(|p| rows.facts(p).n_words)),
                _ => column.extend(places.map(|p| rows.facts(p).n_chars)),
            },
            Self::Optional(name, column) => match *name {
                "parent_position" => places.for_each(|p| {
                    let parent = rows.parent(p);
                    let position = parent.map(|parent| thread.position(parent));
                    column.append_option(position.filter(|position| *position > 0));
                }),
                "runner_up_position" => {
                    places.for_each(|p| column.append_option(rows.link(p).runner_up));
                }
                _ => places.for_each(|p| {
                    let comment = rows.comment(p);
                    let line = comment.line.filter(|_| comment.kind != Kind::Placeholder);
                    column.append_option(line);
                }),
            },
            Self::Large(name, column) => match *name {
                "score" => places.for_each(|p| column.append_option(rows.comment(p).score)),
                _ => places.for_each(|p| column.append_option(reply_delay_s(thread, p))),
            },
            Self::Time(column) => places.for_each(|p| {
                column.append_option(dated(rows.comment(p).created).map(|moment| moment.millis));
            }),
            Self::Share(column) => column.extend(places.map(|p| rows.link(p).confidence)),
            Self::Topics(column) => places.for_each(|p| {
                let names = rows.facts(p).topics.iter().filter_map(|hit| rows.topic(hit.topic));
                column.append_values_iter(names);
            }),
            Self::Mentions(column) => places.for_each(|p| {
                let hits = rows.facts(p).topics.iter();
                let known = hits.filter(|hit| rows.topic(hit.topic).is_some());
                column.append_values_iter(known.map(|hit| hit.mentions));
            }),
        }
        0
    }

    fn finished(self) -> Column {
        match self {
            Self::Repeated(name, column) => {
                StringChunked::with_chunk(name.into(), column.freeze()).into_column()
            }
            Self::Text(_, column) => column.finish().into_column(),
            Self::Number(name, column) => numbers(column, name),
            Self::Optional(_, column) => finished(column),
            Self::Large(_, column) => finished(column),
            Self::Time(column) => times(column),
            Self::Share(column) => {
                Float32Chunked::from_vec("confidence".into(), column).into_column()
            }
            Self::Topics(mut column) => column.finish().into_column(),
            Self::Mentions(mut column) => column.finish().into_column(),
        }
    }
}

/// Adds the values of a column of text. Number of bytes where they are the texts of comments.
fn text(name: &str, column: &mut Texts, rows: Rows<'_>) -> usize {
    let thread = &rows.analyzed.thread;
    let places = rows.places.iter().map(|&place| place as usize);
    match name {
        // Every comment of a thread has an id; linking has seen to it.
        "comment_id" => {
            places.for_each(|p| column.append_value(rows.comment(p).id.as_deref().unwrap_or("")));
        }
        "parent_id" => places.for_each(|p| {
            column.append_option(match rows.parent(p) {
                Some(parent) => Some(rows.comment(parent).id.as_deref().unwrap_or("")),
                None => rows.absent(p),
            });
        }),
        "author" => places.for_each(|p| column.append_option(rows.comment(p).author.as_deref())),
        "reply_to" => {
            places.for_each(|p| column.append_option(rows.comment(p).reply_to.name.as_deref()));
        }
        "created_precision" => places.for_each(|p| {
            let created = dated(rows.comment(p).created);
            column.append_option(created.map(|moment| moment.precision.word()));
        }),
        "evidence" => places.for_each(|p| column.append_value(rows.link(p).evidence.word())),
        "kind" => places.for_each(|p| column.append_value(rows.comment(p).kind.word())),
        "language" => places.for_each(|p| column.append_option(rows.facts(p).language)),
        "source" => places.for_each(|p| {
            let index = (thread.position(p) as usize).saturating_sub(1);
            column.append_value(thread.meta().source_of(index));
        }),
        _ => {
            return places
                .map(|p| {
                    let text = &rows.comment(p).text;
                    column.append_value(text);
                    text.len()
                })
                .sum();
        }
    }
    0
}

impl<'a> Rows<'a> {
    fn comment(self, place: usize) -> &'a Comment {
        self.analyzed.thread.comment(place)
    }

    fn link(self, place: usize) -> &'a Link {
        self.analyzed.thread.link(place)
    }

    fn facts(self, place: usize) -> &'a TextFacts {
        &self.analyzed.texts[place - 1]
    }

    /// The place of the comment answered; `None` = the post.
    fn parent(self, place: usize) -> Option<usize> {
        Some(self.analyzed.thread.parents()[place] as usize).filter(|&parent| parent > 0)
    }

    /// The stated id of the comment answered, where that is absent and the post took its place.
    fn absent(self, place: usize) -> Option<&'a str> {
        match &self.comment(place).reply_to.stated {
            Stated::Id(id) if self.link(place).evidence == Evidence::Stated => {
                Some(id.as_str()).filter(|id| self.analyzed.thread.post().id.as_deref() != Some(id))
            }
            _ => None,
        }
    }

    fn topic(self, index: u32) -> Option<&'a str> {
        self.topics.get(index as usize).map(String::as_str)
    }
}
