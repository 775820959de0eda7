//! Days and years that were glued to the number of a name: `ann842 May 2019`, `ann842019-05-02`.

use super::tokens::{Kind, Token, is_tight};
use super::vocabulary;

/// Makes the number of a name and the day behind it tokens of their own, where a month and a year
/// follow. The day has two digits where these are one.
pub(super) fn part_days(tokens: &mut Vec<Token>) {
    let mut i = 1;
    while i < tokens.len() {
        if let Some((value, digits @ 3..=8)) = tokens[i].number()
            && is_tight(tokens, i)
            && (tokens[i - 1].word().is_some() || tokens[i - 1].sign() == Some('_'))
            && is_month_of_year(tokens, i + 1)
        {
            let taken = if (10..=31).contains(&(value % 100)) { 2 } else { 1 };
            let power = 10_u32.pow(u32::from(taken));
            let end = tokens[i].end;
            let at = end - usize::from(taken);
            tokens[i] = Token {
                start: tokens[i].start,
                end: at,
                kind: Kind::Number(value / power, digits - taken),
            };
            let day = Token { start: at, end, kind: Kind::Number(value % power, taken) };
            tokens.insert(i + 1, day);
            i += 1;
        } else if let Some((value, digits @ 5..=9)) = tokens[i].number()
            && is_tight(tokens, i)
            && tokens[i - 1].word().is_some()
            && (1990..2200).contains(&(value % 10_000))
            && is_month_and_day(tokens, i + 1)
        {
            let (start, end) = (tokens[i].start, tokens[i].end);
            let kind = Kind::Number(value / 10_000, digits - 4);
            tokens[i] = Token { start, end: end - 4, kind };
            let year = Token { start: end - 4, end, kind: Kind::Number(value % 10_000, 4) };
            tokens.insert(i + 1, year);
            i += 1;
        }
        i += 1;
    }
}

/// `-05-02`, right behind the year.
fn is_month_and_day(tokens: &[Token], at: usize) -> bool {
    let is_pair = |at: usize| {
        is_tight(tokens, at)
            && tokens[at].sign() == Some('-')
            && is_tight(tokens, at + 1)
            && matches!(tokens[at + 1].number(), Some((1..=31, 2)))
    };
    is_pair(at) && is_pair(at + 2)
}

/// A month and its year, as they follow a day: `. Mai 2019`, `de mayo de 2019`.
fn is_month_of_year(tokens: &[Token], at: usize) -> bool {
    let skip = |mut i: usize| {
        while tokens.get(i).is_some_and(|token| {
            matches!(token.sign(), Some('.' | ',')) || token.word().is_some_and(vocabulary::is_link)
        }) {
            i += 1;
        }
        i
    };
    let month = skip(at);
    let is_month = tokens.get(month).and_then(Token::word).and_then(vocabulary::month).is_some();
    let year = tokens.get(skip(month + 1)).and_then(Token::number);
    is_month && matches!(year, Some((1900..=2199, 4)))
}
