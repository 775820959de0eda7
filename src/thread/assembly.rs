//! The parts of putting a tree together: ids for all, authors as numbers, pre-order.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::NO_AUTHOR;
use crate::comment::{Comment, Name};

/// The authors' names in order of first appearance, the post's first, and by place the index of
/// each.
pub(super) fn intern(post: Option<&Name>, comments: &[Comment]) -> (Vec<Name>, Vec<u32>) {
    // Most threads are small, and most of their comments are of different authors.
    let room = (comments.len() + 1).min(64);
    let mut interned: HashMap<&str, u32, FixedState> =
        HashMap::with_capacity_and_hasher(room, FixedState::default());
    let mut names = Vec::with_capacity(room);
    let mut authors = Vec::with_capacity(comments.len() + 1);
    let by_place = comments.iter().map(|comment| comment.author.as_ref());
    for name in std::iter::once(post).chain(by_place) {
        authors.push(name.map_or(NO_AUTHOR, |name| {
            *interned.entry(name.as_str()).or_insert_with(|| {
                names.push(name.clone());
                names.len() as u32 - 1
            })
        }));
    }
    (names, authors)
}

/// Gives every comment an id of its own.
pub(super) fn name_the_nameless(comments: &mut [Comment]) {
    if comments.iter().all(|comment| comment.id.is_some()) {
        return;
    }
    let mut taken: HashSet<Name> = comments.iter().filter_map(|c| c.id.clone()).collect();
    for (i, comment) in comments.iter_mut().enumerate() {
        if comment.id.is_none() {
            let mut id = Name::from(format!("c{}", i + 1));
            while !taken.insert(id.clone()) {
                id.push('_');
            }
            comment.id = Some(id);
        }
    }
}

/// Moves every comment to its place, 1-based, where they lie: a second copy of a large thread would
/// be as large again.
pub(super) fn put_in_places(comments: &mut [Comment], mut place_of: Vec<u32>) {
    for i in 0..comments.len() {
        loop {
            let place = place_of[i] as usize - 1;
            if place == i {
                break;
            }
            comments.swap(i, place);
            place_of.swap(i, place);
        }
    }
}

/// No child, no sibling.
const NONE: u32 = u32::MAX;

/// Indices of the comments in pre-order; shorter than the input if the parents hold a cycle.
pub(super) fn preorder(parents: &[Option<u32>], keys: &[i64]) -> Vec<u32> {
    let n = parents.len();
    // Children as linked lists: node n stands for the post. Filling from the back keeps order.
    let mut by_key: Vec<u32> = (0..n as u32).collect();
    if !keys.is_empty() {
        by_key.sort_by_key(|&i| keys[i as usize]);
    }
    let mut first = vec![NONE; n + 1];
    let mut next = vec![NONE; n];
    for &i in by_key.iter().rev() {
        let parent = parents[i as usize].map_or(n, |p| p as usize);
        next[i as usize] = first[parent];
        first[parent] = i;
    }
    let mut order = Vec::with_capacity(n);
    let mut stack = Vec::with_capacity(32);
    stack.push(first[n]);
    while let Some(i) = stack.pop() {
        if i == NONE {
            continue;
        }
        order.push(i);
        stack.push(next[i as usize]);
        stack.push(first[i as usize]);
    }
    order
}
