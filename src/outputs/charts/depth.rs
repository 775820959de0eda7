//! Depth: how many comments stand at each depth, and which share of them gets a reply.

use polars::prelude::{DataType, SortMultipleOptions, col, len, lit};

use super::canvas::{Rect, Text};
use super::legend::{Key, Sign};
use super::page::{Heading, Page};
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
/// Levels with fewer comments than these are put together with what lies deeper,
const FEW: f64 = 5.0;
/// but so many levels stand by themselves,
const LEAST: usize = 10;
/// and never more than these.
const MOST: usize = 40;
/// A bar is at most so wide, in pixels.
const WIDEST: f64 = 72.0;

/// One depth, or all from it on.
#[derive(Debug, Clone, PartialEq)]
struct Level {
    depth: f64,
    comments: f64,
    answered: f64,
    /// The depth of the deepest comment in it.
    deepest: f64,
}

impl Level {
    fn label(&self) -> String {
        let more = if self.deepest > self.depth { "+" } else { "" };
        format!("{}{more}", wording::count(self.depth))
    }
}

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let levels = read(scene)?;
    let sum: f64 = levels.iter().map(|level| level.depth * level.comments).sum();
    let levels = together(levels);
    let Some(last) = levels.last() else {
        return Ok(scene.nothing(TITLE, "There is no comment, so there is no depth to show."));
    };
    let theme = &scene.theme;
    let all: f64 = levels.iter().map(|level| level.comments).sum();
    let mean = sum / all;
    let answered: f64 = levels.iter().map(|level| level.answered).sum();
    let mut heading = Heading {
        title: match last.deepest as u64 {
            1 if all <= 1.0 => "One comment, which answers the post".to_owned(),
            1 => "Every comment answers the post".to_owned(),
            depth => format!(
                "Replies go up to {} deep, {mean:.2} on average",
                wording::count(depth as f64)
            ),
        },
        subtitle: if answered > 0.0 {
            let share = wording::percent(answered / all);
            let comments = wording::counted(all as usize, "comment");
            format!("{share} of {comments} get a reply. Depth 1 answers the post.")
        } else {
            "None gets a reply. Depth 1 answers the post.".to_owned()
        },
        height: 480.0,
        ..Heading::default()
    };
    if last.deepest > last.depth {
        heading.note = format!(
            "Depths {} to {} stand together.",
            wording::count(last.depth),
            wording::count(last.deepest)
        );
    }
    let page = Page::new(scene, &heading);
    let canvas = &page.canvas;
    let split = page.room.top + page.room.height() * 0.46;
    let upper = Rect::new(page.room.left, page.room.top, page.room.right, split - 16.0);
    let lower = Rect::new(page.room.left, split, page.room.right, page.room.bottom);

    let tallest = levels.iter().map(|level| level.comments).fold(1.0, f64::max);
    let steps = ticks_for(upper.height() - 40.0, 28.0).min(4);
    let y_share = Axis::new(scale::shares(1.0, steps), "Share that gets a reply")
        .keyed(vec![Key::new(Sign::Interval(theme.category(2)), "with its 95 % interval")]);
    let steps = ticks_for(lower.height() - 70.0, 36.0).min(6);
    let y_count = Axis::new(scale::counts(tallest * 1.12, steps), "Comments");
    let left = gutter(canvas, &y_share, page.room).max(gutter(canvas, &y_count, page.room));
    let x = depth_axis(&levels, page.room.width());
    let bare = Axis::new((x.scale, Vec::new()), "");
    answered_shares(&page, &Plot::with_gutter(canvas, upper, &bare, &y_share, left), &levels);
    comments(&page, &Plot::with_gutter(canvas, lower, &x, &y_count, left), &levels);
    Ok(page.finish())
}

/// Room for each depth, in pixels.
fn step(plot: &Plot) -> f64 {
    plot.place(2.0, 0.0).0 - plot.place(1.0, 0.0).0
}

fn answered_shares(page: &Page<'_>, plot: &Plot, levels: &[Level]) {
    let (canvas, color) = (&page.canvas, page.canvas.theme.category(2));
    let step = step(plot);
    canvas.group("share that gets a reply", || {
        for level in levels {
            let (low, high) = wilson(level.answered, level.comments);
            let share = level.answered / level.comments;
            plot.line(&[(level.depth, low), (level.depth, high)], color, 1.5);
            canvas.tip(format!(
                "depth {}: {} of {} get a reply, {} (95 % interval {} to {})",
                level.label(),
                wording::count(level.answered),
                wording::count(level.comments),
                wording::percent(share),
                wording::percent(low),
                wording::percent(high),
            ));
            plot.dot((level.depth, share), (step * 0.3).clamp(1.5, 5.0), color, 1.0);
            if step > 56.0 {
                let (x, y) = plot.place(level.depth, share);
                let style = Text::new(canvas.theme.ink).size(SMALL).halo(canvas.theme.background);
                // Beside the dot, but not on the line of the axis.
                let y = if share < 0.06 { y - 9.0 } else { y };
                canvas.label(&wording::percent(share), (x + 9.0, y), style, &canvas.bounds());
            }
        }
    });
}

fn comments(page: &Page<'_>, plot: &Plot, levels: &[Level]) {
    let canvas = &page.canvas;
    let step = step(plot);
    let widest = levels.iter().map(|level| wording::count(level.comments));
    let widest = widest.map(|text| canvas.face.width(&text, SMALL, false)).fold(0.0, f64::max);
    // Numbers on all bars or on none.
    let roomy = widest + 6.0 < step;
    let half = if step > 8.0 { 0.38_f64.min(WIDEST / 2.0 / step) } else { 0.5 };
    canvas.group("comments", || {
        for level in levels {
            canvas.tip(format!(
                "depth {}: {}",
                level.label(),
                wording::counted(level.comments as usize, "comment"),
            ));
            let (from, to) = ((level.depth - half, 0.0), (level.depth + half, level.comments));
            plot.bar(from, to, canvas.theme.plain());
            let (x, y) = plot.place(level.depth, level.comments);
            let style = Text::new(canvas.theme.ink).size(SMALL).middle();
            if roomy {
                let text = wording::count(level.comments);
                canvas.label(&text, (x, y - 9.0), style, &canvas.bounds());
            }
        }
    });
}

fn depth_axis(levels: &[Level], width: f64) -> Axis {
    let most = ticks_for(width, 36.0);
    let stride = scale::nice((levels.len() as f64 / most as f64).max(1.0)) as usize;
    let last = levels.len() - 1;
    // Every second or fifth, from 1 on; and the last, if it stands for several.
    let marked = |i: usize| {
        i.is_multiple_of(stride) && i + stride / 2 < last
            || i == last && stride == 1
            || i == last && levels[i].deepest > levels[i].depth
    };
    let ticks = levels
        .iter()
        .enumerate()
        .filter(|&(i, _)| marked(i) || levels.len() == 1)
        .map(|(_, level)| scale::Tick::new(level.depth, level.label()))
        .collect();
    let high = levels[last].depth.max(3.0) + 0.5;
    Axis::new((scale::Scale::Linear { low: 0.5, high }, ticks), "depth").without_grid()
}

/// Where comments become few, what lies deeper stands together: a share of one or two says nothing.
fn together(levels: Vec<Level>) -> Vec<Level> {
    let few = levels.iter().position(|level| level.comments < FEW).unwrap_or(levels.len());
    let kept = few.clamp(LEAST, MOST);
    if levels.len() <= kept + 1 {
        return levels;
    }
    let mut levels = levels;
    let deeper = levels.split_off(kept);
    levels.push(Level {
        depth: deeper[0].depth,
        comments: deeper.iter().map(|level| level.comments).sum(),
        answered: deeper.iter().map(|level| level.answered).sum(),
        deepest: deeper[deeper.len() - 1].depth,
    });
    levels
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
    let level = |((depth, comments), answered)| Level { depth, comments, answered, deepest: depth };
    Ok(levels.map(level).collect())
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
    use super::*;

    #[test]
    fn deep_levels_with_few_comments_stand_together() {
        let level = |depth: u32| Level {
            depth: f64::from(depth),
            comments: if depth <= 12 { 9.0 } else { 2.0 },
            answered: 1.0,
            deepest: f64::from(depth),
        };
        let levels: Vec<Level> = (1..=20).map(level).collect();
        let found = together(levels.clone());
        assert_eq!(found.len(), 13);
        let last = Level { depth: 13.0, comments: 16.0, answered: 8.0, deepest: 20.0 };
        assert_eq!(found[12], last);
        assert_eq!(last.label(), "13+");
        assert_eq!(together(levels[..11].to_vec()).len(), 11, "one level is no group");
        assert!(together(Vec::new()).is_empty());
    }

    #[test]
    fn wilson_by_a_textbook() {
        // 10 of 20: 0.299 to 0.701 (Newcombe 1998 gives the formula and such values).
        let (low, high) = wilson(10.0, 20.0);
        assert!((low - 0.2993).abs() < 1e-4 && (high - 0.7007).abs() < 1e-4, "{low} {high}");
        assert_eq!(wilson(0.0, 5.0).0, 0.0);
        assert_eq!(wilson(5.0, 5.0).1, 1.0);
    }
}
