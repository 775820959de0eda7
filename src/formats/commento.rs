//! Commento: the JSON export of a domain.
//!
//! Written by "Export data" in Commento's dashboard; one file for all pages of a domain.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `commentHex` |
//! | author | `name` of the commenter with the same `commenterHex`; `anonymous` as it is |
//! | parent | `parentHex`; `root` = the post |
//! | created | `creationDate` |
//! | score | `score` |
//! | kind | deleted where `deleted` |
//! | text | `html`, else `markdown` |
//! | thread | `url` |
//!
//! Comments whose `state` is not `approved` were never shown: they are left out and counted.

use std::collections::{HashMap, HashSet};

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// The export of Commento.
pub struct Commento;

impl Format for Commento {
    fn name(&self) -> &'static str {
        "commento"
    }

    fn about(&self) -> &'static str {
        "Commento JSON export of a domain"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        json::sniff(sample, &["\"commentHex\"", "\"parentHex\""]).map_or(0.0, |_| 0.98)
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        let mut hidden = 0;
        let mut pages = HashSet::new();
        for root in document.answers() {
            let commenters = root.get("commenters").into_iter().flat_map(Node::items);
            let names: HashMap<Name, Name> = commenters
                .filter_map(|c| Some((c.name_at("commenterHex")?, c.name_at("name")?)))
                .collect();
            for data in root.get("comments").into_iter().flat_map(Node::items) {
                let number = threads.record();
                let url = data.name_at("url").unwrap_or_default();
                if !matches!(data.str_at("state"), None | Some("approved")) {
                    hidden += 1;
                } else if data.is_cut() {
                    // What the end of the input cut is no comment.
                } else if let Some(comment) = comment(data, &names, number) {
                    if pages.insert(url.clone()) {
                        let link = Some(url.to_string()).filter(|url| !url.is_empty());
                        let id = Some(url.clone());
                        threads.post(Post { id, url: link, ..Post::default() }, None)?;
                    }
                    threads.comment(&url, comment)?;
                } else {
                    threads.bad(number, "a comment without commentHex or text", data.raw());
                }
            }
        }
        threads.unpublished(hidden, "awaiting approval or marked as spam");
        document.report(&mut threads);
        threads.finish()
    }
}

fn comment(data: Node<'_>, names: &HashMap<Name, Name>, number: u32) -> Option<Comment> {
    let is_deleted = data.is_true("deleted");
    let text = match (data.str_at("html"), data.get("markdown").and_then(Node::str)) {
        (Some(html), _) => markup::html(html),
        (None, Some(markdown)) => markup::markdown(markdown).into_owned(),
        (None, None) if is_deleted => String::new(),
        (None, None) => return None,
    };
    let commenter = data.name_at("commenterHex");
    let parent = data.name_at("parentHex").filter(|parent| parent != "root");
    Some(Comment {
        id: Some(data.name_at("commentHex")?),
        author: commenter.map(|hex| names.get(&hex).cloned().unwrap_or(hex)),
        reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
        created: data.str_at("creationDate").and_then(dates::iso8601),
        score: data.int_at("score"),
        kind: if is_deleted { Kind::Deleted } else { Kind::Comment },
        text,
        line: Some(number),
    })
}
