//! Where a text may begin to mention anything: the beginnings of words, filtered by what they begin
//! with.
//!
//! Patterns that begin with a letter or digit, and at the beginning of a word, can only match there.
//! Most words begin like none of them, so the automaton is asked at few places. The beginnings are
//! found sixteen bytes at a time: words of ASCII by their first four letters, others by their first
//! six bytes (see [`super::leads`]).

use super::classes::Variants;
use super::leads::{self, Leads, WORDS, add, holds};
use crate::bytes::{self, Places, Sixteen, are_ascii, bits};

/// The first characters of all patterns; those of ASCII as sets of numbers made of their low five
/// bits: letters fold, and what collides is only asked once too often.
#[derive(Debug)]
pub(super) struct Starts {
    /// Four characters, mixed: what most words are turned away by.
    fours: Box<[u64; WORDS]>,
    /// Three characters, exactly: patterns that are shorter than four fill the other set.
    threes: Box<[u64; WORDS]>,
    /// Letters and digits that all patterns of ASCII begin with, three at most.
    shortest: usize,
    /// Beginnings beyond ASCII.
    leads: Leads,
}

impl Starts {
    /// For these folded patterns; `None` if one of them begins with neither a letter nor a digit.
    pub(super) fn new<'p>(patterns: impl Iterator<Item = &'p str> + Clone) -> Option<Self> {
        if !patterns.clone().all(|pattern| pattern.starts_with(char::is_alphanumeric)) {
            return None;
        }
        let none = || Box::new([0; WORDS]);
        let variants = Variants::of(patterns.clone().flat_map(|pattern| pattern.chars().take(6)));
        let beginnings = patterns.clone().flat_map(|pattern| beginnings(pattern, &variants));
        let leads = Leads::new(beginnings);
        let mut starts = Self { threes: none(), fours: none(), shortest: 3, leads };
        patterns.for_each(|pattern| starts.add(pattern));
        Some(starts)
    }

    /// Adds a pattern, if it begins with ASCII.
    fn add(&mut self, pattern: &str) {
        let mut chars = pattern.chars();
        let Some(first) = chars.next().filter(char::is_ascii) else { return };
        let length = pattern.bytes().take_while(u8::is_ascii_alphanumeric).count();
        self.shortest = self.shortest.min(length);
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
                    let four = u32::from_le_bytes([first as u8, b, c, d]);
                    add(&mut self.threes, three_of(four));
                    add(&mut self.fours, mixed(four));
                }
            }
        }
    }

    /// Calls `found` for every place where a pattern may begin.
    #[inline]
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(usize)) {
        let bytes = text.as_bytes();
        // Places of this chunk that come just behind a character of a word.
        let (mut behind, mut behind_letter) = (0, 0);
        for (block, chunk) in bytes::chunks(bytes, b' ').enumerate() {
            let words = bits(chunk.map(words_of));
            let inside = words << 1 | behind | behind_letter;
            behind = words >> 63;
            let mut starts = words & !inside;
            if are_ascii(chunk) {
                behind_letter = 0;
                // Shorter words begin nothing; those at the end may go on.
                for letter in 1..self.shortest {
                    starts &= words >> letter | !0 << (64 - letter);
                }
            } else {
                let letters = bits(chunk.map(leads::letters));
                let inside = inside | letters << 2;
                behind_letter = letters >> 62;
                let short = bits(chunk.map(leads::short));
                starts = starts & !inside | self.leads.places(chunk) & !(short & inside);
            }
            let mut likely = self.likely(bytes, block * 64, starts);
            while likely != 0 {
                found(block * 64 + likely.trailing_zeros() as usize);
                likely &= likely - 1;
            }
        }
    }

    /// Those of the places behind a byte where a pattern may begin. By itself, so that all that it
    /// needs for one word after the other is at hand.
    #[inline(never)]
    fn likely(&self, bytes: &[u8], begin: usize, mut places: u64) -> u64 {
        let mut likely = 0;
        while places != 0 {
            let place = places.trailing_zeros();
            if self.may_begin(bytes, begin + place as usize) {
                likely |= 1 << place;
            }
            places &= places - 1;
        }
        likely
    }

    #[inline]
    fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        // What is close to the end is not worth a second way.
        let Some(four) = bytes.get(at..).and_then(<[u8]>::first_chunk::<4>) else { return true };
        let four = u32::from_le_bytes(*four);
        if four & 0x8080_8080 != 0 {
            // A letter that is not ASCII may fold to one that is, and its bytes say nothing here.
            return four & 0x80 == 0 || self.leads.may_begin(bytes, at);
        }
        holds(&self.fours, mixed(four)) && holds(&self.threes, three_of(four))
    }
}

/// What a folded pattern may look like, as far as its first six bytes or its first space: a run of
/// white space counts as one.
fn beginnings(pattern: &str, variants: &Variants) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new()];
    for c in pattern.chars().take_while(|c| *c != ' ').take(6) {
        let longer = |begun: Vec<u8>| {
            if begun.len() >= 6 {
                return vec![begun];
            }
            let add =
                |variant: &char| [&begun, variant.encode_utf8(&mut [0; 4]).as_bytes()].concat();
            variants.get(c).iter().map(add).collect()
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

/// The number of the first three of four characters.
#[inline]
fn three_of(four: u32) -> usize {
    ((four & 31) << 10 | (four >> 3 & 0x3E0) | (four >> 16 & 31)) as usize
}

/// A number that depends on all of four characters.
#[inline]
fn mixed(four: u32) -> usize {
    leads::mixed(four & 0x1F1F_1F1F)
}

/// Where letters, digits or underscores of ASCII stand.
#[inline]
fn words_of(bytes: Sixteen) -> Places {
    let letters = bytes.folded().within(b'a', b'z');
    letters | bytes.within(b'0', b'9') | bytes.places_of(b'_')
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
    fn beginnings_of_words_in_other_alphabets() {
        let text = "Нефть, нефти ненефть ННефть \u{AB}нефть\u{BB} xнефть неФтяной газ, Neft";
        let expected: Vec<usize> =
            ["Нефть,", "нефти", "нефть\u{BB}", "неФтяной"].map(|w| text.find(w).expect(w)).into();
        let found = places(&["нефт", "oil"], text);
        assert!(expected.iter().all(|at| found.contains(at)), "{found:?}");
        // What begins alike is asked about, and a letter of ASCII before another alphabet's.
        assert_eq!(places(&["нефт", "oil"], "нефрит, ненефть, xнефть и яoil"), [0, 30]);
        assert_eq!(places(&["石油"], "中国石油和石头很大"), [6]);
        assert_eq!(places(&["k"], "\u{212A} lake side"), [0]);
        assert!(Starts::new(["#oil", "gas"].into_iter()).is_none());
    }

    #[test]
    fn what_counts_as_letters_by_the_first_byte_are_letters() {
        let is_told = |lead: u8| matches!(lead, 0xC4..=0xC9 | 0xD0..=0xD1);
        for c in
            ('\u{80}'..='\u{7FF}').filter(|c| is_told(c.encode_utf8(&mut [0; 4]).as_bytes()[0]))
        {
            assert!(c.is_alphanumeric(), "{c:?}");
        }
    }
}
