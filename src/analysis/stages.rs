//! The stages behind the readers, in batches over all cores.

use rayon::prelude::*;

use super::backlog::Backlog;
use super::{Analyzed, Facts, Options, TextFacts, note, texts};
use crate::comment::{Comment, Discussion, Name, Post};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::formats::Sink;
use crate::gather::{Gather, Gathered};
use crate::joining::{Joiner, Released};
use crate::linking;
use crate::metrics;
use crate::thread::Thread;
use crate::topics::Topics;
use crate::topics::discovery::Discovery;

/// Comments of a batch: enough work for every core, little memory.
const BATCH: usize = 16_384;

/// A discussion with what was noted of its comments before, in the order of the source.
type Noted = (Discussion, Option<Vec<Vec<u8>>>);

/// The stages behind the readers.
pub(super) struct Stages<'a> {
    options: &'a Options,
    facts: &'a mut dyn Facts,
    /// The topics, once they are known.
    topics: Known<'a>,
    backlog: Backlog,
    /// Discussions that may be parts of one thread.
    joiner: Joiner,
    /// Discussions that wait for their batch to fill, and the number of their comments.
    batch: Vec<Noted>,
    batched: usize,
    gather: Gather,
    note: Vec<u8>,
    /// The first failure to deliver a diagnostic, which readers do not hear of.
    failure: Option<Error>,
}

/// Whether the topics are known yet.
enum Known<'a> {
    Given(&'a Topics),
    Found(Topics),
    Not(&'a Discovery),
}

impl Known<'_> {
    fn get(&self) -> Option<&Topics> {
        match self {
            Self::Given(topics) => Some(topics),
            Self::Found(topics) => Some(topics),
            Self::Not(_) => None,
        }
    }
}

impl<'a> Stages<'a> {
    pub(super) fn new(options: &'a Options, facts: &'a mut dyn Facts) -> Result<Self> {
        let topics = match &options.discover {
            Some(discovery) if options.topics.is_empty() => Known::Not(discovery),
            _ => Known::Given(&options.topics),
        };
        if let Some(topics) = topics.get() {
            facts.topics(&topics.list)?;
        }
        Ok(Self {
            options,
            facts,
            topics,
            backlog: Backlog::default(),
            joiner: Joiner::default(),
            batch: Vec::new(),
            batched: 0,
            gather: Gather::new(options.budget.clone()),
            note: Vec::new(),
            failure: None,
        })
    }

    /// The failure, if any, that readers did not hear of.
    pub(super) fn check(&mut self) -> Result<()> {
        self.failure.take().map_or(Ok(()), Err)
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) -> Result<()> {
        self.facts.diagnostic(diagnostic)
    }

    /// Everything that still waits, then the discussions of the loose comments.
    pub(super) fn finish(mut self) -> Result<()> {
        let released = self.joiner.release();
        self.take(released)?;
        self.flush()?;
        self.discover()?;
        let gather = std::mem::take(&mut self.gather);
        let mut odd = Vec::new();
        gather.finish(
            &mut |Gathered { discussion, notes }| self.add((discussion, Some(notes))),
            &mut |diagnostic| {
                odd.push(diagnostic);
                Ok(())
            },
        )?;
        self.flush()?;
        odd.into_iter().try_for_each(|diagnostic| self.facts.diagnostic(diagnostic))?;
        self.check()
    }

    /// What need not wait any longer for further parts of its thread.
    fn take(&mut self, released: Released) -> Result<()> {
        released.diagnostics.into_iter().try_for_each(|odd| self.facts.diagnostic(odd))?;
        released.discussions.into_iter().try_for_each(|discussion| self.add((discussion, None)))
    }

    fn add(&mut self, noted: Noted) -> Result<()> {
        self.batched += noted.0.comments.len() + 1;
        self.batch.push(noted);
        if self.batched >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Links the batch, and delivers it or lets it wait for topics.
    fn flush(&mut self) -> Result<()> {
        self.batched = 0;
        let batch = std::mem::take(&mut self.batch);
        let (options, topics) = (self.options, self.topics.get());
        let linked: Vec<_> = batch
            .into_par_iter()
            .map(|(discussion, notes)| {
                let mut diagnostics = Vec::new();
                let id = thread_id(&discussion);
                let thread = linking::link(id, discussion, &mut diagnostics);
                let ready = match topics {
                    Some(topics) => Ok(describe(thread, notes.as_deref(), topics, options)),
                    None => Err(thread),
                };
                (ready, diagnostics)
            })
            .collect();
        for (ready, diagnostics) in linked {
            diagnostics.into_iter().try_for_each(|odd| self.facts.diagnostic(odd))?;
            match ready {
                Ok(analyzed) => self.facts.thread(analyzed)?,
                Err(thread) => self.backlog.thread(thread),
            }
        }
        if self.backlog.is_full() { self.discover() } else { Ok(()) }
    }

    /// Discovers the topics, if they are not known, and delivers what waited for them.
    fn discover(&mut self) -> Result<()> {
        let Known::Not(discovery) = self.topics else { return Ok(()) };
        let backlog = std::mem::take(&mut self.backlog);
        let found = backlog.discover(discovery);
        self.facts.topics(&found.list)?;
        let analyzed: Vec<_> = backlog
            .threads
            .into_par_iter()
            .map(|thread| describe(thread, None, &found, self.options))
            .collect();
        analyzed.into_iter().try_for_each(|one| self.facts.thread(one))?;
        self.topics = Known::Found(found);
        backlog.loose.into_iter().try_for_each(|(thread, comment)| self.loose(&thread, comment))
    }
}

impl Sink for Stages<'_> {
    fn input(&mut self, name: &str, format: &str) {
        self.gather.source(name, format);
    }

    fn discussion(&mut self, discussion: Discussion) -> Result<()> {
        if self.options.separate {
            return self.add((discussion, None));
        }
        let released = self.joiner.push(discussion);
        self.take(released)
    }

    fn loose(&mut self, thread: &str, mut comment: Comment) -> Result<()> {
        let Some(topics) = self.topics.get() else {
            self.backlog.comment(thread, comment);
            return if self.backlog.is_full() { self.discover() } else { Ok(()) };
        };
        note::write(&mut self.note, &texts::measure(&comment.text, topics, self.options));
        if self.options.read.skip_text {
            comment.text.clear();
        }
        self.gather.comment(thread, &comment, &self.note)
    }

    fn loose_post(&mut self, post: Post) -> Result<()> {
        self.gather.post(&post)
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        let kept = if self.options.separate {
            Some(diagnostic)
        } else {
            self.joiner.diagnostic(diagnostic)
        };
        let Some(diagnostic) = kept else { return };
        if let Err(error) = self.facts.diagnostic(diagnostic) {
            self.failure.get_or_insert(error);
        }
    }
}

/// Everything that is known of a thread. Texts are measured here unless notes say what they were.
fn describe(
    mut thread: Thread,
    notes: Option<&[Vec<u8>]>,
    topics: &Topics,
    options: &Options,
) -> Analyzed {
    let texts = (1..=thread.len())
        .map(|place| match (notes, thread.position(place)) {
            (Some(_), 0) => TextFacts::default(),
            (Some(notes), position) => note::read(&notes[position as usize - 1]),
            (None, _) => texts::measure(&thread.comment(place).text, topics, options),
        })
        .collect();
    let measures = metrics::measure(&thread);
    let post_topics = topics.hits(&thread.post().text);
    if options.read.skip_text {
        thread.forget_texts();
    }
    Analyzed { thread, measures, texts, post_topics }
}

/// The stated id of a thread; else one made from the name of its source and what it holds, so
/// that it is the same in every run and differs between threads (FNV-1a, 64 bits).
fn thread_id(discussion: &Discussion) -> Name {
    if let Some(id) = &discussion.post.id {
        return id.clone();
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    let name = discussion.source.rsplit(['/', '\\']).next().unwrap_or_default();
    add(name);
    add(discussion.post.title.as_deref().unwrap_or_default());
    add(&discussion.post.text);
    for comment in discussion.comments.iter().take(3) {
        add(comment.author.as_deref().unwrap_or_default());
        add(&comment.text);
    }
    let stem = name.split('.').next().unwrap_or_default();
    let short: String = stem.chars().filter(|c| !c.is_control()).take(40).collect();
    Name::from(format!("{short}-{:08x}", hash >> 32))
}
