//! Many threads: how deep they go against how many comments they have.

use super::scatter::{Measure, scatter};
use super::{Chart, Scene, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "threads_by_depth",
    about: "many threads: depth against number of comments, with the distribution of both",
    tables: &[Table::Threads],
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let measure = Measure {
        column: "max_depth",
        name: "Depth",
        subject: "Size and depth of threads",
        title: |threads, median| {
            format!("Half of {threads} go no deeper than {}", wording::count(median))
        },
        subtitle: "Depth of the deepest reply against number of comments",
        note: "Threads without comments left out.",
        whole: true,
    };
    scatter(scene, &measure)
}
