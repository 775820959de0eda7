//! Tables to bytes: charts, rows, summary, report. Pure functions; only the program opens files.

#[cfg(feature = "charts")]
pub mod charts;

mod cells;
mod nodes;
pub mod wording;

pub mod look;
pub mod page;

pub mod check;
pub mod digest;
pub mod json;
pub mod markdown;
pub mod report;
pub mod rows;
pub mod summary;
pub mod tree;
