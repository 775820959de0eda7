//! The one public error: why work could not go on.
//!
//! Bad records are [`crate::diagnostic::Diagnostic`]s. An error is for an input that is hopeless
//! as a whole, an option that makes no sense, or an output that cannot be written. Messages are
//! lower case without a full stop and say what to do next. No type of another crate is part of it.

use std::error::Error as StdError;
use std::fmt;
use std::io;

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why work could not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be opened or read.
    #[error("cannot read {name}: {source}")]
    Read {
        /// The input.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {name}: {source}")]
    Write {
        /// The output.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// The input is of no known format, or of two.
    #[error("{name}: {reason}")]
    Format {
        /// The input.
        name: String,
        /// What was looked for and not found, and what to do.
        reason: String,
    },
    /// An option, a profile, a dictionary or a name given by the user makes no sense.
    #[error("{0}")]
    Usage(String),
    /// A table could not be built, written or read back.
    #[error("cannot {action}: {reason}")]
    Table {
        /// What was being done.
        action: String,
        /// Why it failed.
        reason: String,
    },
    /// A picture could not be drawn.
    #[error("cannot draw {chart}: {reason}")]
    Chart {
        /// The chart's name.
        chart: String,
        /// Why it failed.
        reason: String,
    },
    /// The run was ended early, by a signal.
    #[error(
        "interrupted after {read} comments were read and the threads of {finished} of them finished"
    )]
    Interrupted {
        /// Comments that were read.
        read: u64,
        /// Comments whose threads were finished.
        finished: u64,
    },
    /// The reader of our output went away; not a failure for a program in a pipe.
    #[error("the output was closed")]
    Closed,
}

impl Error {
    /// Cannot read an input.
    pub fn read(name: impl Into<String>, source: io::Error) -> Self {
        Self::Read { name: name.into(), source }
    }

    /// Cannot write an output. A closed pipe becomes [`Error::Closed`].
    pub fn write(name: impl Into<String>, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::Write { name: name.into(), source }
        }
    }

    /// The input as a whole is not what it should be.
    pub fn format(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Format { name: name.into(), reason: reason.into() }
    }

    /// The user asked for something that makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    /// A table failed; `cause` is an error of the table library, kept as text.
    pub fn table(action: impl Into<String>, cause: impl fmt::Display) -> Self {
        Self::Table { action: action.into(), reason: cause.to_string() }
    }

    /// A chart failed; `cause` is an error of the drawing library, kept as text.
    pub fn chart(chart: impl Into<String>, cause: impl fmt::Display) -> Self {
        Self::Chart { chart: chart.into(), reason: cause.to_string() }
    }

    /// If one input is to blame and the others may still be read: its name, and the reason.
    #[must_use]
    pub fn of_input(&self) -> Option<(&str, String)> {
        match self {
            Self::Read { name, source } => Some((name, format!("cannot be read: {source}"))),
            Self::Format { name, reason } => Some((name, reason.clone())),
            _ => None,
        }
    }

    /// The error and its causes on one line.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut line = self.to_string();
        let mut cause = self.source();
        while let Some(inner) = cause {
            let text = inner.to_string();
            if !line.contains(&text) {
                line.push_str(": ");
                line.push_str(&text);
            }
            cause = inner.source();
        }
        line
    }
}
