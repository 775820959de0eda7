//! Pace: when comments come, how evenly, how long a thread lives.
//!
//! All of these read the thread's [`super::Timeline`], which is empty unless every dated
//! comment is exact to the minute; [`N_TIMED`] says how many comments are in.

use super::{Metric, Unit, seconds_between};
use crate::comment::Moment;

/// The number that the figures of pace rest on.
pub const N_TIMED: Metric = Metric {
    name: "n_timed",
    about: "comments that the figures of pace rest on: all dated ones, where every one is exact \
            to the minute and on one clock; else 0",
    unit: Unit::Count,
    reference: "own: the number that lifetime, half-life, burstiness and memory rest on",
    example: ("ann [2026-03-01 10:00]: a\n  bob [2026-03-01 10:05]: b\ncyd: c", Some(2.0)),
    compute: |c| Some(c.timeline().millis.len() as f64),
};

/// From the first comment to the last.
pub const LIFETIME_S: Metric = Metric {
    name: "lifetime_s",
    about: "seconds from the first comment to the last; null without comments, or unless all \
            dated ones are exact to the minute",
    unit: Unit::Seconds,
    reference: "own: the plainest measure of how long a thread lives",
    example: ("ann [2026-03-01 10:00]: a\n  bob [2026-03-01 10:05]: b", Some(300.0)),
    compute: |c| {
        let (first, last) = (c.timeline().millis.first()?, c.timeline().millis.last()?);
        Some(seconds_between(*first, *last) as f64)
    },
};

/// Until half of the comments are in.
pub const HALF_LIFE_S: Metric = Metric {
    name: "half_life_s",
    about: "seconds from the first comment until half of the dated comments are in; null without \
            comments, or unless all dated ones are exact to the minute",
    unit: Unit::Seconds,
    reference: "own: how fast a thread collects half of what it will ever have",
    example: (
        "ann [2026-03-01 10:00]: a\n  bob [2026-03-01 10:05]: b\n  cyd [2026-03-01 11:00]: c\n\
         dan [2026-03-02 10:00]: d",
        Some(300.0),
    ),
    compute: |c| {
        let times = &c.timeline().millis;
        let half = times.get(times.len().div_ceil(2).checked_sub(1)?)?;
        Some(seconds_between(times[0], *half) as f64)
    },
};

/// From the post to the first comment.
pub const TIME_TO_FIRST_S: Metric = Metric {
    name: "time_to_first_s",
    about: "seconds from the post to the first comment; null unless the post and all dated \
            comments are exact to the minute and on one clock",
    unit: Unit::Seconds,
    reference: "own: how long the post waits for its first answer",
    // The outline has no time for its post.
    example: ("ann [2026-03-01 10:00]: a", None),
    compute: |c| {
        let post = c.thread.post().created.filter(Moment::is_minute_exact)?;
        let first =
            c.timeline().millis.first().filter(|_| c.timeline().clock == Some(post.clock))?;
        Some(seconds_between(post.millis, *first) as f64)
    },
};

/// Burstiness.
pub const BURSTINESS: Metric = Metric {
    name: "burstiness",
    about: "(σ - μ)/(σ + μ) of the times between comments, population σ: -1 regular, 0 as chance, \
            towards 1 in bursts; null below 3 gaps (n_timed - 1), or if all comments fall together",
    unit: Unit::Ratio,
    reference: "Goh & Barabási 2008, Burstiness and memory in complex systems, EPL 81",
    example: (
        "ann [2026-03-01 10:00]: a\nbob [2026-03-01 10:10]: b\ncyd [2026-03-01 10:20]: c\n\
         dan [2026-03-01 10:30]: d",
        Some(-1.0),
    ),
    compute: |c| {
        let (mean, deviation) = c.timeline().spread(3)?;
        Some((deviation - mean) / (deviation + mean))
    },
};

/// Burstiness corrected for the number of events.
pub const BURSTINESS_N: Metric = Metric {
    name: "burstiness_n",
    about: "burstiness corrected for the number n of comments: (√(n+1) r - √(n-1)) / \
            ((√(n+1) - 2) r + √(n-1)), r = σ/μ; null where burstiness is",
    unit: Unit::Ratio,
    reference: "Kim & Jo 2016, Measuring burstiness for finite event sequences, Physical Review E \
                94, equation 22",
    example: (
        "ann [2026-03-01 10:00]: a\nbob [2026-03-01 10:10]: b\ncyd [2026-03-01 10:20]: c\n\
         dan [2026-03-01 10:30]: d",
        Some(-1.0),
    ),
    compute: |c| {
        let (mean, deviation) = c.timeline().spread(3)?;
        let ratio = deviation / mean;
        let n = c.timeline().millis.len() as f64;
        let (more, less) = ((n + 1.0).sqrt(), (n - 1.0).sqrt());
        Some((more * ratio - less) / ((more - 2.0) * ratio + less))
    },
};

/// Memory of the times between comments.
pub const MEMORY: Metric = Metric {
    name: "memory",
    about: "Pearson correlation of each time between comments with the next; null below 4 gaps, \
            or where either side does not vary",
    unit: Unit::Ratio,
    reference: "Goh & Barabási 2008, Burstiness and memory in complex systems, EPL 81",
    example: (
        "ann [2026-03-01 10:00]: a\nbob [2026-03-01 10:10]: b\ncyd [2026-03-01 10:30]: c\n\
         dan [2026-03-01 10:40]: d\neve [2026-03-01 11:00]: e",
        Some(-1.0),
    ),
    compute: |c| {
        if c.timeline().millis.len() < 5 {
            return None;
        }
        let pairs = c.timeline().gaps().zip(c.timeline().gaps().skip(1));
        let n = (c.timeline().millis.len() - 2) as f64;
        let (x_sum, y_sum) = pairs.clone().fold((0.0, 0.0), |(x, y), p| (x + p.0, y + p.1));
        let (x_mean, y_mean) = (x_sum / n, y_sum / n);
        let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
        for (x, y) in pairs {
            let (x, y) = (x - x_mean, y - y_mean);
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        // Equal gaps leave only rounding behind, which must not become a correlation.
        let varies = |squares: f64, mean: f64| squares > 1e-18 * n * mean * mean;
        (varies(xx, x_mean) && varies(yy, y_mean)).then(|| (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0))
    },
};
