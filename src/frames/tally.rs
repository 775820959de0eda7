//! What is added up over a whole run while its threads pass: of a size that does not grow with
//! their number.
//!
//! The clocks and the exactness of the times decide how times are written and how wide buckets
//! are; mentions and inheritance of topics need the hits of a comment beside those of its parent,
//! which no table holds.

use super::bucket::Bucket;
use super::counts::Counts;
use crate::analysis::Analyzed;
use crate::comment::{Clock, Kind, Moment, Precision};
use crate::thread::Thread;

/// Sums over a run.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Comments, placeholders left out.
    pub(super) n_comments: u64,
    /// Some time is UTC.
    pub(super) has_utc: bool,
    /// Some time is local.
    pub(super) has_local: bool,
    /// For each precision, how many comments have it, and the earliest and latest of them.
    times: [Option<Span>; Precision::ALL.len()],
    /// Comments by time.
    pub(super) counts: Counts,
    /// Diagnostics that are problems.
    pub(super) n_problems: u64,
    /// By topic.
    pub(super) topics: Vec<TopicTally>,
}

/// How many times there are, the earliest and the latest, in milliseconds.
#[derive(Debug, Clone, Copy)]
struct Span {
    count: u64,
    first: i64,
    last: i64,
}

/// Sums over a run for one topic.
#[derive(Debug, Default, Clone)]
pub(super) struct TopicTally {
    /// Mentions in comments.
    pub(super) mentions: u64,
    /// Mentions in the texts of posts.
    pub(super) post_mentions: u64,
    /// Replies to a comment on the topic.
    pub(super) replies: u64,
    /// Those of them that are on the topic too.
    pub(super) inherited: u64,
}

/// How sums are written as text.
type Saved = (
    u64,
    u64,
    (bool, bool),
    [Option<(u64, i64, i64)>; Precision::ALL.len()],
    Vec<(u64, u64, u64, u64)>,
    super::counts::Saved,
);

impl Tally {
    /// Sums over nothing, with room for these.
    pub(super) fn new(topics: Vec<TopicTally>, counts: Counts) -> Self {
        Self { counts, topics, ..Self::default() }
    }

    /// Adds a thread.
    pub(super) fn add(&mut self, analyzed: &Analyzed) {
        let thread = &analyzed.thread;
        self.note_clock(thread.post().created);
        for place in 1..=thread.len() {
            let comment = thread.comment(place);
            if comment.kind != Kind::Placeholder {
                self.n_comments += 1;
                self.note_clock(comment.created);
                self.note_time(comment.created);
                if let Some(moment) = comment.created.filter(Moment::is_dated) {
                    self.counts.add(moment, thread.depths()[place]);
                }
            }
        }
        if !self.topics.is_empty() {
            self.add_topics(analyzed, thread);
        }
    }

    /// The sums as text, for [`Tally::from_text`].
    pub(super) fn to_text(&self) -> String {
        let times = self.times.map(|span| span.map(|s| (s.count, s.first, s.last)));
        let topics = self
            .topics
            .iter()
            .map(|t| (t.mentions, t.post_mentions, t.replies, t.inherited))
            .collect();
        let flags = (self.has_utc, self.has_local);
        let saved: Saved =
            (self.n_comments, self.n_problems, flags, times, topics, self.counts.to_saved());
        serde_json::to_string(&saved).unwrap_or_default()
    }

    /// Sums that [`Tally::to_text`] wrote; `None` for any other text.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (n_comments, n_problems, (has_utc, has_local), times, topics, counts): Saved =
            serde_json::from_str(text).ok()?;
        let topics = topics.into_iter().map(|(mentions, post_mentions, replies, inherited)| {
            TopicTally { mentions, post_mentions, replies, inherited }
        });
        Some(Self {
            n_comments,
            n_problems,
            has_utc,
            has_local,
            times: times.map(|span| span.map(|(count, first, last)| Span { count, first, last })),
            topics: topics.collect(),
            counts: Counts::of_saved(counts)?,
        })
    }

    /// Adds the sums of other threads.
    pub(super) fn merge(&mut self, other: &Self) {
        self.n_comments += other.n_comments;
        self.n_problems += other.n_problems;
        self.counts.merge(&other.counts);
        self.has_utc |= other.has_utc;
        self.has_local |= other.has_local;
        for (own, other) in self.times.iter_mut().zip(&other.times) {
            let Some(other) = *other else { continue };
            let span = own.get_or_insert(Span { count: 0, ..other });
            span.count += other.count;
            span.first = span.first.min(other.first);
            span.last = span.last.max(other.last);
        }
        self.topics.resize(self.topics.len().max(other.topics.len()), TopicTally::default());
        for (own, other) in self.topics.iter_mut().zip(&other.topics) {
            own.mentions += other.mentions;
            own.post_mentions += other.post_mentions;
            own.replies += other.replies;
            own.inherited += other.inherited;
        }
    }

    fn note_clock(&mut self, moment: Option<Moment>) {
        match moment.map(|moment| moment.clock) {
            Some(Clock::Utc) => self.has_utc = true,
            Some(Clock::Local) => self.has_local = true,
            Some(Clock::BeforeCapture) | None => {}
        }
    }

    fn note_time(&mut self, moment: Option<Moment>) {
        let Some(moment) = moment.filter(Moment::is_dated) else { return };
        let span = self.times[moment.precision as usize].get_or_insert(Span {
            count: 0,
            first: moment.millis,
            last: moment.millis,
        });
        span.count += 1;
        span.first = span.first.min(moment.millis);
        span.last = span.last.max(moment.millis);
    }

    fn add_topics(&mut self, analyzed: &Analyzed, thread: &Thread) {
        for hit in &analyzed.post_topics {
            if let Some(topic) = self.topics.get_mut(hit.topic as usize) {
                topic.post_mentions += u64::from(hit.mentions);
            }
        }
        for place in 1..=thread.len() {
            let hits = &analyzed.texts[place - 1].topics;
            for hit in hits {
                if let Some(topic) = self.topics.get_mut(hit.topic as usize) {
                    topic.mentions += u64::from(hit.mentions);
                }
            }
            let parent = thread.parents()[place] as usize;
            if parent == 0 || thread.position(place) == 0 {
                continue;
            }
            for asked in &analyzed.texts[parent - 1].topics {
                if let Some(topic) = self.topics.get_mut(asked.topic as usize) {
                    topic.replies += 1;
                    topic.inherited += u64::from(hits.iter().any(|hit| hit.topic == asked.topic));
                }
            }
        }
    }

    /// `utc`, `local`, `mixed` or `none`: what the times of the run count from.
    pub(super) fn times(&self) -> &'static str {
        match (self.has_utc, self.has_local) {
            (true, false) => "utc",
            (false, true) => "local",
            (true, true) => "mixed",
            (false, false) => "none",
        }
    }

    /// The width of the buckets that suits the times: the finest that leaves out at most a tenth
    /// of the dated comments as too coarse. Null without a dated comment.
    pub(super) fn bucket(&self) -> Option<Bucket> {
        let dated: u64 = self.times.iter().flatten().map(|span| span.count).sum();
        let mut counted = 0;
        for (precision, span) in Precision::ALL.into_iter().zip(&self.times) {
            counted += span.map_or(0, |span| span.count);
            if counted > 0 && (dated - counted) * 10 <= dated {
                let (first, last) = self.span(|known| known <= precision)?;
                return Some(Bucket::for_span(last - first, precision));
            }
        }
        None
    }

    /// The earliest and the latest time that a bucket of this width can count.
    pub(super) fn counted_span(&self, bucket: Bucket) -> Option<(i64, i64)> {
        self.span(|precision| bucket.counts(precision))
    }

    /// Comments that no bucket of this width counts.
    pub(super) fn uncounted(&self, bucket: Option<Bucket>) -> u64 {
        let counted: u64 = Precision::ALL
            .into_iter()
            .zip(&self.times)
            .filter(|(precision, _)| bucket.is_some_and(|bucket| bucket.counts(*precision)))
            .filter_map(|(_, span)| span.map(|span| span.count))
            .sum();
        self.n_comments - counted
    }

    fn span(&self, wanted: impl Fn(Precision) -> bool) -> Option<(i64, i64)> {
        Precision::ALL
            .into_iter()
            .zip(&self.times)
            .filter(|(precision, _)| wanted(*precision))
            .filter_map(|(_, span)| span.map(|span| (span.first, span.last)))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}
