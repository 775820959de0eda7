//! WhatsApp: a chat exported as text.
//!
//! Written by "Export chat" on a phone, as `_chat.txt` or `WhatsApp Chat with ….txt`. Each entry
//! begins with its time and name, in the shape of the phone's system and language:
//!
//! ```text
//! [28.01.19, 11:35:07] Ann Bee: text          iPhone
//! 28/01/2019, 11:35 - Ann Bee: text           Android
//! 1/28/19, 11:35 AM - Ann Bee: text
//! ```
//!
//! | field of ours | theirs |
//! |---|---|
//! | author | the name before the colon |
//! | parent | not stated: the export leaves replies out |
//! | created | the time, in the phone's zone |
//! | text | the rest of the line and all lines up to the next entry |
//!
//! Which number is the day is decided for the whole file: the order in which the entries follow
//! each other in time. Entries without a name (encryption notice, who joined) are counted. Media
//! are words in the text, as the export writes them.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};

use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink, input};
use crate::comment::{Clock, Comment, Layout, Moment, Name, Precision};
use crate::diagnostic::Oddity;
use crate::error::Result;
use crate::text::markup;

/// Chats of WhatsApp.
pub struct WhatsApp;

static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[\u{200e}\u{200f}\u{202a}\u{feff}]*\[?",
        r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{2,4})\.?,?[\s\u{202f}]+",
        r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2}))?",
        r"(?:[\s\u{202f}\u{a0}]*(?P<half>[AaPp])\.?[\s\u{202f}\u{a0}]?[Mm]\.?)?",
        r"(?:\]|[\s\u{202f}]-)[\s\u{200e}\u{200f}]+(?P<rest>.*)$",
    ))
    .expect("the pattern is fixed")
});

impl Format for WhatsApp {
    fn name(&self) -> &'static str {
        "whatsapp"
    }

    fn about(&self) -> &'static str {
        "WhatsApp chats exported as text"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let head = String::from_utf8_lossy(sample.head);
        let mut lines = head.lines().filter(|line| !line.trim().is_empty()).take(200);
        if !lines.next().is_some_and(|first| ENTRY.is_match(first)) {
            return 0.0;
        }
        let (mut entries, mut all) = (1, 1);
        for line in lines {
            all += 1;
            entries += usize::from(ENTRY.is_match(line));
        }
        if entries >= 2 && entries * 3 >= all { 0.95 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let source = input.name.clone();
        let text = input::text(input, options, sink)?.text;
        let mut threads = Threads::new(self.name(), &source, Layout::Flat, sink);
        let mut entries: Vec<Entry> = Vec::new();
        // The beginning of an entry that the end of the input cut.
        let last = text.rsplit('\n').next().unwrap_or_default();
        let is_start = |line: &str| line.starts_with(|c: char| c == '[' || c.is_ascii_digit());
        let is_cut = is_start(last) && !ENTRY.is_match(last);
        let whole = if is_cut { &text[..text.len() - last.len()] } else { &text };
        for (number, line) in whole.lines().enumerate() {
            if let Some(found) = ENTRY.captures(line) {
                entries.push(Entry::new(&found, number as u32 + 1));
            } else if let Some(entry) = entries.last_mut() {
                entry.rest.push('\n');
                entry.rest.push_str(line);
            }
        }
        let (order, is_sure) = order(&entries);
        if !is_sure && !entries.is_empty() {
            let message = "day and month could not be told apart; the day was taken as the first";
            threads.note(Oddity::AmbiguousDate, message.to_owned());
        }
        let mut notices = 0;
        for entry in entries {
            threads.record();
            let Some((name, said)) = entry
                .rest
                .split_once(": ")
                .or_else(|| entry.rest.split_once(":\n").filter(|(name, _)| !name.contains('\n')))
            else {
                notices += 1;
                continue;
            };
            let created = entry.moment(order);
            if created.is_none() {
                threads.bad_date(entry.line, &entry.rest);
            }
            let marks = ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '~', ' ', '\u{202f}'];
            let comment = Comment {
                author: Some(Name::from(name.trim_matches(marks))).filter(|name| !name.is_empty()),
                created,
                text: markup::plain(said.trim_start_matches('\u{200e}')),
                line: Some(entry.line),
                ..Comment::default()
            };
            threads.comment(&Name::default(), comment)?;
        }
        threads.unpublished(notices, "notices of the chat, such as who joined");
        if is_cut {
            threads.truncated();
        } else if !text.ends_with('\n') {
            threads.unended();
        }
        threads.finish()
    }
}

/// One entry as written.
struct Entry {
    /// The three numbers of the date.
    date: [u32; 3],
    time: [u32; 3],
    has_seconds: bool,
    /// Name and text.
    rest: String,
    line: u32,
}

/// What the first number of a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum First {
    Day,
    Month,
    Year,
}

impl Entry {
    fn new(found: &Captures<'_>, line: u32) -> Self {
        let number =
            |name| found.name(name).and_then(|m| m.as_str().parse().ok()).unwrap_or_default();
        let hour: u32 = number("h");
        let hour = match found.name("half").map(|half| half.as_str().to_ascii_lowercase()) {
            Some(half) if half == "p" && hour < 12 => hour + 12,
            Some(half) if half == "a" && hour == 12 => 0,
            _ => hour,
        };
        Self {
            date: [number("a"), number("b"), number("c")],
            time: [hour, number("m"), number("s")],
            has_seconds: found.name("s").is_some(),
            rest: found["rest"].to_owned(),
            line,
        }
    }

    fn moment(&self, order: First) -> Option<Moment> {
        let [a, b, c] = self.date;
        let (year, month, day) = match order {
            First::Day => (c, b, a),
            First::Month => (c, a, b),
            First::Year => (a, b, c),
        };
        let year = if year < 100 { year + 2000 } else { year };
        let [hour, minute, second] = self.time;
        let time =
            NaiveDate::from_ymd_opt(year as i32, month, day)?.and_hms_opt(hour, minute, second)?;
        let precision = if self.has_seconds { Precision::Second } else { Precision::Minute };
        Some(Moment { millis: time.and_utc().timestamp_millis(), precision, clock: Clock::Local })
    }
}

/// The order of the numbers in which all dates exist and time runs on; whether that is the only
/// one.
fn order(entries: &[Entry]) -> (First, bool) {
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
