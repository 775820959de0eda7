//! Pages: comment sections as text or as saved HTML, read by profiles.
//!
//! One profile (a TOML file in `src/formats/profiles/`, or the user's own) describes a platform:
//! how to know it, selectors for the saved page ([`markup`]), header grammar for the text
//! ([`plain`]), phrases by language. The engine tries the profiles and keeps the one that explains
//! most of the page.

pub mod markup;
pub mod plain;
pub mod profile;

use crate::comment::Discussion;
use crate::diagnostic::Diagnostic;

/// What one profile made of a page.
#[derive(Debug)]
pub struct Reading {
    /// The profile's name.
    pub profile: String,
    /// How much of the page it explains: 0 = nothing, 1 = everything.
    pub score: f32,
    /// The post and its comments.
    pub discussion: Discussion,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
    /// What was recognised, in words for `check`: flattener, language, header placement, ….
    pub notes: Vec<String>,
}
