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
mod graph;
mod names;
mod terms;
mod vocabulary;

use std::collections::HashMap;

use self::background::Background;
use self::graph::Graph;
use self::names::Names;
use self::terms::{Limits, Terms};
use self::vocabulary::Vocabulary;
use super::measures::{c_tf_idf, npmi};
use super::pattern::Pattern;
use super::{Origin, Topic, Topics};
use crate::comment::Kind;
use crate::text::language;
use crate::text::stems::Stemmer;
use crate::text::stopwords::StopWords;
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
    /// Communities of the graph of terms that occur together. The default.
    #[default]
    Communities,
    /// Non-negative factors of the matrix of documents and terms.
    Factors,
}

/// How topics are discovered.
#[derive(Debug, Clone, Default)]
pub struct Discovery {
    /// How many topics; `None` = as many as the comments have. Default: `None`.
    pub count: Option<usize>,
    /// How terms are grouped. Default: [`Method::Communities`].
    pub method: Method,
    /// Names, beside those of the authors, that are no topics. Default: none.
    pub exclude: Vec<String>,
}

/// Topics at most, where their number is left to the comments.
const MOST_TOPICS: usize = 12;
/// Terms that a topic is searched with at most.
const TERMS: usize = 24;
/// Terms at most, over all topics.
const VOCABULARY: usize = 6_000;
/// Terms that coherence is measured on.
const COHERENT: usize = 10;

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
    let stop = StopWords::of(&codes);
    let stemmer = codes.first().and_then(|code| Stemmer::of(code));
    let others: Vec<&str> = options.exclude.iter().map(String::as_str).collect();
    let names = Names::of(&documents, &others);
    let vocabulary = Vocabulary::read(&documents, &stop, stemmer.as_ref(), &names);
    let is_comment: Vec<bool> = documents.iter().map(|d| !d.is_post).collect();
    let n_comments = is_comment.iter().filter(|c| **c).count();
    // A term of one comment alone cannot join two; in large sets rare terms are mostly noise.
    let least = ((n_comments as f64).sqrt() / 12.0).floor() as u32 + 1;
    let limits = Limits { documents: least.max(2), terms: VOCABULARY };
    let terms = Terms::find(&vocabulary, Background::of(&codes), &is_comment, limits);
    let parents: Vec<Option<u32>> = documents.iter().map(|d| d.parent).collect();
    let groups = group(&groupings(&terms, &parents, options), &terms, &is_comment, options.count);
    topics(groups, &terms, &is_comment)
}

/// The post cut into its paragraphs, each a context of its own: an article is about many things.
fn paragraphs<'a>(documents: &[Document<'a>]) -> Vec<Document<'a>> {
    let mut out = Vec::with_capacity(documents.len());
    let mut place = Vec::with_capacity(documents.len());
    for document in documents {
        let parent = document.parent.and_then(|p| {
            // A reply to the post takes up the article as a whole, which says nothing.
            (!documents[p as usize].is_post).then(|| place[p as usize])
        });
        place.push(out.len() as u32);
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

/// A group of terms with the number of comments that use any of them.
struct Group {
    terms: Vec<u32>,
    comments: u32,
}

/// Resolutions that are tried, from coarse to fine.
const RESOLUTIONS: [f64; 8] = [0.6, 0.8, 1.0, 1.25, 1.6, 2.0, 2.5, 3.2];

/// Groupings of the terms, from coarse to fine.
fn groupings(terms: &Terms, parents: &[Option<u32>], options: &Discovery) -> Vec<Vec<u32>> {
    match (options.method, options.count) {
        (Method::Communities, _) => {
            let graph = Graph::of(terms, parents);
            RESOLUTIONS.iter().map(|resolution| graph.communities(*resolution)).collect()
        }
        (Method::Factors, Some(count)) => vec![factors::factors(terms, count)],
        (Method::Factors, None) => [4, 6, 8, 12].map(|k| factors::factors(terms, k)).to_vec(),
    }
}

/// The groups that make topics, those of most comments first.
///
/// Their number is that of the coarsest grouping with as many as are asked for; else that of the
/// grouping whose topics hold together best (coherence, weighed by the comments they cover).
fn group(
    groupings: &[Vec<u32>],
    terms: &Terms,
    is_comment: &[bool],
    count: Option<usize>,
) -> Vec<Group> {
    let usage = Usage::of(terms, is_comment);
    let least = count.map_or_else(|| (usage.n as u32 / 50).max(2), |_| 1);
    let mut best: Option<(f64, Vec<Group>)> = None;
    for grouping in groupings {
        let mut groups = covered(grouping, terms, is_comment);
        groups.retain(|group| group.comments >= least);
        if count.is_some_and(|wanted| groups.len() >= wanted) {
            best = Some((0.0, groups));
            break;
        }
        groups.truncate(MOST_TOPICS);
        let score = usage.score(&groups);
        if best.as_ref().is_none_or(|(known, _)| score > known + 1e-9) {
            best = Some((score, groups));
        }
    }
    let mut groups = best.map(|(_, groups)| groups).unwrap_or_default();
    groups.truncate(count.unwrap_or(MOST_TOPICS));
    groups
}

fn covered(community: &[u32], terms: &Terms, is_comment: &[bool]) -> Vec<Group> {
    let n = community.iter().max().map_or(0, |max| *max as usize + 1);
    let mut groups: Vec<Group> = (0..n).map(|_| Group { terms: Vec::new(), comments: 0 }).collect();
    for (term, &c) in community.iter().enumerate() {
        groups[c as usize].terms.push(term as u32);
    }
    let mut last = vec![usize::MAX; n];
    for (document, row) in terms.rows.iter().enumerate().filter(|(d, _)| is_comment[*d]) {
        for &(term, _) in row {
            let c = community[term as usize] as usize;
            if last[c] != document {
                last[c] = document;
                groups[c].comments += 1;
            }
        }
    }
    groups.retain(|group| group.terms.len() > 1);
    groups.sort_by_key(|group| std::cmp::Reverse(group.comments));
    groups
}

/// Weighs the terms of each group, names it and makes it searchable.
fn topics(groups: Vec<Group>, terms: &Terms, is_comment: &[bool]) -> Topics {
    let usage = Usage::of(terms, is_comment);
    let total: f64 = groups.iter().flat_map(|g| &g.terms).map(|t| usage.count(*t)).sum();
    let mean_size = total / groups.len().max(1) as f64;
    let mut list = Vec::new();
    let mut patterns = Vec::new();
    for group in groups {
        let weight = |&t: &u32| {
            let term = &terms.list[t as usize];
            let weight = c_tf_idf(usage.count(t), f64::from(term.count), mean_size);
            (weight * term.surprise * proper(&term.shown), t)
        };
        let mut weighted: Vec<(f64, u32)> = group.terms.iter().map(weight).collect();
        weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        weighted.truncate(TERMS);
        let top = weighted.first().map_or(1.0, |(weight, _)| *weight).max(f64::MIN_POSITIVE);
        let index = list.len() as u32;
        for &(_, term) in &weighted {
            let forms = terms.list[term as usize].forms.iter();
            patterns.extend(forms.filter_map(|f| Pattern::literal(f)).map(|p| (index, p)));
        }
        let shown: Vec<String> =
            weighted.iter().map(|(_, t)| terms.list[*t as usize].shown.clone()).collect();
        list.push(Topic {
            name: label(&shown),
            origin: Origin::Discovered,
            weights: weighted.iter().map(|(w, _)| w / top).collect(),
            coherence: usage.coherence(&weighted.iter().map(|(_, t)| *t).collect::<Vec<_>>()),
            terms: shown,
        });
    }
    Topics::new(list, patterns)
}

/// Names of people, places and things name a topic better than other words do.
fn proper(shown: &str) -> f64 {
    if shown.starts_with(char::is_uppercase) { 1.25 } else { 1.0 }
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

/// Which comments use a term.
struct Usage {
    comments: Vec<Vec<u32>>,
    counts: Vec<u32>,
    n: usize,
}

impl Usage {
    fn of(terms: &Terms, is_comment: &[bool]) -> Self {
        let mut usage = Self {
            comments: vec![Vec::new(); terms.list.len()],
            counts: vec![0; terms.list.len()],
            n: is_comment.iter().filter(|c| **c).count(),
        };
        for (document, row) in terms.rows.iter().enumerate().filter(|(d, _)| is_comment[*d]) {
            for &(term, count) in row {
                usage.comments[term as usize].push(document as u32);
                usage.counts[term as usize] += count;
            }
        }
        usage
    }

    /// How often comments use a term.
    fn count(&self, term: u32) -> f64 {
        f64::from(self.counts[term as usize])
    }

    /// How well groups hold together, weighed by the comments that they cover.
    fn score(&self, groups: &[Group]) -> f64 {
        let mut sum = 0.0;
        let mut weight = 0.0;
        for group in groups {
            let mut terms = group.terms.clone();
            terms.sort_by_key(|t| (std::cmp::Reverse(self.counts[*t as usize]), *t));
            let comments = f64::from(group.comments);
            sum += comments * self.coherence(&terms).unwrap_or(0.0);
            weight += comments;
        }
        if weight > 0.0 { sum / weight } else { f64::MIN }
    }

    /// Mean NPMI over the pairs of the foremost terms (Lau, Newman & Baldwin 2014).
    fn coherence(&self, terms: &[u32]) -> Option<f64> {
        let foremost = &terms[..terms.len().min(COHERENT)];
        let n = self.n.max(1) as f64;
        let share = |k: usize| k as f64 / n;
        let mut sum = 0.0;
        let mut pairs = 0;
        for (i, &a) in foremost.iter().enumerate() {
            for &b in &foremost[i + 1..] {
                let (a, b) = (&self.comments[a as usize], &self.comments[b as usize]);
                sum += npmi(share(a.len()), share(b.len()), share(in_both(a, b)));
                pairs += 1;
            }
        }
        (pairs > 0).then(|| sum / f64::from(pairs))
    }
}

/// How many numbers two ascending lists share.
fn in_both(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}
