//! A grid of cells whose colour is a value: what heat maps and matrices share.

use super::canvas::{Canvas, Rect, Text};
use super::page::{Key, Sign};
use super::theme::{Color, LABEL, SMALL, Theme, ink_on, mix};

/// A grid. Values are row by row; `None` leaves a cell empty.
pub(crate) struct Heat {
    pub(crate) rows: Vec<String>,
    pub(crate) columns: Vec<String>,
    pub(crate) values: Vec<Option<f64>>,
    /// What stands in a cell, where there is room; empty for nothing.
    pub(crate) texts: Vec<String>,
    /// The tooltip of each cell.
    pub(crate) tips: Vec<String>,
    /// What rows and columns are.
    pub(crate) titles: (String, String),
    /// Column labels read upwards where they do not fit.
    pub(crate) turn: bool,
}

/// The height of a row in which a label can stand.
pub(crate) const ROW: f64 = 22.0;

impl Heat {
    /// The largest value.
    pub(crate) fn most(&self) -> f64 {
        self.values.iter().flatten().copied().fold(0.0, f64::max)
    }

    /// The height that suits so many rows, with `labels` pixels for those of the columns.
    pub(crate) fn height(&self, labels: f64) -> f64 {
        170.0 + labels + self.rows.len() as f64 * ROW
    }

    /// Draws the grid with its labels into a room.
    pub(crate) fn draw(&self, canvas: &Canvas<'_>, room: Rect) {
        let style = Text::new(canvas.theme.ink);
        let quiet = Text::new(canvas.theme.muted);
        let widest = |labels: &[String]| {
            labels.iter().map(|label| canvas.face.width(label, LABEL, false)).fold(0.0, f64::max)
        };
        let left = widest(&self.rows).min(room.width() * 0.26).ceil();
        let above = 2.0 * quiet.line();
        let n = self.columns.len().max(1) as f64;
        let across = widest(&self.columns);
        let turned = self.turn && across + 6.0 > (room.width() - left - 10.0) / n;
        let tall = if turned { across.min(room.height() * 0.3) + 8.0 } else { quiet.line() + 4.0 };
        let top = room.top + above.min(if self.titles.1.is_empty() { 6.0 } else { above }) + tall;
        let grid = Rect::new(room.left + left + 10.0, top, room.right, room.bottom - 4.0);
        let cell = (
            (grid.width() / n).min(if turned { 64.0 } else { 220.0 }),
            (grid.height() / self.rows.len().max(1) as f64).min(46.0),
        );

        let corner = room.top + quiet.line() / 2.0;
        for (title, x, room) in
            [(&self.titles.1, grid.left, grid.width()), (&self.titles.0, room.left, left)]
        {
            let title = canvas.face.shorten(title, LABEL, false, room);
            canvas.label(&title, (x, corner), quiet, &canvas.bounds());
        }
        for (i, label) in self.rows.iter().enumerate() {
            let y = grid.top + (i as f64 + 0.5) * cell.1;
            let short = canvas.face.shorten(label, LABEL, false, left);
            canvas.label(&short, (grid.left - 8.0, y), style.end(), &canvas.bounds());
        }
        let mut free = f64::NEG_INFINITY;
        for (i, label) in self.columns.iter().enumerate() {
            if label.is_empty() {
                continue;
            }
            let x = grid.left + (i as f64 + 0.5) * cell.0;
            if turned {
                let short = canvas.face.shorten(label, LABEL, false, tall - 8.0);
                canvas.label(&short, (x, grid.top - 5.0), style.turned(), &canvas.bounds());
                continue;
            }
            let short = canvas.face.shorten(label, LABEL, false, (cell.0 - 4.0).max(70.0));
            let extent = canvas.extent(&short, (x, 0.0), style.middle());
            let shift = (extent.right - canvas.width + 4.0).max(0.0);
            if extent.left - shift >= free {
                free = extent.right - shift + 8.0;
                let at = (x - shift, grid.top - 4.0 - quiet.line() / 2.0);
                canvas.label(&short, at, style.middle(), &canvas.bounds());
            }
        }
        self.cells(canvas, grid, cell);
    }

    fn cells(&self, canvas: &Canvas<'_>, grid: Rect, cell: (f64, f64)) {
        let most = self.most().max(f64::MIN_POSITIVE);
        let columns = self.columns.len().max(1);
        let gap = if cell.0 > 6.0 { 1.0 } else { 0.0 };
        canvas.group("cells", || {
            for (i, value) in self.values.iter().enumerate() {
                let (row, column) = ((i / columns) as f64, (i % columns) as f64);
                let (x, y) = (grid.left + column * cell.0, grid.top + row * cell.1);
                let place = Rect::new(x, y, x + cell.0 - gap, y + cell.1 - 1.0);
                let Some(value) = value else { continue };
                let color = shade(&canvas.theme, value / most);
                if let Some(tip) = self.tips.get(i).filter(|_| *value > 0.0) {
                    canvas.tip(tip);
                }
                canvas.rect(place, color);
                let Some(text) = self.texts.get(i).filter(|text| !text.is_empty()) else {
                    continue;
                };
                let style = Text::new(ink_on(color)).size(SMALL).middle();
                let at = (x + (cell.0 - gap) / 2.0, y + cell.1 / 2.0 - 0.5);
                canvas.label(text, at, style, &place);
            }
        });
    }
}

/// The colour of a share of the largest value; 0 is only a trace on the ground.
fn shade(theme: &Theme, share: f64) -> Color {
    if share <= 0.0 {
        mix(theme.background, theme.grid, 0.45)
    } else {
        theme.sequential(0.06 + 0.94 * share)
    }
}

/// The legend of a grid: from none to `most`.
pub(crate) fn ramp(theme: &Theme, label: impl Into<String>) -> Key {
    Key::new(Sign::Ramp([0.05, 0.25, 0.5, 0.75, 1.0].map(|share| shade(theme, share))), label)
}
