//! WXR: WordPress' own export, RSS with the posts and their comments.
//!
//! Written by "Tools → Export" of WordPress
//! (<https://developer.wordpress.org/reference/functions/export_wp/>). Old exports are often not
//! well-formed (prefixes that nobody binds); names are compared as they are written.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `wp:comment_id` |
//! | author | `wp:comment_author` |
//! | parent | `wp:comment_parent`; 0 = the post |
//! | created | `wp:comment_date`, the site's wall clock; else `wp:comment_date_gmt`, UTC |
//! | kind | pingback where `wp:comment_type` is `pingback` or `trackback` |
//! | text | `wp:comment_content`, HTML whose line ends count, as WordPress shows it |
//! | post | `item`: `wp:post_id`, `title`, `link`, `dc:creator`, `wp:post_date`, `content:encoded` |
//!
//! Comments that were never public (`wp:comment_approved` is `0`, `spam` or `trash`) are left out
//! and counted in a diagnostic. An item is a thread if it is a post or a page, or has comments;
//! attachments, menu entries and revisions without comments are none. Menus, categories, users
//! and meta fields are not read.

use super::threads::Threads;
use super::xml::{self, Element};
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// The export of WordPress.
pub struct Wxr;

impl Format for Wxr {
    fn name(&self) -> &'static str {
        "wxr"
    }

    fn about(&self) -> &'static str {
        "WordPress export (WXR): posts and pages with their comments"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let is_rss = xml::root(sample.head).is_some_and(|root| root.name == "rss");
        let holds = |word: &str| memchr::memmem::find(sample.head, word.as_bytes()).is_some();
        match is_rss {
            true if holds("<wp:wxr_version") || holds("<wp:comment") || holds("<wp:post_id") => {
                0.99
            }
            true if holds("wordpress.org/export") => 0.95,
            _ => 0.0,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let source = input.name.clone();
        let records = xml::records(input, options, &["item"])?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        let mut hidden = 0;
        for record in records {
            let Some(item) = threads.item(record) else { continue };
            let thread = item
                .text_of("wp:post_id")
                .or_else(|| item.text_of("guid"))
                .or_else(|| item.text_of("link"))
                .map(Name::from)
                .unwrap_or_default();
            let is_post = matches!(item.text_of("wp:post_type"), None | Some("post" | "page"));
            if !is_post && item.child("wp:comment").is_none() {
                continue;
            }
            threads.post(post(&item, &thread), None)?;
            for element in item.children_named("wp:comment") {
                let number = threads.record();
                let is_internal = matches!(
                    element.text_of("wp:comment_type"),
                    Some("order_note" | "action_log" | "webhook_delivery")
                );
                let is_hidden = matches!(
                    element.text_of("wp:comment_approved"),
                    Some("0" | "spam" | "trash" | "post-trashed")
                );
                if is_internal || is_hidden {
                    hidden += 1;
                } else if element.is_cut {
                    // What the end of the input cut is no comment; the end itself is reported.
                } else if let Some(comment) = comment(element, number) {
                    let stated = element.text_of("wp:comment_date");
                    let stated = stated.filter(|time| !time.starts_with("0000"));
                    if let Some(time) = stated.filter(|_| comment.created.is_none()) {
                        threads.bad_date(number, time);
                    }
                    threads.comment(&thread, comment)?;
                } else {
                    let excerpt = element.text_of("wp:comment_content").unwrap_or_default();
                    threads.bad(number, "a comment without id and text", excerpt);
                }
            }
        }
        threads.unpublished(hidden, "awaiting approval, spam, in the bin, or notes of a shop");
        threads.finish()
    }
}

/// A time of WordPress: what the page shows, else the same in UTC. All zeros stand for none.
fn time(element: &Element, local: &str, gmt: &str) -> Option<Moment> {
    let stated = |name| element.text_of(name).filter(|text| !text.starts_with("0000"));
    stated(local)
        .and_then(dates::iso8601)
        .or_else(|| stated(gmt).and_then(|text| dates::iso8601(&format!("{text}Z"))))
}

fn post(item: &Element, id: &Name) -> Post {
    Post {
        id: Some(id.clone()).filter(|id| !id.is_empty()),
        title: item.text_of("title").map(markup::html),
        url: item.text_of("link").map(str::to_owned),
        author: item.text_of("dc:creator").map(Name::from),
        created: time(item, "wp:post_date", "wp:post_date_gmt")
            .or_else(|| item.text_of("pubDate").and_then(dates::rfc2822)),
        text: wordpress(item.text_of("content:encoded").unwrap_or_default()),
    }
}

fn comment(element: &Element, number: u32) -> Option<Comment> {
    let id = element.text_of("wp:comment_id").map(Name::from);
    let content = element.text_of("wp:comment_content");
    if id.is_none() && content.is_none() {
        return None;
    }
    let parent = element.text_of("wp:comment_parent").filter(|parent| *parent != "0");
    let kind = match element.text_of("wp:comment_type") {
        Some("pingback" | "trackback" | "webmention") => Kind::Pingback,
        _ => Kind::Comment,
    };
    Some(Comment {
        id,
        author: element.text_of("wp:comment_author").map(markup::html).map(Name::from),
        reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
        created: time(element, "wp:comment_date", "wp:comment_date_gmt"),
        score: None,
        kind,
        text: wordpress(content.unwrap_or_default()),
        line: Some(number),
    })
}

/// The plain text of a comment as WordPress shows it: blank lines part paragraphs and line ends
/// count, which in HTML they do not.
fn wordpress(content: &str) -> String {
    let lines = content.replace("\r\n", "\n");
    markup::html(&lines.replace("\n\n", "<p>").replace('\n', "<br>"))
}
