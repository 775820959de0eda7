//! Dates as pages and exports write them: in any common order, language and degree of exactness.
//!
//! Exports use the standard notations ([`iso8601`], [`rfc2822`], [`epoch_seconds`]). Pages are read
//! in two steps, because a single date often does not say what it means: [`find`] gives the dates
//! of a line as they are [`Written`], with their places; [`PageDates::decide`] looks at all of
//! them and decides for the page whether the day or the month comes first and which year dates
//! without one fall into; [`PageDates::moment`] then gives the [`Moment`] with its precision.
//!
//! ```
//! use rejoinder::text::dates::{PageDates, find};
//! let lines = ["11/08/2020 at 9:52", "14/04/2020 at 3:00 pm"];
//! let written: Vec<_> = lines.iter().flat_map(|line| find(line)).collect();
//! let page = PageDates::decide(&written);
//! assert_eq!(page.moment(&written[0]).unwrap().millis, 1_597_139_520_000); // 11 August
//! ```

mod finder;
mod glued;
mod hours;
mod page;
mod relative;
mod standard;
mod tokens;
mod vocabulary;
mod written;

use std::ops::Range;

pub use finder::find;
pub use page::{DayOrder, Impossible, PageDates};
pub use standard::{epoch_millis, epoch_seconds, epoch_seconds_f64, iso8601, rfc2822};
pub use written::Written;

use super::moment::Moment;

/// The first date of a text, read as the page decides: its place and its moment. Short ages
/// without any word that makes them one (`2h`) count only if they are the whole text.
///
/// ```
/// use rejoinder::text::dates::{PageDates, find_in};
/// let (span, moment) = find_in("on August 22, 2012 at 6:29 pm", &PageDates::default()).unwrap();
/// assert_eq!((span.start, moment.millis), (3, 1_345_660_140_000));
/// ```
#[must_use]
pub fn find_in(text: &str, page: &PageDates) -> Option<(Range<usize>, Moment)> {
    let trimmed = text.trim();
    find(text).into_iter().find_map(|written| {
        if written.is_bare && text[written.span.clone()].trim() != trimmed {
            return None;
        }
        page.moment(&written).ok().map(|moment| (written.span, moment))
    })
}
