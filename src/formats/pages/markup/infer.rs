//! A page that no profile knows, read by the shape that repeats in it.
//!
//! What the element of a comment is called is tried out: classes that speak of comments or posts,
//! and the microdata and microformats of <https://schema.org/Comment> and
//! <https://microformats.org/wiki/h-entry>. Each becomes a profile with the usual places of names,
//! dates and texts; the one that explains most is kept, reduced to the places that were found, and
//! can be written out as TOML, to be edited and given back with `--profile`. A shape counts only
//! where nearly every element of it has an author, a date and a text, and where more than one
//! author writes: a list of articles is no discussion.

use std::collections::BTreeSet;

use super::indexes::Links;
use super::page::{Id, Page};
use super::probe::Probe;
use super::reader::{self, Found};
use super::rules::{self, Markup, Rules};
use super::select::Selector;
use super::shapes::{Likeness, shapes};
use super::{Reading, kin, post, tight, usual};
use crate::comment::{Comment, Stated};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::formats::ReadOptions;

/// Reads a page by the shape that repeats in it; `None` where none does.
#[must_use]
pub fn read(source: &str, html: &str, links: &Links, options: &ReadOptions) -> Option<Reading> {
    let page = Page::parse(html);
    let mut best: Option<(Markup, Found)> = None;
    let shapes = shapes(&page);
    for (markup, likeness) in &shapes {
        let (likeness, markup) = (*likeness, markup.clone());
        let read = |markup: Markup| {
            let rules = markup.rules().ok()?;
            reader::read(source, &page, &markup, &rules, options).map(|found| (markup, found))
        };
        let Some((mut markup, mut found)) = read(with_names_inside(&page, markup)) else {
            continue;
        };
        let least = likeness.least();
        // Only what is surely a comment has an author wherever its first words stand.
        if likeness < Likeness::Weak
            && lacks_authors(&found)
            && let Some(named) = with_own_names(&page, &markup).and_then(read)
        {
            (markup, found) = named;
        }
        let authors: BTreeSet<_> =
            found.discussion.comments.iter().filter_map(|c| c.author.as_ref()).collect();
        let is_discussion = found.discussion.comments.len() >= least
            && found.completeness >= 0.9
            && (authors.len() >= 2 || likeness == Likeness::Stated || are_linked(&found))
            && !(likeness >= Likeness::Within && is_index(&page, &found))
            && !links.make_up(&found.discussion.comments);
        if is_discussion && best.as_ref().is_none_or(|(_, b)| found.weight > b.weight) {
            best = Some((markup, found));
        }
    }
    let (markup, found) = best?;
    let (markup, _) = kin::with_replies(source, &page, &shapes, (markup, found), options);
    let markup = reduced(&page, markup);
    let rules = markup.rules().ok()?;
    let found = reader::read(source, &page, &markup, &rules, options)?;
    Some(inferred(source, &page, &markup, &rules, found, options))
}

/// Most comments have no author in any of the usual places.
fn lacks_authors(found: &Found) -> bool {
    let comments = &found.discussion.comments;
    comments.iter().filter(|comment| comment.author.is_none()).count() * 2 > comments.len()
}

/// The same with the page's own place of names.
fn with_own_names(page: &Page<'_>, markup: &Markup) -> Option<Markup> {
    let rules = markup.rules().ok()?;
    let place = tight::name(page, &super::scope::scopes(page, markup, &rules));
    // What was compiled of the other is not taken over.
    let mut named = Markup { compiled: rules::Compiled::default(), ..markup.clone() };
    named.author.push(place.unwrap_or_else(|| usual::HEADING.to_owned()));
    Some(named)
}

/// Where all are called the same, links from one to another tell that they talk.
fn are_linked(found: &Found) -> bool {
    let comments = &found.discussion.comments;
    let answers = |c: &&Comment| matches!(c.reply_to.stated, Stated::Id(_));
    comments.iter().filter(answers).count() * 4 >= comments.len()
}

/// Entries that are headed by links are articles of an index, not comments.
fn is_index(page: &Page<'_>, found: &Found) -> bool {
    let Ok(heading) = Selector::parse("h1 a, h2 a, h3 a, a h1, a h2, a h3") else { return false };
    let headed = |root: &&Id| {
        let within = **root..page.end(**root);
        heading.find_in(page, within.clone()).any(|id| !leads_to(page, id, within.clone()))
    };
    found.roots.iter().filter(headed).count() * 2 >= found.roots.len()
}

/// The link around a heading or in it leads to what stands in the entry itself, by its id: the
/// title of a review that can be read on a page of its own, too.
fn leads_to(page: &Page<'_>, heading: Id, within: std::ops::Range<Id>) -> bool {
    let around = std::iter::successors(Some(heading), |&id| page.parent(id));
    let mut around = around.take_while(|id| within.contains(id));
    let link = around.find_map(|id| page.element(id)?.tag.attribute("href"));
    let last = link.as_deref().and_then(|address| address.rsplit(['/', '#']).next());
    last.is_some_and(|last| {
        !last.is_empty()
            && page.elements(within).any(|id| {
                page.element(id).is_some_and(|element| element.id.as_deref() == Some(last))
            })
    })
}

fn inferred(
    source: &str,
    page: &Page<'_>,
    markup: &Markup,
    rules: &Rules,
    found: Found,
    options: &ReadOptions,
) -> Reading {
    let Found { mut discussion, mut diagnostics, roots, completeness, weight } = found;
    crate::formats::pages::GENERIC.clone_into(&mut discussion.format);
    post::complete(&mut discussion.post, page, &roots, Some(&rules.post), options);
    let message = format!(
        "no profile knows this page; its comments were taken to be the elements {}; \
         `rejoinder check` prints the profile",
        markup.comment
    );
    diagnostics.push(Diagnostic::new(source, Oddity::InferredGrammar, message));
    let section = toml::to_string(markup).unwrap_or_default();
    let profile =
        format!("name = \"my-forum\"\nabout = \"inferred from {source}\"\n\n[[markup]]\n{section}");
    Reading {
        profile: crate::formats::pages::GENERIC.to_owned(),
        score: completeness * 0.8,
        weight,
        discussion,
        diagnostics,
        notes: vec!["saved page (HTML), its markup inferred".to_owned()],
        inferred: Some(profile),
    }
}

/// Where the element of a comment is itself called after its author (`comment-author-ann`), the
/// place of the name is one inside of it.
fn with_names_inside(page: &Page<'_>, mut markup: Markup) -> Markup {
    let Ok(comment) = Selector::parse(&markup.comment) else { return markup };
    let roots: Vec<Id> = comment.find_in(page, page.all()).collect();
    for part in ["author", "user"] {
        let is_called = |id: &&Id| {
            page.element(**id).is_some_and(|e| e.class.to_ascii_lowercase().contains(part))
        };
        if roots.iter().filter(is_called).count() * 2 > roots.len() {
            for probe in &mut markup.author {
                *probe = usual::inside(probe, part);
            }
        }
    }
    markup
}

/// The same with only those places that the page has.
fn reduced(page: &Page<'_>, markup: Markup) -> Markup {
    let Ok(rules) = markup.rules() else { return markup };
    let scopes = super::scope::scopes(page, &markup, &rules);
    let used = |texts: &[String], probes: &[Probe], most: usize| -> Vec<String> {
        let mut counted: Vec<(usize, &String)> = texts
            .iter()
            .zip(probes)
            .map(|(text, probe)| {
                let hits =
                    |s: &&super::scope::Scope| probe.values(page, &s.elements).next().is_some();
                (scopes.iter().filter(hits).count(), text)
            })
            .filter(|(hits, _)| *hits * 2 >= scopes.len() && *hits > 0)
            .collect();
        counted.truncate(most);
        counted.into_iter().map(|(_, text)| text.clone()).collect()
    };
    let headers: Vec<_> = scopes.iter().map(|s| tight::header(page, &rules, s)).collect();
    let has = |selector: &Selector, s: &super::scope::Scope| {
        s.elements.iter().any(|id| selector.matches(page, *id))
    };
    let body: Vec<String> = markup
        .body
        .iter()
        .zip(&rules.body)
        .filter(|(_, selector)| {
            let Some(selector) = selector else { return true };
            scopes.iter().filter(|s| has(selector, s)).count() * 2 >= scopes.len()
                && (markup.siblings
                    || tight::is_text(page, &scopes, &headers, |id| selector.matches(page, id)))
        })
        .map(|(text, _)| text.clone())
        .take(2)
        .collect();
    // None of the usual places, or only the paragraphs: the page has a name of its own for it.
    let is_named = markup.siblings || body.first().is_some_and(|text| text.starts_with(['[', '.']));
    let own = if is_named { None } else { tight::text(page, &scopes, &headers) };
    let body = own.into_iter().chain(body).take(2).collect();
    let named = tight::varied(page, &scopes, used(&markup.author, &rules.author, usize::MAX));
    let author = tight::closest_first(page, &scopes, named.into_iter().take(5).collect());
    let author = author.into_iter().take(3).collect();
    Markup {
        comment: markup.comment.clone(),
        siblings: markup.siblings,
        id: used(&markup.id, &rules.id, 1),
        author,
        date: used(&markup.date, &rules.date, 4),
        body,
        remove: markup.remove.clone(),
        ..Markup::default()
    }
}
