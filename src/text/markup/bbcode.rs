//! `BBCode`: the markup of forums, in square brackets.

use super::flow::Flow;
use crate::text::html::unescape;

/// Tags that change only how text looks.
const LOOKS: &[&str] = &[
    "b",
    "i",
    "u",
    "s",
    "color",
    "size",
    "font",
    "center",
    "left",
    "right",
    "indent",
    "spoiler",
    "highlight",
    "sub",
    "sup",
    "noparse",
    "email",
    "mention",
    "user",
    "strike",
    "justify",
    "hr",
];

/// The plain text of `BBCode`. Brackets that are no tag stay as they are.
///
/// ```
/// let source = "[quote=\"bob\"]Who?[/quote]\n[b]Ann[/b] :) [url=https://x.example/]here[/url]";
/// assert_eq!(rejoinder::text::markup::bbcode(source), "> Who?\n\nAnn :) here");
/// ```
#[must_use]
pub fn bbcode(source: &str) -> String {
    let mut flow = Flow::new();
    let mut rest = source;
    while let Some(at) = memchr::memchr(b'[', rest.as_bytes()) {
        flow.lines(&unescape(&rest[..at]));
        rest = &rest[at..];
        rest = &rest[tag(rest, &mut flow)..];
    }
    flow.lines(&unescape(rest));
    flow.finish()
}

/// Reads the tag at the beginning of `rest`; returns how many bytes it took.
fn tag(rest: &str, flow: &mut Flow) -> usize {
    let window = &rest.as_bytes()[..rest.len().min(400)];
    let Some(end) = memchr::memchr(b']', window) else {
        flow.lines("[");
        return 1;
    };
    let inner = &rest[1..end];
    let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |i| (true, i));
    let name_end = inner.find(['=', ' ', ':']).unwrap_or(inner.len());
    let name = inner[..name_end].to_ascii_lowercase();
    match name.as_str() {
        "quote" if closing => flow.close_quote(),
        "quote" => flow.open_quote(),
        "list" if closing => flow.close("ul"),
        "list" => flow.open(if inner.contains("=1") { "ol" } else { "ul" }, |_| None),
        "*" | "li" if !closing => flow.open("li", |_| None),
        "li" => flow.close("li"),
        "code" | "php" | "html" | "quotetitle" => flow.paragraph(),
        "url" if closing => {}
        "url" | "attach" | "img" | "media" | "video" | "youtube" if !closing => {
            return end + 1 + left_out(&name, &rest[end + 1..]);
        }
        name if LOOKS.contains(&name) => {}
        _ => {
            flow.lines("[");
            return 1;
        }
    }
    end + 1
}

/// How much of what follows a tag of a picture or film is its address, which is no text.
fn left_out(name: &str, after: &str) -> usize {
    if name == "url" {
        return 0;
    }
    let close = format!("[/{name}]");
    let window = &after.as_bytes()[..after.len().min(2000)];
    let found = memchr::memchr_iter(b'[', window).find(|at| {
        window.len() >= at + close.len()
            && window[*at..at + close.len()].eq_ignore_ascii_case(close.as_bytes())
    });
    found.map_or(0, |at| at + close.len())
}

#[cfg(test)]
mod tests {
    use super::bbcode;

    #[test]
    fn tags_become_text() {
        assert_eq!(bbcode("a [1] b [x"), "a [1] b [x");
        assert_eq!(bbcode("[img]https://x.example/a.png[/img]seen"), "seen");
        assert_eq!(bbcode("[QUOTE=bob;12]a\nb[/QUOTE]c"), "> a\n> b\n\nc");
        assert_eq!(bbcode("[quote][quote]a[/quote]b[/quote]c"), "> > a\n\n> b\n\nc");
        assert_eq!(bbcode("[list][*]a[*]b[/list]"), "- a\n- b");
        assert_eq!(bbcode("[url]https://x.example/[/url]"), "https://x.example/");
    }
}
