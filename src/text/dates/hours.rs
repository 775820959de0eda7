//! The time of day beside a date: `11:35 am`, `um 17:21 Uhr`, `à 12h05`, `@ 13:04`, `下午8:45`.

use super::tokens::Token;
use super::vocabulary;
use crate::text::moment::Precision;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeOfDay {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) precision: Precision,
    /// A 12-hour clock was used.
    pub(super) is_half_day: bool,
    /// Minutes east of UTC, where a zone is written.
    pub(super) offset: Option<i32>,
}

/// Reads a time that begins at token `at`; returns it and the index behind it.
///
/// `follows_at` says that a word such as `at` stands before it, which makes `14.30` and `5` times.
pub(super) fn parse(tokens: &[Token], at: usize, follows_at: bool) -> Option<(TimeOfDay, usize)> {
    let mut i = at;
    let mut afternoon = tokens.get(i)?.word().and_then(vocabulary::is_afternoon);
    if afternoon.is_some() {
        i += 1;
    }
    let (hour, digits) = tokens.get(i)?.number()?;
    if digits > 2 || hour > 24 {
        return None;
    }
    i += 1;
    let (mut minute, mut second) = (0, 0);
    let mut precision = Precision::Hour;
    let separator = separator(tokens, i, follows_at);
    if let Some((value, 2)) = separator.and_then(|n| tokens.get(i + n)).and_then(Token::number) {
        minute = value;
        precision = Precision::Minute;
        i += separator.unwrap_or_default() + 1;
        // `23 h 57 min`
        let is_spelt = separator == Some(1) && tokens[i - 2].word() == Some("h");
        if is_unit(tokens, i, &["分", "분"]) || is_spelt && is_unit(tokens, i, &["min", "mn"]) {
            i += 1;
        }
        if let (Some(':' | '.'), Some((value, 2))) =
            (tokens.get(i).and_then(Token::sign), tokens.get(i + 1).and_then(Token::number))
        {
            second = value;
            precision = Precision::Second;
            i += 2;
        }
    } else if separator.is_some() && is_unit(tokens, i, &["h", "時", "时", "시"]) {
        i += 1;
    }
    let mut is_half_day = false;
    if let Some((half, behind)) = half_of_day(tokens, i) {
        afternoon = Some(half);
        i = behind;
    }
    if let Some(is_afternoon) = afternoon {
        is_half_day = hour <= 12;
        if !follows_at && precision == Precision::Hour && i == at + 1 {
            return None;
        }
        let hour = if hour > 12 { hour } else { hour % 12 + if is_afternoon { 12 } else { 0 } };
        let time = TimeOfDay { hour, minute, second, precision, is_half_day, offset: None };
        return finish(tokens, time, i);
    }
    while tokens.get(i).and_then(Token::word).is_some_and(vocabulary::is_oclock) {
        i += 1;
    }
    if precision == Precision::Hour && i == at + 1 && !follows_at {
        return None;
    }
    let time = TimeOfDay { hour, minute, second, precision, is_half_day, offset: None };
    finish(tokens, time, i)
}

/// How many tokens part hours from minutes: a colon, an `h`, after `at` also a full stop.
fn separator(tokens: &[Token], i: usize, follows_at: bool) -> Option<usize> {
    let token = tokens.get(i)?;
    match token.sign() {
        Some(':' | '：' | '∶') => Some(1),
        Some('.') if follows_at && tokens[i - 1].end == token.start => Some(1),
        Some(_) => None,
        None => is_unit(tokens, i, &["h", "時", "时", "시", "点", "點"]).then_some(1),
    }
}

fn is_unit(tokens: &[Token], i: usize, words: &[&str]) -> bool {
    tokens.get(i).and_then(Token::word).is_some_and(|word| words.contains(&word))
}

/// `am`, `p.m.`, also split by the tokens.
fn half_of_day(tokens: &[Token], i: usize) -> Option<(bool, usize)> {
    let word = tokens.get(i)?.word()?;
    let dot = |k: usize| tokens.get(k).and_then(Token::sign) == Some('.');
    if matches!(word, "a" | "p" | "μ" | "π" | "ق" | "ب") && dot(i + 1) {
        let second = tokens.get(i + 2)?.word()?;
        matches!(second, "m" | "μ" | "ظ").then_some(())?;
        return Some((matches!(word, "p" | "μ" | "ب"), i + 3 + usize::from(dot(i + 3))));
    }
    vocabulary::is_afternoon(word).map(|half| (half, i + 1))
}

/// Adds the zone, and checks that such a time exists.
fn finish(tokens: &[Token], mut time: TimeOfDay, mut i: usize) -> Option<(TimeOfDay, usize)> {
    let exists = time.hour < 24 && time.minute < 60 && time.second < 61;
    let is_midnight = time.hour == 24 && time.minute == 0 && time.second == 0;
    if !exists && !is_midnight {
        return None;
    }
    let in_brackets = tokens.get(i).and_then(Token::sign) == Some('(');
    let start = i + usize::from(in_brackets);
    if let Some((offset, behind)) = zone(tokens, start) {
        let closes = tokens.get(behind).and_then(Token::sign) == Some(')');
        if !in_brackets || closes {
            time.offset = Some(offset);
            i = behind + usize::from(in_brackets);
        }
    }
    Some((time, i))
}

/// `EST`, `UTC`, `UTC+2`, `GMT+02:00`, `+0200`, `-05:00`.
fn zone(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let mut i = at;
    let mut base = None;
    if let Some(word) = tokens.get(i).and_then(Token::word) {
        base = Some(vocabulary::zone(word)?);
        i += 1;
    }
    let sign = match tokens.get(i).and_then(Token::sign) {
        Some('+') => 1,
        Some('-' | '−') => -1,
        _ => return base.map(|minutes| (minutes, i)),
    };
    let is_tight = tokens.get(i + 1).is_some_and(|number| number.start == tokens[i].end);
    let Some((value, digits)) = tokens.get(i + 1).and_then(Token::number).filter(|_| is_tight)
    else {
        return base.map(|minutes| (minutes, i));
    };
    let (hours, mut minutes, mut behind) = match digits {
        4 => (value / 100, value % 100, i + 2),
        1 | 2 if base.is_some() || digits == 2 => (value, 0, i + 2),
        _ => return base.map(|minutes| (minutes, i)),
    };
    if let (true, Some(':'), Some((value, 2))) = (
        digits < 4,
        tokens.get(behind).and_then(Token::sign),
        tokens.get(behind + 1).and_then(Token::number),
    ) {
        minutes = value;
        behind += 2;
    } else if digits == 2 && base.is_none() {
        return None;
    }
    (hours < 16 && minutes < 60).then(|| (sign * (hours * 60 + minutes) as i32, behind))
}
