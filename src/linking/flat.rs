//! Discussions in order of time: forums and chats, where any earlier comment may be the parent.
//!
//! Nothing is closed, so each comment is decided alone: a linear model weighs the comments before
//! it and the post itself. What counts most is a quotation, then a name addressed, then closeness.
//! About a third of such links are wrong in chats; the confidence says so, and the evidence is
//! never better than what spoke for the link.

use super::branches::NONE;
use super::flat_features::{self, Addressed, Case, Choice, N};
use super::page::Page;
use super::ranking::{self, Calibration, Ranking};
use crate::comment::{Comment, Discussion, Layout};
use crate::thread::Evidence;

/// How many comments before a comment may be its parent.
const WINDOW: usize = 60;

/// A discussion in order of time, and what was found out while going through it.
pub(super) struct Flat<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    /// The comments in order of time.
    pub(super) by_time: Vec<u32>,
    /// For each comment whom it addresses or quotes.
    pub(super) addressed: Vec<Addressed>,
    /// By feature.
    weights: [f32; N],
    calibration: Calibration,
}

impl<'p, 'd> Flat<'p, 'd> {
    pub(super) fn new(discussion: &Discussion, page: &'p Page<'d>) -> Self {
        let mut by_time: Vec<u32> = (0..page.comments.len() as u32).collect();
        if discussion.layout == Layout::Loose {
            by_time.sort_by(|&a, &b| {
                page.minutes[a as usize].total_cmp(&page.minutes[b as usize]).then(a.cmp(&b))
            });
        }
        let addressed = flat_features::addressed(page);
        let genre = page.genre();
        let (weights, calibration) =
            (flat_features::weights(genre), flat_features::calibration(genre));
        Self { page, by_time, addressed, weights, calibration }
    }

    /// For every comment in order of time, its candidates, nearest first; the post is the last,
    /// unless the source names somebody else.
    pub(super) fn choices(&self, mut each: impl FnMut(u32, &[Choice])) {
        let mut choices = Vec::new();
        let mut latest = vec![NONE; self.page.names.known.len()];
        for (at, &child) in self.by_time.iter().enumerate() {
            choices.clear();
            let label = self.page.label(child);
            let before = self.by_time[..at].iter().rev().enumerate();
            let fits = |comment: u32| self.page.names.may_mean(label, self.page.author(comment));
            for (distance, &candidate) in before.filter(|(_, c)| fits(**c)).take(WINDOW) {
                let is_latest = latest[self.page.author(candidate) as usize] == candidate;
                choices.push(Choice::comment(candidate, distance, is_latest));
            }
            // A printed name is no greeting: somebody of that name is answered.
            if choices.is_empty() || self.page.comments[child as usize].reply_to.name.is_none() {
                choices.push(Choice::post(at));
            }
            each(child, &choices);
            latest[self.page.author(child) as usize] = child;
        }
    }

    /// Scores each of a comment's candidates.
    pub(super) fn values(&self, child: u32, choices: &[Choice]) -> Vec<[f32; N]> {
        let (page, addressed) = (self.page, self.addressed.as_slice());
        let case = |&choice: &Choice| Case { page, addressed, child, choice };
        choices.iter().map(|choice| flat_features::values(&case(choice))).collect()
    }

    /// Ranks a comment's candidates; [`NONE`] stands for the post.
    pub(super) fn rank(&self, child: u32, choices: &[Choice]) -> Ranking {
        let score = |values| flat_features::score(values, &self.weights);
        let scores: Vec<f32> = self.values(child, choices).iter().map(score).collect();
        let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let weights = scores.iter().map(|score| f64::from(score - best).exp());
        let total: f64 = weights.clone().sum();
        let shares = choices.iter().zip(weights).map(|(c, weight)| (c.comment, weight / total));
        ranking::rank(shares, self.calibration)
    }

    /// What a link to a candidate rests on.
    pub(super) fn evidence(&self, child: u32, parent: u32) -> Evidence {
        if parent == NONE {
            return Evidence::Assumed;
        }
        let comment: &Comment = &self.page.comments[child as usize];
        let addressed = &self.addressed[child as usize];
        let author = self.page.author(parent);
        if comment.reply_to.name.is_some() {
            Evidence::Named
        } else if addressed.quotes.contains(&author)
            || self.page.texts().quoted_share(child, parent) > 0.0
        {
            Evidence::Quoted
        } else if addressed.names.contains(&author) {
            Evidence::Addressed
        } else {
            Evidence::Adjacent
        }
    }
}
