//! Topics: dictionaries, discovery, languages, comparison.

mod commands;
mod dictionaries;
mod discovery;
mod files;
mod languages;
mod measures;
mod readers;
mod words;
