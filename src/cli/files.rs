//! Files that appear whole or not at all.
//!
//! Each is written under a temporary name in its folder and synced; when all are there they are
//! renamed, one right after the other. A kill at any moment leaves the old file or the new one,
//! never a half one; a failure leaves what was there before.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use rejoinder::error::{Error, Result};
use tempfile::{Builder, TempPath};

/// The files that a command writes, all below one folder.
pub(crate) struct Folder {
    path: PathBuf,
    /// It was made for this command, and is taken away again if nothing comes to lie in it.
    is_new: bool,
    drafts: Vec<(TempPath, PathBuf)>,
    /// Held while the command runs; the system lets go of it when the program ends, however.
    _lock: File,
}

/// The folder below the results in which finished parts of a run are kept until all are there.
pub(crate) const UNFINISHED: &str = ".rejoinder-unfinished";

/// How temporary names begin.
const PREFIX: &str = ".rejoinder-";

/// Tells other runs that the folder is being written to.
const LOCK: &str = ".rejoinder-lock";

impl Folder {
    /// A folder, made if it does not exist, with those above it.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let is_new = !path.exists();
        fs::create_dir_all(path).map_err(|e| unwritable(path, e))?;
        let lock = File::create(path.join(LOCK)).map_err(|e| unwritable(path, e))?;
        if let Err(fs::TryLockError::WouldBlock) = lock.try_lock() {
            return Err(Error::usage(format!(
                "another run is writing to {}; wait for it, or choose another folder with --out",
                path.display()
            )));
        }
        sweep(path);
        Ok(Self { path: path.to_owned(), is_new, drafts: Vec::new(), _lock: lock })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file, given by its path below the folder.
    pub(crate) fn write(&mut self, name: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        self.fill(name, |mut file| {
            use std::io::Write;
            file.write_all(bytes).map_err(|e| Error::write("a file", e))?;
            Ok(file)
        })
    }

    /// As [`Folder::write`], by a function that writes and hands back the file.
    pub(crate) fn fill(
        &mut self,
        name: impl AsRef<Path>,
        content: impl FnOnce(BufWriter<File>) -> Result<BufWriter<File>>,
    ) -> Result<()> {
        let target = self.target(name.as_ref())?;
        let draft = builder()
            .tempfile_in(target.parent().unwrap_or(&self.path))
            .map_err(|e| unwritable(&target, e))?;
        let (file, draft) = draft.into_parts();
        let written = content(BufWriter::new(file)).map_err(|error| match error {
            Error::Write { source, .. } => unwritable(&target, source),
            other => other,
        })?;
        let file = written.into_inner().map_err(|e| unwritable(&target, e.into_error()))?;
        file.sync_all().map_err(|e| unwritable(&target, e))?;
        self.drafts.push((draft, target));
        Ok(())
    }

    /// Begins a file, given by its path below the folder; [`Folder::complete`] ends it.
    pub(crate) fn begin(&mut self, name: &str) -> Result<BufWriter<File>> {
        let target = self.target(Path::new(name))?;
        let draft = builder()
            .tempfile_in(target.parent().unwrap_or(&self.path))
            .map_err(|e| unwritable(&target, e))?;
        let (file, draft) = draft.into_parts();
        self.drafts.push((draft, target));
        Ok(BufWriter::new(file))
    }

    /// Makes sure that a file that was begun is on the disk.
    pub(crate) fn complete(&self, file: BufWriter<File>) -> Result<()> {
        let file = file.into_inner().map_err(|e| unwritable(&self.path, e.into_error()))?;
        file.sync_all().map_err(|e| unwritable(&self.path, e))
    }

    /// Takes over a complete file: by a link where the file system allows it, else by a copy.
    pub(crate) fn adopt(&mut self, name: impl AsRef<Path>, complete: &Path) -> Result<()> {
        let target = self.target(name.as_ref())?;
        let folder = target.parent().unwrap_or(&self.path);
        let linked = builder().make_in(folder, |path| fs::hard_link(complete, path));
        let draft = if let Ok(draft) = linked {
            draft.into_temp_path()
        } else {
            let draft = builder().tempfile_in(folder).map_err(|e| unwritable(&target, e))?;
            let (mut file, draft) = draft.into_parts();
            let mut source = File::open(complete).map_err(|e| unwritable(&target, e))?;
            std::io::copy(&mut source, &mut file)
                .and_then(|_| file.sync_all())
                .map_err(|e| unwritable(&target, e))?;
            draft
        };
        self.drafts.push((draft, target));
        Ok(())
    }

    /// Gives all files their names. What was kept for a run that goes on is not needed any more.
    pub(crate) fn publish(mut self) -> Result<()> {
        for (draft, target) in self.drafts.drain(..) {
            draft.persist(&target).map_err(|e| unwritable(&target, e.error))?;
        }
        // It is in nobody's way if it stays.
        let _ = fs::remove_dir_all(self.path.join(UNFINISHED));
        Ok(())
    }

    fn target(&self, name: &Path) -> Result<PathBuf> {
        let target = self.path.join(name);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|e| unwritable(folder, e))?;
        }
        Ok(target)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.drafts.clear();
        let _ = fs::remove_file(self.path.join(LOCK));
        if self.is_new {
            // Succeeds only while it is empty, which is what is wanted.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// Removes the drafts that a run left here that was killed: nobody else is writing.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_draft = (name.starts_with(PREFIX) && name != LOCK)
            || (name.starts_with('.') && name.ends_with(".parquet.part"));
        if is_draft && entry.path().is_file() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn unwritable(path: &Path, cause: std::io::Error) -> Error {
    Error::write(path.display().to_string(), cause)
}

/// Temporary names are hidden. The files are as open as any other, by the user's umask.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
