//! The program on a dump: the same tables whatever the memory and the cores, and after an end.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// A dump of some thousand comments in threads that are taken up again and again.
pub(super) fn dump(comments: usize) -> String {
    let mut text = String::new();
    for i in 0..comments {
        let thread = i * 7919 % 97;
        let parent = match i % 3 {
            0 => format!("t3_th{thread}"),
            1 if i > 97 => format!("t1_c{}", i - 97),
            _ => format!("t1_lost{}", i % 50),
        };
        let time = 1_538_352_000 + i * 977;
        writeln!(
            text,
            r#"{{"author":"writer {}","body":"The team of number {i} won, says the court.","created_utc":{time},"id":"c{i}","link_id":"t3_th{thread}","parent_id":"{parent}","score":{},"subreddit":"place{}"}}"#,
            i % 211,
            i % 17,
            thread % 3,
        )
        .unwrap();
    }
    text
}

pub(super) fn rejoinder(dir: &Path, arguments: &str) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rejoinder"));
    command.current_dir(dir).env("NO_COLOR", "1").args(arguments.split(' '));
    command.output().unwrap()
}

#[track_caller]
fn export(dir: &Path, arguments: &str) -> String {
    let output = rejoinder(dir, &format!("export {arguments} --to parquet --no-topics"));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    told
}

#[track_caller]
fn assert_same(one: &Path, other: &Path) {
    for table in ["comments", "threads", "authors", "replies", "activity", "diagnostics"] {
        let read = |dir: &Path| fs::read(dir.join(format!("{table}.parquet"))).unwrap();
        assert!(read(one) == read(other), "{table} differs");
    }
}

#[test]
fn memory_cores_and_a_second_try_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("dump.ndjson"), dump(70_000)).unwrap();
    export(dir, "dump.ndjson --out one");
    export(dir, "dump.ndjson --out two --threads 1 --memory 1M --temp-dir .");
    assert_same(&dir.join("one"), &dir.join("two"));
    export(dir, "dump.ndjson --out three --resume");
    assert_same(&dir.join("one"), &dir.join("three"));
    let hidden = fs::read_dir(dir.join("three"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'))
        .count();
    assert_eq!(hidden, 0);
}

#[cfg(unix)]
#[test]
fn a_killed_run_goes_on_and_ends_in_the_same_tables() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("dump.ndjson"), dump(70_000)).unwrap();
    export(dir, "dump.ndjson --out whole");
    for millis in [60, 250, 600, 1200] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rejoinder"));
        let arguments = "export dump.ndjson --out out --to parquet --no-topics --resume --quiet";
        let mut child = command.current_dir(dir).args(arguments.split(' ')).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(millis));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    export(dir, "dump.ndjson --out out --resume");
    assert_same(&dir.join("whole"), &dir.join("out"));
}

#[test]
fn garbage_costs_its_lines_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let clean = dump(3000);
    let mut dirty = Vec::new();
    for (i, line) in clean.lines().enumerate() {
        dirty.extend_from_slice(line.as_bytes());
        dirty.push(b'\n');
        if i % 100 == 0 {
            dirty.extend_from_slice(b"\xff\x00 not a record {\"id\":\n");
        }
    }
    fs::write(dir.join("clean.ndjson"), &clean).unwrap();
    fs::write(dir.join("dirty.ndjson"), dirty).unwrap();
    let only =
        "--only comments.comment_id,comments.depth,comments.n_descendants,threads.n_comments";
    export(dir, &format!("clean.ndjson --out clean {only}"));
    export(dir, &format!("dirty.ndjson --out dirty {only},diagnostics"));
    let csv = |name: &str| {
        let output = rejoinder(dir, &format!("export {name} --to csv --table comments"));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(csv("clean") == csv("dirty"));
    let odd = rejoinder(dir, "export dirty --to csv --table diagnostics").stdout;
    let bad = String::from_utf8(odd).unwrap().matches("bad-record").count();
    assert_eq!(bad, 30);
}

#[test]
fn a_cut_frame_keeps_what_came_before_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let text = dump(20_000);
    let mut packed = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
    packed.write_all(text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    fs::write(dir.join("cut.zst"), &packed[..packed.len() * 2 / 3]).unwrap();
    let told = export(dir, "cut.zst --out out --only comments.comment_id,diagnostics");
    assert!(told.contains("reading broke off"), "{told}");
    let rows = rejoinder(dir, "export out --to csv --table comments").stdout;
    let rows = String::from_utf8(rows).unwrap().lines().count();
    assert!((5_000..20_000).contains(&rows), "{rows} rows");
}

#[test]
fn parts_hold_all_rows_between_them() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("dump.ndjson"), dump(5000)).unwrap();
    export(dir, "dump.ndjson --out out --partition-by month,subreddit");
    let part = dir.join("out/comments/month=2018-10/community=place1/part-0.parquet");
    assert!(part.is_file());
    assert!(!dir.join("out/comments.parquet").exists());
    assert!(dir.join("out/activity.parquet").is_file());
}

#[test]
fn files_of_one_run_are_one_corpus() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let text = dump(1000);
    let middle = text.lines().take(600).map(str::len).sum::<usize>() + 600;
    fs::write(dir.join("all.ndjson"), &text).unwrap();
    fs::write(dir.join("a.ndjson"), &text[..middle]).unwrap();
    // Ten records of the first file come again.
    let again: String = text.split_inclusive('\n').take(10).collect();
    fs::write(dir.join("b.ndjson"), format!("{}{again}", &text[middle..])).unwrap();
    let only = "--only comments.comment_id,comments.depth,comments.n_descendants,diagnostics";
    export(dir, &format!("all.ndjson --out all {only}"));
    export(dir, &format!("a.ndjson b.ndjson --out both {only}"));
    let csv =
        |name: &str| rejoinder(dir, &format!("export {name} --to csv --table comments")).stdout;
    assert!(csv("all") == csv("both"));
    let odd = rejoinder(dir, "export both --to csv --table diagnostics").stdout;
    assert!(String::from_utf8(odd).unwrap().contains("came twice"));
}

#[test]
fn of_two_records_the_one_that_was_retrieved_again_later_stays() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let record = |id: &str, score: u32, rest: &str| {
        format!(
            r#"{{"author":"ann","body":"hi","created_utc":1538352000,"id":"{id}","link_id":"t3_a","parent_id":"t3_a","score":{score}{rest}}}"#
        )
    };
    let meta = |time: u32| format!(r#","_meta":{{"is_edited":true,"retrieved_2nd_on": {time}}}"#);
    // A key with an escape has a record read in full.
    let full = |time: u32| format!(r#","\u0061":1{}"#, meta(time));
    let one = [
        record("c2", 1, &meta(1_700_000_002)),
        record("c1", 1, &full(1_700_000_009)),
        record("c3", 1, r#","retrieved_on":1800000000"#),
        record("c4", 1, ""),
    ];
    let other = [
        record("c1", 2, &meta(1_700_000_003)),
        record("c2", 2, &full(1_700_000_004)),
        record("c3", 2, &meta(1_700_000_001)),
        record("c4", 2, r#","text":"\"retrieved_2nd_on\":17""#),
    ];
    fs::write(dir.join("one.ndjson"), one.join("\n") + "\n").unwrap();
    fs::write(dir.join("other.ndjson"), other.join("\n") + "\n").unwrap();
    // With topics that are to be discovered, comments wait for them first.
    for topics in ["--no-topics", "--quiet"] {
        for (inputs, c4) in [("one.ndjson other.ndjson", "2"), ("other.ndjson one.ndjson", "1")] {
            let command = format!("export {inputs} --to csv --table comments {topics}");
            let rows = String::from_utf8(rejoinder(dir, &command).stdout).unwrap();
            let mut lines = rows.lines().map(|line| line.split(',').collect::<Vec<_>>());
            let header = lines.next().unwrap();
            let place = |name| header.iter().position(|column| *column == name).unwrap();
            let (id, score) = (place("comment_id"), place("score"));
            let mut scores: Vec<[&str; 2]> = lines.map(|row| [row[id], row[score]]).collect();
            scores.sort_unstable();
            assert_eq!(scores, [["c1", "1"], ["c2", "2"], ["c3", "2"], ["c4", c4]], "{command}");
        }
    }
}
