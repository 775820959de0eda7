//! The pipeline as one readable function, and its options.

use crate::comment::{Comment, Discussion, Name, Post};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::{Error, Result};
use crate::formats::{self, Input, ReadOptions, Sink};
use crate::linking;
use crate::metrics;
use crate::text::{language, words};
use crate::thread::Thread;
use crate::topics::discovery::{Discovery, Document, discover};
use crate::topics::{Hit, Topic, Topics};

/// What to do with the inputs.
#[derive(Debug, Default)]
pub struct Options {
    /// How to read. Default: everything found from the content.
    pub read: ReadOptions,
    /// The topics to count. Default: none.
    pub topics: Topics,
    /// Where no topics are given: find them in the comments, looking at the threads of the
    /// beginning up to [`DISCOVERY_COMMENTS`] and [`DISCOVERY_BYTES`], then count them in all.
    /// Default: `None`, no topics.
    pub discover: Option<Discovery>,
    /// Do not tell the language of each comment, which costs a look-up a word. Default: `false`.
    pub skip_languages: bool,
}

/// Comments that topics are discovered in at most; later threads are only searched for them.
pub const DISCOVERY_COMMENTS: usize = 200_000;
/// Bytes of text that topics are discovered in at most.
pub const DISCOVERY_BYTES: usize = 64 << 20;

/// A thread with everything that is known of it: what the rows of the fact tables are made from.
#[derive(Debug)]
pub struct Analyzed {
    /// The tree.
    pub thread: Thread,
    /// One value for each of [`metrics::METRICS`].
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
    /// The topics that later hits name by index. Called before the first thread, and again if
    /// topics were discovered since. Default: nothing.
    fn topics(&mut self, _topics: &[Topic]) -> Result<()> {
        Ok(())
    }
    /// A thread with all that is known of it.
    fn thread(&mut self, analyzed: Analyzed) -> Result<()>;
    /// Something odd.
    fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()>;
}

/// How the inputs fared.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Number of inputs that were read.
    pub read: usize,
    /// Why each of the others could not be read; each is among the diagnostics too.
    pub failed: Vec<Error>,
}

/// Reads every input and delivers its threads, one at a time. An input that cannot be opened or
/// read is reported and does not stop the others; a failure of `facts` stops the run.
pub fn analyze<'a>(
    inputs: impl IntoIterator<Item = Result<Input<'a>>>,
    options: &Options,
    facts: &mut dyn Facts,
) -> Result<Outcome> {
    facts.topics(&options.topics.list)?;
    let waiting = options.discover.is_some() && options.topics.is_empty();
    let waiting = waiting.then(Waiting::default);
    let mut stages = Stages { options, facts, failure: None, found: None, waiting };
    let mut outcome = Outcome::default();
    for input in inputs {
        let read = input.and_then(|input| formats::read(input, &options.read, &mut stages));
        match (read, stages.failure.take()) {
            (_, Some(failure)) => return Err(failure),
            (Ok(()), None) => outcome.read += 1,
            (Err(error), None) => match error.of_input() {
                Some((name, reason)) => {
                    stages.facts.diagnostic(Diagnostic::new(name, Oddity::Unreadable, reason))?;
                    outcome.failed.push(error);
                }
                None => return Err(error),
            },
        }
    }
    stages.discover()?;
    Ok(outcome)
}

/// Threads that wait until enough are there to find their topics.
#[derive(Debug, Default)]
struct Waiting {
    threads: Vec<Thread>,
    comments: usize,
    bytes: usize,
}

/// The stages behind the readers.
struct Stages<'a> {
    options: &'a Options,
    facts: &'a mut dyn Facts,
    /// The first failure to deliver a diagnostic, which readers do not hear of.
    failure: Option<Error>,
    /// The topics that were discovered.
    found: Option<Topics>,
    /// `None` where no topics are to be discovered, or once they have been.
    waiting: Option<Waiting>,
}

impl Stages<'_> {
    /// Delivers a thread, or lets it wait for its topics.
    fn deliver(&mut self, thread: Thread) -> Result<()> {
        let Some(waiting) = &mut self.waiting else {
            let analyzed = self.describe(thread);
            return self.facts.thread(analyzed);
        };
        waiting.comments += thread.len();
        waiting.bytes += thread.comments().iter().map(|c| c.text.len()).sum::<usize>();
        waiting.threads.push(thread);
        if waiting.comments >= DISCOVERY_COMMENTS || waiting.bytes >= DISCOVERY_BYTES {
            self.discover()?;
        }
        Ok(())
    }

    /// Finds the topics of the threads that wait for them, and delivers these threads.
    fn discover(&mut self) -> Result<()> {
        let (Some(waiting), Some(how)) = (self.waiting.take(), &self.options.discover) else {
            return Ok(());
        };
        let found = discover(&Document::of(&waiting.threads), how);
        self.facts.topics(&found.list)?;
        self.found = Some(found);
        waiting.threads.into_iter().try_for_each(|thread| self.deliver(thread))
    }

    fn describe(&self, thread: Thread) -> Analyzed {
        let measures = metrics::measure(&thread);
        let texts = thread.comments().iter().map(|c| self.text_facts(c)).collect();
        let post_topics = self.topics().hits(&thread.post().text);
        Analyzed { thread, measures, texts, post_topics }
    }

    fn text_facts(&self, comment: &Comment) -> TextFacts {
        let (n_words, n_chars) = words::count(&comment.text);
        let language =
            if self.options.skip_languages { None } else { language::detect(&comment.text) };
        let topics = self.topics().hits(&comment.text);
        TextFacts { n_words, n_chars, language: language.map(|l| l.code), topics }
    }

    fn topics(&self) -> &Topics {
        self.found.as_ref().unwrap_or(&self.options.topics)
    }
}

impl Sink for Stages<'_> {
    fn discussion(&mut self, discussion: Discussion) -> Result<()> {
        let id = discussion.post.id.clone().unwrap_or_else(|| Name::from(&discussion.source));
        let mut diagnostics = Vec::new();
        let thread = linking::link(id, discussion, &mut diagnostics);
        for diagnostic in diagnostics {
            self.facts.diagnostic(diagnostic)?;
        }
        self.deliver(thread)
    }

    fn loose(&mut self, _thread: &str, _comment: Comment) -> Result<()> {
        Ok(())
    }

    fn loose_post(&mut self, _post: Post) -> Result<()> {
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        if let Err(error) = self.facts.diagnostic(diagnostic) {
            self.failure.get_or_insert(error);
        }
    }
}
