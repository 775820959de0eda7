//! The agenda: what the post is about against what the comments are about, and how a topic
//! travels down a conversation.
//!
//! `McCombs` & Shaw (1972) asked whether readers talk about what the press writes about; the same
//! is counted here for a post and its comments: topics that both have, and the share of comments
//! on any topic of the post, by depth and by the quarters of the thread in time. Down the tree, a reply
//! *inherits* a topic if the comment that it answers has it too; how often that happens is set
//! against how often replies to other comments come to the topic. A comment *brings in* a topic
//! that its parent does not have; another's reply that stays on it *takes it up*.

use std::collections::BTreeMap;

use super::{Hit, Topic};
use crate::comment::{Kind, Name};
use crate::text::mentions::mentions;
use crate::thread::{NO_AUTHOR, Thread};

/// What was counted over threads. Threads are added one at a time.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    /// By topic.
    pub subjects: Vec<Subject>,
    /// Comments.
    pub n_comments: u64,
    /// Those on any topic.
    pub n_on_topic: u64,
    /// Direct replies to comments.
    pub n_replies: u64,
    /// Comments on no topic.
    pub aside: Aside,
    /// By depth from 1: comments, and those on a topic of their post.
    pub by_depth: Vec<Share>,
    /// By quarters of each thread in the order of time: comments, and those on a topic of their post.
    pub by_quarter: [Share; 4],
    kept: usize,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that count.
    pub part: u64,
    /// All.
    pub whole: u64,
}

impl Share {
    /// The share; `None` of nothing.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    fn add(&mut self, counts: bool) {
        self.whole += 1;
        self.part += u64::from(counts);
    }
}

/// What was counted for a topic.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// Comments on it.
    pub n_comments: u64,
    /// Mentions in comments.
    pub n_mentions: u64,
    /// Mentions in posts.
    pub post_mentions: u64,
    /// Sum of the depths of comments on it.
    pub depth_sum: u64,
    /// Direct replies that comments on it drew.
    pub n_replies: u64,
    /// Of the replies to comments on it, those on it too.
    pub inherited: Share,
    /// Of the replies to comments not on it, those on it.
    pub arrived: Share,
    /// Who brought it in, and how often.
    pub brought_by: BTreeMap<Name, u32>,
    /// Who took it up from another, and how often.
    pub taken_up_by: BTreeMap<Name, u32>,
    /// The most typical comments, the most typical first.
    pub examples: Vec<Example>,
}

/// What was counted for the comments on no topic: mostly talk between commenters, who answer,
/// praise and tease each other.
#[derive(Debug, Clone, Default)]
pub struct Aside {
    /// Comments on no topic.
    pub n_comments: u64,
    /// Of them, those that answer another comment.
    pub n_replies: u64,
    /// Of them, those that open with the name of somebody who takes part.
    pub n_calls: u64,
    /// The first ones in page order, those that answer another comment before others, and none
    /// without a text.
    pub examples: Vec<Example>,
}

/// A comment that is typical of a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its thread's id.
    pub thread: Name,
    /// Its place in the source, 1-based.
    pub position: u32,
    /// Its depth.
    pub depth: u32,
    /// Who wrote it.
    pub author: Option<Name>,
    /// Its text.
    pub text: String,
    /// Mentions of the topic.
    pub mentions: u32,
    /// How typical: mentions over the root of the number of words, so that neither a single word
    /// nor an essay wins.
    pub score: f64,
}

/// Where a topic is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In posts and in comments.
    Shared,
    /// In posts only.
    PostOnly,
    /// In comments only.
    CommentsOnly,
    /// Nowhere.
    Unheard,
}

impl Subject {
    /// Where it is spoken of.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match (self.post_mentions > 0, self.n_comments > 0) {
            (true, true) => Standing::Shared,
            (true, false) => Standing::PostOnly,
            (false, true) => Standing::CommentsOnly,
            (false, false) => Standing::Unheard,
        }
    }

    /// The author with the highest count, the first by name among equals.
    #[must_use]
    pub fn foremost(counts: &BTreeMap<Name, u32>) -> Option<(&Name, u32)> {
        let most = counts.values().max()?;
        counts.iter().find(|(_, n)| *n == most).map(|(name, n)| (name, *n))
    }
}

impl Agenda {
    /// Nothing yet, for these topics, keeping so many typical comments of each.
    #[must_use]
    pub fn new(topics: &[Topic], kept: usize) -> Self {
        Self { subjects: vec![Subject::default(); topics.len()], kept, ..Self::default() }
    }

    /// Adds a thread; `hits` are the topics of each comment in pre-order, `post` those of the post.
    pub fn add<'h>(&mut self, thread: &Thread, hits: &dyn Fn(usize) -> &'h [Hit], post: &[Hit]) {
        for hit in post {
            self.subjects[hit.topic as usize].post_mentions += u64::from(hit.mentions);
        }
        let has = |place: usize, topic: u32| hits(place - 1).iter().any(|hit| hit.topic == topic);
        let ranks = ranks(thread);
        let names: Vec<Name> = thread.names().iter().map(Name::to_lowercase).collect();
        for (k, comment) in thread.comments().iter().enumerate() {
            if comment.kind != Kind::Comment {
                continue;
            }
            let place = k + 1;
            let own = hits(k);
            let depth = thread.depths()[place] as usize;
            let parent = thread.parents()[place] as usize;
            self.n_comments += 1;
            self.n_on_topic += u64::from(!own.is_empty());
            let on_post = own.iter().any(|hit| post.iter().any(|p| p.topic == hit.topic));
            if self.by_depth.len() < depth {
                self.by_depth.resize(depth, Share::default());
            }
            self.by_depth[depth - 1].add(on_post);
            self.by_quarter[(4 * ranks[k]) / thread.len()].add(on_post);
            let n_replies = thread.replies(place).count() as u64;
            let author = name_of(thread, place);
            let example = |mentions: u32, score: f64| Example {
                thread: thread.id().clone(),
                position: thread.position(place),
                depth: depth as u32,
                author: author.cloned(),
                text: comment.text.clone(),
                mentions,
                score,
            };
            if own.is_empty() {
                let aside = &mut self.aside;
                aside.n_comments += 1;
                aside.n_replies += u64::from(parent > 0);
                aside.n_calls += u64::from(calls(&names, &comment.text));
                let score = f64::from(parent > 0);
                if !comment.text.trim().is_empty() {
                    keep(&mut aside.examples, self.kept, score, || example(0, score));
                }
            }
            for hit in own {
                let subject = &mut self.subjects[hit.topic as usize];
                subject.n_comments += 1;
                subject.n_mentions += u64::from(hit.mentions);
                subject.depth_sum += depth as u64;
                subject.n_replies += n_replies;
                let is_inherited = parent > 0 && has(parent, hit.topic);
                if let Some(author) = author {
                    if !is_inherited {
                        *subject.brought_by.entry(author.clone()).or_default() += 1;
                    } else if name_of(thread, parent) != Some(author) {
                        *subject.taken_up_by.entry(author.clone()).or_default() += 1;
                    }
                }
                let n_words = comment.text.split_whitespace().count().max(1) as f64;
                let score = f64::from(hit.mentions) / (n_words + 8.0).sqrt();
                keep(&mut subject.examples, self.kept, score, || example(hit.mentions, score));
            }
            if parent > 0 {
                self.n_replies += 1;
                for (topic, subject) in self.subjects.iter_mut().enumerate() {
                    let is_on = own.iter().any(|hit| hit.topic as usize == topic);
                    if has(parent, topic as u32) {
                        subject.inherited.add(is_on);
                    } else {
                        subject.arrived.add(is_on);
                    }
                }
            }
        }
    }
}

/// By comment in pre-order, its place in the order of time; in the order of the source unless all
/// times are known.
fn ranks(thread: &Thread) -> Vec<usize> {
    let comments = thread.comments();
    let is_timed = comments.iter().all(|c| c.created.is_some());
    let mut order: Vec<usize> = (0..comments.len()).collect();
    order.sort_by_key(|&k| {
        let time = comments[k].created.filter(|_| is_timed).map(|moment| moment.millis);
        (time, thread.position(k + 1))
    });
    let mut ranks = vec![0; order.len()];
    order.into_iter().enumerate().for_each(|(rank, k)| ranks[k] = rank);
    ranks
}

fn name_of(thread: &Thread, place: usize) -> Option<&Name> {
    let author = thread.authors()[place];
    (author != NO_AUTHOR).then(|| &thread.names()[author as usize])
}

/// The text opens with the name of somebody who takes part, or with its beginning.
fn calls(names: &[Name], text: &str) -> bool {
    let Some(mention) = mentions(text).into_iter().find(|mention| mention.is_leading) else {
        return false;
    };
    let called = mention.name.split([' ', '.']).next().unwrap_or("").to_lowercase();
    called.chars().nth(1).is_some() && names.iter().any(|name| name.starts_with(&called))
}

/// Keeps the best, in order; of equals the earlier.
fn keep(list: &mut Vec<Example>, most: usize, score: f64, example: impl FnOnce() -> Example) {
    let at = list.partition_point(|known| known.score >= score);
    if at < most {
        list.insert(at, example());
        list.truncate(most);
    }
}
