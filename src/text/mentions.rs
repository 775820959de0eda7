//! Whom a text addresses: names at its beginning, and names marked with `@`.
//!
//! `@ann …`, `Ann: …`, `Ann, …`, `ann> …`. Only what stands in the text is found here; whether a
//! name belongs to an author is for the caller to say.

/// A name that a text may address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention<'t> {
    /// The name as written, without `@` and punctuation. May be several words.
    pub name: &'t str,
    /// It stands at the beginning of the text, or of a line.
    pub is_leading: bool,
    /// It is marked with `@`.
    pub is_marked: bool,
}

/// Longest name at the beginning of a text, in words.
const MOST_WORDS: usize = 3;

/// Names that the text may address: those marked with `@` anywhere in the writer's own lines, and
/// the words before a colon or comma at the beginning of the text.
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention<'_>> {
    let mut found = Vec::new();
    let own = || text.lines().filter(|line| !line.trim_start().starts_with('>'));
    if let Some(first) = own().find(|line| !line.trim().is_empty()) {
        leading(first.trim_start(), &mut found);
    }
    for line in own() {
        marked(line, &mut found);
    }
    found
}

/// `Ann: …`, `Ann Bee, …`, `ann> …`, `ann - …`: one to three words before the punctuation.
fn leading<'t>(line: &'t str, found: &mut Vec<Mention<'t>>) {
    if line.starts_with('@') {
        return;
    }
    let is_end = |c: char| matches!(c, ':' | ',' | '>' | ';' | '…' | '!') || c == '\u{2014}';
    let mut words = 0;
    for (at, c) in line.char_indices() {
        let ends_sentence = c == '.' && line[at..].starts_with("..");
        if is_end(c) || ends_sentence {
            let name = line[..at].trim();
            // A web address is no vocative, and a marked name is found as such.
            if !name.is_empty() && !name.contains('@') && !line[at..].starts_with("://") {
                found.push(Mention { name, is_leading: true, is_marked: false });
            }
            return;
        }
        words += usize::from(c.is_whitespace());
        if words >= MOST_WORDS {
            return;
        }
    }
}

/// `@ann` anywhere, where no word stands right before it (which would be an address of mail).
fn marked<'t>(line: &'t str, found: &mut Vec<Mention<'t>>) {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '@' && !before.is_alphanumeric() {
            let rest = &line[at + 1..];
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
            let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            let name = rest[..end].trim_end_matches(['.', '-']);
            if !name.is_empty() {
                let is_leading = line[..at].trim().is_empty();
                found.push(Mention { name, is_leading, is_marked: true });
            }
        }
        before = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        mentions(text).iter().map(|m| m.name).collect()
    }

    #[test]
    fn vocatives_and_marked_names_are_found() {
        assert_eq!(names("Ann: yes"), ["Ann"]);
        assert_eq!(names("Ned..\nWell done"), ["Ned"]);
        assert_eq!(names("thanks @bob_r, and @cyd."), ["bob_r", "cyd"]);
        assert_eq!(names("write to ann@example.org"), [""; 0]);
        assert_eq!(names("> Ann: quoted\nhttp://x.y"), [""; 0]);
        assert_eq!(names("a long sentence, with a comma"), ["a long sentence"]);
        assert_eq!(names("this is a long sentence, with a comma"), [""; 0]);
    }
}
