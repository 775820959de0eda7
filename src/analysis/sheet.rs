//! Sheets: what becomes of some threads on one core, before the results are put in order.

use std::any::Any;

use super::{Analyzed, Facts};
use crate::diagnostic::Diagnostic;
use crate::error::Result;

/// Takes some threads on whatever core they were analyzed.
pub trait Sheet: Send {
    /// At most so many comments will come; room for them can be made at once. Default: nothing.
    fn expect(&mut self, _comments: u64) {}

    /// A thread with all that is known of it.
    fn thread(&mut self, analyzed: Analyzed);

    /// Something odd.
    fn diagnostic(&mut self, diagnostic: Diagnostic);

    /// All is on the sheet; what can be done on this core is done now. Default: nothing.
    fn close(&mut self) {}

    /// The sheet itself, for whoever made it.
    fn into_any(self: Box<Self>) -> Box<dyn Any + Send>;
}

/// A sheet that lists everything as it is.
#[derive(Debug, Default)]
pub struct Listed {
    threads: Vec<Analyzed>,
    diagnostics: Vec<Diagnostic>,
}

impl Sheet for Listed {
    fn thread(&mut self, analyzed: Analyzed) {
        self.threads.push(analyzed);
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

impl Listed {
    /// Hands on what is listed, one by one.
    pub fn hand_on<F: Facts + ?Sized>(self, facts: &mut F) -> Result<()> {
        self.diagnostics.into_iter().try_for_each(|odd| facts.diagnostic(odd))?;
        self.threads.into_iter().try_for_each(|thread| facts.thread(thread))
    }
}

/// Hands on what a [`Listed`] sheet holds.
pub(super) fn hand_on<F: Facts + ?Sized>(sheet: Box<dyn Sheet>, facts: &mut F) -> Result<()> {
    let Ok(listed) = sheet.into_any().downcast::<Listed>() else { return Ok(()) };
    listed.hand_on(facts)
}
