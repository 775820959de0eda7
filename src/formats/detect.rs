//! Which format an input is in, and why.
//!
//! Structured formats are asked first, each with a look at the beginning of the input; what none
//! of them claims is a page, and the profile that explains most of it reads it. What is no page
//! either (JSON, XML, a table that no format knows) is an error that says what was looked for. A
//! tie is an error that names both, never a guess.

use std::io::{Cursor, Read};

use super::input::archive::{Archive, is_archive};
use super::{FORMATS, Format, Input, ReadOptions, SAMPLE_BYTES, Sample, input, pages, strange};
use crate::comment::{Comment, Discussion, Post};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

/// How an input was recognised, for `check`.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The format, or the profile that reads the page.
    pub format: String,
    /// How well it fits: 0 = not at all, 1 = beyond doubt.
    pub score: f32,
    /// What came second, and how well it fits.
    pub runner_up: Option<(String, f32)>,
    /// What else was recognised: encoding, flattener, language, placement of the headers.
    pub notes: Vec<String>,
    /// For a page that no profile knows: the inferred profile as TOML, for `--profile`.
    pub inferred: Option<String>,
}

/// What an input is.
pub(super) enum Detected<'a> {
    /// A structured format, its fit, and the second-best.
    Structured(&'static dyn Format, f32, Option<(&'static str, f32)>, Input<'a>),
    /// A page.
    Page(Input<'a>),
    /// An archive of files, each an input of its own.
    Archive(Input<'a>),
}

/// A fit below this is a hint, followed only where nothing else fits.
const SURE: f32 = 0.5;

/// Finds what an input is; the input comes back whole, decompressed, and as UTF-8 where its
/// encoding is marked or stated.
///
/// What cannot be read of it later, `lost` will know.
pub(super) fn detect<'a>(
    input: Input<'a>,
    options: &ReadOptions,
    lost: &input::Lost,
) -> Result<Detected<'a>> {
    let Input { name, reader } = input::unpacked(input, &options.limits, lost)?;
    let kept = input::Kept::new(reader, lost.clone());
    let whole = Input { name: name.clone(), reader: Box::new(kept) };
    let mut reader: Box<dyn Read + Send + 'a> = match options.encoding {
        None => Box::new(input::marked_as_utf8(whole)?),
        Some(_) => whole.reader,
    };
    let mut head = Vec::new();
    reader
        .by_ref()
        .take(SAMPLE_BYTES as u64)
        .read_to_end(&mut head)
        .map_err(|e| Error::read(&name, e))?;
    if is_archive(&head) {
        let whole = Box::new(Cursor::new(head).chain(reader));
        return Ok(Detected::Archive(Input { name, reader: whole }));
    }
    let sample = Sample::new(&name, &head, head.len() < SAMPLE_BYTES);
    let mut fits: Vec<(&'static dyn Format, f32)> =
        FORMATS.iter().map(|f| (*f, f.fit(&sample))).filter(|(_, fit)| *fit > 0.0).collect();
    // The sort is stable: formats of equal fit stay in the order of the registry.
    fits.sort_by(|a, b| b.1.total_cmp(&a.1));
    let second = fits.get(1).map(|(format, fit)| (format.name(), *fit));
    let chosen = match &options.format {
        Some(wanted) => match FORMATS.iter().find(|f| f.name() == wanted) {
            Some(format) => Some((*format, format.fit(&sample))),
            None if pages::knows(wanted, options) => None,
            None => return Err(unknown(wanted)),
        },
        None => match fits.first() {
            Some((best, fit)) if *fit >= SURE => {
                if let Some((other, equal)) = second
                    && equal >= *fit
                {
                    return Err(Error::format(
                        name,
                        format!(
                            "it may be {} or {other}, both fit equally well; state one with \
                             --format",
                            best.name()
                        ),
                    ));
                }
                Some((*best, *fit))
            }
            _ if has_stated_columns(&sample, options) => {
                Some((&super::rows::Rows as &dyn Format, SURE))
            }
            hint => match (strange::reason(&sample), hint) {
                // What is surely no page is read by the one that it might be for.
                (Some(_), Some((best, fit))) => Some((*best, *fit)),
                (Some(reason), None) => return Err(Error::format(name, reason)),
                (None, _) => None,
            },
        },
    };
    if chosen.is_some_and(|(format, _)| format.is_by_line(&sample)) {
        lost.goes_on();
    }
    if let Some(error) = lost.beginning() {
        return Err(Error::read(&name, error));
    }
    let whole = Input { reader: Box::new(Cursor::new(head).chain(reader)), name };
    Ok(match chosen {
        Some((format, fit)) => Detected::Structured(format, fit, second, whole),
        None => Detected::Page(whole),
    })
}

/// How an input is recognised: what `check` prints. Of an archive, its first file.
///
/// Errors as those of [`super::read`], without those of single records.
pub fn explain(input: Input<'_>, options: &ReadOptions) -> Result<Explanation> {
    let mut first = None;
    let name = input.name.clone();
    explain_each(input, options, &mut |_, known| {
        first.get_or_insert(known);
    })?;
    first.unwrap_or_else(|| Err(Error::format(name, "the archive holds no files")))
}

/// As [`explain`], for each file of an archive, or for the input itself, with its name.
pub fn explain_each(
    input: Input<'_>,
    options: &ReadOptions,
    tell: &mut dyn FnMut(String, Result<Explanation>),
) -> Result<()> {
    let name = input.name.clone();
    match detect(input, options, &input::Lost::default())? {
        Detected::Archive(input) => {
            let mut archive = Archive::open(input, &options.limits)?;
            for bundle in archive.bundles() {
                match archive.input(&bundle) {
                    Ok(inner) => {
                        let name = inner.name.clone();
                        let known = detect(inner, options, &input::Lost::default())
                            .and_then(|detected| explained(detected, options));
                        tell(name, known);
                    }
                    Err(error) => tell(name.clone(), Err(error)),
                }
            }
        }
        detected => tell(name, explained(detected, options)),
    }
    Ok(())
}

fn explained(detected: Detected<'_>, options: &ReadOptions) -> Result<Explanation> {
    match detected {
        Detected::Archive(input) => Err(Error::format(input.name, "an archive within an archive")),
        Detected::Structured(format, score, second, _) => Ok(Explanation {
            format: format.name().to_owned(),
            score,
            runner_up: second
                .filter(|(name, _)| *name != format.name())
                .map(|(name, fit)| (name.to_owned(), fit)),
            notes: vec![format.about().to_owned()],
            inferred: None,
        }),
        Detected::Page(input) => {
            let name = input.name.clone();
            let text = input::text(input, options, &mut Deaf)?;
            let choice = pages::choose(&name, &text.text, options)?;
            let mut notes = vec![format!("encoding {}", text.encoding)];
            notes.extend(choice.reading.notes);
            Ok(Explanation {
                format: choice.reading.profile,
                score: choice.reading.score,
                runner_up: choice.runner_up,
                notes,
                inferred: choice.reading.inferred,
            })
        }
    }
}

/// The user says what the columns hold, and the input has columns of these names.
fn has_stated_columns(sample: &Sample<'_>, options: &ReadOptions) -> bool {
    let is_there = |name: &str| memchr::memmem::find(sample.head, name.as_bytes()).is_some();
    !options.columns.is_empty() && options.columns.iter().all(|(_, name)| is_there(name))
}

fn unknown(wanted: &str) -> Error {
    Error::usage(format!("no format is called {wanted:?}; `rejoinder list formats` names them all"))
}

/// Hears nothing: an explanation is not a reading.
struct Deaf;

impl super::Sink for Deaf {
    fn discussion(&mut self, _: Discussion) -> Result<()> {
        Ok(())
    }

    fn loose(&mut self, _: &str, _: Comment) -> Result<()> {
        Ok(())
    }

    fn loose_post(&mut self, _: Post) -> Result<()> {
        Ok(())
    }

    fn diagnostic(&mut self, _: Diagnostic) {}
}
