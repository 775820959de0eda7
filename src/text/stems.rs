//! Words to stems: inflected forms of one word compared as one, on request.
//!
//! Snowball stemmers (M. F. Porter, 2001) for eighteen languages. They cut endings by rule and
//! know no dictionary: `policies` and `policy` meet at `polici`, and so does nothing else one
//! would mind, but `universe` and `university` meet too. So stems are never shown to readers.

use std::borrow::Cow;
use std::fmt;

use rust_stemmers::Algorithm;
use unicode_segmentation::UnicodeSegmentation;

/// Languages with a stemmer, by ISO 639-1 code.
const LANGUAGES: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

/// Reduces the words of one language to stems.
pub struct Stemmer {
    code: &'static str,
    snowball: rust_stemmers::Stemmer,
}

impl fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stemmer").field(&self.code).finish()
    }
}

impl Stemmer {
    /// The stemmer of a language, by ISO 639-1 code; `None` if there is none.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let &(code, algorithm) = LANGUAGES.iter().find(|(known, _)| *known == code)?;
        Some(Self { code, snowball: rust_stemmers::Stemmer::create(algorithm) })
    }

    /// The codes of all languages that have a stemmer.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|(code, _)| *code)
    }

    /// The stem of a word in lower case.
    #[must_use]
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        // The English rules do not know the possessive of a typographic apostrophe.
        let word =
            word.strip_suffix("\u{2019}s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
        self.snowball.stem(word)
    }

    /// A text with every word replaced by its stem; what stands between words stays.
    #[must_use]
    pub fn stem_text(&self, text: &str) -> String {
        self.stem_with_places(text).0
    }

    /// The same, with the first byte of each piece in the text of stems and in the text itself, in
    /// order; a last pair marks the ends.
    pub(crate) fn stem_with_places(&self, text: &str) -> (String, Vec<(usize, usize)>) {
        let mut stems = String::with_capacity(text.len());
        let mut places = Vec::new();
        for (start, piece) in text.split_word_bound_indices() {
            places.push((stems.len(), start));
            if piece.chars().any(char::is_alphabetic) {
                stems.push_str(&self.stem(&piece.to_lowercase()));
            } else {
                stems.push_str(piece);
            }
        }
        places.push((stems.len(), text.len()));
        (stems, places)
    }
}
