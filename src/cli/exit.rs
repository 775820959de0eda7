//! How the program ends.

use std::process::ExitCode;

use rejoinder::error::{Error, Result};

/// How the program ends. The only place that knows numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done. Also when the reader of the output went away.
    Done,
    /// Done, but nothing was found, or there were problems under `--strict`.
    Wanting,
    /// Could not run.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Wanting => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}

impl Exit {
    /// What a result means; a failure is told on standard error.
    pub(crate) fn of(result: Result<Self>) -> Self {
        match result {
            Ok(exit) => exit,
            Err(Error::Closed) => Self::Done,
            Err(error) => {
                crate::screen::complain("error", &error.chain());
                Self::Failed
            }
        }
    }
}
