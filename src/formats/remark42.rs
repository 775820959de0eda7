//! remark42: its native backup, and answers of its interface.
//!
//! * `remark42 backup` writes NDJSON, usually compressed: a first line about the site, then one
//!   comment a line (<https://remark42.com/docs/backup/backup/>).
//! * `/api/v1/find?format=tree` answers nested `comments`, each with `comment` and `replies`;
//!   `format=plain` a flat list.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `id` |
//! | author | `user/name` |
//! | parent | `pid`; empty = the page |
//! | created | `time` |
//! | score | `score` |
//! | kind | deleted where `delete` |
//! | text | `text`, HTML, else `orig`, Markdown |
//! | thread | `locator/url`; `title` |

use std::collections::HashSet;

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Comments of remark42.
pub struct Remark42;

impl Format for Remark42 {
    fn name(&self) -> &'static str {
        "remark42"
    }

    fn about(&self) -> &'static str {
        "remark42 comments: native backup, or answers of its interface"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        json::sniff(sample, &["\"pid\"", "\"locator\""]).map_or(0.0, |_| 0.97)
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        let mut pages = HashSet::new();
        let mut result = Ok(());
        json::preorder(document.roots(), |node, _| {
            if node.is_array() {
                return Some(node.items());
            }
            let inner = node.get("comments").or_else(|| node.path(&["node", "comments"]));
            if let Some(comments) = inner {
                return Some(comments.items());
            }
            let data = node.get("comment").unwrap_or(node);
            // The first line of a backup describes the site.
            if data.get("version").is_none() || data.get("pid").is_some() {
                let number = threads.record();
                match comment(data, number).filter(|_| !data.is_cut()) {
                    Some(comment) if result.is_ok() => {
                        result = deliver(data, comment, &mut pages, &mut threads);
                    }
                    Some(_) => {}
                    None if data.is_cut() => {}
                    None => threads.bad(number, "a comment without an id or a text", data.raw()),
                }
            }
            node.get("replies").map(Node::items)
        });
        result?;
        document.report(&mut threads);
        threads.finish()
    }
}

fn deliver(
    data: Node<'_>,
    comment: Comment,
    pages: &mut HashSet<Name>,
    threads: &mut Threads<'_>,
) -> Result<()> {
    let page = data.path(&["locator", "url"]).and_then(Node::name).unwrap_or_default();
    if !page.is_empty() && pages.insert(page.clone()) {
        let title = data.str_at("title").map(str::to_owned);
        let url = Some(page.to_string());
        threads.post(Post { id: Some(page.clone()), title, url, ..Post::default() }, None)?;
    }
    threads.comment(&page, comment)
}

fn comment(data: Node<'_>, number: u32) -> Option<Comment> {
    let is_deleted = data.is_true("delete");
    let author = data.get("user").and_then(|user| user.name_at("name"));
    let original = || data.str_at("orig").map(|text| markup::markdown(text).into_owned());
    let text = data.str_at("text").map(markup::html).or_else(original);
    Some(Comment {
        id: Some(data.name_at("id")?),
        author: author.filter(|name| !(is_deleted && name == "deleted")),
        reply_to: data.name_at("pid").map_or_else(ReplyTo::post, ReplyTo::id),
        created: data.str_at("time").and_then(dates::iso8601),
        score: data.int_at("score"),
        kind: if is_deleted { Kind::Deleted } else { Kind::Comment },
        text: text.or_else(|| is_deleted.then(String::new))?,
        line: Some(number),
    })
}
