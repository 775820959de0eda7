//! What a text is like, and the notes that carry it past gathering.

use std::sync::Arc;

use super::{Options, TextFacts};
use crate::text::{language, words};
use crate::topics::Topics;

/// What is measured of texts.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    topics: Arc<Topics>,
    skip_languages: bool,
    skip_words: bool,
}

impl Measure {
    /// These topics, and what the options do not leave out.
    pub(super) fn new(topics: &Arc<Topics>, options: &Options) -> Self {
        Self {
            topics: Arc::clone(topics),
            skip_languages: options.skip_languages,
            skip_words: options.skip_words,
        }
    }

    pub(super) fn topics(&self) -> &Topics {
        &self.topics
    }

    /// Measures one plain text.
    pub(super) fn text(&self, text: &str) -> TextFacts {
        let (n_words, n_chars) = if self.skip_words { (0, 0) } else { words::count(text) };
        let language =
            if self.skip_languages { None } else { language::detect(text).map(|found| found.code) };
        TextFacts { n_words, n_chars, language, topics: self.topics.hits(text) }
    }
}
