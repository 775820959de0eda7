//! Which elements of a page are comments, and what belongs to each.

use std::collections::HashSet;
use std::ops::Range;

use super::Markup;
use super::page::{Id, Page};
use super::probe::{self, Probe};
use super::rules::Rules;
use crate::comment::Name;

/// A comment's place in the page.
#[derive(Debug)]
pub(super) struct Scope {
    /// The comment's element.
    pub(super) root: Id,
    /// The parts of the page that are its own: its subtree without nested comments.
    pub(super) ranges: Vec<Range<Id>>,
    /// The elements of these parts, the comment's own first.
    pub(super) elements: Vec<Id>,
    /// How many comments, or nesting elements, it stands in.
    pub(super) ancestors: u32,
    /// Its id.
    pub(super) id: Option<Name>,
}

impl Scope {
    /// The first element within it that holds a value of some probes.
    pub(super) fn place(&self, page: &Page<'_>, probes: &[Probe]) -> Option<Id> {
        let mut places = probes.iter().flat_map(|probe| probe.values(page, &self.elements));
        places.find(|(id, _)| *id != self.root).map(|(id, _)| id)
    }
}

/// The comments of a page in document order.
pub(super) fn scopes(page: &Page<'_>, markup: &Markup, rules: &Rules) -> Vec<Scope> {
    let mut roots = candidates(page, rules);
    loop {
        let scopes = divide(page, markup, rules, &roots);
        // Some themes repeat a comment's id on an inner element, or wrap comments in an element
        // that looks like one: what is left out changes what belongs to whom.
        let kept = distinct(page, markup, &scopes);
        if kept.len() == roots.len() {
            return scopes;
        }
        roots = kept;
    }
}

fn candidates(page: &Page<'_>, rules: &Rules) -> Vec<Id> {
    let all = page.all();
    let Some(section) = &rules.section else { return rules.comment.find_in(page, all).collect() };
    let mut roots = Vec::new();
    let mut from = 0;
    for id in section.find_in(page, all.clone()) {
        if id >= from {
            roots.extend(rules.comment.find_in(page, id..page.end(id)));
            from = page.end(id);
        }
    }
    if from == 0 {
        roots.extend(rules.comment.find_in(page, all));
    }
    roots
}

/// Gives each comment what is its own.
fn divide(page: &Page<'_>, markup: &Markup, rules: &Rules, roots: &[Id]) -> Vec<Scope> {
    let mut around: Vec<Id> = Vec::new();
    let nesting = rules.nest.as_ref().map(|nest| nesting_counts(page, nest));
    let mut scopes: Vec<Scope> = Vec::with_capacity(roots.len());
    for (i, &root) in roots.iter().enumerate() {
        while around.last().is_some_and(|end| *end <= root) {
            around.pop();
        }
        let end = if markup.siblings {
            let parent_end = page.parent(root).map_or(page.all().end, |p| page.end(p));
            roots.get(i + 1).map_or(parent_end, |next| (*next).min(parent_end))
        } else {
            page.end(root)
        };
        let ranges = own_ranges(page, root, end, &roots[i + 1..]);
        let elements: Vec<Id> = ranges.iter().flat_map(|r| page.elements(r.clone())).collect();
        let id = probe::first(&rules.id, page, &elements).map(Name::from);
        let ancestors = nesting.as_ref().map_or(around.len() as u32, |n| n[root as usize]);
        scopes.push(Scope { root, ranges, elements, ancestors, id });
        around.push(end);
    }
    scopes
}

/// A comment's range without the subtrees of the comments in it.
fn own_ranges(page: &Page<'_>, root: Id, end: Id, later: &[Id]) -> Vec<Range<Id>> {
    let mut ranges = Vec::new();
    let mut from = root;
    for &inner in later.iter().take_while(|inner| **inner < end) {
        if inner >= from {
            if inner > from {
                ranges.push(from..inner);
            }
            from = page.end(inner);
        }
    }
    if from < end {
        ranges.push(from..end);
    }
    ranges
}

/// By node, how many elements around it match.
fn nesting_counts(page: &Page<'_>, nest: &super::select::Selector) -> Vec<u32> {
    let mut counts = vec![0u32; page.nodes.len()];
    for id in page.all() {
        let above = page
            .parent(id)
            .map_or(0, |parent| counts[parent as usize] + u32::from(nest.matches(page, parent)));
        counts[id as usize] = above;
    }
    counts
}

/// The roots without repetitions of the comment around them and, where an id is needed, without
/// those that have none.
fn distinct(page: &Page<'_>, markup: &Markup, scopes: &[Scope]) -> Vec<Id> {
    let mut kept = Vec::with_capacity(scopes.len());
    let mut around: Vec<&Scope> = Vec::new();
    let mut seen: HashSet<&Name> = HashSet::new();
    for scope in scopes {
        while around.last().is_some_and(|outer| page.end(outer.root) <= scope.root) {
            around.pop();
        }
        let repeats = scope.id.is_some() && around.iter().any(|outer| outer.id == scope.id);
        let is_new = scope.id.as_ref().is_none_or(|id| seen.insert(id));
        let lacks_id = markup.needs_id && scope.id.is_none();
        // The same id elsewhere is kept: linking reports it. Within a needed id it is an echo.
        if !(repeats || lacks_id || (markup.needs_id && !is_new)) {
            kept.push(scope.root);
        }
        around.push(scope);
    }
    kept
}
