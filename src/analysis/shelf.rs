//! Where the comments of a block of a dump go: measured at once, kept as compact records.

use std::any::Any;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::note;
use super::texts::Measure;
use crate::comment::{Comment, Loose, Post};
use crate::diagnostic::Diagnostic;
use crate::formats::Shelf;
use crate::gather::Segments;

/// A shelf of compact records.
pub(super) struct Records {
    pub(super) segments: Segments,
    pub(super) diagnostics: Vec<Diagnostic>,
    measure: Measure,
    skip_text: bool,
    note: Vec<u8>,
    n_comments: u64,
    counter: Arc<AtomicU64>,
}

impl Shelf for Records {
    fn comment(&mut self, comment: &Loose<'_>) {
        note::write(&mut self.note, &self.measure.text(comment.text), comment.retrieved);
        let text = if self.skip_text { "" } else { comment.text };
        self.segments.comment(&Loose { text, ..*comment }, &self.note);
        self.n_comments += 1;
    }

    fn whole(&mut self, thread: &str, mut comment: Comment) {
        note::write(&mut self.note, &self.measure.text(&comment.text), None);
        if self.skip_text {
            comment.text.clear();
        }
        self.segments.whole(thread, &comment, &self.note);
        self.n_comments += 1;
    }

    fn post(&mut self, post: Post, declared: Option<u32>, community: Option<&str>) {
        self.segments.post(&post, declared, community);
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self.counter.fetch_add(self.n_comments, Ordering::Relaxed);
        self
    }
}

/// Makes shelves, from the memory of earlier ones where some were given back.
#[derive(Clone, Default)]
pub(super) struct Shelves {
    returned: Arc<Mutex<Vec<Segments>>>,
}

impl Shelves {
    pub(super) fn next(
        &self,
        measure: &Measure,
        skip_text: bool,
        counter: &Arc<AtomicU64>,
    ) -> Records {
        let segments = self.returned.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Records {
            segments: segments.unwrap_or_default(),
            diagnostics: Vec::new(),
            measure: measure.clone(),
            skip_text,
            note: Vec::new(),
            n_comments: 0,
            counter: Arc::clone(counter),
        }
    }

    pub(super) fn give(&self, mut segments: Segments) {
        segments.clear();
        self.returned.lock().unwrap_or_else(PoisonError::into_inner).push(segments);
    }
}
