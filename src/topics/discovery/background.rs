//! How often a word occurs in everyday talk, so that "people" and "time" are no topics.
//!
//! For English there is a list of the 2,400 commonest words of online discussion. For other
//! languages the function words are known (see [`crate::text::stopwords`]); every other word
//! counts as rare there, and what all documents share weighs little by itself.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Rate of a word that no list has.
const RARE: f64 = 1.0 / (1 << 18) as f64;

/// `b: words`, each of which makes up about one word in 2^b.
static ENGLISH: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let mut rates = HashMap::new();
    let lines = include_str!("english.txt").lines().filter(|line| !line.starts_with('#'));
    for (bits, words) in lines.filter_map(|line| line.split_once(": ")) {
        let rate = bits.parse().map_or(RARE, |bits: f64| 2f64.powf(-bits));
        rates.extend(words.split(' ').map(|word| (word, rate)));
    }
    rates
});

/// The everyday use of words in some language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Background {
    is_english: bool,
}

impl Background {
    /// The background for texts of which some are in these languages (ISO 639-1 codes).
    pub(super) fn of(codes: &[&str]) -> Self {
        Self { is_english: codes.contains(&"en") }
    }

    /// Share of everyday words that this one makes up.
    pub(super) fn rate(self, word: &str) -> f64 {
        if self.is_english {
            ENGLISH.get(word.to_lowercase().as_str()).copied().unwrap_or(RARE)
        } else {
            RARE
        }
    }

    /// The rate of a word that is in no list.
    pub(super) const fn rare() -> f64 {
        RARE
    }
}
