//! Delay: how long a reply took.
//!
//! A delay needs two times that are exact to the minute and on the same clock. A negative one (the
//! reply is dated before the comment it answers) is shown for the comment, but kept out of the
//! thread's median and counted.

use super::{Metric, Unit, seconds_between};
use crate::comment::Moment;
use crate::thread::Thread;

/// The delays of the replies to comments.
#[derive(Debug)]
pub struct Delays {
    /// Median of the delays that are not negative, in seconds, rounded to whole ones.
    pub median: Option<i64>,
    /// How many that median rests on.
    pub counted: usize,
    /// How many were negative and left out.
    pub negative: usize,
}

impl Delays {
    /// One pass over the replies; the median by selection.
    #[must_use]
    pub fn of(thread: &Thread) -> Self {
        let mut delays: Vec<i64> = Vec::with_capacity(thread.len());
        let mut negative = 0;
        for place in 1..=thread.len() {
            if thread.parents()[place] == 0 {
                continue;
            }
            match reply_delay_s(thread, place) {
                Some(delay) if delay < 0 => negative += 1,
                Some(delay) => delays.push(delay),
                None => {}
            }
        }
        Self { median: median(&mut delays), counted: delays.len(), negative }
    }
}

/// Seconds from what a comment answers (the post at depth 1) to the comment; null unless both
/// times are exact to the minute and on the same clock.
///
/// # Panics
/// At place 0 and beyond the thread, as [`Thread::comment`].
#[must_use]
pub fn reply_delay_s(thread: &Thread, place: usize) -> Option<i64> {
    let parent = thread.parents()[place] as usize;
    let asked = if parent == 0 { thread.post().created } else { thread.comment(parent).created };
    let asked = asked.filter(Moment::is_minute_exact)?;
    let answered = thread.comment(place).created.filter(Moment::is_minute_exact)?;
    (asked.clock == answered.clock).then(|| seconds_between(asked.millis, answered.millis))
}

/// Median; of an even number the mean of the middle two, rounded up to a whole one.
fn median(values: &mut [i64]) -> Option<i64> {
    let n = values.len();
    if n == 0 {
        return None;
    }
    let (below, &mut upper, _) = values.select_nth_unstable(n / 2);
    if n % 2 == 1 {
        return Some(upper);
    }
    let lower = below.iter().copied().max().unwrap_or(upper);
    Some(lower + (upper - lower + 1) / 2)
}

/// Median reply delay.
pub const MEDIAN_REPLY_DELAY_S: Metric = Metric {
    name: "median_reply_delay_s",
    about: "median seconds from a comment to a reply to it, over replies where both times are \
            exact to the minute; negative delays are left out (n_negative_delays); null without \
            a delay (n_reply_delays)",
    unit: Unit::Seconds,
    reference: "own: the typical wait for an answer; the median, as delays are heavy-tailed",
    example: (
        "ann [2026-03-01 10:00]: a\n  bob [2026-03-01 10:05]: b\n  cyd [2026-03-01 10:15]: c",
        Some(600.0),
    ),
    compute: |c| c.delays().median.map(|seconds| seconds as f64),
};

/// The number that the median rests on.
pub const N_REPLY_DELAYS: Metric = Metric {
    name: "n_reply_delays",
    about: "replies to comments that median_reply_delay_s rests on",
    unit: Unit::Count,
    reference: "own: the number that the median delay rests on",
    example: ("ann [2026-03-01 10:00]: a\n  bob [2026-03-01 10:00]: b\n  cyd: c", Some(1.0)),
    compute: |c| Some(c.delays().counted as f64),
};

/// Replies dated before what they answer.
pub const N_NEGATIVE_DELAYS: Metric = Metric {
    name: "n_negative_delays",
    about: "replies dated before the comment they answer, left out of median_reply_delay_s",
    unit: Unit::Count,
    reference: "own: what the median delay leaves out",
    example: ("ann [2026-03-01 10:00]: a\n  bob [2026-03-01 09:00]: b", Some(1.0)),
    compute: |c| Some(c.delays().negative as f64),
};
