//! Tables put back into reading order: tools that keep the layout print the cells of a table row
//! side by side, or part them by bars.
//!
//! Old forums show each post as a table row, the author's profile to the left of the text. In text
//! that keeps the layout both stand in the same lines; here the left column of a post comes first,
//! then the right one. Where a post begins is told by a date in the right column.

use std::borrow::Cow;

use super::wrapping::Logical;
use crate::text::dates;

/// The least width of the gap between two columns.
const GAP: usize = 4;
/// The fewest lines in which two columns are believed.
const LEAST: usize = 2;

/// Where the text behind the first wide gap of a line begins, in bytes; `None` for one column.
fn second_part(line: &str) -> Option<usize> {
    let text = line.trim_end();
    let start = text.len() - text.trim_start().len();
    let gap = text[start..].find("    ")? + start;
    let behind = text[gap..].len() - text[gap..].trim_start_matches([' ', '\u{a0}']).len();
    (behind >= GAP).then_some(gap + behind)
}

/// Column of a byte: characters, since tools pad by them.
fn column(line: &str, at: usize) -> usize {
    line[..at].chars().count()
}

/// Splits a line at a column, if nothing stands across it.
fn split_at(line: &str, at: usize) -> Option<(&str, &str)> {
    let Some((byte, _)) = line.char_indices().nth(at) else { return Some((line.trim_end(), "")) };
    let (left, right) = line.split_at(byte);
    let is_free = left.ends_with("  ") || left.trim().is_empty();
    is_free.then(|| (left.trim_end(), right.trim_end()))
}

/// Puts the columns of a page below each other.
pub(super) fn unfold<'t>(lines: &[Logical<'t>]) -> Vec<Logical<'t>> {
    let mut unfolded = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let Some(start) = second_part(&lines[at].text) else {
            unfolded.push(lines[at].clone());
            at += 1;
            continue;
        };
        let gutter = column(&lines[at].text, start);
        let end = run(lines, at, gutter);
        let both = lines[at..end].iter().filter(|line| is_both(&line.text, gutter)).count();
        // A short text beside a short profile may have no line in common with it but the first.
        let is_post = || {
            let is_right = |line: &&Logical<'_>| {
                split_at(&line.text, gutter).is_some_and(|(left, right)| {
                    left.trim().is_empty() && !right.is_empty() && !right.starts_with(' ')
                })
            };
            is_dated(&lines[at].text[start..]) && lines[at..end].iter().any(|line| is_right(&line))
        };
        if both < LEAST && !is_post() {
            unfolded.push(lines[at].clone());
            at += 1;
            continue;
        }
        below_each_other(&lines[at..end], gutter, &mut unfolded);
        at = end;
    }
    unfolded
}

fn is_both(line: &str, gutter: usize) -> bool {
    split_at(line, gutter).is_some_and(|(left, right)| {
        !left.trim().is_empty() && !right.is_empty() && !right.starts_with(' ')
    })
}

/// The line behind those in which nothing stands across the gutter.
fn run(lines: &[Logical<'_>], start: usize, gutter: usize) -> usize {
    let mut end = start;
    let mut last = start;
    while end < lines.len() && split_at(&lines[end].text, gutter).is_some() {
        if !lines[end].text.trim().is_empty() {
            last = end;
        }
        // Columns end where a few lines hold nothing.
        if end - last > 3 {
            break;
        }
        end += 1;
    }
    last + 1
}

/// It says when a post was written.
fn is_dated(text: &str) -> bool {
    let text = text.trim_end();
    text.len() <= 160 && dates::find(text).iter().any(|date| date.has_time() || date.is_age())
}

fn below_each_other<'a>(lines: &[Logical<'a>], gutter: usize, out: &mut Vec<Logical<'a>>) {
    let mut rest: Vec<Logical<'a>> = Vec::new();
    for line in lines {
        let Some((left, right)) = split_at(&line.text, gutter) else { continue };
        let part = |text: &str| Logical { text: Cow::Owned(text.to_owned()), line: line.line };
        if !left.trim().is_empty() && is_dated(right) {
            out.append(&mut rest);
        }
        if !left.trim().is_empty() {
            out.push(part(left));
        }
        rest.push(part(right));
    }
    out.append(&mut rest);
}

/// Cells of a Markdown table become lines: a bar that touches what stands before it parts cells,
/// one with blanks on both sides is the page's own.
pub(super) fn cells(lines: Vec<Logical<'_>>) -> Vec<Logical<'_>> {
    let records = records(&lines);
    let mut out = Vec::with_capacity(lines.len());
    for (line, is_record) in lines.into_iter().zip(records) {
        if is_record || !line.text.contains('|') {
            out.push(line);
            continue;
        }
        let text = line.text.as_ref();
        let is_framed = text.starts_with('|') && (text.trim_end().ends_with('|') || is_loose(text));
        let mut depth = 0_i32;
        let mut start = 0;
        let mut parts = 0;
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'[' => depth += 1,
                b']' => depth -= 1,
                b'|' if depth <= 0 => {
                    let touches = at == 0 || !bytes[at - 1].is_ascii_whitespace();
                    let is_open = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
                    let is_escaped = at > 0 && bytes[at - 1] == b'\\';
                    if (touches && is_open && !is_escaped) || is_framed {
                        parts += usize::from(push(&mut out, text, start, at, line.line));
                        start = at + 1;
                    }
                }
                _ => {}
            }
        }
        if start == 0 {
            out.push(line);
        } else {
            parts += usize::from(push(&mut out, text, start, text.len(), line.line));
            if parts == 0 {
                out.push(Logical { text: Cow::Borrowed(""), line: line.line });
            }
        }
    }
    out
}

/// Which lines are records of a table of data: many, one below the other, of as many cells each.
/// (The cells of a layout hold whole posts.)
fn records(lines: &[Logical<'_>]) -> Vec<bool> {
    let cells: Vec<usize> = lines.iter().map(|line| line.text.matches("| ").count()).collect();
    let mut records = vec![false; lines.len()];
    for run in cells.chunk_by(|one, next| one == next).scan(0, |at, run| {
        *at += run.len();
        Some(*at - run.len()..*at)
    }) {
        if cells[run.start] >= FEWEST_CELLS && run.len() >= FEWEST_RECORDS {
            records[run].fill(true);
        }
    }
    records
}

/// A table of data has so many records, and so many bars in each.
const FEWEST_RECORDS: usize = 5;
const FEWEST_CELLS: usize = 2;

/// All bars behind the first have blanks on both sides, and one of them parts an empty cell: the
/// tool parted the cells of a layout so.
fn is_loose(text: &str) -> bool {
    let bars = || text.match_indices('|').skip(1).map(|(at, _)| at);
    let is_blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    let bytes = text.as_bytes();
    let is_empty_cell = |at: usize| text[..at].trim_end().ends_with('|');
    bars().all(|at| is_blank(bytes.get(at - 1)) && is_blank(bytes.get(at + 1)))
        && bars().any(is_empty_cell)
}

fn push(out: &mut Vec<Logical<'_>>, text: &str, start: usize, end: usize, line: u32) -> bool {
    // An empty cell leaves its bar.
    let cell = text[start..end].trim_start_matches(['|', ' ']).trim_end();
    let is_shown = !cell.is_empty();
    if is_shown {
        out.push(Logical { text: Cow::Owned(cell.to_owned()), line });
    }
    is_shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_a_table_of_data_stay_whole() {
        let record = "05/12/2016 14:31| Ashbury – Kelton| 2:1| Ann Bell  \n";
        let table =
            format!("Day | Teams | Result | Referee  \n---|---|---|---  \n{}", record.repeat(6));
        let shown = |text: &str| -> Vec<String> {
            cells(lines(text)).into_iter().map(|line| line.text.into_owned()).collect()
        };
        let whole = shown(&table);
        assert_eq!(whole.iter().filter(|line| *line == record.trim_end_matches('\n')).count(), 6);
        // A few rows are the cells of a layout.
        let layout = record.repeat(2);
        assert!(shown(&layout).iter().any(|line| line == "Ann Bell"));
    }

    fn lines(text: &str) -> Vec<Logical<'_>> {
        let line = |(i, text)| Logical { text: Cow::Borrowed(text), line: i as u32 + 1 };
        text.split('\n').enumerate().map(line).collect()
    }

    fn shown(lines: &[Logical<'_>]) -> Vec<String> {
        lines.iter().map(|l| l.text.trim().to_owned()).filter(|l| !l.is_empty()).collect()
    }

    #[test]
    fn a_profile_beside_a_text_comes_before_it() {
        let text = "\
ann                 Posted: May 3, 2019 10:00 am
Regular
                    First text, which is long.
Joined: 2001
                    And more.
bob                 Posted: May 3, 2019 11:00 am
Posts: 12           Second text.";
        assert_eq!(
            shown(&unfold(&lines(text))),
            [
                "ann",
                "Regular",
                "Joined: 2001",
                "Posted: May 3, 2019 10:00 am",
                "First text, which is long.",
                "And more.",
                "bob",
                "Posts: 12",
                "Posted: May 3, 2019 11:00 am",
                "Second text.",
            ]
        );
    }

    #[test]
    fn a_short_text_stands_beside_a_short_profile() {
        let text = "\
ann        Posted: May 3, 2019 10:00 am
           Yes.
Regular";
        assert_eq!(
            shown(&unfold(&lines(text))),
            ["ann", "Regular", "Posted: May 3, 2019 10:00 am", "Yes."]
        );
        let text = "ann        May 3, 2019 10:00 am\nYes.";
        assert_eq!(unfold(&lines(text)), lines(text));
    }

    #[test]
    fn other_lines_stay() {
        let text = "A line.\n    An indented one.\nLast    word";
        assert_eq!(unfold(&lines(text)), lines(text));
    }

    #[test]
    fn cells_are_lines() {
        let text = "| ![](a)| | [ann](b) May 3 | parent | next\nTop| Profile\na | b";
        assert_eq!(
            shown(&cells(lines(text))),
            ["![](a)", "[ann](b) May 3 | parent | next", "Top", "Profile", "a | b"]
        );
        let layout = "|  [ann](u) Senior Member |   |  Posts: 12\n| a | b is no row";
        assert_eq!(
            shown(&cells(lines(layout))),
            ["[ann](u) Senior Member", "Posts: 12", "a | b is no row"]
        );
    }
}
