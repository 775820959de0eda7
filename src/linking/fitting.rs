//! Fitting the weights: the choices of threads whose parents are known, each with its features.
//!
//! Every choice is taken alone, all others as they truly were; which weights make the true ones
//! likeliest is a concave question. `examples/fit_weights` answers it.

use super::branches::{Branches, NO_CAP, NONE};
use super::candidates::Search;
use super::features::FEATURES;
use super::flat::Flat;
use super::flat_features;
use super::hiding::{self, Hidden, View};
use super::look::Look;
use super::page::{Genre, Page};
use super::ranking::{Calibration, Ranking};
use super::relations::Relations;
use super::weights::Weights;
use super::{Absent, arrangement, stated};
use crate::comment::Comment;
use crate::thread::{SiblingOrder, Thread};

/// One reply whose parent is known.
#[derive(Debug, Clone)]
pub struct Choice {
    /// By candidate, the values of all features.
    pub values: Vec<Vec<f32>>,
    /// The true candidate.
    pub truth: usize,
}

/// The names of the features of comment pages, in the order of the weights.
#[must_use]
pub fn feature_names() -> Vec<&'static str> {
    FEATURES.iter().map(|feature| feature.name).collect()
}

/// The weights that are built in, for a genre: `web`, `web untimed`, `chat` or `patches`.
#[must_use]
pub fn built_in(genre: &str) -> Option<Vec<f32>> {
    Weights::by_name(genre).map(|weights| weights.features.to_vec())
}

/// The names of the features of discussions in order of time, and their built-in weights for chats
/// or else for forums.
#[must_use]
pub fn flat_features(is_chat: bool) -> Vec<(&'static str, f32)> {
    let genre = if is_chat { Genre::Chat } else { Genre::Web };
    flat_features::names().into_iter().zip(flat_features::weights(genre)).collect()
}

/// The power and the doubt that posteriors of discussions in order of time are calibrated with, in
/// chats or else in forums.
#[must_use]
pub fn flat_calibration(is_chat: bool) -> (f64, f64) {
    let genre = if is_chat { Genre::Chat } else { Genre::Web };
    let Calibration { sharpness, doubt } = flat_features::calibration(genre);
    (sharpness, doubt)
}

/// What of a thread is learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visible {
    /// Names, times and texts.
    Everything,
    /// Names and texts.
    WithoutTimes,
}

/// The choices between two and more candidates on the page of a thread whose parents are stated,
/// siblings standing oldest first. `counts` tells which comments are learned from.
#[must_use]
pub fn choices(
    thread: &Thread,
    visible: Visible,
    counts: impl Fn(&Comment) -> bool,
) -> Vec<Choice> {
    let Hidden { mut discussion, truth, .. } = hiding::hide(thread, View::Names);
    if visible == Visible::WithoutTimes {
        discussion.comments.iter_mut().for_each(|comment| comment.created = None);
    }
    let page = Page::new(&discussion.comments);
    let order = SiblingOrder::OldestFirst;
    let search = Search { page: &page, parents: &truth, order };
    let mut branches = Branches::new(NO_CAP);
    let mut branch = NONE;
    let mut relations = Relations::default();
    let (mut candidates, mut true_steps) = (Vec::new(), Vec::new());
    let mut lessons = Vec::new();
    for (child, comment) in (0..).zip(&discussion.comments) {
        search.find(child, false, &branches, branch, &mut true_steps);
        if comment.reply_to.name.is_some() && counts(comment) {
            search.find(child, true, &branches, branch, &mut candidates);
            let parent = truth[child as usize].unwrap_or(NONE);
            let place = candidates.iter().position(|c| c.step.comment == parent);
            if let Some(truth) = place.filter(|_| candidates.len() > 1) {
                relations.clear();
                let mut values = Vec::new();
                search.weigh(child, &candidates, &mut relations, |_, v| values.push(v.to_vec()));
                lessons.push(Choice { values, truth });
            }
        }
        let below = match true_steps.first() {
            Some(parent) => parent.step.branch,
            None if truth[child as usize].is_none() => NONE,
            None => branch,
        };
        branch = branches.push(below, child);
    }
    lessons
}

/// One reply whose parent was looked for: the posteriors of its candidates, likeliest first, and
/// which of them is the true one; `None` where it is none.
#[derive(Debug, Clone)]
pub struct Answer {
    /// They sum to 1.
    pub posteriors: Vec<f32>,
    /// The true candidate.
    pub truth: Option<usize>,
}

/// The answers to a thread whose parents are stated, before they are calibrated.
#[must_use]
pub fn answers(thread: &Thread, counts: impl Fn(&Comment) -> bool) -> Vec<Answer> {
    let Hidden { discussion, truth, .. } = hiding::hide(thread, View::Names);
    let look = Look::at(&discussion.comments);
    let tree = stated::read(&discussion, look, Absent::Placeholder, &mut Vec::new());
    let page = Page::new(&discussion.comments);
    let weights = Weights::of(page.genre(), page.timing);
    let weights = Weights { calibration: Calibration::NONE, ..weights };
    let (rankings, _) = arrangement::read(&page, &tree, &weights, None);
    let answered = tree.open.iter().zip(rankings);
    let answered = answered.filter(|(i, _)| counts(&discussion.comments[**i as usize]));
    let answer = |(i, ranking): (&u32, Ranking)| Answer {
        truth: ranking.iter().position(|(parent, _)| Some(*parent) == truth[*i as usize]),
        posteriors: ranking.into_iter().map(|(_, probability)| probability).collect(),
    };
    answered.map(answer).collect()
}

/// The choices of a thread whose parents are stated, as if it were a chat. Comments whose true
/// parent is out of reach are left out.
#[must_use]
pub fn flat_choices(thread: &Thread) -> Vec<Choice> {
    let Hidden { discussion, truth, counts } = hiding::hide(thread, View::Times);
    let page = Page::new(&discussion.comments);
    let flat = Flat::new(&discussion, &page);
    let mut lessons = Vec::new();
    flat.choices(|child, choices| {
        let parent = truth[child as usize].unwrap_or(NONE);
        let place = choices.iter().position(|choice| choice.comment == parent);
        if let Some(truth) = place.filter(|_| counts[child as usize]) {
            let values = flat.values(child, choices).iter().map(|v| v.to_vec()).collect();
            lessons.push(Choice { values, truth });
        }
    });
    lessons
}
