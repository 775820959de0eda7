//! `export`: the tables in another format, as files or one of them to standard output.

use std::io::{BufWriter, Write};

use rejoinder::error::{Error, Result};
use rejoinder::frames::{PartitionBy, Selection, Table, Tables};
use rejoinder::outputs::rows::convokit::{Corpus, FILES};
use rejoinder::outputs::rows::{ROW_FORMATS, RowOptions};

use crate::args::export::{CONVOKIT, Export};
use crate::exit::Exit;
use crate::files::Folder;
use crate::tables::Purpose;
use crate::{screen, tables};

/// Writes the tables.
pub(crate) fn run(args: &Export) -> Result<Exit> {
    if args.to == CONVOKIT {
        return corpus(args);
    }
    let format = ROW_FORMATS.iter().find(|format| format.name == args.to).ok_or_else(|| {
        Error::usage(format!("no format is called {}; see `rejoinder export --help`", args.to))
    })?;
    let options = RowOptions { keep_formulas: args.keep_formulas };
    let reading = args.format.name.as_deref();
    if let Some(name) = &args.table {
        let selection = Selection::parse(&args.only)?;
        let tables = tables::selected(&args.source, reading, Purpose::Figures, &selection)?;
        let wanted = Table::ALL.into_iter().filter(|table| table.name() == name);
        let mut sink = BufWriter::new(std::io::stdout().lock());
        for table in wanted {
            (format.write)(&tables, table, options, &mut sink)?;
        }
        sink.flush().map_err(|e| Error::write("standard output", e))?;
        return tables::exit(&tables, &args.source);
    }
    let mut folder = Folder::open(&args.out)?;
    let selection = Selection::parse(&args.only)?;
    let parts = parts(args, &selection)?;
    let purpose = Purpose::Files { folder: folder.path(), resume: args.resume };
    let tables = tables::selected(&args.source, reading, purpose, &selection)?;
    let wanted: Vec<Table> = tables.all().filter(|table| selection.has(*table)).collect();
    for &table in &wanted {
        if !parts.is_empty() && PartitionBy::TABLES.contains(&table) {
            write_parts(&tables, table, &parts, &mut folder)?;
            continue;
        }
        let name = format!("{}.{}", table.name(), format.name);
        match tables.file(table).filter(|_| format.name == "parquet") {
            Some(complete) => folder.adopt(name, complete)?,
            None => folder.fill(name, |mut file| {
                (format.write)(&tables, table, options, &mut file)?;
                Ok(file)
            })?,
        }
    }
    folder.publish()?;
    if !args.source.quiet {
        let count = wanted.len();
        let tables = if count == 1 { "table" } else { "tables" };
        screen::remark(&format!("{count} {tables} in {}", args.out.display()));
    }
    tables::exit(&tables, &args.source)
}

/// What the tables are parted by.
fn parts(args: &Export, selection: &Selection) -> Result<Vec<PartitionBy>> {
    let known = |word: &String| PartitionBy::ALL.into_iter().find(|(name, _)| name == word);
    let parts: Vec<PartitionBy> =
        args.partition_by.iter().filter_map(|word| Some(known(word)?.1)).collect();
    if !parts.is_empty() && args.to != "parquet" {
        return Err(Error::usage("--partition-by goes with --to parquet"));
    }
    for (table, column) in parts.iter().flat_map(|by| by.needs()) {
        let is_there = selection.columns(*table).iter().any(|known| known.name == *column);
        let is_wanted = selection.has(*table) || *column == "community";
        if is_wanted && !is_there {
            return Err(Error::usage(format!(
                "--partition-by needs the column {}.{column}; name it with --only too",
                table.name()
            )));
        }
    }
    Ok(parts)
}

fn write_parts(
    tables: &Tables,
    table: Table,
    by: &[PartitionBy],
    folder: &mut Folder,
) -> Result<()> {
    for file in tables.write_partitioned(table, by, |path| folder.begin(path))? {
        folder.complete(file)?;
    }
    Ok(())
}

/// Writes a corpus that ConvoKit loads.
fn corpus(args: &Export) -> Result<Exit> {
    if args.table.is_some() {
        return Err(Error::usage(
            "a corpus is a folder of five files; give --out DIR, not --table",
        ));
    }
    let mut folder = Folder::open(&args.out)?;
    let reading = args.format.name.as_deref();
    let tables = tables::of(
        &args.source,
        reading,
        Purpose::Files { folder: folder.path(), resume: args.resume },
    )?;
    let corpus = Corpus::of(&tables)?;
    for (name, write) in FILES {
        folder.fill(name, |mut file| {
            write(&corpus, &mut file)?;
            Ok(file)
        })?;
    }
    folder.publish()?;
    if !args.source.quiet {
        screen::remark(&format!("a ConvoKit corpus in {}", args.out.display()));
    }
    tables::exit(&tables, &args.source)
}
