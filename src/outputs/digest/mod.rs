//! The digest of a run: the few dozen figures that the summary, its JSON and the report tell.
//!
//! One place asks the tables; every rendering reads this structure, so that the terminal, the
//! browser and a program are told the same. All lists are short whatever the size of the run:
//! what was left out is counted.

mod doubts;
mod people;
mod shape;

use std::collections::BTreeMap;

pub use doubts::{Doubt, OddityCount, Place};
pub use people::{AuthorLine, TopicLine};
pub use shape::{Bucket, ThreadLine, Totals};

use crate::error::Result;
use crate::frames::Tables;

/// How many threads, authors, topics and doubts a digest names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Threads; more than these, and only the largest are named. Default: 20.
    pub threads: usize,
    /// Authors, the busiest first. Default: 8.
    pub authors: usize,
    /// Topics, those with most comments first. Default: 8.
    pub topics: usize,
    /// Comments with an uncertain parent, the least certain first. Default: 5.
    pub doubts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { threads: 20, authors: 8, topics: 8, doubts: 5 }
    }
}

/// The figures of a run. See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Digest {
    /// What the run was: see `frames::schema` for the keys.
    pub meta: BTreeMap<String, String>,
    /// Sums over all threads.
    pub totals: Totals,
    /// Threads by name: all in the order of reading, or the largest.
    pub threads: Vec<ThreadLine>,
    /// All numbers of the only thread that has comments, by column of the threads table; empty if
    /// there are more such threads.
    pub figures: BTreeMap<String, f64>,
    /// Comments at each depth, from depth 1; placeholders are left out.
    pub depths: Vec<u64>,
    /// Comments over time, without gaps; empty where no time is exact enough.
    pub activity: Vec<Bucket>,
    /// The busiest authors.
    pub authors: Vec<AuthorLine>,
    /// The topics with most comments.
    pub topics: Vec<TopicLine>,
    /// Number of topics in all.
    pub n_topics: u64,
    /// Comments on none of the topics; 0 where there are no topics.
    pub n_off_topic: u64,
    /// For each kind of evidence that occurs, the number of comments.
    pub evidence: Vec<(String, u64)>,
    /// Comments that hang from the post because nothing tells what they answer.
    pub n_assumed: u64,
    /// The comments with the least certain of the other parents.
    pub doubts: Vec<Doubt>,
    /// What was odd, by kind: problems first.
    pub oddities: Vec<OddityCount>,
}

impl Digest {
    /// Asks the tables of a run.
    pub fn of(tables: &Tables, limits: &Limits) -> Result<Self> {
        let totals = shape::totals(tables)?;
        let n_topics = people::count_topics(tables)?;
        Ok(Self {
            meta: tables.meta().clone(),
            threads: shape::threads(tables, limits.threads)?,
            figures: if totals.n_with_comments == 1 {
                shape::figures_of_only_thread(tables)?
            } else {
                BTreeMap::new()
            },
            depths: shape::depths(tables)?,
            activity: shape::activity(tables)?,
            authors: people::authors(tables, named(limits.authors, totals.n_authors))?,
            topics: people::topics(tables, named(limits.topics, n_topics))?,
            n_topics,
            n_off_topic: if n_topics > 0 { people::count_off_topic(tables)? } else { 0 },
            evidence: doubts::evidence(tables)?,
            n_assumed: doubts::assumed(tables)?,
            doubts: doubts::doubts(tables, limits.doubts)?,
            oddities: doubts::oddities(tables)?,
            totals,
        })
    }

    /// A value of the metadata, by its key without the prefix of the program.
    #[must_use]
    pub fn told(&self, key: &str) -> Option<&str> {
        self.meta.get(&format!("rejoinder.{key}")).map(String::as_str)
    }
}

/// How many of all are named: where a single one would be left, it is named instead of counted.
fn named(most: usize, all: u64) -> usize {
    if all == most as u64 + 1 { most + 1 } else { most }
}

/// What decides how a command ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Comments of every kind but placeholders.
    pub n_comments: u64,
    /// Diagnostics that say that something could not be read or is lost.
    pub n_problems: u64,
}

impl Standing {
    /// Asks the tables of a run.
    pub fn of(tables: &Tables) -> Result<Self> {
        let told = |key: &str| tables.meta().get(key).and_then(|n| n.parse().ok());
        let n_comments = match told("rejoinder.comments") {
            Some(known) => known,
            None => shape::count_comments(tables)?,
        };
        let n_problems = match told("rejoinder.problems") {
            Some(known) => known,
            None => doubts::count_problems(tables)?,
        };
        Ok(Self { n_comments, n_problems })
    }
}
