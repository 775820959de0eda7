//! All ways through a page that are alive, and the probability of every parent on them.
//!
//! The forward pass adds a layer for each comment: the states before it, and its arcs, each one
//! choice of parent that leads from a state to a state of the next layer. The backward pass sums
//! over all ways on from every state; both together give the probability of each arc.

use super::ranking::{Calibration, Ranking, log_sum, rank};

/// One way from a state to a state of the next comment: a choice of parent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) parent: u32,
    pub(super) score: f32,
}

/// What a comment added.
#[derive(Debug)]
struct Layer {
    /// Where its arcs begin.
    arcs: usize,
    /// The logarithms of the weights of all ways into the states before it.
    before: Vec<f64>,
    /// Its place among the comments whose parent is to be found; `None` where it is known.
    open: Option<usize>,
}

/// The layers of a piece of a page that are not settled yet.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    layers: Vec<Layer>,
    arcs: Vec<Arc>,
    /// The most arcs that were held at a time.
    pub(super) most_arcs: usize,
}

impl Lattice {
    /// The number of layers.
    pub(super) fn len(&self) -> usize {
        self.layers.len()
    }

    /// Adds a layer.
    pub(super) fn push(
        &mut self,
        before: impl Iterator<Item = f64>,
        open: Option<usize>,
        arcs: impl Iterator<Item = Arc>,
    ) {
        let layer = Layer { arcs: self.arcs.len(), before: before.collect(), open };
        self.layers.push(layer);
        self.arcs.extend(arcs);
        self.most_arcs = self.most_arcs.max(self.arcs.len());
    }

    /// Passes backward over all layers from the states that stand now, hands over the parents of
    /// the first `count` comments, each with its place among the open ones, and forgets those.
    pub(super) fn settle(
        &mut self,
        count: usize,
        now: impl ExactSizeIterator<Item = f64>,
        calibration: Calibration,
        mut each: impl FnMut(usize, Ranking),
    ) {
        let mut betas = vec![0.0; now.len()];
        let total = now.fold(f64::NEG_INFINITY, log_sum);
        for k in (0..self.layers.len()).rev() {
            let layer = &self.layers[k];
            let end = self.layers.get(k + 1).map_or(self.arcs.len(), |next| next.arcs);
            let arcs = &self.arcs[layer.arcs..end];
            if let Some(open) = layer.open.filter(|_| k < count) {
                let probability = |arc: &Arc| {
                    let alpha = layer.before[arc.from as usize];
                    (alpha + f64::from(arc.score) + betas[arc.to as usize] - total).exp()
                };
                let choices = arcs.iter().map(|arc| (arc.parent, probability(arc)));
                each(open, rank(choices, calibration));
            }
            let mut earlier = vec![f64::NEG_INFINITY; layer.before.len()];
            for arc in arcs {
                let onward = f64::from(arc.score) + betas[arc.to as usize];
                let beta = &mut earlier[arc.from as usize];
                *beta = log_sum(*beta, onward);
            }
            betas = earlier;
        }
        let kept_from = self.layers.get(count).map_or(self.arcs.len(), |layer| layer.arcs);
        self.arcs.drain(..kept_from);
        self.layers.drain(..count);
        for layer in &mut self.layers {
            layer.arcs -= kept_from;
        }
    }
}
