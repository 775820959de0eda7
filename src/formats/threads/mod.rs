//! From records to discussions: puts the records of a thread together in bounded memory.
//!
//! Every format whose records name their thread delivers through here. Three ways, chosen by what
//! the input turns out to be:
//!
//! * **Small**: up to [`WINDOW`] records are kept and delivered at the end, whatever their order.
//! * **Sorted**: where the first [`WINDOW`] records stand thread by thread, each thread is
//!   delivered as soon as the next one begins. Memory holds one thread, however long the input.
//! * **Mixed**: otherwise all goes loose, and [`Sink::loose`] has them sorted on disk.
//!
//! A thread that is **reopened** in a sorted input, that is, one whose records come back after it
//! was delivered, cannot be taken back. Its later records go loose, form a second discussion of
//! the same id, and a diagnostic says so: sorting the input by thread joins them. Which threads
//! were delivered is remembered in a Bloom filter of fixed size; its rare errors only send a
//! thread the loose way that need not have gone there, from its first record on.

mod odd;

use std::collections::HashMap;

use super::Sink;
use super::delivered::Delivered;
use super::loose::{Kept, Reached, Shelf};
use crate::comment::{Comment, Discussion, Layout, Name, Post};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::Result;

/// So many records are kept before the order of the input is judged.
pub(super) const WINDOW: usize = 4096;

/// So many bytes of text are kept before the order of the input is judged.
const WINDOW_BYTES: usize = 32 << 20;

/// Receives the records of one input and delivers its discussions.
pub(super) struct Threads<'s> {
    source: String,
    format: &'static str,
    layout: Layout,
    sink: &'s mut dyn Sink,
    state: State,
    /// Records so far, read or not.
    records: u32,
}

enum State {
    /// The order is not yet known.
    Judging(Window),
    /// Thread by thread: the one that is open, and those that were delivered.
    Sorted { open: Option<Box<Discussion>>, delivered: Delivered, reopened: Option<Name> },
    /// In no order.
    Mixed,
}

/// The first records, by thread.
#[derive(Default)]
struct Window {
    discussions: Vec<Discussion>,
    places: HashMap<Name, usize>,
    records: usize,
    bytes: usize,
    is_mixed: bool,
}

impl<'s> Threads<'s> {
    pub(super) fn new(
        format: &'static str,
        source: &str,
        layout: Layout,
        sink: &'s mut dyn Sink,
    ) -> Self {
        let state = State::Judging(Window::default());
        let source = source.to_owned();
        Self { source, format, layout, sink, state, records: 0 }
    }

    /// Counts a record and returns its number, 1-based.
    pub(super) fn record(&mut self) -> u32 {
        self.records = self.records.saturating_add(1);
        self.records
    }

    /// Whether the order of the input is known.
    pub(super) fn is_judged(&self) -> bool {
        !matches!(self.state, State::Judging(_))
    }

    /// Number of records so far.
    pub(super) fn records(&self) -> u32 {
        self.records
    }

    /// The input's format.
    pub(super) fn format(&self) -> &'static str {
        self.format
    }

    /// The input's name.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Says what the order of the records means, where that shows only later. Holds for threads
    /// that are not delivered yet.
    pub(super) fn set_layout(&mut self, layout: Layout) {
        self.layout = layout;
        match &mut self.state {
            State::Judging(window) => window.discussions.iter_mut().for_each(|d| d.layout = layout),
            State::Sorted { open, .. } => open.iter_mut().for_each(|d| d.layout = layout),
            State::Mixed => {}
        }
    }

    /// A post; its id is that of the thread. `declared` is the number of comments it states.
    pub(super) fn post(&mut self, post: Post, declared: Option<u32>) -> Result<()> {
        if matches!(self.state, State::Mixed) {
            return self.sink.loose_post(post);
        }
        let thread = post.id.clone().unwrap_or_default();
        let bytes = post.text.len();
        let Some(discussion) = self.discussion(&thread, bytes)? else {
            return self.sink.loose_post(post);
        };
        discussion.post = post;
        discussion.declared = declared;
        self.judge()
    }

    /// A comment of the thread with this id; empty = the one thread of an input that states none.
    pub(super) fn comment(&mut self, thread: &Name, comment: Comment) -> Result<()> {
        if matches!(self.state, State::Mixed) {
            return self.sink.loose(thread, comment);
        }
        match self.discussion(thread, comment.text.len())? {
            Some(discussion) => discussion.comments.push(comment),
            None => return self.sink.loose(thread, comment),
        }
        self.judge()
    }

    /// The discussion of a thread, if it can still be added to.
    fn discussion(&mut self, thread: &Name, bytes: usize) -> Result<Option<&mut Discussion>> {
        let fresh = || Discussion {
            source: self.source.clone(),
            format: self.format.to_owned(),
            layout: self.layout,
            post: Post { id: Some(thread.clone()).filter(|id| !id.is_empty()), ..Post::default() },
            ..Discussion::default()
        };
        match &mut self.state {
            State::Judging(window) => {
                let last = window.discussions.len().wrapping_sub(1);
                let place = *window.places.entry(thread.clone()).or_insert_with(|| {
                    window.discussions.push(fresh());
                    window.discussions.len() - 1
                });
                window.is_mixed |= place < window.discussions.len() - 1 && place != last;
                window.records += 1;
                window.bytes += bytes;
                Ok(Some(&mut window.discussions[place]))
            }
            State::Sorted { open, delivered, reopened } => {
                let is_open = open
                    .as_ref()
                    .is_some_and(|d| d.post.id.as_ref().unwrap_or(&Name::default()) == thread);
                if !is_open {
                    if let Some(done) = open.take() {
                        delivered.insert(done.post.id.as_deref().unwrap_or_default());
                        deliver(self.sink, *done)?;
                    }
                    if delivered.contains(thread) {
                        reopened.get_or_insert_with(|| thread.clone());
                        return Ok(None);
                    }
                    *open = Some(Box::new(fresh()));
                }
                Ok(open.as_deref_mut())
            }
            State::Mixed => Ok(None),
        }
    }

    /// Decides on the order of the input once enough of it is known.
    fn judge(&mut self) -> Result<()> {
        let State::Judging(window) = &mut self.state else { return Ok(()) };
        if window.records < WINDOW && window.bytes < WINDOW_BYTES {
            return Ok(());
        }
        let window = std::mem::take(window);
        if window.is_mixed && window.discussions.len() > 1 {
            self.state = State::Mixed;
            for mut discussion in window.discussions {
                let comments = std::mem::take(&mut discussion.comments);
                let thread = discussion.post.id.clone().unwrap_or_default();
                if discussion.post != (Post { id: discussion.post.id.clone(), ..Post::default() }) {
                    self.sink.loose_post(discussion.post)?;
                }
                for comment in comments {
                    self.sink.loose(&thread, comment)?;
                }
            }
            return Ok(());
        }
        let mut discussions = window.discussions;
        let open = discussions.pop().map(Box::new);
        let mut delivered = Delivered::new();
        for discussion in discussions {
            delivered.insert(discussion.post.id.as_deref().unwrap_or_default());
            deliver(self.sink, discussion)?;
        }
        self.state = State::Sorted { open, delivered, reopened: None };
        Ok(())
    }

    /// Delivers what is left.
    pub(super) fn finish(self) -> Result<()> {
        match self.state {
            State::Judging(window) => {
                if window.discussions.is_empty() {
                    let message = format!("no comments in the format {} were found", self.format);
                    self.sink.diagnostic(Diagnostic::new(
                        &self.source,
                        Oddity::NoComments,
                        message,
                    ));
                }
                for discussion in window.discussions {
                    deliver(self.sink, discussion)?;
                }
            }
            State::Sorted { open, reopened, .. } => {
                if let Some(discussion) = open {
                    deliver(self.sink, *discussion)?;
                }
                if let Some(thread) = reopened {
                    let message = format!(
                        "thread {thread} (perhaps others too) goes on after other threads; its later comments form a second thread of the same id: sort the records by thread to join them"
                    );
                    self.sink.diagnostic(Diagnostic::new(
                        &self.source,
                        Oddity::Contradiction,
                        message,
                    ));
                }
            }
            State::Mixed => {}
        }
        Ok(())
    }
}

/// What is read by blocks, once the order of the input is known.
impl Sink for Threads<'_> {
    fn discussion(&mut self, discussion: Discussion) -> Result<()> {
        self.sink.discussion(discussion)
    }

    fn loose(&mut self, thread: &str, comment: Comment) -> Result<()> {
        self.comment(&thread.into(), comment)
    }

    fn loose_post(&mut self, post: Post) -> Result<()> {
        self.post(post, None)
    }

    fn shelves(&mut self) -> Box<dyn Fn() -> Box<dyn Shelf> + Send + Sync> {
        match self.state {
            State::Mixed => self.sink.shelves(),
            _ => Box::new(|| Box::<Kept>::default()),
        }
    }

    fn shelve(&mut self, filled: Box<dyn Shelf>, before: Reached) -> Result<()> {
        if matches!(self.state, State::Mixed) {
            return self.sink.shelve(filled, before);
        }
        let Ok(kept) = filled.into_any().downcast::<Kept>() else { return Ok(()) };
        kept.hand_on(before.lines, self)
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.sink.diagnostic(diagnostic);
    }
}

/// Delivers a discussion, and says if the source declares another number of comments than it holds.
fn deliver(sink: &mut dyn Sink, discussion: Discussion) -> Result<()> {
    let found = discussion.comments.len();
    // Of dumps, submissions and comments are files of their own.
    let is_elsewhere = found == 0 && discussion.format == "pushshift";
    let differs = |declared: &u32| *declared as usize != found && !is_elsewhere;
    if let Some(declared) = discussion.declared.filter(differs) {
        let thread = discussion.post.id.as_deref().map(|id| format!(" in thread {id}"));
        let declared = counted(u64::from(declared), "comment");
        let message = format!(
            "the source declares {declared}{} and holds {found}",
            thread.unwrap_or_default()
        );
        sink.diagnostic(Diagnostic::new(&discussion.source, Oddity::CountDiffers, message));
    }
    sink.discussion(discussion)
}

/// A number and what it counts.
fn counted(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
