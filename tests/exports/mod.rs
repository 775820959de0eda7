//! Structured exports: what is read from the seeds, how damage is met, which format claims what.

mod damage;
mod detection;
mod documents;
mod facts;
mod folders;
mod lenient;
mod order;

use std::path::{Path, PathBuf};

use rejoinder::comment::{Comment, Discussion, Post};
use rejoinder::diagnostic::{Diagnostic, Oddity};
use rejoinder::error::Result;
use rejoinder::formats::{self, Input, ReadOptions, Sink};
use rejoinder::gather::{Budget, Gather};
use serde::Deserialize;

/// Everything that a format delivers.
#[derive(Debug, Default)]
struct Delivered {
    discussions: Vec<Discussion>,
    loose: Vec<(String, Comment)>,
    posts: Vec<Post>,
    format: String,
    odd: Vec<Diagnostic>,
}

impl Delivered {
    /// Puts loose comments together to discussions, as a run does.
    fn gather(&mut self, name: &str) {
        let mut gather = Gather::new(Budget::default());
        gather.source(name, self.format.clone());
        for post in self.posts.drain(..) {
            gather.post(&post).unwrap();
        }
        for (thread, comment) in self.loose.drain(..) {
            gather.comment(&thread, &comment, &[]).unwrap();
        }
        for share in gather.finish() {
            share
                .each(
                    |_| 0,
                    |gathered, odd| {
                        self.discussions.push(gathered.discussion);
                        self.odd.extend(odd);
                        Ok(())
                    },
                )
                .unwrap();
        }
    }
}

impl Sink for Delivered {
    fn input(&mut self, _: &str, format: &str) {
        format.clone_into(&mut self.format);
    }

    fn discussion(&mut self, discussion: Discussion) -> Result<()> {
        self.discussions.push(discussion);
        Ok(())
    }

    fn loose(&mut self, thread: &str, comment: Comment) -> Result<()> {
        self.loose.push((thread.to_owned(), comment));
        Ok(())
    }

    fn loose_post(&mut self, post: Post) -> Result<()> {
        self.posts.push(post);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.odd.push(diagnostic);
    }
}

impl Delivered {
    fn comments(&self) -> impl Iterator<Item = &Comment> {
        let loose = self.loose.iter().map(|(_, comment)| comment);
        self.discussions.iter().flat_map(|d| &d.comments).chain(loose)
    }

    fn has(&self, kind: Oddity) -> bool {
        self.odd.iter().any(|odd| odd.kind == kind)
    }
}

fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> (Delivered, Result<()>) {
    let mut delivered = Delivered::default();
    let result = formats::read(Input::new(name, bytes), options, &mut delivered);
    (delivered, result)
}

/// One entry of `seeds/FACTS.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    file: String,
    format: String,
    threads: usize,
    comments: usize,
    authors: usize,
    #[serde(default)]
    deleted: usize,
    #[serde(default)]
    pingbacks: usize,
    top_level: Option<usize>,
    depth: Option<u32>,
    declared: Option<u32>,
    #[serde(default)]
    odd: Vec<String>,
}

#[derive(Deserialize)]
struct Facts {
    export: Vec<Fact>,
}

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

fn facts() -> Vec<Fact> {
    let text = std::fs::read_to_string(seeds().join("FACTS.toml")).unwrap();
    let facts: Facts = toml::from_str(&text).unwrap();
    assert!(facts.export.len() >= 30, "facts are missing");
    facts.export
}

impl Fact {
    fn bytes(&self) -> Vec<u8> {
        std::fs::read(seeds().join(&self.file)).unwrap()
    }

    fn read(&self, bytes: &[u8]) -> Delivered {
        let options = ReadOptions { format: Some(self.format.clone()), ..ReadOptions::default() };
        let (mut delivered, result) = read(&self.file, bytes, &options);
        delivered.gather(&self.file);
        result.unwrap_or_else(|error| panic!("{}: {error}", self.file));
        delivered
    }
}
