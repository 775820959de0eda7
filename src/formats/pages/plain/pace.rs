//! How the entries of a page lie in time.
//!
//! Comments come in bursts: two people write on one day, then nobody does for weeks. Diaries and
//! calendars go at a steady pace, lists of articles in no order at all.

use super::assembly::Page;
use super::segments::Segment;
use crate::text::dates::Written;

/// So many entries at a steady pace are no coincidence.
const FEWEST_STEADY: usize = 6;
/// At a steady pace, no gap is more than so many times as long as the usual one, or as short.
const STEADY: i64 = 3;

/// So many entries at the same pace by the clock are no coincidence either, if hardly any gap is
/// more than so many fifths of the usual one, or less than the usual one divided by them.
const FEWEST_PACED: usize = 8;
const PACED: i64 = 12;

const DAY: i64 = 86_400_000;

/// The moments of entries, in the order of the page.
pub(super) struct Pace<'a> {
    /// Those of all that have one.
    times: Vec<i64>,
    /// Days and authors of those that name a day.
    days: Vec<(i64, &'a str)>,
    /// None of them names a time of day.
    is_timeless: bool,
    /// The moments of all, where all of them name day and time.
    clock: Vec<i64>,
}

impl<'a> Pace<'a> {
    pub(super) fn of(entries: &[&'a Segment], page: &Page<'_>) -> Self {
        let times = page.times(entries);
        let names_day = |s: &&&Segment| {
            s.header.date.as_ref().is_some_and(|date| date.has_day() && !date.is_age())
        };
        let exact: Vec<&Segment> = entries.iter().filter(names_day).copied().collect();
        let moments = page.times(&exact);
        let is_timeless =
            exact.iter().filter_map(|s| s.header.date.as_ref()).all(|date| !date.has_time());
        let is_clocked = exact.len() == entries.len()
            && moments.len() == exact.len()
            && exact.iter().filter_map(|s| s.header.date.as_ref()).all(Written::has_time);
        let clock = if is_clocked { moments.clone() } else { Vec::new() };
        let days = if moments.len() == exact.len() {
            let authors = exact.iter().map(|segment| segment.header.author.as_str());
            moments.into_iter().map(|millis| millis.div_euclid(DAY)).zip(authors).collect()
        } else {
            Vec::new()
        };
        Self { times, days, is_timeless, clock }
    }

    /// How far the entries stand in one order of time: 1 for a page in order, 0.5 for none at all;
    /// nothing where fewer than two moments differ.
    pub(super) fn order(&self) -> Option<f32> {
        let pairs = self.times.windows(2).filter(|pair| pair[0] != pair[1]);
        let (up, all) = pairs.fold((0_usize, 0_usize), |(up, all), pair| {
            (up + usize::from(pair[0] < pair[1]), all + 1)
        });
        (all > 0).then(|| up.max(all - up) as f32 / all as f32)
    }

    /// Several people wrote on one day, but not all did.
    pub(super) fn is_lively(&self) -> bool {
        let mut pairs = self.days.windows(2);
        let is_shared = |pair: &[(i64, &str)]| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1;
        self.days.first().map(|day| day.0) != self.days.last().map(|day| day.0)
            && pairs.any(is_shared)
    }

    /// All have the same day, and no time: it is that of the page.
    pub(super) fn is_one_day(&self) -> bool {
        self.is_timeless
            && self.days.len() >= FEWEST_STEADY
            && self.days.iter().all(|(day, _)| *day == self.days[0].0)
    }

    /// Most entries, and many, have a day of their own, and the days follow each other at about the
    /// same distance. (Other lists with dates may stand beside them.)
    pub(super) fn is_steady(&self) -> bool {
        let gaps: Vec<i64> = self.days.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        let mut sizes: Vec<i64> = gaps.iter().map(|gap| gap.abs()).collect();
        sizes.sort_unstable();
        let usual = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
        let longest = |sign: i64| {
            let is_step = |gap: &i64| {
                let gap = gap * sign;
                gap > 0 && gap <= STEADY * usual && usual <= STEADY * gap
            };
            gaps.split(|gap| !is_step(gap)).map(<[i64]>::len).max().unwrap_or_default() + 1
        };
        let longest = longest(1).max(longest(-1));
        longest >= FEWEST_STEADY && longest * 2 > self.days.len()
    }

    /// They follow each other at nearly the same distance by the clock, as observations, watches
    /// and shifts do.
    pub(super) fn is_paced(&self) -> bool {
        if self.clock.len() < FEWEST_PACED {
            return false;
        }
        let gaps: Vec<i64> = self.clock.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mut sizes: Vec<i64> = gaps.iter().map(|gap| gap.abs()).collect();
        sizes.sort_unstable();
        let usual = sizes[sizes.len() / 2];
        let sign =
            if gaps.iter().filter(|gap| **gap > 0).count() * 2 > gaps.len() { 1 } else { -1 };
        let is_step = |gap: &&i64| {
            let gap = **gap * sign;
            gap > 0 && 5 * gap <= PACED * usual && 5 * usual <= PACED * gap
        };
        gaps.iter().filter(is_step).count() * 10 >= gaps.len() * 9
    }
}
