//! A page platform as data: the TOML file that teaches a platform, or a user's own forum.

use serde::Deserialize;

use super::{markup::Markup, plain::Plain};

/// One platform.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The word for `--format`, the tables and the documentation.
    pub name: String,
    /// One sentence: what it is.
    pub about: String,
    /// How to read the saved page.
    pub markup: Option<Markup>,
    /// How to read the text.
    pub plain: Option<Plain>,
}
