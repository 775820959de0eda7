//! Words in scripts that are written without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
//!
//! Unicode's rules find words by the characters alone; they take every Chinese character and every
//! Thai letter for a word. ICU knows words by dictionary. It is several times slower, so it sees
//! only the texts that need it. Korean is written with spaces and needs none of this.

use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

/// One segmenter for all of these languages; its data is part of the program.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// A script that is written without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unspaced {
    /// Chinese characters, also in Japanese.
    Han,
    /// Japanese syllables, mostly endings and function words.
    Hiragana,
    /// Japanese syllables, mostly names and loan words.
    Katakana,
    /// Thai, Lao, Khmer, Burmese.
    SouthEastAsian,
}

/// The unspaced script of a character, if it is of one.
#[must_use]
pub(crate) fn unspaced(c: char) -> Option<Unspaced> {
    match c {
        '\u{3041}'..='\u{309F}' => Some(Unspaced::Hiragana),
        '\u{30A1}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
            Some(Unspaced::Katakana)
        }
        '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{3005}'
        | '\u{20000}'..='\u{3FFFF}' => Some(Unspaced::Han),
        '\u{0E01}'..='\u{0E4E}'
        | '\u{0E81}'..='\u{0ECE}'
        | '\u{0EDC}'..='\u{0EDF}'
        | '\u{1000}'..='\u{103F}'
        | '\u{1050}'..='\u{108F}'
        | '\u{1780}'..='\u{17D3}' => Some(Unspaced::SouthEastAsian),
        _ => None,
    }
}

/// The text holds characters of a script that is written without spaces.
#[must_use]
pub fn is_needed(text: &str) -> bool {
    // All of them begin with a byte of E0 or above; few other texts have many of those.
    text.bytes().any(|b| b >= 0xE0) && text.chars().any(|c| unspaced(c).is_some())
}

/// Calls `sink` with the byte range of every word of a text in any mixture of scripts.
pub fn words(text: &str, mut sink: impl FnMut(usize, usize)) {
    let mut start = 0;
    for (end, kind) in SEGMENTER.segment_str(text).iter_with_word_type() {
        if kind.is_word_like() {
            sink(start, end);
        }
        start = end;
    }
}
