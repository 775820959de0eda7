//! Activity: when the comments came, bucket by bucket, and how they added up.

use super::canvas::Rect;
use super::page::{Heading, Key, Page, Sign};
use super::plot::{Axis, Plot, gutter, ticks_for};
use super::scene::Scene;
use super::{Chart, Svg, calendar, scale};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "activity",
    about: "comments per bucket of time, top-level and replies, and their running total",
    tables: &[Table::Activity, Table::Threads],
    draw,
};

const TITLE: &str = "When the comments came";

/// One bar: its time in milliseconds, and its comments.
struct Bucket {
    start: f64,
    end: f64,
    top_level: f64,
    replies: f64,
    total: f64,
}

impl Bucket {
    fn comments(&self) -> f64 {
        self.top_level + self.replies
    }
}

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let buckets = read(scene)?;
    let (Some(first), Some(last)) = (buckets.first(), buckets.last()) else {
        return Ok(
            scene.nothing(TITLE, "No comment carries a time, so there is no course to show.")
        );
    };
    let width = wording::width(first.end - first.start);
    let all: f64 = buckets.iter().map(Bucket::comments).sum();
    let busiest =
        buckets.iter().max_by(|a, b| a.comments().total_cmp(&b.comments())).unwrap_or(first);
    let theme = &scene.theme;
    let undated = scene.n_comments as f64 - all;
    let mut heading = Heading {
        title: if buckets.len() == 1 {
            format!("{} within one {width}", wording::counted(all as usize, "comment"))
        } else {
            let span = wording::duration((last.end - first.start) / 1_000.0);
            format!("{} in {span}", wording::counted(all as usize, "comment"))
        },
        subtitle: format!(
            "{}. The busiest {width} ({}) has {} of them.",
            wording::dates(first.start, last.end - 1.0),
            wording::bucket(busiest.start, busiest.end - busiest.start),
            wording::count(busiest.comments()),
        ),
        legend: vec![
            Key::new(Sign::Square(theme.category(0)), "top-level comments"),
            Key::new(Sign::Square(theme.category(1)), "replies"),
            Key::new(Sign::Line(theme.category(2)), "all so far"),
        ],
        height: 520.0,
        ..Heading::default()
    };
    if undated > 0.0 {
        heading.note =
            format!("{} without a time not shown.", wording::counted(undated as usize, "comment"));
    }
    let page = Page::new(scene, &heading);
    let canvas = &page.canvas;

    let split = page.room.top + page.room.height() * 0.34;
    let upper = Rect::new(page.room.left, page.room.top, page.room.right, split - 12.0);
    let lower = Rect::new(page.room.left, split, page.room.right, page.room.bottom);
    let most = ticks_for(page.room.width(), 90.0);
    // A few buckets do not fill the width.
    let spare = (16.0 - (last.end - first.start) / (first.end - first.start)).max(0.0) / 2.0;
    let spare = spare * (first.end - first.start);
    let times = calendar::times(first.start - spare, last.end + spare, most);
    let tallest = buckets.iter().map(Bucket::comments).fold(1.0, f64::max);
    let totals = scale::counts(last.total, ticks_for(upper.height(), 45.0).min(4));
    let counts = scale::counts(tallest, ticks_for(lower.height(), 45.0).min(6));
    let y_total = Axis::new(totals, "comments so far");
    let y_count = Axis::new(counts, format!("comments per {width}"));
    let left = gutter(canvas, &y_total, page.room).max(gutter(canvas, &y_count, page.room));

    let mut bare = Axis::new((times.0, times.1.clone()), "");
    bare.ticks.iter_mut().for_each(|tick| {
        tick.label.clear();
        tick.second = None;
    });
    let plot = Plot::with_gutter(canvas, upper, &bare, &y_total, left);
    canvas.group("running total", || {
        let mut course = vec![(first.start, 0.0)];
        course.extend(buckets.iter().map(|bucket| (bucket.end, bucket.total)));
        let mut ground = course.clone();
        ground.extend([(last.end, 0.0), (first.start, 0.0)]);
        plot.polygon(&ground, theme.category(2), 0.12);
        plot.line(&course, theme.category(2), 2.0);
    });

    let plot =
        Plot::with_gutter(canvas, lower, &Axis::new(times, scene.time_title()), &y_count, left);
    canvas.group("comments", || {
        for bucket in buckets.iter().filter(|bucket| bucket.comments() > 0.0) {
            let (from, to) = (plot.place(bucket.start, 0.0).0, plot.place(bucket.end, 0.0).0);
            // A hair of ground between bars, as long as they are wide enough for it.
            let gap =
                if to - from > 5.0 { (bucket.end - bucket.start) / (to - from) * 0.6 } else { 0.0 };
            let (start, end) = (bucket.start + gap, bucket.end - gap);
            let bar = |low: f64, n: f64, what: &str, color| {
                if n > 0.0 {
                    canvas.tip(format!(
                        "{}: {} {what}",
                        wording::bucket(bucket.start, bucket.end - bucket.start),
                        wording::count(n)
                    ));
                    plot.bar((start, low), (end, low + n), color);
                }
            };
            bar(0.0, bucket.top_level, "top-level", theme.category(0));
            bar(bucket.top_level, bucket.replies, "replies", theme.category(1));
        }
    });
    Ok(page.finish())
}

/// The rows of the table, put together where there are more than bars that can be told apart.
fn read(scene: &Scene<'_>) -> Result<Vec<Bucket>> {
    let columns = ["bucket_start", "n_top_level", "n_replies"];
    let Some(rows) = scene.read(Table::Activity, &columns)? else { return Ok(Vec::new()) };
    let starts: Vec<f64> = rows.numbers("bucket_start")?.into_iter().flatten().collect();
    let (top, replies) = (rows.counts("n_top_level")?, rows.counts("n_replies")?);
    if starts.len() != rows.len() {
        return Err(scene.failed("a bucket of the activity table has no start"));
    }
    let width = match starts[..] {
        [a, b, ..] => b - a,
        _ => 3_600_000.0,
    };
    // Days and longer buckets are whole in the zone they were counted in; they are not moved.
    let zone = scene.zone();
    let local = |time: f64| if width < 86_400_000.0 { zone.local(time) } else { time };
    let most = (scene.size(0.0).0 / 4.0) as usize;
    let together = starts.len().div_ceil(most.max(1)).max(1);
    let mut total = 0.0;
    let mut buckets = Vec::new();
    for chunk in (0..starts.len()).collect::<Vec<_>>().chunks(together) {
        let (first, after) = (chunk[0], chunk[chunk.len() - 1] + 1);
        let end = starts.get(after).copied().unwrap_or_else(|| starts[after - 1] + width);
        let sum = |values: &[f64]| values[first..after].iter().sum::<f64>();
        let (top_level, replies) = (sum(&top), sum(&replies));
        total += top_level + replies;
        let (start, end) = (local(starts[first]), local(end));
        buckets.push(Bucket { start, end, top_level, replies, total });
    }
    Ok(buckets)
}
