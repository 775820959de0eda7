//! From a drawing to pixels: resvg, the embedded face first, fonts of the system where a text has
//! letters that the face lacks.
//!
//! Fonts of the system are looked for only when a drawing needs them, because finding them takes
//! longer than drawing. Which font then helps out is decided here, not by the order of files on
//! the disk: upright, of regular weight, sans-serif, then by name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, FaceInfo, ID, Style};
use resvg::usvg::{FontResolver, Options, Tree};
use skrifa::{FontRef, MetadataProvider};

use super::Svg;
use super::face::{REGULAR, SEMIBOLD};
use super::options::ChartOptions;
use crate::error::{Error, Result};

/// The largest picture, in pixels: 400 megabytes in memory.
const MOST_PIXELS: f64 = 1e8;

/// Makes PNGs; keeps the fonts from one to the next.
pub struct Raster {
    scale: f32,
    fonts: Arc<Database>,
    system: Option<OnceLock<Arc<Database>>>,
}

impl Raster {
    /// A raster for drawings made with these options.
    #[must_use]
    pub fn new(options: &ChartOptions) -> Self {
        let mut fonts = Database::new();
        for data in options.font.iter().map(Vec::as_slice).chain([REGULAR, SEMIBOLD]) {
            fonts.load_font_data(data.to_vec());
        }
        let system = (!options.embedded_only).then(OnceLock::new);
        Self { scale: options.scale, fonts: Arc::new(fonts), system }
    }

    /// The drawing as PNG, with its title and source in the metadata.
    ///
    /// Fails if the picture would be larger than 100 megapixels.
    pub fn png(&self, svg: &Svg) -> Result<Vec<u8>> {
        let failed = |cause: &dyn std::fmt::Display| Error::chart(&svg.title, cause);
        let scale = f64::from(self.scale);
        let (width, height) = ((svg.width * scale).round(), (svg.height * scale).round());
        if width < 1.0 || height < 1.0 || width * height > MOST_PIXELS {
            let message = format!("{width} × {height} pixels: choose a smaller size or scale");
            return Err(failed(&message));
        }
        let options = Options {
            fontdb: self.fonts_for(svg),
            font_resolver: FontResolver {
                select_font: FontResolver::default_font_selector(),
                select_fallback: fallback(),
            },
            ..Options::default()
        };
        let tree = Tree::from_str(&svg.text, &options).map_err(|e| failed(&e))?;
        let mut pixels = Pixmap::new(width as u32, height as u32)
            .ok_or_else(|| failed(&"there is no room for the picture"))?;
        let transform = Transform::from_scale(self.scale, self.scale);
        resvg::render(&tree, transform, &mut pixels.as_mut());
        encode(svg, &pixels, self.scale).map_err(|e| failed(&e))
    }

    fn fonts_for(&self, svg: &Svg) -> Arc<Database> {
        match &self.system {
            Some(system) if svg.foreign => system
                .get_or_init(|| {
                    let mut all = Database::clone(&self.fonts);
                    all.load_system_fonts();
                    Arc::new(all)
                })
                .clone(),
            _ => self.fonts.clone(),
        }
    }
}

/// Which font of a database helps out where the first ones lack a letter.
fn fallback() -> resvg::usvg::FallbackSelectionFn<'static> {
    let ranked: OnceLock<Vec<ID>> = OnceLock::new();
    let known: Mutex<BTreeMap<char, Option<ID>>> = Mutex::default();
    Box::new(move |letter, used, fonts| {
        let ranked = ranked.get_or_init(|| {
            let mut faces: Vec<&FaceInfo> = fonts.faces().collect();
            faces.sort_by_cached_key(|face| rank(face));
            faces.iter().map(|face| face.id).collect()
        });
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = *known
            .entry(letter)
            .or_insert_with(|| ranked.iter().copied().find(|&id| has_letter(fonts, id, letter)));
        found.filter(|id| !used.contains(id))
    })
}

fn has_letter(fonts: &Database, id: ID, letter: char) -> bool {
    let found = fonts.with_face_data(id, |data, index| {
        let font = FontRef::from_index(data, index).ok()?;
        font.charmap().map(letter)
    });
    found.flatten().is_some()
}

/// Smaller is better.
fn rank(face: &FaceInfo) -> (bool, bool, bool, u16, String) {
    let name = face.families.first().map_or("", |(name, _)| name.as_str());
    let plain = name.contains("Sans") || name.contains("Emoji");
    let odd = name.contains("Mono") || name.contains("UI") || name.contains("Condensed");
    let weight = face.weight.0.abs_diff(400);
    (face.style != Style::Normal, !plain, odd, weight, face.post_script_name.clone())
}

/// PNG without transparency, with the metadata that the specification names.
fn encode(
    svg: &Svg,
    pixels: &Pixmap,
    scale: f32,
) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let density = (96.0 * f64::from(scale) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: density,
        yppu: density,
        unit: png::Unit::Meter,
    }));
    let software = concat!("Rejoinder ", env!("CARGO_PKG_VERSION"));
    let entries = [("Title", svg.title.as_str()), ("Source", &svg.source), ("Software", software)];
    for (keyword, text) in entries.into_iter().filter(|(_, text)| !text.is_empty()) {
        encoder.add_itxt_chunk(keyword.to_owned(), text.to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    let colors: Vec<u8> = pixels.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    writer.write_image_data(&colors)?;
    writer.finish()?;
    Ok(bytes)
}
