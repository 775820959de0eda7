//! What forums print of an author on lines of its own, a label and a value each: `Joined`, and below
//! it a day; `Messages`, and below it a number; `Location`, and below it a place.
//!
//! A place below its label looks like a name, a day like the date of a post. Such a box is known by
//! the words for joining and for posts, of any language, in front of a day and a number; what stands
//! behind them in the same way, below a label that comes again, belongs to it and is blotted out.
//! Days and numbers go to their words, where grammars look for them (`{joined}`, `{posts}`).

use std::borrow::Cow;
use std::collections::HashMap;

use super::details;
use super::rows::{DATE, Row, next_shown};

/// Fewest boxes of a page that are no chance.
const FEWEST: usize = 2;
/// So many rows further the next label stands at most.
const NEAR: usize = 2;
/// The longest label and the longest value, in bytes.
const LABEL: usize = 30;
const VALUE: usize = 60;

/// Puts the boxes of a page in order, where it has several.
pub(super) fn fold(rows: &mut [Row<'_>]) {
    let certain: Vec<usize> = (1..rows.len()).filter(|at| is_certain(rows, *at)).collect();
    if certain.len() < FEWEST {
        return;
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    for row in rows.iter().filter(|row| is_label(row)) {
        *times.entry(row.text.to_string()).or_default() += 1;
    }
    let is_field = |at: usize| {
        is_label(&rows[at])
            && times.get(rows[at].text.as_ref()).is_some_and(|times| *times >= FEWEST)
            && rows.get(at + 1).is_some_and(is_value)
    };
    let is_other = |at: usize| certain.binary_search(&at).is_err();
    let mut others: Vec<usize> = Vec::new();
    for value in &certain {
        let mut behind = *value;
        while let Some(label) = next_shown(rows, behind + 1).filter(|at| at - behind <= NEAR)
            && is_field(label)
            && is_other(label + 1)
            && is_other(label + 2)
        {
            others.extend([label, label + 1]);
            behind = label + 1;
        }
    }
    for at in others {
        rows[at] = Row { line: rows[at].line, ..Row::default() };
    }
    for value in certain {
        let folded = std::mem::take(&mut rows[value]);
        let line = folded.line;
        let label = &mut rows[value - 1];
        let bare = label.text.trim_end_matches([':', ' ']).to_owned();
        label.text = Cow::Owned(format!("{bare}: {}", folded.text));
        label.masked = format!("{bare}: {}", folded.masked);
        label.dates = folded.dates;
        rows[value].line = line;
    }
}

/// A day below a word for joining, or a number below one for posts.
fn is_certain(rows: &[Row<'_>], at: usize) -> bool {
    let (label, value) = (&rows[at - 1], &rows[at]);
    if !is_label(label) {
        return false;
    }
    let bare = value.masked.trim();
    let is_day = || bare.starts_with(DATE) && bare.chars().nth(1).is_none();
    let is_number = || {
        bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
    };
    is_day() && details::is_joined(&label.text) || is_number() && details::is_posts(&label.text)
}

/// A word or a few, and no more.
fn is_label(row: &Row<'_>) -> bool {
    !row.text.is_empty()
        && row.text.len() <= LABEL
        && row.dates.is_empty()
        && row.text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | ':' | '\'' | '’' | '-'))
}

/// Anything short that is neither a date of a post nor its number.
fn is_value(row: &Row<'_>) -> bool {
    !row.text.is_empty()
        && row.text.len() <= VALUE
        && row.dates.is_empty()
        && !row.text.starts_with('#')
}
