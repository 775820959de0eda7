//! Saved pages: elements chosen by selectors become comments.

use serde::Deserialize;

/// Selectors of a platform.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Markup {}
