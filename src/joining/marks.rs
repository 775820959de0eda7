//! By what a part of a thread is known: id, address, title, and the number of its page.
//!
//! Addresses name a page by a parameter (`page=2`, `start=20`), a part of the path (`/page-2`,
//! `/comment-page-2/`), or the number of the post that it begins with (`topic=12.15`). Titles name
//! it at the end ("Soup – Page 2 of 3"), in the words of many languages.

use std::sync::LazyLock;

use regex::Regex;

use crate::comment::{Discussion, Name};

/// Which page of a thread a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Page {
    /// Its number, or the number of posts before it.
    pub(super) number: u32,
    /// The number counts posts.
    pub(super) is_offset: bool,
}

impl Page {
    /// The first page, in the same way of counting.
    pub(super) const fn first(self) -> Self {
        Self { number: if self.is_offset { 0 } else { 1 }, is_offset: self.is_offset }
    }
}

/// By what a part is known.
#[derive(Debug)]
pub(super) struct Marks {
    id: Option<Name>,
    /// The address without what names the page.
    address: Option<String>,
    /// The title without what names the page, in lower case.
    title: Option<String>,
    pub(super) page: Option<Page>,
}

impl Marks {
    pub(super) fn of(discussion: &Discussion) -> Self {
        let post = &discussion.post;
        let address = post.url.as_deref().and_then(address);
        let title = post.title.as_deref().map(title);
        let page = address.as_ref().and_then(|(_, page)| *page);
        let page = page.or_else(|| title.as_ref().and_then(|(_, page)| *page));
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            id: post.id.clone(),
            address: address.map(|(base, _)| base),
            title: title.and_then(|(base, _)| filled(base)),
            page,
        }
    }

    /// What parts of one thread share. A title alone says it only where one of them is a further
    /// page; [`Marks::agrees`] sees to that.
    pub(super) fn keys(&self) -> Vec<(&'static str, String)> {
        let id = self.id.iter().map(|id| ("id", id.to_string()));
        let address = self.address.iter().map(|address| ("address", address.clone()));
        let title = self.title.iter().map(|title| ("title", title.clone()));
        id.chain(address).chain(title).collect()
    }

    /// Nothing that two parts state contradicts that they are of one thread, and what they share
    /// is enough.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let same = |a: Option<&str>, b: Option<&str>| a.zip(b).map(|(a, b)| a == b);
        let id = same(self.id.as_deref(), other.id.as_deref());
        let address = same(self.address.as_deref(), other.address.as_deref());
        let title = same(self.title.as_deref(), other.title.as_deref());
        if [id, address, title].contains(&Some(false)) {
            return false;
        }
        let is_further = |marks: &Self| marks.page.is_some_and(|page| page > page.first());
        let by_title = title == Some(true) && (is_further(self) || is_further(other));
        id == Some(true) || address == Some(true) || by_title
    }
}

static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ (?: (?P<page> page | paged | cpage | comment_page | comments_page | pg | pagenumber | p_page | seite )
        | (?P<offset> start | st | offset | from ) ) = (?P<number> \d{1,7} ) $",
    )
    .expect("the pattern is fixed")
});

static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?: / (?: comment- | comments- )? page [-/_]? (?P<page> \d{1,5} )
        | / (?: page__st__ | start | st- ) (?P<offset> \d{1,7} ) ) /? $",
    )
    .expect("the pattern is fixed")
});

/// `topic=12.15` and `topic,12.15.html`.
static TOPIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<base>topic[=,]\d+)\.(?P<offset>\d{1,7})(?:\.html)?$")
        .expect("the pattern is fixed")
});

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi) [\s\-–—|·»\(\[:,]+ (?: page | seite | página | pagina | strana | strona | sida | side | sivu
        | oldal | sayfa | страница | стр\. | сторінка | σελίδα | 页 | ページ ) \s* (?P<number> \d{1,5} )
        (?: \s* (?: of | von | de | di | van | sur | av | af | из | / ) \s* \d{1,5} )? [\)\]\s]* $",
    )
    .expect("the pattern is fixed")
});

/// Parameters that say how a page is shown, not which.
const LOOKS: [&str; 12] = [
    "sid",
    "s",
    "sort",
    "order",
    "sk",
    "sd",
    "highlight",
    "hl",
    "view",
    "PHPSESSID",
    "styleid",
    "print",
];

/// An address without the part that names the page, and the page. `None` if nothing is left of it
/// but a site.
fn address(url: &str) -> Option<(String, Option<Page>)> {
    let url = url.split('#').next().unwrap_or_default();
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    let url = url.strip_prefix("www.").unwrap_or(url);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut page = None;
    let mut kept = Vec::new();
    for parameter in query.split(['&', ';']).filter(|parameter| !parameter.is_empty()) {
        let name = parameter.split('=').next().unwrap_or_default();
        if let Some(found) = PARAMETER.captures(parameter) {
            page = page.or_else(|| numbered(&found["number"], found.name("offset").is_some()));
        } else if let Some(found) = TOPIC.captures(parameter) {
            page = page.or_else(|| numbered(&found["offset"], true));
            kept.push(found["base"].to_owned());
        } else if !LOOKS.contains(&name) {
            kept.push(parameter.to_owned());
        }
    }
    let mut path = path.to_owned();
    if let Some(found) = PATH.captures(&path) {
        let named = found.name("page").map(|number| (number, false));
        let (number, is_offset) = named.or_else(|| Some((found.name("offset")?, true)))?;
        page = page.or_else(|| numbered(number.as_str(), is_offset));
        let start = found.get(0)?.start();
        path.truncate(start);
    } else if let Some(found) = TOPIC.captures(&path) {
        page = page.or_else(|| numbered(&found["offset"], true));
        let end = found.name("base")?.end();
        path.truncate(end);
    }
    let path = path.trim_end_matches('/');
    let is_site = kept.is_empty() && !path.contains('/');
    (!is_site).then(|| (format!("{path}?{}", kept.join("&")).to_lowercase(), page))
}

/// A title without the words that name the page, and the page.
fn title(title: &str) -> (String, Option<Page>) {
    let (base, page) = match TITLE.captures(title) {
        Some(found) => {
            let start = found.get(0).map_or(title.len(), |all| all.start());
            (&title[..start], numbered(&found["number"], false))
        }
        None => (title, None),
    };
    let base = base.split_whitespace().collect::<Vec<_>>().join(" ");
    (base.to_lowercase(), page)
}

fn numbered(number: &str, is_offset: bool) -> Option<Page> {
    number.parse().ok().map(|number| Page { number, is_offset })
}

/// The pages that are missing before and between these, in words. Where pages are told by the
/// posts before them, how many a page holds shows in the smallest step.
pub(super) fn absent(pages: &[Page]) -> Vec<String> {
    let Some(first) = pages.first() else { return Vec::new() };
    let (start, step) = if first.is_offset {
        let all: Vec<u32> = std::iter::once(0).chain(pages.iter().map(|p| p.number)).collect();
        let steps = all.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0);
        (0, steps.min().unwrap_or(1))
    } else {
        (1, 1)
    };
    let last = pages.last().map_or(0, |page| page.number);
    let is_there = |number: u32| pages.iter().any(|page| page.number == number);
    let wanted = (start..=last).step_by(step.max(1) as usize);
    wanted
        .filter(|number| !is_there(*number))
        .map(|number| {
            let number = if first.is_offset { number / step.max(1) + 1 } else { number };
            format!("page {number}")
        })
        .take(1000)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, base: &str, number: Option<u32>) {
        let (found, page) = address(url).expect("an address");
        assert_eq!((found.as_str(), page.map(|page| page.number)), (base, number), "{url}");
    }

    #[test]
    fn addresses_name_pages() {
        check(
            "https://a.org/viewtopic.php?f=3&t=12&start=30#p9",
            "a.org/viewtopic.php?f=3&t=12",
            Some(30),
        );
        check(
            "http://www.a.org/viewtopic.php?f=3&t=12&sid=ab",
            "a.org/viewtopic.php?f=3&t=12",
            None,
        );
        check("https://a.org/threads/soup.12/page-2", "a.org/threads/soup.12?", Some(2));
        check("https://a.org/2019/soup/comment-page-3/#comments", "a.org/2019/soup?", Some(3));
        check("https://a.org/2019/soup/?cpage=2", "a.org/2019/soup?", Some(2));
        check("https://a.org/index.php?topic=12.15", "a.org/index.php?topic=12", Some(15));
        check("https://a.org/index.php/topic,12.0.html", "a.org/index.php/topic,12?", Some(0));
        assert_eq!(address("https://a.org/"), None);
    }

    #[test]
    fn titles_name_pages() {
        for (text, number) in [
            ("Soup – Page 2 of 3", 2),
            ("Soup | Seite 3", 3),
            ("Soup (page 12)", 12),
            ("soup - Página 2 de 9", 2),
        ] {
            let (base, page) = title(text);
            assert_eq!((base.as_str(), page.map(|page| page.number)), ("soup", Some(number)));
        }
        assert_eq!(title("A page 7 of the book is torn").1, None);
    }

    #[test]
    fn missing_pages_are_named() {
        let pages = |numbers: &[u32], is_offset| -> Vec<Page> {
            numbers.iter().map(|&number| Page { number, is_offset }).collect()
        };
        assert_eq!(absent(&pages(&[1, 2, 4], false)), ["page 3"]);
        assert_eq!(absent(&pages(&[2], false)), ["page 1"]);
        assert_eq!(absent(&pages(&[0, 20, 60], true)), ["page 3"]);
        assert_eq!(absent(&pages(&[1, 2], false)), [""; 0]);
    }
}
