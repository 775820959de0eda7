//! Dumps of several compressed frames, as parallel packers and `cat` make them: a damaged frame
//! costs itself, and what stands behind it is read.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use super::program::{dump, rejoinder};

/// One frame of Zstandard.
fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut packed = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
    packed.include_checksum(true).unwrap();
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// Frames of so many bytes of text each: they end within lines, as parallel packers cut them.
fn frames(text: &str, bytes: usize) -> Vec<Vec<u8>> {
    text.as_bytes().chunks(bytes).map(frame).collect()
}

/// A frame that is skipped, as pzstd puts one before each of its own.
fn skippable() -> Vec<u8> {
    vec![0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
}

fn damage(frame: &mut [u8]) {
    let middle = frame.len() / 2;
    frame[middle..middle + 8].iter_mut().for_each(|byte| *byte ^= 0xFF);
}

/// What the program says was lost, its exit code, and the ids of the comments that it wrote.
fn read(dir: &Path, input: &str, options: &str) -> (Vec<String>, Option<i32>, BTreeSet<String>) {
    let command = format!("export {input} --to parquet --no-topics --out out{options}");
    let output = rejoinder(dir, &command);
    let told = String::from_utf8(output.stderr).unwrap();
    let told = told.lines().filter_map(|line| line.strip_prefix("rejoinder: lost: "));
    let told = told.map(str::to_owned).collect();
    (told, output.status.code(), ids(dir, "out"))
}

fn ids(dir: &Path, tables: &str) -> BTreeSet<String> {
    let rows = rejoinder(dir, &format!("export {tables} --to csv --table comments")).stdout;
    let rows = String::from_utf8(rows).unwrap();
    let cells = |row: &str| row.split(',').map(str::to_owned).collect::<Vec<_>>();
    let header = cells(rows.lines().next().unwrap());
    let place = |name| header.iter().position(|column| column == name).unwrap();
    let (id, kind) = (place("comment_id"), place("kind"));
    let rows = rows.lines().map(cells).filter(|row| row.get(kind).is_some_and(|k| k == "comment"));
    rows.map(|row| row[id].clone()).collect()
}

/// The ids of the lines that lie whole within some of the frames, each of so many bytes of text.
fn whole_lines(text: &str, bytes: usize, is_kept: impl Fn(usize) -> bool) -> BTreeSet<String> {
    let mut at = 0;
    let mut kept = BTreeSet::new();
    for (i, line) in text.split_inclusive('\n').enumerate() {
        if (at / bytes..=(at + line.len() - 1) / bytes).all(&is_kept) {
            kept.insert(format!("c{i}"));
        }
        at += line.len();
    }
    kept
}

#[test]
fn a_damaged_frame_costs_itself() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let text = dump(5000);
    let bytes = text.len() / 5 + 1;
    let mut packed = frames(&text, bytes);
    // Its first block is damaged, so that nothing of it is kept.
    damage(&mut packed[2]);
    let (from, to) = (packed[..2].concat().len(), packed[..3].concat().len());
    fs::write(dir.join("d.zst"), packed.concat()).unwrap();
    let (told, code, rows) = read(dir, "d.zst", "");
    assert_eq!(told.len(), 2, "{told:#?}");
    let place =
        format!("d.zst: a frame of the compressed data is damaged: of bytes {from} to {to}");
    assert!(told[0].starts_with(&place), "{told:#?}");
    // The line that ends in it, and the one that begins in it.
    assert!(told[1].starts_with("d.zst: 2 records left out, between line "), "{told:#?}");
    assert_eq!(code, Some(0));
    assert!(rows == whole_lines(&text, bytes, |frame| frame != 2));
    assert_eq!(read(dir, "d.zst", " --strict").1, Some(1));
}

#[test]
fn wherever_it_is_damaged_the_others_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let text = dump(2000);
    let bytes = text.len() / 4 + 1;
    let whole = frames(&text, bytes);
    let length = whole[1].len();
    let others = whole_lines(&text, bytes, |frame| frame != 1);
    let all = whole_lines(&text, bytes, |_| true);
    // The magic bytes, the header, the first block, its middle, the end, the checksum.
    for place in [0, 2, 4, 5, 9, 11, 40, length / 2, length - 9, length - 2] {
        let mut packed = whole.clone();
        packed[1][place] ^= 0x55;
        let with_skippable = packed.iter().flat_map(|frame| [skippable(), frame.clone()].concat());
        fs::write(dir.join("d.zst"), with_skippable.collect::<Vec<u8>>()).unwrap();
        let (told, _, rows) = read(dir, "d.zst", "");
        let damaged = told.iter().filter(|line| line.contains("is damaged")).count();
        assert_eq!(damaged, 1, "byte {place}: {told:#?}");
        assert!(rows.is_superset(&others), "byte {place}: {told:#?}");
        // Bytes that unpack to others may change an id; nothing is made of the halves of lines.
        assert!(rows.difference(&all).count() <= 1, "byte {place}: {told:#?}");
    }
}

#[test]
fn several_damaged_frames_are_told_each() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let text = dump(8000);
    let bytes = text.len() / 8 + 1;
    let mut packed = frames(&text, bytes);
    for place in [0, 3, 4, 7] {
        damage(&mut packed[place]);
    }
    fs::write(dir.join("d.zst"), packed.concat()).unwrap();
    let (told, code, rows) = read(dir, "d.zst --format pushshift", "");
    let is_damaged = |line: &&String| line.contains("is damaged");
    // What is damaged at the end is not followed by anything.
    assert_eq!(told.iter().filter(is_damaged).count(), 3, "{told:#?}");
    assert!(told.iter().any(|line| line.contains("reading broke off after")), "{told:#?}");
    assert_eq!(code, Some(0));
    assert!(rows == whole_lines(&text, bytes, |frame| ![0, 3, 4, 7].contains(&frame)));
}

#[test]
fn records_that_are_no_lines_end_at_the_damage() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let rows: String = (0..3000).fold("id,parent,author,text\n".to_owned(), |rows, i| {
        rows + &format!("c{i},,writer {},\"the team of number {i}\nwon, says the court\"\n", i % 7)
    });
    let bytes = rows.len() / 3 + 1;
    let mut packed = frames(&rows, bytes);
    damage(&mut packed[1]);
    fs::write(dir.join("d.csv.zst"), packed.concat()).unwrap();
    let (told, _, found) = read(dir, "d.csv.zst", "");
    assert!(told.iter().any(|line| line.contains("reading broke off after")), "{told:#?}");
    // What begins in the last frame is not there.
    let before = rows[..2 * bytes].matches("\nc").count();
    assert!((before / 2..=before).contains(&found.len()), "{} of {before}", found.len());
}

#[test]
fn a_run_that_goes_on_tells_it_once() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let text = dump(70_000);
    let mut packed = frames(&text, text.len() / 9 + 1);
    damage(&mut packed[1]);
    damage(&mut packed[6]);
    fs::write(dir.join("d.zst"), packed.concat()).unwrap();
    fs::write(dir.join("e.ndjson"), dump(90_000).split_at(text.len()).1).unwrap();
    let command = "export d.zst e.ndjson --to parquet --no-topics";
    let whole = rejoinder(dir, &format!("{command} --out whole"));
    for millis in [80, 200, 400, 700] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rejoinder"));
        let resumed = format!("{command} --out out --resume --quiet");
        let mut child = child.current_dir(dir).args(resumed.split(' ')).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(millis));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let again = rejoinder(dir, &format!("{command} --out out --resume"));
    for table in ["comments", "threads", "authors", "replies", "activity", "diagnostics"] {
        let read = |tables: &str| fs::read(dir.join(tables).join(format!("{table}.parquet")));
        assert!(read("whole").unwrap() == read("out").unwrap(), "{table} differs");
    }
    let lost = |told: Vec<u8>| {
        let told = String::from_utf8(told).unwrap();
        told.lines().filter(|line| line.contains("lost: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let (whole, again) = (lost(whole.stderr), lost(again.stderr));
    assert_eq!(whole, again);
    assert_eq!(whole.iter().filter(|line| line.contains("is damaged")).count(), 2, "{whole:#?}");
}
