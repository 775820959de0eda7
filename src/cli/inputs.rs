//! Inputs: what was named, found on the machine.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rejoinder::error::{Error, Result};
use rejoinder::formats::Input;

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
                let reason = "the folder holds no files; hidden ones are skipped";
                return Err(Error::format(path.display().to_string(), reason));
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(Inputs::Files(files))
}

/// All files below a folder, sorted; hidden ones and folders of tables are skipped, links to
/// folders are not followed, so that a walk always ends.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
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

/// Opens each file when its turn comes; a file that cannot be opened is an error of its own.
pub(crate) fn open<'a>(
    files: &'a [PathBuf],
    watch: &'a Watch,
) -> impl Iterator<Item = Result<Input<'a>>> + 'a {
    files.iter().enumerate().map(|(place, path)| {
        let name = path.display().to_string();
        if path.as_os_str() == STANDARD {
            return Ok(Input::new(STANDARD, watch.reader(place, STANDARD, None, std::io::stdin())));
        }
        let file = File::open(path).map_err(|e| Error::read(&name, e))?;
        let bytes = file.metadata().ok().map(|meta| meta.len());
        let watched = watch.reader(place, &name, bytes, file);
        Ok(Input::new(name, watched))
    })
}

/// Bytes of all inputs together; `None` if one of them cannot be measured beforehand.
pub(crate) fn size(files: &[PathBuf]) -> Option<u64> {
    files
        .iter()
        .map(|path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|m| m.len()))
        .sum()
}
