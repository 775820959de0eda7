//! From headers to comments: which rows are the text of which header.
//!
//! A grammar has its header above the text, below it, or lines on both sides. Rows of links and
//! buttons around a text are dropped; rows that a page always prints behind a text end it.

use std::collections::HashMap;
use std::ops::Range;

use super::anchors::{Anchor, anchor};
use super::assembly::Page;
use super::doubtful;
use super::glued_days;
use super::grammar::{Grammar, Plain};
use super::headers::{Header, Search};
use super::names;
use super::peeling;
use super::rows::Row;
use super::section::{Landmarks, Section};
use super::vocabulary::Vocabulary;
use crate::comment::Kind;

/// A comment as rows.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) header: Header,
    pub(super) body: Range<usize>,
    /// Bytes at the end of the text's last row that are links and buttons glued to it.
    pub(super) glued: usize,
    /// The row behind the lines below the text; 0 where there are none.
    pub(super) footer_end: usize,
    pub(super) kind: Kind,
}

/// Where the lines stand that a grammar is anchored at.
pub(super) fn candidates(grammar: &Grammar, page: &Page<'_>) -> Vec<Vec<Header>> {
    let lines = if is_anchored_above(grammar) { &grammar.above } else { &grammar.below };
    Search::new(lines, &page.rows, page.words()).learning().candidates()
}

/// Puts headers and texts together with a grammar of `plain`. `anchors` are the places where its
/// lines stand, `entries` are comments without a header of the grammar, such as pingbacks.
pub(super) fn read(
    plain: &Plain,
    grammar: &Grammar,
    anchors: Vec<Header>,
    entries: &[(Header, Kind)],
    page: &Page<'_>,
) -> (Section, Vec<Segment>) {
    let (rows, marks, words) = (page.rows.as_slice(), &page.marks, page.words());
    let is_above = is_anchored_above(grammar);
    let anchors = doubtful::sifted(anchors, rows, marks);
    let section = Section::bound(&anchors, marks, rows);
    let mut kept: Vec<(Header, Kind)> = anchors
        .into_iter()
        .filter(|header| section.holds(header))
        .map(|header| (header, Kind::Comment))
        .collect();
    let mut section = section;
    leave_lists(&mut kept, &mut section);
    if kept.is_empty() {
        return (section, Vec::new());
    }
    let first = kept[0].0.rows.start;
    let is_free = |row: usize| {
        let behind = kept.partition_point(|(header, _)| header.rows.start <= row);
        behind == 0 || kept[behind - 1].0.rows.end <= row
    };
    let inside: Vec<(Header, Kind)> = entries
        .iter()
        .filter(|(header, kind)| {
            let row = header.rows.start;
            section.holds(header)
                && (section.has_heading || row > first || *kind == Kind::Comment)
                && is_free(row)
        })
        .cloned()
        .collect();
    kept.extend(inside);
    kept.sort_by_key(|(header, _)| header.rows.start);
    let segments = if is_above {
        above(grammar, kept, rows, section, words)
    } else {
        below(grammar, kept, rows, section, marks, words)
    };
    let mut segments = trim(segments, rows, marks, section);
    leave_common_titles(&mut segments);
    names::clean(&mut segments, rows, words);
    glued_days::part(&mut segments, rows);
    peeling::peel(&mut segments, rows, plain.flat);
    peeling::unglue(&mut segments, rows, words);
    (section, segments)
}

/// The lines above the text are what its place is known by.
pub(super) fn is_anchored_above(grammar: &Grammar) -> bool {
    anchor(&grammar.above) != Anchor::None
}

/// Headers at either end whose dates are less exact than those of the others belong to lists beside
/// the comments: archives by month, latest articles by day.
fn leave_lists(kept: &mut Vec<(Header, Kind)>, section: &mut Section) {
    let rank = |header: &Header| match &header.date {
        Some(date) if date.has_time() || date.is_age() => 2,
        Some(date) if date.has_day() => 1,
        _ => 0,
    };
    let mut ranks: Vec<i32> = kept.iter().map(|(header, _)| rank(header)).collect();
    ranks.sort_unstable();
    let usual = ranks.get(ranks.len() / 5).copied().unwrap_or(0);
    let is_less = |entry: Option<&(Header, Kind)>| entry.is_some_and(|(h, _)| rank(h) < usual);
    while is_less(kept.last()) {
        if let Some((header, _)) = kept.pop() {
            section.end = header.rows.start;
        }
    }
    let first = kept.iter().position(|(header, _)| rank(header) >= usual).unwrap_or(0);
    kept.drain(..first);
}

/// Headers above: the text reaches to the next header, or to the lines below the text.
fn above(
    grammar: &Grammar,
    kept: Vec<(Header, Kind)>,
    rows: &[Row<'_>],
    section: Section,
    words: &Vocabulary,
) -> Vec<Segment> {
    let ends: Vec<usize> =
        kept.iter().skip(1).map(|(h, _)| h.rows.start).chain([section.end]).collect();
    let mut segments = Vec::with_capacity(kept.len());
    for ((mut header, kind), end) in kept.into_iter().zip(ends) {
        let mut body = header.rows.end..end.max(header.rows.end);
        let mut footer_end = 0;
        if kind == Kind::Comment && !grammar.below.is_empty() {
            match Search::new(&grammar.below, rows, words).first(body.clone()) {
                Some(footer) => {
                    body.end = footer.rows.start;
                    footer_end = footer.rows.end;
                    header.adopt(footer);
                }
                None if grammar.below.iter().all(|line| !line.is_needed()) => {}
                None => continue,
            }
        }
        if kind == Kind::Pingback {
            body.end = body.start;
        }
        segments.push(Segment { header, body, glued: 0, footer_end, kind });
    }
    segments
}

/// Footers below: the text begins behind the footer before it.
fn below(
    grammar: &Grammar,
    kept: Vec<(Header, Kind)>,
    rows: &[Row<'_>],
    section: Section,
    marks: &Landmarks,
    words: &Vocabulary,
) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(kept.len());
    let mut start = section.start;
    for (i, (footer, kind)) in kept.into_iter().enumerate() {
        let behind = footer.rows.end;
        if kind != Kind::Comment {
            segments.push(Segment {
                body: behind..behind,
                header: footer,
                glued: 0,
                footer_end: behind,
                kind,
            });
            start = behind;
            continue;
        }
        let mut body = start..footer.rows.start;
        let mut header = footer;
        if !grammar.above.is_empty() {
            let Some(found) =
                top(grammar, rows, marks, words, body.clone(), i == 0, section.has_heading)
            else {
                start = behind;
                continue;
            };
            body.start = found.rows.end;
            let footer = std::mem::replace(&mut header, found);
            header.adopt(footer);
        } else if i == 0 && !section.has_heading {
            body.start = last_block(rows, body.clone());
        }
        start = behind;
        segments.push(Segment { header, body, glued: 0, footer_end: behind, kind });
    }
    if grammar.above.is_empty() && !section.has_heading {
        begin_alike(&mut segments, rows);
    }
    segments
}

/// Where no other text of a page has a second paragraph, the first one has none either: what stands
/// above its last paragraph is the article.
fn begin_alike(segments: &mut [Segment], rows: &[Row<'_>]) {
    let blocks = |body: &Range<usize>| {
        let is_start = |row: &usize| {
            !rows[*row].is_blank() && (*row == body.start || rows[*row - 1].is_blank())
        };
        body.clone().filter(is_start).count()
    };
    if let Some((first, others)) = segments.split_first_mut()
        && others.len() > 1
        && others.iter().all(|segment| blocks(&segment.body) <= 1)
    {
        let is_shown = |row: &usize| !rows[*row].is_blank();
        let last = first.body.clone().rev().find(is_shown).unwrap_or(first.body.start);
        let gap = (first.body.start..last).rev().find(|row| rows[*row].is_blank());
        first.body.start = gap.map_or(first.body.start, |row| row + 1);
    }
}

/// The lines above a text whose end is known: the first shown row, or for the first comment of a
/// page, before which anything may stand, the last place where a picture confirms the name.
fn top(
    grammar: &Grammar,
    rows: &[Row<'_>],
    marks: &Landmarks,
    words: &Vocabulary,
    range: Range<usize>,
    is_first: bool,
    has_heading: bool,
) -> Option<Header> {
    let search = Search::new(&grammar.above, rows, words);
    let at = |i: usize| search.matches_at(i);
    // Behind the links below the text before, votes may stand.
    let is_count = |i: usize| rows[i].text.bytes().all(|b| b.is_ascii_digit());
    let candidates =
        || range.clone().filter(|i| !rows[*i].is_blank() && !marks.is_action[*i] && !is_count(*i));
    let confirmed =
        |i: usize| at(i).filter(|header| header.has_avatar && header.rows.end <= range.end);
    if is_first {
        let Some(last) = candidates().rev().find_map(confirmed) else {
            let is_cut = || is_cut_out(rows, range.clone());
            let start = behind_form(rows, words, range.clone())
                .or_else(|| (has_heading || is_cut()).then(|| candidates().next()).flatten());
            return start.and_then(at);
        };
        // A doubled picture: begin at the first of the equal lines.
        let start = (range.start..last.rows.start).rev().take(3).find_map(confirmed);
        return start.filter(|h| h.author == last.author).or(Some(last));
    }
    candidates()
        .take(6)
        .find_map(confirmed)
        .or_else(|| candidates().next().and_then(at).filter(|header| header.rows.end <= range.end))
}

/// The first row behind the comment form, where a form stands above the comments.
fn behind_form(rows: &[Row<'_>], words: &Vocabulary, range: Range<usize>) -> Option<usize> {
    let last = range.clone().rev().take(200).find(|row| words.is_furniture(&rows[*row].text))?;
    (last + 1..range.end).find(|row| !rows[*row].is_blank())
}

/// The beginning of the last paragraph block before a footer, where nothing says where the first
/// comment begins.
fn last_block(rows: &[Row<'_>], range: Range<usize>) -> usize {
    if is_cut_out(rows, range.clone()) {
        return range.start;
    }
    let mut end = range.end;
    while end > range.start && rows[end - 1].is_blank() {
        end -= 1;
    }
    let mut start = end;
    while start > range.start && !rows[start - 1].is_blank() {
        start -= 1;
    }
    start
}

/// A short beginning is all the comment: the page was cut to its comments.
fn is_cut_out(rows: &[Row<'_>], range: Range<usize>) -> bool {
    range.start == 0 && rows[range].iter().map(|row| row.text.len()).sum::<usize>() < 1500
}

impl Header {
    /// Takes over what the lines below the text say.
    fn adopt(&mut self, footer: Self) {
        if self.author.is_empty() {
            self.author = footer.author;
        } else if !footer.author.is_empty() && footer.author != self.author {
            self.is_contradicted = true;
        }
        self.date = self.date.take().or(footer.date);
        self.to = self.to.take().or(footer.to);
        self.number = self.number.take().or(footer.number);
        self.id = self.id.take().or(footer.id);
        self.score = self.score.or(footer.score);
        self.level = self.level.or(footer.level);
        self.children = self.children.or(footer.children);
        self.nav = self.nav.take().or(footer.nav);
    }
}

/// The title of the thread, which forums repeat above every post, is no subject of a comment.
fn leave_common_titles(segments: &mut [Segment]) {
    const REPLY: &[&str] = &["re:", "aw:", "antw:", "rép :", "sv:", "ynt:"];
    let bare = |title: &str| {
        let lower = title.to_lowercase();
        let rest = REPLY.iter().find_map(|re| lower.strip_prefix(re)).unwrap_or(&lower);
        rest.trim().to_owned()
    };
    let mut times: HashMap<String, usize> = HashMap::new();
    for title in segments.iter().filter_map(|segment| segment.header.title.as_deref()) {
        *times.entry(bare(title)).or_default() += 1;
    }
    let n = segments.len();
    for segment in segments {
        if segment.header.title.as_deref().is_some_and(|t| times[&bare(t)] * 2 > n && n > 2) {
            segment.header.title = None;
        }
    }
}

/// Takes links, buttons and counts of votes off both ends of the texts.
fn trim(
    mut segments: Vec<Segment>,
    rows: &[Row<'_>],
    marks: &Landmarks,
    section: Section,
) -> Vec<Segment> {
    let is_action = |i: usize| marks.is_action[i];
    let with_action = segments.iter().filter(|s| s.body.clone().any(is_action)).count();
    let is_usual = with_action * 10 >= segments.len() * 6;
    let n = segments.len();
    for (i, segment) in segments.iter_mut().enumerate() {
        let body = &mut segment.body;
        body.end = body.end.min(section.end.max(body.start));
        // `Quote:` is no button but the head of what is quoted.
        let is_button = |row: &usize| is_action(*row) && !rows[*row].text.ends_with(':');
        let first = body.clone().find(is_button);
        if is_usual && let Some(first) = first {
            let rest = (first..body.end).filter(|row| !rows[*row].is_blank() && !is_action(*row));
            let is_last = i + 1 == n;
            let stands_first = (body.start..first).all(|row| rows[row].is_blank());
            if !stands_first && (is_last || rest.take(6).count() < 6) {
                body.end = first;
            }
        }
        let is_number = |row: usize| {
            let text = &rows[row].text;
            // `+1` is what people write, not a count.
            text.len() < 12
                && text != "+1"
                && text.chars().all(|c| !c.is_alphabetic())
                && text.contains(|c: char| c.is_ascii_digit())
        };
        let mut cut = first.is_some_and(|first| first >= body.end);
        while body.end > body.start {
            let last = body.end - 1;
            let drop = rows[last].is_blank() || is_action(last) || (cut && is_number(last));
            if !drop {
                break;
            }
            cut |= is_action(last);
            body.end = last;
        }
        let mut cut = false;
        while body.start < body.end {
            let drop = rows[body.start].is_blank()
                || is_action(body.start)
                || (cut && is_number(body.start));
            if !drop {
                break;
            }
            cut |= is_action(body.start);
            body.start += 1;
        }
    }
    segments
}
