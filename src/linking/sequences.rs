//! Sequences of four words, as hashes: who was the first on a page to write them.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// Words in a sequence: long enough not to arise by chance.
const LENGTH: usize = 4;

/// Collects the sequences of a text.
#[derive(Default)]
pub(super) struct Sequences {
    last: [u64; LENGTH],
    length: usize,
    hashes: Vec<u64>,
}

impl Sequences {
    pub(super) fn push(&mut self, word: u64) {
        self.last.rotate_left(1);
        self.last[LENGTH - 1] = word;
        self.length += 1;
        if self.length >= LENGTH {
            self.hashes.push(FixedState::default().hash_one(self.last));
        }
    }

    /// There are not enough words yet for a sequence.
    pub(super) fn is_short(&self) -> bool {
        self.length < LENGTH
    }

    pub(super) fn finish(mut self) -> Vec<u64> {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        self.hashes
    }
}

/// Calls for each element that two rising slices share. When one is much longer, it is searched.
pub(super) fn for_shared<T: Ord + Copy>(a: &[T], b: &[T], mut each: impl FnMut(T)) {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long;
    for &element in short {
        let at = if long.len() > 16 * short.len() {
            rest.partition_point(|&other| other < element)
        } else {
            rest.iter().position(|&other| other >= element).unwrap_or(rest.len())
        };
        rest = &rest[at..];
        match rest.first() {
            None => return,
            Some(&other) if other == element => each(element),
            Some(_) => {}
        }
    }
}

/// The share of the first slice's elements that the second holds; both rising, 0 where empty.
pub(super) fn share_of<T: Ord + Copy>(part: &[T], whole: &[T]) -> f32 {
    let mut shared = 0_u32;
    for_shared(part, whole, |_| shared += 1);
    if part.is_empty() { 0.0 } else { shared as f32 / part.len() as f32 }
}

/// For each text, the earlier ones that were the first to write sequences of it, with how many.
#[derive(Debug, Default)]
pub(super) struct Firsts(Vec<Vec<(u32, u32)>>);

impl Firsts {
    /// Who was first to write what each text holds. `written` are the sequences by which a text
    /// may be first, `held` those that are looked up; rising by text.
    pub(super) fn find<'t>(texts: impl Iterator<Item = (&'t [u64], &'t [u64])>) -> Self {
        let mut writer: HashMap<u64, u32, FixedState> = HashMap::default();
        let mut writers: Vec<u32> = Vec::new();
        let each = texts.enumerate().map(|(i, (written, held))| {
            writers.clear();
            writers.extend(held.iter().filter_map(|sequence| writer.get(sequence)));
            for &sequence in written {
                writer.entry(sequence).or_insert(i as u32);
            }
            writers.sort_unstable();
            writers.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect()
        });
        Self(each.collect())
    }

    /// The earlier texts that were first to write sequences of a text, rising, with how many.
    pub(super) fn all(&self, text: u32) -> &[(u32, u32)] {
        &self.0[text as usize]
    }

    /// How many sequences of a text an earlier one was first to write.
    pub(super) fn of(&self, text: u32, earlier: u32) -> u32 {
        let firsts = &self.0[text as usize];
        firsts.binary_search_by_key(&earlier, |(first, _)| *first).map_or(0, |at| firsts[at].1)
    }
}
