//! Exchange between people: who answers whom, and who is answered in turn.
//!
//! Replies to the post and comments without a known author say nothing about pairs and are left
//! out; so are people who answer themselves.

use super::{Metric, Unit, share};
use crate::thread::{NO_AUTHOR, Thread};

/// What the exchange metrics are made from.
#[derive(Debug)]
pub struct Exchanges {
    /// Ordered pairs of different authors (from, to) with at least one reply.
    pub pairs: usize,
    /// Those of them whose reverse exists too.
    pub returned: usize,
    /// Most comments on a path down the tree that alternates between exactly two authors.
    pub longest_dyad: u32,
}

impl Exchanges {
    /// One pass over the tree; the pairs are sorted.
    #[must_use]
    pub fn of(thread: &Thread) -> Self {
        let (parents, authors) = (thread.parents(), thread.authors());
        let mut pairs: Vec<u64> = Vec::new();
        // By place, the number of comments of the alternation that ends there.
        let mut dyads = vec![1u32; parents.len()];
        let mut longest_dyad = 0;
        for place in 1..parents.len() {
            let parent = parents[place] as usize;
            let (from, to) = (authors[place], authors[parent]);
            if parent == 0 || from == NO_AUTHOR || to == NO_AUTHOR || from == to {
                continue;
            }
            pairs.push(pair(from, to));
            let grandparent = parents[parent] as usize;
            let goes_on = grandparent > 0 && dyads[parent] >= 2 && authors[grandparent] == from;
            dyads[place] = if goes_on { dyads[parent] + 1 } else { 2 };
            longest_dyad = longest_dyad.max(dyads[place]);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let returned = pairs
            .iter()
            .filter(|&&there| pairs.binary_search(&there.rotate_left(32)).is_ok())
            .count();
        Self { pairs: pairs.len(), returned, longest_dyad }
    }
}

/// Two authors as one number; turning it by 32 bits exchanges them.
fn pair(from: u32, to: u32) -> u64 {
    u64::from(from) << 32 | u64::from(to)
}

/// Longest alternation of two authors.
pub const LONGEST_DYAD: Metric = Metric {
    name: "longest_dyad",
    about: "most comments on a path down the tree that alternates between exactly two authors; \
            0 where nobody answers somebody else, null without comments",
    unit: Unit::Count,
    reference: "after the dyadic motifs of Zhang, Danescu-Niculescu-Mizil, Sauper & Taylor 2018, \
                Characterizing online public discussions through patterns of participant \
                interactions, CSCW 2018",
    example: ("ann: a\n  bob: b\n    ann: c\n      cyd: d\n        ann: e", Some(3.0)),
    compute: |c| (!c.thread.is_empty()).then(|| f64::from(c.exchanges().longest_dyad)),
};

/// Share of pairs that answer each other.
pub const RECIPROCITY: Metric = Metric {
    name: "reciprocity",
    about: "of the ordered pairs of different authors u, v where u answers a comment of v, the \
            share where v answers u too; null without such a pair (n_reply_pairs)",
    unit: Unit::Ratio,
    reference: "own: the share of reciprocated arcs that social network analysis uses \
                (Wasserman & Faust 1994, chapter 13), within one thread",
    example: ("ann: a\n  bob: b\n    ann: c\n  cyd: d", Some(2.0 / 3.0)),
    compute: |c| share(c.exchanges().returned, c.exchanges().pairs),
};

/// The number that reciprocity rests on.
pub const N_REPLY_PAIRS: Metric = Metric {
    name: "n_reply_pairs",
    about: "ordered pairs of different authors with a reply from one to the other",
    unit: Unit::Count,
    reference: "own: the number that reciprocity rests on",
    example: ("ann: a\n  bob: b\n    ann: c\n  cyd: d", Some(3.0)),
    compute: |c| Some(c.exchanges().pairs as f64),
};
