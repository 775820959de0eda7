//! Bluesky: a thread as `app.bsky.feed.getPostThread` answers it.
//!
//! Nested views of posts (<https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread>), by
//! default six levels deep; a `parent` chain leads up to the post that started it.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `post/uri` |
//! | author | `post/author/handle` |
//! | parent | `post/record/reply/parent/uri`, else the nesting |
//! | created | `post/record/createdAt`, else `post/indexedAt` |
//! | score | `post/likeCount` |
//! | kind | deleted where `notFoundPost` or `blockedPost` stands in its place |
//! | text | `post/record/text`, plain |
//! | post | the view at the top of the `parent` chain |
//!
//! Replies that `replyCount` counts and the answer leaves out are reported as held back.

use super::json::{self, Node};
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Threads of Bluesky.
pub struct Bluesky;

impl Format for Bluesky {
    fn name(&self) -> &'static str {
        "bluesky"
    }

    fn about(&self) -> &'static str {
        "Bluesky thread in JSON, as `getPostThread` answers it"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let fits = |words: &[&str]| json::sniff(sample, words).is_some();
        if fits(&["app.bsky.feed.", "\"uri\""]) { 0.98 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Preorder, sink);
        let (mut stubs, mut hidden) = (0, 0);
        for root in document.answers() {
            let view = root.get("thread").unwrap_or(root);
            // Upwards first: what stands above the view that was asked for.
            let mut line = vec![view];
            while let Some(parent) = line[line.len() - 1].get("parent") {
                line.push(parent);
            }
            line.reverse();
            let top = line[0];
            let thread = uri(top).unwrap_or_default();
            if let Some(data) = top.get("post") {
                threads.record();
                threads.post(post(data), None)?;
            }
            let mut result = Ok(());
            let mut visit = |view: Node<'_>, above: &Name| {
                let number = threads.record();
                match comment(view, &thread, above, number).filter(|_| !view.is_half("replies")) {
                    Some(comment) if result.is_ok() => result = threads.comment(&thread, comment),
                    Some(_) => {}
                    None if view.is_cut() => {}
                    None => threads.bad(number, "neither a post nor a stub of one", view.raw()),
                }
            };
            let mut uris = vec![thread.clone()];
            for view in line.iter().skip(1) {
                visit(*view, &uris[0]);
                uris[0] = uri(*view).unwrap_or_default();
            }
            let mut count = |view: Node<'_>| {
                let stated = view.path(&["post", "replyCount"]).and_then(Node::int).unwrap_or(0);
                let given = view.get("replies").map_or(0, |replies| replies.items().count());
                if stated > given as i64 {
                    stubs += 1;
                    hidden += stated as u64 - given as u64;
                }
            };
            count(view);
            if let Some(replies) = view.get("replies") {
                json::preorder(replies.items(), |view, depth| {
                    uris.truncate(depth as usize);
                    visit(view, &uris[depth as usize - 1]);
                    count(view);
                    uris.push(uri(view).unwrap_or_default());
                    view.get("replies").map(Node::items)
                });
            }
            result?;
        }
        threads.hidden(stubs, hidden);
        document.report(&mut threads);
        threads.finish()
    }
}

/// The address of a view, or of the stub that stands in its place.
fn uri(view: Node<'_>) -> Option<Name> {
    view.path(&["post", "uri"]).or_else(|| view.get("uri"))?.name()
}

fn author(data: Node<'_>) -> Option<Name> {
    let author = data.get("author")?;
    author.any(&["handle", "did"])?.name()
}

fn created(data: Node<'_>) -> Option<Moment> {
    let time = data.path(&["record", "createdAt"]).or_else(|| data.get("indexedAt"))?;
    dates::iso8601(time.str()?)
}

fn text(data: Node<'_>) -> Option<String> {
    data.path(&["record", "text"])?.str().map(markup::plain)
}

fn post(data: Node<'_>) -> Post {
    let id = data.name_at("uri");
    let page = || {
        let (handle, key) = (author(data)?, id.as_deref()?.rsplit('/').next()?);
        Some(format!("https://bsky.app/profile/{handle}/post/{key}"))
    };
    Post {
        url: page(),
        title: None,
        author: author(data),
        created: created(data),
        text: text(data).unwrap_or_default(),
        id,
    }
}

fn comment(view: Node<'_>, thread: &Name, above: &Name, number: u32) -> Option<Comment> {
    let id = uri(view)?;
    let stated = view.path(&["post", "record", "reply", "parent", "uri"]).and_then(Node::name);
    let parent = stated.unwrap_or_else(|| above.clone());
    let reply_to = if parent == *thread { ReplyTo::post() } else { ReplyTo::id(parent) };
    let Some(data) = view.get("post") else {
        let is_stub = view.is_true("notFound") || view.is_true("blocked");
        return is_stub.then(|| Comment {
            id: Some(id),
            reply_to: reply_to.clone(),
            kind: Kind::Deleted,
            line: Some(number),
            ..Comment::default()
        });
    };
    Some(Comment {
        id: Some(id),
        author: author(data),
        reply_to,
        created: created(data),
        score: data.int_at("likeCount"),
        text: text(data)?,
        line: Some(number),
        ..Comment::default()
    })
}
