//! Finding the headers (or footers) of comments: places where the lines of a grammar stand.
//!
//! The search begins at anchors (a date, a word such as `says`, two equal lines) and never looks
//! further than the lines of the grammar reach, so the work grows with the length of the page.
//! Where a grammar allows lines of any kind, rows that the page prints with every comment cost
//! nothing ([`furniture`]); how many others stand there is the same for most comments of a page,
//! and is tried out.

use std::collections::VecDeque;
use std::ops::Range;

use super::anchors::{Anchor, anchor, is_anchor, worded};
use super::choosing;
use super::details;
use super::furniture;
use super::grammar::{Line, Slot};
use super::names::{self, is_avatar, unmask};
use super::plausible;
use super::roles;
use super::rows::{DATE, GAP, Row, SAYS, next_shown};
use super::vocabulary::Vocabulary;
use super::votes;
use crate::comment::Name;
use crate::text::dates::Written;

/// How often a repeated line may stand.
const REPEATS: usize = 14;

/// A place where the lines of a grammar stand.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Header {
    /// The rows that it takes.
    pub(super) rows: Range<usize>,
    pub(super) author: String,
    pub(super) date: Option<Written>,
    pub(super) to: Option<String>,
    pub(super) number: Option<Name>,
    pub(super) id: Option<Name>,
    pub(super) level: Option<u32>,
    pub(super) children: Option<u32>,
    pub(super) score: Option<i64>,
    pub(super) nav: Option<String>,
    pub(super) title: Option<String>,
    pub(super) label: Option<String>,
    /// The row of the first date.
    pub(super) date_row: Option<usize>,
    /// The row of the author's name.
    pub(super) author_row: usize,
    /// The alternative text of the picture confirms the name.
    pub(super) has_avatar: bool,
    /// The lines above and below the text name different authors.
    pub(super) is_contradicted: bool,
    /// A word such as `says` stands in the name.
    pub(super) has_says: bool,
    /// Lines that were taken without knowing what they are.
    pub(super) unknown: u32,
    /// The name stands with most comments of the page: a rank rather than a name.
    pub(super) is_common: bool,
    /// Lines that could be checked: roles, votes, names of the ones answered.
    pub(super) known: u32,
    avatars: Vec<String>,
}

/// Looks for the lines of one part of a grammar.
pub(super) struct Search<'a, 'r> {
    lines: &'a [Line],
    rows: &'a [Row<'r>],
    words: &'a Vocabulary,
    /// Near which share of the headers each row stands again; empty where the grammar has no lines
    /// of any kind.
    furniture: Vec<f32>,
}

/// Rows that fit a line, rising.
struct Places(Vec<usize>);

impl Places {
    fn stands_in(&self, rows: &Range<usize>) -> bool {
        let next = self.0.partition_point(|at| *at < rows.start);
        self.0.get(next).is_some_and(|at| *at < rows.end)
    }
}

impl<'a, 'r> Search<'a, 'r> {
    pub(super) fn new(lines: &'a [Line], rows: &'a [Row<'r>], words: &'a Vocabulary) -> Self {
        Self { lines, rows, words, furniture: Vec::new() }
    }

    /// Lines of any kind may stand there in any number, so that trying costs much.
    fn is_roomy(&self) -> bool {
        self.lines.iter().any(|line| line.is_repeated && line.is_loose())
    }

    /// Learns which rows the page prints with every comment, if the lines have use for it.
    pub(super) fn learning(mut self) -> Self {
        if self.is_roomy() {
            self.furniture = furniture::around(self.lines, self.rows);
        }
        self
    }

    /// All places where the lines stand, from top to bottom, none overlapping another.
    pub(super) fn find(&self) -> Vec<Header> {
        choosing::choose(&self.candidates(), 0)
    }

    /// At each anchor, all ways in which the lines stand there, the nearest beginning first.
    pub(super) fn candidates(&self) -> Vec<Vec<Header>> {
        let (rows, kind, worded) = (self.rows, anchor(self.lines), worded(self.lines));
        let reach = self.lines.iter().map(|l| if l.is_repeated { REPEATS } else { 1 }).sum();
        let needed = if self.is_roomy() { self.needed() } else { Vec::new() };
        let mut found: Vec<Vec<Header>> = Vec::new();
        let mut shown: VecDeque<usize> = VecDeque::with_capacity(reach);
        for at in 0..rows.len() {
            if rows[at].is_blank() {
                continue;
            }
            if shown.len() == reach {
                shown.pop_front();
            }
            shown.push_back(at);
            let within = shown[0]..at + reach * (GAP + 1);
            if is_anchor(kind, worded, rows, at) && needed.iter().all(|n| n.stands_in(&within)) {
                let starts = shown.iter().rev();
                let ways = starts.filter_map(|start| self.matches_at(*start));
                // What begins at another date and goes on over this one is found there.
                let is_here = |header: &Header| match kind {
                    Anchor::Date => header.date_row == Some(at),
                    _ => header.rows.end > at,
                };
                let ways: Vec<Header> = ways.filter(is_here).collect();
                if !ways.is_empty() {
                    found.push(ways);
                }
            }
        }
        found
    }

    /// Where the lines stand that must be there and that few rows fit.
    fn needed(&self) -> Vec<Places> {
        let is_needed = |line: &&Line| line.is_needed() && !line.is_any();
        let places = |line| {
            let rows = self.rows.iter().enumerate();
            let fitting = rows.filter(|(_, row)| !row.is_blank() && self.fits(line, row));
            Places(fitting.map(|(at, _)| at).collect())
        };
        self.lines.iter().filter(is_needed).map(places).collect()
    }

    /// The first place in a range where the lines stand, tried at every row.
    pub(super) fn first(&self, range: Range<usize>) -> Option<Header> {
        range
            .filter(|at| !self.rows[*at].is_blank())
            .find_map(|at| self.matches_at(at).filter(|found| !found.rows.is_empty()))
    }

    /// Matches the lines, the first of them at row `at`.
    pub(super) fn matches_at(&self, at: usize) -> Option<Header> {
        let mut header = Header { author_row: at, ..Header::default() };
        let end = self.step(0, at, 0, true, &mut header)?;
        header.rows = at..end;
        Some(header)
    }

    /// The row stands near at least this share of the headers.
    fn is_usual(&self, row: usize, share: f32) -> bool {
        self.furniture.get(row).is_some_and(|found| *found >= share)
    }

    /// Matches the lines from `i` on against the rows from `at` on; the row behind them. Steps
    /// back where an optional line was taken wrongly.
    fn step(
        &self,
        i: usize,
        at: usize,
        taken: usize,
        is_first: bool,
        header: &mut Header,
    ) -> Option<usize> {
        let Some(line) = self.lines.get(i) else {
            return self.is_sound(header).then_some(at);
        };
        let row = if is_first { Some(at) } else { next_shown(self.rows, at) };
        let may_take = row.is_some() && taken < REPEATS;
        let is_lazy = line.is_repeated && line.is_loose();
        if is_lazy && let Some(end) = self.step(i + 1, at, 0, is_first, header) {
            return Some(end);
        }
        if may_take
            && let Some(row) = row
            && self.fits(line, &self.rows[row])
            && !(line.is_loose() && self.is_detail(row))
        {
            let mut tried = header.clone();
            if self.take(line, row, &mut tried) {
                let next = if line.is_repeated { (i, taken + 1) } else { (i + 1, 0) };
                if let Some(end) = self.step(next.0, row + 1, next.1, false, &mut tried) {
                    *header = tried;
                    return Some(end);
                }
            }
        }
        if line.is_needed() || is_lazy {
            return None;
        }
        self.step(i + 1, at, 0, is_first, header)
    }

    /// The row is what the grammar has in a line of its own: where another line takes it, the header
    /// reaches into the next one.
    fn is_detail(&self, row: usize) -> bool {
        let mut details = self.lines.iter().filter(|line| details::stand_in(&line.source));
        details.any(|line| self.fits(line, &self.rows[row]))
    }

    /// The row may be the line, as far as that can be told without reading its parts.
    fn fits(&self, line: &Line, row: &Row<'_>) -> bool {
        if row.masked.is_empty()
            || (line.needs.0 && row.dates.is_empty())
            || (line.needs.1 && row.says.is_none())
        {
            return false;
        }
        // The commonest lines are a single slot: no expression is needed for them.
        match line.source.as_str() {
            "{author}" | "{reply_to}" => return true,
            "{avatar}" => return row.dates.is_empty(),
            "{label}" if votes::points(&row.masked).is_some() => return true,
            "{label}" if !self.words.is_label(&row.masked) => return false,
            "{short}" if row.masked.len() > 120 => return false,
            _ => {}
        }
        line.pattern().is_some_and(|pattern| pattern.is_match(&row.masked))
    }

    /// Reads one row that [fits](Self::fits) as one line of the grammar.
    fn take(&self, line: &Line, at: usize, header: &mut Header) -> bool {
        let row = &self.rows[at];
        match line.source.as_str() {
            "{author}" => return self.take_author(&row.masked, at, header),
            "{avatar}" => {
                header.avatars.push(unmask(&row.masked, row));
                return true;
            }
            "{reply_to}" => return self.take_answered(&row.text, row, header),
            "{label}" if votes::points(&row.masked).is_some() => {
                header.score = votes::points(&row.masked);
                return true;
            }
            _ if line.slots().is_empty() => return true,
            _ => {}
        }
        let Some(pattern) = line.pattern() else { return false };
        let Some(caught) = pattern.captures(&row.masked) else { return false };
        line.slots().iter().all(|(slot, group)| {
            caught
                .get(*group)
                .is_none_or(|part| self.keep(*slot, part.as_str(), part.start(), at, header))
        })
    }

    /// Keeps what a slot caught; `false` if it cannot be what the slot stands for.
    fn keep(&self, slot: Slot, text: &str, start: usize, at: usize, header: &mut Header) -> bool {
        let row = &self.rows[at];
        match slot {
            Slot::Label if !self.words.is_label(text) => return false,
            Slot::Label => {
                header.label = Some(text.to_owned());
                header.known += 1;
            }
            Slot::Actions => return self.words.is_actions(text),
            Slot::Tail => match self.words.answered_in(text) {
                Some(to) => header.to = Some(to.to_owned()),
                None => return self.is_tail(text),
            },
            Slot::Author => return self.take_author(text, at, header),
            Slot::Date => {
                let index = row.masked[..start].matches(DATE).count();
                header.date = row.dates.get(index).cloned();
                header.date_row = header.date_row.or(Some(at));
                header.id = row.id.clone().or(header.id.take());
            }
            Slot::Avatar => header.avatars.push(unmask(text, row)),
            Slot::To => {
                header.to = Some(self.words.without_badge(&unmask(text, row)).to_owned());
            }
            Slot::Short => {
                header.unknown += u32::from(!self.is_usual(at, furniture::FURNITURE));
                return text.len() <= 120;
            }
            Slot::Subject => {
                let begins = at == 0 || self.rows[at - 1].is_blank();
                header.title = Some(unmask(text, row));
                return begins && self.rows.get(at + 1).is_some_and(|next| !next.is_blank());
            }
            Slot::Title => {
                header.unknown += 1;
                header.title = Some(unmask(text, row));
            }
            Slot::Number => header.number = Some(Name::from(text)),
            Slot::Id => header.id = Some(Name::from(text)),
            Slot::Path => {
                header.level = Some(text.matches('.').count() as u32 + 1);
                header.id = Some(Name::from(text));
            }
            Slot::Level => header.level = text.parse().ok().or(header.level),
            Slot::Children => header.children = text.parse().ok().or(header.children),
            Slot::Score => {
                header.score = votes::read(text).or(header.score);
                header.known += u32::from(header.score.is_some());
            }
            Slot::Nav => header.nav = Some(text.to_owned()),
            Slot::Reply => return self.take_answered(text, row, header),
        }
        true
    }

    /// Reads the name of the one answered: behind words such as `Reply to`, or alone behind a
    /// no-break space.
    fn take_answered(&self, text: &str, row: &Row<'_>, header: &mut Header) -> bool {
        let to = self.words.replied_to(text).or(row.is_nbsp.then_some(text));
        let Some(to) = to else { return false };
        header.to = Some(to.trim_matches(['@', ' ', '\u{a0}']).to_owned());
        header.known += 1;
        true
    }

    /// Reads a name.
    fn take_author(&self, caught: &str, at: usize, header: &mut Header) -> bool {
        let row = &self.rows[at];
        let is_whole = caught.len() == row.masked.len();
        let is_apart = row.is_nbsp && self.lines.iter().any(|line| line.has("{reply_to}"));
        // `→ Ann` is the one answered.
        if is_whole && (is_apart || self.words.replied_to(caught).is_some()) {
            return false;
        }
        let is_rank = self.is_usual(at, furniture::RANK) || self.words.is_rank(caught);
        header.is_common = is_whole && is_rank;
        // A picture with the same text confirms even a name without a letter.
        let is_confirmed = is_whole && header.avatars.iter().any(|avatar| avatar == caught);
        let confirmed = || names::Caught { name: caught.to_owned(), says: false };
        let Some(author) = names::name(caught, row).or_else(|| is_confirmed.then(confirmed)) else {
            return false;
        };
        header.has_says = author.says;
        let named = author.name;
        let (author, label) = self.words.without_label(&named);
        // `on May 3`: what remains beside a date may belong to it.
        if !is_whole && author.starts_with(char::is_lowercase) && self.words.is_link_word(author) {
            return false;
        }
        if names::begins_date(author, row) {
            return false;
        }
        if !is_confirmed && [author, &named].into_iter().any(plausible::is_field) {
            return false;
        }
        header.label = label.map(str::to_owned).or(header.label.take());
        author.clone_into(&mut header.author);
        header.author_row = at;
        header.id = row.id.clone().or(header.id.take());
        true
    }

    /// What stands behind the header's own words: links, numbers, signs, or a second date.
    fn is_tail(&self, tail: &str) -> bool {
        let tail = tail.trim_matches([' ', DATE, SAYS]);
        !tail.contains(char::is_alphabetic)
            || votes::is_bracketed(tail)
            || roles::is_edited(tail)
            || self.words.is_actions(tail)
    }

    /// The caught parts agree with each other.
    fn is_sound(&self, header: &mut Header) -> bool {
        if header.author.is_empty() {
            let needs_author = |line: &Line| line.is_needed() && line.has("author");
            return header.avatars.is_empty() && !self.lines.iter().any(needs_author);
        }
        if header.author.len() > 160
            || header.avatars.is_empty() && self.words.is_actions(&header.author)
        {
            return false;
        }
        let author = &header.author;
        if !header.avatars.iter().all(|avatar| is_avatar(avatar, author)) {
            return false;
        }
        header.has_avatar = !header.avatars.is_empty();
        true
    }
}
