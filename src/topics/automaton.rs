//! All literal patterns of a dictionary in one pass: an Aho–Corasick automaton over characters.
//!
//! Aho, A. V. & Corasick, M. J. (1975): Efficient string matching. The published libraries walk
//! over bytes and fold the case of ASCII alone. This one walks over *classes* of characters: both
//! cases of a letter, all apostrophes, all hyphens and all white space are one class each, found
//! in a table. So case folds exactly in every script at no cost, a run of white space counts as
//! one space, and text in another script takes a step a character instead of a step a byte.
//!
//! Shallow states have a row of transitions each; the deep tail of a large dictionary, where a
//! text hardly ever comes, has sorted edges and failure links, so that 10,000 patterns fit the
//! memory of a hundred.

use std::collections::{BTreeMap, VecDeque};

use super::classes::Classes;

/// Marks a transition into a state in which some pattern ends.
const MATCH: u32 = 1 << 31;
/// Entries of the table of rows at most (16 MiB).
const ROOM: usize = 4 << 20;

/// What a match is: which pattern, and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ending {
    /// Index of the pattern.
    pub pattern: u32,
    /// Byte after the pattern's last character.
    pub end: usize,
}

/// An automaton over character classes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Automaton {
    classes: Classes,
    /// Bits of a class: rows are `1 << shift` entries long.
    shift: u32,
    /// Rows of the shallow states. Entries are states shifted left by `shift`.
    rows: Vec<u32>,
    /// Edges of the deep states, sorted, with the place of each state's first edge.
    edges: Vec<(u16, u32)>,
    first_edge: Vec<u32>,
    fail: Vec<u32>,
    /// By state, its number of characters.
    depths: Vec<u16>,
    /// By state, the first of its endings in `endings`; one more at the end.
    first_ending: Vec<u32>,
    endings: Vec<u32>,
}

impl Automaton {
    /// Builds the automaton; patterns must be folded by [`fold`].
    pub(crate) fn new<S: AsRef<str>>(patterns: &[S]) -> Self {
        let classes = Classes::new(patterns.iter().map(AsRef::as_ref));
        let trie = Trie::new(&classes, patterns);
        let n = trie.edges.len();
        let shift = (classes.count.max(2)).next_power_of_two().trailing_zeros();
        let n_rows = n.min((ROOM >> shift).max(1));
        let space = classes.of(' ');
        let mut built =
            Self { classes, shift, fail: trie.fail, depths: trie.depths, ..Self::default() };
        built.rows = vec![0; n_rows << shift];
        let mut entered_by = vec![0u16; n];
        for (state, edges) in trie.edges.iter().enumerate() {
            for (&class, &next) in edges {
                entered_by[next as usize] = class;
            }
            built.first_edge.push(built.edges.len() as u32);
            if state >= n_rows {
                built.edges.extend(edges.iter().map(|(&class, &next)| (class, next)));
            } else {
                // Failure links lead to shallower states, whose rows are complete.
                let row = state << shift;
                let fail = (built.fail[state] as usize) << shift;
                if state > 0 {
                    built.rows.copy_within(fail..fail + (1 << shift), row);
                }
                for (&class, &next) in edges {
                    built.rows[row | class as usize] = next;
                }
            }
            // A run of white space is one space.
            if space != 0 && entered_by[state] == space {
                if state < n_rows {
                    built.rows[(state << shift) | space as usize] = state as u32;
                } else {
                    built.edges.push((space, state as u32));
                }
            }
        }
        built.first_edge.push(built.edges.len() as u32);
        built.collect_endings(&trie.ends);
        for entry in &mut built.rows {
            let state = *entry as usize;
            let is_match = built.first_ending[state] < built.first_ending[state + 1];
            *entry = (*entry << shift) | if is_match { MATCH } else { 0 };
        }
        built
    }

    /// Every state's own patterns and those of the states that its failure links lead to.
    fn collect_endings(&mut self, ends: &[Vec<u32>]) {
        for (state, own) in ends.iter().enumerate() {
            self.first_ending.push(self.endings.len() as u32);
            self.endings.extend(own);
            if state > 0 {
                let fail = self.fail[state] as usize;
                let inherited =
                    self.first_ending[fail] as usize..self.first_ending[fail + 1] as usize;
                self.endings.extend_from_within(inherited);
            }
        }
        self.first_ending.push(self.endings.len() as u32);
    }

    /// Calls `found` for every place where a pattern ends, overlapping ones included.
    #[inline]
    pub(crate) fn scan(&self, text: &str, mut found: impl FnMut(Ending)) {
        if self.endings.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let mut state = 0u32;
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            let class = if byte < 0x80 {
                at += 1;
                self.classes.ascii[byte as usize]
            } else {
                let (c, len) = decode(&bytes[at..]);
                at += len;
                self.classes.of_code(c)
            };
            state = self.step(state, class);
            if state & MATCH != 0 {
                state &= !MATCH;
                let s = (state >> self.shift) as usize;
                for &pattern in
                    &self.endings[self.first_ending[s] as usize..self.first_ending[s + 1] as usize]
                {
                    found(Ending { pattern, end: at });
                }
            }
        }
    }

    /// Calls `found` for every place where a pattern ends that begins at this byte.
    pub(crate) fn walk(&self, text: &str, mut at: usize, mut found: impl FnMut(Ending)) {
        let bytes = text.as_bytes();
        let space = self.classes.ascii[usize::from(b' ')];
        let mut state = 0u32;
        let mut depth = 0u16;
        while at < bytes.len() {
            let class = if bytes[at] < 0x80 {
                at += 1;
                self.classes.ascii[bytes[at - 1] as usize]
            } else {
                let (c, len) = decode(&bytes[at..]);
                at += len;
                self.classes.of_code(c)
            };
            let next = self.step(state, class);
            let is_match = next & MATCH != 0;
            let next = next & !MATCH;
            let s = (next >> self.shift) as usize;
            let goes_on = self.depths[s] == depth + 1;
            let stays = class == space && class != 0 && next == state;
            // Any other state begins later than here.
            if !goes_on && !stays {
                return;
            }
            (state, depth) = (next, self.depths[s]);
            if is_match {
                for &pattern in
                    &self.endings[self.first_ending[s] as usize..self.first_ending[s + 1] as usize]
                {
                    found(Ending { pattern, end: at });
                }
            }
        }
    }

    #[inline]
    fn step(&self, state: u32, class: u16) -> u32 {
        match self.rows.get((state | u32::from(class)) as usize) {
            Some(&next) => next,
            None => self.step_deep(state >> self.shift, class),
        }
    }

    #[cold]
    fn step_deep(&self, mut state: u32, class: u16) -> u32 {
        loop {
            if let Some(&next) = self.rows.get(((state << self.shift) | u32::from(class)) as usize)
            {
                return next;
            }
            let s = state as usize;
            let edges = &self.edges[self.first_edge[s] as usize..self.first_edge[s + 1] as usize];
            if let Some(&(_, next)) = edges.iter().find(|edge| edge.0 == class) {
                let n = next as usize;
                let is_match = self.first_ending[n] < self.first_ending[n + 1];
                return (next << self.shift) | if is_match { MATCH } else { 0 };
            }
            state = self.fail[s];
        }
    }
}

/// The character at the start of valid UTF-8, and its length.
#[inline]
fn decode(bytes: &[u8]) -> (u32, usize) {
    let tail = |i: usize| u32::from(bytes.get(i).copied().unwrap_or(0) & 0x3F);
    let lead = u32::from(bytes[0]);
    if lead < 0xE0 {
        (((lead & 0x1F) << 6) | tail(1), 2)
    } else if lead < 0xF0 {
        (((lead & 0x0F) << 12) | (tail(1) << 6) | tail(2), 3)
    } else {
        (((lead & 0x07) << 18) | (tail(1) << 12) | (tail(2) << 6) | tail(3), 4)
    }
}

/// The patterns as a tree of states in breadth-first order, with failure links.
struct Trie {
    edges: Vec<BTreeMap<u16, u32>>,
    ends: Vec<Vec<u32>>,
    fail: Vec<u32>,
    /// Number of characters of each state, as far as it fits.
    depths: Vec<u16>,
}

impl Trie {
    fn new<S: AsRef<str>>(classes: &Classes, patterns: &[S]) -> Self {
        let mut edges: Vec<BTreeMap<u16, u32>> = vec![BTreeMap::new()];
        let mut ends: Vec<Vec<u32>> = vec![Vec::new()];
        for (i, pattern) in patterns.iter().map(AsRef::as_ref).enumerate() {
            let mut state = 0usize;
            for class in pattern.chars().map(|c| classes.of(c)) {
                let fresh = edges.len() as u32;
                let next = *edges[state].entry(class).or_insert(fresh);
                if next == fresh {
                    edges.push(BTreeMap::new());
                    ends.push(Vec::new());
                }
                state = next as usize;
            }
            if state > 0 {
                ends[state].push(i as u32);
            }
        }
        Self::breadth_first(&edges, ends)
    }

    /// Renumbers the states so that shallow ones come first, and finds the failure links.
    fn breadth_first(edges: &[BTreeMap<u16, u32>], mut ends: Vec<Vec<u32>>) -> Self {
        let mut order = vec![0u32];
        let mut queue = VecDeque::from([0u32]);
        let mut number = vec![0u32; edges.len()];
        while let Some(state) = queue.pop_front() {
            for &next in edges[state as usize].values() {
                number[next as usize] = order.len() as u32;
                order.push(next);
                queue.push_back(next);
            }
        }
        let renumbered: Vec<BTreeMap<u16, u32>> = order
            .iter()
            .map(|&old| {
                edges[old as usize].iter().map(|(&c, &n)| (c, number[n as usize])).collect()
            })
            .collect();
        let ends = order.iter().map(|&old| std::mem::take(&mut ends[old as usize])).collect();
        let mut fail = vec![0u32; order.len()];
        let mut depths = vec![0u16; order.len()];
        for (state, edges) in renumbered.iter().enumerate() {
            for &next in edges.values() {
                depths[next as usize] = depths[state].saturating_add(1);
            }
        }
        for state in 0..order.len() {
            for (&class, &next) in &renumbered[state] {
                if state == 0 {
                    continue;
                }
                let mut back = fail[state];
                loop {
                    if let Some(&target) = renumbered[back as usize].get(&class) {
                        fail[next as usize] = target;
                        break;
                    }
                    if back == 0 {
                        break;
                    }
                    back = fail[back as usize];
                }
            }
        }
        Self { edges: renumbered, ends, fail, depths }
    }
}
