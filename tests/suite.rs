//! The integration tests, one binary: a module per theme.

#![allow(clippy::unwrap_used, missing_docs)]

mod architecture;
#[cfg(feature = "cli")]
mod broken;
mod dates;
#[cfg(feature = "tables")]
mod frames;
mod gather;
mod metrics;
#[cfg(feature = "cli")]
mod terminal;
mod topics;
mod tree;
