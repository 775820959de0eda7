//! Repairs: what the source states but no tree can hold.
//!
//! Two comments with one id, and comments that answer each other in a circle. Absent parents and
//! comments that answer themselves are repaired where ids are looked up (see [`super::stated`]).

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::stated::{Tree, assumed};
use crate::comment::{Discussion, Name};
use crate::diagnostic::{Diagnostic, Oddity};

/// Renames the later of two comments that state the same id: `7` becomes `7_2`.
///
/// Replies that name the id answer the earlier one.
pub(super) fn make_ids_unique(discussion: &mut Discussion, diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: HashSet<&str, FixedState> =
        HashSet::with_capacity_and_hasher(discussion.comments.len(), FixedState::default());
    let mut doubles = Vec::new();
    for (i, comment) in discussion.comments.iter().enumerate() {
        if let Some(id) = &comment.id
            && !taken.insert(id)
        {
            doubles.push(i);
        }
    }
    if doubles.is_empty() {
        return;
    }
    let mut taken: HashSet<Name, FixedState> = taken.into_iter().map(Name::from).collect();
    for i in doubles {
        let source = discussion.source_of(i).to_owned();
        let comment = &mut discussion.comments[i];
        let Some(id) = comment.id.take() else { continue };
        let mut number = 2_u32;
        let new = loop {
            let new = Name::from(format!("{id}_{number}"));
            if taken.insert(new.clone()) {
                break new;
            }
            number += 1;
        };
        let message = format!("the id {id} was stated before; this comment is now {new}");
        diagnostics.push(
            Diagnostic::new(source, Oddity::DuplicateId, message)
                .at(comment.line)
                .excerpt(&comment.text),
        );
        comment.id = Some(new);
    }
}

/// Cuts every circle at its latest link: the newest comment of it (without times, the last one)
/// is hung from the post.
pub(super) fn cut_circles(
    discussion: &Discussion,
    tree: &mut Tree,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_above = |(i, parent): (usize, &Option<u32>)| parent.is_none_or(|p| (p as usize) < i);
    if tree.parents.iter().enumerate().all(is_above) {
        return;
    }
    // Each walk upward carries its own number; meeting that number again closes a circle.
    let mut walks = vec![0_u32; tree.parents.len()];
    for start in 0..tree.parents.len() {
        let walk = start as u32 + 1;
        let mut here = start as u32;
        while walks[here as usize] == 0 {
            walks[here as usize] = walk;
            let Some(parent) = tree.parents[here as usize] else { break };
            here = parent;
            if walks[here as usize] == walk {
                let latest = latest_of_circle(discussion, &tree.parents, here);
                cut(discussion, tree, latest, diagnostics);
                break;
            }
        }
    }
}

fn latest_of_circle(discussion: &Discussion, parents: &[Option<u32>], start: u32) -> u32 {
    let age = |i: u32| (discussion.comments[i as usize].created.map(|m| m.millis), i);
    let mut latest = start;
    let mut here = start;
    while let Some(parent) = parents[here as usize].filter(|&p| p != start) {
        here = parent;
        if age(here) > age(latest) {
            latest = here;
        }
    }
    latest
}

fn cut(discussion: &Discussion, tree: &mut Tree, at: u32, diagnostics: &mut Vec<Diagnostic>) {
    tree.parents[at as usize] = None;
    tree.links[at as usize] = assumed();
    let comment = &discussion.comments[at as usize];
    let message = "comments answer each other in a circle; this one, the latest of them, was hung \
                   from the post";
    diagnostics.push(
        Diagnostic::new(discussion.source_of(at as usize), Oddity::Cycle, message)
            .at(comment.line)
            .excerpt(&comment.text),
    );
}
