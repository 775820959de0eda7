//! How well parents are found: a thread's parents hidden, found again, and compared.
//!
//! Anyone can measure the method on data of their own: any discussion that states its parents
//! will do. Beside the share of exact parents stand two simple rules that other programs use, and
//! how far the confidences can be trusted.

use std::collections::HashMap;

use super::hiding::{self, Hidden};
use crate::comment::{Comment, Name};
use crate::thread::Thread;

pub use super::hiding::View;

/// Threads measured so far.
#[derive(Debug, Clone)]
pub struct Evaluation {
    view: View,
    n_threads: u64,
    replies: Vec<Reply>,
}

/// One reply whose true parent is known.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // independent outcomes, each counted by itself
struct Reply {
    confidence: f32,
    is_right: bool,
    latest_is_right: bool,
    branch_is_right: bool,
    is_ambiguous: bool,
}

/// What an evaluation found. Shares lie in `0..=1` and are `None` where nothing was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Threads with at least one reply that counts.
    pub n_threads: u64,
    /// Replies whose true parent is known.
    pub n_replies: u64,
    /// Of these, those that name an author with two or more comments above.
    pub n_ambiguous: u64,
    /// Share of replies whose exact parent was found.
    pub accuracy: Option<f64>,
    /// The same, of the ambiguous ones.
    pub accuracy_ambiguous: Option<f64>,
    /// Share that the latest comment above by the author named (without names: the comment
    /// before) gets right; then of the ambiguous ones.
    pub latest: (Option<f64>, Option<f64>),
    /// The same for the nearest comment of that name on the branch that this rule has built
    /// itself.
    pub branch: (Option<f64>, Option<f64>),
    /// Expected calibration error: mean distance of confidence and accuracy over ten equal bins.
    pub calibration_error: Option<f64>,
    /// Accuracy over the most confident 80, 90, 95 and 99 % of the replies.
    pub coverage: [Option<f64>; 4],
    /// Share of the replies that can be kept, most confident first, at an accuracy of 99 %.
    pub kept_at_99: Option<f64>,
}

/// The shares of [`Figures::coverage`].
pub const COVERAGE: [f64; 4] = [0.80, 0.90, 0.95, 0.99];

/// The accuracy of [`Figures::kept_at_99`].
const KEPT_ACCURACY: f64 = 0.99;

/// Bins of [`Figures::calibration_error`].
const BINS: usize = 10;

impl Evaluation {
    /// An evaluation in which this much stays visible.
    #[must_use]
    pub const fn new(view: View) -> Self {
        Self { view, n_threads: 0, replies: Vec::new() }
    }

    /// Hides the thread's parents, links it again, and compares. Comments whose parent the source
    /// did not state, or whose parent is absent, do not count.
    pub fn add(&mut self, thread: &Thread) {
        let Hidden { discussion, truth, counts } = hiding::hide(thread, self.view);
        if !counts.contains(&true) {
            return;
        }
        self.n_threads += 1;
        let (latest, branch) = rules(&discussion.comments, self.view);
        let ambiguous = ambiguous(&discussion.comments);
        let linked = super::link(Name::default(), discussion, &mut Vec::new());
        for place in 1..=linked.len() {
            let Some(i) = linked.position(place).checked_sub(1).map(|i| i as usize) else {
                continue;
            };
            if !counts[i] {
                continue;
            }
            let parent = linked.parents()[place] as usize;
            // A placeholder has position 0, which is no parent's; the post is none.
            let found = (parent > 0).then(|| linked.position(parent).wrapping_sub(1));
            self.replies.push(Reply {
                confidence: linked.link(place).confidence,
                is_right: found == truth[i],
                latest_is_right: latest[i] == truth[i],
                branch_is_right: branch[i] == truth[i],
                is_ambiguous: ambiguous[i],
            });
        }
    }

    /// The figures of all threads so far.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let both = |is_right: fn(&Reply) -> bool| {
            let ambiguous = self.replies.iter().filter(|r| r.is_ambiguous);
            (share(self.replies.iter().map(is_right)), share(ambiguous.map(is_right)))
        };
        let (accuracy, accuracy_ambiguous) = both(|r| r.is_right);
        let mut sorted: Vec<&Reply> = self.replies.iter().collect();
        sorted.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        let most_confident = |of: f64| {
            let count = ((sorted.len() as f64 * of) as usize).max(1).min(sorted.len());
            share(sorted[..count].iter().map(|r| r.is_right))
        };
        Figures {
            n_threads: self.n_threads,
            n_replies: self.replies.len() as u64,
            n_ambiguous: self.replies.iter().filter(|r| r.is_ambiguous).count() as u64,
            accuracy,
            accuracy_ambiguous,
            latest: both(|r| r.latest_is_right),
            branch: both(|r| r.branch_is_right),
            calibration_error: calibration_error(&self.replies),
            coverage: COVERAGE.map(most_confident),
            kept_at_99: kept(&sorted),
        }
    }
}

fn share(right: impl Iterator<Item = bool>) -> Option<f64> {
    let (mut n, mut k) = (0_u64, 0_u64);
    for is_right in right {
        n += 1;
        k += u64::from(is_right);
    }
    (n > 0).then(|| k as f64 / n as f64)
}

fn calibration_error(replies: &[Reply]) -> Option<f64> {
    let mut bins = [(0.0, 0.0, 0.0); BINS];
    for reply in replies {
        let confidence = f64::from(reply.confidence);
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1.0;
        bin.1 += confidence;
        bin.2 += f64::from(u8::from(reply.is_right));
    }
    let n = replies.len() as f64;
    let error = |(_, confidence, right): &(f64, f64, f64)| (confidence - right).abs() / n;
    (!replies.is_empty()).then(|| bins.iter().map(error).sum())
}

fn kept(sorted: &[&Reply]) -> Option<f64> {
    let mut right = 0;
    let mut kept = 0;
    for (i, reply) in sorted.iter().enumerate() {
        right += usize::from(reply.is_right);
        if right as f64 >= KEPT_ACCURACY * (i + 1) as f64 {
            kept = i + 1;
        }
    }
    (!sorted.is_empty()).then(|| kept as f64 / sorted.len() as f64)
}

/// The parents by the two simple rules: the latest comment of the name, and the nearest one on
/// the branch. Without names both take the comment before.
fn rules(comments: &[Comment], view: View) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
    let n = comments.len();
    if view == View::Times {
        let before: Vec<Option<u32>> = (0..n as u32).map(|i| i.checked_sub(1)).collect();
        return (before.clone(), before);
    }
    let mut last_by: HashMap<&str, u32> = HashMap::new();
    let mut stack: Vec<u32> = Vec::new();
    let (mut latest, mut branch) = (Vec::with_capacity(n), Vec::with_capacity(n));
    for (i, comment) in comments.iter().enumerate() {
        let label = comment.reply_to.name.as_deref();
        latest.push(label.and_then(|label| last_by.get(label).copied()));
        let author_of = |&at: &u32| comments[at as usize].author.as_deref();
        let open =
            label.and_then(|label| stack.iter().rposition(|at| author_of(at) == Some(label)));
        branch.push(open.map(|at| stack[at]));
        match (label, open) {
            (None, _) => stack.clear(),
            (Some(_), Some(at)) => stack.truncate(at + 1),
            (Some(_), None) => {}
        }
        stack.push(i as u32);
        if let Some(author) = &comment.author {
            last_by.insert(author, i as u32);
        }
    }
    (latest, branch)
}

/// Which replies name an author with two or more comments above; without names, those with two or
/// more comments above.
fn ambiguous(comments: &[Comment]) -> Vec<bool> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut result = Vec::with_capacity(comments.len());
    for (i, comment) in comments.iter().enumerate() {
        let above = match &comment.reply_to.name {
            Some(label) => seen.get(label.as_str()).copied().unwrap_or(0),
            None => i as u32,
        };
        result.push(above >= 2);
        if let Some(author) = &comment.author {
            *seen.entry(author).or_default() += 1;
        }
    }
    result
}
