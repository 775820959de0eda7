//! Going on where an earlier run ended, and keeping how far this one came.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::checkpoint::{Checkpoint, Earlier, Event, Restored, State};
use super::stages::{Known, Stages};
use super::texts::Measure;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::formats::{Input, Reached};

/// Inputs of so many bytes are read once more although nothing of them is needed, so that whoever
/// watches them sees them whole.
const SMALL: u64 = 64 << 20;

/// How far the inputs were read.
#[derive(Default)]
pub(super) struct Progress {
    /// Where it is kept. Given up as soon as whole discussions come, which are worked on at once.
    pub(super) checkpoint: Option<Checkpoint>,
    /// Inputs that the earlier run has read, and which of them it could not.
    read: usize,
    failed: Vec<(usize, String, String)>,
    /// How far the earlier run read the input after them.
    pub(super) begin: Option<Reached>,
    /// The input at hand, and the number of files in it so far: archives hold several.
    input: usize,
    files: usize,
}

impl Progress {
    /// A file of the input at hand begins. Whether it is new; else the earlier run began it.
    pub(super) fn begins_input(&mut self) -> bool {
        self.files += 1;
        self.files > 1 || self.begin.is_none()
    }

    /// It is time to keep how far the run came.
    pub(super) fn is_due(&self, bytes: u64) -> bool {
        self.checkpoint.as_ref().is_some_and(|checkpoint| checkpoint.is_due(bytes))
    }
}

impl Stages<'_> {
    /// Begins where an earlier run ended, if it shall and there was one.
    pub(super) fn go_on(&mut self) -> Result<()> {
        let Some(keep) = &self.options.keep else { return Ok(()) };
        let (checkpoint, gather, earlier) = Checkpoint::open(keep, &self.options.budget)?;
        self.gather = gather;
        if let Some(Earlier { state, gather, events }) = earlier {
            self.gather = gather;
            for event in events {
                match event.restored() {
                    Some(Restored::Topics(topics)) => {
                        self.facts.topics(&topics.list)?;
                        let measure = Measure::new(&Arc::from(topics), self.options);
                        self.know(measure);
                    }
                    Some(Restored::Odd(odd, is_loss)) => {
                        if is_loss {
                            self.losses.broken(&odd);
                        }
                        self.losses.hear(&odd);
                        self.facts.diagnostic(odd)?;
                    }
                    None => {}
                }
            }
            self.options.pulse.comments.fetch_add(state.comments, Ordering::Relaxed);
            self.options.pulse.tell(&format!(
                "going on where an earlier run ended: {} comments need not be read again",
                state.comments
            ));
            self.progress.read = state.inputs;
            self.progress.failed = state.failed;
            self.progress.begin = state.within;
        }
        self.progress.checkpoint = Some(checkpoint);
        Ok(())
    }

    /// The earlier run has read this input.
    pub(super) fn has_read(&self, place: usize) -> bool {
        place < self.progress.read
    }

    /// Passes over an input that the earlier run has read. The error that it met, if it did.
    pub(super) fn pass_over(
        &mut self,
        place: usize,
        input: Result<Input<'_>>,
    ) -> Result<Option<Error>> {
        self.progress.input = place + 1;
        let input = match input {
            Ok(input) => input,
            Err(error) if error.of_input().is_some() => return Ok(Some(error)),
            Err(error) => return Err(error),
        };
        // What cannot be read was reported by the earlier run.
        let _ = io::copy(&mut input.reader.take(SMALL + 1), &mut io::sink());
        let mut failed = self.progress.failed.iter();
        let failed = failed.find(|(other, ..)| *other == place);
        Ok(failed.map(|(_, name, reason)| Error::format(name, reason)))
    }

    /// An input could not be read.
    pub(super) fn failed(&mut self, place: usize, name: &str, reason: &str) {
        if let Some(checkpoint) = &mut self.progress.checkpoint {
            checkpoint.failed.push((place, name.to_owned(), reason.to_owned()));
        }
    }

    /// An input ended.
    pub(super) fn ended(&mut self, place: usize) -> Result<()> {
        self.progress.input = place + 1;
        self.progress.files = 0;
        if self.progress.is_due(self.gather.bytes()) { self.save(None) } else { Ok(()) }
    }

    /// Delivers a diagnostic, which may be needed again.
    pub(super) fn tell(&mut self, diagnostic: Diagnostic, is_loss: bool) -> Result<()> {
        self.note(|| Event::odd(&diagnostic, is_loss))?;
        self.losses.hear(&diagnostic);
        self.facts.diagnostic(diagnostic)
    }

    /// Keeps what happened.
    pub(super) fn note(&mut self, event: impl FnOnce() -> Event) -> Result<()> {
        self.progress.checkpoint.as_mut().map_or(Ok(()), |checkpoint| checkpoint.note(&event()))
    }

    /// Keeps how far the input at hand was read, if its blocks can be found again.
    pub(super) fn save_within(&mut self, reached: Reached) -> Result<()> {
        let is_one = self.progress.files == 1 && reached.is_repeatable();
        if is_one { self.save(Some(reached)) } else { Ok(()) }
    }

    /// Keeps how far the run came, once topics are known: before, comments wait for them.
    pub(super) fn save(&mut self, within: Option<Reached>) -> Result<()> {
        let Known::Yes(_) = &self.topics else { return Ok(()) };
        let Some(checkpoint) = &mut self.progress.checkpoint else { return Ok(()) };
        let comments = self.options.pulse.comments.load(Ordering::Relaxed);
        let inputs = self.progress.input;
        checkpoint.save(&mut self.gather, State { inputs, within, comments, ..State::default() })
    }
}
