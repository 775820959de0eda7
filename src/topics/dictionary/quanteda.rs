//! Dictionaries of quanteda in YAML: keys with lists of patterns, nested as deep as one likes.
//!
//! ```yaml
//! economy:
//!   oil: [oil, "petrol*"]
//!   sanctions:
//!     - sanction*
//!     - 'asset freeze'
//! ```
//!
//! Only this part of YAML is read (keys, lists in either style, quoted or plain words, comments);
//! anything else is an error that names its line, never a silent loss.

use super::{Draft, NESTED, Role};
use crate::error::Result;

/// Reads a dictionary of quanteda.
pub(super) fn read(file: &str, text: &str) -> Result<Draft> {
    let mut draft = Draft::new(file);
    let mut open: Vec<(usize, String)> = Vec::new();
    // A list in brackets that is not closed yet: its topic and its first line.
    let mut list: Option<(u32, usize)> = None;
    for (i, line) in text.lines().enumerate() {
        let number = i + 1;
        let body = uncommented(line).trim_end();
        let content = body.trim_start();
        if content.is_empty() || matches!(content, "---" | "...") {
            continue;
        }
        if let Some((topic, _)) = list {
            if items(&mut draft, topic, content, number)? {
                list = None;
            }
            continue;
        }
        if body[..body.len() - content.len()].contains('\t') {
            return Err(draft.error(number, "YAML is indented by spaces, not tabs"));
        }
        let column = body.len() - content.len();
        if let Some(item) = content.strip_prefix("- ").or_else(|| (content == "-").then_some("")) {
            // A list may stand at the column of its key.
            open.retain(|(at, _)| *at <= column);
            let Some(topic) = topic_of(&mut draft, &open) else {
                return Err(draft.error(number, format!("pattern {item:?} is under no key")));
            };
            let pattern = scalar(&draft, item.trim(), number)?;
            draft.add(topic, &pattern, number, Role::Term);
            continue;
        }
        let Some((key, value)) = key_and_value(content) else {
            return Err(
                draft.error(number, format!("{content:?} is neither `key:` nor `- pattern`"))
            );
        };
        open.retain(|(at, _)| *at < column);
        let key = scalar(&draft, key, number)?;
        open.push((column, key));
        let topic = topic_of(&mut draft, &open);
        let (Some(topic), false) = (topic, value.is_empty()) else { continue };
        if let Some(inner) = value.strip_prefix('[') {
            if !items(&mut draft, topic, inner, number)? {
                list = Some((topic, number));
            }
        } else {
            let pattern = scalar(&draft, value, number)?;
            draft.add(topic, &pattern, number, Role::Term);
        }
    }
    match list {
        Some((_, number)) => Err(draft.error(number, "the list in brackets is not closed")),
        None => Ok(draft),
    }
}

/// Adds the items of one line of a list in brackets; whether the list ends on it.
fn items(draft: &mut Draft, topic: u32, line: &str, number: usize) -> Result<bool> {
    let (line, is_closed) = line.strip_suffix(']').map_or((line, false), |inner| (inner, true));
    for item in split_list(line) {
        let pattern = scalar(draft, item.trim(), number)?;
        draft.add(topic, &pattern, number, Role::Term);
    }
    Ok(is_closed)
}

fn topic_of(draft: &mut Draft, open: &[(usize, String)]) -> Option<u32> {
    let path: Vec<&str> = open.iter().map(|(_, key)| key.as_str()).collect();
    (!path.is_empty()).then(|| draft.topic(&path.join(NESTED)))
}

/// The line without a comment, which begins with ` #` outside of quotation marks.
fn uncommented(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '#') if before.is_whitespace() => return &line[..at],
            _ => {}
        }
        before = c;
    }
    line
}

/// `key: value`; a colon parts them where a space or the end follows.
fn key_and_value(content: &str) -> Option<(&str, &str)> {
    if let Some(quote) = content.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = content[1..].find(quote)? + 2;
        let rest = content[end..].strip_prefix(':')?;
        return Some((&content[..end], rest.trim()));
    }
    if let Some(key) = content.strip_suffix(':') {
        return Some((key, ""));
    }
    content.split_once(": ").map(|(key, value)| (key, value.trim()))
}

fn scalar(draft: &Draft, text: &str, line: usize) -> Result<String> {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            let inner = rest.strip_suffix(quote);
            return inner.map(|inner| inner.replace("''", "'")).ok_or_else(|| {
                draft.error(line, format!("pattern {text:?}: the quotation mark is not closed"))
            });
        }
    }
    if text.starts_with(['&', '|', '>', '{', '[', '%', '@', '`']) {
        return Err(draft.error(line, format!("{text:?}: this part of YAML is not read; quote it")));
    }
    Ok(text.to_owned())
}

/// The items of a list in brackets.
fn split_list(list: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in list.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, ',') => {
                items.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&list[start..]);
    items.retain(|item| !item.trim().is_empty());
    items
}
