//! Words in scripts that are written without spaces.
//!
//! Unicode's rules find words by the characters alone. They take every Chinese character and every
//! Thai letter for a word, which is a count nobody wants to read. Here the runs of such scripts
//! are taken as they are written: a change of script parts them, as in Japanese, where a run of
//! Chinese characters or of Katakana is most often a word and a run of Hiragana its ending.
//! Longer runs of Chinese characters, and all of Thai, Lao, Khmer and Burmese, are not parted
//! further by this module.

/// How a script that is written without spaces is cut.
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
    // All of them begin with a byte of E0 or above.
    text.bytes().any(|b| b >= 0xE0) && text.chars().any(|c| unspaced(c).is_some())
}

/// Calls `sink` with the byte range of every word of a text in any mixture of scripts.
pub fn words(text: &str, mut sink: impl FnMut(usize, usize)) {
    use unicode_segmentation::UnicodeSegmentation;
    let mut spaced = 0;
    let mut chars = text.char_indices().peekable();
    let spaced_words = |from: usize, to: usize, sink: &mut dyn FnMut(usize, usize)| {
        for (at, word) in text[from..to].unicode_word_indices() {
            sink(from + at, from + at + word.len());
        }
    };
    while let Some((start, c)) = chars.next() {
        let Some(script) = unspaced(c) else { continue };
        spaced_words(spaced, start, &mut sink);
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if unspaced(c) != Some(script) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        sink(start, end);
        spaced = end;
    }
    spaced_words(spaced, text.len(), &mut sink);
}
