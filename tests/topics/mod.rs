//! Topics: dictionaries, discovery, languages, comparison.

mod dictionaries;
mod discovery;
mod files;
mod languages;
mod measures;
mod words;
