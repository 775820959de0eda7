//! Function words by language: what every text has, whatever it is about.
//!
//! The published lists (stopwords-iso, 58 languages) were made for searching. The English one also
//! holds nouns that a discussion can be about; they are taken back here.

use std::collections::HashSet;

/// English words of the list that a discussion can be about.
const ENGLISH_SUBJECTS: &[&str] = &[
    "area",
    "areas",
    "bill",
    "computer",
    "fire",
    "front",
    "group",
    "groups",
    "homepage",
    "html",
    "information",
    "invention",
    "member",
    "members",
    "microsoft",
    "mill",
    "netscape",
    "order",
    "orders",
    "research",
    "room",
    "rooms",
    "section",
    "state",
    "states",
    "system",
    "text",
    "website",
    "world",
];

/// English that the list lacks: contractions without their apostrophe, and what is said in chats.
const ENGLISH_TALK: &[&str] = &[
    "ain't", "btw", "e.g", "etc", "fuck", "fucking", "gonna", "gotta", "guess", "guy", "guys",
    "haha", "i.e", "hey", "hmm", "idk", "im", "imho", "imo", "ive", "kinda", "lol", "lot", "lots",
    "omg", "pm", "read", "reply", "shit", "stuff", "talk", "u", "ur", "wanna", "whole", "wow",
    "wtf", "yeah", "yep", "yes", "yup",
];

/// The function words of some languages, in lower case.
#[derive(Debug, Default)]
pub struct StopWords {
    words: HashSet<&'static str>,
}

impl StopWords {
    /// The function words of the languages with these ISO 639-1 codes; unknown ones add nothing.
    #[must_use]
    pub fn of(codes: &[&str]) -> Self {
        let mut words = HashSet::new();
        for code in codes {
            words.extend(stop_words::lookup(code).unwrap_or(&[]));
            if *code == "en" {
                for subject in ENGLISH_SUBJECTS {
                    words.remove(subject);
                }
                words.extend(ENGLISH_TALK);
            }
        }
        Self { words }
    }

    /// Whether a word in lower case is one. A typographic apostrophe is as good as a plain one.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        if word.contains('\u{2019}') {
            return self.words.contains(word.replace('\u{2019}', "'").as_str());
        }
        self.words.contains(word)
    }
}

/// The codes of all languages with function words.
#[must_use]
pub fn languages() -> &'static [&'static str] {
    stop_words::available_languages()
}
