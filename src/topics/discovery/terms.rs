//! Rows of words to terms: the words and phrases that can make a topic.
//!
//! A phrase is a row of words that stand together more often than chance has it (normalized
//! pointwise mutual information, Bouma 2009) and more often than a handful of times would
//! explain; two words are joined first, then a joined pair with a third. A term is kept if it is
//! used more than in everyday talk (G² against the background) and in more than one place.

use std::collections::HashMap;

use compact_str::CompactString;

use super::CONTEXT;
use super::background::Background;
use super::vocabulary::{PART, Vocabulary};
use crate::text::segmentation::unspaced;
use crate::topics::measures::{keyness_g2, npmi};

/// Words of a phrase stand together at least so much more than by chance.
const BOUND: f64 = 0.35;
/// G² from which on a word is used more than in everyday talk (1 in 10,000 by chance).
const SIGNIFICANT: f64 = 15.13;
/// A word that is used so much more than in everyday talk (logarithm of the ratio) could not be
/// more telling.
const SURPRISED: f64 = 3.0;
/// Words that the background stands for.
const EVERYDAY: f64 = 1e7;
/// How often joined terms may be joined again: phrases of up to four words.
const ROUNDS: usize = 2;

/// A term that can be part of a topic.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// How it is most often written.
    pub shown: String,
    /// All ways in which it is written in the documents, in lower case, sorted.
    pub forms: Vec<String>,
    /// How much more it is used than in everyday talk: logarithm of the ratio of the rates.
    pub surprise: f64,
}

/// Terms, and which documents use them.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// The terms, the most telling first.
    pub list: Vec<Term>,
    /// By document, its terms and how often it uses each, in ascending order of terms.
    pub rows: Vec<Vec<(u32, u32)>>,
}

/// How many terms there can be, and how often each must occur.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Documents that use it at least.
    pub documents: u32,
    /// Terms at most.
    pub terms: usize,
}

impl Terms {
    /// Finds the terms of all documents; `counts` says which are comments and not context.
    pub(super) fn find(
        vocabulary: &Vocabulary,
        background: &Background,
        is_comment: &[bool],
        limits: Limits,
    ) -> Self {
        let mut joined = Joined::new(vocabulary);
        for _ in 0..ROUNDS {
            joined.join(limits.documents.max(2));
        }
        joined.select(vocabulary, background, is_comment, limits)
    }
}

/// Rows in which bound words are joined to units.
struct Joined {
    /// By document, its units in order, each with the words that it was written with.
    rows: Vec<Vec<(u32, Words)>>,
    /// By unit, the lemmas that it is made of.
    lemmas: Vec<Vec<u32>>,
}

/// Where in the vocabulary's row the words of a unit stand: first and number.
type Words = (u32, u8);

impl Joined {
    fn new(vocabulary: &Vocabulary) -> Self {
        let lemmas = (0..vocabulary.lemmas.len() as u32).map(|lemma| vec![lemma]).collect();
        let unit = |&word: &u32| {
            if word == PART { PART } else { vocabulary.lemma_of[word as usize] }
        };
        let rows = vocabulary
            .rows
            .iter()
            .map(|row| row.iter().enumerate().map(|(i, w)| (unit(w), (i as u32, 1))).collect())
            .collect();
        Self { rows, lemmas }
    }

    /// Joins neighbours that are bound to each other.
    fn join(&mut self, least: u32) {
        let mut single = vec![0u32; self.lemmas.len()];
        // How often a pair occurs, in how many documents, and which was the last of them.
        let mut pairs: HashMap<(u32, u32), (u32, u32, u32)> = HashMap::new();
        let mut total = 0u32;
        for (document, row) in self.rows.iter().enumerate() {
            for (i, &(unit, _)) in row.iter().enumerate() {
                if unit == PART {
                    continue;
                }
                single[unit as usize] += 1;
                total += 1;
                if let Some(&(next, _)) = row.get(i + 1)
                    && next != PART
                {
                    let entry = pairs.entry((unit, next)).or_insert((0, 0, u32::MAX));
                    entry.0 += 1;
                    if entry.2 != document as u32 {
                        entry.1 += 1;
                        entry.2 = document as u32;
                    }
                }
            }
        }
        let n = f64::from(total.max(1));
        let mut bound: Vec<(u32, u32)> = pairs
            .into_iter()
            .filter(|&((a, b), (count, documents, _))| {
                let p = |count: u32| f64::from(count) / n;
                a != b
                    && count >= least
                    && documents >= least
                    && npmi(p(single[a as usize]), p(single[b as usize]), p(count)) >= BOUND
            })
            .map(|(pair, _)| pair)
            .collect();
        bound.sort_unstable();
        let units: HashMap<(u32, u32), u32> = bound
            .iter()
            .map(|&(a, b)| {
                let unit = self.lemmas.len() as u32;
                let both = [&self.lemmas[a as usize][..], &self.lemmas[b as usize][..]].concat();
                self.lemmas.push(both);
                ((a, b), unit)
            })
            .collect();
        for row in &mut self.rows {
            let mut out: Vec<(u32, Words)> = Vec::with_capacity(row.len());
            for &(unit, words) in row.iter() {
                if let Some(last) = out.last_mut()
                    && let Some(&joined) = units.get(&(last.0, unit))
                {
                    *last = (joined, (last.1.0, last.1.1 + words.1));
                } else {
                    out.push((unit, words));
                }
            }
            *row = out;
        }
    }

    /// Keeps the units that can make a topic.
    fn select(
        &self,
        vocabulary: &Vocabulary,
        background: &Background,
        is_comment: &[bool],
        limits: Limits,
    ) -> Terms {
        let mut usage = vec![Usage::default(); self.lemmas.len()];
        for (document, row) in self.rows.iter().enumerate() {
            for &(unit, words) in row.iter().filter(|(unit, _)| *unit != PART) {
                let usage = &mut usage[unit as usize];
                usage.count += 1;
                usage.in_posts += u32::from(!is_comment[document]);
                if usage.last != document as u32 + 1 {
                    usage.last = document as u32 + 1;
                    usage.documents += 1;
                    usage.comments += u32::from(is_comment[document]);
                }
                let written = &vocabulary.rows[document][words.0 as usize..][..words.1 as usize];
                usage.write(vocabulary, written);
            }
        }
        let n = (vocabulary.n_words - vocabulary.n_context) as f64
            + CONTEXT * vocabulary.n_context as f64;
        let mut chosen: Vec<(f64, u32)> = Vec::new();
        for (unit, usage) in usage.iter_mut().enumerate() {
            let is_piece = matches!(self.lemmas[unit][..], [one] if vocabulary.is_piece(one));
            // What one comment alone says must be common in the post.
            let least = limits.documents + u32::from(usage.comments == 1);
            if usage.documents < least || usage.comments == 0 || is_piece {
                continue;
            }
            let context = f64::from(usage.in_posts);
            let count = f64::from(usage.count) - context + CONTEXT * context;
            let rate = match self.lemmas[unit][..] {
                [lemma] => {
                    let forms = usage.forms.iter().map(|(f, _)| background.rate(&f.to_lowercase()));
                    forms.fold(background.rate(&vocabulary.lemmas[lemma as usize]), f64::max)
                }
                _ => Background::rare(),
            };
            let keyness = keyness_g2(count, n, rate * EVERYDAY, EVERYDAY);
            if count / n < 2.0 * rate || keyness < SIGNIFICANT {
                continue;
            }
            usage.surprise = (count / n / rate).ln().min(SURPRISED);
            chosen.push((keyness, unit as u32));
        }
        chosen.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        chosen.truncate(limits.terms);

        let mut number = vec![PART; self.lemmas.len()];
        let mut list = Vec::with_capacity(chosen.len());
        for (_, unit) in chosen {
            number[unit as usize] = list.len() as u32;
            list.push(usage[unit as usize].term());
        }
        let rows = self.rows.iter().map(|row| counted(row, &number)).collect();
        Terms { list, rows }
    }
}

/// The terms of a row with their counts.
fn counted(row: &[(u32, Words)], number: &[u32]) -> Vec<(u32, u32)> {
    let mut terms: Vec<u32> = row
        .iter()
        .filter(|(unit, _)| *unit != PART)
        .map(|(unit, _)| number[*unit as usize])
        .filter(|term| *term != PART)
        .collect();
    terms.sort_unstable();
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for term in terms {
        match counts.last_mut() {
            Some(last) if last.0 == term => last.1 += 1,
            _ => counts.push((term, 1)),
        }
    }
    counts
}

/// How a unit is used.
#[derive(Debug, Clone, Default)]
struct Usage {
    count: u32,
    /// How often posts use it.
    in_posts: u32,
    documents: u32,
    comments: u32,
    /// The last document, plus one.
    last: u32,
    surprise: f64,
    /// Ways in which it is written.
    forms: Vec<(CompactString, u32)>,
}

/// Ways of writing that are told apart at most.
const FORMS: usize = 24;

impl Usage {
    fn write(&mut self, vocabulary: &Vocabulary, words: &[u32]) {
        let mut form = CompactString::default();
        for &word in words {
            let word = &vocabulary.words[word as usize];
            let is_unspaced = |c: Option<char>| c.is_some_and(|c| unspaced(c).is_some());
            let joins = is_unspaced(form.chars().next_back()) && is_unspaced(word.chars().next());
            if !form.is_empty() && !joins {
                form.push(' ');
            }
            form.push_str(word);
        }
        if let Some((_, count)) = self.forms.iter_mut().find(|(known, _)| *known == form) {
            *count += 1;
        } else if self.forms.len() < FORMS {
            self.forms.push((form, 1));
        }
    }

    fn term(&self) -> Term {
        let shown = self
            .forms
            .iter()
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)))
            .map_or_else(String::new, |(form, _)| form.to_string());
        let mut forms: Vec<String> =
            self.forms.iter().map(|(form, _)| form.to_lowercase().into()).collect();
        forms.sort_unstable();
        forms.dedup();
        Term { shown, forms, surprise: self.surprise }
    }
}
