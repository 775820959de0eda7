//! The standard notations of exports: ISO 8601 / RFC 3339, RFC 2822, and seconds since 1970.
//!
//! Simple and fast, for input written by machines; dates written for people are found by
//! [`super::find`]. Week and ordinal dates of ISO 8601 are not supported.

use chrono::{NaiveDate, NaiveDateTime};

use super::vocabulary::{self, Month};
use crate::text::moment::{Clock, Moment, Precision};

const MINUTE_MILLIS: i64 = 60_000;

/// Reads `2019-01-28`, `2019-01-28T11:35`, `2019-01-28 11:35:07.123Z`, `20190128T113507+0100`, and
/// with less precision `2019-01` and `2019`. The whole text must be the date; white space around
/// it is allowed. A stated offset makes the moment UTC; without one it stays local.
///
/// ```
/// use rejoinder::text::dates::iso8601;
/// let moment = iso8601("2019-01-28T11:35:00+01:00").unwrap();
/// assert_eq!(moment.millis, 1_548_671_700_000);
/// assert!(iso8601("2019-02-30").is_none());
/// ```
#[must_use]
pub fn iso8601(text: &str) -> Option<Moment> {
    let mut scan = Scan(text.trim().as_bytes());
    let year = scan.digits(4, 4)? as i32;
    let mut date = (year, 1, 1);
    let mut precision = Precision::Year;
    let extended = scan.eat(b"-");
    if extended || scan.0.len() >= 4 {
        date.1 = scan.digits(2, 2)?;
        precision = Precision::Month;
        if scan.eat(b"-") || (!extended && !scan.0.is_empty()) {
            date.2 = scan.digits(2, 2)?;
            precision = Precision::Day;
        }
    }
    let day = NaiveDate::from_ymd_opt(date.0, date.1, date.2)?;
    let (mut h, mut m, mut s, mut millis) = (0, 0, 0, 0);
    let mut offset = None;
    if precision == Precision::Day && (scan.eat(b"T") || scan.eat(b"t") || scan.eat_blanks()) {
        h = scan.digits(1, 2)?;
        precision = Precision::Hour;
        let colon = scan.eat(b":");
        if colon || scan.0.first().is_some_and(u8::is_ascii_digit) {
            m = scan.digits(2, 2)?;
            precision = Precision::Minute;
            if scan.eat(b":") || (!colon && scan.0.first().is_some_and(u8::is_ascii_digit)) {
                s = scan.digits(2, 2)?;
                precision = Precision::Second;
                if scan.eat(b".") || scan.eat(b",") {
                    millis = scan.fraction()?;
                }
            }
        }
        scan.eat_blanks();
        offset = scan.offset()?;
    }
    if !scan.0.is_empty() {
        return None;
    }
    // A leap second is counted as the last ordinary one.
    let wall = day.and_hms_milli_opt(h, m, s.min(59), millis)?;
    (s <= 60).then(|| moment(wall, offset, precision))
}

/// Reads the date of a mail header: `Thu, 1 Nov 2001 11:19:12 -0500 (EST)`; also the `asctime`
/// shape of mbox separators, `Thu Nov  1 11:19:12 2001`. Obsolete zone names are understood; the
/// offset `-0000` and unknown names leave the moment UTC, as RFC 5322 asks.
///
/// ```
/// use rejoinder::text::dates::rfc2822;
/// assert_eq!(rfc2822("Thu, 1 Nov 2001 11:19:12 -0500").unwrap().millis, 1_004_631_552_000);
/// ```
#[must_use]
pub fn rfc2822(text: &str) -> Option<Moment> {
    let text = text.split('(').next().unwrap_or_default().replace(',', " ");
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let start = usize::from(!words.first()?.starts_with(|c: char| c.is_ascii_digit()));
    let words = match words.get(start..)? {
        // asctime: the weekday was skipped, so the month comes first.
        [month, day, time, year, ..] if month.starts_with(char::is_alphabetic) => {
            vec![*day, *month, *year, *time]
        }
        rest => rest.to_vec(),
    };
    let [day, month, year, time, zone @ ..] = words.as_slice() else { return None };
    let Month(month) = vocabulary::month(&month.to_lowercase())?;
    let year = match (year.parse::<i32>().ok()?, year.len()) {
        (y, 2) => y + if y < 50 { 2000 } else { 1900 },
        (y, 3) => y + 1900,
        (y, _) => y,
    };
    let day = NaiveDate::from_ymd_opt(year, month, day.parse().ok()?)?;
    let mut clock = time.split(':').map(|part| part.parse::<u32>().ok());
    let (h, m) = (clock.next()??, clock.next()??);
    let s = clock.next().unwrap_or(None);
    let offset = match zone.first() {
        None => None,
        Some(zone) => match Scan(zone.as_bytes()).offset().flatten() {
            Some(minutes) => Some(minutes),
            None => Some(vocabulary::zone(&zone.to_lowercase()).unwrap_or(0)),
        },
    };
    let precision = if s.is_some() { Precision::Second } else { Precision::Minute };
    let wall = day.and_hms_opt(h, m, s.unwrap_or(0).min(59))?;
    Some(moment(wall, offset, precision))
}

/// Seconds since 1970-01-01 UTC. `None` outside of the years 1 to 9999.
#[must_use]
pub fn epoch_seconds(seconds: i64) -> Option<Moment> {
    epoch_millis(seconds.checked_mul(1000)?).map(|m| Moment { precision: Precision::Second, ..m })
}

/// Seconds since 1970-01-01 UTC with a fraction, as scripting languages write them. `None` for
/// what is no finite number, and outside of the years 1 to 9999.
#[must_use]
pub fn epoch_seconds_f64(seconds: f64) -> Option<Moment> {
    if seconds.is_finite() { epoch_millis((seconds * 1000.0).round() as i64) } else { None }
}

/// Milliseconds since 1970-01-01 UTC. `None` outside of the years 1 to 9999.
#[must_use]
pub fn epoch_millis(millis: i64) -> Option<Moment> {
    (-62_135_596_800_000..=253_402_300_799_999).contains(&millis).then_some(Moment {
        millis,
        precision: Precision::Second,
        clock: Clock::Utc,
    })
}

/// The moment of a wall clock; an offset in minutes east of UTC makes it UTC.
pub(super) fn moment(wall: NaiveDateTime, offset: Option<i32>, precision: Precision) -> Moment {
    let millis = wall.and_utc().timestamp_millis();
    match offset {
        Some(minutes) => Moment {
            millis: millis - i64::from(minutes) * MINUTE_MILLIS,
            precision,
            clock: Clock::Utc,
        },
        None => Moment { millis, precision, clock: Clock::Local },
    }
}

/// What is left to read.
struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    /// A number of at least `least` and at most `most` digits.
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let n = self.0.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
        if n < least {
            return None;
        }
        let (head, rest) = self.0.split_at(n);
        self.0 = rest;
        Some(head.iter().fold(0, |value, b| value * 10 + u32::from(b - b'0')))
    }

    /// The digits behind the decimal sign, as milliseconds.
    fn fraction(&mut self) -> Option<u32> {
        let n = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let (head, rest) = self.0.split_at(n);
        self.0 = rest;
        let millis =
            (0..3).fold(0, |value, i| value * 10 + head.get(i).map_or(0, |b| u32::from(b - b'0')));
        (n > 0).then_some(millis)
    }

    fn eat(&mut self, what: &[u8]) -> bool {
        let found = self.0.starts_with(what);
        if found {
            self.0 = &self.0[what.len()..];
        }
        found
    }

    fn eat_blanks(&mut self) -> bool {
        let n = self.0.iter().take_while(|b| **b == b' ').count();
        self.0 = &self.0[n..];
        n > 0
    }

    /// `Z`, `UTC`, `+01:00`, `+0100`, `+01`, or nothing; `None` if something else stands there.
    #[allow(clippy::option_option)]
    fn offset(&mut self) -> Option<Option<i32>> {
        for utc in [&b"UTC"[..], b"GMT", b"Z", b"z"] {
            if self.eat(utc) {
                return Some(Some(0));
            }
        }
        let sign = match self.0.first() {
            None => return Some(None),
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return None,
        };
        self.0 = &self.0[1..];
        let hours = self.digits(2, 2)? as i32;
        self.eat(b":");
        let minutes = self.digits(2, 2).unwrap_or(0) as i32;
        (hours <= 15 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, millis: i64, precision: Precision, clock: Clock) {
        assert_eq!(iso8601(text), Some(Moment { millis, precision, clock }), "{text}");
    }

    #[test]
    fn iso_in_all_its_lengths() {
        check("2019", 1_546_300_800_000, Precision::Year, Clock::Local);
        check("2019-01", 1_546_300_800_000, Precision::Month, Clock::Local);
        check("20190128", 1_548_633_600_000, Precision::Day, Clock::Local);
        check("2019-01-28 11:35", 1_548_675_300_000, Precision::Minute, Clock::Local);
        check("2019-01-28T11:35:07.25Z", 1_548_675_307_250, Precision::Second, Clock::Utc);
        check("20190128T113507+0100", 1_548_671_707_000, Precision::Second, Clock::Utc);
        for bad in ["", "2019-13-01", "2019-01-28x", "11:35", "2019-01-28T25:00", "19-01-28"] {
            assert_eq!(iso8601(bad), None, "{bad}");
        }
    }

    #[test]
    fn mail_dates_with_old_zones() {
        let at = |text| rfc2822(text).map(|m| (m.millis, m.clock));
        assert_eq!(at("Thu, 01 Nov 2001 11:19:12 EST"), Some((1_004_631_552_000, Clock::Utc)));
        assert_eq!(at("1 Nov 01 11:19 -0500 (EST)"), Some((1_004_631_540_000, Clock::Utc)));
        assert_eq!(at("Thu Nov  1 11:19:12 2001"), Some((1_004_613_552_000, Clock::Local)));
        assert_eq!(at("yesterday"), None);
    }
}
