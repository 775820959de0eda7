//! What a text is like, and the notes that carry it past gathering.

use super::{Options, TextFacts};
use crate::text::{language, words};
use crate::topics::Topics;

/// Measures one plain text.
pub(super) fn measure(text: &str, topics: &Topics, options: &Options) -> TextFacts {
    let (n_words, n_chars) = words::count(text);
    let language =
        if options.skip_languages { None } else { language::detect(text).map(|found| found.code) };
    TextFacts { n_words, n_chars, language, topics: topics.hits(text) }
}
