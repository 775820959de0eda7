//! Plain text from markup: HTML, `BBCode`, Markdown.
//!
//! The result is what [`crate::comment::Comment::text`] promises: paragraphs parted by one blank
//! line, `<br>` a line end, quotations as lines that begin with `> `, lists as `- ` and `1. `,
//! links as their text (as their address where they have none), pictures left out but for emoji,
//! no control characters. [`flow::Flow`] is the one place where that shape is made; each markup
//! only says what opens, closes and stands in between.

mod bbcode;
pub mod flow;
mod inline;
mod markdown;

pub use bbcode::bbcode;
pub use markdown::markdown;

use std::borrow::Cow;

use super::html::{Token, Tokens};
use flow::Flow;

/// The plain text of HTML.
///
/// ```
/// let html = "<p>Well<br>said &amp; done.</p><blockquote>Who says?</blockquote><p>I do.";
/// let text = "Well\nsaid & done.\n\n> Who says?\n\nI do.";
/// assert_eq!(rejoinder::text::markup::html(html), text);
/// ```
#[must_use]
pub fn html(html: &str) -> String {
    let mut flow = Flow::new();
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => flow.text(&super::html::unescape(text)),
            Token::Open(tag) => flow.open(tag.name, |name| tag.attribute(name)),
            Token::Close(name) => flow.close(name),
            Token::Raw(_) => {}
        }
    }
    flow.finish()
}

/// Text that was plain already, in the same shape: one kind of line end, no blanks at line ends,
/// at most one blank line, no control characters.
#[must_use]
pub fn plain(text: &str) -> String {
    as_plain(text).into_owned()
}

/// As [`plain`], without a copy of a text that has that shape.
#[must_use]
pub fn as_plain(text: &str) -> Cow<'_, str> {
    if let Some(plain) = markdown::plain(text, |bytes| bytes.places_of(0x7F)) {
        return Cow::Borrowed(plain);
    }
    let mut flow = Flow::with_room(text.len());
    flow.lines(text);
    Cow::Owned(flow.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(html(source), expected);
    }

    #[test]
    fn paragraphs_lines_and_blanks() {
        check("  a \n b  <p>c</p>\n<p> d<div>e</div>f", "a b\n\nc\n\nd\ne\nf");
        check("a<br><br/>b<br>c<br><br><br><br>d", "a\n\nb\nc\n\nd");
        check("a&nbsp;b&#8203;c&#7;d", "a bcd");
        check("<pre>x\n  y\n\n\n z</pre>", "x\n  y\n\n z");
        check("<b>a</b><i> b</i>", "a b");
    }

    #[test]
    fn text_in_its_shape_is_taken_as_it_stands() {
        let through_flow = |text: &str| {
            let mut flow = Flow::new();
            flow.lines(text);
            flow.finish()
        };
        for text in [
            "",
            " ",
            "a",
            "a\nb",
            "a\n\nb",
            "a\n\n\nb",
            "\na\n",
            " a b ",
            "a \nb",
            "a\n b",
            "*a* <b>",
            "> a\n# b",
            "a\tb",
            "a\r\nb",
            "caf\u{e9}\u{200b} x",
            "a\u{2028}b",
            "\u{3000}a\u{3000}",
            "\u{a0}a\u{ad}",
            "a\u{7f}",
            "\u{1F642}\u{fe0f}",
            "a\n\n",
            "\u{85}a",
        ] {
            assert_eq!(as_plain(text), through_flow(text), "{text:?}");
        }
    }

    #[test]
    fn quotations_nest() {
        check(
            "<blockquote><blockquote>in</blockquote><p>out</p></blockquote>me",
            "> > in\n\n> out\n\nme",
        );
        check("<blockquote>a<br>b</blockquote>", "> a\n> b");
    }

    #[test]
    fn lists_and_tables() {
        check("<ul><li>a<li>b<ul><li>c</ul></ul>d", "- a\n- b\n  - c\n\nd");
        check("<ol><li>a</li><li><p>b</p></li></ol>", "1. a\n2. b");
        check("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc");
    }

    #[test]
    fn links_and_pictures() {
        check(
            "<a href='https://x.example/'>x</a> <a href='https://y.example/'></a>",
            "x https://y.example/",
        );
        check("<img alt='a dog'>!<img alt='🙂'><img class=emoji alt=':grin:'>", "!🙂:grin:");
        check("<a href='#top'><img></a>x<script>y</script><style>z</style>", "x");
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(plain("a  \r\n\r\n\r\n\r\nb\u{1b}[31m\tc\u{0}"), "a\n\nb[31m\tc");
    }

    #[test]
    fn a_hundred_thousand_levels_are_no_trouble() {
        let deep = "<blockquote><ul><li>".repeat(100_000) + "x";
        assert!(html(&deep).ends_with('x'));
    }
}
