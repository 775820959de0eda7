//! Replies that an unknown page calls otherwise than the comments they answer: `.review` and in it
//! `.answer`. What is called so joins the shape where it makes two whole comments of one.

use std::collections::BTreeMap;

use super::page::{Content, Id, Page};
use super::reader::{self, Found};
use super::rules::{Compiled, Markup};
use super::shapes::{Likeness, is_plain, speaks};
use crate::formats::ReadOptions;
use crate::text::dates;
use crate::text::html::unescape;

/// So many names are tried.
const MOST: usize = 16;
/// Parts of the names of what has an author and a date, too, and is no comment: quotations, marks
/// that a text was changed, what is shown from elsewhere.
const OTHERS: &[&str] = &["quot", "cita", "zitat", "edited", "embed", "signature"];

/// The shape with the replies that stand in its comments or beside them, where there are any.
pub(super) fn with_replies(
    source: &str,
    page: &Page<'_>,
    shapes: &[(Markup, Likeness)],
    (mut markup, mut found): (Markup, Found),
    options: &ReadOptions,
) -> (Markup, Found) {
    let alone = markup.comment.clone();
    let known = found.roots.clone();
    let least = found.completeness.min(0.95);
    for name in names(page, shapes, &known, &alone) {
        let comment = format!("{alone}, {name}");
        let more = Markup { comment, compiled: Compiled::default(), ..markup.clone() };
        let Some(read) =
            more.rules().ok().and_then(|rules| reader::read(source, page, &more, &rules, options))
        else {
            continue;
        };
        if read.roots.len() > found.roots.len()
            && read.completeness >= least
            && are_whole(&read, &known)
        {
            (markup, found) = (more, read);
        }
    }
    (markup, found)
}

/// Those that joined have names and dates and say something.
fn are_whole(read: &Found, known: &[Id]) -> bool {
    let comments = read.discussion.comments.iter().zip(&read.roots);
    let joined =
        comments.filter(|(_, root)| known.binary_search(root).is_err()).map(|(comment, _)| comment);
    let whole = |c: &&crate::comment::Comment| {
        c.author.is_some() && c.created.is_some() && !c.text.is_empty()
    };
    let (mut all, mut good) = (0, 0);
    for comment in joined {
        all += 1;
        good += usize::from(whole(&comment));
    }
    all > 0 && good * 10 >= all * 9
}

/// What replies may be called, as selectors, the outermost of each kind first.
fn names(page: &Page<'_>, shapes: &[(Markup, Likeness)], roots: &[Id], alone: &str) -> Vec<String> {
    let dated = dated(page, roots);
    let dates_in = |id: Id| dated[page.end(id) as usize] - dated[id as usize];
    let is_root = |id: &Id| roots.binary_search(id).is_ok();
    let mut places: BTreeMap<String, (Id, usize, usize)> = BTreeMap::new();
    let mut end = 0;
    for &root in roots {
        // A comment with a single date is but one, and what stands in another was looked at.
        if dates_in(root) < 2 || root < end {
            continue;
        }
        end = page.end(root);
        for id in page.elements(root + 1..end).filter(|id| !is_root(id)) {
            let Some(element) = page.element(id) else { continue };
            for class in element.class.split_ascii_whitespace().filter(is_plain) {
                let name = format!("{}.{class}", element.tag.name.to_ascii_lowercase());
                let (_, all, good) = places.entry(name).or_insert((id, 0, 0));
                *all += 1;
                *good += usize::from(dates_in(id) > 0);
            }
        }
    }
    let mut inside: Vec<_> = places.into_iter().filter(|(_, (_, all, good))| all == good).collect();
    inside.sort_by_key(|(_, (first, ..))| *first);
    let inside = inside.into_iter().map(|(name, _)| name);
    let beside = shapes.iter().skip(1).filter(|(_, likeness)| *likeness <= Likeness::Within);
    let beside = beside.map(|(markup, _)| &markup.comment);
    let beside = beside.filter(|name| *name != alone && !speaks(name, OTHERS));
    let mut names: Vec<String> = inside.take(MOST).collect();
    for name in beside.take(MOST) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// By node, in how many texts before it a date stands, and one more number for the end. What others
/// said is left out; what comments stand in is no quotation, whatever it is called.
fn dated(page: &Page<'_>, roots: &[Id]) -> Vec<u32> {
    let mut counts = Vec::with_capacity(page.nodes.len() + 1);
    let mut count = 0;
    let mut quoted = 0;
    let holds_root = |id: Id, end: Id| {
        roots.get(roots.partition_point(|root| *root < id)).is_some_and(|root| *root < end)
    };
    for (id, node) in (0..).zip(&page.nodes) {
        counts.push(count);
        match &node.content {
            Content::Element(element) if id >= quoted => {
                let is_called = element.tag.name.eq_ignore_ascii_case("blockquote")
                    || speaks(&element.class, OTHERS);
                let is_quote = is_called && !holds_root(id, node.end);
                quoted = if is_quote { node.end } else { quoted };
            }
            Content::Text(text) if id >= quoted => {
                let text = unescape(text);
                count += u32::from(dates::find(&text).iter().any(|date| !date.is_bare));
            }
            _ => {}
        }
    }
    counts.push(count);
    counts
}
