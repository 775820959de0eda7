//! The sheet that Plotters draws on: a drawing backend that writes SVG.
//!
//! Why not the backend that comes with Plotters: its shapes stand on whole pixels and cannot carry
//! a tooltip. This one lets Plotters count in tenths of a pixel, writes texts as texts with
//! their measured length (so that a viewer without the typeface keeps the layout), and gives each
//! mark the `<title>` that was announced for it.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::ops::Range;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use super::theme::Color;

/// Plotters counts in this part of a pixel.
pub(crate) const UNIT: f64 = 10.0;

/// An SVG in the making.
pub(crate) struct Sheet {
    size: (f64, f64),
    body: String,
    tip: Option<String>,
    dash: Option<&'static str>,
    groups: Vec<Group>,
}

/// A group that is open.
struct Group {
    /// Where its opening tag can still take attributes.
    start: usize,
    /// Where the styles of its elements stand.
    styles: Vec<Range<usize>>,
    /// It holds elements only, no groups.
    flat: bool,
}

/// A text to be written.
pub(crate) struct Writing<'t> {
    /// The text, one line.
    pub(crate) text: &'t str,
    /// Where its anchor stands, in pixels; y is the base line.
    pub(crate) at: (f64, f64),
    /// Size in pixels.
    pub(crate) size: f64,
    /// Semi-bold.
    pub(crate) bold: bool,
    /// Colour.
    pub(crate) color: Color,
    /// `start`, `middle` or `end`.
    pub(crate) anchor: &'static str,
    /// It reads upwards.
    pub(crate) turned: bool,
    /// Its width in pixels where the typeface covers it.
    pub(crate) length: Option<f64>,
    /// Parts it from the lines behind it.
    pub(crate) halo: Option<Color>,
}

impl Sheet {
    /// An empty sheet of a size in pixels.
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self {
            size: (width, height),
            body: String::new(),
            tip: None,
            dash: None,
            groups: Vec::new(),
        }
    }

    /// The next mark carries this tooltip.
    pub(crate) fn tip(&mut self, tip: String) {
        self.tip = Some(tip);
    }

    /// Lines are dashed by this pattern from now on, or no longer.
    pub(crate) fn dash(&mut self, dash: Option<&'static str>) {
        self.dash = dash;
    }

    /// Opens a group with a name for those who edit the picture.
    pub(crate) fn open(&mut self, name: &str) {
        self.groups.iter_mut().for_each(|group| group.flat = false);
        let _ = write!(self.body, "<g class=\"{}\"", escape(name));
        self.groups.push(Group { start: self.body.len(), styles: Vec::new(), flat: true });
        self.body.push_str(">\n");
    }

    /// Closes the group. What all its elements have in common is said once, by the group: a
    /// thousand dots take half of the room.
    pub(crate) fn close(&mut self) {
        let Some(Group { start, styles, flat }) = self.groups.pop() else { return };
        let style = |range: &Range<usize>| &self.body[range.clone()];
        let common = styles.windows(2).all(|pair| style(&pair[0]) == style(&pair[1]));
        if flat && common && styles.len() > 1 {
            let mut body = self.body[..start].to_owned();
            body.push_str(style(&styles[0]));
            let mut from = start;
            for range in &styles {
                body.push_str(&self.body[from..range.start]);
                from = range.end;
            }
            body.push_str(&self.body[from..]);
            self.body = body;
        }
        self.body.push_str("</g>\n");
    }

    /// What was written since `start` is the style of an element.
    fn styled(&mut self, start: usize) {
        let range = start..self.body.len();
        if let Some(group) = self.groups.last_mut() {
            group.styles.push(range);
        }
    }

    /// Writes a text.
    pub(crate) fn write(&mut self, writing: &Writing<'_>) {
        let (x, y) = (number(writing.at.0), number(writing.at.1));
        let _ = write!(self.body, "<text x=\"{x}\" y=\"{y}\"");
        if let Some(length) = writing.length {
            // A viewer without the typeface stretches the letters of its own, which is seen less
            // than gaps between them.
            let adjust = "lengthAdjust=\"spacingAndGlyphs\"";
            let _ = write!(self.body, " textLength=\"{}\" {adjust}", number(length));
        }
        if writing.turned {
            let _ = write!(self.body, " transform=\"rotate(-90 {x} {y})\"");
        }
        let start = self.body.len();
        let _ = write!(self.body, " font-size=\"{}\"", number(writing.size));
        if writing.bold {
            self.body.push_str(" font-weight=\"600\"");
        }
        if writing.anchor != "start" {
            let _ = write!(self.body, " text-anchor=\"{}\"", writing.anchor);
        }
        if let Some(halo) = writing.halo {
            let _ = write!(self.body, " stroke=\"{}\" stroke-width=\"4\"", hex(halo));
            self.body.push_str(" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        let _ = write!(self.body, " fill=\"{}\"", hex(writing.color));
        self.styled(start);
        let _ = write!(self.body, ">{}", escape(writing.text));
        if let Some(tip) = self.tip.take() {
            let _ = write!(self.body, "<title>{}</title>", escape(&tip));
        }
        self.body.push_str("</text>\n");
    }

    /// A curve from a path's data (pixels): what Plotters has no element for.
    pub(crate) fn curve(&mut self, data: &str, color: Color, width: f64, opacity: f64) {
        let _ = write!(self.body, "<path d=\"{data}\"");
        let color = BackendColor { alpha: opacity, rgb: (color.0, color.1, color.2) };
        self.stroke(color, (width * UNIT) as u32);
        self.end("path");
    }

    /// The elements drawn so far.
    pub(crate) fn take_body(&mut self) -> String {
        std::mem::take(&mut self.body)
    }

    fn stroke(&mut self, color: BackendColor, width: u32) {
        let start = self.body.len();
        let _ = write!(self.body, " fill=\"none\" stroke=\"{}\"", hex_of(color));
        if color.alpha < 1.0 {
            let _ = write!(self.body, " stroke-opacity=\"{}\"", number(color.alpha));
        }
        if f64::from(width) != UNIT {
            let _ = write!(self.body, " stroke-width=\"{}\"", number(f64::from(width) / UNIT));
        }
        if let Some(dash) = self.dash {
            let _ = write!(self.body, " stroke-dasharray=\"{dash}\"");
        }
        self.styled(start);
    }

    fn fill(&mut self, color: BackendColor) {
        let start = self.body.len();
        let _ = write!(self.body, " fill=\"{}\"", hex_of(color));
        if color.alpha < 1.0 {
            let _ = write!(self.body, " fill-opacity=\"{}\"", number(color.alpha));
        }
        self.styled(start);
    }

    fn paint<S: BackendStyle>(&mut self, style: &S, fill: bool) {
        if fill {
            self.fill(style.color());
        } else {
            self.stroke(style.color(), style.stroke_width());
        }
    }

    /// Ends an element, with the tooltip that waits for it.
    fn end(&mut self, name: &str) {
        match self.tip.take() {
            None => self.body.push_str("/>\n"),
            Some(tip) => {
                let _ = writeln!(self.body, "><title>{}</title></{name}>", escape(&tip));
            }
        }
    }

    fn points(&mut self, points: impl IntoIterator<Item = BackendCoord>) {
        for (i, (x, y)) in points.into_iter().enumerate() {
            let space = if i == 0 { "" } else { " " };
            let _ = write!(self.body, "{space}{},{}", pixels(x), pixels(y));
        }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Sheet {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        ((self.size.0 * UNIT) as u32, (self.size.1 * UNIT) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Drawn {
        let (x, y) = (pixels(at.0), pixels(at.1));
        let _ = write!(self.body, "<rect x=\"{x}\" y=\"{y}\" width=\"0.1\" height=\"0.1\"");
        self.fill(color);
        self.end("rect");
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S) -> Drawn {
        let (x1, y1, x2, y2) = (pixels(a.0), pixels(a.1), pixels(b.0), pixels(b.1));
        let _ = write!(self.body, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"");
        self.stroke(style.color(), style.stroke_width());
        self.end("line");
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (x, y) = (pixels(a.0.min(b.0)), pixels(a.1.min(b.1)));
        let (width, height) = (pixels((a.0 - b.0).abs()), pixels((a.1 - b.1).abs()));
        let _ =
            write!(self.body, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        self.paint(style, fill);
        self.end("rect");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.body.push_str("<polyline points=\"");
        self.points(path);
        self.body.push('"');
        self.stroke(style.color(), style.stroke_width());
        self.body.push_str(" stroke-linejoin=\"round\"");
        self.end("polyline");
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (x, y, r) = (pixels(center.0), pixels(center.1), number(f64::from(radius) / UNIT));
        let _ = write!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"");
        self.paint(style, fill);
        self.end("circle");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Drawn {
        self.body.push_str("<polygon points=\"");
        self.points(vertices);
        self.body.push('"');
        self.fill(style.color());
        self.end("polygon");
        Ok(())
    }
}

/// Tenths of a pixel as pixels.
fn pixels(tenths: i32) -> String {
    number(f64::from(tenths) / UNIT)
}

/// A number with at most two decimals and no trailing zeros.
pub(crate) fn number(value: f64) -> String {
    let mut text = format!("{value:.2}");
    while text.ends_with('0') {
        text.pop();
    }
    if text.ends_with('.') {
        text.pop();
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// A colour as SVG writes it.
pub(crate) fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2)
}

fn hex_of(color: BackendColor) -> String {
    let (r, g, b) = color.rgb;
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// A text as XML writes it: on one line, and without the characters that XML forbids.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            c if c.is_whitespace() => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
