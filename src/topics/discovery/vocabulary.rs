//! Texts to rows of lemmas: words in lower case and without inflection, and how they were written.
//!
//! What cannot be a subject parts a row, so that no phrase reaches across it: function words,
//! numbers, URLs, mentions, names of those who comment, and lines that were seen before
//! (signatures, boilerplate, quotations without a mark).

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use compact_str::CompactString;

use super::Document;
use super::names::Names;
use crate::text::stems::Stemmer;
use crate::text::stopwords::StopWords;
use crate::text::tokens::{Token, TokenKind, tokens};

/// Parts a row.
pub(super) const PART: u32 = u32::MAX;

/// From this number of words on, a line that was seen before is not read again.
const REPEATED_WORDS: usize = 5;

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
    by_word: HashMap<CompactString, u32>,
    by_lemma: HashMap<CompactString, u32>,
}

impl Vocabulary {
    /// Reads all documents.
    pub(super) fn read(
        documents: &[Document<'_>],
        stop: &StopWords,
        stemmer: Option<&Stemmer>,
        names: &Names,
    ) -> Self {
        let mut vocabulary = Self::default();
        let mut seen: HashSet<u64> = HashSet::new();
        for (i, document) in documents.iter().enumerate() {
            let mut row = Vec::new();
            for line in tokens_by_line(document.text) {
                vocabulary.n_words += line.len() as u64;
                if line.len() >= REPEATED_WORDS && !seen.insert(fingerprint(&line)) {
                    continue;
                }
                for (k, token) in line.iter().enumerate() {
                    let next = line.get(k + 1);
                    let is_call = k == 0 && row.is_empty() && next.is_none_or(|n| n.is_parted);
                    if token.is_parted && row.last() != Some(&PART) && !row.is_empty() {
                        row.push(PART);
                    }
                    match vocabulary.subject(token, stop, stemmer) {
                        Some((word, lower)) if !names.is_name(&lower, i, is_call) => row.push(word),
                        _ => row.push(PART),
                    }
                }
            }
            vocabulary.rows.push(row);
        }
        vocabulary
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

/// The tokens of a text, parted at the ends of lines.
fn tokens_by_line(text: &str) -> impl Iterator<Item = Vec<Token<'_>>> {
    text.lines().filter(|line| !line.starts_with('>')).map(tokens)
}

/// Numbers are left out: lines that programs add differ in a date and nothing else.
fn fingerprint(line: &[Token<'_>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for token in line.iter().filter(|token| token.kind != TokenKind::Number) {
        token.text.hash(&mut hasher);
    }
    hasher.finish()
}
