//! What a chart is given: the tables, the options, the typeface and the theme.

use polars::prelude::{DataType, Expr, IntoLazy, LazyFrame, col, len};

use super::columns::Columns;
use super::face::Face;
use super::options::{ChartOptions, Zone};
use super::page;
use super::theme::Theme;
use super::{Svg, wording};
use crate::error::{Error, Result};
use crate::frames::{Table, Tables};

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

    /// Runs a query.
    pub(crate) fn collect(&self, query: LazyFrame) -> Result<Columns> {
        query.collect().map(|frame| Columns::new(self.chart, frame)).map_err(|e| self.failed(e))
    }

    /// A query over columns that were read before.
    pub(crate) fn again(&self, columns: &Columns) -> LazyFrame {
        columns.frame().clone().lazy()
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

    /// The zone of the times shown: as in the tables, if these know none.
    pub(crate) fn zone(&self) -> Zone {
        self.options.zone
    }

    /// The title of an axis of time.
    pub(crate) fn time_title(&self) -> String {
        self.zone().name().unwrap_or_default()
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
