//! Bad input: a clear sentence with file and line, the right exit code, nothing lost, no panic.
//!
//! The program is run as a user runs it. What it says is written here in full, so that a change
//! of any sentence is seen.

mod encodings;
mod files;
mod hostile;
mod interrupted;
mod records;
mod strange;

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A folder of files and the program run in it.
pub(crate) struct Bench {
    folder: TempDir,
}

impl Bench {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Puts a file into the folder; its name may hold folders.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program: its exit code, what it printed, and what it told beside, in one text.
    pub(crate) fn run(&self, arguments: &str) -> String {
        transcript(self.command().args(arguments.split(' ')))
    }

    /// The program, ready to be run in the folder.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rejoinder"));
        command.current_dir(self.path()).env_remove("NO_COLOR").env("COLUMNS", "80");
        command
    }
}

/// Runs a command and writes down how it ended.
pub(crate) fn transcript(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let code = output.status.code().map_or_else(|| "killed".to_owned(), |c| c.to_string());
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains("panicked"), "{stderr}");
    let mut text = format!("exit {code}\n");
    for (mark, part) in [("", stdout), ("! ", stderr)] {
        for line in part.lines() {
            text.push_str(format!("{mark}{line}").trim_end());
            text.push('\n');
        }
    }
    text
}
