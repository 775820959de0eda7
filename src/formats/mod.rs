//! Bytes to comments as the source states them: one discussion at a time, leniently.
//!
//! A format knows how to recognise its inputs and how to read them into
//! [`Discussion`]s. It infers nothing about parents beyond what the source states; that is the
//! task of [`crate::linking`]. A record that cannot be read becomes a [`Diagnostic`] with its
//! place; only an input that is hopeless as a whole is an error.
//!
//! To add a format, see CONTRIBUTING.md.

pub mod blogger;
pub mod bluesky;
pub mod cmv;
pub mod commento;
pub mod convokit;
pub mod discord;
pub mod discourse;
pub mod disqus;
pub mod fourcat;
pub mod fourforums;
pub mod github;
pub mod hackernews;
pub mod input;
pub mod isso;
pub mod lemmy;
pub mod lobsters;
pub mod mail;
pub mod mastodon;
pub mod outline;
pub mod pages;
pub mod reddit;
pub mod remark42;
pub mod rows;
pub mod stackexchange;
pub mod telegram;
pub mod whatsapp;
pub mod wxr;
pub mod youtube;

mod delivered;
mod detect;
mod json;
mod loose;
mod strange;
mod table;
mod threads;
mod xml;

use std::io::Read;
use std::sync::OnceLock;

pub use detect::{Explanation, explain, explain_each};
pub use loose::{Kept, Reached, Shelf};

use crate::comment::{Comment, Discussion, Post};
use crate::diagnostic::{Diagnostic, Oddity, Severity};
use crate::error::{Error, Result};
use detect::Detected;
use input::archive::Archive;

/// All structured formats, in the order in which ties are named. Pages come last: they accept any
/// text, and find the profile that explains it best.
pub static FORMATS: &[&dyn Format] = &[
    &outline::Outline,
    &rows::Rows,
    &reddit::Listing,
    &reddit::Dump,
    &hackernews::HackerNews,
    &lobsters::Lobsters,
    &lemmy::Lemmy,
    &mastodon::Mastodon,
    &bluesky::Bluesky,
    &youtube::YouTube,
    &disqus::Disqus,
    &wxr::Wxr,
    &blogger::Blogger,
    &commento::Commento,
    &isso::Isso,
    &remark42::Remark42,
    &discourse::Discourse,
    &stackexchange::StackExchange,
    &github::GitHub,
    &mail::Mbox,
    &telegram::Telegram,
    &whatsapp::WhatsApp,
    &discord::Discord,
    &convokit::ConvoKit,
    &fourcat::FourCat,
    &fourforums::FourForums,
    &cmv::Cmv,
];

/// One input: a name and its bytes, decompressed on the way.
pub struct Input<'a> {
    /// File name as the user gave it, or `-`.
    pub name: String,
    /// The bytes as they are stored, perhaps compressed.
    pub reader: Box<dyn Read + Send + 'a>,
}

impl<'a> Input<'a> {
    /// An input from anything that can be read.
    pub fn new(name: impl Into<String>, reader: impl Read + Send + 'a) -> Self {
        Self { name: name.into(), reader: Box::new(reader) }
    }
}

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Name of the format or page profile; `None` = found from the content. Default: `None`.
    pub format: Option<String>,
    /// Further page profiles in TOML, tried before those that are built in. Default: none.
    pub profiles: Vec<String>,
    /// Label of the encoding (`windows-1252`); `None` = found. Default: `None`.
    pub encoding: Option<String>,
    /// Zone of times that state none: an offset in minutes east of UTC. Default: `None`, times
    /// stay local.
    pub zone_minutes: Option<i32>,
    /// When the page was captured, in milliseconds since 1970 UTC, to resolve relative dates.
    /// Default: `None`, they stay ages.
    pub captured_at: Option<i64>,
    /// Which column or key holds what, for rows: pairs of (field of ours, name in the input).
    /// Default: none, found from the names.
    pub columns: Vec<(String, String)>,
    /// Mail only: a reply that names no other mail answers the latest earlier one with the same
    /// subject. Default: `false`, for subjects repeat.
    pub by_subject: bool,
    /// Leave texts out (they are still measured where that is asked for). Default: `false`.
    pub skip_text: bool,
    /// Leave out where discussions stand (subreddit, board), which saves memory on dumps.
    /// Default: `false`.
    pub skip_community: bool,
    /// How much an input may hold before it is refused. Default: see [`input::Limits`].
    pub limits: input::Limits,
}

/// Where a format delivers what it reads.
pub trait Sink {
    /// What follows comes from this input, in this format. Called before a format reads.
    fn input(&mut self, _name: &str, _format: &str) {}

    /// A complete discussion.
    fn discussion(&mut self, discussion: Discussion) -> Result<()>;

    /// A comment of a dump, which states only the id of its thread. [`crate::gather`] puts the
    /// comments of a thread together.
    fn loose(&mut self, thread: &str, comment: Comment) -> Result<()>;

    /// As [`Sink::loose`], with what [`crate::comment::Loose::retrieved`] says. Default: it does
    /// not matter.
    fn loose_retrieved(&mut self, thread: &str, comment: Comment, _: Option<u64>) -> Result<()> {
        self.loose(thread, comment)
    }

    /// A post of a dump, for the thread whose id it states.
    fn loose_post(&mut self, post: Post) -> Result<()>;

    /// What makes an empty shelf for each block of a dump, on whatever core reads it. Default:
    /// shelves that keep the comments as they are.
    fn shelves(&mut self) -> Box<dyn Fn() -> Box<dyn Shelf> + Send + Sync> {
        Box::new(|| Box::<Kept>::default())
    }

    /// The blocks of a dump that need not come again. Default: none.
    fn reached(&mut self) -> Reached {
        Reached::from_the_beginning()
    }

    /// Takes back a shelf that was filled, in the order of the input, and how far the input was
    /// read before its block. Default: hands on what was kept, one by one.
    fn shelve(&mut self, shelf: Box<dyn Shelf>, before: Reached) -> Result<()> {
        match shelf.into_any().downcast::<Kept>() {
            Ok(kept) => kept.hand_on(before.lines, self),
            Err(_) => Ok(()),
        }
    }

    /// Something odd.
    fn diagnostic(&mut self, diagnostic: Diagnostic);
}

/// What a format sees before it is chosen.
#[derive(Debug)]
pub struct Sample<'a> {
    /// Name of the input; its extension is a hint, never a proof.
    pub name: &'a str,
    /// The beginning of the input, decompressed: up to [`SAMPLE_BYTES`].
    pub head: &'a [u8],
    /// The sample is the whole input.
    pub is_whole: bool,
    /// What it holds as JSON, once some format has asked.
    document: OnceLock<json::Document>,
}

impl<'a> Sample<'a> {
    /// The beginning of an input with this name.
    #[must_use]
    pub fn new(name: &'a str, head: &'a [u8], is_whole: bool) -> Self {
        Self { name, head, is_whole, document: OnceLock::new() }
    }
}

/// How much of an input is looked at to choose its format.
pub const SAMPLE_BYTES: usize = 256 * 1024;

/// A way of writing comments down that can be read.
pub trait Format: Sync {
    /// The word for `--format`, the tables and the documentation.
    fn name(&self) -> &'static str;

    /// One sentence: what writes it and where people get it.
    fn about(&self) -> &'static str;

    /// How well the sample fits: 0 = not at all, 1 = beyond doubt.
    fn fit(&self, sample: &Sample<'_>) -> f32;

    /// Whether its records are lines, so that a part that is lost between them costs no others.
    /// Default: `false`.
    fn is_by_line(&self, _sample: &Sample<'_>) -> bool {
        false
    }

    /// Reads all discussions of the input.
    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()>;
}

/// Reads an input in the format that the options name, or in the one that fits best. A zip archive
/// is read like a folder, file by file.
///
/// Errors: the input cannot be read at all, is of no known format or of two equally likely ones,
/// is larger than a limit, or a profile makes no sense. Bad records are diagnostics, and so is a
/// file of an archive that cannot be read, as long as another can.
pub fn read(input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let (name, lost) = (input.name.clone(), input::Lost::default());
    match detect::detect(input, options, &lost)? {
        Detected::Archive(input) => read_archive(input, options, sink)?,
        detected => read_detected(detected, options, sink)?,
    }
    tell(&lost, &name, sink);
    Ok(())
}

/// Reports what could not be read of an input; the rest was.
fn tell(lost: &input::Lost, name: &str, sink: &mut dyn Sink) {
    for gap in lost.gaps() {
        sink.diagnostic(Diagnostic::new(name, Oddity::Damaged, gap.to_string()));
    }
    if let Some((bytes, reason)) = lost.end() {
        let message = format!(
            "reading broke off after {bytes} bytes (unpacked): {reason}; what came before is kept, \
             what follows is lost"
        );
        sink.diagnostic(Diagnostic::new(name, Oddity::Truncated, message));
    }
}

fn read_detected(detected: Detected<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    match detected {
        Detected::Archive(input) => {
            let reason = "an archive within an archive; unpack the outer one and give the folder";
            Err(Error::format(input.name, reason))
        }
        Detected::Structured(format, _, _, input) => {
            sink.input(&input.name, format.name());
            format.read(input, options, sink)
        }
        Detected::Page(input) => pages::read(input, options, sink),
    }
}

fn read_archive(input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut archive = Archive::open(input, &options.limits)?;
    let passed_over = archive.passed_over();
    if passed_over > 0 {
        let message = format!("{passed_over} files hold no text and were passed over");
        let mut note = Diagnostic::new(archive.name(), Oddity::Unsupported, message);
        note.severity = Severity::Note;
        sink.diagnostic(note);
    }
    let (mut read, mut failure) = (0, None);
    for bundle in archive.bundles() {
        let result = archive.input(&bundle).and_then(|input| {
            let (name, lost) = (input.name.clone(), input::Lost::default());
            read_detected(detect::detect(input, options, &lost)?, options, sink)?;
            tell(&lost, &name, sink);
            Ok(())
        });
        match result {
            Ok(()) => read += 1,
            Err(error) => {
                let Some((name, reason)) = error.of_input() else { return Err(error) };
                sink.diagnostic(Diagnostic::new(name, Oddity::Unreadable, reason));
                failure = Some(error);
            }
        }
    }
    failure.filter(|_| read == 0).map_or(Ok(()), Err)
}
