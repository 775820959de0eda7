//! Buckets of time: how wide, where they begin.
//!
//! The width follows from the span unless the user gives one, and is never finer than the times
//! themselves: comments that are only known to the day are not spread over hours.

use chrono::{DateTime, Datelike, NaiveDate};

use crate::comment::Precision;
use crate::error::{Error, Result};

/// Width of the buckets that activity is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// One minute.
    Minute,
    /// Five minutes.
    FiveMinutes,
    /// Fifteen minutes.
    QuarterHour,
    /// One hour.
    Hour,
    /// Six hours.
    SixHours,
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// With more buckets than this, a wider bucket is chosen.
const MANY: i64 = 120;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

impl Bucket {
    /// All widths, from narrow to wide.
    pub const ALL: [Self; 9] = [
        Self::Minute,
        Self::FiveMinutes,
        Self::QuarterHour,
        Self::Hour,
        Self::SixHours,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Year,
    ];

    /// The word for `--bucket` and the metadata.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::FiveMinutes => "5min",
            Self::QuarterHour => "15min",
            Self::Hour => "hour",
            Self::SixHours => "6h",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The bucket with this word.
    pub fn parse(word: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|bucket| bucket.word() == word).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|bucket| bucket.word()).collect();
            Error::usage(format!("no bucket is called {word}; choose one of {}", known.join(", ")))
        })
    }

    /// The narrowest width that fills a span with at most 120 buckets and is no finer than
    /// `precision`, the coarsest one that has to be counted.
    #[must_use]
    pub fn for_span(span_millis: i64, precision: Precision) -> Self {
        Self::ALL
            .into_iter()
            .filter(|bucket| bucket.counts(precision))
            .find(|bucket| span_millis / bucket.about_millis() < MANY)
            .unwrap_or(Self::Year)
    }

    /// A time of this precision can be said to fall into one bucket of this width.
    #[must_use]
    pub const fn counts(self, precision: Precision) -> bool {
        match precision {
            Precision::Second | Precision::Minute => true,
            Precision::Hour => self.about_millis() >= 60 * MINUTE,
            Precision::Day => self.about_millis() >= DAY,
            Precision::Month => matches!(self, Self::Month | Self::Year),
            Precision::Year => matches!(self, Self::Year),
        }
    }

    /// Length in milliseconds; of a month and a year the mean.
    pub(crate) const fn about_millis(self) -> i64 {
        match self {
            Self::Minute => MINUTE,
            Self::FiveMinutes => 5 * MINUTE,
            Self::QuarterHour => 15 * MINUTE,
            Self::Hour => 60 * MINUTE,
            Self::SixHours => 6 * 60 * MINUTE,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 30 * DAY + DAY / 2,
            Self::Year => 365 * DAY + DAY / 4,
        }
    }

    /// When the bucket begins that a time falls into, in milliseconds.
    #[must_use]
    pub fn start(self, millis: i64) -> i64 {
        match self {
            // 1970 began on a Thursday, three days after a Monday.
            Self::Week => (millis + 3 * DAY).div_euclid(7 * DAY) * 7 * DAY - 3 * DAY,
            Self::Month => first_of(millis, |date| date.with_day(1)),
            Self::Year => first_of(millis, |date| date.with_ordinal(1)),
            _ => millis.div_euclid(self.about_millis()) * self.about_millis(),
        }
    }

    /// When the next bucket begins, given when one does.
    #[must_use]
    pub fn next(self, start: i64) -> i64 {
        match self {
            Self::Month => self.start(start + 31 * DAY),
            Self::Year => self.start(start + 366 * DAY),
            _ => start + self.about_millis(),
        }
    }

    /// The beginnings of all buckets from that of `first` to that of `last`, without gaps.
    #[must_use]
    pub fn range(self, first: i64, last: i64) -> Vec<i64> {
        let last = self.start(last);
        std::iter::successors(Some(self.start(first)), |&start| {
            Some(self.next(start)).filter(|&next| next <= last)
        })
        .collect()
    }
}

/// Midnight of another day of the same month or year; times beyond the calendar stay as they are.
fn first_of(millis: i64, turn: impl Fn(NaiveDate) -> Option<NaiveDate>) -> i64 {
    DateTime::from_timestamp_millis(millis)
        .and_then(|time| turn(time.date_naive()))
        .map_or(millis, |date| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis())
}
