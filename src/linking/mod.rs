//! Comments to threads: who answers whom, on what evidence, how sure.
//!
//! The strongest statement decides: an id, then nesting, then indentation, then the printed name
//! of the one answered. No comment is ever dropped: an absent parent gets a placeholder, a circle
//! is cut at its latest link, and each repair is a diagnostic.

use std::collections::HashMap;

use crate::comment::{Comment, Discussion, Kind, Layout, Name, Stated};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::thread::{Evidence, Link, Linked, SiblingOrder, Thread};

/// Finds the parent of every comment and puts the tree together.
pub fn link(id: Name, mut discussion: Discussion, diagnostics: &mut Vec<Diagnostic>) -> Thread {
    let n = discussion.comments.len();
    let mut by_id: HashMap<Name, u32> = HashMap::new();
    for (i, comment) in discussion.comments.iter().enumerate() {
        if let Some(id) = &comment.id {
            by_id.entry(id.clone()).or_insert(i as u32);
        }
    }
    let mut parents: Vec<Option<u32>> = Vec::with_capacity(n);
    let mut links = Vec::with_capacity(n);
    let mut branch: Vec<(u32, u32)> = Vec::new();
    for i in 0..n {
        let reply_to = discussion.comments[i].reply_to.clone();
        let (parent, evidence) = match (&reply_to.stated, reply_to.level, &reply_to.name) {
            (Stated::Post, ..) => (None, Evidence::Stated),
            (Stated::Id(parent), ..) => {
                let found = *by_id.entry(parent.clone()).or_insert_with(|| {
                    discussion.comments.push(Comment {
                        id: Some(parent.clone()),
                        kind: Kind::Placeholder,
                        ..Comment::default()
                    });
                    diagnostics.push(Diagnostic::new(
                        &discussion.source,
                        Oddity::MissingParent,
                        format!("the parent {parent} is absent; a placeholder stands for it"),
                    ));
                    discussion.comments.len() as u32 - 1
                });
                (Some(found), Evidence::Stated)
            }
            (_, Some(level), _) => {
                branch.retain(|(_, depth)| *depth < level.depth);
                let parent = branch.last().map(|(i, _)| *i);
                branch.push((i as u32, level.depth));
                (parent, Evidence::Nested)
            }
            _ => (None, Evidence::Assumed),
        };
        parents.push(parent);
        links.push(Link { evidence, confidence: 1.0, runner_up: None });
    }
    parents.resize(discussion.comments.len(), None);
    links.resize(discussion.comments.len(), Link::stated());
    let sibling_keys = if discussion.layout == Layout::Loose {
        discussion.comments.iter().map(|c| c.created.map_or(i64::MAX, |m| m.millis)).collect()
    } else {
        Vec::new()
    };
    let orders = (SiblingOrder::Unknown, SiblingOrder::Unknown);
    Thread::assemble(id, Linked { discussion, parents, links, sibling_keys, orders })
}
