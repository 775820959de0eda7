//! Two sets of texts compared: which words each has more of, and how sure that is.
//!
//! Every word is judged twice. The log-odds ratio with an informative Dirichlet prior (Monroe,
//! Colaresi & Quinn 2008) says which way and how far, and its z-score how sure; the prior is the
//! use of the word in both sets together, worth a tenth of their words, so that rare words need
//! more than luck. G² (Rayson & Garside 2000) says how unlikely the difference is by chance.

use std::collections::BTreeMap;

use super::measures::{keyness_g2, log_odds};
use crate::text::language;
use crate::text::stopwords::StopWords;
use crate::text::tokens::{TokenKind, tokens};

/// What the prior is worth, as a share of all words.
const PRIOR: f64 = 0.1;

/// How texts are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparing {
    /// Words that both sets together have less often are left out. Default: 3.
    pub least: u64,
    /// Keep function words. Default: `false`.
    pub function_words: bool,
}

impl Default for Comparing {
    fn default() -> Self {
        Self { least: 3, function_words: false }
    }
}

/// A word and how the two sets differ in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The word in lower case; a hashtag with its sign.
    pub word: String,
    /// Occurrences in the first set.
    pub a: u64,
    /// Occurrences in the second set.
    pub b: u64,
    /// Difference of the log-odds, shrunk by the prior; above 0 = more in the first set.
    pub log_odds: f64,
    /// The same in standard deviations: beyond ±1.96 is significant at 5 %.
    pub z: f64,
    /// Log-likelihood ratio; above 3.84 is significant at 5 %.
    pub g2: f64,
}

/// How two sets of texts differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// All words, those that mark the first set first, those that mark the second last.
    pub words: Vec<Word>,
    /// Words of the first set, function words included.
    pub n_a: u64,
    /// Words of the second set.
    pub n_b: u64,
}

/// Compares two sets of texts. Quoted lines, numbers, URLs and mentions are left out.
#[must_use]
pub fn compare(a: &[&str], b: &[&str], how: &Comparing) -> Comparison {
    let stop = if how.function_words { StopWords::default() } else { stop_words(&[a, b].concat()) };
    let (counts_a, n_a) = counted(a);
    let (counts_b, n_b) = counted(b);
    let mut both: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (word, n) in &counts_a {
        both.entry(word).or_default().0 = *n;
    }
    for (word, n) in &counts_b {
        both.entry(word).or_default().1 = *n;
    }
    let total = (n_a + n_b) as f64;
    let mut words: Vec<Word> = both
        .into_iter()
        .filter(|(word, (a, b))| a + b >= how.least && !stop.contains(word))
        .map(|(word, (a, b))| {
            let prior = (a + b) as f64 * PRIOR;
            let (x, n, y, m) = (a as f64, n_a as f64, b as f64, n_b as f64);
            let odds = log_odds(x, n, y, m, prior, total * PRIOR);
            let g2 = keyness_g2(x, n, y, m);
            Word { word: word.to_owned(), a, b, log_odds: odds.delta, z: odds.z, g2 }
        })
        .collect();
    words.sort_by(|x, y| y.z.total_cmp(&x.z).then_with(|| x.word.cmp(&y.word)));
    Comparison { words, n_a, n_b }
}

fn stop_words(texts: &[&str]) -> StopWords {
    let mut codes: BTreeMap<&'static str, usize> = BTreeMap::new();
    for text in texts.iter().take(1_000) {
        if let Some(found) = language::detect(text) {
            *codes.entry(found.code).or_default() += 1;
        }
    }
    let total: usize = codes.values().sum();
    let common: Vec<&str> =
        codes.into_iter().filter(|(_, n)| n * 20 >= total).map(|(code, _)| code).collect();
    StopWords::of(&common)
}

fn counted(texts: &[&str]) -> (BTreeMap<String, u64>, u64) {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut total = 0;
    for token in texts.iter().flat_map(|text| tokens(text)) {
        let word = match token.kind {
            TokenKind::Word => {
                let text = token.text;
                let stem = text.strip_suffix("'s").or_else(|| text.strip_suffix("\u{2019}s"));
                stem.unwrap_or(text).to_lowercase()
            }
            TokenKind::Hashtag => format!("#{}", token.text.to_lowercase()),
            TokenKind::Emoji => token.text.to_owned(),
            TokenKind::Number | TokenKind::Mention | TokenKind::Host => continue,
        };
        total += 1;
        *counts.entry(word).or_default() += 1;
    }
    (counts, total)
}
