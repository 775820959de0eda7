//! The shapes that the comments of an unknown page may have: what repeats in it, by its name, the
//! section that it stands in, or a number of its own where the page asks its readers to answer.

use std::collections::BTreeMap;

use super::page::{Element, Id, Page};
use super::rules::Markup;
use super::structure::OWN;
use super::usual::{AUTHORS, BODIES, DATES};
use crate::text::dates;

/// How sure it is that a shape is that of comments, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Microdata say so.
    Stated,
    /// Its name does.
    Sure,
    /// The name of the section does in which it stands.
    Within,
    /// Its name may be that of anything that is listed.
    Weak,
    /// It has a number of its own, on a page that asks for answers.
    Numbered,
}

impl Likeness {
    /// How often a shape must repeat.
    pub(super) fn least(self) -> usize {
        match self {
            Self::Stated => 1,
            Self::Sure => 2,
            Self::Within | Self::Weak | Self::Numbered => 3,
        }
    }
}

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

/// The shapes worth trying.
pub(super) fn shapes(page: &Page<'_>) -> Vec<(Markup, Likeness)> {
    let mut counts: BTreeMap<(Likeness, String), usize> = BTreeMap::new();
    let mut section_end = 0;
    let asks = asks_for_answers(page);
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
        if let Some((likeness, selector)) = terms(element, is_within) {
            *counts.entry((likeness, selector)).or_default() += terms_in(page, id);
        }
        for class in element.class.split_ascii_whitespace().filter(is_plain) {
            let likeness = if speaks(class, SURE) {
                Likeness::Sure
            } else if is_entry {
                Likeness::Within
            } else if speaks(class, WEAK) && !speaks(class, REPORTS) {
                Likeness::Weak
            } else if asks && is_numbered(element) && !speaks(class, REPORTS) && is_dated(page, id)
            {
                Likeness::Numbered
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
    ["li", "article"].iter().any(is) || is_numbered(element)
}

fn is_numbered(element: &Element<'_>) -> bool {
    let is_number = |name: &&str| {
        let value = element.tag.attribute(name);
        value.is_some_and(|v| !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit()))
    };
    element.id.as_deref().and_then(numbered).is_some() || OWN.iter().any(is_number)
}

/// The terms of a list of definitions, each a name and a date, what follows the words.
fn terms(list: &Element<'_>, is_within: bool) -> Option<(Likeness, String)> {
    if !list.tag.name.eq_ignore_ascii_case("dl") {
        return None;
    }
    let likeness = |name: &str| {
        let is_known = !speaks(name, ELSEWHERE) && !speaks(name, REPORTS);
        if !is_known {
            None
        } else if speaks(name, SURE) {
            Some(Likeness::Sure)
        } else if is_within {
            Some(Likeness::Within)
        } else {
            speaks(name, WEAK).then_some(Likeness::Weak)
        }
    };
    let mut classes = list.class.split_ascii_whitespace().filter(is_plain);
    classes.find_map(|class| Some((likeness(class)?, format!("dl.{class} > dt"))))
}

fn terms_in(page: &Page<'_>, list: Id) -> usize {
    let is_term = |id: &Id| {
        let is_own = page.parent(*id) == Some(list);
        is_own && page.element(*id).is_some_and(|e| e.tag.name.eq_ignore_ascii_case("dt"))
    };
    page.elements(list..page.end(list)).filter(is_term).count()
}

/// A date stands in it, and words beside. A whole section is no entry.
fn is_dated(page: &Page<'_>, id: Id) -> bool {
    if page.end(id) - id > LARGEST {
        return false;
    }
    let text = page.text(id);
    text.len() >= 20 && dates::find(&text).iter().any(|date| !date.is_bare)
}

/// Of so many nodes is an entry that has nothing but a number.
const LARGEST: Id = 400;

/// The page has a field for more than one line, or a few buttons to reply with.
fn asks_for_answers(page: &Page<'_>) -> bool {
    let is = |element: &Element<'_>, tags: &[&str]| {
        tags.iter().any(|tag| element.tag.name.eq_ignore_ascii_case(tag))
    };
    let is_for_words = |element: &Element<'_>| {
        // The robots' test brings a field of its own.
        let names = ["name", "id", "class"].map(|name| element.tag.attribute(name));
        !names.iter().flatten().any(|name| speaks(name, &["captcha"]))
    };
    let replies = |id: Id| {
        if page.end(id) - id > 6 {
            return false;
        }
        let text = page.text(id).to_lowercase();
        let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
        text.chars().count() <= 20 && first.is_some_and(|word| REPLY.contains(&word))
    };
    let mut buttons = 0;
    page.elements(page.all()).any(|id| {
        let Some(element) = page.element(id) else { return false };
        if is(element, &["textarea"]) {
            return is_for_words(element);
        }
        buttons += usize::from(is(element, &["a", "button"]) && replies(id));
        buttons >= Likeness::Numbered.least()
    })
}

/// The first words of buttons with which a comment is answered.
const REPLY: &[&str] = &[
    "reply",
    "respond",
    "antworten",
    "antwort",
    "répondre",
    "responder",
    "rispondi",
    "reageer",
    "beantwoorden",
    "odpowiedz",
    "reagovat",
    "odpovědět",
    "odpovedať",
    "válasz",
    "svara",
    "svar",
    "besvar",
    "vastaa",
    "răspunde",
    "odgovori",
    "ответить",
    "відповісти",
    "отговор",
    "απάντηση",
    "yanıtla",
    "cevapla",
    "رد",
    "הגב",
    "پاسخ",
    "回复",
    "回覆",
    "返信",
    "답글",
];

/// One of some parts stands in a class or an id.
pub(super) fn speaks(name: &str, parts: &[&str]) -> bool {
    let lower = name.to_ascii_lowercase();
    parts.iter().any(|part| lower.contains(part))
}

/// A class or an id that can stand in a selector.
pub(super) fn is_plain(class: &&str) -> bool {
    class.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// What stands before the number of an id: `comment-` of `comment-12`.
fn numbered(id: &str) -> Option<&str> {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.len() < id.len() && is_plain(&stem)).then_some(stem)
}

/// How many shapes are tried.
const MOST_SHAPES: usize = 24;

fn markup(comment: &str) -> Markup {
    let list = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    // The words follow the term.
    let is_term = comment.ends_with("> dt");
    let bodies = if is_term { &["dd", "*"][..] } else { BODIES };
    Markup {
        comment: comment.to_owned(),
        siblings: is_term,
        id: vec![
            "@id ~ (\\d+)$".to_owned(),
            "@data-id".to_owned(),
            "@data-comment-id".to_owned(),
            "~ ^#?(\\d+) ?[:：.]".to_owned(),
            "a @href ~ #.*?(\\d+)$".to_owned(),
        ],
        author: list(AUTHORS),
        date: list(DATES),
        body: list(bodies),
        remove: list(&["form", "button", "[class*=reply-link]", "[class*=actions]"]),
        ..Markup::default()
    }
}
