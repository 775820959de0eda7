//! Text of pages: lines become comments by the header grammar that explains most of them.
//!
//! A page copied as text has lost its markup, but every platform prints a header (a name, a date,
//! perhaps the one answered) above or below each comment. Profiles state these headers as
//! [`Grammar`]s. Every grammar of every profile is tried; each finding is scored by how many
//! comments it yields, how complete they are, and what it leaves unexplained; the best is kept.
//!
//! The stages: [`flattener`] (what made the text), [`rows`] (lines prepared), [`headers`] (where
//! the lines of a grammar stand), [`section`] (where the comments begin and end), [`segments`]
//! (header and text together), [`replies`] (what is stated of parents), [`article`] (the post).

mod article;
mod assembly;
mod flattener;
mod grammar;
mod headers;
mod inference;
mod replies;
mod rows;
mod score;
mod section;
mod segments;
mod vocabulary;

pub use grammar::{Entry, Grammar, Line, Plain};
pub use inference::printed;

use self::assembly::Page;
use self::score::Finding;
use super::Reading;
use super::profile::{self, Profile};
use crate::formats::ReadOptions;

/// Reads the text of a page with every profile that has a header grammar; the best reading comes
/// first. Never empty: a page in which no grammar finds comments yields one reading, `article`,
/// with the post alone and the score 0.
#[must_use]
pub fn read(source: &str, text: &str, profiles: &[Profile], options: &ReadOptions) -> Vec<Reading> {
    let page = Page::prepare(source, text, profiles, options);
    let mut findings: Vec<Finding<'_>> =
        profiles.iter().filter_map(|profile| score::best(profile, &page)).collect();
    findings.sort_by(|a, b| b.rank().partial_cmp(&a.rank()).unwrap_or(std::cmp::Ordering::Equal));
    findings.truncate(SHOWN);
    if findings.is_empty() {
        let inferred = inference::profile(&page.rows);
        let reading = inferred.as_ref().and_then(|profile| score::best(profile, &page));
        return vec![reading.map_or_else(|| page.article(), |finding| page.inferred(&finding))];
    }
    findings.iter().map(|finding| page.reading(finding)).collect()
}

/// Infers the grammar of a page from the lines that repeat a shape, whatever profiles say; the
/// profile can be printed with [`printed`]. `None` if no shape repeats often enough.
#[must_use]
pub fn infer(source: &str, text: &str, options: &ReadOptions) -> Option<(Profile, Reading)> {
    let page = Page::prepare(source, text, profile::built_in(), options);
    let mut profile = inference::profile(&page.rows)?;
    let (reading, grammar) = {
        let finding = score::best(&profile, &page)?;
        (page.inferred(&finding), finding.grammar.clone())
    };
    profile.plain = Some(Plain { grammars: vec![grammar], ..Plain::default() });
    Some((profile, reading))
}

/// The lines of a profile that are no valid regular expressions, each with the reason.
#[must_use]
pub fn faults(profile: &Profile) -> Vec<String> {
    profile.plain.iter().flat_map(Plain::faults).collect()
}

/// How many readings are worked out in full.
const SHOWN: usize = 3;
