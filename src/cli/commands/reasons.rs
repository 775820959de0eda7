//! Why parents are where they are: the candidates of each doubtful one, read once more.
//!
//! Tables keep a parent, its runner-up and how sure that is. What spoke for each is only known
//! while linking, so the threads that are asked about are linked again.

use std::collections::{BTreeMap, BTreeSet};

use rejoinder::analysis::{self, Analyzed, Facts};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::Result;
use rejoinder::linking::explanation::{Explanation, Parent, Weighed, explain};
use rejoinder::outputs::digest::Doubt;
use rejoinder::outputs::wording;
use rejoinder::thread::Thread;

use crate::args::shared::Source;
use crate::inputs::{self, Inputs};
use crate::reading;
use crate::watch::Watch;

/// Candidates that are named; the rest is counted.
const CANDIDATES: usize = 4;

/// Probability below which a candidate is only counted.
const UNLIKELY: f32 = 0.01;

/// By thread and position, one line for each candidate. Empty for what cannot be read twice.
pub(crate) fn of(
    source: &Source,
    format: Option<&str>,
    doubts: &[Doubt],
) -> Result<BTreeMap<(String, u64), Vec<String>>> {
    let mut reasons = Reasons::default();
    for doubt in doubts {
        let positions = reasons.wanted.entry(doubt.thread_id.clone()).or_default();
        positions.insert(doubt.comment.position);
    }
    let Inputs::Files(files) = inputs::find(&source.inputs)? else { return Ok(reasons.found) };
    if doubts.is_empty() || !files.iter().all(|file| file.is_file()) {
        return Ok(reasons.found);
    }
    let mut options = reading::options(source, format)?;
    options.discover = None;
    options.skip_languages = true;
    let watch = Watch::over(&files, false, true);
    analysis::analyze(inputs::open(&files, &watch), &options, &mut reasons)?;
    Ok(reasons.found)
}

/// Explains the threads that are asked about as they come.
#[derive(Default)]
struct Reasons {
    /// By thread, the positions that are asked about.
    wanted: BTreeMap<String, BTreeSet<u64>>,
    found: BTreeMap<(String, u64), Vec<String>>,
}

impl Facts for Reasons {
    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        let thread = &analyzed.thread;
        let Some(wanted) = self.wanted.get(thread.id().as_str()) else { return Ok(()) };
        for explanation in explain(thread, |position| wanted.contains(&u64::from(position))) {
            let key = (thread.id().to_string(), u64::from(explanation.position));
            self.found.insert(key, lines(thread, &explanation));
        }
        Ok(())
    }

    fn diagnostic(&mut self, _: Diagnostic) -> Result<()> {
        Ok(())
    }
}

fn lines(thread: &Thread, explanation: &Explanation) -> Vec<String> {
    let likely = |c: &&Weighed| c.probability >= UNLIKELY;
    let shown: Vec<&Weighed> = explanation.candidates.iter().filter(likely).collect();
    let mut lines: Vec<String> =
        shown.iter().take(CANDIDATES).map(|candidate| line(thread, candidate)).collect();
    let rest = &explanation.candidates[lines.len()..];
    if !rest.is_empty() {
        let together: f32 = rest.iter().map(|candidate| candidate.probability).sum();
        let n = wording::counted(rest.len(), "further candidate");
        lines.push(format!("{n}, together {}", wording::percent(f64::from(together))));
    }
    lines
}

fn line(thread: &Thread, candidate: &Weighed) -> String {
    let parent = match candidate.parent {
        Parent::Post => "the post".to_owned(),
        Parent::Absent => "a comment that is not on the page".to_owned(),
        Parent::Comment(position) => {
            let place = (1..=thread.len()).find(|&place| thread.position(place) == position);
            let author = place.and_then(|place| thread.comment(place).author.as_deref());
            match author {
                Some(author) => format!("{position} ({})", wording::marked(author)),
                None => position.to_string(),
            }
        }
    };
    let probability = wording::percent(f64::from(candidate.probability));
    let reasons = match candidate.reasons.as_slice() {
        [] => "nothing speaks for it".to_owned(),
        reasons => reasons.join(", "),
    };
    format!("{parent} {probability}: {reasons}")
}
