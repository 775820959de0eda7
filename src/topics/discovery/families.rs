//! Words that name one thing and that no stemmer brings together.
//!
//! English only: a place and its people ("Libya", "Libyan"; "Iraq", "Iraqis"), and plurals of words
//! that end in a hiss ("bus", "buses"). Two stems are joined only where the documents have both, so
//! a rule that is wrong of a word does no harm.

use std::collections::HashMap;

use compact_str::CompactString;

/// Letters that a place's name has at least.
const PLACE: usize = 4;
/// What an adjective ends in, and what the name of the place has in its stead.
const PEOPLE: &[(&str, &[&str])] = &[
    ("n", &[""]),
    ("an", &["", "a", "o", "e"]),
    ("ian", &["", "a", "e", "y"]),
    ("i", &["", "a"]),
    ("ese", &["", "a"]),
    ("ish", &["", "and", "en", "ey"]),
];

/// By stem, the one that it is joined to: itself in most cases. `is_name` says whether a stem is
/// written with a capital.
pub(super) fn families(
    stems: &[CompactString],
    by_stem: &HashMap<CompactString, u32>,
    is_name: &dyn Fn(u32) -> bool,
) -> Vec<u32> {
    let base = |stem: &CompactString| {
        let known = |candidate: String| by_stem.get(candidate.as_str()).copied();
        if let Some(singular) = stem.strip_suffix('e')
            && singular.ends_with(['s', 'x', 'z'])
        {
            return known(singular.to_owned());
        }
        PEOPLE.iter().find_map(|(ending, instead)| {
            let root = stem.strip_suffix(ending)?;
            let places = instead.iter().map(|end| format!("{root}{end}"));
            places
                .filter(|place| place.chars().count() >= PLACE)
                .find_map(|place| known(place).filter(|base| is_name(*base)))
        })
    };
    stems.iter().enumerate().map(|(i, stem)| base(stem).unwrap_or(i as u32)).collect()
}
