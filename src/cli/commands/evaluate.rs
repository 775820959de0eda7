//! `evaluate`: how well parents are found, measured on inputs that state them.

use rejoinder::analysis::{self, Analyzed, Facts};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::{Error, Result};
use rejoinder::linking::evaluation::{COVERAGE, Evaluation, Figures, View};
use rejoinder::outputs::page::{Entry, glossary};
use rejoinder::outputs::wording;
use serde_json::json;

use crate::args::evaluate::{Evaluate, Visible};
use crate::exit::Exit;
use crate::inputs::{self, Inputs};
use crate::watch::Watch;
use crate::{reading, screen};

/// Hides, finds, compares.
pub(crate) fn run(args: &Evaluate) -> Result<Exit> {
    let Inputs::Files(files) = inputs::find(&args.source.inputs)? else {
        return Err(Error::usage(
            "tables do not hold what the source stated; give the inputs that they were made from",
        ));
    };
    let mut options = reading::options(&args.source, args.format.name.as_deref())?;
    options.discover = None;
    options.skip_languages = true;
    let view = match args.view {
        Visible::Names => View::Names,
        Visible::Times => View::Times,
    };
    let mut judge = Judge { evaluation: Evaluation::new(view), n_problems: 0 };
    let watch = Watch::over(&files, false, args.source.quiet);
    let outcome = analysis::analyze(inputs::open(&files, &watch), &options, &mut judge)?;
    drop(watch);
    screen::tell_skipped(outcome, args.source.quiet)?;
    let figures = judge.evaluation.figures();
    let text =
        if args.json { format!("{:#}\n", in_json(&figures)) } else { in_words(&figures, args) };
    screen::show(&text)?;
    let wanting = figures.n_replies == 0 || (args.source.strict && judge.n_problems > 0);
    Ok(if wanting { Exit::Wanting } else { Exit::Done })
}

/// Takes every thread as it comes.
struct Judge {
    evaluation: Evaluation,
    n_problems: u64,
}

impl Facts for Judge {
    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        self.evaluation.add(&analyzed.thread);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()> {
        let is_problem = diagnostic.severity == rejoinder::diagnostic::Severity::Problem;
        self.n_problems += u64::from(is_problem);
        Ok(())
    }
}

fn in_words(figures: &Figures, args: &Evaluate) -> String {
    if figures.n_replies == 0 {
        return "no reply whose parent the input states\n".to_owned();
    }
    let share = |share: Option<f64>| {
        share.map_or_else(|| "not measured".to_owned(), |s| format!("{:.2} %", s * 100.0))
    };
    let pair = |(all, ambiguous): (Option<f64>, Option<f64>)| {
        format!("{} ({} of the ambiguous ones)", share(all), share(ambiguous))
    };
    let mut lines = vec![
        (
            "replies".to_owned(),
            format!(
                "{} in {}; {} of them ambiguous: the author named has several comments above",
                wording::count(figures.n_replies as f64),
                wording::counted(figures.n_threads as usize, "thread"),
                wording::count(figures.n_ambiguous as f64),
            ),
        ),
        ("exact parent".to_owned(), pair((figures.accuracy, figures.accuracy_ambiguous))),
        ("rule: latest".to_owned(), pair(figures.latest)),
        ("rule: branch".to_owned(), pair(figures.branch)),
    ];
    for (of, accuracy) in COVERAGE.iter().zip(figures.coverage) {
        let name = format!("surest {:.0} %", of * 100.0);
        lines.push((name, format!("{} of these are right", share(accuracy))));
    }
    lines
        .push(("kept at 99 %".to_owned(), format!("{} of the replies", share(figures.kept_at_99))));
    let error = figures.calibration_error;
    lines.push((
        "calibration".to_owned(),
        error.map_or_else(String::new, |e| format!("off by {e:.4} on average (ECE, ten bins)")),
    ));
    let entries: Vec<Entry<'_>> = lines.iter().map(|(name, text)| Entry::new(name, text)).collect();
    glossary(&entries, &screen::look(&args.style))
}

fn in_json(figures: &Figures) -> serde_json::Value {
    json!({
        "n_threads": figures.n_threads,
        "n_replies": figures.n_replies,
        "n_ambiguous": figures.n_ambiguous,
        "accuracy": figures.accuracy,
        "accuracy_ambiguous": figures.accuracy_ambiguous,
        "latest": { "accuracy": figures.latest.0, "accuracy_ambiguous": figures.latest.1 },
        "branch": { "accuracy": figures.branch.0, "accuracy_ambiguous": figures.branch.1 },
        "calibration_error": figures.calibration_error,
        "accuracy_at_coverage": COVERAGE
            .iter()
            .zip(figures.coverage)
            .map(|(of, accuracy)| json!({ "coverage": of, "accuracy": accuracy }))
            .collect::<Vec<_>>(),
        "kept_at_99": figures.kept_at_99,
    })
}
