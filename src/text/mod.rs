//! Text without context: dates, words, quotations, mentions, plain text from markup.
//!
//! Imports nothing of the crate.

pub mod dates;
pub mod elisions;
pub mod html;
pub mod language;
pub mod letters;
pub mod markup;
pub mod mentions;
pub mod moment;
pub mod quotes;
pub mod segmentation;
pub mod stems;
pub mod stopwords;
pub mod tokens;
pub mod width;
pub mod words;
