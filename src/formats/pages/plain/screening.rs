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
/// So many grammars, and those that explain as much, are tried on all of a large page.
const MOST: usize = 6;
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

/// A profile, and those of its header grammars that are tried.
pub(super) type Trial<'p> = (&'p Profile, Vec<&'p Grammar>);

/// The grammars of each profile of whose platform the page may be that are worth trying on it: all
/// of them, unless an excerpt of the page tells which ones are.
pub(super) fn worthy<'p>(
    profiles: &'p [Profile],
    page: &Page<'_>,
    excerpt: Option<&Page<'_>>,
) -> Vec<Trial<'p>> {
    let mut trials: Vec<Trial<'p>> = profiles
        .iter()
        .filter_map(|profile| Some((profile, profile.plain.as_ref()?)))
        .filter(|(_, plain)| plain.signs.is_empty() || page.shows_any(&plain.signs))
        .map(|(profile, plain)| (profile, plain.grammars.iter().collect()))
        .collect();
    let Some(excerpt) = excerpt else { return trials };
    let worths: Vec<Vec<(bool, f32)>> = trials
        .iter()
        .map(|(profile, grammars)| {
            grammars.iter().map(|g| score::worth(profile, g, excerpt)).collect()
        })
        .collect();
    // An excerpt has less evidence than the page: where nothing of it can be believed, what explains
    // most of it is tried all the same.
    let is_any_believed = worths.iter().flatten().any(|(is_believed, _)| *is_believed);
    let worth = |(is_believed, worth): (bool, f32)| {
        if is_believed || !is_any_believed { worth } else { 0.0 }
    };
    let mut ranked: Vec<f32> = worths.iter().flatten().copied().map(worth).collect();
    ranked.sort_by(|a, b| b.total_cmp(a));
    let best = ranked.first().copied().unwrap_or_default();
    let least = (LEAST_SHARE * best).max(ranked.get(MOST).copied().unwrap_or_default());
    for ((_, grammars), worths) in trials.iter_mut().zip(worths) {
        let mut worths = worths.into_iter();
        grammars.retain(|_| worths.next().is_some_and(|w| worth(w) >= least));
    }
    trials
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::ReadOptions;
    use crate::formats::pages::profile;

    /// Two people who only write numbers: nothing but the heading tells that these are comments.
    fn page(comments: usize) -> String {
        let write = |i: usize| {
            let (author, other) = if i.is_multiple_of(2) { ("Ann", "Bob") } else { ("Bob", "Ann") };
            format!(
                "{author}\n{author}\n\u{a0} {other}\nMay 4, 2019 {}:30 pm\n\n{i}\n\n",
                i % 11 + 1
            )
        };
        let entries: String = (0..comments).map(write).collect();
        format!("Subscribe\nNotify of\nguest\n{comments} Comments\n{entries}")
    }

    #[test]
    fn of_a_large_page_few_grammars_are_tried_even_if_no_excerpt_can_be_believed() {
        let (profiles, options) = (profile::built_in(), ReadOptions::default());
        let trials = |text: &str| {
            let page = Page::prepare("page.txt", text, profiles, &options);
            let trials = worthy(profiles, &page, page.excerpt().as_ref());
            let is_tried = |name| trials.iter().any(|(p, g)| p.name == name && !g.is_empty());
            (is_tried("wpdiscuz"), trials.iter().map(|(_, g)| g.len()).sum::<usize>())
        };
        let (is_small_tried, of_small) = trials(&page(30));
        let (is_large_tried, of_large) = trials(&page(LARGE / 6));
        assert!(is_small_tried && is_large_tried);
        assert!(of_large <= 2 * MOST && of_large < of_small / 4, "{of_large} of {of_small}");
    }
}
