//! Charts: tables in, SVG and PNG out. Plotters draws SVG once; resvg makes the PNG from it.
//!
//! ```no_run
//! # fn main() -> rejoinder::error::Result<()> {
//! # let tables = rejoinder::frames::Tables::new(Default::default(), Default::default());
//! use rejoinder::outputs::charts::{self, ChartOptions, Raster};
//!
//! let options = ChartOptions { scale: 2.0, ..ChartOptions::default() };
//! let raster = Raster::new(&options);
//! for chart in charts::CHARTS {
//!     let svg = charts::draw(chart, &tables, &options)?;
//!     let png: Vec<u8> = raster.png(&svg)?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Every chart is one file with one constant, and knows tables only. What charts share: the
//! typeface ([`face`]), the theme, the canvas (shapes and measured texts), the page (title, legend,
//! footnote) and the plot (axes). Drawings are the same on every machine; so are PNGs, as long as
//! the embedded face has all letters or is used alone.

mod calendar;
mod canvas;
mod columns;
pub mod comparison;
mod condense;
mod discussion;
mod encoding;
mod face;
mod fallback;
mod figures;
mod groups;
mod heat;
mod legend;
pub mod options;
mod page;
mod plot;
mod raster;
mod scale;
mod scatter;
mod scene;
mod sheet;
mod theme;

mod activity;
mod arcs;
mod authors;
mod delay;
mod depth;
mod exchange;
mod hours;
mod threads_by_depth;
mod threads_by_virality;
mod tidy;
mod topic_drift;
mod topics;
mod topics_by_depth;
mod topics_over_time;
mod tree;

pub use options::{ChartOptions, ColorBy, Zone};
pub use raster::Raster;

use crate::error::Result;
use crate::frames::{Table, Tables};
use scene::Scene;

/// A kind of chart.
pub struct Chart {
    /// Its name, which is also its file's stem.
    pub name: &'static str,
    /// What it shows, in one sentence.
    pub about: &'static str,
    /// The tables that it is drawn from.
    pub tables: &'static [Table],
    draw: fn(&Scene<'_>) -> Result<Svg>,
}

/// All charts, in the order of the documentation.
pub static CHARTS: &[Chart] = &[
    tree::CHART,
    arcs::CHART,
    activity::CHART,
    hours::CHART,
    depth::CHART,
    delay::CHART,
    authors::CHART,
    exchange::CHART,
    topics::CHART,
    topics_over_time::CHART,
    topics_by_depth::CHART,
    topic_drift::CHART,
    threads_by_depth::CHART,
    threads_by_virality::CHART,
];

/// The chart with a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Chart> {
    CHARTS.iter().find(|chart| chart.name == name)
}

/// Draws a chart. The same tables and options give the same bytes.
///
/// A chart that has nothing to show gives a picture that says so. Fails if a table cannot be read
/// or the font of the options is none.
pub fn draw(chart: &Chart, tables: &Tables, options: &ChartOptions) -> Result<Svg> {
    (chart.draw)(&Scene::new(chart.name, tables, options)?)
}

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Svg {
    /// The SVG document.
    pub text: String,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// The title that stands on it.
    pub title: String,
    /// Where the comments come from.
    pub source: String,
    /// It has nothing to show, and says why.
    pub nothing: bool,
    /// The colour of the ground, where the last row of pixels is not covered in full.
    ground: theme::Color,
    /// Some text needs letters that the typeface lacks.
    foreign: bool,
}
