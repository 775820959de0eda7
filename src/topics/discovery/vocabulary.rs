//! Texts to rows of lemmas: words in lower case and without inflection, and how they were written.
//!
//! What cannot be a subject parts a row, so that no phrase reaches across it: function words,
//! numbers, URLs, mentions, names of those who comment, and lines that were seen before
//! (signatures, boilerplate, quotations without a mark).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use compact_str::CompactString;

use super::Document;
use super::families::families;
use super::names::Names;
use crate::text::elisions;
use crate::text::quotes::{self, Line};
use crate::text::segmentation::{Unspaced, unspaced};
use crate::text::stems::Stemmer;
use crate::text::stopwords::StopWords;
use crate::text::tokens::{Token, TokenKind, tokens};

/// Parts a row.
pub(super) const PART: u32 = u32::MAX;

/// From this number of words on, a line that was seen before is not read again.
const REPEATED_WORDS: usize = 5;
/// A shorter line is not read again once it was seen so often.
const REPEATED_TIMES: u32 = 3;

/// All words of all documents.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// By document, its words in order; [`PART`] where they are parted.
    pub rows: Vec<Vec<u32>>,
    /// By word, how it is written.
    pub words: Vec<CompactString>,
    /// By word, its lemma.
    pub lemma_of: Vec<u32>,
    /// By lemma, its key: a stem in lower case.
    pub lemmas: Vec<CompactString>,
    /// Number of words read, function words included.
    pub n_words: u64,
    /// Those of them that are of posts.
    pub n_context: u64,
    by_word: HashMap<CompactString, u32>,
    by_lemma: HashMap<CompactString, u32>,
    /// Words may begin with an article that lost its vowel.
    elides: bool,
}

impl Vocabulary {
    /// Reads all documents.
    pub(super) fn read(
        documents: &[Document<'_>],
        codes: &[&'static str],
        stemmer: Option<&Stemmer>,
        names: &Names,
    ) -> Self {
        let stop = StopWords::of(codes);
        let mut vocabulary =
            Self { elides: codes.iter().any(|c| elisions::has(c)), ..Self::default() };
        let mut seen: HashMap<u64, u32> = HashMap::new();
        for (i, document) in documents.iter().enumerate() {
            let mut row = Vec::new();
            for line in tokens_by_line(document.text) {
                vocabulary.n_words += line.len() as u64;
                vocabulary.n_context += if document.is_post { line.len() as u64 } else { 0 };
                let times = seen.entry(fingerprint(&line)).or_default();
                *times += 1;
                let is_long = line.len() >= REPEATED_WORDS;
                if *times > if is_long { 1 } else { REPEATED_TIMES } && line.len() > 1 {
                    continue;
                }
                for (k, token) in line.iter().enumerate() {
                    let next = line.get(k + 1);
                    let is_call = k == 0 && row.is_empty() && next.is_none_or(|n| n.is_parted);
                    if token.is_parted && row.last() != Some(&PART) && !row.is_empty() {
                        row.push(PART);
                    }
                    if is_date(&line, k) {
                        row.push(PART);
                        continue;
                    }
                    match vocabulary.subject(token, &stop, stemmer) {
                        Some((word, lower)) if !names.is_name(&lower, i, is_call) => row.push(word),
                        _ => row.push(PART),
                    }
                }
            }
            vocabulary.rows.push(row);
        }
        if codes.first() == Some(&"en") {
            vocabulary.join_families();
        }
        vocabulary
    }

    /// Gives words that name one thing one lemma.
    fn join_families(&mut self) {
        let mut capital = vec![false; self.lemmas.len()];
        for (word, lemma) in self.words.iter().zip(&self.lemma_of) {
            capital[*lemma as usize] |= word.starts_with(char::is_uppercase);
        }
        let joined = families(&self.lemmas, &self.by_lemma, &|lemma| capital[lemma as usize]);
        for lemma in &mut self.lemma_of {
            *lemma = joined[*lemma as usize];
        }
    }

    /// A lemma is a piece of a word rather than one: a single Chinese character, or a Japanese
    /// ending. It can be part of a phrase.
    pub(super) fn is_piece(&self, lemma: u32) -> bool {
        let mut chars = self.lemmas[lemma as usize].chars().peekable();
        let first = chars.next().and_then(unspaced);
        match first {
            Some(Unspaced::Hiragana) => chars.all(|c| unspaced(c) == Some(Unspaced::Hiragana)),
            Some(_) => chars.peek().is_none(),
            None => false,
        }
    }

    /// The word of a token that can be a subject, and its lower case.
    fn subject(
        &mut self,
        token: &Token<'_>,
        stop: &StopWords,
        stemmer: Option<&Stemmer>,
    ) -> Option<(u32, CompactString)> {
        if !matches!(token.kind, TokenKind::Word | TokenKind::Hashtag) {
            return None;
        }
        let text = token.text;
        let text =
            text.strip_suffix("'s").or_else(|| text.strip_suffix("\u{2019}s")).unwrap_or(text);
        let text = if self.elides { elisions::full_word(text) } else { text };
        let lower = CompactString::from(text.to_lowercase());
        let letters = lower.chars().take(3).count();
        let is_letter = letters < 2 && lower.chars().all(|c| c.is_alphabetic() && c < '\u{2E80}');
        if is_letter || is_address(&lower) || stop.contains(&lower) {
            return None;
        }
        if let Some(&word) = self.by_word.get(text) {
            return Some((word, lower));
        }
        let stem = stemmer.map_or_else(|| lower.clone(), |s| CompactString::from(s.stem(&lower)));
        let lemma = *self.by_lemma.entry(stem.clone()).or_insert_with(|| {
            self.lemmas.push(stem);
            self.lemmas.len() as u32 - 1
        });
        let word = self.words.len() as u32;
        self.words.push(text.into());
        self.lemma_of.push(lemma);
        self.by_word.insert(text.into(), word);
        Some((word, lower))
    }
}

/// A host or a file name, such as `example.com`; but not an abbreviation, such as `u.s`.
fn is_address(word: &str) -> bool {
    word.contains('.') && word.split('.').any(|part| part.chars().nth(1).is_some())
}

/// The tokens of the writer's own lines.
fn tokens_by_line(text: &str) -> impl Iterator<Item = Vec<Token<'_>>> {
    quotes::lines(text).filter_map(|line| match line {
        Line::Own(line) => Some(tokens(line)),
        Line::Quoted(_) | Line::Deeper(_) | Line::Attribution(_) => None,
    })
}

/// Short names of months and days, and of zones of time.
const DATES: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "UTC", "GMT", "EST", "EDT", "CST", "CDT",
    "MST", "MDT", "PST", "PDT", "CET", "CEST", "AM", "PM",
];

/// A token is part of a date: a short name beside a number or another such name.
fn is_date(line: &[Token<'_>], k: usize) -> bool {
    let is_short = |token: &Token<'_>| DATES.contains(&token.text);
    let before = k.checked_sub(1).and_then(|k| line.get(k));
    is_short(&line[k])
        && [before, line.get(k + 1)]
            .into_iter()
            .flatten()
            .any(|token| token.kind == TokenKind::Number || is_short(token))
}

/// Numbers and dates are left out: lines that programs add differ in these and nothing else.
fn fingerprint(line: &[Token<'_>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (k, token) in line.iter().enumerate() {
        if token.kind != TokenKind::Number && !is_date(line, k) {
            token.text.hash(&mut hasher);
        }
    }
    hasher.finish()
}
