//! Discovered topics as text, for a run that goes on where another one ended.

use serde::{Deserialize, Serialize};

use super::{Origin, Topic, Topics};

/// What discovered topics are made from again. Numbers are kept by their bits.
#[derive(Serialize, Deserialize)]
pub(crate) struct Saved {
    topics: Vec<One>,
    forms: Vec<(u32, String)>,
}

#[derive(Serialize, Deserialize)]
struct One {
    name: String,
    terms: Vec<String>,
    weights: Vec<u64>,
    coherence: Option<u64>,
}

impl Topics {
    /// Topics that were discovered, as they can be kept.
    pub(crate) fn save(&self) -> Saved {
        let one = |topic: &Topic| One {
            name: topic.name.clone(),
            terms: topic.terms.clone(),
            weights: topic.weights.iter().map(|weight| weight.to_bits()).collect(),
            coherence: topic.coherence.map(f64::to_bits),
        };
        Saved { topics: self.list.iter().map(one).collect(), forms: self.forms.clone() }
    }

    /// The topics that were kept.
    pub(crate) fn restore(saved: Saved) -> Self {
        let topic = |one: One| Topic {
            name: one.name,
            origin: Origin::Discovered,
            terms: one.terms,
            weights: one.weights.into_iter().map(f64::from_bits).collect(),
            coherence: one.coherence.map(f64::from_bits),
        };
        Self::discovered(saved.topics.into_iter().map(topic).collect(), saved.forms)
    }
}
