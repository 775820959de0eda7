//! Texts made comparable: sets of words and of four-word sequences, weighed by rarity on the page.
//!
//! No list of words comes from outside: what is common is what is common on this page, so any
//! language works. Scripts that do not part words by spaces are cut into pairs of characters.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::sequences::{Firsts, Sequences, for_shared, share_of};
use super::subjects::Subject;
use crate::comment::Comment;
use crate::text::quotes::{self, Line};

/// Bytes of a text that are looked at; what follows is rarely the writer's own.
const LONGEST: usize = 40_000;

/// Shortest word, in characters, that tells of a subject; digits always do.
const SHORTEST_WORD: usize = 3;

/// Least weight of a word that is rare: less than a third of the comments use it.
const RARE: f32 = 1.0;

/// What linking knows of the texts of a discussion.
#[derive(Debug, Default)]
pub(super) struct Texts {
    of: Vec<Text>,
    numbers: HashMap<u64, u32, FixedState>,
    /// By number of a word, the square of its inverse document frequency on this page.
    weights: Vec<f32>,
    /// Who was first to write what each comment writes in its own words.
    written: Firsts,
    /// Who was first to write what each comment quotes.
    quoted: Firsts,
}

/// One comment's text.
#[derive(Debug, Default)]
struct Text {
    /// Numbers of its own words, rising.
    words: Vec<u32>,
    /// Length of the vector of its weighted words.
    norm: f32,
    /// Its own four-word sequences as hashes, rising.
    own: Vec<u64>,
    /// Those of what it quotes.
    quoted: Vec<u64>,
    /// Those of quotations within what it quotes.
    deeper: Vec<u64>,
    /// The words of a quotation that is too short for a sequence.
    quoted_words: Vec<u32>,
    /// Its first line, where comments have subjects.
    subject: Subject,
    /// It asks something.
    asks: bool,
}

impl Texts {
    /// Prepares the texts of all comments.
    pub(super) fn new(comments: &[Comment]) -> Self {
        let mut numbers = Numbers::default();
        let mut texts: Vec<Text> =
            comments.iter().map(|c| Text::new(&c.text, &mut numbers)).collect();
        let n = comments.len() as f32;
        let weights: Vec<f32> =
            numbers.counts.iter().map(|&df| ((n + 1.0) / (df as f32 + 0.5)).ln().powi(2)).collect();
        for text in &mut texts {
            text.norm = text.words.iter().map(|&w| weights[w as usize]).sum::<f32>().sqrt();
        }
        let own = || texts.iter().map(|text| text.own.as_slice());
        let written = Firsts::find(own().zip(own()));
        let quoted = Firsts::find(own().zip(texts.iter().map(|text| text.quoted.as_slice())));
        Self { of: texts, numbers: numbers.numbers, weights, written, quoted }
    }

    /// Similarity of two comments' words: cosine of their weighted sets, 0 to 1.
    pub(super) fn similarity(&self, a: u32, b: u32) -> f32 {
        let (a, b) = (&self.of[a as usize], &self.of[b as usize]);
        let norms = a.norm * b.norm;
        if norms == 0.0 {
            return 0.0;
        }
        let mut shared = 0.0;
        for_shared(&a.words, &b.words, |word| shared += self.weights[word as usize]);
        shared / norms
    }

    /// The words that a text shares with a comment, as it writes them, rarest first; none that are
    /// common on this page.
    pub(super) fn rare_words(&self, text: &str, other: u32) -> Vec<String> {
        let words = &self.of[other as usize].words;
        let mut shared: Vec<(f32, String)> = Vec::new();
        for line in quotes::lines(text) {
            let Line::Own(line) = line else { continue };
            for_words(line, |word, hash, _| {
                let number = self.numbers.get(&hash).filter(|n| words.binary_search(n).is_ok());
                let weight = number.map_or(0.0, |&number| self.weights[number as usize]);
                if weight >= RARE && shared.iter().all(|(_, other)| other != word) {
                    shared.push((weight, word.to_owned()));
                }
            });
        }
        shared.sort_by(|a, b| b.0.total_cmp(&a.0));
        shared.into_iter().map(|(_, word)| word).collect()
    }

    /// Share of what the child quotes that the candidate wrote: by four-word sequences, for
    /// shorter quotations by words.
    pub(super) fn quoted_share(&self, child: u32, candidate: u32) -> f32 {
        let (child, candidate) = (&self.of[child as usize], &self.of[candidate as usize]);
        if child.quoted.is_empty() {
            share_of(&child.quoted_words, &candidate.words)
        } else {
            share_of(&child.quoted, &candidate.own)
        }
    }

    /// Share of what the child quotes that the candidate was the first on the page to write.
    pub(super) fn first_quoted_share(&self, child: u32, candidate: u32) -> f32 {
        match self.of[child as usize].quoted.len() {
            0 => 0.0,
            n => self.quoted.of(child, candidate) as f32 / n as f32,
        }
    }

    /// The comments that were the first on the page to write what a comment quotes, with the shares
    /// of its quotations.
    pub(super) fn first_quoted(&self, child: u32) -> Vec<(u32, f32)> {
        let n = self.of[child as usize].quoted.len() as f32;
        self.quoted.all(child).iter().map(|&(writer, count)| (writer, count as f32 / n)).collect()
    }

    /// Share of the quotations within the child's quotations that the candidate quotes too: who
    /// quotes a comment whole takes over what that one quoted.
    pub(super) fn handed_on_share(&self, child: u32, candidate: u32) -> f32 {
        let (child, candidate) = (&self.of[child as usize], &self.of[candidate as usize]);
        share_of(&child.deeper, &candidate.quoted).max(share_of(&child.deeper, &candidate.deeper))
    }

    /// Number of four-word sequences of the child's own text that the candidate was the first on
    /// the page to write.
    pub(super) fn first_written(&self, child: u32, candidate: u32) -> u32 {
        self.written.of(child, candidate)
    }

    /// The first lines of all that stand at the beginning, as subjects.
    pub(super) fn subject(&self, comment: u32) -> Subject {
        self.of[comment as usize].subject
    }

    /// Number of different words.
    pub(super) fn words(&self, comment: u32) -> usize {
        self.of[comment as usize].words.len()
    }

    /// Whether the comment asks something.
    pub(super) fn asks(&self, comment: u32) -> bool {
        self.of[comment as usize].asks
    }
}

/// Words numbered in order of appearance, and how many comments use each.
#[derive(Default)]
struct Numbers {
    numbers: HashMap<u64, u32, FixedState>,
    counts: Vec<u32>,
}

impl Numbers {
    fn number(&mut self, hash: u64) -> u32 {
        let next = self.counts.len() as u32;
        *self.numbers.entry(hash).or_insert_with(|| {
            self.counts.push(0);
            next
        })
    }
}

impl Text {
    fn new(text: &str, numbers: &mut Numbers) -> Self {
        let mut prepared = Self::default();
        let mut own = Sequences::default();
        let mut quoted = Sequences::default();
        let mut deeper = Sequences::default();
        let end = (0..=LONGEST.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
        let text = &text[..end.unwrap_or(0)];
        for line in quotes::lines(text) {
            match line {
                Line::Own(line) => {
                    prepared.asks |= line.contains('?');
                    for_words(line, |_, hash, tells| {
                        own.push(hash);
                        if tells {
                            prepared.words.push(numbers.number(hash));
                        }
                    });
                }
                Line::Quoted(line) => for_words(line, |_, hash, tells| {
                    quoted.push(hash);
                    if tells && quoted.is_short() {
                        prepared.quoted_words.push(numbers.number(hash));
                    }
                }),
                Line::Deeper(line) => for_words(line, |_, hash, _| deeper.push(hash)),
                Line::Attribution(_) => {}
            }
        }
        for words in [&mut prepared.words, &mut prepared.quoted_words] {
            words.sort_unstable();
            words.dedup();
        }
        for &word in &prepared.words {
            numbers.counts[word as usize] += 1;
        }
        prepared.subject = Subject::of(text);
        prepared.own = own.finish();
        prepared.quoted = quoted.finish();
        prepared.deeper = deeper.finish();
        prepared
    }
}

/// Calls for each word of a line with the word in lower case, its hash and whether it tells of a
/// subject.
fn for_words(line: &str, mut each: impl FnMut(&str, u64, bool)) {
    let state = FixedState::default();
    let mut lower = String::new();
    for run in line.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.chars().any(is_unspaced) {
            let mut before = None;
            for (at, c) in run.char_indices() {
                if let Some((from, before)) = before {
                    let pair = &run[from..at + c.len_utf8()];
                    each(pair, state.hash_one((before, c)), true);
                }
                before = Some((at, c));
            }
            continue;
        }
        lower.clear();
        if run.is_ascii() {
            lower.push_str(run);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(run.chars().flat_map(char::to_lowercase));
        }
        let tells =
            lower.chars().nth(SHORTEST_WORD - 1).is_some() || lower.chars().all(char::is_numeric);
        each(&lower, state.hash_one(lower.as_str()), tells);
    }
}

/// Characters of scripts that are written without spaces: Thai to Khmer, kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
