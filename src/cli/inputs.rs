//! Inputs: what was named, found on the machine.

use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use rejoinder::error::{Error, Result};
use rejoinder::formats::Input;
use rejoinder::formats::input::bundle::{self, Bundle};
use rejoinder::frames::parquet_rows as parquet;

use crate::screen;
use crate::watch::Watch;

/// What the arguments name.
pub(crate) enum Inputs {
    /// The tables of an earlier run, in this folder.
    Tables(PathBuf),
    /// Files to be read, in the order of the arguments; those of a folder sorted by name.
    Files(Vec<PathBuf>),
}

/// Standard input.
const STANDARD: &str = "-";

/// The file that tells a folder of tables from a folder of inputs.
const TABLES_MARK: &str = "comments.parquet";

/// Finds the files behind the arguments.
pub(crate) fn find(named: &[PathBuf]) -> Result<Inputs> {
    if let [one] = named
        && one.join(TABLES_MARK).is_file()
    {
        return Ok(Inputs::Tables(one.clone()));
    }
    let mut files = Vec::new();
    for path in named {
        if path.join(TABLES_MARK).is_file() {
            let path = path.display();
            return Err(Error::usage(format!(
                "{path} holds the tables of an earlier run; give it alone, without other inputs"
            )));
        }
        if path.is_dir() {
            let before = files.len();
            walk(path, &mut files)?;
            if files.len() == before {
                let reason = "the folder holds no files to read; hidden ones, pictures and scripts are skipped";
                return Err(Error::format(path.display().to_string(), reason));
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(Inputs::Files(files))
}

/// All files below a folder that may hold text, sorted; hidden ones, pictures and scripts, and
/// folders of tables are skipped.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut found = Vec::new();
    collect(folder, &mut found)?;
    let paths: Vec<String> = found.iter().map(|path| path.display().to_string()).collect();
    let texts = bundle::texts(&paths);
    files
        .extend(found.into_iter().zip(texts).filter_map(|(path, is_text)| is_text.then_some(path)));
    Ok(())
}

/// All files below a folder, sorted. Links to folders are not followed, so that a walk always
/// ends. A hidden folder is skipped unless it is one of mails, as Maildir hides them.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        let failed = |e| Error::read(path.display().to_string(), e);
        let mut entries = Vec::new();
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let is_link = entry.file_type().map_err(failed)?.is_symlink();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let entry = entry.path();
            let hidden = hidden && !entry.join("cur").is_dir();
            let skipped =
                hidden || (is_link && entry.is_dir()) || entry.join(TABLES_MARK).is_file();
            if !skipped {
                entries.push(entry);
            }
        }
        // The stack gives back the last first.
        entries.sort_by(|a, b| b.cmp(a));
        pending.extend(entries);
    }
    Ok(())
}

/// Standard input is meant.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

/// Opens each input when its turn comes: a file, or files that are one input together. One that
/// cannot be opened is an error of its own.
pub(crate) fn open<'a>(
    files: &'a [PathBuf],
    watch: &'a Watch,
) -> impl Iterator<Item = Result<Input<'a>>> + 'a {
    let paths: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    bundle::bundles(&paths).into_iter().map(move |bundle| match bundle {
        Bundle::File(place) => one(place, &files[place], watch),
        Bundle::Corpus { name, conversations, utterances } => {
            let known =
                conversations.map(|place| reader(place, &files[place], watch)).transpose()?;
            let utterances = reader(utterances, &files[utterances], watch)?;
            Ok(Input { name, reader: bundle::corpus(known, utterances) })
        }
        Bundle::Mails { name, mails } => {
            let mails = mails.into_iter().filter_map(move |place| {
                let opened = reader(place, &files[place], watch);
                opened.map_err(|error| screen::complain("skipped", &error.chain())).ok()
            });
            Ok(Input { name, reader: bundle::mails(mails) })
        }
    })
}

fn one<'a>(place: usize, path: &'a Path, watch: &'a Watch) -> Result<Input<'a>> {
    let name = path.display().to_string();
    if is_standard(path) {
        return Ok(Input::new(STANDARD, watch.reader(place, STANDARD, None, std::io::stdin())));
    }
    let mut file = open_file(path)?;
    let mut magic = [0; 4];
    let length = file.read(&mut magic).map_err(|e| Error::read(&name, e))?;
    file.rewind().map_err(|e| Error::read(&name, e))?;
    if magic[..length] == *parquet::MAGIC {
        // What a table holds is found from its end, so its bytes are watched beforehand.
        let mut watched = watch.reader(place, &name, size_of(path), open_file(path)?);
        std::io::copy(&mut watched, &mut std::io::sink()).map_err(|e| Error::read(&name, e))?;
        let rows = parquet::rows(&name, file)?;
        return Ok(Input::new(name, rows));
    }
    let watched = watch.reader(place, &name, size_of(path), file);
    Ok(Input::new(name, watched))
}

fn reader<'a>(place: usize, path: &Path, watch: &'a Watch) -> Result<Box<dyn Read + Send + 'a>> {
    let file = open_file(path)?;
    Ok(Box::new(watch.reader(place, &path.display().to_string(), size_of(path), file)))
}

/// Bytes of a file, if they are known.
fn size_of(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|meta| meta.len())
}

fn open_file(path: &Path) -> Result<File> {
    File::open(path).map_err(|e| Error::read(path.display().to_string(), e))
}

/// Bytes of all inputs together; `None` if one of them cannot be measured beforehand.
pub(crate) fn size(files: &[PathBuf]) -> Option<u64> {
    files
        .iter()
        .map(|path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|m| m.len()))
        .sum()
}
