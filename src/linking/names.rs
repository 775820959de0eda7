//! Which authors a printed name may mean.
//!
//! Pages print the one answered in full, by first name, cut short, or as a nickname. A label is
//! matched to the authors of its page exactly, else by normal form, else by first word, else by
//! prefix; the first of these that matches anyone decides. Several authors may match: then the
//! comments of all of them are candidates.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use unicode_normalization::UnicodeNormalization;

use crate::comment::Comment;

/// The number that stands for an absent label.
pub(super) const NO_LABEL: u32 = u32::MAX;

/// The author's number of comments without an author.
pub(super) const NOBODY: u32 = 0;

/// Labels that pages print for authors whose account is gone or who never had one.
const ANONYMOUS: [&str; 8] =
    ["deleted", "removed", "anonymous", "guest", "unknown", "gast", "invite", "anonymus"];

/// Shortest label, in characters, that is taken for the beginning of a longer name.
const SHORTEST_PREFIX: usize = 3;

/// The authors and labels of a discussion, numbered.
#[derive(Debug)]
pub(super) struct Names<'d> {
    /// The distinct authors; the first entry stands for [`NOBODY`].
    pub(super) known: Vec<&'d str>,
    /// By comment, the number of its author.
    pub(super) authors: Vec<u32>,
    /// By comment, the number of the name that it answers, or [`NO_LABEL`].
    pub(super) labels: Vec<u32>,
    /// By label, the numbers of the authors that it may mean, in rising order.
    meanings: Vec<Vec<u32>>,
}

impl<'d> Names<'d> {
    /// Numbers the authors and labels of comments.
    pub(super) fn new(comments: &'d [Comment]) -> Self {
        let mut authors = Numbered::default();
        authors.number("");
        let author = |c: &'d Comment| c.author.as_deref().map_or(NOBODY, |a| authors.number(a));
        let by_comment = comments.iter().map(author).collect();
        let mut labels = Numbered::default();
        let by_label = comments
            .iter()
            .map(|c| c.reply_to.name.as_deref().map_or(NO_LABEL, |label| labels.number(label)));
        let by_label = by_label.collect();
        let directory = Directory::new(&authors.names);
        let meanings = labels.names.iter().map(|label| directory.look_up(label)).collect();
        Self { known: authors.names, authors: by_comment, labels: by_label, meanings }
    }

    /// Takes it that a comment answers an author, whom its text addresses.
    pub(super) fn label_by_text(&mut self, comment: u32, author: u32) {
        self.labels[comment as usize] = self.meanings.len() as u32;
        self.meanings.push(vec![author]);
    }

    /// The numbers of the authors that the label may mean; none without a label.
    pub(super) fn meant_by(&self, label: u32) -> &[u32] {
        self.meanings.get(label as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether the label may mean the author. No label means anyone.
    pub(super) fn may_mean(&self, label: u32, author: u32) -> bool {
        label == NO_LABEL || self.means(label, author)
    }

    /// Whether there is a label, and it may mean the author.
    pub(super) fn means(&self, label: u32, author: u32) -> bool {
        label != NO_LABEL && self.meanings[label as usize].contains(&author)
    }
}

/// Distinct strings in order of appearance.
#[derive(Default)]
struct Numbered<'d> {
    names: Vec<&'d str>,
    numbers: HashMap<&'d str, u32, FixedState>,
}

impl<'d> Numbered<'d> {
    fn number(&mut self, name: &'d str) -> u32 {
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() as u32 - 1
        })
    }
}

/// Authors by what they may be called.
pub(super) struct Directory<'d> {
    exact: HashMap<&'d str, u32, FixedState>,
    normal: HashMap<String, Vec<u32>, FixedState>,
    first_word: HashMap<String, Vec<u32>, FixedState>,
    /// Normal forms in alphabetical order, to find those with a beginning.
    sorted: Vec<(String, u32)>,
}

impl<'d> Directory<'d> {
    pub(super) fn new(authors: &[&'d str]) -> Self {
        let mut directory = Self {
            exact: HashMap::with_hasher(FixedState::default()),
            normal: HashMap::with_hasher(FixedState::default()),
            first_word: HashMap::with_hasher(FixedState::default()),
            sorted: Vec::new(),
        };
        for (number, author) in authors.iter().enumerate().skip(1) {
            let number = number as u32;
            directory.exact.insert(author, number);
            let normal = normal(author);
            directory.first_word.entry(first_word(&normal).to_owned()).or_default().push(number);
            directory.normal.entry(normal.clone()).or_default().push(number);
            directory.sorted.push((normal, number));
        }
        directory.sorted.sort();
        directory
    }

    /// The authors who are called so, in full or by their first word, in rising order.
    pub(super) fn called(&self, name: &str) -> Vec<u32> {
        if let Some(&author) = self.exact.get(name) {
            return vec![author];
        }
        let name = normal(name);
        self.normal.get(&name).or_else(|| self.first_word.get(&name)).cloned().unwrap_or_default()
    }

    /// The authors that a printed name may mean, in rising order: pages cut names short.
    pub(super) fn look_up(&self, label: &str) -> Vec<u32> {
        let called = self.called(label);
        if !called.is_empty() {
            return called;
        }
        let label = normal(label);
        if ANONYMOUS.contains(&label.trim_matches(['[', ']', '(', ')'])) {
            return vec![NOBODY];
        }
        let mut authors = self.beginning_with(&label);
        if authors.is_empty()
            && let Some(cut) = label.strip_suffix('…').or_else(|| label.strip_suffix("..."))
        {
            authors = self.beginning_with(cut.trim_end());
        }
        if authors.is_empty()
            && let Some(author) = self.normal.get(first_word(&label))
        {
            // The label is longer than the name: "Ann (Admin)" for "Ann".
            authors.clone_from(author);
        }
        authors
    }

    fn beginning_with(&self, beginning: &str) -> Vec<u32> {
        if beginning.chars().count() < SHORTEST_PREFIX {
            return Vec::new();
        }
        let from = self.sorted.partition_point(|(name, _)| name.as_str() < beginning);
        let mut authors: Vec<u32> = self.sorted[from..]
            .iter()
            .take_while(|(name, _)| name.starts_with(beginning))
            .map(|(_, number)| *number)
            .collect();
        authors.sort_unstable();
        authors
    }
}

/// The form in which names are compared: compatibility characters unified, lower case, white
/// space single, no `@` in front.
fn normal(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(word.nfkc().flat_map(char::to_lowercase));
    }
    match normal.strip_prefix('@') {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => normal,
    }
}

/// The first word of a normal form, as people shorten names: up to a space or `. _ - , ( )`.
fn first_word(normal: &str) -> &str {
    normal
        .split([' ', '.', '_', '-', ',', '(', ')'])
        .find(|word| !word.is_empty())
        .unwrap_or(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_find_authors_by_the_closest_form() {
        let authors = ["", "Ann Bee", "ann", "Bob_Ross", "Ｃyd", "Bobby Tables", "22winmag - PFC"];
        let directory = Directory::new(&authors);
        let found = |label: &str| directory.look_up(label);
        assert_eq!(found("Ann Bee"), [1]);
        assert_eq!(found("ann  bee"), [1]);
        assert_eq!(found("Ann"), [2], "the whole name goes before the first word");
        assert_eq!(found("bob"), [3], "the first word goes before the beginning");
        assert_eq!(found("@cyd"), [4], "full width letters are letters");
        assert_eq!(found("bobb"), [5]);
        assert_eq!(found("22win"), [6]);
        assert_eq!(found("Ann (Admin)"), [2]);
        assert_eq!(found("[deleted]"), [NOBODY]);
        assert_eq!(found("Zoe"), [0_u32; 0]);
        assert_eq!(found(""), [0_u32; 0]);
    }
}
