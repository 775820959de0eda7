//! A discussion as the model sees it: numbers for names and times, texts prepared once.

use std::cell::OnceCell;

use super::names::Names;
use super::texts::Texts;
use crate::comment::{Clock, Comment, Precision};
use crate::text::quotes::{self, Line};

/// How well a page says when its comments were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    /// To the minute or better: how long an answer took means something.
    Exact,
    /// To the hour, the day, …: only what stands before what means something.
    Coarse,
    /// Not at all.
    Absent,
}

/// What kind of writing a page holds; each has weights of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Genre {
    /// Comments under an article, posts of a forum, chat.
    Web,
    /// Mail: most replies quote, patches come in series.
    Mail,
}

/// What the model knows of a discussion.
#[derive(Debug)]
pub(super) struct Page<'d> {
    pub(super) comments: &'d [Comment],
    pub(super) names: Names<'d>,
    /// By comment, minutes since 1970 on the page's clock; not a number where unknown.
    pub(super) minutes: Vec<f64>,
    pub(super) timing: Timing,
    texts: OnceCell<Texts>,
}

impl<'d> Page<'d> {
    /// Prepares a discussion's comments. Texts are prepared when they are first asked for: a page
    /// without a doubtful parent needs none.
    pub(super) fn new(comments: &'d [Comment]) -> Self {
        let (minutes, timing) = minutes(comments);
        Self { comments, names: Names::new(comments), minutes, timing, texts: OnceCell::new() }
    }

    pub(super) fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| Texts::new(self.comments))
    }

    /// The author's number of a comment.
    pub(super) fn author(&self, comment: u32) -> u32 {
        self.names.authors[comment as usize]
    }

    /// The number of the name that a comment answers.
    pub(super) fn label(&self, comment: u32) -> u32 {
        self.names.labels[comment as usize]
    }

    /// Minutes from one comment to another; not a number where either time is unknown.
    pub(super) fn minutes_between(&self, from: u32, to: u32) -> f64 {
        self.minutes[to as usize] - self.minutes[from as usize]
    }

    /// Mail if more than a third of the given replies quote by `>` lines or begin with a subject
    /// line (`Re:`, `[PATCH …]`), else web.
    pub(super) fn genre(&self, replies: &[u32]) -> Genre {
        let looks_like_mail = |&&i: &&u32| {
            let text = &self.comments[i as usize].text;
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            first.starts_with("[PATCH")
                || first.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"))
                || quotes::lines(text).any(|line| matches!(line, Line::Quoted(_)))
        };
        let mails = replies.iter().filter(looks_like_mail).count();
        if 3 * mails > replies.len() { Genre::Mail } else { Genre::Web }
    }
}

/// Every comment's time in minutes, on the clock that most comments share, and how exact they are.
fn minutes(comments: &[Comment]) -> (Vec<f64>, Timing) {
    let times = || comments.iter().filter_map(|c| c.created);
    let ages = times().filter(|m| m.clock == Clock::BeforeCapture).count();
    let by_age = 2 * ages > times().count();
    let exact = times().filter(|m| m.precision <= Precision::Minute).count();
    let timing = match times().count() {
        0 => Timing::Absent,
        n if 2 * exact > n => Timing::Exact,
        _ => Timing::Coarse,
    };
    let minutes = comments.iter().map(|c| match c.created {
        Some(m) if (m.clock == Clock::BeforeCapture) == by_age => {
            (m.millis as f64 / 60_000.0).floor()
        }
        _ => f64::NAN,
    });
    (minutes.collect(), timing)
}
