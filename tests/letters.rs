//! Letters of several bytes where nobody expects them: no reader cuts one in two.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use rejoinder::comment::Name;
use rejoinder::formats::ReadOptions;
use rejoinder::linking;

use super::detection;

/// The seeds of at most 8 KiB that are text.
fn seeds() -> &'static [(String, String)] {
    static SEEDS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
        let mut pending = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")];
        let mut files: Vec<PathBuf> = Vec::new();
        while let Some(path) = pending.pop() {
            match fs::read_dir(&path) {
                Ok(entries) => pending.extend(entries.map(|entry| entry.unwrap().path())),
                Err(_) => files.push(path),
            }
        }
        files.sort();
        let text = |path: PathBuf| {
            let text = fs::read_to_string(&path).ok().filter(|text| text.len() <= 8 << 10)?;
            Some((path.file_name()?.to_string_lossy().into_owned(), text))
        };
        files.into_iter().filter_map(text).collect()
    });
    &SEEDS
}

const LETTERS: &[&str] =
    &["é", "ب", "語", "😀", "\u{a0}", "\u{2028}", "İ", "ß", "\u{301}", "\u{fffd}"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn letters_of_several_bytes_may_stand_anywhere(
        seed in any::<prop::sample::Index>(),
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..LETTERS.len(), 0..3_usize),
            1..12,
        ),
    ) {
        let (name, text) = seed.get(seeds());
        let mut text = text.clone();
        for (place, letter, cut) in changes {
            let place = text.ceil_char_boundary(place.index(text.len() + 1));
            let end = text.ceil_char_boundary((place + cut).min(text.len()));
            text.replace_range(place..end, LETTERS[letter]);
        }
        // An error is an answer, too.
        let read = detection::read_named(name, text.as_bytes(), &ReadOptions::default());
        for discussion in read.unwrap_or_default() {
            let read = discussion.comments.len();
            let thread = linking::link(Name::from("t"), discussion, &mut Vec::new());
            prop_assert!(thread.len() >= read, "no comment is lost");
        }
    }
}
