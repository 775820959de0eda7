//! How often a word occurs in everyday talk, so that "people" and "time" are no topics.
//!
//! For English there is a list of the 2,400 commonest words of online discussion, counted. For
//! thirteen other languages there is a list of what every discussion has, written by hand: verbs,
//! adverbs and judgements, and nouns so general that they name no subject. In all languages
//! function words are known (see [`crate::text::stopwords`]); every other word counts as rare.

use std::collections::HashMap;

use crate::text::stems::Stemmer;

/// Rate of a word that no list has.
const RARE: f64 = 1.0 / (1 << 18) as f64;

/// The lists, by ISO 639-1 code: lines `b: words`, each of which makes up about one word in 2^b.
const LISTS: &[(&str, &str)] = &[
    ("de", include_str!("everyday/de.txt")),
    ("en", include_str!("everyday/en.txt")),
    ("es", include_str!("everyday/es.txt")),
    ("fr", include_str!("everyday/fr.txt")),
    ("it", include_str!("everyday/it.txt")),
    ("ja", include_str!("everyday/ja.txt")),
    ("ko", include_str!("everyday/ko.txt")),
    ("nl", include_str!("everyday/nl.txt")),
    ("pl", include_str!("everyday/pl.txt")),
    ("pt", include_str!("everyday/pt.txt")),
    ("ru", include_str!("everyday/ru.txt")),
    ("sv", include_str!("everyday/sv.txt")),
    ("tr", include_str!("everyday/tr.txt")),
    ("zh", include_str!("everyday/zh.txt")),
];

/// The everyday use of words in some languages.
#[derive(Debug, Default)]
pub(super) struct Background {
    /// By word in lower case, and by its stem in the lists that hold one form of each word.
    rates: HashMap<String, f64>,
}

impl Background {
    /// The background for texts of which some are in these languages (ISO 639-1 codes); `stemmer`
    /// is that of the first.
    pub(super) fn of(codes: &[&str], stemmer: Option<&Stemmer>) -> Self {
        let mut background = Self::default();
        for (code, list) in LISTS.iter().filter(|(code, _)| codes.contains(code)) {
            let lines = list.lines().filter(|line| !line.starts_with('#'));
            for (bits, words) in lines.filter_map(|line| line.split_once(": ")) {
                let rate = bits.parse().map_or(RARE, |bits: f64| 2f64.powf(-bits));
                for word in words.split(' ').map(str::to_lowercase) {
                    // The English list was counted form by form.
                    if *code != "en"
                        && let Some(stemmer) = stemmer.filter(|_| codes.first() == Some(code))
                    {
                        background.add(stemmer.stem(&word).into_owned(), rate);
                    }
                    background.add(word, rate);
                }
            }
        }
        background
    }

    fn add(&mut self, word: String, rate: f64) {
        let known = self.rates.entry(word).or_insert(rate);
        *known = known.max(rate);
    }

    /// Share of everyday words that a word in lower case, or a stem, makes up.
    pub(super) fn rate(&self, word: &str) -> f64 {
        self.rates.get(word).copied().unwrap_or(RARE)
    }

    /// The rate of a word that is in no list.
    pub(super) const fn rare() -> f64 {
        RARE
    }
}
