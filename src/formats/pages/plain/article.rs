//! The post: what stands before the comments.

use std::sync::LazyLock;

use regex::Regex;

use super::rows::Row;
use crate::comment::{Name, Post};
use crate::text::dates::PageDates;

/// Longest line, in bytes, that may be a title; longer ones are paragraphs.
const LONGEST_TITLE: usize = 300;

/// Reads the post from the rows before the comment section. Title, byline and date stay in the
/// text as well: nothing of the article is dropped.
pub(super) fn read(rows: &[Row<'_>], dates: &PageDates) -> Post {
    let shown = || rows.iter().filter(|row| !row.is_blank());
    // A title stands above the first paragraph; a short line further down is no title.
    let title = shown()
        .take_while(|row| row.text.trim().len() < LONGEST_TITLE)
        // The date of the day, at the top of a newspaper, is no title.
        .find(|row| row.masked.chars().filter(|c| c.is_alphabetic()).count() > 2)
        .map(|row| row.text.trim().to_owned());
    let near = || shown().take(12).chain(shown().rev().take(4));
    let author = near().find_map(|row| byline(&row.masked)).map(Name::from);
    let created = near().filter(|row| row.text.len() < 120).find_map(|row| {
        let date = row.dates.iter().find(|date| date.has_year() && !date.is_bare)?;
        dates.moment(date).ok()
    });
    Post { title, author, created, text: text(rows), ..Post::default() }
}

/// Rows as text: paragraphs parted by single blank lines.
pub(super) fn text<'a>(rows: impl IntoIterator<Item = &'a Row<'a>>) -> String {
    text_of(rows, true)
}

/// The same; `has_mark` says whether a list mark before the first row is part of the text.
pub(super) fn text_of<'a>(rows: impl IntoIterator<Item = &'a Row<'a>>, has_mark: bool) -> String {
    let mut text = String::new();
    let mut is_apart = false;
    for row in rows {
        let line = row.text.trim();
        if line.is_empty() {
            is_apart = true;
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
            if is_apart {
                text.push('\n');
            }
        }
        is_apart = false;
        if !row.mark.is_empty() && (has_mark || !text.is_empty()) {
            text.push_str(&row.mark);
            text.push(' ');
        }
        text.extend(line.chars().filter(|c| !c.is_control() || *c == '\t'));
    }
    text
}

fn byline(masked: &str) -> Option<String> {
    static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?i:by|posted by|written by|von|par|por|autor:?|author:?|verfasst von|di)\s+(?P<name>\p{Lu}[\p{L}'’.-]*(?:\s+\p{L}[\p{L}'’.-]*){0,4})\s*(?:[|,•·\u{f8d0}—–-].*|\bat\b.*|\bon\b.*)?$",
        )
        .expect("a constant pattern")
    });
    if masked.len() > 120 {
        return None;
    }
    BYLINE.captures(masked.trim()).map(|caught| caught["name"].to_owned())
}
