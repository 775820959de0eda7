//! Fitting the weights: how likely the true parents of a page are under given weights, and how
//! that changes with each weight.
//!
//! The likelihood is that of the page as a whole, over the same beam that decodes it, with the true
//! branch kept. `examples/fit_weights.rs` climbs it.

use super::branches::NONE;
use super::decoding::{self, Task};
use super::features::{FEATURES, N};
use super::flat::Flat;
use super::flat_features;
use super::hiding::{self, Hidden, View};
use super::page::Page;
use super::weights::Weights;
use crate::thread::{SiblingOrder, Thread};

/// The truth of a page while weights are fitted, and what was found so far.
#[derive(Debug)]
pub(super) struct Gold<'t> {
    truth: &'t [Option<u32>],
    /// The state of the true branch; `None` once it has no arc.
    pub(super) state: Option<u32>,
    pub(super) log_likelihood: f64,
    gradient: [f64; N],
    n_choices: u64,
}

impl Gold<'_> {
    pub(super) fn parent(&self, i: u32) -> u32 {
        self.truth[i as usize].unwrap_or(NONE)
    }

    /// Counts one choice of the page: what it is worth, how likely it is, whether it is the truth.
    pub(super) fn count(&mut self, values: &[f32; N], score: f64, probability: f64, is_true: bool) {
        let share = f64::from(u8::from(is_true)) - probability;
        for (slope, value) in self.gradient.iter_mut().zip(values) {
            *slope += share * f64::from(*value);
        }
        if is_true {
            self.log_likelihood += score;
            self.n_choices += u64::from(values.iter().any(|value| *value != 0.0));
        }
    }
}

/// How likely the true parents of some pages are, and how that changes with each weight.
#[derive(Debug, Clone)]
pub struct Slope {
    /// Logarithm of the probability of all true parents.
    pub log_likelihood: f64,
    /// Its derivative by each weight.
    pub gradient: Vec<f64>,
    /// Choices between two or more candidates on the true branch.
    pub n_choices: u64,
}

/// A page whose true parents are known, ready to be learned from.
#[derive(Debug)]
pub struct Lesson {
    hidden: Hidden,
}

/// The names of the features, in the order of the weights.
#[must_use]
pub fn feature_names() -> Vec<&'static str> {
    FEATURES.iter().map(|feature| feature.name).collect()
}

/// The weights that are built in, for a genre: `web`, `web untimed` or `patches`.
#[must_use]
pub fn built_in(genre: &str) -> Option<Vec<f32>> {
    Weights::by_name(genre).map(|weights| weights.features.to_vec())
}

impl Lesson {
    /// A lesson from a thread whose parents are stated.
    #[must_use]
    pub fn new(thread: &Thread) -> Self {
        Self { hidden: hiding::hide(thread, View::Names) }
    }

    /// The slope at the given weights, siblings standing oldest first.
    ///
    /// # Panics
    /// If there is not one weight for each feature.
    #[must_use]
    pub fn slope(&self, weights: &[f32], absent: f32) -> Slope {
        let Hidden { discussion, truth, .. } = &self.hidden;
        let page = Page::new(&discussion.comments);
        let features = weights.try_into().expect("one weight for each feature");
        let weights = Weights { features, absent, sharpness: 1.0 };
        let open: Vec<u32> = (0..truth.len() as u32)
            .filter(|&i| discussion.comments[i as usize].reply_to.name.is_some())
            .collect();
        let parents: Vec<Option<u32>> = vec![None; truth.len()];
        let gold =
            Gold { truth, state: None, log_likelihood: 0.0, gradient: [0.0; N], n_choices: 0 };
        let task = Task {
            page: &page,
            parents: &parents,
            open: &open,
            order: SiblingOrder::OldestFirst,
            weights: &weights,
        };
        let gold = decoding::learn(task, gold);
        Slope {
            log_likelihood: gold.log_likelihood,
            gradient: gold.gradient.to_vec(),
            n_choices: gold.n_choices,
        }
    }
}

/// One comment of a discussion in order of time: the features of each choice, and the true one.
#[derive(Debug, Clone)]
pub struct FlatChoice {
    /// By choice, the values of all features.
    pub values: Vec<Vec<f32>>,
    /// The true choice.
    pub truth: usize,
}

/// The names of the features of discussions in order of time, and their built-in weights.
#[must_use]
pub fn flat_features() -> Vec<(&'static str, f32)> {
    flat_features::names().into_iter().zip(flat_features::weights()).collect()
}

/// The choices of a thread whose parents are stated, as if it were a chat. Comments whose true
/// parent is out of reach are left out.
#[must_use]
pub fn flat_choices(thread: &Thread) -> Vec<FlatChoice> {
    let Hidden { discussion, truth, counts } = hiding::hide(thread, View::Times);
    let page = Page::new(&discussion.comments);
    let flat = Flat::new(&discussion, &page);
    let mut lessons = Vec::new();
    flat.choices(|child, choices| {
        let parent = truth[child as usize].unwrap_or(NONE);
        let place = choices.iter().position(|choice| choice.comment == parent);
        if let Some(truth) = place.filter(|_| counts[child as usize]) {
            let values = flat.values(child, choices).iter().map(|v| v.to_vec()).collect();
            lessons.push(FlatChoice { values, truth });
        }
    });
    lessons
}
