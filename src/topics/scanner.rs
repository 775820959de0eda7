//! Patterns to mentions: one pass over a text for all literals, one for all regular expressions.
//!
//! Word boundaries are Unicode's, but they are not part of the automaton: the few matches that it
//! finds are checked against their neighbours. (Unicode boundaries inside a lazy automaton make it
//! give up at the first letter that is not ASCII, a hundred times slower.) A boundary lies between
//! two characters unless both are of a word; scripts without spaces have one everywhere, Katakana
//! one against other scripts, and Korean words end before their particles.
//!
//! What counts as one mention: within a topic the leftmost longest match; what lies within a match
//! of one of the topic's exceptions does not count, nor does `@name`, nor the path of a URL.

use regex::bytes::{Regex, RegexSet};
use unicode_normalization::char::is_combining_mark;

use super::automaton::{Automaton, Ending};
use super::pattern::{Form, Pattern};
use super::starts::Starts;
use crate::text::segmentation::{Unspaced, unspaced};

/// A place where a text mentions a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Index of the topic.
    pub topic: u32,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// All patterns of all topics, ready to search with.
#[derive(Debug, Default)]
pub(crate) struct Scanner {
    automaton: Automaton,
    /// Where literals may begin, if they all begin words with a letter or digit.
    starts: Option<Starts>,
    literals: Vec<Literal>,
    regexes: Vec<(Target, Regex)>,
    /// Which of many regular expressions match at all; `None` where there are few.
    set: Option<RegexSet>,
}

/// A match of a pattern: what it counts for, its first byte and the byte after its last.
pub(crate) type Match = (Target, usize, usize);

/// What a match counts for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    topic: u32,
    is_exception: bool,
}

#[derive(Debug)]
struct Literal {
    target: Target,
    folded: String,
    open_left: bool,
    open_right: bool,
    /// The very letters, where case counts.
    exact: Option<String>,
}

/// From this number of regular expressions on, one pass first finds those that match at all.
const MANY: usize = 4;

impl Scanner {
    /// Patterns with the index of their topic.
    pub(crate) fn new(patterns: Vec<(u32, Pattern)>) -> Self {
        let mut literals = Vec::new();
        let mut regexes = Vec::new();
        for (topic, pattern) in patterns {
            let target = Target { topic, is_exception: pattern.is_exception };
            match pattern.form {
                Form::Literal { folded, open_left, open_right, exact } => {
                    literals.push(Literal { target, folded, open_left, open_right, exact });
                }
                Form::Regex(regex) => regexes.push((target, regex)),
            }
        }
        let automaton =
            Automaton::new(&literals.iter().map(|l| l.folded.as_str()).collect::<Vec<_>>());
        let set = (regexes.len() >= MANY)
            .then(|| RegexSet::new(regexes.iter().map(|(_, r)| format!("(?i){}", r.as_str()))).ok())
            .flatten();
        let is_simple = !literals.is_empty() && literals.iter().all(|l| !l.open_left);
        let starts =
            is_simple.then(|| Starts::new(literals.iter().map(|l| l.folded.as_str()))).flatten();
        Self { automaton, starts, literals, regexes, set }
    }

    /// Adds the mentions in a text, in order of topic and place.
    pub(crate) fn mentions(&self, text: &str, offset: usize, out: &mut Vec<Mention>) {
        let mut found = Vec::new();
        self.find(text, &mut found);
        resolve(found, offset, out);
    }

    /// Adds all matches in a text, overlapping ones included.
    pub(crate) fn find(&self, text: &str, found: &mut Vec<Match>) {
        let mut keep = |ending: Ending, begin: Option<usize>| {
            if let Some((start, end)) = self.check(text, ending)
                && begin.is_none_or(|begin| begin == start)
            {
                found.push((self.literals[ending.pattern as usize].target, start, end));
            }
        };
        match &self.starts {
            Some(starts) => starts.each(text, |at| {
                self.automaton.walk(text, at, |ending| keep(ending, Some(at)));
            }),
            None => self.automaton.scan(text, |ending| keep(ending, None)),
        }
        self.expressions(text, found);
    }

    /// Where a match of a literal begins and ends, if it stands between word boundaries.
    fn check(&self, text: &str, ending: Ending) -> Option<(usize, usize)> {
        let literal = &self.literals[ending.pattern as usize];
        let mut start = ending.end;
        for c in literal.folded.chars().rev() {
            let before = &text[..start];
            start = if c == ' ' {
                before.trim_end().len()
            } else {
                start - before.chars().next_back()?.len_utf8()
            };
        }
        let mut end = ending.end;
        if literal.open_right {
            end += word_rest(text[end..].chars());
        } else if !ends_at(text, end) {
            return None;
        }
        if literal.open_left {
            start -= word_rest(text[..start].chars().rev());
        } else if !starts_at(text, start) {
            return None;
        }
        let is_exact = literal.exact.as_ref().is_none_or(|exact| text[start..end] == **exact);
        (is_exact && counts_here(text, start, end)).then_some((start, end))
    }

    fn expressions(&self, text: &str, found: &mut Vec<Match>) {
        let mut one = |(target, regex): &(Target, Regex)| {
            let mut at = 0;
            while let Some(m) = regex.find_at(text.as_bytes(), at) {
                let (start, end) = (m.start(), m.end());
                let is_whole = end > start
                    && text.is_char_boundary(start)
                    && text.is_char_boundary(end)
                    && starts_at(text, start)
                    && ends_at(text, end);
                if is_whole && counts_here(text, start, end) {
                    found.push((*target, start, end));
                }
                let step = text[start..].chars().next().map_or(1, char::len_utf8);
                at = if is_whole { end } else { start + step };
                if at > text.len() {
                    break;
                }
            }
        };
        match &self.set {
            Some(set) => set.matches(text.as_bytes()).iter().for_each(|i| one(&self.regexes[i])),
            None => self.regexes.iter().for_each(&mut one),
        }
    }
}

/// From matches to mentions, in order of topic and place: within a topic the leftmost longest match.
pub(crate) fn resolve(mut found: Vec<Match>, offset: usize, out: &mut Vec<Mention>) {
    if found.is_empty() {
        return;
    }
    // Leftmost first, and of those the longest; an exception before what it covers.
    found.sort_unstable_by_key(|&(target, start, end)| {
        (target.topic, start, std::cmp::Reverse(end), !target.is_exception)
    });
    let (mut topic, mut covered) = (u32::MAX, 0);
    for (target, start, end) in found {
        if target.topic != topic {
            (topic, covered) = (target.topic, 0);
        }
        if start < covered {
            continue;
        }
        covered = end;
        if !target.is_exception {
            out.push(Mention { topic, start: offset + start, end: offset + end });
        }
    }
}

/// Bytes of the word characters that come next.
fn word_rest(chars: impl Iterator<Item = char>) -> usize {
    chars.take_while(|c| is_word(*c) && unspaced(*c).is_none()).map(char::len_utf8).sum()
}

fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { is_word_beyond_ascii(c) }
}

fn is_word_beyond_ascii(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// A word may begin at this byte.
fn starts_at(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next())
    else {
        return true;
    };
    before != '@' && !are_of_one_word(before, after)
}

/// A word may end at this byte.
fn ends_at(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next())
    else {
        return true;
    };
    is_hangul(before) || !are_of_one_word(before, after)
}

fn are_of_one_word(before: char, after: char) -> bool {
    if !is_word(before) || !is_word(after) {
        return false;
    }
    if before.is_ascii() && after.is_ascii() {
        return true;
    }
    match (unspaced(before), unspaced(after)) {
        (None, None) | (Some(Unspaced::Katakana), Some(Unspaced::Katakana)) => true,
        // A mark belongs to the letter before it in every script.
        _ => is_combining_mark(after),
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}')
}

/// The words in a URL are its author's, not the commenter's: of a URL only the host can be
/// mentioned, by a pattern that is a host itself.
fn counts_here(text: &str, start: usize, end: usize) -> bool {
    let before = &text[..start];
    let chunk = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let head = text[chunk..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let has_scheme = before.get(chunk..).is_some_and(|b| b.contains("://"));
    if !has_scheme && !head.starts_with("www.") {
        return true;
    }
    let path_before = before[chunk..].split_once("://").map_or(&before[chunk..], |(_, rest)| rest);
    !path_before.contains('/') && text[start..end].contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_where_words_begin_miss_nothing() {
        let patterns = [
            "oil",
            "k*",
            "is*",
            "нефт*",
            "газ",
            "я",
            "ёж",
            "étude*",
            "σοφ*",
            "石油",
            "石",
            "نفط",
            "open source",
            "не так",
            "l'eau",
            "2nd",
            "it's",
            "석유",
            "ǆ*",
            "über*",
            "i*",
            "цена-",
        ];
        let parsed = || patterns.iter().map(|p| (0, Pattern::parse(p).expect("well-formed")));
        let quick = Scanner::new(parsed().collect());
        assert!(quick.starts.is_some());
        let thorough = Scanner::new(parsed().collect());
        let thorough = Scanner { starts: None, ..thorough };
        let pieces = [
            "oil",
            "OIL",
            "Нефть",
            "ГАЗ",
            "Я",
            "ёж",
            "Étude",
            "ΣΟΦΟΣ",
            "石油",
            "石",
            "نفط",
            "open",
            "source",
            "не",
            "так",
            "l\u{2019}eau",
            "2nd",
            "IT\u{2018}S",
            "석유",
            "Ǆ",
            "ÜBER",
            "\u{212A}",
            "\u{17F}",
            "\u{130}s",
            " ",
            " ",
            " ",
            "\u{A0}",
            "\u{AB}",
            "\u{BB}",
            "\u{2014}",
            "_",
            "-",
            "\u{D7}",
            "\u{301}",
            "@",
            "x",
            "д",
            "цена",
            "中",
            "ア",
            "\u{1F600}",
            "\n",
        ];
        let mut state = 1_u64;
        let mut below = |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
            (state >> 33) as usize % n
        };
        let mut matches = 0;
        for _ in 0..20_000 {
            let length = below(40);
            let text: String = (0..length).map(|_| pieces[below(pieces.len())]).collect();
            let found = |scanner: &Scanner| {
                let mut found = Vec::new();
                scanner.find(&text, &mut found);
                let mut places: Vec<_> = found.into_iter().map(|(_, a, b)| (a, b)).collect();
                places.sort_unstable();
                places
            };
            let expected = found(&thorough);
            matches += expected.len();
            assert_eq!(found(&quick), expected, "{text:?}");
        }
        assert!(matches > 20_000);
    }
}
