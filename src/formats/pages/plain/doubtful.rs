//! Headers that are none: parts of texts that happen to look like one.

use super::headers::Header;
use super::plausible;
use super::rows::Row;
use super::section::Landmarks;

/// Leaves out what a page shows to be parts of texts.
pub(super) fn sifted(headers: Vec<Header>, rows: &[Row<'_>], marks: &Landmarks) -> Vec<Header> {
    set_apart(unlike_the_others(confirmed(headers, marks)), rows, marks)
}

/// Where nearly all headers have a name and a date, a sentence is no name (`He asked how one
/// writes`), and a length of time no date (`preheat the stone for 45 minutes`).
fn unlike_the_others(mut headers: Vec<Header>) -> Vec<Header> {
    // `Ann 2h` stands on pages on which all else is older.
    let is_duration = |header: &Header| {
        header.date.as_ref().is_some_and(|date| date.is_bare && date.is_age())
            && !plausible::is_likely(&header.author)
    };
    // (Some call themselves by what they sell, in many words.)
    let ends_within = |name: &str| [". ", "! ", "? ", ", "].iter().any(|end| name.contains(end));
    let is_sentence = |header: &Header| {
        let name = &header.author;
        !header.has_avatar && plausible::looks_like_text(name) && ends_within(name)
    };
    for is_odd in [&is_duration as &dyn Fn(&Header) -> bool, &is_sentence] {
        let odd = headers.iter().filter(|header| is_odd(header)).count();
        if odd > 0 && odd * 5 <= headers.len() && headers.len() - odd >= FEWEST_ALIKE {
            headers.retain(|header| !is_odd(header));
        }
    }
    headers
}

/// Fewest headers that show what the others lack.
const FEWEST_ALIKE: usize = 4;

/// Where a heading declares just as many comments as there are headers whose picture confirms the
/// name, what else looks like a header is a part of a text: a letter that is quoted with its head.
fn confirmed(mut headers: Vec<Header>, marks: &Landmarks) -> Vec<Header> {
    let is_declared = |row: usize, count: u32| {
        let behind = headers.iter().filter(|header| header.rows.start > row);
        behind.filter(|header| header.has_avatar).count() == count as usize
    };
    let mut counts = marks.counts.iter().filter_map(|(row, count)| Some((*row, (*count)?)));
    if counts.any(|(row, count)| count >= FEWEST_CONFIRMED && is_declared(row, count)) {
        headers.retain(|header| header.has_avatar);
    }
    headers
}

/// Fewest confirmed headers that make those without a picture doubtful.
const FEWEST_CONFIRMED: u32 = 3;

/// Two equal lines and no date are a weak header. Where a page leaves an empty line before and
/// behind nearly every header, those that stand amid other lines are code or tables. (Above the first
/// one may stand the heading.)
fn set_apart(headers: Vec<Header>, rows: &[Row<'_>], marks: &Landmarks) -> Vec<Header> {
    let is_blank = |row: usize| rows.get(row).is_none_or(Row::is_blank);
    let is_above =
        |row: usize| is_blank(row) || marks.counts.iter().any(|(count, _)| *count == row);
    let before = |header: &Header| header.rows.start.checked_sub(1).is_none_or(is_above);
    let behind = |header: &Header| is_blank(header.rows.end);
    let usual = |is_apart: &dyn Fn(&Header) -> bool| {
        let apart = headers.iter().filter(|header| is_apart(header)).count();
        headers.len() >= FEWEST_APART && apart * 5 >= headers.len() * 4
    };
    let (needs_before, needs_behind) = (usual(&before), usual(&behind));
    // `Ann said…`: nobody is quoted so.
    let is_said = |header: &Header| {
        rows[header.author_row].text.ends_with(['…', '.']) && rows[header.author_row].says.is_some()
    };
    let is_one = |header: &Header| {
        header.date.is_some()
            || header.to.is_some()
            || is_said(header)
            || (!needs_before || before(header)) && (!needs_behind || behind(header))
    };
    headers.into_iter().filter(is_one).collect()
}

/// Fewest headers that show how a page sets them apart.
const FEWEST_APART: usize = 5;
