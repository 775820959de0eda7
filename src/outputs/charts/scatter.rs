//! Threads as points between two measures, with the distribution of each along its axis: what the
//! charts of many threads share. Above some thousands, squares of threads stand for the points.

use super::Svg;
use super::canvas::Rect;
use super::page::{Heading, Key, Page, Sign};
use super::plot::{Axis, Plot, gutter, ticks_for};
use super::scale::{self, Scale};
use super::scene::Scene;
use crate::outputs::wording;

/// A thread.
pub(crate) struct Point {
    pub(crate) title: String,
    pub(crate) comments: f64,
    pub(crate) measure: f64,
}

/// What is drawn against the size of threads.
pub(crate) struct Measure {
    /// The name of the measure, as the axis has it.
    pub(crate) name: &'static str,
    /// The title of the chart.
    pub(crate) title: String,
    /// What stands under it.
    pub(crate) subtitle: String,
    /// The note under the chart.
    pub(crate) note: String,
    /// It is a count, so that an axis has whole numbers only.
    pub(crate) whole: bool,
}

/// More points than this are drawn as squares.
const POINTS: usize = 2_000;
/// Width of the marginal distributions.
const MARGINAL: f64 = 64.0;

/// Draws the points.
pub(crate) fn scatter(scene: &Scene<'_>, points: &[Point], measure: &Measure) -> Svg {
    let theme = &scene.theme;
    let many = points.len() > POINTS;
    let legend = if many {
        let ramp = [0.15, 0.35, 0.55, 0.8, 1.0].map(|share| theme.sequential(share));
        vec![Key::new(Sign::Ramp(ramp), "threads in a square, on a logarithmic scale")]
    } else {
        vec![Key::new(
            Sign::Dot(theme.category(0)),
            "a thread; a larger dot is several of the same",
        )]
    };
    let heading = Heading {
        title: measure.title.clone(),
        subtitle: measure.subtitle.clone(),
        legend,
        note: measure.note.clone(),
        height: 600.0,
    };
    let page = Page::new(scene, &heading);
    let canvas = &page.canvas;
    let most = points.iter().map(|point| point.comments).fold(2.0, f64::max);
    let (low, high) = points
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), p| (a.min(p.measure), b.max(p.measure)));
    let x = Axis::new(
        scale::log_counts(0.8, most * 1.2, ticks_for(page.room.width(), 80.0)),
        "comments in the thread",
    );
    let x = Axis { scale: Scale::Log { low: 0.8, high: most * 1.2 }, ..x };
    let y = if measure.whole {
        scale::counts(high * 1.03, ticks_for(page.room.height(), 60.0))
    } else {
        scale::numbers(low.min(1.0), high * 1.02, ticks_for(page.room.height(), 60.0))
    };
    let y = Axis::new(y, measure.name);
    let room = Rect {
        top: page.room.top + MARGINAL - 16.0,
        right: page.room.right - MARGINAL - 12.0,
        ..page.room
    };
    let plot = Plot::with_gutter(canvas, room, &x, &y, gutter(canvas, &y, page.room));
    if many {
        squares(&page, &plot, points);
    } else {
        canvas.group("threads", || {
            let small = if points.len() > 400 { 2.5 } else { 3.5 };
            for same in together(points) {
                let others = match same.len() {
                    1 => String::new(),
                    n => format!(" and {} more", n - 1),
                };
                let point = same[0];
                canvas.tip(format!(
                    "{}{others}: {}, {} {}",
                    point.title,
                    wording::counted(point.comments as usize, "comment"),
                    measure.name,
                    super::sheet::number(point.measure),
                ));
                let radius = (small * (same.len() as f64).sqrt()).min(13.0);
                plot.dot((point.comments, point.measure), radius, theme.category(0), 0.55);
            }
        });
    }
    marginals(&page, &plot, points, (x.scale, y.scale), measure.whole);
    page.finish()
}

/// Threads at the same place, the larger groups first, so that none hides another.
fn together(points: &[Point]) -> Vec<Vec<&Point>> {
    let mut sorted: Vec<&Point> = points.iter().collect();
    let place = |a: &Point, b: &Point| {
        a.comments.total_cmp(&b.comments).then(a.measure.total_cmp(&b.measure))
    };
    sorted.sort_by(|a, b| place(a, b));
    let mut groups: Vec<Vec<&Point>> =
        sorted.chunk_by(|a, b| place(a, b).is_eq()).map(<[&Point]>::to_vec).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}

/// Counts in so many equal steps between two ends.
fn counts(values: impl Iterator<Item = f64>, (low, high): (f64, f64), steps: usize) -> Vec<f64> {
    let mut counts = vec![0.0; steps];
    for value in values {
        let step = (value - low) / (high - low) * steps as f64;
        counts[(step.max(0.0) as usize).min(steps - 1)] += 1.0;
    }
    counts
}

fn marginals(page: &Page<'_>, plot: &Plot, points: &[Point], (x, y): (Scale, Scale), whole: bool) {
    let (canvas, field) = (&page.canvas, plot.field);
    let color = canvas.theme.category(3);
    let steps = 36;
    let across = counts(points.iter().map(|point| x.coordinate(point.comments)), x.range(), steps);
    let (low, high) = y.range();
    // Whole values have a bar each, as long as there is room for them.
    let levels = if whole && high - low <= 60.0 { (high - low) as usize + 1 } else { steps };
    let ends = if levels == steps { (low, high) } else { (low - 0.5, high + 0.5) };
    let along = counts(points.iter().map(|point| point.measure), ends, levels);
    canvas.group("distributions", || {
        // The title of the vertical axis stands between these bars and the field.
        let top = page.room.top + MARGINAL - 24.0;
        let most = across.iter().copied().fold(1.0, f64::max);
        let width = field.width() / steps as f64;
        for (i, n) in across.iter().enumerate().filter(|(_, n)| **n > 0.0) {
            let left = field.left + i as f64 * width;
            canvas.tip(wording::counted(*n as usize, "thread"));
            let height = (MARGINAL - 28.0) * n / most;
            canvas.rect(Rect::new(left, top - height, left + width - 1.0, top), color);
        }
        let most = along.iter().copied().fold(1.0, f64::max);
        let place = |value: f64| field.bottom - (value - low) / (high - low) * field.height();
        let step = (ends.1 - ends.0) / levels as f64;
        for (i, n) in along.iter().enumerate().filter(|(_, n)| **n > 0.0) {
            let from = place(ends.0 + i as f64 * step).min(field.bottom);
            let to = place(ends.0 + (i + 1) as f64 * step).max(field.top);
            canvas.tip(wording::counted(*n as usize, "thread"));
            let left = field.right + 10.0;
            let gap = if from - to > 4.0 { 0.5 } else { 0.0 };
            canvas.rect(Rect::new(left, to + gap, left + MARGINAL * n / most, from - gap), color);
        }
    });
}

fn squares(page: &Page<'_>, plot: &Plot, points: &[Point]) {
    const SIDE: f64 = 9.0;
    let canvas = &page.canvas;
    let mut cells: std::collections::BTreeMap<(i64, i64), f64> = std::collections::BTreeMap::new();
    for point in points {
        let (x, y) = plot.place(point.comments, point.measure);
        *cells.entry(((x / SIDE) as i64, (y / SIDE) as i64)).or_default() += 1.0;
    }
    let most = cells.values().copied().fold(2.0, f64::max);
    canvas.group("threads", || {
        for (&(x, y), n) in &cells {
            let (left, top) = (x as f64 * SIDE, y as f64 * SIDE);
            canvas.tip(wording::counted(*n as usize, "thread"));
            let color = canvas.theme.sequential(0.15 + 0.85 * n.ln() / most.ln());
            canvas.rect(Rect::new(left, top, left + SIDE - 0.5, top + SIDE - 0.5), color);
        }
    });
}

/// Spearman's rank correlation; none below three pairs or where one side does not vary.
pub(crate) fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let ranks = |values: Vec<f64>| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let mut ranks = vec![0.0; values.len()];
        let mut start = 0;
        while start < order.len() {
            let mut end = start;
            while end < order.len() && values[order[end]].total_cmp(&values[order[start]]).is_eq() {
                end += 1;
            }
            // Equal values share the mean of their ranks.
            let rank = (start + end - 1) as f64 / 2.0;
            order[start..end].iter().for_each(|&i| ranks[i] = rank);
            start = end;
        }
        ranks
    };
    let a = ranks(pairs.iter().map(|pair| pair.0).collect());
    let b = ranks(pairs.iter().map(|pair| pair.1).collect());
    let mean = (pairs.len() as f64 - 1.0) / 2.0;
    let product = |x: &[f64], y: &[f64]| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum()
    };
    let spread = product(&a, &a) * product(&b, &b);
    (pairs.len() >= 3 && spread > 0.0).then(|| product(&a, &b) / spread.sqrt())
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn ranks_correlate_by_hand() {
        assert_eq!(rank_correlation(&[(1.0, 1.0), (2.0, 4.0), (3.0, 9.0)]), Some(1.0));
        assert_eq!(rank_correlation(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]), Some(-1.0));
        assert_eq!(rank_correlation(&[(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]), None);
        // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / sqrt(4.5 * 5).
        let tied = rank_correlation(&[(1.0, 1.0), (2.0, 2.0), (2.0, 3.0), (9.0, 4.0)]);
        assert!(tied.is_some_and(|r| (r - 0.948_683_3).abs() < 1e-6));
        assert_eq!(counts([0.0, 0.5, 1.0].into_iter(), (0.0, 1.0), 2), [1.0, 2.0]);
    }
}
