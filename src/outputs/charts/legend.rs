//! Legends: what colours, lines and sizes mean, for the page or beside a panel's title.

use super::canvas::{Canvas, Rect, Text};
use super::theme::{Color, LABEL};

/// An entry of a legend.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// What is drawn in front of the label.
    sign: Sign,
    /// What it stands for.
    label: String,
}

/// What a legend draws in front of a label.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sign {
    /// A filled square.
    Square(Color),
    /// A filled circle.
    Dot(Color),
    /// A line.
    Line(Color),
    /// A dashed line.
    Dashes(Color),
    /// An upright line.
    Stroke(Color),
    /// A dot in the middle of an upright line.
    Interval(Color),
    /// Circles from the smallest to the largest, by their radii.
    Sizes(Color, [f64; 3]),
    /// Squares from the least to the most.
    Ramp([Color; 5]),
}

/// Between a sign and its label.
const NEAR: f64 = 6.0;
/// Between two entries.
const APART: f64 = 18.0;

impl Sign {
    fn width(self) -> f64 {
        match self {
            Self::Square(_) | Self::Dot(_) => 12.0,
            Self::Stroke(_) | Self::Interval(_) => 8.0,
            Self::Line(_) | Self::Dashes(_) => 22.0,
            Self::Sizes(_, radii) => radii.iter().map(|radius| 2.0 * radius + 3.0).sum(),
            Self::Ramp(_) => 70.0,
        }
    }

    fn height(self) -> f64 {
        match self {
            Self::Sizes(_, radii) => radii.into_iter().fold(0.0, f64::max) * 2.0,
            _ => 14.0,
        }
    }

    fn draw(self, canvas: &Canvas<'_>, x: f64, y: f64) {
        let square = |x: f64, width: f64| Rect::new(x, y - 6.0, x + width, y + 6.0);
        let upright = |color| canvas.line(&[(x + 4.0, y - 7.0), (x + 4.0, y + 7.0)], color, 2.0);
        match self {
            Self::Square(color) => canvas.rect(square(x, 12.0), color),
            Self::Dot(color) => canvas.circle((x + 6.0, y), 5.0, color),
            Self::Line(color) => canvas.line(&[(x, y), (x + 22.0, y)], color, 2.0),
            Self::Dashes(color) => {
                canvas.dashed(|| canvas.line(&[(x, y), (x + 22.0, y)], color, 2.0));
            }
            Self::Stroke(color) => upright(color),
            Self::Interval(color) => {
                upright(color);
                canvas.circle((x + 4.0, y), 4.0, color);
            }
            Self::Sizes(color, radii) => {
                let mut x = x;
                for radius in radii {
                    canvas.circle((x + radius, y), radius, color);
                    x += 2.0 * radius + 3.0;
                }
            }
            Self::Ramp(colors) => {
                for (i, color) in colors.into_iter().enumerate() {
                    canvas.rect(square(x + 14.0 * i as f64, 14.0), color);
                }
            }
        }
    }
}

impl Key {
    pub(crate) fn new(sign: Sign, label: impl Into<String>) -> Self {
        Self { sign, label: label.into() }
    }

    /// Room that it takes.
    fn width(&self, canvas: &Canvas<'_>) -> f64 {
        self.sign.width() + NEAR + canvas.face.width(&self.label, LABEL, false)
    }

    /// Draws it from `x` on, shortened to the room there is; gives its end.
    fn draw(&self, canvas: &Canvas<'_>, (x, y): (f64, f64), room: f64) -> f64 {
        let start = x + self.sign.width() + NEAR;
        let label = canvas.face.shorten(&self.label, LABEL, false, x + room - start);
        self.sign.draw(canvas, x, y);
        canvas.text(&label, (start, y), Text::new(canvas.theme.ink));
        start + canvas.face.width(&label, LABEL, false)
    }
}

/// Writes entries side by side between two edges, in as many rows from `y` down to `limit` as they
/// need; gives the place below them.
pub(crate) fn rows(
    canvas: &Canvas<'_>,
    keys: &[Key],
    (left, right): (f64, f64),
    y: f64,
    limit: f64,
) -> f64 {
    let line = Text::new(canvas.theme.ink).line();
    let tall = keys.iter().map(|key| key.sign.height()).fold(line, f64::max);
    let (mut x, mut y) = (left, y + tall / 2.0);
    for key in keys {
        if x > left && x + key.width(canvas) > right {
            if y + line > limit {
                break;
            }
            x = left;
            y += tall + 3.0;
        }
        x = key.draw(canvas, (x, y), right - x) + APART;
    }
    y + tall / 2.0
}

/// Writes a panel's title with its entries behind it on one line; where they do not fit, the
/// title gives way, since the entries cannot be guessed.
pub(crate) fn heading(
    canvas: &Canvas<'_>,
    title: &str,
    keys: &[Key],
    (left, right): (f64, f64),
    y: f64,
) {
    let style = Text::new(canvas.theme.ink).bold();
    let needed: f64 = keys.iter().map(|key| key.width(canvas) + APART).sum();
    let title = canvas.face.shorten(title, style.size, true, (right - left - needed).max(0.0));
    let mut x = left;
    if title.chars().count() > 3 && canvas.label(&title, (x, y), style, &canvas.bounds()) {
        x += canvas.face.width(&title, style.size, true) + APART;
    }
    for key in keys {
        let place = Rect::new(x, y - 7.0, (x + key.width(canvas)).min(right), y + 7.0);
        if right - x < 40.0 || canvas.taken(&place) {
            break;
        }
        x = key.draw(canvas, (x, y), right - x) + APART;
    }
}
