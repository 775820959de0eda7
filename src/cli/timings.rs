//! How long each stage took, and how much memory was in use at most: for `--timings`.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rejoinder::analysis::Stage;

use crate::{machine, screen};

/// A stage that began.
struct Begun {
    name: &'static str,
    at: Instant,
    /// The most memory that was in use before.
    peak: Option<u64>,
}

static STAGES: Mutex<Vec<Begun>> = Mutex::new(Vec::new());

/// A stage of the pipeline begins.
pub(crate) fn stage(stage: Stage) {
    begin(match stage {
        Stage::Reading => "reading",
        Stage::Threads => "threads",
    });
}

/// A stage begins, and the one before it ends.
pub(crate) fn begin(name: &'static str) {
    let begun = Begun { name, at: Instant::now(), peak: machine::peak_memory() };
    STAGES.lock().unwrap_or_else(PoisonError::into_inner).push(begun);
}

/// Tells all stages, on standard error.
pub(crate) fn tell() {
    let mut stages = STAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(first) = stages.first().map(|first| first.at) else { return };
    stages.push(Begun { name: "all", at: Instant::now(), peak: machine::peak_memory() });
    let mut lines = String::from("stage        seconds  peak memory so far");
    let line = |lines: &mut String, name: &str, time: Duration, peak: Option<u64>| {
        let peak = peak.map_or_else(|| "unknown".to_owned(), |p| format!("{} MiB", p >> 20));
        let _ = write!(lines, "\n{name:<10} {:>9.2}  {peak}", time.as_secs_f64());
    };
    for pair in stages.windows(2) {
        line(&mut lines, pair[0].name, pair[1].at - pair[0].at, pair[1].peak);
    }
    if let Some(end) = stages.last() {
        line(&mut lines, end.name, end.at - first, end.peak);
    }
    lines.lines().for_each(screen::remark);
}
