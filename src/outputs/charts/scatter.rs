//! Threads as points between two measures, with the distribution of each along its axis: what the
//! charts of many threads share. Above some thousands, squares of threads stand for the points.

use super::Svg;
use super::canvas::{Rect, Text};
use super::figures::{counts, median, rank_correlation};
use super::legend::{Key, Sign};
use super::page::{Heading, Page};
use super::plot::{Axis, Plot, gutter, ticks_for};
use super::scale::{self, Scale};
use super::scene::Scene;
use super::theme::SMALL;
use crate::error::Result;
use crate::outputs::wording;

/// A thread.
pub(crate) struct Point {
    /// Its title or id; empty where there are too many to be told apart.
    pub(crate) title: String,
    pub(crate) comments: f64,
    pub(crate) measure: f64,
}

/// What is drawn against the size of threads.
pub(crate) struct Measure {
    /// Its column in the table of threads.
    pub(crate) column: &'static str,
    /// Its name, as the axis has it.
    pub(crate) name: &'static str,
    /// The title where there is nothing to compare.
    pub(crate) subject: &'static str,
    /// The title, from the number of threads in words and the median of the measure.
    pub(crate) title: fn(&str, f64) -> String,
    /// What stands under the title.
    pub(crate) subtitle: &'static str,
    /// The note under the chart.
    pub(crate) note: &'static str,
    /// It is a count, so that an axis has whole numbers only.
    pub(crate) whole: bool,
}

/// More points than this are drawn as squares.
pub(crate) const POINTS: usize = 2_000;
/// From a largest measure so many times the median on, the axis is logarithmic.
const SKEWED: f64 = 8.0;
/// Width of the marginal distributions.
const MARGINAL: f64 = 64.0;

/// Draws the threads.
pub(crate) fn scatter(scene: &Scene<'_>, measure: &Measure) -> Result<Svg> {
    let points = scene.threads(measure.column)?;
    if let [] | [_] = points[..] {
        let reason = "This chart compares threads, and fewer than two have comments.";
        return Ok(scene.nothing(measure.subject, reason));
    }
    Ok(draw(scene, &points, measure))
}

fn heading(points: &[Point], measure: &Measure, legend: Key) -> Heading {
    let pairs: Vec<_> = points.iter().map(|point| (point.comments, point.measure)).collect();
    let correlation = rank_correlation(&pairs).map(|r| format!("; rank correlation {r:.2}"));
    let middle = median(points.iter().map(|point| point.measure));
    Heading {
        title: (measure.title)(&wording::counted(points.len(), "thread"), middle),
        subtitle: format!("{}{}", measure.subtitle, correlation.unwrap_or_default()),
        legend: vec![legend],
        note: measure.note.to_owned(),
        height: 600.0,
    }
}

fn draw(scene: &Scene<'_>, points: &[Point], measure: &Measure) -> Svg {
    let theme = &scene.theme;
    let many = points.len() > POINTS;
    let legend = if many {
        let ramp = [0.15, 0.35, 0.55, 0.8, 1.0].map(|share| theme.sequential(share));
        Key::new(Sign::Ramp(ramp), "threads in a square, on a logarithmic scale")
    } else {
        Key::new(Sign::Dot(theme.plain()), "a thread; a larger dot is several of the same")
    };
    let page = Page::new(scene, &heading(points, measure, legend));
    let canvas = &page.canvas;
    let most = points.iter().map(|point| point.comments).fold(2.0, f64::max);
    let (low, high) = points
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), p| (a.min(p.measure), b.max(p.measure)));
    let x = Axis::new(
        scale::log_counts(0.8, most * 1.2, ticks_for(page.room.width(), 80.0)),
        "comments in the thread",
    );
    let x = x.over(Scale::Log { low: 0.8, high: most * 1.2 });
    let steps = ticks_for(page.room.height(), 60.0);
    let middle = median(points.iter().map(|point| point.measure));
    let y = if high > SKEWED * middle.max(1.0) {
        let (low, high) = (low.clamp(0.1, 0.9), high * 1.15);
        (Scale::Log { low, high }, scale::log_counts(1.0, high, steps).1)
    } else if measure.whole {
        scale::counts(high * 1.03, steps)
    } else {
        scale::numbers(low.min(1.0), high * 1.02, steps)
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
                plot.dot((point.comments, point.measure), radius, theme.plain(), 0.55);
            }
        });
    }
    marginals(&page, &plot, points, (x.scale, y.scale), measure.whole);
    medians(&page, &plot, points, measure);
    extremes(&page, &plot, points);
    page.finish()
}

/// Lines at the median of both measures, so that the title can be seen.
fn medians(page: &Page<'_>, plot: &Plot, points: &[Point], measure: &Measure) {
    let (canvas, theme) = (&page.canvas, &page.canvas.theme);
    let size = median(points.iter().map(|point| point.comments));
    let middle = median(points.iter().map(|point| point.measure));
    let (left, right) = (plot.field.left, plot.field.right);
    canvas.group("medians", || {
        canvas.dashed(|| {
            let at = plot.place(size, middle);
            let (top, bottom) = (plot.field.top, plot.field.bottom);
            canvas.line(&[(at.0, top), (at.0, bottom)], theme.category(2), 1.2);
            canvas.line(&[(left, at.1), (right, at.1)], theme.category(2), 1.2);
        });
        let style = Text::new(theme.ink).size(SMALL).halo(theme.background);
        let at = plot.place(size, middle).0;
        let text = format!("median {}", wording::count(size));
        canvas.label(&text, (at + 5.0, plot.field.top + 9.0), style, &plot.field);
        let text = if measure.whole {
            format!("median {}", wording::count(middle))
        } else {
            format!("median {middle:.1}")
        };
        let y = plot.place(size, middle).1 - 9.0;
        canvas.label(&text, (right - 6.0, y), style.end(), &plot.field);
    });
}

/// Names the largest thread and the one with the most of the measure.
fn extremes(page: &Page<'_>, plot: &Plot, points: &[Point]) {
    let canvas = &page.canvas;
    let style = Text::new(canvas.theme.ink).size(SMALL).halo(canvas.theme.background);
    let most = |of: fn(&Point) -> f64| {
        points.iter().rev().max_by(|a, b| of(a).total_cmp(&of(b))).filter(|p| !p.title.is_empty())
    };
    let shared = |title: &str| points.iter().filter(|point| point.title == title).count() > 1;
    canvas.group("extremes", || {
        for point in [most(|point| point.comments), most(|point| point.measure)] {
            let Some(point) = point.filter(|point| !shared(&point.title)) else { continue };
            let text = canvas.face.shorten(&point.title, style.size, false, 200.0);
            let (x, y) = plot.place(point.comments, point.measure);
            let beside = canvas.label(&text, (x + 9.0, y), style, &plot.field)
                || canvas.label(&text, (x - 9.0, y), style.end(), &plot.field);
            if !beside {
                canvas.label(&text, (x, y - 13.0), style.end(), &plot.field);
            }
        }
    });
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

fn marginals(page: &Page<'_>, plot: &Plot, points: &[Point], (x, y): (Scale, Scale), whole: bool) {
    let (canvas, field) = (&page.canvas, plot.field);
    let color = canvas.theme.category(3);
    let steps = 36;
    let across = counts(points.iter().map(|point| x.coordinate(point.comments)), x.range(), steps);
    let (low, high) = y.range();
    // Whole values have a bar each, as long as there is room for them.
    let each = whole && matches!(y, Scale::Linear { .. }) && high - low <= 60.0;
    let levels = if each { (high - low) as usize + 1 } else { steps };
    let ends = if each { (low - 0.5, low + levels as f64 - 0.5) } else { (low, high) };
    let along = counts(points.iter().map(|point| y.coordinate(point.measure)), ends, levels);
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
