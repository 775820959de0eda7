//! What a comment and an earlier one have to do with each other, whatever the branch.
//!
//! Many branches hold the same comments, so each relation is worked out once for a child.

use super::page::{Page, Timing};

/// A comment and an earlier one that may be its parent, or its sibling.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // independent observations, each a feature
pub(super) struct Relation {
    /// ln(1 + minutes the child came later) / 5, 0 where unknown or negative.
    pub(super) waited: f32,
    /// The child came earlier, though it stands below.
    pub(super) came_earlier: bool,
    /// The child came later.
    pub(super) came_later: bool,
    /// Both have the same author.
    pub(super) is_own: bool,
    /// The earlier comment answers the child's author, by name.
    pub(super) answers_child: bool,
    /// Likeness of the words, 0 to 1.
    pub(super) similarity: f32,
    /// Share of the child's quotations that the earlier comment wrote.
    pub(super) quoted: f32,
    /// Share of them that it was first to write.
    pub(super) first_quoted: f32,
    /// Share of the quotations within the child's quotations that it quotes too.
    pub(super) handed_on: f32,
    /// ln(1 + number of the child's own four-word sequences that it was first to write) / 3.
    pub(super) first_written: f32,
    /// The child's first line is `Re:` and the earlier one's first line.
    pub(super) same_subject: bool,
    /// The child is a patch of the series that the earlier comment introduces.
    pub(super) introduces: bool,
    /// ln(1 + number of different words of the earlier comment) / 5.
    pub(super) length: f32,
    /// The earlier comment asks something.
    pub(super) asks: bool,
}

impl Relation {
    pub(super) fn new(page: &Page<'_>, child: u32, other: u32) -> Self {
        let texts = page.texts();
        let (subject, others) = (texts.subject(child), texts.subject(other));
        let minutes = page.minutes_between(other, child);
        let label = page.label(other);
        Self {
            waited: waited(page, other, child),
            came_earlier: minutes < 0.0,
            came_later: minutes > 0.0,
            is_own: page.author(other) == page.author(child),
            answers_child: page.names.means(label, page.author(child)),
            similarity: texts.similarity(child, other),
            quoted: texts.quoted_share(child, other),
            first_quoted: texts.first_quoted_share(child, other),
            handed_on: texts.handed_on_share(child, other),
            first_written: (texts.first_written(child, other) as f32).ln_1p() / 3.0,
            same_subject: subject.answers(others),
            introduces: subject.is_introduced_by(others),
            length: (texts.words(other) as f32).ln_1p() / 5.0,
            asks: texts.asks(other),
        }
    }
}

/// ln(1 + minutes from one comment to a later one) / 5, 0 where unknown or negative.
pub(super) fn waited(page: &Page<'_>, other: u32, child: u32) -> f32 {
    if page.timing != Timing::Exact {
        return 0.0;
    }
    (page.minutes_between(other, child).max(0.0) as f32).ln_1p() / 5.0
}

/// The relations of one child after the other.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// By comment, for which child its relation was worked out, and where that stands.
    places: Vec<(u32, u32)>,
    known: Vec<Relation>,
}

impl Relations {
    /// The relation of a child and an earlier comment. All questions about one child come before
    /// those about the next.
    pub(super) fn of(&mut self, page: &Page<'_>, child: u32, other: u32) -> Relation {
        if self.places.len() <= child as usize {
            self.places.resize(page.comments.len(), (u32::MAX, 0));
        }
        let (known_for, place) = &mut self.places[other as usize];
        if *known_for != child {
            *known_for = child;
            *place = self.known.len() as u32;
            self.known.push(Relation::new(page, child, other));
        }
        self.known[*place as usize]
    }

    /// Forgets what is known: the next child begins.
    pub(super) fn clear(&mut self) {
        self.known.clear();
    }
}
