//! Phrases that lines begin with, found by their first letter.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Phrases in lower case, for texts in any case.
#[derive(Debug, Clone, Default)]
pub(super) struct Openings {
    by_first: HashMap<char, Vec<String>, FixedState>,
}

impl Openings {
    /// Of phrases that begin alike, the earlier goes first.
    pub(super) fn new(phrases: Vec<String>) -> Self {
        let mut by_first: HashMap<char, Vec<String>, FixedState> = HashMap::default();
        for phrase in phrases {
            if let Some(first) = phrase.chars().next() {
                by_first.entry(first).or_default().push(phrase);
            }
        }
        Self { by_first }
    }

    /// What follows each phrase that the text begins with.
    pub(super) fn rests<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let phrases = text.chars().next().and_then(|c| self.by_first.get(&lower(c)?));
        phrases.into_iter().flatten().filter_map(|phrase| strip_prefix(text, phrase))
    }

    /// Whether the text begins with one of the phrases.
    pub(super) fn begin(&self, text: &str) -> bool {
        self.rests(text).next().is_some()
    }
}

/// A letter in lower case; `None` if that takes several.
fn lower(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    let mut lower = c.to_lowercase();
    lower.next().filter(|_| lower.next().is_none())
}

/// Strips a prefix in lower case from text in any case.
fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        let found = rest.next()?;
        if found != wanted && lower(found) != Some(wanted) {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_any_case_begin_with_phrases() {
        let phrases = ["reply to", "répondre à", "re", "ответить"].map(str::to_owned).to_vec();
        let openings = Openings::new(phrases);
        let rests = |text: &'static str| openings.rests(text).collect::<Vec<_>>();
        assert_eq!(rests("Reply to Ann"), [" Ann", "ply to Ann"]);
        assert_eq!(rests("RÉPONDRE À Zoé"), [" Zoé"]);
        assert_eq!(rests("Ответить Ане"), [" Ане"]);
        assert_eq!(rests("İre"), [""; 0]);
        assert_eq!(rests(""), [""; 0]);
        assert!(openings.begin("RE: that") && !openings.begin("Answer"));
    }
}
