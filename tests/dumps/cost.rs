//! What a comment costs does not depend on the shape of its thread.
//!
//! Two inputs of the same number of comments are measured in turns, and the best run of each
//! counts: other work on the machine only ever slows one down. The margin is wide; what is quadratic
//! exceeds it a hundredfold.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

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
    let begin = Instant::now();
    analysis::analyze([Ok(Input::new("d", text.as_bytes()))], &options, &mut count).unwrap();
    (count, begin.elapsed())
}

#[test]
fn one_chain_costs_what_many_threads_cost() {
    let many = dump(|i| (i / 10, (i % 10 > 0).then(|| i - 1 - i % 3 % (i % 10).max(1))));
    let chain = dump(|i| (0, i.checked_sub(1)));
    let star = dump(|_| (0, None));
    let mut best = [Duration::MAX; 3];
    for _ in 0..3 {
        for (text, best) in [&many, &chain, &star].into_iter().zip(&mut best) {
            let (count, time) = run(text);
            assert_eq!(count.comments, COMMENTS);
            *best = time.min(*best);
        }
    }
    assert_eq!(run(&chain).0.depth as usize, COMMENTS);
    let [many, chain, star] = best;
    assert!(chain < many * 5, "chain {chain:?}, many threads {many:?}");
    assert!(star < many * 5, "star {star:?}, many threads {many:?}");
}
