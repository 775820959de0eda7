//! From a drawing to pixels: resvg, the typeface first, other fonts where a text has letters that
//! it lacks (see [`super::fallback`]).
//!
//! Fonts of the system are looked for only when a drawing needs them, because finding them takes
//! longer than drawing.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use resvg::tiny_skia::{Color, IntSize, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{FontResolver, Options, Tree};

use super::Svg;
use super::encoding::encode;
use super::face::{REGULAR, SEMIBOLD};
use super::fallback::Fallback;
use super::options::ChartOptions;
use crate::error::{Error, Result};

/// The largest picture, in pixels: 400 megabytes in memory.
const MOST_PIXELS: f64 = 1e8;

/// Makes PNGs; keeps the fonts from one to the next.
pub struct Raster {
    scale: f32,
    /// The typeface, then fonts that were given besides it.
    fonts: Arc<Database>,
    /// How many faces of these are the typeface.
    own: usize,
    with_system: bool,
    fallback: OnceLock<Fallback>,
    /// Room for pixels, kept from one picture to the next: finding some megabytes anew each time
    /// costs a tenth of a picture.
    spare: Mutex<Vec<u8>>,
}

impl Raster {
    /// A raster for drawings made with these options.
    #[must_use]
    pub fn new(options: &ChartOptions) -> Self {
        let mut fonts = Database::new();
        let embedded = [REGULAR, SEMIBOLD];
        let given: Vec<&[u8]> = options.fonts.iter().map(Vec::as_slice).collect();
        let (own, others) = match given.split_first() {
            Some((first, others)) => (vec![*first], [&embedded, others].concat()),
            None => (embedded.to_vec(), Vec::new()),
        };
        for data in own {
            fonts.load_font_data(data.to_vec());
        }
        let own = fonts.len();
        for data in others {
            fonts.load_font_data(data.to_vec());
        }
        Self {
            scale: options.scale,
            fonts: Arc::new(fonts),
            own,
            with_system: !options.given_fonts_only,
            fallback: OnceLock::new(),
            spare: Mutex::default(),
        }
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
        let fallback = svg.foreign.then(|| self.fallback.get_or_init(|| self.look_for_fonts()));
        let options = Options {
            fontdb: fallback.map_or_else(|| self.fonts.clone(), Fallback::fonts),
            font_resolver: FontResolver {
                select_font: FontResolver::default_font_selector(),
                // Every run of letters has its font by now.
                select_fallback: Box::new(|_, _, _| None),
            },
            ..Options::default()
        };
        let text = fallback.map_or(svg.text.as_str().into(), |fonts| fonts.spell(&svg.text));
        let tree = Tree::from_str(&text, &options).map_err(|e| failed(&e))?;
        let mut room =
            std::mem::take(&mut *self.spare.lock().unwrap_or_else(PoisonError::into_inner));
        room.resize(width as usize * height as usize * 4, 0);
        let mut pixels = IntSize::from_wh(width as u32, height as u32)
            .and_then(|size| Pixmap::from_vec(room, size))
            .ok_or_else(|| failed(&"there is no room for the picture"))?;
        pixels.fill(Color::from_rgba8(svg.ground.0, svg.ground.1, svg.ground.2, 255));
        let transform = Transform::from_scale(self.scale, self.scale);
        resvg::render(&tree, transform, &mut pixels.as_mut());
        let png = encode(svg, &pixels, self.scale).map_err(|e| failed(&e));
        *self.spare.lock().unwrap_or_else(PoisonError::into_inner) = pixels.take();
        png
    }

    fn look_for_fonts(&self) -> Fallback {
        let mut all = Database::clone(&self.fonts);
        if self.with_system {
            all.load_system_fonts();
        }
        Fallback::new(Arc::new(all), self.own, self.fonts.len() - self.own)
    }
}
