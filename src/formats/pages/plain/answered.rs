//! Names of the ones answered that stand beside the names of authors, told apart by the other names
//! of the page.

use std::collections::{HashMap, HashSet};

use super::names::name;
use super::plausible::looks_like_text;
use super::rows::Row;
use super::segments::Segment;
use super::vocabulary::Vocabulary;
use crate::comment::Kind;

/// `Ann 回复 Bob`, `Ann → Bob`: a word or a sign between two names says who is answered.
pub(super) fn part_at_word(segments: &mut [Segment], words: &Vocabulary) {
    for header in segments.iter_mut().map(|segment| &mut segment.header) {
        let mut gaps = header.author.match_indices(' ').map(|(at, _)| at);
        let Some(at) = gaps.find(|at| {
            let word = header.author[*at..].split_whitespace().next();
            *at > 0 && word.is_some_and(|word| words.is_answering(word))
        }) else {
            continue;
        };
        let rest = header.author.split_off(at);
        let to = rest.trim_start().split_once(' ').map_or("", |(_, to)| to.trim());
        if !to.is_empty() {
            header.to.get_or_insert_with(|| to.to_owned());
        }
    }
}

/// The name of the one answered on a line of its own, the picture between the two lost: what was
/// taken for the author is the one answered where one more name stands between it and the buttons
/// that end the comment above, or the name of somebody else than the author of that comment, who may
/// have signed it.
pub(super) fn take_name_above(segments: &mut [Segment], rows: &[Row<'_>], words: &Vocabulary) {
    let known: HashSet<String> = segments.iter().map(|s| s.header.author.clone()).collect();
    let above = |segment: &Segment, before: &Segment| -> Option<(usize, bool)> {
        let mut shown = (before.header.rows.end..segment.header.rows.start)
            .rev()
            .filter(|r| !rows[*r].is_blank());
        let row = shown.next()?;
        let is_name = rows[row].text.len() <= 60
            && rows[row].dates.is_empty()
            && name(&rows[row].masked, &rows[row]).is_some()
            && !looks_like_text(&rows[row].text)
            && !words.is_actions(&rows[row].text);
        let text = rows[row].text.as_ref();
        let is_behind_buttons = shown.next().is_some_and(|row| words.is_actions(&rows[row].text));
        let is_other = || known.contains(text) && text != before.header.author;
        (is_name && (is_behind_buttons || is_other())).then_some((row, is_behind_buttons))
    };
    let mut seen: HashSet<&str> = HashSet::new();
    let found: Vec<Option<(usize, bool)>> = (0..segments.len())
        .map(|i| {
            let segment = &segments[i];
            let comes_back = !seen.insert(&segment.header.author);
            let is_open =
                segment.header.to.is_none() && segment.kind == Kind::Comment && comes_back;
            i.checked_sub(1).filter(|_| is_open).and_then(|i| above(segment, &segments[i]))
        })
        .collect();
    let times = found.iter().flatten().count();
    let is_known = |(row, _): &&(usize, bool)| known.contains(rows[*row].text.as_ref());
    let known_times = found.iter().flatten().filter(is_known).count();
    // Where many only answer, the page knows few of the names.
    let all_buttons = found.iter().flatten().all(|(_, is_behind_buttons)| *is_behind_buttons);
    if times < 2 || known_times * (if all_buttons { 4 } else { 2 }) < times {
        return;
    }
    for (i, row) in found.into_iter().enumerate() {
        let Some((row, _)) = row else { continue };
        let author = rows[row].text.to_string();
        let header = &mut segments[i].header;
        header.to = Some(std::mem::replace(&mut header.author, author));
        header.rows.start = row;
        let before = &mut segments[i - 1];
        before.body.end = before.body.end.min(row);
    }
}

/// A third of the names end in the name of somebody who wrote above: a platform that prints the one
/// answered behind the author. Whoever only answers is known by no name of his own.
pub(super) fn part_answered_above(segments: &mut [Segment]) {
    let mut known: HashSet<String> = HashSet::new();
    let mut parted: Vec<Option<usize>> = Vec::with_capacity(segments.len());
    for segment in segments.iter() {
        let author = segment.header.author.as_str();
        let is_open = segment.header.to.is_none() && segment.kind == Kind::Comment;
        let mut gaps = author.match_indices([' ', '\u{a0}']).map(|(at, _)| at);
        let gap = gaps.find(|at| {
            let to = author[*at..].trim();
            is_open && to != author[..*at].trim() && known.contains(to)
        });
        known.insert(gap.map_or(author, |at| author[..at].trim()).to_owned());
        parted.push(gap);
    }
    let times = parted.iter().flatten().count();
    if times < FEWEST_PARTED || times * 3 < segments.len() {
        return;
    }
    for (segment, gap) in segments.iter_mut().zip(parted) {
        if let Some(at) = gap {
            let header = &mut segment.header;
            header.to = Some(header.author.split_off(at).trim().to_owned());
        }
    }
}

/// Fewer names that end in another's may be chance.
const FEWEST_PARTED: usize = 3;

/// `Bob@Ann` is Bob who answers Ann, where the page knows Ann. (Of `ann@example.org` it knows no
/// `example.org`.)
pub(super) fn part_addressed(segments: &mut [Segment]) {
    let split = |author: &str| -> Option<(String, String)> {
        let (name, to) = author.split_once('@').filter(|(name, _)| !name.is_empty())?;
        Some((name.trim().to_owned(), to.trim().to_owned()))
    };
    let authors = || segments.iter().map(|segment| segment.header.author.as_str());
    let whole = authors().map(str::to_owned);
    let known: HashSet<String> =
        whole.chain(authors().filter_map(|author| Some(split(author)?.0))).collect();
    for header in segments.iter_mut().map(|s| &mut s.header).filter(|h| h.to.is_none()) {
        if let Some((name, to)) = split(&header.author).filter(|(_, to)| known.contains(to)) {
            (header.author, header.to) = (name, Some(to));
        }
    }
}

/// `Bob Ann` is Bob who answers Ann, where the page knows Bob and Ann.
pub(super) fn part_answered(segments: &mut [Segment]) {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for segment in segments.iter() {
        *times.entry(segment.header.author.as_str()).or_default() += 1;
    }
    let parted: Vec<Option<(String, String)>> = segments
        .iter()
        .map(|segment| {
            let author = segment.header.author.as_str();
            let is_open = segment.header.to.is_none() && segment.kind == Kind::Comment;
            let parts = author.match_indices([' ', '\u{a0}']).map(|(at, _)| author.split_at(at));
            parts.filter(|_| is_open).find_map(|(name, to)| {
                let (name, to) = (name.trim(), to.trim());
                (name != to && times.contains_key(name) && times.contains_key(to))
                    .then(|| (name.to_owned(), to.to_owned()))
            })
        })
        .collect();
    if parted.iter().flatten().count() < 2 {
        return;
    }
    // Where hardly anybody answers, two names that stand together often are one.
    let are_many = parted.iter().flatten().count() * 6 >= segments.len();
    let once: HashSet<String> = times
        .iter()
        .filter(|(_, n)| are_many || **n == 1)
        .map(|(name, _)| (*name).to_owned())
        .collect();
    // Whoever only ever answers is known by the names of those who are answered.
    let parts: HashSet<&String> = parted.iter().flatten().map(|(_, to)| to).collect();
    let answered: HashSet<String> =
        times.keys().map(|name| (*name).to_owned()).chain(parts.into_iter().cloned()).collect();
    for (segment, pair) in segments.iter_mut().zip(parted) {
        let author = &segment.header.author;
        let pair = pair.or_else(|| {
            let gaps = author.match_indices([' ', '\u{a0}']).map(|(at, _)| author.split_at(at));
            let is_open = segment.header.to.is_none() && once.contains(author);
            gaps.filter(|_| is_open)
                .map(|(name, to)| (name.trim().to_owned(), to.trim().to_owned()))
                .find(|(_, to)| answered.contains(to))
        });
        if let Some((name, to)) = pair {
            segment.header.author = name;
            segment.header.to = Some(to);
        }
    }
}
