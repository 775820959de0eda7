//! Finding the headers (or footers) of comments: places where the lines of a grammar stand.
//!
//! The search begins at anchors (a date, a word such as `says`, two equal lines) and never looks
//! further than the lines of the grammar reach, so the work grows with the length of the page.

use std::ops::Range;

use super::grammar::{Anchor, Line, anchor};
use super::rows::{DATE, Row, SAYS};
use super::vocabulary::Vocabulary;
use crate::comment::Name;
use crate::text::dates::Written;

/// Empty lines allowed between two lines of a header: some tools leave runs of them.
const GAP: usize = 12;
/// How often a repeated line may stand.
const REPEATS: usize = 14;

/// A place where the lines of a grammar stand.
#[derive(Debug, Clone, Default)]
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
    /// Lines that could be checked: roles, names of the ones answered.
    known: u32,
    avatars: Vec<String>,
}

/// Finds all places where the lines stand, from top to bottom, none overlapping another.
pub(super) fn find(lines: &[Line], rows: &[Row<'_>], words: &Vocabulary) -> Vec<Header> {
    let kind = anchor(lines);
    let reach = lines.iter().map(|l| if l.is_repeated { REPEATS } else { 1 }).sum::<usize>();
    let mut found: Vec<Header> = Vec::new();
    let mut shown: Vec<usize> = Vec::with_capacity(reach);
    for at in 0..rows.len() {
        if rows[at].is_blank() {
            continue;
        }
        if shown.len() == reach {
            shown.remove(0);
        }
        shown.push(at);
        if !is_anchor(kind, rows, at) {
            continue;
        }
        let floor = found.last().map_or(0, |header| header.rows.end);
        let starts = shown.iter().rev().copied().take_while(|start| *start >= floor);
        if let Some(header) = best(lines, rows, words, at, starts) {
            found.push(header);
        }
    }
    found
}

/// The first place from row `from` to row `to` where the lines stand, tried at every row.
pub(super) fn first(
    lines: &[Line],
    rows: &[Row<'_>],
    words: &Vocabulary,
    range: Range<usize>,
) -> Option<Header> {
    range
        .filter(|at| !rows[*at].is_blank())
        .find_map(|at| matches_at(lines, rows, words, at).filter(|found| !found.rows.is_empty()))
}

fn is_anchor(kind: Anchor, rows: &[Row<'_>], at: usize) -> bool {
    let row = &rows[at];
    match kind {
        Anchor::Date => row.masked.contains(DATE),
        Anchor::Says => row.says.is_some(),
        Anchor::Pair => {
            next_shown(rows, at + 1).is_some_and(|next| is_avatar(&row.text, &rows[next].text))
        }
        Anchor::Words => !row.masked.is_empty() && row.text.len() < 200,
        Anchor::None => false,
    }
}

/// The match around an anchor: the one whose picture confirms the name, else the one that begins
/// nearest to the anchor and takes the fewest unknown lines.
fn best(
    lines: &[Line],
    rows: &[Row<'_>],
    words: &Vocabulary,
    at: usize,
    starts: impl Iterator<Item = usize>,
) -> Option<Header> {
    let mut best: Option<Header> = None;
    for start in starts {
        let Some(header) = matches_at(lines, rows, words, start) else { continue };
        if header.rows.end <= at {
            continue;
        }
        let rank = |h: &Header| (h.has_avatar, std::cmp::Reverse(h.unknown), h.known);
        let is_better = best.as_ref().is_none_or(|b| {
            rank(&header) > rank(b) || header.has_avatar && header.author == b.author
        });
        if is_better {
            best = Some(header);
        }
    }
    best
}

/// Matches the lines, the first of them at row `at`.
pub(super) fn matches_at(
    lines: &[Line],
    rows: &[Row<'_>],
    words: &Vocabulary,
    at: usize,
) -> Option<Header> {
    let search = Search { lines, rows, words };
    let mut header = Header { author_row: at, ..Header::default() };
    let end = search.step(0, at, 0, true, &mut header)?;
    header.rows = at..end;
    Some(header)
}

/// The matching of lines against rows, with steps back where an optional line was taken wrongly.
struct Search<'a, 'r> {
    lines: &'a [Line],
    rows: &'a [Row<'r>],
    words: &'a Vocabulary,
}

impl Search<'_, '_> {
    /// Matches the lines from `i` on against the rows from `at` on; the row behind them.
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
        if may_take && let Some(row) = row {
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

    /// Reads one row as one line of the grammar.
    fn take(&self, line: &Line, at: usize, header: &mut Header) -> bool {
        let row = &self.rows[at];
        if row.masked.is_empty()
            || (line.needs.0 && row.dates.is_empty())
            || (line.needs.1 && row.says.is_none())
        {
            return false;
        }
        if line.source == "{reply_to}" {
            let to = if row.is_nbsp { Some(row.text.as_ref()) } else { None };
            let to = self.words.replied_to(&row.text).or(to);
            header.to = to.map(|to| to.trim_start_matches(['@', ' ', '\u{a0}']).to_owned());
            header.known += 1;
            return header.to.is_some();
        }
        // The commonest lines are a single slot: no expression is needed for them.
        match line.source.as_str() {
            "{author}" => return self.take_author(&row.masked, at, header),
            "{avatar}" => {
                header.avatars.push(unmask(&row.masked, row));
                return row.dates.is_empty();
            }
            "{label}" if !self.words.is_label(&row.masked) => return false,
            "{short}" if row.masked.len() > 120 => return false,
            _ => {}
        }
        let fits = |pattern: &&regex::Regex| pattern.is_match(&row.masked);
        let Some(caught) =
            line.pattern().filter(fits).and_then(|pattern| pattern.captures(&row.masked))
        else {
            return false;
        };
        let text = |name: &str| caught.name(name).map(|m| m.as_str());
        if let Some(label) = text("label") {
            if !self.words.is_label(label) {
                return false;
            }
            header.label = Some(label.to_owned());
            header.known += 1;
        }
        if text("actions").is_some_and(|actions| !self.words.is_actions(actions))
            || text("tail").is_some_and(|tail| !self.is_tail(tail))
        {
            return false;
        }
        if let Some(author) = text("author")
            && !self.take_author(author, at, header)
        {
            return false;
        }
        if let Some(date) = caught.name("date") {
            let index = row.masked[..date.start()].matches(DATE).count();
            header.date = row.dates.get(index).cloned();
            header.id = row.id.clone().or(header.id.take());
        }
        if let Some(avatar) = text("avatar") {
            header.avatars.push(unmask(avatar, row));
        }
        if let Some(to) = text("to") {
            header.to = Some(self.words.without_badge(&unmask(to, row)).to_owned());
        }
        if let Some(short) = text("short") {
            header.unknown += 1;
            if short.len() > 120 {
                return false;
            }
        }
        if let Some(subject) = text("subject") {
            let begins = at == 0 || self.rows[at - 1].is_blank();
            if !begins || self.rows.get(at + 1).is_none_or(Row::is_blank) {
                return false;
            }
            header.title = Some(unmask(subject, row));
        }
        if let Some(title) = text("title") {
            header.unknown += 1;
            header.title = Some(unmask(title, row));
        }
        header.number = text("number").map(Name::from).or(header.number.take());
        header.id = text("id").map(Name::from).or(header.id.take());
        header.level = text("level").and_then(|n| n.parse().ok()).or(header.level);
        header.children = text("children").and_then(|n| n.parse().ok()).or(header.children);
        header.score = text("score").and_then(score).or(header.score);
        header.nav = text("nav").map(str::to_owned).or(header.nav.take());
        true
    }

    /// Reads a name.
    fn take_author(&self, caught: &str, at: usize, header: &mut Header) -> bool {
        let row = &self.rows[at];
        let is_whole = caught.len() == row.masked.len();
        if row.is_nbsp && is_whole && self.lines.iter().any(|line| line.has("{reply_to}")) {
            return false;
        }
        // A picture with the same text confirms even a name without a letter.
        let is_confirmed = is_whole && header.avatars.iter().any(|avatar| avatar == caught);
        let confirmed = || Caught { name: caught.to_owned(), says: false };
        let Some(author) = name(caught, row).or_else(|| is_confirmed.then(confirmed)) else {
            return false;
        };
        header.has_says = author.says;
        let (author, label) = self.words.without_label(&author.name);
        header.label = label.map(str::to_owned).or(header.label.take());
        author.clone_into(&mut header.author);
        header.author_row = at;
        header.id = row.id.clone().or(header.id.take());
        true
    }

    /// What stands behind the header's own words: links, numbers, signs, or a second date.
    fn is_tail(&self, tail: &str) -> bool {
        let tail = tail.trim_matches([' ', DATE, SAYS]);
        !tail.contains(char::is_alphabetic) || self.words.is_actions(tail)
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

/// The next row that shows something, at most [`GAP`] empty ones further.
pub(super) fn next_shown(rows: &[Row<'_>], at: usize) -> Option<usize> {
    (at..rows.len().min(at + GAP + 1)).find(|i| !rows[*i].is_blank())
}

/// A name as a header shows it: something readable, without the signs around it.
fn name(caught: &str, row: &Row<'_>) -> Option<Caught> {
    if caught.contains(DATE) {
        return None;
    }
    let name = unmask(caught, row);
    let name = without_signs(&name);
    let is_readable = name
        .chars()
        .any(|c| !c.is_ascii_punctuation() && !c.is_whitespace() && !c.is_ascii_digit());
    // Anonymous authors are shown by their address.
    let is_address = name.parse::<std::net::Ipv4Addr>().is_ok();
    let is_name =
        (is_readable || is_address) && !name.starts_with("http") && !name.starts_with("Re: ");
    is_name.then(|| Caught { name: name.to_owned(), says: caught.contains(SAYS) })
}

/// A name without the signs that part it from what stands beside it. A bar or a dash is such a
/// sign only behind a blank: names of chats end in them.
fn without_signs(name: &str) -> &str {
    let mut name = name;
    loop {
        let bare = name.trim_matches([' ', '\u{a0}', ',', '•', '·', '\t']);
        let is_blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\t');
        let front = bare.strip_prefix(['|', '—', '–']).filter(|rest| rest.starts_with(is_blank));
        let bare = front.unwrap_or(bare);
        let back = bare.strip_suffix(['|', '—', '–']).filter(|rest| rest.ends_with(is_blank));
        let bare = back.unwrap_or(bare);
        if bare.len() == name.len() {
            return bare;
        }
        name = bare;
    }
}

/// A name as it was caught.
struct Caught {
    name: String,
    says: bool,
}

fn unmask(caught: &str, row: &Row<'_>) -> String {
    match &row.says {
        Some(says) if caught.contains(SAYS) => caught.replace(SAYS, says),
        _ => caught.to_owned(),
    }
}

/// The text of a picture is the author's name, perhaps with words around it, or its first letter.
pub(super) fn is_avatar(avatar: &str, author: &str) -> bool {
    let (avatar, author) = (avatar.trim(), author.trim());
    if avatar == author {
        return !author.is_empty();
    }
    let is_letter =
        avatar.chars().count() == 1 && author.to_lowercase().starts_with(&avatar.to_lowercase());
    let rest = || {
        let (before, behind) = avatar.split_once(author)?;
        Some(is_picture_words(before) || is_picture_words(behind))
    };
    is_letter || avatar.eq_ignore_ascii_case(author) || rest().unwrap_or(false)
}

/// `Avatar for`, `'s avatar`, `Profilbild von`, ….
fn is_picture_words(rest: &str) -> bool {
    const WORDS: &[&str] = &[
        "avatar",
        "picture",
        "profil",
        "photo",
        "foto",
        "image",
        "gravatar",
        "bild",
        "icon",
        "аватар",
    ];
    let lower = rest.to_lowercase();
    rest.len() < 40 && WORDS.iter().any(|word| lower.contains(word))
}

/// A number of votes: `12`, `-3`, `1.2k`, `10K`.
fn score(text: &str) -> Option<i64> {
    let text = text.replace(['−', '–'], "-");
    let (digits, factor) = match text.trim_end_matches(['K', 'k', 'M', 'm']) {
        digits if digits.len() == text.len() => (digits, 1.0),
        digits if text.ends_with(['K', 'k']) => (digits, 1e3),
        digits => (digits, 1e6),
    };
    if factor > 1.0 {
        return digits.replace(',', ".").parse::<f64>().ok().map(|n| (n * factor).round() as i64);
    }
    digits.replace([',', '.'], "").parse().ok()
}
