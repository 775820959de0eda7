//! Words that a vowel was taken from: `l'eau`, `n'y`, `dell'acqua`, `qu'il`.
//!
//! French, Italian, Catalan and Occitan join an article or pronoun to the word after it with an
//! apostrophe; the word that carries the meaning comes last.

/// Short words that lose their vowel, beside single letters.
const LONGER: &[&str] = &[
    "qu", "lorsqu", "puisqu", "jusqu", "quoiqu", "quelqu", "all", "dall", "dell", "nell", "sull",
    "coll", "gl", "un", "quest", "quell", "bell", "com", "dov", "cos", "sant",
];

/// A language (ISO 639-1) that joins words so.
#[must_use]
pub fn has(code: &str) -> bool {
    matches!(code, "ca" | "fr" | "it" | "oc")
}

/// The word without what is joined to its beginning.
///
/// ```
/// # use rejoinder::text::elisions::full_word;
/// assert_eq!(full_word("l’eau"), "eau");
/// assert_eq!(full_word("aujourd'hui"), "aujourd'hui");
/// ```
#[must_use]
pub fn full_word(word: &str) -> &str {
    let Some((before, after)) = word.split_once(['\'', '\u{2019}']) else { return word };
    let is_letter = before.chars().count() == 1;
    let is_joined = is_letter || LONGER.iter().any(|known| before.eq_ignore_ascii_case(known));
    if is_joined && !after.is_empty() { full_word(after) } else { word }
}
