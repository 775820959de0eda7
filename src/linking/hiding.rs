//! A thread with its parents hidden: what measuring and fitting start from.
//!
//! A thread whose parents are known is turned back into a discussion as a comment page prints it
//! (depth first, replies with the name of the one answered) or as a chat prints it (in order of
//! time, no names), with the truth beside.

use crate::comment::{Comment, Discussion, Kind, Layout, Name, ReplyTo};
use crate::thread::{Evidence, Thread};

/// The label of a reply to an author whose account is gone.
const DELETED: &str = "[deleted]";

/// What of a thread's structure stays visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// A comment page: depth first, every reply with the name of the one it answers.
    Names,
    /// A chat or forum: in order of time, nothing else.
    Times,
}

/// A discussion whose parents are hidden, and what they are.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) discussion: Discussion,
    /// For each comment the index of its true parent; `None` = the post.
    pub(super) truth: Vec<Option<u32>>,
    /// The comments whose true parent is certain and whose answer counts.
    pub(super) counts: Vec<bool>,
}

/// Hides the parents of a thread.
pub(super) fn hide(thread: &Thread, view: View) -> Hidden {
    let mut places: Vec<usize> =
        (1..=thread.len()).filter(|&p| thread.comment(p).kind != Kind::Placeholder).collect();
    if view == View::Times {
        places.sort_by_key(|&p| (thread.comment(p).created.map(|m| m.millis), thread.position(p)));
    }
    let mut index = vec![None; thread.len() + 1];
    for (i, &place) in places.iter().enumerate() {
        index[place] = Some(i as u32);
    }
    let parent_place = |place: usize| thread.parents()[place] as usize;
    let is_lost = |place: usize| parent_place(place) > 0 && index[parent_place(place)].is_none();
    let is_known = |place: usize| {
        let link = thread.link(place);
        matches!(link.evidence, Evidence::Stated | Evidence::Nested) && !is_lost(place)
    };
    let layout = match view {
        View::Names => Layout::Preorder,
        View::Times => Layout::Flat,
    };
    Hidden {
        discussion: Discussion {
            layout,
            comments: places.iter().map(|&place| without_parent(thread, place, view)).collect(),
            ..thread.meta().clone()
        },
        truth: places.iter().map(|&place| index[parent_place(place)]).collect(),
        counts: places
            .iter()
            .map(|&place| is_known(place) && (view == View::Times || parent_place(place) > 0))
            .collect(),
    }
}

fn without_parent(thread: &Thread, place: usize, view: View) -> Comment {
    let parent = thread.parents()[place] as usize;
    let reply_to = match (view, parent) {
        (View::Times, _) => ReplyTo::default(),
        (View::Names, 0) => ReplyTo::post(),
        (View::Names, _) if thread.comment(parent).kind == Kind::Placeholder => ReplyTo::post(),
        (View::Names, _) => {
            let author = thread.comment(parent).author.clone();
            ReplyTo::name(author.unwrap_or(Name::const_new(DELETED)))
        }
    };
    Comment { reply_to, ..thread.comment(place).clone() }
}

/// The discussion that a thread was linked from, its comments in the order of the source.
pub(super) fn as_read(thread: &Thread) -> Discussion {
    let mut places: Vec<usize> =
        (1..=thread.len()).filter(|&place| thread.position(place) > 0).collect();
    places.sort_by_key(|&place| thread.position(place));
    let comments = places.into_iter().map(|place| thread.comment(place).clone()).collect();
    Discussion { comments, ..thread.meta().clone() }
}
