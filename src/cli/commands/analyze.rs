//! `analyze`: tables, charts and report in a folder, the summary on the terminal.

use rejoinder::error::Result;
use rejoinder::frames::{Table, Tables};
use rejoinder::outputs::charts::{self, ChartOptions, Svg};
use rejoinder::outputs::digest::{Digest, Limits};
use rejoinder::outputs::report::{Picture, report};
use rejoinder::outputs::summary::summary;

use super::chart;
use crate::args::Analyze;
use crate::args::chart::Picture as Kind;
use crate::exit::Exit;
use crate::files::Folder;
use crate::tables::Purpose;
use crate::{screen, tables};

/// Writes everything and shows the summary.
pub(crate) fn run(args: &Analyze) -> Result<Exit> {
    let mut folder = Folder::open(&args.out)?;
    let purpose = Purpose::Files { folder: folder.path(), resume: args.resume };
    let tables = tables::of(&args.source, args.format.name.as_deref(), purpose)?;
    write_tables(&tables, &mut folder)?;
    let pictures = if args.no_charts { Vec::new() } else { draw(&tables, &mut folder)? };
    let generous = Limits { threads: 50, authors: 20, topics: 20, doubts: 20 };
    let digest = Digest::of(&tables, &generous)?;
    // A chart with nothing to show is a file that says so; the report leaves it out.
    let shown = || pictures.iter().filter(|(_, svg)| !svg.nothing);
    let dark = on_dark_ground(&tables, shown().map(|(name, _)| *name))?;
    let drawings: Vec<Picture<'_>> = shown()
        .zip(&dark)
        .map(|((name, svg), dark)| Picture { name, svg: &svg.text, dark: Some(&dark.text) })
        .collect();
    folder.write("report.html", report(&tables, &digest, &drawings)?.as_bytes())?;
    folder.publish()?;
    let digest = Digest::of(&tables, &Limits::default())?;
    screen::show(&summary(&digest, &screen::look(&args.style)))?;
    if !args.source.quiet {
        let charts = if pictures.is_empty() { "" } else { ", charts" };
        screen::remark(&format!("tables{charts} and report in {}", args.out.display()));
    }
    tables::exit(&tables, &args.source)
}

/// One Parquet file a table; a table that lies in a complete file already is not written again.
fn write_tables(tables: &Tables, folder: &mut Folder) -> Result<()> {
    for table in Table::ALL {
        let name = format!("{}.parquet", table.name());
        match tables.file(table) {
            Some(complete) => folder.adopt(name, complete)?,
            None => folder.fill(name, |file| tables.write_parquet(table, file))?,
        }
    }
    Ok(())
}

fn on_dark_ground<'n>(tables: &Tables, names: impl Iterator<Item = &'n str>) -> Result<Vec<Svg>> {
    let options = ChartOptions { dark: true, ..ChartOptions::default() };
    names.filter_map(charts::find).map(|chart| charts::draw(chart, tables, &options)).collect()
}

fn draw(tables: &Tables, folder: &mut Folder) -> Result<Vec<(&'static str, Svg)>> {
    let options = ChartOptions { scale: 2.0, ..ChartOptions::default() };
    let mut charts = Folder::open(&folder.path().join("charts"))?;
    let pictures = chart::draw(tables, &options, &[], &[Kind::Svg, Kind::Png], &mut charts)?;
    charts.publish()?;
    Ok(pictures)
}
