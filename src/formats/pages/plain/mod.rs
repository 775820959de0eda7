//! Text of pages: lines become comments by the header grammar that explains most of them.
//!
//! A page copied as text has lost its markup, but every platform prints a header (a name, a date,
//! perhaps the one answered) above or below each comment. Profiles state these headers as
//! [`Grammar`]s. Every grammar of every profile is tried; each finding is scored by how many
//! comments it yields, how complete they are, and what it leaves unexplained; the best is kept.
//!
//! The stages: [`flattener`] (what made the text), [`rows`] (lines prepared), [`screening`]
//! (grammars worth trying on a large page), [`headers`] (where the lines of a grammar stand),
//! [`section`] (where the comments begin and end), [`segments`] (header and text together),
//! [`replies`] (what is stated of parents), [`article`] (the post).

mod anchors;
mod answered;
mod article;
mod assembly;
mod belief;
mod boxes;
mod choosing;
mod columns;
mod details;
mod doubtful;
mod entries;
mod flattener;
mod furniture;
mod glued;
mod glued_days;
mod grammar;
mod headers;
mod inference;
mod joints;
mod markdown;
mod names;
mod openings;
mod pace;
mod peeling;
mod plausible;
mod quotations;
mod ranks;
mod records;
mod replies;
mod roles;
mod rows;
mod score;
mod screening;
mod section;
mod segments;
mod sides;
mod speech;
mod traces;
mod vocabulary;
mod votes;
mod wrapping;

pub use grammar::{Entry, Grammar, Line, Plain};
pub use inference::printed;

use self::assembly::Page;
use self::score::Finding;
use super::Reading;
use super::profile::Profile;
use crate::formats::ReadOptions;

/// Reads the text of a page with every profile that has a header grammar; the best reading comes
/// first. Never empty: a page in which no grammar finds comments yields one reading, `article`,
/// with the post alone and the score 0.
#[must_use]
pub fn read(source: &str, text: &str, profiles: &[Profile], options: &ReadOptions) -> Vec<Reading> {
    let page = Page::prepare(source, text, profiles, options);
    let excerpt = page.excerpt();
    let mut findings: Vec<Finding<'_>> = screening::worthy(profiles, &page, excerpt.as_ref())
        .into_iter()
        .filter_map(|(profile, grammars)| score::best(profile, &grammars, &page))
        .collect();
    findings.sort_by(|a, b| b.rank().partial_cmp(&a.rank()).unwrap_or(std::cmp::Ordering::Equal));
    score::prefer_peculiar(&mut findings, &page);
    score::prefer_traced(&mut findings, &page);
    findings.truncate(SHOWN);
    let least = match findings.first() {
        Some(best) if best.grammar.strong => f32::INFINITY,
        Some(best) => best.worth * SURPASSED,
        None => 0.0,
    };
    let mut readings = Vec::with_capacity(SHOWN + 1);
    readings.extend(inferred(&page, excerpt.as_ref(), least));
    // What finds as many comments as the page declares is right, whatever else explains more.
    let (agrees, worth) = findings.first().map(Finding::rank).unwrap_or_default();
    readings.extend(findings.iter().map(|finding| {
        let most = if agrees && !finding.rank().0 { worth * 0.99 } else { f32::INFINITY };
        let reading = page.reading(finding);
        Reading { weight: reading.weight.min(most), ..reading }
    }));
    if readings.is_empty() {
        readings.push(page.article());
    }
    readings
}

/// The page as a grammar explains it that its own lines suggest, if that is worth more than `least`.
fn inferred(page: &Page<'_>, excerpt: Option<&Page<'_>>, least: f32) -> Option<Reading> {
    let profile = least.is_finite().then(|| inference::profile(&page.rows)).flatten()?;
    let (profile, grammars) =
        screening::worthy(std::slice::from_ref(&profile), page, excerpt).pop()?;
    let finding = score::best(profile, &grammars, page).filter(|found| found.worth > least)?;
    Some(page.inferred(&finding))
}

/// By how much a grammar that was inferred must surpass that of a profile to be taken for it.
const SURPASSED: f32 = 1.15;

/// The lines of a profile that are no valid regular expressions, each with the reason.
#[must_use]
pub fn faults(profile: &Profile) -> Vec<String> {
    profile.plain.iter().flat_map(Plain::faults).collect()
}

/// How many readings are worked out in full.
const SHOWN: usize = 3;
