//! What was typed, resolved: options of the library, and the tables of the inputs.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use rejoinder::analysis::Options;
use rejoinder::error::{Error, Result};
use rejoinder::formats::ReadOptions;
use rejoinder::formats::input::Limits;
use rejoinder::gather::Budget;
use rejoinder::linking::Absent;
use rejoinder::topics::Topics;
use rejoinder::topics::discovery::Discovery;

use crate::args::shared::{MissingParents, Source};
use crate::machine;

/// How to read, as the arguments say.
pub(crate) fn options(source: &Source, format: Option<&str>) -> Result<Options> {
    let zone_minutes = source.timezone.as_deref().map(zone).transpose()?;
    let captured_at = source
        .captured_at
        .as_deref()
        .map(|text| capture(text, zone_minutes.unwrap_or(0)))
        .transpose()?;
    let usual = Limits::default();
    let limits = Limits {
        document: source.max_size.unwrap_or(usual.document),
        record: source
            .max_record
            .map_or(usual.record, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX)),
        expansion: source.max_expansion.unwrap_or(usual.expansion),
    };
    let read = ReadOptions {
        format: format.map(str::to_owned),
        profiles: source.profile.iter().map(|path| text_of(path)).collect::<Result<_>>()?,
        encoding: source.encoding.clone(),
        zone_minutes,
        captured_at,
        columns: source.columns.iter().map(|pair| column(pair)).collect::<Result<_>>()?,
        skip_text: source.large.skip_text,
        by_subject: source.by_subject,
        limits,
        ..ReadOptions::default()
    };
    let topics = source.topics.as_deref().map(dictionary).transpose()?.unwrap_or_default();
    let discover = (source.topics.is_none() && !source.no_topics).then(Discovery::default);
    let absent = match source.missing_parents {
        MissingParents::Placeholder => Absent::Placeholder,
        MissingParents::Post => Absent::Post,
    };
    let budget = Budget {
        memory: records_of(source.large.memory.unwrap_or_else(machine::half_of_memory)),
        temp_dir: source.large.temp_dir.clone(),
        extent: None,
    };
    Ok(Options {
        read,
        topics: Arc::new(topics),
        discover,
        absent,
        separate: source.separate,
        skip_languages: source.large.skip_languages,
        budget,
        ..Options::default()
    })
}

/// Bytes for loose comments out of the memory that a run may use: the rest is for blocks,
/// batches and row groups at hand, which take the same whatever the input.
fn records_of(memory: u64) -> usize {
    let rest = 96 << 20;
    usize::try_from((memory / 2).max(memory.saturating_sub(rest) * 3 / 4)).unwrap_or(usize::MAX)
}

/// The topics of a dictionary.
fn dictionary(path: &Path) -> Result<Topics> {
    Topics::from_dictionary(&path.display().to_string(), &text_of(path)?)
}

/// A small text file that an argument names.
pub(crate) fn text_of(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|e| Error::read(path.display().to_string(), e))
}

/// An offset in minutes east of UTC: `UTC`, `Z`, `+02:00`, `-0330`, `+2`.
fn zone(text: &str) -> Result<i32> {
    let wrong = || {
        Error::usage(format!(
            "--timezone {text}: not an offset; write UTC or an offset such as +02:00 (names of \
             zones have several offsets a year)"
        ))
    };
    if matches!(text, "UTC" | "utc" | "Z" | "z" | "GMT") {
        return Ok(0);
    }
    let (sign, digits) = match text.split_at_checked(1) {
        Some(("+", digits)) => (1, digits),
        Some(("-", digits)) => (-1, digits),
        _ => return Err(wrong()),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at(2),
        None => (digits, "0"),
    };
    let number = |part: &str| match part.parse::<i32>() {
        Ok(n) if !part.starts_with('+') => Ok(n),
        _ => Err(wrong()),
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if (0..=14).contains(&hours) && (0..60).contains(&minutes) {
        Ok(sign * (hours * 60 + minutes))
    } else {
        Err(wrong())
    }
}

/// A time of capture in milliseconds since 1970 UTC; one without an offset is in the zone given.
fn capture(text: &str, zone_minutes: i32) -> Result<i64> {
    if let Ok(time) = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)) {
        return Ok(time.timestamp_millis());
    }
    let offset = i64::from(zone_minutes) * 60_000;
    // An offset without seconds is what people write, and RFC 3339 refuses.
    for shape in ["%Y-%m-%dT%H:%M%#z", "%Y-%m-%d %H:%M%#z"] {
        if let Ok(time) = DateTime::parse_from_str(text, shape) {
            return Ok(time.timestamp_millis());
        }
    }
    for shape in ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(text, shape) {
            return Ok(time.and_utc().timestamp_millis() - offset);
        }
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        let noon = date.and_hms_opt(12, 0, 0).unwrap_or_default();
        return Ok(noon.and_utc().timestamp_millis() - offset);
    }
    Err(Error::usage(format!(
        "--captured-at {text}: not a time; write 2024-05-01 or 2024-05-01T18:30+02:00"
    )))
}

/// `ours=theirs`.
fn column(pair: &str) -> Result<(String, String)> {
    match pair.split_once('=') {
        Some((ours, theirs)) if !ours.is_empty() && !theirs.is_empty() => {
            Ok((ours.trim().to_owned(), theirs.trim().to_owned()))
        }
        _ => Err(Error::usage(format!(
            "--columns {pair}: write OURS=THEIRS, such as id=comment_id,parent=reply_to"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_offsets() {
        for (text, minutes) in
            [("UTC", 0), ("Z", 0), ("+02:00", 120), ("-0330", -210), ("+2", 120), ("-05:00", -300)]
        {
            assert_eq!(zone(text).ok(), Some(minutes), "{text}");
        }
        for text in ["Europe/Berlin", "2", "+99", "+1:2:3", "", "+02:75", "é"] {
            assert!(zone(text).is_err(), "{text}");
        }
    }

    #[test]
    fn captures_are_times() {
        assert_eq!(capture("1970-01-01T00:00Z", 0).ok(), Some(0));
        assert_eq!(capture("1970-01-01 02:00", 120).ok(), Some(0));
        assert_eq!(capture("1970-01-01T01:00:00+01:00", 0).ok(), Some(0));
        assert_eq!(capture("1970-01-01T01:00+01:00", 0).ok(), Some(0));
        assert_eq!(capture("1970-01-01", 0).ok(), Some(12 * 3_600_000));
        assert!(capture("yesterday", 0).is_err());
    }
}
