//! Many threads: structural virality (Goel et al. 2016) against number of comments. Low is a star
//! of answers to the post, high is a conversation that goes from reply to reply.

use super::scatter::{Measure, rank_correlation, scatter};
use super::scene::Scene;
use super::{Chart, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "threads_by_virality",
    about: "many threads: structural virality against number of comments, with both distributions",
    tables: &[Table::Threads],
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    const TITLE: &str = "Size and structural virality of threads";
    let points = scene.threads("structural_virality")?;
    if let [] | [_] = points[..] {
        let reason = "This chart compares threads, and fewer than two have comments.";
        return Ok(scene.nothing(TITLE, reason));
    }
    let mut values: Vec<f64> = points.iter().map(|point| point.measure).collect();
    values.sort_by(f64::total_cmp);
    let pairs: Vec<_> = points.iter().map(|point| (point.comments, point.measure)).collect();
    let correlation = rank_correlation(&pairs).map(|r| format!("; rank correlation {r:.2}"));
    let measure = Measure {
        name: "structural virality",
        title: format!(
            "Half of {} have a structural virality below {:.1}",
            wording::counted(points.len(), "thread"),
            values[values.len() / 2],
        ),
        subtitle: format!(
            "Mean distance between two comments against number of comments{}",
            correlation.unwrap_or_default()
        ),
        note: "Below 2 is a star of answers to the post; a chain of n comments has (n + 2) / 3. \
               Threads without comments left out."
            .to_owned(),
        whole: false,
    };
    Ok(scatter(scene, &points, &measure))
}
