//! What a comment costs does not depend on the shape of its thread.
//!
//! Inputs of the same number of comments are measured in turns, each run in a process of its own (this
//! test binary called again), by the processor time that it takes, and the best run of each counts.
//! The margin is wide; what is quadratic exceeds it a hundredfold.

use std::fmt::Write as _;
use std::process::Command;
use std::time::Duration;

use cpu_time::ProcessTime;
use rejoinder::analysis::{self, Analyzed, Facts, Options};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::Result;
use rejoinder::formats::{Input, ReadOptions};

/// Comments of each input.
const COMMENTS: usize = 30_000;

#[derive(Default)]
struct Count {
    comments: usize,
    depth: u32,
}

impl Facts for Count {
    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        self.comments += analyzed.thread.len();
        self.depth = self.depth.max(analyzed.thread.depths().iter().copied().max().unwrap_or(0));
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()> {
        panic!("{diagnostic}")
    }
}

/// A dump in which `parent` gives the thread of each comment and the comment that it answers.
fn dump(parent: impl Fn(usize) -> (usize, Option<usize>)) -> String {
    let mut text = String::new();
    for i in 0..COMMENTS {
        let (thread, parent) = parent(i);
        let parent = parent.map_or_else(|| format!("t3_t{thread}"), |p| format!("t1_c{p:06}"));
        writeln!(
            text,
            r#"{{"author":"w{}","body":"some words of a comment","created_utc":{},"id":"c{i:06}","link_id":"t3_t{thread}","parent_id":"{parent}","score":1,"subreddit":"s"}}"#,
            i % 500,
            1_500_000_000 + i
        )
        .unwrap();
    }
    text
}

fn run(text: &str) -> (Count, Duration) {
    let read = ReadOptions { format: Some("pushshift".to_owned()), ..ReadOptions::default() };
    let options = Options { read, skip_languages: true, ..Options::default() };
    let mut count = Count::default();
    let begin = ProcessTime::now();
    analysis::analyze([Ok(Input::new("d", text.as_bytes()))], &options, &mut count).unwrap();
    (count, begin.elapsed())
}

/// The input of a shape, by its name.
fn shape(name: &str) -> String {
    match name {
        "many" => dump(|i| (i / 10, (i % 10 > 0).then(|| i - 1 - i % 3 % (i % 10).max(1)))),
        "chain" => dump(|i| (0, i.checked_sub(1))),
        _ => dump(|_| (0, None)),
    }
}

#[test]
#[ignore = "the process that the other test measures"]
#[expect(clippy::print_stdout, reason = "what one process tells the other")]
fn child() {
    let Ok(name) = std::env::var("REJOINDER_SHAPE") else { return };
    let (count, time) = run(&shape(&name));
    assert_eq!(count.comments, COMMENTS);
    if name == "chain" {
        assert_eq!(count.depth as usize, COMMENTS);
    }
    println!("microseconds: {}", time.as_micros());
}

fn measured(name: &str) -> u64 {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "dumps::cost::child", "--ignored", "--nocapture"])
        .env("REJOINDER_SHAPE", name)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    let time = text.lines().find_map(|line| line.split("microseconds: ").nth(1));
    time.unwrap_or_else(|| panic!("no time in {text}")).trim().parse().unwrap()
}

#[test]
fn one_chain_costs_what_many_threads_cost() {
    let mut best = [u64::MAX; 3];
    for _ in 0..3 {
        for (name, best) in ["many", "chain", "star"].into_iter().zip(&mut best) {
            *best = measured(name).min(*best);
        }
    }
    let [many, chain, star] = best;
    assert!(chain < many * 5, "chain {chain} µs, many threads {many} µs");
    assert!(star < many * 5, "star {star} µs, many threads {many} µs");
}
