//! Terms to groups: communities of the graph of terms that occur together.
//!
//! Short texts hold few terms each, so a document says little; but over all documents terms have
//! company. Two terms are joined by how often they share a comment, or stand in a comment and its
//! reply, relative to how often they occur at all. Groups are the communities of that graph by
//! modularity, found by the method of Blondel et al. (2008) with the resolution of Reichardt &
//! Bornholdt (2006): nodes move in a fixed order, so the result is always the same.

use std::collections::BTreeMap;

use super::terms::Terms;

/// A reply that takes up its parent's subject counts this much of a shared comment.
const ACROSS_REPLY: f64 = 0.4;
/// Terms of one document that are paired at most: the most telling ones.
const PAIRED: usize = 48;
/// Neighbours that a term keeps at least.
const NEIGHBORS: usize = 12;

/// An undirected graph with weights: by node its neighbours in ascending order.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    edges: Vec<Vec<(u32, f64)>>,
    /// By node, the weight of its edges, loops counted twice.
    degrees: Vec<f64>,
}

impl Graph {
    /// The graph of terms; `parents` names the document that a document answers.
    pub(super) fn of(terms: &Terms, parents: &[Option<u32>]) -> Self {
        let mut pairs: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        let mut add = |a: u32, b: u32, weight: f64| {
            if a != b {
                *pairs.entry((a.min(b), a.max(b))).or_default() += weight;
            }
        };
        for (document, row) in terms.rows.iter().enumerate() {
            let own = most_telling(row);
            // A long list of terms says less of each pair in it (Newman 2001).
            let weight = 1.0 / (own.len() as f64).max(2.0).ln_1p();
            for (i, &a) in own.iter().enumerate() {
                for &b in &own[i + 1..] {
                    add(a, b, weight);
                }
            }
            if let Some(parent) = parents[document] {
                let above = most_telling(&terms.rows[parent as usize]);
                let size = (own.len() + above.len()) as f64;
                let weight = ACROSS_REPLY / size.max(2.0).ln_1p();
                for &a in &own {
                    for &b in above.iter().filter(|b| !own.contains(b)) {
                        add(a, b, weight);
                    }
                }
            }
        }
        let mut usage = vec![0f64; terms.list.len()];
        for row in &terms.rows {
            for &(term, _) in row {
                usage[term as usize] += 1.0;
            }
        }
        let weighted = pairs.into_iter().map(|((a, b), weight)| {
            (a, b, weight / (usage[a as usize] * usage[b as usize]).sqrt())
        });
        Self::new(terms.list.len(), &strongest(terms.list.len(), weighted.collect()))
    }

    /// A graph from edges, each named once.
    pub(super) fn new(n: usize, edges: &[(u32, u32, f64)]) -> Self {
        let mut graph = Self { edges: vec![Vec::new(); n], degrees: vec![0.0; n] };
        for &(a, b, weight) in edges {
            graph.edges[a as usize].push((b, weight));
            graph.degrees[a as usize] += weight;
            graph.degrees[b as usize] += weight;
            if a != b {
                graph.edges[b as usize].push((a, weight));
            }
        }
        for list in &mut graph.edges {
            list.sort_unstable_by_key(|(node, _)| *node);
        }
        graph
    }

    /// By node, its community; communities are numbered from 0 in the order of their first node.
    /// A higher resolution makes more and smaller ones; 1 is the plain modularity.
    pub(super) fn communities(&self, resolution: f64) -> Vec<u32> {
        let mut member: Vec<u32> = (0..self.edges.len() as u32).collect();
        let mut graph = self.clone();
        loop {
            let (found, moved) = graph.move_nodes(resolution);
            let (found, n) = renumber(&found);
            for community in &mut member {
                *community = found[*community as usize];
            }
            if !moved || n == graph.edges.len() {
                return renumber(&member).0;
            }
            graph = graph.merged(&found, n);
        }
    }

    /// Moves nodes to the community where modularity gains most, until none moves.
    fn move_nodes(&self, resolution: f64) -> (Vec<u32>, bool) {
        let n = self.edges.len();
        let total: f64 = self.degrees.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mut community: Vec<u32> = (0..n as u32).collect();
        let mut weight_of = self.degrees.clone();
        let mut to = vec![0f64; n];
        let mut any = false;
        for _ in 0..100 {
            let mut moved = false;
            for node in 0..n {
                let own = community[node] as usize;
                let degree = self.degrees[node];
                let mut near: Vec<u32> = Vec::with_capacity(self.edges[node].len() + 1);
                for &(other, weight) in &self.edges[node] {
                    if other as usize != node {
                        let c = community[other as usize];
                        if to[c as usize] == 0.0 {
                            near.push(c);
                        }
                        to[c as usize] += weight;
                    }
                }
                weight_of[own] -= degree;
                let gain = |c: usize| to[c] - resolution * degree * weight_of[c] / total;
                let mut best = (own, gain(own) + 1e-12);
                near.sort_unstable();
                for &c in &near {
                    let here = gain(c as usize);
                    if here > best.1 {
                        best = (c as usize, here);
                    }
                }
                weight_of[best.0] += degree;
                for c in near {
                    to[c as usize] = 0.0;
                }
                if best.0 != own {
                    community[node] = best.0 as u32;
                    moved = true;
                    any = true;
                }
            }
            if !moved {
                break;
            }
        }
        (community, any)
    }

    /// The graph whose nodes are the communities of this one.
    fn merged(&self, community: &[u32], n: usize) -> Self {
        let mut edges: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for (node, list) in self.edges.iter().enumerate() {
            for &(other, weight) in list.iter().filter(|(other, _)| *other as usize >= node) {
                let (a, b) = (community[node], community[other as usize]);
                *edges.entry((a.min(b), a.max(b))).or_default() += weight;
            }
        }
        let edges: Vec<_> = edges.into_iter().map(|((a, b), w)| (a, b, w)).collect();
        Self::new(n, &edges)
    }
}

/// The terms of a row, at most [`PAIRED`]; terms are numbered with the most telling first.
fn most_telling(row: &[(u32, u32)]) -> Vec<u32> {
    row.iter().take(PAIRED).map(|(term, _)| *term).collect()
}

/// Edges that are among the strongest of either end.
fn strongest(n: usize, edges: Vec<(u32, u32, f64)>) -> Vec<(u32, u32, f64)> {
    let mut by_node: Vec<Vec<(f64, usize)>> = vec![Vec::new(); n];
    for (i, &(a, b, weight)) in edges.iter().enumerate() {
        by_node[a as usize].push((weight, i));
        by_node[b as usize].push((weight, i));
    }
    let mut keep = vec![false; edges.len()];
    for list in &mut by_node {
        list.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        for &(_, i) in list.iter().take(NEIGHBORS) {
            keep[i] = true;
        }
    }
    edges.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(edge, _)| edge).collect()
}

/// Numbers communities in the order of their first member; how many there are.
fn renumber(community: &[u32]) -> (Vec<u32>, usize) {
    let mut number: Vec<Option<u32>> = vec![None; community.len()];
    let mut n = 0;
    let renumbered = community
        .iter()
        .map(|&c| {
            *number[c as usize].get_or_insert_with(|| {
                n += 1;
                n - 1
            })
        })
        .collect();
    (renumbered, n as usize)
}
