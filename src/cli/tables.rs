//! Inputs to tables: reads them, or opens those of an earlier run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rejoinder::analysis::{self, Keep, Options};
use rejoinder::error::{Error, Result};
use rejoinder::frames::{Bucket, FactTables, Run, Selection, Table, Tables};
use rejoinder::linking::Absent;
use rejoinder::metrics::{METRICS, Metric};
use rejoinder::outputs::digest::Standing;

use crate::args::shared::Source;
use crate::exit::Exit;
use crate::files::UNFINISHED;
use crate::inputs::{self, Inputs};
use crate::watch::Watch;
use crate::{reading, screen, signals, timings};

/// Rows of facts that are kept in memory before they move to files.
const ROWS_IN_MEMORY: usize = 50_000;

/// What tables are made for, which decides how much is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose<'a> {
    /// Only who answers whom is looked at: no topics, no languages.
    Tree,
    /// All figures are shown.
    Figures,
    /// The tables are kept, with the digests of the inputs.
    Files {
        /// Where.
        folder: &'a Path,
        /// Parts that are finished are kept, for a run that goes on where this one ends.
        resume: bool,
    },
}

/// The tables of what the arguments name.
///
/// They stay in memory while they are small; larger ones lie in files with temporary names in the
/// folder that they are kept in, or in the system's folder for such files.
pub(crate) fn of(source: &Source, format: Option<&str>, purpose: Purpose<'_>) -> Result<Tables> {
    selected(source, format, purpose, &Selection::default())
}

/// As [`of`], but only the tables and columns that are wanted.
pub(crate) fn selected(
    source: &Source,
    format: Option<&str>,
    purpose: Purpose<'_>,
    selection: &Selection,
) -> Result<Tables> {
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
    omit(&mut options, selection);
    if let Some(threads) = source.large.threads {
        // Fails only if work has begun on other terms, which it has not.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global();
    }
    let folder = match purpose {
        Purpose::Files { folder, .. } => Some(folder),
        Purpose::Tree | Purpose::Figures => None,
    };
    options.pulse.stage = Some(timings::stage);
    options.pulse.told = (!source.quiet).then_some(screen::remark as fn(&str));
    signals::set_on_interrupt(&options.pulse.stop);
    let watch = Watch::with_pulse(&files, folder.is_some(), &options.pulse, source.quiet);
    options.budget.extent = Some(watch.extent());
    let scratch = folder.map_or_else(std::env::temp_dir, Path::to_path_buf);
    let mut facts = FactTables::spilling(scratch, ROWS_IN_MEMORY).only(selection.clone(), bucket);
    let told = told(source, &options);
    if let Purpose::Files { folder, resume: true } = purpose {
        if files.iter().any(|path| inputs::is_standard(path)) {
            let why = "--resume needs files: standard input cannot be read a second time";
            return Err(Error::usage(why));
        }
        let (folder, owner) = (folder.join(UNFINISHED), owner(&files, source, &told, selection));
        facts = facts.resumable(&folder, &owner)?;
        if facts.has_replaced() && !source.quiet {
            screen::remark(
                "what an earlier run left unfinished was made from other inputs, with other \
                 options or by another version; beginning anew",
            );
        }
        options.keep = Some(Keep::new(folder.join("records"), owner));
    }
    let outcome = analysis::analyze(inputs::open(&files, &watch), &options, &mut facts)
        .inspect_err(|error| tell_how_to_go_on(error, purpose))?;
    let run = Run { inputs: watch.inputs(), options: told, bucket };
    timings::begin("tables");
    let tables = facts.finish(&run)?;
    if folder.is_some() && !source.quiet {
        // Who writes files may never see the diagnostics.
        outcome.lost.iter().for_each(|lost| screen::complain("lost", &lost.to_string()));
    }
    screen::tell_skipped(outcome, source.quiet)?;
    Ok(tables)
}

/// After an interrupt: what is left of the run.
fn tell_how_to_go_on(error: &Error, purpose: Purpose<'_>) {
    match purpose {
        Purpose::Files { resume, .. } if matches!(error, Error::Interrupted { .. }) => {
            screen::remark(if resume {
                "what is finished is kept; the same command goes on from it"
            } else {
                "nothing is kept; begin with --resume to go on after an interrupt"
            });
        }
        _ => {}
    }
}

/// What tells a run from all others: the program, the inputs as they are now, the options.
fn owner(
    files: &[PathBuf],
    source: &Source,
    told: &[(String, String)],
    selection: &Selection,
) -> String {
    let mut owner = format!("{} {told:?} {selection:?}\n", env!("CARGO_PKG_VERSION"));
    let small = source.topics.iter().chain(&source.profile);
    for text in small.filter_map(|path| std::fs::read_to_string(path).ok()) {
        owner.push_str(&text);
    }
    for path in files {
        let meta = std::fs::metadata(path).ok();
        let known = meta.map(|meta| (meta.len(), meta.modified().ok()));
        let _ = write!(owner, "\n{} {known:?}", path.display());
    }
    owner
}

/// Leaves out what no wanted column needs.
fn omit(options: &mut Options, selection: &Selection) {
    let comments = |column| selection.needs(Table::Comments, column);
    options.read.skip_text |= !comments("text");
    options.read.skip_community |= !selection.needs(Table::Threads, "community");
    options.skip_languages |= !comments("language");
    options.skip_words |= !comments("n_words") && !comments("n_chars");
    let is_unwanted = |metric: &Metric| !selection.needs(Table::Threads, metric.name);
    options.skip_metrics = METRICS.iter().map(is_unwanted).collect();
    let topics = [Table::Topics, Table::TopicActivity, Table::TopicDepths, Table::TopicAuthors];
    let wants_topics = comments("topics") || comments("topic_mentions");
    if !wants_topics && !topics.into_iter().any(|table| selection.has(table)) {
        options.topics = Arc::default();
        options.discover = None;
    }
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
        ("missing-parents", matches!(options.absent, Absent::Post).then(|| "post".to_owned())),
        ("skip-text", source.large.skip_text.then(|| "true".to_owned())),
        ("skip-languages", source.large.skip_languages.then(|| "true".to_owned())),
    ];
    told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// How a command ends that did what it should: by what the tables hold.
pub(crate) fn exit(tables: &Tables, source: &Source) -> Result<Exit> {
    let standing = Standing::of(tables)?;
    let wanting = standing.n_comments == 0 || (source.strict && standing.n_problems > 0);
    Ok(if wanting { Exit::Wanting } else { Exit::Done })
}
