//! Markdown: what comments are written in on Reddit, GitHub, Lemmy, Lobsters.
//!
//! Comments use little of it, so this takes away only the marks that would disturb reading and
//! counting: links and pictures, emphasis, headings, fences, escapes, entities. Lists and
//! quotations are plain text already. It is no renderer.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::flow::Flow;
use crate::text::html::unescape;

static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\\(?P<escaped>[\\`*_{}\[\]()#+\-.!>~|^])",
        r"|`(?P<code>[^`\n]+)`",
        r"|!\[(?P<alt>[^\]\n]*)\]\([^)\s]*(?:\s[^)\n]*)?\)",
        r"|\[(?P<label>[^\]\n]+)\]\((?P<address>[^)\s]*)(?:\s[^)\n]*)?\)",
        r"|<(?P<bare>https?://[^>\s]+)>",
        r"|\*\*(?P<strong>[^*\n]+)\*\*",
        r"|~~(?P<struck>[^~\n]+)~~",
    ))
    .expect("the pattern is fixed")
});

static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<before>^|[\s(“])[*_](?P<text>[^*_\s](?:[^*_\n]*[^*_\s])?)[*_](?P<after>$|[\s).,;:!?”])")
        .expect("the pattern is fixed")
});

/// The plain text of Markdown, with HTML entities decoded (Reddit escapes `&`, `<` and `>`).
///
/// ```
/// let source = "&gt;Who *says*?\n\n[Ann](https://x.example/) **did**.";
/// assert_eq!(rejoinder::text::markup::markdown(source), "> Who says?\n\nAnn did.");
/// ```
#[must_use]
pub fn markdown(source: &str) -> Cow<'_, str> {
    if is_plain(source.as_bytes(), is_mark) {
        return Cow::Borrowed(source.trim_matches([' ', '\n']));
    }
    let source = unescape(source);
    let mut flow = Flow::new();
    let mut in_fence = false;
    for line in source.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            in_fence = !in_fence;
        } else if in_fence {
            flow.lines(line);
        } else {
            flow.lines(&marks_removed(line));
        }
        flow.line_end();
    }
    Cow::Owned(flow.finish())
}

/// What may be a mark of Markdown within a line.
// Branches would keep loops over it from being vectorized.
#[allow(clippy::needless_bitwise_bool)]
fn is_mark(b: u8) -> bool {
    (b == b'&')
        | (b == b'\\')
        | (b == b'`')
        | (b == b'*')
        | (b == b'_')
        | (b == b'[')
        | (b == b'<')
        | (b == b'~')
}

/// Whether a source is its own plain text but for blanks at its ends: printable characters without
/// marks, lines that begin with neither blanks nor marks, and no two blank lines in a row. Most
/// comments are.
// Branches would keep the loop from being vectorized.
#[allow(clippy::needless_bitwise_bool)]
pub(super) fn is_plain(bytes: &[u8], is_mark: impl Fn(u8) -> bool) -> bool {
    // No branches, so that compilers turn it into vector instructions.
    let is_odd = |b: u8| (b < b' ') & (b != b'\n') | (b == 0x7F) | is_mark(b);
    if bytes.iter().fold(false, |odd, &b| odd | is_odd(b)) {
        return false;
    }
    // Invisible characters and special blanks: up to U+00BF, from U+2000 to U+206F, U+FEFF.
    let is_special = |at: usize| match bytes[at] {
        0xE2 => {
            let last = bytes.get(at + 2).copied().unwrap_or(0);
            match bytes.get(at + 1) {
                Some(0x80) => !(0x90..=0xA7).contains(&last),
                Some(0x81) => true,
                _ => false,
            }
        }
        _ => true,
    };
    if memchr::memchr3_iter(0xC2, 0xE2, 0xEF, bytes).any(is_special) {
        return false;
    }
    let first = bytes.iter().find(|b| !b.is_ascii_whitespace());
    // Blanks at the ends may be of any kind.
    !ends_with_blank(bytes)
        && !matches!(first, Some(b'#' | b'>'))
        && memchr::memchr_iter(b'\n', bytes).all(|at| {
            let before = at.checked_sub(1).map_or(b' ', |i| bytes[i]);
            let after = bytes.get(at + 1).copied().unwrap_or(b' ');
            let blank = after == b'\n' && bytes.get(at + 2).is_none_or(|b| *b == b'\n');
            before != b' ' && !matches!(after, b' ' | b'#' | b'>') && !blank
        })
}

/// The last character is one of the blanks that are not ASCII.
fn ends_with_blank(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    matches!(tail, [0xE1, 0x9A, 0x80] | [0xE2, 0x80 | 0x81, _] | [0xE3, 0x80, 0x80])
}

fn marks_removed(line: &str) -> Cow<'_, str> {
    let mut rest = line.trim_start();
    if !rest.starts_with(['>', '#']) {
        rest = line;
    }
    let mut plain = String::new();
    while let Some(quoted) = rest.strip_prefix('>') {
        plain.push_str("> ");
        rest = quoted.trim_start();
    }
    let heading = rest.trim_start_matches('#');
    let marks = rest.len() - heading.len();
    if (1..=6).contains(&marks) && heading.starts_with(' ') {
        rest = heading.trim();
    }
    if rest.bytes().all(|b| !b"\\`*_[<~".contains(&b)) {
        if plain.is_empty() {
            return Cow::Borrowed(rest);
        }
        plain.push_str(rest);
        return Cow::Owned(plain);
    }
    // Each expression is asked only where it may find something.
    let marks = ["\\", "`", "](", "<http", "**", "~~"];
    let rest = if marks.iter().any(|mark| rest.contains(mark)) {
        INLINE.replace_all(rest, |found: &Captures<'_>| {
            let part = |name| found.name(name).map(|m| m.as_str());
            ["escaped", "code", "label", "bare", "strong", "struck"]
                .into_iter()
                .find_map(part)
                .unwrap_or_default()
                .to_owned()
        })
    } else {
        Cow::Borrowed(rest)
    };
    if rest.contains(['*', '_']) {
        plain.push_str(&EMPHASIS.replace_all(&rest, "$before$text$after"));
    } else {
        plain.push_str(&rest);
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn marks_go_and_text_stays() {
        assert_eq!(
            markdown("# Title\n\n* one\n* two_words_here"),
            "Title\n\n* one\n* two_words_here"
        );
        assert_eq!(
            markdown("a\\*b `x*y` ![pic](u) <https://x.example/a_b>"),
            "a*b x*y  https://x.example/a_b"
        );
        assert_eq!(markdown(">> deep\n>top"), "> > deep\n> top");
        assert_eq!(markdown("```\n*x*\n```"), "*x*");
        assert_eq!(markdown("5 * 3 * 2"), "5 * 3 * 2");
    }
}
