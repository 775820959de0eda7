//! Lines of a page, prepared for the grammars: indentation and list marks apart, Markdown links
//! and images taken out, dates found and masked.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::comment::Name;
use crate::text::dates::{self, Written};

use super::vocabulary::Vocabulary;

/// Stands for a date in [`Row::masked`]; a character of the private use area that pages do not
/// contain, and that is removed from the input where they do.
pub(super) const DATE: char = '\u{f8d0}';

/// Stands for a word such as `says` in [`Row::masked`].
pub(super) const SAYS: char = '\u{f8d1}';

/// Lines longer than this are text, never headers; no dates are looked for in them.
const HEADER_BYTES: usize = 400;

/// One line of the page.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    /// Column of the first character, the list mark included. A tabulator counts as four.
    pub(super) indent: u32,
    /// The list mark before the content (`1.`, `•`, `*`); empty where there is none.
    pub(super) mark: &'a str,
    /// The line begins with a no-break space.
    pub(super) is_nbsp: bool,
    /// What is shown: without indentation, list mark and Markdown.
    pub(super) text: Cow<'a, str>,
    /// The text with each date replaced by [`DATE`] and a closing `says` by [`SAYS`]; empty for long
    /// lines and for empty ones.
    pub(super) masked: String,
    /// What [`SAYS`] stands for.
    pub(super) says: Option<String>,
    /// The dates, in the order of their masks.
    pub(super) dates: Vec<Written>,
    /// A comment's identifier, from a link target in the line.
    pub(super) id: Option<Name>,
    /// Alternative text of an image that Markdown shows in the line.
    pub(super) alt: Option<String>,
}

impl Row<'_> {
    /// Nothing is shown in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// Prepares all lines of a page. `is_markdown` says that links and images are written in Markdown.
pub(super) fn prepare<'a>(text: &'a str, is_markdown: bool, words: &Vocabulary) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = text
        .split('\n')
        .map(|line| row(line.strip_suffix('\r').unwrap_or(line), is_markdown, words))
        .collect();
    if is_markdown {
        hand_down_marks(&mut rows);
    }
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
            rows[at].mark = rows[mark].mark;
            rows[at].indent = indent;
        }
    }
}

fn row<'a>(line: &'a str, is_markdown: bool, words: &Vocabulary) -> Row<'a> {
    let mut indent = 0;
    let mut content = line;
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
    while let Some(mark) = mark(content, row.indent) {
        let outer = row.mark;
        row.mark = content[..mark].trim();
        content = &content[mark..];
        // `2.   3. text` is the third item behind an empty second one.
        if !outer.is_empty() || !(is_markdown || row.mark.ends_with('.')) {
            break;
        }
    }
    row.text = Cow::Borrowed(content.trim());
    if is_markdown && row.text.contains(['[', '*', '_', '#', '\\', '!', '|']) {
        demark(&mut row);
    }
    if row.text.contains([DATE, SAYS]) {
        row.text = Cow::Owned(row.text.replace([DATE, SAYS], ""));
    }
    if !row.text.is_empty() && row.text.len() <= HEADER_BYTES {
        mask(&mut row, words);
    }
    row
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
    // `3. May 2019` is a date, and no list of Mays.
    let found = MARK.find(content)?;
    let is_date = content.starts_with(|c: char| c.is_ascii_digit())
        && content.len() <= HEADER_BYTES
        && dates::find(content).first().is_some_and(|date| date.span.start < found.end() - 1);
    (!is_date).then_some(found.end())
}

/// Takes Markdown out of a line: links become their text, images leave their alternative text in
/// [`Row::alt`], emphasis and headings lose their signs.
fn demark(row: &mut Row<'_>) {
    static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"!\[([^\]\[]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+"[^"]*")?\)"#)
            .expect("a constant pattern")
    });
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\[([^\]\[]*)\]\(<?([^()\s]*(?:\([^()]*\)[^()\s]*)*)>?(?:\s+"[^"]*")?\)"#)
            .expect("a constant pattern")
    });
    static TARGET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:#(?:li-|div-)?(?:wc-)?(?:comment|cmt|comm|post|p|c|t|reply|msg|pid)-?|replytocom=|showComment=\d+#c)(\d{2,})")
            .expect("a constant pattern")
    });
    static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\*\*|__|(?:^|\s)#{1,6}(?:\s|$)|^> (?:> )*$").expect("a constant pattern")
    });
    static SPACES: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[ \t]{2,}").expect("a constant pattern"));
    static ESCAPE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\\([\\`*_{}\[\]()#+.!|>~-])").expect("a constant pattern"));
    let mut text = row.text.to_string();
    if text.contains("![") {
        row.alt =
            IMAGE.captures(&text).map(|c| c[1].trim().to_owned()).filter(|alt| !alt.is_empty());
        text = IMAGE.replace_all(&text, "").into_owned();
    }
    if text.contains("](") {
        row.id = TARGET.captures_iter(&text).last().map(|c| Name::from(&c[1]));
        text = LINK.replace_all(&text, "$1").into_owned();
    }
    text = SIGNS.replace_all(&text, " ").into_owned();
    text = emphasis(text.trim());
    if text.contains('\\') {
        text = ESCAPE.replace_all(&text, "$1").into_owned();
    }
    text = SPACES.replace_all(text.trim(), " ").into_owned();
    if text.chars().all(|c| matches!(c, '*' | '-' | '_' | ' ' | '|')) {
        text.clear();
    }
    row.text = Cow::Owned(text);
}

/// Emphasis around the whole line is taken off; within the text it is left as the page has it.
fn emphasis(text: &str) -> String {
    let mut text = text;
    for sign in ['_', '*'] {
        let is_pair = text.len() > 2 && text.matches(sign).count() == 2;
        if is_pair && let Some(inner) = text.strip_prefix(sign).and_then(|t| t.strip_suffix(sign)) {
            text = inner;
        }
    }
    text.replace("[]", "").trim().to_owned()
}

fn mask(row: &mut Row<'_>, words: &Vocabulary) {
    let has_hint =
        row.text.chars().any(|c| c.is_numeric() || ('\u{3400}'..'\u{9fff}').contains(&c));
    row.dates = if has_hint || row.text.len() < 120 { dates::find(&row.text) } else { Vec::new() };
    row.masked.reserve(row.text.len());
    let mut at = 0;
    for date in &row.dates {
        row.masked.push_str(&row.text[at..date.span.start]);
        row.masked.push(DATE);
        at = date.span.end;
    }
    row.masked.push_str(&row.text[at..]);
    if let Some(start) = words.says_at(&row.masked) {
        let word = row.masked[start..].trim_end_matches([':', '：', '.', '…', '-', ' ', '\u{a0}']);
        let (word, end) = (word.to_owned(), start + word.len());
        row.masked.replace_range(start..end, SAYS.encode_utf8(&mut [0; 4]));
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
