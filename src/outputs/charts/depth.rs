//! Depth: how many comments stand at each depth, and which share of them gets a reply.

use polars::prelude::{DataType, SortMultipleOptions, col, len, lit};

use super::canvas::{Rect, Text};
use super::page::{Heading, Key, Page, Sign};
use super::plot::{Axis, Plot, gutter, ticks_for};
use super::scene::Scene;
use super::theme::SMALL;
use super::{Chart, Svg, scale};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "depth",
    about: "comments per depth, and the share of them that gets a reply, with its 95 % interval",
    tables: &[Table::Comments, Table::Threads],
    draw,
};

const TITLE: &str = "How deep the replies go";

/// One depth.
struct Level {
    depth: f64,
    comments: f64,
    answered: f64,
}

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let levels = read(scene)?;
    let Some(deepest) = levels.last() else {
        return Ok(scene.nothing(TITLE, "There is no comment, so there is no depth to show."));
    };
    let theme = &scene.theme;
    let all: f64 = levels.iter().map(|level| level.comments).sum();
    let mean = levels.iter().map(|level| level.depth * level.comments).sum::<f64>() / all;
    let answered: f64 = levels.iter().map(|level| level.answered).sum();
    let heading = Heading {
        title: match deepest.depth as u64 {
            1 => "Every comment answers the post".to_owned(),
            depth => format!(
                "Replies go up to {} deep, {mean:.2} on average",
                wording::count(depth as f64)
            ),
        },
        subtitle: format!(
            "{} of {} get a reply. Depth 1 answers the post.",
            wording::percent(answered / all),
            wording::counted(all as usize, "comment"),
        ),
        legend: vec![
            Key::new(Sign::Square(theme.category(0)), "comments"),
            Key::new(Sign::Dot(theme.category(2)), "share that gets a reply, with 95 % interval"),
        ],
        height: 520.0,
        ..Heading::default()
    };
    let page = Page::new(scene, &heading);
    let canvas = &page.canvas;
    let split = page.room.top + page.room.height() * 0.4;
    let upper = Rect::new(page.room.left, page.room.top, page.room.right, split - 14.0);
    let lower = Rect::new(page.room.left, split, page.room.right, page.room.bottom);

    let tallest = levels.iter().map(|level| level.comments).fold(1.0, f64::max);
    let y_share = Axis::new(scale::shares(1.0, 4), "share of comments that get a reply");
    let y_count = Axis::new(scale::counts(tallest * 1.06, 6), "comments");
    let left = gutter(canvas, &y_share, page.room).max(gutter(canvas, &y_count, page.room));
    let x = depth_axis(deepest.depth, page.room.width());
    let bare = Axis { ticks: Vec::new(), title: String::new(), ..x.clone() };

    let shares = Plot::with_gutter(canvas, upper, &bare, &y_share, left);
    let counts = Plot::with_gutter(canvas, lower, &x, &y_count, left);
    let step = counts.place(2.0, 0.0).0 - counts.place(1.0, 0.0).0;
    canvas.group("share that gets a reply", || {
        let color = theme.category(2);
        for level in &levels {
            let (low, high) = wilson(level.answered, level.comments);
            let share = level.answered / level.comments;
            shares.line(&[(level.depth, low), (level.depth, high)], color, 1.5);
            canvas.tip(format!(
                "depth {}: {} of {} get a reply, {} (95 % interval {} to {})",
                wording::count(level.depth),
                wording::count(level.answered),
                wording::count(level.comments),
                wording::percent(share),
                wording::percent(low),
                wording::percent(high),
            ));
            shares.dot((level.depth, share), (step * 0.3).clamp(1.5, 5.0), color, 1.0);
        }
    });
    let widest = levels.iter().map(|level| wording::count(level.comments));
    let widest = widest.map(|text| canvas.face.width(&text, SMALL, false)).fold(0.0, f64::max);
    // Numbers on all bars or on none.
    let roomy = widest + 6.0 < step;
    canvas.group("comments", || {
        for level in &levels {
            canvas.tip(format!(
                "depth {}: {}",
                wording::count(level.depth),
                wording::counted(level.comments as usize, "comment"),
            ));
            let half = if step > 8.0 { 0.38 } else { 0.5 };
            counts.bar(
                (level.depth - half, 0.0),
                (level.depth + half, level.comments),
                theme.category(0),
            );
            let (px, py) = counts.place(level.depth, level.comments);
            let style = Text::new(theme.ink).size(SMALL).middle();
            let text = wording::count(level.comments);
            if roomy {
                canvas.label(&text, (px, py - 9.0), style, &canvas.bounds());
            }
        }
    });
    Ok(page.finish())
}

fn depth_axis(deepest: f64, width: f64) -> Axis {
    let high = deepest.max(3.0) + 0.5;
    let stride = scale::nice((deepest / ticks_for(width, 36.0) as f64).max(1.0));
    let count = (deepest / stride) as u64;
    let mut values: Vec<f64> = (1..=count).map(|i| i as f64 * stride).collect();
    if values.first() != Some(&1.0) {
        values.insert(0, 1.0);
    }
    let ticks = values.into_iter().map(|v| scale::Tick::new(v, wording::count(v))).collect();
    Axis::new((scale::Scale::Linear { low: 0.5, high }, ticks), "depth").without_grid()
}

fn read(scene: &Scene<'_>) -> Result<Vec<Level>> {
    let Some(comments) = scene.query(Table::Comments)? else { return Ok(Vec::new()) };
    let levels = comments
        .group_by([col("depth")])
        .agg([
            len().alias("comments"),
            col("n_replies").gt(lit(0)).cast(DataType::Int64).sum().alias("answered"),
        ])
        .sort(["depth"], SortMultipleOptions::default());
    let rows = scene.collect(levels)?;
    let (depths, comments) = (rows.counts("depth")?, rows.counts("comments")?);
    let answered = rows.counts("answered")?;
    let levels = depths.into_iter().zip(comments).zip(answered);
    Ok(levels.map(|((depth, comments), answered)| Level { depth, comments, answered }).collect())
}

/// The 95 % interval of a share (Wilson 1927).
fn wilson(hits: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    let share = hits / n;
    let scale = 1.0 + Z * Z / n;
    let middle = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    #[test]
    fn wilson_by_a_textbook() {
        // 10 of 20: 0.299 to 0.701 (Newcombe 1998 gives the formula and such values).
        let (low, high) = super::wilson(10.0, 20.0);
        assert!((low - 0.2993).abs() < 1e-4 && (high - 0.7007).abs() < 1e-4, "{low} {high}");
        assert_eq!(super::wilson(0.0, 5.0).0, 0.0);
        assert_eq!(super::wilson(5.0, 5.0).1, 1.0);
    }
}
