//! Statements that contradict each other: reported, never weighed against the stronger one.
//!
//! An id or nesting is certain. Where the page also prints a name or a level, and that speaks for
//! another parent, the reader of the table should know. So should he where the page prints a name,
//! but the comment quotes or addresses somebody else.

use super::names::{Directory, NOBODY};
use super::page::Page;
use super::stated::Tree;
use crate::comment::{Basis, Comment, Discussion, Kind};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::text::{mentions, quotes};
use crate::thread::Evidence;

/// Reports what speaks against the parents that the source states.
pub(super) fn report(discussion: &Discussion, tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
    let comments = &discussion.comments;
    let is_twice_stated = |comment: &Comment| {
        let reply_to = &comment.reply_to;
        reply_to.name.is_some() || reply_to.level.is_some()
    };
    let stated = |i: usize| tree.links[i].evidence <= Evidence::Indented;
    if !(0..comments.len()).any(|i| stated(i) && is_twice_stated(&comments[i])) {
        return;
    }
    let by_level = by_level(comments);
    for (i, comment) in comments.iter().enumerate().filter(|(i, _)| stated(*i)) {
        let parent = tree.parents[i].map(|parent| &comments[parent as usize]);
        let mut found = |message: String| {
            diagnostics.push(
                Diagnostic::new(discussion.source_of(i), Oddity::Contradiction, message)
                    .at(comment.line)
                    .excerpt(&comment.text),
            );
        };
        if let Some(name) = &comment.reply_to.name
            && !is_called(discussion, parent, name)
        {
            let author = match parent {
                Some(parent) => parent.author.as_deref().unwrap_or("an unknown author"),
                None => "the post",
            };
            found(format!(
                "the page says reply to {name}, but by its {} it answers {author}; the latter was \
                 taken",
                basis(tree.links[i].evidence)
            ));
        }
        if let Some(level) = by_level[i].filter(|_| tree.links[i].evidence == Evidence::Stated)
            && level != tree.parents[i]
        {
            found("its depth speaks for another parent than its id; the id was taken".to_owned());
        }
    }
}

/// Least share of a quotation that somebody wrote who is then the one quoted.
const QUOTED: f32 = 0.5;

/// Reports replies to a printed name that quote or address somebody else.
pub(super) fn report_named(
    discussion: &Discussion,
    page: &Page<'_>,
    tree: &Tree,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let directory = Directory::new(&page.names.known);
    for (i, comment) in discussion.comments.iter().enumerate() {
        let (Some(name), Evidence::Named) = (&comment.reply_to.name, tree.links[i].evidence) else {
            continue;
        };
        let (i, parent) = (i as u32, tree.parents[i]);
        let is_another = |author: u32| {
            author != NOBODY
                && author != page.author(i)
                && !page.names.means(page.label(i), author)
                && parent.is_none_or(|p| page.names.authors.get(p as usize) != Some(&author))
        };
        let spoken_to = spoken_to(page, &directory, i);
        let Some((does, author)) = spoken_to.filter(|(_, author)| is_another(*author)) else {
            continue;
        };
        let other = page.names.known[author as usize];
        let message = format!(
            "the page says reply to {name}, but the comment {does} {other}; the name was taken"
        );
        diagnostics.push(
            Diagnostic::new(discussion.source_of(i as usize), Oddity::Contradiction, message)
                .at(comment.line)
                .excerpt(&comment.text),
        );
    }
}

/// Whom a comment quotes, or addresses at its beginning. Nobody, where it quotes one whom its label
/// may mean.
fn spoken_to(page: &Page<'_>, directory: &Directory<'_>, i: u32) -> Option<(&'static str, u32)> {
    let comment = &page.comments[i as usize];
    let named = comment.reply_to.quotes.as_ref().and_then(|quotes| quotes.author.as_deref());
    let mut quoted: Vec<u32> = named
        .into_iter()
        .chain(comment.text.lines().filter_map(quotes::quoted_name))
        .filter_map(|name| only(&directory.look_up(name)))
        .collect();
    if comment.text.lines().any(|line| line.starts_with('>')) {
        let writers = page.texts().first_quoted(i).into_iter();
        let is_meant = |writer| page.names.means(page.label(i), page.author(writer));
        let counts = |&(writer, share): &(u32, f32)| share >= QUOTED || is_meant(writer);
        quoted.extend(writers.filter(counts).map(|(writer, _)| page.author(writer)));
    }
    if quoted.iter().any(|&author| page.names.means(page.label(i), author)) {
        return None;
    }
    if let Some(&author) = quoted.first() {
        return Some(("quotes", author));
    }
    let mentions = mentions::mentions(&comment.text);
    let first = mentions.first().filter(|mention| mention.is_leading)?;
    Some(("addresses", only(&directory.look_up(first.name))?))
}

/// The author that a name means, if it can mean but one.
fn only(authors: &[u32]) -> Option<u32> {
    match authors {
        &[author] => Some(author),
        _ => None,
    }
}

fn basis(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Nested => "nesting",
        Evidence::Indented => "indentation",
        _ => "id",
    }
}

/// Whether a name may mean the author of a parent; an absent one may be anyone. Names of authors
/// who answer the post by name are the post's author's.
fn is_called(discussion: &Discussion, parent: Option<&Comment>, name: &str) -> bool {
    let author = match parent {
        Some(parent) if parent.kind == Kind::Comment => parent.author.as_deref(),
        Some(_) => return true,
        None => discussion.post.author.as_deref(),
    };
    author.is_none_or(|author| !Directory::new(&["", author]).look_up(name).is_empty())
}

/// By comment, the parent that its level alone gives; `None` where it has no exact level.
#[allow(clippy::option_option)] // no level, a level under the post, a level under a comment
fn by_level(comments: &[Comment]) -> Vec<Option<Option<u32>>> {
    let mut branch: Vec<(u32, u32)> = Vec::new();
    let of = |(i, comment): (usize, &Comment)| {
        let level = comment.reply_to.level.filter(|level| level.basis == Basis::Nested)?;
        while branch.last().is_some_and(|(_, depth)| *depth >= level.depth) {
            branch.pop();
        }
        let parent = branch.last().map(|(index, _)| *index);
        branch.push((i as u32, level.depth));
        Some(parent)
    };
    comments.iter().enumerate().map(of).collect()
}
