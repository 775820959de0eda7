//! NDJSON: one JSON object a row, keys in the order of the schema, null where there is nothing.

use std::io::{self, BufWriter, Write};

use super::RowOptions;
use super::cell::{Cell, Cells, iso};
use crate::error::{Error, Result};
use crate::frames::{Table, Tables};

/// Writes a table as NDJSON.
pub(super) fn write(
    tables: &Tables,
    table: Table,
    _: RowOptions,
    sink: &mut dyn Write,
) -> Result<()> {
    let failed = |e| Error::write(format!("table {}", table.name()), e);
    let utc = tables.is_utc();
    // Names of columns are plain letters and need no escaping.
    let keys: Vec<String> =
        tables.columns(table).iter().map(|c| format!("\"{}\":", c.name)).collect();
    let mut sink = BufWriter::new(sink);
    tables.each_part(table, |part| {
        let columns = Cells::of(part)?;
        for row in 0..part.height() {
            let mut before = "{";
            for (key, column) in keys.iter().zip(&columns) {
                write!(sink, "{before}{key}").map_err(failed)?;
                value(&mut sink, &column.get(row), utc).map_err(failed)?;
                before = ",";
            }
            sink.write_all(b"}\n").map_err(failed)?;
        }
        Ok(())
    })?;
    sink.flush().map_err(failed)
}

fn value(sink: &mut impl Write, cell: &Cell<'_>, utc: bool) -> io::Result<()> {
    match cell {
        Cell::Null => sink.write_all(b"null"),
        Cell::Text(text) => Ok(serde_json::to_writer(sink, text)?),
        Cell::List(texts) => Ok(serde_json::to_writer(sink, texts)?),
        Cell::Numbers(numbers) => Ok(serde_json::to_writer(sink, numbers)?),
        Cell::Whole(number) => write!(sink, "{number}"),
        Cell::Single(number) => Ok(serde_json::to_writer(sink, number)?),
        Cell::Double(number) => Ok(serde_json::to_writer(sink, number)?),
        Cell::Flag(flag) => write!(sink, "{flag}"),
        Cell::Time(millis) => Ok(serde_json::to_writer(sink, &iso(*millis, utc))?),
    }
}
