//! The page around every chart: title, line under it, legend, footnote; and the picture of a chart
//! that has nothing to show.

use super::Svg;
use super::canvas::{Canvas, Rect, Text};
use super::legend::{self, Key};
use super::scene::Scene;
use super::sheet::{escape, hex, number};
use super::theme::{MARGIN, SMALL, SUBTITLE, TITLE};

/// What stands around a chart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heading {
    /// What is seen.
    pub(crate) title: String,
    /// What it rests on, and of which comments.
    pub(crate) subtitle: String,
    /// What colours and lines mean.
    pub(crate) legend: Vec<Key>,
    /// What one must know to read it, or what was left out; stands in the footnote.
    pub(crate) note: String,
    /// The height that suits it, unless the user says otherwise, in pixels.
    pub(crate) height: f64,
}

/// A picture with its surroundings drawn and room for the chart.
pub(crate) struct Page<'a> {
    /// Where the chart draws.
    pub(crate) canvas: Canvas<'a>,
    /// The room for it.
    pub(crate) room: Rect,
    title: String,
    description: String,
    source: String,
    nothing: bool,
}

impl<'a> Page<'a> {
    /// Draws the surroundings.
    pub(crate) fn new(scene: &'a Scene<'_>, heading: &Heading) -> Self {
        let (width, height) = scene.size(heading.height);
        let canvas = Canvas::new(&scene.face, scene.theme, width, height);
        let title = scene.options.title.clone().unwrap_or_else(|| heading.title.clone());
        let room = width - 2.0 * MARGIN;
        let mut y = MARGIN - 4.0;

        let lines = |text: &str, style: Text, y: &mut f64, most: usize| {
            for line in canvas.face.wrap(text, style.size, style.bold, room, most) {
                canvas.text(&line, (MARGIN, *y + style.line() / 2.0), style);
                *y += style.line();
            }
        };
        let most = ((height / 110.0) as usize).clamp(1, 3);
        lines(&title, Text::new(scene.theme.ink).size(TITLE).bold(), &mut y, most);
        lines(&heading.subtitle, Text::new(scene.theme.muted).size(SUBTITLE), &mut y, most);
        if !heading.legend.is_empty() {
            // Of a picture too small for its legend, the chart gets half.
            let edges = (MARGIN, width - MARGIN);
            y = legend::rows(&canvas, &heading.legend, edges, y + 8.0, height * 0.45);
        }

        let footnote = scene.footnote(&heading.note);
        let style = Text::new(scene.theme.muted).size(SMALL);
        let rows = canvas.face.wrap(&footnote, SMALL, false, room, most + 1);
        let mut bottom = height - 12.0 - style.line() * rows.len() as f64;
        let room = Rect::new(MARGIN, y + 14.0, width - MARGIN, bottom - 10.0);
        for row in &rows {
            canvas.text(row, (MARGIN, bottom + style.line() / 2.0), style);
            bottom += style.line();
        }
        let description =
            [heading.subtitle.as_str(), footnote.as_str()].join(". ").replace("..", ".");
        let source = scene.source.clone();
        Self { canvas, room, title, description, source, nothing: false }
    }

    /// The finished picture.
    pub(crate) fn finish(self) -> Svg {
        let (width, height) = (self.canvas.width, self.canvas.height);
        let color = self.canvas.theme.background;
        let ground = hex(color);
        let family = &self.canvas.face.family;
        let (body, foreign) = self.canvas.finish();
        let (title, description) = (escape(&self.title), escape(&self.description));
        let (w, h) = (number(width), number(height));
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"title desc\" \
             font-family=\"{}, 'Helvetica Neue', Arial, sans-serif\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"{ground}\"/>\n{body}</svg>\n",
            escape(family),
        );
        let (title, source) = (self.title, self.source);
        Svg { text, width, height, title, source, nothing: self.nothing, ground: color, foreign }
    }
}

/// The picture of a chart that has nothing to show: what it would show, and why it does not.
pub(crate) fn nothing(scene: &Scene<'_>, title: &str, reason: &str) -> Svg {
    let heading = Heading { title: title.to_owned(), height: 190.0, ..Heading::default() };
    let mut page = Page::new(scene, &heading);
    page.nothing = true;
    let style = Text::new(scene.theme.muted).size(SUBTITLE).middle();
    let lines = page.canvas.face.wrap(reason, SUBTITLE, false, page.room.width() * 0.8, 4);
    let middle = f64::midpoint(page.room.top, page.room.bottom);
    let top = middle - style.line() * (lines.len() as f64 - 1.0) / 2.0;
    let x = page.canvas.width / 2.0;
    page.canvas.group("nothing", || {
        for (i, line) in lines.iter().enumerate() {
            page.canvas.text(line, (x, top + i as f64 * style.line()), style);
        }
    });
    page.finish()
}
