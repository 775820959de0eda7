//! The integration tests, one binary: a module per theme.

#![allow(clippy::unwrap_used, missing_docs)]

mod architecture;
#[cfg(feature = "cli")]
mod broken;
mod dates;
mod detection;
#[cfg(feature = "tables")]
mod frames;
mod gather;
mod metrics;
mod saved_pages;
mod topics;
mod tree;
