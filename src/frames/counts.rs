//! Comments by bucket of time, added up while threads pass: so that activity needs no look back at
//! the comments.
//!
//! Which width is wanted may show only at the end. Until then counts are kept by the minute; when
//! they become too many, by the hour, then by the day, which every wider bucket is made of.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use super::bucket::Bucket;
use crate::comment::{Moment, Precision};

/// With more entries than this, counts are kept by a wider bucket.
const MOST: usize = 1 << 18;

/// How many comments, how many of them answer the post, and how many a comment.
pub(super) type Count = [u32; 3];

/// Counts as plain numbers: the width's place among all, whether it stays, and each count.
pub(super) type Saved = (u8, bool, Vec<(u8, i64, Count)>);

/// Counts by precision and beginning of the bucket.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    width: Bucket,
    /// The width was asked for; it stays.
    is_fixed: bool,
    by_start: HashMap<(Precision, i64), Count, FixedState>,
}

impl Default for Counts {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Counts {
    /// In buckets of this width, if it is known.
    pub(super) fn new(width: Option<Bucket>) -> Self {
        let is_fixed = width.is_some();
        let width = width.unwrap_or(Bucket::Minute);
        Self { width, is_fixed, by_start: HashMap::default() }
    }

    /// The counts as plain numbers, for [`Counts::of_saved`].
    pub(super) fn to_saved(&self) -> Saved {
        let width = Bucket::ALL.iter().position(|bucket| *bucket == self.width).unwrap_or(0);
        let mut counts: Vec<(u8, i64, Count)> = self
            .by_start
            .iter()
            .map(|(&(precision, start), &count)| (precision as u8, start, count))
            .collect();
        counts.sort_unstable();
        (width as u8, self.is_fixed, counts)
    }

    /// Counts from what [`Counts::to_saved`] made; `None` from anything else.
    pub(super) fn of_saved((width, is_fixed, saved): Saved) -> Option<Self> {
        let width = *Bucket::ALL.get(usize::from(width))?;
        let mut by_start = HashMap::default();
        for (precision, start, count) in saved {
            by_start.insert((*Precision::ALL.get(usize::from(precision))?, start), count);
        }
        Some(Self { width, is_fixed, by_start })
    }

    /// As empty as at first, with the same width.
    pub(super) fn renewed(&self) -> Self {
        Self { by_start: HashMap::default(), ..*self }
    }

    /// Counts a dated comment.
    pub(super) fn add(&mut self, moment: Moment, depth: u32) {
        let start = self.width.start(moment.millis);
        let count = self.by_start.entry((moment.precision, start)).or_default();
        count[0] += 1;
        count[1] += u32::from(depth == 1);
        count[2] += u32::from(depth > 1);
    }

    /// Adds the counts of other threads.
    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on their order")]
    pub(super) fn merge(&mut self, other: &Self) {
        if other.width > self.width {
            self.widen(other.width);
        }
        for (&(precision, start), count) in &other.by_start {
            let own = self.by_start.entry((precision, self.width.start(start))).or_default();
            own.iter_mut().zip(count).for_each(|(own, other)| *own += other);
        }
        if !self.is_fixed && self.by_start.len() > MOST && self.width < Bucket::Day {
            self.widen(if self.width < Bucket::Hour { Bucket::Hour } else { Bucket::Day });
        }
    }

    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on their order")]
    fn widen(&mut self, width: Bucket) {
        let mut wider = Self { width, by_start: HashMap::default(), ..*self };
        for (&(precision, start), count) in &self.by_start {
            let own = wider.by_start.entry((precision, width.start(start))).or_default();
            own.iter_mut().zip(count).for_each(|(own, other)| *own += other);
        }
        *self = wider;
    }

    /// The counts of the buckets of a width, as far as times are exact enough; `None` if only
    /// wider ones were kept.
    #[expect(clippy::iter_over_hash_type, reason = "they are put in order here")]
    pub(super) fn by(&self, width: Bucket) -> Option<BTreeMap<i64, Count>> {
        let mut sums: BTreeMap<i64, Count> = BTreeMap::new();
        for (&(precision, start), count) in &self.by_start {
            if width.counts(precision) {
                let sum = sums.entry(width.start(start)).or_default();
                sum.iter_mut().zip(count).for_each(|(sum, other)| *sum += other);
            }
        }
        // Weeks and all wider buckets are made of days.
        (self.width <= width).then_some(sums)
    }
}
