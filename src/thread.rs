//! The tree with guarantees: one post, its comments, who answers whom, and how sure that is.
//!
//! What a [`Thread`] promises to everything that follows it:
//!
//! * exactly one root: the post, at place 0 and depth 0; it is no comment;
//! * places `1..=len()` are the comments in **pre-order**: each followed at once by its whole
//!   subtree, so a subtree is a slice, bottom-up is a reversed loop and nothing recurses;
//! * a parent's place is smaller than its replies' places; no cycles;
//! * comment ids are present and unique within the thread; texts are plain;
//! * every link carries [`Evidence`] and a confidence in `0..=1`.
//!
//! Two orders exist: **places** (pre-order, used inside) and **positions** (1-based order of the
//! source, used in tables; 0 for a placeholder, which has no place in the source).

mod assembly;

use assembly::{intern, name_the_nameless, preorder, put_in_places};

use crate::comment::{Comment, Discussion, Kind, Name, Post};

/// No author: unknown or deleted account, or a placeholder.
pub const NO_AUTHOR: u32 = u32::MAX;

/// What a parent link rests on, from stated down to assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The source states the parent's id, or that the comment answers the post.
    Stated,
    /// Elements or records are nested, or the depth is written as a number.
    Nested,
    /// The text is indented.
    Indented,
    /// The page prints the name of the one answered.
    Named,
    /// The comment quotes its parent.
    Quoted,
    /// The comment addresses its parent's author (`@name`, `Name:`).
    Addressed,
    /// Only closeness in time and words speaks for it.
    Adjacent,
    /// Nothing speaks for it; it was hung from the post.
    Assumed,
}

impl Evidence {
    /// All kinds of evidence, strongest first.
    pub const ALL: [Self; 8] = [
        Self::Stated,
        Self::Nested,
        Self::Indented,
        Self::Named,
        Self::Quoted,
        Self::Addressed,
        Self::Adjacent,
        Self::Assumed,
    ];

    /// The word that tables use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Nested => "nested",
            Self::Indented => "indented",
            Self::Named => "named",
            Self::Quoted => "quoted",
            Self::Addressed => "addressed",
            Self::Adjacent => "adjacent",
            Self::Assumed => "assumed",
        }
    }
}

/// Below this confidence a link counts as uncertain and names its runner-up.
pub const CERTAIN: f32 = 0.95;

/// Why a comment hangs where it hangs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// What the link rests on.
    pub evidence: Evidence,
    /// Probability that the parent is right; 1 where stated.
    pub confidence: f32,
    /// Position of the second-best parent (0 = the post); present only below [`CERTAIN`].
    pub runner_up: Option<u32>,
}

impl Link {
    /// A link that the source states.
    #[must_use]
    pub const fn stated() -> Self {
        Self { evidence: Evidence::Stated, confidence: 1.0, runner_up: None }
    }

    /// The confidence is below [`CERTAIN`].
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.confidence < CERTAIN
    }
}

/// In which order siblings stand on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SiblingOrder {
    /// Oldest first.
    OldestFirst,
    /// Newest first.
    NewestFirst,
    /// Neither: by votes, or mixed.
    Other,
    /// Too few dated siblings to tell.
    #[default]
    Unknown,
}

impl SiblingOrder {
    /// The word that tables use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OldestFirst => "oldest_first",
            Self::NewestFirst => "newest_first",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

/// What linking hands over: the comments of a discussion with a parent for each.
#[derive(Debug, Clone)]
pub struct Linked {
    /// The discussion; its comments in the order of the source, placeholders at the end.
    pub discussion: Discussion,
    /// For each comment the index of its parent among `discussion.comments`; `None` = the post.
    /// Must not hold a cycle.
    pub parents: Vec<Option<u32>>,
    /// For each comment the reason for its parent.
    pub links: Vec<Link>,
    /// For each comment its place among its siblings: smaller stands first; ties by index.
    /// Empty = the order of the source.
    pub sibling_keys: Vec<i64>,
    /// Order of the top-level comments on the page, and of replies.
    pub orders: (SiblingOrder, SiblingOrder),
    /// The order that replies were taken to stand in while their parents were looked for, even where
    /// none has a sibling; `Unknown` where none was looked for.
    pub read_in: SiblingOrder,
}

/// One post and its comments as a rooted tree in pre-order. See the module for its guarantees.
#[derive(Debug, Clone)]
pub struct Thread {
    id: Name,
    meta: Discussion,
    comments: Vec<Comment>,
    links: Vec<Link>,
    positions: Vec<u32>,
    parents: Vec<u32>,
    depths: Vec<u32>,
    sizes: Vec<u32>,
    authors: Vec<u32>,
    names: Vec<Name>,
    orders: (SiblingOrder, SiblingOrder),
    read_in: SiblingOrder,
}

impl Thread {
    /// Puts linked comments into pre-order. Comments without an id get `c1`, `c2`, … by position
    /// (with a suffix where that is taken). Linear time, no recursion.
    ///
    /// # Panics
    /// If the parents hold a cycle or the lengths differ: linking must have repaired that.
    #[must_use]
    pub fn assemble(id: Name, linked: Linked) -> Self {
        let Linked {
            mut discussion,
            parents: source_parents,
            links,
            sibling_keys,
            orders,
            read_in,
        } = linked;
        let mut source = std::mem::take(&mut discussion.comments);
        let n = source.len();
        assert!(n == source_parents.len() && n == links.len(), "one parent and link per comment");
        name_the_nameless(&mut source);

        let order = preorder(&source_parents, &sibling_keys);
        assert_eq!(order.len(), n, "the parents hold a cycle");
        let mut place_of = vec![0u32; n];
        for (k, &i) in order.iter().enumerate() {
            place_of[i as usize] = k as u32 + 1;
        }

        let mut parents = vec![0u32; n + 1];
        let mut depths = vec![0u32; n + 1];
        let mut sizes = vec![1u32; n + 1];
        for (k, &i) in order.iter().enumerate() {
            let parent = source_parents[i as usize].map_or(0, |p| place_of[p as usize]);
            parents[k + 1] = parent;
            depths[k + 1] = depths[parent as usize] + 1;
        }
        for place in (1..=n).rev() {
            sizes[parents[place] as usize] += sizes[place];
        }

        let ordered_links = order.iter().map(|&i| links[i as usize]).collect();
        put_in_places(&mut source, place_of);
        // From here on comments are met as they lie: a large thread is in no cache.
        let (names, authors) = intern(discussion.post.author.as_ref(), &source);
        let by_place = source.iter().zip(&order);
        let positions = by_place
            .map(|(comment, i)| if comment.kind == Kind::Placeholder { 0 } else { i + 1 })
            .collect();
        Self {
            id,
            meta: discussion,
            comments: source,
            links: ordered_links,
            positions,
            parents,
            depths,
            sizes,
            authors,
            names,
            orders,
            read_in,
        }
    }

    /// The thread's id: stated, or made from the source's name and content.
    #[must_use]
    pub fn id(&self) -> &Name {
        &self.id
    }

    /// What is being discussed.
    #[must_use]
    pub fn post(&self) -> &Post {
        &self.meta.post
    }

    /// The discussion as it was read, without its comments: source, format, declared count.
    #[must_use]
    pub fn meta(&self) -> &Discussion {
        &self.meta
    }

    /// Number of comments, placeholders included; places run from 1 to this.
    #[must_use]
    pub fn len(&self) -> usize {
        self.comments.len()
    }

    /// The post has no comments.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// The comments in pre-order; `comments()[k]` stands at place `k + 1`.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Gives up the texts of the comments, for runs that only measure.
    pub fn forget_texts(&mut self) {
        for comment in &mut self.comments {
            comment.text = String::new();
        }
    }

    /// The comment at a place.
    ///
    /// # Panics
    /// At place 0, which is the post, and beyond [`Thread::len`].
    #[must_use]
    pub fn comment(&self, place: usize) -> &Comment {
        &self.comments[place - 1]
    }

    /// Why the comment at a place (1-based) hangs where it hangs.
    ///
    /// # Panics
    /// As [`Thread::comment`].
    #[must_use]
    pub fn link(&self, place: usize) -> &Link {
        &self.links[place - 1]
    }

    /// Position in the source of the comment at a place: 1-based; 0 for a placeholder.
    ///
    /// # Panics
    /// As [`Thread::comment`].
    #[must_use]
    pub fn position(&self, place: usize) -> u32 {
        self.positions[place - 1]
    }

    /// By place, the place of the parent; the post's entry is 0. Length `len() + 1`.
    #[must_use]
    pub fn parents(&self) -> &[u32] {
        &self.parents
    }

    /// By place, the number of replies between the post and the comment; the post's is 0.
    #[must_use]
    pub fn depths(&self) -> &[u32] {
        &self.depths
    }

    /// By place, the number of nodes of the subtree, itself included; the post's is `len() + 1`.
    #[must_use]
    pub fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// By place, the index of the author in [`Thread::names`], or [`NO_AUTHOR`].
    #[must_use]
    pub fn authors(&self) -> &[u32] {
        &self.authors
    }

    /// The authors' names, in order of first appearance in pre-order, the post's author first.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Order of siblings on the page: of top-level comments, and of replies.
    #[must_use]
    pub fn sibling_orders(&self) -> (SiblingOrder, SiblingOrder) {
        self.orders
    }

    /// As [`Linked::read_in`].
    pub(crate) fn read_in(&self) -> SiblingOrder {
        self.read_in
    }

    /// The places of the direct replies to a place, in page order.
    pub fn replies(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        let end = place + self.sizes[place] as usize;
        let mut next = place + 1;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let here = next;
            next += self.sizes[here] as usize;
            Some(here)
        })
    }
}
