//! Text as it stands on a terminal: its width in columns, shortened, wrapped, made harmless.
//!
//! Comments come from anywhere. Before one is shown on a terminal, [`harmless`] takes everything
//! out of it that a terminal would obey instead of print: escape sequences, control characters,
//! and the directional overrides that make text read other than it is stored. Widths are those of
//! Unicode (UAX 11): two columns for Chinese, Japanese, Korean and emoji, none for combining marks.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that a line of text takes on a terminal.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.graphemes(true).map(cluster_columns).sum()
}

/// Columns of one grapheme cluster. No terminal draws one wider than two columns.
fn cluster_columns(cluster: &str) -> usize {
    cluster.width().min(2)
}

/// The text in at most `width` columns; `mark` ("…") stands for what was cut off. Clusters are
/// never torn: a letter keeps its accents, a flag its two halves.
#[must_use]
pub fn shorten<'t>(text: &'t str, width: usize, mark: &str) -> Cow<'t, str> {
    if columns(text) <= width {
        return Cow::Borrowed(text);
    }
    let room = width.saturating_sub(columns(mark));
    let mut used = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += cluster_columns(cluster);
        if used > room {
            break;
        }
        end = at + cluster.len();
    }
    let kept = text[..end].trim_end();
    let mark = if columns(mark) <= width { mark } else { "" };
    Cow::Owned(format!("{kept}{mark}"))
}

/// The text shortened and then filled with spaces to exactly `width` columns.
#[must_use]
pub fn fit(text: &str, width: usize, mark: &str) -> String {
    let mut text = shorten(text, width, mark).into_owned();
    let missing = width.saturating_sub(columns(&text));
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// As [`fit`], with the spaces in front.
#[must_use]
pub fn fit_right(text: &str, width: usize, mark: &str) -> String {
    let text = shorten(text, width, mark);
    let missing = width.saturating_sub(columns(&text));
    format!("{}{text}", " ".repeat(missing))
}

/// The words of the text in lines of at most `width` columns; a word that is wider is torn
/// between clusters. Width 0 counts as 1.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = columns(word);
        if used > 0 && used + 1 + wide <= width {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for cluster in word.graphemes(true) {
            let wide = cluster_columns(cluster);
            if used > 0 && used + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(cluster);
            used += wide;
        }
    }
    if used > 0 {
        lines.push(line);
    }
    lines
}

/// The text as one line without anything that a terminal would obey: escape sequences are removed
/// whole, control characters and directional overrides dropped, white space of every kind becomes
/// single spaces.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_harmful(c) || (c.is_whitespace() && c != ' '))
        && !text.contains("  ")
    {
        return Cow::Borrowed(text.trim());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => skip_escape(&mut rest),
            '\u{9b}' => skip_control_sequence(&mut rest),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => skip_string(&mut rest),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_harmful(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out.trim().to_owned())
}

/// A character that a terminal obeys, or that reorders or hides text.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

type Rest<'t> = std::iter::Peekable<std::str::Chars<'t>>;

/// What follows ESC (ECMA-48): a control sequence, a string with its terminator, or one character
/// with the intermediates before it. An escape at the end of the text swallows nothing.
fn skip_escape(rest: &mut Rest<'_>) {
    match rest.peek() {
        Some('[') => {
            rest.next();
            skip_control_sequence(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            rest.next();
            skip_string(rest);
        }
        Some(' '..='/') => {
            while rest.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            rest.next_if(|c| matches!(c, '0'..='~'));
        }
        Some('0'..='~') => {
            rest.next();
        }
        _ => {}
    }
}

/// Parameters, intermediates and the final byte of a control sequence; stops before anything that
/// cannot be part of one, so that text after a broken sequence stays.
fn skip_control_sequence(rest: &mut Rest<'_>) {
    while rest.next_if(|c| matches!(c, '0'..='?')).is_some() {}
    while rest.next_if(|c| matches!(c, ' '..='/')).is_some() {}
    rest.next_if(|c| matches!(c, '@'..='~'));
}

/// A command string up to BEL or the string terminator on the same line. Without a terminator only
/// the introducer is dropped: a broken sequence must not swallow the comment.
fn skip_string(rest: &mut Rest<'_>) {
    let mut ahead = rest.clone();
    while let Some(c) = ahead.next() {
        let ends = match c {
            '\u{7}' | '\u{9c}' => true,
            '\u{1b}' => ahead.next_if_eq(&'\\').is_some(),
            '\n' => return,
            _ => false,
        };
        if ends {
            *rest = ahead;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_is_that_of_a_terminal() {
        for (text, expected) in
            [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("ё", 1), ("", 0)]
        {
            assert_eq!(columns(text), expected, "{text}");
        }
    }

    #[test]
    fn shortening_never_exceeds_the_width_nor_tears_a_cluster() {
        assert_eq!(shorten("hello world", 8, "…"), "hello w…");
        assert_eq!(shorten("hello", 5, "…"), "hello");
        assert_eq!(shorten("日本語", 4, "…"), "日…");
        assert_eq!(shorten("cafe\u{301}s!", 5, "…"), "cafe\u{301}…");
        assert_eq!(shorten("abc", 0, "…"), "");
        assert_eq!(fit("日本語", 4, "…"), "日… ");
        assert_eq!(fit_right("7", 3, "…"), "  7");
    }

    #[test]
    fn wrapping_tears_only_words_that_are_wider_than_the_line() {
        assert_eq!(wrap("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrap("abcdefg h", 3), ["abc", "def", "g h"]);
        assert_eq!(wrap("", 3), [""; 0]);
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        for (text, expected) in [
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}x", "x"),
            ("\u{1b}]8;;http://a\u{1b}\\link", "link"),
            ("\u{9b}2Jgone", "gone"),
            ("a\u{1b}(Bb", "ab"),
            ("broken \u{1b}]0;never ends", "broken 0;never ends"),
            ("bell\u{7} back\u{8} cr\rlf\nend", "bell back cr lf end"),
            ("\u{202e}evil\u{202c}", "evil"),
            ("  two  spaces\t", "two spaces"),
            ("family 👩‍👩‍👧", "family 👩‍👩‍👧"),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }
}
