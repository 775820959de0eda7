//! What a page prints with every comment is no text: such rows are known by their repetition.
//!
//! Ranks, dates of joining, counts of votes, `Reply With Quote`, the picture of the next author:
//! every platform and every theme has its own, in every language. Where most texts of a page begin
//! or end with the same row (numbers, dates and the author's own name aside), that row and what
//! stands between it and the text's end is cut off. The last text of a page, behind which anything
//! may follow, ends where the others do. In forums, what all texts of one author end with is the
//! signature.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::furniture::{self, SHORT};
use super::names::is_avatar;
use super::rows::{DATE, Row};
use super::segments::Segment;
use super::vocabulary::Vocabulary;
use crate::comment::Kind;

/// How many shown rows from either end of a text are looked at.
const REACH: usize = 10;
/// Stands for the author's own name.
const OWN: char = '\u{1}';
/// Stands for the name of the next comment's author.
const NEXT: char = '\u{2}';

/// Cuts repeated rows off both ends of the texts.
pub(super) fn peel(segments: &mut [Segment], rows: &[Row<'_>], is_flat: bool) {
    let keys: Vec<Vec<(usize, String)>> =
        (0..segments.len()).map(|i| keyed(&segments[i], segments.get(i + 1), rows)).collect();
    let (heads, tails) = furniture(segments, &keys);
    let n = segments.len();
    for (i, (segment, keys)) in segments.iter_mut().zip(&keys).enumerate() {
        if segment.kind == Kind::Comment {
            cut(segment, keys, &heads, &tails, (i == 0, i + 1 == n), rows);
        }
    }
    for i in 1..n {
        let next = segments[i].header.author.clone();
        leave_next(&mut segments[i - 1], &next, rows);
    }
    if is_flat {
        signatures(segments, rows);
    }
}

/// The shown rows of a text as keys: what is the same on a page that prints it with each comment.
fn keyed(segment: &Segment, next: Option<&Segment>, rows: &[Row<'_>]) -> Vec<(usize, String)> {
    let next = next.map_or("", |next| next.header.author.as_str());
    let shown = segment.body.clone().filter(|row| !rows[*row].is_blank());
    let names = [(segment.header.author.as_str(), OWN), (next, NEXT)];
    shown.map(|row| (row, furniture::key(&rows[row].masked, &names))).collect()
}

/// How often a key stands near the beginnings and near the ends of texts, and how near.
#[derive(Default)]
struct Tally {
    texts: usize,
    from_start: usize,
    from_end: usize,
    /// Rows of the texts' own above and below it.
    text_above: usize,
    text_below: usize,
}

/// The keys that most texts begin with, and those that most end with.
fn furniture(
    segments: &[Segment],
    keys: &[Vec<(usize, String)>],
) -> (HashSet<String>, HashSet<String>) {
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    let mut texts = 0;
    let last = segments.len().saturating_sub(1);
    for (i, (segment, keys)) in segments.iter().zip(keys).enumerate() {
        if segment.kind != Kind::Comment || keys.is_empty() {
            continue;
        }
        texts += 1;
        let mut seen = HashSet::new();
        for (at, (_, key)) in keys.iter().enumerate() {
            // What follows the last comment of a page is not known to be text of any kind.
            let behind = if i == last { REACH } else { keys.len() - 1 - at };
            if at.min(behind) < REACH && !key.is_empty() && seen.insert(key) {
                let tally = tallies.entry(key).or_default();
                tally.texts += 1;
                tally.from_start += at;
                tally.from_end += behind;
            }
        }
    }
    tallies.retain(|key, tally| {
        // People sign with their names.
        let is_signed = key.trim_matches(|c: char| c.is_ascii_punctuation()) == "\u{1}";
        let share = if is_signed { 9 } else { 6 };
        texts >= 4 && tally.texts * 10 >= texts * share
    });
    let usual: HashSet<&str> = tallies.keys().copied().collect();
    // Where most texts would be nothing but such rows, all people write the same.
    let is_usual = |keys: &&Vec<(usize, String)>| {
        !keys.is_empty() && keys.iter().all(|(_, key)| usual.contains(&**key))
    };
    if keys.iter().filter(is_usual).count() * 2 > texts {
        return (HashSet::new(), HashSet::new());
    }
    for keys in &keys[..last] {
        let is_own: Vec<bool> = keys.iter().map(|(_, key)| !usual.contains(&**key)).collect();
        let all = is_own.iter().filter(|own| **own).count();
        let mut above = 0;
        let mut seen = HashSet::new();
        for ((_, key), is_own) in keys.iter().zip(is_own) {
            above += usize::from(is_own);
            if let Some(tally) = tallies.get_mut(&**key).filter(|_| seen.insert(key)) {
                tally.text_above += above;
                tally.text_below += all - above;
            }
        }
    }
    let (mut heads, mut tails) = (HashSet::new(), HashSet::new());
    #[expect(clippy::iter_over_hash_type, reason = "both sides are sets")]
    for (key, tally) in tallies {
        let side = if tally.is_head() { &mut heads } else { &mut tails };
        side.insert(key.to_owned());
    }
    (heads, tails)
}

impl Tally {
    /// It stands above the texts: less of them stands above it than below, or it is nearer to
    /// their beginnings.
    fn is_head(&self) -> bool {
        match self.text_above.cmp(&self.text_below) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => self.from_start <= self.from_end,
        }
    }
}

/// Cuts one text. `ends` says whether it is the page's first and last.
fn cut(
    segment: &mut Segment,
    keys: &[(usize, String)],
    heads: &HashSet<String>,
    tails: &HashSet<String>,
    ends: (bool, bool),
    rows: &[Row<'_>],
) {
    let is_short = |row: usize| rows[row].text.len() <= SHORT;
    let mut first = 0;
    for (at, (row, key)) in keys.iter().enumerate().take(REACH) {
        if !is_short(*row) {
            break;
        }
        if heads.contains(key) {
            first = at + 1;
        }
    }
    // Anything may stand before the first text of a page whose headers stand below the texts.
    if ends.0 && first == 0 {
        first = keys.iter().rposition(|(_, key)| heads.contains(key)).map_or(0, |at| at + 1);
    }
    let mut behind = keys.len();
    if ends.1 {
        behind = keys.iter().position(|(_, key)| tails.contains(key)).unwrap_or(behind);
    } else {
        for (at, (row, key)) in keys.iter().enumerate().rev().take(REACH) {
            if !is_short(*row) || at < first {
                break;
            }
            if tails.contains(key) {
                behind = at;
            }
        }
    }
    if first > 0 {
        segment.body.start = keys.get(first).map_or(segment.body.end, |(row, _)| *row);
    }
    if behind < keys.len() {
        segment.body.end = keys[behind].0.max(segment.body.start);
    }
}

/// What stands before the next header and belongs to it: the picture of its author, a role.
fn leave_next(segment: &mut Segment, next: &str, rows: &[Row<'_>]) {
    let shown: Vec<usize> =
        segment.body.clone().rev().filter(|row| !rows[*row].is_blank()).take(4).collect();
    let is_short = |row: usize| rows[row].text.len() <= 60;
    let picture = |row: &usize| {
        let text = rows[*row].text.trim_start_matches('@');
        text.chars().count() > 1 && is_avatar(text, next)
    };
    if let Some(at) = shown.iter().rposition(picture)
        && shown[..=at].iter().all(|row| is_short(*row))
    {
        segment.body.end = shown[at];
    }
}

/// Finds links and buttons that a tool glued to the ends of texts: `… the end.Reply`.
pub(super) fn unglue(segments: &mut [Segment], rows: &[Row<'_>], words: &Vocabulary) {
    let glued: Vec<usize> = segments
        .iter()
        .map(|segment| {
            let row = last_shown(segment, rows);
            row.map_or(0, |row| words.glued_actions(&rows[row].text))
        })
        .collect();
    if glued.iter().filter(|n| **n > 0).count() * 2 < segments.len() {
        return;
    }
    for (segment, glued) in segments.iter_mut().zip(glued) {
        segment.glued = glued;
        if let Some(row) = last_shown(segment, rows).filter(|_| glued > 0) {
            let text = &rows[row].text;
            let links = &text[text.len() - glued..];
            if segment.header.nav.is_none() && links.contains('(') {
                segment.header.nav = Some(links.to_owned());
            }
        }
    }
}

/// Cuts what all texts of an author end with.
fn signatures(segments: &mut [Segment], rows: &[Row<'_>]) {
    let is_rule = |row: usize| {
        let text = rows[row].text.trim();
        text.len() > 2 && text.chars().all(|c| matches!(c, '_' | '-' | '—' | '='))
    };
    for _ in 0..REACH {
        let mut ends: HashMap<(&str, &str), usize> = HashMap::new();
        let mut texts: HashMap<&str, usize> = HashMap::new();
        let last: Vec<Option<usize>> = segments.iter().map(|s| last_shown(s, rows)).collect();
        for (segment, row) in segments.iter().zip(&last) {
            let Some(row) = row else { continue };
            let author = segment.header.author.as_str();
            *texts.entry(author).or_default() += 1;
            *ends.entry((author, rows[*row].text.as_ref())).or_default() += 1;
        }
        let is_signature = |segment: &Segment, row: usize| {
            let author = segment.header.author.as_str();
            let text: &str = rows[row].text.as_ref();
            let (times, of) = (ends[&(author, text)], texts[author]);
            times > 1 && times * 3 >= of * 2 && text.len() > 2 && !text.contains(DATE)
        };
        let cuts: Vec<bool> = segments
            .iter()
            .zip(&last)
            .map(|(segment, row)| {
                row.is_some_and(|row| {
                    let stands_first =
                        (segment.body.start..row).all(|before| rows[before].is_blank());
                    is_rule(row) || !stands_first && is_signature(segment, row)
                })
            })
            .collect();
        if !cuts.contains(&true) {
            return;
        }
        for ((segment, row), _) in segments.iter_mut().zip(last).zip(cuts).filter(|(_, cut)| *cut) {
            segment.body.end = row.unwrap_or(segment.body.end);
        }
    }
}

fn last_shown(segment: &Segment, rows: &[Row<'_>]) -> Option<usize> {
    segment.body.clone().rev().find(|row| !rows[*row].is_blank())
}
