//! A line as tokens: numbers, words and signs, each with its place, for the date finder.
//!
//! A word ends where letters end, and also where a small letter meets a capital one, and before the last
//! capital of several: names and
//! dates that stand side by side on a page are often glued in its text (`AnnMay 30, 2019`). Digits
//! of all scripts are read. Chinese and Japanese characters that mean a unit of dates are words of
//! their own.

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// First byte in the line.
    pub(super) start: usize,
    /// The byte behind it.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number and how many digits it has.
    Number(u32, u8),
    /// A word in lower case.
    Word(String),
    /// Any other character that is no white space.
    Sign(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) const fn number(&self) -> Option<(u32, u8)> {
        match self.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) const fn sign(&self) -> Option<char> {
        match self.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }
}

/// Splits a line. Runs of more than nine digits are one number of value 0 that fits no date.
pub(super) fn split(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if is_blank(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if let Some(digit) = digit(c) {
            let (mut value, mut digits) = (digit, 1_u8);
            while let Some((i, d)) = chars.peek().and_then(|(i, c)| Some((*i, digit_of(*c)?))) {
                let c = chars.next().map_or(1, |(_, c)| c.len_utf8());
                end = i + c;
                digits = digits.saturating_add(1);
                value = if digits > 9 { 0 } else { value * 10 + d };
            }
            Kind::Number(value, digits)
        } else if is_unit_sign(c) {
            Kind::Word(unit_word(c, &mut chars, &mut end))
        } else if c.is_alphabetic() {
            let mut last = c;
            while let Some(&(i, next)) = chars.peek() {
                let small_follows = || line[i + next.len_utf8()..].starts_with(char::is_lowercase);
                let is_glued = next.is_uppercase()
                    && (last.is_lowercase() || last.is_uppercase() && small_follows());
                if !is_letter(next) || is_unit_sign(next) || is_glued {
                    break;
                }
                end = i + next.len_utf8();
                last = next;
                chars.next();
            }
            Kind::Word(line[start..end].to_lowercase())
        } else {
            Kind::Sign(c)
        };
        tokens.push(Token { start, end, kind });
    }
    tokens
}

/// White space, and the marks that browsers put invisibly between the parts of a line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}')
}

fn digit_of(c: char) -> Option<u32> {
    digit(c)
}

/// The value of a digit of the scripts that dates are written in.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

fn is_unit_sign(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | 'か' | 'ヶ' | '\u{ac00}'..='\u{d7a3}')
}

/// Words of scripts without spaces that the finder knows; the longest one wins.
fn unit_word(
    first: char,
    chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    end: &mut usize,
) -> String {
    const LONG: &[&str] = &[
        "小时", "小時", "時間", "시간", "分钟", "分鐘", "个月", "か月", "ヶ月", "개월", "週間",
        "之前", "上午", "下午", "晚上", "午前", "午後", "오전", "오후", "今天", "今日", "오늘",
        "昨天", "昨日", "어제", "前天", "刚刚", "剛剛",
    ];
    let mut word = first.to_string();
    if let Some(&(i, next)) = chars.peek() {
        let pair: String = [first, next].iter().collect();
        if LONG.contains(&pair.as_str()) {
            *end = i + next.len_utf8();
            word = pair;
            chars.next();
        }
    }
    word
}

/// Whether token `i` touches the one before it.
pub(super) fn is_tight(tokens: &[Token], i: usize) -> bool {
    i > 0 && tokens.get(i).is_some_and(|token| token.start == tokens[i - 1].end)
}

/// Whether tokens are one word in which letters and digits take turns (`Giu1i0`): a name.
pub(super) fn is_word(tokens: &[Token]) -> bool {
    let is_one = (1..tokens.len()).all(|i| is_tight(tokens, i));
    let words = tokens.iter().filter(|token| token.word().is_some()).count();
    let is_latin = tokens.iter().filter_map(Token::word).all(str::is_ascii);
    is_one
        && words > 1
        && is_latin
        && tokens.iter().all(|token| token.sign().is_none())
        && tokens[0].word().is_some()
}

/// Whether the tokens from `at` to before `behind` stand in the middle of a word (`Pri5c0`).
pub(super) fn is_inside(tokens: &[Token], at: usize, behind: usize) -> bool {
    let is_letter_or_digit = |i: usize| tokens.get(i).is_some_and(|t| t.sign().is_none());
    is_tight(tokens, at)
        && is_letter_or_digit(at - 1)
        && is_tight(tokens, behind)
        && is_letter_or_digit(behind)
}

/// Whether token `i` and the one before it are parts of one word.
pub(super) fn is_part(tokens: &[Token], i: usize) -> bool {
    // Words of scripts without spaces always touch.
    let is_apart = |i: usize| tokens[i].word().is_none_or(|word| word.starts_with(is_unit_sign));
    is_tight(tokens, i) && !is_apart(i) && !is_apart(i - 1)
}
