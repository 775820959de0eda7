//! What forums print of authors beside their posts: how many posts, since when.
//!
//! Forums speak the language of their members, and their software the same words in each. Grammars
//! name what stands there by slots, which take the words of all languages.

use std::sync::LazyLock;

use super::rows::DATE;
use crate::formats::pages::profile::{self, Phrases};

/// The slots that [`expand`] knows.
pub(super) const SLOTS: [&str; 2] = ["{posts}", "{joined}"];

/// A pattern with its slots written out.
pub(super) fn expand(pattern: &str) -> String {
    static WORDS: LazyLock<[String; 2]> = LazyLock::new(|| {
        [
            format!(r"(?i:{}) ?[:：]? ?[\d.,\x{{a0}} ]*", words(|p| &p.posts)),
            // Behind the words stands a sign, a day or nothing: `Joined us last week` is a text.
            format!("(?i:{})(?: ?[:：].{{0,60}}| {DATE}.{{0,20}})?", words(|p| &p.joined)),
        ]
    });
    SLOTS
        .iter()
        .zip(WORDS.iter())
        .fold(pattern.to_owned(), |p, (slot, words)| p.replace(slot, words))
}

/// The words of all languages as alternatives, long ones first.
fn words(kind: fn(&Phrases) -> &Vec<String>) -> String {
    let mut all: Vec<&String> = profile::common_phrases().values().flat_map(kind).collect();
    all.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    all.dedup();
    all.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}
