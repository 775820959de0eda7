//! The integration tests, one binary: a module per theme.

#![allow(clippy::unwrap_used, missing_docs)]

mod architecture;
mod dates;
#[cfg(feature = "tables")]
mod frames;
mod gather;
mod metrics;
mod text_pages;
mod topics;
mod tree;
