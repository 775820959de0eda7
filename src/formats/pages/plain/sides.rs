//! On which side of the text a header stands.
//!
//! Names and dates between texts can be read as heads of what follows and as feet of what comes
//! before. What stands at both ends of the comments tells, and so do the empty lines that a page
//! leaves between comments.

use super::assembly::Page;
use super::grammar::Line;
use super::rows::Row;
use super::score::{Finding, is_empty};
use super::segments::Segment;
use crate::comment::Kind;

/// Fewest headers whose empty lines tell where comments end.
const FEWEST_GAPS: usize = 3;

/// The text ends as a sentence does.
fn ends(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whose page it is, as its last line says.
fn is_imprint(text: &str) -> bool {
    ["©", "(c) ", "(C) ", "Copyright", "Powered by", "All rights reserved"]
        .iter()
        .any(|start| text.starts_with(start))
}

impl Finding<'_> {
    /// The header stands on the right side of the text. If it is above, the last comment has a
    /// text; if it stands below, the first one has.
    pub(super) fn placement(&self, page: &Page<'_>) -> f32 {
        let (Some(first), Some(last)) = (self.segments.first(), self.segments.last()) else {
            return 1.0;
        };
        let certainty = if self.is_one_late(page) {
            0.5
        } else if self.is_misplaced(page) || self.is_parted_wrongly(page) {
            0.7
        } else {
            1.0
        };
        let empty = self.segments.iter().filter(|s| is_empty(s, page)).count();
        let is_rare = empty * 10 <= self.segments.len() || empty == 1;
        let is_above = self.grammar.below.is_empty();
        let odd = if is_above { last } else { first };
        let floor = if self.section.has_heading { self.section.start } else { 0 };
        let text_before = (floor..first.header.rows.start.min(first.body.start))
            .rev()
            .take(3)
            .any(|row| page.rows[row].text.len() > 20 && !page.is_action(row));
        // Text right behind the last line below a text is the text of another comment.
        let behind = last.header.rows.end.max(last.footer_end);
        let shown: Vec<&str> = (behind..self.section.end.min(page.rows.len()))
            .filter(|row| !page.rows[*row].is_blank() && !page.is_action(*row))
            .map(|row| page.rows[row].text.as_ref())
            .take(4)
            .collect();
        let is_remark = |text: &&str| {
            ends(text) && text.len() > 15 && page.words().count(text).is_none() && !is_imprint(text)
        };
        let is_text = |text: &&str| text.len() > 60;
        let text_behind = shown.iter().take(2).any(is_text)
            || shown.first().is_some_and(is_remark)
            || self.ends_with_usual_buttons(behind, page);
        // Buttons before the first of them are no text, if there is one behind the last.
        let is_wordy = |text: &str| text.len() > 40 || ends(text);
        let is_one_behind = !first.body.clone().any(|row| is_wordy(page.rows[row].text.trim_end()))
            && shown.iter().any(|text| is_wordy(text));
        if !is_above && self.segments.len() > 2 {
            if is_one_behind {
                return 0.6 * certainty;
            }
            if text_behind {
                return 0.8 * certainty;
            }
        }
        let is_suspect = odd.kind == Kind::Comment && is_empty(odd, page) && is_rare;
        certainty * if is_suspect && (!is_above || text_before) { 0.85 } else { 1.0 }
    }

    /// What stands behind the last header is a text: the button follows that follows most texts.
    fn ends_with_usual_buttons(&self, behind: usize, page: &Page<'_>) -> bool {
        let end = self.section.end.min(page.rows.len());
        let mut shown = (behind..end).filter(|row| !page.rows[*row].is_blank());
        let is_text = |row: usize| {
            let text = page.rows[row].text.as_ref();
            !page.is_action(row)
                && !page.words().is_form(text)
                && text.contains(char::is_alphabetic)
        };
        if !shown.next().is_some_and(is_text) {
            return false;
        }
        let Some(button) = shown.take(4).find(|row| page.is_action(*row)) else { return false };
        let has_button = |segment: &&Segment| {
            let near = segment.body.start..segment.header.rows.end.max(segment.body.end);
            near.into_iter().any(|row| page.rows[row].text == page.rows[button].text)
        };
        self.segments.iter().filter(has_button).count() * 10 >= self.segments.len() * 8
    }

    /// Texts touch the headers on one side, and empty lines part them on the other: the headers
    /// belong to the texts that they touch.
    fn is_misplaced(&self, page: &Page<'_>) -> bool {
        let is_gap = |row: usize| page.rows.get(row).is_none_or(Row::is_blank);
        let is_text = |row: usize| !is_gap(row) && !page.is_action(row);
        let is_above = self.grammar.below.is_empty();
        let is_one_sided = is_above || self.grammar.above.is_empty();
        let n = self.segments.len();
        if n < FEWEST_GAPS || !is_one_sided {
            return false;
        }
        // Buttons that nobody knows are short and end without a stop.
        let is_wordy = |row: usize| {
            let text = &page.rows[row].text;
            text.len() > 60 || ends(text)
        };
        let (mut against, mut counted, mut wordy) = (0, 0, 0);
        for segment in &self.segments {
            let rows = &segment.header.rows;
            let (before, behind) = (rows.start.checked_sub(1), rows.end);
            let Some(before) = before else { continue };
            counted += 1;
            let is_against = if is_above {
                is_text(before) && is_gap(behind)
            } else {
                is_gap(before) && is_text(behind)
            };
            against += usize::from(is_against);
            wordy += usize::from(is_against && is_wordy(if is_above { before } else { behind }));
        }
        against * 10 >= counted * 8 && wordy * 2 >= against
    }

    /// Each date is that of the next entry.
    pub(super) fn is_shifted(&self, page: &Page<'_>) -> bool {
        self.is_parted_wrongly(page) || self.is_one_late(page)
    }

    /// A name and the date behind it above the text, but the comments begin with a text that has a
    /// date alone above it: the names stand below the texts, and the dates are those of the next
    /// ones.
    fn is_one_late(&self, page: &Page<'_>) -> bool {
        let above = &self.grammar.above;
        let place = |slot: &str| above.iter().position(|line| line.has(slot));
        let (Some(author), Some(date)) = (place("{author}"), place("{date}")) else { return false };
        let Some(first) = self.segments.first() else { return false };
        if !self.section.has_heading || author >= date || !self.grammar.below.is_empty() {
            return false;
        }
        let mut before = page.rows
            [self.section.start..first.header.rows.start.max(self.section.start)]
            .iter()
            .filter(|row| !row.is_blank());
        let is_date = |row: &Row<'_>| {
            above[date].pattern().is_some_and(|pattern| pattern.is_match(&row.masked))
        };
        before.next().is_some_and(is_date) && before.any(|row| row.text.len() > 20)
    }

    /// Name above and date below, but a date stands above the first name as well: it is that of
    /// the first entry.
    fn is_parted_wrongly(&self, page: &Page<'_>) -> bool {
        let has = |lines: &[Line], slot: &str| lines.iter().any(|l| l.has(slot));
        let (above, below) = (&self.grammar.above, &self.grammar.below);
        let is_parted = has(above, "{author}") && !has(above, "{date}") && has(below, "{date}");
        let Some(first) = self.segments.first().filter(|_| is_parted) else { return false };
        let above = page.rows[..first.header.rows.start].iter().rev().filter(|row| !row.is_blank());
        let is_footer = |row: &Row<'_>| {
            let dated = below.iter().filter(|line| line.has("{date}"));
            dated.filter_map(Line::pattern).any(|p| p.is_match(&row.masked))
        };
        above.take(1).any(is_footer)
    }
}
