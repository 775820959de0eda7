//! Reddit listings: what `reddit.com/comments/ID.json` answers, saved as a file.
//!
//! Written by the site and by every client of its interface: an array of two listings (the post,
//! then the comments nested in `replies`), one listing alone, or the flat `things` of
//! `api/morechildren`; several such documents may follow each other. Stubs of kind `more` are
//! counted and reported with the number of comments that they hide; a stub that hides 0 stands
//! for a thread that goes on behind a link. See <https://www.reddit.com/dev/api>.
//!
//! Not read: awards, flairs, media, votes other than the score.

use super::{comment, post};
use crate::comment::Layout;
use crate::error::Result;
use crate::formats::json::{self, Items, Node};
use crate::formats::threads::Threads;
use crate::formats::{Format, Input, ReadOptions, Sample, Sink};

/// Listings of Reddit's own interface.
pub struct Listing;

impl Format for Listing {
    fn name(&self) -> &'static str {
        "reddit"
    }

    fn about(&self) -> &'static str {
        "Reddit listing JSON, as `reddit.com/comments/ID.json` answers it"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let Some(document) = json::sniff(sample, &["\"kind\"", "\"data\""]) else { return 0.0 };
        let Some(root) = document.root() else { return 0.0 };
        let first = if root.is_array() { root.items().next().unwrap_or(root) } else { root };
        let things =
            first.path(&["json", "data", "things"]).and_then(|things| things.items().next());
        match things.unwrap_or(first).str_at("kind") {
            Some("Listing" | "t1" | "t3" | "more") => 0.98,
            _ => 0.0,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (source, document) = json::read(input, options, sink)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Preorder, sink);
        let mut result = Ok(());
        let (mut stubs, mut hidden) = (0, 0);
        json::preorder(document.roots(), |node, _| {
            let data = node.get("data").unwrap_or(node);
            match node.str_at("kind") {
                _ if node.is_array() => return Some(node.items()),
                Some("Listing") => return data.get("children").map(Node::items),
                Some("t3") => {
                    let number = threads.record();
                    match post(data) {
                        Some((post, declared)) if result.is_ok() => {
                            result = threads.post(post, declared);
                        }
                        Some(_) => {}
                        None if data.is_cut() => {}
                        None => threads.bad(number, "a post without an id", data.raw()),
                    }
                }
                Some("t1") => {
                    let number = threads.record();
                    match comment(data).filter(|_| !data.is_half("replies")) {
                        Some((thread, mut comment)) if result.is_ok() => {
                            comment.line = Some(number);
                            result = threads.comment(&thread, comment);
                        }
                        Some(_) => {}
                        None if data.is_cut() => {}
                        None => {
                            threads.bad(number, "a comment without an id or a body", data.raw());
                        }
                    }
                    return data.get("replies").map(Items::once);
                }
                Some("more") => {
                    stubs += 1;
                    hidden += data.int_at("count").unwrap_or(0).max(0) as u64;
                }
                _ => return node.path(&["json", "data", "things"]).map(Node::items),
            }
            None
        });
        result?;
        threads.hidden(stubs, hidden);
        document.report(&mut threads);
        threads.finish()
    }
}
