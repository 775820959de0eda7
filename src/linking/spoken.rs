//! Whom a comment speaks to in its own text: the one it quotes, or addresses at its beginning.

use super::names::Directory;
use super::page::Page;
use crate::text::{mentions, quotes};

/// Least share of a quotation that somebody wrote who is then the one quoted.
const QUOTED: f32 = 0.5;

/// How a comment speaks to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Quotes,
    Addresses,
}

impl Act {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Quotes => "quotes",
            Self::Addresses => "addresses",
        }
    }
}

/// What a comment says of the one it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) act: Act,
    /// The number of the author who is meant.
    pub(super) author: u32,
    /// The comment that first wrote what is quoted, where that can be told.
    pub(super) writer: Option<u32>,
}

/// Whom a comment quotes, or addresses at its beginning. Nobody, where it quotes one whom its label
/// may mean.
pub(super) fn to(page: &Page<'_>, directory: &Directory<'_>, i: u32) -> Option<Spoken> {
    let comment = &page.comments[i as usize];
    let speech = |author, writer| Spoken { act: Act::Quotes, author, writer };
    let named = comment.reply_to.quotes.as_ref().and_then(|quotes| quotes.author.as_deref());
    let mut quoted: Vec<Spoken> = named
        .into_iter()
        .chain(comment.text.lines().filter_map(quotes::quoted_name))
        .filter_map(|name| only(&directory.look_up(name)))
        .map(|author| speech(author, None))
        .collect();
    if comment.text.lines().any(|line| line.starts_with('>')) {
        let is_meant = |writer| page.names.means(page.label(i), page.author(writer));
        let mut writers = page.texts().first_quoted(i);
        writers.retain(|&(writer, share)| share >= QUOTED || is_meant(writer));
        writers.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (writer, _) in writers {
            let author = page.author(writer);
            match quoted.iter_mut().find(|spoken| spoken.author == author) {
                Some(spoken) => spoken.writer = spoken.writer.or(Some(writer)),
                None => quoted.push(speech(author, Some(writer))),
            }
        }
    }
    if quoted.iter().any(|spoken| page.names.means(page.label(i), spoken.author)) {
        return None;
    }
    if let Some(&spoken) = quoted.first() {
        return Some(spoken);
    }
    let mentions = mentions::mentions(&comment.text);
    let first = mentions.first().filter(|mention| mention.is_leading)?;
    // Only what is marked is surely a name: `Well, …` does not speak to Wellington.
    let is_marked = first.is_marked;
    let meant =
        if is_marked { directory.look_up(first.name) } else { directory.called(first.name) };
    let author = only(&meant)?;
    Some(Spoken { act: Act::Addresses, author, writer: None })
}

/// The author that a name means, if it can mean but one.
fn only(authors: &[u32]) -> Option<u32> {
    match authors {
        &[author] => Some(author),
        _ => None,
    }
}
