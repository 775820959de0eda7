//! A date as it stands on the page, before the page decides what its numbers mean.

use std::ops::Range;

use super::hours::TimeOfDay;
use crate::text::moment::Precision;

/// A date found in a line. [`super::PageDates`] turns it into a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Where it stands in the line, in bytes, weekday and time included.
    pub span: Range<usize>,
    /// A single unit without a word that makes it an age (`2h`, `3 év`): to be believed only where
    /// nothing else stands beside it.
    pub is_bare: bool,
    pub(super) day: Day,
    pub(super) time: Option<TimeOfDay>,
    pub(super) weekday: Option<u32>,
}

/// What is written of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// Year (where stated), month and day (where stated) are certain.
    Named { year: Option<i32>, month: u32, day: Option<u32> },
    /// Two numbers whose meaning the page decides, and a year where stated.
    Numbers { first: u32, second: u32, year: Option<i32>, sign: char },
    /// So many seconds before the capture.
    Ago { seconds: i64, precision: Precision },
    /// So many days before the capture: `yesterday`.
    DaysBack(i64),
}

impl Written {
    /// Only an age is written ("3 years ago", "yesterday").
    #[must_use]
    pub const fn is_age(&self) -> bool {
        matches!(self.day, Day::Ago { .. } | Day::DaysBack(_))
    }

    /// A year is written.
    #[must_use]
    pub const fn has_year(&self) -> bool {
        matches!(self.day, Day::Named { year: Some(_), .. } | Day::Numbers { year: Some(_), .. })
    }

    /// A time of day is written.
    #[must_use]
    pub const fn has_time(&self) -> bool {
        self.time.is_some()
    }

    /// A day is written, or an age.
    #[must_use]
    pub const fn has_day(&self) -> bool {
        !matches!(self.day, Day::Named { day: None, .. })
    }

    /// The year that is written.
    #[must_use]
    pub const fn year(&self) -> Option<i32> {
        match self.day {
            Day::Named { year, .. } | Day::Numbers { year, .. } => year,
            _ => None,
        }
    }

    /// The date without the first digit of its day, which may belong to what stands before it:
    /// `22. März` as `2. März`. `None` if the date does not begin with a day of two such digits.
    #[must_use]
    pub fn without_first_digit(&self) -> Option<Self> {
        let less = |day: u32| (day > 10 && !day.is_multiple_of(10)).then_some(day % 10);
        let day = match self.day {
            Day::Named { year, month, day } => Day::Named { year, month, day: Some(less(day?)?) },
            Day::Numbers { first, second, year, sign } => {
                Day::Numbers { first: less(first)?, second, year, sign }
            }
            Day::Ago { .. } | Day::DaysBack(_) => return None,
        };
        Some(Self { day, span: self.span.start + 1..self.span.end, ..self.clone() })
    }

    /// What dates in words are put in order by: year, month, day, and minute of the day. `None` for
    /// all others.
    #[must_use]
    pub fn order(&self) -> Option<(Option<i32>, u32, u32, Option<u32>)> {
        let minute = self.time.map(|time| time.hour * 60 + time.minute);
        match self.day {
            Day::Named { year, month, day: Some(day) } => Some((year, month, day, minute)),
            _ => None,
        }
    }
}
