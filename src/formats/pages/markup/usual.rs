//! Where pages of all kinds show who wrote a comment and when: for pages that no profile knows,
//! and for themes that moved these away from where a profile looks.

use std::sync::LazyLock;

use regex::Regex;

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
    // What is not called after its author may lead to what is known of the author.
    "a[href*=\"/user/\"]",
    "a[href*=\"/users/\"]",
    "a[href*=\"user?id=\"]",
    "a[href*=\"/people/\"]",
    "a[href*=\"/members/\"]",
    "a[href*=profile]",
    "a[href*=\"/profil/\"]",
    "[class*=username]",
    "[class*=user-name]",
    "[class*=nick]",
    // Bars divide a byline: `Ann | Email | Homepage | May 4`.
    "[class*=byline] ~ ^(?:(?:[Pp]osted )?[Bb]y:? )?([^|\\s./:,-]*[^|\\s\\d./:,-][^|\\s./:,-]*|[^|\\d]{1,60}) \\| ",
    "[class*=byline] a",
    "[class*=user] a",
    // Not what the user says: `user-text`.
    "[class*=user]:not([class*=text]):not([class*=content]):not([class*=comment])",
    "[class*=name]",
    "[class*=auteur]",
    "[class*=autor]",
    "[class*=pseudo]",
    "[class*=jmeno]",
    "cite",
    // A number is that of votes.
    "strong ~ ^.*\\pL.*$",
    "b ~ ^.*\\pL.*$",
];

pub(super) const DATES: &[&str] = &[
    "time @datetime",
    ".dt-published @datetime",
    // Seconds or milliseconds; a shorter number is none.
    "[data-utc] @data-utc",
    "[data-timestamp] @data-timestamp",
    "[data-time] @data-time",
    "[itemprop=dateCreated] @content",
    "[itemprop=datePublished] @content",
    "abbr @title",
    "[class*=date] @title",
    "[class*=time] @title",
    // An age that readers see, and the date that it stands for.
    "a @title ~ ^\\D{0,20}\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4},? \\d.{1,15}$",
    "time",
    "[class*=date]",
    "[class*=time]",
    "[class*=posted]",
    "[class*=meta]",
    "[class*=small]",
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
    // Not the classes of looks: `text-muted`.
    "[class*=text]:not([class^=text-]):not([class*=\" text-\"])",
    "[class*=message]",
    "p:not([class*=date]):not([class*=time]):not([class*=meta]):not([class*=author])",
    "*",
];

/// A heading that is a name and a date: `Ann on May 4, 2009:`.
pub(super) const HEADING: &str = "h3, h4, h5, h6, dt ~ ^(?:(?:[Pp]osted |[Ww]ritten )?[Bb]y |[Vv]on |[Pp]ar |[Pp]or )?\
    (.{1,60}?),? (?:(?:wrote|says|said|schrieb|schreibt|sagt) )?\
    (?:on|at|am|um|le|el|il|op|em|à|den|dne|dnia|@|[·•|–—-]) (?:\\pL{2,12}\\.?,? )?(?:\\pL{3,12}\\.? )?\\d";

/// Places whose names alone tell that an author stands there.
static NAMED_AUTHORS: LazyLock<Vec<Probe>> = LazyLock::new(|| named_authors().map(probe).collect());

/// The same in elements that are themselves called after their authors.
static NAMED_INSIDE: LazyLock<Vec<Probe>> =
    LazyLock::new(|| named_authors().map(|text| probe(&inside(text, "author"))).collect());

fn named_authors() -> impl Iterator<Item = &'static str> {
    AUTHORS.iter().copied().filter(|text| text.starts_with(['[', '.']))
}

fn probe(text: &str) -> Probe {
    Probe::parse(text).expect("a constant probe")
}

/// The place of a name within an element that has a part of its class in common with such places
/// (`comment-author-ann`): what is called so is not that element itself.
pub(super) fn inside(text: &str, part: &str) -> String {
    let place = format!("[class*={part}]");
    if text.starts_with(&place) { format!("{place} {text}") } else { text.to_owned() }
}

/// Who wrote a comment, by the names that sites give to such places.
pub(super) fn author(page: &Page<'_>, scope: &[Id]) -> Option<String> {
    let named = |probes: &[Probe]| super::probe::first(probes, page, scope);
    // Where the comment's own element is called after its author, everything stands in such a place.
    let root = scope.first().and_then(|id| page.element(*id));
    if root.is_some_and(|root| root.class.to_ascii_lowercase().contains("author")) {
        return signature(page, scope).or_else(|| named(&NAMED_INSIDE));
    }
    named(&NAMED_AUTHORS).or_else(|| signature(page, scope))
}

/// Who signs with a date: `Posted by Ann on May 4, 2009`.
fn signature(page: &Page<'_>, scope: &[Id]) -> Option<String> {
    static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^(?:(?:comment|kommentar|commentaire|comentario|comentário|commento|reactie|posted|written|submitted|left|verfasst|geschrieben|publié|écrit|publicado|escrito|enviado|inviato|scritto|geplaatst) )?(?:by|von|par|por|di|da|de|door):? (.{1,60}?)(?:,| (?:on|at|am|um|le|el|il|op|em|à|[|@·•—–-])) ",
        )
        .expect("a constant pattern")
    });
    scope.iter().skip(1).find_map(|&id| {
        let text = page.text(id);
        let is_dated = || dates::find(&text).iter().any(|date| !date.is_bare);
        let found = SIGNED.captures(&text).filter(|_| text.len() <= 160 && is_dated())?;
        Some(found[1].to_owned())
    })
}

/// Where that stands.
pub(super) fn author_place(page: &Page<'_>, scope: &[Id]) -> Option<Id> {
    NAMED_AUTHORS.iter().flat_map(|probe| probe.values(page, scope)).next().map(|(id, _)| id)
}

/// The first short text of a comment in which a date stands.
pub(super) fn date(page: &Page<'_>, scope: &[Id]) -> Option<String> {
    scope.iter().take(40).find_map(|&id| {
        // Behind a name in an element of its own, or alone.
        let is_small = || page.end(id) - id <= 8;
        let text = match page.nodes.get(id as usize + 1).map(|node| &node.content) {
            Some(Content::Text(_)) => page.own_text(id),
            Some(Content::Element(_)) if is_small() => page.own_text(id),
            _ => return None,
        };
        let text = unescape(&text).into_owned();
        let is_date = text.len() <= 120 && dates::find(&text).iter().any(|date| !date.is_bare);
        is_date.then_some(text)
    })
}
