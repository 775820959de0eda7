//! Comments of a page whose elements have no names: found by their words.
//!
//! Old pages are tables and lists without classes. The element of a comment is then the largest one
//! around its first words that holds those of no other comment; lists within lists tell the rest.

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
    let scopes: Vec<Scope> = (0..places.len()).map(|at| element(page, &places, at)).collect();
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

/// The largest element around a place that holds no other.
fn element(page: &Page<'_>, places: &[Id], at: usize) -> Scope {
    let place = places[at];
    let before = at.checked_sub(1).map(|at| places[at]);
    let after = places.get(at + 1);
    let is_own = |id: &Id| {
        before.is_none_or(|before| before < *id)
            && after.is_none_or(|after| page.end(*id) <= *after)
    };
    let around = std::iter::successors(page.parent(place), |&id| page.parent(id));
    let root = around.take_while(is_own).last().unwrap_or(place);
    let range = root..page.end(root);
    let elements = page.elements(range.clone()).collect();
    Scope { root, ranges: vec![range], elements, ancestors: 0, id: None }
}
