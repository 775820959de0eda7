//! What is left of a text that is compared without its signs.

/// Letters and digits alone, in lower case: `ann_bell` and `Ann Bell` are the same.
#[must_use]
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
