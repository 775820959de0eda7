//! Which threads were delivered, in memory of fixed size.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// The threads that were delivered: a Bloom filter of 4 MiB with four bits a thread, wrong in
/// 0.02 % of cases after a million threads and in 4 % after five million.
pub(super) struct Delivered {
    bits: Vec<u64>,
}

impl Delivered {
    const WORDS: usize = 1 << 19;

    pub(super) fn new() -> Self {
        Self { bits: vec![0; Self::WORDS] }
    }

    fn places(thread: &str) -> impl Iterator<Item = (usize, u64)> {
        // SipHash with fixed keys: the same input gives the same bytes.
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(thread);
        let (low, high) = (hash & 0xffff_ffff, hash >> 32 | 1);
        (0..4).map(move |i| {
            let bit =
                low.wrapping_add(high.wrapping_mul(i)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 39;
            ((bit >> 6) as usize % Self::WORDS, 1 << (bit & 63))
        })
    }

    pub(super) fn insert(&mut self, thread: &str) {
        for (word, bit) in Self::places(thread) {
            self.bits[word] |= bit;
        }
    }

    pub(super) fn contains(&self, thread: &str) -> bool {
        Self::places(thread).all(|(word, bit)| self.bits[word] & bit != 0)
    }
}
