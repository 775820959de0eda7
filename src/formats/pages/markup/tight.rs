//! Places of an inferred shape, told from the larger ones around them.
//!
//! The usual places are known by parts of class names, and a page may call the box around all of a
//! comment `content` as well. A text holds neither the name nor the date of its comment; a name holds
//! no rank beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::names::is_no_name;
use super::page::{Content, Id, Page};
use super::probe::Probe;
use super::rules::Rules;
use super::scope::Scope;
use crate::text::dates;

/// What the places of texts are called, in part.
const TEXTS: &[&str] = &["text", "body", "content", "message", "msg"];
/// So many comments tell whether they are all by the same author, and this share of them.
const FEW: usize = 5;
const MOSTLY: f32 = 0.6;
/// Every fourth comment may be an exception.
const USUAL: f32 = 0.75;

/// Where name and date of a comment stand.
pub(super) fn header(page: &Page<'_>, rules: &Rules, scope: &Scope) -> Vec<Id> {
    let is_date = |text: &str| dates::find(text).iter().any(|date| !date.is_bare);
    let dated = rules.date.iter().flat_map(|probe| probe.values(page, &scope.elements));
    let date =
        dated.filter(|(_, text)| is_date(text)).map(|(id, _)| id).find(|id| *id != scope.root);
    let date = date.or_else(|| scope.place(page, &rules.date));
    scope.place(page, &rules.author).into_iter().chain(date).collect()
}

/// The element is that of a text only: no part of the header stands in it, nor it in the header.
fn is_apart(page: &Page<'_>, id: Id, header: &[Id]) -> bool {
    let holds = |outer: Id, inner: Id| (outer..page.end(outer)).contains(&inner);
    header.iter().all(|place| !holds(id, *place) && !holds(*place, id))
}

/// What `matches` finds first in the comments is in most of them apart from their headers.
pub(super) fn is_text(
    page: &Page<'_>,
    scopes: &[Scope],
    headers: &[Vec<Id>],
    matches: impl Fn(Id) -> bool,
) -> bool {
    let (mut apart, mut found) = (0, 0);
    for (scope, header) in scopes.iter().zip(headers) {
        let mut all = scope.elements.iter().copied().filter(|id| matches(*id));
        if let Some(id) = all.next() {
            found += 1;
            // A second one beside it: the words are not all in one place.
            let is_single = all.all(|next| next < page.end(id));
            apart += usize::from(is_single && is_apart(page, id, header));
        }
    }
    is_most(apart, found)
}

/// The class that holds most of what the comments say, as a selector; `None` where none stands
/// apart from the headers.
pub(super) fn text(page: &Page<'_>, scopes: &[Scope], headers: &[Vec<Id>]) -> Option<String> {
    let mut found: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (scope, header) in scopes.iter().zip(headers) {
        let mut seen: Vec<&str> = Vec::new();
        for &id in scope.elements.iter().skip(1) {
            let Some(element) = page.element(id) else { continue };
            for class in element.class.split_ascii_whitespace().filter(is_plain) {
                if !seen.contains(&class) && is_apart(page, id, header) {
                    seen.push(class);
                    let (times, size) = found.entry(class).or_default();
                    *times += 1;
                    *size += page.text(id).chars().count();
                }
            }
        }
    }
    let is_named = |class: &str| {
        let lower = class.to_ascii_lowercase();
        // Not the classes of looks: `text-xs`.
        !lower.starts_with("text-") && TEXTS.iter().any(|part| lower.contains(part))
    };
    let usual = found.into_iter().filter(|(_, (times, _))| is_most(*times, scopes.len()));
    let best = usual.max_by_key(|(class, (_, size))| (is_named(class), *size))?;
    Some(format!(".{}", best.0))
}

/// The class in which the first words of the comments stand that may be names, as a selector.
pub(super) fn name(page: &Page<'_>, scopes: &[Scope]) -> Option<String> {
    let mut found: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for scope in scopes {
        let mut seen: Vec<&str> = Vec::new();
        for (place, &id) in scope.elements.iter().enumerate().take(NEAR) {
            let Some(element) = page.element(id) else { continue };
            for class in element.class.split_ascii_whitespace().filter(is_plain) {
                if seen.contains(&class) {
                    continue;
                }
                seen.push(class);
                if let Some(text) = single_text(page, id).filter(|text| may_be_name(text)) {
                    let (places, texts) = found.entry(class).or_default();
                    *places += place;
                    texts.push(text);
                }
            }
        }
    }
    let are_names = |texts: &[String]| {
        let distinct: BTreeSet<&String> = texts.iter().collect();
        is_most(texts.len(), scopes.len())
            && distinct.len() > 1
            && distinct.len() * 4 >= texts.len()
    };
    let usual: Vec<_> = found.into_iter().filter(|(_, (_, texts))| are_names(texts)).collect();
    // Whoever writes has a name; what some leave out, is a title.
    let most = usual.iter().map(|(_, (_, texts))| texts.len()).max()?;
    let first = usual
        .iter()
        .min_by_key(|(_, (places, texts))| (texts.len() < most, places / texts.len()))?;
    Some(format!(".{}", first.0))
}

/// So many elements of a comment are looked at for its name, which holds no more nodes than that.
const NEAR: usize = 20;
const SMALL: Id = 8;

/// The text of a small element in which nothing else stands.
fn single_text(page: &Page<'_>, id: Id) -> Option<String> {
    let within = id..page.end(id);
    let is_text = |id: &Id| match &page.nodes[*id as usize].content {
        Content::Text(text) => !text.trim().is_empty(),
        _ => false,
    };
    let is_single = within.end - id <= SMALL && within.filter(is_text).count() == 1;
    is_single.then(|| page.text(id))
}

/// A few words, no date among them, and no sentence.
fn may_be_name(text: &str) -> bool {
    (2..=40).contains(&text.chars().count())
        && text.split(' ').count() <= 4
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', '!', '?', ':'])
        && !is_no_name(text)
        && dates::find(text).is_empty()
}

/// A class that can stand in a selector.
fn is_plain(class: &&str) -> bool {
    class.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// The places that hold names: what says the same in most comments is a button, and a number or an
/// address is no name. All of them, if none holds names.
pub(super) fn varied(page: &Page<'_>, scopes: &[Scope], texts: Vec<String>) -> Vec<String> {
    let holds_names = |text: &&String| {
        let Ok(probe) = Probe::parse(text) else { return false };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for scope in scopes {
            let names = probe.values(page, &scope.elements).map(|(_, value)| value);
            let first = names.into_iter().next().filter(|name| !is_no_name(name));
            *counts.entry(first.unwrap_or_default()).or_default() += 1;
        }
        let most = counts.into_values().max().unwrap_or(0);
        scopes.len() < FEW || (most as f32) < MOSTLY * scopes.len() as f32
    };
    let kept: Vec<String> = texts.iter().filter(holds_names).cloned().collect();
    if kept.is_empty() { texts } else { kept }
}

/// The places of names, the closest ones first: where one value begins or ends with another, what
/// else stands there is no part of the name. A single letter is the picture of who has none.
pub(super) fn closest_first(
    page: &Page<'_>,
    scopes: &[Scope],
    mut texts: Vec<String>,
) -> Vec<String> {
    let value = |text: &str, scope: &Scope| {
        let probe = Probe::parse(text).ok()?;
        probe.values(page, &scope.elements).next()
    };
    let is_closer = |inner: &str, outer: &str| {
        let pairs: Vec<_> =
            scopes.iter().filter_map(|s| Some((value(inner, s)?, value(outer, s)?))).collect();
        let closer = pairs.iter().filter(|((_, inner), (_, outer))| {
            inner.len() < outer.len()
                && inner.chars().nth(1).is_some()
                && (outer.starts_with(inner.as_str()) || outer.ends_with(inner.as_str()))
        });
        let closer = closer.count();
        // A rank may stand beside the names of few: then the places say the same of all others.
        let is_within = |(a, b): (Id, Id)| (b..page.end(b)).contains(&a);
        let same = pairs.iter().filter(|(a, b)| a.1 == b.1 && is_within((a.0, b.0))).count();
        is_most(closer, scopes.len()) || closer > 0 && closer + same == scopes.len()
    };
    for at in 1..texts.len() {
        if let Some(outer) = (0..at).find(|&outer| is_closer(&texts[at], &texts[outer])) {
            let inner = texts.remove(at);
            texts.insert(outer, inner);
        }
    }
    texts
}

fn is_most(some: usize, all: usize) -> bool {
    some > 0 && some as f32 >= USUAL * all as f32
}
