//! Comments of a page whose elements have no names: found by their words.
//!
//! Old pages are tables and lists without classes. The element of a comment is then the largest one
//! around its first words that holds those of no other comment; lists within lists tell the rest.

use std::collections::BTreeMap;

use super::page::{Content, Id, Page, collapsed};
use super::scope::Scope;
use super::structure::{self, Told};
use crate::comment::Comment;
use crate::text::html::unescape;

/// By so many words at its beginning a text is known.
const WORDS: usize = 5;
/// Within so many nodes they stand.
const NEAR: Id = 16;

/// What the places of the comments tell of parents.
pub(super) fn tell(page: &Page<'_>, comments: &[Comment]) -> Option<Vec<Told>> {
    let mut from = 0;
    let mut places: Vec<Id> = Vec::with_capacity(comments.len());
    for comment in comments {
        let place = find(page, from, &first_words(&comment.text)?)?;
        places.push(place);
        from = place + 1;
    }
    let chains: Vec<Vec<Id>> = (0..places.len()).map(|at| own(page, &places, at)).collect();
    let common = commonest(page, &chains);
    let scopes: Vec<Scope> = chains.iter().map(|chain| element(page, chain, common)).collect();
    let scopes: Vec<&Scope> = scopes.iter().collect();
    structure::tell(page, &scopes).or_else(|| structure::listed(page, &scopes))
}

/// The first words that are the author's own.
fn first_words(text: &str) -> Option<Vec<&str>> {
    let own = text.lines().find(|line| !line.starts_with('>') && !line.trim().is_empty())?;
    Some(own.split_whitespace().take(WORDS).collect())
}

/// The text in which some words begin.
fn find(page: &Page<'_>, from: Id, words: &[&str]) -> Option<Id> {
    (from..page.all().end).find(|&id| {
        let Content::Text(text) = &page.nodes[id as usize].content else { return false };
        let begins = unescape(text).split_whitespace().next() == words.first().copied();
        begins && {
            let near = collapsed(&page.text_of(id..(id + NEAR).min(page.all().end)));
            near.split(' ').zip(words).filter(|(one, other)| one == *other).count() == words.len()
        }
    })
}

/// A place and the elements around it that hold no other, the largest last.
fn own(page: &Page<'_>, places: &[Id], at: usize) -> Vec<Id> {
    let before = at.checked_sub(1).map(|at| places[at]);
    let after = places.get(at + 1);
    let is_own = |id: &Id| {
        before.is_none_or(|before| before < *id)
            && after.is_none_or(|after| page.end(*id) <= *after)
    };
    let around = std::iter::successors(Some(places[at]), |&id| page.parent(id));
    around.take_while(is_own).collect()
}

/// What the largest elements are called mostly.
fn commonest<'p>(page: &'p Page<'_>, chains: &[Vec<Id>]) -> &'p str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for element in chains.iter().filter_map(|chain| page.element(*chain.last()?)) {
        *counts.entry(element.tag.name).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, times)| *times).map_or("", |(name, _)| name)
}

/// The element of a comment: the largest that is called as most are, for a list of replies may hold
/// no more than one; else the largest.
fn element(page: &Page<'_>, chain: &[Id], common: &str) -> Scope {
    let is_common =
        |id: &&Id| page.element(**id).is_some_and(|e| e.tag.name.eq_ignore_ascii_case(common));
    let root = chain.iter().rfind(is_common).or(chain.last()).copied().unwrap_or_default();
    let range = root..page.end(root);
    let elements = page.elements(range.clone()).collect();
    Scope { root, ranges: vec![range], elements, ancestors: 0, id: None }
}
