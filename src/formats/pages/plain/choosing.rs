//! Choosing: where the lines of a grammar stand in several ways, one is taken.

use std::cmp::Reverse;

use super::headers::Header;

/// Chooses one way at each anchor: the one whose picture confirms the name, else the one that
/// begins nearest to the anchor and takes as many unknown lines as are `wanted`.
pub(super) fn choose(candidates: &[Vec<Header>], wanted: u32) -> Vec<Header> {
    let mut chosen: Vec<Header> = Vec::with_capacity(candidates.len());
    for ways in candidates {
        let floor = chosen.last().map_or(0, |header| header.rows.end);
        let rank =
            |h: &Header| (h.has_avatar, !h.is_common, Reverse(h.unknown.abs_diff(wanted)), h.known);
        let mut best: Option<&Header> = None;
        for header in ways.iter().filter(|header| header.rows.start >= floor) {
            let is_better = best.is_none_or(|b| {
                rank(header) > rank(b) || header.has_avatar && header.author == b.author
            });
            if is_better {
                best = Some(header);
            }
        }
        chosen.extend(best.cloned());
    }
    name_first(&mut chosen, candidates);
    chosen
}

/// Above the first comment anything may stand that looks like a name. If one of the names that could
/// be meant comes back on the page, and the one chosen does not, it is that one.
fn name_first(chosen: &mut [Header], candidates: &[Vec<Header>]) {
    let (Some((first, later)), Some(ways)) = (chosen.split_first_mut(), candidates.first()) else {
        return;
    };
    let comes_back = |header: &&Header| later.iter().any(|h| h.author == header.author);
    if !first.has_avatar
        && !first.author.is_empty()
        && !comes_back(&&*first)
        && let Some(known) = ways.iter().find(comes_back)
        && known.rows.end == first.rows.end
    {
        *first = known.clone();
    }
}

/// How many unknown lines the headers may have: as many numbers are worth wanting.
pub(super) fn most_unknown(candidates: &[Vec<Header>]) -> u32 {
    let most = candidates.iter().flatten().map(|header| header.unknown).max().unwrap_or(0);
    most.min(MOST_UNKNOWN)
}

/// A rank, a place, a group: more lines of any kind are no header.
const MOST_UNKNOWN: u32 = 3;
