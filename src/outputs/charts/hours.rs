//! Hours: at which hours of which days the comments came; of the week where they span more than
//! two of them, else of the dates themselves.

use chrono::{Datelike, Days, NaiveDate, Timelike};
use polars::prelude::{DataType, SortMultipleOptions, col, len, lit};

use super::heat::Heat;
use super::page::{Heading, Page};
use super::scene::Scene;
use super::{Chart, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "hours",
    about: "comments by hour of the day and day of the week, or by date where there are few days",
    tables: &[Table::Comments, Table::Threads],
    draw,
};

const TITLE: &str = "At which hours the comments came";
const HOUR: f64 = 3_600_000.0;
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let hours = read(scene)?;
    let days = hours.iter().map(|hour| wording::moment(hour.0).date());
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
        let reason = "No comment carries a time of day, so there are no hours to show.";
        return Ok(scene.nothing(TITLE, reason));
    };
    let span = (last - first).num_days() as usize + 1;
    let rows = if span > 14 { 7 } else { span };
    let mut counts = vec![0.0; rows * 24];
    for &(time, n) in &hours {
        let time = wording::moment(time);
        let row = if span > 14 {
            time.weekday().num_days_from_monday() as usize
        } else {
            (time.date() - first).num_days() as usize
        };
        counts[row * 24 + time.hour() as usize] += n;
    }
    let all: f64 = counts.iter().sum();
    let labels = labels(first, rows, span);
    let by_hour: Vec<f64> = (0..24).map(|hour| by_hour(&counts, hour)).collect();
    let by_day: Vec<f64> = counts.chunks(24).map(|day| day.iter().sum()).collect();
    let busiest =
        (0..24).rev().max_by(|&a, &b| by_hour[a].total_cmp(&by_hour[b])).unwrap_or_default();
    let clock = format!("{busiest:02}:00 to {:02}:00", busiest + 1);
    let heat = Heat {
        columns: (0..24).map(|hour| format!("{hour:02}")).collect(),
        tips: counts
            .iter()
            .enumerate()
            .map(|(i, &n)| {
                let comments = wording::counted(n as usize, "comment");
                format!("{}, {:02}:00 to {:02}:59: {comments}", labels[i / 24], i % 24, i % 24)
            })
            .collect(),
        rows: labels,
        titles: (String::new(), format!("hour of the day{}", scene.zone_name())),
        totals: Some((by_day, by_hour.clone())),
        ..Heat::of_counts(&counts)
    };
    let undated = scene.n_comments as f64 - all;
    let heading = Heading {
        title: if all <= 1.0 {
            format!("One comment, in the hour from {clock}")
        } else {
            format!("The busiest hour of the day is from {clock}")
        },
        subtitle: if all <= 1.0 {
            wording::date(hours[0].0)
        } else {
            format!(
                "{} of {} came in it, {}",
                wording::percent(by_hour[busiest] / all),
                wording::counted(all as usize, "comment"),
                wording::dates(hours[0].0, hours[hours.len() - 1].0),
            )
        },
        legend: vec![heat.legend(&scene.theme, "comment")],
        note: if undated > 0.0 {
            format!(
                "{} without a time of day not shown.",
                wording::counted(undated as usize, "comment")
            )
        } else {
            String::new()
        },
        height: heat.height(30.0) + rows as f64 * 8.0,
    };
    let page = Page::new(scene, &heading);
    heat.draw(&page.canvas, page.room);
    Ok(page.finish())
}

fn by_hour(counts: &[f64], hour: usize) -> f64 {
    counts.iter().skip(hour).step_by(24).sum()
}

fn labels(first: NaiveDate, rows: usize, span: usize) -> Vec<String> {
    if span > 14 {
        return WEEKDAYS.map(str::to_owned).to_vec();
    }
    let label = |i: usize| {
        let day = first.checked_add_days(Days::new(i as u64)).unwrap_or(first);
        let weekday = &WEEKDAYS[day.weekday().num_days_from_monday() as usize][..3];
        format!("{weekday} {} {}", day.day(), wording::month(day.and_time(chrono::NaiveTime::MIN)))
    };
    (0..rows).map(label).collect()
}

/// Comments by hour since 1970, on the clock of the zone that is shown.
fn read(scene: &Scene<'_>) -> Result<Vec<(f64, f64)>> {
    let Some(comments) = scene.query(Table::Comments)? else { return Ok(Vec::new()) };
    let exact = ["second", "minute", "hour"]
        .into_iter()
        .map(|word| col("created_precision").eq(lit(word)))
        .reduce(polars::prelude::Expr::or)
        .unwrap_or_else(|| lit(true));
    // Quarters of an hour, as zones differ by them.
    let quarter =
        col("created_at").cast(DataType::Int64).floor_div(lit(900_000_i64)).alias("quarter");
    let rows = comments
        .filter(col("created_at").is_not_null().and(exact))
        .group_by([quarter])
        .agg([len().alias("comments")])
        .sort(["quarter"], SortMultipleOptions::default());
    let rows = scene.collect(rows)?;
    let (quarters, comments) = (rows.counts("quarter")?, rows.counts("comments")?);
    let local =
        |quarter: f64| (scene.zone().local(quarter.floor() * 900_000.0) / HOUR).floor() * HOUR;
    Ok(quarters.into_iter().map(local).zip(comments).collect())
}
