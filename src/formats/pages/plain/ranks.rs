//! Ranks that were taken for names: the row above them names who wrote.
//!
//! A forum prints a rank below each name. A rank that only some members hold is no furniture of the
//! page, and looks like a name; but the rows above it are names, each of which has this rank only,
//! and of which there are several, while above the name of a person stands the end of a text.

use std::collections::{HashMap, HashSet};

use super::names;
use super::plausible::{is_likely, looks_like_text};
use super::rows::Row;
use super::segments::Segment;
use super::vocabulary::Vocabulary;
use crate::comment::Kind;

/// Takes the row above for the name where the row taken is a rank, or `@Ann`, the one answered.
pub(super) fn lift(segments: &mut [Segment], rows: &[Row<'_>], words: &Vocabulary) {
    let above: Vec<Option<usize>> =
        segments.iter().map(|segment| name_above(segment, rows, words)).collect();
    // By what was taken for a name: the names above it, and whether one stands there always.
    let mut holders: HashMap<&str, (HashSet<&str>, bool)> = HashMap::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut ranks: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (segment, above) in segments.iter().zip(&above) {
        let author = segment.header.author.as_str();
        let (names, always) = holders.entry(author).or_insert_with(|| (HashSet::new(), true));
        *known.entry(author).or_default() += 1;
        match above {
            Some(row) => {
                let name = rows[*row].text.as_ref();
                names.insert(name);
                *known.entry(name).or_default() += 1;
                ranks.entry(name).or_default().insert(author);
            }
            None => *always = false,
        }
    }
    let is_rank = |author: &str| {
        let Some((names, always)) = holders.get(author) else { return false };
        let has_one = |name: &&&str| ranks[**name].len() == 1;
        let comes_back = names.iter().any(|name| known[name] > 1);
        *always && names.len() > 1 && comes_back && names.iter().all(|name| has_one(&name))
    };
    let is_answered =
        |author: &str| author.strip_prefix('@').is_some_and(|name| known.contains_key(name));
    let taken: Vec<Option<(usize, bool)>> = segments
        .iter()
        .zip(&above)
        .map(|(segment, above)| {
            let author = segment.header.author.as_str();
            let is_answered = is_answered(author);
            above.filter(|_| is_answered || is_rank(author)).map(|row| (row, is_answered))
        })
        .collect();
    let n = taken.iter().flatten().count();
    let taken = if !is_share(n, segments.len()) {
        shallow(segments, &above, rows)
    } else if n * 10 >= segments.len() * 6 {
        // Where most are ranks, those that one person alone holds are as well.
        let is_alone =
            |author: &str| holders.get(author).is_some_and(|(names, all)| *all && names.len() == 1);
        let all = segments.iter().zip(&above).zip(taken);
        all.map(|((segment, above), taken)| {
            let rest = above.filter(|_| is_alone(&segment.header.author)).map(|row| (row, false));
            taken.or(rest)
        })
        .collect()
    } else {
        taken
    };
    for (at, taken) in taken.into_iter().enumerate() {
        let Some((row, is_answered)) = taken else { continue };
        let header = &mut segments[at].header;
        let author = std::mem::replace(&mut header.author, rows[row].text.trim().to_owned());
        if is_answered {
            header.to = header.to.take().or(Some(author.trim_start_matches('@').to_owned()));
        }
        (header.rows.start, header.author_row) = (row, row);
        // A grammar that knows where the name stands is better.
        header.unknown += 2;
        if let Some(before) = at.checked_sub(1).map(|at| &mut segments[at]) {
            before.body.end = before.body.end.min(row).max(before.body.start);
        }
    }
}

/// Rows between name and date that a forum may print: rank, stars, numbers, places, links.
const MOST_BETWEEN: usize = 12;

/// What a forum prints before a name.
const STATES: [&str; 2] = ["Offline ", "Online "];

/// So many of the names must be ranks: one may be a word above a name by chance.
fn is_share(some: usize, all: usize) -> bool {
    some >= 2 && some * 5 >= all
}

/// Most headers have as many rows between name and date; where one has one less, its name is the row
/// that stands there, and the name is the row above.
fn shallow(
    segments: &[Segment],
    above: &[Option<usize>],
    rows: &[Row<'_>],
) -> Vec<Option<(usize, bool)>> {
    let between = |segment: &Segment| {
        let date = segment.header.date_row.filter(|date| *date > segment.header.author_row)?;
        let rows = rows.get(segment.header.author_row + 1..date)?;
        Some(rows.iter().filter(|row| !row.is_blank()).count())
    };
    let gaps: Vec<Option<usize>> = segments.iter().map(between).collect();
    let usual = (1..=MOST_BETWEEN).find(|n| {
        let times = gaps.iter().filter(|gap| **gap == Some(*n)).count();
        times * 10 >= segments.len() * 6
    });
    let is_short = |gap: &Option<usize>| usual.is_some() && gap.map(|gap| gap + 1) == usual;
    gaps.iter()
        .zip(above)
        .map(|(gap, above)| above.filter(|_| is_short(gap)).map(|row| (row, false)))
        .collect()
}

/// The row right above a name that stands on a line of its own, if it may be a name as well.
fn name_above(segment: &Segment, rows: &[Row<'_>], words: &Vocabulary) -> Option<usize> {
    let header = &segment.header;
    let at = header.author_row;
    if segment.kind != Kind::Comment || rows.get(at)?.text.trim() != header.author {
        return None;
    }
    let row = (at.saturating_sub(2)..at).rev().find(|row| !rows[*row].is_blank())?;
    let text = rows[row].text.as_ref();
    let bare = STATES.iter().find_map(|state| text.strip_prefix(state)).unwrap_or(text);
    let is_name = text.len() <= 40
        && rows[row].dates.is_empty()
        && names::name(&rows[row].masked, &rows[row]).is_some()
        && is_likely(bare)
        && !looks_like_text(text)
        && !text.ends_with(['.', '!', '?', ':', ','])
        && !words.is_actions(text)
        && !words.is_label(text);
    is_name.then_some(row)
}
