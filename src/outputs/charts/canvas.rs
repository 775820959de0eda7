//! What charts draw with: shapes in pixels by Plotters, texts that know their extent.
//!
//! Every text is measured when it is written, and its box is kept, so that a label that is nice to
//! have can be left out where there is no room for it ([`Canvas::label`]).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{
    Circle, CoordMapper, Drawable, PathElement, PointCollection, Polygon, Rectangle,
};
use plotters::style::{Color as _, ShapeStyle};

use super::face::Face;
use super::sheet::{Sheet, UNIT, Writing};
use super::theme::{Color, LABEL, LEADING, Theme};

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    pub(crate) fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(crate) fn within(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text {
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) color: Color,
    pub(crate) anchor: Anchor,
    pub(crate) turned: bool,
    pub(crate) halo: Option<Color>,
}

impl Text {
    pub(crate) fn new(color: Color) -> Self {
        Self { size: LABEL, bold: false, color, anchor: Anchor::Start, turned: false, halo: None }
    }

    pub(crate) fn size(self, size: f64) -> Self {
        Self { size, ..self }
    }

    pub(crate) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(crate) fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub(crate) fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// It reads upwards; its anchor is its lower end for [`Anchor::Start`].
    pub(crate) fn turned(self) -> Self {
        Self { turned: true, ..self }
    }

    /// It stands on lines or marks, parted from them by a rim of the ground's colour.
    pub(crate) fn halo(self, ground: Color) -> Self {
        Self { halo: Some(ground), ..self }
    }

    /// The height of a line.
    pub(crate) fn line(self) -> f64 {
        self.size * LEADING
    }
}

/// The picture of one chart while it is drawn.
pub(crate) struct Canvas<'a> {
    pub(crate) face: &'a Face,
    pub(crate) theme: Theme,
    pub(crate) width: f64,
    pub(crate) height: f64,
    sheet: Rc<RefCell<Sheet>>,
    pub(super) area: DrawingArea<Sheet, Shift>,
    boxes: RefCell<Vec<Rect>>,
    foreign: Cell<bool>,
}

/// Pixels as Plotters counts them.
pub(super) fn units((x, y): (f64, f64)) -> (i32, i32) {
    ((x * UNIT).round() as i32, (y * UNIT).round() as i32)
}

/// The style of a line of a width in pixels.
pub(super) fn stroke(color: Color, width: f64) -> ShapeStyle {
    ShapeStyle { color: color.to_rgba(), filled: false, stroke_width: (width * UNIT) as u32 }
}

impl<'a> Canvas<'a> {
    pub(crate) fn new(face: &'a Face, theme: Theme, width: f64, height: f64) -> Self {
        let sheet = Rc::new(RefCell::new(Sheet::new(width, height)));
        let area = DrawingArea::from(&sheet);
        let (boxes, foreign) = (RefCell::default(), Cell::new(false));
        Self { face, theme, width, height, sheet, area, boxes, foreign }
    }

    /// The whole picture.
    pub(crate) fn bounds(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width, self.height)
    }

    /// The next mark carries this tooltip.
    pub(crate) fn tip(&self, tip: impl Into<String>) {
        self.sheet.borrow_mut().tip(tip.into());
    }

    /// Draws what `draw` draws as a named group.
    pub(crate) fn group(&self, name: &str, draw: impl FnOnce()) {
        self.sheet.borrow_mut().open(name);
        draw();
        self.sheet.borrow_mut().close();
    }

    /// Draws what `draw` draws with dashed lines.
    pub(crate) fn dashed(&self, draw: impl FnOnce()) {
        self.sheet.borrow_mut().dash(Some("4 3"));
        draw();
        self.sheet.borrow_mut().dash(None);
    }

    /// Hands an element to Plotters, in its units.
    pub(super) fn draw<'e, E, B>(&self, element: &'e E)
    where
        &'e E: PointCollection<'e, (i32, i32), B>,
        E: Drawable<Sheet, B>,
        B: CoordMapper,
    {
        self.area.draw(element).expect("writing to a string cannot fail");
    }

    pub(crate) fn rect(&self, rect: Rect, color: Color) {
        let corners = [units((rect.left, rect.top)), units((rect.right, rect.bottom))];
        self.draw(&Rectangle::new(corners, color.filled()));
    }

    pub(crate) fn circle(&self, center: (f64, f64), radius: f64, color: Color) {
        self.draw(&Circle::new(units(center), radius * UNIT, color.filled()));
    }

    pub(crate) fn line(&self, points: &[(f64, f64)], color: Color, width: f64) {
        let points: Vec<_> = points.iter().map(|&p| units(p)).collect();
        self.draw(&PathElement::new(points, stroke(color, width)));
    }

    pub(crate) fn polygon(&self, points: &[(f64, f64)], color: Color, opacity: f64) {
        let points: Vec<_> = points.iter().map(|&p| units(p)).collect();
        self.draw(&Polygon::new(points, color.mix(opacity)));
    }

    /// A curve from a path's data, for which Plotters has no element.
    pub(crate) fn curve(&self, data: &str, color: Color, width: f64, opacity: f64) {
        self.sheet.borrow_mut().curve(data, color, width, opacity);
    }

    /// The box that a text would take; `at` is its anchor, with y at half the height of capitals.
    pub(crate) fn extent(&self, text: &str, at: (f64, f64), style: Text) -> Rect {
        let width = self.face.width(text, style.size, style.bold);
        let start = match style.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        let (up, down) = (style.size * 0.61, style.size * 0.61);
        if style.turned {
            Rect::new(at.0 - up, at.1 - start - width, at.0 + down, at.1 - start)
        } else {
            Rect::new(at.0 + start, at.1 - up, at.0 + start + width, at.1 + down)
        }
    }

    /// Writes a text; `at` is its anchor, with y at half the height of capitals.
    pub(crate) fn text(&self, text: &str, at: (f64, f64), style: Text) {
        // XML would do the same to white space, after it was measured.
        let text = &text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        self.boxes.borrow_mut().push(self.extent(text, at, style));
        let covered = self.face.covers(text, style.bold);
        if !covered {
            self.foreign.set(true);
        }
        // Half the height of capitals, in ems.
        let drop = style.size * 0.364;
        let at = if style.turned { (at.0 + drop, at.1) } else { (at.0, at.1 + drop) };
        let anchor = match style.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.sheet.borrow_mut().write(&Writing {
            text,
            at,
            size: style.size,
            bold: style.bold,
            color: style.color,
            anchor,
            turned: style.turned,
            halo: style.halo,
            length: covered.then(|| self.face.width(text, style.size, style.bold)),
        });
    }

    /// Writes a text if it overlaps no earlier one and stays within `bounds`; says whether.
    pub(crate) fn label(&self, text: &str, at: (f64, f64), style: Text, bounds: &Rect) -> bool {
        let extent = self.extent(text, at, style);
        let fits = extent.within(bounds) && !self.taken(&extent);
        if fits {
            self.text(text, at, style);
        }
        fits
    }

    /// Some text stands there already.
    pub(crate) fn taken(&self, place: &Rect) -> bool {
        self.boxes.borrow().iter().any(|other| other.overlaps(place))
    }

    /// The elements drawn, and whether a text needs more than the embedded face.
    pub(super) fn finish(self) -> (String, bool) {
        (self.sheet.borrow_mut().take_body(), self.foreign.get())
    }
}
