//! Disqus: the XML export of a forum, and answers of its interface ([`answers`]).
//!
//! Written by "Export comments" in Disqus' moderation pages (schema
//! <http://disqus.com/api/schemas/1.0/disqus.xsd>): all `<thread>`s, then all `<post>`s, each
//! naming its thread and perhaps its parent by `dsq:id`, in no useful order; parents may come
//! after their replies.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `post dsq:id` |
//! | author | `author/name`, else `author/username` |
//! | parent | `parent dsq:id`; without it the post is answered |
//! | created | `createdAt` |
//! | kind | deleted where `isDeleted` |
//! | text | `message`, HTML |
//! | post | `thread`: `dsq:id`, `title`, `link`, `createdAt`, `author`, `message` |
//!
//! Posts that Disqus marks as spam were never shown: they are left out and counted in a
//! diagnostic. A post whose thread is absent forms a thread without title.
//! Not read: categories, IP addresses, e-mail addresses.

mod answers;

use super::json::{self, Shape};
use super::threads::Threads;
use super::xml::{self, Element};
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Kind, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};

/// The XML export of Disqus.
pub struct Disqus;

impl Format for Disqus {
    fn name(&self) -> &'static str {
        "disqus"
    }

    fn about(&self) -> &'static str {
        "Disqus XML export of a forum, or posts as its interface answers them in JSON"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        match xml::root(sample.head) {
            Some(root) if root.name == "disqus" => 0.99,
            None if answers::fits(sample) => 0.96,
            _ => 0.0,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (shape, input) = json::shape(input)?;
        if shape != Shape::Other {
            return answers::read(self.name(), input, options, sink);
        }
        let source = input.name.clone();
        let records = xml::records(input, options, &["thread", "post"])?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        let mut spam = 0;
        for record in records {
            let Some((number, element)) = threads.element(record) else { continue };
            let id = own_id(&element).map(Name::from);
            if element.name == "thread" {
                match id {
                    Some(id) => threads.post(post(&element, id), None)?,
                    None => threads.bad(number, "a thread without dsq:id", element.text()),
                }
                continue;
            }
            if is_true(&element, "isSpam") && !is_true(&element, "isDeleted") {
                spam += 1;
                continue;
            }
            let thread = element.child("thread").and_then(own_id);
            if element.is_cut {
                // What the end of the input cut is no comment.
            } else if id.is_some() || element.text_of("message").is_some() {
                let thread = thread.map(Name::from).unwrap_or_default();
                let comment = comment(&element, id, number);
                if let Some(time) =
                    element.text_of("createdAt").filter(|_| comment.created.is_none())
                {
                    threads.bad_date(number, time);
                }
                threads.comment(&thread, comment)?;
            } else {
                threads.bad(number, "a post without dsq:id and message", element.text());
            }
        }
        threads.unpublished(spam, "marked as spam");
        threads.finish()
    }
}

/// `dsq:id`, whose prefix other programs leave out.
fn own_id(element: &Element) -> Option<&str> {
    element.attribute("dsq:id").or_else(|| element.attribute("id"))
}

fn is_true(element: &Element, name: &str) -> bool {
    element.text_of(name) == Some("true")
}

fn author(element: &Element) -> Option<Name> {
    let author = element.child("author")?;
    author.text_of("name").or_else(|| author.text_of("username")).map(Name::from)
}

fn post(element: &Element, id: Name) -> Post {
    Post {
        id: Some(id),
        title: element.text_of("title").map(markup::html),
        url: element.text_of("link").map(str::to_owned),
        author: author(element),
        created: element.text_of("createdAt").and_then(dates::iso8601),
        text: markup::html(element.text_of("message").unwrap_or_default()),
    }
}

fn comment(element: &Element, id: Option<Name>, number: u32) -> Comment {
    let parent = element.child("parent").and_then(own_id);
    let is_deleted = is_true(element, "isDeleted");
    Comment {
        id,
        author: author(element),
        reply_to: parent.map_or_else(ReplyTo::post, ReplyTo::id),
        created: element.text_of("createdAt").and_then(dates::iso8601),
        score: None,
        kind: if is_deleted { Kind::Deleted } else { Kind::Comment },
        text: markup::html(element.text_of("message").unwrap_or_default()),
        line: Some(number),
    }
}
