//! `chart`: pictures in files.

use std::fs;

use rejoinder::error::{Error, Result};
use rejoinder::frames::Tables;
use rejoinder::outputs::charts::options::{length, scale_for};
use rejoinder::outputs::charts::{self, CHARTS, ChartOptions, Raster, Svg};

use crate::args::chart::{Chart, Picture};
use crate::exit::Exit;
use crate::files::Folder;
use crate::tables::Purpose;
use crate::{screen, tables};

/// Draws the charts that were asked for.
pub(crate) fn run(args: &Chart) -> Result<Exit> {
    let options = options(args)?;
    let tables = tables::of(&args.source, args.from.as_deref(), Purpose::Figures)?;
    let mut folder = Folder::open(&args.out)?;
    let pictures = draw(&tables, &options, &args.only, &args.format, &mut folder)?;
    folder.publish()?;
    if !args.source.quiet {
        let files = if pictures.len() == 1 { "chart" } else { "charts" };
        screen::remark(&format!("{} {files} in {}", pictures.len(), args.out.display()));
    }
    tables::exit(&tables, &args.source)
}

/// Draws charts into files `NAME.svg` and `NAME.png`, and hands them back by name. Without names
/// all are drawn.
pub(crate) fn draw(
    tables: &Tables,
    options: &ChartOptions,
    only: &[String],
    formats: &[Picture],
    folder: &mut Folder,
) -> Result<Vec<(&'static str, Svg)>> {
    let raster = Raster::new(options);
    let mut pictures = Vec::new();
    for chart in CHARTS {
        if !only.is_empty() && !only.iter().any(|name| name == chart.name) {
            continue;
        }
        let svg = charts::draw(chart, tables, options)?;
        if formats.contains(&Picture::Svg) {
            folder.write(format!("{}.svg", chart.name), svg.text.as_bytes())?;
        }
        if formats.contains(&Picture::Png) {
            folder.write(format!("{}.png", chart.name), &raster.png(&svg)?)?;
        }
        pictures.push((chart.name, svg));
    }
    Ok(pictures)
}

fn options(args: &Chart) -> Result<ChartOptions> {
    let font = |path: &std::path::PathBuf| {
        fs::read(path).map_err(|e| Error::read(path.display().to_string(), e))
    };
    Ok(ChartOptions {
        width: args.width.as_deref().map(length).transpose()?,
        height: args.height.as_deref().map(length).transpose()?,
        scale: args.dpi.map_or(args.scale, scale_for),
        dark: args.dark,
        title: args.title.clone(),
        fonts: args.font.iter().map(font).collect::<Result<_>>()?,
        given_fonts_only: args.no_system_fonts,
        zone: args.tz.as_deref().map(str::parse).transpose()?.unwrap_or_default(),
        thread: args.thread.clone(),
        color_by: args.color_by.parse()?,
        by_time: args.by_time,
    })
}
