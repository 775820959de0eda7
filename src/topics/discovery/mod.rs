//! Topics found in the comments themselves, from two dozen comments to millions.
//!
//! 1. [Words](vocabulary) of the own text, inflection taken off; function words, names of those
//!    who comment, URLs and repeated lines left out.
//! 2. [Terms](terms): words and bound phrases that are used more than in everyday talk.
//! 3. [Groups](graph) of terms that occur together, in one comment or in a comment and its reply.
//! 4. A group that enough comments speak of is a topic; its terms are weighted by c-TF-IDF and
//!    name it.
//!
//! The post and the tree are context: they say which terms belong together, but only what is said
//! in comments becomes a topic. Everything happens in a fixed order, so the same comments give
//! the same topics on any machine and with any number of threads.

mod background;
mod factors;
mod families;
mod graph;
mod grouping;
mod matrix;
mod names;
mod terms;
mod usage;
mod vocabulary;

use std::collections::{HashMap, HashSet};

use self::background::Background;
use self::grouping::{Group, Grouping};
use self::names::Names;
use self::terms::{Limits, Terms};
use self::usage::Usage;
use self::vocabulary::Vocabulary;
use super::{Origin, Topic, Topics};
use crate::comment::Kind;
use crate::text::language;
use crate::text::stems::Stemmer;
use crate::thread::Thread;

/// A comment or a post, as discovery sees it.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// Plain text; quoted lines are left out.
    pub text: &'a str,
    /// Who wrote it. Names of those who comment are no topics.
    pub author: Option<&'a str>,
    /// Number of its thread.
    pub thread: u32,
    /// Index of the document that it answers; must be smaller than its own.
    pub parent: Option<u32>,
    /// It is the post: context, and no comment.
    pub is_post: bool,
}

/// How terms are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Method {
    /// Non-negative factors of the matrix of documents and terms. The default.
    #[default]
    Factors,
    /// Communities of the graph of terms that occur together.
    Communities,
}

/// How topics are discovered.
#[derive(Debug, Clone, Default)]
pub struct Discovery {
    /// How many topics; `None` = as many as the comments have. Default: `None`.
    pub count: Option<usize>,
    /// How terms are grouped. Default: [`Method::Factors`].
    pub method: Method,
    /// Names, beside those of the authors, that are no topics. Default: none.
    pub exclude: Vec<String>,
}

/// What a use in the post is worth, where one in a comment is worth 1.
const CONTEXT: f64 = 0.5;
/// Terms that the coherence of a topic is measured on.
const COHERENT: usize = 10;
/// Terms at most, over all topics.
const VOCABULARY: usize = 6_000;

impl<'a> Document<'a> {
    /// The posts and comments of threads, in their order. Pingbacks and placeholders are left
    /// out: nobody said them here.
    #[must_use]
    pub fn of(threads: &'a [Thread]) -> Vec<Self> {
        let mut documents = Vec::new();
        for (number, thread) in threads.iter().enumerate() {
            let post = thread.post();
            let context = Self {
                text: &post.text,
                author: post.author.as_deref(),
                thread: number as u32,
                parent: None,
                is_post: true,
            };
            documents.push(context);
            documents.extend(post.title.as_deref().map(|text| Self { text, ..context }));
            let mut index_of = vec![None; thread.len() + 1];
            for (k, comment) in thread.comments().iter().enumerate() {
                if matches!(comment.kind, Kind::Pingback | Kind::Placeholder) {
                    continue;
                }
                index_of[k + 1] = Some(documents.len() as u32);
                documents.push(Self {
                    text: &comment.text,
                    author: comment.author.as_deref(),
                    parent: index_of[thread.parents()[k + 1] as usize],
                    is_post: false,
                    ..context
                });
            }
        }
        documents
    }
}

/// Finds what the documents are about.
#[must_use]
pub fn discover(documents: &[Document<'_>], options: &Discovery) -> Topics {
    let documents = paragraphs(documents);
    let codes = languages(&documents);
    let stemmer = codes.first().and_then(|code| Stemmer::of(code));
    let others: Vec<&str> = options.exclude.iter().map(String::as_str).collect();
    let names = Names::of(&documents, &others);
    let vocabulary = Vocabulary::read(&documents, &codes, stemmer.as_ref(), &names);
    let is_comment: Vec<bool> = documents.iter().map(|d| !d.is_post).collect();
    let n_comments = is_comment.iter().filter(|c| **c).count();
    // A term of one comment alone cannot join two; in large sets rare terms are mostly noise.
    let least = ((n_comments as f64).sqrt() / 12.0).floor() as u32 + 1;
    let background = Background::of(&codes, stemmer.as_ref());
    let limits = Limits { documents: least.max(2), terms: VOCABULARY };
    let terms = Terms::find(&vocabulary, &background, &is_comment, limits);
    let parents: Vec<Option<u32>> = documents.iter().map(|d| d.parent).collect();
    let usage = Usage::of(&terms, &is_comment, &parents);
    let grouping =
        Grouping { terms: &terms, usage: &usage, is_comment: &is_comment, parents: &parents };
    topics(&grouping.groups(options), &terms, &usage)
}

/// The post cut into its paragraphs, each a context of its own: an article is about many things.
/// A post without comments is no context of any.
fn paragraphs<'a>(documents: &[Document<'a>]) -> Vec<Document<'a>> {
    let discussed: HashSet<u32> =
        documents.iter().filter(|d| !d.is_post).map(|d| d.thread).collect();
    let mut out = Vec::with_capacity(documents.len());
    let mut place = Vec::with_capacity(documents.len());
    for document in documents {
        let parent = document.parent.and_then(|p| {
            // A reply to the post takes up the article as a whole, which says nothing.
            (!documents[p as usize].is_post).then(|| place[p as usize])
        });
        place.push(out.len() as u32);
        if document.is_post && !discussed.contains(&document.thread) {
            continue;
        }
        if document.is_post {
            let parts = document.text.split("\n\n").filter(|part| !part.trim().is_empty());
            out.extend(parts.map(|text| Document { text, parent: None, ..*document }));
        } else {
            out.push(Document { parent, ..*document });
        }
    }
    out
}

/// The languages that a good part of the documents is in, the commonest first.
fn languages(documents: &[Document<'_>]) -> Vec<&'static str> {
    const SAMPLE: usize = 2_000;
    let step = documents.len().div_ceil(SAMPLE).max(1);
    let mut counts: HashMap<&'static str, usize> = HashMap::new();
    for document in documents.iter().step_by(step) {
        if let Some(found) = language::detect(document.text) {
            *counts.entry(found.code).or_default() += 1;
        }
    }
    let total: usize = counts.values().sum();
    let mut ranked: Vec<_> = counts.into_iter().filter(|(_, n)| n * 20 >= total).collect();
    ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    ranked.into_iter().map(|(code, _)| code).collect()
}

/// Names each group and makes it searchable.
fn topics(groups: &[Group], terms: &Terms, usage: &Usage) -> Topics {
    let mut list = Vec::new();
    let mut all_forms = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        for &(term, _) in &group.terms {
            let forms = terms.list[term as usize].forms.iter();
            all_forms.extend(forms.map(|form| (index as u32, form.clone())));
        }
        let top = group.terms.first().map_or(1.0, |(_, weight)| *weight).max(f64::MIN_POSITIVE);
        let shown: Vec<String> =
            group.terms.iter().map(|(t, _)| terms.list[*t as usize].shown.clone()).collect();
        list.push(Topic {
            name: label(&shown),
            origin: Origin::Discovered,
            weights: group.terms.iter().map(|(_, weight)| weight / top).collect(),
            coherence: usage.coherence(&group.terms, COHERENT),
            terms: shown,
        });
    }
    Topics::discovered(list, all_forms)
}

/// The first terms that do not repeat each other.
fn label(terms: &[String]) -> String {
    let mut chosen: Vec<&str> = Vec::new();
    for term in terms {
        let words: Vec<String> = term.split(' ').map(str::to_lowercase).collect();
        let repeats =
            chosen.iter().any(|c| c.split(' ').any(|w| words.contains(&w.to_lowercase())));
        if !repeats {
            chosen.push(term);
        }
        if chosen.len() == 3 {
            break;
        }
    }
    chosen.join(", ")
}
