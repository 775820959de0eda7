//! What waits until the topics are known.
//!
//! Topics that are to be discovered need texts first, so threads and loose comments wait here
//! until the inputs end or the backlog is large enough to discover topics from.

use super::{DISCOVERY_BYTES, DISCOVERY_COMMENTS};
use crate::comment::{Comment, Name};
use crate::thread::Thread;
use crate::topics::Topics;
use crate::topics::discovery::{self, Discovery, Document};

/// Threads and loose comments that wait.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    pub(super) threads: Vec<Thread>,
    /// With the ids of their threads, and when they were retrieved again.
    pub(super) loose: Vec<(Name, Comment, Option<u64>)>,
    comments: usize,
    bytes: usize,
}

impl Backlog {
    pub(super) fn thread(&mut self, thread: Thread) {
        self.comments += thread.len();
        self.bytes += thread.post().text.len();
        self.bytes += thread.comments().iter().map(|c| c.text.len()).sum::<usize>();
        self.threads.push(thread);
    }

    pub(super) fn comment(&mut self, thread: &str, comment: Comment, retrieved: Option<u64>) {
        self.comments += 1;
        self.bytes += comment.text.len();
        self.loose.push((thread.into(), comment, retrieved));
    }

    /// Enough waits to discover topics from.
    pub(super) fn is_full(&self) -> bool {
        self.comments >= DISCOVERY_COMMENTS || self.bytes >= DISCOVERY_BYTES
    }

    /// Discovers topics in everything that waits.
    pub(super) fn discover(&self, options: &Discovery) -> Topics {
        let mut documents = Document::of(&self.threads);
        // Loose comments do not know their parents yet; each stands for itself.
        let loose = self.loose.iter().enumerate().map(|(i, (_, comment, _))| Document {
            text: &comment.text,
            author: comment.author.as_deref(),
            thread: (self.threads.len() + i) as u32,
            parent: None,
            is_post: false,
        });
        documents.extend(loose);
        discovery::discover(&documents, options)
    }
}
