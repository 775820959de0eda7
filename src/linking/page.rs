//! A discussion as the model sees it: numbers for names and times, texts prepared once.

use std::cell::OnceCell;

use super::names::Names;
use super::texts::Texts;
use crate::comment::{Clock, Comment, Precision};

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
    /// Comments under an article, posts of a forum, mail that discusses.
    Web,
    /// Chat: short lines in quick succession, many of them by the one just before.
    Chat,
    /// Mail with patches: they come in series, each a reply to the first, and are quoted at length.
    Patches,
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

    /// Patches if a fifth of the comments hold or quote one; chat if they are short lines in quick
    /// succession, of which people often send several in a row; else web. Mail that only discusses
    /// is like the web.
    pub(super) fn genre(&self) -> Genre {
        let patches = self.comments.iter().filter(|c| mentions_patch(&c.text)).count();
        if 5 * patches > self.comments.len() {
            Genre::Patches
        } else if self.timing == Timing::Exact && self.is_chat() {
            Genre::Chat
        } else {
            Genre::Web
        }
    }

    fn is_chat(&self) -> bool {
        let lines = self.comments.iter().filter(|c| c.text.contains('\n')).count();
        let words = self.comments.iter().map(|c| c.text.split_whitespace().count() as f64);
        let mut times: Vec<f64> = self.minutes.iter().copied().filter(|t| t.is_finite()).collect();
        times.sort_by(f64::total_cmp);
        let gaps = times.windows(2).map(|pair| pair[1] - pair[0]);
        let replies = || self.comments.iter().filter(|c| c.reply_to.name.is_some());
        let own = replies().filter(|c| c.reply_to.name == c.author).count();
        20 * lines <= self.comments.len()
            && CHAT_OWN * own >= replies().count()
            && median(words.collect()) <= CHAT_WORDS
            && median(gaps.collect()) <= CHAT_MINUTES
    }
}

/// Most words of the median line of a chat.
const CHAT_WORDS: f64 = 14.0;

/// One reply in so many, at least, is to its own author in a chat; elsewhere hardly any is.
const CHAT_OWN: usize = 6;

/// Longest median pause of a chat, in minutes.
const CHAT_MINUTES: f64 = 1.0;

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// Whether a text holds or quotes a patch, or the signature under one.
fn mentions_patch(text: &str) -> bool {
    let marks = ["diff --git ", "@@ -", "Signed-off-by: ", "Reviewed-by: ", "Acked-by: ", "[PATCH"];
    text.lines().any(|line| {
        let line = line.trim_start_matches(['>', ' ', '\t']);
        let line = line.strip_prefix("Re: ").unwrap_or(line);
        line.starts_with(['d', '@', 'S', 'R', 'A', '['])
            && marks.iter().any(|m| line.starts_with(m))
    })
}

/// Every comment's time in minutes, on the clock that most comments share, and how exact they are.
pub(super) fn minutes(comments: &[Comment]) -> (Vec<f64>, Timing) {
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
