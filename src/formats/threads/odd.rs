//! What is odd about the records of an input, in the words that all formats share.

use super::{Threads, counted};
use crate::diagnostic::{Diagnostic, Oddity, Severity};
use crate::formats::json::Flaw;
use crate::formats::loose;
use crate::formats::xml::{Element, Record};

impl Threads<'_> {
    /// A whole XML record with its number. One that the input's end cut is none: that the input
    /// ends there is reported in its place.
    pub(in crate::formats) fn element(&mut self, record: Record) -> Option<(u32, Element)> {
        let element = self.item(record)?;
        (!element.is_cut).then(|| (self.record(), element))
    }

    /// An XML element that holds records itself, perhaps cut.
    pub(in crate::formats) fn item(&mut self, record: Record) -> Option<Element> {
        match record {
            Record::Element(element) => return Some(element),
            Record::End => self.truncated(),
            Record::Endless(why) => self.endless(None, why),
            Record::Broken(why) => {
                let message = format!("the markup breaks ({why}); what follows was left out");
                self.note(Oddity::BadRecord, message);
            }
        }
        None
    }

    /// A line of a record-by-line format that is not JSON: the last one, without a line end, was
    /// cut; any other is bad.
    pub(in crate::formats) fn flawed_line(
        &mut self,
        flaw: Option<Flaw>,
        line: u32,
        is_ended: bool,
        excerpt: &str,
    ) {
        match flaw {
            Some(Flaw { is_end: true, .. }) if !is_ended => self.truncated(),
            Some(Flaw { expected, .. }) => {
                self.bad(line, &format!("not JSON, {expected} was expected"), excerpt);
            }
            None => {}
        }
    }

    /// Comments that the source holds but never showed.
    pub(in crate::formats) fn unpublished(&mut self, comments: u64, why: &str) {
        if comments > 0 {
            let message = format!("{} left out: {why}", counted(comments, "record"));
            let mut note = Diagnostic::new(&self.source, Oddity::Unsupported, message);
            note.severity = Severity::Note;
            self.sink.diagnostic(note);
        }
    }

    /// A record that could not be read; `why` says what it lacks.
    pub(in crate::formats) fn bad(&mut self, record: u32, why: &str, excerpt: &str) {
        self.odd(Oddity::BadRecord, record, format!("record left out: {why}"), excerpt);
    }

    /// A line that is longer than the limit.
    pub(in crate::formats) fn too_long(&mut self, line: u32, bytes: u64) {
        let message = format!(
            "left out: {bytes} bytes are beyond the limit for a record; raise it with --max-record"
        );
        self.endless(line, message);
    }

    /// Something is longer than the limit, and was left out.
    pub(in crate::formats) fn endless(&mut self, line: impl Into<Option<u32>>, message: String) {
        let mut odd = Diagnostic::new(&self.source, Oddity::Hostile, message).at(line);
        odd.severity = Severity::Problem;
        self.sink.diagnostic(odd);
    }

    /// From this line on, some are in another encoding than UTF-8.
    pub(in crate::formats) fn not_utf8(&mut self, line: u32, taken: &str) {
        self.sink.diagnostic(loose::not_utf8(&self.source, line, taken));
    }

    /// A time that could not be read; the comment is kept without it.
    pub(in crate::formats) fn bad_date(&mut self, record: u32, time: &str) {
        let message = "the date does not exist or could not be read".to_owned();
        self.odd(Oddity::BadDate, record, message, time);
    }

    /// The last record is complete, but no line end follows: its text may be cut.
    pub(in crate::formats) fn unended(&mut self) {
        let message = "no line end after the last record; its text may be cut".to_owned();
        let mut note = Diagnostic::new(&self.source, Oddity::Truncated, message);
        note.severity = Severity::Note;
        self.sink.diagnostic(note);
    }

    /// Something odd about a record.
    pub(in crate::formats) fn odd(
        &mut self,
        kind: Oddity,
        record: u32,
        message: String,
        excerpt: &str,
    ) {
        let diagnostic = Diagnostic::new(&self.source, kind, message).at(record);
        self.sink.diagnostic(diagnostic.excerpt(excerpt));
    }

    /// Something odd about the whole input.
    pub(in crate::formats) fn note(&mut self, kind: Oddity, message: String) {
        self.sink.diagnostic(Diagnostic::new(&self.source, kind, message));
    }

    /// The input ends in the middle of something.
    pub(in crate::formats) fn truncated(&mut self) {
        let records = self.records;
        self.note(
            Oddity::Truncated,
            format!("the input ends within a record, after {records} were read; what was complete is kept"),
        );
    }

    /// The source says that comments are held back: `stubs` places, `comments` in all.
    pub(in crate::formats) fn hidden(&mut self, stubs: u64, comments: u64) {
        if stubs > 0 {
            let (comments, stubs) = (counted(comments, "comment"), counted(stubs, "stub"));
            let message = format!("the source holds back {comments} behind {stubs}");
            self.note(Oddity::MoreHidden, message);
        }
    }
}
