//! Counting words and characters, and telling own text from quoted text.
//!
//! Counting runs on every comment of a dump, so text in ASCII takes a short way that compilers
//! turn into vector instructions; a test holds it equal to Unicode's rules. Other text is cut at
//! white space, so that a typographic apostrophe costs only the word it stands in. Scripts that
//! are written without spaces are segmented (see [`super::segmentation`]).

use unicode_segmentation::UnicodeSegmentation;

use super::segmentation;

/// Number of words by Unicode's rules (UAX 29; by dictionary in scripts without spaces), and of
/// characters (scalar values), white space and quoted lines (`> `) included in neither.
#[must_use]
pub fn count(text: &str) -> (u32, u32) {
    let mut total = (0, 0);
    for part in own_parts(text) {
        let (words, chars) = count_part(part);
        total.0 += words;
        total.1 += chars;
    }
    total
}

/// The parts of a text that are not quoted, in order: maximal runs of lines that do not begin
/// with `>`. A quotation parts a text, so that no phrase is found across it.
pub fn own_parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while rest.starts_with('>') {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        }
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        // Most texts hold no mark of a quotation at all.
        let end = memchr::memchr_iter(b'>', bytes)
            .map(|mark| mark - 1)
            .find(|end| bytes[*end] == b'\n')
            .unwrap_or(rest.len());
        let part = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        Some(part)
    })
}

fn count_part(text: &str) -> (u32, u32) {
    let bytes = text.as_bytes();
    let mut total = (0, 0);
    let mut at = 0;
    while let Some(high) = first_high(&bytes[at..]).map(|i| at + i) {
        // A word that is not ASCII is counted whole, from the white space before it to that after.
        let start =
            bytes[at..high].iter().rposition(u8::is_ascii_whitespace).map_or(at, |i| at + i);
        let end = bytes[high..]
            .windows(2)
            .position(|pair| pair[0].is_ascii_whitespace() && pair[1].is_ascii())
            .map_or(bytes.len(), |i| high + i);
        let ascii = count_ascii(&bytes[at..start]);
        let other = count_unicode(&text[start..end]);
        total = (total.0 + ascii.0 + other.0, total.1 + ascii.1 + other.1);
        at = end;
    }
    let ascii = count_ascii(&bytes[at..]);
    (total.0 + ascii.0, total.1 + ascii.1)
}

/// Place of the first byte that is not ASCII.
fn first_high(bytes: &[u8]) -> Option<usize> {
    let blocks = bytes.chunks(64);
    let mut at = 0;
    for block in blocks {
        if !block.is_ascii() {
            return block.iter().position(|b| !b.is_ascii()).map(|i| at + i);
        }
        at += block.len();
    }
    None
}

fn count_unicode(text: &str) -> (u32, u32) {
    let chars = text.chars().filter(|c| !c.is_whitespace()).count() as u32;
    let words = if segmentation::is_needed(text) {
        let mut words = 0;
        segmentation::words(text, |_, _| words += 1);
        words
    } else {
        text.unicode_words().count() as u32
    };
    (words, chars)
}

/// Words and characters of ASCII. A word starts at a letter or digit that nothing joins to the
/// left: UAX 29 joins across one `.`, `'` or `:` between letters, one `.`, `'`, `,` or `;`
/// between digits, and across underscores.
fn count_ascii(bytes: &[u8]) -> (u32, u32) {
    let mut words = 0;
    let mut chars = 0;
    let (mut before, mut last) = (b' ', b' ');
    // Blocks short enough for counters of one byte, which vectorise best.
    for block in bytes.chunks(128) {
        let mut shifted = [b' '; 130];
        shifted[0] = before;
        shifted[1] = last;
        shifted[2..2 + block.len()].copy_from_slice(block);
        let (two, one) = (&shifted[..block.len()], &shifted[1..=block.len()]);
        let (mut starts, mut seen) = (0u8, 0u8);
        for ((&a, &b), &c) in two.iter().zip(one).zip(block) {
            let is_start = is_alnum(c) & !is_alnum(b) & !joins(a, b, c);
            starts += u8::from(is_start);
            seen += u8::from(!((c == b' ') | (c.wrapping_sub(9) < 5)));
        }
        words += u32::from(starts);
        chars += u32::from(seen);
        (before, last) = (shifted[block.len()], shifted[block.len() + 1]);
    }
    if bytes.contains(&b'_') {
        words -= joined_by_underscores(bytes);
    }
    (words, chars)
}

fn is_alpha(b: u8) -> bool {
    (b | 0x20).wrapping_sub(b'a') < 26
}

fn is_digit(b: u8) -> bool {
    b.wrapping_sub(b'0') < 10
}

fn is_alnum(b: u8) -> bool {
    is_alpha(b) | is_digit(b)
}

/// The middle of three characters joins its neighbours into one word.
// Both sides are cheap, and a branch would keep the loop from being vectorized.
#[allow(clippy::needless_bitwise_bool)]
fn joins(a: u8, b: u8, c: u8) -> bool {
    let between_both = (b == b'.') | (b == b'\'');
    let letters = is_alpha(a) & is_alpha(c) & (between_both | (b == b':'));
    let digits = is_digit(a) & is_digit(c) & (between_both | (b == b',') | (b == b';'));
    letters | digits
}

/// How many letters or digits were taken for a start although underscores join them to a word.
fn joined_by_underscores(bytes: &[u8]) -> u32 {
    let mut joined = 0;
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] != b'_' {
            i += 1;
            continue;
        }
        let first = i;
        while i < bytes.len() && bytes[i] == b'_' {
            i += 1;
        }
        let left = first > 0 && is_alnum(bytes[first - 1]);
        let right = i < bytes.len() && is_alnum(bytes[i]);
        joined += u32::from(left && right);
    }
    joined
}
