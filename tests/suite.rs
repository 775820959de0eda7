//! The integration tests, one binary: a module per theme.

#![allow(clippy::unwrap_used, missing_docs)]

mod architecture;
mod gather;
mod topics;
mod tree;
