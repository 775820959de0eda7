//! What a source states: discussions and comments, leniently, before any link is drawn.
//!
//! Formats fill these structures and leave empty what the source does not say; nothing here is
//! inferred. [`crate::linking`] turns a [`Discussion`] into a [`crate::thread::Thread`], which
//! has guarantees.

use compact_str::CompactString;

pub use crate::text::moment::{Clock, Moment, Precision};

/// An identifier or a name as the source writes it; up to 24 bytes cost no allocation.
pub type Name = CompactString;

/// One post and the comments under it, in the order of the source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Discussion {
    /// The name of the input it was read from: a file name, or `-` for standard input.
    pub source: String,
    /// The format or page profile that read it: `wpdiscuz`, `reddit`, `outline`, …
    pub format: String,
    /// Where it stands, if the source parts its discussions: subreddit, board, group, channel.
    pub community: Option<Name>,
    /// What is being discussed.
    pub post: Post,
    /// The number of comments that the source itself declares ("27 Comments").
    pub declared: Option<u32>,
    /// How the source arranges its comments.
    pub layout: Layout,
    /// The deepest level that the source shows, where it says so: deeper replies stand on it.
    pub depth_cap: Option<u32>,
    /// The comments, in the order of the source.
    pub comments: Vec<Comment>,
    /// Where it was put together from several inputs: which comments came from which. Default:
    /// empty, all came from `source`.
    pub parts: Vec<Part>,
}

/// A part of a discussion that was put together from several inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Index of its first comment.
    pub first: u32,
    /// The input that it was read from.
    pub source: String,
}

impl Discussion {
    /// The input that a comment, given by its index in the order of the source, was read from.
    #[must_use]
    pub fn source_of(&self, index: usize) -> &str {
        let after = self.parts.partition_point(|part| part.first as usize <= index);
        let part = after.checked_sub(1).and_then(|place| self.parts.get(place));
        part.map_or(&self.source, |part| &part.source)
    }
}

/// How a source arranges its comments: what their order says of the tree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// Depth first: every comment is followed at once by the replies to it (comment pages).
    #[default]
    Preorder,
    /// One after the other in time, whatever they answer (forums, chats).
    Flat,
    /// The order says nothing (dumps, tables of rows). Siblings are put in order of time.
    Loose,
}

/// What is being discussed: the article, the submission, the opening message. Depth 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Post {
    /// The thread's identifier as the source states it.
    pub id: Option<Name>,
    /// Title or subject.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<Name>,
    /// When it was published.
    pub created: Option<Moment>,
    /// Its text, plain (see [`Comment::text`]); empty where the source has none.
    pub text: String,
}

/// What one author wrote once under a post, as the source states it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comment {
    /// The identifier that the source gives it; parents are named by it.
    pub id: Option<Name>,
    /// Who wrote it; `None` for an unknown or deleted account.
    pub author: Option<Name>,
    /// Everything that the source says of what it answers.
    pub reply_to: ReplyTo,
    /// When it was written.
    pub created: Option<Moment>,
    /// Votes as the source states them.
    pub score: Option<i64>,
    /// What kind of entry it is.
    pub kind: Kind,
    /// Plain text: paragraphs parted by blank lines, quotations as lines that begin with `> `
    /// (`> > ` for a quotation within one), no markup, no control characters but `\n` and `\t`.
    pub text: String,
    /// The first line of it in the source, 1-based; for record formats the record's number.
    pub line: Option<u32>,
}

/// A comment of a dump as its record states it, borrowed from the bytes it was read from: what a
/// reader hands over a billion times without an allocation.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Loose<'a> {
    /// The identifier of its thread; empty = the one thread of an input that states none.
    pub thread: &'a str,
    /// Where the thread stands, as [`Discussion::community`].
    pub community: Option<&'a str>,
    /// As [`Comment::id`].
    pub id: Option<&'a str>,
    /// As [`Comment::author`].
    pub author: Option<&'a str>,
    /// What it answers.
    pub answers: Answers<'a>,
    /// As [`Comment::created`].
    pub created: Option<Moment>,
    /// As [`Comment::score`].
    pub score: Option<i64>,
    /// As [`Comment::kind`].
    pub kind: Kind,
    /// As [`Comment::text`].
    pub text: &'a str,
    /// As [`Comment::line`].
    pub line: Option<u32>,
    /// When whoever collected the comment looked at it for the last time, in seconds since 1970, if
    /// the record says that it was looked at again. Of two records of a comment the later stays.
    pub retrieved: Option<u64>,
}

/// What a record of a dump states of a comment's parent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answers<'a> {
    /// Nothing.
    #[default]
    Nothing,
    /// It answers the post.
    Post,
    /// It answers the comment with this identifier.
    Id(&'a str),
}

impl Loose<'_> {
    /// The comment by itself.
    #[must_use]
    pub fn to_comment(&self) -> Comment {
        let reply_to = match self.answers {
            Answers::Nothing => ReplyTo::default(),
            Answers::Post => ReplyTo::post(),
            Answers::Id(id) => ReplyTo::id(id),
        };
        Comment {
            id: self.id.map(Name::from),
            author: self.author.map(Name::from),
            reply_to,
            created: self.created,
            score: self.score,
            kind: self.kind,
            text: self.text.to_owned(),
            line: self.line,
        }
    }
}

/// Whether every comment has an id and each is greater than the one before: shorter ones first, as
/// numbers in some base are written. Then they are unique, and can be found by halving.
#[must_use]
pub fn have_ascending_ids(comments: &[Comment]) -> bool {
    let mut before = (0, "");
    comments.iter().all(|comment| {
        let id = comment.id.as_deref().unwrap_or_default();
        let here = (id_rank(id), id);
        std::mem::replace(&mut before, here) < here
    })
}

/// A number that ranks ids like their length and then their bytes, as far as 15 bytes tell.
#[inline]
pub(crate) fn id_rank(id: &str) -> u128 {
    let bytes = id.as_bytes();
    let length = bytes.len();
    if length > 15 {
        // Longer ids are told apart by what is compared besides.
        return u128::from(0x1000_0000 | length as u32) << 96;
    }
    // The first and the last bytes are read at once; where both overlap, they hold the same.
    let eights = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>());
    let fours = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>());
    let number = if let (Some(first), Some(last)) = eights {
        let first = u128::from(u64::from_be_bytes(*first));
        first << (8 * (length - 8)) | u128::from(u64::from_be_bytes(*last))
    } else if let (Some(first), Some(last)) = fours {
        let first = u128::from(u32::from_be_bytes(*first));
        first << (8 * (length - 4)) | u128::from(u32::from_be_bytes(*last))
    } else {
        bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
    };
    (length as u128) << 120 | number
}

/// What kind of entry a comment is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An ordinary comment.
    #[default]
    Comment,
    /// A pingback or trackback: another page that links to the post.
    Pingback,
    /// A comment whose place is kept but whose text or author was removed.
    Deleted,
    /// Named as a parent but absent; made by linking, never by a format.
    Placeholder,
}

impl Kind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Comment, Self::Pingback, Self::Deleted, Self::Placeholder];

    /// The word that tables use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Pingback => "pingback",
            Self::Deleted => "deleted",
            Self::Placeholder => "placeholder",
        }
    }
}

/// Everything that a source says of what a comment answers. Several fields may be set; linking
/// takes the strongest and reports contradictions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReplyTo {
    /// What the source states outright.
    pub stated: Stated,
    /// How deep the comment stands, by nesting or indentation.
    pub level: Option<Level>,
    /// The name that the source prints as the one answered ("reply to NAME", "@NAME").
    pub name: Option<Name>,
    /// The comment quotes another: the quoted comment's identifier or author, where stated.
    pub quotes: Option<Box<Quotes>>,
    /// In pre-order: `true` if it stands first among the replies to its parent (its parent is the
    /// comment just before it), `false` if it has an earlier sibling.
    pub first_reply: Option<bool>,
}

/// What a source states outright of a comment's parent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Stated {
    /// Nothing.
    #[default]
    Nothing,
    /// It answers the post.
    Post,
    /// It answers some comment, without saying which (the `parent` link of a page that has no id).
    SomeComment,
    /// It answers the comment with this identifier.
    Id(Name),
}

/// How deep a comment stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// 1 = answers the post; also any other scale that grows with depth, such as columns.
    pub depth: u32,
    /// What the depth was read from.
    pub basis: Basis,
}

/// What a level was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Nesting of elements or records, or a depth written as a number: exact.
    Nested,
    /// Indentation of text: only the order of the columns counts.
    Indented,
}

/// The comment that a comment quotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotes {
    /// The identifier of the quoted comment.
    pub id: Option<Name>,
    /// The author of the quoted text.
    pub author: Option<Name>,
    /// When the quoted comment was written, as the page prints it above the quotation.
    pub created: Option<Moment>,
}

impl ReplyTo {
    /// It answers the post, and the source says so.
    #[must_use]
    pub fn post() -> Self {
        Self { stated: Stated::Post, ..Self::default() }
    }

    /// It answers the comment with this identifier.
    #[must_use]
    pub fn id(id: impl Into<Name>) -> Self {
        Self { stated: Stated::Id(id.into()), ..Self::default() }
    }

    /// The source prints this name as the one answered.
    #[must_use]
    pub fn name(name: impl Into<Name>) -> Self {
        Self { name: Some(name.into()), ..Self::default() }
    }

    /// It stands at this depth (1 = answers the post) by nesting.
    #[must_use]
    pub fn nested(depth: u32) -> Self {
        Self { level: Some(Level { depth, basis: Basis::Nested }), ..Self::default() }
    }

    /// It stands at this depth, or column, by indentation.
    #[must_use]
    pub fn indented(depth: u32) -> Self {
        Self { level: Some(Level { depth, basis: Basis::Indented }), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::id_rank;

    #[test]
    fn ids_rank_by_length_and_then_by_their_bytes() {
        let letters = "0z9aéб-Z1x_7Qk~4w8";
        let ends = letters.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        let mut ids: Vec<&str> = ends
            .iter()
            .flat_map(|&from| ends.iter().filter_map(move |&to| letters.get(from..to)))
            .filter(|id| id.len() <= 15)
            .collect();
        ids.sort_by_key(|id| (id.len(), *id));
        ids.dedup();
        assert!(ids.is_sorted_by_key(|id| id_rank(id)));
        assert!(ids.windows(2).all(|pair| id_rank(pair[0]) != id_rank(pair[1])));
        assert!(id_rank("abcdefghijklmno") < id_rank("abcdefghijklmnop"));
        assert!(id_rank("abcdefghijklmnop") < id_rank("bcdefghijklmnopqr"));
    }
}
