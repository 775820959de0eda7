//! `export`: the tables in another format, as files or one of them to standard output.

use std::io::{BufWriter, Write};

use rejoinder::error::{Error, Result};
use rejoinder::frames::Table;
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
        let tables = tables::of(&args.source, reading, Purpose::Figures)?;
        let wanted = Table::ALL.into_iter().filter(|table| table.name() == name);
        let mut sink = BufWriter::new(std::io::stdout().lock());
        for table in wanted {
            (format.write)(&tables, table, options, &mut sink)?;
        }
        sink.flush().map_err(|e| Error::write("standard output", e))?;
        return tables::exit(&tables, &args.source);
    }
    let mut folder = Folder::open(&args.out)?;
    let tables = tables::of(&args.source, reading, Purpose::Files(folder.path()))?;
    for table in Table::ALL {
        folder.fill(format!("{}.{}", table.name(), format.name), |mut file| {
            (format.write)(&tables, table, options, &mut file)?;
            Ok(file)
        })?;
    }
    folder.publish()?;
    if !args.source.quiet {
        screen::remark(&format!("{} tables in {}", Table::ALL.len(), args.out.display()));
    }
    tables::exit(&tables, &args.source)
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
    let tables = tables::of(&args.source, reading, Purpose::Files(folder.path()))?;
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
