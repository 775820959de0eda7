//! What a page as a whole says of its dates: day or month first, the year of dates without one.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime};

use super::hours::TimeOfDay;
use super::standard::moment;
use super::written::{Day, Written};
use crate::text::moment::{Clock, Moment, Precision};

/// The order of day and month in dates such as `04/05/2020`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// `28/1/2019`.
    #[default]
    DayFirst,
    /// `1/28/2019`.
    MonthFirst,
}

/// How the dates of one page are to be read. Made by [`PageDates::decide`] from all the dates of
/// the page, or by hand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageDates {
    /// Day or month first. Default: day first.
    pub order: DayOrder,
    /// Full stops stand between a month and the day (`7.28.2008`), which a day above 12 proves.
    pub is_month_before_stop: bool,
    /// The page gives no proof of the order, and it matters.
    pub is_order_guessed: bool,
    /// The latest year that the page mentions: dates without a year fall into it or before it.
    pub latest_year: Option<i32>,
    /// No date of the comments names its year: it was taken from what else the page mentions.
    pub is_year_guessed: bool,
    /// When the page was captured, in milliseconds since 1970 UTC. Default: unknown, ages stay ages.
    pub captured_at: Option<i64>,
    /// Zone of times that state none, in minutes east of UTC. Default: unknown, they stay local.
    pub zone_minutes: Option<i32>,
}

/// Why a written date is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impossible {
    /// Such a day does not exist: `February 30`.
    NoSuchDay,
    /// The page names no year at all, so that the date cannot be placed.
    NoYear,
}

impl PageDates {
    /// Decides from all dates of a page, in the order of the page.
    ///
    /// A number above 12 proves the order. Full stops (`28.01.2019`) mean that the day comes first,
    /// unless a number proves that on this page it does not.
    /// Without proof, the order that puts the dates closer together is taken, because the comments
    /// of a page are dense; then a 12-hour clock speaks for the month.
    #[must_use]
    pub fn decide<'a>(dates: impl IntoIterator<Item = &'a Written>) -> Self {
        let mut votes = Votes::default();
        let mut latest_year = None;
        for date in dates {
            latest_year = latest_year.max(date.year());
            votes.count(date);
        }
        let (order, is_order_guessed) = votes.order();
        let is_month_before_stop = votes.month_before_stop > votes.day_before_stop;
        Self { order, is_month_before_stop, is_order_guessed, latest_year, ..Self::default() }
    }

    /// Takes a year for dates that name none, where the page's dates have none: not before `least`,
    /// the latest that the page mentions (people speak of the past), and the first in which the
    /// weekdays of the dates fit.
    pub fn guess_years<'a>(&mut self, dates: impl Iterator<Item = &'a Written>, least: i32) {
        let days = |date: &Written| match (date.day, date.weekday) {
            (Day::Named { year: None, month, day: Some(day) }, Some(weekday)) => {
                Some((month, day, weekday))
            }
            _ => None,
        };
        let days: Vec<(u32, u32, u32)> = dates.filter_map(days).collect();
        let fits = |year: i32, (month, day, weekday): (u32, u32, u32)| {
            NaiveDate::from_ymd_opt(year, month, day)
                .is_some_and(|date| date.weekday().number_from_monday() == weekday)
        };
        let fitting = |year: &i32| days.iter().filter(|day| fits(*year, **day)).count();
        let first = (least..least + 11).find(|year| fitting(year) * 10 > days.len() * 8);
        self.latest_year = Some(first.unwrap_or(least));
        self.is_year_guessed = true;
    }

    /// The moment that a written date means on this page.
    pub fn moment(&self, written: &Written) -> Result<Moment, Impossible> {
        match written.day {
            Day::Ago { seconds, precision } => Ok(self.before_capture(seconds, precision)),
            Day::DaysBack(days) => self.days_back(days, written.time),
            Day::Named { year, month, day } => {
                let year = year.map_or_else(|| self.guess_year(month, day, written.weekday), Ok)?;
                let precision = if day.is_some() { Precision::Day } else { Precision::Month };
                self.at(year, month, day.unwrap_or(1), precision, written.time)
            }
            Day::Numbers { first, second, year, sign } => {
                let (day, month) = match self.order {
                    _ if sign == '.' && self.is_month_before_stop => (second, first),
                    _ if sign == '.' => (first, second),
                    // A single date that contradicts the page is read in the only way it can be.
                    DayOrder::DayFirst if second > 12 && first <= 12 => (second, first),
                    DayOrder::MonthFirst if first > 12 && second <= 12 => (first, second),
                    DayOrder::DayFirst => (first, second),
                    DayOrder::MonthFirst => (second, first),
                };
                let year = year.or(self.latest_year).ok_or(Impossible::NoYear)?;
                self.at(year, month, day, Precision::Day, written.time)
            }
        }
    }

    fn at(
        &self,
        year: i32,
        month: u32,
        day: u32,
        precision: Precision,
        time: Option<TimeOfDay>,
    ) -> Result<Moment, Impossible> {
        let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(Impossible::NoSuchDay)?;
        let Some(time) = time else {
            return Ok(moment(date.and_time(NaiveTime::MIN), None, precision));
        };
        let wall = wall_clock(date, time).ok_or(Impossible::NoSuchDay)?;
        Ok(moment(wall, time.offset.or(self.zone_minutes), time.precision))
    }

    /// The latest year in which the day fell on the weekday, not after the page's latest year.
    fn guess_year(
        &self,
        month: u32,
        day: Option<u32>,
        weekday: Option<u32>,
    ) -> Result<i32, Impossible> {
        let capture = self.captured_at.and_then(chrono::DateTime::from_timestamp_millis);
        let latest = capture.map(|c| c.year()).or(self.latest_year).ok_or(Impossible::NoYear)?;
        let fits = |year: &i32| {
            let Some(date) = NaiveDate::from_ymd_opt(*year, month, day.unwrap_or(1)) else {
                return false;
            };
            let is_past = capture.is_none_or(|c| date <= c.date_naive() + Days::new(1));
            is_past && weekday.is_none_or(|w| date.weekday().number_from_monday() == w)
        };
        (latest - 11..=latest).rev().find(fits).ok_or(Impossible::NoSuchDay)
    }

    fn before_capture(&self, seconds: i64, precision: Precision) -> Moment {
        let capture = self.captured_at.and_then(chrono::DateTime::from_timestamp_millis);
        let Some(capture) = capture else {
            return Moment {
                millis: seconds.saturating_mul(-1000),
                precision,
                clock: Clock::BeforeCapture,
            };
        };
        // Years and months are counted in the calendar, not in average lengths.
        let months = match precision {
            Precision::Year => (seconds as f64 / 31_556_952.0).round() as u32 * 12,
            Precision::Month => (seconds as f64 / 2_629_746.0).round() as u32,
            _ => 0,
        };
        let moved = if months > 0 {
            capture.checked_sub_months(Months::new(months)).unwrap_or(capture)
        } else {
            chrono::TimeDelta::try_seconds(seconds)
                .and_then(|age| capture.checked_sub_signed(age))
                .unwrap_or(capture)
        };
        Moment { millis: moved.timestamp_millis(), precision, clock: Clock::Utc }
    }

    fn days_back(&self, days: i64, time: Option<TimeOfDay>) -> Result<Moment, Impossible> {
        let zone = time.and_then(|t| t.offset).or(self.zone_minutes);
        let capture = self
            .captured_at
            .map(|millis| millis + i64::from(zone.unwrap_or(0)) * 60_000)
            .and_then(chrono::DateTime::from_timestamp_millis);
        let Some(capture) = capture else {
            let seconds = days * 86_400;
            return Ok(self.before_capture(seconds, Precision::Day));
        };
        let date = capture.date_naive() - Days::new(days.unsigned_abs());
        self.at(date.year(), date.month(), date.day(), Precision::Day, time)
    }
}

fn wall_clock(date: NaiveDate, time: TimeOfDay) -> Option<NaiveDateTime> {
    if time.hour == 24 {
        return Some((date + Days::new(1)).and_time(NaiveTime::MIN));
    }
    date.and_hms_opt(time.hour, time.minute, time.second.min(59))
}

/// Evidence for the order of day and month.
#[derive(Default)]
struct Votes {
    day_first: u32,
    month_first: u32,
    /// The same of dates with full stops, which speak for themselves alone.
    day_before_stop: u32,
    month_before_stop: u32,
    half_day_clock: bool,
    /// The dates in both readings, as day numbers.
    readings: Vec<(i32, i32)>,
}

impl Votes {
    fn count(&mut self, date: &Written) {
        let Day::Numbers { first, second, year: Some(year), sign } = date.day else { return };
        let (day_first, month_first) = match sign {
            '.' => (&mut self.day_before_stop, &mut self.month_before_stop),
            _ => (&mut self.day_first, &mut self.month_first),
        };
        match (first > 12, second > 12) {
            (true, false) => *day_first += 1,
            (false, true) => *month_first += 1,
            _ => {}
        }
        if sign == '.' || first == second {
            return;
        }
        self.half_day_clock |= date.time.is_some_and(|time| time.is_half_day);
        let number =
            |month, day| NaiveDate::from_ymd_opt(year, month, day).map(|d| d.num_days_from_ce());
        if let (Some(a), Some(b)) = (number(second, first), number(first, second)) {
            self.readings.push((a, b));
        }
    }

    /// The order, and whether it is a guess that matters.
    fn order(&self) -> (DayOrder, bool) {
        if self.day_first != self.month_first {
            let month = self.month_first > self.day_first;
            return (if month { DayOrder::MonthFirst } else { DayOrder::DayFirst }, false);
        }
        let spread = |pick: fn(&(i32, i32)) -> i32| {
            let (least, most) = self
                .readings
                .iter()
                .map(pick)
                .fold((i32::MAX, i32::MIN), |(a, b), x| (a.min(x), b.max(x)));
            most.saturating_sub(least)
        };
        let (day, month) = (spread(|r| r.0), spread(|r| r.1));
        let is_month = match (self.readings.len() > 2).then(|| day.cmp(&month)) {
            Some(std::cmp::Ordering::Greater) => true,
            Some(std::cmp::Ordering::Less) => false,
            _ => self.half_day_clock,
        };
        let order = if is_month { DayOrder::MonthFirst } else { DayOrder::DayFirst };
        (order, !self.readings.is_empty())
    }
}
