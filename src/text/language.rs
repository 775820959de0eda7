//! The language of a short text.
//!
//! Many scripts belong to one language, or nearly so. For the others function words decide: a
//! comment is full of them, they are a look-up each, and they tell related languages apart where
//! letter statistics (which need a paragraph) do not. Where they leave it open and the text is
//! long enough, trigrams are asked (whatlang, after Cavnar & Trenkle 1994).
//!
//! To compare trigrams with those of forty languages in Latin letters takes ten times as long as
//! all else that is measured of a comment. So a row of words without accents in which no language
//! knows its function words (names, code, logs) is not compared: it was taken for a language as
//! often wrongly as rightly. What is given up for it is Uzbek.
//!
//! Not told apart: Chinese by region, and the languages that share a script with one named below
//! but have no list of function words (Macedonian, Serbian, Nepali and so on are left open).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::own_parts;

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// Probability that it is this one, in `0..=1`.
    pub confidence: f32,
}

/// Languages that function words tell apart, by script.
const LATIN: &[&str] = &[
    "ca", "cs", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl",
    "no", "pl", "pt", "ro", "sk", "sl", "sv", "tr", "vi",
];
const CYRILLIC: &[&str] = &["bg", "ru", "uk"];
const ARABIC: &[&str] = &["ar", "fa", "ur"];
const DEVANAGARI: &[&str] = &["hi", "mr"];

/// Below this confidence a language is not named.
const SURE: f32 = 0.6;
/// Words that are looked at; a longer text is no clearer.
const ENOUGH: usize = 64;
/// Letters that trigrams need.
const TRIGRAM_LETTERS: usize = 24;
/// Words of a language that are in use, for the chance that a word is in a list by accident.
const IN_USE: f32 = 50_000.0;

/// Looked up once a word, so with a fast hash.
type Table = HashMap<&'static str, Vec<(&'static str, f32)>, foldhash::fast::FixedState>;

/// By function word, the languages that have it and how much that says for each.
static FUNCTION_WORDS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for &code in [LATIN, CYRILLIC, ARABIC, DEVANAGARI].into_iter().flatten() {
        let words = stop_words::lookup(code).unwrap_or(&[]);
        let gain = (IN_USE / words.len().max(1) as f32).ln();
        for &word in words {
            let entry = table.entry(word).or_default();
            if entry.last().is_none_or(|(last, _)| *last != code) {
                entry.push((code, gain));
            }
        }
    }
    table
});

/// The language of the own (unquoted) text; `None` if it is too short or too mixed to tell.
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    let scripts = Scripts::of(text);
    if let Some(code) = scripts.only_language() {
        let share = scripts.foremost as f32 / scripts.letters as f32;
        return Some(Language { code, confidence: share.min(0.99) });
    }
    if scripts.letters < 6 {
        return None;
    }
    let words = FunctionWords::of(text);
    words.language().or_else(|| {
        if scripts.letters < TRIGRAM_LETTERS || (scripts.is_plain() && words.are_missing()) {
            return None;
        }
        let own: String = own_parts(text).collect::<Vec<_>>().join("\n");
        let info = whatlang::detect(&own)?;
        let confidence = info.confidence() as f32;
        let code = two_letters(info.lang().code())?;
        (confidence >= SURE && info.is_reliable()).then_some(Language { code, confidence })
    })
}

/// The function words at the beginning of a text.
#[derive(Debug, Default)]
struct FunctionWords {
    /// Words that were looked at, and how many of them are function words of any language.
    words: usize,
    known: usize,
    /// How much they say for which language.
    scores: Vec<(&'static str, f32)>,
}

impl FunctionWords {
    fn of(text: &str) -> Self {
        let mut own = Self::default();
        let mut lower = String::new();
        for part in own_parts(text) {
            for word in part.split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '\u{2019}')))
            {
                let word = word.trim_matches(['\'', '\u{2019}']);
                if word.is_empty() || word.len() > 24 {
                    continue;
                }
                if own.words == ENOUGH {
                    return own;
                }
                own.words += 1;
                lower.clear();
                if word.is_ascii() {
                    lower.push_str(word);
                    lower.make_ascii_lowercase();
                } else {
                    lower.extend(word.chars().flat_map(char::to_lowercase));
                    if lower.contains('\u{2019}') {
                        lower = lower.replace('\u{2019}', "'");
                    }
                }
                own.word(&lower);
            }
        }
        own
    }

    /// Adds a word in small letters.
    fn word(&mut self, word: &str) {
        let Some(languages) = FUNCTION_WORDS.get(word) else { return };
        self.known += 1;
        for &(code, gain) in languages {
            match self.scores.iter_mut().find(|(known, _)| *known == code) {
                Some((_, score)) => *score += gain,
                None => self.scores.push((code, gain)),
            }
        }
    }

    /// The language that they say most for, if it is clear enough.
    fn language(&self) -> Option<Language> {
        if self.known < 2 {
            return None;
        }
        let by_score = |a: &&(&str, f32), b: &&(&str, f32)| a.1.total_cmp(&b.1).then(b.0.cmp(a.0));
        let &(code, best) = self.scores.iter().max_by(by_score)?;
        let others = self.scores.iter().filter(|(other, _)| *other != code);
        let second = others.map(|(_, score)| *score).fold(0.0, f32::max);
        // Words of a sentence are no independent witnesses; half of the weight is about right.
        let confidence = 1.0 / (1.0 + (-(best - second) / 2.0).exp());
        (confidence >= SURE).then_some(Language { code, confidence: confidence.min(0.99) })
    }

    /// There are fewer than sentences have in any language with a list.
    fn are_missing(&self) -> bool {
        (self.words >= 6 && self.known == 0) || (self.words >= 12 && self.known < 2)
    }
}

/// How many letters of which script a text has.
#[derive(Debug, Default)]
struct Scripts {
    letters: usize,
    /// Latin letters without accents.
    plain: usize,
    han: usize,
    kana: usize,
    /// Letters by language that has a script to itself.
    own: Vec<(&'static str, usize)>,
    foremost: usize,
}

impl Scripts {
    fn of(text: &str) -> Self {
        let mut scripts = Self::default();
        for part in own_parts(text) {
            if part.is_ascii() {
                let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
                scripts.letters += letters;
                scripts.plain += letters;
                continue;
            }
            part.chars().filter(|c| c.is_alphabetic()).for_each(|c| scripts.letter(c));
        }
        scripts.foremost =
            scripts.own.iter().map(|(_, n)| *n).max().unwrap_or(0).max(scripts.han + scripts.kana);
        scripts
    }

    fn letter(&mut self, c: char) {
        self.letters += 1;
        let code = match c {
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => "el",
            '\u{530}'..='\u{58F}' => "hy",
            '\u{590}'..='\u{5FF}' => "he",
            '\u{980}'..='\u{9FF}' => "bn",
            '\u{A00}'..='\u{A7F}' => "pa",
            '\u{A80}'..='\u{AFF}' => "gu",
            '\u{B80}'..='\u{BFF}' => "ta",
            '\u{C00}'..='\u{C7F}' => "te",
            '\u{C80}'..='\u{CFF}' => "kn",
            '\u{D00}'..='\u{D7F}' => "ml",
            '\u{D80}'..='\u{DFF}' => "si",
            '\u{E00}'..='\u{E7F}' => "th",
            '\u{E80}'..='\u{EFF}' => "lo",
            '\u{1000}'..='\u{109F}' => "my",
            '\u{10A0}'..='\u{10FF}' => "ka",
            '\u{1200}'..='\u{137F}' => "am",
            '\u{1780}'..='\u{17FF}' => "km",
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7A3}' => "ko",
            '\u{3041}'..='\u{30FF}' => {
                self.kana += 1;
                return;
            }
            '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => {
                self.han += 1;
                return;
            }
            _ => {
                self.plain += usize::from(c.is_ascii());
                return;
            }
        };
        match self.own.iter_mut().find(|(known, _)| *known == code) {
            Some((_, n)) => *n += 1,
            None => self.own.push((code, 1)),
        }
    }

    /// All are Latin letters without accents.
    fn is_plain(&self) -> bool {
        self.plain == self.letters
    }

    /// The language whose script most letters are of, if that script is its own.
    fn only_language(&self) -> Option<&'static str> {
        if self.foremost < 2 || self.foremost * 2 < self.letters {
            return None;
        }
        if self.han + self.kana == self.foremost {
            return Some(if self.kana * 10 >= self.foremost { "ja" } else { "zh" });
        }
        self.own.iter().find(|(_, n)| *n == self.foremost).map(|(code, _)| *code)
    }
}

/// ISO 639-1 for the ISO 639-3 codes of the trigrams.
fn two_letters(code: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("dan", "da"),
        ("deu", "de"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "no"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tgl", "tl"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    CODES.iter().find(|(three, _)| *three == code).map(|(_, two)| *two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_names_is_in_no_language_whatever_its_trigrams() {
        let names = "Alessandro Rossi, Giovanni Bianchi, Francesca Romano, Antonella Ferrari, \
                     Lorenzo Marino, Matteo Conti";
        assert!(whatlang::detect(names).is_some_and(|info| info.is_reliable()));
        assert_eq!(detect(names), None);
        // A sentence shows its function words, and accents have trigrams asked.
        assert!(detect(&format!("{names}: quando si sono incontrati?")).is_some());
        assert!(detect("Gəncə Şəki Lənkəran Naxçıvan Mingəçevir Şirvan Xaçmaz Zaqatala").is_some());
    }
}
