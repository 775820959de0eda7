//! Finished shares of a run, kept in a folder so that a run that was interrupted goes on from them.
//!
//! Each share leaves its rows as small Parquet files and, last, its sums in a text file whose
//! presence says that the share is complete: every file gets its name only when it is whole. The
//! folder belongs to one run, which is known by its inputs and options; what another run has left
//! there is removed. Reading a share back gives the very rows that were written, so the tables of
//! a resumed run are those of one that was never interrupted.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;

use super::parquet::ParquetFile;
use super::sheet::{FactSheet, Plan};
use super::store::Part;
use super::tables;
use super::tally::Tally;
use crate::error::{Error, Result};

/// The file that says whose shares these are.
const OWNER: &str = "run";

/// Keeps finished shares in a folder.
pub(super) struct Journal {
    dir: PathBuf,
    /// Number of the share that comes next; `None` before the first.
    next: Option<usize>,
    /// What another run had left was removed.
    pub(super) has_replaced: bool,
}

/// A share as it was kept.
pub(super) struct Kept {
    pub(super) frames: Vec<(Part, DataFrame)>,
    pub(super) tally: Tally,
}

impl Journal {
    /// Opens the folder for the run that `owner` tells from all others.
    pub(super) fn open(dir: PathBuf, owner: &str) -> Result<Self> {
        let known = fs::read_to_string(dir.join(OWNER)).ok();
        if known.as_deref() != Some(owner) {
            if dir.exists() {
                fs::remove_dir_all(&dir).map_err(|e| failed(&dir, e))?;
            }
            fs::create_dir_all(&dir).map_err(|e| failed(&dir, e))?;
            write_whole(&dir.join(OWNER), owner.as_bytes())?;
        }
        let has_replaced = known.is_some_and(|known| known != owner);
        Ok(Self { dir, next: None, has_replaced })
    }

    /// Shares come next: those from the first that were finished before.
    pub(super) fn finished(&mut self, count: usize, plan: &Plan) -> Vec<Kept> {
        let mut kept = Vec::new();
        for number in 0..count {
            let Some(share) = self.read(number, plan) else { break };
            kept.push(share);
        }
        self.next = Some(kept.len());
        kept
    }

    /// Keeps a share, if shares are what comes.
    pub(super) fn keep(&mut self, sheet: &FactSheet, plan: &Plan) -> Result<()> {
        let Some(number) = self.next else { return Ok(()) };
        for (i, (part, frame)) in sheet.frames.iter().enumerate() {
            let mut file =
                ParquetFile::create(Vec::new(), part.name(), plan.columns(*part), false)?;
            file.append(frame)?;
            let bytes = file.finish(&std::collections::BTreeMap::new())?;
            write_whole(&self.rows(number, i, *part), &bytes)?;
        }
        let parts: Vec<&str> = sheet.frames.iter().map(|(part, _)| part.name()).collect();
        let sums = format!("{}\n{}\n", parts.join(" "), sheet.tally.to_text());
        write_whole(&self.sums(number), sums.as_bytes())?;
        self.next = Some(number + 1);
        Ok(())
    }

    /// A share, if it was kept and is whole: a kill may have met the removal of the folder.
    fn read(&self, number: usize, plan: &Plan) -> Option<Kept> {
        let sums = fs::read_to_string(self.sums(number)).ok()?;
        let (parts, tally) = sums.split_once('\n').unwrap_or_default();
        let tally = Tally::from_text(tally.trim_end())?;
        let mut frames = Vec::new();
        for (i, name) in parts.split(' ').filter(|name| !name.is_empty()).enumerate() {
            let part = Part::ALL.into_iter().find(|part| part.name() == name)?;
            let rows = tables::scan(&self.rows(number, i, part), plan.columns(part));
            frames.push((part, rows.ok()?.collect().ok()?));
        }
        Some(Kept { frames, tally })
    }

    fn rows(&self, share: usize, place: usize, part: Part) -> PathBuf {
        self.dir.join(format!("{share:06}-{place}-{}.parquet", part.name()))
    }

    fn sums(&self, share: usize) -> PathBuf {
        self.dir.join(format!("{share:06}.sums"))
    }
}

/// Writes a file that has its name only when it is whole.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let draft = path.with_extension("draft");
    let written = fs::File::create(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_data()?;
        fs::rename(&draft, path)
    });
    written.map_err(|e| failed(path, e))
}

fn failed(path: &Path, cause: std::io::Error) -> Error {
    Error::write(path.display().to_string(), cause)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Diagnostic, Oddity};
    use crate::frames::Selection;

    #[test]
    fn a_share_that_lost_its_rows_is_made_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let open = || Journal::open(dir.path().join("kept"), "me").expect("writable");
        let plan = Arc::new(Plan::new(&Selection::default(), None));
        let mut journal = open();
        assert_eq!(journal.finished(3, &plan).len(), 0);
        for _ in 0..3 {
            let mut sheet = FactSheet::new(Arc::clone(&plan));
            sheet.add_diagnostic(&Diagnostic::new("a", Oddity::BadDate, "odd"));
            sheet.flush_all();
            journal.keep(&sheet, &plan).expect("writable");
        }
        assert_eq!(open().finished(3, &plan).len(), 3);
        let rows = journal.rows(2, 0, Part::Diagnostics);
        fs::write(&rows, b"PAR1 and no more").expect("writable");
        assert_eq!(open().finished(3, &plan).len(), 2);
        fs::remove_file(journal.rows(0, 0, Part::Diagnostics)).expect("there");
        assert_eq!(open().finished(3, &plan).len(), 0);
    }
}
