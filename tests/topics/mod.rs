//! Topics: dictionaries, discovery, languages, comparison.

#[cfg(feature = "cli")]
mod commands;
mod dictionaries;
mod discovery;
mod files;
mod languages;
mod measures;
mod readers;
mod words;
