//! Anchors: what a header is looked for by, a date, a word such as `says`, two equal lines.

use super::grammar::{Line, SLOTS};
use super::names::is_avatar;
use super::rows::{DATE, Row, next_shown};

/// What makes a part of a grammar recognisable: the search begins at such lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Date,
    Says,
    /// Two equal lines, one below the other.
    Pair,
    /// Fixed words.
    Words,
    None,
}

/// The anchor of a part of a grammar.
pub(super) fn anchor(lines: &[Line]) -> Anchor {
    let needed = |slot: &str| lines.iter().any(|line| line.is_needed() && line.has(slot));
    if needed("{date}") {
        Anchor::Date
    } else if lines.iter().any(|line| line.is_needed() && line.needs.1) {
        Anchor::Says
    } else if worded(lines).is_some() {
        Anchor::Words
    } else if needed("{avatar}") {
        Anchor::Pair
    } else {
        Anchor::None
    }
}

/// A line that must be there and has words of its own.
pub(super) fn worded(lines: &[Line]) -> Option<&Line> {
    lines.iter().find(|line| {
        let bare = SLOTS.iter().fold(line.source.clone(), |s, (slot, _)| s.replace(slot, ""));
        line.is_needed() && bare.chars().filter(|c| c.is_alphanumeric()).count() >= 2
    })
}

/// The row is where a header with these lines may stand.
pub(super) fn is_anchor(kind: Anchor, worded: Option<&Line>, rows: &[Row<'_>], at: usize) -> bool {
    let row = &rows[at];
    let has_words = |line: &Line| line.pattern().is_some_and(|words| words.is_match(&row.masked));
    match kind {
        Anchor::Date => row.masked.contains(DATE),
        Anchor::Says => row.says.is_some(),
        // Signs alone (`}`, `>`) repeat in code and quotations; `^_^` is somebody.
        Anchor::Pair => next_shown(rows, at + 1).is_some_and(|next| {
            let is_said = |c: char| c.is_alphanumeric() || matches!(c, '_' | '^') || !c.is_ascii();
            is_avatar(&row.text, &rows[next].text) && rows[next].text.contains(is_said)
        }),
        Anchor::Words => row.text.len() < 200 && worded.is_some_and(has_words),
        Anchor::None => false,
    }
}
