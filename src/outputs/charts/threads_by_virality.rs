//! Many threads: structural virality (Goel et al. 2016) against number of comments. Low is a star
//! of answers to the post, high is a conversation that goes from reply to reply.

use super::scatter::{Measure, scatter};
use super::{Chart, Scene, Svg};
use crate::error::Result;
use crate::frames::Table;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "threads_by_virality",
    about: "many threads: structural virality against number of comments, with both distributions",
    tables: &[Table::Threads],
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let measure = Measure {
        column: "structural_virality",
        name: "Structural virality",
        subject: "Size and structural virality of threads",
        title: |threads, median| {
            format!("Half of {threads} have a structural virality of {median:.1} or less")
        },
        subtitle: "Mean distance between two comments against number of comments",
        note: "Below 2 is a star of answers to the post; a chain of n comments has (n + 2) / 3. \
               Threads without comments left out.",
        whole: false,
    };
    scatter(scene, &measure)
}
