//! What can be typed after `chart`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use rejoinder::outputs::charts::{CHARTS, ColorBy};

use super::shared::Source;

/// `chart`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder chart page.txt --out charts
  rejoinder chart rejoinder-out --only tree,activity --format svg
  rejoinder chart page.txt --dark --width 1200 --scale 2")]
pub(crate) struct Chart {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Format of the inputs; found from their content if not given. See `rejoinder list formats`.
    #[arg(long, value_name = "NAME")]
    pub(crate) from: Option<String>,
    /// Folder to write to; it is made if it does not exist.
    #[arg(long, value_name = "DIR", default_value = "rejoinder-out/charts")]
    pub(crate) out: PathBuf,
    /// Draw only these charts, by name. See `rejoinder list charts`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    #[arg(value_parser = PossibleValuesParser::new(CHARTS.iter().map(|chart| chart.name)))]
    pub(crate) only: Vec<String>,
    /// What to write.
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "png,svg")]
    pub(crate) format: Vec<Picture>,
    /// Width: pixels, or a length such as 16cm, 160mm, 6.3in.
    #[arg(long, value_name = "SIZE")]
    pub(crate) width: Option<String>,
    /// Height: pixels, or a length such as 16cm, 160mm, 6.3in.
    #[arg(long, value_name = "SIZE")]
    pub(crate) height: Option<String>,
    /// Pixels of the PNG for each pixel of the drawing.
    #[arg(long, value_name = "FACTOR", default_value_t = 2.0)]
    pub(crate) scale: f32,
    /// Dots per inch of the PNG, for print; instead of --scale.
    #[arg(long, value_name = "DPI", conflicts_with = "scale")]
    pub(crate) dpi: Option<f32>,
    /// Light on dark.
    #[arg(long)]
    pub(crate) dark: bool,
    /// Title above each chart instead of its own.
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// Typeface to draw with (TTF or OTF). Given more than once, the others help out where the first
    /// lacks letters.
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Vec<PathBuf>,
    /// Draw PNGs without fonts of the system: the same bytes on every machine, but a box for each
    /// letter that the embedded typeface and those of --font lack.
    #[arg(long)]
    pub(crate) no_system_fonts: bool,
    /// Zone to show times in, where they are UTC: an offset such as +02:00, or Europe/Berlin.
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub(crate) tz: Option<String>,
    /// The thread that charts of one thread show, by its id; else the one with most comments.
    #[arg(long, value_name = "ID")]
    pub(crate) thread: Option<String>,
    /// What the colors of the reply tree mean.
    #[arg(long, value_name = "WHAT", default_value = "author")]
    #[arg(value_parser = PossibleValuesParser::new(ColorBy::ALL.map(ColorBy::word)))]
    pub(crate) color_by: String,
    /// The reply tree runs along time instead of depth.
    #[arg(long)]
    pub(crate) by_time: bool,
}

/// What a chart is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Picture {
    /// Pixels.
    Png,
    /// Shapes and text.
    Svg,
}
