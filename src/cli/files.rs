//! Files that appear whole or not at all.
//!
//! Each is written under a temporary name in its folder, synced, and then renamed: a kill at any
//! moment leaves the old file or none, never a half one.

use std::fs;
use std::io::Write;
use std::path::Path;

use rejoinder::error::{Error, Result};

/// Makes a folder and those above it.
pub(crate) fn folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|e| Error::write(path.display().to_string(), e))
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fill(path, |file| file.write_all(bytes))
}

/// As [`write`], from a function that writes.
pub(crate) fn fill(
    path: &Path,
    content: impl FnOnce(&mut fs::File) -> std::io::Result<()>,
) -> Result<()> {
    let failed = |e| Error::write(path.display().to_string(), e);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft =
        tempfile::Builder::new().prefix(".rejoinder-").tempfile_in(folder).map_err(failed)?;
    content(draft.as_file_mut()).map_err(failed)?;
    readable_by_others(draft.as_file()).map_err(failed)?;
    draft.as_file().sync_all().map_err(failed)?;
    draft.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

/// Temporary files are private; results are as open as any other file.
#[cfg(unix)]
fn readable_by_others(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}
