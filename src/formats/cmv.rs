//! Threads of r/changemyview as the corpus of argumentative modes publishes them, in XML.
//!
//! A file is one dialogue: `<thread ID>` with `<title>`, `<source>`, the opening post in `<OP>` and
//! `<reply>`s, each an answer to the one before it; claims and premises are marked within the texts
//! (Hidey et al., "Analyzing the Semantic Types of Claims and Premises in an Online Persuasive
//! Forum", 2017).
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `id`, where given |
//! | author | `author`; `[deleted]` is none |
//! | parent | the reply before it; of the first, the post |
//! | text | the whole text, marked or not |
//! | post | `ID`, `title`, `source`, `OP` |
//!
//! There are no times. The marks themselves are not read.

use super::threads::Threads;
use super::xml::{self, Element};
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::markup;

/// Dialogues of r/changemyview.
pub struct Cmv;

impl Format for Cmv {
    fn name(&self) -> &'static str {
        "cmv"
    }

    fn about(&self) -> &'static str {
        "r/changemyview dialogues with marked claims and premises: XML of `<OP>` and `<reply>`"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let is_thread = xml::root(sample.head).is_some_and(|root| root.name == "thread");
        let holds = |word: &str| memchr::memmem::find(sample.head, word.as_bytes()).is_some();
        if is_thread && holds("<OP") { 0.97 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let source = input.name.clone();
        let records = xml::mixed_records(input, options, &["thread"])?;
        let mut threads = Threads::new(self.name(), &source, Layout::Preorder, sink);
        for record in records {
            let Some(thread) = threads.item(record) else { continue };
            let id = thread.attribute("ID").or_else(|| thread.attribute("id")).map(Name::from);
            let key = id.clone().unwrap_or_default();
            threads.record();
            threads.post(post(&thread, id), None)?;
            let mut above: Option<Name> = None;
            for (place, reply) in thread.children_named("reply").enumerate() {
                let number = threads.record();
                if reply.is_cut {
                    continue;
                }
                let stated = reply.attribute("id").map(Name::from);
                let id = stated.unwrap_or_else(|| Name::from(format!("r{}", place + 1)));
                let reply_to = above.replace(id.clone()).map_or_else(ReplyTo::post, ReplyTo::id);
                let (author, text) = (author(reply), markup::markdown(reply.text()).into_owned());
                let (id, line) = (Some(id), Some(number));
                let comment = Comment { id, author, reply_to, text, line, ..Comment::default() };
                threads.comment(&key, comment)?;
            }
        }
        threads.finish()
    }
}

fn author(element: &Element) -> Option<Name> {
    element.attribute("author").filter(|name| *name != "[deleted]").map(Name::from)
}

fn post(thread: &Element, id: Option<Name>) -> Post {
    let opening = thread.child("OP").filter(|opening| !opening.is_cut);
    Post {
        id,
        title: thread.text_of("title").map(str::to_owned),
        url: thread.text_of("source").map(str::to_owned),
        author: opening.and_then(author),
        created: None,
        text: opening
            .map(|opening| markup::markdown(opening.text()).into_owned())
            .unwrap_or_default(),
    }
}
