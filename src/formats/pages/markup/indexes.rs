//! Indexes: lists of threads, of articles, of members, which look like comments.
//!
//! Their entries have names and dates, too, but what they say is a link: the title of something that
//! is read elsewhere, or buttons; or all say the same. People begin a comment with a link now and
//! then; a page on which nearly all do is an index. Links to a place on the page itself (the number
//! of a comment, its date) are not meant.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::page::{Page, collapsed};
use crate::comment::{Comment, Kind};
use crate::text::dates;

/// So many of a hundred entries say nothing of their own where a list is an index.
const NEARLY_ALL: usize = 70;

/// What so many of a hundred entries say alike, is no comment: the words of a menu or a label.
const ALIKE: usize = 80;
/// So many entries tell that they are alike, if they are no longer than so many bytes.
const FEWEST_ALIKE: usize = 5;
const SHORT: usize = 60;
/// So many lines that are links are buttons.
const BUTTONS: usize = 2;

/// The links of a page that lead to others.
#[derive(Debug, Default)]
pub struct Links {
    texts: HashSet<String, FixedState>,
    addresses: HashSet<String, FixedState>,
    /// The paragraphs of the article, where the comments have a section outside of it.
    article: HashSet<String, FixedState>,
}

impl Links {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let elements = || page.elements(page.all()).filter_map(|id| Some((id, page.element(id)?)));
        let places: HashSet<&str, FixedState> =
            elements().filter_map(|(_, element)| element.id.as_deref()).collect();
        let mut links = Self::default();
        for (id, element) in elements() {
            if !element.tag.name.eq_ignore_ascii_case("a") {
                continue;
            }
            let Some(address) = element.tag.attribute("href") else { continue };
            let is_here = address
                .rsplit_once('#')
                .is_some_and(|(page, place)| page.is_empty() || places.contains(place));
            if !is_here {
                // A link around a heading and a summary shows each in a line of its own.
                let parts = page.elements(id..page.end(id));
                links.texts.extend(parts.map(|part| page.text(part)));
                links.addresses.insert(address.trim().to_owned());
            }
        }
        links.article = article(page);
        links
    }

    /// Whether nearly all of these comments are entries of an index.
    #[must_use]
    pub fn make_up(&self, comments: &[Comment]) -> bool {
        let written = || comments.iter().filter(|comment| comment.kind == Kind::Comment);
        let entries = written().filter(|comment| self.is_entry(comment)).count();
        let all = written().count();
        all > 0 && entries * 100 >= all * NEARLY_ALL
            || are_alike(written())
            || all > 0 && written().all(|comment| self.is_of_article(comment))
    }

    /// It begins with a paragraph of the article: a letter that this quotes, say.
    fn is_of_article(&self, comment: &Comment) -> bool {
        let first = comment.text.lines().map(|line| line.trim_start_matches(['>', ' ']));
        !self.article.is_empty()
            && first
                .map(collapsed)
                .find(|l| !l.is_empty())
                .is_some_and(|l| self.article.contains(&l))
    }

    /// A comment without a text, one that begins with a line that is all link, or has buttons. Its
    /// author's name may lead to a profile.
    fn is_entry(&self, comment: &Comment) -> bool {
        let is_name = |line: &str| comment.author.as_deref() == Some(line);
        let mut lines =
            comment.text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_name(line));
        let Some(first) = lines.next() else { return true };
        self.is_link(first) || lines.filter(|line| self.is_link(line)).nth(BUTTONS - 1).is_some()
    }

    fn is_link(&self, line: &str) -> bool {
        let is_mark = |c: char| c.is_ascii_digit() || matches!(c, '-' | '•' | '*' | '.' | ' ');
        let line = line.trim().trim_start_matches(is_mark);
        let text = match line.rsplit_once(' ') {
            Some((text, address)) if self.is_address(address) => text,
            _ => line,
        };
        self.is_address(text) || self.texts.contains(&collapsed(text))
    }

    fn is_address(&self, text: &str) -> bool {
        self.addresses.contains(text)
    }
}

/// What the texts of articles and the sections of comments are called everywhere.
const ARTICLES: &[&str] = &["entry-content", "post-content", "article-content", "article-body"];
const SECTIONS: &[&str] = &["comments", "comments-area", "comments-section", "disqus_thread"];

/// The paragraphs of the only article, if a section for comments stands outside of it.
fn article(page: &Page<'_>) -> HashSet<String, FixedState> {
    let called = |names: &'static [&'static str]| {
        page.elements(page.all()).filter(move |id| {
            page.element(*id).is_some_and(|element| {
                let is_id = element.id.as_deref().is_some_and(|id| names.contains(&id));
                is_id || names.iter().any(|name| element.has_class(name))
            })
        })
    };
    let mut articles = called(ARTICLES);
    let (Some(article), None) = (articles.next(), articles.next()) else {
        return HashSet::default();
    };
    let is_apart = |id: u32| id >= page.end(article) || page.end(id) <= article;
    let mut sections = called(SECTIONS).peekable();
    if sections.peek().is_none() || !sections.all(is_apart) {
        return HashSet::default();
    }
    let is_paragraph = |id: &u32| {
        page.element(*id).is_some_and(|element| element.tag.name.eq_ignore_ascii_case("p"))
    };
    let paragraphs = page.elements(article..page.end(article)).filter(is_paragraph);
    paragraphs.map(|id| page.text(id)).filter(|text| !text.is_empty()).collect()
}

/// Whether nearly all say the same, numbers and dates aside: `Last post by`, and when.
fn are_alike<'c>(comments: impl Iterator<Item = &'c Comment>) -> bool {
    let mut counts: HashMap<String, usize, FixedState> = HashMap::default();
    let mut all = 0;
    for comment in comments {
        all += 1;
        if comment.text.len() <= 2 * SHORT {
            let said = without_dates(&comment.text);
            let words = said.chars().filter(|c| !c.is_numeric() && !c.is_whitespace());
            if said.len() <= SHORT {
                *counts.entry(words.collect()).or_default() += 1;
            }
        }
    }
    let most = counts.into_values().max().unwrap_or(0);
    all >= FEWEST_ALIKE && most * 100 >= all * ALIKE
}

fn without_dates(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for date in dates::find(text).iter().filter(|date| !date.is_bare) {
        rest.push_str(text.get(from..date.span.start).unwrap_or_default());
        from = from.max(date.span.end);
    }
    rest + &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comment::Name;

    #[test]
    fn the_link_of_a_name_is_no_title() {
        let page = Page::parse("<a href=/u/1>Ann</a> <a href=/t/2>The ferry</a>");
        let links = Links::of(&page);
        let comment = |author: &str, text: &str| Comment {
            author: Some(Name::from(author)),
            text: text.to_owned(),
            ..Comment::default()
        };
        assert!(!links.make_up(&[comment("Ann", "Ann\nIt came late.")]));
        assert!(links.make_up(&[comment("Bob", "Ann\nIt came late.")]));
        assert!(links.make_up(&[comment("Ann", "The ferry\nIt came late.")]));
    }
}
