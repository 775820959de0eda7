//! Topics: dictionaries, discovery, languages, comparison.

mod dictionaries;
mod words;
