//! CSV (RFC 4180) in UTF-8 with a header, for spreadsheets.
//!
//! A text that begins like a formula (`=`, `+`, `-`, `@`, a tab or a line end, also in full width)
//! would be run by a spreadsheet that opens the file: a comment could send data away. An
//! apostrophe in front makes it plain text (OWASP, "CSV injection"). Numbers are left alone.

use std::io::Write;

use super::RowOptions;
use super::cell::{Cell, Cells, iso};
use crate::error::{Error, Result};
use crate::frames::{Table, Tables};

/// Writes a table as CSV.
pub(super) fn write(
    tables: &Tables,
    table: Table,
    options: RowOptions,
    sink: &mut dyn Write,
) -> Result<()> {
    let failed = |e: csv::Error| match e.into_kind() {
        csv::ErrorKind::Io(e) => Error::write(format!("table {}", table.name()), e),
        other => Error::table(format!("write table {}", table.name()), format!("{other:?}")),
    };
    let utc = tables.is_utc();
    let mut writer = csv::Writer::from_writer(sink);
    writer.write_record(tables.columns(table).iter().map(|c| c.name)).map_err(failed)?;
    let mut field = String::new();
    tables.each_part(table, |part| {
        let columns = Cells::of(part)?;
        for row in 0..part.height() {
            for column in &columns {
                field.clear();
                fill(&mut field, column.get(row), utc, options.keep_formulas);
                writer.write_field(&field).map_err(failed)?;
            }
            writer.write_record(None::<&[u8]>).map_err(failed)?;
        }
        Ok(())
    })?;
    writer.flush().map_err(|e| Error::write(format!("table {}", table.name()), e))
}

fn fill(field: &mut String, cell: Cell<'_>, utc: bool, keep_formulas: bool) {
    use std::fmt::Write as _;
    let written = match cell {
        Cell::Null => Ok(()),
        Cell::Text(text) => {
            push_text(field, text, keep_formulas);
            Ok(())
        }
        Cell::List(texts) => {
            push_text(field, &texts.join("; "), keep_formulas);
            Ok(())
        }
        Cell::Numbers(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
            field.push_str(&numbers.join("; "));
            Ok(())
        }
        Cell::Whole(number) => write!(field, "{number}"),
        Cell::Single(number) => write!(field, "{number}"),
        Cell::Double(number) => write!(field, "{number}"),
        Cell::Flag(flag) => write!(field, "{flag}"),
        Cell::Time(millis) => {
            field.push_str(&iso(millis, utc));
            Ok(())
        }
    };
    // Writing to a string does not fail.
    debug_assert!(written.is_ok());
}

fn push_text(field: &mut String, text: &str, keep_formulas: bool) {
    let begins_a_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins_a_formula && !keep_formulas {
        field.push('\'');
    }
    field.push_str(text);
}
