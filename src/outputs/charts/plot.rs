//! A plot: two axes around a field, and marks placed by their values.
//!
//! Plotters maps values to places and draws the marks; the axes are ours, because its own write
//! labels over each other. A label that would touch the one before it is left out, its tick stays.

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::Color as _;

use super::canvas::{Canvas, Rect, Text, stroke, units};
use super::legend::{self, Key};
use super::scale::{Scale, Tick};
use super::sheet::{Sheet, UNIT};
use super::theme::{Color, LABEL, MARGIN};

/// One axis.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    /// How values are laid out.
    pub(crate) scale: Scale,
    /// What is marked.
    pub(crate) ticks: Vec<Tick>,
    /// What the values are, with their unit.
    pub(crate) title: String,
    /// Lines across the field at the ticks.
    pub(crate) grid: bool,
    /// What the colours of the field mean; stands behind the title of a vertical axis.
    keys: Vec<Key>,
    /// The ticks are names, which are read rather than glanced at.
    named: bool,
}

impl Axis {
    pub(crate) fn new((scale, ticks): (Scale, Vec<Tick>), title: impl Into<String>) -> Self {
        Self { scale, ticks, title: title.into(), grid: true, keys: Vec::new(), named: false }
    }

    /// Categories: the `i`th stands at `i`, from -½ to n - ½.
    pub(crate) fn categories(
        labels: impl IntoIterator<Item = String>,
        title: impl Into<String>,
    ) -> Self {
        let ticks: Vec<Tick> =
            labels.into_iter().enumerate().map(|(i, label)| Tick::new(i as f64, label)).collect();
        let scale = Scale::Linear { low: -0.5, high: ticks.len().max(1) as f64 - 0.5 };
        Self { scale, ticks, title: title.into(), grid: false, keys: Vec::new(), named: true }
    }

    /// The first category stands on top, as lists are read.
    pub(crate) fn downwards(mut self) -> Self {
        if let Scale::Linear { low, high } = self.scale {
            self.scale = Scale::Linear { low: high, high: low };
        }
        self
    }

    pub(crate) fn without_grid(self) -> Self {
        Self { grid: false, ..self }
    }

    /// With what the colours of the field mean, beside the title.
    pub(crate) fn keyed(self, keys: Vec<Key>) -> Self {
        Self { keys, ..self }
    }

    /// The same lines without anything written.
    pub(crate) fn unlabelled(&self) -> Self {
        let ticks = self.ticks.iter().map(|tick| Tick::new(tick.value, "")).collect();
        Self { ticks, title: String::new(), ..self.clone() }
    }

    /// The same over another range, ticks kept.
    pub(crate) fn over(self, scale: Scale) -> Self {
        Self { scale, ..self }
    }

    fn ink(&self, canvas: &Canvas<'_>) -> Text {
        Text::new(if self.named { canvas.theme.ink } else { canvas.theme.muted })
    }
}

/// How many ticks suit an axis of a length in pixels.
pub(crate) fn ticks_for(length: f64, each: f64) -> usize {
    ((length / each) as usize).max(2)
}

/// A field with axes.
pub(crate) struct Plot {
    area: DrawingArea<Sheet, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    /// The field.
    pub(crate) field: Rect,
    x: Scale,
    y: Scale,
}

/// The room that the labels of a vertical axis take, at most a third of what there is.
pub(crate) fn gutter(canvas: &Canvas<'_>, y: &Axis, room: Rect) -> f64 {
    let width = |tick: &Tick| canvas.face.width(&tick.label, LABEL, false);
    y.ticks.iter().map(width).fold(0.0, f64::max).ceil().min((room.width() * 0.32).floor())
}

impl Plot {
    /// Draws the axes into `room` and gives the field between them.
    pub(crate) fn new(canvas: &Canvas<'_>, room: Rect, x: &Axis, y: &Axis) -> Self {
        Self::with_gutter(canvas, room, x, y, gutter(canvas, y, room))
    }

    /// The same, with a given room for the labels of the vertical axis, so that plots line up.
    pub(crate) fn with_gutter(
        canvas: &Canvas<'_>,
        room: Rect,
        x: &Axis,
        y: &Axis,
        widest: f64,
    ) -> Self {
        let label = Text::new(canvas.theme.muted);
        let rows = usize::from(x.ticks.iter().any(|tick| !tick.label.is_empty()))
            + usize::from(x.ticks.iter().any(|tick| tick.second.is_some()));
        let titled = usize::from(!x.title.is_empty());
        let below =
            label.line() * (rows + titled) as f64 + if rows + titled > 0 { 12.0 } else { 0.0 };
        let above = if y.title.is_empty() { 0.0 } else { label.line() + 11.0 };
        let left = if y.ticks.is_empty() { 0.0 } else { widest + 10.0 };
        let field = Rect::new(room.left + left, room.top + above, room.right, room.bottom - below);
        let plot = Self::bare(canvas, field, x.scale, y.scale);
        plot.draw_y(canvas, y, room, widest);
        plot.draw_x(canvas, x, room, rows);
        plot
    }

    /// A field without axes.
    pub(crate) fn bare(canvas: &Canvas<'_>, field: Rect, x: Scale, y: Scale) -> Self {
        let (left, top) = units((field.left, field.top));
        let (right, bottom) = units((field.right, field.bottom));
        let ranged = |scale: Scale| RangedCoordf64::from(scale.range().0..scale.range().1);
        let spec: Cartesian2d<RangedCoordf64, RangedCoordf64> =
            Cartesian2d::new(ranged(x), ranged(y), (left..right, bottom..top));
        Self { area: canvas.area.apply_coord_spec(spec), field, x, y }
    }

    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x.coordinate(x), self.y.coordinate(y))
    }

    /// The place of a pair of values, in pixels.
    pub(crate) fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = self.area.map_coordinate(&self.at((x, y)));
        (f64::from(x) / UNIT, f64::from(y) / UNIT)
    }

    /// A filled rectangle between two corners.
    pub(crate) fn bar(&self, a: (f64, f64), b: (f64, f64), color: Color) {
        let bar = Rectangle::new([self.at(a), self.at(b)], color.filled());
        self.area.draw(&bar).expect("writing to a string cannot fail");
    }

    /// A line through points.
    pub(crate) fn line(&self, points: &[(f64, f64)], color: Color, width: f64) {
        let points: Vec<_> = points.iter().map(|&p| self.at(p)).collect();
        let line = PathElement::new(points, stroke(color, width));
        self.area.draw(&line).expect("writing to a string cannot fail");
    }

    /// A filled polygon.
    pub(crate) fn polygon(&self, points: &[(f64, f64)], color: Color, opacity: f64) {
        let points: Vec<_> = points.iter().map(|&p| self.at(p)).collect();
        let polygon = Polygon::new(points, color.mix(opacity));
        self.area.draw(&polygon).expect("writing to a string cannot fail");
    }

    /// A dot of a radius in pixels.
    pub(crate) fn dot(&self, at: (f64, f64), radius: f64, color: Color, opacity: f64) {
        let style = color.mix(opacity).filled();
        let dot = Circle::new(self.at(at), radius * UNIT, style);
        self.area.draw(&dot).expect("writing to a string cannot fail");
    }

    fn draw_y(&self, canvas: &Canvas<'_>, axis: &Axis, room: Rect, widest: f64) {
        let (theme, field) = (canvas.theme, self.field);
        let style = axis.ink(canvas);
        if !axis.title.is_empty() {
            let y = room.top + style.line() / 2.0;
            legend::heading(canvas, &axis.title, &axis.keys, (room.left, room.right), y);
        }
        for tick in &axis.ticks {
            let y = self.place(f64::NAN, tick.value).1;
            if axis.grid {
                canvas.line(&[(field.left, y), (field.right, y)], theme.grid, 1.0);
            }
            let short = canvas.face.shorten(&tick.label, LABEL, false, widest);
            let at = (field.left - 8.0, y);
            canvas.label(&short, at, style.end(), &canvas.bounds());
        }
    }

    fn draw_x(&self, canvas: &Canvas<'_>, axis: &Axis, room: Rect, rows: usize) {
        let (theme, field) = (canvas.theme, self.field);
        let style = Text::new(theme.muted);
        let first = field.bottom + 8.0 + style.line() / 2.0;
        let mut free = [f64::NEG_INFINITY; 2];
        let mut pending: Option<&String> = None;
        for tick in &axis.ticks {
            let x = self.place(tick.value, f64::NAN).0;
            if axis.grid {
                canvas.line(&[(x, field.top), (x, field.bottom)], theme.grid, 1.0);
            } else {
                canvas.line(&[(x, field.bottom), (x, field.bottom + 4.0)], theme.grid, 1.0);
            }
            pending = tick.second.as_ref().or(pending);
            let mut write = |row: usize, text: &str| {
                let y = first + row as f64 * style.line();
                let extent = canvas.extent(text, (x, y), style.middle());
                let shift = (room.left - extent.left).max(0.0)
                    - (extent.right - (canvas.width - MARGIN)).max(0.0);
                if extent.left + shift < free[row] {
                    return false;
                }
                free[row] = extent.right + shift + 8.0;
                canvas.label(text, (x + shift, y), style.middle(), &canvas.bounds())
            };
            if write(0, &tick.label)
                && let Some(second) = pending
                && write(1, second)
            {
                pending = None;
            }
        }
        canvas.line(&[(field.left, field.bottom), (field.right, field.bottom)], theme.muted, 1.0);
        if !axis.title.is_empty() {
            let at = (field.right, first + rows as f64 * style.line() + 2.0);
            let title = canvas.face.shorten(&axis.title, LABEL, false, room.width());
            canvas.label(&title, at, style.end(), &canvas.bounds());
        }
    }
}
