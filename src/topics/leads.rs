//! Where words begin that patterns in other alphabets than ASCII's may match.
//!
//! In UTF-8 the first byte of a letter tells its alphabet and little more; the first six bytes tell
//! three letters of most alphabets, or two of a script of many. So a word is asked about only if its
//! first six bytes are those of some pattern, in any case.

use crate::bytes::{Places, Sixteen, bits};

/// The first bytes of all patterns that do not begin with ASCII.
#[derive(Debug)]
pub(super) struct Leads {
    /// First bytes, from the first to the last of each run.
    runs: Vec<(u8, u8)>,
    /// Six bytes, mixed.
    sixes: Box<[u64; WORDS]>,
    /// Four bytes, mixed: of patterns of which less than six are known.
    fours: Box<[u64; WORDS]>,
    /// Two bytes, exactly: of patterns of which less than four are known.
    twos: Box<[u64; WORDS]>,
}

/// The sets are of numbers of so many bits.
const BITS: u32 = 15;
pub(super) const WORDS: usize = 1 << (BITS - 6);

impl Leads {
    /// For what patterns may begin with: their first six bytes, or all that are known.
    pub(super) fn new(beginnings: impl Iterator<Item = Vec<u8>>) -> Self {
        let none = || Box::new([0; WORDS]);
        let mut leads = Self { runs: Vec::new(), sixes: none(), fours: none(), twos: none() };
        let mut firsts = [false; 256];
        for bytes in beginnings {
            let Some(&first) = bytes.first() else { continue };
            if first < 0x80 {
                continue;
            }
            firsts[usize::from(first)] = true;
            let mut eight = [0; 8];
            let known = bytes.len().min(6);
            eight[..known].copy_from_slice(&bytes[..known]);
            let eight = u64::from_le_bytes(eight);
            match known {
                6 => add(&mut leads.sixes, six_of(eight)),
                4 | 5 => add(&mut leads.fours, mixed(eight as u32)),
                _ => add(&mut leads.twos, two_of(eight as u32)),
            }
        }
        for first in (0x80..=u8::MAX).filter(|&first| firsts[usize::from(first)]) {
            match leads.runs.last_mut() {
                Some((_, last)) if *last + 1 == first => *last = first,
                _ => leads.runs.push((first, first)),
            }
        }
        leads
    }

    /// Where characters stand that may be the first of a pattern.
    #[inline]
    pub(super) fn places(&self, chunk: [Sixteen; 4]) -> u64 {
        self.runs.iter().fold(0, |places, &(first, last)| {
            places | bits(chunk.map(|sixteen| sixteen.within(first, last)))
        })
    }

    /// Some pattern may begin at this byte, which is not ASCII.
    #[inline]
    pub(super) fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        // What is close to the end is not worth a second way.
        let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) else { return true };
        let eight = u64::from_le_bytes(*eight);
        holds(&self.sixes, six_of(eight))
            || holds(&self.fours, mixed(eight as u32))
            || holds(&self.twos, two_of(eight as u32))
    }
}

/// Where letters of two bytes begin whose first byte is that of letters only, of alphabets with
/// spaces between words (Latin from U+0100 to U+027F, Cyrillic to U+047F).
#[inline]
pub(super) fn letters(bytes: Sixteen) -> Places {
    bytes.within(0xC4, 0xC9) | bytes.within(0xD0, 0xD1)
}

/// Where characters of two bytes begin; no script without spaces has such letters.
#[inline]
pub(super) fn short(bytes: Sixteen) -> Places {
    bytes.within(0xC2, 0xDF)
}

pub(super) fn add(set: &mut [u64; WORDS], number: usize) {
    set[number >> 6] |= 1 << (number & 63);
}

#[inline]
pub(super) fn holds(set: &[u64; WORDS], number: usize) -> bool {
    set[number >> 6] >> (number & 63) & 1 == 1
}

/// A number that depends on all of four bytes: multiplied by 2^32 over the golden ratio, of which
/// the highest bits count.
#[inline]
pub(super) fn mixed(four: u32) -> usize {
    (four.wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as usize
}

/// A number that depends on the first six of eight bytes, mixed as four are.
#[inline]
fn six_of(eight: u64) -> usize {
    ((eight << 16).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as usize
}

/// The number of the first two of four bytes, which are the first two of a character.
#[inline]
fn two_of(four: u32) -> usize {
    ((four & 0x3F) << 6 | (four >> 8 & 0x3F)) as usize
}
