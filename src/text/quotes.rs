//! Quotations within a text: which lines are the writer's own and which are another's.
//!
//! Plain texts mark quotations with `>` at the beginning of a line, once a level. The line before
//! a quotation often says who wrote it, and when (`On 3 Jan 2001 at 10:00, Ann wrote:`): it is the
//! writer's own only in form.

/// What a line of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'t> {
    /// The writer's own words.
    Own(&'t str),
    /// A quotation of the comment that is answered, without its mark.
    Quoted(&'t str),
    /// A quotation within a quotation.
    Deeper(&'t str),
    /// The line that says who is quoted, itself quoted or not.
    Attribution(&'t str),
}

/// The lines of a text, each with what it is.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().map(|line| {
        let (level, rest) = unmark(line);
        match level {
            _ if is_attribution(rest) => Line::Attribution(rest),
            0 => Line::Own(rest),
            1 => Line::Quoted(unnamed(rest)),
            _ => Line::Deeper(rest),
        }
    })
}

/// Longest name, in bytes, before a quotation on its own line.
const LONGEST_NAME: usize = 60;

/// The name of the one quoted and the rest of a quoted line (`@ann: …`), as forums print it in text.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix('@')?.split_once(':')?;
    let is_name = name.len() <= LONGEST_NAME && !name.contains(' ');
    (is_name && (rest.is_empty() || rest.starts_with(' '))).then(|| (name, rest.trim_start()))
}

/// A quoted line without the name of the one quoted.
fn unnamed(line: &str) -> &str {
    named(line).map_or(line, |(_, rest)| rest)
}

/// The name of the one quoted, if a line of a text quotes and says whom.
#[must_use]
pub fn quoted_name(line: &str) -> Option<&str> {
    let (level, rest) = unmark(line);
    named(rest).filter(|_| level == 1).map(|(name, _)| name)
}

/// The number of quotation marks at the beginning of a line, and what follows them.
fn unmark(line: &str) -> (u32, &str) {
    let mut rest = line.trim_start();
    let mut level = 0;
    while let Some(inner) = rest.strip_prefix('>') {
        level += 1;
        rest = inner.trim_start();
    }
    (level, rest)
}

/// Verbs at the end of a line that introduces a quotation, in the languages of common programs.
const VERBS: [&str; 16] = [
    "wrote",
    "writes",
    "said",
    "says",
    "schrieb",
    "schreibt",
    "écrit",
    "escribió",
    "escreveu",
    "scritto",
    "schreef",
    "napisał",
    "skrev",
    "пишет",
    "писал",
    "yazdı",
];

/// Longest line, in bytes, that is taken for an attribution.
const LONGEST_ATTRIBUTION: usize = 240;

/// Whether a line introduces a quotation: it ends in `wrote:` or the like.
fn is_attribution(line: &str) -> bool {
    let Some(before) = line.trim_end().strip_suffix(':') else { return false };
    line.len() <= LONGEST_ATTRIBUTION
        && before
            .trim_end()
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|last| VERBS.contains(&last.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_levels_and_attributions_stand_apart() {
        let text =
            "On Mon, Ann wrote:\n> @ann_b: first\n> > deeper\n>>deeper still\n\nmine: all of it";
        let found: Vec<Line<'_>> = lines(text).collect();
        assert_eq!(
            found,
            [
                Line::Attribution("On Mon, Ann wrote:"),
                Line::Quoted("first"),
                Line::Deeper("deeper"),
                Line::Deeper("deeper still"),
                Line::Own(""),
                Line::Own("mine: all of it"),
            ]
        );
    }
}
