//! The year of dates that name none: from what else the page mentions.

use super::page::{Content, Page};
use super::times::{Times, Written};
use crate::diagnostic::Diagnostic;
use crate::formats::pages::{mentioned_year, year_was_guessed};
use crate::text::dates::{self, PageDates};
use crate::text::html::unescape;

/// Where no date of the comments names its year, gives them one.
pub(super) fn guess<'a>(
    times: &mut Times,
    page: &Page<'_>,
    dates: impl Iterator<Item = &'a Written>,
) {
    if times.lack_years()
        && let Some(least) = dated(page).or_else(|| mentioned_year(texts(page)))
    {
        times.guess_years(dates, least);
    }
}

/// Says so.
pub(super) fn complaint(source: &str, times: &Times) -> Option<Diagnostic> {
    times.guessed_year().map(|year| year_was_guessed(source, year))
}

/// The latest year of a date anywhere on the page.
fn dated(page: &Page<'_>) -> Option<i32> {
    let found: Vec<dates::Written> = texts(page).flat_map(|text| dates::find(&text)).collect();
    PageDates::decide(&found).latest_year
}

fn texts<'p>(page: &'p Page<'_>) -> impl Iterator<Item = std::borrow::Cow<'p, str>> {
    page.nodes.iter().filter_map(|node| match &node.content {
        Content::Text(text) => Some(unescape(text)),
        _ => None,
    })
}
