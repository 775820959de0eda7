//! Reddit dumps: one JSON object a line, as Pushshift and Arctic Shift publish them.
//!
//! Files hold comments (`body`, `link_id`) or submissions (`title`), a month or a subreddit each,
//! usually compressed by Zstandard with a long window. One line is read at a time; a line that
//! is no JSON is reported by its number. The `_meta` object of Arctic Shift is passed over.
//! See <https://github.com/ArthurHeitmann/arctic_shift>.

use super::{comment, post};
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
        let Some(document) = json::sniff(sample, &["\"subreddit\""]) else { return 0.0 };
        let Some(root) = document.root() else { return 0.0 };
        let is_comment = root.get("body").is_some() && root.get("link_id").is_some();
        let is_post = root.get("title").is_some()
            && (root.get("selftext").is_some() || root.get("num_comments").is_some());
        if (is_comment || is_post) && root.get("kind").is_none() { 0.97 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
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
