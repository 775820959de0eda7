//! The comments of a thread in order of time, where their times allow one.
//!
//! Seconds between comments mean nothing where times are only "8 months ago", so a thread has a
//! timeline only where every dated comment is exact to the minute and all are on one clock.
//! Comments without a date are left out of it.

use crate::comment::Clock;
use crate::thread::Thread;

/// The comments of a thread in order of time.
#[derive(Debug)]
pub struct Timeline {
    /// Places of the minute-exact comments in order of time, ties in order of the source; empty
    /// where some comment is dated less exactly or on another clock.
    pub order: Vec<u32>,
    /// Their times in milliseconds, ascending.
    pub millis: Vec<i64>,
    /// The clock that they share.
    pub clock: Option<Clock>,
}

impl Timeline {
    /// Gathers and sorts the times.
    #[must_use]
    pub fn of(thread: &Thread) -> Self {
        let mut timeline = Self { order: Vec::new(), millis: Vec::new(), clock: None };
        let mut stamps: Vec<(i64, u32, u32)> = Vec::with_capacity(thread.len());
        for place in 1..=thread.len() {
            let Some(created) = thread.comment(place).created else { continue };
            let clock = *timeline.clock.get_or_insert(created.clock);
            if !created.is_minute_exact() || created.clock != clock {
                return Self { order: Vec::new(), millis: Vec::new(), clock: None };
            }
            stamps.push((created.millis, thread.position(place), place as u32));
        }
        stamps.sort_unstable();
        timeline.order = stamps.iter().map(|&(_, _, place)| place).collect();
        timeline.millis = stamps.iter().map(|&(millis, ..)| millis).collect();
        timeline
    }

    /// Times between one comment and the next, in seconds.
    pub fn gaps(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        self.millis.windows(2).map(|pair| (pair[1] - pair[0]) as f64 / 1000.0)
    }

    /// Mean and population standard deviation of the gaps; null below `floor` gaps, and where all
    /// gaps are zero.
    #[must_use]
    pub fn spread(&self, floor: usize) -> Option<(f64, f64)> {
        let n = self.millis.len().saturating_sub(1);
        if n < floor.max(1) {
            return None;
        }
        let mean = self.gaps().sum::<f64>() / n as f64;
        let variance = self.gaps().map(|gap| (gap - mean).powi(2)).sum::<f64>() / n as f64;
        (mean > 0.0).then(|| (mean, variance.sqrt()))
    }
}

/// Whole seconds from one moment to a later one.
#[must_use]
pub fn seconds_between(earlier: i64, later: i64) -> i64 {
    (later - earlier) / 1000
}
