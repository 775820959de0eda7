//! How well a grammar explains a page, and whether that is enough to believe it.

use std::collections::HashSet;

use super::assembly::Page;
use super::grammar::{Anchor, Grammar, Plain, anchor};
use super::headers::{self, Header};
use super::section::Section;
use super::segments::{self, Segment};
use crate::comment::Kind;
use crate::formats::pages::profile::Profile;

/// What one profile finds on a page, with its best grammar.
#[derive(Debug)]
pub(super) struct Finding<'p> {
    pub(super) name: &'p str,
    pub(super) plain: &'p Plain,
    pub(super) grammar: &'p Grammar,
    pub(super) section: Section,
    pub(super) segments: Vec<Segment>,
    /// Worth of the comments found, less what is left unexplained: to compare grammars.
    pub(super) worth: f32,
    /// The share that is explained: 0 to 1.
    pub(super) score: f32,
}

/// The best grammar of a profile, if any finds a comment.
pub(super) fn best<'p>(profile: &'p Profile, page: &Page<'_>) -> Option<Finding<'p>> {
    let plain = profile.plain.as_ref()?;
    if !plain.signs.is_empty() && !page.shows_any(&plain.signs) {
        return None;
    }
    let entries = entries(plain, page);
    plain
        .grammars
        .iter()
        .map(|grammar| {
            let (section, segments) =
                segments::read(grammar, &entries, &page.rows, &page.marks, page.words());
            let mut finding = Finding {
                name: &profile.name,
                plain,
                grammar,
                section,
                segments,
                worth: 0.0,
                score: 0.0,
            };
            finding.weigh(page);
            finding
        })
        .filter(|finding| finding.worth > 0.0 && finding.is_believable(page))
        .fold(None, |best: Option<Finding<'p>>, finding| match best {
            Some(best) if best.worth >= finding.worth => Some(best),
            _ => Some(finding),
        })
}

/// Comments without a header of the grammar.
fn entries(plain: &Plain, page: &Page<'_>) -> Vec<(Header, Kind)> {
    let mut found = Vec::new();
    for entry in &plain.entries {
        let kind = match entry.kind.as_str() {
            "deleted" => Kind::Deleted,
            "comment" => Kind::Comment,
            _ => Kind::Pingback,
        };
        let lines = std::slice::from_ref(&entry.line);
        found.extend(headers::find(lines, &page.rows, page.words()).into_iter().map(|h| (h, kind)));
    }
    found.sort_by_key(|(header, _)| header.rows.start);
    found
}

/// Words of the page, not of a name, were taken into the name.
fn is_odd(author: &str) -> bool {
    const BEFORE: &[&str] =
        &["posted", "by", "comment", "submitted", "von", "par", "por", "written", "on"];
    const BEHIND: &[&str] =
        &["on", "at", "am", "um", "le", "el", "il", "op", "em", "den", "à", "a", "|", "-", "—"];
    let mut words = author.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches(':').to_lowercase();
    let last = words.next_back().unwrap_or_default().to_lowercase();
    author.contains(": ")
        || (!last.is_empty()
            && (BEFORE.contains(&first.as_str()) || BEHIND.contains(&last.as_str())))
}

impl Finding<'_> {
    /// Adds up what speaks for the grammar and what against it.
    fn weigh(&mut self, page: &Page<'_>) {
        let authors: HashSet<&str> =
            self.segments.iter().map(|segment| segment.header.author.as_str()).collect();
        let (mut good, mut bad) = (0.0_f32, 0.0_f32);
        for segment in &self.segments {
            let header = &segment.header;
            if segment.kind != Kind::Comment {
                good += 0.3;
                continue;
            }
            let mut quality = 1.0;
            if header.has_avatar {
                quality += 0.3;
            }
            if let Some(to) = &header.to {
                quality += if authors.contains(to.as_str()) { 0.3 } else { -0.1 };
            }
            if header.label.is_some() {
                quality += 0.1;
            }
            if header.date.as_ref().is_some_and(|date| date.has_time() || date.is_age()) {
                quality += 0.2;
            }
            quality -= (0.05 * header.unknown as f32).min(0.2);
            if header.has_says {
                quality -= 0.3;
            }
            if self.grammar.strong {
                quality += 0.15;
            }
            if header.author.split_whitespace().count() > 8 || is_odd(&header.author) {
                quality -= 0.4;
            }
            match &header.date {
                None => quality -= 0.4,
                Some(date) if !date.has_day() => quality -= 0.6,
                Some(_) => {}
            }
            if self.is_empty(segment, page) {
                quality -= 0.7;
            }
            good += quality.max(0.0);
            bad += self.unexplained(segment, page);
        }
        self.worth = good - bad;
        self.score = if good > 0.0 { ((good - bad) / (good + 0.5)).clamp(0.0, 1.0) } else { 0.0 };
    }

    fn is_empty(&self, segment: &Segment, page: &Page<'_>) -> bool {
        segment.body.clone().all(|row| page.rows[row].is_blank())
    }

    /// Rows in a text that look like parts of headers.
    fn unexplained(&self, segment: &Segment, page: &Page<'_>) -> f32 {
        let rows = &page.rows[segment.body.clone()];
        let mut bad = 0.0;
        for (i, row) in rows.iter().enumerate() {
            if row.masked.is_empty() || row.text.len() > 120 {
                continue;
            }
            let is_date = row.dates.iter().any(|date| {
                !date.is_bare
                    && (date.has_time() || date.is_age())
                    && row.text.len() < date.span.len() + 40
            });
            let is_pair = rows.get(i + 1).is_some_and(|next| next.text == row.text);
            if is_date {
                bad += 0.5;
            }
            if is_pair {
                bad += 0.2;
            }
            if row.says.is_some() && row.text.len() < 60 && row.text.ends_with(':') {
                bad += 0.3;
            }
        }
        bad
    }

    /// Whether the comments found are comments, and not a table, a list of articles or a chronicle.
    pub(super) fn is_believable(&self, page: &Page<'_>) -> bool {
        let comments: Vec<&Segment> =
            self.segments.iter().filter(|segment| segment.kind == Kind::Comment).collect();
        let n = comments.len();
        if n == 0 || self.score < 0.3 {
            return false;
        }
        let empty = comments.iter().filter(|segment| self.is_empty(segment, page)).count();
        let timed = comments
            .iter()
            .filter(|s| s.header.date.as_ref().is_some_and(|d| d.has_time() || d.is_age()))
            .count();
        let authors: HashSet<&str> = comments.iter().map(|s| s.header.author.as_str()).collect();
        let avatars = comments.iter().filter(|s| s.header.has_avatar).count();
        let replies = comments.iter().filter(|s| s.header.to.is_some()).count();
        let actions = comments
            .iter()
            .filter(|s| (s.header.rows.start..s.body.end + 3).any(|row| page.is_action(row)))
            .count();
        let says = anchor(&self.grammar.above) == Anchor::Says
            || self.grammar.above.iter().any(|line| line.has("{says}"));
        let mut evidence = 0.0;
        evidence += if self.section.has_heading { 1.0 } else { 0.0 };
        evidence += if self.section.declared.is_some_and(|d| d as usize == n) { 1.0 } else { 0.0 };
        evidence += if timed * 2 > n { 0.8 } else { 0.0 };
        evidence += if avatars * 2 > n { 1.0 } else { 0.0 };
        evidence += if replies > 0 { 0.8 } else { 0.0 };
        evidence += if actions * 2 > n { 1.0 } else { 0.0 };
        evidence += if authors.len() < n && authors.len() > 1 { 0.4 } else { 0.0 };
        evidence += if says { 0.6 } else { 0.0 };
        evidence += if self.grammar.strong { 0.8 } else { 0.0 };
        evidence +=
            if page.marks.forms.iter().any(|row| *row >= self.section.start) { 0.3 } else { 0.0 };
        evidence += (n as f32 / 10.0).min(0.5);
        evidence -= 2.0 * empty as f32 / n as f32;
        let needed = if n < 3 { 2.3 } else { 1.5 };
        evidence >= needed
    }
}
