//! A page of text for a terminal in the making: headings, paragraphs, facts, rows with bars.
//!
//! No line is wider than the look allows, whatever the texts hold.

use std::fmt::Write as _;

use super::look::{Look, Paint};
use super::wording;
use crate::text::width::{columns, fit_right, harmless, wrap};

/// The page in the making.
pub(crate) struct Page<'a> {
    pub(crate) look: &'a Look,
    pub(crate) text: String,
}

/// Columns before everything below a heading.
pub(crate) const INDENT: usize = 2;

impl Page<'_> {
    /// Columns that stand open below a heading.
    pub(crate) fn room(&self) -> usize {
        self.look.columns() - INDENT
    }

    pub(crate) fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let text = self.look.shorten(&harmless(text), self.look.columns());
        let _ = writeln!(self.text, "{}", self.look.paint(Paint::Heading, &text));
    }

    /// A paragraph below a heading, wrapped.
    pub(crate) fn paragraph(&mut self, paint: Option<Paint>, text: &str) {
        for (i, line) in wrap(text, self.room() - INDENT).iter().enumerate() {
            let indent = if i == 0 { INDENT } else { 2 * INDENT };
            let line = paint.map_or_else(|| line.clone(), |p| self.look.paint(p, line));
            let _ = writeln!(self.text, "{:indent$}{line}", "");
        }
    }

    /// Facts parted by dots, broken between facts only.
    pub(crate) fn facts(&mut self, paint: Option<Paint>, facts: &[String]) {
        let joint = format!(" {} ", self.look.glyphs().dot);
        let mut line = String::new();
        let mut lines = Vec::new();
        for fact in facts.iter().filter(|fact| !fact.is_empty()) {
            let more = if line.is_empty() { 0 } else { columns(&joint) };
            if !line.is_empty() && columns(&line) + more + columns(fact) > self.room() {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push_str(&joint);
            }
            line.push_str(fact);
        }
        lines.push(line);
        for line in lines.iter().filter(|line| !line.is_empty()) {
            let line = self.look.shorten(line, self.room());
            let line = paint.map_or_else(|| line.clone(), |p| self.look.paint(p, &line));
            let _ = writeln!(self.text, "{:INDENT$}{line}", "");
        }
    }

    /// Names with counts, bars and, where there is room, a note.
    pub(crate) fn rows(&mut self, rows: &[Row]) {
        let digits = rows.iter().map(|r| wording::count(r.count as f64).len()).max().unwrap_or(1);
        let noted = rows.iter().map(|row| columns(&row.note)).max().unwrap_or(0);
        let name = rows.iter().map(|row| columns(&row.name)).max().unwrap_or(1);
        let room = self.room().saturating_sub(digits + 4);
        let name = name.min((room * 2 / 5).max(10));
        let noted = if room >= name + noted + 12 { noted } else { 0 };
        let bar = (room - name).saturating_sub(if noted > 0 { noted + 2 } else { 0 }).min(24);
        for row in rows {
            let count = fit_right(&wording::count(row.count as f64), digits, "");
            let drawn = self.look.bar(row.share, bar);
            let gap = if noted > 0 { bar - columns(&drawn) + 2 } else { 0 };
            let note = if noted > 0 { row.note.as_str() } else { "" };
            let _ = writeln!(
                self.text,
                "{:INDENT$}{}  {count}  {}{:gap$}{}",
                "",
                self.look.paint(Paint::Name, &wording::marked(&self.look.fit(&row.name, name))),
                self.look.paint(Paint::Bar, &drawn),
                "",
                self.look.paint(Paint::Faint, note),
            );
        }
    }
}

/// One line of a table of names.
pub(crate) struct Row {
    /// What is counted.
    pub(crate) name: String,
    /// How many.
    pub(crate) count: u64,
    /// Length of the bar, 0 to 1.
    pub(crate) share: f64,
    /// Said where there is room.
    pub(crate) note: String,
}

/// A name and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    name: &'a str,
    about: &'a str,
    note: String,
}

impl<'a> Entry<'a> {
    /// A name and what it stands for.
    #[must_use]
    pub const fn new(name: &'a str, about: &'a str) -> Self {
        Self { name, about, note: String::new() }
    }

    /// Adds something of lesser weight.
    #[must_use]
    pub fn note(mut self, note: String) -> Self {
        self.note = note;
        self
    }
}

/// Names with what they stand for: in two columns, or one below the other on a narrow terminal.
#[must_use]
pub fn glossary(entries: &[Entry<'_>], look: &Look) -> String {
    let widest = entries.iter().map(|entry| columns(entry.name)).max().unwrap_or(0).min(24);
    let beside = look.columns() >= widest + 40;
    let indent = if beside { widest + 2 } else { 4 };
    let mut text = String::new();
    for entry in entries {
        let mut lead = look.paint(Paint::Name, entry.name);
        if beside && columns(entry.name) <= widest {
            lead.extend(std::iter::repeat_n(' ', indent - columns(entry.name)));
        } else {
            lead.push('\n');
            lead.extend(std::iter::repeat_n(' ', indent));
        }
        text.push_str(&lead);
        let room = look.columns() - indent;
        let lines = wrap(entry.about, room).into_iter().map(|line| (None, line));
        let notes = wrap(&entry.note, room).into_iter().map(|line| (Some(Paint::Faint), line));
        for (i, (paint, line)) in lines.chain(notes).enumerate() {
            if i > 0 {
                text.extend(std::iter::repeat_n(' ', indent));
            }
            text.push_str(&paint.map_or_else(|| line.clone(), |paint| look.paint(paint, &line)));
            text.push('\n');
        }
    }
    text
}

/// A glossary under a heading, with an empty line behind it.
#[must_use]
pub fn titled(title: &str, about: &str, entries: &[Entry<'_>], look: &Look) -> String {
    let mut page = Page { look, text: String::new() };
    page.heading(title);
    for line in wrap(about, look.columns()) {
        let _ = writeln!(page.text, "{}", look.paint(Paint::Faint, &line));
    }
    page.text.push('\n');
    page.text.push_str(&glossary(entries, look));
    page.text.push('\n');
    page.text
}
