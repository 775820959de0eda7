//! Fonts that help out where the typeface lacks letters: given by the user, else of the system.
//!
//! Which font writes a letter is decided here, not by the order of files on a disk: given fonts in
//! their order, then those of the system, upright, of regular weight, sans-serif, by name. It is
//! decided for each run of letters and written into the drawing before it is rasterised, because
//! resvg by itself tries one more font for a text as a whole, which leaves boxes where scripts
//! are mixed (a name and a number behind it are enough).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use resvg::usvg::fontdb::{Database, FaceInfo, ID, Style};
use skrifa::{FontRef, MetadataProvider};
use unicode_segmentation::UnicodeSegmentation;

use super::sheet::escape;

/// The fonts of a machine in the order in which they help out.
pub(crate) struct Fallback {
    fonts: Arc<Database>,
    /// Own faces first: what they cover needs no help.
    own: Vec<ID>,
    ranked: Vec<ID>,
    known: Mutex<BTreeMap<String, Option<String>>>,
}

impl Fallback {
    /// The first `own` faces of a database are those that texts ask for, the next `given` ones come
    /// before all others.
    pub(crate) fn new(fonts: Arc<Database>, own: usize, given: usize) -> Self {
        let faces: Vec<&FaceInfo> = fonts.faces().collect();
        let ids = |faces: &[&FaceInfo]| faces.iter().map(|face| face.id).collect::<Vec<ID>>();
        let (mine, others) = faces.split_at(own.min(faces.len()));
        let (given, system) = others.split_at(given.min(others.len()));
        let mut system = system.to_vec();
        system.sort_by_cached_key(|face| rank(face));
        let own = ids(mine);
        let ranked = [ids(given), ids(&system)].concat();
        Self { own, ranked, known: Mutex::default(), fonts }
    }

    /// All fonts.
    pub(crate) fn fonts(&self) -> Arc<Database> {
        self.fonts.clone()
    }

    /// The drawing with the name of a font at each run of letters that the typeface lacks.
    pub(crate) fn spell<'d>(&self, drawing: &'d str) -> Cow<'d, str> {
        let mut spelled = String::new();
        let mut rest = drawing;
        while let Some(at) = rest.find("<text ") {
            let tag = &rest[at..];
            let Some(start) = tag.find('>').map(|end| at + end + 1) else { break };
            let end = start + rest[start..].find('<').unwrap_or(rest.len() - start);
            spelled.push_str(&rest[..start]);
            self.spell_text(&rest[start..end], &mut spelled);
            rest = &rest[end..];
        }
        if spelled.is_empty() {
            return Cow::Borrowed(drawing);
        }
        spelled.push_str(rest);
        Cow::Owned(spelled)
    }

    fn spell_text(&self, text: &str, spelled: &mut String) {
        let mut open: Option<String> = None;
        for cluster in text.graphemes(true) {
            let font = self.font_of(cluster);
            if font != open {
                if open.is_some() {
                    spelled.push_str("</tspan>");
                }
                if let Some(family) = &font {
                    let _ = write!(spelled, "<tspan font-family=\"{}\">", escape(family));
                }
                open = font;
            }
            spelled.push_str(cluster);
        }
        if open.is_some() {
            spelled.push_str("</tspan>");
        }
    }

    /// The family that writes a cluster of letters; `None` if the typeface does, or nobody can.
    fn font_of(&self, cluster: &str) -> Option<String> {
        if cluster.is_ascii() {
            return None;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(family) = known.get(cluster) {
            return family.clone();
        }
        let family = self.find(cluster);
        known.insert(cluster.to_owned(), family.clone());
        family
    }

    fn find(&self, cluster: &str) -> Option<String> {
        // What only joins or selects need not be in a font.
        let silent = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}');
        let letters: Vec<char> = cluster.chars().filter(|&c| !silent(c)).collect();
        let pictured = cluster.contains('\u{fe0f}');
        if self.own.iter().any(|&id| self.has(id, &letters)) && !pictured {
            return None;
        }
        let wanted = |id: &&ID| self.has(**id, &letters);
        let region = letters.first().and_then(|&letter| region(letter));
        let in_region = |id: &&ID| {
            let family = self.family(**id);
            region.is_none_or(|region| !family.contains("CJK") || family.contains(region))
        };
        let candidates = || self.ranked.iter().filter(wanted);
        let found = candidates().find(in_region).or_else(|| candidates().next());
        let first = letters.first().map(std::slice::from_ref).unwrap_or_default();
        let base = || self.ranked.iter().find(|&&id| self.has(id, first));
        found.or_else(base).map(|&id| self.family(id))
    }

    fn family(&self, id: ID) -> String {
        let families = self.fonts.face(id).map(|face| face.families.as_slice()).unwrap_or_default();
        families.first().map(|(name, _)| name.clone()).unwrap_or_default()
    }

    fn has(&self, id: ID, letters: &[char]) -> bool {
        let found = self.fonts.with_face_data(id, |data, index| {
            let font = FontRef::from_index(data, index).ok()?;
            let charmap = font.charmap();
            letters.iter().all(|&letter| charmap.map(letter).is_some()).then_some(())
        });
        found.flatten().is_some()
    }
}

/// Smaller is better.
fn rank(face: &FaceInfo) -> (bool, bool, bool, u16, String) {
    let name = face.families.first().map_or("", |(name, _)| name.as_str());
    let plain = name.contains("Sans") || name.contains("Emoji");
    let odd = ["Mono", "UI", "Condensed", "Display"].iter().any(|word| name.contains(word));
    let weight = face.weight.0.abs_diff(400);
    (face.style != Style::Normal, !plain, odd, weight, face.post_script_name.clone())
}

/// In fonts for several regions, the one whose forms a letter has where the text does not tell.
fn region(letter: char) -> Option<&'static str> {
    match letter {
        '\u{3040}'..='\u{30ff}' => Some("JP"),
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}' => Some("KR"),
        '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Some("SC"),
        _ => None,
    }
}
