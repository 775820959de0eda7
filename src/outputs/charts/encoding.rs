//! PNG with the metadata that its specification names, and with a palette where the picture allows.
//!
//! A chart is made of few colours and of the shades at the edges of its letters. With 256 of them a
//! picture takes a fifth of the room and of the time that full colour takes. The most frequent
//! colours stay exact; a rare shade becomes the nearest that is kept, if nobody can see the
//! difference. If somebody could, the picture is written in full colour.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use png::{
    BitDepth, ColorType, Compression, DeflateCompression, Encoder, EncodingError, Filter,
    PixelDimensions, Unit,
};
use resvg::tiny_skia::Pixmap;

use super::Svg;

/// Colours that a palette holds.
const PALETTE: usize = 256;
/// So many of them are the most frequent ones; the others cover what is far from these.
const FREQUENT: usize = 176;
/// A shade may change by so much in each of red, green and blue, of 255.
const UNSEEN: u8 = 10;
/// A picture of more colours is no drawing.
const DRAWING: usize = 20_000;

type Rgb = [u8; 3];

/// Writes the pixels; `scale` is the number of pixels for each of the drawing.
pub(super) fn encode(svg: &Svg, pixels: &Pixmap, scale: f32) -> Result<Vec<u8>, EncodingError> {
    let colors =
        pixels.data().chunks_exact(4).map(|p| u32::from_le_bytes([p[0], p[1], p[2], p[3]]));
    let with_palette = Counted::of(colors.clone()).and_then(Counted::indexed);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_depth(BitDepth::Eight);
    let density = (96.0 * f64::from(scale) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: density,
        yppu: density,
        unit: Unit::Meter,
    }));
    let software = concat!("Rejoinder ", env!("CARGO_PKG_VERSION"));
    let entries = [("Title", svg.title.as_str()), ("Source", &svg.source), ("Software", software)];
    for (keyword, text) in entries.into_iter().filter(|(_, text)| !text.is_empty()) {
        encoder.add_itxt_chunk(keyword.to_owned(), text.to_owned())?;
    }
    let data: Vec<u8> = if let Some((palette, places)) = with_palette {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette.concat());
        // The next two levels save a twentieth at twice the time.
        encoder.set_deflate_compression(DeflateCompression::Level(4));
        encoder.set_filter(Filter::NoFilter);
        places
    } else {
        encoder.set_color(ColorType::Rgb);
        encoder.set_compression(Compression::Fast);
        colors.flat_map(rgb).collect()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// A picture as runs of the same colour.
struct Counted {
    /// The number of the colour, and how many pixels have it.
    runs: Vec<(u16, u32)>,
    /// Colours by number, with their pixels.
    colors: Vec<(Rgb, u64)>,
}

impl Counted {
    /// `None` if it has more colours than a drawing.
    fn of(mut pixels: impl Iterator<Item = u32>) -> Option<Self> {
        let mut numbers: HashMap<u32, u16, FixedState> = HashMap::default();
        let mut counted = Self { runs: Vec::new(), colors: Vec::new() };
        let mut color = pixels.next()?;
        loop {
            let mut length = 1;
            let next = loop {
                match pixels.next() {
                    Some(pixel) if pixel == color => length += 1,
                    next => break next,
                }
            };
            let colors = &mut counted.colors;
            let number = *numbers.entry(color).or_insert_with(|| {
                colors.push((rgb(color), 0));
                (colors.len() - 1) as u16
            });
            colors[usize::from(number)].1 += u64::from(length);
            counted.runs.push((number, length));
            match next {
                _ if counted.colors.len() > DRAWING => return None,
                Some(next) => color = next,
                None => return Some(counted),
            }
        }
    }

    /// A palette and the place in it of each pixel; `None` if 256 colours would be seen to be too
    /// few.
    fn indexed(self) -> Option<(Vec<Rgb>, Vec<u8>)> {
        let mut ranked: Vec<usize> = (0..self.colors.len()).collect();
        ranked.sort_by_key(|&number| (std::cmp::Reverse(self.colors[number].1), number));
        let kept = if ranked.len() <= PALETTE { PALETTE } else { FREQUENT };
        let rare = ranked.split_off(kept.min(ranked.len()));
        let mut palette: Vec<Rgb> = ranked.iter().map(|&number| self.colors[number].0).collect();
        // Of each rare shade, which kept colour is nearest, and how far that is.
        let mut nearest: Vec<(usize, u8)> =
            rare.iter().map(|&number| closest(self.colors[number].0, &palette)).collect();
        while palette.len() < PALETTE {
            let Some(farthest) = (0..rare.len()).max_by_key(|&i| (nearest[i].1, !i)) else { break };
            if nearest[farthest].1 == 0 {
                break;
            }
            let (place, added) = (palette.len(), self.colors[rare[farthest]].0);
            palette.push(added);
            for (near, &number) in nearest.iter_mut().zip(&rare) {
                let apart = distance(self.colors[number].0, added);
                if apart < near.1 {
                    *near = (place, apart);
                }
            }
        }
        if nearest.iter().any(|&(_, apart)| apart > UNSEEN) {
            return None;
        }
        let mut place = vec![0u8; self.colors.len()];
        ranked.iter().enumerate().for_each(|(i, &number)| place[number] = i as u8);
        rare.iter().zip(nearest).for_each(|(&number, (i, _))| place[number] = i as u8);
        let mut places = Vec::new();
        for (number, length) in self.runs {
            places.resize(places.len() + length as usize, place[usize::from(number)]);
        }
        Some((palette, places))
    }
}

/// The colour of a pixel, whose fourth byte is its opacity.
fn rgb(pixel: u32) -> Rgb {
    let [r, g, b, _] = pixel.to_le_bytes();
    [r, g, b]
}

/// The largest difference in red, green or blue.
fn distance(a: Rgb, b: Rgb) -> u8 {
    a[0].abs_diff(b[0]).max(a[1].abs_diff(b[1])).max(a[2].abs_diff(b[2]))
}

fn closest(color: Rgb, colors: &[Rgb]) -> (usize, u8) {
    let apart = colors.iter().map(|&other| distance(color, other)).enumerate();
    apart.min_by_key(|&(i, apart)| (apart, i)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_stay_exact_and_rare_shades_move_unseen() {
        let pixel = |[r, g, b]: Rgb| u32::from_le_bytes([r, g, b, 255]);
        let reduce = |colors: &[Rgb]| Counted::of(colors.iter().copied().map(pixel))?.indexed();
        let few: Vec<Rgb> = (0..=255u8).map(|i| [i, 0, 255 - i]).collect();
        let (palette, indexes) = reduce(&few).expect("256 colours fit");
        let back: Vec<Rgb> = indexes.iter().map(|&i| palette[usize::from(i)]).collect();
        assert_eq!(back, few);

        // A frequent white, and a ramp of 4 × 255 shades.
        let ramp = (0..=255u8).flat_map(|i| (0..4u8).map(move |j| [i, i, i.saturating_sub(j)]));
        let many: Vec<Rgb> = std::iter::repeat_n([255; 3], 5_000).chain(ramp).collect();
        let (palette, indexes) = reduce(&many).expect("shades are close");
        assert!(palette.len() <= PALETTE);
        for (&pixel, i) in many.iter().zip(indexes) {
            assert!(distance(pixel, palette[usize::from(i)]) <= UNSEEN);
        }
        assert_eq!(palette[0], [255; 3]);

        let scattered: Vec<Rgb> = (0..4_000u32)
            .map(|i| [(i * 97 % 256) as u8, (i * 31 % 251) as u8, (i * 193 % 241) as u8])
            .collect();
        assert!(reduce(&scattered).is_none());
    }
}
