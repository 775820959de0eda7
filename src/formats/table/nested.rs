//! JSON objects that hold the replies to them, as scripts save threads.
//!
//! ```json
//! {"title": "…", "comments": [{"author": "ann", "text": "…", "replies": [{"author": "bob", …}]}]}
//! {"sid": "p1", "text": "…", "comments": {"c1": {"author": "ann", "text": "…", "replies": {}}}}
//! ```
//!
//! Replies stand in arrays or, by their ids, in objects. Where no parent is stated, the nesting
//! says how deep a comment stands. An outermost object with a title or a text of its own is the
//! post.

use super::columns::{Columns, Field};
use super::objects::Keys;
use super::row::{Target, Values};
use crate::comment::Name;
use crate::error::Result;
use crate::formats::ReadOptions;
use crate::formats::json::Node;

/// Keys under which replies stand.
const HOLDERS: [&str; 8] =
    ["replies", "comments", "children", "responses", "answers", "kids", "subcomments", "thread"];

/// The replies that an object holds, each with its id where that is its key.
pub(super) fn replies(object: Node<'_>) -> Option<Vec<(Option<&str>, Node<'_>)>> {
    let mut held = object
        .entries()
        .filter(|(key, value)| (value.is_array() || value.is_object()) && HOLDERS.contains(key));
    held.find_map(|(_, value)| {
        let replies: Vec<_> = if value.is_array() {
            value.items().filter(|node| node.is_object()).map(|node| (None, node)).collect()
        } else {
            let all = value.entries().filter(|(_, node)| node.is_object());
            all.map(|(key, node)| (Some(key), node)).collect()
        };
        (!replies.is_empty()).then_some(replies)
    })
}

/// The first object of comments that nest, or that stand by their ids.
pub(super) fn first(root: Node<'_>) -> Option<Node<'_>> {
    let all = replies(root)?;
    let is_nested = all.iter().any(|(key, node)| key.is_some() || replies(*node).is_some());
    is_nested.then(|| all[0].1)
}

/// Delivers an object with all that is nested in it: a post with its comments, or a comment.
pub(super) fn deliver(
    keys: &mut Keys,
    root: Node<'_>,
    options: &ReadOptions,
    target: &mut dyn Target,
) -> Result<()> {
    let own = Columns::assign("", &names(root), &[])?;
    let has = |field| own.place(field).is_some_and(|_| value(root, &own, field).is_some());
    let is_post = has(Field::Title) || !has(Field::Parent) && has(Field::Text);
    let thread = [Field::Thread, Field::Id].iter().find_map(|field| value(root, &own, *field));
    let thread = thread.map(Name::from).unwrap_or_default();
    if is_post {
        let number = target.record();
        let values = Nested { object: root, id: None, thread: &thread, depth: None };
        keys.deliver_nested(root, number, &values, options, target)?;
    }
    let mut stack = replies(root).unwrap_or_default();
    let mut depths = vec![1u32; stack.len()];
    stack.reverse();
    while let (Some((id, object)), Some(depth)) = (stack.pop(), depths.pop()) {
        let number = target.record();
        // What the end of the input cut is no comment, unless only its replies were cut.
        let within = replies(object).unwrap_or_default();
        let is_half = object.is_cut() && !within.last().is_some_and(|(_, last)| last.is_cut());
        if !is_half {
            let depth = Some(depth.to_string());
            let values = Nested { object, id, thread: &thread, depth };
            keys.deliver_nested(object, number, &values, options, target)?;
        }
        depths.extend(within.iter().map(|_| depth + 1));
        stack.extend(within.into_iter().rev());
    }
    Ok(())
}

fn names(object: Node<'_>) -> Vec<String> {
    object.entries().map(|(key, _)| key.to_owned()).collect()
}

fn value<'d>(object: Node<'d>, columns: &Columns, field: Field) -> Option<&'d str> {
    object.get(columns.name(field)?)?.text().filter(|text| !text.trim().is_empty())
}

/// An object, and what its place says of it.
pub(super) struct Nested<'d> {
    object: Node<'d>,
    id: Option<&'d str>,
    thread: &'d str,
    /// `None` for the post.
    depth: Option<String>,
}

impl Nested<'_> {
    /// The value of a field by these columns, else by the place of the object.
    pub(super) fn with<'a>(&'a self, columns: &'a Columns) -> impl Values + 'a {
        Placed { nested: self, columns }
    }
}

struct Placed<'a, 'd> {
    nested: &'a Nested<'d>,
    columns: &'a Columns,
}

impl Values for Placed<'_, '_> {
    fn value(&self, field: Field) -> Option<&str> {
        let Nested { object, id, thread, depth } = self.nested;
        let stated = self.columns.name(field).and_then(|name| object.get(name));
        let stated = stated.and_then(|value| {
            value.text().or_else(|| value.any(&["name", "username", "login", "id"])?.text())
        });
        match field {
            Field::Kind if depth.is_none() => Some("post"),
            Field::Id => stated.or(*id),
            Field::Thread => Some(*thread).filter(|thread| !thread.is_empty()).or(stated),
            Field::Depth => depth.as_deref(),
            _ => stated,
        }
    }
}
