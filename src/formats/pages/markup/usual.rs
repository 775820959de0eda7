//! Where pages of all kinds show who wrote a comment and when: for pages that no profile knows,
//! and for themes that moved these away from where a profile looks.

use std::sync::LazyLock;

use super::page::{Content, Id, Page};
use super::probe::Probe;
use crate::text::dates;
use crate::text::html::unescape;

pub(super) const AUTHORS: &[&str] = &[
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author]",
    ".p-author .p-name",
    ".p-author",
    ".fn",
    "[rel=author]",
    "[class*=author] a",
    "[class*=author]",
    "[class*=username]",
    "[class*=user-name]",
    "[class*=nick]",
    "[class*=byline] a",
    "[class*=user] a",
    "[class*=user]",
    "[class*=name]",
    "cite",
    "strong",
    "b",
];

pub(super) const DATES: &[&str] = &[
    "time @datetime",
    ".dt-published @datetime",
    "[itemprop=dateCreated] @content",
    "[itemprop=datePublished] @content",
    "abbr @title",
    "[class*=date] @title",
    "[class*=time] @title",
    "time",
    "[class*=date]",
    "[class*=time]",
    "[class*=posted]",
    "[class*=meta]",
    "small",
    "a",
    "span",
];

pub(super) const BODIES: &[&str] = &[
    "[itemprop=text]",
    ".e-content",
    "[class*=comment-content]",
    "[class*=comment-body]",
    "[class*=comment-text]",
    "[class*=comment_text]",
    "[class*=comment_body]",
    "[class*=content]",
    "[class*=body]",
    "[class*=text]",
    "[class*=message]",
    "p",
    "*",
];

/// Places whose names alone tell that an author stands there.
static NAMED_AUTHORS: LazyLock<Vec<Probe>> = LazyLock::new(|| {
    let is_named = |text: &&&str| text.starts_with(['[', '.']);
    let probe = |text: &&str| Probe::parse(text).expect("a constant probe");
    AUTHORS.iter().filter(is_named).map(probe).collect()
});

/// Who wrote a comment, by the names that sites give to such places.
pub(super) fn author(page: &Page<'_>, scope: &[Id]) -> Option<String> {
    super::probe::first(&NAMED_AUTHORS, page, scope)
}

/// Where that stands.
pub(super) fn author_place(page: &Page<'_>, scope: &[Id]) -> Option<Id> {
    NAMED_AUTHORS.iter().flat_map(|probe| probe.values(page, scope)).next().map(|(id, _)| id)
}

/// The first short text of a comment in which a date stands.
pub(super) fn date(page: &Page<'_>, scope: &[Id]) -> Option<String> {
    scope.iter().take(40).find_map(|&id| {
        let text = match page.nodes.get(id as usize + 1).map(|node| &node.content) {
            Some(Content::Text(_)) => page.own_text(id),
            _ => return None,
        };
        let text = unescape(&text).into_owned();
        let is_date = text.len() <= 120 && dates::find(&text).iter().any(|date| !date.is_bare);
        is_date.then_some(text)
    })
}
