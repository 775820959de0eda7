//! Ticks of time: whole minutes, hours, days, Mondays, months, years; what does not change from
//! tick to tick (the date under the hours, the year under the months) is said once.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::scale::{Scale, Tick};
use crate::outputs::wording::{moment, month};

/// The distance of two ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Minutes(i64),
    Days(u64),
    /// Whole weeks, from a Monday.
    Weeks(u64),
    Months(u32),
    Years(i32),
}

const STEPS: [Step; 26] = [
    Step::Minutes(1),
    Step::Minutes(2),
    Step::Minutes(5),
    Step::Minutes(10),
    Step::Minutes(15),
    Step::Minutes(30),
    Step::Minutes(60),
    Step::Minutes(120),
    Step::Minutes(180),
    Step::Minutes(360),
    Step::Minutes(720),
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
];

impl Step {
    /// About how long it is, in minutes.
    fn minutes(self) -> f64 {
        match self {
            Self::Minutes(n) => n as f64,
            Self::Days(n) => 1_440.0 * n as f64,
            Self::Weeks(n) => 10_080.0 * n as f64,
            Self::Months(n) => 43_830.0 * f64::from(n),
            Self::Years(n) => 525_960.0 * f64::from(n),
        }
    }

    /// The last tick at or before a time.
    fn floor(self, time: NaiveDateTime) -> Option<NaiveDateTime> {
        let date = time.date();
        let start = |date: NaiveDate| date.and_time(NaiveTime::MIN);
        match self {
            Self::Minutes(n) => {
                let minute = i64::from(time.hour() * 60 + time.minute());
                Some(start(date) + TimeDelta::minutes(minute - minute % n))
            }
            Self::Days(n) => {
                let past = u64::from(date.day0()) % n;
                date.checked_sub_days(Days::new(past)).map(start)
            }
            Self::Weeks(_) => {
                let past = u64::from(date.weekday().num_days_from_monday());
                date.checked_sub_days(Days::new(past)).map(start)
            }
            Self::Months(n) => {
                let month = date.month0() - date.month0() % n;
                NaiveDate::from_ymd_opt(date.year(), month + 1, 1).map(start)
            }
            Self::Years(n) => {
                NaiveDate::from_ymd_opt(date.year() - date.year().rem_euclid(n), 1, 1).map(start)
            }
        }
    }

    fn next(self, tick: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Minutes(n) => tick.checked_add_signed(TimeDelta::minutes(n)),
            Self::Days(n) => {
                let next = tick.checked_add_days(Days::new(n))?;
                // Every second day starts anew with the month, and never on the 31st.
                let restart = next.month() != tick.month() || (n > 1 && next.day() > 30);
                if restart && n > 1 {
                    Self::Months(1).next(Self::Months(1).floor(tick)?)
                } else {
                    Some(next)
                }
            }
            Self::Weeks(n) => tick.checked_add_days(Days::new(7 * n)),
            Self::Months(n) => tick.checked_add_months(Months::new(n)),
            Self::Years(n) => tick.checked_add_months(Months::new(12 * n as u32)),
        }
    }

    fn tick(self, time: NaiveDateTime) -> Tick {
        let value = time.and_utc().timestamp_millis() as f64;
        let (label, second) = match self {
            Self::Minutes(_) => (
                format!("{:02}:{:02}", time.hour(), time.minute()),
                Some(format!("{} {} {}", time.day(), month(time), time.year())),
            ),
            Self::Days(_) | Self::Weeks(_) => {
                (format!("{} {}", time.day(), month(time)), Some(time.year().to_string()))
            }
            Self::Months(_) => (month(time).to_owned(), Some(time.year().to_string())),
            Self::Years(_) => (time.year().to_string(), None),
        };
        Tick { value, label, second }
    }
}

/// A linear scale of milliseconds between two times, with at most `most` ticks.
pub(crate) fn times(first: f64, last: f64, most: usize) -> (Scale, Vec<Tick>) {
    let (low, high) = if last > first { (first, last) } else { (first - 1.8e6, first + 1.8e6) };
    let span = (high - low) / 60_000.0;
    let step = STEPS
        .into_iter()
        .find(|step| span / step.minutes() <= most.max(1) as f64)
        .unwrap_or(Step::Years(100));
    let mut ticks = Vec::new();
    let mut at = step.floor(moment(low));
    while let Some(time) = at {
        let tick = step.tick(time);
        if tick.value > high || ticks.len() > most + 2 {
            break;
        }
        if tick.value >= low {
            ticks.push(tick);
        }
        at = step.next(time);
    }
    let mut said = None;
    for tick in &mut ticks {
        if tick.second == said {
            tick.second = None;
        } else {
            said.clone_from(&tick.second);
        }
    }
    (Scale::Linear { low, high }, ticks)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    fn millis(text: &str) -> f64 {
        let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time");
        time.and_utc().timestamp_millis() as f64
    }

    fn labels(first: &str, last: &str, most: usize) -> String {
        let (_, ticks) = times(millis(first), millis(last), most);
        let label = |tick: &Tick| match &tick.second {
            Some(second) => format!("{} ({second})", tick.label),
            None => tick.label.clone(),
        };
        ticks.iter().map(label).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn ticks_stand_at_whole_units_and_say_the_date_once() {
        assert_eq!(
            labels("2019-01-28 11:35", "2019-01-30 04:48", 8),
            "12:00 (28 Jan 2019) | 18:00 | 00:00 (29 Jan 2019) | 06:00 | 12:00 | 18:00 | \
             00:00 (30 Jan 2019)"
        );
        assert_eq!(
            labels("2019-01-28 11:35", "2019-01-28 11:37", 8),
            "11:35 (28 Jan 2019) | 11:36 | 11:37"
        );
        assert_eq!(
            labels("2019-12-30 11:35", "2020-01-03 04:48", 6),
            "31 Dec (2019) | 1 Jan (2020) | 2 Jan | 3 Jan"
        );
        assert_eq!(
            labels("2019-01-25 00:00", "2019-02-06 00:00", 8),
            "25 Jan (2019) | 27 Jan | 29 Jan | 1 Feb | 3 Feb | 5 Feb"
        );
        assert_eq!(
            labels("2019-11-15 00:00", "2020-03-02 00:00", 6),
            "Dec (2019) | Jan (2020) | Feb | Mar"
        );
        assert_eq!(labels("2001-05-01 00:00", "2024-05-01 00:00", 6), "2005 | 2010 | 2015 | 2020");
        assert_eq!(times(5.0, 5.0, 6).0, Scale::Linear { low: 5.0 - 1.8e6, high: 5.0 + 1.8e6 });
    }
}
