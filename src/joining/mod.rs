//! Pages of one thread that came as several inputs: one discussion again.
//!
//! Forums and blogs spread a long thread over pages, and interfaces answer it in parts; people
//! save each as a file. After reading, discussions of the same format wait here until the inputs
//! end; those that are **parts of one thread** are put together in the order of their pages,
//! and what a later part repeats (a first post that heads every page, a page saved twice) is left
//! out. So it works alike for text, saved pages and exports.
//!
//! Two discussions are parts of one thread if nothing that they state contradicts it and they
//! share one of these:
//!
//! * the thread's id;
//! * the address, but for the part of it that names the page ([`marks`]), and the title;
//! * the title, where at least one of them is marked as a further page.
//!
//! A page that is missing between two others, or before the first, is said. An input with many
//! threads is no page of one: its discussions pass at once, so that memory stays bounded.
//!
//! Not joined: the same thread in two formats, for they name comments differently.

mod marks;

use std::collections::{HashMap, HashSet};

use crate::comment::{Comment, Discussion, Layout, Name, Part};
use crate::diagnostic::{Diagnostic, Oddity, Severity};
use marks::{Marks, Page};

/// An input with more threads than this is no page of a thread.
const MOST_THREADS: usize = 8;

/// So many comments wait at most.
const MOST_COMMENTS: usize = 200_000;

/// Holds discussions until it is known which of them are parts of one thread.
#[derive(Debug, Default)]
pub struct Joiner {
    held: Vec<Held>,
    comments: usize,
    /// The input whose discussions come, how many came, and whether they pass.
    input: (String, usize, bool),
    /// Counts that differ, which may no longer differ when the parts are together.
    counts: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Held {
    discussion: Discussion,
    marks: Marks,
}

/// What a [`Joiner`] lets go.
#[derive(Debug, Default)]
pub struct Released {
    /// Discussions, in the order of their first parts.
    pub discussions: Vec<Discussion>,
    /// What was found while joining them.
    pub diagnostics: Vec<Diagnostic>,
}

impl Joiner {
    /// Takes a discussion and lets go those that need not wait.
    pub fn push(&mut self, discussion: Discussion) -> Released {
        if self.input.0 != discussion.source {
            self.input = (discussion.source.clone(), 0, false);
        }
        self.input.1 += 1;
        if self.input.2 {
            return Released { discussions: vec![discussion], diagnostics: Vec::new() };
        }
        self.comments += discussion.comments.len();
        let marks = Marks::of(&discussion);
        self.held.push(Held { discussion, marks });
        if self.input.1 > MOST_THREADS || self.comments > MOST_COMMENTS {
            self.input.2 = true;
            return self.release();
        }
        Released::default()
    }

    /// Takes a diagnostic; gives it back unless it must wait: what a part lacks may stand in
    /// another.
    pub fn diagnostic(&mut self, diagnostic: Diagnostic) -> Option<Diagnostic> {
        let is_of_count = matches!(diagnostic.kind, Oddity::CountDiffers | Oddity::MoreHidden);
        let passes = self.input.2 && self.input.0 == diagnostic.source;
        if is_of_count && !passes {
            self.counts.push(diagnostic);
            return None;
        }
        Some(diagnostic)
    }

    /// Lets go everything that waits.
    pub fn release(&mut self) -> Released {
        let held = std::mem::take(&mut self.held);
        let mut released = Released::default();
        self.comments = 0;
        // The inputs that were joined, and whether that made their thread whole.
        let mut joined: HashMap<String, bool> = HashMap::new();
        for mut parts in groups(held) {
            released.diagnostics.extend(missing_pages(&parts));
            if parts.len() > 1 {
                let whole = join(parts, &mut released.diagnostics);
                let is_whole = whole.declared.is_some_and(|n| n as usize <= whole.comments.len());
                joined.extend(whole.parts.iter().map(|part| (part.source.clone(), is_whole)));
                released.discussions.push(whole);
            } else if let Some(one) = parts.pop() {
                released.discussions.push(one.discussion);
            }
        }
        let counts = std::mem::take(&mut self.counts);
        let stand = counts.into_iter().filter(|odd| match joined.get(&odd.source) {
            None => true,
            Some(is_whole) => odd.kind == Oddity::MoreHidden && !is_whole,
        });
        released.diagnostics.splice(0..0, stand);
        released
    }
}

/// Puts parts of one thread beside each other.
fn groups(held: Vec<Held>) -> Vec<Vec<Held>> {
    let mut groups: Vec<Vec<Held>> = Vec::new();
    let mut known: HashMap<(String, &'static str, String), Vec<usize>> = HashMap::new();
    for one in held {
        let keys = one.marks.keys();
        let key = |(sort, value): &(&'static str, String)| {
            (one.discussion.format.clone(), *sort, value.clone())
        };
        let places = keys.iter().filter_map(|k| known.get(&key(k))).flatten().copied();
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        places.dedup();
        // Parts of one file are threads of their own, whatever they are called.
        let fits = |place: &usize| {
            groups[*place].iter().all(|other| {
                other.discussion.source != one.discussion.source && other.marks.agrees(&one.marks)
            })
        };
        let place = places.into_iter().find(fits).unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        for k in &keys {
            known.entry(key(k)).or_default().push(place);
        }
        groups[place].push(one);
    }
    groups
}

/// One discussion of all parts, in the order of their pages.
fn join(mut parts: Vec<Held>, odd: &mut Vec<Diagnostic>) -> Discussion {
    parts.sort_by_key(|part| part.marks.page.map_or(1, |page| page.number));
    let names: Vec<String> = parts.iter().map(|part| part.discussion.source.clone()).collect();
    let mut parts = parts.into_iter().map(|part| part.discussion);
    let mut whole = parts.next().unwrap_or_default();
    whole.parts.push(Part { first: 0, source: whole.source.clone() });
    let mut seen = Seen::default();
    whole.comments.iter().for_each(|comment| seen.insert(comment));
    let mut repeated = 0;
    for part in parts {
        if part.layout != whole.layout {
            whole.layout = Layout::Loose;
        }
        whole.declared = whole.declared.max(part.declared);
        whole.depth_cap = whole.depth_cap.max(part.depth_cap);
        let (post, other) = (&mut whole.post, part.post);
        post.id = post.id.take().or(other.id);
        post.title = post.title.take().or(other.title);
        post.url = post.url.take().or(other.url);
        post.author = post.author.take().or(other.author);
        post.created = post.created.take().or(other.created);
        if post.text.is_empty() {
            post.text = other.text;
        }
        let first = whole.comments.len();
        let all = part.comments.len();
        whole.comments.extend(part.comments.into_iter().filter(|comment| !seen.holds(comment)));
        // What one part itself says twice is not taken away from it.
        whole.comments[first..].iter().for_each(|comment| seen.insert(comment));
        repeated += all - (whole.comments.len() - first);
        whole.parts.push(Part { first: first as u32, source: part.source });
    }
    let message = format!(
        "{} inputs are parts of one thread and were joined: {}",
        names.len(),
        listed(&names)
    );
    odd.push(note(&whole.source, Oddity::Joined, message));
    if repeated > 0 {
        let message =
            format!("{repeated} comments stand in several of the parts and were kept once");
        odd.push(note(&whole.source, Oddity::DuplicateRecord, message));
    }
    if let Some(declared) = whole.declared.filter(|n| *n as usize != whole.comments.len()) {
        let found = whole.comments.len();
        let message = format!("the pages declare {declared} comments and hold {found} in all");
        odd.push(note(&whole.source, Oddity::CountDiffers, message));
    }
    whole
}

fn note(source: &str, kind: Oddity, message: String) -> Diagnostic {
    let mut note = Diagnostic::new(source, kind, message);
    note.severity = Severity::Note;
    note
}

/// The first names of a list, and how many follow.
fn listed(names: &[String]) -> String {
    let (first, rest) = names.split_at(names.len().min(4));
    match rest.len() {
        0 => first.join(", "),
        n => format!("{} and {n} more", first.join(", ")),
    }
}

/// The comments of the parts so far.
#[derive(Debug, Default)]
struct Seen {
    by_id: HashMap<Name, (Option<Name>, String)>,
    without_id: HashSet<Key>,
}

impl Seen {
    fn insert(&mut self, comment: &Comment) {
        match &comment.id {
            Some(id) => {
                let entry = (comment.author.clone(), comment.text.clone());
                self.by_id.entry(id.clone()).or_insert(entry);
            }
            None => drop(self.without_id.insert(key(comment))),
        }
    }

    /// The comment is one of them: of the same id, author and text; without an id, of the same
    /// author, time and text.
    fn holds(&self, comment: &Comment) -> bool {
        match &comment.id {
            Some(id) => self
                .by_id
                .get(id)
                .is_some_and(|(author, text)| *author == comment.author && *text == comment.text),
            None => self.without_id.contains(&key(comment)),
        }
    }
}

/// Author, time in milliseconds, text.
type Key = (Option<Name>, Option<i64>, String);

fn key(comment: &Comment) -> Key {
    (comment.author.clone(), comment.created.map(|moment| moment.millis), comment.text.clone())
}

/// Says which pages are not there, as far as the pages that are there show it.
fn missing_pages(parts: &[Held]) -> Option<Diagnostic> {
    let mut pages: Vec<Page> = parts.iter().filter_map(|part| part.marks.page).collect();
    let source = &parts.first()?.discussion.source;
    if pages.is_empty() {
        return None;
    }
    if pages.len() < parts.len() {
        let first = pages[0].first();
        pages.push(first);
    }
    pages.sort_unstable();
    pages.dedup();
    let absent = marks::absent(&pages);
    let (pages, verb) = match &absent[..] {
        [] => return None,
        [one] => (one.clone(), "is"),
        many => (listed(many), "are"),
    };
    let message = format!(
        "{pages} of this thread {verb} not among the inputs; replies to what stands there lack it"
    );
    Some(note(source, Oddity::MoreHidden, message))
}
