//! Topics over time: how many comments mention a topic in each bucket of time.

use std::collections::BTreeMap;

use super::heat::{Heat, ramp};
use super::page::{Heading, Page};
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
    let buckets = buckets(scene)?;
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
    let width = if columns > 1 { buckets[1] - buckets[0] } else { 3_600_000.0 };
    let local = |bucket: f64| if width < DAY { scene.zone().local(bucket) } else { bucket };
    let peak =
        (0..counts.len()).rev().max_by(|&a, &b| counts[a].total_cmp(&counts[b])).unwrap_or(0);
    let (peak_topic, peak_start) = (&topics[peak / columns], local(buckets[peak % columns]));
    let heat = Heat {
        texts: counts
            .iter()
            .map(|&n| if n > 0.0 { wording::count(n) } else { String::new() })
            .collect(),
        tips: counts
            .iter()
            .enumerate()
            .map(|(i, &n)| {
                let start = wording::date_time(local(buckets[i % columns]));
                let comments = wording::counted(n as usize, "comment");
                format!("{} from {start}: {comments}", topics[i / columns])
            })
            .collect(),
        values: counts.iter().map(|&n| Some(n)).collect(),
        rows: topics.clone(),
        columns: labels(&buckets.iter().map(|&bucket| local(bucket)).collect::<Vec<_>>(), width),
        titles: (String::new(), if width < DAY { scene.time_title() } else { String::new() }),
        turn: false,
    };
    let last = buckets[columns - 1];
    let heading = Heading {
        title: format!(
            "“{peak_topic}” peaks with {} in the {} of {}",
            wording::counted(counts[peak] as usize, "comment"),
            wording::width(width),
            wording::bucket(peak_start, width),
        ),
        subtitle: format!(
            "Comments on each topic per {}, {}",
            wording::width(width),
            wording::dates(local(buckets[0]), local(last))
        ),
        legend: vec![ramp(&scene.theme, format!("1 to {} comments", wording::count(heat.most())))],
        height: heat.height(30.0) + topics.len() as f64 * 4.0,
        ..Heading::default()
    };
    let page = Page::new(scene, &heading);
    heat.draw(&page.canvas, page.room);
    Ok(page.finish())
}

/// Starts of the buckets of the activity table, put together where columns would be too narrow.
fn buckets(scene: &Scene<'_>) -> Result<Vec<f64>> {
    let Some(rows) = scene.read(Table::Activity, &["bucket_start"])? else { return Ok(Vec::new()) };
    let starts = rows.counts("bucket_start")?;
    let most = ((scene.size(0.0).0 - 200.0) / 12.0).max(8.0) as usize;
    let together = starts.len().div_ceil(most).max(1);
    Ok(starts.into_iter().step_by(together).collect())
}

/// Labels of columns: where a tick of the time axis falls, its label; a new day has its date.
fn labels(starts: &[f64], width: f64) -> Vec<String> {
    let mut labels = vec![String::new(); starts.len()];
    let (Some(&first), Some(&last)) = (starts.first(), starts.last()) else { return labels };
    for tick in calendar::times(first, last, 10).1 {
        let column = starts.partition_point(|&start| start <= tick.value).max(1) - 1;
        let short = tick.second.and_then(|second| second.rsplit_once(' ').map(|s| s.0.to_owned()));
        labels[column] = match short {
            // The year of an hour is in the line under the title.
            Some(day) if width < DAY => day,
            _ => tick.label,
        };
    }
    labels
}
