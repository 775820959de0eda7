//! Days glued to names that end in a digit: `Ann22. März` is `Ann2` and the 2nd, or `Ann` and the 22nd.
//!
//! A name that the page shows elsewhere tells which, and so does the order of the comments around.

use std::collections::HashSet;

use super::rows::Row;
use super::segments::Segment;
use crate::text::dates::Written;

/// How often those that were told may tell of others.
const PASSES: usize = 4;

/// Gives names their last digit back.
pub(super) fn part(segments: &mut [Segment], rows: &[Row<'_>]) {
    let mut open: Vec<usize> =
        (0..segments.len()).filter(|i| parted(&segments[*i], rows).is_some()).collect();
    for _ in 0..PASSES {
        let sure = (0..segments.len()).filter(|i| open.binary_search(i).is_err());
        let known: HashSet<String> = sure.map(|i| segments[i].header.author.clone()).collect();
        let before = open.len();
        // From the end: what follows is told by then.
        for at in (0..open.len()).rev() {
            let i = open[at];
            let Some((name, date)) = parted(&segments[i], rows) else { continue };
            let author = &segments[i].header.author;
            if known.contains(&name) && !known.contains(author)
                || is_out_of_order(segments, i, &date)
            {
                (segments[i].header.author, segments[i].header.date) = (name, Some(date));
                open.remove(at);
            }
        }
        if open.len() == before {
            return;
        }
    }
}

/// The name and the date if the first digit of the day belongs to the name.
fn parted(segment: &Segment, rows: &[Row<'_>]) -> Option<(String, Written)> {
    let header = &segment.header;
    let date = header.date.as_ref()?;
    let text = &rows.get(header.date_row?)?.text;
    let before = text.get(..date.span.start)?;
    let digit = text.get(date.span.start..)?.chars().next()?;
    let is_glued = before.ends_with(char::is_alphabetic) && before.ends_with(&header.author);
    let is_one = is_glued && !header.author.is_empty() && digit.is_ascii_digit();
    let date = date.without_first_digit().filter(|_| is_one)?;
    Some((format!("{}{digit}", header.author), date))
}

/// The date as it was read stands against the order of its neighbours, the other one does not.
fn is_out_of_order(segments: &[Segment], i: usize, other: &Written) -> bool {
    let at = |segment: &Segment| segment.header.date.as_ref().and_then(Written::order);
    let before = i.checked_sub(1).and_then(|before| at(&segments[before]));
    let behind = segments.get(i + 1).and_then(at);
    let (Some(before), Some(behind)) = (before, behind) else { return false };
    let fits = |place: Option<_>| {
        place.is_some_and(|p| before <= p && p <= behind || before >= p && p >= behind)
    };
    !fits(at(&segments[i])) && fits(other.order())
}
