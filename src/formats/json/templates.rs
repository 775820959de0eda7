//! What the lines of a dump have in common: keys in the same order, values that hardly ever differ.
//!
//! A *template* is a line with gaps: texts that many lines share, and between them the values that are
//! wanted or differ from line to line. A line that has the texts of a template, and a value in each
//! gap, is as well-formed as the line that the template was learned from. So forty fields take a dozen
//! comparisons. A line that fits no template is walked over key by key, and becomes a template or
//! corrects one: what differs too often becomes a gap, what hardly ever differs becomes text.

use super::fields::{Raw, Value, is_blank, value};

/// Templates that are known at most. Records of deleted accounts lack some keys, for one.
const MOST: usize = 4;

/// Values that a line may have, and its bytes, to be learned from: a hostile one may have millions.
const LARGEST: (usize, usize) = (256, 64 << 10);

/// A value that differs in one of so many lines is as well compared as walked over.
const SELDOM: u32 = 64;

/// Templates of lines; the one that fitted last comes first.
#[derive(Debug, Default)]
pub(super) struct Templates<const N: usize> {
    known: Vec<Template>,
}

impl<const N: usize> Templates<N> {
    /// The wanted fields of a line that fits a template.
    #[inline]
    pub(super) fn find<'l>(&mut self, line: &'l str) -> Option<[Raw<'l>; N]> {
        for place in 0..self.known.len() {
            if let Some(found) = self.known[place].find(line) {
                self.known.swap(0, place);
                self.known[0].lines = self.known[0].lines.saturating_add(1);
                return Some(found);
            }
        }
        None
    }

    /// Learns from a line that was walked over and found well-formed.
    pub(super) fn learn(&mut self, line: &[u8], values: &[Value]) {
        if values.len() > LARGEST.0 || line.len() > LARGEST.1 {
            return;
        }
        let known = self.known.iter().position(|template| template.has_keys_of(line, values));
        let template = if let Some(place) = known {
            self.known.remove(place)
        } else {
            self.known.truncate(MOST - 1);
            Template::new(line, values)
        };
        self.known.insert(0, template);
        self.known[0].learn(line, values);
    }
}

/// What some lines have in common.
#[derive(Debug)]
struct Template {
    /// Lines that fitted it.
    lines: u32,
    places: Vec<Place>,
    /// What stands behind the last value.
    end: Vec<u8>,
    /// The texts between the gaps, one after the other, and for each gap how long the text before
    /// it is, and which wanted field it holds (beyond the last field: none).
    texts: Vec<u8>,
    gaps: Vec<(usize, usize)>,
}

/// A value and what stands before it.
#[derive(Debug)]
struct Place {
    before: Vec<u8>,
    value: Vec<u8>,
    field: Option<usize>,
    /// How often it differed.
    changes: u32,
}

impl Template {
    fn new(line: &[u8], values: &[Value]) -> Self {
        let mut at = 0;
        let place = |value: &Value| {
            let before = line[at..value.start].to_vec();
            at = value.end;
            let text = line[value.start..value.end].to_vec();
            Place { before, value: text, field: value.field, changes: 0 }
        };
        let places = values.iter().map(place).collect();
        let end = line[at..].trim_ascii_end().to_vec();
        Self { lines: 0, places, end, texts: Vec::new(), gaps: Vec::new() }
    }

    #[inline]
    fn find<'l, const N: usize>(&self, whole: &'l str) -> Option<[Raw<'l>; N]> {
        let line = whole.as_bytes();
        let mut found = [Raw::Absent; N];
        let mut texts = &self.texts[..];
        let mut at = 0;
        for &(length, field) in &self.gaps {
            let (text, after) = texts.split_at(length);
            texts = after;
            if line.get(at..at + length)? != text {
                return None;
            }
            at += length;
            let value = value(whole, &mut at)?;
            if field < N {
                found[field] = value;
            }
        }
        is_blank(line[at..].strip_prefix(texts)?).then_some(found)
    }

    /// A line has the same keys, with the same blanks between them.
    fn has_keys_of(&self, line: &[u8], values: &[Value]) -> bool {
        let mut at = 0;
        self.places.len() == values.len()
            && self.places.iter().zip(values).all(|(place, value)| {
                let before = &line[at..value.start];
                at = value.end;
                place.before == before && place.field == value.field
            })
            && line[at..].trim_ascii_end() == self.end
    }

    /// Learns from a line with the same keys which values differ.
    fn learn(&mut self, line: &[u8], values: &[Value]) {
        self.lines = self.lines.saturating_add(1);
        for (place, value) in self.places.iter_mut().zip(values) {
            let text = &line[value.start..value.end];
            if place.value != text {
                place.changes += 1;
            }
            if place.is_gap(self.lines) {
                // Should it become text again: rather one that came lately than the first.
                place.value.clear();
                place.value.extend_from_slice(text);
            }
        }
        self.texts.clear();
        self.gaps.clear();
        let mut start = 0;
        for place in &self.places {
            self.texts.extend_from_slice(&place.before);
            if place.is_gap(self.lines) {
                self.gaps.push((self.texts.len() - start, place.field.unwrap_or(usize::MAX)));
                start = self.texts.len();
            } else {
                self.texts.extend_from_slice(&place.value);
            }
        }
        self.texts.extend_from_slice(&self.end);
    }
}

impl Place {
    fn is_gap(&self, lines: u32) -> bool {
        self.field.is_some() || self.changes.saturating_mul(SELDOM) > lines
    }
}
