//! Comments to threads: who answers whom, on what evidence, how sure.
//!
//! The strongest statement decides: an id, then nesting, then indentation ([`stated`]). Where a
//! page prints only the *name* of the one answered, or nothing but "a reply", the parent is looked
//! for among the comments that are still open ([`branches`]), by interpretable features
//! ([`features`], [`weights`]), for the page as a whole ([`decoding`]), in the order that its
//! siblings are found to stand in ([`order`]), which the pages of a place share ([`habits`]). Where a
//! page states nothing at all, times tell replies ([`by_times`]), and what comments say themselves
//! counts ([`silent`]). docs/linking.md states the method and how well it does.
//!
//! No comment is ever dropped: an absent parent gets a placeholder, a circle is cut at its latest
//! link ([`repairs`]), and each repair is a diagnostic.

mod arrangement;
mod branches;
mod by_times;
mod candidates;
mod contradictions;
mod decoding;
pub mod evaluation;
pub mod explanation;
mod features;
pub mod fitting;
mod flat;
mod flat_features;
pub mod habits;
mod hiding;
mod lattice;
mod look;
mod moments;
mod names;
mod order;
mod page;
mod ranking;
mod relations;
mod repairs;
mod replies;
mod sequences;
mod silent;
mod spoken;
mod stated;
mod subjects;
mod texts;
mod weights;

use page::Page;

use crate::comment::{Discussion, Layout, Name};
use crate::diagnostic::Diagnostic;
use crate::thread::{Evidence, Link, Linked, Thread};
use habits::Orders;
use look::Look;

/// Where replies go to a comment that is named but absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Absent {
    /// To a placeholder, which answers the post: the replies keep together.
    #[default]
    Placeholder,
    /// To the post itself, as if they answered it.
    Post,
}

/// Finds the parent of every comment and puts the tree together; a placeholder stands for a parent
/// that is absent.
///
/// Time is linear in the comments; where all parents are stated, one pass.
pub fn link(id: Name, discussion: Discussion, diagnostics: &mut Vec<Diagnostic>) -> Thread {
    link_with(id, discussion, Given::default(), diagnostics)
}

/// What is given to [`link_with`] beside the comments.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given {
    /// What becomes of replies to absent comments.
    pub absent: Absent,
    /// The orders of siblings, where pages that are read together tell them ([`habits`]). Default:
    /// `None`, each page tells its own.
    pub orders: Option<Orders>,
}

/// As [`link`], with more that is known or wanted.
pub fn link_with(
    id: Name,
    mut discussion: Discussion,
    Given { absent, orders: known }: Given,
    diagnostics: &mut Vec<Diagnostic>,
) -> Thread {
    let look = Look::at(&discussion.comments);
    if look.ranks.is_none() {
        repairs::make_ids_unique(&mut discussion, diagnostics);
    }
    let has_hints = look.has_hints;
    let is_silent = look.is_silent(discussion.layout);
    let mut tree = stated::read(&discussion, look, absent, diagnostics);
    if is_silent {
        by_times::open_replies(&discussion, &mut tree);
    }
    let is_named = |link: &Link| link.evidence == Evidence::Named;
    if !tree.open.is_empty() || (has_hints && tree.links.iter().any(is_named)) {
        let mut page = Page::new(&discussion.comments);
        silent::hear(&mut page, &tree);
        replies::find(&discussion, &page, &mut tree, known, diagnostics);
        contradictions::report_named(&discussion, &page, &tree, diagnostics);
    }
    if is_silent {
        silent::find(&discussion, &mut tree);
    }
    tree.add_placeholders(&mut discussion);
    repairs::cut_circles(&discussion, &mut tree, diagnostics);
    if has_hints {
        contradictions::report(&discussion, &tree, diagnostics);
    }
    let orders = order::of_siblings(&discussion, &tree, known);
    let sibling_keys = match discussion.layout {
        Layout::Loose => order::by_time(&discussion.comments),
        Layout::Preorder | Layout::Flat => Vec::new(),
    };
    let (parents, links, read_in) = (tree.parents, tree.links, tree.order);
    Thread::assemble(id, Linked { discussion, parents, links, sibling_keys, orders, read_in })
}
