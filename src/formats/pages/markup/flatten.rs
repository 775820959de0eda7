//! Parts of a page as plain text.

use std::ops::Range;

use super::page::{Content, Id, Page};
use crate::text::html::unescape;
use crate::text::markup::flow::Flow;

/// What an element is for the text that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Part of the text, by its tag.
    Plain,
    /// What holds the text, whatever its tag: some forums use `blockquote`.
    Whole,
    /// A quotation.
    Quote,
    /// No part of the text.
    Left,
}

/// The plain text of some ranges of a page, in order; each range begins a paragraph.
pub(super) fn flatten(
    page: &Page<'_>,
    ranges: impl IntoIterator<Item = Range<Id>>,
    mut flow: Flow,
    part: impl Fn(Id) -> Part,
) -> String {
    // The elements that are open: where they end, and whether as a quotation.
    let mut open: Vec<(Id, Id, bool)> = Vec::new();
    for range in ranges {
        flow.paragraph();
        let mut at = range.start;
        while at < range.end {
            close_until(page, &mut flow, &mut open, at);
            match &page.nodes[at as usize].content {
                Content::Text(text) => flow.text(&unescape(text)),
                Content::Raw(_) => {}
                Content::Element(element) => {
                    let kind = part(at);
                    if kind == Part::Left {
                        at = page.end(at);
                        continue;
                    }
                    if kind == Part::Whole {
                        at += 1;
                        continue;
                    }
                    let is_quote = kind == Part::Quote;
                    if is_quote {
                        flow.open_quote();
                    } else {
                        flow.open(element.tag.name, |name| element.tag.attribute(name));
                    }
                    open.push((page.end(at), at, is_quote));
                }
            }
            at += 1;
        }
        close_until(page, &mut flow, &mut open, Id::MAX);
        flow.paragraph();
    }
    flow.finish()
}

/// Closes the elements that end before a node.
fn close_until(page: &Page<'_>, flow: &mut Flow, open: &mut Vec<(Id, Id, bool)>, at: Id) {
    while let Some(&(end, id, is_quote)) = open.last()
        && end <= at
    {
        open.pop();
        if is_quote {
            flow.close_quote();
        } else if let Some(element) = page.element(id) {
            flow.close(element.tag.name);
        }
    }
}

/// The whole page as a person would copy it: no-break spaces are kept, because headers are known
/// by them.
pub(super) fn page_text(page: &Page<'_>) -> String {
    let is_left =
        |id: Id| page.element(id).is_some_and(|e| e.tag.name.eq_ignore_ascii_case("title"));
    let part = |id| if is_left(id) { Part::Left } else { Part::Plain };
    flatten(page, std::iter::once(page.all()), Flow::for_pages(), part)
}
