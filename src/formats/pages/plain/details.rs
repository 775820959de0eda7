//! What forums print of authors beside their posts: how many posts, since when, from where.
//!
//! Forums speak the language of their members, and their software the same words in each. Grammars
//! name what stands there by slots, which take the words of all languages.

use std::sync::LazyLock;

use crate::formats::pages::profile::{self, Phrases};

/// The slots that [`expand`] knows.
pub(super) const SLOTS: [&str; 3] = ["{posts}", "{joined}", "{field}"];

/// A pattern with its slots written out.
pub(super) fn expand(pattern: &str) -> String {
    static WORDS: LazyLock<[String; 3]> = LazyLock::new(|| {
        let any = words(&[|p| &p.posts, |p| &p.joined, |p| &p.fields]);
        [
            format!(r"(?i:{}) ?[:：]? ?[\d.,\x{{a0}} ]*", words(&[|p| &p.posts])),
            format!("(?i:{})(?: ?[:：]| .*)?.*", words(&[|p| &p.joined])),
            format!("(?i:{any})(?:$| ?[:：].{{0,60}}| .{{0,60}})"),
        ]
    });
    SLOTS
        .iter()
        .zip(WORDS.iter())
        .fold(pattern.to_owned(), |p, (slot, words)| p.replace(slot, words))
}

/// The words of all languages as alternatives, long ones first.
fn words(kinds: &[fn(&Phrases) -> &Vec<String>]) -> String {
    let phrases = profile::common_phrases().values();
    let mut all: Vec<&String> =
        phrases.flat_map(|p| kinds.iter().flat_map(|kind| kind(p))).collect();
    all.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    all.dedup();
    all.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}
