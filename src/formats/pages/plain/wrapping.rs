//! Lines that a tool broke at a width are put together again, and the marks of links that text
//! browsers leave are taken out.
//!
//! html2text, lynx and w3m break paragraphs at a column. A break is theirs where the first word
//! of the next line would not have fitted any more; all other breaks are the page's. Every line
//! keeps the number of the first line of the input that it was made from.

use std::borrow::Cow;

use super::columns;
use super::flattener::Flattener;
use super::joints;

/// A line of the input, or several that a tool made of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logical<'a> {
    pub(super) text: Cow<'a, str>,
    /// The number of its first line in the input, 1-based.
    pub(super) line: u32,
}

/// The lines of a text as the page had them.
pub(super) fn lines(text: &str, flattener: Flattener) -> Vec<Logical<'_>> {
    let mut lines: Vec<Logical<'_>> = text
        .split('\n')
        .zip(1..)
        .map(|(text, line)| (text.strip_suffix('\r').unwrap_or(text), line))
        .map(|(text, line)| Logical { text: Cow::Borrowed(text), line })
        .collect();
    if let Some(width) = width(&lines) {
        join(&mut lines, width, flattener);
    }
    match flattener {
        Flattener::Lynx => take_out_marks(&mut lines),
        Flattener::Layout => lines = columns::unfold(&lines),
        Flattener::Markdown => lines = columns::cells(close_links(&lines)),
        _ => {}
    }
    joints::part(lines, flattener)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The column where the content behind a list mark begins.
fn content_column(line: &str) -> usize {
    let start = indent(line);
    let rest = &line[start..];
    let mark = rest.find(' ').unwrap_or(0);
    let is_mark = matches!(&rest[..mark], "*" | "+" | "o" | "-" | "#" | "•")
        || rest[..mark].strip_suffix('.').is_some_and(|n| n.parse::<u32>().is_ok());
    let behind = rest[mark..].len() - rest[mark..].trim_start_matches(' ').len();
    if is_mark { start + rest[..mark].chars().count() + behind } else { start }
}

fn width_of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { unicode_width::UnicodeWidthStr::width(text) }
}

/// What of the next line would have to fit: its first word, or the part before a hyphen.
fn first_part(line: &str) -> &str {
    let line = line.trim_start();
    let word = line.split_whitespace().next().unwrap_or_default();
    word.find('-').filter(|at| *at > 0).map_or(word, |at| &word[..=at])
}

fn is_text(line: &str) -> bool {
    line.split_whitespace().nth(3).is_some()
}

/// The next line may go on with this one: it stands below its content, and no mark begins it.
fn may_go_on(line: &str, next: &str) -> bool {
    let starts_block = next.trim_start().starts_with(['#', '|', '>']) || next.is_empty();
    let column = indent(next);
    !starts_block
        && !line.ends_with("  ")
        && (column == indent(line) || column == content_column(line))
        && content_column(next) == column
}

/// The width at which a tool broke the lines; `None` if none did.
fn width(lines: &[Logical<'_>]) -> Option<usize> {
    const LEAST: usize = 12;
    let pairs = || {
        lines.windows(2).map(|pair| (&*pair[0].text, &*pair[1].text)).filter(|(line, next)| {
            is_text(line) && !next.trim().is_empty() && may_go_on(line, next)
        })
    };
    let mut widths: Vec<usize> = pairs().map(|(line, _)| width_of(line.trim_end())).collect();
    if widths.len() < LEAST {
        return None;
    }
    widths.sort_unstable();
    // A few lines are longer, because a word such as an address cannot be broken.
    let width = widths[widths.len() * 97 / 100];
    let most = lines.iter().filter(|line| width_of(line.text.trim_end()) > width + 60).count();
    if !(50..=140).contains(&width) || most * 20 > lines.len() {
        return None;
    }
    let full = pairs().filter(|(line, next)| is_full(line, next, width)).count();
    (full * 10 >= widths.len() * 7).then_some(width)
}

fn is_full(line: &str, next: &str, width: usize) -> bool {
    width_of(line.trim_end()) + 1 + width_of(first_part(next)) > width
}

fn join(lines: &mut Vec<Logical<'_>>, width: usize, flattener: Flattener) {
    // In Markdown two blanks or an empty line end what the page ended, so that few words suffice.
    let is_text =
        |line: &str| flattener == Flattener::Markdown && !line.is_empty() || is_text(line);
    let mut joined: Vec<Logical<'_>> = Vec::with_capacity(lines.len());
    let mut goes_on = false;
    for at in 0..lines.len() {
        let text = &lines[at].text;
        let next = lines.get(at + 1).map(|next| &*next.text);
        let is_soft = next.is_some_and(|next| {
            is_text(text) && may_go_on(text, next) && is_full(text, next, width)
        });
        match joined.last_mut().filter(|_| goes_on) {
            Some(whole) => {
                let whole = whole.text.to_mut();
                whole.truncate(whole.trim_end().len());
                let is_broken_word = whole.ends_with('-') && !whole.ends_with(" -");
                if !is_broken_word {
                    whole.push(' ');
                }
                whole.push_str(if is_soft { text.trim() } else { text.trim_start() });
            }
            None => joined.push(lines[at].clone()),
        }
        goes_on = is_soft;
    }
    *lines = joined;
}

/// A link of Markdown that a tool broke over some lines is whole again, however few words it has.
fn close_links<'a>(lines: &[Logical<'a>]) -> Vec<Logical<'a>> {
    let mut closed: Vec<Logical<'_>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let mut line = lines[at].clone();
        let mut taken = 0;
        while is_open(&line.text)
            && let Some(next) = lines.get(at + taken + 1)
            && taken < MOST_BREAKS
            && !next.text.trim().is_empty()
        {
            let whole = line.text.to_mut();
            whole.truncate(whole.trim_end().len());
            if !whole.ends_with('-') {
                whole.push(' ');
            }
            whole.push_str(next.text.trim_start());
            taken += 1;
        }
        // What no line closes was no link.
        if taken > 0 && is_open(&line.text) {
            (line, taken) = (lines[at].clone(), 0);
        }
        closed.push(line);
        at += taken + 1;
    }
    closed
}

/// So many breaks a link has at most.
const MOST_BREAKS: usize = 4;

/// The text or the target of a link does not end in this line.
fn is_open(line: &str) -> bool {
    let target = line.rfind("](").is_some_and(|at| !line[at..].contains(')'));
    target
        || line
            .rfind('[')
            .is_some_and(|at| !line[at..].contains(']') && !line[..at].ends_with('\\'))
}

/// Takes out `[12]` before links, `(BUTTON)` and the list of addresses at the end.
fn take_out_marks(lines: &mut [Logical<'_>]) {
    let is_address = |line: &str| {
        let line = line.trim_start();
        line.split_once(". ").is_some_and(|(number, target)| {
            number.parse::<u32>().is_ok() && target.contains(':') && !target.contains(' ')
        })
    };
    let references = lines.iter().rposition(|line| line.text.trim() == "References");
    let mut end = lines.len();
    if let Some(at) = references
        && lines[at..].iter().take(6).any(|line| is_address(&line.text))
    {
        end = at;
    }
    for (at, line) in lines.iter_mut().enumerate() {
        if at >= end {
            line.text = Cow::Borrowed("");
        } else if line.text.contains(['[', '(']) {
            let clean = without_marks(&line.text);
            line.text = Cow::Owned(clean);
        }
    }
}

fn without_marks(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['[', '(']) {
        clean.push_str(&rest[..at]);
        rest = &rest[at..];
        let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
        if rest.starts_with('[') && (1..6).contains(&digits) && rest[1 + digits..].starts_with(']')
        {
            rest = &rest[digits + 2..];
        } else if let Some(behind) =
            ["(BUTTON) ", "(BUTTON)", "[BUTTON] "].iter().find_map(|mark| rest.strip_prefix(mark))
        {
            rest = behind;
        } else {
            clean.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> String {
        let mut out = String::new();
        for paragraph in text.split("\n\n") {
            let mut column = 0;
            for word in paragraph.split(' ') {
                if column > 0 && column + 1 + word.len() > width {
                    out.push('\n');
                    column = 0;
                }
                if column > 0 {
                    out.push(' ');
                    column += 1;
                }
                out.push_str(word);
                column += word.len();
            }
            out.push_str("\n\n");
        }
        out
    }

    #[test]
    fn broken_paragraphs_are_whole_again() {
        let sentence =
            "The quick brown fox jumps over the lazy dog and runs along the river bank. ";
        let paragraph = sentence.repeat(5).trim_end().to_owned();
        let text = format!("Ann says:\n\n{paragraph}\n\n{paragraph} Yes.\n\n{paragraph}");
        let broken = wrapped(&text, 72);
        let lines = lines(&broken, Flattener::PlainCopy);
        let last = lines.last().expect("lines");
        assert_eq!(last.line as usize, broken.split('\n').count());
        let shown: Vec<&str> =
            lines.iter().map(|line| &*line.text).filter(|line| !line.is_empty()).collect();
        assert_eq!(shown, ["Ann says:", &paragraph, &format!("{paragraph} Yes."), &paragraph]);
    }

    #[test]
    fn links_are_whole_again() {
        let text = "![](a.png) [January 09,\n2022, 03:35 PM](b.php \"A ten-\nyear-old one\")\n\nYes [sic\n\nNo.\n";
        let lines = lines(text, Flattener::Markdown);
        let shown: Vec<&str> =
            lines.iter().map(|line| &*line.text).filter(|t| !t.is_empty()).collect();
        assert_eq!(
            shown,
            [
                "![](a.png) [January 09, 2022, 03:35 PM](b.php \"A ten-year-old one\")",
                "Yes [sic",
                "No."
            ]
        );
    }

    #[test]
    fn other_lines_stay_apart() {
        let text = "Ann\n3 May 2019\nA short text here.\n\n".repeat(30);
        assert_eq!(lines(&text, Flattener::PlainCopy).len(), 121);
    }

    #[test]
    fn marks_of_links_are_taken_out() {
        let text = "[12]Ann says:\n  [1] a (BUTTON) Reply [x]\nReferences\n\n 1. http://a.b/c\n";
        let lines = lines(text, Flattener::Lynx);
        let shown: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
        assert_eq!(shown, ["Ann says:", "a Reply [x]", "", "", "", ""]);
    }
}
