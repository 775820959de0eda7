//! Counting words and characters.

use unicode_segmentation::UnicodeSegmentation;

/// Number of words by Unicode's rules (UAX 29), and of characters (scalar values), white space
/// and quoted lines (`> `) included in neither.
#[must_use]
pub fn count(text: &str) -> (u32, u32) {
    let mut words = 0;
    let mut chars = 0;
    for line in text.lines().filter(|line| !line.starts_with('>')) {
        words += line.unicode_words().count() as u32;
        chars += line.chars().filter(|c| !c.is_whitespace()).count() as u32;
    }
    (words, chars)
}
