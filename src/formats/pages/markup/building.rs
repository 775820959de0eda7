//! How the tags of a page become its tree: what opens, what ends, and what ends unsaid.

use super::page::{Content, Element, Id, MAX_DEPTH, NOBODY, Node, Page};
use crate::text::html::{Tag, Token, Tokens};

/// Reads a page.
pub(super) fn build(source: &str) -> Page<'_> {
    let mut builder = Builder {
        page: Page { source, nodes: Vec::with_capacity(source.len() / 24), flattened: 0 },
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

/// Elements that stand within a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(kind(name), Kind::Inline) && !is(name, &["button", "label", "option", "time"])
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
                    out.push('(');
                    out.push_str(e.tag.name);
                    ends.push(node.end);
                }
                Content::Text(text) | Content::Raw(text) => {
                    out.push(' ');
                    out.push_str(text.trim());
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
