//! The flow of plain text: what opens and closes becomes breaks, prefixes and marks.

use std::borrow::Cow;

use crate::bytes;
use crate::text::html::is_name;

/// Levels of quotation and of lists that are shown; deeper ones look like the deepest.
const MAX_SHOWN: usize = 12;

/// Builds plain text from the parts of a marked-up one.
#[derive(Debug, Default)]
pub struct Flow {
    out: String,
    gap: Gap,
    /// Levels of quotation that are open.
    quotes: usize,
    /// Lists that are open: `Some(n)` counts, `None` has bullets.
    lists: Vec<Option<u32>>,
    /// The mark of a list entry that has begun and has no text yet.
    mark: Option<String>,
    /// Open elements whose line ends count.
    verbatim: usize,
    /// The innermost elements that are left out, by name, and how many of the name are open.
    skipped: Option<(String, usize)>,
    /// Links that are open: the address and the length of the output at their start.
    links: Vec<(String, usize)>,
    /// No-break spaces stay what they are.
    keeps_no_break: bool,
}

/// What stands between the text so far and the text to come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Tab,
    Line,
    Paragraph,
}

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Inline,
    Break,
    Line,
    Paragraph,
    Quote,
    List,
    Numbers,
    Entry,
    Cell,
    Verbatim,
    Link,
    Picture,
    Skipped,
}

impl Flow {
    /// No text yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No text yet, with room for so many bytes.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes), ..Self::default() }
    }

    /// No text yet; no-break spaces will be kept, because the headers of a page are known by them.
    #[must_use]
    pub fn for_pages() -> Self {
        Self { keeps_no_break: true, ..Self::default() }
    }

    /// An element begins; `attribute` gives the values of its attributes.
    pub fn open<'v>(&mut self, name: &str, attribute: impl Fn(&str) -> Option<Cow<'v, str>>) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped.eq_ignore_ascii_case(name));
            return;
        }
        match role(name) {
            Role::Inline => {}
            Role::Break => self.line_end(),
            Role::Line => self.at_least(Gap::Line),
            Role::Paragraph => self.paragraph(),
            Role::Quote => self.open_quote(),
            Role::List => self.open_list(None),
            Role::Numbers => self.open_list(Some(1)),
            Role::Entry => self.open_entry(),
            Role::Cell => self.at_least(Gap::Tab),
            Role::Verbatim => {
                self.at_least(Gap::Paragraph);
                self.verbatim += 1;
            }
            Role::Link => {
                let address = attribute("href").unwrap_or_default();
                self.links.push((address.into_owned(), self.out.len()));
            }
            Role::Picture => {
                let alt = attribute("alt").unwrap_or_default();
                let class = attribute("class").unwrap_or_default();
                if is_emoji(&alt, &class) {
                    self.text(&alt);
                }
            }
            Role::Skipped => self.skipped = Some((name.to_owned(), 1)),
        }
    }

    /// An element ends.
    pub fn close(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(skipped.eq_ignore_ascii_case(name));
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        match role(name) {
            Role::Line | Role::Entry => self.at_least(Gap::Line),
            Role::Paragraph => self.paragraph(),
            Role::Quote => self.close_quote(),
            Role::List | Role::Numbers => self.close_list(),
            Role::Verbatim => {
                self.verbatim = self.verbatim.saturating_sub(1);
                self.at_least(Gap::Paragraph);
            }
            Role::Link => self.close_link(),
            Role::Inline | Role::Break | Role::Cell | Role::Picture | Role::Skipped => {}
        }
    }

    /// Text, entities decoded; white space counts as in HTML.
    pub fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        if self.verbatim > 0 {
            self.lines(text);
            return;
        }
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => self.at_least(Gap::Space),
                '\u{a0}' if !self.keeps_no_break => self.at_least(Gap::Space),
                _ => self.push(c),
            }
        }
    }

    /// Text whose line ends and blanks count.
    pub fn lines(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\r' if rest.starts_with('\n') => {}
                '\n' | '\r' => self.line_end(),
                _ => self.push(c),
            }
            // What follows on the line stands for itself as far as it is printable ASCII.
            if self.gap == Gap::None && !self.out.is_empty() {
                let run = bytes::leading_printable(rest.as_bytes());
                self.out.push_str(&rest[..run]);
                rest = &rest[run..];
            }
        }
    }

    /// A quotation begins.
    pub fn open_quote(&mut self) {
        self.at_least(Gap::Paragraph);
        self.mark = None;
        self.quotes += 1;
    }

    /// A quotation ends.
    pub fn close_quote(&mut self) {
        self.at_least(Gap::Paragraph);
        self.quotes = self.quotes.saturating_sub(1);
    }

    /// A line ends; the second one in a row ends the paragraph.
    pub fn line_end(&mut self) {
        let gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
        self.at_least(gap);
    }

    /// A paragraph begins or ends.
    pub fn paragraph(&mut self) {
        // The paragraph of a list entry stands on the entry's own line.
        if self.mark.is_none() {
            self.at_least(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
        }
    }

    /// The text.
    #[must_use]
    pub fn finish(mut self) -> String {
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        self.out
    }

    fn at_least(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn open_list(&mut self, first: Option<u32>) {
        self.at_least(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
        self.lists.push(first);
    }

    fn close_list(&mut self) {
        self.lists.pop();
        self.mark = None;
        self.at_least(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
    }

    fn open_entry(&mut self) {
        self.at_least(Gap::Line);
        let indent = self.lists.len().clamp(1, MAX_SHOWN) - 1;
        let mut mark = "  ".repeat(indent);
        match self.lists.last_mut() {
            Some(Some(number)) => {
                mark.push_str(&number.to_string());
                mark.push_str(". ");
                *number += 1;
            }
            _ => mark.push_str("- "),
        }
        self.mark = Some(mark);
    }

    fn close_link(&mut self) {
        if let Some((address, start)) = self.links.pop()
            && self.out.len() == start
            && (address.starts_with("http://") || address.starts_with("https://"))
        {
            address.chars().for_each(|c| self.push(c));
        }
    }

    fn push(&mut self, c: char) {
        let c = match c {
            // Invisible characters that only steer how a line is broken.
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => return,
            '\t' => '\t',
            '\u{a0}' if self.keeps_no_break => c,
            '\u{a0}' | '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => return,
            c => c,
        };
        if self.out.is_empty() {
            if c == ' ' || c == '\t' {
                return;
            }
            self.begin_line();
        } else {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.out.push(' '),
                Gap::Tab => self.out.push('\t'),
                Gap::Line | Gap::Paragraph => {
                    let end = self.out.trim_end_matches([' ', '\t']).len();
                    self.out.truncate(end);
                    self.out.push_str(if self.gap == Gap::Line { "\n" } else { "\n\n" });
                    self.begin_line();
                }
            }
        }
        self.gap = Gap::None;
        self.out.push(c);
    }

    fn begin_line(&mut self) {
        for _ in 0..self.quotes.min(MAX_SHOWN) {
            self.out.push_str("> ");
        }
        if let Some(mark) = self.mark.take() {
            self.out.push_str(&mark);
        }
    }
}

fn role(name: &str) -> Role {
    let is = |names: &[&str]| is_name(name, names);
    if is(&["b", "i", "em", "strong", "span", "font", "u", "s", "code", "small"]) {
        Role::Inline
    } else if is(&["br"]) {
        Role::Break
    } else if is(&["a"]) {
        Role::Link
    } else if is(&["p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "dl", "figure"]) {
        Role::Paragraph
    } else if is(&[
        "div",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "main",
        "nav",
        "address",
        "tr",
        "dt",
        "dd",
        "details",
        "summary",
        "figcaption",
        "fieldset",
        "form",
        "center",
        "caption",
    ]) {
        Role::Line
    } else if is(&["blockquote"]) {
        Role::Quote
    } else if is(&["ul", "menu"]) {
        Role::List
    } else if is(&["ol"]) {
        Role::Numbers
    } else if is(&["li"]) {
        Role::Entry
    } else if is(&["td", "th"]) {
        Role::Cell
    } else if is(&["pre", "listing"]) {
        Role::Verbatim
    } else if is(&["img"]) {
        Role::Picture
    } else if is(&[
        "script", "style", "template", "select", "svg", "head", "textarea", "iframe", "object",
        "button", "noscript", "math", "audio", "video",
    ]) {
        Role::Skipped
    } else {
        Role::Inline
    }
}

/// The alternative text stands for a character: an emoji, a smiley.
fn is_emoji(alt: &str, class: &str) -> bool {
    let short = alt.chars().count() <= 16;
    let classes = ["emoji", "smiley", "smilie", "emoticon"];
    let named = classes.iter().any(|c| class.to_ascii_lowercase().contains(c));
    short && !alt.is_empty() && (named || alt.chars().all(|c| !c.is_alphanumeric()))
}
