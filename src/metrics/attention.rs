//! Attention: how comments are shared out among people, and who comes back.
//!
//! Only comments with a known author count; the post's author counts for what they wrote as
//! comments.

use super::{Metric, Timeline, Unit, share};
use crate::thread::{NO_AUTHOR, Thread};

/// What the attention metrics are made from.
#[derive(Debug)]
pub struct Authors {
    /// Comments of each author who wrote one, ascending.
    pub counts: Vec<u32>,
    /// Comments with a known author.
    pub authored: usize,
}

impl Authors {
    /// One pass over the authors.
    #[must_use]
    pub fn of(thread: &Thread) -> Self {
        let mut counts = vec![0u32; thread.names().len()];
        for &author in thread.authors().iter().skip(1).filter(|&&author| author != NO_AUTHOR) {
            counts[author as usize] += 1;
        }
        counts.retain(|&count| count > 0);
        counts.sort_unstable();
        let authored = counts.iter().map(|&count| count as usize).sum();
        Self { counts, authored }
    }

    /// Different authors.
    #[must_use]
    pub fn n(&self) -> usize {
        self.counts.len()
    }
}

/// Authors with a comment that follows, in time, another author's that follows one of theirs; null
/// unless the order of the comments in time is known.
fn returning(thread: &Thread, timeline: &Timeline) -> Option<usize> {
    if timeline.order.is_empty() {
        return None;
    }
    let authors = thread.authors();
    let mut last_speaker = NO_AUTHOR;
    let mut has_spoken = vec![false; thread.names().len()];
    let mut has_returned = vec![false; thread.names().len()];
    for &place in &timeline.order {
        let author = authors[place as usize];
        if author == NO_AUTHOR {
            continue;
        }
        if has_spoken[author as usize] && last_speaker != author {
            has_returned[author as usize] = true;
        }
        has_spoken[author as usize] = true;
        last_speaker = author;
    }
    Some(has_returned.into_iter().filter(|&returned| returned).count())
}

/// Inequality of comments per author.
pub const GINI_COMMENTS: Metric = Metric {
    name: "gini_comments",
    about: "Gini coefficient of comments per author: 0 where all wrote the same number; null \
            without a known author",
    unit: Unit::Ratio,
    reference: "Gini 1912, Variabilità e mutabilità; over the authors of one thread, without the \
                small-sample factor n/(n - 1)",
    example: ("ann: a\n  ann: b\n  ann: c\nbob: d", Some(0.25)),
    compute: |c| {
        let n = c.authors().n() as f64;
        let weighted: f64 = (1u32..)
            .zip(&c.authors().counts)
            .map(|(rank, &count)| (2.0 * f64::from(rank) - n - 1.0) * f64::from(count))
            .sum();
        (c.authors().authored > 0).then(|| weighted / (n * c.authors().authored as f64))
    },
};

/// Share of the most active author.
pub const TOP_AUTHOR_SHARE: Metric = Metric {
    name: "top_author_share",
    about: "comments of the most active author / comments with a known author; null without one",
    unit: Unit::Ratio,
    reference: "own: says in one number what the Gini coefficient says in another",
    example: ("ann: a\n  ann: b\n  ann: c\nbob: d", Some(0.75)),
    compute: |c| {
        share(c.authors().counts.last().map_or(0, |&count| count as usize), c.authors().authored)
    },
};

/// Share of authors who come back.
pub const REENTRY_SHARE: Metric = Metric {
    name: "reentry_share",
    about: "authors who comment again after somebody else has / authors; null without a known \
            author, or unless every comment with an author has a time exact to the minute",
    unit: Unit::Ratio,
    reference: "after Backstrom, Kleinberg, Lee & Danescu-Niculescu-Mizil 2013, Characterizing \
                and curating conversation threads, WSDM 2013",
    example: (
        "ann [2026-03-01 10:00]: a\n  bob [2026-03-01 10:05]: b\n    ann [2026-03-01 10:09]: c",
        Some(0.5),
    ),
    compute: |c| {
        let timed = c
            .timeline()
            .order
            .iter()
            .filter(|&&place| c.thread.authors()[place as usize] != NO_AUTHOR)
            .count();
        if timed != c.authors().authored {
            return None;
        }
        share(returning(c.thread, c.timeline())?, c.authors().n())
    },
};
