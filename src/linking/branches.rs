//! Open branches: the paths that the next comment of a page in pre-order may continue.
//!
//! The parent of a reply lies on the path from the top level to the comment just before. Many
//! hypotheses on that path are alive at once; they share their beginnings in one trie, so that
//! continuing a branch, cutting it back and telling two apart cost the same at any depth.
//!
//! Where a page shows no level below a certain one, and puts everything that stands deeper on that
//! last level by time alone, nothing of it is ever closed: any comment of the level may be
//! answered by the next one.

/// No comment, no branch.
pub(super) const NONE: u32 = u32::MAX;

/// A last level that is never reached: the page shows all levels.
pub(super) const NO_CAP: u32 = u32::MAX;

/// All branches of a piece of a page. A branch is the number of its tip's node.
#[derive(Debug)]
pub(super) struct Branches {
    nodes: Vec<Node>,
    /// The last level, 1 at the top; sorted by time.
    last_level: u32,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    comment: u32,
    /// The branch that it continues.
    below: u32,
    /// The first node of its branch.
    top: u32,
    /// How many comments the branch holds.
    length: u32,
    /// The level of its tip, at most the last one.
    level: u32,
}

/// A comment of an open branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// The branch that a reply to it continues.
    pub(super) branch: u32,
    pub(super) comment: u32,
    /// The comment below which it stands, or [`NONE`] at the top level and where that is not known.
    pub(super) parent: u32,
    /// Its latest reply on the branch, or [`NONE`] if it has none or that is not known.
    pub(super) last_child: u32,
    /// The comment of the last level that a reply to it follows, or [`NONE`].
    pub(super) follows: u32,
    /// It is the last comment of the branch: the one just before.
    pub(super) is_tip: bool,
    /// How many comments of the branch stand behind it.
    pub(super) closes: u32,
    /// It is top-level.
    pub(super) is_top: bool,
}

impl Branches {
    /// No branches yet.
    pub(super) const fn new(last_level: u32) -> Self {
        Self { nodes: Vec::new(), last_level }
    }

    /// Forgets all branches.
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
    }

    /// The number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Continues a branch ([`NONE`]: begins one) by a comment.
    pub(super) fn push(&mut self, below: u32, comment: u32) -> u32 {
        let number = self.nodes.len() as u32;
        let (top, length, level) = match self.nodes.get(below as usize) {
            Some(node) => (node.top, node.length + 1, (node.level + 1).min(self.last_level)),
            None => (number, 1, 1),
        };
        self.nodes.push(Node { comment, below, top, length, level });
        number
    }

    /// The comments of a branch, from the tip down: the `nearest` ones and the first of all.
    pub(super) fn steps(&self, tip: u32, nearest: usize) -> impl Iterator<Item = Step> {
        let first = self.nodes.get(tip as usize).copied();
        let mut here = tip;
        let mut above = NONE;
        let mut walked = 0;
        std::iter::from_fn(move || {
            let (first, top) = (first?, first?.top);
            if walked == nearest && here != NONE && here != top {
                (here, above) = (top, NONE);
            }
            let node = self.nodes.get(here as usize)?;
            // On the last level and right above it a reply goes to the end of the level.
            let joins = node.level + 1 >= self.last_level;
            let is_flat = node.level == self.last_level;
            let step = Step {
                branch: if joins { tip } else { here },
                comment: node.comment,
                parent: if is_flat { NONE } else { self.comment(node.below) },
                last_child: if joins { NONE } else { self.comment(above) },
                follows: if joins && first.level == self.last_level { first.comment } else { NONE },
                is_tip: here == tip,
                closes: first.length - node.length,
                is_top: node.level == 1,
            };
            (above, here) = (here, node.below);
            walked += 1;
            Some(step)
        })
    }

    fn comment(&self, branch: u32) -> u32 {
        self.nodes.get(branch as usize).map_or(NONE, |node| node.comment)
    }
}
