//! From values to places, and the values worth a tick.

use crate::outputs::wording;

/// How values are laid out along an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scale {
    /// Equal steps.
    Linear { low: f64, high: f64 },
    /// Equal ratios; both ends above 0.
    Log { low: f64, high: f64 },
}

impl Scale {
    /// The coordinate of a value, of which equal steps are equal lengths.
    pub(crate) fn coordinate(self, value: f64) -> f64 {
        match self {
            Self::Linear { .. } => value,
            Self::Log { low, .. } => value.max(low).log10(),
        }
    }

    /// The coordinates of the ends.
    pub(crate) fn range(self) -> (f64, f64) {
        match self {
            Self::Linear { low, high } => (low, high),
            Self::Log { low, high } => (low.log10(), high.log10()),
        }
    }
}

/// A value that is marked on an axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    /// Where.
    pub(crate) value: f64,
    /// What is written there.
    pub(crate) label: String,
    /// What is written under it, where it changes (the date under an hour).
    pub(crate) second: Option<String>,
}

impl Tick {
    pub(crate) fn new(value: f64, label: impl Into<String>) -> Self {
        Self { value, label: label.into(), second: None }
    }
}

/// The smallest of 1, 2, 5, 10, 20, 50, … that is at least `step`.
pub(crate) fn nice(step: f64) -> f64 {
    if step <= 0.0 || !step.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(step.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * power >= step * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

/// A linear scale from 0 to `max` with at most about `most` steps between ticks at whole numbers.
pub(crate) fn counts(max: f64, most: usize) -> (Scale, Vec<Tick>) {
    let max = max.max(1.0);
    let mut step = nice((max / most.max(1) as f64).max(1.0));
    // An axis with one mark beside its zero cannot be read between them.
    while max / step < 2.0 && step > 1.0 {
        step = nice(step / 2.5);
    }
    let steps = (max / step * (1.0 + 1e-9)) as u64;
    let ticks =
        (0..=steps).map(|i| Tick::new(i as f64 * step, wording::count(i as f64 * step))).collect();
    (Scale::Linear { low: 0.0, high: max }, ticks)
}

/// A linear scale from 0 to `max` for shares (0 to 1) in percent.
pub(crate) fn shares(max: f64, most: usize) -> (Scale, Vec<Tick>) {
    let wanted = (max * 100.0 / most.max(1) as f64).max(0.1);
    // Quarters are as familiar as fifths.
    let step = if (20.0..=25.0).contains(&wanted) { 25.0 } else { nice(wanted) } / 100.0;
    let steps = (max / step * (1.0 + 1e-9)) as u64;
    let ticks = (0..=steps.max(1))
        .map(|i| Tick::new(i as f64 * step, wording::percent(i as f64 * step)))
        .collect();
    (Scale::Linear { low: 0.0, high: max.max(step) }, ticks)
}

/// A linear scale between two values, for numbers that are no counts.
pub(crate) fn numbers(low: f64, high: f64, most: usize) -> (Scale, Vec<Tick>) {
    let span = if high > low { high - low } else { 1.0 };
    let step = nice(span / most.max(1) as f64);
    let (first, last) =
        ((low / step).floor(), (high / step - 1e-9).ceil().max((low / step).floor() + 1.0));
    let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
    let ticks = (0..=(last - first) as u64)
        .map(|i| {
            let value = (first + i as f64) * step;
            Tick::new(value, format!("{value:.decimals$}"))
        })
        .collect();
    (Scale::Linear { low: first * step, high: last * step }, ticks)
}

/// A logarithmic scale for counts from 1: powers of ten, with 2 and 5 where there are few.
pub(crate) fn log_counts(low: f64, high: f64, most: usize) -> (Scale, Vec<Tick>) {
    let (low, high) = (low.max(1.0), high.max(low.max(1.0) * 1.5));
    let powers = (low.log10().floor() as i32)..=(high.log10().ceil() as i32);
    let steps: &[f64] = match high.log10() - low.log10() {
        span if span * 3.0 <= most as f64 => &[1.0, 2.0, 5.0],
        span if span * 2.0 <= most as f64 => &[1.0, 3.0],
        _ => &[1.0],
    };
    let ticks = powers
        .flat_map(|power| steps.iter().map(move |step| step * 10f64.powi(power)))
        .filter(|&value| value >= low * 0.999 && value <= high * 1.001)
        .map(|value| Tick::new(value, wording::count(value)))
        .collect();
    (Scale::Log { low, high }, ticks)
}

/// A logarithmic scale for durations in seconds, with ticks at units that people use.
pub(crate) fn log_durations(low: f64, high: f64, most: usize) -> (Scale, Vec<Tick>) {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 3_600.0;
    const DAY: f64 = 86_400.0;
    const MARKS: [(f64, &str); 22] = [
        (1.0, "1 s"),
        (5.0, "5 s"),
        (15.0, "15 s"),
        (MINUTE, "1 min"),
        (5.0 * MINUTE, "5 min"),
        (15.0 * MINUTE, "15 min"),
        (HOUR, "1 h"),
        (3.0 * HOUR, "3 h"),
        (12.0 * HOUR, "12 h"),
        (DAY, "1 day"),
        (3.0 * DAY, "3 days"),
        (7.0 * DAY, "1 week"),
        (30.0 * DAY, "1 month"),
        (91.0 * DAY, "3 months"),
        (365.0 * DAY, "1 year"),
        (3.0 * 365.0 * DAY, "3 years"),
        (10.0 * 365.0 * DAY, "10 years"),
        (2.0 * MINUTE, "2 min"),
        (30.0 * MINUTE, "30 min"),
        (6.0 * HOUR, "6 h"),
        (2.0 * DAY, "2 days"),
        (14.0 * DAY, "2 weeks"),
    ];
    let (low, high) = (low.max(1.0), high.max(low.max(1.0) * 2.0));
    let within = |(value, _): &&(f64, &str)| *value >= low * 0.999 && *value <= high * 1.001;
    let coarse: Vec<_> = MARKS[..17].iter().filter(within).collect();
    let mut marks =
        if coarse.len() * 2 <= most { MARKS.iter().filter(within).collect() } else { coarse };
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let stride = marks.len().div_ceil(most.max(1)).max(1);
    let ticks =
        marks.iter().step_by(stride).map(|(value, label)| Tick::new(*value, *label)).collect();
    (Scale::Log { low, high }, ticks)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn ticks_stand_at_round_values() {
        assert_eq!(nice(0.7), 1.0);
        assert_eq!(nice(1.0), 1.0);
        assert_eq!(nice(3.0), 5.0);
        assert_eq!(nice(0.03), 0.05);
        assert_eq!(labels(&counts(8.0, 5).1), ["0", "2", "4", "6", "8"]);
        assert_eq!(labels(&counts(1.0, 5).1), ["0", "1"]);
        assert_eq!(labels(&counts(0.0, 5).1), ["0", "1"]);
        assert_eq!(labels(&counts(9.0, 1).1), ["0", "2", "4", "6", "8"]);
        assert_eq!(labels(&counts(19.0, 1).1), ["0", "5", "10", "15"]);
        assert_eq!(labels(&counts(23_000.0, 3).1), ["0", "10,000", "20,000"]);
        assert_eq!(labels(&shares(0.38, 4).1), ["0 %", "10 %", "20 %", "30 %"]);
        assert_eq!(labels(&shares(1.0, 4).1), ["0 %", "25 %", "50 %", "75 %", "100 %"]);
        assert_eq!(labels(&numbers(1.8, 3.1, 4).1), ["1.5", "2.0", "2.5", "3.0", "3.5"]);
    }

    #[test]
    fn logarithmic_scales_mark_powers_and_units() {
        let (scale, ticks) = log_counts(1.0, 10_000.0, 6);
        assert_eq!(labels(&ticks), ["1", "10", "100", "1,000", "10,000"]);
        assert_eq!(scale.coordinate(100.0), 2.0);
        assert_eq!(scale.coordinate(0.0), 0.0, "what is below the scale stands at its end");
        let (_, ticks) = log_durations(30.0, 200_000.0, 6);
        assert_eq!(labels(&ticks), ["1 min", "15 min", "3 h", "1 day"]);
    }
}
