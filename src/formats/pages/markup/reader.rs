//! A saved page read by the rules of one profile.

use std::ops::Range;

use super::Markup;
use super::flatten::{Part, flatten};
use super::names::{clean_name, is_no_name};
use super::page::{Id, Page};
use super::probe::{self, Probe};
use super::rules::Rules;
use super::scope::{Scope, scopes};
use super::structure::{self, Told};
use super::times::{Times, Written};
use super::{usual, years};
use crate::comment::{
    Basis, Comment, Discussion, Kind, Layout, Level, Name, Post, Quotes, ReplyTo, Stated,
};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::formats::ReadOptions;
use crate::text::markup::flow::Flow;

/// What the rules made of a page.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) discussion: Discussion,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The elements of the comments, for whoever looks for the post around them.
    pub(super) roots: Vec<Id>,
    /// How complete the comments are, 0 to 1 on average.
    pub(super) completeness: f32,
    /// How much is explained: the sum of what is known of all comments.
    pub(super) weight: f32,
}

/// Reads the comments of a page; `None` where the rules find none.
pub(super) fn read(
    source: &str,
    page: &Page<'_>,
    markup: &Markup,
    rules: &Rules,
    options: &ReadOptions,
) -> Option<Found> {
    let mut drafts: Vec<Draft> = scopes(page, markup, rules)
        .into_iter()
        .map(|scope| draft(page, markup, rules, scope))
        .collect();
    let is_usual = complete(page, &mut drafts);
    drafts.retain(Draft::says_something);
    if drafts.is_empty() {
        return None;
    }
    let mut diagnostics = Vec::new();
    let mut times = Times::decide(drafts.iter().flat_map(|draft| &draft.dates), options);
    years::guess(&mut times, page, drafts.iter().flat_map(|draft| &draft.dates));
    diagnostics.extend(years::complaint(source, &times));
    let mut lines = Lines { source: page.source, offset: 0, line: 1 };
    for draft in &mut drafts {
        let offset = page.nodes[draft.scope.root as usize].offset;
        draft.comment.line = Some(lines.at(offset));
        draft.comment.created = times.best(&draft.dates);
        if draft.comment.created.is_none() && !draft.dates.is_empty() {
            diagnostics.push(Times::complaint(source, &draft.dates).at(draft.comment.line));
        }
    }
    if times.is_order_guessed() {
        let message = "day and month cannot be told apart on this page; the day was taken first";
        diagnostics.push(Diagnostic::new(source, Oddity::AmbiguousDate, message));
    }
    let roots = drafts.iter().map(|draft| draft.scope.root).collect();
    let post = opening(&mut drafts);
    let (weight, completeness) = weigh(&drafts);
    // Any reading of the page can tell as much: it says nothing for this one.
    if !markup.flat {
        take_structure(page, &mut drafts);
    }
    // What a profile had to look for elsewhere, another may know.
    let weight = if is_usual { weight } else { weight * 0.9 };
    let everything: Vec<Id> = page.elements(page.all()).collect();
    let declared = probe::first(&rules.declared, page, &everything).and_then(|n| number(&n));
    diagnostics.extend(hidden(source, page, rules, &everything));
    let discussion = Discussion {
        source: source.to_owned(),
        post,
        declared: declared.and_then(|n| u32::try_from(n).ok()),
        layout: if markup.flat { Layout::Flat } else { Layout::Preorder },
        depth_cap: markup.depth_cap,
        comments: drafts.into_iter().map(|draft| draft.comment).collect(),
        ..Discussion::default()
    };
    Some(Found { discussion, diagnostics, roots, completeness, weight })
}

/// Where most comments lack an author or a date, the theme of the page shows them elsewhere than
/// the profile knows; whether they stand where it does.
fn complete(page: &Page<'_>, drafts: &mut [Draft]) -> bool {
    let mut is_usual = true;
    let lacks_author = |draft: &&mut Draft| draft.comment.author.is_none();
    let lacks_date = |draft: &&mut Draft| !Times::are_some(&draft.dates);
    let is_most = |n: usize, total: usize| n * 2 > total;
    let total = drafts.len();
    if is_most(drafts.iter_mut().filter(lacks_author).count(), total) {
        is_usual = false;
        for draft in drafts.iter_mut().filter(lacks_author) {
            let name = usual::author(page, &draft.scope.elements);
            draft.comment.author = name.and_then(|name| clean_name(&name));
        }
    }
    if is_most(drafts.iter_mut().filter(lacks_date).count(), total) {
        for draft in drafts.iter_mut().filter(lacks_date) {
            let date = usual::date(page, &draft.scope.elements);
            draft.dates.extend(date.map(Times::written));
        }
    }
    is_usual
}

/// Where no rule says who answers whom, the elements may; where nothing but the nesting does, they
/// may say it better.
fn take_structure(page: &Page<'_>, drafts: &mut [Draft]) {
    let scopes: Vec<&Scope> = drafts.iter().map(|draft| &draft.scope).collect();
    let told = if !drafts.iter().any(Draft::states_parent) {
        structure::tell(page, &scopes)
    } else if drafts.iter().all(Draft::is_nested_once) {
        let level = |draft: &Draft| draft.comment.reply_to.level.map_or(1, |level| level.depth);
        structure::refine(page, &scopes, &drafts.iter().map(level).collect::<Vec<_>>())
    } else {
        None
    };
    if let Some(told) = told {
        let mut comments: Vec<&mut Comment> =
            drafts.iter_mut().map(|draft| &mut draft.comment).collect();
        apply(&told, &mut comments);
    }
}

/// States of each comment what was told of it.
pub(super) fn apply(told: &[Told], comments: &mut [&mut Comment]) {
    for (at, told) in told.iter().enumerate() {
        let level = |depth, basis| Some(Level { depth, basis });
        match *told {
            Told::Nothing => {}
            Told::Depth(depth) => comments[at].reply_to.level = level(depth, Basis::Nested),
            Told::Indent(columns) => {
                comments[at].reply_to.level = level(columns + 1, Basis::Indented);
            }
            Told::Parent(parent) => {
                // As linking names the nameless: by position.
                let unnamed = || Name::from(format!("c{}", parent + 1));
                let id = comments[parent].id.get_or_insert_with(unnamed).clone();
                comments[at].reply_to.stated = Stated::Id(id);
            }
        }
    }
}

/// A comment whose date waits for the decision of the whole page.
struct Draft {
    scope: Scope,
    comment: Comment,
    dates: Vec<Written>,
    is_opening: bool,
}

impl Draft {
    /// Neither a template nor an empty shell.
    fn says_something(&self) -> bool {
        let c = &self.comment;
        let known = usize::from(c.author.is_some())
            + usize::from(!self.dates.is_empty())
            + usize::from(!c.text.is_empty());
        known >= 2
            || (known == 1 && c.kind != Kind::Comment)
            || (!c.text.is_empty() && c.id.is_some())
    }

    /// Its place says no more than whose thread it stands in.
    fn is_nested_once(&self) -> bool {
        let reply_to = &self.comment.reply_to;
        reply_to.stated == Stated::Nothing
            && reply_to.quotes.is_none()
            && reply_to.level.is_none_or(|level| level.depth <= 2)
    }

    fn states_parent(&self) -> bool {
        let reply_to = &self.comment.reply_to;
        reply_to.stated != Stated::Nothing
            || reply_to.level.is_some_and(|level| level.depth > 1)
            || reply_to.quotes.is_some()
    }
}

fn draft(page: &Page<'_>, markup: &Markup, rules: &Rules, scope: Scope) -> Draft {
    let within = &scope.elements;
    let first = |probes: &[Probe]| probe::first(probes, page, within);
    let has = |probes: &[Probe]| first(probes).is_some();
    let dates = Times::collect(&rules.date, page, within);
    let text = body(page, rules, &scope);
    let mut kind = if has(&rules.pingback) { Kind::Pingback } else { Kind::Comment };
    if has(&rules.deleted) {
        kind = Kind::Deleted;
    }
    let names = |probe| Probe::values(probe, page, within).map(|(_, name)| name);
    let name = rules.author.iter().flat_map(names).find(|name| !is_no_name(name));
    let author = name.and_then(|name| clean_name(&name));
    let comment = Comment {
        id: scope.id.clone(),
        author,
        reply_to: reply_to(page, markup, rules, &scope),
        created: None,
        score: first(&rules.score).and_then(|n| number(&n)),
        kind,
        text,
        line: None,
    };
    let is_opening = has(&rules.opening);
    Draft { scope, comment, dates, is_opening }
}

fn reply_to(page: &Page<'_>, markup: &Markup, rules: &Rules, scope: &Scope) -> ReplyTo {
    let first = |probes: &[Probe]| probe::first(probes, page, &scope.elements);
    let own = scope.id.as_ref();
    let parent = first(&rules.parent).map(Name::from).filter(|parent| Some(parent) != own);
    let stated = match parent {
        Some(parent) if parent == "0" => Stated::Post,
        Some(parent) => Stated::Id(parent),
        None if first(&rules.answers_post).is_some() => Stated::Post,
        None => Stated::Nothing,
    };
    let depth = first(&rules.depth).and_then(|n| number(&n));
    let depth = depth.map(|n| (n - i64::from(markup.top_depth.unwrap_or(1)) + 1).max(1) as u32);
    let level = if let Some(depth) = depth {
        Some(Level { depth, basis: Basis::Nested })
    } else if let Some(columns) = first(&rules.indent).and_then(|n| number(&n)) {
        Some(Level { depth: columns.clamp(0, 1 << 20) as u32 + 1, basis: Basis::Indented })
    } else if markup.flat {
        None
    } else {
        Some(Level { depth: scope.ancestors + 1, basis: Basis::Nested })
    };
    let quotes = Quotes {
        id: first(&rules.quote_id).map(Name::from),
        author: first(&rules.quote_author).and_then(|name| clean_name(&name)),
        created: None,
    };
    ReplyTo {
        stated,
        level,
        name: first(&rules.reply_to).and_then(|name| clean_name(&name)),
        quotes: (quotes != Quotes::default()).then(|| Box::new(quotes)),
        first_reply: None,
    }
}

/// The text of a comment.
fn body(page: &Page<'_>, rules: &Rules, scope: &Scope) -> String {
    let is_own = |id: Id| scope.elements.binary_search(&id).is_ok();
    let part = |id: Id| {
        if !is_own(id) || rules.remove.iter().any(|s| s.matches(page, id)) {
            Part::Left
        } else if rules.quote.iter().any(|s| s.matches(page, id)) {
            Part::Quote
        } else {
            Part::Plain
        }
    };
    for selector in &rules.body {
        let Some(selector) = selector else { return rest(page, rules, scope, part) };
        let mut ranges: Vec<Range<Id>> = Vec::new();
        for id in scope.elements.iter().copied().filter(|id| selector.matches(page, *id)) {
            if ranges.last().is_none_or(|range| range.end <= id) {
                ranges.push(id..page.end(id));
            }
        }
        if !ranges.is_empty() {
            let starts: Vec<Id> = ranges.iter().map(|range| range.start).collect();
            let is_whole = |id: Id| starts.len() == 1 && starts[0] == id;
            let part = |id| if is_whole(id) { Part::Whole } else { part(id) };
            return flatten(page, ranges, Flow::new(), part);
        }
    }
    String::new()
}

/// What is left of a comment without its name and date.
fn rest(page: &Page<'_>, rules: &Rules, scope: &Scope, part: impl Fn(Id) -> Part) -> String {
    let place = |probes: &[Probe]| scope.place(page, probes);
    let author = place(&rules.author).or_else(|| usual::author_place(page, &scope.elements));
    let places = [author, place(&rules.date), place(&rules.reply_to)];
    let used: Vec<Id> = places.into_iter().flatten().filter(|id| *id != scope.root).collect();
    let part = |id| if used.contains(&id) { Part::Left } else { part(id) };
    flatten(page, scope.ranges.iter().cloned(), Flow::new(), part)
}

/// Takes the comment out that is in fact the post; what quotes it answers the post.
fn opening(drafts: &mut Vec<Draft>) -> Post {
    if !drafts.first().is_some_and(|draft| draft.is_opening) {
        return Post::default();
    }
    let Comment { id, author, created, text, .. } = drafts.remove(0).comment;
    for draft in drafts {
        let reply_to = &mut draft.comment.reply_to;
        if id.is_some() && reply_to.quotes.as_ref().is_some_and(|quotes| quotes.id == id) {
            reply_to.stated = Stated::Post;
        }
    }
    Post { author, created, text, ..Post::default() }
}

/// How much is known of the comments: the sum, and the average of the complete share.
fn weigh(drafts: &[Draft]) -> (f32, f32) {
    let mut weight = 0.0;
    let mut completeness = 0.0;
    for draft in drafts {
        let comment = &draft.comment;
        let share = if comment.kind == Kind::Comment {
            0.3 * f32::from(u8::from(comment.author.is_some()))
                + 0.3 * f32::from(u8::from(comment.created.is_some()))
                + 0.4 * f32::from(u8::from(!comment.text.is_empty()))
        } else {
            1.0
        };
        completeness += share;
        weight += share
            + 0.1 * f32::from(u8::from(comment.id.is_some()))
            + 0.1 * f32::from(u8::from(draft.states_parent()));
    }
    (weight, if drafts.is_empty() { 0.0 } else { completeness / drafts.len() as f32 })
}

/// Links that hold back comments.
fn hidden(source: &str, page: &Page<'_>, rules: &Rules, everything: &[Id]) -> Option<Diagnostic> {
    let stubs: Vec<String> =
        rules.more.iter().flat_map(|p| p.values(page, everything)).map(|(_, text)| text).collect();
    let first = stubs.first()?;
    let counted: i64 = stubs.iter().filter_map(|stub| number(stub)).sum();
    let message = match (stubs.len(), counted) {
        (links, 0) => format!("{links} links hold back further comments"),
        (links, n) => format!("{links} links hold back {n} further comments or replies"),
    };
    Some(Diagnostic::new(source, Oddity::MoreHidden, message).excerpt(first))
}

/// The first number of a text, its thousands grouped or shortened (`1,204`, `1.2K`).
fn number(text: &str) -> Option<i64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let is_negative = text[..start].trim_end().ends_with(['-', '−', '–']);
    let rest = &text[start..];
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{a0}' | '\'')))
        .unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    let scale = match unit.chars().next() {
        Some('k' | 'K') => 1_000.0,
        Some('m' | 'M') if !unit[1..].starts_with(char::is_alphabetic) => 1_000_000.0,
        _ => 1.0,
    };
    let value = if scale > 1.0 {
        digits.replace(',', ".").parse::<f64>().ok()? * scale
    } else {
        digits.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()?
    };
    Some(if is_negative { -(value as i64) } else { value as i64 })
}

/// Line numbers of rising places in the source.
struct Lines<'s> {
    source: &'s str,
    offset: usize,
    line: u32,
}

impl Lines<'_> {
    fn at(&mut self, offset: usize) -> u32 {
        let between = self.source.as_bytes().get(self.offset..offset).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', between).count() as u32;
        self.offset = offset.max(self.offset);
        self.line
    }
}
