//! Text of pages: lines become comments by the header grammar that explains most of them.

use serde::Deserialize;

/// Header grammar of a platform.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plain {}
