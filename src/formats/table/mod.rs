//! Tables of comments: what the formats of rows share.
//!
//! [`columns`] finds which column holds what, [`row`] makes a comment of a row, [`separated`]
//! reads CSV and TSV, [`objects`] reads JSON objects with the same names as keys, [`nested`] those that
//! hold the replies to them, [`flat`] many objects, one a line, on all cores.

pub(super) mod columns;
mod flat;
mod nested;
pub(super) mod objects;
pub(super) mod row;
pub(super) mod separated;

use columns::Columns;

use crate::comment::Comment;

/// What tells one format of rows from another.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    /// The format's name.
    pub(super) format: &'static str,
    /// What is done to each comment in the end, if anything; it is given the id of its thread.
    pub(super) finish: Option<fn(&mut Comment, &str)>,
}

/// A table that is being read.
#[derive(Clone)]
pub(super) struct Table {
    dialect: Dialect,
    columns: Columns,
    /// A comment has the id that elsewhere says that the post is answered: ids count from 0.
    counts_from_zero: bool,
}

impl Table {
    fn new(dialect: Dialect, columns: Columns) -> Self {
        Self { dialect, columns, counts_from_zero: false }
    }

    /// Learns from the id of a row whether ids count from 0.
    fn learn(&mut self, id: Option<&str>) {
        self.counts_from_zero |= id.is_some_and(|id| id.trim() == "0");
    }
}
