//! The typeface: embedded, and measured by the shaper that draws it, so that a text takes exactly
//! the room that was left for it.
//!
//! The embedded face covers Latin, Greek and Cyrillic. Letters it lacks are estimated by a table
//! of widths, never by the fonts of the machine, so that a drawing is the same everywhere.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use resvg::usvg::fontdb::Database;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::error::{Error, Result};

/// Inter Regular, see assets/fonts.
pub(super) const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
/// Inter, semi-bold, see assets/fonts.
pub(super) const SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");

/// What an ellipsis looks like.
const ELLIPSIS: char = '…';

/// A typeface in two weights.
pub(crate) struct Face {
    /// The name that texts ask for.
    pub(crate) family: String,
    regular: Cut,
    bold: Cut,
    /// Widths of one em, and whether the face covers the text: texts are measured repeatedly.
    measured: RefCell<HashMap<(bool, String), (f64, bool)>>,
}

/// One weight of it.
struct Cut {
    data: Cow<'static, [u8]>,
    shaper: ShaperData,
    em: f64,
}

impl Cut {
    fn new(data: Cow<'static, [u8]>) -> Option<Self> {
        let font = FontRef::new(&data).ok()?;
        let shaper = ShaperData::new(&font);
        let em = f64::from(shaper.shaper(&font).build().units_per_em()).max(1.0);
        Some(Self { data, shaper, em })
    }
}

impl Face {
    /// The embedded face.
    pub(crate) fn embedded() -> Self {
        let cut = |data| Cut::new(Cow::Borrowed(data)).expect("the embedded face is a font");
        let (regular, bold) = (cut(REGULAR), cut(SEMIBOLD));
        Self { family: "Inter".to_owned(), regular, bold, measured: RefCell::default() }
    }

    /// A face from the bytes of a font file (TrueType or OpenType), for all weights.
    pub(crate) fn from_file(data: &[u8]) -> Result<Self> {
        let refuse =
            || Error::usage("the font file is neither TrueType nor OpenType: give a .ttf or .otf");
        let mut fonts = Database::new();
        fonts.load_font_data(data.to_vec());
        let named = fonts.faces().next().and_then(|face| face.families.first());
        let family = named.map(|(name, _)| name.clone()).ok_or_else(refuse)?;
        let cut = || Cut::new(Cow::Owned(data.to_vec())).ok_or_else(refuse);
        Ok(Self { family, regular: cut()?, bold: cut()?, measured: RefCell::default() })
    }

    /// The width of a text in pixels at a size in pixels.
    pub(crate) fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        self.measure(text, bold).0 * size
    }

    /// The face has a glyph for every letter of the text.
    pub(crate) fn covers(&self, text: &str, bold: bool) -> bool {
        self.measure(text, bold).1
    }

    /// The text, or as much of its beginning as fits a width, with an ellipsis.
    pub(crate) fn shorten<'t>(
        &self,
        text: &'t str,
        size: f64,
        bold: bool,
        room: f64,
    ) -> Cow<'t, str> {
        if self.width(text, size, bold) <= room {
            return Cow::Borrowed(text);
        }
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(i, _)| i).collect();
        let cut = |n: usize| format!("{}{ELLIPSIS}", text[..ends[n]].trim_end());
        let fits = ends.partition_point(|&end| {
            let text = format!("{}{ELLIPSIS}", text[..end].trim_end());
            self.width(&text, size, bold) <= room
        });
        Cow::Owned(if fits == 0 { String::new() } else { cut(fits - 1) })
    }

    /// The text broken into lines between words; a word too long for a line is shortened, and so
    /// is the last of `most` lines.
    pub(crate) fn wrap(
        &self,
        text: &str,
        size: f64,
        bold: bool,
        room: f64,
        most: usize,
    ) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut words = text.split_whitespace();
        let mut line = String::new();
        while let Some(word) = words.next() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if line.is_empty() || self.width(&longer, size, bold) <= room {
                line = longer;
            } else if lines.len() + 1 == most {
                // What is left goes into the last line, which is then shortened.
                line = words.by_ref().fold(longer, |line, word| format!("{line} {word}"));
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines.iter().map(|line| self.shorten(line, size, bold, room).into_owned()).collect()
    }

    /// Width in ems, and whether every letter has a glyph.
    fn measure(&self, text: &str, bold: bool) -> (f64, bool) {
        let key = (bold, text.to_owned());
        if let Some(&known) = self.measured.borrow().get(&key) {
            return known;
        }
        let cut = if bold { &self.bold } else { &self.regular };
        let measured = cut.measure(text);
        self.measured.borrow_mut().insert(key, measured);
        measured
    }
}

impl Cut {
    fn measure(&self, text: &str) -> (f64, bool) {
        let font = FontRef::new(&self.data).expect("it was read once");
        let shaper = self.shaper.shaper(&font).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let glyphs = shaper.shape(buffer, ShapeOptions::new());
        let (infos, positions) = (glyphs.glyph_infos(), glyphs.glyph_positions());
        // Letters that are written together form a cluster; one that lacks a glyph is foreign.
        let mut foreign: Vec<usize> =
            infos.iter().filter(|i| i.glyph_id == 0).map(|i| i.cluster as usize).collect();
        foreign.sort_unstable();
        foreign.dedup();
        let own = infos.iter().zip(positions).filter(|(info, _)| {
            foreign.is_empty() || foreign.binary_search(&(info.cluster as usize)).is_err()
        });
        let mut width: f64 =
            own.map(|(_, position)| f64::from(position.x_advance)).sum::<f64>() / self.em;
        if foreign.is_empty() {
            return (width, true);
        }
        let mut starts: Vec<usize> = infos.iter().map(|i| i.cluster as usize).collect();
        starts.sort_unstable();
        for start in foreign {
            let end = starts.partition_point(|&other| other <= start);
            let end = starts.get(end).copied().unwrap_or(text.len());
            width += text[start..end].chars().map(foreign_width).sum::<f64>();
        }
        (width, false)
    }
}

/// Width in ems of a letter that the face lacks, rather too much than too little: the widest of
/// the usual sans-serif fonts for its script.
fn foreign_width(letter: char) -> f64 {
    match (letter.width().unwrap_or(0), letter) {
        (0, _) => 0.0,
        (2, '\u{1f000}'..) => 1.37,
        (2, _) => 1.05,
        // Letters of India carry most vowels as signs, which are narrow.
        (_, '\u{093e}'..='\u{094f}') => 0.3,
        (_, '\u{0590}'..='\u{097f}') => 0.7,
        _ => 0.85,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_measured_shortened_and_wrapped() {
        let face = Face::embedded();
        let ems = face.width("AV", 1.0, false);
        let apart = face.width("A", 1.0, false) + face.width("V", 1.0, false);
        assert!(ems < apart && ems > 0.9 * apart, "kerning brings A and V closer");
        assert!(face.covers("Ünïcödé Ελληνικά Кириллица → ≥ × – …", true));
        assert!(!face.covers("日本", false));
        assert!(face.width("日本", 10.0, false) >= 20.0);
        let ems = face.width("शर्मा", 1.0, false);
        assert!(ems > 1.6 && ems < 2.6, "signs are no letters: {ems}");

        assert_eq!(face.shorten("short", 12.0, false, 100.0), "short");
        let cut = face.shorten("a long name that nobody can read", 12.0, false, 60.0);
        assert!(cut.ends_with('…') && face.width(&cut, 12.0, false) <= 60.0);
        assert!(face.width(&format!("{cut}MM"), 12.0, false) > 60.0, "no more than needed: {cut}");
        assert_eq!(face.shorten("word", 12.0, false, 2.0), "");

        let lines = face.wrap("one two three four five six", 12.0, false, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| face.width(line, 12.0, false) <= 60.0));
        assert_eq!(lines[0], "one two");
        assert!(lines[1].ends_with('…'));
    }
}
