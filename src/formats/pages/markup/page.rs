//! A saved page as a tree in arrays: elements and text in document order.
//!
//! Each node is followed at once by its whole subtree, so a subtree is a range of numbers and
//! nothing recurses. The tree follows the HTML standard where comment pages depend on it: void
//! elements, end tags that are implied (`p`, `li`, `dd`, `tr`, `td`, `option`), end tags that may
//! not reach through a table cell, inline end tags that may not close a block. It differs where
//! browsers repair for display: misplaced text stays where it stands instead of moving in front
//! of a table, and formatting is not reopened. In return the time is linear in the size of the
//! page, and nesting is bounded: elements beyond [`MAX_DEPTH`] are kept as siblings and counted.

use std::borrow::Cow;

use crate::text::html::{Tag, Token, Tokens, unescape};

/// The deepest nesting that is kept. Browsers stop at 512; the deepest real threads need 200.
pub(super) const MAX_DEPTH: usize = 1_000;

/// One node, by its number in document order.
pub(super) type Id = u32;

/// The parent of the outermost nodes.
pub(super) const NOBODY: Id = Id::MAX;

/// A page.
#[derive(Debug)]
pub(super) struct Page<'s> {
    pub(super) source: &'s str,
    pub(super) nodes: Vec<Node<'s>>,
    /// Elements that were nested too deeply and stand as siblings.
    pub(super) flattened: usize,
}

/// One node.
#[derive(Debug)]
pub(super) struct Node<'s> {
    pub(super) content: Content<'s>,
    pub(super) parent: Id,
    /// One beyond the last node of its subtree.
    pub(super) end: Id,
    /// Where it begins in the source, in bytes.
    pub(super) offset: usize,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content<'s> {
    Element(Element<'s>),
    /// Text with its entities encoded.
    Text(&'s str),
    /// The content of a script or style.
    Raw(&'s str),
}

/// An element: its tag, and the attributes that selectors ask for most.
#[derive(Debug)]
pub(super) struct Element<'s> {
    pub(super) tag: Tag<'s>,
    pub(super) id: Option<Cow<'s, str>>,
    pub(super) class: Cow<'s, str>,
}

impl Element<'_> {
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.class.len() >= class.len()
            && self.class.split_ascii_whitespace().any(|c| c.eq_ignore_ascii_case(class))
    }
}

impl<'s> Page<'s> {
    /// Reads a page. Never fails: whatever the bytes, they are some tree.
    pub(super) fn parse(source: &'s str) -> Self {
        let mut builder = Builder {
            page: Self { source, nodes: Vec::with_capacity(source.len() / 24), flattened: 0 },
            open: Vec::new(),
            overflow: 0,
        };
        let mut tokens = Tokens::new(source);
        let mut offset = 0;
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(text) => builder.leaf(Content::Text(text), offset),
                Token::Raw(text) => builder.leaf(Content::Raw(text), offset),
                Token::Open(tag) => builder.start(tag, offset),
                Token::Close(name) => builder.end(name),
            }
            offset = tokens.position();
        }
        builder.close_to(0);
        builder.page
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element<'s>> {
        match &self.nodes.get(id as usize)?.content {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(super) fn end(&self, id: Id) -> Id {
        self.nodes[id as usize].end
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        Some(self.nodes[id as usize].parent).filter(|parent| *parent != NOBODY)
    }

    /// The elements within a range of nodes, in document order.
    pub(super) fn elements(&self, range: std::ops::Range<Id>) -> impl Iterator<Item = Id> + '_ {
        range.filter(|id| matches!(self.nodes[*id as usize].content, Content::Element(_)))
    }

    /// All elements.
    pub(super) fn all(&self) -> std::ops::Range<Id> {
        0..self.nodes.len() as Id
    }

    /// The element that stands before another under the same parent.
    pub(super) fn previous_element(&self, id: Id) -> Option<Id> {
        let mut at = self.parent(id).map_or(0, |parent| parent + 1);
        let mut previous = None;
        while at < id {
            if self.element(at).is_some() {
                previous = Some(at);
            }
            at = self.end(at);
        }
        previous
    }

    /// Everything that a subtree says, white space collapsed.
    pub(super) fn text(&self, id: Id) -> String {
        self.text_of(id..self.end(id))
    }

    /// Everything that a range of nodes says, white space collapsed.
    pub(super) fn text_of(&self, range: std::ops::Range<Id>) -> String {
        let mut text = String::new();
        for id in range {
            let node = &self.nodes[id as usize];
            match &node.content {
                Content::Text(part) => text.push_str(&unescape(part)),
                Content::Element(e) if !is_inline(e.tag.name) => text.push(' '),
                _ => {}
            }
        }
        collapsed(&text)
    }

    /// What an element says itself, without its children.
    pub(super) fn own_text(&self, id: Id) -> String {
        let mut text = String::new();
        let (mut at, end) = (id + 1, self.end(id));
        while at < end {
            match &self.nodes[at as usize].content {
                Content::Text(part) => text.push_str(&unescape(part)),
                _ => text.push(' '),
            }
            at = self.end(at);
        }
        collapsed(&text)
    }
}

/// White space collapsed to single spaces, none at the ends.
pub(super) fn collapsed(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{a0}').filter(|w| !w.is_empty()) {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(word.chars().filter(|c| !c.is_control() && !is_invisible(*c)));
    }
    clean
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}' | '\u{feff}' | '\u{2060}')
}

/// What an element means for the elements around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Has no content.
    Void,
    /// A paragraph: ended by any block.
    Paragraph,
    /// Ends an open paragraph; inline end tags stop at it.
    Block,
    /// `ul`, `ol`: a block that keeps its entries apart from those around it.
    List,
    Entry,
    Term,
    Table,
    Rows,
    Row,
    Cell,
    Choice,
    Document,
    Inline,
}

/// An element that is open.
struct Open<'s> {
    id: Id,
    name: &'s str,
    kind: Kind,
}

struct Builder<'s> {
    page: Page<'s>,
    open: Vec<Open<'s>>,
    /// Start tags beyond the greatest depth, whose end tags are still to come.
    overflow: usize,
}

impl<'s> Builder<'s> {
    fn leaf(&mut self, content: Content<'s>, offset: usize) {
        let id = self.page.nodes.len() as Id;
        let parent = self.open.last().map_or(NOBODY, |open| open.id);
        self.page.nodes.push(Node { content, parent, end: id + 1, offset });
    }

    fn start(&mut self, tag: Tag<'s>, offset: usize) {
        let kind = kind(tag.name);
        if kind == Kind::Document && self.is_open(tag.name) {
            return;
        }
        self.imply_ends(kind, tag.name);
        let attribute = |name| tag.attribute(name);
        let id = attribute("id").filter(|id| !id.is_empty());
        let class = attribute("class").unwrap_or_default();
        self.leaf(Content::Element(Element { tag, id, class }), offset);
        if kind == Kind::Void {
            return;
        }
        if self.open.len() >= MAX_DEPTH {
            self.page.flattened += 1;
            self.overflow += 1;
            return;
        }
        let id = self.page.nodes.len() as Id - 1;
        self.open.push(Open { id, name: tag.name, kind });
    }

    /// Ends what cannot go on when an element of this kind begins.
    fn imply_ends(&mut self, kind: Kind, name: &str) {
        use Kind::{
            Block, Cell, Choice, Document, Entry, Inline, List, Paragraph, Row, Rows, Table, Term,
        };
        if self.open.last().is_some_and(|open| open.name.eq_ignore_ascii_case("head"))
            && !matches!(kind, Document | Kind::Void)
            && !is(name, &["title", "script", "style", "noscript", "template"])
        {
            self.close_to(self.open.len() - 1);
        }
        match kind {
            Entry => self.end_nearest(&[Entry], &[List, Table, Cell, Block]),
            Term => self.end_nearest(&[Term], &[List, Table, Cell, Block]),
            Row => self.end_nearest(&[Row], &[Table]),
            Rows => self.end_nearest(&[Rows], &[Table]),
            Cell => self.end_nearest(&[Cell], &[Row, Table]),
            Choice => {
                if self.open.last().is_some_and(|open| open.kind == Choice) {
                    self.close_to(self.open.len() - 1);
                }
                return;
            }
            _ => {}
        }
        if !matches!(kind, Inline | Document | Kind::Void) || is(name, &["hr"]) {
            self.end_nearest(&[Paragraph], &[Table, Cell]);
        }
    }

    /// Ends the innermost element of some kinds, unless one of others stands in between.
    fn end_nearest(&mut self, wanted: &[Kind], walls: &[Kind]) {
        for (at, open) in self.open.iter().enumerate().rev() {
            if wanted.contains(&open.kind) {
                self.close_to(at);
                return;
            }
            // `div` and `address` are the blocks through which an entry ends, says the standard.
            if walls.contains(&open.kind) && !is(open.name, &["div", "address"]) {
                return;
            }
        }
    }

    fn end(&mut self, name: &'s str) {
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        let closing = kind(name);
        let is_heading = is(name, HEADINGS);
        let reach = |open: &Open<'_>| match closing {
            Kind::Inline => open.kind == Kind::Inline,
            Kind::Entry => !matches!(open.kind, Kind::List | Kind::Table | Kind::Cell),
            Kind::Cell | Kind::Row | Kind::Rows | Kind::Table => open.kind != Kind::Table,
            _ => !matches!(open.kind, Kind::Table | Kind::Cell),
        };
        if matches!(closing, Kind::Void) || is(name, &["html", "body"]) {
            return;
        }
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.name.eq_ignore_ascii_case(name) || (is_heading && is(open.name, HEADINGS)) {
                self.close_to(at);
                return;
            }
            if !reach(open) {
                return;
            }
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().take(4).any(|open| open.name.eq_ignore_ascii_case(name))
    }

    /// Closes all elements but the outermost `keep`.
    fn close_to(&mut self, keep: usize) {
        let end = self.page.nodes.len() as Id;
        for open in self.open.drain(keep..) {
            self.page.nodes[open.id as usize].end = end;
        }
    }
}

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| name.eq_ignore_ascii_case(n))
}

/// Elements that stand within a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(kind(name), Kind::Inline) && !is(name, &["button", "label", "option", "time"])
}

fn kind(name: &str) -> Kind {
    let mut lower = [0u8; 12];
    let Some(lower) = lower.get_mut(..name.len()) else { return Kind::Inline };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link"
        | b"meta" | b"param" | b"source" | b"track" | b"wbr" => Kind::Void,
        b"p" => Kind::Paragraph,
        b"ul" | b"ol" | b"menu" | b"dir" => Kind::List,
        b"li" => Kind::Entry,
        b"dd" | b"dt" => Kind::Term,
        b"table" => Kind::Table,
        b"tbody" | b"thead" | b"tfoot" => Kind::Rows,
        b"tr" => Kind::Row,
        b"td" | b"th" | b"caption" => Kind::Cell,
        b"option" | b"optgroup" => Kind::Choice,
        b"html" | b"body" | b"head" => Kind::Document,
        b"div" | b"section" | b"article" | b"aside" | b"header" | b"footer" | b"main" | b"nav"
        | b"address" | b"blockquote" | b"center" | b"details" | b"summary" | b"dl"
        | b"fieldset" | b"figure" | b"figcaption" | b"form" | b"h1" | b"h2" | b"h3" | b"h4"
        | b"h5" | b"h6" | b"hgroup" | b"pre" | b"listing" | b"search" | b"dialog" => Kind::Block,
        _ => Kind::Inline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as nested names, text as it is.
    fn shown(page: &Page<'_>) -> String {
        let mut out = String::new();
        let mut ends: Vec<Id> = Vec::new();
        for (id, node) in page.nodes.iter().enumerate() {
            while ends.last().is_some_and(|end| *end <= id as Id) {
                ends.pop();
                out.push(')');
            }
            match &node.content {
                Content::Element(e) => {
                    out.push_str(&format!("({}", e.tag.name));
                    ends.push(node.end);
                }
                Content::Text(text) | Content::Raw(text) => {
                    out.push_str(&format!(" {}", text.trim()))
                }
            }
        }
        out + &")".repeat(ends.len())
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(shown(&Page::parse(html)), expected);
    }

    #[test]
    fn ends_are_implied() {
        check("<p>a<p>b<div>c</div>d", "(p a)(p b)(div c) d");
        check("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "(ul(li a)(li b(ul(li c)))(li d))");
        check("<li><div>a<li>b", "(li(div a))(li b)");
        check("<dl><dt>a<dd>b<dt>c</dl>", "(dl(dt a)(dd b)(dt c))");
        check("<table><tr><td>a<td>b<tr><td>c</table>d", "(table(tr(td a)(td b))(tr(td c))) d");
    }

    #[test]
    fn end_tags_reach_only_so_far() {
        check("<div><span>a<div>b</span>c</div></div>d", "(div(span a(div b c))) d");
        check("<div><table><tr><td>a</div>b</table>c</div>", "(div(table(tr(td a b))) c)");
        check("<div><b>a</div>b", "(div(b a)) b");
        check("a</p></li>b<br>c</br>", " a b(br) c");
        check("<ul><li>a<p>b</li></ul>", "(ul(li a(p b)))");
    }

    #[test]
    fn depth_is_bounded_and_time_linear() {
        let page_source =
            "<div class=a>".repeat(100_000) + "x" + &"</div>".repeat(100_000) + "<p>y";
        let page = Page::parse(&page_source);
        assert_eq!(page.flattened, 100_000 - MAX_DEPTH);
        assert_eq!(page.nodes.len(), 100_003);
        assert_eq!(page.nodes[100_001].parent, NOBODY);
    }
}
