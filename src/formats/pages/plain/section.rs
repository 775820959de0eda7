//! Where the comment section of a page begins and ends, and what it declares.

use super::headers::Header;
use super::rows::Row;
use super::vocabulary::Vocabulary;

/// What can be said of the rows before any grammar is tried.
#[derive(Debug, Default)]
pub(super) struct Landmarks {
    /// Rows such as `27 Comments`, with the number where one stands.
    pub(super) counts: Vec<(usize, Option<u32>)>,
    /// How many rows say that nobody has commented.
    pub(super) none: usize,
    /// Rows that open a form or begin what follows the comments.
    pub(super) forms: Vec<usize>,
    /// Rows that hold back comments.
    pub(super) more: Vec<usize>,
    /// Rows of links and buttons only.
    pub(super) is_action: Vec<bool>,
}

impl Landmarks {
    pub(super) fn find(rows: &[Row<'_>], words: &Vocabulary) -> Self {
        let mut marks = Self { is_action: vec![false; rows.len()], ..Self::default() };
        for (i, row) in rows.iter().enumerate() {
            if row.is_blank() || row.text.len() > 200 {
                continue;
            }
            marks.none += usize::from(row.dates.is_empty() && words.is_none(&row.text));
            marks.is_action[i] = words.is_actions(&row.text) || words.is_note(&row.text);
            if words.is_form(&row.text) {
                marks.forms.push(i);
            } else if words.is_more(&row.text) {
                marks.more.push(i);
            } else if row.dates.is_empty()
                && let Some(count) = words.count(&row.text)
                // `7. Comments` is a heading among others.
                && (count.is_some() || !row.mark.starts_with(|c: char| c.is_ascii_digit()))
            {
                marks.counts.push((i, count));
            }
        }
        marks
    }
}

/// More headers with texts than this stand in no side bar: a form above them is talk of one.
const MOST_BEHIND: usize = 20;

/// The rows of the comments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The row behind the heading, or the first header.
    pub(super) start: usize,
    /// The row behind the last comment.
    pub(super) end: usize,
    /// A heading such as `27 Comments` stands before the first comment.
    pub(super) has_heading: bool,
    /// The number that the heading declares.
    pub(super) declared: Option<u32>,
}

impl Section {
    /// Bounds the section by its landmarks. Headers outside belong to something else: lists of
    /// other articles, side bars.
    pub(super) fn bound(headers: &[Header], marks: &Landmarks, rows: &[Row<'_>]) -> Self {
        let starts: Vec<usize> = headers.iter().map(|header| header.rows.start).collect();
        let after = |row: usize| starts.len() - starts.partition_point(|start| *start < row);
        let has_text = |i: usize| {
            let behind = starts.get(i + 1).copied().unwrap_or(rows.len());
            let between = headers[i].rows.end.min(behind)..behind;
            between.clone().any(|row| !rows[row].is_blank() && !marks.is_action[row])
        };
        let is_in_header = |row: usize| {
            headers[..starts.len() - after(row)].last().is_some_and(|h| h.rows.end > row)
        };
        let total = starts.len();
        let distance = |declared: u32, found: usize| {
            let (a, b) = (f64::from(declared), found as f64);
            (a - b).abs() / a.max(b).max(1.0)
        };
        // The heading whose number comes nearest to what follows it.
        let numbered = marks
            .counts
            .iter()
            .filter_map(|(row, count)| Some((*row, (*count)?, after(*row))))
            .filter(|(_, count, found)| *found > 0 && *found * 5 >= total && *count > 0)
            .filter(|(_, count, found)| distance(*count, *found) < 0.75)
            .min_by(|a, b| distance(a.1, a.2).total_cmp(&distance(b.1, b.2)).then(b.0.cmp(&a.0)));
        let bare = marks
            .counts
            .iter()
            .rev()
            // `Comments:` in front of each text stands in a header.
            .filter(|(row, count)| count.is_none() && total > 0 && !is_in_header(*row))
            // One may stand above: the name and the date of the article look alike.
            .find(|(row, _)| {
                after(*row) * 5 >= total * 4 || after(*row) > 1 && after(*row) + 1 == total
            });
        let mut section = Self { end: rows.len(), ..Self::default() };
        if let Some((row, count, _)) = numbered {
            (section.start, section.has_heading) = (row + 1, true);
            section.declared = Some(count);
        } else if let Some((row, _)) = bare {
            (section.start, section.has_heading) = (row + 1, true);
        }
        let first = starts.partition_point(|start| *start < section.start);
        let kept = total - first;
        // The form ends the section if hardly any header with a text follows it, or if all that
        // is declared stands before it. Lists in a side bar are headers without texts. Where only
        // all headers make up the declared number, what looked like a form is part of a text.
        let needs_all = section.declared.is_some_and(|n| n as usize == kept);
        let end = marks.forms.iter().find(|row| {
            let later = starts.len() - after(**row)..starts.len();
            let inside = kept.saturating_sub(later.len());
            let with_text = later.filter(|i| has_text(*i)).count();
            starts.get(first).is_some_and(|start| *row > start)
                && (!(needs_all && with_text > 0)
                    && with_text <= MOST_BEHIND
                    && with_text * 6 <= kept.saturating_sub(1)
                    || section.declared.is_some_and(|n| n as usize == inside))
        });
        if let Some(row) = end {
            section.end = *row;
        }
        section
    }

    /// The header stands inside.
    pub(super) fn holds(&self, header: &Header) -> bool {
        header.rows.start >= self.start && header.rows.start < self.end
    }
}
