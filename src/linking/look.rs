//! What one look at the comments of a discussion tells: which of the later ones are needed.
//!
//! A discussion may have a million comments, and hardly any needs every repair.

use crate::comment::{Comment, Layout, Stated, id_rank};

/// What some or all comments of a discussion have in common.
#[derive(Debug)]
pub(super) struct Look {
    /// The ranks of the ids, if they ascend and are all of at most 15 bytes.
    pub(super) ranks: Option<Vec<u128>>,
    /// Some comment states another's id.
    pub(super) names_ids: bool,
    /// Some comment says what it answers.
    pub(super) speaks: bool,
    /// Some comment prints a name or stands at a level.
    pub(super) has_hints: bool,
}

impl Look {
    /// Nothing is stated of any parent, where a source could have.
    pub(super) fn is_silent(&self, layout: Layout) -> bool {
        !self.speaks && layout != Layout::Flat
    }

    pub(super) fn at(comments: &[Comment]) -> Self {
        let mut look = Self { ranks: None, names_ids: false, speaks: false, has_hints: false };
        let mut ranks = Vec::with_capacity(comments.len());
        let mut last = 0;
        let mut ascend = true;
        for comment in comments {
            let reply_to = &comment.reply_to;
            let hints = reply_to.name.is_some() || reply_to.level.is_some();
            look.has_hints |= hints;
            look.speaks |= hints || reply_to.stated != Stated::Nothing;
            look.names_ids |= matches!(reply_to.stated, Stated::Id(_))
                || reply_to.quotes.as_ref().is_some_and(|quotes| quotes.id.is_some());
            if ascend {
                let id = comment.id.as_deref().unwrap_or_default();
                let rank = id_rank(id);
                ascend = rank > last && id.len() <= 15;
                last = rank;
                ranks.push(rank);
            }
        }
        look.ranks = ascend.then_some(ranks);
        look
    }
}
