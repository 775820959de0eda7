//! Finds dates in a line, whatever stands around them.

use super::glued;
use super::hours::{self, TimeOfDay};
use super::relative;
use super::tokens::{self, Token, is_inside, is_part, is_tight, is_word};
use super::vocabulary;
use super::written::{Day, Written};

/// All dates of a line, from left to right, none overlapping another.
///
/// The work grows with the length of the line; callers need not look at whole paragraphs, since
/// the dates that matter stand in short lines or at the end of long ones.
///
/// ```
/// use rejoinder::text::dates::find;
/// let found = find("AnnMay 30, 2019 at 1:06 PM · Reply");
/// assert_eq!(found[0].span, 3..26);
/// ```
#[must_use]
pub fn find(line: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut tokens = tokens::split(line);
    glued::part_days(&mut tokens);
    let mut at = 0;
    while at < tokens.len() {
        match parse(&tokens, at) {
            Some((_, behind)) if is_word(&tokens[at..behind.max(at + 1)]) => {
                at = behind.max(at + 1);
            }
            Some((written, behind)) => {
                found.push(written);
                at = behind.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

fn parse(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    // A number or word that is part of a longer one is no beginning.
    if let Some((seconds, precision, is_bare, behind)) = relative::age(tokens, at)
        && !(is_bare && is_inside(tokens, at, behind))
    {
        let day = Day::Ago { seconds, precision };
        // `29 seconds ago (4:28 PM)`: the clock adds nothing, but belongs to it.
        let (time, all) = time_behind(tokens, behind);
        let is_told_twice = time.is_some()
            && tokens.get(behind).and_then(Token::sign) == Some('(')
            && tokens[all - 1].sign() == Some(')');
        let behind = if is_told_twice { all } else { behind };
        return Some((written(tokens, at, behind, day, None, None, is_bare), behind));
    }
    if let Some((days, behind)) = relative::days_back(tokens, at) {
        let (time, behind) = time_behind(tokens, behind);
        let is_bare = time.is_none();
        // `JulyForToday` is a name, whatever words it is made of; `Boston, MA` is a place.
        let is_place = tokens[at].word() == Some("ma");
        if is_bare && (is_part(tokens, at) || is_part(tokens, behind) || is_place) {
            return None;
        }
        return Some((
            written(tokens, at, behind, Day::DaysBack(days), time, None, is_bare),
            behind,
        ));
    }
    let (weekday, start) = weekday(tokens, at);
    let (day, behind, time, behind_all) = if let Some((day, behind)) = day(tokens, start) {
        let (time, behind_all) = time_behind(tokens, behind);
        (day, behind, time, behind_all)
    } else {
        let (time, behind) = hours::parse(tokens, start, false)?;
        let behind = skip(tokens, behind, |t| {
            matches!(t.sign(), Some(',' | '-' | '–' | '·'))
                || t.word().is_some_and(|w| matches!(w, "on" | "am" | "le" | "el" | "il" | "den"))
        });
        let (_, day_at) = self::weekday(tokens, behind);
        let (day, behind) = day(tokens, day_at)?;
        (day, behind, Some(time), behind)
    };
    if let Day::Named { year: None, month, day: Some(d) } = day {
        // `Mon Oct 29 10:07:12 2012`: the year stands behind the time.
        if let Some((year, 4)) = tokens.get(behind_all).and_then(Token::number)
            && time.is_some()
        {
            let day = Day::Named { year: Some(year as i32), month, day: Some(d) };
            let all = behind_all + 1;
            return Some((written(tokens, at, all, day, time, weekday, false), all));
        }
        if time.is_none()
            && weekday.is_none()
            && behind == start + 2
            && !is_alone(tokens, start, behind)
        {
            return None;
        }
    }
    Some((written(tokens, at, behind_all, day, time, weekday, false), behind_all))
}

fn written(
    tokens: &[Token],
    at: usize,
    behind: usize,
    day: Day,
    time: Option<TimeOfDay>,
    weekday: Option<u32>,
    is_bare: bool,
) -> Written {
    let last = &tokens[behind.max(at + 1) - 1];
    Written { span: tokens[at].start..last.end, is_bare, day, time, weekday }
}

/// Nothing but signs stands on both sides: a day and a month alone are then a date.
fn is_alone(tokens: &[Token], start: usize, behind: usize) -> bool {
    let is_sign = |token: &Token| token.sign().is_some();
    (start == 0 || is_sign(&tokens[start - 1])) && tokens.get(behind).is_none_or(is_sign)
}

fn skip(tokens: &[Token], mut i: usize, what: impl Fn(&Token) -> bool) -> usize {
    while tokens.get(i).is_some_and(&what) {
        i += 1;
    }
    i
}

/// A weekday and the punctuation behind it, if one stands here.
fn weekday(tokens: &[Token], at: usize) -> (Option<u32>, usize) {
    let day = tokens.get(at).and_then(Token::word).and_then(vocabulary::weekday);
    // `Mar, 08/05/2012`, `mar. 9 févr. 2021`: Tuesdays, where French, Italian or Spanish is written.
    let day = day.or_else(|| {
        let next = skip(tokens, at + 1, |t| matches!(t.sign(), Some(',' | '.')));
        let month = || tokens.get(next + 1).and_then(Token::word).and_then(vocabulary::month);
        let is_day = || tokens.get(next).is_some_and(|t| t.number().is_some());
        let is_tuesday = tokens.get(at)?.word()? == "mar"
            && (numbers(tokens, next).is_some() || is_day() && month().is_some());
        is_tuesday.then_some(2)
    });
    let Some(day) = day else { return (None, at) };
    // Two letters are a weekday in languages that write the day before the month: `Mo, 3. August`.
    // In `Moderate Mo August 3` they end a name.
    let is_short = tokens[at].word().is_some_and(|word| word.chars().count() == 2);
    let is_month = |t: &Token| t.word().is_some_and(|word| vocabulary::month(word).is_some());
    if is_short && tokens.get(at + 1).is_some_and(is_month) {
        return (None, at);
    }
    let behind = skip(tokens, at + 1, |t| {
        matches!(t.sign(), Some(',' | '.'))
            || t.word().is_some_and(|w| matches!(w, "the" | "den" | "le" | "der" | "feira" | "d"))
    });
    (Some(day), behind)
}

/// The day: `28 January 2019`, `January 28, 2019`, `28.01.2019`, `2019年1月28日`, `Jan 2019`.
fn day(tokens: &[Token], at: usize) -> Option<(Day, usize)> {
    match tokens.get(at)? {
        token if token.word().is_some() => month_first(tokens, at),
        token if token.number().is_some() => {
            year_first(tokens, at).or_else(|| day_first(tokens, at)).or_else(|| numbers(tokens, at))
        }
        _ => None,
    }
}

/// `January 28th, 2019`, `Feb 7 '14`, `Jan 2019`.
fn month_first(tokens: &[Token], at: usize) -> Option<(Day, usize)> {
    let month = vocabulary::month(tokens[at].word()?)?.0;
    let i = skip(tokens, at + 1, |t| matches!(t.sign(), Some('.' | ',' | '/' | '-')));
    let (value, digits) = tokens.get(i)?.number()?;
    if digits == 4 {
        return is_year(value)
            .then_some((Day::Named { year: Some(value as i32), month, day: None }, i + 1));
    }
    if digits > 2 || value == 0 {
        return None;
    }
    let behind = ordinal(tokens, i + 1);
    let (year, behind) = year_behind(tokens, behind, month_first_separator);
    Some((Day::Named { year, month, day: Some(value) }, behind))
}

fn month_first_separator(token: &Token) -> bool {
    matches!(token.sign(), Some(',' | '،' | '.' | '\'' | '’' | '/' | '-' | '`'))
        || token.word().is_some_and(vocabulary::is_link)
}

/// `28. January, 2019`, `28 de enero de 2019`, `28-Jan-19`, `28 January`.
fn day_first(tokens: &[Token], at: usize) -> Option<(Day, usize)> {
    let (value, digits) = tokens[at].number()?;
    if digits > 2 || value == 0 {
        return None;
    }
    let i = skip(tokens, ordinal(tokens, at + 1), |t| {
        matches!(t.sign(), Some('.' | '-' | '/' | ',' | 'º' | 'ª' | '°'))
            || t.word().is_some_and(vocabulary::is_link)
    });
    let month = vocabulary::month(tokens.get(i)?.word()?)?.0;
    let (year, behind) = year_behind(tokens, i + 1, month_first_separator);
    // `bob7, May 4, 2019`: the date begins behind the number, which belongs to a name.
    if year.is_none() && month_first(tokens, i).is_some_and(is_whole) {
        return None;
    }
    Some((Day::Named { year, month, day: Some(value) }, behind))
}

/// With day and year.
fn is_whole((day, _): (Day, usize)) -> bool {
    matches!(day, Day::Named { year: Some(_), day: Some(_), .. })
}

/// `st`, `nd`, `rd`, `th`, `er`, `º` behind a day.
fn ordinal(tokens: &[Token], i: usize) -> usize {
    let is_suffix = tokens.get(i).and_then(Token::word).is_some_and(|word| {
        matches!(
            word,
            "st" | "nd" | "rd" | "th" | "er" | "re" | "º" | "ª" | "η" | "e" | "ste" | "te"
        )
    });
    i + usize::from(is_suffix && is_tight(tokens, i))
}

/// A year behind day and month: four digits, or two that are no hour.
fn year_behind(
    tokens: &[Token],
    at: usize,
    separator: impl Fn(&Token) -> bool,
) -> (Option<i32>, usize) {
    let i = skip(tokens, at, separator);
    let Some((value, digits)) = tokens.get(i).and_then(Token::number) else { return (None, at) };
    match digits {
        4 if is_year(value) => {
            // `г.`, `р.` and `г` close a Russian year.
            let behind = skip(tokens, i + 1, |t| {
                t.word().is_some_and(|w| matches!(w, "г" | "р" | "года" | "року" | "թ"))
            });
            let dot = behind > i + 1 && tokens.get(behind).and_then(Token::sign) == Some('.');
            (Some(value as i32), behind + usize::from(dot))
        }
        2 => {
            let marked =
                i > 0 && matches!(tokens[i - 1].sign(), Some('\'' | '’' | '`' | '-' | '/'));
            let is_hour = matches!(tokens.get(i + 1).and_then(Token::sign), Some(':'));
            if marked || (!is_hour && i > at && value > 31) {
                (Some(two_digit_year(value)), i + 1)
            } else {
                (None, at)
            }
        }
        _ => (None, at),
    }
}

const fn is_year(value: u32) -> bool {
    matches!(value, 1900..=2199)
}

/// Two digits mean 1970 to 2069.
const fn two_digit_year(value: u32) -> i32 {
    value as i32 + if value < 70 { 2000 } else { 1900 }
}

/// `2019-01-28`, `2019/1/28`, `2019年1月28日`, `2019. 1. 28.`, `2019. január 28.`.
fn year_first(tokens: &[Token], at: usize) -> Option<(Day, usize)> {
    let (year, 4) = tokens[at].number()? else { return None };
    if !is_year(year) {
        return None;
    }
    let year = Some(year as i32);
    let part = |i: usize, words: &[&str]| -> usize {
        let word = tokens.get(i).and_then(Token::word).is_some_and(|word| words.contains(&word));
        let sign = matches!(tokens.get(i).and_then(Token::sign), Some('-' | '/' | '.'));
        i + usize::from(word || sign)
    };
    let i = part(at + 1, &["年", "년", "t"]);
    if let Some(month) = tokens.get(i).and_then(Token::word).and_then(vocabulary::month) {
        let (day, digits) = tokens.get(i + 1)?.number()?;
        // `bob1975 May 3, 2019`: the number belongs to a name.
        if digits > 2 || month_first(tokens, i).is_some_and(is_whole) {
            return None;
        }
        let dot = tokens.get(i + 2).and_then(Token::sign) == Some('.');
        return Some((
            Day::Named { year, month: month.0, day: Some(day) },
            i + 2 + usize::from(dot),
        ));
    }
    if i == at + 1 {
        return None;
    }
    let (month, digits) = tokens.get(i)?.number()?;
    let j = part(i + 1, &["月", "월"]);
    if digits > 2 || j == i + 1 {
        return None;
    }
    let (day, digits) = tokens.get(j)?.number()?;
    if digits > 2 {
        return None;
    }
    let end = tokens.get(j + 1).is_some_and(|t| matches!(t.word(), Some("日" | "일")));
    let iso = tokens.get(j + 1).and_then(Token::word) == Some("t") && is_tight(tokens, j + 1);
    let dot =
        tokens.get(j + 1).and_then(Token::sign) == Some('.') && tokens[j - 1].sign() == Some('.');
    Some((Day::Named { year, month, day: Some(day) }, j + 1 + usize::from(end || iso || dot)))
}

/// `14/04/2020`, `14.4.20`, `04-09-2005`, `17.07, 2011`.
fn numbers(tokens: &[Token], at: usize) -> Option<(Day, usize)> {
    // A number in front (`192.168.0.1`, `1/2/3/4`) makes this part of something longer; the initial
    // of a name that the date is glued to (`Jana K.12.03.2019`) does not.
    if at > 1 && is_tight(tokens, at) {
        let is_initial = || tokens[at - 2].word().is_some_and(|word| word.chars().count() == 1);
        match tokens[at - 1].sign() {
            Some('.') if is_initial() => {}
            Some('.' | '/' | '-' | '$' | '€') => return None,
            _ => {}
        }
    }
    let (first, digits) = tokens.get(at)?.number()?;
    let sign = tokens.get(at + 1)?.sign().filter(|sign| matches!(sign, '/' | '.' | '-'))?;
    let (second, digits2) = tokens.get(at + 2)?.number()?;
    if digits > 2 || digits2 > 2 {
        return None;
    }
    let is_spaced = !is_tight(tokens, at + 1) || !is_tight(tokens, at + 2);
    if is_spaced && sign != '.' {
        return None;
    }
    let third = tokens.get(at + 3)?;
    let (year_at, is_same) = match third.sign() {
        Some(s) if s == sign => (at + 4, true),
        Some(',') if sign == '.' => (at + 4, false),
        _ => return None,
    };
    let (year, digits) = tokens.get(year_at)?.number()?;
    let year = match digits {
        4 if is_year(year) => year as i32,
        2 if is_same && !is_spaced => two_digit_year(year),
        _ => return None,
    };
    let more = tokens.get(year_at + 1).and_then(Token::sign);
    if more == Some(sign)
        && is_tight(tokens, year_at + 1)
        && is_tight(tokens, year_at + 2)
        && tokens.get(year_at + 2).is_some_and(|t| t.number().is_some())
    {
        return None;
    }
    Some((Day::Numbers { first, second, year: Some(year), sign }, year_at + 1))
}

/// `19.15` right behind a year, and nothing longer, is a time.
fn is_dotted(tokens: &[Token], at: usize, i: usize) -> bool {
    let two = |i: usize| tokens.get(i).and_then(Token::number).is_some_and(|(_, n)| n == 2);
    let dot = |i: usize| tokens.get(i).and_then(Token::sign) == Some('.');
    let is_year = at > 0 && tokens[at - 1].number().is_some_and(|(_, digits)| digits == 4);
    is_year
        && two(i)
        && dot(i + 1)
        && two(i + 2)
        && is_tight(tokens, i + 1)
        && is_tight(tokens, i + 2)
        && !dot(i + 3)
}

/// Behind `(Wed)`, as image boards print it between day and time.
fn behind_weekday(tokens: &[Token], at: usize) -> usize {
    let sign = |i: usize| tokens.get(i).and_then(Token::sign);
    let is_weekday =
        sign(at) == Some('(') && sign(at + 2) == Some(')') && weekday(tokens, at + 1).0.is_some();
    if is_weekday { at + 3 } else { at }
}

/// The time behind a day, with what parts them: `, `, ` @ `, ` at `, ` // `, ` - `.
fn time_behind(tokens: &[Token], at: usize) -> (Option<TimeOfDay>, usize) {
    let mut i = behind_weekday(tokens, at);
    let mut follows_at = false;
    while let Some(token) = tokens.get(i) {
        let is_sign = matches!(
            token.sign(),
            Some(',' | '،' | '@' | '-' | '–' | '—' | '/' | '|' | '·' | '•' | ';' | ':' | '.' | '(')
        );
        let is_at = token.word().is_some_and(vocabulary::is_at);
        if !(is_sign || is_at) || i - at > 3 {
            break;
        }
        // `2014 en 4 ciudades`: the word stands before much else.
        let is_loose = token.word() == Some("en");
        follows_at = is_at && !is_loose || token.sign() == Some('@');
        i += 1;
    }
    match hours::parse(tokens, i, follows_at || is_dotted(tokens, at, i)) {
        Some((time, behind)) => {
            let opened = tokens[at..i].iter().any(|t| t.sign() == Some('('));
            let closes = opened && tokens.get(behind).and_then(Token::sign) == Some(')');
            (Some(time), behind + usize::from(closes))
        }
        None => (None, at),
    }
}
