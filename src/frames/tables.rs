//! All tables of a run, in memory or in files: what every output is made from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use polars::prelude::{
    DataFrame, DataType, Engine, Expr, IntoLazy, LazyFrame, PlRefPath, ScanArgsParquet, TimeUnit,
    col,
};
use polars_parquet::read::read_metadata;
use tempfile::TempPath;

use super::parquet::ParquetFile;
use super::schema::{self, Column, Kind};
use super::selection::Selection;
use super::spanning;
use super::store::{Part, Stored};
use super::{Table, run};
use crate::error::{Error, Result};

/// All tables of a run, in memory or in files.
///
/// Tables that span threads are computed when they are first asked for, and kept.
#[derive(Clone)]
pub struct Tables {
    frames: BTreeMap<Table, LazyFrame>,
    meta: BTreeMap<String, String>,
    /// The columns of each table.
    columns: Arc<BTreeMap<Table, Vec<Column>>>,
    computed: Arc<BTreeMap<Table, OnceLock<DataFrame>>>,
    /// Files with temporary names that the tables lie in; they are deleted with the last clone.
    files: Arc<BTreeMap<Part, TempPath>>,
    /// The tables whose file holds what is wanted of them and no more: other tables may need
    /// columns that are not wanted of this one.
    whole: Arc<BTreeSet<Table>>,
}

impl Tables {
    /// Tables from queries; a table that is absent is empty.
    #[must_use]
    pub fn new(frames: BTreeMap<Table, LazyFrame>, meta: BTreeMap<String, String>) -> Self {
        let columns = frames.keys().map(|&table| (table, schema::columns(table))).collect();
        Self {
            frames,
            meta,
            columns: Arc::new(columns),
            computed: Arc::default(),
            files: Arc::default(),
            whole: Arc::default(),
        }
    }

    /// The tables in a folder that were written before: every file `TABLE.parquet` that is there.
    pub fn open(dir: &Path) -> Result<Self> {
        let mut frames = BTreeMap::new();
        let mut meta = BTreeMap::new();
        let mut columns = BTreeMap::new();
        for table in Table::ALL {
            let path = dir.join(format!("{}.parquet", table.name()));
            if !path.exists() {
                continue;
            }
            let mut known = read_meta(&path)?;
            let mut there = schema::columns(table);
            there.retain(|c| known.contains_key(&format!("rejoinder.column.{}", c.name)));
            known
                .retain(|key, _| !key.starts_with("rejoinder.column.") && key != "rejoinder.table");
            if known.get("rejoinder.schema").is_none_or(|version| version != schema::VERSION) {
                return Err(Error::format(
                    path.display().to_string(),
                    "not a table of this version of Rejoinder; write the folder again from its source",
                ));
            }
            meta = known;
            frames.insert(table, scan(&path, &there)?);
            columns.insert(table, there);
        }
        if frames.is_empty() {
            let reason =
                "no table is in this folder; give one that `rejoinder analyze` has written";
            return Err(Error::format(dir.display().to_string(), reason));
        }
        Ok(Self { columns: Arc::new(columns), ..Self::new(frames, meta) })
    }

    /// Tables from complete facts. `local`: some time is local, so that files that state UTC have
    /// to be written again.
    pub(super) fn complete(
        stored: Stored,
        meta: BTreeMap<String, String>,
        local: bool,
        selection: &Selection,
        facts: impl FnOnce(LazyFrame, LazyFrame) -> spanning::Facts,
    ) -> Result<Self> {
        let mut parts: BTreeMap<Part, LazyFrame> = BTreeMap::new();
        let mut files = BTreeMap::new();
        match stored {
            Stored::Memory(frames) => {
                parts.extend(frames.into_iter().map(|(part, frame)| (part, frame.lazy())));
            }
            Stored::Files(written, utc) => {
                for (part, mut path) in written {
                    let columns = selection.filled(part);
                    if utc && local {
                        path = super::store::rewrite(&path, part, &columns, &meta)?;
                    }
                    parts.insert(part, scan(&path, &columns)?);
                    files.insert(part, path);
                }
            }
        }
        let part = |part: Part| parts.get(&part).cloned().unwrap_or_default();
        let facts = facts(part(Part::Comments), part(Part::Answers));
        let mut frames: BTreeMap<Table, LazyFrame> =
            spanning::plan(&facts, selection)?.into_iter().collect();
        let computed = frames.keys().map(|&table| (table, OnceLock::new())).collect();
        let mut whole = BTreeSet::new();
        for (own, table) in Part::ALL.into_iter().filter_map(|part| Some((part, part.table()?))) {
            let wanted = selection.columns(table);
            if wanted.is_empty() {
                continue;
            }
            if wanted.len() == selection.filled(own).len() {
                whole.insert(table);
                frames.insert(table, part(own));
            } else {
                let names: Vec<Expr> = wanted.iter().map(|c| col(c.name)).collect();
                frames.insert(table, part(own).select(names));
            }
        }
        let columns = frames.keys().map(|&table| (table, selection.columns(table))).collect();
        Ok(Self {
            frames,
            meta,
            columns: Arc::new(columns),
            computed: Arc::new(computed),
            files: Arc::new(files),
            whole: Arc::new(whole),
        })
    }

    /// The tables that there are, in the order of the documentation.
    pub fn all(&self) -> impl Iterator<Item = Table> + '_ {
        Table::ALL.into_iter().filter(|table| self.frames.contains_key(table))
    }

    /// The columns that a table has.
    #[must_use]
    pub fn columns(&self, table: Table) -> &[Column] {
        self.columns.get(&table).map_or(&[], Vec::as_slice)
    }

    /// A table as a query.
    pub fn lazy(&self, table: Table) -> LazyFrame {
        // A failure shows again, and is told, when the query is run.
        match self.kept(table) {
            Some(Ok(frame)) => frame.lazy(),
            _ => self.frames.get(&table).cloned().unwrap_or_default(),
        }
    }

    /// A table in memory.
    pub fn read(&self, table: Table) -> Result<DataFrame> {
        self.kept(table).unwrap_or_else(|| {
            self.run(table, self.frames.get(&table).cloned().unwrap_or_default())
        })
    }

    /// Runs a query over tables of this run, with the streaming engine where they are files.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the type has no public name")]
    pub fn collect(&self, query: LazyFrame) -> Result<DataFrame> {
        let engine = if self.files.is_empty() { Engine::InMemory } else { Engine::Streaming };
        // One query has one result.
        query
            .collect_with_engine(engine)
            .map(|result| result.unwrap_single())
            .map_err(|e| Error::table("query the tables", e))
    }

    /// What the run was: schema and program version, inputs, options, width of the time buckets.
    /// The keys are those of the files' metadata; docs/schema.md lists them.
    #[must_use]
    pub fn meta(&self) -> &BTreeMap<String, String> {
        &self.meta
    }

    /// All times of the run are UTC; else they are local, mixed, or there is none.
    #[must_use]
    pub fn is_utc(&self) -> bool {
        self.meta.get("rejoinder.times").is_some_and(|times| times == "utc")
    }

    /// Writes a table as Parquet with its metadata, in row groups, and hands back the sink.
    pub fn write_parquet<W: Write>(&self, table: Table, sink: W) -> Result<W> {
        let columns = self.columns(table);
        let mut file = ParquetFile::create(sink, table.name(), columns, self.is_utc())?;
        self.each_part(table, |part| file.append(part))?;
        file.finish(&run::with_columns(&self.meta, table, columns))
    }

    /// Hands out the rows of a table in order, at most 32,768 at a time.
    pub fn each_part(
        &self,
        table: Table,
        mut take: impl FnMut(&DataFrame) -> Result<()>,
    ) -> Result<()> {
        let Some(query) = self.frames.get(&table).filter(|_| !self.computed.contains_key(&table))
        else {
            return in_slices(&self.read(table)?, &mut take);
        };
        if self.files.is_empty() {
            return in_slices(&self.run(table, query.clone())?, &mut take);
        }
        for offset in (0i64..).step_by(super::rows::ROWS) {
            let part = self.run(table, query.clone().slice(offset, super::rows::ROWS as u32))?;
            take(&part)?;
            if part.height() < super::rows::ROWS {
                break;
            }
        }
        Ok(())
    }

    /// The complete file that a table already lies in, under a temporary name; it may be linked
    /// to or copied, and goes away with these tables.
    #[must_use]
    pub fn file(&self, table: Table) -> Option<&Path> {
        let part = Part::ALL.into_iter().find(|part| part.table() == Some(table))?;
        self.files.get(&part).filter(|_| self.whole.contains(&table)).map(|path| &**path)
    }

    /// The kept result of a table that spans threads, computed now if it is not there yet.
    fn kept(&self, table: Table) -> Option<Result<DataFrame>> {
        let cell = self.computed.get(&table)?;
        if let Some(frame) = cell.get() {
            return Some(Ok(frame.clone()));
        }
        let query = self.frames.get(&table)?.clone();
        Some(self.run(table, query).map(|frame| cell.get_or_init(|| frame).clone()))
    }

    fn run(&self, table: Table, query: LazyFrame) -> Result<DataFrame> {
        self.collect(query).map_err(|error| match error {
            Error::Table { reason, .. } => {
                Error::table(format!("read table {}", table.name()), reason)
            }
            other => other,
        })
    }
}

/// A frame by slices of the size of a row group.
fn in_slices(frame: &DataFrame, take: &mut impl FnMut(&DataFrame) -> Result<()>) -> Result<()> {
    let step = super::rows::ROWS;
    (0..frame.height()).step_by(step).try_for_each(|offset| take(&frame.slice(offset as i64, step)))
}

/// The key-value metadata of a Parquet file.
fn read_meta(path: &Path) -> Result<BTreeMap<String, String>> {
    let name = || path.display().to_string();
    let mut file = File::open(path).map_err(|e| Error::read(name(), e))?;
    let meta = read_metadata(&mut file).map_err(|e| Error::table(format!("read {}", name()), e))?;
    let pairs = meta.key_value_metadata().iter().flatten();
    Ok(pairs
        .filter(|pair| pair.key.starts_with("rejoinder."))
        .map(|pair| (pair.key.clone(), pair.value.clone().unwrap_or_default()))
        .collect())
}

/// A Parquet file as a query, its times without a zone.
pub(super) fn scan(path: &Path, columns: &[Column]) -> Result<LazyFrame> {
    let failed = |e| Error::table(format!("read {}", path.display()), e);
    let args = ScanArgsParquet { glob: false, ..ScanArgsParquet::default() };
    let path = PlRefPath::try_from_path(path).map_err(failed)?;
    let times = columns.iter().filter(|column| column.kind == Kind::Datetime).map(|column| {
        let naive = DataType::Datetime(TimeUnit::Milliseconds, None);
        col(column.name).cast(DataType::Int64).cast(naive)
    });
    Ok(LazyFrame::scan_parquet(path, args).map_err(failed)?.with_columns(times.collect::<Vec<_>>()))
}
