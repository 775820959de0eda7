//! Lemmy: comment lists of its interface, with or without the post.
//!
//! Written by `/api/v3/comment/list?post_id=…` and `/api/v3/post?id=…`, and by those of version 4
//! (<https://join-lemmy.org/docs/contributors/04-api.html>); documents may follow each other.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `comment/id` |
//! | author | `creator/name` |
//! | parent | `comment/path`, `0.ROOT.….SELF`: the last but one; 0 = the post |
//! | created | `comment/published`, UTC |
//! | score | `counts/score` |
//! | kind | deleted where `comment/deleted` or `comment/removed` |
//! | text | `comment/content`, Markdown |
//! | post | `post`: `id`, `name`, `url` or `ap_id`, `body`, `published`; `counts/comments` |

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Comments of Lemmy.
pub struct Lemmy;

impl Format for Lemmy {
    fn name(&self) -> &'static str {
        "lemmy"
    }

    fn about(&self) -> &'static str {
        "Lemmy comments and posts in JSON, as `/api/v3/comment/list` answers them"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let is_list = json::sniff(sample, &["\"creator\"", "\"path\""]).is_some_and(|document| {
            let first = document
                .answers()
                .find_map(|root| root.any(&["comments", "items"])?.items().next());
            first.is_some_and(|first| first.path(&["comment", "path"]).is_some())
        });
        let is_post = || json::sniff(sample, &["\"post_view\"", "\"ap_id\""]).is_some();
        if is_list || is_post() { 0.98 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        let mut posts: Vec<Name> = Vec::new();
        for root in document.answers() {
            if let Some(view) = root.get("post_view") {
                posts.extend(view.path(&["post", "id"]).and_then(Node::name));
                threads.post(post(view, true), count(view))?;
            }
            for view in root.any(&["comments", "items"]).into_iter().flat_map(Node::items) {
                let number = threads.record();
                let whole = Some(view).filter(|view| !view.is_cut());
                let Some((thread, comment)) = whole.and_then(|view| comment(view, number)) else {
                    if !view.is_cut() {
                        threads.bad(number, "a comment without an id or a path", view.raw());
                    }
                    continue;
                };
                if view.get("post").is_some() && !posts.contains(&thread) {
                    posts.push(thread.clone());
                    threads.post(post(view, false), None)?;
                }
                threads.comment(&thread, comment)?;
            }
        }
        document.report(&mut threads);
        threads.finish()
    }
}

fn count(view: Node<'_>) -> Option<u32> {
    let count = view.path(&["counts", "comments"]).or_else(|| view.path(&["post", "comments"]));
    u32::try_from(count?.int()?).ok()
}

/// The post of a view. In a view of a comment the creator is the comment's.
fn post(view: Node<'_>, has_creator: bool) -> Post {
    let Some(data) = view.get("post") else { return Post::default() };
    let creator = view.get("creator").filter(|_| has_creator);
    Post {
        id: data.name_at("id"),
        title: data.str_at("name").map(str::to_owned),
        url: data.any(&["url", "ap_id"]).and_then(Node::str).map(str::to_owned),
        author: creator.and_then(|creator| creator.name_at("name")),
        created: stated_time(data),
        text: markup::markdown(data.str_at("body").unwrap_or_default()).into_owned(),
    }
}

/// `published`, or `published_at` since version 1.
fn stated_time(data: Node<'_>) -> Option<Moment> {
    data.any(&["published", "published_at"])?.str().and_then(published)
}

/// Older versions leave the zone out; it is UTC.
fn published(text: &str) -> Option<Moment> {
    let time = text.split_once('T').map_or(text, |(_, time)| time);
    let has_zone = time.contains(['Z', '+', '-']);
    if has_zone { dates::iso8601(text) } else { dates::iso8601(&format!("{text}Z")) }
}

fn comment(view: Node<'_>, number: u32) -> Option<(Name, Comment)> {
    let data = view.get("comment")?;
    let path = data.str_at("path")?;
    let parent = path.rsplit('.').nth(1).filter(|parent| *parent != "0");
    let is_gone = data.is_true("deleted") || data.is_true("removed");
    let comment = Comment {
        id: Some(data.name_at("id")?),
        author: view.get("creator").and_then(|creator| creator.name_at("name")),
        reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
        created: stated_time(data),
        score: view.path(&["counts", "score"]).or_else(|| data.get("score")).and_then(Node::int),
        kind: if is_gone { Kind::Deleted } else { Kind::Comment },
        text: markup::markdown(data.get("content")?.str()?).into_owned(),
        line: Some(number),
    };
    Some((data.name_at("post_id").unwrap_or_default(), comment))
}
