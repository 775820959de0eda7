//! Points in time as exactly as a source states them.

/// A point in time as exactly as the source states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds. [`Clock::Utc`]: since 1970-01-01 UTC. [`Clock::Local`]: since 1970-01-01 of
    /// the source's unstated zone. [`Clock::BeforeCapture`]: since the capture, hence negative.
    pub millis: i64,
    /// How exact it is.
    pub precision: Precision,
    /// What `millis` counts from.
    pub clock: Clock,
}

/// What the milliseconds of a [`Moment`] count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clock {
    /// The zone is known: UTC.
    Utc,
    /// The zone is not known: the page's own wall clock.
    Local,
    /// Only an age is known ("3 years ago") and the time of capture is not: such moments can be
    /// compared with each other, but they have no date.
    BeforeCapture,
}

/// How exact a moment is. Ordered from exact to coarse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the second or better.
    Second,
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

impl Precision {
    /// All precisions, from exact to coarse.
    pub const ALL: [Self; 6] =
        [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Month, Self::Year];

    /// The word that tables use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl Moment {
    /// A date is known, not only an age.
    #[must_use]
    pub const fn is_dated(&self) -> bool {
        !matches!(self.clock, Clock::BeforeCapture)
    }

    /// Whether differences of minutes mean something: dated, and exact to the minute or second.
    #[must_use]
    pub fn is_minute_exact(&self) -> bool {
        self.is_dated() && self.precision <= Precision::Minute
    }
}
