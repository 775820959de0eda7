//! A grid of cells whose colour is a value: what heat maps and matrices share.

use super::canvas::{Canvas, Rect, Text};
use super::legend::{Key, Sign};
use super::theme::{Color, LABEL, MARGIN, SMALL, Theme, ink_on, mix};
use crate::outputs::wording;

/// A grid. Values are row by row; `None` leaves a cell empty.
#[derive(Default)]
pub(crate) struct Heat {
    pub(crate) rows: Vec<String>,
    pub(crate) columns: Vec<String>,
    /// A second line under the labels of columns; as many as columns, or none.
    pub(crate) seconds: Vec<String>,
    pub(crate) values: Vec<Option<f64>>,
    /// What stands in a cell, where there is room; empty for nothing.
    pub(crate) texts: Vec<String>,
    /// The tooltip of each cell.
    pub(crate) tips: Vec<String>,
    /// What rows and columns are.
    pub(crate) titles: (String, String),
    /// It is a matrix: cells are about square, and labels of columns read upwards where they do
    /// not fit.
    pub(crate) matrix: bool,
    /// What rows and columns add up to, behind and below the grid.
    pub(crate) totals: Option<(Vec<f64>, Vec<f64>)>,
    /// Sizes of groups of rows and columns that belong together, in order; framed.
    pub(crate) groups: Vec<usize>,
    /// Values are counts, which may be written in few signs where cells are narrow.
    pub(crate) counts: bool,
    /// Colours follow the square root, so that one cell of thousands leaves colour to the others.
    pub(crate) root: bool,
}

/// The height of a row in which a label can stand.
pub(crate) const ROW: f64 = 22.0;
/// Between the grid and its totals.
const GAP: f64 = 8.0;

impl Heat {
    /// A grid of counts, which stand in their cells.
    pub(crate) fn of_counts(counts: &[f64]) -> Self {
        let text = |&n: &f64| if n > 0.0 { wording::count(n) } else { String::new() };
        Self {
            values: counts.iter().map(|&n| Some(n)).collect(),
            texts: counts.iter().map(text).collect(),
            counts: true,
            root: skewed(counts),
            ..Self::default()
        }
    }

    /// The largest value.
    pub(crate) fn most(&self) -> f64 {
        self.values.iter().flatten().copied().fold(0.0, f64::max)
    }

    /// The height that suits so many rows, with `labels` pixels for those of the columns.
    pub(crate) fn height(&self, labels: f64) -> f64 {
        let totals = if self.totals.is_some() { ROW } else { 0.0 };
        152.0 + labels + self.rows.len() as f64 * ROW + totals
    }

    /// The legend: from one to the most, counted in `noun`s.
    pub(crate) fn legend(&self, theme: &Theme, noun: &str) -> Key {
        let most = self.most();
        let label = match most {
            most if most <= 1.0 => {
                return Key::new(Sign::Square(shade(theme, 1.0)), format!("1 {noun}"));
            }
            most if self.root => {
                let middle = wording::count(most / 4.0);
                let most = wording::counted(most as usize, noun);
                format!("1 to {most}, {middle} in the middle")
            }
            most => format!("1 to {}", wording::counted(most as usize, noun)),
        };
        ramp(theme, label)
    }

    /// Draws the grid with its labels into a room.
    pub(crate) fn draw(&self, canvas: &Canvas<'_>, room: Rect) {
        let quiet = Text::new(canvas.theme.muted);
        let widest = |labels: &[String]| {
            labels.iter().map(|label| canvas.face.width(label, LABEL, false)).fold(0.0, f64::max)
        };
        let left = widest(&self.rows).min(room.width() * 0.26).ceil();
        let sums =
            self.totals.as_ref().map_or(0.0, |(rows, _)| totals_width(canvas, rows) + GAP + 4.0);
        let n = self.columns.len().max(1) as f64;
        let wide = (room.width() - left - 10.0 - sums) / n;
        let across = widest(&self.columns);
        let turned = self.matrix && across + 6.0 > wide.min(90.0);
        let mut labels = quiet.line() + 4.0;
        if turned {
            labels = across.min(room.height() * 0.3) + 8.0;
        } else if self.seconds.iter().any(|second| !second.is_empty()) {
            labels += quiet.line();
        }
        let head = if self.titles.1.is_empty() { 0.0 } else { quiet.line() + 3.0 };
        let grid = Rect::new(
            room.left + left + 10.0,
            room.top + head + labels,
            room.right - sums,
            room.bottom - 4.0 - if self.totals.is_some() { ROW } else { 0.0 },
        );
        let widest_cell = match (self.matrix, turned) {
            (true, true) => 60.0,
            (true, false) => 90.0,
            (false, _) => 220.0,
        };
        let tall = (grid.height() / self.rows.len().max(1) as f64).min(46.0);
        let cell = (wide.min(widest_cell), tall);

        let title = canvas.face.shorten(&self.titles.1, LABEL, false, grid.width());
        let at = (grid.left, room.top + quiet.line() / 2.0);
        canvas.label(&title, at, quiet, &canvas.bounds());
        self.column_labels(canvas, grid, cell, turned.then_some(labels - 8.0));
        self.row_labels(canvas, grid, cell, left);
        self.cells(canvas, grid, cell);
        self.frames(canvas, grid, cell);
        if let Some((rows, columns)) = &self.totals {
            totals(canvas, grid, cell, rows, columns);
        }
    }

    fn row_labels(&self, canvas: &Canvas<'_>, grid: Rect, cell: (f64, f64), room: f64) {
        let style = Text::new(canvas.theme.ink).end();
        for (i, label) in self.rows.iter().enumerate() {
            let y = grid.top + (i as f64 + 0.5) * cell.1;
            let short = canvas.face.shorten(label, LABEL, false, room);
            canvas.label(&short, (grid.left - 8.0, y), style, &canvas.bounds());
        }
        let quiet = Text::new(canvas.theme.muted).end();
        let title = canvas.face.shorten(&self.titles.0, LABEL, false, room);
        let at = (grid.left - 8.0, grid.top - 3.0 - quiet.line() / 2.0);
        canvas.label(&title, at, quiet, &canvas.bounds());
    }

    /// Labels above the columns; `turned` is the room of those that read upwards.
    fn column_labels(
        &self,
        canvas: &Canvas<'_>,
        grid: Rect,
        cell: (f64, f64),
        turned: Option<f64>,
    ) {
        let style = Text::new(canvas.theme.ink);
        let quiet = Text::new(canvas.theme.muted).middle();
        let line = style.line();
        let mut free = f64::NEG_INFINITY;
        for (i, label) in self.columns.iter().enumerate().filter(|(_, label)| !label.is_empty()) {
            let x = grid.left + (i as f64 + 0.5) * cell.0;
            if let Some(room) = turned {
                let short = canvas.face.shorten(label, LABEL, false, room);
                canvas.label(&short, (x, grid.top - 5.0), style.turned(), &canvas.bounds());
                continue;
            }
            let short = canvas.face.shorten(label, LABEL, false, (cell.0 - 4.0).max(70.0));
            let second = self.seconds.get(i).map_or("", String::as_str);
            let width = |text: &str| canvas.face.width(text, LABEL, false) / 2.0;
            let half = width(&short).max(width(second));
            let x = x.max(MARGIN + half).min(canvas.width - MARGIN + 8.0 - half);
            if x - half < free {
                continue;
            }
            free = x + half + 8.0;
            let y = grid.top - 4.0 - line / 2.0;
            let rise = if self.seconds.iter().any(|text| !text.is_empty()) { line } else { 0.0 };
            canvas.label(&short, (x, y - rise), style.middle(), &canvas.bounds());
            canvas.label(second, (x, y), quiet, &canvas.bounds());
        }
    }

    fn cells(&self, canvas: &Canvas<'_>, grid: Rect, cell: (f64, f64)) {
        let columns = self.columns.len().max(1);
        let gap = if cell.0 > 6.0 { 1.0 } else { 0.0 };
        let most = self.most().max(f64::MIN_POSITIVE);
        let place = |i: usize| {
            let (row, column) = ((i / columns) as f64, (i % columns) as f64);
            let (x, y) = (grid.left + column * cell.0, grid.top + row * cell.1);
            Rect::new(x, y, x + cell.0 - gap, y + cell.1 - 1.0)
        };
        let wide = |text: &String| canvas.face.width(text, SMALL, false) > cell.0 - gap - 3.0;
        let compact = self.counts && self.texts.iter().any(wide);
        let known = || self.values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?)));
        canvas.group("ground", || {
            for (i, _) in known().filter(|&(_, value)| value <= 0.0) {
                canvas.rect(place(i), trace(&canvas.theme));
            }
        });
        canvas.group("cells", || {
            for (i, value) in known().filter(|&(_, value)| value > 0.0) {
                let share = if self.root { (value / most).sqrt() } else { value / most };
                let color = shade(&canvas.theme, share);
                if let Some(tip) = self.tips.get(i) {
                    canvas.tip(tip);
                }
                let place = place(i);
                canvas.rect(place, color);
                let text = match self.texts.get(i) {
                    Some(text) if !(compact && value >= 1_000.0) => text.clone(),
                    Some(_) => wording::compact(value),
                    None => String::new(),
                };
                let style = Text::new(ink_on(color)).size(SMALL).middle();
                let at = (f64::midpoint(place.left, place.right), place.top + cell.1 / 2.0 - 0.5);
                let within =
                    Rect::new(place.left + 1.5, place.top, place.right - 1.5, place.bottom);
                canvas.label(&text, at, style, &within);
            }
        });
    }

    /// Frames around the groups, along the diagonal.
    fn frames(&self, canvas: &Canvas<'_>, grid: Rect, cell: (f64, f64)) {
        canvas.group("groups", || {
            let mut start = 0.0;
            for &size in &self.groups {
                let end = start + size as f64;
                let (left, right) = (grid.left + start * cell.0, grid.left + end * cell.0);
                let (top, bottom) = (grid.top + start * cell.1, grid.top + end * cell.1);
                let corners =
                    [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
                let corners = corners.map(|(x, y)| (x - 0.5, y - 0.5));
                // A frame around one says nothing.
                if size > 1 {
                    canvas.line(&corners, canvas.theme.ink, 1.2);
                }
                start = end;
            }
        });
    }
}

/// The largest of the counts would leave no colour to the others.
fn skewed(counts: &[f64]) -> bool {
    let some: Vec<f64> = counts.iter().copied().filter(|&n| n > 0.0).collect();
    let most = some.iter().copied().fold(0.0, f64::max);
    most >= 20.0 && most > 5.0 * some.iter().sum::<f64>() / some.len() as f64
}

/// Sums behind the rows and below the columns.
fn totals(canvas: &Canvas<'_>, grid: Rect, cell: (f64, f64), rows: &[f64], columns: &[f64]) {
    let style = Text::new(canvas.theme.ink);
    let quiet = Text::new(canvas.theme.muted);
    let right = grid.left + columns.len() as f64 * cell.0;
    let bottom = grid.top + rows.len() as f64 * cell.1;
    let edge = right + GAP + totals_width(canvas, rows);
    canvas.group("totals", || {
        canvas.label(
            "total",
            (edge, grid.top - 4.0 - quiet.line() / 2.0),
            quiet.end(),
            &canvas.bounds(),
        );
        for (i, &sum) in rows.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
            let y = grid.top + (i as f64 + 0.5) * cell.1;
            canvas.label(&wording::count(sum), (edge, y), style.end(), &canvas.bounds());
        }
        let y = bottom + 4.0 + quiet.line() / 2.0;
        canvas.label("total", (grid.left - 8.0, y), quiet.end(), &canvas.bounds());
        let wide = |sum: f64| canvas.face.width(&wording::count(sum), SMALL, false) > cell.0 - 1.0;
        let compact = columns.iter().any(|&sum| wide(sum));
        for (i, &sum) in columns.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
            let x = grid.left + i as f64 * cell.0;
            let room = Rect::new(x - 1.0, bottom, x + cell.0 + 1.0, bottom + 40.0);
            let style = style.size(SMALL).middle();
            let text = if compact { wording::compact(sum) } else { wording::count(sum) };
            canvas.label(&text, (x + cell.0 / 2.0, y), style, &room);
        }
    });
}

/// Room for the sums behind the rows.
fn totals_width(canvas: &Canvas<'_>, rows: &[f64]) -> f64 {
    let width = |text: &str| canvas.face.width(text, LABEL, false);
    rows.iter().map(|&sum| width(&wording::count(sum))).fold(width("total"), f64::max)
}

/// The colour of a cell with nothing.
fn trace(theme: &Theme) -> Color {
    mix(theme.background, theme.grid, 0.45)
}

/// The colour of a share of the largest value.
fn shade(theme: &Theme, share: f64) -> Color {
    theme.sequential(0.06 + 0.94 * share)
}

/// The legend of a grid: from the least to the most.
pub(crate) fn ramp(theme: &Theme, label: impl Into<String>) -> Key {
    Key::new(Sign::Ramp([0.05, 0.25, 0.5, 0.75, 1.0].map(|share| shade(theme, share))), label)
}
