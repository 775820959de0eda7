//! Where a text may begin to mention anything: the beginnings of words, filtered by their first
//! four letters.
//!
//! Patterns that begin with a letter or digit of ASCII, and at the beginning of a word, can only
//! match there. Most words begin like none of them, so the automaton is asked at few places. The
//! beginnings are found sixteen bytes at a time.

use crate::bytes::{self, Sixteen};

/// The first characters of all patterns, as sets of numbers made of their low five bits: letters
/// fold, and what collides is only asked once too often.
#[derive(Debug)]
pub(super) struct Starts {
    /// Three characters, exactly.
    threes: Box<[u64; WORDS]>,
    /// Four characters, mixed; short patterns fill it, so it is asked last.
    fours: Box<[u64; WORDS]>,
    /// Letters and digits that all patterns begin with, three at most.
    shortest: usize,
}

/// The numbers have so many bits.
const BITS: u32 = 15;
const WORDS: usize = 1 << (BITS - 6);

impl Starts {
    /// For these folded patterns; `None` if one of them begins with something else.
    pub(super) fn new<'p>(patterns: impl Iterator<Item = &'p str>) -> Option<Self> {
        let none = || Box::new([0; WORDS]);
        let mut starts = Self { threes: none(), fours: none(), shortest: 3 };
        for pattern in patterns {
            let mut chars = pattern.chars();
            let first = chars.next().filter(char::is_ascii_alphanumeric)? as u8;
            let length = pattern.bytes().take_while(u8::is_ascii_alphanumeric).count();
            starts.shortest = starts.shortest.min(length);
            let mut is_known = true;
            let mut may_follow = || {
                // A character that many others fold to (a space, an apostrophe) may be anything; so
                // may a letter that others than its capital fold to, and what comes after it.
                let known = chars.next().filter(|c| is_known && c.is_ascii_alphanumeric());
                is_known = known.is_some();
                known.map_or(0..32, |c| c as u8 & 31..(c as u8 & 31) + 1)
            };
            let (second, third, fourth) = (may_follow(), may_follow(), may_follow());
            for b in second {
                for c in third.clone() {
                    for d in fourth.clone() {
                        let four = u32::from_le_bytes([first, b, c, d]);
                        add(&mut starts.threes, three_of(four));
                        add(&mut starts.fours, mixed(four));
                    }
                }
            }
        }
        Some(starts)
    }

    /// Calls `found` for every place where a pattern may begin.
    #[inline]
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(usize)) {
        let bytes = text.as_bytes();
        let mut carry = 0;
        for (block, chunk) in bytes::chunks(bytes, b' ').enumerate() {
            let bits = |of: fn(Sixteen) -> u32| {
                let [a, b, c, d] = chunk.map(|sixteen| u64::from(of(sixteen)));
                a | b << 16 | c << 32 | d << 48
            };
            let words = bits(words_of);
            let mut starts = words & !(words << 1 | carry);
            carry = words >> 63;
            if chunk.iter().all(|part| part.is_ascii()) {
                // Shorter words begin nothing; those at the end may go on.
                for letter in 1..self.shortest {
                    starts &= words >> letter | !0 << (64 - letter);
                }
            } else {
                starts |= bits(others_of);
            }
            while starts != 0 {
                let at = block * 64 + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                if self.may_begin(bytes, at) {
                    found(at);
                }
            }
        }
    }

    #[inline]
    fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        // What is close to the end is not worth a second way.
        let Some(four) = bytes.get(at..).and_then(<[u8]>::first_chunk::<4>) else { return true };
        let four = u32::from_le_bytes(*four);
        // A letter that is not ASCII may fold to one that is, and its bytes say nothing.
        if four & 0x8080_8080 != 0 {
            return true;
        }
        holds(&self.threes, three_of(four)) && holds(&self.fours, mixed(four))
    }
}

fn add(set: &mut [u64; WORDS], number: usize) {
    set[number >> 6] |= 1 << (number & 63);
}

#[inline]
fn holds(set: &[u64; WORDS], number: usize) -> bool {
    set[number >> 6] >> (number & 63) & 1 == 1
}

/// The number of the first three of four characters.
#[inline]
fn three_of(four: u32) -> usize {
    ((four & 31) << 10 | (four >> 3 & 0x3E0) | (four >> 16 & 31)) as usize
}

/// A number that depends on all of four characters.
#[inline]
fn mixed(four: u32) -> usize {
    // Multiplied by 2^32 over the golden ratio, of which the highest bits count.
    ((four & 0x1F1F_1F1F).wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as usize
}

/// Where letters, digits or underscores of ASCII stand.
#[inline]
fn words_of(bytes: Sixteen) -> u32 {
    let letters = bytes.folded().within(b'a', b'z');
    (letters | bytes.within(b'0', b'9') | bytes.places_of(b'_')).bits()
}

/// Where one of the few characters that fold to such a letter (U+0130, U+017F, U+212A) begins, or
/// may do.
#[inline]
fn others_of(bytes: Sixteen) -> u32 {
    (bytes.within(0xC4, 0xC5) | bytes.places_of(0xE2)).bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(patterns: &[&str], text: &str) -> Vec<usize> {
        let starts = Starts::new(patterns.iter().copied()).expect("ASCII");
        let mut found = Vec::new();
        starts.each(text, |at| found.push(at));
        found
    }

    #[test]
    fn beginnings_of_words_with_the_right_letters() {
        assert_eq!(places(&["team"], "Teams, a steam team; tea TEA time"), [0, 15]);
        assert_eq!(places(&["tea"], "Teams, a steam team; tea TEA-time"), [0, 15, 21, 25]);
        assert_eq!(places(&["te-ar"], "tear, te-ar, te ar, team, tar te"), [0, 6, 13, 20, 30]);
        assert_eq!(places(&["o"], "on so o"), [0, 6]);
        assert_eq!(places(&["on"], "on on-on o, on"), [0, 3, 6, 12]);
        for before in 60..66 {
            let text = format!("{} war i\u{017F}", " ".repeat(before));
            let found = places(&["war", "isle"], &text);
            assert!(found.starts_with(&[before + 1, before + 5]), "{before}: {found:?}");
        }
        assert!(places(&["war"], &"warts and all ".repeat(20)).iter().all(|at| at % 14 == 0));
        assert_eq!(places(&["war"], &"x".repeat(63)), [0_usize; 0]);
        assert_eq!(places(&["war"], &format!("{} war ends", "x".repeat(63))), [64]);
    }

    #[test]
    fn other_alphabets_are_none_of_its_business() {
        assert!(Starts::new(["нефть", "oil"].into_iter()).is_none());
    }
}
