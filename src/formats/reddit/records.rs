//! Reddit records that are not one a line: what scripts save.
//!
//! An array of comments or submissions, as people write what PRAW gives them; the answers of
//! Arctic Shift's and Pushshift's interfaces (`{"data": […]}`); submissions that hold their
//! `comments`, and comments that hold their `replies`, as arrays or by id. Nesting says what is
//! answered where no `parent_id` does. An author that a script printed (`Redditor(name='ann')`)
//! is taken by the name.

use super::{comment, post};
use crate::comment::{Layout, Name, ReplyTo, Stated};
use crate::error::Result;
use crate::formats::json::{self, Node};
use crate::formats::threads::Threads;
use crate::formats::{Input, ReadOptions, Sink};

/// The first record of a document, if it is of Reddit.
pub(super) fn first(root: Node<'_>) -> Option<Node<'_>> {
    let list = root.get("data").filter(|data| data.is_array()).unwrap_or(root);
    let one = if list.is_array() { list.items().find(|node| node.is_object())? } else { list };
    Some(one.get("comment").or_else(|| one.get("submission")).unwrap_or(one))
}

/// Whether an object is no record, or one that holds others: a single record may well hold lists of
/// other things (flairs, awards, pictures).
pub(super) fn holds_records(root: Node<'_>) -> bool {
    let is_record = root.get("body").is_some() || root.get("title").is_some();
    !is_record || !listed(root, &["replies", "children", "comments"]).is_empty()
}

/// A record that waits for its turn.
struct Waiting<'d> {
    node: Node<'d>,
    /// The submission that it stands in, and the comment that it answers by nesting.
    thread: Name,
    above: Option<Name>,
    is_nested: bool,
}

/// Reads documents of records.
pub(super) fn read(
    format: &'static str,
    input: Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let (source, document) = json::read(input, options, sink)?;
    let mut threads = Threads::new(format, &source, Layout::Loose, sink);
    // Depth first, in the order of the source: what comes first lies on top.
    let mut stack: Vec<Waiting<'_>> = Vec::new();
    let top = |node| Waiting { node, thread: Name::default(), above: None, is_nested: false };
    stack.extend(document.roots().map(top));
    stack.reverse();
    while let Some(Waiting { node, mut thread, mut above, mut is_nested }) = stack.pop() {
        let mut within: Vec<Node<'_>> = Vec::new();
        if node.is_array() {
            within.extend(node.items());
        } else if node.get("body").is_some() {
            let number = threads.record();
            let is_half = node.is_half("replies");
            match comment(node).filter(|_| !is_half) {
                Some((stated, mut comment)) => {
                    comment.line = Some(number);
                    if !stated.is_empty() {
                        thread = stated;
                    }
                    comment.author = comment.author.as_ref().map(unwrapped);
                    if is_nested && comment.reply_to.stated == Stated::Nothing {
                        comment.reply_to = above.clone().map_or_else(ReplyTo::post, ReplyTo::id);
                    }
                    above.clone_from(&comment.id);
                    is_nested = true;
                    threads.comment(&thread, comment)?;
                }
                None if is_half => {}
                None => threads.bad(number, "a comment without an id or a body", node.raw()),
            }
            within.extend(listed(node, &["replies", "children", "comments"]));
        } else if let Some((mut post, declared)) =
            post(node).filter(|_| node.get("title").is_some() && !node.is_half("comments"))
        {
            threads.record();
            post.author = post.author.as_ref().map(unwrapped);
            thread = post.id.clone().unwrap_or_default();
            (above, is_nested) = (None, true);
            threads.post(post, declared)?;
            within.extend(listed(node, &["comments", "replies"]));
        } else {
            // What wraps records: `data`, `{"submission": …, "comments": …}`, records by id.
            let inner = node.entries().map(|(_, inner)| inner);
            within.extend(inner.filter(|inner| inner.is_object() || inner.is_array()));
            if within.is_empty() && node.is_object() && !node.is_cut() {
                let number = threads.record();
                threads.bad(number, "neither a comment nor a submission", node.raw());
            }
        }
        let waiting = within.into_iter().rev().map(|node| Waiting {
            node,
            thread: thread.clone(),
            above: above.clone(),
            is_nested,
        });
        stack.extend(waiting);
    }
    document.report(&mut threads);
    threads.finish()
}

/// The records under the first of these keys that holds any.
fn listed<'d>(node: Node<'d>, keys: &[&str]) -> Vec<Node<'d>> {
    let held = keys.iter().filter_map(|key| node.get(key));
    let mut held = held.filter(|list| list.is_array() || list.is_object());
    let Some(list) = held.next() else { return Vec::new() };
    if list.is_array() {
        list.items().filter(|node| node.is_object()).collect()
    } else {
        list.entries().map(|(_, node)| node).filter(|node| node.is_object()).collect()
    }
}

/// The name in `Redditor(name='ann')`.
fn unwrapped(author: &Name) -> Name {
    let name = author.strip_prefix("Redditor(name=").and_then(|rest| rest.strip_suffix(')'));
    name.map_or_else(|| author.clone(), |name| Name::from(name.trim_matches(['\'', '"'])))
}
