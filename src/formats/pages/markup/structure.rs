//! Who answers whom, where no rule of a profile says it: what the elements of comments tell by
//! themselves.
//!
//! Pages of all kinds state it in a few ways: an attribute names the parent, a link in the comment
//! leads to it, a box behind a comment holds the replies to it, a class or an attribute counts the
//! level, a margin or an image in front grows with it, or a class stands at replies only. Each way
//! is tried in this order; the first that tells anything is taken for the whole page.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use regex::Regex;

use super::page::{Content, Id, Page};
use super::scope::Scope;

/// What is told of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Nothing,
    /// It answers the comment with this number.
    Parent(usize),
    /// How deep it stands, from 1.
    Depth(u32),
    /// How far it stands from the margin; only the order counts.
    Indent(u32),
}

/// What the elements of a page's comments tell; `None` where they tell nothing.
pub(super) fn tell(page: &Page<'_>, scopes: &[&Scope]) -> Option<Vec<Told>> {
    if scopes.len() < 2 {
        return None;
    }
    let places = Places::of(page, scopes);
    named(page, scopes, &places)
        .or_else(|| linked(page, scopes, &places))
        .or_else(|| boxed(page, scopes))
        .or_else(|| counted(page, scopes))
        .or_else(|| indented(page, scopes))
        .or_else(|| marked(page, scopes))
}

/// What attributes and links tell beyond the levels that comments are nested in: pages that nest no
/// deeper than one level below a comment name the one answered within its thread. `None` unless they
/// do so for half of the replies, and never lead out of the thread.
pub(super) fn refine(page: &Page<'_>, scopes: &[&Scope], levels: &[u32]) -> Option<Vec<Told>> {
    let places = Places::of(page, scopes);
    let told = named(page, scopes, &places).or_else(|| linked(page, scopes, &places))?;
    let mut thread = 0;
    let mut threads = Vec::with_capacity(levels.len());
    for level in levels {
        thread += u32::from(*level <= 1);
        threads.push(thread);
    }
    let replies = levels.iter().filter(|level| **level > 1).count();
    let targets = || {
        told.iter().enumerate().filter_map(|(at, told)| match told {
            Told::Parent(parent) => Some((at, *parent)),
            _ => None,
        })
    };
    let is_inside = |(at, parent): (usize, usize)| {
        levels[at] > 1 && parent < at && threads[parent] == threads[at]
    };
    (targets().all(is_inside) && targets().count() * 2 >= replies).then_some(told)
}

/// Attributes that name the comment itself, beside `id`.
pub(super) const OWN: &[&str] =
    &["data-id", "data-comment-id", "data-commentid", "data-postid", "data-post-id", "data-pid"];
/// Attributes that name the parent.
const PARENT: &[&str] = &[
    "data-parent-id",
    "data-parent",
    "data-parentid",
    "data-parent-comment-id",
    "data-comment-parent",
    "data-in-reply-to",
    "data-reply-to",
    "data-replyto",
];

/// By which names the comments of a page are called.
struct Places {
    by_name: HashMap<String, usize>,
}

impl Places {
    fn of(page: &Page<'_>, scopes: &[&Scope]) -> Self {
        let mut by_name = HashMap::new();
        let mut add = |name: String, at: usize| {
            // A name that stands twice names nobody.
            by_name.entry(name).and_modify(|known| *known = usize::MAX).or_insert(at);
        };
        for (at, scope) in scopes.iter().enumerate() {
            let mut names: Vec<String> = Vec::new();
            if let Some(element) = page.element(scope.root) {
                let id = element.id.as_deref().unwrap_or_default();
                names.extend([id.to_owned(), number_behind(id).to_owned()]);
                names.extend(
                    OWN.iter().filter_map(|name| element.tag.attribute(name)).map(Into::into),
                );
            }
            names.extend(scope.id.as_ref().map(ToString::to_string));
            // The place itself may stand right inside: `<a id="c12">`.
            let inner = scope.elements.iter().skip(1).take(4).filter_map(|id| page.element(*id));
            names.extend(inner.filter_map(|element| element.id.as_deref().map(str::to_owned)));
            names.retain(|name| !name.is_empty());
            names.sort_unstable();
            names.dedup();
            for name in names {
                add(name, at);
            }
        }
        by_name.retain(|_, at| *at != usize::MAX);
        Self { by_name }
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).or_else(|| self.by_name.get(number_behind(name))).copied()
    }
}

/// `12` of `comment-12`; empty where no number ends it.
fn number_behind(name: &str) -> &str {
    &name[name.trim_end_matches(|c: char| c.is_ascii_digit()).len()..]
}

/// An attribute names the parent.
fn named(page: &Page<'_>, scopes: &[&Scope], places: &Places) -> Option<Vec<Told>> {
    let attribute = |scope: &Scope| {
        let tag = &page.element(scope.root)?.tag;
        PARENT.iter().find_map(|name| tag.attribute(name))
    };
    let told = scopes.iter().enumerate().map(|(at, scope)| {
        let parent = attribute(scope).and_then(|name| places.find(name.trim()));
        parent.filter(|parent| *parent != at).map_or(Told::Nothing, Told::Parent)
    });
    telling(told.collect())
}

/// A link of the comment leads to one that stands before it, and to no other. Links in a paragraph
/// are words of the text, which may speak of any comment.
fn linked(page: &Page<'_>, scopes: &[&Scope], places: &Places) -> Option<Vec<Told>> {
    let told: Vec<Told> = scopes
        .iter()
        .enumerate()
        .map(|(at, scope)| {
            let links = scope.elements.iter().filter(|id| !is_in_paragraph(page, **id));
            let links = links.filter_map(|id| page.element(*id));
            let links = links.filter(|element| element.tag.name.eq_ignore_ascii_case("a"));
            let mut targets = links.filter_map(|link| {
                let address = link.tag.attribute("href")?;
                let place = address.rsplit_once('#').map(|(_, place)| place).or_else(|| {
                    let last = address.rsplit_once('/').map(|(_, last)| last)?;
                    last.bytes().all(|b| b.is_ascii_digit()).then_some(last)
                })?;
                places.find(place).filter(|target| *target != at)
            });
            match (targets.next(), targets.next()) {
                (Some(target), more) if target < at && more.is_none_or(|m| m == target) => {
                    Told::Parent(target)
                }
                _ => Told::Nothing,
            }
        })
        .collect();
    // Nearly all lead to the one before: links for paging through the comments.
    let back = |(at, told): &(usize, &Told)| **told == Told::Parent(at.wrapping_sub(1));
    let chained = told.iter().enumerate().filter(back).count();
    let is_paging = scopes.len() > 3 && (chained + 1) * 10 >= scopes.len() * 9;
    telling(told).filter(|_| !is_paging)
}

/// It stands in a paragraph of a text: those of headers are called something.
fn is_in_paragraph(page: &Page<'_>, id: Id) -> bool {
    let is_plain = |id: Id| {
        let element = page.element(id);
        element.is_some_and(|e| e.tag.name.eq_ignore_ascii_case("p") && e.class.is_empty())
    };
    std::iter::successors(page.parent(id), |&id| page.parent(id)).any(is_plain)
}

/// A box that stands right behind a comment holds the replies to it. The comment may stand in an
/// element of its own, as then those in the box do.
fn boxed(page: &Page<'_>, scopes: &[&Scope]) -> Option<Vec<Told>> {
    let is_root = |id: Id| scopes.binary_search_by_key(&id, |scope| scope.root).is_ok();
    let mut known: HashMap<Id, bool> = HashMap::new();
    let mut is_box = |id: Id| {
        *known.entry(id).or_insert_with(|| {
            let before = page.previous_element(id).filter(|_| !is_root(id));
            before.is_some_and(|before| is_root(before) || is_alike(page, scopes, before, id))
        })
    };
    let told = scopes.iter().map(|scope| {
        let mut depth = 1;
        let mut at = page.parent(scope.root);
        while let Some(id) = at {
            depth += u32::from(is_box(id));
            at = page.parent(id);
        }
        Told::Depth(depth)
    });
    deeper(told.collect())
}

/// An element holds one comment, and the first in a box stands in its own just so.
fn is_alike(page: &Page<'_>, scopes: &[&Scope], single: Id, list: Id) -> bool {
    let within = |outer: Id| {
        let from = scopes.partition_point(|scope| scope.root < outer);
        scopes[from..]
            .iter()
            .map(|scope| scope.root)
            .take_while(move |root| *root < page.end(outer))
    };
    let path = |root: Id, outer: Option<Id>| -> Vec<&str> {
        let around = std::iter::successors(Some(root), |&id| page.parent(id));
        let inner = around.take_while(|id| Some(*id) != outer);
        inner.filter_map(|id| page.element(id)).map(|element| element.tag.name).collect()
    };
    let (mut ones, mut others) = (within(single), within(list));
    match (ones.next(), ones.next(), others.next()) {
        (Some(one), None, Some(other)) => path(one, page.parent(single)) == path(other, Some(list)),
        _ => false,
    }
}

/// A class or an attribute counts the level.
fn counted(page: &Page<'_>, scopes: &[&Scope]) -> Option<Vec<Told>> {
    static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|[\s_-])(?:\w*level|depth|indent|lvl|ebene|nivel|niveau)[-_]?(\d{1,3})(?:\s|$)")
            .expect("a constant pattern")
    });
    let level = |id: Id| -> Option<u32> {
        let element = page.element(id)?;
        let attributes = ["data-level", "data-depth", "aria-level"];
        let written = attributes.iter().find_map(|name| element.tag.attribute(name));
        written
            .and_then(|level| level.trim().parse().ok())
            .or_else(|| LEVEL.captures(&element.class).and_then(|found| found[1].parse().ok()))
    };
    let levels: Vec<Option<u32>> = scopes
        .iter()
        .map(|scope| around(page, scope, scopes).into_iter().find_map(level))
        .collect();
    let first = levels.iter().flatten().min().copied()?;
    if levels.iter().flatten().count() * 2 < levels.len() {
        return None;
    }
    let told = levels.iter().map(|level| Told::Depth(level.map_or(0, |level| level - first) + 1));
    deeper(told.collect())
}

/// A margin, or an image that nobody sees in front of the comment, grows with the level.
fn indented(page: &Page<'_>, scopes: &[&Scope]) -> Option<Vec<Told>> {
    static MARGIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:margin|padding)-left\s*:\s*(\d+(?:\.\d+)?)")
            .expect("a constant pattern")
    });
    let margin = |id: Id| -> f32 {
        let style = page.element(id).and_then(|element| element.tag.attribute("style"));
        let width = style.and_then(|style| MARGIN.captures(&style)?[1].parse().ok());
        width.unwrap_or(0.0)
    };
    let told: Vec<Told> = scopes
        .iter()
        .map(|scope| {
            let margins = around(page, scope, scopes).into_iter().map(margin).sum::<f32>();
            margins + spacer(page, scope)
        })
        .map(|width| Told::Indent((width * 8.0) as u32))
        .collect();
    told.windows(2).any(|pair| pair[0] != pair[1]).then_some(told)
}

/// How wide the image is that pushes a comment to the right: one pixel high, before all words.
fn spacer(page: &Page<'_>, scope: &Scope) -> f32 {
    let first = scope.ranges.first().cloned().unwrap_or_default();
    let words = |id: &Id| match &page.nodes[*id as usize].content {
        Content::Text(text) => !text.trim().is_empty(),
        _ => false,
    };
    let before = first.clone().find(words).unwrap_or(first.end);
    let width = |id: Id| {
        let tag = &page.element(id).filter(|e| e.tag.name.eq_ignore_ascii_case("img"))?.tag;
        let is_flat = tag.attribute("height").is_some_and(|height| height.trim() == "1");
        tag.attribute("width").filter(|_| is_flat)?.trim().parse().ok()
    };
    page.elements(first.start..before).find_map(width).unwrap_or(0.0)
}

/// Comments stand in lists within lists.
pub(super) fn listed(page: &Page<'_>, scopes: &[&Scope]) -> Option<Vec<Told>> {
    let is_list = |id: &Id| {
        let element = page.element(*id);
        element.is_some_and(|e| LISTS.iter().any(|tag| e.tag.name.eq_ignore_ascii_case(tag)))
    };
    let lists = |scope: &&Scope| {
        let around = std::iter::successors(Some(scope.root), |&id| page.parent(id));
        around.filter(is_list).count() as u32
    };
    let depths: Vec<u32> = scopes.iter().map(lists).collect();
    let least = depths.iter().min()?;
    deeper(depths.iter().map(|depth| Told::Depth(depth - least + 1)).collect())
}

/// What replies are put in.
const LISTS: &[&str] = &["ul", "ol", "dl", "blockquote"];

/// Parts of the names of classes that stand at replies.
const REPLIES: &[&str] = &[
    "repl",
    "child",
    "indented",
    "nested",
    "subcomment",
    "sub-comment",
    "answer",
    "antwort",
    "reponse",
    "respuesta",
    "risposta",
];
/// Parts of those that stand elsewhere: at what has replies, or offers to write one.
const OTHERWISE: &[&str] =
    &["has", "no-", "parent", "with", "form", "button", "count", "link", "can"];

/// A class that some comments have, the first not: those answer the last one without it.
fn marked(page: &Page<'_>, scopes: &[&Scope]) -> Option<Vec<Told>> {
    let mut marked: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, scope) in scopes.iter().enumerate() {
        for element in around(page, scope, scopes).into_iter().filter_map(|id| page.element(id)) {
            for class in element.class.split_ascii_whitespace() {
                let lower = class.to_lowercase();
                let speaks = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
                if speaks(REPLIES) && !speaks(OTHERWISE) {
                    marked.entry(class).or_default().insert(at);
                }
            }
        }
    }
    marked.retain(|_, replies| !replies.contains(&0));
    let replies = marked.into_values().max_by_key(BTreeSet::len)?;
    let depth = |at| Told::Depth(1 + u32::from(replies.contains(&at)));
    deeper((0..scopes.len()).map(depth).collect())
}

/// The comment's element, and those around it that hold no comment before it.
fn around(page: &Page<'_>, scope: &Scope, scopes: &[&Scope]) -> Vec<Id> {
    let before = scopes.partition_point(|other| other.root < scope.root);
    let before = before.checked_sub(1).map(|at| scopes[at].root);
    let after = scopes.get(scopes.partition_point(|other| other.root <= scope.root));
    let is_own = |id: &Id| {
        before.is_none_or(|before| before < *id)
            && after.is_none_or(|after| after.root >= page.end(*id))
    };
    let mut chain = vec![scope.root];
    let mut at = page.parent(scope.root);
    while let Some(id) = at.filter(is_own) {
        chain.push(id);
        at = page.parent(id);
    }
    chain
}

/// Something is told of somebody.
fn telling(told: Vec<Told>) -> Option<Vec<Told>> {
    told.iter().any(|told| *told != Told::Nothing).then_some(told)
}

/// Some stand deeper than others.
fn deeper(told: Vec<Told>) -> Option<Vec<Told>> {
    let is_top = |told: &&Told| **told == Told::Depth(1);
    let top = told.iter().filter(is_top).count();
    (top > 0 && top < told.len()).then_some(told)
}
