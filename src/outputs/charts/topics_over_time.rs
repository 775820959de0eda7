//! Topics over time: how many comments mention a topic in each bucket of time.

use std::collections::BTreeMap;

use super::heat::Heat;
use super::page::{Heading, Page};
use super::plot::ticks_for;
use super::scene::Scene;
use super::{Chart, Svg, calendar};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "topics_over_time",
    about: "comments on each topic, bucket by bucket",
    tables: &[Table::TopicActivity, Table::Activity, Table::Topics, Table::Threads],
    draw,
};

const TITLE: &str = "Topics over time";
/// So many topics have a row.
const TOPICS: usize = 20;
const DAY: f64 = 86_400_000.0;

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let topics = scene.topic_names(TOPICS)?;
    let (buckets, together) = buckets(scene)?;
    let rows = scene.read(Table::TopicActivity, &["topic", "bucket_start", "n_comments"])?;
    let (Some(rows), false, false) = (rows, topics.is_empty(), buckets.is_empty()) else {
        return Ok(scene.nothing(TITLE, "No comment with a time mentions a topic."));
    };
    let places: BTreeMap<&str, usize> =
        topics.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
    let columns = buckets.len();
    let mut counts = vec![0.0; topics.len() * columns];
    let (names, starts) = (rows.texts("topic")?, rows.counts("bucket_start")?);
    for ((name, start), n) in names.iter().zip(starts).zip(rows.counts("n_comments")?) {
        let column = buckets.partition_point(|&bucket| bucket <= start).max(1) - 1;
        if let Some(place) = name.as_deref().and_then(|name| places.get(name)) {
            counts[place * columns + column] += n;
        }
    }
    let width = scene.bucket() * together as f64;
    let local = |bucket: f64| if width < DAY { scene.zone().local(bucket) } else { bucket };
    let peak =
        (0..counts.len()).rev().max_by(|&a, &b| counts[a].total_cmp(&counts[b])).unwrap_or(0);
    let (peak_topic, peak_start) = (&topics[peak / columns], local(buckets[peak % columns]));
    let starts: Vec<f64> = buckets.iter().map(|&bucket| local(bucket)).collect();
    let most = ticks_for(scene.size(0.0).0 * 0.72, 84.0);
    let (labels, seconds) = labels(&starts, most);
    let heat = Heat {
        tips: counts
            .iter()
            .enumerate()
            .map(|(i, &n)| {
                let start = wording::bucket(starts[i % columns], width);
                let comments = wording::counted(n as usize, "comment");
                format!("{}, {start}: {comments}", topics[i / columns])
            })
            .collect(),
        rows: topics.clone(),
        columns: labels,
        seconds,
        titles: (String::new(), scene.time_title()),
        ..Heat::of_counts(&counts)
    };
    let (first, last) = scene.span.unwrap_or((starts[0], starts[columns - 1]));
    let heading = Heading {
        title: format!(
            "“{peak_topic}” peaks with {} {}",
            wording::counted(counts[peak] as usize, "comment"),
            wording::within(peak_start, width),
        ),
        subtitle: format!(
            "Comments on each topic per {}, {}",
            wording::width(width),
            wording::dates(first, last)
        ),
        legend: vec![heat.legend(&scene.theme, "comment")],
        height: heat.height(46.0) + topics.len() as f64 * 4.0,
        ..Heading::default()
    };
    let page = Page::new(scene, &heading);
    heat.draw(&page.canvas, page.room);
    Ok(page.finish())
}

/// Starts of the buckets of the activity table, put together where columns would be too narrow;
/// and how many are together.
fn buckets(scene: &Scene<'_>) -> Result<(Vec<f64>, usize)> {
    let Some(rows) = scene.read(Table::Activity, &["bucket_start"])? else {
        return Ok((Vec::new(), 1));
    };
    let starts = rows.counts("bucket_start")?;
    let most = ((scene.size(0.0).0 - 200.0) / 12.0).max(8.0) as usize;
    let together = starts.len().div_ceil(most).max(1);
    Ok((starts.into_iter().step_by(together).collect(), together))
}

/// Labels of columns and what stands under them, where a tick of the time axis falls.
fn labels(starts: &[f64], most: usize) -> (Vec<String>, Vec<String>) {
    let mut labels = vec![String::new(); starts.len()];
    let mut seconds = labels.clone();
    let (Some(&first), Some(&last)) = (starts.first(), starts.last()) else {
        return (labels, seconds);
    };
    for tick in calendar::times(first, last, most).1 {
        let column = starts.partition_point(|&start| start <= tick.value).max(1) - 1;
        labels[column] = tick.label;
        seconds[column] = tick.second.unwrap_or_default();
    }
    (labels, seconds)
}
