//! Header grammars as profiles state them, and their lines as patterns.
//!
//! A grammar says which lines stand above and below the text of each comment. A line is a regular
//! expression for a whole line, with slots in braces:
//!
//! | slot | stands for |
//! |---|---|
//! | `{author}` | the author's name |
//! | `{avatar}` | the alternative text of the author's picture: the name again, or `Avatar for NAME` |
//! | `{date}` | a date or an age in any known shape |
//! | `{says}` | a word such as `says:` at the end of the line |
//! | `{label}` | a role or rank (`Guest`, `Admin`) |
//! | `{reply_to}` | a line that names the one answered |
//! | `{to}` | the name of the one answered, where the line around it is written out |
//! | `{actions}`, `{tail}` | links and buttons; the tail may be empty |
//! | `{number}` | the number of the comment in the thread, used as its id |
//! | `{id}` | the comment's identifier |
//! | `{level}` | its depth, written as a number |
//! | `{path}` | its place in the tree (`2.1.3`): the third reply to the first reply to the second |
//! | `{children}` | how many comments stand below it |
//! | `{nav}` | the words `root`, `parent`, `prev`, `next` of Hacker News |
//! | `{score}` | its votes |
//! | `{title}` | a subject or a text in the same line, kept with the text |
//! | `{subject}` | a subject line: it begins a block of lines |
//! | `{short}`, `{badge}`, `{place}`, `{bio}` | a short line of any kind, dropped |
//! | `{posts}`, `{joined}` | what a forum prints of an author, in any language: `Posts: 12`, `Join Date: …`; dropped |
//! | `{re}` | the subject of an answer (`Re: …`), dropped |
//! | `{author2}`, `{date2}`, `{score2}` | a further name, date, number, dropped |
//!
//! A line that begins with `?` may be missing; one that begins with `*` may be missing or stand
//! there several times.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use super::details;
use super::rows::{DATE, SAYS};

/// How to read the text of a platform's pages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plain {
    /// The header grammars; the one that explains most of the page is used.
    #[serde(default)]
    pub grammars: Vec<Grammar>,
    /// Lines that are comments of their own kind, whichever grammar is used.
    #[serde(default)]
    pub entries: Vec<Entry>,
    /// Whole lines, as regular expressions, that are dropped from the text of comments.
    #[serde(default)]
    pub drop: Vec<Line>,
    /// A line, as a regular expression, that ends the text of a comment (a signature's rule).
    #[serde(default)]
    pub ends: Vec<Line>,
    /// A line, as a regular expression, behind which the text of a comment begins: what stands there
    /// above comments that are signed below (an answer and its signature).
    #[serde(default)]
    pub begins: Vec<Line>,
    /// A line, as a regular expression, that a page of the platform shows somewhere; without one
    /// of them the page is not of this platform. Default: none needed.
    #[serde(default)]
    pub signs: Vec<Line>,
    /// What only this platform prints on its pages, as it stands there: where several profiles read
    /// the same comments, it tells whose page it is. Default: nothing.
    #[serde(default)]
    pub traces: Vec<String>,
    /// Comments stand in order of time, and their indentation means nothing. Default: `false`.
    #[serde(default)]
    pub flat: bool,
}

/// What stands above and below the text of a comment.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// What the grammar is, for `check`.
    #[serde(default)]
    pub name: String,
    /// Lines above the text.
    #[serde(default)]
    pub above: Vec<Line>,
    /// Lines below the text.
    #[serde(default)]
    pub below: Vec<Line>,
    /// The platform prints the name of the one answered with every reply: a comment without one
    /// answers the post, if the page shows such names at all. Default: `false`.
    #[serde(default)]
    pub states_replies: bool,
    /// The lines are so peculiar that one comment suffices to believe them. Default: `false`.
    #[serde(default)]
    pub strong: bool,
}

/// Lines that are a comment of their own kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `pingback` or `deleted`.
    pub kind: String,
    /// The line, with slots.
    pub line: Line,
}

/// One line of a grammar, compiled when it is first needed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "String")]
pub struct Line {
    /// As the profile writes it, without the leading `?` or `*`.
    pub source: String,
    /// It may be missing.
    pub is_optional: bool,
    /// It may be missing or stand there several times.
    pub is_repeated: bool,
    /// It needs a date, a word such as `says`.
    pub(super) needs: (bool, bool),
    compiled: OnceLock<Option<Compiled>>,
}

/// An expression, and the slots in it, each with the number of its group.
type Compiled = (Regex, Vec<(Slot, usize)>);

/// What a part of a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Author,
    Avatar,
    Label,
    Reply,
    To,
    Actions,
    Tail,
    Date,
    Number,
    Id,
    Level,
    Path,
    Children,
    Nav,
    Score,
    Title,
    Subject,
    Short,
}

impl Slot {
    /// The slot of a named group of an expression.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "author" => Self::Author,
            "avatar" => Self::Avatar,
            "label" => Self::Label,
            "reply" => Self::Reply,
            "to" => Self::To,
            "actions" => Self::Actions,
            "tail" => Self::Tail,
            "date" => Self::Date,
            "number" => Self::Number,
            "id" => Self::Id,
            "level" => Self::Level,
            "path" => Self::Path,
            "children" => Self::Children,
            "nav" => Self::Nav,
            "score" => Self::Score,
            "title" => Self::Title,
            "subject" => Self::Subject,
            "short" => Self::Short,
            _ => return None,
        })
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        let source = text.trim_start_matches(['?', '*']);
        Self {
            is_optional: text.starts_with('?'),
            is_repeated: text.starts_with('*'),
            source: source.to_owned(),
            needs: (requires(source, "{date}"), requires(source, "{says}")),
            compiled: OnceLock::new(),
        }
    }
}

impl Line {
    /// The pattern; `None` if the profile's regular expression is not valid.
    pub(super) fn pattern(&self) -> Option<&Regex> {
        self.compiled().map(|(pattern, _)| pattern)
    }

    /// The slots of the pattern, each with the number of its group.
    pub(super) fn slots(&self) -> &[(Slot, usize)] {
        self.compiled().map_or(&[], |(_, slots)| slots)
    }

    fn compiled(&self) -> Option<&Compiled> {
        let compile = || {
            let pattern = Regex::new(&expand(&self.source)).ok()?;
            let named = pattern.capture_names().enumerate();
            let slots = named.filter_map(|(i, name)| Some((Slot::named(name?)?, i))).collect();
            Some((pattern, slots))
        };
        self.compiled.get_or_init(compile).as_ref()
    }

    /// The reason why the regular expression is not valid.
    fn error(&self) -> Option<String> {
        Regex::new(&expand(&self.source)).err().map(|error| error.to_string())
    }

    /// As the profile writes it.
    #[must_use]
    pub fn text(&self) -> String {
        let sign = if self.is_optional { "?" } else { "" };
        let sign = if self.is_repeated { "*" } else { sign };
        format!("{sign}{}", self.source)
    }

    /// The line holds this slot.
    pub(super) fn has(&self, slot: &str) -> bool {
        self.source.contains(slot)
    }

    /// Any line fits: when it is repeated, as few as possible are taken.
    pub(super) fn is_loose(&self) -> bool {
        self.has("{short}") || self.has("{badge}")
    }

    /// Nearly any line fits: a single slot for a name or for words of any kind.
    pub(super) fn is_any(&self) -> bool {
        self.is_loose() || matches!(self.source.as_str(), "{author}" | "{avatar}" | "{reply_to}")
    }

    /// The line must be there.
    pub(super) const fn is_needed(&self) -> bool {
        !self.is_optional && !self.is_repeated
    }
}

/// The slot stands outside of all groups, so that the line cannot do without it.
fn requires(source: &str, slot: &str) -> bool {
    source.find(slot).is_some_and(|at| {
        let before = &source[..at];
        let count = |c: char| before.matches(c).count() - before.matches(&format!("\\{c}")).count();
        // One of several ways.
        let is_way = source[at + slot.len()..].starts_with('|');
        count('(') == count(')') && !is_way && !source[at + slot.len()..].starts_with('?')
    })
}

impl Plain {
    /// Every line that is no valid regular expression, with the reason.
    pub(super) fn faults(&self) -> Vec<String> {
        let grammars = self.grammars.iter().flat_map(|g| g.above.iter().chain(&g.below));
        let entries = self.entries.iter().map(|entry| &entry.line);
        grammars
            .chain(entries)
            .chain(&self.drop)
            .chain(&self.ends)
            .chain(&self.begins)
            .chain(&self.signs)
            .filter_map(|line| Some(format!("{}: {}", line.text(), line.error()?)))
            .collect()
    }
}

/// Slots and what they are in a regular expression. What is caught is checked afterwards.
pub(super) const SLOTS: &[(&str, &str)] = &[
    ("{author}", r"(?P<author>\S|\S.*?\S)"),
    ("{avatar}", r"(?P<avatar>.+)"),
    ("{label}", r"(?P<label>\pL[\pL .-]*?)"),
    ("{reply_to}", r"(?P<reply>.+)"),
    ("{to}", r"(?P<to>\S|\S.*?\S)"),
    ("{actions}", r"(?P<actions>.+)"),
    ("{tail}", r"(?P<tail>.*)"),
    ("{number}", r"(?P<number>\d+)"),
    ("{id}", r"(?P<id>\w+)"),
    ("{level}", r"(?P<level>\d+)"),
    ("{path}", r"(?P<path>\d+(?:\.\d+)*)"),
    ("{children}", r"(?P<children>\d+)"),
    ("{nav}", r"(?P<nav>[\pL |()]*?)"),
    ("{score}", r"(?P<score>[-+−–]?\d[\d.,]*[KkMm]?)"),
    ("{title}", r"(?P<title>.+)"),
    ("{subject}", r"(?P<subject>.+)"),
    ("{short}", r"(?P<short>.+)"),
    ("{badge}", r"(?P<short>.{1,40})"),
    ("{place}", r"(?P<short>\pL[\pL .,'’-]{1,50})"),
    ("{bio}", r"(?P<short>[^.!?:]{0,50} (?:at|in|bei|à|en|of|chez) [^.!?:]{1,50})"),
    ("{author2}", r".+?"),
    ("{re}", r"(?:Re|RE|AW|Aw|Antw|Odp|Ответ|Sv|SV|Vs|VS|Ynt|YNT|Cev|Rép) ?[:：] ?.*"),
    ("{score2}", r"[-+−–]?\d[\d.,]*[KkMm]?"),
];

fn expand(source: &str) -> String {
    let mut pattern =
        SLOTS.iter().fold(source.to_owned(), |p, (slot, regex)| p.replace(slot, regex));
    if details::stand_in(source) {
        pattern = details::expand(&pattern);
    }
    pattern = pattern.replace("{date}", &format!("(?P<date>{DATE})"));
    pattern = pattern.replace("{date2}", &DATE.to_string());
    pattern = pattern.replace("{says}", &format!("{SAYS} ?[:：.…]*"));
    format!(r"^\x{{a0}}?\s*(?:{pattern})\s*$")
}
