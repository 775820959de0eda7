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
}

impl Folder {
    /// A folder, made if it does not exist, with those above it.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let is_new = !path.exists();
        fs::create_dir_all(path).map_err(|e| unwritable(path, e))?;
        Ok(Self { path: path.to_owned(), is_new, drafts: Vec::new() })
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

    /// Gives all files their names.
    pub(crate) fn publish(mut self) -> Result<()> {
        for (draft, target) in self.drafts.drain(..) {
            draft.persist(&target).map_err(|e| unwritable(&target, e.error))?;
        }
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
        if self.is_new {
            // Succeeds only while it is empty, which is what is wanted.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

fn unwritable(path: &Path, cause: std::io::Error) -> Error {
    Error::write(path.display().to_string(), cause)
}

/// Temporary names are hidden. The files are as open as any other, by the user's umask.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".rejoinder-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
