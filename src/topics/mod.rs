//! What comments are about: topics given in a dictionary, or discovered in the comments.
//!
//! Either way a topic is a set of patterns, a comment is on a topic if its own words (quotations
//! left out) match one of them, and all patterns of all topics are found in one pass. So every
//! number can be followed back to the words that it counts.

pub mod agenda;
mod automaton;
mod classes;
pub mod comparison;
pub mod dictionary;
pub mod discovery;
mod leads;
pub mod measures;
mod pattern;
mod saved;
mod scanner;
mod starts;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use self::pattern::Pattern;
pub(crate) use self::saved::Saved;
pub use self::scanner::Mention;
use self::scanner::{Match, Scanner, resolve};
use crate::text::stems::Stemmer;
use crate::text::words::own_parts;

/// A set of topics that texts can be searched for.
#[derive(Debug, Default)]
pub struct Topics {
    /// The topics, in the order in which hits name them.
    pub list: Vec<Topic>,
    scanner: Scanner,
    /// Quoted lines are searched too.
    with_quotations: bool,
    /// Words and phrases that are compared by stems.
    stems: Option<Stems>,
    /// Of topics that were discovered, the forms of their terms, each with the index of its topic:
    /// what they can be made from again.
    forms: Vec<(u32, String)>,
}

/// Patterns that are searched in the text of stems.
#[derive(Debug)]
struct Stems {
    stemmer: Stemmer,
    scanner: Scanner,
}

/// One topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// The readable label that tables use.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its terms or patterns, the weightiest first.
    pub terms: Vec<String>,
    /// Weights of the terms, between 0 and 1; empty for a dictionary, whose terms count alike.
    pub weights: Vec<f64>,
    /// How well its terms go together in the comments; `None` for a dictionary.
    pub coherence: Option<f64>,
}

/// Where a topic comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A dictionary that the user gave.
    Dictionary,
    /// Found in the comments themselves.
    Discovered,
}

impl Origin {
    /// The word that tables use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dictionary => "dictionary",
            Self::Discovered => "discovered",
        }
    }
}

/// A topic found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index into [`Topics::list`].
    pub topic: u32,
    /// How often it is mentioned; at least 1.
    pub mentions: u32,
}

impl Topics {
    /// Topics with their compiled patterns, each with the index of its topic.
    fn new(list: Vec<Topic>, patterns: Vec<(u32, Pattern)>) -> Self {
        Self { list, scanner: Scanner::new(patterns), ..Self::default() }
    }

    /// Topics that were discovered, and the forms of their terms, each with the index of its topic.
    fn discovered(list: Vec<Topic>, forms: Vec<(u32, String)>) -> Self {
        let patterns = forms
            .iter()
            .filter_map(|(topic, form)| Some((*topic, Pattern::literal(form)?)))
            .collect();
        Self { forms, ..Self::new(list, patterns) }
    }

    /// The same with patterns whose words are stems, for texts whose words are reduced to theirs.
    fn with_stems(mut self, stemmer: Stemmer, patterns: Vec<(u32, Pattern)>) -> Self {
        self.stems = Some(Stems { stemmer, scanner: Scanner::new(patterns) });
        self
    }

    /// There is no topic.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The topics that a plain text mentions, in order of [`Topics::list`]. Quoted lines do not
    /// count, unless the dictionary says so.
    #[must_use]
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut mentions = self.mentions(text);
        mentions.sort_by_key(|mention| mention.topic);
        for mention in mentions {
            match hits.last_mut() {
                Some(last) if last.topic == mention.topic => last.mentions += 1,
                _ => hits.push(Hit { topic: mention.topic, mentions: 1 }),
            }
        }
        hits
    }

    /// Every mention of a topic in a plain text, with its place. Places count bytes of the text;
    /// of its composed form (NFC) where it holds combining marks.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut mentions = Vec::new();
        if self.list.is_empty() {
            return mentions;
        }
        let text = composed(text);
        let (whole, own) = if self.with_quotations {
            (Some(&*text), None)
        } else {
            (None, Some(own_parts(&text)))
        };
        for part in whole.into_iter().chain(own.into_iter().flatten()) {
            let offset = part.as_ptr() as usize - text.as_ptr() as usize;
            let Some(stems) = &self.stems else {
                self.scanner.mentions(part, offset, &mut mentions);
                continue;
            };
            let mut found = Vec::new();
            self.scanner.find(part, &mut found);
            stems.find(part, &mut found);
            resolve(found, offset, &mut mentions);
        }
        mentions
    }
}

impl Stems {
    /// Adds all matches in the text of stems, by their places in the text itself.
    fn find(&self, text: &str, found: &mut Vec<Match>) {
        let (stems, places) = self.stemmer.stem_with_places(text);
        let first = found.len();
        self.scanner.find(&stems, found);
        for (_, start, end) in &mut found[first..] {
            let piece = places.partition_point(|(at, _)| at <= start) - 1;
            let after = places.partition_point(|(at, _)| at < end);
            (*start, *end) = (places[piece].1, places[after].1);
        }
    }
}

/// The text in composed form. Only texts with Latin, Greek or Cyrillic combining marks differ
/// from it in practice; their letters would be missed one by one.
fn composed(text: &str) -> Cow<'_, str> {
    // U+0300 to U+036F are encoded with the lead bytes CC and CD.
    if memchr::memchr2(0xCC, 0xCD, text.as_bytes()).is_some() {
        Cow::Owned(text.nfc().collect())
    } else {
        Cow::Borrowed(text)
    }
}
