//! Rows: tables of comments as CSV, TSV and NDJSON, with named columns.
//!
//! What people export from databases, spreadsheets and scripts. Columns are found from their
//! names or stated with `--columns id=…,parent=…,thread=…,author=…,time=…,text=…` (also score,
//! title, url, depth, `reply_to`, kind; a number counts columns from 1); a header is required. A
//! row whose id is that of its thread is the post. Rows without a thread form one thread.
//!
//! | input | recognised by |
//! |---|---|
//! | CSV, TSV | a header with a column for texts and others; separated by `,` `;` tab or `\|` |
//! | NDJSON | one object a line, with such keys |
//! | JSON | an array of such objects, or an object that holds one |
//! | nested JSON | objects that hold replies in arrays or by id, and the post above them |
//! | Parquet | its first bytes; the tables part of the crate makes NDJSON of it |
//!
//! CSV is read one row at a time, NDJSON by blocks on all cores once its order is known (the first
//! 4,096 rows). Tables sorted by thread need the memory of
//! one thread, whatever their size; others are gathered on disk. A thread that is taken up again
//! far below, in a table that was sorted before, becomes two, with a diagnostic that says so.
//!
//! Times are ISO 8601, those of mails, or numbers: seconds since 1970, or milliseconds beyond
//! 10^11. Texts are taken as plain. Not read: tables without a header,
//! spreadsheets (save them as CSV).

use super::json::{self, Shape};
use super::table::{Dialect, columns::Columns, objects, separated};
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::error::Result;

/// Tables of comments.
pub struct Rows;

const DIALECT: Dialect = Dialect { format: "rows", finish: None };

impl Format for Rows {
    fn name(&self) -> &'static str {
        DIALECT.format
    }

    fn about(&self) -> &'static str {
        "tables of comments with named columns: CSV, TSV, NDJSON, JSON, Parquet"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let columns = match objects::header(sample) {
            Some((columns, _)) => Some(columns),
            None => separated::header(sample.head),
        };
        if columns.as_ref().is_some_and(Columns::are_comments) { 0.6 } else { 0.0 }
    }

    fn is_by_line(&self, sample: &Sample<'_>) -> bool {
        json::is_by_line(sample)
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (shape, input) = json::shape(input)?;
        match shape {
            Shape::Lines => objects::read_lines(DIALECT, input, options, sink),
            Shape::Document => objects::read_document(DIALECT, input, options, sink),
            Shape::Other => separated::read(DIALECT, input, options, sink),
        }
    }
}
