//! The integration tests, one binary: a module per theme.

#![allow(clippy::unwrap_used, missing_docs)]

mod architecture;
#[cfg(feature = "cli")]
mod broken;
#[cfg(feature = "charts")]
mod charts;
mod dates;
mod detection;
mod dumps;
mod exports;
#[cfg(feature = "tables")]
mod frames;
mod gather;
mod joining;
mod letters;
mod linking;
#[cfg(feature = "tables")]
mod memory;
mod metrics;
mod saved_pages;
mod structure;
#[cfg(feature = "cli")]
mod terminal;
mod text_pages;
mod topics;
mod tree;
