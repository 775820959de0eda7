//! Reply delay: how long after its parent a reply came, on a logarithmic scale, over all and by
//! depth.

use polars::prelude::{DataType, col, lit};

use super::canvas::{Rect, Text};
use super::legend::{Key, Sign};
use super::page::{Heading, Page};
use super::plot::{Axis, Plot, gutter, ticks_for};
use super::scale::{self, Scale};
use super::scene::Scene;
use super::theme::{Color, SMALL, Theme, mix};
use super::{Chart, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "delay",
    about: "time from a comment to its replies on a logarithmic scale, over all and by depth",
    tables: &[Table::Comments, Table::Threads],
    draw,
};

const TITLE: &str = "How fast replies come";
/// Depths with a row of their own.
const ROWS: usize = 8;
/// The height of such a row, in pixels.
const ROW: f64 = 28.0;

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let (delays, negative) = read(scene)?;
    if delays.is_empty() {
        let reason = "No reply and its parent both carry a time exact to the minute.";
        return Ok(scene.nothing(TITLE, reason));
    }
    let all = sorted(delays.iter().map(|&(_, delay)| delay));
    let (median, last) = (quantile(&all, 0.5), all[all.len() - 1]);
    let shortest = all.iter().copied().find(|&delay| delay > 0.0).unwrap_or(60.0).min(3_600.0);
    let groups = groups(&delays);
    let mut heading = Heading {
        title: if all.len() == 1 {
            format!("The only reply came after {}", wording::duration(median))
        } else {
            format!("Half of the replies came within {}", wording::duration(median))
        },
        subtitle: format!(
            "{} to comments, 90 % of them within {}",
            wording::counted(all.len(), "reply"),
            wording::duration(quantile(&all, 0.9)),
        ),
        height: 340.0 + ROW * groups.len() as f64,
        ..Heading::default()
    };
    if negative > 0.0 {
        let n = wording::counted(negative as usize, "reply");
        heading.note = format!("{n} with a time before the parent's left out.");
    }
    let page = Page::new(scene, &heading);
    let canvas = &page.canvas;
    let below = 84.0 + ROW * groups.len() as f64;
    let split = (page.room.bottom - below).max(page.room.top + page.room.height() * 0.35);
    let upper = Rect::new(page.room.left, page.room.top, page.room.right, split - 16.0);
    let lower = Rect::new(page.room.left, split, page.room.right, page.room.bottom);

    let (scale, ticks) = scale::log_durations(shortest, last, ticks_for(page.room.width(), 90.0));
    let bins = bins(&all, scale, (page.room.width() / 24.0) as usize);
    let x = Axis::new((widened(scale), ticks), "time from the parent to the reply");
    let tallest = bins.iter().map(|bin| bin.2).fold(1.0, f64::max);
    let steps = ticks_for(upper.height() - 50.0, 30.0).min(5);
    let y = Axis::new(scale::counts(tallest * 1.18, steps), "Replies");
    let rows = groups.iter().map(|group| group.label.clone());
    let rows = Axis::categories(rows, "By depth").downwards().keyed(group_keys(&page, &groups));
    let left = gutter(canvas, &rows, page.room).max(gutter(canvas, &y, page.room));
    let plot = Plot::with_gutter(canvas, upper, &x.unlabelled(), &y, left);
    histogram(&page, &plot, &bins);
    mark_median(&page, &plot, median, y.scale.range().1);
    let plot = Plot::with_gutter(canvas, lower, &x, &rows, left);
    canvas.group("by depth", || {
        for (i, group) in groups.iter().enumerate() {
            group.draw(&page, &plot, i as f64);
        }
    });
    Ok(page.finish())
}

/// The colour of the middle half: dots and the median are seen on it.
fn middle_half(theme: &Theme) -> Color {
    mix(theme.background, theme.plain(), 0.4)
}

fn group_keys(page: &Page<'_>, groups: &[Group]) -> Vec<Key> {
    let theme = &page.canvas.theme;
    let mut keys = vec![
        Key::new(Sign::Stroke(theme.category(2)), "median"),
        Key::new(Sign::Square(middle_half(theme)), "middle half"),
        Key::new(Sign::Line(theme.muted), "5 % to 95 %"),
    ];
    if groups.iter().any(Group::dotted) {
        keys.insert(0, Key::new(Sign::Dot(theme.plain()), "a reply"));
    }
    keys
}

/// Room at both ends, so that marks there do not touch what stands beside the field.
fn widened(scale: Scale) -> Scale {
    let (low, high) = scale.range();
    let more = (high - low) * 0.015;
    Scale::Log { low: 10f64.powf(low - more), high: 10f64.powf(high + more) }
}

fn histogram(page: &Page<'_>, plot: &Plot, bins: &[(f64, f64, f64)]) {
    let canvas = &page.canvas;
    canvas.group("replies", || {
        for &(from, to, n) in bins.iter().filter(|bin| bin.2 > 0.0) {
            let count = wording::counted(n as usize, "reply");
            let (from_text, to_text) = (wording::duration(from), wording::duration(to));
            canvas.tip(format!("{from_text} to {to_text}: {count}"));
            plot.bar((from * 1.01, 0.0), (to / 1.01, n), canvas.theme.plain());
        }
    });
}

fn mark_median(page: &Page<'_>, plot: &Plot, median: f64, top: f64) {
    let (canvas, theme) = (&page.canvas, &page.canvas.theme);
    plot.line(&[(median, 0.0), (median, top)], theme.category(2), 2.0);
    let style = Text::new(theme.ink).size(SMALL).halo(theme.background);
    let text = format!("median {}", wording::duration(median));
    let (x, y) = plot.place(median, top);
    let at = (x + 7.0, y + style.line() / 2.0 + 1.0);
    if !canvas.label(&text, at, style, &plot.field) {
        canvas.label(&text, (x - 7.0, at.1), style.end(), &plot.field);
    }
}

/// The replies of one depth, or of several.
struct Group {
    label: String,
    delays: Vec<f64>,
}

impl Group {
    /// Its replies are few enough to be seen one by one.
    fn dotted(&self) -> bool {
        self.delays.len() <= 30
    }

    fn draw(&self, page: &Page<'_>, plot: &Plot, row: f64) {
        let (canvas, theme) = (&page.canvas, &page.canvas.theme);
        let at = |share: f64| quantile(&self.delays, share);
        // A box of four replies or fewer would say less than their dots.
        let boxed = self.delays.len() > 4;
        if boxed {
            plot.line(&[(at(0.05), row), (at(0.95), row)], theme.muted, 1.2);
        }
        let summary = format!(
            "{}: {}, median {}, middle half {} to {}",
            self.label,
            wording::counted(self.delays.len(), "reply"),
            wording::duration(at(0.5)),
            wording::duration(at(0.25)),
            wording::duration(at(0.75)),
        );
        if boxed {
            canvas.tip(summary.as_str());
            plot.bar((at(0.25), row - 0.26), (at(0.75), row + 0.26), middle_half(theme));
        }
        if self.dotted() {
            for &delay in &self.delays {
                canvas.tip(wording::duration(delay));
                plot.dot((delay, row), 2.8, theme.plain(), 1.0);
            }
        }
        canvas.tip(summary);
        plot.line(&[(at(0.5), row - 0.36), (at(0.5), row + 0.36)], theme.category(2), 2.5);
    }
}

/// Depths with enough room for a row each; deeper ones share the last.
fn groups(delays: &[(f64, f64)]) -> Vec<Group> {
    let mut depths: Vec<f64> = delays.iter().map(|&(depth, _)| depth).collect();
    depths.sort_by(f64::total_cmp);
    depths.dedup();
    let single = if depths.len() > ROWS { ROWS - 1 } else { depths.len() };
    let group = |label: String, delays: Vec<f64>| {
        let label = format!("{label} ({})", wording::count(delays.len() as f64));
        Group { label, delays }
    };
    let mut groups: Vec<Group> = depths[..single]
        .iter()
        .map(|&depth| {
            let own = delays.iter().filter(|d| d.0.total_cmp(&depth).is_eq()).map(|d| d.1);
            group(format!("depth {}", wording::count(depth)), sorted(own))
        })
        .collect();
    if let Some(&from) = depths.get(single) {
        let deeper = delays.iter().filter(|d| d.0 >= from).map(|d| d.1);
        groups.push(group(format!("depth {} and more", wording::count(from)), sorted(deeper)));
    }
    groups
}

/// Bins of equal width on the logarithmic scale: from, to, count. What is below the scale counts
/// in the first.
fn bins(delays: &[f64], scale: Scale, most: usize) -> Vec<(f64, f64, f64)> {
    let (low, high) = scale.range();
    let n = ((delays.len() as f64).sqrt() as usize * 2).clamp(8, most.clamp(8, 60));
    let edge = |i: usize| 10f64.powf(low + (high - low) * i as f64 / n as f64);
    let mut bins: Vec<(f64, f64, f64)> = (0..n).map(|i| (edge(i), edge(i + 1), 0.0)).collect();
    for &delay in delays {
        let place = (scale.coordinate(delay) - low) / (high - low) * n as f64;
        bins[(place as usize).min(n - 1)].2 += 1.0;
    }
    bins
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The value below which a share of sorted values lies, between two of them in proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64)
}

/// Depth and delay in seconds of all replies to comments, and how many have a negative delay.
fn read(scene: &Scene<'_>) -> Result<(Vec<(f64, f64)>, f64)> {
    let Some(comments) = scene.query(Table::Comments)? else { return Ok((Vec::new(), 0.0)) };
    let rows = comments
        .filter(col("depth").gt(lit(1)).and(col("reply_delay_s").is_not_null()))
        .select([col("depth"), col("reply_delay_s").cast(DataType::Float64)]);
    let rows = scene.collect(rows)?;
    let (depths, delays) = (rows.counts("depth")?, rows.counts("reply_delay_s")?);
    let (kept, negative): (Vec<_>, Vec<_>) =
        depths.into_iter().zip(delays).partition(|&(_, delay)| delay >= 0.0);
    Ok((kept, negative.len() as f64))
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_bins_by_hand() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 2.0], 0.5), 1.5);
        assert_eq!(quantile(&[7.0], 0.9), 7.0);
        let bins = bins(&[0.0, 1.0, 10.0, 100.0], Scale::Log { low: 1.0, high: 100.0 }, 8);
        assert_eq!(
            bins.iter().map(|bin| bin.2).collect::<Vec<_>>(),
            [2.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0]
        );
        let delays: Vec<(f64, f64)> = (2..20).map(|depth| (f64::from(depth), 60.0)).collect();
        let groups = groups(&delays);
        assert_eq!(groups.len(), ROWS);
        assert_eq!(groups[ROWS - 1].label, "depth 9 and more (11)");
        assert_eq!(groups[ROWS - 1].delays.len(), 11);
    }
}
