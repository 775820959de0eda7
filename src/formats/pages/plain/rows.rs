//! Lines of a page, prepared for the grammars: indentation and list marks apart, Markdown links
//! and images taken out, dates found and masked.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::comment::Name;
use crate::text::dates::{self, Written};

use super::flattener::Flattener;
use super::vocabulary::Vocabulary;
use super::{boxes, markdown, wrapping};

/// Stands for a date in [`Row::masked`]; a character of the private use area that pages do not
/// contain, and that is removed from the input where they do.
pub(super) const DATE: char = '\u{f8d0}';

/// Stands for a word such as `says` in [`Row::masked`].
pub(super) const SAYS: char = '\u{f8d1}';

/// Lines longer than this are text, never headers; no dates are looked for in them.
const HEADER_BYTES: usize = 400;

/// Empty lines allowed between two lines of a header: some tools leave runs of them.
pub(super) const GAP: usize = 12;

/// One line of the page.
#[derive(Debug, Default, Clone)]
pub(super) struct Row<'a> {
    /// Column of the first character, the list mark included. A tabulator counts as four.
    pub(super) indent: u32,
    /// The list mark before the content (`1.`, `•`, `*`); empty where there is none.
    pub(super) mark: String,
    /// The line begins with a no-break space.
    pub(super) is_nbsp: bool,
    /// What is shown: without indentation, list mark and Markdown.
    pub(super) text: Cow<'a, str>,
    /// The text with each date replaced by [`DATE`], a closing `says` by [`SAYS`] and no-break spaces
    /// by others; empty for long lines and for empty ones.
    pub(super) masked: String,
    /// What [`SAYS`] stands for.
    pub(super) says: Option<String>,
    /// The dates, in the order of their masks.
    pub(super) dates: Vec<Written>,
    /// A comment's identifier, from a link target in the line.
    pub(super) id: Option<Name>,
    /// Alternative text of an image that the line shows.
    pub(super) alt: Option<String>,
    /// Markdown makes it a heading.
    pub(super) is_heading: bool,
    /// Markdown makes all of it a link to another page.
    pub(super) is_link: bool,
    /// The texts of its links in Markdown that may be names.
    pub(super) links: Vec<String>,
    /// The number of its first line in the input, 1-based.
    pub(super) line: u32,
}

impl Row<'_> {
    /// Nothing is shown in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The longest rule above a signature.
const SHORT_RULE: usize = 40;

/// Prepares all lines of a page.
pub(super) fn prepare<'a>(text: &'a str, flattener: Flattener, words: &Vocabulary) -> Vec<Row<'a>> {
    let is_markdown = flattener == Flattener::Markdown;
    let mut rows: Vec<Row<'a>> = wrapping::lines(text, flattener)
        .into_iter()
        .map(|line| Row { line: line.line, ..row(line.text, flattener, words) })
        .collect();
    if is_markdown {
        hand_down_marks(&mut rows);
    }
    boxes::fold(&mut rows);
    rows
}

/// In Markdown a list mark often stands before a picture alone; it belongs to the next line.
fn hand_down_marks(rows: &mut [Row<'_>]) {
    let mut waiting: Option<(usize, u32)> = None;
    for at in 0..rows.len() {
        if rows[at].text.is_empty() {
            if !rows[at].mark.is_empty() {
                waiting = Some((at, rows[at].indent));
            }
        } else if let Some((mark, indent)) = waiting.take()
            && at - mark <= 4
            && rows[at].mark.is_empty()
        {
            let (above, below) = rows.split_at_mut(at);
            below[0].mark.clone_from(&above[mark].mark);
            rows[at].indent = indent;
        }
    }
}

fn row<'a>(line: Cow<'a, str>, flattener: Flattener, words: &Vocabulary) -> Row<'a> {
    let is_markdown = flattener == Flattener::Markdown;
    let mut indent = 0;
    let mut content = &*line;
    while let Some(c) = content.chars().next() {
        indent += match c {
            ' ' => 1,
            '\t' => 4,
            '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => 0,
            _ => break,
        };
        content = &content[c.len_utf8()..];
    }
    let is_nbsp = content.starts_with('\u{a0}');
    let mut row = Row { indent, is_nbsp, ..Row::default() };
    // `* * *` is a rule, and no empty item in another.
    let is_rule = |content: &str| content.trim().len() >= 5 && markdown::is_rule(content);
    // Lynx marks the fourth level of lists with `#`, the fifth with `@`.
    let is_lynx = flattener == Flattener::Lynx && indent >= 8;
    if is_lynx && content.starts_with(['#', '@']) && content[1..].starts_with(' ') {
        content[..1].clone_into(&mut row.mark);
        content = &content[1..];
    }
    while let Some(mark) = mark(content, row.indent).filter(|_| !is_rule(content)) {
        let is_nested = !row.mark.is_empty();
        content[..mark].trim().clone_into(&mut row.mark);
        content = &content[mark..];
        // `2.   3. text` is the third item behind an empty second one.
        if is_nested || !(is_markdown || row.mark.ends_with('.')) {
            break;
        }
    }
    let content = content.trim();
    // Text browsers draw a rule across the page; signatures have a short one.
    if content.len() > SHORT_RULE && content.bytes().all(|b| b == b'_') {
        return row;
    }
    let start = content.as_ptr() as usize - line.as_ptr() as usize;
    let range = start..start + content.len();
    row.text = match line {
        Cow::Borrowed(line) => Cow::Borrowed(&line[range]),
        Cow::Owned(line) => Cow::Owned(line[range].to_owned()),
    };
    if is_markdown && markdown::is_marked(&row.text) {
        let plain = markdown::plain(&row.text);
        row.alt = plain.alt;
        row.id = plain.id;
        row.is_heading = plain.is_heading;
        row.is_link = plain.is_link;
        row.links = plain.links;
        row.text = Cow::Owned(plain.text);
    }
    if matches!(flattener, Flattener::Layout | Flattener::Lynx) {
        take_out_picture(&mut row);
    }
    if row.text.contains([DATE, SAYS]) {
        row.text = Cow::Owned(row.text.replace([DATE, SAYS], ""));
    }
    if !row.text.is_empty() && row.text.len() <= HEADER_BYTES {
        mask(&mut row, words);
    }
    row
}

/// Text browsers show a picture as `[its name]` before what stands beside it.
fn take_out_picture(row: &mut Row<'_>) {
    let Some((name, rest)) = row.text.strip_prefix('[').and_then(|t| t.split_once(']')) else {
        return;
    };
    let rest = rest.trim_start();
    // `[–]` folds a comment away.
    let is_text = name.contains(char::is_alphanumeric);
    if !is_text || name.len() > 60 || rest.is_empty() || rest.starts_with('(') || name.contains('[')
    {
        return;
    }
    row.alt = Some(name.to_owned());
    row.text = Cow::Owned(rest.to_owned());
}

/// Length of a list mark and the blanks behind it.
fn mark(content: &str, indent: u32) -> Option<usize> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[•◦▪‣∙●○■*+o-]|[0-9]{1,4}[.)])[ \t\x{a0}]+").expect("a constant pattern")
    });
    // Layout tools mark the third and fourth level with `o` and `-`.
    if indent < 4 && content.starts_with(['o', '-']) {
        return None;
    }
    let found = MARK.find(content)?;
    // `3. May 2019` is a date, and no list of Mays; `3. Jan says` is none.
    let is_whole =
        |date: &Written| date.has_year() || date.has_time() || date.span.end == content.len();
    let is_date = content.starts_with(|c: char| c.is_ascii_digit())
        && content.len() <= HEADER_BYTES
        && dates::find(content)
            .first()
            .is_some_and(|date| date.span.start < found.end() - 1 && is_whole(date));
    (!is_date).then_some(found.end())
}

fn mask(row: &mut Row<'_>, words: &Vocabulary) {
    let has_hint =
        row.text.chars().any(|c| c.is_numeric() || ('\u{3400}'..'\u{9fff}').contains(&c));
    row.dates = if has_hint || row.text.len() < 120 { dates::find(&row.text) } else { Vec::new() };
    row.masked.reserve(row.text.len());
    let mut at = 0;
    for date in &row.dates {
        let before = &row.text[at..date.span.start];
        // `Annil y a 3 ans`, `Annhá 3 dias`: the name was glued to the age.
        let is_glued = row.text[date.span.clone()].trim_start().starts_with("y a");
        let word = if is_glued { "il" } else { "há" };
        let bare = before.trim_end().strip_suffix(word);
        let before = bare.filter(|_| is_glued || date.is_age()).unwrap_or(before);
        row.masked.push_str(before);
        // `Ann  July 27, 2012` was in two cells, or in two parts of a line.
        while row.masked.ends_with("  ") {
            row.masked.pop();
        }
        row.masked.push(DATE);
        at = date.span.end;
    }
    row.masked.push_str(&row.text[at..]);
    if row.masked.contains('\u{a0}') {
        row.masked = row.masked.replace('\u{a0}', " ");
    }
    if let Some(start) = words.says_at(&row.masked) {
        let word = row.masked[start..].trim_end_matches([':', '：', '.', '…', '-', ' ', '\u{a0}']);
        let (word, end) = (word.to_owned(), start + word.len());
        row.masked.replace_range(start..end, SAYS.encode_utf8(&mut [0; 4]));
        if start > 0 && !row.masked[..start].ends_with(' ') {
            row.masked.insert(start, ' ');
        }
        row.says = Some(word);
    } else if let Some(start) = says_before_date(&row.masked, words) {
        // `Ann says: 11/2/2012`
        let end =
            row.masked[start..].find([':', ' ', DATE]).map_or(row.masked.len(), |n| start + n);
        row.says = Some(row.masked[start..end].to_owned());
        row.masked.replace_range(start..end, SAYS.encode_utf8(&mut [0; 4]));
    }
}

/// Where a word such as `says` begins that stands before the line's date.
fn says_before_date(masked: &str, words: &Vocabulary) -> Option<usize> {
    let head = masked[..masked.find(DATE)?].trim_end();
    words.says_at(head)
}

/// The next row that shows something, at most [`GAP`] empty ones further.
pub(super) fn next_shown(rows: &[Row<'_>], at: usize) -> Option<usize> {
    (at..rows.len().min(at + GAP + 1)).find(|i| !rows[*i].is_blank())
}
