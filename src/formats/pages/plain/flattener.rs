//! What made text of the page: it decides the shape of lines, and whether depth survived.

/// A tool, or a family of tools, that turns pages into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flattener {
    /// Links and emphasis in Markdown (html2text, pandoc): identifiers survive in link targets.
    Markdown,
    /// Bullets and numbers at columns that grow by two with each list (Resiliparse).
    Resiliparse,
    /// Layout in columns with `*` marks (inscriptis, w3m).
    Layout,
    /// The same with `[12]` before links (lynx).
    Lynx,
    /// Copied from a browser that indents nested lists (Firefox).
    IndentedCopy,
    /// Long runs of empty lines from the source of the page (`BeautifulSoup`).
    SourceLines,
    /// Copied from a browser without indentation, or something like it: depth is lost.
    PlainCopy,
}

/// What only one shown line in so many has is no mark of a tool: code has stars, too.
const RARE: u32 = 400;

/// So many blanks at the end of a line fill up the cell of a table.
const PADDING: usize = 8;

impl Flattener {
    /// Recognises the tool by the marks that it leaves.
    pub(super) fn detect(text: &str) -> Self {
        let (mut links, mut bullets, mut stars, mut indented, mut shown) = (0, 0, 0, 0, 0_u32);
        let (mut run, mut long_runs, mut numbered_links, mut strong) = (0, 0_u32, 0, 0);
        let (mut padded, mut buttons) = (0, 0_u32);
        for line in text.split('\n') {
            let content = line.trim();
            if content.is_empty() {
                run += 1;
                continue;
            }
            long_runs += u32::from(run >= 3);
            run = 0;
            shown += 1;
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            let head: String = content.chars().take(300).collect();
            links += u32::from(head.contains("](") && head.contains('['));
            strong += u32::from(is_emphasized(&head) || is_subheading(&head));
            numbered_links += u32::from(is_numbered_link(&head));
            bullets +=
                u32::from(indent >= 2 && (head.starts_with("• ") || starts_with_number(&head)));
            stars += u32::from(head.starts_with("* "));
            indented += u32::from(indent >= 3);
            buttons += u32::from(head.contains("(BUTTON)"));
            padded += u32::from(line.len() - line.trim_end().len() >= PADDING);
        }
        if links >= 3 && links * 60 > shown || strong >= 3 && strong * 40 > shown {
            Self::Markdown
        } else if buttons >= 3 || numbered_links > 3 && numbered_links * 20 > shown {
            Self::Lynx
        } else if padded >= 3 && padded * 40 > shown {
            Self::Layout
        } else if bullets > 2 && bullets * RARE > shown && bullets >= stars {
            Self::Resiliparse
        } else if stars > 2 && stars * RARE > shown && indented > 0 {
            Self::Layout
        } else if indented * 8 > shown {
            Self::IndentedCopy
        } else if shown > 10 && long_runs * 6 > shown {
            Self::SourceLines
        } else {
            Self::PlainCopy
        }
    }

    /// The name for the notes of `check`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "html2text, or another tool that writes Markdown",
            Self::Resiliparse => "Resiliparse (bullets, and lists indented by two)",
            Self::Layout => "inscriptis or w3m (the layout is kept)",
            Self::Lynx => "lynx (the layout is kept, links or buttons are marked)",
            Self::IndentedCopy => "a browser that indents what it copies (Firefox)",
            Self::SourceLines => "BeautifulSoup (the empty lines of the source are kept)",
            Self::PlainCopy => "a browser (nothing is indented), or a tool like it",
        }
    }
}

/// `**Ann** wrote`, also in a list, in a heading, behind a sign: two pairs of stars around a word.
fn is_emphasized(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    let Some((before, rest)) = text.split_once("**") else { return false };
    let Some((inner, _)) = rest.split_once("**") else { return false };
    !before.ends_with(is_word) && inner.starts_with(is_word) && !inner.ends_with(' ')
}

/// `## Comments`: a single sign is also a comment of a program.
fn is_subheading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (2..=6).contains(&(text.len() - rest.len())) && rest.starts_with(' ')
}

fn starts_with_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..4).contains(&digits) && text[digits..].starts_with(". ")
}

/// `[12]Reply`, as lynx marks links.
fn is_numbered_link(text: &str) -> bool {
    text.match_indices('[').any(|(i, _)| {
        let rest = &text[i + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && rest[digits..].starts_with(']') && rest.len() > digits + 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_known_without_links() {
        let page = "### **Ann** commented May 3\n\nIt rains.\n\n".repeat(4);
        assert_eq!(Flattener::detect(&page), Flattener::Markdown);
        let table =
            "Author    Message                 \nann       It rains.               \n".repeat(3);
        assert_eq!(Flattener::detect(&table), Flattener::Layout);
        let code = "let a = 2**3 + x**2;\n# a sign\n".repeat(8);
        assert_ne!(Flattener::detect(&code), Flattener::Markdown);
    }
}
