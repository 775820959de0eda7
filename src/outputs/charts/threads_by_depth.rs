//! Many threads: how deep they go against how many comments they have.

use super::scatter::{Measure, Point, rank_correlation, scatter};
use super::scene::Scene;
use super::{Chart, Svg};
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
    const TITLE: &str = "Size and depth of threads";
    let points = scene.threads("max_depth")?;
    if let [] | [_] = points[..] {
        let reason = "This chart compares threads, and fewer than two have comments.";
        return Ok(scene.nothing(TITLE, reason));
    }
    let mut depths: Vec<f64> = points.iter().map(|point: &Point| point.measure).collect();
    depths.sort_by(f64::total_cmp);
    let pairs: Vec<_> = points.iter().map(|point| (point.comments, point.measure)).collect();
    let correlation = rank_correlation(&pairs).map(|r| format!("; rank correlation {r:.2}"));
    let measure = Measure {
        name: "depth",
        title: format!(
            "Half of {} go no deeper than {}",
            wording::counted(points.len(), "thread"),
            wording::count(depths[(depths.len() - 1) / 2]),
        ),
        subtitle: format!(
            "Deepest reply against number of comments{}",
            correlation.unwrap_or_default()
        ),
        note: "Threads without comments left out.".to_owned(),
        whole: true,
    };
    Ok(scatter(scene, &points, &measure))
}
