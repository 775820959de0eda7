//! Screening: of a large page, an excerpt tells which grammars are worth trying on all of it.
//!
//! Every grammar looks for its lines at every row. On a page of many thousand rows nearly all of
//! that is spent on grammars that a few thousand rows show to explain nothing.

use std::ops::Range;

use super::assembly::Page;
use super::grammar::Grammar;
use super::score;
use crate::formats::pages::profile::Profile;

/// Pages of so many rows are read whole with every grammar.
const LARGE: usize = 12_000;
/// The rows at the head and the tail of the page that the excerpt takes, and between them.
const HEAD: usize = 2_000;
const TAIL: usize = 500;
const WINDOW: usize = 750;
const WINDOWS: usize = 4;
/// A grammar that explains less than this share of what the best one explains is not tried again.
const LEAST_SHARE: f32 = 0.7;

/// The rows of the excerpt of a page; `None` where all of it is read.
pub(super) fn excerpt(rows: usize) -> Option<Vec<Range<usize>>> {
    if rows < LARGE {
        return None;
    }
    let between = rows - HEAD - TAIL;
    let windows = (0..WINDOWS).map(|i| {
        let start = HEAD + (2 * i + 1) * between / (2 * WINDOWS) - WINDOW / 2;
        start..start + WINDOW
    });
    let tail = std::iter::once(rows - TAIL..rows);
    Some(std::iter::once(0..HEAD).chain(windows).chain(tail).collect())
}

/// The grammars of each profile that are worth trying on the page: all of them, unless an excerpt
/// tells which ones are.
pub(super) fn worthy<'p>(
    profiles: &'p [Profile],
    page: &Page<'_>,
) -> Vec<(&'p Profile, Vec<&'p Grammar>)> {
    let all: Vec<_> = profiles.iter().map(|profile| (profile, grammars(profile))).collect();
    let Some(excerpt) = page.excerpt() else { return all };
    let mut ranked: Vec<(&Profile, Vec<(&Grammar, f32)>)> = Vec::new();
    for (profile, grammars) in &all {
        let worths = grammars
            .iter()
            .filter_map(|grammar| {
                let finding = score::best(profile, std::slice::from_ref(grammar), &excerpt)?;
                Some((*grammar, finding.worth))
            })
            .collect();
        ranked.push((profile, worths));
    }
    let best = ranked.iter().flat_map(|(_, worths)| worths).map(|w| w.1).fold(0.0, f32::max);
    if best == 0.0 {
        return all;
    }
    for (_, worths) in &mut ranked {
        worths.retain(|(_, worth)| *worth >= LEAST_SHARE * best);
    }
    let kept = ranked.into_iter().filter(|(_, worths)| !worths.is_empty());
    kept.map(|(profile, worths)| (profile, worths.into_iter().map(|w| w.0).collect())).collect()
}

/// The header grammars of a profile.
pub(super) fn grammars(profile: &Profile) -> Vec<&Grammar> {
    profile.plain.iter().flat_map(|plain| &plain.grammars).collect()
}
