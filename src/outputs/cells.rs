//! Columns of a table as plain Rust values, so that no output deals with column types.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, DataType, LazyFrame};

use crate::error::{Error, Result};
use crate::frames::Tables;

/// A table, or the part of it that was asked for, in memory.
pub(crate) struct Cells {
    frame: DataFrame,
}

impl From<DataFrame> for Cells {
    fn from(frame: DataFrame) -> Self {
        Self { frame }
    }
}

impl Cells {
    /// Runs a query. `action` says what for, should it fail: "count comments by depth".
    pub(crate) fn collect(tables: &Tables, query: LazyFrame, action: &str) -> Result<Self> {
        match tables.collect(query) {
            Ok(frame) => Ok(Self { frame }),
            Err(Error::Table { reason, .. }) => Err(Error::table(action, reason)),
            Err(other) => Err(other),
        }
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.frame.height()
    }

    /// Whole numbers and times (milliseconds).
    pub(crate) fn ints(&self, name: &str) -> Result<Vec<Option<i64>>> {
        let column = self.cast(name, &DataType::Int64)?;
        let values = column.i64().map_err(|e| wrong(name, e))?;
        Ok(values.iter().collect())
    }

    /// Numbers.
    pub(crate) fn reals(&self, name: &str) -> Result<Vec<Option<f64>>> {
        let column = self.cast(name, &DataType::Float64)?;
        let values = column.f64().map_err(|e| wrong(name, e))?;
        Ok(values.iter().collect())
    }

    /// Texts.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<Option<String>>> {
        let column = self.cast(name, &DataType::String)?;
        let values = column.str().map_err(|e| wrong(name, e))?;
        Ok(values.iter().map(|v| v.map(str::to_owned)).collect())
    }

    /// Lists of texts, joined by ", ".
    pub(crate) fn lists(&self, name: &str) -> Result<Vec<String>> {
        let column = self.frame.column(name).map_err(|e| wrong(name, e))?;
        let lists = column.list().map_err(|e| wrong(name, e))?;
        let mut out = Vec::with_capacity(lists.len());
        for list in lists.amortized_iter() {
            let Some(list) = list else {
                out.push(String::new());
                continue;
            };
            let values = list.as_ref().str().map_err(|e| wrong(name, e))?;
            let values: Vec<&str> = values.iter().flatten().collect();
            out.push(values.join(", "));
        }
        Ok(out)
    }

    /// All numbers of the first row, by column name; nulls are left out.
    pub(crate) fn numbers_of_first_row(&self) -> Result<BTreeMap<String, f64>> {
        let mut numbers = BTreeMap::new();
        let columns = self.frame.columns().iter().filter(|c| c.dtype().is_primitive_numeric());
        for name in columns.map(|c| c.name().as_str()) {
            if let Some(value) = self.reals(name)?.first().copied().flatten() {
                numbers.insert(name.to_owned(), value);
            }
        }
        Ok(numbers)
    }

    fn cast(&self, name: &str, to: &DataType) -> Result<polars::prelude::Column> {
        let column = self.frame.column(name).map_err(|e| wrong(name, e))?;
        column.cast(to).map_err(|e| wrong(name, e))
    }
}

fn wrong(name: &str, cause: impl std::fmt::Display) -> Error {
    Error::table(format!("read column {name}"), cause)
}
