//! What is damaged costs what it holds: the rest is kept, and the loss is told with its place.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::program::{dump, rejoinder};

/// What the program says on standard error, its exit code, and the ids of the comments it wrote.
fn export(dir: &Path, inputs: &str) -> (Vec<String>, Option<i32>, Vec<String>) {
    let command = format!(
        "export {inputs} --to parquet --no-topics --out out --only comments.comment_id,diagnostics"
    );
    let output = rejoinder(dir, &command);
    let told = String::from_utf8(output.stderr).unwrap();
    let told = told.lines().map(|line| line.replace("rejoinder: ", "")).collect();
    let rows = rejoinder(dir, "export out --to csv --table comments").stdout;
    let rows = String::from_utf8(rows).unwrap();
    (told, output.status.code(), rows.lines().skip(1).map(str::to_owned).collect())
}

/// The parts of a month, each with its lines.
fn parts(dir: &Path) -> Vec<String> {
    let text = dump(3000);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let parts: Vec<String> = lines.chunks(1000).map(<[&str]>::concat).collect();
    for (part, name) in parts.iter().zip(["a", "b", "c"]) {
        fs::write(dir.join(format!("{name}.ndjson")), part).unwrap();
    }
    parts
}

#[test]
fn an_input_that_cannot_be_opened_costs_itself() {
    let dir = tempfile::tempdir().unwrap();
    parts(dir.path());
    let (told, code, rows) = export(dir.path(), "a.ndjson gone.ndjson c.ndjson");
    assert!(told[0].starts_with("skipped: cannot read gone.ndjson: "), "{told:#?}");
    assert_eq!((told.len(), code), (2, Some(0)));
    assert!(rows.len() >= 2000);
    let (told, code, _) = export(dir.path(), "a.ndjson gone.ndjson c.ndjson --strict");
    assert_eq!(code, Some(1), "{told:#?}");
    let (told, code, _) = export(dir.path(), "gone.ndjson lost.ndjson");
    assert_eq!(code, Some(2), "{told:#?}");
}

#[test]
fn a_damaged_block_costs_what_follows_in_its_frame() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let parts = parts(dir);
    fs::write(dir.join("whole.ndjson"), parts.concat()).unwrap();
    let mut packed = zstd::encode_all(parts[1].as_bytes(), 3).unwrap();
    let late = packed.len() * 3 / 4;
    packed[late..late + 8].iter_mut().for_each(|byte| *byte ^= 0xFF);
    fs::write(dir.join("b.zst"), packed).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(parts[1].as_bytes()).unwrap();
    let mut gzip = gzip.finish().unwrap();
    let middle = gzip.len() / 2;
    gzip.truncate(middle);
    fs::write(dir.join("b.gz"), gzip).unwrap();
    let (_, _, all) = export(dir, "whole.ndjson");
    for damaged in ["b.zst", "b.gz"] {
        let (told, code, rows) = export(dir, &format!("a.ndjson {damaged} c.ndjson"));
        let broke = format!("lost: {damaged}: reading broke off after ");
        let line = told.iter().find(|line| line.starts_with(&broke)).unwrap();
        assert!(line.contains("damaged or cut") && line.contains("what follows is lost"), "{line}");
        assert_eq!(code, Some(0));
        // All of the others, a part of this one, and nothing that was not there.
        assert!(rows.len() > 2200 && rows.len() < all.len(), "{damaged}: {} rows", rows.len());
        let known: std::collections::HashSet<&String> = all.iter().collect();
        let unknown = rows.iter().filter(|row| row.starts_with('c') && !known.contains(row));
        assert_eq!(unknown.count(), 0);
    }
}

#[test]
fn garbage_between_lines_is_told_with_its_range() {
    let dir = tempfile::tempdir().unwrap();
    let parts = parts(dir.path());
    let mut dirty = Vec::new();
    for (i, line) in parts[1].lines().enumerate() {
        if i == 100 || i == 900 {
            dirty.extend_from_slice(b"\x00\x00\x00\x00\n");
            dirty.extend_from_slice(&line.as_bytes()[..40]);
            dirty.extend_from_slice(b"\n\xff\xfe\xfd{\"id\": \"x\"\n\n[1, 2, 3]\n");
        }
        dirty.extend_from_slice(line.as_bytes());
        dirty.push(b'\n');
    }
    fs::write(dir.path().join("b.ndjson"), dirty).unwrap();
    let (told, code, rows) = export(dir.path(), "a.ndjson b.ndjson c.ndjson");
    assert_eq!(
        told[0],
        "lost: b.ndjson: 8 records left out, between line 101 and line 910; the diagnostics say why"
    );
    assert_eq!((told.len(), code), (2, Some(0)));
    fs::write(dir.path().join("clean.ndjson"), parts.concat()).unwrap();
    assert_eq!(rows, export(dir.path(), "clean.ndjson").2);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("dump.ndjson"), dump(70_000)).unwrap();
    // The limit on the size of files stands for the end of the disk.
    let program = env!("CARGO_BIN_EXE_rejoinder");
    let script = format!(
        "trap '' XFSZ; ulimit -f 300; exec {program} export dump.ndjson --to parquet --no-topics \
         --out out"
    );
    let mut shell = std::process::Command::new("sh");
    let output = shell.current_dir(dir.path()).args(["-c", &script]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot write"), "{told}");
    assert!(!dir.path().join("out").exists(), "{told}");
}
