//! Marks within a line of Markdown: what they stand around stays, they go.
//!
//! Two passes over a line, each from mark to mark. The tests hold both equal to the regular
//! expressions that say the same.

use std::borrow::Cow;

/// Which bytes are among some marks.
pub(super) const fn table(marks: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] = true;
        i += 1;
    }
    table
}

/// What [`unwrapped`] looks at.
const WRAPPING: [bool; 256] = table(br"\`![<*~");

/// The line without escapes, code marks, links, pictures, `**` and `~~`.
pub(super) fn unwrapped(line: &str) -> Cow<'_, str> {
    let next = |rest: &[u8]| rest.iter().position(|b| WRAPPING[usize::from(*b)]);
    replaced(line, next, |at, _| match line.as_bytes()[at] {
        b'\\' => escaped(&line[at..]),
        b'`' => between(&line[at..], "`", '`'),
        b'!' => link(&line[at + 1..]).map(|(_, length)| ("", length + 1)),
        b'[' => link(&line[at..]).filter(|(label, _)| !label.is_empty()),
        b'<' => bare(&line[at..]),
        b'*' => between(&line[at..], "**", '*'),
        b'~' => between(&line[at..], "~~", '~'),
        _ => None,
    })
}

/// The line without `*` and `_` around emphasis that stands between words.
pub(super) fn unstressed(line: &str) -> Cow<'_, str> {
    let is_mark = |c: char| c == '*' || c == '_';
    let next = |rest: &[u8]| memchr::memchr2(b'*', b'_', rest);
    replaced(line, next, |at, from| {
        let mut before = line[from..at].chars();
        let last = before.next_back();
        // What ends one emphasis does not begin the next.
        let is_free = from == 0 || before.next().is_some();
        let begins = last.is_none_or(|c| is_free && (c.is_whitespace() || "(“".contains(c)));
        if !begins || (last.is_none() && at > 0) {
            return None;
        }
        let (text, after) = line[at + 1..].split_once(is_mark)?;
        let after = after.chars().next();
        let ends = after.is_none_or(|c| c.is_whitespace() || ").,;:!?”".contains(c));
        let is_tight = !text.is_empty() && text.trim().len() == text.len();
        (ends && is_tight).then_some((text, text.len() + 2))
    })
}

/// A line with some places replaced: `next` finds the next mark in the rest of the line; `find`
/// gets its place and where the replaced one before it ended (0 = none); it gives what stands
/// there instead, and how many bytes go for it.
#[inline]
fn replaced<'l>(
    line: &'l str,
    next: impl Fn(&[u8]) -> Option<usize>,
    find: impl Fn(usize, usize) -> Option<(&'l str, usize)>,
) -> Cow<'l, str> {
    let mut plain = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(step) = next(&line.as_bytes()[at..]) {
        at += step;
        let Some((text, length)) = find(at, from) else {
            at += 1;
            continue;
        };
        plain.push_str(&line[from..at]);
        plain.push_str(text);
        at += length;
        from = at;
    }
    if from == 0 {
        return Cow::Borrowed(line);
    }
    plain.push_str(&line[from..]);
    Cow::Owned(plain)
}

/// `\*`
fn escaped(text: &str) -> Option<(&str, usize)> {
    let is_mark = text.as_bytes().get(1).is_some_and(|b| br"\`*_{}[]()#+-.!>~|^".contains(b));
    is_mark.then(|| (&text[1..2], 2))
}

/// Something between two equal marks, which holds none of the mark's characters.
fn between<'l>(text: &'l str, mark: &str, character: char) -> Option<(&'l str, usize)> {
    let inner = text.strip_prefix(mark)?;
    let end = inner.find(character).filter(|&end| end > 0)?;
    inner[end..].starts_with(mark).then(|| (&inner[..end], end + 2 * mark.len()))
}

/// `[label](address "title")`
fn link(text: &str) -> Option<(&str, usize)> {
    let (label, after) = text.strip_prefix('[')?.split_once(']')?;
    let end = after.strip_prefix('(')?.find(')')?;
    Some((label, label.len() + end + 4))
}

/// `<https://…>`
fn bare(text: &str) -> Option<(&str, usize)> {
    let (address, _) = text.strip_prefix('<')?.split_once('>')?;
    let rest = address.strip_prefix("http")?;
    let host = rest.strip_prefix('s').unwrap_or(rest).strip_prefix("://")?;
    let is_address = !host.is_empty() && !address.contains(char::is_whitespace);
    is_address.then_some((address, address.len() + 2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::{Captures, Regex};

    use super::*;

    const WRAPPED: &str = concat!(
        r"\\(?P<escaped>[\\`*_{}\[\]()#+\-.!>~|^])",
        r"|`(?P<code>[^`\n]+)`",
        r"|!\[(?P<alt>[^\]\n]*)\]\([^)\s]*(?:\s[^)\n]*)?\)",
        r"|\[(?P<label>[^\]\n]+)\]\((?P<address>[^)\s]*)(?:\s[^)\n]*)?\)",
        r"|<(?P<bare>https?://[^>\s]+)>",
        r"|\*\*(?P<strong>[^*\n]+)\*\*",
        r"|~~(?P<struck>[^~\n]+)~~",
    );

    const STRESSED: &str = concat!(
        r"(?P<before>^|[\s(“])[*_](?P<text>[^*_\s](?:[^*_\n]*[^*_\s])?)[*_]",
        r"(?P<after>$|[\s).,;:!?”])",
    );

    fn by_expressions(line: &str) -> (String, String) {
        let wrapped = Regex::new(WRAPPED).expect("the pattern is fixed");
        let stressed = Regex::new(STRESSED).expect("the pattern is fixed");
        let kept = |found: &Captures<'_>| {
            let part = |name| found.name(name).map(|m| m.as_str().to_owned());
            let kept = ["escaped", "code", "label", "bare", "strong", "struck"];
            kept.into_iter().find_map(part).unwrap_or_default()
        };
        let unwrapped = wrapped.replace_all(line, kept).into_owned();
        (unwrapped, stressed.replace_all(line, "$before$text$after").into_owned())
    }

    proptest! {
        #[test]
        fn marks_are_those_of_the_expressions(
            line in "([\\\\`*_\\[\\]()<>!~ a“”.]|https?://|\\]\\(|\\*\\*|~~|\u{a0}|é){0,14}",
        ) {
            let (wrapped, stressed) = by_expressions(&line);
            prop_assert_eq!(unwrapped(&line), wrapped);
            prop_assert_eq!(unstressed(&line), stressed);
        }
    }
}
