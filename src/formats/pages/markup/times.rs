//! The dates of a page's comments: all of them are looked at before one is decided.

use super::page::{Id, Page};
use super::probe::Probe;
use crate::comment::Moment;
use crate::diagnostic::{Diagnostic, Oddity};
use crate::formats::ReadOptions;
use crate::text::dates::{self, PageDates};

/// One value that may hold a comment's date.
#[derive(Debug)]
pub(super) struct Written {
    text: String,
    kind: Shape,
}

#[derive(Debug)]
enum Shape {
    /// A notation that needs no context.
    Exact(Moment),
    /// A date for readers.
    Written(dates::Written),
    /// No date.
    Nothing,
}

impl Written {
    /// What needs the page to be understood.
    fn for_readers(&self) -> Option<&dates::Written> {
        match &self.kind {
            Shape::Written(written) => Some(written),
            _ => None,
        }
    }
}

/// How the dates of the page are to be read.
pub(super) struct Times {
    page: PageDates,
    is_order_guessed: bool,
}

impl Times {
    /// The values that the probes find in a comment, the most trusted first.
    pub(super) fn collect(probes: &[Probe], page: &Page<'_>, scope: &[Id]) -> Vec<Written> {
        let mut found = Vec::new();
        for probe in probes {
            for (_, text) in probe.values(page, scope).take(3) {
                let text = unescaped(text);
                let kind = shape(&text, probe.is_attribute());
                found.push(Written { text, kind });
            }
            // A moment to the second needs no others.
            if found.iter().any(|w| matches!(w.kind, Shape::Exact(_))) {
                break;
            }
        }
        found
    }

    /// One of the values is a date.
    pub(super) fn are_some(dates: &[Written]) -> bool {
        dates.iter().any(|date| !matches!(date.kind, Shape::Nothing))
    }

    /// A value that holds a date for readers.
    pub(super) fn written(text: String) -> Written {
        let kind = shape(&text, false);
        Written { text, kind }
    }

    /// Decides from all dates of the page.
    pub(super) fn decide<'a>(
        all: impl Iterator<Item = &'a Written>,
        options: &ReadOptions,
    ) -> Self {
        let mut page = PageDates::decide(all.filter_map(Written::for_readers));
        page.captured_at = options.captured_at;
        page.zone_minutes = options.zone_minutes;
        let is_order_guessed = page.is_order_guessed;
        Self { page, is_order_guessed }
    }

    /// No date names its year.
    pub(super) fn lack_years(&self) -> bool {
        self.page.latest_year.is_none()
    }

    /// Takes a year for dates that name none, not before `least`.
    pub(super) fn guess_years<'a>(&mut self, all: impl Iterator<Item = &'a Written>, least: i32) {
        let written = all.filter_map(Written::for_readers);
        let written: Vec<_> = written.filter(|date| !date.is_age() && !date.has_year()).collect();
        if !written.is_empty() {
            self.page.guess_years(written.into_iter(), least);
        }
    }

    /// The year that was taken, if it matters.
    pub(super) fn guessed_year(&self) -> Option<i32> {
        let is_guess = self.page.is_year_guessed && self.page.captured_at.is_none();
        self.page.latest_year.filter(|_| is_guess)
    }

    /// Day and month could not be told apart, and it matters.
    pub(super) fn is_order_guessed(&self) -> bool {
        self.is_order_guessed
    }

    /// The most exact of a comment's dates, the first of equals.
    pub(super) fn best(&self, dates: &[Written]) -> Option<Moment> {
        let rank = |m: &Moment| (!m.is_dated(), m.precision);
        let moments = dates.iter().filter_map(|date| match &date.kind {
            Shape::Exact(moment) => Some(*moment),
            Shape::Written(written) => self.page.moment(written).ok(),
            Shape::Nothing => None,
        });
        moments.min_by_key(rank)
    }

    /// Why a comment has no date though one is written.
    pub(super) fn complaint(source: &str, dates: &[Written]) -> Diagnostic {
        let text = dates.first().map(|date| date.text.as_str()).unwrap_or_default();
        let message = "the date does not exist or cannot be read; the comment has none";
        Diagnostic::new(source, Oddity::BadDate, message).excerpt(text)
    }
}

/// A moment in an address has its colons and plus signs written as numbers.
fn unescaped(text: String) -> String {
    if !text.contains('%') {
        return text;
    }
    text.replace("%3A", ":").replace("%3a", ":").replace("%2B", "+").replace("%2b", "+")
}

fn shape(text: &str, is_attribute: bool) -> Shape {
    if let Some(moment) = dates::iso8601(text).filter(|_| text.len() > 10) {
        return Shape::Exact(moment);
    }
    if is_attribute
        && text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(number) = text.parse::<i64>()
    {
        let moment = match text.len() {
            9..=10 => dates::epoch_seconds(number),
            12..=13 => dates::epoch_millis(number),
            _ => None,
        };
        return moment.map_or(Shape::Nothing, Shape::Exact);
    }
    let trimmed = text.trim();
    if !is_attribute && is_since(trimmed) {
        return Shape::Nothing;
    }
    let found = dates::find(text)
        .into_iter()
        .find(|w| !w.is_bare || text[w.span.clone()].trim() == trimmed || is_attribute);
    found.map_or(Shape::Nothing, Shape::Written)
}

/// Words before the date since when the author has been a member.
const SINCE: &[&str] = &[
    "registered",
    "registration",
    "joined",
    "member since",
    "join date",
    "registriert",
    "dabei seit",
    "mitglied seit",
    "inscri",
    "date d'inscription",
    "date d’inscription",
    "membre depuis",
    "registrado",
    "fecha de ingreso",
    "miembro desde",
    "membro desde",
    "registrato",
    "iscritto",
    "geregistreerd",
    "lid sinds",
    "dołączył",
    "rejestracja",
    "регистрация",
    "зарегистрирован",
    "registrace",
    "registrován",
    "kayıt",
    "katılım",
];

fn is_since(text: &str) -> bool {
    let head: String = text.chars().take(20).flat_map(char::to_lowercase).collect();
    SINCE.iter().any(|word| head.starts_with(word))
}
