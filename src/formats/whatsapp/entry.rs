//! The line that begins an entry: a time in the shape of the phone's system and language, and what
//! follows it.
//!
//! ```text
//! [28.01.19, 11:35:07] Ann: text            28/01/2019, 11:35 - Ann: text
//! [2019/1/28 下午11:35:07] Ann: text          28/1/19 11:35 p. m. - Ann: text
//! [٢٨‏/١‏/٢٠١٩، ١١:٣٥ م] Ann: text            28.1.2019 klo 11.35 - Ann: text
//! 2019년 1월 28일 오후 11:35, Ann : text      11:35, 28/01/2019 - Ann: text
//! ```
//!
//! Digits of other scripts count as digits, marks of direction as nothing. Words beside the hour
//! are passed over unless they name the half of the day.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};

use crate::comment::{Clock, Moment, Precision};

/// One entry as written.
pub(super) struct Entry {
    /// The three numbers of the date.
    date: [u32; 3],
    time: [u32; 3],
    has_seconds: bool,
    /// Name and text.
    pub(super) rest: String,
    pub(super) line: u32,
}

/// What the first number of a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    Day,
    Month,
    Year,
}

static DATE_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^\[?(?P<a>\d{1,4})\s?[./\-年년]\s?(?P<b>\d{1,2})\s?[./\-月월]\s?(?P<c>\d{2,4})",
        r"(?:\s?[日일]|\.)?(?:\s?г\.)?[,،、]?\s?",
        r"(?:(?P<before>[\p{L}\p{M}.]{1,12}(?:\s[\p{L}]{1,4})?)\s?)?",
        r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2}))?",
        r"(?:\s?(?P<after>[\p{L}\p{M}.\u{200c} ]{1,14}?))??\s?",
        r"(?:\]|\s[-–]|[-–]\s|,)\s?(?P<rest>.*)$",
    ))
    .expect("the pattern is fixed")
});

static TIME_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^\[?(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?(?:\s?(?P<after>[AaPp]\.?\s?[Mm]\.?))?,?\s",
        r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{2,4})(?P<before>)",
        r"(?:\]|\s[-–])\s(?P<rest>.*)$",
    ))
    .expect("the pattern is fixed")
});

/// A line that begins an entry, its time in plain digits.
fn captures(line: &str) -> Option<Captures<'_>> {
    // The expressions take milliseconds to build: hardly any input that is no chat needs them.
    line.strip_prefix('[').unwrap_or(line).chars().next().filter(|c| c.is_numeric())?;
    DATE_FIRST.captures(line).filter(is_complete).or_else(|| TIME_FIRST.captures(line))
}

/// A comma ends the time in Korean alone; elsewhere it only parts time and date.
fn is_complete(found: &Captures<'_>) -> bool {
    let rest_start = found.name("rest").map_or(0, |rest| rest.start());
    let whole = &found[0];
    let is_korean = whole.contains('년');
    let ends_with_comma = whole[..rest_start].trim_end().ends_with(',');
    !ends_with_comma || is_korean
}

/// The line begins an entry.
pub(super) fn begins(line: &str) -> bool {
    captures(&plain(line)).is_some()
}

/// The head of a line in plain digits and without marks of direction; what follows the head is
/// left as it is.
fn plain(line: &str) -> String {
    const HEAD: usize = 48;
    let mut text = String::with_capacity(line.len());
    for (place, character) in line.chars().enumerate() {
        match character {
            _ if place >= HEAD => text.push(character),
            '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            '\u{a0}' | '\u{202f}' | '\u{2009}' => text.push(' '),
            '\u{660}'..='\u{669}' => text.push(digit(character, 0x660)),
            '\u{6f0}'..='\u{6f9}' => text.push(digit(character, 0x6f0)),
            '\u{966}'..='\u{96f}' => text.push(digit(character, 0x966)),
            '\u{9e6}'..='\u{9ef}' => text.push(digit(character, 0x9e6)),
            _ => text.push(character),
        }
    }
    text
}

/// What follows a head that ends at a byte of the plain text, as it is written in the line.
fn after<'l>(line: &'l str, end: usize, text: &str) -> &'l str {
    // As many characters of the line are kept in its head as the plain head has.
    let mut left = text[..end].chars().count();
    let at = line.char_indices().find(|(_, character)| {
        let is_kept = !plain(character.encode_utf8(&mut [0; 4])).is_empty();
        if is_kept {
            left = left.wrapping_sub(1);
        }
        is_kept && left == usize::MAX
    });
    at.map_or("", |(at, _)| &line[at..])
}

fn digit(character: char, zero: u32) -> char {
    char::from_digit(character as u32 - zero, 10).unwrap_or(character)
}

impl Entry {
    /// Reads the line that begins an entry.
    pub(super) fn read(line: &str, number: u32) -> Option<Self> {
        let text = plain(line);
        let found = captures(&text)?;
        let value =
            |name| found.name(name).and_then(|m| m.as_str().parse().ok()).unwrap_or_default();
        let hour: u32 = value("h");
        let word = |name| found.name(name).map_or("", |word| word.as_str());
        let hour = match half(word("before")).or_else(|| half(word("after"))) {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        Some(Self {
            date: [value("a"), value("b"), value("c")],
            time: [hour, value("m"), value("s")],
            has_seconds: found.name("s").is_some(),
            rest: after(line, found.name("rest")?.start(), &text).trim_start().to_owned(),
            line: number,
        })
    }

    /// When it was written, on the phone's clock.
    pub(super) fn moment(&self, order: First) -> Option<Moment> {
        let [a, b, c] = self.date;
        let (year, month, day) = match order {
            First::Day => (c, b, a),
            First::Month => (c, a, b),
            First::Year => (a, b, c),
        };
        let year = match year {
            0..=99 => year + 2000,
            // Years of the Buddhist era, as phones in Thailand write them.
            2400..=2700 => year - 543,
            _ => year,
        };
        let [hour, minute, second] = self.time;
        let time =
            NaiveDate::from_ymd_opt(year as i32, month, day)?.and_hms_opt(hour, minute, second)?;
        let precision = if self.has_seconds { Precision::Second } else { Precision::Minute };
        Some(Moment { millis: time.and_utc().timestamp_millis(), precision, clock: Clock::Local })
    }
}

/// Which half of the day a word names: the second one if true.
fn half(word: &str) -> Option<bool> {
    let word: String =
        word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    match word.as_str() {
        "am" | "ص" | "πμ" | "قظ" | "قبلازظهر" | "öö" | "ap" | "fm" | "pd" | "上午" | "午前"
        | "凌晨" | "早上" | "오전" | "de" | "vm" | "sa" => Some(false),
        "pm" | "م" | "μμ" | "بظ" | "بعدازظهر" | "ös" | "ip" | "em" | "md" | "下午" | "午後"
        | "中午" | "晚上" | "오후" | "du" | "nm" | "ch" => Some(true),
        other if other.starts_with("पूर्वा") || other.starts_with("परवहन") => {
            Some(false)
        }
        other if other.starts_with("अपरा") || other.starts_with("अपर") => Some(true),
        _ => None,
    }
}

/// The order of the numbers in which all dates exist and time runs on; whether that is the only
/// one.
pub(super) fn order(entries: &[Entry]) -> (First, bool) {
    if entries.iter().any(|entry| entry.date[0] > 31) {
        return (First::Year, true);
    }
    let faults = |order| {
        let times: Vec<Option<i64>> =
            entries.iter().map(|entry| entry.moment(order).map(|m| m.millis)).collect();
        let absent = times.iter().filter(|time| time.is_none()).count();
        absent * 1000 + times.windows(2).filter(|pair| pair[1] < pair[0]).count()
    };
    let (day_first, month_first) = (faults(First::Day), faults(First::Month));
    let order = if month_first < day_first { First::Month } else { First::Day };
    (order, day_first != month_first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, order: First, time: &str) {
        let entry = Entry::read(line, 1).expect("an entry");
        let found =
            entry.moment(order).and_then(|m| chrono::DateTime::from_timestamp_millis(m.millis));
        let found = found.map(|time| time.format("%Y-%m-%d %H:%M:%S").to_string());
        assert_eq!(found.as_deref(), Some(time), "{line}");
        assert_eq!(entry.rest.replace(" :", ":"), "Ann: hi", "{line}");
    }

    #[test]
    fn times_are_read_as_phones_write_them() {
        use First::{Day, Month, Year};
        check("[28.01.19, 11:35:07] Ann: hi", Day, "2019-01-28 11:35:07");
        check("\u{200e}[1/28/19, 11:35:07\u{202f}PM] Ann: hi", Month, "2019-01-28 23:35:07");
        check("28/01/2019, 11:35 - Ann: hi", Day, "2019-01-28 11:35:00");
        check("28/1/19 11:35 p. m. - Ann: hi", Day, "2019-01-28 23:35:00");
        check("28-01-19 09:05 - Ann: hi", Day, "2019-01-28 09:05:00");
        check("28.1.2019 klo 11.35 - Ann: hi", Day, "2019-01-28 11:35:00");
        check("28/01/2019 à 11:35 - Ann: hi", Day, "2019-01-28 11:35:00");
        check("28.01.19 г., 11:35 ч. - Ann: hi", Day, "2019-01-28 11:35:00");
        check("2019. 01. 28. 11:35 - Ann: hi", Year, "2019-01-28 11:35:00");
        check("2019-01-28, 11:35 a.m. - Ann: hi", Year, "2019-01-28 11:35:00");
        check("[2019/1/28 下午11:35:07] Ann: hi", Year, "2019-01-28 23:35:07");
        check("2019/1/28 上午12:05 - Ann: hi", Year, "2019-01-28 00:05:00");
        check("2019년 1월 28일 오후 11:35, Ann : hi", Year, "2019-01-28 23:35:00");
        check("[٢٨\u{200f}/١\u{200f}/٢٠١٩، ١١:٣٥:٠٧ م] Ann: hi", Day, "2019-01-28 23:35:07");
        check("11:35, 28/01/2019 - Ann: hi", Day, "2019-01-28 11:35:00");
        check("28/1/2562 11:35 - Ann: hi", Day, "2019-01-28 11:35:00");
    }

    #[test]
    fn other_lines_begin_no_entry() {
        for line in [
            "28.01.19, then",
            "1. 2. 3.",
            "at 11:35 - no date",
            "12/12/12",
            "28.01.2019, 11:35, Ann: x",
        ] {
            assert!(!begins(line), "{line}");
        }
    }
}
