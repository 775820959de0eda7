//! Saved pages: elements chosen by selectors become comments.
//!
//! A profile's [`Markup`] says where everything stands: the comments, and in each the id, the
//! parent, the name, the date, the text. The page is read once into a tree ([`page`]); each
//! profile whose marks occur in the source is tried, and what it finds is weighed: a comment
//! counts for as much as is known of it. Nothing is taken from how a page looks.

mod building;
mod flatten;
pub mod graft;
mod indexes;
pub mod infer;
mod kin;
mod names;
mod page;
mod places;
mod post;
mod probe;
mod reader;
mod rules;
mod scope;
mod select;
mod shapes;
mod structure;
mod tight;
mod times;
mod usual;
mod years;

use super::Reading;
use super::profile::Profile;
use crate::comment::{Comment, Discussion, Kind};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::{Error, Result};
use crate::formats::ReadOptions;

pub use indexes::Links;
pub use rules::{Markup, PostMarkup};

use page::Page;

/// A saved page, and what the profiles made of it.
#[derive(Debug)]
pub struct Readings {
    /// What each profile that found comments made of the page, the best first.
    pub comments: Vec<Reading>,
    /// The post alone; filled only if no profile finds comments.
    pub article: Discussion,
    /// The page as text, for the grammars of text; filled only if no profile finds comments.
    pub text: String,
    /// The links by which the page's comments, however found, are told from an index.
    pub links: Links,
}

/// A reading that explains less of its comments is no reading of comments.
pub const LEAST_SCORE: f32 = 0.4;

/// A document is HTML rather than text: it begins with markup, or says early on that it is HTML.
#[must_use]
pub fn is_html(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect::<String>().to_ascii_lowercase();
    let has = |tags: &[&str]| tags.iter().any(|tag| head.contains(tag));
    let begins = head.trim_start().starts_with('<');
    let is_xml = head.trim_start().starts_with("<?xml") && !head.contains("<html");
    let blocks = ["<html", "<head", "<body", "<div", "<article", "<section", "<li", "<ul", "<p"];
    (begins && !is_xml && (has(&["<!doctype html"]) || has(&blocks)))
        || (has(&["<!doctype html", "<html"]) && text.contains("</") && has(&["<head", "<body"]))
}

/// Reads a saved page with every profile that has rules for it.
///
/// Errors: the rules of a profile cannot be read.
pub fn read(
    source: &str,
    html: &str,
    profiles: &[Profile],
    options: &ReadOptions,
) -> Result<Readings> {
    let page = Page::parse(html);
    let links = Links::of(&page);
    let mut comments = Vec::new();
    for profile in profiles {
        let name = &profile.name;
        // A platform changed its markup over the years: the best of its generations counts.
        let mut best: Option<Reading> = None;
        for markup in &profile.markup {
            if !markup.marks.is_empty() && !markup.marks.iter().any(|mark| contains(html, mark)) {
                continue;
            }
            let rules = markup
                .rules()
                .map_err(|reason| Error::usage(format!("the profile {name}, markup: {reason}")))?;
            let Some(found) = reader::read(source, &page, markup, &rules, options) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| found.weight > best.weight)
                && !links.make_up(&found.discussion.comments)
            {
                best = Some(weighed(source, name, &page, &rules, found, options));
            }
        }
        comments.extend(best);
    }
    comments.sort_by(|a: &Reading, b| b.weight.total_cmp(&a.weight));
    if comments.first().is_some_and(|best| best.score >= LEAST_SCORE) {
        return Ok(Readings {
            comments,
            article: Discussion::default(),
            text: String::new(),
            links,
        });
    }
    let mut article = Discussion { source: source.to_owned(), ..Discussion::default() };
    post::complete(&mut article.post, &page, &[], None, options);
    Ok(Readings { comments, article, text: flatten::page_text(&page), links })
}

fn contains(html: &str, mark: &str) -> bool {
    memchr::memmem::find(html.as_bytes(), mark.as_bytes()).is_some()
}

fn weighed(
    source: &str,
    name: &str,
    page: &Page<'_>,
    rules: &rules::Rules,
    found: reader::Found,
    options: &ReadOptions,
) -> Reading {
    let reader::Found { mut discussion, mut diagnostics, roots, completeness, weight } = found;
    name.clone_into(&mut discussion.format);
    post::complete(&mut discussion.post, page, &roots, Some(&rules.post), options);
    if page.flattened > 0 {
        let message = format!(
            "{} elements are nested more than {} deep; they were read as siblings",
            page.flattened,
            page::MAX_DEPTH
        );
        diagnostics.push(Diagnostic::new(source, Oddity::Hostile, message));
    }
    if let Some(declared) = discussion.declared
        && !counts(&discussion).contains(&(declared as usize))
    {
        let found = discussion.comments.len();
        let message = format!("the page declares {declared} comments, {found} were found");
        diagnostics.push(Diagnostic::new(source, Oddity::CountDiffers, message));
    }
    let notes = vec!["saved page (HTML)".to_owned()];
    Reading {
        profile: name.to_owned(),
        score: completeness,
        weight,
        discussion,
        diagnostics,
        notes,
        inferred: None,
    }
}

/// The numbers that a page may declare: of all entries, and without pingbacks.
fn counts(discussion: &Discussion) -> [usize; 2] {
    let is_pingback = |c: &&Comment| c.kind == Kind::Pingback;
    let all = discussion.comments.len();
    [all, all - discussion.comments.iter().filter(is_pingback).count()]
}
