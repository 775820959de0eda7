//! What the text of a page states of replies: indentation, numbers of levels, printed names,
//! words of navigation, counts of descendants, quotations.

use std::collections::BTreeMap;

use super::assembly::Page;
use super::quotations;
use super::rows::Row;
use super::score::Finding;
use super::segments::Segment;
use crate::comment::{Basis, Comment, Kind, Level, Name, Stated};
use crate::text::dates::PageDates;

/// Fills in [`Comment::reply_to`] for all comments of a page.
pub(super) fn state(
    comments: &mut [Comment],
    finding: &Finding<'_>,
    page: &Page<'_>,
    dates: &PageDates,
) {
    let segments = &finding.segments;
    names(comments, finding, page.traces(finding.name) > 0);
    if !finding.plain.flat {
        indentation(comments, segments, &page.rows);
    }
    levels(comments, segments);
    navigation(comments, segments);
    descendants(comments, segments);
    quotations::state(comments, page.words(), dates);
}

/// Printed names. Where a platform prints one with every reply, a comment without one answers the
/// post, provided that the page shows such names at all, or that it surely is of that platform.
fn names(comments: &mut [Comment], finding: &Finding<'_>, is_traced: bool) {
    let segments = &finding.segments;
    let shows_names = segments.iter().any(|segment| segment.header.to.is_some());
    let states_replies = finding.grammar.states_replies && (shows_names || is_traced);
    for (comment, segment) in comments.iter_mut().zip(segments) {
        match &segment.header.to {
            Some(to) => comment.reply_to.name = Some(Name::from(to.as_str())),
            None if states_replies && comment.kind != Kind::Pingback => {
                comment.reply_to.stated = Stated::Post;
            }
            None => {}
        }
    }
}

/// Columns of the headers, where they differ, or where all headers are items of lists.
fn indentation(comments: &mut [Comment], segments: &[Segment], rows: &[Row<'_>]) {
    let row = |segment: &Segment| &rows[segment.header.rows.start];
    let items = segments.iter().filter(|segment| !row(segment).mark.is_empty()).count();
    let are_items = items * 10 >= segments.len() * 9;
    // Numbers are set flush left or flush right; the alignment that gives fewer columns is it.
    let left = |segment: &Segment| row(segment).indent;
    let right = |segment: &Segment| {
        let row = row(segment);
        row.indent + row.mark.chars().count() as u32
    };
    let distinct = |column: &dyn Fn(&Segment) -> u32| {
        segments.iter().map(column).collect::<std::collections::BTreeSet<_>>().len()
    };
    let is_left = distinct(&left) <= distinct(&right);
    // Further paragraphs of an item stand two columns to the right of its mark.
    let column = |segment: &Segment| {
        let shift = if row(segment).mark.is_empty() && items > 0 { 0 } else { 2 };
        (if is_left { left(segment) } else { right(segment) }) + if items > 0 { shift } else { 0 }
    };
    let mut columns: BTreeMap<u32, u32> = BTreeMap::new();
    for segment in segments {
        *columns.entry(column(segment)).or_default() += 1;
    }
    if columns.len() < 2 && !are_items {
        return;
    }
    // Where most that print the name of the one answered stand at the left edge, the others are
    // indented by accident.
    let edge = columns.keys().next().copied().unwrap_or_default();
    let named = || segments.iter().filter(|segment| segment.header.to.is_some());
    let at_edge = named().filter(|segment| column(segment) == edge).count();
    if at_edge * 2 > named().count() {
        return;
    }
    for (comment, segment) in comments.iter_mut().zip(segments) {
        let depth = column(segment) + 1;
        comment.reply_to.level = Some(Level { depth, basis: Basis::Indented });
    }
}

/// Numbers of levels (`level 2`) are exact.
fn levels(comments: &mut [Comment], segments: &[Segment]) {
    for (comment, segment) in comments.iter_mut().zip(segments) {
        if let Some(depth) = segment.header.level {
            comment.reply_to.level = Some(Level { depth, basis: Basis::Nested });
        }
    }
}

/// The words of navigation on Hacker News and `LiveJournal`: no `parent` stands at the top, `parent`
/// without `root` one level below, no `prev` makes the first reply to the comment just before.
fn navigation(comments: &mut [Comment], segments: &[Segment]) {
    let nav = |segment: &Segment| segment.header.nav.clone().unwrap_or_default().to_lowercase();
    if !segments.iter().any(|segment| nav(segment).contains("parent")) {
        return;
    }
    // LiveJournal has no word for the root: `(Parent)` then says only that it is a reply.
    let has_root = segments.iter().any(|s| nav(s).contains("root") || nav(s).contains("next"));
    for (comment, segment) in comments.iter_mut().zip(segments) {
        let nav = nav(segment);
        comment.reply_to.level = None;
        let has = |word: &str| nav.split(|c: char| !c.is_alphabetic()).any(|part| part == word);
        if !has("parent") {
            comment.reply_to.level = Some(Level { depth: 1, basis: Basis::Nested });
            comment.reply_to.stated = Stated::Post;
            continue;
        }
        comment.reply_to.stated = Stated::SomeComment;
        if has_root && !has("root") {
            comment.reply_to.level = Some(Level { depth: 2, basis: Basis::Nested });
        } else if nav.contains("prev") || nav.contains("next") {
            comment.reply_to.first_reply = Some(!has("prev"));
        }
    }
}

/// `(4 children)` counts all that stands below a comment; in pre-order this fixes the depths.
fn descendants(comments: &mut [Comment], segments: &[Segment]) {
    let known = segments.iter().filter(|s| s.header.children.is_some()).count();
    if known * 10 < segments.len() * 9 || known == 0 {
        return;
    }
    let mut open: Vec<u32> = Vec::new();
    for (comment, segment) in comments.iter_mut().zip(segments) {
        while open.last() == Some(&0) {
            open.pop();
        }
        for left in &mut open {
            *left = left.saturating_sub(1);
        }
        let depth = open.len() as u32 + 1;
        comment.reply_to.level = Some(Level { depth, basis: Basis::Nested });
        open.push(segment.header.children.unwrap_or_default());
    }
}
