//! Comments that were read from the text of a saved page, and what its elements add to them: who
//! answers whom.
//!
//! Where nothing that a page calls its elements speaks of comments, its text may. The elements that
//! hold just these comments, one each, are then found by what stands in them, and tell how the
//! comments are nested. Where they have no names in common, the places of the words do ([`places`]).

use std::collections::BTreeMap;

use super::Markup;
use super::page::{Page, collapsed};
use super::places;
use super::reader;
use super::scope::{Scope, scopes};
use super::structure::{self, Told};
use crate::comment::Comment;

/// So many kinds of elements are tried.
const MOST_KINDS: usize = 40;
/// Of so many comments in ten must the elements hold name and words.
const NEARLY_ALL: usize = 9;
/// By so many words at its beginning a text is known.
const WORDS: usize = 4;

/// Adds what the elements of the page tell of parents.
pub fn complete(html: &str, comments: &mut [Comment]) {
    if comments.len() < 3 {
        return;
    }
    let page = Page::parse(html);
    let Some(told) = kinds(&page, comments.len())
        .iter()
        .find_map(|kind| told(&page, kind, comments))
        .or_else(|| places::tell(&page, comments))
    else {
        return;
    };
    reader::apply(&told, &mut comments.iter_mut().collect::<Vec<_>>());
}

/// Tags with a class that stand on the page once for each comment.
fn kinds(page: &Page<'_>, times: usize) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for element in page.elements(page.all()).filter_map(|id| page.element(id)) {
        let is_plain = |c: &&str| c.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        for class in element.class.split_ascii_whitespace().filter(is_plain) {
            let kind = format!("{}.{class}", element.tag.name.to_ascii_lowercase());
            *counts.entry(kind).or_default() += 1;
        }
    }
    let fitting = counts.into_iter().filter(|(_, n)| *n == times);
    fitting.map(|(kind, _)| kind).take(MOST_KINDS).collect()
}

/// What elements of a kind tell, if they hold the comments.
fn told(page: &Page<'_>, kind: &str, comments: &[Comment]) -> Option<Vec<Told>> {
    let markup = Markup { comment: kind.to_owned(), ..Markup::default() };
    let scopes = scopes(page, &markup, &*markup.rules().ok()?);
    let holding = scopes.iter().zip(comments).filter(|(scope, c)| holds(page, scope, c)).count();
    if scopes.len() != comments.len() || holding * 10 < comments.len() * NEARLY_ALL {
        return None;
    }
    if scopes.iter().any(|scope| scope.ancestors > 0) {
        return Some(scopes.iter().map(|scope| Told::Depth(scope.ancestors + 1)).collect());
    }
    structure::tell(page, &scopes.iter().collect::<Vec<_>>())
}

/// The name and the first words of a comment stand in the element.
fn holds(page: &Page<'_>, scope: &Scope, comment: &Comment) -> bool {
    let text: String = scope.ranges.iter().map(|range| page.text_of(range.clone()) + " ").collect();
    let words = collapsed(&comment.text);
    let words: Vec<&str> = words.split(' ').take(WORDS).collect();
    text.contains(&words.join(" "))
        && comment.author.as_ref().is_some_and(|author| text.contains(author.as_str()))
}
