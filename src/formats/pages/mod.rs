//! Pages: comment sections as text or as saved HTML, read by profiles.
//!
//! One profile (a TOML file in `src/formats/profiles/`, or the user's own) describes a platform:
//! how to know it, selectors for the saved page ([`markup`]), header grammar for the text
//! ([`plain`]), phrases by language. The engine tries the profiles and keeps the one that explains
//! most of the page. A saved page that no profile knows is read by the shape that repeats in it
//! ([`markup::infer`]), else as the text that it shows.

pub mod markup;
pub mod plain;
pub mod profile;

mod addressed;

use std::borrow::Cow;

use super::input;
use super::{Input, ReadOptions, Sink};
use crate::comment::{Comment, Discussion};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::{Error, Result};

use profile::Profile;

/// What one profile made of a page.
#[derive(Debug)]
pub struct Reading {
    /// The profile's name.
    pub profile: String,
    /// How much of the page it explains: 0 = nothing, 1 = everything.
    pub score: f32,
    /// How much is known of all its comments together: the profile with the greatest is right.
    pub weight: f32,
    /// The post and its comments.
    pub discussion: Discussion,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
    /// What was recognised, in words for `check`: flattener, language, header placement, ….
    pub notes: Vec<String>,
    /// For a page that no profile knows: the profile that was inferred for it, as TOML for
    /// `--profile`.
    pub inferred: Option<String>,
}

/// A page as the best profile reads it, and the one that came second.
#[derive(Debug)]
pub struct Choice {
    /// The best reading.
    pub reading: Reading,
    /// The name and score of the profile that explains most of the rest.
    pub runner_up: Option<(String, f32)>,
}

/// A name for `--format` that means a profile, built in or the user's.
#[must_use]
pub fn knows(name: &str, options: &ReadOptions) -> bool {
    let own = options.profiles.iter().filter_map(|text| profile::parse(text).ok());
    name == GENERIC
        || profile::built_in().iter().any(|p| p.name == name)
        || own.into_iter().any(|p| p.name == name)
}

/// The name of the reading of a page that no profile knows.
pub const GENERIC: &str = "page";

/// A profile that knows less of the comments than this may be that of another platform.
const COMPLETE: f32 = 0.7;

/// Years of comments: earlier ones are what people remember, later ones are numbers.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2026;

/// The latest year that some texts mention.
fn mentioned_year<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> Option<i32> {
    let latest = |text: T| {
        let words = text.as_ref().split(|c: char| !c.is_alphanumeric());
        let years = words.filter(|word| word.len() == 4).filter_map(|word| word.parse().ok());
        years.filter(|year| YEARS.contains(year)).max()
    };
    texts.filter_map(latest).max()
}

/// What is said where the dates of comments name no year.
fn year_was_guessed(source: &str, year: i32) -> Diagnostic {
    let message = format!(
        "the dates name no year; {year} was taken from the years that the page mentions; \
         --captured-at DATE decides"
    );
    Diagnostic::new(source, Oddity::AmbiguousDate, message)
}

/// Reads a page and delivers its discussion.
pub fn read(input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let name = input.name.clone();
    let text = input::text(input, options, sink)?;
    let Choice { reading, .. } = choose(&name, &text.text, options)?;
    for diagnostic in reading.diagnostics {
        sink.diagnostic(diagnostic);
    }
    sink.discussion(reading.discussion)
}

/// The reading that explains most of a page.
///
/// Errors: a user's profile makes no sense; `--format` names a profile that does not fit at all;
/// two profiles explain the page equally well and differently.
pub fn choose(name: &str, text: &str, options: &ReadOptions) -> Result<Choice> {
    let own = options
        .profiles
        .iter()
        .map(|text| profile::parse(text))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|reason| Error::usage(format!("the profile given with --profile: {reason}")))?;
    let named = options.format.as_deref().filter(|format| *format != GENERIC);
    let is_wanted = |p: &&Profile| named.is_none_or(|name| name == p.name);
    let only_wanted = |profiles: &[Profile]| profiles.iter().filter(is_wanted).cloned().collect();
    let taught: Vec<Profile> = only_wanted(&own);
    // Whole, they keep what was compiled of them from page to page.
    let built_in = match named {
        None => Cow::Borrowed(profile::built_in()),
        Some(_) => Cow::Owned(only_wanted(profile::built_in())),
    };
    let read = |profiles: &[Profile]| {
        if markup::is_html(text) {
            saved_page(name, text, profiles, options)
        } else {
            plain_text(name, text, profiles, options)
        }
    };
    // What the user teaches comes first: it need not explain more than what is built in.
    let mut choice = if taught.is_empty() {
        read(&built_in)?
    } else {
        match read(&taught)? {
            choice if is_taught(&choice, &taught) => choice,
            _ => read(&built_in)?,
        }
    };
    let Reading { profile, discussion, diagnostics, .. } = &mut choice.reading;
    let mut known = own.iter().chain(profile::built_in());
    if known.find(|known| known.name == *profile).is_some_and(|profile| profile.addresses) {
        addressed::state(&mut discussion.comments);
    }
    name.clone_into(&mut discussion.source);
    if discussion.comments.is_empty() && !diagnostics.iter().any(|d| d.kind == Oddity::NoComments) {
        let message = "no comments were found; the text was taken for the post alone";
        diagnostics.push(Diagnostic::new(name, Oddity::NoComments, message));
    }
    Ok(choice)
}

/// The choice is of one of the user's profiles, and found comments.
fn is_taught(choice: &Choice, taught: &[Profile]) -> bool {
    !choice.reading.discussion.comments.is_empty()
        && taught.iter().any(|profile| profile.name == choice.reading.profile)
}

/// A saved page: by markup, by the shape that repeats in it, by the text that it shows.
fn saved_page(
    name: &str,
    html: &str,
    profiles: &[Profile],
    options: &ReadOptions,
) -> Result<Choice> {
    let markup::Readings { comments, article, text, links } =
        markup::read(name, html, profiles, options)?;
    let is_known = |best: &Reading| best.score >= markup::LEAST_SCORE;
    let known = comments.first().filter(|best| is_known(best)).map(|best| best.score);
    if known.is_some_and(|score| score >= COMPLETE) {
        return best_of(name, comments);
    }
    let inferred = markup::infer::read(name, html, &links, options);
    // The markup of a profile whose names and dates are elsewhere on this page.
    if let Some(score) = known {
        return match inferred.filter(|inferred| inferred.score > score) {
            Some(reading) => Ok(Choice { reading, runner_up: None }),
            None => best_of(name, comments),
        };
    }
    let mut choice = plain_text(name, &text, profiles, options)?;
    if let Some(reading) = inferred.filter(|inferred| !says_more(&choice.reading, inferred)) {
        return Ok(Choice { reading, runner_up: None });
    }
    if links.make_up(&choice.reading.discussion.comments) {
        // Nothing that was told of them holds: the page is one in whose text nothing is found.
        choice = plain_text(name, "", profiles, options)?;
        choice.reading.notes.clear();
    }
    choice.reading.notes.insert(0, "saved page (HTML), read as the text that it shows".to_owned());
    let Discussion { post, comments, .. } = &mut choice.reading.discussion;
    if comments.is_empty() {
        choice.reading.discussion = Discussion { format: GENERIC.to_owned(), ..article };
    } else {
        markup::graft::complete(html, comments);
        // What the head of the page states is more reliable than what its first lines look like.
        post.url = article.post.url.or(post.url.take());
        post.title = post.title.take().or(article.post.title);
        post.author = post.author.take().or(article.post.author);
        post.created = post.created.take().or(article.post.created);
    }
    Ok(choice)
}

/// The text of a page tells of as many comments as its markup, and of names or words that the
/// markup lacks: what repeats there is a part of the comments only, such as their headers.
fn says_more(text: &Reading, markup: &Reading) -> bool {
    let (text, markup) = (&text.discussion.comments, &markup.discussion.comments);
    let named = |comments: &[Comment]| comments.iter().filter(|c| c.author.is_some()).count();
    let written = |comments: &[Comment]| comments.iter().map(|c| c.text.len()).sum::<usize>();
    // Half of the comments and more stand outside of the elements that repeat.
    text.len() > 2 * markup.len() && named(text) * 10 >= text.len() * 9
        || text.len() >= markup.len()
            && (named(markup) * 2 < markup.len() && named(text) * 2 > text.len()
                || written(text) > 2 * written(markup))
}

/// Who wrote, in order: readings that agree in it differ in nothing that matters.
fn authors(discussion: &Discussion) -> Vec<Option<&str>> {
    discussion.comments.iter().map(|c| c.author.as_deref()).collect()
}

/// More than one author in ten is another one.
fn differ(some: &[Option<&str>], others: &[Option<&str>]) -> bool {
    let agreeing = some.iter().zip(others).filter(|(one, other)| one == other).count();
    agreeing * 10 < some.len().max(others.len()) * 9
}

fn plain_text(
    name: &str,
    text: &str,
    profiles: &[Profile],
    options: &ReadOptions,
) -> Result<Choice> {
    best_of(name, plain::read(name, text, profiles, options))
}

/// The first of some readings, the best first, and the next of another profile.
///
/// Errors: two explain the page equally well and differently.
fn best_of(name: &str, readings: Vec<Reading>) -> Result<Choice> {
    let mut readings = readings.into_iter();
    let Some(mut best) = readings.next() else {
        return Err(Error::format(name, "there is nothing to read"));
    };
    let second = readings.find(|reading| reading.profile != best.profile);
    if let Some(second) = &second
        && second.weight >= best.weight * 0.9999
        && differ(&authors(&second.discussion), &authors(&best.discussion))
    {
        return Err(tie(name, &best.profile, &second.profile));
    }
    if let Some(second) = &second
        && authors(&second.discussion) == authors(&best.discussion)
    {
        best.notes.push(format!("{} would find the same comments", second.profile));
    }
    let runner_up = second.map(|s| (s.profile, best.score * s.weight / best.weight));
    Ok(Choice { reading: best, runner_up })
}

fn tie(name: &str, one: &str, other: &str) -> Error {
    Error::format(
        name,
        format!(
            "the profiles {one} and {other} explain the page equally well; state one with --format"
        ),
    )
}
