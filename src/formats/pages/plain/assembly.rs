//! The page with all that is prepared of it once, and its readings.

use std::borrow::Cow;
use std::collections::HashMap;

use super::article;
use super::flattener::Flattener;
use super::grammar::{Line, Plain};
use super::inference;
use super::replies;
use super::rows::{self, Row};
use super::score::Finding;
use super::screening;
use super::section::Landmarks;
use super::segments::Segment;
use super::vocabulary::Vocabulary;
use crate::comment::{Comment, Discussion, Kind, Layout, Name, Post};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::formats::ReadOptions;
use crate::formats::pages::profile::{self, Profile};
use crate::formats::pages::{GENERIC, Reading, mentioned_year, year_was_guessed};
use crate::text::dates::{Impossible, PageDates, Written};
use crate::text::letters::letters;

/// A page, prepared.
pub(super) struct Page<'a> {
    source: &'a str,
    flattener: Flattener,
    words: Cow<'static, Vocabulary>,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) marks: Landmarks,
    /// How much of what only it prints each platform shows on the page.
    traces: HashMap<String, u32>,
    options: &'a ReadOptions,
}

impl<'a> Page<'a> {
    pub(super) fn prepare(
        source: &'a str,
        text: &'a str,
        profiles: &[Profile],
        options: &'a ReadOptions,
    ) -> Self {
        let is_built_in = std::ptr::eq(profiles, profile::built_in());
        let words = if is_built_in {
            Cow::Borrowed(Vocabulary::built_in())
        } else {
            Cow::Owned(Vocabulary::new(profiles))
        };
        let flattener = Flattener::detect(text);
        let rows = rows::prepare(text, flattener, &words);
        let marks = Landmarks::find(&rows, &words);
        let traces = words.traces.count(&rows);
        Self { source, flattener, words, rows, marks, traces, options }
    }

    /// Parts of a large page, as a page; `None` where the page is not large.
    pub(super) fn excerpt(&self) -> Option<Self> {
        let parts = screening::excerpt(self.rows.len())?;
        let rows: Vec<Row<'a>> = parts.into_iter().flat_map(|p| self.rows[p].to_vec()).collect();
        let marks = Landmarks::find(&rows, &self.words);
        let (words, traces) = (self.words.clone(), self.traces.clone());
        let (source, flattener, options) = (self.source, self.flattener, self.options);
        Some(Self { source, flattener, words, rows, marks, traces, options })
    }

    pub(super) fn words(&self) -> &Vocabulary {
        &self.words
    }

    /// How many different things that only the platform of a profile prints stand on the page.
    pub(super) fn traces(&self, profile: &str) -> u32 {
        self.traces.get(profile).copied().unwrap_or(0)
    }

    /// The row holds nothing but links and buttons.
    pub(super) fn is_action(&self, row: usize) -> bool {
        self.marks.is_action.get(row).copied().unwrap_or(false)
    }

    /// A row matches one of the lines.
    pub(super) fn shows_any(&self, lines: &[Line]) -> bool {
        let patterns: Vec<_> = lines.iter().filter_map(Line::pattern).collect();
        self.rows
            .iter()
            .filter(|row| !row.masked.is_empty())
            .any(|row| patterns.iter().any(|pattern| pattern.is_match(&row.masked)))
    }

    /// The page without comments.
    pub(super) fn article(&self) -> Reading {
        let dates = self.dates(std::iter::empty());
        let discussion = Discussion {
            source: self.source.to_owned(),
            format: "article".to_owned(),
            community: None,
            post: article::read(&self.rows, &dates),
            declared: self.marks.counts.iter().rev().find_map(|(_, count)| *count),
            ..Discussion::default()
        };
        let message = "no comment section was found; the text was read as an article";
        Reading {
            profile: "article".to_owned(),
            score: 0.0,
            weight: 0.0,
            discussion,
            diagnostics: vec![Diagnostic::new(self.source, Oddity::NoComments, message)],
            notes: vec![format!("text made by {}", self.flattener.name())],
            inferred: None,
        }
    }

    /// The page as a finding explains it.
    pub(super) fn reading(&self, finding: &Finding<'_>) -> Reading {
        let dates = self.dates(finding.segments.iter().filter_map(|s| s.header.date.as_ref()));
        let mut diagnostics = Vec::new();
        let has_mark = !self.are_items(&finding.segments);
        let mut comments: Vec<Comment> = finding
            .segments
            .iter()
            .map(|segment| self.comment(segment, finding.plain, has_mark, &dates, &mut diagnostics))
            .collect();
        replies::state(&mut comments, finding, self, &dates);
        let n = comments.len();
        let discussion = Discussion {
            source: self.source.to_owned(),
            format: finding.name.to_owned(),
            community: None,
            post: self.post(finding, &dates),
            declared: finding.section.declared,
            layout: if finding.plain.flat { Layout::Flat } else { Layout::Preorder },
            comments,
            ..Discussion::default()
        };
        self.report(finding, n, &dates, &mut diagnostics);
        Reading {
            profile: finding.name.to_owned(),
            score: finding.score,
            weight: finding.worth,
            discussion,
            diagnostics,
            notes: self.notes(finding),
            inferred: None,
        }
    }

    /// A reading whose grammar was inferred, which says so.
    pub(super) fn inferred(&self, finding: &Finding<'_>) -> Reading {
        let mut reading = self.reading(finding);
        GENERIC.clone_into(&mut reading.profile);
        GENERIC.clone_into(&mut reading.discussion.format);
        reading.inferred = Some(inference::printed(&inference::reduced(finding.grammar)));
        let lines = |lines: &[Line]| lines.iter().map(Line::text).collect::<Vec<_>>().join(" / ");
        let grammar = finding.grammar;
        let place = if grammar.above.is_empty() { "below" } else { "above" };
        let shape = lines(if grammar.above.is_empty() { &grammar.below } else { &grammar.above });
        let message = format!(
            "no profile knows the page; its grammar was inferred from lines that repeat: {place} each text, {shape}; `rejoinder check` prints the profile"
        );
        reading
            .diagnostics
            .insert(0, Diagnostic::new(self.source, Oddity::InferredGrammar, message));
        reading
    }

    fn is_indented(&self, segment: &Segment) -> bool {
        self.rows.get(segment.header.author_row).is_some_and(|row| row.indent > 0)
    }

    fn notes(&self, finding: &Finding<'_>) -> Vec<String> {
        let pictured = finding.segments.iter().filter(|s| s.header.has_avatar).count();
        let made_by = match self.flattener {
            Flattener::PlainCopy if pictured * 2 > finding.segments.len() => {
                "Resiliparse (pictures are printed as their texts), or a tool like it"
            }
            Flattener::PlainCopy if finding.segments.iter().any(|s| self.is_indented(s)) => {
                "a browser, or a tool like it (some lines are indented)"
            }
            flattener => flattener.name(),
        };
        let mut notes = vec![format!("text made by {made_by}")];
        let shown = self.rows.iter().map(|row| row.text.as_ref());
        if let Some(language) = self.words().language(shown) {
            notes.push(format!("language of the page: {language}"));
        }
        let place = match (finding.grammar.above.is_empty(), finding.grammar.below.is_empty()) {
            (false, true) => "above the text",
            (true, _) => "below the text",
            (false, false) => "above and below the text",
        };
        notes.push(format!("header of a comment {place}, in the shape: {}", finding.grammar.name));
        notes
    }

    /// The moments of comments in their order, in milliseconds; ages count back from nothing.
    pub(super) fn times(&self, segments: &[&Segment]) -> Vec<i64> {
        let written = || segments.iter().filter_map(|segment| segment.header.date.as_ref());
        let dates = self.dates(written());
        written().filter_map(|date| dates.moment(date).ok()).map(|moment| moment.millis).collect()
    }

    fn dates<'d>(&self, headers: impl Iterator<Item = &'d Written>) -> PageDates {
        let headers: Vec<&Written> = headers.collect();
        let mut decided = PageDates::decide(headers.iter().copied());
        decided.captured_at = self.options.captured_at;
        decided.zone_minutes = self.options.zone_minutes;
        if decided.latest_year.is_none() {
            let all = self.rows.iter().flat_map(|row| &row.dates);
            let least = PageDates::decide(all).latest_year.or_else(|| self.mentioned_year());
            if let Some(least) = least {
                decided.guess_years(headers.into_iter(), least);
            }
        }
        decided
    }

    /// The latest year that the page mentions.
    fn mentioned_year(&self) -> Option<i32> {
        mentioned_year(self.rows.iter().map(|row| &row.text))
    }

    /// The texts are items of a list of comments: their marks are no part of them.
    fn are_items(&self, segments: &[Segment]) -> bool {
        let is_item = |segment: &&Segment| {
            let first = segment.body.clone().find(|row| !self.rows[*row].is_blank());
            first.is_some_and(|row| !self.rows[row].mark.is_empty())
        };
        segments.iter().filter(is_item).count() * 10 >= segments.len() * 6
    }

    /// The rows of a text without those that the platform adds.
    fn text(&self, segment: &Segment, plain: &Plain, has_mark: bool) -> String {
        let rows = &self.rows[segment.body.clone()];
        let fits = |lines: &[Line], row: &Row<'_>| {
            !row.masked.is_empty()
                && lines.iter().filter_map(Line::pattern).any(|p| p.is_match(&row.masked))
        };
        let end = rows.iter().position(|row| fits(&plain.ends, row)).unwrap_or(rows.len());
        let behind = rows[..end].iter().rposition(|row| fits(&plain.begins, row));
        // Its votes stand above the text.
        let is_votes = |row: &Row<'_>| !row.text.contains(char::is_alphabetic);
        let start = behind.map_or(0, |at| {
            let rest = rows[at + 1..end].iter();
            at + 1 + rest.take_while(|row| is_votes(row)).count()
        });
        let kept = rows[start..end].iter().filter(|row| !fits(&plain.drop, row));
        let mut text = article::text_of(kept, has_mark);
        let glued = text.len().saturating_sub(segment.glued);
        if end == rows.len() && segment.glued > 0 && text.is_char_boundary(glued) {
            text.truncate(glued);
            text.truncate(text.trim_end().len());
        }
        text
    }

    fn comment(
        &self,
        segment: &Segment,
        plain: &Plain,
        has_mark: bool,
        dates: &PageDates,
        odd: &mut Vec<Diagnostic>,
    ) -> Comment {
        let header = &segment.header;
        let line = self.rows[header.rows.start].line;
        let created = header.date.as_ref().and_then(|date| match dates.moment(date) {
            Ok(moment) => Some(moment),
            Err(reason) => {
                let row =
                    self.rows[header.rows.clone()].iter().find(|row| row.dates.contains(date));
                let why = match reason {
                    Impossible::NoSuchDay => "the date does not exist; the comment has none",
                    Impossible::NoYear => "the page names no year; the comment has no date",
                };
                let excerpt = row.map_or("", |row| row.text.as_ref());
                odd.push(
                    Diagnostic::new(self.source, Oddity::BadDate, why).at(line).excerpt(excerpt),
                );
                None
            }
        });
        let mut text = self.text(segment, plain, has_mark);
        if let Some(title) = &header.title
            && !is_repeated(title, &text)
        {
            text = if text.is_empty() { title.clone() } else { format!("{title}\n\n{text}") };
        }
        let is_stub = segment.kind == Kind::Comment && self.words().is_deleted(&text);
        let kind = if is_stub { Kind::Deleted } else { segment.kind };
        let is_unknown = matches!(header.author.as_str(), "" | "[deleted]" | "[removed]");
        Comment {
            id: header.id.clone().or(header.number.clone()),
            author: (!is_unknown).then(|| Name::from(header.author.as_str())),
            created,
            score: header.score,
            kind,
            text,
            line: Some(line),
            ..Comment::default()
        }
    }

    /// What stands before the comments, without the heading of their section.
    fn post(&self, finding: &Finding<'_>, dates: &PageDates) -> Post {
        let first = finding.segments.first().map_or(0, |s| s.header.rows.start.min(s.body.start));
        let section = finding.section;
        let mut end =
            if section.has_heading { section.start.saturating_sub(1).min(first) } else { first };
        // The form that stands above the comments is no part of the article.
        let floor = end.saturating_sub(12);
        while end > floor && end > 0 && self.is_furniture(end - 1) {
            end -= 1;
        }
        article::read(&self.rows[..end], dates)
    }

    fn is_furniture(&self, row: usize) -> bool {
        self.rows[row].is_blank() || self.words().is_furniture(&self.rows[row].text)
    }

    fn report(
        &self,
        finding: &Finding<'_>,
        n: usize,
        dates: &PageDates,
        odd: &mut Vec<Diagnostic>,
    ) {
        if let Some(declared) = finding.section.declared
            && declared as usize != n
        {
            let message = format!("the page declares {declared} comments; {n} were found");
            let heading = finding.section.start.saturating_sub(1);
            let line = self.rows.get(heading).map(|row| row.line);
            odd.push(Diagnostic::new(self.source, Oddity::CountDiffers, message).at(line));
        }
        let hidden = self.marks.more.iter().filter(|row| **row >= finding.section.start);
        for row in hidden {
            let message = "the page holds back comments behind this link";
            let text = &self.rows[*row].text;
            odd.push(
                Diagnostic::new(self.source, Oddity::MoreHidden, message)
                    .at(self.rows[*row].line)
                    .excerpt(text),
            );
        }
        if dates.is_order_guessed {
            let message = format!(
                "nothing proves whether the day or the month comes first; read as {}",
                match dates.order {
                    crate::text::dates::DayOrder::DayFirst => "day first",
                    crate::text::dates::DayOrder::MonthFirst => "month first",
                }
            );
            odd.push(Diagnostic::new(self.source, Oddity::AmbiguousDate, message));
        }
        let is_yearless = |segment: &Segment| {
            segment.header.date.as_ref().is_some_and(|date| !date.is_age() && !date.has_year())
        };
        if dates.is_year_guessed
            && dates.captured_at.is_none()
            && let Some(year) = dates.latest_year
            && finding.segments.iter().any(is_yearless)
        {
            odd.push(year_was_guessed(self.source, year));
        }
    }
}

/// A subject that says nothing of its own: the platform made it from the first words of the text.
fn is_repeated(title: &str, text: &str) -> bool {
    let title = letters(title);
    let start: String = text.chars().take(4 * title.len() + 8).collect();
    letters(&start).starts_with(&title)
}
