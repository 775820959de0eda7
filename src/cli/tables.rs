//! Inputs to tables: reads them, or opens those of an earlier run.

use std::path::Path;

use rejoinder::analysis::{self, Options};
use rejoinder::error::Result;
use rejoinder::frames::{Bucket, FactTables, Run, Tables};
use rejoinder::outputs::digest::Standing;

use crate::args::shared::Source;
use crate::exit::Exit;
use crate::inputs::{self, Inputs};
use crate::watch::Watch;
use crate::{reading, screen};

/// Rows of facts that are kept in memory before they move to files.
const ROWS_IN_MEMORY: usize = 50_000;

/// What tables are made for, which decides how much is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose<'a> {
    /// Only who answers whom is looked at: no topics, no languages.
    Tree,
    /// All figures are shown.
    Figures,
    /// The tables are kept in this folder, with the digests of the inputs.
    Files(&'a Path),
}

/// The tables of what the arguments name.
///
/// They stay in memory while they are small; larger ones lie in files with temporary names in the
/// folder that they are kept in, or in the system's folder for such files.
pub(crate) fn of(source: &Source, format: Option<&str>, purpose: Purpose<'_>) -> Result<Tables> {
    let files = match inputs::find(&source.inputs)? {
        Inputs::Tables(folder) => return Tables::open(&folder),
        Inputs::Files(files) => files,
    };
    let bucket = source.bucket.as_deref().map(Bucket::parse).transpose()?;
    let mut options = reading::options(source, format)?;
    if purpose == Purpose::Tree {
        options.discover = None;
        options.skip_languages = true;
    }
    let folder = match purpose {
        Purpose::Files(folder) => Some(folder),
        Purpose::Tree | Purpose::Figures => None,
    };
    let watch = Watch::over(&files, folder.is_some(), source.quiet);
    let scratch = folder.map_or_else(std::env::temp_dir, Path::to_path_buf);
    let mut facts = FactTables::spilling(scratch, ROWS_IN_MEMORY);
    let outcome = analysis::analyze(inputs::open(&files, &watch), &options, &mut facts)?;
    let run = Run { inputs: watch.inputs(), options: told(source, &options), bucket };
    let tables = facts.finish(&run)?;
    screen::tell_skipped(outcome, source.quiet)?;
    Ok(tables)
}

/// The options that decide what the tables hold, by their names on the command line.
fn told(source: &Source, options: &Options) -> Vec<(String, String)> {
    let read = &options.read;
    let list = |values: &[String]| (!values.is_empty()).then(|| values.join(","));
    let paths: Vec<String> = source.profile.iter().map(|p| p.display().to_string()).collect();
    let told = [
        ("format", read.format.clone()),
        ("profile", list(&paths)),
        ("encoding", read.encoding.clone()),
        ("timezone", source.timezone.clone()),
        ("captured-at", source.captured_at.clone()),
        ("columns", list(&source.columns)),
        ("by-subject", source.by_subject.then(|| "true".to_owned())),
        ("separate", source.separate.then(|| "true".to_owned())),
        ("topics", source.topics.as_ref().map(|p| p.display().to_string())),
        ("bucket", source.bucket.clone()),
    ];
    told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// How a command ends that did what it should: by what the tables hold.
pub(crate) fn exit(tables: &Tables, source: &Source) -> Result<Exit> {
    let standing = Standing::of(tables)?;
    let wanting = standing.n_comments == 0 || (source.strict && standing.n_problems > 0);
    Ok(if wanting { Exit::Wanting } else { Exit::Done })
}
