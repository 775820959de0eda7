//! Memory: a sorted table of a hundred times as many comments needs no more of it.
//!
//! Each size runs in a process of its own, this test binary called again, which reads generated
//! NDJSON row by row, links, measures and writes the fact tables to files, and then asks the
//! kernel for its peak. Only Linux tells it this way.

#![cfg(target_os = "linux")]
#![expect(clippy::print_stdout, reason = "what one process tells the other")]

use std::fmt::Write as _;
use std::io::{self, Read};
use std::process::Command;

use rejoinder::analysis::{self, Options};
use rejoinder::formats::{Input, ReadOptions};
use rejoinder::frames::{FactTables, Run, Table};

/// Buffers of one batch: a row group that fills, one that is encoded, and its pages. They are
/// the same for any input of more rows than fit one.
const BATCH_KIB: u64 = 48 * 1024;

#[test]
fn peak_memory_does_not_grow_with_the_number_of_threads() {
    let small = peak_kib(10_000);
    let large = peak_kib(100_000);
    assert_within(small, large);
}

/// `cargo test --release -- --ignored a_million`; some minutes without optimization.
#[test]
#[ignore = "takes minutes without optimization"]
fn peak_memory_at_a_million_comments() {
    let (small, large) = (peak_kib(10_000), peak_kib(1_000_000));
    println!("peak at 10,000 comments {small} KiB, at 1,000,000 {large} KiB");
    assert_within(small, large);
}

#[track_caller]
fn assert_within(small: u64, large: u64) {
    let allowed = small * 13 / 10 + BATCH_KIB;
    assert!(large <= allowed, "{large} KiB, where {small} KiB allow for {allowed} KiB");
}

/// Peak memory of a process that makes tables of so many comments.
fn peak_kib(n: u64) -> u64 {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "memory::child", "--ignored", "--nocapture"])
        .env("REJOINDER_COMMENTS", n.to_string())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    let peak = text.lines().find_map(|line| line.split("peak KiB: ").nth(1));
    peak.unwrap_or_else(|| panic!("no peak in {text}")).trim().parse().unwrap()
}

#[test]
#[ignore = "the process that the other tests measure"]
fn child() {
    let Some(n) = std::env::var("REJOINDER_COMMENTS").ok().and_then(|n| n.parse().ok()) else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let mut facts = FactTables::spilling(dir.path(), 0);
    let read = ReadOptions { format: Some("rows".to_owned()), ..ReadOptions::default() };
    let options = Options { read, ..Options::default() };
    let input = Input::new("sorted.ndjson", SortedComments::new(n));
    let outcome = analysis::analyze([Ok(input)], &options, &mut facts).unwrap();
    assert_eq!(outcome.read, 1);
    let tables = facts.finish(&Run::default()).unwrap();
    assert!(tables.file(Table::Comments).unwrap().metadata().unwrap().len() > n);
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("peak KiB: {}", peak.trim().trim_end_matches(" kB"));
}

/// NDJSON of comments sorted by thread, made while it is read: threads of 1 to 37 comments by 200
/// authors.
struct SortedComments {
    left: u64,
    thread: u64,
    /// Number of the next comment in its thread, and how many that has.
    next: (u64, u64),
    state: u64,
    line: String,
    sent: usize,
}

impl SortedComments {
    fn new(n: u64) -> Self {
        Self { left: n, thread: 0, next: (0, 1), state: 42, line: String::new(), sent: 0 }
    }

    /// Linear congruential numbers: the same on every machine.
    fn random(&mut self) -> u64 {
        let next = self.state.wrapping_mul(6_364_136_223_846_793_005);
        self.state = next.wrapping_add(1_442_695_040_888_963_407);
        self.state >> 33
    }

    fn write_line(&mut self) {
        let (thread, (number, size)) = (self.thread, self.next);
        let (random, author) = (self.random(), self.random() % 200);
        self.line.clear();
        let _ = write!(self.line, r#"{{"thread_id":"t{thread}","id":"t{thread}c{number}","#);
        if number > 0 && random % 5 < 3 {
            let _ = write!(self.line, r#""parent_id":"t{thread}c{}","#, random % number);
        }
        let time = 1_600_000_000 + thread * 60 + number;
        let _ = write!(self.line, r#""author":"author {author}","created_at":{time},"#);
        let words = "some words of a comment, ".repeat(1 + (random % 12) as usize);
        let _ = writeln!(self.line, r#""text":"{words}number {number} of thread {thread}"}}"#);
        self.sent = 0;
        self.left -= 1;
        self.next.0 += 1;
        if self.next.0 == size {
            self.thread += 1;
            self.next = (0, 1 + self.thread * 7919 % 37);
        }
    }
}

impl Read for SortedComments {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.sent == self.line.len() && self.left > 0 {
            self.write_line();
        }
        let rest = &self.line.as_bytes()[self.sent..];
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        self.sent += n;
        Ok(n)
    }
}
