//! Whether comments that were found are comments, and not a table, a list of articles or a
//! chronicle.
//!
//! Evidence is added up. For comments speak what pages print around them (a heading with their
//! number, a form, links for answering, pictures, the names of the ones answered) and what people
//! do: they come back, they answer each other by name, one after the other. Against them speak
//! what lists have: a title above each entry, a link to the rest of it, its number of comments,
//! one author, no order in time.

use std::collections::HashSet;

use super::assembly::Page;
use super::grammar::{Anchor, Grammar, anchor};
use super::inference::INFERRED;
use super::plausible;
use super::score::{Finding, is_empty};
use super::segments::Segment;
use super::speech;
use super::vocabulary::Vocabulary;
use crate::comment::Kind;

/// The evidence that is needed; more where a page has next to no comments, or none with a date.
const NEEDED: f32 = 1.5;
const NEEDED_OF_FEW: f32 = 2.3;
/// So many comments in which nobody speaks to anybody are none.
const FEWEST_SILENT: usize = 6;

impl Finding<'_> {
    /// Whether the comments found are comments.
    pub(super) fn is_believable(&self, page: &Page<'_>) -> bool {
        let comments: Vec<&Segment> =
            self.segments.iter().filter(|segment| segment.kind == Kind::Comment).collect();
        if comments.is_empty() || self.score < 0.3 {
            return false;
        }
        let mut lines = self.grammar.above.iter().chain(&self.grammar.below);
        let is_dated = lines.any(|line| line.has("{date}"));
        let needed = if comments.len() < 3 || !is_dated { NEEDED_OF_FEW } else { NEEDED };
        let evidence = self.evidence_for(&comments, page) - self.evidence_against(&comments, page);
        evidence >= needed
    }

    fn evidence_for(&self, comments: &[&Segment], page: &Page<'_>) -> f32 {
        let n = comments.len();
        let timed =
            |s: &&Segment| s.header.date.as_ref().is_some_and(|d| d.has_time() || d.is_age());
        let authors: HashSet<&str> = comments.iter().map(|s| s.header.author.as_str()).collect();
        // An index of articles tells of each how many comments it has: none of these is a heading.
        let is_index = !self.plain.flat && share(comments, |s| counts(s, page)) > 0.4;
        let is_declared = self.section.declared.is_some_and(|d| d as usize == n);
        weight(self.section.has_heading && !is_index, 1.0)
            + weight(is_declared && !is_index, 1.0)
            + weight(share(comments, timed) > 0.5 || self.is_talk(comments, page), 0.8)
            + weight(share(comments, |s| s.header.has_avatar) > 0.5, 1.0)
            + weight(comments.iter().any(|s| s.header.to.is_some()), 0.8)
            + weight(share(comments, |s| is_acted_on(s, page)) > 0.5, 1.0)
            + weight(authors.len() < n && authors.len() > 1, 0.4)
            + weight(says(self.grammar, comments, page), 0.6)
            + weight(self.is_peculiar(comments, page), 0.8)
            + weight(self.has_form(page), 0.3)
            + weight(n > 3 && order(comments, page) >= 0.85, 0.3)
            + weight(comments.iter().any(|s| addresses(s, &authors, page)), 0.4)
            + (n as f32 / 10.0).min(0.5)
    }

    fn evidence_against(&self, comments: &[&Segment], page: &Page<'_>) -> f32 {
        let authors: HashSet<&str> = comments.iter().map(|s| s.header.author.as_str()).collect();
        // Nothing but names, dates and texts: a calendar has as much.
        let is_bare = !self.section.has_heading
            && !self.has_form(page)
            && !self.is_peculiar(comments, page)
            && !says(self.grammar, comments, page)
            && comments.iter().all(|s| s.header.to.is_none())
            && share(comments, |s| s.header.has_avatar) <= 0.5
            && share(comments, |s| is_acted_on(s, page)) <= 0.5;
        2.0 * share(comments, |s| is_empty(s, page))
            + weight(share(comments, |s| holds_back(s, page)) > 0.5, 2.0)
            + weight(!self.plain.flat && share(comments, |s| counts(s, page)) > 0.4, 2.0)
            + weight(
                !self.section.has_heading && share(comments, |s| ends_in_title(s, page)) > 0.6,
                1.2,
            )
            + weight(share(comments, |s| is_one_line(s, page)) > 0.8, 1.0)
            + weight(share(comments, |s| plausible::is_likely(&s.header.author)) < 0.5, 0.8)
            + weight(is_bare && is_silent(comments, page, &authors), 0.7)
            + weight(is_bare && self.grammar.name == INFERRED, 0.5)
            + weight(is_bare && order(comments, page) < 0.7, 0.8)
            + weight(is_bare && is_dated_first(self.grammar), 1.0)
            + weight(is_bare && share(comments, |s| begins_with_title(s, page)) > 0.7, 1.2)
            + weight(is_bare && share(comments, |s| is_labelled(s, page)) > 0.5, 1.0)
            + weight(is_bare && share(comments, |s| is_numbered(s, page)) > 0.5, 1.5)
            + weight(authors.len() == 1 && comments.len() > 2, 0.6)
            + weight(share(comments, |s| is_menu(s, page)) > 0.4, 1.5)
            + weight(self.is_unframed(comments, page) && self.score < 0.8, 1.0)
            + weight(self.is_unframed(comments, page) && !is_dated(comments), 1.5)
    }

    /// Neither a heading nor peculiar lines tell of comments, nor do their headers.
    fn is_unframed(&self, comments: &[&Segment], page: &Page<'_>) -> bool {
        !self.section.has_heading
            && !self.is_peculiar(comments, page)
            && !says(self.grammar, comments, page)
            && comments.iter().all(|s| s.header.to.is_none())
    }

    /// People speak, below names and without titles: where no times of day tell that they were
    /// written one after the other.
    fn is_talk(&self, comments: &[&Segment], page: &Page<'_>) -> bool {
        !is_dated_first(self.grammar)
            && share(comments, |s| speaks(s, page)) > 0.5
            && share(comments, |s| ends_in_title(s, page) || begins_with_title(s, page)) < 0.3
    }

    /// Its lines are so peculiar that only comments have them. `Posted by Ann on May 4` is not:
    /// blogs sign their articles so.
    fn is_peculiar(&self, comments: &[&Segment], page: &Page<'_>) -> bool {
        let is_signed = |s: &&Segment| {
            let row = page.rows[s.header.author_row].text.trim_start();
            row.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("posted by "))
        };
        self.grammar.strong && share(comments, is_signed) <= 0.5
    }

    fn has_form(&self, page: &Page<'_>) -> bool {
        let is_form = |row: &usize| !page.words().is_end(&page.rows[*row].text);
        page.marks.forms.iter().any(|row| *row >= self.section.start && is_form(row))
    }
}

fn weight(holds: bool, weight: f32) -> f32 {
    if holds { weight } else { 0.0 }
}

/// Some of them have a date.
fn is_dated(comments: &[&Segment]) -> bool {
    comments.iter().any(|s| s.header.date.is_some())
}

/// Hardly anything but short lines that end without a stop: links, headlines, fields.
fn is_menu(segment: &Segment, page: &Page<'_>) -> bool {
    let is_item = |line: &str| line.len() < 90 && !line.ends_with(STOPS);
    let (items, all) = shown(segment, page)
        .fold((0, 0), |(items, all), line| (items + usize::from(is_item(line)), all + 1));
    all >= 3 && items * 4 >= all * 3
}

/// What sentences end in.
const STOPS: [char; 12] = ['.', '!', '?', '…', ':', ';', ',', '"', '”', '»', ')', '。'];

/// The date stands above the name.
fn is_dated_first(grammar: &Grammar) -> bool {
    [&grammar.above, &grammar.below].into_iter().any(|lines| {
        let place = |slot: &str| lines.iter().position(|line| line.has(slot));
        matches!((place("{date}"), place("author")), (Some(date), Some(author)) if date < author)
    })
}

/// What the name is the name of stands before it: `On duty: Ann`. Comments have `From: Ann`.
fn is_labelled(segment: &Segment, page: &Page<'_>) -> bool {
    const WRITERS: &[&str] = &["from", "by", "name", "author", "user", "von", "autor", "auteur"];
    let text = page.rows[segment.header.author_row].text.trim();
    let label = text.strip_suffix(segment.header.author.as_str()).and_then(|label| {
        label.trim_end().strip_suffix(':').filter(|label| label.starts_with(char::is_alphabetic))
    });
    label.is_some_and(|label| {
        let last = label.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        !WRITERS.contains(&last.as_str())
    })
}

/// Links for answering, sharing, voting stand around it.
fn is_acted_on(segment: &Segment, page: &Page<'_>) -> bool {
    let is_link = |row: usize| page.is_action(row) && !Vocabulary::is_teaser(&page.rows[row].text);
    (segment.header.rows.start..segment.body.end + 3).any(is_link)
}

/// Nobody comes back, and hardly anybody asks or speaks to somebody: diaries, programmes,
/// notices. A few comments may be so by chance.
fn is_silent(comments: &[&Segment], page: &Page<'_>, authors: &HashSet<&str>) -> bool {
    let talk = share(comments, |s| shown(s, page).any(speech::is_to_somebody));
    let comes_back = authors.len() < comments.len();
    comments.len() >= FEWEST_SILENT
        && !comments.iter().any(|s| addresses(s, authors, page))
        && talk < if comes_back { 0.12 } else { 0.3 }
}

/// It speaks to another author by name.
fn addresses(segment: &Segment, authors: &HashSet<&str>, page: &Page<'_>) -> bool {
    let Some(first) = segment.body.clone().find(|row| !page.rows[*row].is_blank()) else {
        return false;
    };
    let text = page.rows[first].text.trim_start();
    let bare = text.trim_start_matches('@');
    let is_marked = bare.len() < text.len();
    authors.iter().any(|author| {
        let rest = bare.strip_prefix(author).filter(|_| author.chars().count() > 2);
        *author != segment.header.author
            && rest.is_some_and(|rest| is_marked || rest.starts_with([',', ':', '!']))
    })
}

/// The text is a line that is no sentence: a subject, a title.
fn is_one_line(segment: &Segment, page: &Page<'_>) -> bool {
    let mut shown = segment.body.clone().filter(|row| !page.rows[*row].is_blank());
    let Some(first) = shown.next() else { return segment.header.title.is_none() };
    let text = page.rows[first].text.trim();
    shown.next().is_none() && text.len() < 100 && !text.ends_with(['.', '!', '?', '…', '。', ')'])
}

/// The share of comments of which something is true.
fn share(comments: &[&Segment], holds: impl Fn(&&Segment) -> bool) -> f32 {
    comments.iter().filter(|s| holds(s)).count() as f32 / comments.len().max(1) as f32
}

/// A word such as `says` stands with the names.
fn says(grammar: &Grammar, comments: &[&Segment], page: &Page<'_>) -> bool {
    let has_word = |s: &&Segment| page.rows[s.header.author_row].says.is_some();
    anchor(&grammar.above) == Anchor::Says || share(comments, has_word) > 0.5
}

/// How far the comments stand in one order of time: 1 for a page in order, 0.5 for none at all.
fn order(comments: &[&Segment], page: &Page<'_>) -> f32 {
    let times: Vec<i64> = page.times(comments);
    let pairs = times.windows(2).filter(|pair| pair[0] != pair[1]);
    let (up, all) = pairs
        .fold((0_usize, 0_usize), |(up, all), pair| (up + usize::from(pair[0] < pair[1]), all + 1));
    if all == 0 { 1.0 } else { up.max(all - up) as f32 / all as f32 }
}

/// A title stands above it, or the text begins with a line that could be one. (The first line of
/// wrapped text goes on in the next one.)
fn begins_with_title(segment: &Segment, page: &Page<'_>) -> bool {
    let mut shown = shown(segment, page);
    let (first, next) = (shown.next().unwrap_or_default(), shown.next().unwrap_or_default());
    let is_title = (8..=70).contains(&first.len())
        && first.split_whitespace().nth(1).is_some()
        && first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && first.ends_with(char::is_alphanumeric)
        && next.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    is_title || segment.header.title.is_some()
}

/// A line such as `Day 3` stands at its edge: a part of something longer.
fn is_numbered(segment: &Segment, page: &Page<'_>) -> bool {
    let is_number = |line: &str| {
        let mut words = line.split_whitespace();
        let (Some(word), Some(number), None) = (words.next(), words.next(), words.next()) else {
            return false;
        };
        word.chars().count() > 2
            && word.chars().all(char::is_alphabetic)
            && number.trim_end_matches([':', '.']).bytes().all(|b| b.is_ascii_digit())
    };
    // Such lines may have been taken for furniture above the text.
    let above = page.rows[..segment.body.start].iter().rev().map(|row| row.text.trim());
    let mut shown = shown(segment, page);
    let edges = [above.into_iter().find(|line| !line.is_empty()), shown.next(), shown.next_back()];
    edges.into_iter().flatten().any(is_number)
}

/// It speaks of the one who wrote it, or to somebody.
fn speaks(segment: &Segment, page: &Page<'_>) -> bool {
    shown(segment, page).any(speech::is_personal)
}

/// The lines of the text.
fn shown<'a>(
    segment: &Segment,
    page: &'a Page<'_>,
) -> impl DoubleEndedIterator<Item = &'a str> + use<'a> {
    segment.body.clone().map(|row| page.rows[row].text.trim()).filter(|line| !line.is_empty())
}

/// The last line of the text could be the title of what follows.
fn ends_in_title(segment: &Segment, page: &Page<'_>) -> bool {
    let mut shown = segment.body.clone().rev().filter(|row| !page.rows[*row].is_blank());
    let Some(last) = shown.next() else { return false };
    let text = page.rows[last].text.trim();
    shown.next().is_some()
        && (12..=110).contains(&text.len())
        && text.split_whitespace().nth(1).is_some()
        && !text.ends_with(STOPS)
}

/// A link to the rest of an entry stands behind it.
fn holds_back(segment: &Segment, page: &Page<'_>) -> bool {
    let end = segment.body.end + 3;
    (segment.body.start..end.min(page.rows.len()))
        .any(|row| Vocabulary::is_teaser(&page.rows[row].text))
}

/// An entry tells how many comments it has. (Forums print how many posts their members wrote.)
fn counts(segment: &Segment, page: &Page<'_>) -> bool {
    let header = &segment.header.rows;
    let end = header.end.max(segment.body.end).max(segment.footer_end) + 3;
    let rows = header.start.min(segment.body.start)..end.min(page.rows.len());
    rows.into_iter().any(|row| page.marks.counts.iter().any(|(at, n)| *at == row && n.is_some()))
}
