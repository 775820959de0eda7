//! Comparison: the words that mark one set of comments against another.
//!
//! No chart of the registry, since it is drawn from two sets of texts and not from the tables of a
//! run: bars to either side of a common line, as long as the word's z-score.

use std::collections::BTreeMap;

use super::canvas::{Rect, Text};
use super::legend::{Key, Sign};
use super::page::{Heading, Page};
use super::scene::Scene;
use super::theme::SMALL;
use super::{ChartOptions, Svg};
use crate::error::Result;
use crate::frames::Tables;
use crate::outputs::wording;

/// A word that marks one of the two sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The word.
    pub word: String,
    /// How sure the difference is, in standard deviations; above 0 = more in the first set.
    pub z: f64,
    /// Occurrences in the first and in the second set.
    pub counts: (u64, u64),
}

/// The two sets, by what is said of them.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// What each is called.
    pub names: (&'a str, &'a str),
    /// Words of each.
    pub words: (u64, u64),
    /// Comments of both together.
    pub n_comments: usize,
    /// Threads that they are from.
    pub n_threads: usize,
    /// The inputs, as the foot of the picture names them.
    pub source: &'a str,
}

/// Room above the bars for the names of the lines.
const SCALE: f64 = 18.0;
const ROW: f64 = 22.0;
const TITLE: &str = "Words that tell the two sets apart";

/// Draws the words, those of the first set above, each set's clearest word outermost.
pub fn comparison(words: &[Contrast], sides: &Sides<'_>, options: &ChartOptions) -> Result<Svg> {
    let tables = Tables::new(BTreeMap::new(), BTreeMap::new());
    let mut scene = Scene::new("comparison", &tables, options)?;
    sides.source.clone_into(&mut scene.source);
    (scene.n_comments, scene.n_threads) = (sides.n_comments, sides.n_threads);
    if words.is_empty() {
        return Ok(scene.nothing(TITLE, "No word occurs often enough in both sets together."));
    }
    let theme = &scene.theme;
    let (first, second) = (theme.category(0), theme.category(1));
    let heading = Heading {
        title: TITLE.to_owned(),
        subtitle:
            "Bars: z-score of the log-odds ratio (Monroe et al. 2008), significant at 5 % beyond \
                   the thin lines. Numbers: occurrences."
                .to_owned(),
        legend: vec![
            Key::new(
                Sign::Square(first),
                format!("{}, {} words", sides.names.0, wording::count(sides.words.0 as f64)),
            ),
            Key::new(
                Sign::Square(second),
                format!("{}, {} words", sides.names.1, wording::count(sides.words.1 as f64)),
            ),
        ],
        height: 150.0 + SCALE + ROW * words.len() as f64,
        ..Heading::default()
    };
    let page = Page::new(&scene, &heading);
    let canvas = &page.canvas;
    let room = page.room;
    let middle = f64::midpoint(room.left, room.right);
    // Half of the room is for bars, so that a word finds its place beside the longest of them.
    let reach = words.iter().map(|w| w.z.abs()).fold(2.0, f64::max);
    let unit = room.width() * 0.28 / reach;
    let first_row = room.top + SCALE;
    let row = ((room.bottom - first_row) / words.len() as f64).min(ROW);
    let bottom = first_row + row * words.len() as f64;
    let scale = Text::new(theme.muted).size(SMALL).middle();
    for (z, name) in [(-1.96, "\u{2212}1.96"), (0.0, "0"), (1.96, "+1.96")] {
        let x = middle + z * unit;
        canvas.line(&[(x, first_row), (x, bottom)], theme.grid, 1.0);
        canvas.text(name, (x, room.top + SCALE / 2.0 - 2.0), scale);
    }
    for (i, contrast) in words.iter().enumerate() {
        let top = first_row + row * i as f64;
        let y = top + row / 2.0;
        let end = middle + contrast.z * unit;
        let color = if contrast.z > 0.0 { first } else { second };
        canvas.tip(format!(
            "{}: {} against {}, z = {:.2}",
            contrast.word, contrast.counts.0, contrast.counts.1, contrast.z
        ));
        let bar = Rect::new(middle.min(end), top + 3.0, middle.max(end), top + row - 3.0);
        canvas.rect(bar, color);
        let label = format!("{}  {} : {}", contrast.word, contrast.counts.0, contrast.counts.1);
        let style = Text::new(theme.ink).size(SMALL);
        let (at, style, space) = if contrast.z > 0.0 {
            (end + 8.0, style, room.right - end - 8.0)
        } else {
            (end - 8.0, style.end(), end - 8.0 - room.left)
        };
        let label = canvas.face.shorten(&label, style.size, style.bold, space);
        // The lines stand back behind the labels.
        let width = canvas.face.width(&label, style.size, style.bold) + 4.0;
        let left = if contrast.z > 0.0 { at - 2.0 } else { at - width + 2.0 };
        canvas.rect(Rect::new(left, top + 2.0, left + width, top + row - 2.0), theme.background);
        canvas.text(&label, (at, y), style);
    }
    canvas.line(&[(middle, first_row), (middle, bottom)], theme.ink, 1.0);
    Ok(page.finish())
}
