//! What a chart is given: the tables, the options, the typeface and the theme.

use polars::prelude::{DataType, Expr, LazyFrame, col, len};

use super::Svg;
use super::columns::Columns;
use super::face::Face;
use super::options::{ChartOptions, Zone};
use super::page;
use super::scatter::Point;
use super::theme::Theme;
use crate::error::{Error, Result};
use crate::frames::{Table, Tables};
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
    tables: &'a Tables,
    chart: &'static str,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        chart: &'static str,
        tables: &'a Tables,
        options: &'a ChartOptions,
    ) -> Result<Self> {
        let face = match &options.font {
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
        ]);
        let by_source = self.collect(by_source)?;
        let sources = by_source.texts("source")?;
        self.n_threads = by_source.numbers("threads")?.iter().flatten().sum::<f64>() as usize;
        self.n_comments = by_source.numbers("comments")?.iter().flatten().sum::<f64>() as usize;
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
    pub(crate) fn threads(&self, measure: &str) -> Result<Vec<Point>> {
        let columns = ["thread_id", "title", "n_comments", measure];
        let Some(rows) = self.read(Table::Threads, &columns)? else { return Ok(Vec::new()) };
        let (ids, titles) = (rows.texts("thread_id")?, rows.texts("title")?);
        let measures = rows.numbers(measure)?;
        let points =
            rows.counts("n_comments")?.into_iter().enumerate().filter_map(|(i, comments)| {
                let title = titles[i].clone().or_else(|| ids[i].clone()).unwrap_or_default();
                let measure = measures[i].filter(|_| comments > 0.0)?;
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
        format!("time{}", self.zone_name())
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
