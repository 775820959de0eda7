//! The shape of a tree: how deep, how wide, how it branches.
//!
//! Everything here reads the arrays of the tree alone: no authors, no times.

use super::{Metric, Unit, share};
use crate::thread::Thread;

/// What the shape metrics are made from.
#[derive(Debug)]
pub struct Shape {
    /// Number of comments, `n`.
    pub n: usize,
    /// Number of comments at each depth; the entry of depth 0 is the post's and holds 1.
    pub breadths: Vec<u32>,
    /// Sum of the depths of all comments.
    pub depth_sum: u64,
    /// Comments without a reply.
    pub leaves: usize,
    /// Top-level comments without a reply.
    pub top_leaves: usize,
    /// Sum over all edges of the number of pairs of nodes that the edge parts: the sum of the
    /// distances of all unordered pairs of nodes (Wiener index).
    pub distance_sum: u128,
}

impl Shape {
    /// One pass over depths and sizes.
    #[must_use]
    pub fn of(thread: &Thread) -> Self {
        let (depths, sizes) = (thread.depths(), thread.sizes());
        let nodes = u64::from(sizes[0]);
        let mut shape = Self {
            n: thread.len(),
            breadths: vec![1],
            depth_sum: 0,
            leaves: 0,
            top_leaves: 0,
            distance_sum: 0,
        };
        for (&depth, &size) in depths.iter().zip(sizes).skip(1) {
            // In pre-order a depth is at most one greater than all before it.
            match shape.breadths.get_mut(depth as usize) {
                Some(breadth) => *breadth += 1,
                None => shape.breadths.push(1),
            }
            shape.depth_sum += u64::from(depth);
            shape.leaves += usize::from(size == 1);
            shape.top_leaves += usize::from(size == 1 && depth == 1);
            let below = u64::from(size);
            shape.distance_sum += u128::from(below * (nodes - below));
        }
        shape
    }

    /// Top-level comments.
    #[must_use]
    pub fn top_level(&self) -> usize {
        self.breadths.get(1).map_or(0, |&breadth| breadth as usize)
    }
}

/// Depth of the deepest comment.
pub const MAX_DEPTH: Metric = Metric {
    name: "max_depth",
    about: "depth of the deepest comment; null without comments",
    unit: Unit::Count,
    reference: "own: the plainest measure of how far a thread goes",
    example: ("ann: a\n  bob: b\ncyd: c", Some(2.0)),
    compute: |c| (c.shape().n > 0).then(|| (c.shape().breadths.len() - 1) as f64),
};

/// Mean depth of the comments.
pub const MEAN_DEPTH: Metric = Metric {
    name: "mean_depth",
    about: "mean depth of the comments; null without comments",
    unit: Unit::Ratio,
    reference: "own: the plainest average of the tree's levels",
    example: ("ann: a\n  bob: b\n    cyd: c\ndan: d", Some(1.75)),
    compute: |c| (c.shape().n > 0).then(|| c.shape().depth_sum as f64 / c.shape().n as f64),
};

/// Largest number of comments at one depth.
pub const MAX_BREADTH: Metric = Metric {
    name: "max_breadth",
    about: "largest number of comments at one depth; null without comments",
    unit: Unit::Count,
    reference: "Vosoughi, Roy & Aral 2018, The spread of true and false news online, Science 359",
    example: ("ann: a\n  bob: b\n  cyd: c\n  dan: d", Some(3.0)),
    compute: |c| c.shape().breadths.iter().skip(1).max().map(|&breadth| f64::from(breadth)),
};

/// Mean distance between two nodes.
pub const STRUCTURAL_VIRALITY: Metric = Metric {
    name: "structural_virality",
    about: "mean distance over all unordered pairs of the N nodes, the post among them; null \
            below 2 nodes. 2 - 2/N for a star, (N + 1)/3 for a chain",
    unit: Unit::Ratio,
    reference: "Goel, Anderson, Hofman & Watts 2016, The structural virality of online diffusion, \
                Management Science 62(1)",
    example: ("ann: a\n  bob: b\n    cyd: c", Some(5.0 / 3.0)),
    compute: |c| {
        let nodes = (c.shape().n + 1) as f64;
        (c.shape().n > 0).then(|| 2.0 * c.shape().distance_sum as f64 / (nodes * (nodes - 1.0)))
    },
};

/// Largest h such that at least h comments are at depth h.
pub const H_INDEX: Metric = Metric {
    name: "h_index",
    about: "largest h such that at least h comments are at depth h; null without comments",
    unit: Unit::Count,
    reference: "Gómez, Kaltenbrunner & López 2008, Statistical analysis of the social network and \
                discussion threads in Slashdot, WWW 2008",
    example: ("ann: a\n  bob: b\n  cyd: c\ndan: d", Some(2.0)),
    compute: |c| {
        let largest =
            (1..c.shape().breadths.len()).rev().find(|&h| c.shape().breadths[h] as usize >= h);
        largest.map(|h| h as f64)
    },
};

/// Replies for each node that is answered.
pub const BRANCHING_FACTOR: Metric = Metric {
    name: "branching_factor",
    about: "(N - 1) / number of nodes with a reply, the post among them; null without comments",
    unit: Unit::Ratio,
    reference: "Gómez, Kappen, Litvak & Kaltenbrunner 2012, A likelihood-based framework for the \
                analysis of discussion threads, World Wide Web 16",
    example: ("ann: a\n  bob: b\n  cyd: c\ndan: d", Some(2.0)),
    compute: |c| share(c.shape().n, c.shape().n + 1 - c.shape().leaves).filter(|_| c.shape().n > 0),
};

/// Share of comments without a reply.
pub const LEAF_SHARE: Metric = Metric {
    name: "leaf_share",
    about: "comments without a reply / n; null without comments",
    unit: Unit::Ratio,
    reference: "own: how much of what is written stays without an answer",
    example: ("ann: a\n  bob: b\n  cyd: c\ndan: d", Some(0.75)),
    compute: |c| share(c.shape().leaves, c.shape().n),
};

/// Share of top-level comments without a reply.
pub const UNANSWERED_SHARE: Metric = Metric {
    name: "unanswered_share",
    about: "top-level comments without a reply / top-level comments; null without comments",
    unit: Unit::Ratio,
    reference: "own: how many of those who open a conversation are left alone with it",
    example: ("ann: a\n  bob: b\ncyd: c\ndan: d", Some(2.0 / 3.0)),
    compute: |c| share(c.shape().top_leaves, c.shape().top_level()),
};
