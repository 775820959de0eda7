//! `check`: what was read and what was not, and why parents are where they are.

use rejoinder::error::Result;
use rejoinder::formats::{self, Explanation};
use rejoinder::outputs::check::{Explanations, Extent, check};
use rejoinder::outputs::digest::{Digest, Limits};

use super::reasons;
use crate::args::Check;
use crate::exit::Exit;
use crate::inputs::{self, Inputs};
use crate::tables::Purpose;
use crate::watch::Watch;
use crate::{reading, screen, tables};

/// How many inputs are described one by one.
const INPUTS: usize = 50;

/// Shows what is certain, uncertain and odd.
pub(crate) fn run(args: &Check) -> Result<Exit> {
    let recognised = recognise(args)?;
    if args.show_profile {
        let profiles: Vec<&str> =
            recognised.iter().filter_map(|(_, known)| known.inferred.as_deref()).collect();
        screen::show(&profiles.join("\n"))?;
        return Ok(if profiles.is_empty() { Exit::Wanting } else { Exit::Done });
    }
    let tables = tables::of(&args.source, args.format.name.as_deref(), Purpose::Tree)?;
    let limits = Limits { doubts: args.show, ..Limits::default() };
    let digest = Digest::of(&tables, &limits)?;
    let inputs = recognised.iter().map(|(name, known)| (name.clone(), words(known)));
    let parents = reasons::of(&args.source, args.format.name.as_deref(), &digest.doubts)?;
    let known = Explanations { inputs: inputs.collect(), parents };
    let extent = Extent { diagnostics: args.show, inputs: INPUTS };
    let look = screen::look(&args.style);
    screen::show(&check(&tables, &digest, &known, extent, &look)?)?;
    tables::exit(&tables, &args.source)
}

/// How each of the first inputs was recognised. Those that cannot be read twice, or not at all,
/// are left out: reading them tells why.
fn recognise(args: &Check) -> Result<Vec<(String, Explanation)>> {
    let Inputs::Files(mut files) = inputs::find(&args.source.inputs)? else {
        return Ok(Vec::new());
    };
    files.retain(|path| path.is_file());
    files.truncate(INPUTS);
    let options = reading::options(&args.source, args.format.name.as_deref())?.read;
    let watch = Watch::over(&files, false, true);
    let mut known = Vec::new();
    for input in inputs::open(&files, &watch).flatten() {
        // What cannot be read tells why when it is read.
        let _ = formats::explain_each(input, &options, &mut |name, explained| {
            known.extend(explained.ok().map(|explained| (name, explained)));
        });
    }
    Ok(known)
}

/// An explanation in sentences.
fn words(known: &Explanation) -> Vec<String> {
    let fit = |name: &str, score: f32| format!("{name} fits to {:.0} %", score * 100.0);
    let next = match &known.runner_up {
        Some((name, score)) => format!("the runner-up, {name}, to {:.0} %", score * 100.0),
        None => "nothing else fits".to_owned(),
    };
    // The reading of a page in which nothing was found has no score.
    let mut words = match known.score {
        0.0 => vec!["no format with comments fits".to_owned()],
        score => vec![format!("{}; {next}", fit(&known.format, score))],
    };
    words.extend(known.notes.iter().cloned());
    if known.inferred.is_some() {
        words.push("no profile knows it; --show-profile prints the one that was inferred".into());
    }
    words
}
