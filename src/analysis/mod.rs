//! The pipeline as one readable page, and its options.
//!
//! Readers push what they read into [`stages::Stages`]: whole discussions, or the loose comments
//! of a dump. From there on every discussion goes the same way, in batches over all cores:
//! linked, measured, searched for topics, delivered to [`Facts`] in the order of the inputs.

mod backlog;
mod checkpoint;
mod identity;
mod losses;
mod note;
mod progress;
mod sheet;
mod shelf;
mod stages;
mod texts;
mod threads;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::{Error, Result};
use crate::formats::{self, Input, ReadOptions};
use crate::gather::Budget;
use crate::linking::Absent;
use crate::thread::Thread;
use crate::topics::discovery::Discovery;
use crate::topics::{Hit, Topic, Topics};
pub use checkpoint::Keep;
pub use sheet::{Listed, Sheet};
use stages::Stages;

/// What to do with the inputs.
#[derive(Debug, Default)]
pub struct Options {
    /// How to read. Default: everything found from the content.
    pub read: ReadOptions,
    /// The topics to count. Default: none.
    pub topics: Arc<Topics>,
    /// Where no topics are given: find them in the comments that come first, up to
    /// [`DISCOVERY_COMMENTS`] and [`DISCOVERY_BYTES`], then count them in all. Default: `None`,
    /// no topics.
    pub discover: Option<Discovery>,
    /// Keep the threads of different inputs apart, even where they are pages of one. Default:
    /// `false`, see [`crate::joining`].
    pub separate: bool,
    /// Leave the language of comments undetected, which saves time on dumps. Default: `false`.
    pub skip_languages: bool,
    /// Leave words and characters uncounted, which saves time on dumps. Default: `false`.
    pub skip_words: bool,
    /// Which of [`METRICS`](crate::metrics::METRICS) are left null because nobody asks for them, by
    /// their place. Default: none.
    pub skip_metrics: Vec<bool>,
    /// Where replies to comments go that are named but absent. Default: a placeholder.
    pub absent: Absent,
    /// How much memory loose comments may take before they move to disk. Default: see there.
    pub budget: Budget,
    /// Where it is kept how far the run came, for another that goes on from there. Then loose
    /// comments lie on disk from the first one on. Default: nowhere.
    pub keep: Option<Keep>,
    /// What a run looks at and tells while it goes on.
    pub pulse: Pulse,
}

/// How a run goes on, shared with whoever shows it or ends it.
#[derive(Debug, Clone, Default)]
pub struct Pulse {
    /// Comments that were read so far.
    pub comments: Arc<AtomicU64>,
    /// Comments of finished threads so far.
    pub finished: Arc<AtomicU64>,
    /// Set it to end the run early, with [`Error::Interrupted`].
    pub stop: Arc<AtomicBool>,
    /// Called when a stage begins. Default: nothing.
    pub stage: Option<fn(Stage)>,
    /// Called with a sentence that is worth telling. Default: nothing.
    pub told: Option<fn(&str)>,
}

/// A stage of a run, as far as it takes long enough to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Inputs are read; threads that they hold whole are analyzed on the way.
    Reading,
    /// Threads are put together from loose comments and analyzed.
    Threads,
}

impl Pulse {
    fn begins(&self, stage: Stage) {
        if let Some(told) = self.stage {
            told(stage);
        }
    }

    fn tell(&self, sentence: &str) {
        if let Some(told) = self.told {
            told(sentence);
        }
    }
}

/// Comments that topics are discovered in at most; later ones are only searched for them.
pub const DISCOVERY_COMMENTS: usize = 200_000;
/// Bytes of text that topics are discovered in at most.
pub const DISCOVERY_BYTES: usize = 64 << 20;

/// A thread with everything that is known of it: what the rows of the fact tables are made from.
#[derive(Debug)]
pub struct Analyzed {
    /// The tree.
    pub thread: Thread,
    /// One value for each of [`crate::metrics::METRICS`].
    pub measures: Vec<Option<f64>>,
    /// For each comment, in pre-order, what its text is like.
    pub texts: Vec<TextFacts>,
    /// The topics that the post's own text mentions.
    pub post_topics: Vec<Hit>,
}

/// What the text of one comment is like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextFacts {
    /// Words by Unicode's rules, quoted lines left out.
    pub n_words: u32,
    /// Characters other than white space, quoted lines left out.
    pub n_chars: u32,
    /// ISO 639-1 code; `None` if the text is too short to tell.
    pub language: Option<&'static str>,
    /// The topics that it mentions.
    pub topics: Vec<Hit>,
}

/// Where facts go: one call a thread, one a diagnostic, in the order of the inputs.
pub trait Facts {
    /// The topics that later hits name by index. Called once, before the first thread. Default:
    /// nothing.
    fn topics(&mut self, _topics: &[Topic]) -> Result<()> {
        Ok(())
    }
    /// A thread with all that is known of it.
    fn thread(&mut self, analyzed: Analyzed) -> Result<()>;
    /// Something odd.
    fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()>;

    /// What makes an empty sheet for some threads, on whatever core analyzes them. Default: lists
    /// of them.
    fn sheets(&mut self) -> Box<dyn Fn() -> Box<dyn Sheet> + Send + Sync> {
        Box::new(|| Box::<Listed>::default())
    }

    /// Takes back a sheet that was filled, in the order of delivery. Default: hands on what was
    /// listed, one by one.
    fn append(&mut self, sheet: Box<dyn Sheet>) -> Result<()> {
        sheet::hand_on(sheet, self)
    }

    /// So many shares of loose comments come next, each on a sheet of its own. The number of
    /// those, from the first, that need not come again. Default: 0.
    fn shares(&mut self, _count: usize) -> Result<usize> {
        Ok(0)
    }
}

/// How the inputs fared.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Number of inputs that were read.
    pub read: usize,
    /// Why each of the others could not be read; each is among the diagnostics too.
    pub failed: Vec<Error>,
    /// What was lost of inputs that were read in part: that one ends early, as among the
    /// diagnostics, and how many of its records were left out.
    pub lost: Vec<Diagnostic>,
}

/// Reads every input and delivers its threads: those that inputs hold whole in their order, then
/// those put together from loose comments. An input that cannot be opened or read is reported
/// and does not stop the others; a failure of `facts` stops the run.
pub fn analyze<'a>(
    inputs: impl IntoIterator<Item = Result<Input<'a>>>,
    options: &Options,
    facts: &mut dyn Facts,
) -> Result<Outcome> {
    options.pulse.begins(Stage::Reading);
    let mut stages = Stages::new(options, facts)?;
    let mut outcome = Outcome::default();
    for (place, input) in inputs.into_iter().enumerate() {
        if stages.has_read(place) {
            match stages.pass_over(place, input)? {
                None => outcome.read += 1,
                Some(error) => outcome.failed.push(error),
            }
            continue;
        }
        let read = input.and_then(|input| formats::read(input, &options.read, &mut stages));
        stages.check()?;
        match read {
            Ok(()) => outcome.read += 1,
            Err(error) => match error.of_input() {
                Some((name, reason)) => {
                    stages.failed(place, name, &reason);
                    stages.report(Diagnostic::new(name, Oddity::Unreadable, reason))?;
                    outcome.failed.push(error);
                }
                None => return Err(error),
            },
        }
        stages.ended(place)?;
    }
    outcome.lost = stages.finish()?;
    Ok(outcome)
}
