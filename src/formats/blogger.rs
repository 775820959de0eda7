//! Blogger: the Atom export of a blog, and the comment feed of a post.
//!
//! Written by "Back up content" in Blogger's settings, by Google Takeout, and by
//! `/feeds/POST/comments/default`. Every `<entry>` is a post or a comment; comments follow all
//! posts or precede them.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `id`, its last number |
//! | author | `author/name` |
//! | parent | `link rel="related"` to a comment, or `blogger:inReplyTo`; else the post |
//! | created | `published` |
//! | kind | deleted where `gd:extendedProperty` says `blogger.contentRemoved` |
//! | text | `content` (or `summary`), HTML; the title repeats its beginning |
//! | thread | `thr:in-reply-to ref`, or `blogger:parent` |
//! | post | `entry`: `title`, `link rel="alternate"`, `author`, `published`, `content` |
//!
//! Templates, settings and drafts are not read.

use super::threads::Threads;
use super::xml::{self, Element};
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// Atom files of Blogger.
pub struct Blogger;

impl Format for Blogger {
    fn name(&self) -> &'static str {
        "blogger"
    }

    fn about(&self) -> &'static str {
        "Blogger Atom export of a blog, or the comment feed of a post"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let is_feed = xml::root(sample.head).is_some_and(|root| root.name == "feed");
        let holds = |word: &str| memchr::memmem::find(sample.head, word.as_bytes()).is_some();
        match is_feed {
            true if holds("blogger.com") || holds("schemas.google.com/blogger") => 0.98,
            true if holds("thr:in-reply-to") => 0.8,
            _ => 0.0,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let source = input.name.clone();
        let records = xml::records(input, options, &["entry"])?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        let mut hidden = 0;
        for record in records {
            let Some((number, entry)) = threads.element(record) else { continue };
            let Some(id) = entry.text_of("id").map(last_number) else {
                threads.bad(
                    number,
                    "an entry without an id",
                    entry.text_of("title").unwrap_or_default(),
                );
                continue;
            };
            let is_hidden = matches!(
                entry.text_of("blogger:status"),
                Some("SPAM" | "SPAM_COMMENT" | "PENDING" | "PENDING_COMMENT" | "GHOSTED" | "DRAFT")
            );
            match sort(&entry) {
                Sort::Comment(_) if is_hidden => hidden += 1,
                Sort::Comment(thread) => {
                    threads.comment(&thread, comment(&entry, id, &thread, number))?;
                }
                Sort::Post if is_draft(&entry) => {}
                Sort::Post => threads.post(post(&entry, id), None)?,
                Sort::Other => {}
            }
        }
        threads.unpublished(hidden, "awaiting approval or marked as spam");
        threads.finish()
    }
}

/// Written but never published.
fn is_draft(entry: &Element) -> bool {
    let control = entry.child("app:control").and_then(|control| control.text_of("app:draft"));
    control == Some("yes") || entry.text_of("blogger:status") == Some("DRAFT")
}

enum Sort {
    /// A comment, with the id of its post.
    Comment(Name),
    Post,
    /// Settings, templates, pages of the layout.
    Other,
}

fn sort(entry: &Element) -> Sort {
    let kind = entry
        .children_named("category")
        .filter_map(|category| category.attribute("term"))
        .find_map(|term| term.split_once("kind#").map(|(_, kind)| kind))
        .or_else(|| entry.text_of("blogger:type"))
        .map(str::to_lowercase);
    let thread = entry
        .child("thr:in-reply-to")
        .and_then(|reply| reply.attribute("ref"))
        .or_else(|| entry.text_of("blogger:parent"))
        .map(last_number);
    match (kind.as_deref(), thread) {
        (Some("comment") | None, Some(thread)) => Sort::Comment(thread),
        (Some("comment"), None) => Sort::Comment(Name::default()),
        (Some("post" | "page"), _) => Sort::Post,
        _ => Sort::Other,
    }
}

/// The number at the end of `tag:blogger.com,1999:blog-1.post-2`, or of a link.
fn last_number(text: &str) -> Name {
    let head = text.trim().trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let number = head.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    Name::from(if number.is_empty() { head } else { number })
}

fn author(entry: &Element) -> Option<Name> {
    entry.child("author")?.text_of("name").map(Name::from)
}

fn text(entry: &Element) -> String {
    let content = entry.text_of("content").or_else(|| entry.text_of("summary"));
    markup::html(content.unwrap_or_default())
}

fn post(entry: &Element, id: Name) -> Post {
    let page = entry.children_named("link").find(|link| link.attribute("rel") == Some("alternate"));
    Post {
        id: Some(id),
        title: entry.text_of("title").map(markup::html),
        url: page.and_then(|link| link.attribute("href")).map(str::to_owned),
        author: author(entry),
        created: entry.text_of("published").and_then(dates::iso8601),
        text: text(entry),
    }
}

fn comment(entry: &Element, id: Name, thread: &Name, number: u32) -> Comment {
    let related =
        entry.children_named("link").find(|link| link.attribute("rel") == Some("related"));
    let parent = related
        .and_then(|link| link.attribute("href"))
        .or_else(|| entry.text_of("blogger:inReplyTo"))
        .map(last_number)
        .filter(|parent| parent != thread && *parent != id);
    let is_removed = entry.children_named("gd:extendedProperty").any(|property| {
        property.attribute("name") == Some("blogger.contentRemoved")
            && property.attribute("value") == Some("true")
    });
    Comment {
        id: Some(id),
        author: author(entry),
        reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
        created: entry.text_of("published").and_then(dates::iso8601),
        score: None,
        kind: if is_removed { Kind::Deleted } else { Kind::Comment },
        text: text(entry),
        line: Some(number),
    }
}
