//! The one visual language of all charts: colours, sizes, spacing.
//!
//! The categorical colours follow Paul Tol's high- and medium-contrast schemes (SRON/EPS/TN/09-002):
//! they stay apart for readers with any colour vision and, the first three, in greyscale. The
//! sequential colours change in lightness alone. Both are tested for that below.

use plotters::style::RGBColor;

/// A colour without transparency.
pub(crate) type Color = RGBColor;

/// Size of the title, in pixels.
pub(crate) const TITLE: f64 = 19.0;
/// Size of the line under the title.
pub(crate) const SUBTITLE: f64 = 13.5;
/// Size of axis labels, legends, names.
pub(crate) const LABEL: f64 = 12.0;
/// Size of the footnote and of small print within a chart.
pub(crate) const SMALL: f64 = 11.0;
/// Height of a line of text, as a multiple of its size.
pub(crate) const LEADING: f64 = 1.32;
/// Space between the edge of the picture and what is drawn.
pub(crate) const MARGIN: f64 = 24.0;

/// The colours of a chart, on light or on dark ground.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme {
    /// The ground.
    pub(crate) background: Color,
    /// Titles and names.
    pub(crate) ink: Color,
    /// Axis labels, footnotes.
    pub(crate) muted: Color,
    /// Lines that carry no data: axes, grids.
    pub(crate) grid: Color,
    /// What is left over: "others", "no topic".
    pub(crate) rest: Color,
    /// Colours of categories, the most different first.
    pub(crate) categories: [Color; 7],
    /// Least to most.
    sequence: [Color; 4],
}

const fn rgb(hex: u32) -> Color {
    RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// For screens and paper.
pub(crate) const LIGHT: Theme = Theme {
    background: rgb(0x00ff_ffff),
    ink: rgb(0x001c_2230),
    muted: rgb(0x0056_5e6d),
    grid: rgb(0x00e0_e4e9),
    rest: rgb(0x00b9_bfc8),
    categories: [
        rgb(0x0000_4488),
        rgb(0x00dd_aa33),
        rgb(0x00bb_5566),
        rgb(0x0066_99cc),
        rgb(0x0099_7700),
        rgb(0x00ee_99aa),
        rgb(0x0099_4455),
    ],
    sequence: [rgb(0x00e9_f0f7), rgb(0x0095_bddd), rgb(0x0033_79b5), rgb(0x0000_2f5f)],
};

/// For dark screens.
pub(crate) const DARK: Theme = Theme {
    background: rgb(0x0014_181f),
    ink: rgb(0x00e9_ecf1),
    muted: rgb(0x00a6_aebb),
    grid: rgb(0x002c_333e),
    rest: rgb(0x007b_8494),
    categories: [
        rgb(0x004a_86d0),
        rgb(0x00f3_d27a),
        rgb(0x00e0_7b8c),
        rgb(0x009c_c6f0),
        rgb(0x00b3_9430),
        rgb(0x00f8_c4cf),
        rgb(0x00b8_5a78),
    ],
    sequence: [rgb(0x001f_2a38), rgb(0x002f_5f8f), rgb(0x0062_a3dc), rgb(0x00d6_eaff)],
};

impl Theme {
    /// The theme for light or dark ground.
    pub(crate) const fn new(dark: bool) -> Self {
        if dark { DARK } else { LIGHT }
    }

    /// The colour of the `i`th category; those beyond the palette are left over.
    pub(crate) fn category(&self, i: usize) -> Color {
        self.categories.get(i).copied().unwrap_or(self.rest)
    }

    /// The colour of marks where colour tells nothing.
    pub(crate) fn plain(&self) -> Color {
        self.sequence[2]
    }

    /// The colour of a share between least (0) and most (1).
    pub(crate) fn sequential(&self, share: f64) -> Color {
        let at = share.clamp(0.0, 1.0) * (self.sequence.len() - 1) as f64;
        let below = (at as usize).min(self.sequence.len() - 2);
        mix(self.sequence[below], self.sequence[below + 1], at - below as f64)
    }
}

/// Black or white: whichever can be read on `ground`.
pub(crate) fn ink_on(ground: Color) -> Color {
    // Pure, as on a middle tone nothing less reaches a contrast of 4.5.
    let (dark, light) = (rgb(0x0000_0000), rgb(0x00ff_ffff));
    if contrast(dark, ground) >= contrast(light, ground) { dark } else { light }
}

/// A colour between two: `share` 0 is the first, 1 the second.
pub(crate) fn mix(a: Color, b: Color, share: f64) -> Color {
    let part = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    RGBColor(part(a.0, b.0), part(a.1, b.1), part(a.2, b.2))
}

/// Relative luminance, 0 to 1 (WCAG 2.1).
fn luminance(color: Color) -> f64 {
    let linear = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.0) + 0.7152 * linear(color.1) + 0.0722 * linear(color.2)
}

/// Contrast of two colours, 1 to 21 (WCAG 2.1).
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How a dichromat sees a colour (Viénot, Brettel & Mollon 1999), and everyone else.
    fn seen(color: Color) -> [[f64; 3]; 3] {
        let [r, g, b] = [color.0, color.1, color.2].map(|c| (f64::from(c) / 255.0).powf(2.2));
        let back = |c: [f64; 3]| c.map(|c| 255.0 * c.clamp(0.0, 1.0).powf(1.0 / 2.2));
        let protan = 0.1121 * r + 0.8853 * g;
        let deutan = 0.2920 * r + 0.7054 * g;
        [
            back([r, g, b]),
            back([protan, protan, 0.0040 * r - 0.0040 * g + b]),
            back([deutan, deutan, -0.0223 * r + 0.0223 * g + b]),
        ]
    }

    #[test]
    fn categories_differ_for_every_reader() {
        for theme in [LIGHT, DARK] {
            for (i, &a) in theme.categories.iter().enumerate() {
                assert!(contrast(a, theme.background) >= 1.9, "{a:?} is lost on the ground");
                for &b in &theme.categories[..i] {
                    for (a, b) in seen(a).iter().zip(seen(b)) {
                        let apart: f64 =
                            a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                        assert!(apart >= 28.0, "{a:?} and {b:?} look alike: {apart}");
                    }
                }
            }
            let grey: Vec<f64> = theme.categories[..3].iter().map(|&c| luminance(c)).collect();
            assert!((grey[0] - grey[1]).abs() > 0.2, "{grey:?}");
            assert!((grey[0] - grey[2]).abs() > 0.06, "{grey:?}");
            assert!((grey[1] - grey[2]).abs() > 0.2, "{grey:?}");
        }
    }

    #[test]
    fn sequences_change_lightness_steadily_and_texts_are_readable() {
        for theme in [LIGHT, DARK] {
            let light: Vec<f64> =
                (0..=20).map(|i| luminance(theme.sequential(f64::from(i) / 20.0))).collect();
            assert!(light.is_sorted() || light.iter().rev().is_sorted(), "{light:?}");
            assert!(contrast(theme.ink, theme.background) >= 7.0);
            assert!(contrast(theme.muted, theme.background) >= 4.5);
            for i in 0..=20 {
                let ground = theme.sequential(f64::from(i) / 20.0);
                assert!(contrast(ink_on(ground), ground) >= 4.5);
            }
        }
    }
}
