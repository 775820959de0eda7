//! Threads to numbers. Each metric is one constant in one registry.
//!
//! Conventions: `n` counts the comments of the tree, placeholders included, and `N = n + 1` its
//! nodes with the post. A ratio is null, never 0 or NaN, where its denominator or its floor is
//! missing; the floor is part of the definition.

use crate::thread::Thread;

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
    pub compute: fn(&Thread) -> Option<f64>,
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
pub static METRICS: &[Metric] = &[Metric {
    name: "max_depth",
    about: "depth of the deepest comment; null without comments",
    unit: Unit::Count,
    reference: "own: the plainest measure of how far a thread goes",
    example: ("ann: a\n  bob: b\ncyd: c", Some(2.0)),
    compute: |thread| thread.depths().iter().skip(1).max().map(|&d| f64::from(d)),
}];

/// The values of all [`METRICS`] for one thread, in their order.
#[must_use]
pub fn measure(thread: &Thread) -> Vec<Option<f64>> {
    METRICS.iter().map(|metric| (metric.compute)(thread)).collect()
}
