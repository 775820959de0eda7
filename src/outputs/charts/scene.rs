//! What a chart is given: the tables, the options, the typeface and the theme.

use polars::prelude::{DataType, Expr, LazyFrame, col, len};

use super::Svg;
use super::columns::Columns;
use super::face::Face;
use super::options::{ChartOptions, Zone};
use super::page;
use super::scatter::{self, Point};
use super::theme::Theme;
use crate::error::{Error, Result};
use crate::frames::{Bucket, Table, Tables};
use crate::outputs::wording;

/// The width of a chart where the user says nothing.
const WIDTH: f64 = 960.0;

/// What a chart is given.
pub(crate) struct Scene<'a> {
    pub(crate) options: &'a ChartOptions,
    pub(crate) face: Face,
    pub(crate) theme: Theme,
    /// Where the comments come from, for the footnote and the metadata of the picture.
    pub(crate) source: String,
    /// Comments in all threads.
    pub(crate) n_comments: usize,
    /// Threads.
    pub(crate) n_threads: usize,
    /// Times of the first and the last dated comment, on the clock of the zone that is shown.
    pub(crate) span: Option<(f64, f64)>,
    tables: &'a Tables,
    chart: &'static str,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        chart: &'static str,
        tables: &'a Tables,
        options: &'a ChartOptions,
    ) -> Result<Self> {
        let face = match options.fonts.first() {
            Some(data) => Face::from_file(data)?,
            None => Face::embedded(),
        };
        let mut scene = Self {
            options,
            face,
            theme: Theme::new(options.dark),
            source: String::new(),
            n_comments: 0,
            n_threads: 0,
            span: None,
            tables,
            chart,
        };
        scene.count()?;
        Ok(scene)
    }

    /// Counts what there is, and names where it comes from.
    fn count(&mut self) -> Result<()> {
        let Some(threads) = self.query(Table::Threads)? else { return Ok(()) };
        let by_source = threads.group_by_stable([col("source")]).agg([
            len().alias("threads"),
            col("n_comments").cast(DataType::Int64).sum().alias("comments"),
            col("first_at").min(),
            col("last_at").max(),
        ]);
        let by_source = self.collect(by_source)?;
        let sources = by_source.texts("source")?;
        self.n_threads = by_source.numbers("threads")?.iter().flatten().sum::<f64>() as usize;
        self.n_comments = by_source.numbers("comments")?.iter().flatten().sum::<f64>() as usize;
        let first = by_source.numbers("first_at")?.into_iter().flatten().reduce(f64::min);
        let last = by_source.numbers("last_at")?.into_iter().flatten().reduce(f64::max);
        self.span = first.zip(last).map(|(a, b)| (self.zone().local(a), self.zone().local(b)));
        let first = sources.iter().flatten().next().map_or("", String::as_str);
        let name = first.rsplit(['/', '\\']).next().unwrap_or(first);
        self.source = match sources.len() {
            0 | 1 => name.to_owned(),
            n => format!("{name} and {} more", wording::count(n as f64 - 1.0)),
        };
        Ok(())
    }

    /// A table as a query; `None` if it is absent.
    pub(crate) fn query(&self, table: Table) -> Result<Option<LazyFrame>> {
        let mut lazy = self.tables.lazy(table);
        let columns = lazy.collect_schema().map_err(|e| self.failed(e))?.len();
        Ok((columns > 0).then_some(lazy))
    }

    /// Some columns of a table, or `None` if it is absent or has no row.
    pub(crate) fn read(&self, table: Table, columns: &[&str]) -> Result<Option<Columns>> {
        let Some(lazy) = self.query(table)? else { return Ok(None) };
        let chosen: Vec<Expr> = columns.iter().map(|&name| col(name)).collect();
        let read = self.collect(lazy.select(chosen))?;
        Ok((read.len() > 0).then_some(read))
    }

    /// Threads with comments, their sizes and one of their measures, in the order of the table.
    /// Of more threads than can be told apart in a picture, titles are not read.
    pub(crate) fn threads(&self, measure: &str) -> Result<Vec<Point>> {
        let named = self.n_threads <= scatter::POINTS;
        let columns = ["n_comments", measure, "thread_id", "title"];
        let columns = if named { &columns[..] } else { &columns[..2] };
        let Some(rows) = self.read(Table::Threads, columns)? else { return Ok(Vec::new()) };
        let mut titles = vec![String::new(); if named { 0 } else { rows.len() }];
        if named {
            let ids = rows.texts("thread_id")?;
            let title = |(title, id): (Option<String>, Option<String>)| title.or(id);
            titles.extend(
                rows.texts("title")?.into_iter().zip(ids).map(title).map(Option::unwrap_or_default),
            );
        }
        let sizes = rows.counts("n_comments")?.into_iter().zip(rows.numbers(measure)?);
        let points = titles.into_iter().zip(sizes).filter_map(|(title, (comments, measure))| {
            let measure = measure.filter(|_| comments > 0.0)?;
            Some(Point { title, comments, measure })
        });
        Ok(points.collect())
    }

    /// The names of the topics with most comments, at most so many; those without any are left out.
    pub(crate) fn topic_names(&self, most: usize) -> Result<Vec<String>> {
        let Some(rows) = self.read(Table::Topics, &["topic", "n_comments"])? else {
            return Ok(Vec::new());
        };
        let mut topics: Vec<(String, f64)> = rows
            .texts("topic")?
            .into_iter()
            .zip(rows.counts("n_comments")?)
            .filter_map(|(name, n)| Some((name?, n)).filter(|_| n > 0.0))
            .collect();
        topics.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(topics.into_iter().take(most).map(|(name, _)| name).collect())
    }

    /// Runs a query.
    pub(crate) fn collect(&self, query: LazyFrame) -> Result<Columns> {
        Ok(Columns::new(self.chart, self.tables.collect(query)?))
    }

    pub(crate) fn failed(&self, cause: impl std::fmt::Display) -> Error {
        Error::chart(self.chart, cause)
    }

    /// Width and height of the picture, given the height that suits it.
    pub(crate) fn size(&self, height: f64) -> (f64, f64) {
        (
            self.options.width.map_or(WIDTH, f64::from),
            self.options.height.map_or(height.round(), f64::from),
        )
    }

    /// The zone of the times shown. Local times stay what they are: nobody knows their zone.
    pub(crate) fn zone(&self) -> Zone {
        if self.utc() { self.options.zone } else { Zone::default() }
    }

    fn utc(&self) -> bool {
        self.tables.meta().get("rejoinder.times").is_some_and(|times| times == "utc")
    }

    /// What the clock is called that times are shown on: ` (UTC)`; empty for local times.
    pub(crate) fn zone_name(&self) -> String {
        let utc = self.utc().then(|| "UTC".to_owned());
        self.zone().name().or(utc).map(|name| format!(" ({name})")).unwrap_or_default()
    }

    /// The title of an axis of time.
    pub(crate) fn time_title(&self) -> String {
        if self.utc() { format!("time{}", self.zone_name()) } else { "time on the page".to_owned() }
    }

    /// The length of the buckets of the activity, in milliseconds; of months and years the mean.
    pub(crate) fn bucket(&self) -> f64 {
        let word = self.tables.meta().get("rejoinder.bucket");
        let bucket = word.and_then(|word| Bucket::parse(word).ok()).unwrap_or(Bucket::Hour);
        bucket.about_millis() as f64
    }

    /// What stands under every chart.
    pub(crate) fn footnote(&self, note: &str) -> String {
        let threads = if self.n_threads == 1 {
            String::new()
        } else {
            format!(" in {}", wording::counted(self.n_threads, "thread"))
        };
        let comments = wording::counted(self.n_comments, "comment");
        let source = if self.source.is_empty() {
            String::new()
        } else {
            format!("Source: {}. ", self.source)
        };
        let stop = if note.is_empty() || note.ends_with('.') { "" } else { "." };
        let note = if note.is_empty() { String::new() } else { format!("{note}{stop} ") };
        let version = env!("CARGO_PKG_VERSION");
        format!("{note}{source}n = {comments}{threads}. Rejoinder {version}.")
    }

    /// The picture of a chart that has nothing to show.
    pub(crate) fn nothing(&self, title: &str, reason: &str) -> Svg {
        page::nothing(self, title, reason)
    }
}
