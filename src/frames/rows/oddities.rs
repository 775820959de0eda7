//! Rows of the diagnostics table: one an oddity, in the order of reading.

use polars::prelude::{Column, DataFrame, IntoColumn};

use super::{Numbers, Texts, finished, frame};
use crate::diagnostic::Diagnostic;
use crate::error::Result;

/// Growing columns of the diagnostics table.
pub(in crate::frames) struct OddityRows {
    source: Texts,
    line: Numbers,
    kind: Texts,
    severity: Texts,
    message: Texts,
    excerpt: Texts,
    len: usize,
}

impl OddityRows {
    /// Empty columns.
    pub(in crate::frames) fn new() -> Self {
        let texts = |name: &'static str| Texts::new(name.into(), 0);
        Self {
            source: texts("source"),
            line: Numbers::new("line".into(), 0),
            kind: texts("kind"),
            severity: texts("severity"),
            message: texts("message"),
            excerpt: texts("excerpt"),
            len: 0,
        }
    }

    /// Rows so far.
    pub(in crate::frames) fn len(&self) -> usize {
        self.len
    }

    /// Adds an oddity.
    pub(in crate::frames) fn push(&mut self, diagnostic: &Diagnostic) {
        self.source.append_value(&diagnostic.source);
        polars::prelude::ChunkedBuilder::append_option(&mut self.line, diagnostic.line);
        self.kind.append_value(diagnostic.kind.word());
        self.severity.append_value(diagnostic.severity.word());
        self.message.append_value(&diagnostic.message);
        self.excerpt.append_option(diagnostic.excerpt.as_deref());
        self.len += 1;
    }

    /// The rows as a frame; the columns are in the order of the schema.
    pub(in crate::frames) fn into_frame(self) -> Result<DataFrame> {
        let text = |texts: Texts| -> Column { texts.finish().into_column() };
        let columns = vec![
            text(self.source),
            finished(self.line),
            text(self.kind),
            text(self.severity),
            text(self.message),
            text(self.excerpt),
        ];
        frame("diagnostics", self.len, columns)
    }
}
