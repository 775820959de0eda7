//! The grammar of a page that no profile knows, found from lines with dates that repeat a shape.
//!
//! Lines that hold a date are sorted by what stands behind it; what all lines of a group have in
//! common before the date is fixed wording, and what differs is the name. If nothing differs, the
//! name stands on a line of its own above or below, perhaps with others in between. Every grammar
//! made so is tried like those of profiles, and must be believed on the same evidence.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::grammar::{Grammar, Line, Plain};
use super::plausible;
use super::rows::{DATE, Row, SAYS};
use crate::formats::pages::profile::Profile;

/// The name of a grammar that the lines of a page suggest.
pub(super) const INFERRED: &str = "inferred";

/// Fewest lines of one shape that are a grammar.
const LEAST: usize = 3;
/// The most frequent shapes that are tried.
const SHAPES: usize = 4;

/// A profile with the grammars that the page's own lines suggest; `None` if no shape repeats.
pub(super) fn profile(rows: &[Row<'_>]) -> Option<Profile> {
    let mut shapes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut worded: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    let mut fronts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for row in rows {
        let Some(date) = row.dates.first() else { continue };
        // A quoted line is no header.
        let is_header = row.masked.len() <= 160
            && !date.is_bare
            && (date.has_day() || date.is_age())
            && !row.masked.starts_with('>')
            && !plausible::is_no_writing(&row.masked);
        if is_header && let Some((before, behind)) = row.masked.split_once(DATE) {
            if behind.chars().filter(|c| c.is_alphabetic()).count() > 1 {
                fronts.entry(wording(before)).or_default().push(behind);
            }
            let behind = wording(behind);
            worded.entry((wording(before), behind.clone())).or_default().push(before);
            shapes.entry(behind).or_default().push(before);
        }
    }
    // Where other lines with dates end alike, those that begin alike too are a shape of their own.
    worded.retain(|(before, behind), lines| {
        !before.trim().is_empty() && lines.len() < shapes[behind].len()
    });
    let frequent = |shapes: Vec<(String, Vec<_>)>| {
        let often =
            shapes.into_iter().filter(|(_, lines): &(String, Vec<&str>)| lines.len() >= LEAST);
        let mut often: Vec<_> = often.collect();
        often.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
        often.truncate(SHAPES);
        often
    };
    let worded = worded.into_iter().map(|((_, behind), lines)| (behind, lines));
    let mut grammars: Vec<Grammar> = frequent(shapes.into_iter().collect())
        .into_iter()
        .chain(frequent(worded.collect()))
        .flat_map(|(behind, lines)| grammars(&behind, &lines))
        .collect();
    let fronts = frequent(fronts.into_iter().collect());
    grammars.extend(fronts.iter().flat_map(|(before, lines)| named_behind(before, lines)));
    if rows.iter().filter(|row| row.is_nbsp).count() >= LEAST {
        grammars.iter_mut().for_each(answering);
    }
    (!grammars.is_empty()).then(|| Profile {
        name: "my-forum".to_owned(),
        about: "a page whose comments repeat a shape".to_owned(),
        plain: Some(Plain { grammars, ..Plain::default() }),
        ..Profile::default()
    })
}

/// The profile that a page's own lines amount to, with the one grammar that reads it.
pub(super) fn reduced(grammar: &Grammar) -> Profile {
    Profile {
        name: "my-forum".to_owned(),
        about: "a page whose comments repeat a shape".to_owned(),
        plain: Some(Plain { grammars: vec![grammar.clone()], ..Plain::default() }),
        ..Profile::default()
    }
}

/// The grammars that a group of lines suggests.
fn grammars(behind: &str, lines: &[&str]) -> Vec<Grammar> {
    let general: Vec<String> = lines.iter().map(|line| numbered(line)).collect();
    let (start, tail) = common(&general);
    let first = general[0].as_str();
    let with_letters =
        general.iter().filter(|line| holds_letters(inner(line, start, tail))).count();
    if with_letters * 10 >= lines.len() * 8 {
        let (prefix, joint) = (wording(&first[..start]), wording(&first[first.len() - tail..]));
        let line = format!("{prefix}{{author}}{joint}{{date}}{behind}");
        return vec![grammar(&["?{avatar}", &line], &[]), grammar(&[], &[&line])];
    }
    let (start, tail) = common(lines);
    let first = lines[0];
    let (prefix, joint) = (wording(&first[..start]), wording(&first[first.len() - tail..]));
    let differing: Vec<&str> = lines.iter().map(|line| inner(line, start, tail)).collect();
    let number = match differing.iter().filter(|part| !part.is_empty()).count() {
        0 => "",
        _ if differing.iter().all(|part| is_path(part)) => "{path}",
        _ => r"[\d\W]*",
    };
    let date = format!("{prefix}{number}{joint}{{date}}{behind}");
    vec![
        grammar(&["?{avatar}", "{author}", &date], &[]),
        grammar(&["?{avatar}", "{author}", "*{label}", &date], &[]),
        grammar(&["{author}", "*{short}", &date], &[]),
        grammar(&[&date, "{author}"], &[]),
        grammar(&[&date, "?{avatar}", "{author}", "*{label}"], &[]),
        grammar(&["?{avatar}", "{author}"], &[&date]),
        grammar(&["{author}"], &[&date]),
        grammar(&[&date], &["{author}"]),
        grammar(&[], &["{author}", &date]),
        grammar(&[], &[&date, "{author}"]),
    ]
}

/// The grammars of lines that begin alike and name somebody behind the date: `On May 4, by Ann`.
fn named_behind(before: &str, lines: &[&str]) -> Vec<Grammar> {
    let general: Vec<String> = lines.iter().map(|line| numbered(line)).collect();
    let (start, tail) = common(&general);
    let is_named = |line: &&String| {
        let name = inner(line, start, tail).trim();
        holds_letters(name) && plausible::is_likely(name)
    };
    let named = general.iter().filter(is_named).count();
    // `(Fri)`, `(UTC)`: a part of the date.
    let first = general[0].as_str();
    let is_part = first[..start].ends_with('(');
    if is_part || named * 10 < lines.len() * 8 {
        return Vec::new();
    }
    let (joint, rest) = (wording_within(&first[..start]), wording(&first[first.len() - tail..]));
    let line = format!("{before}{{date}}{joint}{{author}}{rest}");
    vec![grammar(&["?{avatar}", &line], &[]), grammar(&[], &[&line])]
}

fn grammar(above: &[&str], below: &[&str]) -> Grammar {
    let lines = |lines: &[&str]| lines.iter().map(|l| Line::from((*l).to_owned())).collect();
    Grammar {
        name: INFERRED.to_owned(),
        above: lines(above),
        below: lines(below),
        ..Grammar::default()
    }
}

/// How many bytes lines begin and end with that all share, in whole words.
fn common<T: AsRef<str>>(lines: &[T]) -> (usize, usize) {
    let first = lines[0].as_ref();
    let rest = || lines.iter().map(AsRef::as_ref);
    let start = rest().fold(first.len(), |n, line| shared(first.chars(), line.chars()).min(n));
    let start = word_end(first, start);
    let rest = rest().map(|line: &str| line.get(start..).unwrap_or_default());
    let tail = rest.fold(usize::MAX, |n, line| {
        shared(first[start..].chars().rev(), line.chars().rev()).min(n)
    });
    let tail = word_start(first, first.len() - tail.min(first.len() - start)).max(start);
    (start, first.len() - tail)
}

/// What stands between the bytes that lines begin and end with.
fn inner(line: &str, start: usize, tail: usize) -> &str {
    line.get(start..line.len().saturating_sub(tail)).unwrap_or_default()
}

fn holds_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Stands for a number in lines that are compared.
const NUMBER: char = '\u{f8d2}';

/// A line in which all numbers are alike. (A number within a word belongs to the word.)
fn numbered(line: &str) -> String {
    let mut general = String::with_capacity(line.len());
    let mut before = ' ';
    for c in line.chars() {
        match (c.is_ascii_digit(), before) {
            (true, b) if b.is_alphabetic() || b == '_' => general.push(c),
            (true, b) if b.is_ascii_digit() && !general.ends_with(NUMBER) => general.push(c),
            (true, b) if b.is_ascii_digit() => {}
            (true, _) => general.push(NUMBER),
            (false, _) => general.push(c),
        }
        before = c;
    }
    general
}

/// Behind the name, the page may print that of the one answered: a line that begins with a no-break
/// space stands for a picture between the two.
fn answering(grammar: &mut Grammar) {
    if let Some(author) = grammar.above.iter().position(|line| line.source == "{author}") {
        grammar.above.insert(author + 1, Line::from("?{reply_to}".to_owned()));
    }
}

/// `1.2.3`: the place in the tree, from the top.
fn is_path(part: &str) -> bool {
    let part = part.trim();
    part.split('.').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Text as a pattern: numbers may differ, all else is literal. Braces would read as slots.
fn wording(text: &str) -> String {
    let mut pattern = wording_within(text.trim_end());
    if text.ends_with(' ') && !text.trim().is_empty() {
        // Of two blanks one was a no-break space.
        pattern.push_str(if text.ends_with("  ") { " +" } else { " " });
    }
    pattern
}

/// The same, with the blanks that stand around it.
fn wording_within(text: &str) -> String {
    let mut pattern = String::new();
    let mut is_number = false;
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !is_number {
                pattern.push_str("\\d+");
            }
            is_number = true;
            continue;
        }
        is_number = false;
        match c {
            DATE => pattern.push_str("{date2}"),
            SAYS => pattern.push_str("{says}"),
            NUMBER => pattern.push_str("\\d+"),
            c => pattern.push_str(&regex::escape(&c.to_string())),
        }
    }
    pattern
}

/// Bytes of the beginning that two texts share.
fn shared(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

/// Back to the end of the last whole word.
fn word_end(text: &str, at: usize) -> usize {
    text[..at]
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |i| i + text[i..].chars().next().map_or(0, char::len_utf8))
}

/// Forward to the start of the first whole word.
fn word_start(text: &str, at: usize) -> usize {
    text[at..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |i| at + i)
}

/// A profile's text part as TOML, ready to be saved, edited and given back.
#[must_use]
pub fn printed(profile: &Profile) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let mut text =
        format!("name = {}\nabout = {}\n", quoted(&profile.name), quoted(&profile.about));
    let plain = profile.plain.iter();
    for grammar in plain.flat_map(|plain| &plain.grammars) {
        let _ = write!(text, "\n[[plain.grammars]]\nname = {}\n", quoted(&grammar.name));
        for (key, lines) in [("above", &grammar.above), ("below", &grammar.below)] {
            let lines: Vec<String> = lines.iter().map(|line| quoted(&line.text())).collect();
            if !lines.is_empty() {
                let _ = writeln!(text, "{key} = [{}]", lines.join(", "));
            }
        }
    }
    text
}
