//! Hacker News: Algolia's item trees and the items of the official interface.
//!
//! * Algolia, `hn.algolia.com/api/v1/items/ID`: a story with nested `children`
//!   (<https://hn.algolia.com/api>); also the flat `hits` of its search.
//! * Firebase, `hacker-news.firebaseio.com/v0/item/ID.json`: flat items, in an array, in an
//!   object by id, or one a line (<https://github.com/HackerNews/API>).
//!
//! | field of ours | Algolia | Firebase |
//! |---|---|---|
//! | id | `id` (`objectID`) | `id` |
//! | author | `author` | `by` |
//! | parent | `parent_id` | `parent` |
//! | created | `created_at_i`, `created_at` | `time` |
//! | score | `points` | `score` |
//! | kind | deleted: no author and no text | `deleted`, `dead` without text |
//! | text | `text` (`comment_text`), HTML | `text`, HTML |
//! | thread | `story_id` | the item at the end of the chain of parents |
//!
//! Not read: polls' options, jobs. `kids` are ids, and parents are stated anyway; where a script put
//! the items in their place, these are read.

use std::collections::HashMap;

use super::json::{self, Items, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Items of Hacker News.
pub struct HackerNews;

impl Format for HackerNews {
    fn name(&self) -> &'static str {
        "hackernews"
    }

    fn about(&self) -> &'static str {
        "Hacker News items: Algolia's tree of a story, or the official interface's flat items"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let Some(document) =
            json::sniff(sample, &["\"id\""]).or_else(|| json::sniff(sample, &["\"objectID\""]))
        else {
            return 0.0;
        };
        let Some(root) = document.root() else { return 0.0 };
        let item = root.items().next().or_else(|| root.get("hits")?.items().next()).unwrap_or(root);
        let has = |key| item.get(key).is_some();
        let is_algolia = has("created_at_i") && (has("story_id") || has("objectID"));
        if is_algolia
            || is_firebase(item)
            || root.entries().next().is_some_and(|(_, item)| is_firebase(item))
        {
            0.96
        } else {
            0.0
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut items = Vec::new();
        json::preorder(document.roots(), |node, _| unfold(node, &mut items));
        let stories = stories(&items);
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        for (item, story) in items.into_iter().zip(stories) {
            let number = threads.record();
            let Some(id) = id(item) else {
                if !item.is_cut() {
                    threads.bad(number, "an item without an id", item.raw());
                }
                continue;
            };
            let is_comment = item.str_at("type") == Some("comment")
                || item.get("comment_text").is_some_and(|text| !text.is_null());
            if parent(item).is_none() && !is_comment {
                threads.post(post(item, id), declared(item))?;
            } else if let Some(comment) =
                comment(item, id, &story, number).filter(|_| !is_half(item))
            {
                threads.comment(&story, comment)?;
            } else if !item.is_cut() {
                threads.bad(number, "a comment without a text", item.raw());
            }
        }
        document.report(&mut threads);
        threads.finish()
    }
}

/// The end of the input cut the item itself, not what answers it.
fn is_half(item: Node<'_>) -> bool {
    item.is_half("children") && item.is_half("kids")
}

fn is_firebase(item: Node<'_>) -> bool {
    let is_item = matches!(item.str_at("type"), Some("story" | "comment" | "poll" | "job"));
    is_item && item.get("id").is_some() && item.get("time").is_some()
}

/// Collects the items, whatever they are wrapped in, and returns what stands within.
fn unfold<'d>(node: Node<'d>, items: &mut Vec<Node<'d>>) -> Option<Items<'d>> {
    if node.is_array() {
        return Some(node.items());
    }
    if let Some(hits) = node.get("hits") {
        return Some(hits.items());
    }
    let is_item =
        ["id", "objectID", "created_at_i", "by"].iter().any(|key| node.get(key).is_some());
    if is_item {
        items.push(node);
        // Scripts put the items themselves where the interface names their ids.
        return node.get("children").or_else(|| node.get("kids")).map(Node::items);
    }
    // An object by id: its values are items, none of which nests another.
    items.extend(node.entries().map(|(_, item)| item).filter(|item| item.is_object()));
    None
}

fn id(item: Node<'_>) -> Option<Name> {
    item.any(&["id", "objectID"])?.name()
}

fn parent(item: Node<'_>) -> Option<Name> {
    item.any(&["parent_id", "parent"])?.name()
}

/// For each item the id of its story: as it states, else by following the parents.
fn stories(items: &[Node<'_>]) -> Vec<Name> {
    let mut parents: HashMap<Name, Name> = HashMap::new();
    for item in items {
        if let (Some(id), Some(parent)) = (id(*item), parent(*item)) {
            parents.insert(id, parent);
        }
    }
    let mut known: HashMap<Name, Name> = HashMap::new();
    let mut story = |item: &Node<'_>| {
        if let Some(story) = item.name_at("story_id") {
            return story;
        }
        // Each id is followed once; a circle of parents ends where it began.
        let mut path = Vec::new();
        let mut top = id(*item).unwrap_or_default();
        let story = loop {
            if let Some(story) = known.get(&top) {
                break story.clone();
            }
            known.insert(top.clone(), top.clone());
            path.push(top.clone());
            match parents.get(&top) {
                Some(parent) => top.clone_from(parent),
                None => break top.clone(),
            }
        };
        for step in path {
            known.insert(step, story.clone());
        }
        story
    };
    items.iter().map(&mut story).collect()
}

fn declared(item: Node<'_>) -> Option<u32> {
    let count = item.any(&["descendants", "num_comments"])?.int()?;
    u32::try_from(count).ok()
}

fn created(item: Node<'_>) -> Option<crate::comment::Moment> {
    let seconds = item.any(&["created_at_i", "time"]).and_then(Node::int);
    seconds
        .and_then(dates::epoch_seconds)
        .or_else(|| item.str_at("created_at").and_then(dates::iso8601))
}

fn author(item: Node<'_>) -> Option<Name> {
    item.any(&["author", "by"])?.name()
}

fn post(item: Node<'_>, id: Name) -> Post {
    let text = item.any(&["text", "story_text"]).and_then(Node::str).unwrap_or_default();
    let page = || format!("https://news.ycombinator.com/item?id={id}");
    Post {
        title: item.str_at("title").map(markup::html),
        url: Some(item.str_at("url").map_or_else(page, str::to_owned)),
        author: author(item),
        created: created(item),
        text: markup::html(text),
        id: Some(id),
    }
}

fn comment(item: Node<'_>, id: Name, story: &Name, number: u32) -> Option<Comment> {
    let text = item.any(&["text", "comment_text"]).and_then(Node::str);
    let is_deleted = item.is_true("deleted")
        || text.is_none() && (item.is_true("dead") || author(item).is_none() && !item.is_cut());
    if text.is_none() && !is_deleted {
        return None;
    }
    let reply_to = match parent(item) {
        Some(parent) if parent == *story => ReplyTo::post(),
        Some(parent) => ReplyTo::id(parent),
        None => ReplyTo::default(),
    };
    Some(Comment {
        id: Some(id),
        author: author(item),
        reply_to,
        created: created(item),
        score: item.any(&["points", "score"]).and_then(Node::int),
        kind: if is_deleted { Kind::Deleted } else { Kind::Comment },
        text: markup::html(text.unwrap_or_default()),
        line: Some(number),
    })
}
