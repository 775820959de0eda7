//! Numbers, durations and dates as people read them, the same in charts, summary and report.

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};

/// A count with thousands separated: `12,345`.
#[must_use]
pub fn count(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value <= -0.5 { format!("-{text}") } else { text }
}

/// A count in as few signs as tell its size: `950`, `1.9k`, `12k`, `3.4M`.
pub(crate) fn compact(value: f64) -> String {
    const UNITS: [(f64, &str); 3] = [(1e9, "G"), (1e6, "M"), (1e3, "k")];
    let Some((unit, sign)) = UNITS.into_iter().find(|(unit, _)| value >= unit * 0.9995) else {
        return count(value);
    };
    let units = value / unit;
    let text = if units < 9.95 { format!("{units:.1}") } else { format!("{units:.0}") };
    format!("{}{sign}", text.trim_end_matches(".0"))
}

/// A count and its noun: `1 comment`, `2,000 comments`. The plural is the noun with an s, or
/// `replies` for `reply`.
#[must_use]
pub fn counted(n: usize, noun: &str) -> String {
    match (n, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{} {stem}ies", count(n as f64)),
        _ => format!("{} {noun}s", count(n as f64)),
    }
}

/// Of comments that hang from the post on no evidence.
pub(crate) fn assumed(n: usize) -> String {
    let verb = if n == 1 { "hangs" } else { "hang" };
    format!("{} {verb} from the post because nothing tells what is answered", counted(n, "comment"))
}

/// A share (0 to 1) in percent: whole above 10 %, one decimal below, and never a 0 that is none.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.1 {
        return "< 0.1 %".to_owned();
    }
    let rounded = (percent * 10.0).round() / 10.0;
    if rounded >= 10.0 || (rounded - rounded.round()).abs() < 1e-9 {
        format!("{percent:.0} %")
    } else {
        format!("{percent:.1} %")
    }
}

/// A duration in seconds, in its two largest units: `1 h 11 min`, `2 days 3 h`, `45 s`.
pub(crate) fn duration(seconds: f64) -> String {
    const UNITS: [(u64, &str, &str); 5] = [
        (365 * 86_400, " year", " years"),
        (86_400, " day", " days"),
        (3_600, " h", " h"),
        (60, " min", " min"),
        (1, " s", " s"),
    ];
    let total = seconds.max(0.0).round() as u64;
    let Some(first) = UNITS.iter().position(|unit| total >= unit.0) else {
        return "0 s".to_owned();
    };
    let write =
        |n: u64, unit: &(u64, &str, &str)| format!("{n}{}", if n == 1 { unit.1 } else { unit.2 });
    let (unit, rest) = (&UNITS[first], total % UNITS[first].0);
    let mut text = write(total / unit.0, unit);
    if let Some(next) = UNITS.get(first + 1).filter(|next| rest >= next.0) {
        text.push(' ');
        text.push_str(&write(rest / next.0, next));
    }
    text
}

/// The calendar time of milliseconds since 1970.
pub(crate) fn moment(millis: f64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(millis as i64).unwrap_or_default().naive_utc()
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The name of a month, in three letters.
pub(crate) fn month(time: NaiveDateTime) -> &'static str {
    MONTHS[time.month0() as usize]
}

/// `28 Jan 2019`.
pub(crate) fn date(millis: f64) -> String {
    let time = moment(millis);
    format!("{} {} {}", time.day(), month(time), time.year())
}

/// `Jan 2019`.
pub(crate) fn month_of_year(millis: f64) -> String {
    let time = moment(millis);
    format!("{} {}", month(time), time.year())
}

/// `2019`.
pub(crate) fn year(millis: f64) -> String {
    moment(millis).year().to_string()
}

/// `28 Jan 2019, 11:35`.
pub(crate) fn date_time(millis: f64) -> String {
    let time = moment(millis);
    format!("{}, {:02}:{:02}", date(millis), time.hour(), time.minute())
}

/// ISO 8601: `2019-01-28T11:35:00`, with a `Z` if it is UTC.
pub(crate) fn iso(millis: i64, is_utc: bool) -> String {
    let time = moment(millis as f64).format("%Y-%m-%dT%H:%M:%S");
    format!("{time}{}", if is_utc { "Z" } else { "" })
}

/// Two dates: `28–30 Jan 2019`, `28 Jan – 2 Feb 2019`, `30 Dec 2019 – 2 Jan 2020`.
pub(crate) fn dates(first: f64, last: f64) -> String {
    let (a, b) = (moment(first), moment(last));
    if a.date() == b.date() {
        date(first)
    } else if a.year() != b.year() {
        format!("{} – {}", date(first), date(last))
    } else if a.month() != b.month() {
        format!("{} {} – {}", a.day(), month(a), date(last))
    } else {
        format!("{}–{}", a.day(), date(last))
    }
}

/// `11:35`.
#[must_use]
pub fn clock(millis: f64) -> String {
    let time = moment(millis);
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// When a bucket of a length in milliseconds begins, no more exact than the bucket.
#[must_use]
pub fn bucket(start: f64, length: f64) -> String {
    const DAY: f64 = 86_400_000.0;
    let time = moment(start);
    if length < DAY {
        date_time(start)
    } else if length < 27.0 * DAY {
        date(start)
    } else if length < 360.0 * DAY {
        format!("{} {}", month(time), time.year())
    } else {
        time.year().to_string()
    }
}

/// When something happened, from the start and the length of its bucket in milliseconds: `in the
/// hour from 28 Jan 2019, 12:00`, `on 28 Jan 2019`, `in Jan 2019`, `in 1999`.
pub(crate) fn within(start: f64, length: f64) -> String {
    let when = bucket(start, length);
    match width(length).as_str() {
        "day" => format!("on {when}"),
        "month" | "year" => format!("in {when}"),
        width => format!("in the {width} from {when}"),
    }
}

/// What a bucket of a length in milliseconds is called.
#[must_use]
pub fn width(millis: f64) -> String {
    match (millis / 60_000.0).round() as u64 {
        1 => "minute".to_owned(),
        60 => "hour".to_owned(),
        1_440 => "day".to_owned(),
        10_080 => "week".to_owned(),
        minutes if minutes >= 40_000 => match (minutes as f64 / 43_830.0).round() as u64 {
            1 => "month".to_owned(),
            12 => "year".to_owned(),
            months if months % 12 == 0 => format!("{} years", months / 12),
            months => format!("{months} months"),
        },
        minutes => duration(minutes as f64 * 60.0),
    }
}

/// A name or title as part of a sentence: one that is written from right to left is kept from
/// turning round what stands beside it (Unicode's isolates).
#[must_use]
pub fn isolated(text: &str) -> String {
    if turns(text) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// The same for a terminal: a mark without width behind the name (U+200E), which more of them know.
#[must_use]
pub fn marked(text: &str) -> String {
    if turns(text) { format!("{text}\u{200e}") } else { text.to_owned() }
}

/// Some letter is written from right to left, or says that others are.
fn turns(text: &str) -> bool {
    text.contains(|letter| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{202a}'..='\u{202e}' | '\u{fb1d}'..='\u{fefc}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_durations_read_well() {
        assert_eq!(count(1_234_567.0), "1,234,567");
        let short = [950.0, 1_935.0, 2_000.0, 12_317.0, 999_600.0, 3_440_000.0].map(compact);
        assert_eq!(short, ["950", "1.9k", "2k", "12k", "1M", "3.4M"]);
        assert_eq!(counted(1, "reply"), "1 reply");
        assert_eq!(counted(1_000, "reply"), "1,000 replies");
        assert_eq!(percent(0.125), "12 %");
        assert_eq!(percent(0.042), "4.2 %");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.000_01), "< 0.1 %");
        assert_eq!(percent(0.1), "10 %");
        assert_eq!(duration(4_260.0), "1 h 11 min");
        assert_eq!(duration(86_400.0 * 1.5), "1 day 12 h");
        assert_eq!(duration(0.2), "0 s");
        assert_eq!(duration(400.0 * 86_400.0), "1 year 35 days");
    }

    #[test]
    fn dates_say_each_part_once() {
        let day = 86_400_000.0;
        let start = 1_548_633_600_000.0; // 28 January 2019
        assert_eq!(dates(start, start + 1.0), "28 Jan 2019");
        assert_eq!(dates(start, start + 2.0 * day), "28–30 Jan 2019");
        assert_eq!(dates(start, start + 5.0 * day), "28 Jan – 2 Feb 2019");
        assert_eq!(dates(start - 30.0 * day, start), "29 Dec 2018 – 28 Jan 2019");
        assert_eq!(date_time(start + 41_700_000.0), "28 Jan 2019, 11:35");
        assert_eq!(within(start, 3_600_000.0), "in the hour from 28 Jan 2019, 00:00");
        assert_eq!(within(start, 7.0 * day), "in the week from 28 Jan 2019");
        assert_eq!(within(start, day), "on 28 Jan 2019");
        assert_eq!(within(start, 30.4 * day), "in Jan 2019");
        assert_eq!(isolated("plain"), "plain");
        assert_eq!(isolated("שרה"), "\u{2068}שרה\u{2069}");
        assert_eq!([marked("plain"), marked("שרה")], ["plain", "שרה\u{200e}"]);
    }
}
