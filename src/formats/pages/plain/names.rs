//! Names of authors: what a header shows as one, and what all names of a page have in common that
//! is none.
//!
//! Words of the page get into names where a tool glued them together: `From: Ann`, `Ann said`,
//! `Ann's avatar Ann`. What most names of a page begin or end with is no part of them. Where a
//! platform prints the one answered behind the author with nothing but a picture in between, the
//! two names are told apart by the other names of the page.

use std::collections::{HashMap, HashSet};

use super::answered;
use super::furniture;
use super::glued;
use super::ranks;
use super::rows::{DATE, Row, SAYS, next_shown};
use super::segments::Segment;
use super::vocabulary::Vocabulary;
use crate::comment::Kind;

/// A name as a header shows it: something readable, without the signs around it.
pub(super) fn name(caught: &str, row: &Row<'_>) -> Option<Caught> {
    if caught.contains(DATE) {
        return None;
    }
    let name = unmask(caught, row);
    let name = without_count(without_number(without_signs(&name)));
    let is_readable = name
        .chars()
        .any(|c| !c.is_ascii_punctuation() && !c.is_whitespace() && !c.is_ascii_digit());
    // Anonymous authors are shown by their address; among words of the page a number may be a name.
    let is_address = name.parse::<std::net::Ipv4Addr>().is_ok()
        || caught.len() < row.masked.len()
            && name.len() > 3
            && name.bytes().all(|b| b.is_ascii_digit());
    let is_name =
        (is_readable || is_address) && !name.starts_with("http") && !name.starts_with("Re: ");
    // A quoted line is nobody, nor is one in which a page says several things.
    let says_several = caught.len() == row.masked.len() && caught.contains(" | ");
    let is_name = is_name && !caught.starts_with('>') && !says_several;
    let is_name = is_name && !is_sentence(name) && !is_digest(name);
    is_name.then(|| Caught { name: name.to_owned(), says: caught.contains(SAYS) })
}

/// So dates begin that stand alone: `Le 7 avril`.
pub(super) fn begins_date(name: &str, row: &Row<'_>) -> bool {
    let behind = row.masked.trim_start().strip_prefix(name).unwrap_or_default();
    matches!(name, "Le" | "Am" | "On" | "El" | "Il" | "Den")
        && behind.trim_start().starts_with(DATE)
}

/// A long number in base sixteen, as programs give to versions of texts.
fn is_digest(name: &str) -> bool {
    name.len() >= 20 && name.bytes().all(|b| b.is_ascii_hexdigit())
}

/// `+4 #12 Ann`: the name without the votes and the number of the comment before it.
fn without_number(name: &str) -> &str {
    let Some((votes, rest)) = name.split_once('#') else { return name };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest[digits..].strip_prefix(' ').filter(|_| digits > 0);
    let is_votes =
        votes.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '−' | '–' | ' '));
    rest.filter(|rest| is_votes && rest.contains(char::is_alphabetic)).map_or(name, str::trim)
}

/// `Ann Member Posts: 12`: the name without what a forum counts behind it.
fn without_count(name: &str) -> &str {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let field = bare.trim_end().strip_suffix(':').filter(|_| bare.len() < name.len());
    let rest = field.and_then(|field| field.rsplit_once(' ')).map(|(rest, _)| rest.trim());
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// Several words that ask, exclaim, or end one sentence and hold the end of another.
fn is_sentence(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let is_end = |word: &str| {
        let stem = word.trim_end_matches(['.', '!', '?']);
        stem.len() < word.len() && stem.len() > 2 && stem.chars().all(char::is_lowercase)
    };
    let ends = name.split_whitespace().filter(|word| is_end(word)).count();
    words > 2 && (name.ends_with(['?', '!']) || ends > 1)
}

/// A name without the signs that part it from what stands beside it. A bar or a dash is such a
/// sign only behind a blank: names of chats end in them.
fn without_signs(name: &str) -> &str {
    let mut name = name;
    loop {
        let bare = name.trim_matches([' ', '\u{a0}', ',', '•', '·', '\t', '▲', '▼']);
        let is_blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\t');
        let front =
            bare.strip_prefix(['|', '—', '–', '−']).filter(|rest| rest.starts_with(is_blank));
        let bare = front.unwrap_or(bare);
        let back = bare.strip_suffix(['|', '—', '–', '−']).filter(|rest| rest.ends_with(is_blank));
        let bare = back.unwrap_or(bare);
        if bare.len() == name.len() {
            return bare;
        }
        name = bare;
    }
}

/// A name as it was caught.
pub(super) struct Caught {
    pub(super) name: String,
    pub(super) says: bool,
}

pub(super) fn unmask(caught: &str, row: &Row<'_>) -> String {
    match &row.says {
        Some(says) if caught.contains(SAYS) => caught.replace(SAYS, says),
        _ => caught.to_owned(),
    }
}

/// The text of a picture is the author's name, perhaps with words around it, or its first letter.
pub(super) fn is_avatar(avatar: &str, author: &str) -> bool {
    let (avatar, author) = (avatar.trim(), author.trim());
    if avatar == author {
        return !author.is_empty();
    }
    // Pictures whose text names nobody.
    if matches!(
        avatar,
        "User avatar" | "Avatar" | "avatar" | "user avatar" | "User Avatar" | "Photo"
    ) {
        return !author.is_empty();
    }
    let is_letter = avatar.chars().count() == 1
        && avatar.chars().all(char::is_alphanumeric)
        && author.to_lowercase().starts_with(&avatar.to_lowercase());
    let rest = || {
        let (before, behind) = avatar.split_once(author)?;
        // `Ann: which image?` is said to her.
        let is_said = behind.contains([':', '?', '!']);
        Some(is_picture_words(before) || !is_said && is_picture_words(behind))
    };
    is_letter || avatar.eq_ignore_ascii_case(author) || rest().unwrap_or(false)
}

/// `Avatar for`, `'s avatar`, `Profilbild von`, ….
fn is_picture_words(rest: &str) -> bool {
    const WORDS: &[&str] = &[
        "avatar",
        "picture",
        "profil",
        "photo",
        "foto",
        "image",
        "gravatar",
        "bild",
        "icon",
        "аватар",
    ];
    let lower = rest.to_lowercase();
    rest.len() < 40 && WORDS.iter().any(|word| lower.contains(word))
}

/// Takes out of the names of a page what is no part of them.
pub(super) fn clean(segments: &mut [Segment], rows: &[Row<'_>], words: &Vocabulary) {
    ranks::lift(segments, rows, words);
    leave_pictures(segments, rows);
    glued::end_at_links(segments, rows);
    glued::undouble(segments);
    for _ in 0..4 {
        let before = strip_common(segments, words, End::Front);
        let behind = strip_common(segments, words, End::Back);
        if !before && !behind {
            break;
        }
    }
    glued::strip_common(segments);
    glued::strip_parenthesised(segments);
    glued::strip_initials(segments);
    answered::part_at_word(segments, words);
    answered::part_addressed(segments);
    answered::part_answered_above(segments);
    glued::strip_ranks(segments);
    glued::unglue_labels(segments, words);
    answered::part_answered(segments);
    answered::take_name_above(segments, rows, words);
}

/// `Picture of Editor`, and below it `Editor`: a name that is also a role was passed over, and the
/// text of the picture taken.
fn leave_pictures(segments: &mut [Segment], rows: &[Row<'_>]) {
    for header in segments.iter_mut().map(|segment| &mut segment.header) {
        let below = next_shown(rows, header.author_row + 1).filter(|row| header.rows.contains(row));
        if let Some(below) = below
            && let Some(before) = header.author.strip_suffix(rows[below].text.as_ref())
            && is_picture_words(before)
        {
            header.author = rows[below].text.to_string();
            header.has_avatar = true;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Front,
    Back,
}

/// The first or last word of a name, and what is left without it.
fn word_at(name: &str, end: End) -> Option<(&str, &str)> {
    let is_gap = |c: char| c == ' ' || c == '\u{a0}';
    if end == End::Front
        && name.starts_with('[')
        && let Some((mark, rest)) = name.split_once(']')
        && !rest.is_empty()
    {
        return Some((&name[..=mark.len()], rest.trim_start()));
    }
    let (word, rest) = match end {
        End::Front => name.split_once(is_gap)?,
        End::Back => name.rsplit_once(is_gap).map(|(rest, word)| (word, rest))?,
    };
    Some((word, rest.trim()))
}

/// Strips a word that most names begin or end with; whether there was one. What all comments of one
/// author begin with is his name: only a word that different names share is none of it.
fn strip_common(segments: &mut [Segment], words: &Vocabulary, end: End) -> bool {
    let is_comment = |segment: &&Segment| segment.kind == Kind::Comment;
    let total = segments.iter().filter(is_comment).count();
    let mut counts: HashMap<String, (usize, HashSet<&str>)> = HashMap::new();
    for segment in segments.iter().filter(is_comment) {
        if let Some((word, rest)) = word_at(&segment.header.author, end)
            && rest.chars().any(char::is_alphabetic)
        {
            let (times, names) = counts.entry(furniture::key(word, &[])).or_default();
            *times += 1;
            names.insert(rest);
        }
    }
    let is_known = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty()
            || bare == "#"
            || word.starts_with('[')
            || words.is_label(bare)
            || words.is_link_word(bare)
            || words.is_actions(bare)
    };
    let common: HashSet<String> = counts
        .into_iter()
        .filter(|(word, (n, names))| {
            let share = if is_known(word) { 4 } else { 9 };
            let is_role = word.contains(char::is_alphabetic) && words.is_label(word);
            let is_common = n * 10 >= total * share && (is_role || names.len() >= 2);
            total >= 3 && is_common && !word.is_empty()
        })
        .map(|(word, _)| word)
        .collect();
    if common.is_empty() {
        return false;
    }
    let mut stripped: Vec<&mut String> = Vec::new();
    for author in segments.iter_mut().map(|segment| &mut segment.header.author) {
        let rest = word_at(author, end).and_then(|(word, rest)| {
            let is_common = common.contains(&furniture::key(word, &[]));
            (is_common && rest.chars().any(char::is_alphanumeric)).then(|| rest.to_owned())
        });
        if let Some(rest) = rest {
            *author = rest;
            stripped.push(author);
        }
    }
    while stripped.len() >= 3 && strip_shared(&mut stripped, end) {}
    true
}

/// Strips a word that all of some names begin or end with; whether there was one that different
/// names share. Words of a page stand together: `Reply Report abuse Ann`.
fn strip_shared(names: &mut [&mut String], end: End) -> bool {
    let parts: Option<Vec<(&str, &str)>> = names.iter().map(|name| word_at(name, end)).collect();
    let Some(parts) = parts else { return false };
    let rests: HashSet<&str> = parts.iter().map(|(_, rest)| *rest).collect();
    if rests.len() < 2 || parts.iter().any(|(word, _)| *word != parts[0].0) {
        return false;
    }
    let rests: Vec<String> = parts.iter().map(|(_, rest)| (*rest).to_owned()).collect();
    for (name, rest) in names.iter_mut().zip(rests) {
        **name = rest;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_picture_names_nobody_else_and_says_nothing() {
        for picture in
            ["Ann", "A", "Avatar for Ann", "Ann's profile picture", "Foto: Ann", "Avatar"]
        {
            assert!(is_avatar(picture, "Ann"), "{picture}");
        }
        for line in ["Ann: which image?", "Ann: sorry - boot images?", "Hi Ann", "B", ""] {
            assert!(!is_avatar(line, "Ann"), "{line}");
        }
    }

    #[test]
    fn votes_and_numbers_before_a_name_are_no_part_of_it() {
        for (line, name) in [("+4 #12 Ann", "Ann"), ("#2 Bee", "Bee"), ("-3 #5 Cy D.", "Cy D.")] {
            assert_eq!(without_number(line), name);
        }
        for name in ["#hashtag", "C# Bob", "Ann #1", "#12"] {
            assert_eq!(without_number(name), name);
        }
    }

    #[test]
    fn a_line_that_says_several_things_names_nobody() {
        for (line, is_name) in [("Ann | posted by admin | 12 views", false), ("Ann|Bee", true)] {
            let row = Row { masked: line.to_owned(), ..Row::default() };
            assert_eq!(name(line, &row).is_some(), is_name, "{line}");
        }
        let row = Row { masked: format!("Ann | Leeds | {DATE}"), ..Row::default() };
        assert!(name("Ann | Leeds", &row).is_some());
    }
}
