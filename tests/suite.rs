//! The integration tests, one binary: a module per theme.

#![allow(clippy::unwrap_used, missing_docs)]

mod architecture;
#[cfg(feature = "tables")]
mod frames;
mod gather;
<<<<<<< HEAD
mod topics;
=======
mod dates;
>>>>>>> 959d8ce (Read dates: standard notations, page dates in twenty languages, ages, day against month)
mod tree;
