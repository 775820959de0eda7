//! Where words begin that patterns in other alphabets than ASCII's may match.
//!
//! In UTF-8 the first byte of a letter tells its alphabet and little more; the first four bytes tell
//! two letters of most alphabets, or one of a script of many. So a word is asked about only if its
//! first four bytes are those of some pattern, in any case.

use crate::bytes::Sixteen;

/// The first bytes of all patterns that do not begin with ASCII.
#[derive(Debug)]
pub(super) struct Leads {
    /// First bytes, from the first to the last of each run.
    runs: Vec<(u8, u8)>,
    /// Four bytes, mixed.
    fours: Box<[u64; WORDS]>,
    /// Two bytes, exactly: of patterns of which less than four bytes are known.
    twos: Box<[u64; WORDS]>,
}

/// The sets are of numbers of so many bits.
pub(super) const BITS: u32 = 15;
pub(super) const WORDS: usize = 1 << (BITS - 6);

impl Leads {
    /// For what patterns may begin with: their first four bytes, or all that are known.
    pub(super) fn new(beginnings: impl Iterator<Item = Vec<u8>>) -> Self {
        let none = || Box::new([0; WORDS]);
        let mut leads = Self { runs: Vec::new(), fours: none(), twos: none() };
        let mut firsts = [false; 256];
        for bytes in beginnings {
            let [first, second, ..] = bytes[..] else { continue };
            if first < 0x80 {
                continue;
            }
            firsts[usize::from(first)] = true;
            match bytes.first_chunk::<4>() {
                Some(four) => add(&mut leads.fours, mixed(u32::from_le_bytes(*four))),
                None => add(&mut leads.twos, two_of(u32::from_le_bytes([first, second, 0, 0]))),
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
            places | bits(chunk, |sixteen| sixteen.within(first, last).bits())
        })
    }

    /// Some pattern may begin with these four bytes, the first of which is not ASCII.
    #[inline]
    pub(super) fn may_begin(&self, four: u32) -> bool {
        holds(&self.fours, mixed(four)) || holds(&self.twos, two_of(four))
    }
}

/// What is true of sixty-four bytes, as bits, the first byte's the lowest.
#[inline]
pub(super) fn bits(chunk: [Sixteen; 4], of: impl Fn(Sixteen) -> u32) -> u64 {
    let [a, b, c, d] = chunk.map(|sixteen| u64::from(of(sixteen)));
    a | b << 16 | c << 32 | d << 48
}

/// Where letters of two bytes begin whose first byte is that of letters only, of alphabets with
/// spaces between words (Latin from U+0100 to U+027F, Cyrillic to U+047F).
#[inline]
pub(super) fn letters(bytes: Sixteen) -> u32 {
    (bytes.within(0xC4, 0xC9) | bytes.within(0xD0, 0xD1)).bits()
}

/// Where characters of two bytes begin; no script without spaces has such letters.
#[inline]
pub(super) fn short(bytes: Sixteen) -> u32 {
    bytes.within(0xC2, 0xDF).bits()
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

/// The number of the first two of four bytes, which are the first two of a character.
#[inline]
fn two_of(four: u32) -> usize {
    ((four & 0x3F) << 6 | (four >> 8 & 0x3F)) as usize
}
