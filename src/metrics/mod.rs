//! Threads to numbers. Each metric is one constant in one registry.
//!
//! Conventions: `n` counts the comments of the tree, placeholders included, and `N = n + 1` its
//! nodes with the post. A ratio is null, never 0 or NaN, where its denominator or its floor is
//! missing; the floor is part of the definition, and the number that a ratio rests on is a column
//! beside it.
//!
//! What several metrics need is counted once for each thread, in a [`Context`]: a few passes over
//! the pre-order arrays, so that a thread of a million comments costs no more for each comment
//! than a small one. Only medians, orders of time and pairs of authors are sorted.

pub mod attention;
pub mod delay;
pub mod exchange;
pub mod pace;
pub mod shape;
mod timeline;

use std::cell::OnceCell;

use crate::thread::Thread;

pub use timeline::{Timeline, seconds_between};

/// A number that describes a thread.
pub struct Metric {
    /// Column name.
    pub name: &'static str,
    /// One sentence: the definition, floor included.
    pub about: &'static str,
    /// Unit of the value.
    pub unit: Unit,
    /// Where it comes from: a paper, or `own` with the reason.
    pub reference: &'static str,
    /// A small tree in outline notation and its value there, tested.
    pub example: (&'static str, Option<f64>),
    /// Computes it.
    pub compute: fn(&Context<'_>) -> Option<f64>,
}

/// The counts of one thread that its metrics are made from, each made when it is first asked for.
#[derive(Debug)]
pub struct Context<'t> {
    /// The thread itself.
    pub thread: &'t Thread,
    shape: OnceCell<shape::Shape>,
    exchanges: OnceCell<exchange::Exchanges>,
    authors: OnceCell<attention::Authors>,
    timeline: OnceCell<Timeline>,
    delays: OnceCell<delay::Delays>,
}

impl<'t> Context<'t> {
    /// Nothing is counted yet.
    #[must_use]
    pub fn of(thread: &'t Thread) -> Self {
        Self {
            thread,
            shape: OnceCell::new(),
            exchanges: OnceCell::new(),
            authors: OnceCell::new(),
            timeline: OnceCell::new(),
            delays: OnceCell::new(),
        }
    }

    /// Depths, breadths, leaves.
    pub fn shape(&self) -> &shape::Shape {
        self.shape.get_or_init(|| shape::Shape::of(self.thread))
    }

    /// Who answers whom.
    pub fn exchanges(&self) -> &exchange::Exchanges {
        self.exchanges.get_or_init(|| exchange::Exchanges::of(self.thread))
    }

    /// Comments of each author.
    pub fn authors(&self) -> &attention::Authors {
        self.authors.get_or_init(|| attention::Authors::of(self.thread))
    }

    /// The comments in order of time.
    pub fn timeline(&self) -> &Timeline {
        self.timeline.get_or_init(|| Timeline::of(self.thread))
    }

    /// How long replies took.
    pub fn delays(&self) -> &delay::Delays {
        self.delays.get_or_init(|| delay::Delays::of(self.thread))
    }
}

/// Unit of a metric, which also decides the type of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A whole number of comments, levels, people: `u32`.
    Count,
    /// Whole seconds: `i64`.
    Seconds,
    /// A number without a unit: `f64`.
    Ratio,
}

/// All thread metrics, in the order of their columns.
pub static METRICS: &[Metric] = &[
    shape::MAX_DEPTH,
    shape::MEAN_DEPTH,
    shape::MAX_BREADTH,
    shape::STRUCTURAL_VIRALITY,
    shape::H_INDEX,
    shape::BRANCHING_FACTOR,
    shape::LEAF_SHARE,
    shape::UNANSWERED_SHARE,
    exchange::LONGEST_DYAD,
    exchange::RECIPROCITY,
    exchange::N_REPLY_PAIRS,
    attention::GINI_COMMENTS,
    attention::TOP_AUTHOR_SHARE,
    attention::REENTRY_SHARE,
    pace::N_TIMED,
    pace::LIFETIME_S,
    pace::HALF_LIFE_S,
    pace::TIME_TO_FIRST_S,
    delay::MEDIAN_REPLY_DELAY_S,
    delay::N_REPLY_DELAYS,
    delay::N_NEGATIVE_DELAYS,
    pace::BURSTINESS,
    pace::BURSTINESS_N,
    pace::MEMORY,
];

/// The values of all [`METRICS`] for one thread, in their order.
#[must_use]
pub fn measure(thread: &Thread) -> Vec<Option<f64>> {
    measure_but(thread, &[])
}

/// As [`measure`], but null for the metrics that nobody asks for: `skip` says so by their place; those
/// beyond its end are computed.
#[must_use]
pub fn measure_but(thread: &Thread, skip: &[bool]) -> Vec<Option<f64>> {
    let context = Context::of(thread);
    let skips = skip.iter().copied().chain(std::iter::repeat(false));
    let value = |(metric, skip): (&Metric, bool)| {
        if skip { None } else { (metric.compute)(&context) }
    };
    METRICS.iter().zip(skips).map(value).collect()
}

/// The value of one metric by its column name; `None` also where there is no such metric.
#[must_use]
pub fn value(name: &str, measures: &[Option<f64>]) -> Option<f64> {
    let index = METRICS.iter().position(|metric| metric.name == name)?;
    measures.get(index).copied().flatten()
}

/// A share: null where the whole is nothing.
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
