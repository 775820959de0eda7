//! What the source states: ids, nesting, indentation, the hints of structural words.
//!
//! One pass over the comments decides every parent that needs no guess. What is left open is
//! listed, for the stages that weigh evidence.

use std::cell::OnceCell;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::Absent;
use super::look::Look;
use super::moments::Moments;
use crate::comment::{Basis, Comment, Discussion, Kind, Layout, Level, Name, Stated, id_rank};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::thread::{Evidence, Link, SiblingOrder};

/// Confidence of a link for which nothing speaks: as likely wrong as right.
pub(super) const ASSUMED: f32 = 0.5;

/// Confidence in the parent where the software itself names the quoted comment. Forums let people
/// quote several and answer another; not measured.
pub(super) const QUOTED_BY_ID: f32 = 0.97;

/// Confidence in the nearest comment of a name on the deepest level; not measured.
const BELOW_CAP: f32 = 0.9;

/// How far up the deepest level a name is looked for, in comments.
const LONGEST_LEVEL: usize = 1000;

/// Ids in a row of which one is looked at first.
const STEP: usize = 64;

/// A parent for every comment of a discussion, while it is being found.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// For each comment the index of its parent; `None` = the post.
    pub(super) parents: Vec<Option<u32>>,
    /// For each comment what its parent rests on.
    pub(super) links: Vec<Link>,
    /// The comments whose parent is still to be found; until then they hang from the post.
    pub(super) open: Vec<u32>,
    /// For each open one how sure it is that it is a reply at all, where only times tell
    /// ([`by_times`](super::by_times)); else empty.
    pub(super) sure: Vec<f32>,
    /// The order in which replies were read, where their parents were found by the model.
    pub(super) order: SiblingOrder,
    /// The absent parents; the first one's index is the number of comments that were read.
    pub(super) placeholders: Vec<Comment>,
}

impl Tree {
    /// Makes a placeholder that hangs from the post, and returns its index.
    pub(super) fn placeholder(&mut self, read: usize, comment: Comment) -> u32 {
        self.placeholders.push(Comment { kind: Kind::Placeholder, ..comment });
        (read + self.placeholders.len() - 1) as u32
    }

    /// Appends the placeholders to the discussion's comments.
    pub(super) fn add_placeholders(&mut self, discussion: &mut Discussion) {
        discussion.comments.append(&mut self.placeholders);
        self.parents.resize(discussion.comments.len(), None);
        self.links.resize(discussion.comments.len(), assumed());
    }
}

/// A link for which nothing speaks.
pub(super) const fn assumed() -> Link {
    Link { evidence: Evidence::Assumed, confidence: ASSUMED, runner_up: None }
}

/// A link that is certain.
const fn certain(evidence: Evidence) -> Link {
    Link { evidence, confidence: 1.0, runner_up: None }
}

/// Reads every statement.
pub(super) fn read(
    discussion: &Discussion,
    look: Look,
    on_absence: Absent,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tree {
    let mut reader = Reader {
        discussion,
        on_absence,
        diagnostics,
        silence: silence(discussion, &look),
        by_id: Ids::of(&discussion.comments, look),
        moments: OnceCell::new(),
        absent: HashMap::with_hasher(FixedState::default()),
        branch: Vec::new(),
        tree: Tree::default(),
    };
    let n = discussion.comments.len();
    reader.tree.parents.reserve_exact(n);
    reader.tree.links.reserve_exact(n);
    for i in 0..n {
        let held = reader.hold(i);
        let (parent, link) = held.unwrap_or_else(|| {
            reader.tree.open.push(i as u32);
            (None, assumed())
        });
        reader.tree.parents.push(parent);
        reader.tree.links.push(link);
    }
    reader.tree
}

/// Comments by id.
enum Ids<'d> {
    /// Their ranks, which ascend, so that one is found by halving; before that, every
    /// [`STEP`]th of them, which stay in a core's cache however large the thread is.
    Ascending { some: Vec<u128>, all: Vec<u128> },
    /// A table; empty where no parent is stated by an id.
    Table(HashMap<&'d str, u32, FixedState>),
}

impl<'d> Ids<'d> {
    fn of(comments: &'d [Comment], look: Look) -> Self {
        let mut table = HashMap::with_hasher(FixedState::default());
        if !look.names_ids {
            return Self::Table(table);
        }
        if let Some(ranks) = look.ranks {
            let some = ranks.iter().copied().step_by(STEP).collect();
            return Self::Ascending { some, all: ranks };
        }
        table.reserve(comments.len());
        for (i, comment) in comments.iter().enumerate() {
            if let Some(id) = &comment.id {
                table.insert(id.as_str(), i as u32);
            }
        }
        Self::Table(table)
    }

    fn get(&self, id: &str) -> Option<u32> {
        match self {
            Self::Table(table) => table.get(id).copied(),
            Self::Ascending { some, all } => {
                let rank = id_rank(id);
                let begin = STEP * some.partition_point(|other| *other <= rank).checked_sub(1)?;
                let near = &all[begin..all.len().min(begin + STEP)];
                near.binary_search(&rank).ok().map(|i| (begin + i) as u32)
            }
        }
    }
}

/// What it means that a comment says nothing of its parent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Silence {
    /// Other comments of the page do say something, so this one answers the post.
    AnswersPost,
    /// Nothing: the page says nothing of any comment.
    MeansNothing,
    /// The order is that of time, and the parent is to be found.
    IsUsual,
}

fn silence(discussion: &Discussion, look: &Look) -> Silence {
    if discussion.layout == Layout::Flat {
        Silence::IsUsual
    } else if look.speaks {
        Silence::AnswersPost
    } else {
        Silence::MeansNothing
    }
}

/// A parent (`None` = the post) and what it rests on.
type Held = (Option<u32>, Link);

struct Reader<'d, 'o> {
    discussion: &'d Discussion,
    on_absence: Absent,
    diagnostics: &'o mut Vec<Diagnostic>,
    by_id: Ids<'d>,
    /// Needed only where a quotation states no id.
    moments: OnceCell<Moments<'d>>,
    absent: HashMap<&'d str, u32, FixedState>,
    /// The open branch by level: index and level of each comment on it.
    branch: Vec<(u32, Level)>,
    silence: Silence,
    tree: Tree,
}

impl<'d> Reader<'d, '_> {
    /// The parent of a comment, if the source states it.
    fn hold(&mut self, i: usize) -> Option<Held> {
        let discussion = self.discussion;
        let comment = &discussion.comments[i];
        let reply_to = &comment.reply_to;
        let by_level = reply_to.level.map(|level| self.descend(i, level));
        match &reply_to.stated {
            Stated::Post => Some((None, Link::stated())),
            Stated::Id(id) => Some(self.by_id(i, id)),
            _ if by_level.is_some() => self.below_cap(i).or(by_level),
            Stated::SomeComment | Stated::Nothing if reply_to.first_reply == Some(true) => {
                Some(self.just_above(i))
            }
            Stated::SomeComment => None,
            Stated::Nothing if self.quoted(i).is_some() => self.quoted(i),
            Stated::Nothing if reply_to.name.is_some() => None,
            // What another site sends answers the post.
            Stated::Nothing if comment.kind == Kind::Pingback => Some((None, Link::stated())),
            Stated::Nothing => match self.silence {
                Silence::AnswersPost => Some((None, Link::stated())),
                Silence::MeansNothing => Some((None, assumed())),
                Silence::IsUsual => None,
            },
        }
    }

    /// The parent with an id.
    fn by_id(&mut self, i: usize, id: &'d Name) -> Held {
        let read = self.discussion.comments.len();
        if let Some(parent) = self.by_id.get(id.as_str()) {
            if parent as usize == i {
                self.report(
                    i,
                    Oddity::SelfParent,
                    "a comment names itself as its parent; it was \
                    hung from the post",
                );
                return (None, assumed());
            }
            return (Some(parent), Link::stated());
        }
        if self.discussion.post.id.as_ref() == Some(id) {
            return (None, Link::stated());
        }
        if let Some(&parent) = self.absent.get(id.as_str()) {
            return (Some(parent), Link::stated());
        }
        if self.on_absence == Absent::Post {
            self.report(
                i,
                Oddity::MissingParent,
                &format!(
                    "the parent {id} is not in the source; the comment was hung from the post"
                ),
            );
            return (None, Link::stated());
        }
        let placeholder = Comment { id: Some(id.clone()), ..Comment::default() };
        let parent = self.tree.placeholder(read, placeholder);
        self.absent.insert(id, parent);
        self.report(
            i,
            Oddity::MissingParent,
            &format!("the parent {id} is not in the source; a placeholder stands for it"),
        );
        (Some(parent), Link::stated())
    }

    /// On the deepest level that a source shows, deeper replies stand too: the name then tells
    /// which comment of that level is answered, the nearest of that name.
    fn below_cap(&self, i: usize) -> Option<Held> {
        let comments = &self.discussion.comments;
        let (name, level) = (comments[i].reply_to.name.as_ref()?, comments[i].reply_to.level?);
        if self.discussion.depth_cap != Some(level.depth) {
            return None;
        }
        let is_level = |c: &Comment| c.reply_to.level.is_some_and(|l| l.depth >= level.depth);
        let above = comments[..i].iter().enumerate().rev().take(LONGEST_LEVEL);
        let mut group = above.take_while(|(_, comment)| is_level(comment));
        let (parent, _) = group.find(|(_, comment)| comment.author.as_ref() == Some(name))?;
        let evidence = Evidence::Named;
        Some((Some(parent as u32), Link { evidence, confidence: BELOW_CAP, runner_up: None }))
    }

    /// The comment that is quoted, where its id stands with the quotation, or its author and time.
    fn quoted(&self, i: usize) -> Option<Held> {
        let reply_to = &self.discussion.comments[i].reply_to;
        let quotes = reply_to.quotes.as_deref()?;
        // A printed name says whom the comment answers, whomever it quotes.
        let is_of = |author: &Name| reply_to.name.as_ref().is_none_or(|name| name == author);
        let parent = match (&quotes.id, &quotes.author, quotes.created) {
            (Some(id), ..) => self.by_id.get(id.as_str()),
            (None, Some(author), Some(created)) if is_of(author) => {
                let moments = || Moments::of(&self.discussion.comments);
                self.moments.get_or_init(moments).get(author, created)
            }
            _ => None,
        };
        let parent = parent.filter(|&parent| parent as usize != i)?;
        let evidence = Evidence::Quoted;
        Some((Some(parent), Link { evidence, confidence: QUOTED_BY_ID, runner_up: None }))
    }

    /// Closes the branch down to a level: the comment above it is the parent.
    fn descend(&mut self, i: usize, level: Level) -> Held {
        while self.branch.last().is_some_and(|(_, open)| open.depth >= level.depth) {
            self.branch.pop();
        }
        let parent = self.branch.last().map(|(index, _)| *index);
        self.branch.push((i as u32, level));
        let evidence = match level.basis {
            Basis::Nested => Evidence::Nested,
            Basis::Indented => Evidence::Indented,
        };
        (parent, certain(evidence))
    }

    /// The first reply stands just below its parent.
    fn just_above(&mut self, i: usize) -> Held {
        if let Some(above) = i.checked_sub(1) {
            return (Some(above as u32), Link::stated());
        }
        self.report(
            0,
            Oddity::MissingParent,
            "the first comment is a reply to one that is not in the source; \
            it was hung from the post",
        );
        (None, assumed())
    }

    fn report(&mut self, i: usize, kind: Oddity, message: &str) {
        let comment = &self.discussion.comments[i];
        let diagnostic = Diagnostic::new(self.discussion.source_of(i), kind, message);
        self.diagnostics.push(diagnostic.at(comment.line).excerpt(&comment.text));
    }
}
