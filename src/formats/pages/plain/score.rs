//! How well a grammar explains a page, and whether that is enough to believe it.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use super::assembly::Page;
use super::choosing;
use super::details;
use super::grammar::{Grammar, Line, Plain};
use super::headers::{Header, Search};
use super::plausible;
use super::rows::Row;
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
    /// As many comments as the page declares, and they explain it: worth more than any number.
    pub(super) agrees: bool,
}

/// The best of some grammars of a profile, if any finds comments that can be believed.
pub(super) fn best<'p>(
    profile: &'p Profile,
    grammars: &[&'p Grammar],
    page: &Page<'_>,
) -> Option<Finding<'p>> {
    findings(profile, profile.plain.as_ref()?, grammars, page)
        .filter(|finding| finding.is_believed(page))
        .fold(None, |best: Option<Finding<'p>>, finding| match best {
            Some(best) if best.rank() >= finding.rank() => Some(best),
            _ => Some(finding),
        })
}

/// How much a grammar of a profile explains of a page at most, and whether that can be believed.
pub(super) fn worth(profile: &Profile, grammar: &Grammar, page: &Page<'_>) -> (bool, f32) {
    let Some(plain) = &profile.plain else { return (false, 0.0) };
    let rank = |finding: Finding<'_>| (finding.is_believed(page), finding.worth);
    let grammars = [grammar];
    let ranks = findings(profile, plain, &grammars, page).map(rank);
    ranks.fold((false, 0.0), |most, rank| if rank > most { rank } else { most })
}

/// What grammars of a profile find on a page: as many findings a grammar as there are numbers of
/// unknown lines worth wanting.
fn findings<'p>(
    profile: &'p Profile,
    plain: &'p Plain,
    grammars: &[&'p Grammar],
    page: &Page<'_>,
) -> impl Iterator<Item = Finding<'p>> {
    let entries = entries(plain, page);
    let ways = grammars.iter().flat_map(|grammar| {
        let candidates = segments::candidates(grammar, page);
        let most = choosing::most_unknown(&candidates);
        let ways: Vec<_> = (0..=most).map(|n| choosing::choose(&candidates, n)).collect();
        ways.into_iter().map(move |anchors| (*grammar, anchors))
    });
    ways.map(move |(grammar, anchors)| {
        let (section, segments) = segments::read(plain, grammar, anchors, &entries, page);
        let mut finding = Finding {
            name: &profile.name,
            plain,
            grammar,
            section,
            segments,
            worth: 0.0,
            score: 0.0,
            agrees: false,
        };
        finding.weigh(page);
        finding
    })
}

/// Where profiles read the same comments, the one of whose platform the page shows most comes
/// first. `findings` are in order, the best first.
pub(super) fn prefer_traced(findings: &mut [Finding<'_>], page: &Page<'_>) {
    let Some(best) = findings.first() else { return };
    let (worth, least) = (best.worth, page.traces(best.name));
    let traces = |finding: &Finding<'_>| page.traces(finding.name);
    let known = (1..findings.len())
        .filter(|i| traces(&findings[*i]) > least && findings[*i].reads_like(best))
        .max_by_key(|i| (traces(&findings[*i]), Reverse(*i)));
    if let Some(known) = known {
        findings[known].worth = worth * 1.01;
        findings[..=known].rotate_right(1);
    }
}

/// A peculiar header that reads the same names on the other side of the texts comes before one that
/// any page could have, though it explains a little less; not if it leaves more of them without a text.
pub(super) fn prefer_peculiar(findings: &mut [Finding<'_>], page: &Page<'_>) {
    let Some(best) = findings.first().filter(|best| !best.grammar.strong) else { return };
    let (agrees, worth) = best.rank();
    let names = |finding: &Finding<'_>| -> Vec<usize> {
        finding.segments.iter().map(|segment| segment.header.author_row).collect()
    };
    let empty = |finding: &Finding<'_>| {
        finding.segments.iter().filter(|segment| is_empty(segment, page)).count()
    };
    let (rows, most) = (names(best), empty(best));
    let peculiar = findings.iter().position(|finding| {
        finding.grammar.strong
            && finding.agrees == agrees
            && finding.worth >= NEARLY * worth
            && names(finding) == rows
            && empty(finding) <= most
    });
    if let Some(peculiar) = peculiar {
        findings[peculiar].worth = worth * 1.01;
        findings[..=peculiar].rotate_right(1);
    }
}

/// So much of the worth of another is little less.
const NEARLY: f32 = 0.9;

/// Fewest comments whose number agrees with a heading not by chance.
const FEWEST_DECLARED: u32 = 3;

/// So many comments agree with a heading by no chance at all.
const MANY_DECLARED: usize = 100;

/// Least share explained by a finding whose number of comments is believed.
const LEAST_EXPLAINED: f32 = 0.5;

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
        let headers = Search::new(lines, &page.rows, page.words()).find();
        found.extend(headers.into_iter().map(|h| (h, kind)));
    }
    found.sort_by_key(|(header, _)| header.rows.start);
    found
}

/// The comment has no text, not even in the line of its header.
pub(super) fn is_empty(segment: &Segment, page: &Page<'_>) -> bool {
    segment.header.title.is_none() && segment.body.clone().all(|row| page.rows[row].is_blank())
}

/// The line is a date and hardly anything else.
fn is_date_line(row: &Row<'_>) -> bool {
    row.dates.iter().any(|date| {
        !date.is_bare && (date.has_time() || date.is_age()) && row.text.len() < date.span.len() + 10
    })
}

impl Finding<'_> {
    /// Adds up what speaks for the grammar and what against it.
    fn weigh(&mut self, page: &Page<'_>) {
        let authors: HashSet<&str> =
            self.segments.iter().map(|segment| segment.header.author.as_str()).collect();
        let dated = self.segments.iter().filter(|segment| segment.header.date.is_some()).count();
        let are_dated = dated * 10 >= self.segments.len() * 9;
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
                quality += match authors.contains(to.as_str()) {
                    // The platform is known for it.
                    true if self.grammar.states_replies => 0.4,
                    true => 0.3,
                    false => -0.1,
                };
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
            if header.is_contradicted || plausible::is_field(&header.author) && !header.has_avatar {
                continue;
            }
            if header.author.split_whitespace().count() > 8 || plausible::is_odd(&header.author) {
                quality -= 0.4;
            }
            match &header.date {
                // A line that happens to stand twice, where all others have one.
                None if are_dated => quality -= 2.0,
                None => quality -= 0.4,
                Some(date) if !date.has_day() => quality -= 0.6,
                Some(_) => {}
            }
            if is_empty(segment, page) {
                quality -= 0.7;
            }
            good += quality.max(0.0);
            bad += self.unexplained(segment, page);
            if self.begins_within_box(segment, page) {
                bad += 0.15;
            }
        }
        let peculiar = if self.grammar.strong { 1.25 } else { 1.0 };
        self.worth = peculiar
            * (good - bad)
            * self.covered(page)
            * self.placement(page)
            * (1.0 + 0.05 * page.traces(self.name).min(4) as f32)
            // Of two ways to read the names, the one in which people come back.
            * (1.002 - 0.002 * authors.len() as f32 / self.segments.len().max(1) as f32)
            * plausible::plausibility(&self.segments, page.words());
        self.score = if good > 0.0 { (self.worth / (good + 0.5)).clamp(0.0, 1.0) } else { 0.0 };
        let fields = self.segments.iter().filter(|s| plausible::is_field(&s.header.author)).count();
        if self.is_blind_to_dates(page) || fields * 4 > self.segments.len() {
            self.worth = 0.0;
        }
        // Words of the page in most names: another grammar reads them better.
        let odd = self.segments.iter().filter(|s| plausible::is_odd(&s.header.author)).count();
        if odd * 5 >= self.segments.len() * 2 {
            self.worth *= 0.5;
        }
        let n = self.segments.len() as u32;
        let pingbacks = self.segments.iter().filter(|s| s.kind == Kind::Pingback).count() as u32;
        // Some pages count their pingbacks, others do not.
        if self.section.declared.is_some_and(|declared| declared == n || declared + pingbacks == n)
        {
            self.worth *= 1.1;
            let is_confirmed = self.segments.iter().all(|segment| segment.header.has_avatar);
            let is_explained = self.score >= LEAST_EXPLAINED || is_confirmed;
            self.agrees = n >= FEWEST_DECLARED && is_explained && !self.is_index(page);
        }
    }

    /// What it finds are comments, to all appearances.
    fn is_believed(&self, page: &Page<'_>) -> bool {
        let is_certain = self.agrees && self.segments.len() >= MANY_DECLARED;
        is_certain || (self.agrees || self.worth > 0.0) && self.is_believable(page)
    }

    /// It finds nearly the same comments: as many, nine in ten by the same authors on the same side
    /// of their texts.
    fn reads_like(&self, other: &Self) -> bool {
        let n = self.segments.len();
        let is_below = |segment: &Segment| segment.header.rows.start >= segment.body.end;
        let pairs = self.segments.iter().zip(&other.segments);
        let is_same = |(a, b): &(&Segment, &Segment)| {
            a.header.author == b.header.author && is_below(a) == is_below(b)
        };
        n == other.segments.len() && pairs.filter(is_same).count() * 10 >= n * 9
    }

    /// What findings are compared by.
    pub(super) const fn rank(&self) -> (bool, f32) {
        (self.agrees, self.worth)
    }

    /// A grammar without dates is wrong on a page whose texts begin with dates.
    fn is_blind_to_dates(&self, page: &Page<'_>) -> bool {
        let lines = self.grammar.above.iter().chain(&self.grammar.below);
        let dated = |segment: &&Segment| {
            let row = segment.body.clone().find(|row| !page.rows[*row].is_blank());
            row.is_some_and(|row| is_date_line(&page.rows[row]))
        };
        !lines.clone().any(|line| line.has("{date}"))
            && self.segments.iter().filter(dated).count() * 10 > self.segments.len()
    }

    /// The share of the section's text that headers and texts take: what a grammar skips between
    /// the comments, it has not understood.
    fn covered(&self, page: &Page<'_>) -> f32 {
        let mut skipped = 0_usize;
        let mut total = 1_usize;
        let mut behind: Option<usize> = None;
        for segment in &self.segments {
            let start = segment.header.rows.start.min(segment.body.start);
            let end = segment.header.rows.end.max(segment.body.end).max(segment.footer_end);
            let size = |rows: Range<usize>| -> usize {
                rows.filter(|row| !page.is_action(*row)).map(|row| page.rows[row].text.len()).sum()
            };
            if let Some(behind) = behind.filter(|behind| *behind < start) {
                skipped += size(behind..start);
            }
            total += size(start..end);
            behind = Some(end);
        }
        total as f32 / (total + skipped) as f32
    }

    /// Numbers of a profile stand right above the name: a forum prints them below it. Or its day of
    /// joining stands in the text, above the next signature.
    fn begins_within_box(&self, segment: &Segment, page: &Page<'_>) -> bool {
        if self.plain.flat && self.grammar.above.is_empty() {
            let mut body = page.rows[segment.body.clone()].iter();
            return body.any(|row| details::tells_of_joining(&row.text));
        }
        let is_field = |row: &Row<'_>| {
            row.text.contains(':')
                && row.text.contains(|c: char| c.is_ascii_digit())
                && row.dates.is_empty()
                && row.text.len() < 60
                && self.plain.drop.iter().filter_map(Line::pattern).any(|p| p.is_match(&row.masked))
        };
        let above = page.rows[..segment.header.rows.start].iter().rev();
        let mut above = above.filter(|row| !row.is_blank()).take(2);
        self.plain.flat && self.grammar.below.is_empty() && above.any(is_field)
    }

    /// Rows in a text that look like parts of headers.
    fn unexplained(&self, segment: &Segment, page: &Page<'_>) -> f32 {
        let rows = &page.rows[segment.body.clone()];
        let mut bad = 0.0;
        for (i, row) in rows.iter().enumerate() {
            let is_known = || self.plain.drop.iter().filter_map(Line::pattern);
            if row.masked.is_empty()
                || row.text.len() > 120
                || is_known().any(|pattern| pattern.is_match(&row.masked))
            {
                continue;
            }
            let is_date = is_date_line(row);
            // Of tables, numbers often stand twice.
            let is_pair = rows.get(i + 1).is_some_and(|next| next.text == row.text)
                && row.text.contains(char::is_alphabetic);
            if is_date {
                bad += 0.5;
            }
            if is_pair {
                bad += 0.2;
            }
            if row.is_nbsp && row.text.len() < 80 && i < 2 {
                bad += 0.3;
            }
            if row.says.is_some() && row.text.len() < 60 && row.text.ends_with(':') {
                bad += 0.3;
            }
        }
        bad
    }
}
