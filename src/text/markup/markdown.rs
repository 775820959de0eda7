//! Markdown: what comments are written in on Reddit, GitHub, Lemmy, Lobsters.
//!
//! Comments use little of it, so this takes away only the marks that would disturb reading and
//! counting: links and pictures, emphasis, headings, fences, escapes, entities. Lists and
//! quotations are plain text already. It is no renderer.

use std::borrow::Cow;

use super::flow::Flow;
use super::inline;
use crate::bytes::{self, Places, Sixteen};
use crate::text::html::unescape;

/// The plain text of Markdown, with HTML entities decoded (Reddit escapes `&`, `<` and `>`).
///
/// ```
/// let source = "&gt;Who *says*?\n\n[Ann](https://x.example/) **did**.";
/// assert_eq!(rejoinder::text::markup::markdown(source), "> Who says?\n\nAnn did.");
/// ```
#[must_use]
pub fn markdown(source: &str) -> Cow<'_, str> {
    if let Some(plain) = plain(source, marks) {
        return Cow::Borrowed(plain);
    }
    let source = unescape(source);
    let mut flow = Flow::with_room(source.len());
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

/// The source, if it is its own plain text but for blanks at its ends: printable characters without
/// marks (of which U+007F has to be one), lines that begin with neither blanks nor marks, and no two
/// blank lines in a row. Most comments are.
pub(super) fn plain(source: &str, marks: impl Fn(Sixteen) -> Places) -> Option<&str> {
    let bytes = source.as_bytes();
    let mut is_ascii = true;
    // Sixty-four bytes at a time: whether they are plain is asked once for all of them.
    for (place, chunk) in bytes::chunks(bytes, b'x').enumerate() {
        let line_ends = chunk.map(|sixteen| sixteen.places_of(b'\n'));
        let mut odd = Places::NONE;
        for (sixteen, line_ends) in chunk.into_iter().zip(line_ends) {
            odd = odd | sixteen.within(0, 0x1F).without(line_ends) | marks(sixteen);
        }
        if odd.bits() != 0 {
            return None;
        }
        is_ascii &= bytes::are_ascii(chunk);
        let mut line_ends = bytes::bits(line_ends);
        while line_ends != 0 {
            if !is_plain_end(bytes, 64 * place + line_ends.trailing_zeros() as usize) {
                return None;
            }
            line_ends &= line_ends - 1;
        }
    }
    let first = bytes.iter().find(|b| !b.is_ascii_whitespace());
    if matches!(first, Some(b'#' | b'>')) || !is_ascii && has_special(bytes) {
        return None;
    }
    let is_blank = |b: Option<&u8>| matches!(b, Some(b' ' | b'\n'));
    let is_trim = !is_blank(bytes.first()) && !is_blank(bytes.last());
    Some(if is_trim { source } else { source.trim_matches([' ', '\n']) })
}

/// Where marks stand, or what is close to them in the order of ASCII (`]`, `^`, braces, the last
/// control character).
#[inline]
fn marks(bytes: Sixteen) -> Places {
    bytes.folded().within(b'{', 0x7F)
        | bytes.places_of(b'`')
        | bytes.places_of(b'&')
        | bytes.places_of(b'*')
        | bytes.places_of(b'<')
}

/// Neither blanks nor marks around a line end, nor more than one blank line.
fn is_plain_end(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map_or(b' ', |i| bytes[i]);
    let after = bytes.get(at + 1).copied().unwrap_or(b' ');
    let is_blank = after == b'\n' && bytes.get(at + 2).is_none_or(|b| *b == b'\n');
    before != b' ' && !matches!(after, b' ' | b'#' | b'>') && !is_blank
}

/// Invisible characters and special blanks: up to U+00BF, from U+2000 to U+206F, U+FEFF; at the end
/// blanks of any kind.
fn has_special(bytes: &[u8]) -> bool {
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
    ends_with_blank(bytes) || memchr::memchr3_iter(0xC2, 0xE2, 0xEF, bytes).any(is_special)
}

/// The last character is one of the blanks that are not ASCII.
fn ends_with_blank(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    matches!(tail, [0xE1, 0x9A, 0x80] | [0xE2, 0x80 | 0x81, _] | [0xE3, 0x80, 0x80])
}

/// Bytes that marks within a line begin with.
const IS_MARK: [bool; 256] = inline::table(b"\\`*_[<~");

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
    if !rest.bytes().any(|b| IS_MARK[usize::from(b)]) {
        if plain.is_empty() {
            return Cow::Borrowed(rest);
        }
        plain.push_str(rest);
        return Cow::Owned(plain);
    }
    plain.push_str(&inline::unstressed(&inline::unwrapped(rest)));
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
