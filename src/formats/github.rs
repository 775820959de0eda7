//! GitHub: comments of issues, pull requests and discussions.
//!
//! * REST: `/repos/OWNER/NAME/issues/N/comments`, and `…/pulls/N/comments` for remarks on code
//!   (<https://docs.github.com/en/rest/issues/comments>). The issue's own object may stand before
//!   or after the list in the same file. Comments on commits and gists likewise.
//! * Events of REST and of GH Archive, of which those of comments hold one.
//! * `gh issue view N --json title,body,author,comments,…`, and the GraphQL interface, also for
//!   discussions with their `replies`.
//!
//! | field of ours | REST | GraphQL, `gh` |
//! |---|---|---|
//! | id | `id` | `id` |
//! | author | `user/login` | `author/login` |
//! | parent | `in_reply_to_id`; else not stated | nesting in `replies`; else not stated |
//! | created | `created_at` | `createdAt` |
//! | score | `reactions/+1` minus `reactions/-1` | `upvoteCount` |
//! | text | `body`, Markdown | `body`, Markdown |
//! | thread | owner, name and number in `issue_url` or `pull_request_url`; owner, name and commit; the gist | those in `url` |
//!
//! Comments of issues are flat. Of timelines, reviews and events, entries without a text (labels,
//! closing, approvals) are counted, the others read.

use super::json::{self, Items, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Comments of GitHub.
pub struct GitHub;

impl Format for GitHub {
    fn name(&self) -> &'static str {
        "github"
    }

    fn about(&self) -> &'static str {
        "GitHub comments of issues, pull requests and discussions: REST, GraphQL, gh"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let fits = |words: &[&str]| json::sniff(sample, words).is_some();
        let of_comments = ["\"issue_url\"", "\"pull_request_url\"", "/comments/"];
        let is_rest =
            |word: &&str| fits(&[word, "\"login\"", "\"body\"", "https://api.github.com/"]);
        if of_comments.iter().any(is_rest) {
            0.97
        } else if fits(&["\"author\"", "\"login\"", "\"createdAt\"", "\"body\""]) {
            0.9
        } else {
            0.0
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Flat, sink);
        let mut result = Ok(());
        let mut events = 0;
        // The thread of what is nested, and the comment that its replies answer.
        let mut thread = Name::default();
        let mut parents: Vec<Option<Name>> = Vec::new();
        json::preorder(document.roots(), |node, depth| {
            parents.truncate(depth as usize - 1);
            parents.resize(depth as usize, None);
            if node.is_array() {
                return Some(node.items());
            }
            if let Some(list) = node.get("nodes").or_else(|| node.get("comments").and_then(nodes)) {
                if is_topic(node) {
                    threads.record();
                    let post = post(node);
                    thread = post.id.clone().unwrap_or_default();
                    keep(&mut result, || threads.post(post, None));
                }
                return Some(list.items());
            }
            if is_topic(node) {
                threads.record();
                let declared = node.int_at("comments").and_then(|n| u32::try_from(n).ok());
                keep(&mut result, || threads.post(post(node), declared));
                return None;
            }
            let inner = node.get("payload").map(|payload| payload.get("comment"));
            if let Some(comment) = inner
                && !node.is_cut()
            {
                if comment.is_none() {
                    threads.record();
                    events += 1;
                }
                return comment.map(Items::once);
            }
            let is_event = node.get("event").is_some() || node.get("submitted_at").is_some();
            let body = node.get("body").and_then(Node::str);
            if is_event && body.is_none_or(|body| body.trim().is_empty()) && !node.is_cut() {
                threads.record();
                events += 1;
                return None;
            }
            let Some(body) = body else {
                // Wrapping of GraphQL: data, repository, issue.
                let inner = node.entries().map(|(_, inner)| inner).find(|n| n.is_object());
                if inner.is_none() && !node.is_cut() && node.is_object() {
                    let number = threads.record();
                    threads.bad(number, "a comment without a body", node.raw());
                }
                return inner.map(Items::once);
            };
            let number = threads.record();
            if node.is_half("replies") {
                return None;
            }
            let above = parents.iter().rev().find_map(Clone::clone);
            let comment = comment(node, body, above, number);
            if let Some(last) = parents.last_mut() {
                last.clone_from(&comment.id);
            }
            let own = stated_thread(node).unwrap_or_else(|| thread.clone());
            keep(&mut result, || threads.comment(&own, comment));
            let replies = node.get("replies").and_then(nodes);
            replies.map(Node::items)
        });
        result?;
        threads.unpublished(events, "events without a text, such as labels and approvals");
        document.report(&mut threads);
        threads.finish()
    }
}

/// Goes on as long as nothing failed.
fn keep(result: &mut Result<()>, next: impl FnOnce() -> Result<()>) {
    if result.is_ok() {
        *result = next();
    }
}

/// A list, or the `nodes` of a GraphQL connection.
fn nodes(list: Node<'_>) -> Option<Node<'_>> {
    if list.is_array() { Some(list) } else { list.get("nodes") }
}

/// An issue, a pull request or a discussion.
fn is_topic(node: Node<'_>) -> bool {
    node.get("title").is_some() && (node.get("number").is_some() || node.get("body").is_some())
}

/// The thread that a comment of REST states, `OWNER/NAME#NUMBER`: numbers are unique in a
/// repository only. Comments on a commit state it, and those on a gist have its address.
fn stated_thread(node: Node<'_>) -> Option<Name> {
    let stated = node.str_at("issue_url").or_else(|| node.str_at("pull_request_url"));
    if let Some(url) = stated {
        return thread_in(url);
    }
    let url = node.str_at("url")?.strip_prefix("https://api.github.com/")?;
    let (place, _) = url.split_once("/comments/")?;
    match node.str_at("commit_id") {
        Some(commit) => Some(format!("{}@{commit}", place.trim_start_matches("repos/")).into()),
        None => place.starts_with("gists/").then(|| place.into()),
    }
}

/// `OWNER/NAME#NUMBER` from an address that ends with `OWNER/NAME/issues/NUMBER`.
fn thread_in(url: &str) -> Option<Name> {
    let mut parts = url.split(['#', '?']).next()?.trim_end_matches('/').rsplit('/');
    let (number, _, name, owner) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| Name::from(format!("{owner}/{name}#{number}")))
}

fn author(node: Node<'_>) -> Option<Name> {
    let user = node.any(&["user", "author"])?;
    user.name_at("login").or_else(|| user.name())
}

fn created(node: Node<'_>) -> Option<Moment> {
    let time = node.any(&["created_at", "createdAt", "submitted_at", "submittedAt"])?;
    dates::iso8601(time.str()?)
}

fn post(node: Node<'_>) -> Post {
    let url = node.any(&["html_url", "url"]).and_then(Node::str);
    Post {
        id: url.and_then(thread_in).or_else(|| node.name_at("number")),
        title: node.str_at("title").map(str::to_owned),
        url: url.map(str::to_owned),
        author: author(node),
        created: created(node),
        text: markup::markdown(node.str_at("body").unwrap_or_default()).into_owned(),
    }
}

fn comment(node: Node<'_>, body: &str, above: Option<Name>, number: u32) -> Comment {
    let parent = node.name_at("in_reply_to_id").or(above);
    let votes = || {
        let reactions = node.get("reactions")?;
        Some(reactions.int_at("+1")? - reactions.int_at("-1").unwrap_or(0))
    };
    Comment {
        id: node.any(&["id", "node_id"]).and_then(Node::name),
        author: author(node),
        reply_to: match parent {
            Some(parent) => ReplyTo::id(parent),
            // Only discussions have replies: a comment that may have some answers the post.
            None if node.get("replies").is_some() => ReplyTo::post(),
            None => ReplyTo::default(),
        },
        created: created(node),
        score: node.int_at("upvoteCount").or_else(votes),
        text: markup::markdown(body).into_owned(),
        line: Some(number),
        ..Comment::default()
    }
}
