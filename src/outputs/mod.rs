//! Tables to bytes: charts, rows, summary, report. Pure functions; only the program opens files.

#[cfg(feature = "charts")]
pub mod charts;
