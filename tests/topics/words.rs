//! Counting words and characters.

use proptest::prelude::*;
use rejoinder::text::words::{count, own_parts};
use unicode_segmentation::UnicodeSegmentation;

/// The definition, word for word.
fn slowly(text: &str) -> (u32, u32) {
    let mut total = (0, 0);
    for line in text.split('\n').filter(|line| !line.starts_with('>')) {
        total.0 += line.unicode_words().count() as u32;
        total.1 += line.chars().filter(|c| !c.is_whitespace()).count() as u32;
    }
    total
}

#[test]
fn words_and_characters_by_hand() {
    assert_eq!(count(""), (0, 0));
    assert_eq!(count("Me three. Btw."), (3, 12));
    assert_eq!(count("> quoted words\nown words"), (2, 8));
    assert_eq!(
        count("Didn’t we try $1,000.50 at 3:15 p.m.?"),
        slowly("Didn’t we try $1,000.50 at 3:15 p.m.?")
    );
    assert_eq!(count("Что будет с Венесуэлой?"), (4, 20));
}

#[test]
fn a_quotation_parts_a_text() {
    let parts: Vec<_> = own_parts("> a\n> b\nc\nd\n> e\nf").collect();
    assert_eq!(parts, ["c\nd", "f"]);
    assert_eq!(own_parts("> only\n> quoted").count(), 0);
}

proptest! {
    #[test]
    fn the_short_way_counts_as_unicode_does(text in "[a-cA-C0-2 .,;:'_\\-\n>(é’я]{0,200}") {
        prop_assert_eq!(count(&text), slowly(&text));
    }

    #[test]
    fn any_latin_or_cyrillic_text_counts_as_unicode_does(text in "[\\u{20}-\\u{24F}\\u{400}-\\u{4FF}]{0,400}") {
        prop_assert_eq!(count(&text), slowly(&text));
    }
}
