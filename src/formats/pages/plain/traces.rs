//! What only one platform prints on its pages: `Powered by phpBB`, `Click to expand...`.
//!
//! Many platforms print the same header above a comment, a name and a date. What else stands on
//! the page tells them apart.

use std::collections::{HashMap, HashSet};

use aho_corasick::AhoCorasick;

use super::rows::Row;
use crate::formats::pages::profile::Profile;

/// Longer rows are sentences, in which people may speak of a platform.
const LONGEST: usize = 120;

/// The traces of all profiles.
#[derive(Debug, Clone)]
pub(super) struct Traces {
    phrases: AhoCorasick,
    /// The profile of each phrase.
    owners: Vec<String>,
}

impl Traces {
    pub(super) fn new(profiles: &[Profile]) -> Self {
        let of = |profile: &Profile| {
            let traces = profile.plain.iter().flat_map(|plain| plain.traces.clone());
            traces.map(|phrase| (phrase, profile.name.clone())).collect::<Vec<_>>()
        };
        let (phrases, owners): (Vec<_>, Vec<_>) = profiles.iter().flat_map(of).unzip();
        let phrases =
            AhoCorasick::new(phrases).expect("a few hundred short phrases fit an automaton");
        Self { phrases, owners }
    }

    /// How many different traces of each profile a page shows.
    pub(super) fn count(&self, rows: &[Row<'_>]) -> HashMap<String, u32> {
        let mut seen = HashSet::new();
        for row in rows.iter().filter(|row| row.text.len() <= LONGEST) {
            seen.extend(self.phrases.find_overlapping_iter(row.text.as_ref()).map(|m| m.pattern()));
        }
        let mut counts = HashMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on their order")]
        for phrase in seen {
            *counts.entry(self.owners[phrase.as_usize()].clone()).or_default() += 1;
        }
        counts
    }
}
