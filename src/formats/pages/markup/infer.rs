//! A page that no profile knows, read by the shape that repeats in it.
//!
//! What the element of a comment is called is tried out: classes that speak of comments or posts,
//! and the microdata and microformats of <https://schema.org/Comment> and
//! <https://microformats.org/wiki/h-entry>. Each becomes a profile with the usual places of names,
//! dates and texts; the one that explains most is kept, reduced to the places that were found, and
//! can be written out as TOML, to be edited and given back with `--profile`. A shape counts only
//! where nearly every element of it has an author, a date and a text, and where more than one
//! author writes: a list of articles is no discussion.

use std::collections::{BTreeMap, BTreeSet};

use super::indexes::Links;
use super::page::{Element, Id, Page};
use super::probe::Probe;
use super::reader::{self, Found};
use super::rules::{self, Markup, Rules};
use super::select::Selector;
use super::usual::{AUTHORS, BODIES, DATES};
use super::{Reading, post, tight, usual};
use crate::comment::{Comment, Stated};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::formats::ReadOptions;

/// Parts of class names that speak of comments.
const SURE: &[&str] = &[
    "comment",
    "reply",
    "kommentar",
    "comentario",
    "commentaire",
    "commento",
    "komment",
    "reactie",
    "response",
    "yorum",
    "opini",
    "koment",
    "coment",
    "reakc",
    "reaction",
    "odpowied",
    "respuesta",
    "hozzaszol",
];

/// Parts of class names that may be of anything that is listed.
const WEAK: &[&str] =
    &["post", "message", "entry", "msg", "beitrag", "thread", "discussion", "review"];

/// Parts of the names of sections in which comments stand, whatever these are called themselves.
const SECTIONS: &[&str] = &["discuss", "diskus", "diskuz", "debat", "talkback", "guestbook"];

/// Parts of names that say of the page whether it has comments, or are those of a department.
const NO_SECTIONS: &[&str] =
    &["has-", "with-", "no-", "open", "closed", "enabled", "count", "opinion"];

/// Parts of classes and ids that speak of what was written last, and is read elsewhere.
const ELSEWHERE: &[&str] = &["last", "latest", "recent"];

/// Parts of names that may be of anything, where it is known of what: reports that grow by the hour,
/// and what people said on another site, shown within an article.
const REPORTS: &[&str] = &["liveblog", "live-blog", "log-entry", "embed"];

/// Reads a page by the shape that repeats in it; `None` where none does.
#[must_use]
pub fn read(source: &str, html: &str, links: &Links, options: &ReadOptions) -> Option<Reading> {
    let page = Page::parse(html);
    let mut best: Option<(Markup, Found)> = None;
    for (markup, likeness) in shapes(&page) {
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
    let (markup, _) = best?;
    let markup = reduced(&page, markup);
    let rules = markup.rules().ok()?;
    let found = reader::read(source, &page, &markup, &rules, options)?;
    Some(inferred(source, &page, &markup, &rules, found, options))
}

/// How sure it is that a shape is that of comments, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Microdata say so.
    Stated,
    /// Its name does.
    Sure,
    /// The name of the section does in which it stands.
    Within,
    /// Its name may be that of anything that is listed.
    Weak,
}

impl Likeness {
    /// How often a shape must repeat.
    fn least(self) -> usize {
        match self {
            Self::Stated => 1,
            Self::Sure => 2,
            Self::Within | Self::Weak => 3,
        }
    }
}

/// Most comments have no author in any of the usual places.
fn lacks_authors(found: &Found) -> bool {
    let comments = &found.discussion.comments;
    comments.iter().filter(|comment| comment.author.is_none()).count() * 2 > comments.len()
}

/// The same with the page's own place of names.
fn with_own_names(page: &Page<'_>, markup: &Markup) -> Option<Markup> {
    let rules = markup.rules().ok()?;
    let place = tight::name(page, &super::scope::scopes(page, markup, &rules))?;
    // What was compiled of the other is not taken over.
    let mut named = Markup { compiled: rules::Compiled::default(), ..markup.clone() };
    named.author.push(place);
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
    let headed = |root: &&Id| heading.find_in(page, **root..page.end(**root)).next().is_some();
    found.roots.iter().filter(headed).count() * 2 >= found.roots.len()
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

/// The shapes worth trying.
fn shapes(page: &Page<'_>) -> Vec<(Markup, Likeness)> {
    let mut counts: BTreeMap<(Likeness, String), usize> = BTreeMap::new();
    let mut section_end = 0;
    for id in page.elements(page.all()) {
        let Some(element) = page.element(id) else { continue };
        let is_within = id < section_end;
        if is_section(element) {
            section_end = section_end.max(page.end(id));
        }
        let is_entry = is_within && is_entry(element);
        if let Some(stem) = element.id.as_deref().and_then(numbered)
            && speaks(stem, SURE)
            && !speaks(stem, ELSEWHERE)
        {
            let selector = format!("{}[id^=\"{stem}\"]", element.tag.name.to_ascii_lowercase());
            *counts.entry((Likeness::Sure, selector)).or_default() += 1;
        }
        let is_plain = |c: &&str| c.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        for class in element.class.split_ascii_whitespace().filter(is_plain) {
            let likeness = if speaks(class, SURE) {
                Likeness::Sure
            } else if is_entry {
                Likeness::Within
            } else if speaks(class, WEAK) && !speaks(class, REPORTS) {
                Likeness::Weak
            } else {
                continue;
            };
            if !speaks(class, ELSEWHERE) {
                let selector = format!("{}.{class}", element.tag.name.to_ascii_lowercase());
                *counts.entry((likeness, selector)).or_default() += 1;
            }
        }
    }
    let stated = "[itemtype*=\"schema.org/Comment\"], [itemtype*=\"schema.org/UserComments\"], \
                  .h-cite.p-comment, .p-comment.h-entry";
    let mut shapes = vec![(markup(stated), Likeness::Stated)];
    let mut named: Vec<_> = counts.into_iter().filter(|(_, n)| (2..=20_000).contains(n)).collect();
    named.sort_by_key(|((likeness, _), n)| (*likeness, std::cmp::Reverse(*n)));
    let tried = named.into_iter().take(MOST_SHAPES);
    shapes.extend(tried.map(|((likeness, selector), _)| (markup(&selector), likeness)));
    shapes
}

/// The element is called after comments, and is not the page itself.
fn is_section(element: &Element<'_>) -> bool {
    let is = |tag: &&str| element.tag.name.eq_ignore_ascii_case(tag);
    let names = element.class.split_ascii_whitespace().chain(element.id.as_deref());
    let is_named = |name| {
        (speaks(name, SURE) || speaks(name, SECTIONS))
            && !speaks(name, ELSEWHERE)
            && !speaks(name, NO_SECTIONS)
    };
    !["html", "body"].iter().any(is) && { names }.any(is_named)
}

/// An entry of a list, or what has a number and so a place of its own.
fn is_entry(element: &Element<'_>) -> bool {
    let is = |tag: &&str| element.tag.name.eq_ignore_ascii_case(tag);
    ["li", "article"].iter().any(is) || element.id.as_deref().and_then(numbered).is_some()
}

/// One of some parts stands in a class or an id.
fn speaks(name: &str, parts: &[&str]) -> bool {
    let lower = name.to_ascii_lowercase();
    parts.iter().any(|part| lower.contains(part))
}

/// What stands before the number of an id: `comment-` of `comment-12`.
fn numbered(id: &str) -> Option<&str> {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_plain = stem.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (stem.len() < id.len() && is_plain).then_some(stem)
}

/// How many shapes are tried.
const MOST_SHAPES: usize = 24;

fn markup(comment: &str) -> Markup {
    let list = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    Markup {
        comment: comment.to_owned(),
        id: vec![
            "@id ~ (\\d+)$".to_owned(),
            "@data-id".to_owned(),
            "@data-comment-id".to_owned(),
            "a @href ~ #.*?(\\d+)$".to_owned(),
        ],
        author: list(AUTHORS),
        date: list(DATES),
        body: list(BODIES),
        remove: list(&["form", "button", "[class*=reply-link]", "[class*=actions]"]),
        ..Markup::default()
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
                && tight::is_text(page, &scopes, &headers, |id| selector.matches(page, id))
        })
        .map(|(text, _)| text.clone())
        .take(2)
        .collect();
    // None of the usual places, or only the paragraphs: the page has a name of its own for it.
    let is_named = body.first().is_some_and(|text| text.starts_with(['[', '.']));
    let own = if is_named { None } else { tight::text(page, &scopes, &headers) };
    let body = own.into_iter().chain(body).take(2).collect();
    let named = tight::varied(page, &scopes, used(&markup.author, &rules.author, MOST_SHAPES));
    let author = tight::closest_first(page, &scopes, named.into_iter().take(5).collect());
    let author = author.into_iter().take(3).collect();
    Markup {
        comment: markup.comment.clone(),
        id: used(&markup.id, &rules.id, 1),
        author,
        date: used(&markup.date, &rules.date, 4),
        body,
        remove: markup.remove.clone(),
        ..Markup::default()
    }
}
