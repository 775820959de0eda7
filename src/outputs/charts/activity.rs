//! Activity: when the comments came, bucket by bucket, and how they added up.

use super::canvas::{Rect, Text};
use super::legend::{Key, Sign};
use super::page::{Heading, Page};
use super::plot::{Axis, Plot, gutter, ticks_for};
use super::scene::Scene;
use super::theme::SMALL;
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
const DAY: f64 = 86_400_000.0;
/// A silence is named from this share of the whole span on.
const SILENCE: f64 = 0.15;

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
    let (buckets, width) = read(scene)?;
    let (Some(first), Some(last)) = (buckets.first(), buckets.last()) else {
        return Ok(
            scene.nothing(TITLE, "No comment carries a time, so there is no course to show.")
        );
    };
    let heading = heading(scene, &buckets, width);
    let page = Page::new(scene, &heading);
    // What came at once does not add up.
    let at_once = buckets.len() == 1;
    let split = page.room.top + if at_once { 0.0 } else { page.room.height() * 0.36 };
    let upper = Rect::new(page.room.left, page.room.top, page.room.right, split - 14.0);
    let lower = Rect::new(page.room.left, split, page.room.right, page.room.bottom);
    // A few buckets do not fill the width.
    let spare = (10.0 - (last.end - first.start) / width).max(0.0) / 2.0 * width;
    let most = ticks_for(page.room.width(), 90.0);
    let times = calendar::times(first.start - spare, last.end + spare, most);
    let tallest = buckets.iter().map(Bucket::comments).fold(1.0, f64::max);
    let totals = scale::counts(last.total * 1.04, ticks_for(upper.height() - 40.0, 30.0).min(4));
    let counts = scale::counts(tallest * 1.02, ticks_for(lower.height() - 60.0, 36.0).min(6));
    let theme = &scene.theme;
    let y_total = Axis::new(totals, "Comments so far");
    let y_count = Axis::new(counts, format!("Comments per {}", wording::width(width))).keyed(vec![
        Key::new(Sign::Square(theme.category(0)), "top-level"),
        Key::new(Sign::Square(theme.category(1)), "replies"),
    ]);
    let left = gutter(&page.canvas, &y_total, page.room);
    let left = left.max(gutter(&page.canvas, &y_count, page.room));
    let x = Axis::new(times, scene.time_title());
    if !at_once {
        let plot = Plot::with_gutter(&page.canvas, upper, &x.unlabelled(), &y_total, left);
        running_total(&page, &plot, &buckets);
    }
    let plot = Plot::with_gutter(&page.canvas, lower, &x, &y_count, left);
    bars(&page, &plot, &buckets);
    silence(&page, &plot, &buckets);
    Ok(page.finish())
}

fn heading(scene: &Scene<'_>, buckets: &[Bucket], width: f64) -> Heading {
    let (first, last) = (&buckets[0], &buckets[buckets.len() - 1]);
    let all = last.total;
    let comments = wording::counted(all as usize, "comment");
    let busiest = buckets.iter().rev().max_by(|a, b| a.comments().total_cmp(&b.comments()));
    let busiest = busiest.unwrap_or(first);
    let name = wording::width(width);
    let undated = scene.n_comments as f64 - all;
    let mut heading = Heading { height: 500.0, ..Heading::default() };
    if buckets.len() == 1 {
        heading.title = format!("{comments} within one {name}");
        heading.subtitle = wording::bucket(first.start, width);
        heading.height = 320.0;
    } else {
        let (start, end) = scene.span.unwrap_or((first.start, last.end - 1.0));
        heading.title = format!("{comments} in {}", wording::duration((end - start) / 1_000.0));
        heading.subtitle = format!(
            "{}. The busiest {name} ({}) has {} of them.",
            wording::dates(start, end),
            wording::bucket(busiest.start, width),
            wording::count(busiest.comments()),
        );
    }
    if undated > 0.0 {
        let undated = wording::counted(undated as usize, "comment");
        heading.note = format!("{undated} without a time not shown.");
    }
    heading
}

fn running_total(page: &Page<'_>, plot: &Plot, buckets: &[Bucket]) {
    let (canvas, color) = (&page.canvas, page.canvas.theme.category(2));
    let (first, last) = (&buckets[0], &buckets[buckets.len() - 1]);
    canvas.group("running total", || {
        let mut course = vec![(first.start, 0.0)];
        course.extend(buckets.iter().map(|bucket| (bucket.end, bucket.total)));
        let mut ground = course.clone();
        ground.extend([(last.end, 0.0), (first.start, 0.0)]);
        plot.polygon(&ground, color, 0.12);
        plot.line(&course, color, 2.0);
    });
    let Some(half) = buckets.iter().find(|bucket| bucket.total * 2.0 >= last.total) else { return };
    if buckets.len() < 3 {
        return;
    }
    let (x, y) = plot.place(half.end, half.total);
    canvas.tip(format!("half of them by {}", wording::date_time(half.end)));
    canvas.circle((x, y), 4.0, color);
    let style = Text::new(canvas.theme.ink).size(SMALL).halo(canvas.theme.background);
    let by = if half.end - half.start < DAY { wording::date_time } else { wording::date };
    let text = format!("half of them by {}", by(half.end));
    // Below the curve, where nothing else is written.
    canvas.label(&text, (x + 8.0, y + 12.0), style, &plot.field);
}

fn bars(page: &Page<'_>, plot: &Plot, buckets: &[Bucket]) {
    let (canvas, theme) = (&page.canvas, &page.canvas.theme);
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
}

/// Names the longest silence, if it is a good part of the whole.
fn silence(page: &Page<'_>, plot: &Plot, buckets: &[Bucket]) {
    let canvas = &page.canvas;
    let busy: Vec<&Bucket> = buckets.iter().filter(|bucket| bucket.comments() > 0.0).collect();
    let gaps = busy.windows(2).map(|pair| (pair[0].end, pair[1].start));
    let Some((from, to)) = gaps.reduce(|a, b| if b.1 - b.0 > a.1 - a.0 { b } else { a }) else {
        return;
    };
    if to - from < (buckets[buckets.len() - 1].end - buckets[0].start) * SILENCE {
        return;
    }
    let (left, right) = (plot.place(from, 0.0).0, plot.place(to, 0.0).0);
    let style = Text::new(canvas.theme.muted).size(SMALL).middle().halo(canvas.theme.background);
    let text = format!("no comment for {}", wording::duration((to - from) / 1_000.0));
    let room = Rect { left, right, ..plot.field };
    let y = plot.field.bottom - 16.0;
    canvas.label(&text, (f64::midpoint(left, right), y), style, &room);
}

/// The rows of the table, put together where there are more than bars that can be told apart; and
/// the length of a bucket.
fn read(scene: &Scene<'_>) -> Result<(Vec<Bucket>, f64)> {
    let columns = ["bucket_start", "n_top_level", "n_replies"];
    let width = scene.bucket();
    let Some(rows) = scene.read(Table::Activity, &columns)? else { return Ok((Vec::new(), width)) };
    let starts: Vec<f64> = rows.numbers("bucket_start")?.into_iter().flatten().collect();
    let (top, replies) = (rows.counts("n_top_level")?, rows.counts("n_replies")?);
    if starts.len() != rows.len() {
        return Err(scene.failed("a bucket of the activity table has no start"));
    }
    // Days and longer buckets are whole in the zone they were counted in; they are not moved.
    let zone = scene.zone();
    let local = |time: f64| if width < DAY { zone.local(time) } else { time };
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
    Ok((buckets, width * together as f64))
}
