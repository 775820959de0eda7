//! Markdown: what comments are written in on Reddit, GitHub, Lemmy, Lobsters.
//!
//! Comments use little of it, so this takes away only the marks that would disturb reading and
//! counting: links and pictures, emphasis, headings, fences, escapes, entities. Lists and
//! quotations are plain text already. It is no renderer.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::flow::Flow;
use crate::text::html::unescape;

static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\\(?P<escaped>[\\`*_{}\[\]()#+\-.!>~|^])",
        r"|`(?P<code>[^`\n]+)`",
        r"|!\[(?P<alt>[^\]\n]*)\]\([^)\s]*(?:\s[^)\n]*)?\)",
        r"|\[(?P<label>[^\]\n]+)\]\((?P<address>[^)\s]*)(?:\s[^)\n]*)?\)",
        r"|<(?P<bare>https?://[^>\s]+)>",
        r"|\*\*(?P<strong>[^*\n]+)\*\*",
        r"|~~(?P<struck>[^~\n]+)~~",
    ))
    .expect("the pattern is fixed")
});

static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<before>^|[\s(“])[*_](?P<text>[^*_\s](?:[^*_\n]*[^*_\s])?)[*_](?P<after>$|[\s).,;:!?”])")
        .expect("the pattern is fixed")
});

/// The plain text of Markdown, with HTML entities decoded (Reddit escapes `&`, `<` and `>`).
///
/// ```
/// let source = "&gt;Who *says*?\n\n[Ann](https://x.example/) **did**.";
/// assert_eq!(rejoinder::text::markup::markdown(source), "> Who says?\n\nAnn did.");
/// ```
#[must_use]
pub fn markdown(source: &str) -> String {
    let source = unescape(source);
    let mut flow = Flow::new();
    let mut in_fence = false;
    for line in source.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            in_fence = !in_fence;
        } else if in_fence {
            flow.lines(line);
        } else {
            flow.lines(&marks_removed(line));
        }
        flow.line_end();
    }
    flow.finish()
}

fn marks_removed(line: &str) -> String {
    let mut rest = line.trim_start();
    if !rest.starts_with(['>', '#']) {
        rest = line;
    }
    let mut plain = String::new();
    while let Some(quoted) = rest.strip_prefix('>') {
        plain.push_str("> ");
        rest = quoted.trim_start();
    }
    let heading = rest.trim_start_matches('#');
    let marks = rest.len() - heading.len();
    if (1..=6).contains(&marks) && heading.starts_with(' ') {
        rest = heading.trim();
    }
    if rest.bytes().all(|b| !b"\\`*_[<~".contains(&b)) {
        plain.push_str(rest);
        return plain;
    }
    let rest = INLINE.replace_all(rest, |found: &Captures<'_>| {
        let part = |name| found.name(name).map(|m| m.as_str());
        ["escaped", "code", "label", "bare", "strong", "struck"]
            .into_iter()
            .find_map(part)
            .unwrap_or_default()
            .to_owned()
    });
    plain.push_str(&EMPHASIS.replace_all(&rest, "$before$text$after"));
    plain
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn marks_go_and_text_stays() {
        assert_eq!(
            markdown("# Title\n\n* one\n* two_words_here"),
            "Title\n\n* one\n* two_words_here"
        );
        assert_eq!(
            markdown("a\\*b `x*y` ![pic](u) <https://x.example/a_b>"),
            "a*b x*y  https://x.example/a_b"
        );
        assert_eq!(markdown(">> deep\n>top"), "> > deep\n> top");
        assert_eq!(markdown("```\n*x*\n```"), "*x*");
        assert_eq!(markdown("5 * 3 * 2"), "5 * 3 * 2");
    }
}
