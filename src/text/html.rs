//! HTML as a stream of tags and text, in one pass, without building anything.
//!
//! The tokens follow the tokenizer of the HTML standard
//! (<https://html.spec.whatwg.org/multipage/parsing.html#tokenization>): broken attributes, stray
//! `<`, unclosed comments and a cut end are read as browsers read them. Names and attributes are
//! slices of the source, entities are decoded only where a value is asked for, and every byte is
//! looked at a bounded number of times, so gigabytes of fragments (exports) and hostile pages cost
//! the same per byte. What the tags mean for each other is left to whoever reads the tokens.

use std::borrow::Cow;

/// A piece of HTML. Comments, declarations and processing instructions are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text with its entities still encoded; see [`unescape`].
    Text(&'a str),
    /// What stands in an element whose content is no markup: `script`, `style`, ….
    Raw(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag: its name as written.
    Close(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name as written; compare it without regard to ASCII case.
    pub name: &'a str,
    /// Everything between the name and `>`.
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The attributes in order: name as written, value decoded.
    #[must_use]
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }

    /// The value of the first attribute of a name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Text with its entities decoded.
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    htmlize::unescape(text)
}

/// The tokens of HTML.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    source: &'a str,
    at: usize,
    /// The element whose raw content comes next.
    raw: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning of a document or fragment.
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        Self { source, at: 0, raw: None }
    }

    /// How many bytes were read.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// The content of a raw element, up to its end tag.
    fn raw_content(&mut self, name: &str) -> Token<'a> {
        let start = self.at;
        let rest = &self.source[start..];
        let end = memchr::memmem::find_iter(rest.as_bytes(), b"</")
            .find(|at| {
                let after = &rest.as_bytes()[at + 2..];
                after.len() >= name.len()
                    && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                    && after.get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
            })
            .unwrap_or(rest.len());
        self.at += end;
        let content = &rest[..end];
        if is_name(name, &["title", "textarea"]) {
            Token::Text(content)
        } else {
            Token::Raw(content)
        }
    }

    /// A start tag whose name begins at `start`; `None` if the source ends within it.
    fn open(&mut self, start: usize) -> Option<Tag<'a>> {
        let rest = &self.source[start..];
        let name_end = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
            .unwrap_or(rest.len());
        let mut attributes = Attributes { rest: &rest[name_end..] };
        while attributes.next_raw().is_some() {}
        let Some(after) = attributes.rest.strip_prefix('>') else {
            self.at = self.source.len();
            return None;
        };
        let inner = &rest[name_end..rest.len() - attributes.rest.len()];
        self.at = self.source.len() - after.len();
        Some(Tag { name: &rest[..name_end], attributes: inner })
    }

    /// Passes over `<!…>`, `<?…>` and `</` without a name.
    fn pass_declaration(&mut self, start: usize) {
        let rest = &self.source[start..];
        let end = match rest.strip_prefix("<!--") {
            Some(comment) if comment.starts_with('>') => Some("<!-->".len()),
            Some(comment) if comment.starts_with("->") => Some("<!--->".len()),
            Some(_) => {
                let end = |close: &[u8]| {
                    memchr::memmem::find(&rest.as_bytes()[4..], close)
                        .map(|at| at + 4 + close.len())
                };
                end(b"-->")
            }
            None => memchr::memchr(b'>', rest.as_bytes()).map(|at| at + 1),
        };
        self.at = start + end.unwrap_or(rest.len());
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            return Some(self.raw_content(name));
        }
        loop {
            let bytes = self.source.as_bytes();
            let start = self.at;
            let mut look = start;
            // Text goes on to the next `<` that begins markup.
            let markup = loop {
                let Some(at) = memchr::memchr(b'<', &bytes[look..]).map(|at| look + at) else {
                    break bytes.len();
                };
                match bytes.get(at + 1) {
                    Some(b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'?' | b'/') => break at,
                    _ => look = at + 1,
                }
            };
            if markup > start {
                self.at = markup;
                return Some(Token::Text(&self.source[start..markup]));
            }
            if markup == bytes.len() {
                return None;
            }
            match bytes[markup + 1] {
                b'/' if bytes.get(markup + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    let tag = self.open(markup + 2)?;
                    return Some(Token::Close(tag.name));
                }
                b'/' | b'!' | b'?' => self.pass_declaration(markup),
                _ => {
                    let tag = self.open(markup + 1)?;
                    if is_name(tag.name, RAW) {
                        self.raw = Some(tag.name);
                    }
                    return Some(Token::Open(tag));
                }
            }
        }
    }
}

/// Elements whose content is no markup.
const RAW: &[&str] =
    &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// A tag's name is one of some names.
#[must_use]
pub fn is_name(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| name.eq_ignore_ascii_case(n))
}

/// The attributes of a tag.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    /// The next attribute, undecoded. At the end `rest` begins with `>` or is empty.
    fn next_raw(&mut self) -> Option<(&'a str, &'a str)> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            self.rest = rest;
            return None;
        }
        // A leading `=` belongs to the name, says the standard. What ends a name is ASCII, so it
        // never stands within a letter, not even the first.
        let name_end = rest
            .bytes()
            .skip(1)
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='))
            .map_or(rest.len(), |at| at + 1);
        let (name, after) = rest.split_at(name_end);
        let Some(value) = after.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start)
        else {
            self.rest = after;
            return Some((name, ""));
        };
        let quote = value.bytes().next().filter(|b| matches!(b, b'"' | b'\''));
        if let Some(quote) = quote {
            let inner = &value[1..];
            let Some(end) = memchr::memchr(quote, inner.as_bytes()) else {
                self.rest = "";
                return None;
            };
            self.rest = &inner[end + 1..];
            return Some((name, &inner[..end]));
        }
        let end =
            value.bytes().position(|b| b.is_ascii_whitespace() || b == b'>').unwrap_or(value.len());
        self.rest = &value[end..];
        Some((name, &value[..end]))
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        self.next_raw().map(|(name, value)| (name, unescape(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let tokens: Vec<String> = Tokens::new(html)
            .map(|token| match token {
                Token::Text(text) => format!("{:?}", unescape(text)),
                Token::Raw(text) => format!("raw {text:?}"),
                Token::Close(name) => format!("/{name}"),
                Token::Open(tag) => {
                    let mut shown = tag.name.to_owned();
                    for (name, value) in tag.attributes() {
                        shown.extend([" ", name, "=", &value]);
                    }
                    shown
                }
            })
            .collect();
        assert_eq!(tokens.join(" | "), expected);
    }

    #[test]
    fn tags_text_and_entities() {
        check("<p>a &lt; b &amp; c</p>", r#"p | "a < b & c" | /p"#);
        check("1 < 2 <3", r#""1 < 2 <3""#);
        check("a<br/>b", r#""a" | br | "b""#);
        check("<a href='x?a=1&amp;b=2' CHECKED data-x = y>", "a href=x?a=1&b=2 CHECKED= data-x=y");
        check("<a title=\"1 > 0\">x", r#"a title=1 > 0 | "x""#);
        check("<a b=\"c\"d=é>", "a b=c d=é");
    }

    #[test]
    fn what_is_no_markup_is_passed_over_or_raw() {
        check("a<!-- <p> -->b<!doctype x><?php ?>c", r#""a" | "b" | "c""#);
        check("<!-->a<!--->b", r#""a" | "b""#);
        check("<script>if (a</b) x</SCRIPT >y", r#"script | raw "if (a</b) x" | /SCRIPT | "y""#);
        check("<title>a &amp; <b></title>", r#"title | "a & <b>" | /title"#);
        check("a</ >b", r#""a" | "b""#);
    }

    #[test]
    fn a_cut_end_loses_only_the_cut_tag() {
        check("a<a href=\"x", r#""a""#);
        check("a<", r#""a<""#);
        check("a<!-- b", r#""a""#);
        check("<script>x", r#"script | raw "x""#);
    }
}
