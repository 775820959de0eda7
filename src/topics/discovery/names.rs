//! The names of those who comment, which are no topics.
//!
//! A name is taken for one only in threads where its bearer writes: a forum with thousands of
//! members has one called Linux. There, every word of the name counts, and so does whatever opens
//! a comment and is cut off ("Harry.", "Flea, Ned -") if it begins like a name does.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use unicode_segmentation::UnicodeSegmentation;

use super::Document;
use crate::text::tokens::{TokenKind, tokens};

/// Bytes at the beginning of a text that calls stand in.
const OPENING: usize = 64;
/// A call shares this many letters with the name that it is short for.
const SHARED: usize = 3;

/// The words of the authors' names, by thread.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_thread: HashMap<u32, HashSet<CompactString>>,
    threads: Vec<u32>,
}

impl Names {
    /// Collects the names of all authors, and of `others` for every thread; and what their bearers
    /// are called for short.
    pub(super) fn of(documents: &[Document<'_>], others: &[&str]) -> Self {
        let mut names = Self::default();
        for document in documents {
            names.threads.push(document.thread);
            let known = names.by_thread.entry(document.thread).or_default();
            for name in document.author.iter().chain(others) {
                known.extend(name.unicode_words().map(|w| CompactString::from(w.to_lowercase())));
                known.insert(CompactString::from(name.to_lowercase()));
            }
        }
        for (i, document) in documents.iter().enumerate().filter(|(_, d)| !d.is_post) {
            let calls: Vec<CompactString> =
                leading(document.text).filter(|word| names.is_name(word, i, true)).collect();
            names.by_thread.entry(document.thread).or_default().extend(calls);
        }
        names
    }

    /// Whether a word in lower case names somebody who takes part in the document's thread;
    /// `is_call`: it opens the document and stands alone.
    pub(super) fn is_name(&self, word: &str, document: usize, is_call: bool) -> bool {
        let Some(names) = self.by_thread.get(&self.threads[document]) else { return false };
        names.contains(word) || (is_call && begins_like_one_of(names, word))
    }
}

/// The words that open a text and stand alone, in lower case: "Flea, Ned -", "Harry.".
fn leading(text: &str) -> impl Iterator<Item = CompactString> {
    let own = text.lines().find(|line| !line.starts_with('>')).unwrap_or("");
    let row = tokens(own.get(..own.len().min(OPENING)).unwrap_or(""));
    let alone = (0..row.len())
        .take_while(|&k| {
            row[k].kind == TokenKind::Word
                && row[k].text.starts_with(char::is_uppercase)
                && row.get(k + 1).is_none_or(|next| next.is_parted)
        })
        .count();
    row.into_iter().take(alone).map(|token| CompactString::from(token.text.to_lowercase()))
}

fn begins_like_one_of(names: &HashSet<CompactString>, word: &str) -> bool {
    let shared = |name: &str| name.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    // Whether there is any, not which: the order of the set does not matter.
    #[allow(clippy::iter_over_hash_type)]
    for name in names {
        if shared(name) >= SHARED.min(word.chars().count()) {
            return true;
        }
    }
    false
}
