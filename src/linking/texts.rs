//! Texts made comparable: sets of words and of four-word sequences, weighed by rarity on the page.
//!
//! No list of words comes from outside: what is common is what is common on this page, so any
//! language works. Scripts that do not part words by spaces are cut into pairs of characters.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::comment::Comment;
use crate::text::quotes::{self, Line};

/// Words in a sequence: long enough not to arise by chance.
const SHINGLE: usize = 4;

/// Bytes of a text that are looked at; what follows is rarely the writer's own.
const LONGEST: usize = 40_000;

/// Shortest word, in characters, that tells of a subject; digits always do.
const SHORTEST_WORD: usize = 3;

/// What linking knows of the texts of a discussion.
#[derive(Debug, Default)]
pub(super) struct Texts {
    texts: Vec<Text>,
    /// By number of a word, the square of its inverse document frequency on this page.
    weights: Vec<f32>,
    /// For each comment, how many sequences of its own text were first seen in which earlier one.
    firsts: Vec<Vec<(u32, u32)>>,
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
    /// It asks something.
    asks: bool,
}

impl Texts {
    /// Prepares the texts of all comments.
    pub(super) fn new(comments: &[Comment]) -> Self {
        let mut numbers: HashMap<u64, u32, FixedState> = HashMap::default();
        let mut counts: Vec<u32> = Vec::new();
        let mut texts: Vec<Text> =
            comments.iter().map(|c| Text::new(&c.text, &mut numbers, &mut counts)).collect();
        let n = comments.len() as f32;
        let weights: Vec<f32> =
            counts.iter().map(|&df| ((n + 1.0) / (df as f32 + 0.5)).ln().powi(2)).collect();
        for text in &mut texts {
            text.norm = text.words.iter().map(|&w| weights[w as usize]).sum::<f32>().sqrt();
        }
        let firsts = first_seen(&texts);
        Self { texts, weights, firsts }
    }

    /// Similarity of two comments' words: cosine of their weighted sets, 0 to 1.
    pub(super) fn similarity(&self, a: u32, b: u32) -> f32 {
        let (a, b) = (&self.texts[a as usize], &self.texts[b as usize]);
        let norms = a.norm * b.norm;
        if norms == 0.0 {
            return 0.0;
        }
        let mut shared = 0.0;
        for_shared(&a.words, &b.words, |word| shared += self.weights[word as usize]);
        shared / norms
    }

    /// Share of what the child quotes that the candidate wrote, by four-word sequences.
    pub(super) fn quoted_share(&self, child: u32, candidate: u32) -> f32 {
        let quoted = &self.texts[child as usize].quoted;
        if quoted.is_empty() {
            return 0.0;
        }
        let mut shared = 0_u32;
        for_shared(quoted, &self.texts[candidate as usize].own, |_| shared += 1);
        shared as f32 / quoted.len() as f32
    }

    /// Number of four-word sequences of the child's own text that the candidate was the first on
    /// the page to write.
    pub(super) fn first_written(&self, child: u32, candidate: u32) -> u32 {
        let firsts = &self.firsts[child as usize];
        firsts.binary_search_by_key(&candidate, |(first, _)| *first).map_or(0, |at| firsts[at].1)
    }

    /// Number of different words.
    pub(super) fn words(&self, comment: u32) -> usize {
        self.texts[comment as usize].words.len()
    }

    /// Whether the comment asks something.
    pub(super) fn asks(&self, comment: u32) -> bool {
        self.texts[comment as usize].asks
    }
}

impl Text {
    fn new(text: &str, numbers: &mut HashMap<u64, u32, FixedState>, counts: &mut Vec<u32>) -> Self {
        let mut prepared = Self::default();
        let mut own = Shingles::default();
        let mut quoted = Shingles::default();
        let end = (0..=LONGEST.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
        for line in quotes::lines(&text[..end.unwrap_or(0)]) {
            match line {
                Line::Own(line) => {
                    prepared.asks |= line.contains('?');
                    for_words(line, |hash, tells| {
                        own.push(hash);
                        if tells {
                            let next = numbers.len() as u32;
                            prepared.words.push(*numbers.entry(hash).or_insert(next));
                        }
                    });
                }
                Line::Quoted(line) => for_words(line, |hash, _| quoted.push(hash)),
                Line::Deeper(_) | Line::Attribution(_) => {}
            }
        }
        prepared.words.sort_unstable();
        prepared.words.dedup();
        counts.resize(numbers.len(), 0);
        for &word in &prepared.words {
            counts[word as usize] += 1;
        }
        prepared.own = own.finish();
        prepared.quoted = quoted.finish();
        prepared
    }
}

/// Collects the sequences of a text.
#[derive(Default)]
struct Shingles {
    last: [u64; SHINGLE],
    length: usize,
    hashes: Vec<u64>,
}

impl Shingles {
    fn push(&mut self, word: u64) {
        self.last.rotate_left(1);
        self.last[SHINGLE - 1] = word;
        self.length += 1;
        if self.length >= SHINGLE {
            self.hashes.push(FixedState::default().hash_one(self.last));
        }
    }

    fn finish(mut self) -> Vec<u64> {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        self.hashes
    }
}

/// Calls for each word of a line with its hash and whether it tells of a subject.
fn for_words(line: &str, mut each: impl FnMut(u64, bool)) {
    let state = FixedState::default();
    let mut lower = String::new();
    for run in line.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.chars().any(is_unspaced) {
            let mut before = None;
            for c in run.chars() {
                if let Some(before) = before {
                    each(state.hash_one((before, c)), true);
                }
                before = Some(c);
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
        each(state.hash_one(lower.as_str()), tells);
    }
}

/// Characters of scripts that are written without spaces: Thai to Khmer, kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Calls for each element that two rising slices share. When one is much longer, it is searched.
fn for_shared<T: Ord + Copy>(a: &[T], b: &[T], mut each: impl FnMut(T)) {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long;
    for &element in short {
        let at = if long.len() > 16 * short.len() {
            rest.partition_point(|&other| other < element)
        } else {
            rest.iter().position(|&other| other >= element).unwrap_or(rest.len())
        };
        rest = &rest[at..];
        match rest.first() {
            None => return,
            Some(&other) if other == element => each(element),
            Some(_) => {}
        }
    }
}

/// For each text, the earlier ones that were the first to write sequences of it, with how many.
fn first_seen(texts: &[Text]) -> Vec<Vec<(u32, u32)>> {
    let mut writer: HashMap<u64, u32, FixedState> = HashMap::default();
    let mut all = Vec::with_capacity(texts.len());
    let mut writers: Vec<u32> = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        writers.clear();
        for &shingle in &text.own {
            let first = *writer.entry(shingle).or_insert(i as u32);
            if first != i as u32 {
                writers.push(first);
            }
        }
        writers.sort_unstable();
        let counted = writers.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32));
        all.push(counted.collect());
    }
    all
}
