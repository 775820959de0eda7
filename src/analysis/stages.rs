//! The stages behind the readers, in batches over all cores.

use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::backlog::Backlog;
use super::checkpoint::Event;
use super::identity::thread_id;
use super::losses::Losses;
use super::progress::Progress;
use super::shelf::{Records, Shelves};
use super::texts::Measure;
use super::{Analyzed, Facts, Options, Sheet, Stage, TextFacts, note};
use crate::comment::{Comment, Discussion, Post};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::formats::{Kept, Reached, Shelf, Sink};
use crate::gather::{Gather, Gathered, Notes, Share};
use crate::joining::{Joiner, Released};
use crate::linking;
use crate::metrics;
use crate::parallel;
use crate::thread::Thread;
use crate::topics::discovery::Discovery;

/// Comments of a batch: enough work for every core, little memory.
const BATCH: usize = 16_384;

/// Comments of a batch that one core takes at a time.
const PIECE: usize = 2_048;

/// The stages behind the readers.
pub(super) struct Stages<'a> {
    pub(super) options: &'a Options,
    pub(super) facts: &'a mut dyn Facts,
    /// The topics, once they are known.
    pub(super) topics: Known<'a>,
    /// The same for the shelves, which are made on other cores.
    known: Arc<OnceLock<Measure>>,
    backlog: Backlog,
    /// Discussions that may be parts of one thread.
    joiner: Joiner,
    /// Discussions that wait for their batch to fill, and the number of their comments.
    batch: Vec<Discussion>,
    batched: usize,
    pub(super) gather: Gather,
    shelves: Shelves,
    note: Vec<u8>,
    /// The first failure to deliver a diagnostic, which readers do not hear of.
    failure: Option<Error>,
    pub(super) losses: Losses,
    pub(super) progress: Progress,
}

/// Whether the topics are known yet.
pub(super) enum Known<'a> {
    Yes(Measure),
    Not(&'a Discovery),
}

impl<'a> Stages<'a> {
    pub(super) fn new(options: &'a Options, facts: &'a mut dyn Facts) -> Result<Self> {
        let topics = match &options.discover {
            Some(discovery) if options.topics.is_empty() => Known::Not(discovery),
            _ => {
                facts.topics(&options.topics.list)?;
                Known::Yes(Measure::new(&options.topics, options))
            }
        };
        let known = OnceLock::new();
        if let Known::Yes(measure) = &topics {
            let _ = known.set(measure.clone());
        }
        let mut own = Self {
            options,
            facts,
            topics,
            known: Arc::new(known),
            backlog: Backlog::default(),
            joiner: Joiner::default(),
            batch: Vec::new(),
            batched: 0,
            gather: Gather::new(options.budget.clone()),
            shelves: Shelves::default(),
            note: Vec::new(),
            failure: None,
            losses: Losses::default(),
            progress: Progress::default(),
        };
        own.go_on()?;
        Ok(own)
    }

    /// The failure, if any, that readers did not hear of.
    pub(super) fn check(&mut self) -> Result<()> {
        self.failure.take().map_or(Ok(()), Err)
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) -> Result<()> {
        self.tell(diagnostic, false)
    }

    /// Everything that still waits, then the discussions of the loose comments. What was lost of
    /// inputs that were read in part.
    pub(super) fn finish(mut self) -> Result<Vec<Diagnostic>> {
        let released = self.joiner.release();
        self.take(released)?;
        self.flush()?;
        self.discover()?;
        self.check()?;
        self.save(None)?;
        let lost = std::mem::take(&mut self.losses).told();
        let Known::Yes(measure) = &self.topics else { return Ok(lost) };
        let shares = std::mem::take(&mut self.gather).finish();
        if !shares.is_empty() {
            self.options.pulse.begins(Stage::Threads);
        }
        let all = shares.len();
        let done = self.facts.shares(all)?;
        if done > 0 {
            let told = format!("{done} of {all} parts were finished by the earlier run");
            self.options.pulse.tell(&told);
        }
        let (options, facts) = (self.options, &mut *self.facts);
        let sheets = facts.sheets();
        let mut shares = shares.into_iter().skip(done);
        parallel::in_order(
            1,
            || (),
            |()| shares.next(),
            |(), share| analyze_share(share, sheets(), measure, options),
            |sheet: Result<_>| {
                going_on(options)?;
                facts.append(sheet?)
            },
        )?;
        Ok(lost)
    }

    /// What need not wait any longer for further parts of its thread.
    fn take(&mut self, released: Released) -> Result<()> {
        released.diagnostics.into_iter().try_for_each(|odd| self.facts.diagnostic(odd))?;
        released.discussions.into_iter().try_for_each(|discussion| self.add(discussion))
    }

    fn add(&mut self, discussion: Discussion) -> Result<()> {
        self.batched += discussion.comments.len() + 1;
        let read = discussion.comments.len() as u64;
        self.options.pulse.comments.fetch_add(read, Ordering::Relaxed);
        self.batch.push(discussion);
        if self.batched >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Links the batch, and delivers it or lets it wait for topics.
    fn flush(&mut self) -> Result<()> {
        going_on(self.options)?;
        self.batched = 0;
        let batch = std::mem::take(&mut self.batch);
        let options = self.options;
        let Known::Yes(measure) = &self.topics else {
            let linked: Vec<_> =
                batch.into_par_iter().map(|discussion| link(discussion, options)).collect();
            for (thread, diagnostics) in linked {
                diagnostics.into_iter().try_for_each(|odd| self.facts.diagnostic(odd))?;
                self.backlog.thread(thread);
            }
            return if self.backlog.is_full() { self.discover() } else { Ok(()) };
        };
        let facts = &mut *self.facts;
        let sheets = facts.sheets();
        let mut pieces = pieces(batch);
        parallel::in_order(
            1,
            || (),
            |()| pieces.next(),
            |(), piece| {
                let mut sheet = sheets();
                for discussion in piece {
                    let (thread, diagnostics) = link(discussion, options);
                    for odd in diagnostics {
                        sheet.diagnostic(odd);
                    }
                    sheet.thread(describe(thread, None, measure, options));
                }
                sheet.close();
                sheet
            },
            |sheet| facts.append(sheet),
        )
    }

    /// Discovers the topics, if they are not known, and delivers what waited for them.
    fn discover(&mut self) -> Result<()> {
        let Known::Not(discovery) = self.topics else { return Ok(()) };
        let backlog = std::mem::take(&mut self.backlog);
        let found = Arc::new(backlog.discover(discovery));
        self.facts.topics(&found.list)?;
        self.note(|| Event::Topics(found.save()))?;
        let measure = Measure::new(&found, self.options);
        let analyzed: Vec<_> = backlog
            .threads
            .into_par_iter()
            .map(|thread| describe(thread, None, &measure, self.options))
            .collect();
        analyzed.into_iter().try_for_each(|one| self.facts.thread(one))?;
        self.know(measure);
        backlog
            .loose
            .into_iter()
            .try_for_each(|(thread, comment, retrieved)| self.keep(&thread, comment, retrieved))
    }

    /// From here on the topics are known.
    pub(super) fn know(&mut self, measure: Measure) {
        self.topics = Known::Yes(measure.clone());
        // Fails only if it was set before, which happens once.
        let _ = self.known.set(measure);
    }

    /// Measures a loose comment and keeps it until all are there.
    fn keep(&mut self, thread: &str, mut comment: Comment, retrieved: Option<u64>) -> Result<()> {
        let Known::Yes(measure) = &self.topics else {
            self.backlog.comment(thread, comment, retrieved);
            return if self.backlog.is_full() { self.discover() } else { Ok(()) };
        };
        note::write(&mut self.note, &measure.text(&comment.text), retrieved);
        if self.options.read.skip_text {
            comment.text.clear();
        }
        self.gather.comment(thread, &comment, &self.note)
    }
}

impl Sink for Stages<'_> {
    fn input(&mut self, name: &str, format: &str) {
        if self.progress.begins_input() {
            self.gather.source(name, format);
        }
    }

    fn discussion(&mut self, discussion: Discussion) -> Result<()> {
        self.progress.checkpoint = None;
        if self.options.separate {
            return self.add(discussion);
        }
        let released = self.joiner.push(discussion);
        self.take(released)
    }

    fn loose(&mut self, thread: &str, comment: Comment) -> Result<()> {
        self.loose_retrieved(thread, comment, None)
    }

    fn loose_retrieved(
        &mut self,
        thread: &str,
        comment: Comment,
        retrieved: Option<u64>,
    ) -> Result<()> {
        self.options.pulse.comments.fetch_add(1, Ordering::Relaxed);
        self.keep(thread, comment, retrieved)
    }

    fn loose_post(&mut self, post: Post) -> Result<()> {
        self.gather.post(&post)
    }

    fn shelves(&mut self) -> Box<dyn Fn() -> Box<dyn Shelf> + Send + Sync> {
        let (memory, known) = (self.shelves.clone(), Arc::clone(&self.known));
        let skip_text = self.options.read.skip_text;
        let counter = Arc::clone(&self.options.pulse.comments);
        Box::new(move || match known.get() {
            Some(measure) => Box::new(memory.next(measure, skip_text, &counter)),
            // Topics are to be discovered in the texts of these.
            None => Box::<Kept>::default(),
        })
    }

    fn reached(&mut self) -> Reached {
        self.progress.begin.take().unwrap_or_else(Reached::from_the_beginning)
    }

    fn shelve(&mut self, full: Box<dyn Shelf>, before: Reached) -> Result<()> {
        let lines_before = before.lines;
        if let Err(ended) = going_on(self.options) {
            self.save_within(before)?;
            return Err(ended);
        }
        if self.progress.is_due(self.gather.bytes()) {
            self.save_within(before)?;
        }
        let records = match full.into_any().downcast::<Records>() {
            Ok(records) => records,
            Err(kept) => {
                let Ok(kept) = kept.downcast::<Kept>() else { return Ok(()) };
                return kept.hand_on(lines_before, self);
            }
        };
        self.gather.segments(&records.segments, lines_before)?;
        self.shelves.give(records.segments);
        records.diagnostics.into_iter().try_for_each(|mut diagnostic| {
            diagnostic.line = diagnostic.line.map(|line| line.saturating_add(lines_before));
            self.tell(diagnostic, false)
        })
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        let is_loss = Losses::is_break(&diagnostic);
        if is_loss {
            self.losses.broken(&diagnostic);
        }
        let kept = if self.options.separate {
            Some(diagnostic)
        } else {
            self.joiner.diagnostic(diagnostic)
        };
        let Some(diagnostic) = kept else { return };
        if let Err(error) = self.tell(diagnostic, is_loss) {
            self.failure.get_or_insert(error);
        }
    }
}

/// Fails if the run shall end.
fn going_on(options: &Options) -> Result<()> {
    if options.pulse.stop.load(Ordering::Relaxed) {
        let read = options.pulse.comments.load(Ordering::Relaxed);
        let finished = options.pulse.finished.load(Ordering::Relaxed);
        return Err(Error::Interrupted { read, finished });
    }
    Ok(())
}

/// Cuts a batch into pieces for one core each.
fn pieces(batch: Vec<Discussion>) -> impl Iterator<Item = Vec<Discussion>> {
    let mut batch = batch.into_iter().peekable();
    std::iter::from_fn(move || {
        batch.peek()?;
        let mut piece = Vec::new();
        let mut comments = 0;
        while comments < PIECE {
            let Some(discussion) = batch.next() else { break };
            comments += discussion.comments.len() + 1;
            piece.push(discussion);
        }
        Some(piece)
    })
}

/// Makes the discussions of a share of the loose comments and puts them on a sheet.
fn analyze_share(
    share: Share,
    mut sheet: Box<dyn Sheet>,
    measure: &Measure,
    options: &Options,
) -> Result<Box<dyn Sheet>> {
    sheet.expect(share.records());
    share.each(note::retrieved, |Gathered { discussion, notes }, odd| {
        let read = discussion.comments.len() as u64;
        let (thread, diagnostics) = link(discussion, options);
        odd.into_iter().chain(diagnostics).for_each(|diagnostic| sheet.diagnostic(diagnostic));
        sheet.thread(describe(thread, Some(&notes), measure, options));
        options.pulse.finished.fetch_add(read, Ordering::Relaxed);
        Ok(())
    })?;
    sheet.close();
    Ok(sheet)
}

fn link(discussion: Discussion, options: &Options) -> (Thread, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let id = thread_id(&discussion);
    let thread = linking::link_with(id, discussion, options.absent, &mut diagnostics);
    (thread, diagnostics)
}

/// Everything that is known of a thread. Texts are measured here unless notes say what they were.
fn describe(
    mut thread: Thread,
    notes: Option<&Notes>,
    measure: &Measure,
    options: &Options,
) -> Analyzed {
    let texts = (1..=thread.len())
        .map(|place| match (notes, thread.position(place)) {
            (Some(_), 0) => TextFacts::default(),
            (Some(notes), position) => note::read(notes.get(position as usize - 1)),
            (None, _) => measure.text(&thread.comment(place).text),
        })
        .collect();
    let measures = metrics::measure_but(&thread, &options.skip_metrics);
    let post_topics = measure.topics().hits(&thread.post().text);
    if options.read.skip_text {
        thread.forget_texts();
    }
    Analyzed { thread, measures, texts, post_topics }
}
