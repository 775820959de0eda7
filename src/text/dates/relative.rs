//! Ages: `3 years ago`, `vor 2 Stunden`, `3 Jahre zuvor`, `il y a 5 mois`, `2h`, `yesterday`.
//!
//! The words stand in any order that a language or a translated template gives them
//! (`3 années il y a`), and up to three units follow one another (`1 hour, 51 minutes ago`).

use super::tokens::Token;
use super::vocabulary::{self, Unit};
use crate::text::moment::Precision;

/// An age that begins at token `at`: seconds, precision, whether no word makes it an age, and the
/// index behind it.
pub(super) fn age(tokens: &[Token], at: usize) -> Option<(i64, Precision, bool, usize)> {
    if let Some(behind) = now(tokens, at) {
        return Some((0, Precision::Minute, false, behind));
    }
    let mut i = opening(tokens, at);
    let is_opened = i > at;
    let (mut seconds, mut precision, mut parts) = (0_i64, Precision::Year, 0);
    let mut is_short = false;
    while parts < 3 {
        let start = if parts == 0 { i } else { skip_joint(tokens, i) };
        let Some((count, unit, behind)) = amount(tokens, start) else { break };
        seconds = seconds.saturating_add(i64::from(count).saturating_mul(unit.seconds));
        precision = unit.precision;
        is_short |= unit.is_short;
        parts += 1;
        i = behind;
    }
    i += usize::from(parts > 0 && is_closed(tokens, i));
    if parts == 0 {
        return None;
    }
    let closed = closing(tokens, i);
    // `for 3 years` is an age only in `for 3 timer siden`.
    let needs_both = matches!(tokens[at].word(), Some("for" | "för"));
    if needs_both && closed == i {
        return None;
    }
    let is_bare = !is_opened && closed == i;
    // `2015年` is a year, and `2015 Jahre` no age that a page would print.
    if is_bare
        && (tokens[at].number().is_some_and(|(_, digits)| digits > 3)
            || is_ideograph(&tokens[i - 1]))
    {
        return None;
    }
    if is_bare && is_short && !stands_alone(tokens, at, i) {
        return None;
    }
    Some((seconds, precision, is_bare, closed))
}

/// `today`, `gestern`: days back, and the index behind the word.
pub(super) fn days_back(tokens: &[Token], at: usize) -> Option<(i64, usize)> {
    let days = vocabulary::days_back(tokens.get(at)?.word()?)?;
    Some((days, at + 1))
}

/// `just now`, `right now`, `gerade eben`, `à l'instant`, `только что`.
fn now(tokens: &[Token], at: usize) -> Option<usize> {
    const PAIRS: &[(&str, &str)] = &[
        ("just", "now"),
        ("right", "now"),
        ("gerade", "eben"),
        ("jetzt", "gerade"),
        ("à", "l'instant"),
        ("à", "l’instant"),
        ("proprio", "ora"),
        ("ahora", "mismo"),
        ("agora", "mesmo"),
        ("zo", "net"),
        ("только", "что"),
        ("щойно", ""),
        ("刚刚", ""),
        ("剛剛", ""),
        ("たった今", ""),
        ("teraz", ""),
    ];
    let word = tokens.get(at)?.word()?;
    PAIRS.iter().find(|(first, _)| *first == word).and_then(|(_, second)| {
        if second.is_empty() {
            return Some(at + 1);
        }
        (tokens.get(at + 1)?.word()? == *second).then_some(at + 2)
    })
}

/// Words that open an age: `vor`, `il y a`, `for … siden`, `about`.
fn opening(tokens: &[Token], at: usize) -> usize {
    let word = |i: usize| tokens.get(i).and_then(Token::word).unwrap_or_default();
    let mut i = at;
    if word(i) == "il" && word(i + 1) == "y" && word(i + 2) == "a" {
        i += 3;
    } else if vocabulary::opens_age(word(i)) && word(i) != "ya" {
        i += 1;
    } else {
        return at;
    }
    while matches!(
        word(i),
        "etwa" | "ca" | "fast" | "über" | "environ" | "casi" | "circa" | "about"
    ) {
        i += 1;
    }
    i
}

/// Words that close an age: `ago`, `zuvor`, `il y a` behind the number, `ezelőtt`.
fn closing(tokens: &[Token], at: usize) -> usize {
    let word = |i: usize| tokens.get(i).and_then(Token::word).unwrap_or_default();
    if word(at) == "il" && word(at + 1) == "y" && word(at + 2) == "a" {
        at + 3
    } else if vocabulary::is_ago(word(at)) {
        at + 1
    } else {
        at
    }
}

/// `2 mo. ago`: a full stop stands before the word that closes an age.
fn is_closed(tokens: &[Token], at: usize) -> bool {
    let is_dot = tokens.get(at).and_then(Token::sign) == Some('.');
    is_dot && tokens.get(at + 1).and_then(Token::word).is_some_and(vocabulary::is_ago)
}

/// A number and a unit; `a year` counts as one.
fn amount(tokens: &[Token], at: usize) -> Option<(u32, Unit, usize)> {
    let token = tokens.get(at)?;
    let count = match (token.number(), token.word()) {
        (Some((value, digits)), _) if digits <= 4 => value,
        (_, Some(word)) if vocabulary::is_one(word) => 1,
        // Arabic and Hebrew leave the one out: `منذ سنة`; the dual is not resolved.
        _ => return None,
    };
    let unit_at = at + 1;
    let unit = vocabulary::unit(tokens.get(unit_at)?.word()?)?;
    let is_tight = token.end == tokens[unit_at].start || is_closed(tokens, unit_at + 1);
    if unit.is_short && (token.number().is_none() || !is_tight) {
        return None;
    }
    Some((count, unit, unit_at + 1))
}

fn is_ideograph(token: &Token) -> bool {
    token.word().is_some_and(|word| word.starts_with(|c| matches!(c, '\u{3400}'..='\u{9fff}')))
}

/// A comma or an `and` between two units.
fn skip_joint(tokens: &[Token], i: usize) -> usize {
    let is_joint = tokens.get(i).is_some_and(|token| {
        token.sign() == Some(',')
            || token
                .word()
                .is_some_and(|w| matches!(w, "and" | "und" | "et" | "e" | "y" | "en" | "и"))
    });
    i + usize::from(is_joint)
}

/// Nothing but a separator stands on both sides.
fn stands_alone(tokens: &[Token], at: usize, behind: usize) -> bool {
    let is_separator = |token: &Token| {
        matches!(
            token.sign(),
            Some('·' | '•' | '|' | '-' | '–' | '—' | '(' | ')' | '∙' | '⋅' | ',' | '*')
        )
    };
    (at == 0 || is_separator(&tokens[at - 1])) && tokens.get(behind).is_none_or(is_separator)
}
