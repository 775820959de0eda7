//! What forums print of authors beside their posts: how many posts, since when.
//!
//! Forums speak the language of their members, and their software the same words in each. Grammars
//! name what stands there by slots, which take the words of all languages.

use std::sync::LazyLock;

use regex::Regex;

use super::rows::DATE;
use crate::formats::pages::profile::{self, Phrases};

/// The slots that [`expand`] knows.
const SLOTS: [&str; 2] = ["{posts}", "{joined}"];

/// A line of a grammar has one of the slots.
pub(super) fn stand_in(line: &str) -> bool {
    SLOTS.iter().any(|slot| line.contains(slot))
}

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

/// The line is a word for the day on which somebody joined, and nothing else.
pub(super) fn is_joined(line: &str) -> bool {
    is_word(line, |phrases| &phrases.joined)
}

/// The line is a word for how many posts somebody wrote, and nothing else.
pub(super) fn is_posts(line: &str) -> bool {
    is_word(line, |phrases| &phrases.posts)
}

/// Such a word stands in the line.
pub(super) fn tells_of_joining(line: &str) -> bool {
    static JOINED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)\b(?:{})\b", words(|p| &p.joined))).expect("escaped words")
    });
    JOINED.is_match(line)
}

fn is_word(line: &str, kind: fn(&Phrases) -> &Vec<String>) -> bool {
    let bare = line.trim_end_matches([':', '：', ' ']).to_lowercase();
    let mut words = profile::common_phrases().values().flat_map(kind);
    words.any(|word| word.to_lowercase() == bare)
}

/// The words of all languages as alternatives, long ones first.
fn words(kind: fn(&Phrases) -> &Vec<String>) -> String {
    let mut all: Vec<&String> = profile::common_phrases().values().flat_map(kind).collect();
    all.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    all.dedup();
    all.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}
