//! Reddit dumps: one JSON object a line, as Pushshift and Arctic Shift publish them.
//!
//! Files hold comments (`body`, `link_id`) or submissions (`title`), a month or a subreddit each,
//! usually compressed by Zstandard with a long window. One line is read at a time; a line that
//! is no JSON is reported by its number. The `_meta` object of Arctic Shift is passed over.
//! See <https://github.com/ArthurHeitmann/arctic_shift>. Documents that hold such records are
//! read by [`records`].

use super::{comment, post, records};
use crate::comment::Layout;
use crate::error::Result;
use crate::formats::json;
use crate::formats::threads::Threads;
use crate::formats::{Format, Input, ReadOptions, Sample, Sink};

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

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let (shape, input) = json::shape(input)?;
        if shape == json::Shape::Document {
            return records::read(self.name(), input, options, sink);
        }
        let source = input.name.clone();
        let mut lines = json::Lines::new(input, options)?;
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        while let Some((number, document)) = lines.next(&mut threads)? {
            threads.record();
            let Some(root) = document.root() else { continue };
            if let Some((thread, mut comment)) = comment(root) {
                comment.line = Some(number);
                threads.comment(&thread, comment)?;
            } else if let Some((post, declared)) =
                post(root).filter(|_| root.get("title").is_some())
            {
                threads.post(post, declared)?;
            } else {
                threads.bad(number, "neither a comment nor a submission", root.raw());
            }
        }
        threads.finish()
    }
}
