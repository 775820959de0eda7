//! Two sets of texts compared: which words each has more of, and how sure that is.
//!
//! Every word is judged twice. The log-odds ratio with an informative Dirichlet prior (Monroe,
//! Colaresi & Quinn 2008) says which way and how far, and its z-score how sure; the prior is the
//! use of the word in both sets together, worth a tenth of their words, so that rare words need
//! more than luck. G² (Rayson & Garside 2000) says how unlikely the difference is by chance.

use std::collections::{BTreeMap, BTreeSet};

use super::measures::{keyness_g2, log_odds};
use crate::text::language;
use crate::text::quotes::{self, Line};
use crate::text::segmentation::{Unspaced, unspaced};
use crate::text::stopwords::StopWords;
use crate::text::tokens::{Token, TokenKind, tokens};

/// What the prior is worth, as a share of all words.
const PRIOR: f64 = 0.1;

/// How texts are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparing {
    /// Words that both sets together have less often are left out. Default: 3.
    pub least: u64,
    /// Keep function words. Default: `false`.
    pub function_words: bool,
    /// Words in lower case that are left out, such as the names by which commenters call each
    /// other. Default: none.
    pub exclude: BTreeSet<String>,
}

impl Default for Comparing {
    fn default() -> Self {
        Self { least: 3, function_words: false, exclude: BTreeSet::new() }
    }
}

/// A word and how the two sets differ in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The word, in lower case unless it is never written so; a hashtag with its sign.
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

/// Compares two sets of texts. Quoted lines and those that
/// introduce them, numbers, URLs and mentions are left out.
#[must_use]
pub fn compare(a: &[&str], b: &[&str], how: &Comparing) -> Comparison {
    let known = stop_words(&[a, b].concat());
    let (counts_a, n_a) = counted(a, &known);
    let (counts_b, n_b) = counted(b, &known);
    let stop = if how.function_words { StopWords::default() } else { known };
    let mut both: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (word, n) in &counts_a {
        both.entry(word).or_default().0 = n.n;
    }
    for (word, n) in &counts_b {
        both.entry(word).or_default().1 = n.n;
    }
    let total = (n_a + n_b) as f64;
    let mut words: Vec<Word> = both
        .into_iter()
        .filter(|(word, (a, b))| {
            a + b >= how.least && !stop.contains(word) && !how.exclude.contains(*word)
        })
        .map(|(word, (a, b))| {
            let prior = (a + b) as f64 * PRIOR;
            let (seen_a, seen_b) = ((a as f64, n_a as f64), (b as f64, n_b as f64));
            let odds = log_odds(seen_a.0, seen_a.1, seen_b.0, seen_b.1, prior, total * PRIOR);
            let g2 = keyness_g2(seen_a.0, seen_a.1, seen_b.0, seen_b.1);
            let shown = shown(word, counts_a.get(word), counts_b.get(word));
            Word { word: shown, a, b, log_odds: odds.delta, z: odds.z, g2 }
        })
        .collect();
    words.sort_by(|x, y| y.z.total_cmp(&x.z).then_with(|| x.word.cmp(&y.word)));
    Comparison { words, n_a, n_b }
}

/// How a word is shown: with a capital only where it is never written without.
fn shown(lower: &str, a: Option<&Uses>, b: Option<&Uses>) -> String {
    let mut ways: BTreeMap<&str, u64> = BTreeMap::new();
    for uses in [a, b].into_iter().flatten() {
        let Some(written) = &uses.written else { return lower.to_owned() };
        for (way, n) in written {
            *ways.entry(way).or_default() += n;
        }
    }
    let most = ways.values().max().copied().unwrap_or(0);
    let most_often = ways.into_iter().find(|(_, n)| *n == most);
    most_often.map_or_else(|| lower.to_owned(), |(way, _)| way.to_owned())
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

/// How often a word occurs, and how it is written: in lower case, unless it never is.
#[derive(Debug, Default)]
struct Uses {
    n: u64,
    /// Ways of writing with a capital; `None` once it was seen in lower case.
    written: Option<BTreeMap<String, u64>>,
}

fn counted(texts: &[&str], stop: &StopWords) -> (BTreeMap<String, Uses>, u64) {
    let mut counts: BTreeMap<String, Uses> = BTreeMap::new();
    let mut total = 0;
    let own = texts.iter().flat_map(|text| quotes::lines(text)).filter_map(|line| match line {
        Line::Own(line) => Some(line),
        Line::Quoted(_) | Line::Deeper(_) | Line::Attribution(_) => None,
    });
    for line in own {
        let row = tokens(line);
        let mut k = 0;
        while k < row.len() {
            let pair = row.get(k + 1).filter(|next| are_one_word(&row[k], next, stop));
            let Some(written) = written(&row[k], pair) else {
                k += 1;
                continue;
            };
            k += 1 + usize::from(pair.is_some());
            total += 1;
            let lower = written.to_lowercase();
            let is_lower = lower == written;
            let uses = counts.entry(lower).or_default();
            if is_lower {
                uses.written = None;
            } else if uses.n == 0 {
                uses.written = Some(BTreeMap::from([(written, 1)]));
            } else if let Some(ways) = &mut uses.written {
                *ways.entry(written).or_default() += 1;
            }
            uses.n += 1;
        }
    }
    (counts, total)
}

/// What is counted of a token, as it is written; `pair` is one that belongs to it.
fn written(token: &Token<'_>, pair: Option<&Token<'_>>) -> Option<String> {
    let text = token.text;
    match token.kind {
        TokenKind::Word if pair.is_some() => Some([text, pair?.text].concat()),
        TokenKind::Word => {
            let stem = text.strip_suffix("'s").or_else(|| text.strip_suffix("\u{2019}s"));
            Some(stem.unwrap_or(text).to_owned())
        }
        TokenKind::Hashtag => Some(format!("#{text}")),
        TokenKind::Emoji => Some(text.to_owned()),
        TokenKind::Number | TokenKind::Mention | TokenKind::Host => None,
    }
}

/// Two Chinese characters that no dictionary knew as a word, side by side: most likely a new one,
/// such as 外卖.
fn are_one_word(a: &Token<'_>, b: &Token<'_>, stop: &StopWords) -> bool {
    let is_single = |token: &Token<'_>| {
        let mut chars = token.text.chars();
        chars.next().and_then(unspaced) == Some(Unspaced::Han)
            && chars.next().is_none()
            && !stop.contains(token.text)
    };
    !b.is_parted && is_single(a) && is_single(b)
}
