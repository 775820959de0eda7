//! Markdown taken out of a line: links become their text, pictures leave their alternative text,
//! emphasis and headings lose their signs, and targets of links give identifiers.

use std::sync::LazyLock;

use regex::Regex;

use crate::comment::Name;

/// Longer lines are text without headers; they are left as they are.
const LONGEST: usize = 32 * 1024;
/// The longest target of a link that is looked for.
const TARGET_BYTES: usize = 2_000;

/// A line without Markdown.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Plain {
    pub(super) text: String,
    /// The alternative text of the first picture that has one.
    pub(super) alt: Option<String>,
    /// A comment's identifier, from the last target that holds one.
    pub(super) id: Option<Name>,
    pub(super) is_heading: bool,
    /// All of it is one link to another page.
    pub(super) is_link: bool,
    /// The texts of its links that are short enough to be names.
    pub(super) links: Vec<String>,
}

/// The longest text of a link that may be a name, in bytes.
const NAME_BYTES: usize = 60;

/// The line has a sign that may be Markdown.
pub(super) fn is_marked(line: &str) -> bool {
    line.contains(['[', '*', '_', '#', '\\', '!', '|', '-', '='])
}

/// The line parts what stands above it from what stands below: `* * *`, `---|---`. (Underscores
/// alone are the page's own: forums part signatures from texts by them.)
pub(super) fn is_rule(line: &str) -> bool {
    if line.len() >= 10 && line.bytes().all(|b| b == b'_') {
        return false;
    }
    let is_sign = |c: char| matches!(c, '*' | '-' | '_' | ' ' | '|' | '=' | ':');
    line.chars().all(is_sign) && line.contains(['*', '-', '_', '=', '|'])
}

/// Takes Markdown out of a line.
pub(super) fn plain(line: &str) -> Plain {
    if line.len() > LONGEST {
        return Plain { text: line.to_owned(), ..Plain::default() };
    }
    if is_rule(line) {
        return Plain::default();
    }
    // Cells of a table, of which only the last often holds anything.
    let mut content = line.trim();
    while let Some(rest) = content.strip_prefix('|') {
        content = rest.trim_start();
    }
    let bare = content.trim_start_matches('#');
    let is_heading = bare.len() < content.len()
        && content.len() - bare.len() <= 6
        && (bare.is_empty() || bare.starts_with(' '));
    if is_heading {
        content = bare.trim();
    }
    let mut plain = Plain { is_heading, ..Plain::default() };
    let mut scan = Scan { line: content, closing: closing(content), plain: &mut plain };
    let mut text = String::with_capacity(content.len());
    scan.inline(0, content.len(), &mut text);
    scan.plain.is_link = scan.is_link();
    plain.text = collapse(text.trim());
    let kept = plain.text.trim_start_matches(['|', ' ', '\t', '\u{a0}']).len();
    let front = plain.text.len() - kept;
    if plain.text.starts_with('|') {
        plain.text.drain(..front);
    }
    plain
}

/// For each `[`, the place of the `]` that closes it; 0 for none.
fn closing(line: &str) -> Vec<u32> {
    let mut closing = vec![0; line.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut is_escaped = false;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'[' => open.push(at),
            b']' => {
                if let Some(start) = open.pop() {
                    closing[start] = at as u32;
                }
            }
            _ => {}
        }
    }
    closing
}

struct Scan<'l, 'p> {
    line: &'l str,
    closing: Vec<u32>,
    plain: &'p mut Plain,
}

impl Scan<'_, '_> {
    /// Copies a part of the line without its signs.
    fn inline(&mut self, from: usize, to: usize, out: &mut String) {
        let mut at = from;
        while at < to {
            let rest = &self.line[at..to];
            let Some(c) = rest.chars().next() else { break };
            let behind = at + c.len_utf8();
            match c {
                '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                    out.push_str(&rest[1..2]);
                    at += 2;
                }
                '!' if let Some((text, end)) = self.link(behind, to) => {
                    let mut alt = String::new();
                    self.inline(text.start, text.end, &mut alt);
                    let alt = alt.trim();
                    if self.plain.alt.is_none() && !alt.is_empty() {
                        self.plain.alt = Some(alt.to_owned());
                    }
                    at = end;
                }
                '[' if let Some((text, end)) = self.link(at, to) => {
                    self.take_id(&self.line[text.end..end]);
                    let before = out.len();
                    self.inline(text.start, text.end, out);
                    let shown = out[before..].trim();
                    if !shown.is_empty() && shown.len() <= NAME_BYTES {
                        self.plain.links.push(shown.to_owned());
                    }
                    at = end;
                }
                '[' if rest.starts_with("[]") => at += 2,
                '*' | '_' => at = self.emphasis(at, to, out),
                _ => {
                    out.push(c);
                    at = behind;
                }
            }
        }
    }

    /// A link whose `[` stands at a place: where its text stands, and the place behind it.
    fn link(&self, at: usize, to: usize) -> Option<(std::ops::Range<usize>, usize)> {
        if self.line.as_bytes().get(at) != Some(&b'[') {
            return None;
        }
        let close = self.closing[at] as usize;
        if close == 0 || close >= to || !self.line[close + 1..to].starts_with('(') {
            return None;
        }
        let mut depth = 0_u32;
        let mut is_escaped = false;
        for (i, byte) in self.line.as_bytes()[close + 1..to].iter().enumerate().take(TARGET_BYTES) {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some((at + 1..close, close + 2 + i));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// All of the line is a link that leads to no place on a page, as the numbers of comments do.
    fn is_link(&self) -> bool {
        let to = self.line.trim_end_matches(['*', '_', ' ']).len();
        let from = self.line.len() - self.line.trim_start_matches(['*', '_', ' ']).len();
        self.link(from, to).is_some_and(|(text, end)| {
            !text.is_empty() && end == to && !self.line[text.end..end].contains('#')
        })
    }

    fn take_id(&mut self, target: &str) {
        static TARGET: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?:#(?:li-|div-)?(?:wc-)?(?:comment|cmt|comm|post|p|c|t|reply|msg|pid)-?|replytocom=|showComment=\d+#c)(\d{2,})")
                .expect("a constant pattern")
        });
        if let Some(found) = TARGET.captures_iter(target).last() {
            self.plain.id = Some(Name::from(&found[1]));
        }
    }

    /// Leaves out the signs of emphasis, keeps those within words and those that close nothing.
    fn emphasis(&self, at: usize, to: usize, out: &mut String) -> usize {
        let bytes = self.line.as_bytes();
        let sign = bytes[at];
        let width = 1 + usize::from(at + 1 < to && bytes[at + 1] == sign);
        let behind = at + width;
        let next = self.line[behind..to].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = out.chars().next_back();
        let opens = !is_word(before) && next.is_some_and(|c| !c.is_whitespace());
        let closes = before.is_some_and(|c| !c.is_whitespace()) && !is_word(next);
        if width == 2 || ((opens || closes) && self.has_pair(sign, to)) {
            return behind;
        }
        out.push_str(&self.line[at..behind]);
        behind
    }

    /// Two signs stand next to what they may enclose.
    fn has_pair(&self, sign: u8, to: usize) -> bool {
        let bytes = &self.line.as_bytes()[..to];
        let is_blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let signs = memchr::memchr_iter(sign, bytes);
        let touches = |&at: &usize| {
            !(is_blank(at.checked_sub(1).map(|before| &bytes[before]))
                && is_blank(bytes.get(at + 1)))
        };
        signs.filter(touches).nth(1).is_some()
    }
}

/// Runs of blanks become one.
fn collapse(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        let is_blank = c == ' ' || c == '\t';
        if !(is_blank && clean.ends_with([' ', '\t'])) {
            clean.push(c);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, text: &str) {
        assert_eq!(plain(line).text, text, "{line}");
    }

    #[test]
    fn signs_are_taken_out() {
        check("**Ann Bee** says:", "Ann Bee says:");
        check("[**Ann**](http://a/b_(c) \"a (b)\") wrote", "Ann wrote");
        check("Comment by _Ann_ — May 3", "Comment by Ann — May 3");
        check("bob_42 and snake_case_name", "bob_42 and snake_case_name");
        check("2 * 3 and a*", "2 * 3 and a*");
        check(r"\- one \[two\] 1\. three", "- one [two] 1. three");
        check("## [27 Comments](#c)", "27 Comments");
        check("#2", "#2");
        check("---|---|---", "");
        check("* * *", "");
        check("| | **(no subject)**", "(no subject)");
        check("[not a link] (here)", "[not a link] (here)");
    }

    #[test]
    fn pictures_and_targets_are_kept_apart() {
        let found =
            plain("[![\\[info\\]](http://a/i)](http://a)[**ann**](http://a) [#](x#comment-42)");
        assert_eq!(found.text, "ann #");
        assert_eq!(found.alt.as_deref(), Some("[info]"));
        assert_eq!(found.id.as_deref(), Some("42"));
    }

    #[test]
    fn unclosed_brackets_take_linear_time() {
        assert_eq!(plain(&"[".repeat(30_000)).text.len(), 30_000);
        assert_eq!(plain(&"](".repeat(15_000)).text.len(), 30_000);
    }
}
