//! Open branches: the paths that the next comment of a page in pre-order may continue.
//!
//! The parent of a reply lies on the path from the top level to the comment just before. Many
//! hypotheses on that path are alive at once; they share their beginnings in one trie, so that
//! continuing a branch, cutting it back and telling two apart cost the same at any depth.

/// No comment, no branch.
pub(super) const NONE: u32 = u32::MAX;

/// Candidates kept of those nearest to the tip.
const NEAREST: usize = 10;

/// Candidates kept of those nearest to the top.
const OLDEST: usize = 2;

/// How far down a branch candidates are looked for, in comments; the top of it is always seen.
const LONGEST_WALK: usize = 100;

/// All branches of a piece of a page. A branch is the number of its tip's node.
#[derive(Debug, Default)]
pub(super) struct Branches {
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    comment: u32,
    /// The branch that it continues.
    below: u32,
    /// The first node of its branch.
    top: u32,
    depth: u32,
}

/// A comment on an open branch that may be the parent of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The branch that ends in it.
    pub(super) branch: u32,
    pub(super) comment: u32,
    /// The comment below which it stands on the branch, or [`NONE`] at the top level.
    pub(super) parent: u32,
    /// Its latest reply on the branch, or [`NONE`] for the tip.
    pub(super) last_child: u32,
    /// How many comments of the branch would be closed.
    pub(super) closes: u32,
    /// Its own depth on the branch, 1 at the top level.
    pub(super) depth: u32,
}

impl Branches {
    /// Forgets all branches.
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
    }

    /// Continues a branch ([`NONE`]: begins one) by a comment.
    pub(super) fn push(&mut self, below: u32, comment: u32) -> u32 {
        let number = self.nodes.len() as u32;
        let (top, depth) = match self.nodes.get(below as usize) {
            Some(node) => (node.top, node.depth + 1),
            None => (number, 1),
        };
        self.nodes.push(Node { comment, below, top, depth });
        number
    }

    /// The comments of a branch that fit, from the tip down: at most [`NEAREST`] of the nearest
    /// and [`OLDEST`] of the oldest.
    pub(super) fn candidates(
        &self,
        tip: u32,
        fits: impl Fn(u32) -> bool,
        found: &mut Vec<Candidate>,
    ) {
        found.clear();
        let Some(first) = self.nodes.get(tip as usize) else { return };
        let mut above = NONE;
        let mut here = tip;
        let mut walked = 0;
        while here != NONE {
            if walked == LONGEST_WALK && here != first.top {
                here = first.top;
                above = NONE;
            }
            let node = &self.nodes[here as usize];
            if fits(node.comment) {
                if found.len() == NEAREST + OLDEST {
                    found.remove(NEAREST);
                }
                found.push(Candidate {
                    branch: here,
                    comment: node.comment,
                    parent: self.comment(node.below),
                    last_child: self.comment(above),
                    closes: first.depth - node.depth,
                    depth: node.depth,
                });
            }
            above = here;
            here = node.below;
            walked += 1;
        }
    }

    fn comment(&self, branch: u32) -> u32 {
        self.nodes.get(branch as usize).map_or(NONE, |node| node.comment)
    }

    /// The number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }
}
