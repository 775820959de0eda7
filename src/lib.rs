//! Rejoinder rebuilds the reply trees of comment threads and measures them.
//!
//! The modules follow the pipeline; each knows only those before it (ARCHITECTURE.md has the
//! rules, and a test holds them):
//!
//! ```text
//! bytes ─ formats ─▶ comments as the source states them (lenient)    one discussion at a time
//!       ─ joining ─▶ pages of one thread, put together
//!       ─ linking ─▶ Thread: pre-order arrays with guarantees (strict)
//!       ─ metrics ─▶ numbers per comment and per thread
//!       ─ topics  ─▶ topic hits per comment
//!       ─ frames  ─▶ rows of the fact tables
//! facts ─ Polars  ─▶ tables that span threads
//! tables ─ outputs ─▶ Parquet, CSV, charts, report, terminal summary
//! ```

mod bytes;
pub mod diagnostic;
pub mod error;
mod parallel;

pub mod text;

pub mod comment;
pub mod thread;

pub mod formats;
pub mod gather;
pub mod joining;
pub mod linking;
pub mod metrics;
pub mod topics;

pub mod analysis;

#[cfg(feature = "tables")]
pub mod frames;

#[cfg(feature = "tables")]
pub mod outputs;
