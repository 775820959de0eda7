//! Statements that contradict each other: reported, never weighed against the stronger one.
//!
//! An id or nesting is certain. Where the page also prints a name or a level, and that speaks for
//! another parent, the reader of the table should know. So should he where the page prints a name,
//! but the comment quotes or addresses somebody else.

use super::names::{Directory, NOBODY};
use super::page::Page;
use super::spoken;
use super::stated::Tree;
use crate::comment::{Basis, Comment, Discussion, Kind};
use crate::diagnostic::{Diagnostic, Oddity};
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
        let spoken = spoken::to(page, &directory, i).filter(|spoken| is_another(spoken.author));
        let Some(spoken) = spoken else { continue };
        let (does, other) = (spoken.act.word(), page.names.known[spoken.author as usize]);
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
