//! Classes of characters: what patterns and texts do not tell apart.
//!
//! Both cases of a letter, all apostrophes, all hyphens and all white space are one class each.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Folds a pattern: lower case letter by letter, one apostrophe, one hyphen, single spaces.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().chars().map(fold_char) {
        if c != ' ' || !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    folded
}

/// The representative of a character's class.
pub(super) fn fold_char(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='\x7F' => {
            if c.is_whitespace() {
                ' '
            } else {
                c
            }
        }
        '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{03C2}' => '\u{03C3}',
        '\u{017F}' => 's',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Where characters stand that fold to others; the rest of Unicode has no cases.
const FOLDING: [RangeInclusive<char>; 9] = [
    '\0'..='\u{3000}',
    '\u{A640}'..='\u{A7FF}',
    '\u{AB70}'..='\u{ABBF}',
    '\u{FF00}'..='\u{FF3F}',
    '\u{10400}'..='\u{105FF}',
    '\u{10C80}'..='\u{10DFF}',
    '\u{118A0}'..='\u{118DF}',
    '\u{16E40}'..='\u{16EFF}',
    '\u{1E900}'..='\u{1E943}',
];

/// What folds to some characters.
#[derive(Debug)]
pub(super) struct Variants(BTreeMap<char, Vec<char>>);

impl Variants {
    /// Of these folded characters.
    pub(super) fn of(folded: impl Iterator<Item = char>) -> Self {
        let mut variants: BTreeMap<char, Vec<char>> = folded.map(|c| (c, Vec::new())).collect();
        for c in FOLDING.into_iter().flatten() {
            if let Some(of) = variants.get_mut(&fold_char(c)) {
                of.push(c);
            }
        }
        for (&c, of) in &mut variants {
            if !of.contains(&c) {
                of.push(c);
            }
        }
        Self(variants)
    }

    /// All characters that fold to this one, itself among them; none if it is not known.
    pub(super) fn get(&self, folded: char) -> &[char] {
        self.0.get(&folded).map_or(&[], Vec::as_slice)
    }
}

/// From characters to classes: 0 for a character that no pattern has.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    pub(super) ascii: [u16; 128],
    /// Blocks of 256 characters; block 0 has class 0 throughout.
    pages: Vec<u16>,
    blocks: Vec<[u16; 256]>,
    pub(super) count: usize,
}

impl Default for Classes {
    fn default() -> Self {
        Self { ascii: [0; 128], pages: Vec::new(), blocks: vec![[0; 256]], count: 1 }
    }
}

impl Classes {
    pub(super) fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Self {
        let mut alphabet: Vec<char> = patterns.flat_map(str::chars).collect();
        alphabet.sort_unstable();
        alphabet.dedup();
        let mut classes = Self::default();
        if alphabet.is_empty() {
            return classes;
        }
        for (i, c) in alphabet.iter().enumerate() {
            classes.set(*c, i as u16 + 1);
        }
        classes.count = alphabet.len() + 1;
        // Whatever folds to a letter of the alphabet has its class.
        for c in FOLDING.into_iter().flatten() {
            if let Ok(i) = alphabet.binary_search(&fold_char(c)) {
                classes.set(c, i as u16 + 1);
            }
        }
        classes
    }

    fn set(&mut self, c: char, class: u16) {
        let code = c as usize;
        if code < 128 {
            self.ascii[code] = class;
        }
        let page = code >> 8;
        if self.pages.len() <= page {
            self.pages.resize(page + 1, 0);
        }
        if self.pages[page] == 0 {
            self.pages[page] = self.blocks.len() as u16;
            self.blocks.push([0; 256]);
        }
        self.blocks[self.pages[page] as usize][code & 255] = class;
    }

    pub(super) fn of(&self, c: char) -> u16 {
        self.of_code(c as u32)
    }

    #[inline]
    pub(super) fn of_code(&self, code: u32) -> u16 {
        let block = self.pages.get((code >> 8) as usize).copied().unwrap_or(0);
        self.blocks[block as usize][(code & 255) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_folds_is_known_to() {
        let others = ('\0'..=char::MAX).filter(|c| FOLDING.iter().all(|block| !block.contains(c)));
        assert_eq!(others.filter(|c| fold_char(*c) != *c).collect::<String>(), "");
    }
}
