//! Linking: what is stated is reproduced, what is not is found as well as documented.

mod accuracy;
mod habits;
mod names;
mod properties;
mod silent;
mod stated;

use rejoinder::comment::{Comment, Discussion, Name, ReplyTo};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::linking;
use rejoinder::thread::Thread;

/// A discussion of these comments.
fn discussion(comments: Vec<Comment>) -> Discussion {
    Discussion { source: "test".to_owned(), comments, ..Discussion::default() }
}

/// A comment by an author.
fn by(author: &str, reply_to: ReplyTo) -> Comment {
    Comment { author: Some(author.into()), reply_to, ..Comment::default() }
}

/// A comment with an id.
fn with_id(id: &str, reply_to: ReplyTo) -> Comment {
    Comment { id: Some(id.into()), reply_to, ..Comment::default() }
}

fn link(discussion: Discussion) -> (Thread, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let thread = linking::link(Name::from("t"), discussion, &mut diagnostics);
    (thread, diagnostics)
}

/// By position, the position of the parent; 0 = the post or a placeholder.
fn parents(thread: &Thread) -> Vec<u32> {
    let mut parents = vec![0; thread.len()];
    for place in 1..=thread.len() {
        let parent = thread.parents()[place] as usize;
        if parent > 0 && thread.position(place) > 0 {
            parents[thread.position(place) as usize - 1] = thread.position(parent);
        }
    }
    parents.truncate((1..=thread.len()).filter(|&p| thread.position(p) > 0).count());
    parents
}
