//! Columns of a table as plain vectors: the last place where charts touch Polars.

use polars::prelude::{ChunkedArray, DataFrame, DataType, Float64Type};

use crate::error::{Error, Result};

/// A table that was read for a chart.
pub(crate) struct Columns {
    chart: &'static str,
    frame: DataFrame,
}

impl Columns {
    pub(crate) fn new(chart: &'static str, frame: DataFrame) -> Self {
        Self { chart, frame }
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.frame.height()
    }

    /// Numbers; times are milliseconds, booleans 0 and 1.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>> {
        let column = self.frame.column(name).map_err(|e| self.failed(e))?;
        let column = match column.dtype() {
            DataType::Datetime(..) | DataType::Duration(..) => column.cast(&DataType::Int64),
            _ => Ok(column.clone()),
        };
        let column = column.and_then(|c| c.cast(&DataType::Float64)).map_err(|e| self.failed(e))?;
        let values: &ChunkedArray<Float64Type> = column.f64().map_err(|e| self.failed(e))?;
        Ok(values.iter().collect())
    }

    /// Numbers where null counts as 0.
    pub(crate) fn counts(&self, name: &str) -> Result<Vec<f64>> {
        Ok(self.numbers(name)?.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// Texts.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<Option<String>>> {
        let column = self.frame.column(name).map_err(|e| self.failed(e))?;
        let column = column.cast(&DataType::String).map_err(|e| self.failed(e))?;
        let values = column.str().map_err(|e| self.failed(e))?;
        Ok(values.iter().map(|text| text.map(str::to_owned)).collect())
    }

    fn failed(&self, cause: impl std::fmt::Display) -> Error {
        Error::chart(self.chart, cause)
    }
}
