//! Tables as rows: Parquet, CSV, NDJSON, written part by part to any sink.
//!
//! Parquet keeps everything: types, lists, the difference between nothing and an empty text, and
//! the metadata. NDJSON keeps all but the metadata. CSV is for spreadsheets: lists are joined by
//! `; `, null and the empty text look alike, and a text that a spreadsheet would take for a
//! formula is disarmed with an apostrophe in front unless the user wants it raw. A table that lies
//! in files is never in memory as a whole.
//!
//! [`convokit`] writes a folder of another shape, for the toolkit of that name.

mod cell;
pub mod convokit;
mod csv;
mod ndjson;

use std::io::Write;

use crate::error::Result;
use crate::frames::{Table, Tables};

/// A way of writing a table down.
pub struct RowFormat {
    /// The word for `--to`, and the extension of its files.
    pub name: &'static str,
    /// One sentence: what it keeps and what it is for.
    pub about: &'static str,
    /// Writes a table.
    pub write: fn(&Tables, Table, RowOptions, &mut dyn Write) -> Result<()>,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowOptions {
    /// Leave texts in CSV as they are although a spreadsheet may run them as formulas.
    /// Default: `false`, such texts get an apostrophe in front.
    pub keep_formulas: bool,
}

/// All ways of writing a table, the recommended one first.
pub static ROW_FORMATS: &[RowFormat] = &[
    RowFormat {
        name: "parquet",
        about: "columns with types and metadata, compressed; for notebooks and databases",
        write: |tables, table, _, sink| tables.write_parquet(table, sink).map(|_| ()),
    },
    RowFormat {
        name: "csv",
        about: "text for spreadsheets, UTF-8; lists joined by `; `, formulas disarmed",
        write: csv::write,
    },
    RowFormat {
        name: "ndjson",
        about: "one JSON object a row, every value with its type; for scripts",
        write: ndjson::write,
    },
];
