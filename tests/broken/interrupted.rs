//! A reader of our output that goes away, and a kill in the middle of writing.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::Bench;

/// Comments of one thread, enough to keep the program busy for a while.
fn many(n: u32) -> String {
    let mut rows = String::new();
    for i in 0..n {
        let (parent, author) = (i / 3, i % 97);
        let text = format!("some words of {i} about oil and boats");
        writeln!(
            rows,
            "{{\"id\":\"{i}\",\"parent_id\":\"{parent}\",\"author\":\"a{author}\",\"text\":\"{text}\"}}"
        )
        .unwrap();
    }
    rows
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let bench = Bench::new().file("a.ndjson", many(2_500));
    for arguments in [
        &["tree", "a.ndjson"][..],
        &["export", "a.ndjson", "--to", "csv", "--table", "comments", "--no-topics"],
        &["export", "a.ndjson", "--to", "ndjson", "--table", "comments", "--no-topics"],
    ] {
        let mut command = bench.command();
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = [0; 10];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), told.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

/// Names and contents of the files in a folder, temporary ones left out.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).map(|entries| entries.flatten().collect());
    let entries: Vec<std::fs::DirEntry> = entries.unwrap_or_default();
    entries
        .into_iter()
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .filter(|(name, _)| !name.starts_with(".rejoinder-"))
        .map(|(name, path)| (name, std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn a_kill_leaves_the_old_files_or_the_new_ones() {
    let bench = Bench::new().file("old.outline", "ann: hi\n").file("new.ndjson", many(2_500));
    let folder = bench.path().join("out");
    let write = |input: &str| {
        let mut command = bench.command();
        command.args(["export", input, "--to", "csv", "--out", "out", "--quiet", "--no-topics"]);
        command
    };
    assert!(write("old.outline").status().unwrap().success());
    let old = contents(&folder);
    let start = Instant::now();
    assert!(write("new.ndjson").status().unwrap().success());
    let whole = start.elapsed();
    let new = contents(&folder);
    assert!(old.len() == 10 && new.len() == 10 && old != new);
    // Killed again and again, later each time.
    for tenth in [1, 3, 5, 7, 9] {
        assert!(write("old.outline").status().unwrap().success());
        let mut child: Child = write("new.ndjson").spawn().unwrap();
        std::thread::sleep(whole * tenth / 10);
        let _ = child.kill();
        let _ = child.wait();
        for (name, bytes) in contents(&folder) {
            let is_whole = old.get(&name) == Some(&bytes) || new.get(&name) == Some(&bytes);
            assert!(is_whole, "{name} is half written after {tenth} tenths");
        }
        // What a killed run leaves behind is hidden, and does not keep the next from writing.
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(write("new.ndjson").status().unwrap().success());
    assert_eq!(contents(&folder), new);
}
