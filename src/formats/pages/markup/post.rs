//! The post of a saved page: title, author, date, address, text.
//!
//! A profile says where they stand, else they are taken from where pages state them for others:
//! JSON-LD (<https://schema.org/Article>), Open Graph, `<meta>`, microdata, `<time>`, `<title>`.
//! The text is the largest part that looks like an article: by the names that sites use, then by
//! where the paragraphs stand.

use serde_json::Value;

use super::flatten::{Part, flatten};
use super::names::clean_name;
use super::page::{Content, Id, Page, collapsed};
use super::probe;
use super::rules::PostRules;
use super::select::Selector;
use super::times::Times;
use crate::comment::{Name, Post};
use crate::formats::ReadOptions;
use crate::text::dates::iso8601;
use crate::text::markup::flow::Flow;

/// Fills what is still unknown of the post. `comments` are the comments' elements.
pub(super) fn complete(
    post: &mut Post,
    page: &Page<'_>,
    comments: &[Id],
    rules: Option<&PostRules>,
    options: &ReadOptions,
) {
    let outside = outside(page, comments);
    let empty = PostRules { has_text: true, ..PostRules::default() };
    let rules = rules.unwrap_or(&empty);
    let first = |probes: &[probe::Probe]| probe::first(probes, page, &outside);
    let stated = linked_data(page);
    let field = |name: &str| stated.as_ref().and_then(|data| data.get(name));
    let text = |name: &str| field(name).and_then(Value::as_str).map(collapsed);
    let meta = |names: &[&str]| meta(page, names);
    if post.id.is_none() {
        post.id = first(&rules.id).map(Name::from);
    }
    if post.title.is_none() {
        post.title = first(&rules.title)
            .or_else(|| text("headline"))
            .or_else(|| meta(&["og:title", "twitter:title"]))
            .or_else(|| named(page, &outside, "h1"))
            .or_else(|| named(page, &outside, "title"))
            .filter(|title| !title.is_empty());
    }
    if post.url.is_none() {
        post.url = first(&rules.url).or_else(|| address(page)).or_else(|| meta(&["og:url"]));
    }
    if post.author.is_none() {
        post.author = first(&rules.author)
            .or_else(|| field("author").and_then(person))
            .or_else(|| meta(&["author", "article:author", "dc.creator"]))
            .or_else(|| by_class(page, &outside))
            .filter(|name| !name.starts_with("http"))
            .and_then(|name| clean_name(&name));
    }
    if post.created.is_none() {
        let written = Times::collect(&rules.date, page, &outside);
        let times = Times::decide(written.iter(), options);
        let published = ["article:published_time", "og:article:published_time", "date", "dc.date"];
        post.created = times
            .best(&written)
            .or_else(|| text("datePublished").and_then(|date| iso8601(&date)))
            .or_else(|| meta(&published).and_then(|date| iso8601(&date)))
            .or_else(|| time_element(page, &outside));
    }
    if post.text.is_empty() && rules.has_text {
        post.text = body(page, &outside, comments, &rules.body);
    }
}

/// The elements of the page that are in no comment.
fn outside(page: &Page<'_>, comments: &[Id]) -> Vec<Id> {
    let mut elements = Vec::new();
    let mut from = 0;
    for &root in comments {
        if root >= from {
            elements.extend(page.elements(from..root));
            from = page.end(root);
        }
    }
    elements.extend(page.elements(from..page.all().end));
    elements
}

/// The first JSON-LD object that describes something written.
fn linked_data(page: &Page<'_>) -> Option<Value> {
    let scripts = page.elements(page.all()).filter(|id| {
        page.element(*id).is_some_and(|e| {
            e.tag.name.eq_ignore_ascii_case("script")
                && e.tag.attribute("type").is_some_and(|t| t.contains("ld+json"))
        })
    });
    for script in scripts {
        let Some(Content::Raw(json)) = page.nodes.get(script as usize + 1).map(|n| &n.content)
        else {
            continue;
        };
        let Ok(data) = serde_json::from_str::<Value>(json.trim()) else { continue };
        if let Some(found) = written_work(data) {
            return Some(found);
        }
    }
    None
}

fn written_work(data: Value) -> Option<Value> {
    match data {
        Value::Array(items) => items.into_iter().find_map(written_work),
        Value::Object(mut object) => {
            let kinds = ["Article", "Posting", "Report", "Recipe", "Question", "Review"];
            let is_work = object.get("@type").is_some_and(|t| {
                let t = t.to_string();
                kinds.iter().any(|kind| t.contains(kind))
            });
            if is_work {
                return Some(Value::Object(object));
            }
            object.remove("@graph").and_then(written_work)
        }
        _ => None,
    }
}

/// The name of a person or organisation in JSON-LD.
fn person(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(collapsed(name)),
        Value::Array(people) => people.iter().find_map(person),
        Value::Object(object) => object.get("name").and_then(person),
        _ => None,
    }
}

fn meta(page: &Page<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|wanted| {
        page.elements(page.all()).find_map(|id| {
            let tag = page.element(id)?.tag;
            if !tag.name.eq_ignore_ascii_case("meta") {
                return None;
            }
            let name = tag.attribute("property").or_else(|| tag.attribute("name"))?;
            let value = tag.attribute("content").filter(|_| name.eq_ignore_ascii_case(wanted))?;
            Some(collapsed(&value)).filter(|value| !value.is_empty())
        })
    })
}

fn named(page: &Page<'_>, outside: &[Id], tag: &str) -> Option<String> {
    outside
        .iter()
        .filter(|id| page.element(**id).is_some_and(|e| e.tag.name.eq_ignore_ascii_case(tag)))
        .map(|id| page.text(*id))
        .find(|text| !text.is_empty())
}

fn address(page: &Page<'_>) -> Option<String> {
    page.elements(page.all()).find_map(|id| {
        let tag = page.element(id)?.tag;
        let is_canonical = tag.name.eq_ignore_ascii_case("link")
            && tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        let href = tag.attribute("href").filter(|_| is_canonical)?;
        href.starts_with("http").then(|| href.into_owned())
    })
}

fn by_class(page: &Page<'_>, outside: &[Id]) -> Option<String> {
    let selector = Selector::parse(
        "[itemprop=author] [itemprop=name], [rel=author], .entry-author .fn, .byline .author, \
         .post-author-name, .author-name, .author.vcard, .byline-name",
    )
    .ok()?;
    outside
        .iter()
        .filter(|id| selector.matches(page, **id))
        .map(|id| page.text(*id))
        .find(|name| !name.is_empty() && name.chars().count() <= 60)
}

fn time_element(page: &Page<'_>, outside: &[Id]) -> Option<crate::comment::Moment> {
    outside.iter().find_map(|id| {
        let tag = page.element(*id)?.tag;
        let is_time = tag.name.eq_ignore_ascii_case("time");
        iso8601(&tag.attribute("datetime").filter(|_| is_time)?)
    })
}

/// What in an article is not its text.
const ASIDE: &str = "nav, aside, form, footer, script, style, figcaption, button, .sharedaddy, \
                     .share, .sharing, .related, .jp-relatedposts, .comments, .comments-area, \
                     #comments, #respond, .comment-respond, .post-navigation, .entry-meta, \
                     .author-box, .newsletter, .breadcrumb, .breadcrumbs, #disqus_thread";

fn body(page: &Page<'_>, outside: &[Id], comments: &[Id], wanted: &[Selector]) -> String {
    let usual = Selector::parse(
        "[itemprop=articleBody], .entry-content, .post-content, .article-body, .article-content, \
         .post-body, .story-body, .field-name-body, .content-body, .postcontent",
    );
    let aside = Selector::parse(ASIDE);
    let chosen = wanted
        .iter()
        .find_map(|s| outside.iter().copied().find(|id| s.matches(page, *id)))
        .or_else(|| {
            let usual = usual.as_ref().ok()?;
            let found = outside.iter().copied().filter(|id| usual.matches(page, *id));
            found
                .map(|id| (id, paragraphs(page, id)))
                .filter(|(_, n)| *n > 0)
                .fold(None, |best: Option<(Id, usize)>, (id, n)| match best {
                    Some((_, most)) if most >= n => best,
                    _ => Some((id, n)),
                })
                .map(|(id, _)| id)
        })
        .or_else(|| densest(page, outside));
    let Some(root) = chosen else { return String::new() };
    let part = |id: Id| {
        let is_aside = id != root && aside.as_ref().is_ok_and(|s| s.matches(page, id));
        if is_aside || comments.binary_search(&id).is_ok() { Part::Left } else { Part::Plain }
    };
    flatten(page, std::iter::once(root..page.end(root)), Flow::new(), part)
}

/// Bytes of text in paragraphs.
fn paragraphs(page: &Page<'_>, root: Id) -> usize {
    let is_p = |id: Id| page.element(id).is_some_and(|e| e.tag.name.eq_ignore_ascii_case("p"));
    page.elements(root..page.end(root)).filter(|id| is_p(*id)).map(|id| page.text(id).len()).sum()
}

/// The element that holds most text in paragraphs of its own.
fn densest(page: &Page<'_>, outside: &[Id]) -> Option<Id> {
    let mut sums = vec![0usize; page.nodes.len()];
    for &id in outside {
        if let Some(parent) = page.parent(id)
            && page.element(id).is_some_and(|e| e.tag.name.eq_ignore_ascii_case("p"))
        {
            sums[parent as usize] += page.text(id).len();
        }
    }
    let best = (0..sums.len()).max_by_key(|i| (sums[*i], usize::MAX - i))?;
    (sums[best] > 200).then_some(best as Id)
}
