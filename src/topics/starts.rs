//! Where a text may begin to mention anything: the beginnings of words, filtered by their first
//! three letters.
//!
//! Patterns that begin with a letter or digit of ASCII, and at the beginning of a word, can only
//! match there. Most words begin like none of them, so the automaton is asked at few places. The
//! beginnings are found sixteen bytes at a time.

use crate::bytes::{self, Sixteen};

/// The first three characters of all patterns, as a set of their low five bits: letters fold, and
/// what collides is only asked once too often.
#[derive(Debug)]
pub(super) struct Starts {
    triples: Box<[u64; 512]>,
}

impl Starts {
    /// For these folded patterns; `None` if one of them begins with something else.
    pub(super) fn new<'p>(patterns: impl Iterator<Item = &'p str>) -> Option<Self> {
        let mut starts = Self { triples: Box::new([0; 512]) };
        for pattern in patterns {
            let mut chars = pattern.chars();
            let first = chars.next().filter(char::is_ascii_alphanumeric)? as u8;
            // A character that many others fold to (a space, an apostrophe) may be anything; so
            // may a letter that others than its capital fold to.
            let known = |c: Option<char>| c.filter(char::is_ascii_alphanumeric).map(|c| c as u8);
            let second = known(chars.next());
            let third = second.and_then(|_| known(chars.next()));
            for b in (0..32).filter(|b| second.is_none_or(|second| second & 31 == *b)) {
                for c in (0..32).filter(|c| third.is_none_or(|third| third & 31 == *c)) {
                    starts.add(first, b, c);
                }
            }
        }
        Some(starts)
    }

    fn add(&mut self, a: u8, b: u8, c: u8) {
        let place = place(a, b, c);
        self.triples[place >> 6] |= 1 << (place & 63);
    }

    /// Calls `found` for every place where a pattern may begin.
    #[inline]
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(usize)) {
        let bytes = text.as_bytes();
        let mut carry = 0;
        // Four times sixteen at once: the fewer ends of loops, the fewer are foreseen wrongly.
        for (block, chunk) in bytes.chunks(64).enumerate() {
            let (mut words, mut others) = (0_u64, 0_u64);
            for (part, sixteen) in bytes::sixteens(chunk, b' ').enumerate() {
                words |= u64::from(words_of(sixteen)) << (16 * part);
                if !sixteen.is_ascii() {
                    others |= u64::from(others_of(sixteen)) << (16 * part);
                }
            }
            let mut starts = words & !(words << 1 | carry) | others;
            carry = words >> 63;
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
        if four & 0x0080_8080 != 0 {
            return true;
        }
        let place = ((four & 31) << 10 | (four >> 3 & 0x3E0) | (four >> 16 & 31)) as usize;
        self.triples[place >> 6] >> (place & 63) & 1 == 1
    }
}

fn place(a: u8, b: u8, c: u8) -> usize {
    usize::from(a & 31) << 10 | usize::from(b & 31) << 5 | usize::from(c & 31)
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
        assert_eq!(places(&["team"], "Teams, a steam team; tea TEA-time"), [0, 15, 21, 25]);
        assert_eq!(places(&["o"], "on so o"), [0, 6]);
        assert!(places(&["war"], &"warts and all ".repeat(20)).iter().all(|at| at % 14 == 0));
        assert_eq!(places(&["war"], &"x".repeat(63)), [0_usize; 0]);
        assert_eq!(places(&["war"], &format!("{} war ends", "x".repeat(63))), [64]);
    }

    #[test]
    fn other_alphabets_are_none_of_its_business() {
        assert!(Starts::new(["нефть", "oil"].into_iter()).is_none());
    }
}
