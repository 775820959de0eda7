//! The tables: columns, rows, metadata, what spans threads, files and memory alike.

mod facts;
