//! What the entries of a page have alike, as records do and comments do not.
//!
//! Logs, registers and observations are kept by filling in the same fields again and again: their
//! texts open with the same words, and nobody speaks in them. Lists of discussions count of each
//! what was answered and how often it was read. Each question is asked of all entries at once.

use std::collections::{HashMap, HashSet};

use super::assembly::Page;
use super::entries;
use super::segments::Segment;
use super::speech;
use crate::text::language;

/// So many entries have nothing alike by chance.
const FEWEST: usize = 6;
/// So many in which nobody speaks were written by nobody who talks.
const FEWEST_MUTE: usize = 8;
/// A number and what it counts are no longer.
const LONGEST_COUNT: usize = 40;
/// So many bytes tell the language of a page.
const SAMPLE: usize = 1_000;

/// Most texts open with the same two words, numbers aside, and go on differently. A line that is
/// the same everywhere is a button or a subject, and people quote each other in the same words.
pub(super) fn open_alike(comments: &[&Segment], page: &Page<'_>) -> bool {
    if comments.len() < FEWEST {
        return false;
    }
    let mut lines: HashMap<String, HashSet<&str>> = HashMap::new();
    for line in comments.iter().filter_map(|segment| entries::first_line(segment, page)) {
        if let Some(opening) = opening(line, page) {
            lines.entry(opening).or_default().insert(line);
        }
    }
    let most = lines.values().map(HashSet::len).max().unwrap_or_default();
    most * 5 > comments.len() * 3
}

/// The first two words of a line without its numbers.
fn opening(line: &str, page: &Page<'_>) -> Option<String> {
    let is_quoted = line.starts_with(['@', '>', '"', '“', '„', '«'])
        || page.words().quoted_author(line).is_some();
    let words: Vec<&str> = line.split_whitespace().take(3).collect();
    let [first, second, _] = words.as_slice() else { return None };
    // `Dir. Ann Bell`, `Price: 12`: the label of a field.
    if !is_quoted && first.ends_with(['.', ':']) && is_label(first) {
        return Some(first.to_lowercase());
    }
    let bare = |word: &str| word.replace(|c: char| c.is_numeric(), "#").to_lowercase();
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_answer = |word: &str| matches!(word.to_lowercase().as_str(), "re:" | "aw:" | "sv:");
    (!is_quoted && is_word(first) && !is_answer(first))
        .then(|| format!("{} {}", bare(first), bare(second)))
}

/// A word with its sign that several letters stand before.
fn is_label(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ':']);
    bare.chars().count() > 2 && bare.chars().all(char::is_alphabetic)
}

/// Hardly anybody speaks of himself, asks, exclaims or addresses anybody, in a language of which it
/// is known how people do so.
pub(super) fn are_mute(comments: &[&Segment], page: &Page<'_>) -> bool {
    let is_few = |speaking: usize| speaking * 10 <= comments.len();
    let speaking = comments.iter().filter(|segment| entries::talks(segment, page)).count();
    if comments.len() < FEWEST_MUTE || !is_few(speaking) {
        return false;
    }
    let lines = |segment: &Segment| {
        let rows = page.rows[segment.body.clone()].iter();
        rows.map(|row| row.text.as_ref())
    };
    let mut sample = String::new();
    for line in comments.iter().flat_map(|segment| lines(segment)) {
        if sample.len() < SAMPLE {
            sample.push_str(line);
            sample.push('\n');
        }
    }
    language::detect(&sample).is_some_and(|found| {
        let talks = |segment: &&&Segment| {
            entries::talks(segment, page)
                || lines(segment).any(|line| speech::is_talk_in(found.code, line))
        };
        speech::is_known(found.code) && is_few(comments.iter().filter(talks).count())
    })
}

/// Most entries say both how often they were answered and how often they were read.
pub(super) fn are_tallied(comments: &[&Segment], page: &Page<'_>) -> bool {
    let starts: Vec<usize> =
        comments.iter().map(|s| s.header.rows.start.min(s.body.start)).collect();
    let last = comments.last().map_or(0, |s| s.header.rows.end.max(s.body.end) + 6);
    let ends = starts.iter().skip(1).copied().chain([last.min(page.rows.len())]);
    let tallied = starts.iter().zip(ends).filter(|(start, end)| {
        let rows = page.rows.get(**start..*end).unwrap_or_default();
        let counts = |words: &[&str]| rows.iter().any(|row| is_count(&row.text, words));
        counts(READ) && counts(ANSWERED)
    });
    !comments.is_empty() && tallied.count() * 10 > comments.len() * 7
}

/// Words for how often something was read.
#[rustfmt::skip]
const READ: &[&str] = &[
    "views", "view", "reads", "hits", "aufrufe", "zugriffe", "ansichten", "vues", "lectures",
    "visitas", "vistas", "lecturas", "visite", "visualizzazioni", "letture", "weergaven",
    "bekeken", "wyświetleń", "wyświetlenia", "odsłon", "просмотров", "просмотры", "visningar",
    "閲覧", "görüntüleme",
];

/// Words for how often something was answered.
#[rustfmt::skip]
const ANSWERED: &[&str] = &[
    "replies", "reply", "answers", "answer", "responses", "comments", "posts", "antworten",
    "antwort", "beiträge", "kommentare", "réponses", "réponse", "respuestas", "respuesta",
    "risposte", "risposta", "respostas", "reacties", "antwoorden", "odpowiedzi", "ответов",
    "ответы", "svar", "返信", "yanıt",
];

/// A line of nothing but a number and one of the words, in either order.
fn is_count(line: &str, words: &[&str]) -> bool {
    if line.len() > LONGEST_COUNT || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_mark = |c: char| matches!(c, ':' | ',' | '.' | '|' | '\u{a0}') || c.is_whitespace();
    let lower = line.to_lowercase();
    let parts = lower.split(is_mark).filter(|part| !part.is_empty());
    let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let (numbers, others): (Vec<&str>, Vec<&str>) = parts.partition(|p| is_number(p));
    !numbers.is_empty()
        && !others.is_empty()
        && others.len() <= 3
        && others.iter().any(|part| words.contains(part))
}
