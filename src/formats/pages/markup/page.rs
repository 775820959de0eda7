//! A saved page as a tree in arrays: elements and text in document order.
//!
//! Each node is followed at once by its whole subtree, so a subtree is a range of numbers and
//! nothing recurses. The tree follows the HTML standard where comment pages depend on it: void
//! elements, end tags that are implied (`p`, `li`, `dd`, `tr`, `td`, `option`), end tags that may
//! not reach through a table cell, inline end tags that may not close a block. It differs where
//! browsers repair for display: misplaced text stays where it stands instead of moving in front
//! of a table, and formatting is not reopened. In return the time is linear in the size of the
//! page, and nesting is bounded: elements beyond [`MAX_DEPTH`] are kept as siblings and counted.

use std::borrow::Cow;

use super::building::is_inline;
use crate::text::html::{Tag, unescape};

/// The deepest nesting that is kept. Browsers stop at 512; the deepest real threads need 200.
pub(super) const MAX_DEPTH: usize = 1_000;

/// One node, by its number in document order.
pub(super) type Id = u32;

/// The parent of the outermost nodes.
pub(super) const NOBODY: Id = Id::MAX;

/// A page.
#[derive(Debug)]
pub(super) struct Page<'s> {
    pub(super) source: &'s str,
    pub(super) nodes: Vec<Node<'s>>,
    /// Elements that were nested too deeply and stand as siblings.
    pub(super) flattened: usize,
}

/// One node.
#[derive(Debug)]
pub(super) struct Node<'s> {
    pub(super) content: Content<'s>,
    pub(super) parent: Id,
    /// One beyond the last node of its subtree.
    pub(super) end: Id,
    /// Where it begins in the source, in bytes.
    pub(super) offset: usize,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content<'s> {
    Element(Element<'s>),
    /// Text with its entities encoded.
    Text(&'s str),
    /// The content of a script or style.
    Raw(&'s str),
}

/// An element: its tag, and the attributes that selectors ask for most.
#[derive(Debug)]
pub(super) struct Element<'s> {
    pub(super) tag: Tag<'s>,
    pub(super) id: Option<Cow<'s, str>>,
    pub(super) class: Cow<'s, str>,
}

impl Element<'_> {
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.class.len() >= class.len()
            && self.class.split_ascii_whitespace().any(|c| c.eq_ignore_ascii_case(class))
    }
}

impl<'s> Page<'s> {
    /// Reads a page. Never fails: whatever the bytes, they are some tree.
    pub(super) fn parse(source: &'s str) -> Self {
        super::building::build(source)
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element<'s>> {
        match &self.nodes.get(id as usize)?.content {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(super) fn end(&self, id: Id) -> Id {
        self.nodes[id as usize].end
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        Some(self.nodes[id as usize].parent).filter(|parent| *parent != NOBODY)
    }

    /// The elements within a range of nodes, in document order.
    pub(super) fn elements(&self, range: std::ops::Range<Id>) -> impl Iterator<Item = Id> + '_ {
        range.filter(|id| matches!(self.nodes[*id as usize].content, Content::Element(_)))
    }

    /// All elements.
    pub(super) fn all(&self) -> std::ops::Range<Id> {
        0..self.nodes.len() as Id
    }

    /// The element that stands before another under the same parent.
    pub(super) fn previous_element(&self, id: Id) -> Option<Id> {
        let mut at = self.parent(id).map_or(0, |parent| parent + 1);
        let mut previous = None;
        while at < id {
            if self.element(at).is_some() {
                previous = Some(at);
            }
            at = self.end(at);
        }
        previous
    }

    /// Everything that a subtree says, white space collapsed.
    pub(super) fn text(&self, id: Id) -> String {
        self.text_of(id..self.end(id))
    }

    /// Everything that a range of nodes says, white space collapsed.
    pub(super) fn text_of(&self, range: std::ops::Range<Id>) -> String {
        let mut text = String::new();
        for id in range {
            let node = &self.nodes[id as usize];
            match &node.content {
                Content::Text(part) => text.push_str(&unescape(part)),
                Content::Element(e) if !is_inline(e.tag.name) => text.push(' '),
                _ => {}
            }
        }
        collapsed(&text)
    }

    /// What an element says itself, without its children.
    pub(super) fn own_text(&self, id: Id) -> String {
        let mut text = String::new();
        let (mut at, end) = (id + 1, self.end(id));
        while at < end {
            match &self.nodes[at as usize].content {
                Content::Text(part) => text.push_str(&unescape(part)),
                _ => text.push(' '),
            }
            at = self.end(at);
        }
        collapsed(&text)
    }
}

/// White space collapsed to single spaces, none at the ends.
pub(super) fn collapsed(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{a0}').filter(|w| !w.is_empty()) {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(word.chars().filter(|c| !c.is_control() && !is_invisible(*c)));
    }
    clean
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}' | '\u{feff}' | '\u{2060}')
}
