//! Reddit dumps: one JSON object a line, as Pushshift and Arctic Shift publish them.
//!
//! Files hold comments (`body`, `link_id`) or submissions (`title`), a month or a subreddit each,
//! usually compressed by Zstandard with a long window. Lines are read on all cores (see
//! [`crate::formats::Shelf`]); one that is no JSON is reported by its number. All files of a run
//! are one corpus: their comments are put together by thread, wherever they stand. Of Arctic
//! Shift's `_meta` the time of the second retrieval is read: of two records of a comment the one that
//! was retrieved again later stays.
//! See <https://github.com/ArthurHeitmann/arctic_shift>. Documents that hold such records are
//! read by [`records`].

#![allow(
    clippy::similar_names,
    reason = "comments, communities, posts and parents are what there is"
)]

use memchr::memmem::Finder;

use super::{comment, is_deleted, is_removed, post, records};
use crate::comment::{Answers, Kind, Loose, Stated};
use crate::error::Result;
use crate::formats::json::{self, Document, Fields, Flaw, Node, Raw};
use crate::formats::loose::{self, LineReader, Outcome, bad};
use crate::formats::{Format, Input, ReadOptions, Sample, Shelf, Sink};
use crate::text::{dates, markup};

/// Dumps of Reddit in NDJSON.
pub struct Dump;

impl Format for Dump {
    fn name(&self) -> &'static str {
        "pushshift"
    }

    fn about(&self) -> &'static str {
        "Reddit dumps of Pushshift and Arctic Shift: NDJSON of comments or submissions"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let Some(document) = json::sniff(sample, &["\"id\""]) else { return 0.0 };
        let Some(root) = document.root().and_then(records::first) else { return 0.0 };
        let has = |key| root.get(key).is_some();
        let parent = root.str_at("parent_id").unwrap_or_default();
        let is_prefixed = parent.starts_with("t1_") || parent.starts_with("t3_");
        let is_comment = has("body") && (has("link_id") || is_prefixed);
        let is_post = has("title") && (has("selftext") || has("num_comments") && has("permalink"));
        if (is_comment || is_post) && !has("kind") { 0.97 } else { 0.0 }
    }

    fn is_by_line(&self, sample: &Sample<'_>) -> bool {
        json::shape_of(sample.head, records::holds_records) != json::Shape::Document
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (shape, input) = json::shape_by(input, records::holds_records)?;
        if shape == json::Shape::Document {
            return records::read(self.name(), input, options, sink);
        }
        let source = input.name.clone();
        loose::read(self.name(), input, options, sink, || Lines {
            again: Finder::new("\"retrieved_2nd_on\":"),
            source: &source,
            skip_community: options.skip_community,
            fields: Fields::new(NAMES),
            body: String::new(),
            document: Document::default(),
        })
    }
}

/// The fields of a comment that is read the quick way.
const NAMES: [&str; 10] = [
    "id",
    "link_id",
    "parent_id",
    "author",
    "created_utc",
    "score",
    "score_hidden",
    "body",
    "subreddit",
    "_meta",
];

/// When a record of Arctic Shift was retrieved for the second time, in its `_meta`.
const AGAIN: &str = "retrieved_2nd_on";

/// The value of [`AGAIN`] in `_meta`; the outer `None` if the line has to be read in full.
#[allow(clippy::option_option, reason = "the outer one is a line to be read in full")]
fn retrieved_again(meta: Raw<'_>, again: &Finder<'_>) -> Option<Option<u64>> {
    let Raw::Nested(meta) = meta else { return Some(None) };
    let meta = meta.as_bytes();
    // Within a text its quotation marks would be escaped.
    let Some(key) = again.find(meta) else { return Some(None) };
    if memchr::memchr2(b'{', b'[', &meta[1..]).is_some() {
        return None;
    }
    let value = meta[key + AGAIN.len() + 3..].trim_ascii_start();
    let length = value.iter().take_while(|b| b.is_ascii_digit()).count();
    let is_plain = (1..19).contains(&length) && matches!(value[length..], [b',' | b'}', ..]);
    let digits = value[..length].iter();
    is_plain.then(|| Some(digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))))
}

/// Reads the lines of a block.
struct Lines<'s> {
    /// Searches for [`AGAIN`] as a key.
    again: Finder<'static>,
    source: &'s str,
    skip_community: bool,
    fields: Fields<10>,
    body: String,
    document: Document,
}

impl LineReader for Lines<'_> {
    fn line(&mut self, line: &[u8], number: u32, shelf: &mut dyn Shelf) -> Outcome {
        // Checked as a whole: a long text costs less than some short ones.
        if let Ok(text) = simdutf8::basic::from_utf8(line)
            && self.quickly(text, number, shelf).is_some()
        {
            return Outcome::Record;
        }
        if line.trim_ascii().is_empty() {
            return Outcome::Nothing;
        }
        self.in_full(line, number, shelf)
    }
}

impl Lines<'_> {
    /// A comment like almost all others; `None` if it has to be read in full.
    fn quickly(&mut self, line: &str, number: u32, shelf: &mut dyn Shelf) -> Option<()> {
        let [id, link, parent, author, created, score, hidden, body, subreddit, meta] =
            self.fields.find(line)?;
        let thread = link.name()?.strip_prefix("t3_")?;
        let parent = parent.name()?;
        let answers = match parent.strip_prefix("t1_") {
            Some(parent) if parent == thread => Answers::Post,
            Some(parent) => Answers::Id(parent),
            None => {
                parent.strip_prefix("t3_")?;
                Answers::Post
            }
        };
        let score = if score.is_none() { None } else { Some(score.int()?) };
        let author = author.name()?;
        let community = match subreddit {
            _ if self.skip_community => None,
            Raw::Absent => None,
            subreddit => Some(subreddit.name()?),
        };
        let body = body.str(&mut self.body)?;
        let kind = if is_removed(body) { Kind::Deleted } else { Kind::Comment };
        let retrieved = retrieved_again(meta, &self.again)?;
        let id = id.name()?;
        if id.as_bytes().get(2) == Some(&b'_') || !hidden.is_off() || thread.is_empty() {
            return None;
        }
        shelf.comment(&Loose {
            thread,
            community,
            id: Some(id),
            author: Some(author).filter(|author| !is_deleted(author)),
            answers,
            created: dates::epoch_seconds(created.int()?),
            score,
            kind,
            text: &markup::markdown(body),
            line: Some(number),
            retrieved,
        });
        Some(())
    }

    fn in_full(&mut self, line: &[u8], number: u32, shelf: &mut dyn Shelf) -> Outcome {
        let text = String::from_utf8_lossy(line);
        self.document.refill(&text);
        match self.document.flaw {
            None => {}
            Some(Flaw { is_end: true, expected, .. }) => return Outcome::Cut(expected),
            Some(Flaw { expected, .. }) => {
                let why = format!("not JSON, {expected} was expected");
                shelf.diagnostic(bad(self.source, number, &why, &text));
                return Outcome::Nothing;
            }
        }
        let Some(root) = self.document.root() else { return Outcome::Nothing };
        let community = root.name_at("subreddit").filter(|_| !self.skip_community);
        if let Some((thread, comment)) = comment(root) {
            let answers = match &comment.reply_to.stated {
                Stated::Id(id) => Answers::Id(id),
                Stated::Post => Answers::Post,
                Stated::SomeComment | Stated::Nothing => Answers::Nothing,
            };
            shelf.comment(&Loose {
                thread: &thread,
                community: community.as_deref(),
                id: comment.id.as_deref(),
                author: comment.author.as_deref(),
                answers,
                created: comment.created,
                score: comment.score,
                kind: comment.kind,
                text: &comment.text,
                line: Some(number),
                retrieved: root
                    .path(&["_meta", AGAIN])
                    .and_then(Node::int)
                    .and_then(|n| n.try_into().ok()),
            });
        } else if let Some((post, declared)) = post(root).filter(|_| root.get("title").is_some()) {
            shelf.post(post, declared, community.as_deref());
        } else {
            let why = "neither a comment nor a submission";
            shelf.diagnostic(bad(self.source, number, why, root.raw()));
            return Outcome::Nothing;
        }
        Outcome::Record
    }
}
