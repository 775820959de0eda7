//! What charts cost, in processor time of all threads of execution.
//!
//! `cargo bench --bench charts`, or with a part of a name behind `--`. Not by the clock on the wall,
//! since Polars works on several processors at once.

#![allow(clippy::print_stdout, reason = "a benchmark tells what it measured")]

use std::fmt::Write as _;

use cpu_time::ProcessTime;
use rejoinder::analysis::{self, Options};
use rejoinder::formats::Input;
use rejoinder::frames::{FactTables, Run, Tables};
use rejoinder::outputs::charts::{self, CHARTS, ChartOptions, Raster};
use rejoinder::outputs::digest::{Digest, Limits};
use rejoinder::outputs::report::{Picture, report};
use rejoinder::topics::Topics;

/// Runs of each.
const RUNS: usize = 15;

fn main() {
    let wanted = std::env::args().nth(1).filter(|word| !word.starts_with("--"));
    let measure = |name: &str, run: &mut dyn FnMut()| {
        if wanted.as_ref().is_some_and(|word| !name.contains(word.as_str())) {
            return;
        }
        let mut times: Vec<f64> = (0..RUNS)
            .map(|_| {
                let start = ProcessTime::now();
                run();
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:48} {:9.1} ms, median {:9.1} ms", times[0], times[RUNS / 2]);
    };
    let seed = seed();
    let options = ChartOptions { scale: 2.0, ..ChartOptions::default() };
    for chart in CHARTS {
        measure(&format!("seed thread, SVG: {}", chart.name), &mut || {
            charts::draw(chart, &seed, &options).expect("a drawing");
        });
    }
    let raster = Raster::new(&options);
    let tree = charts::draw(&CHARTS[0], &seed, &options).expect("a drawing");
    measure("seed thread, one PNG at 2×", &mut || drop(raster.png(&tree)));
    measure("seed thread, all charts, SVG", &mut || all(&seed, &options, false));
    measure("seed thread, all charts, SVG and PNG at 2×", &mut || all(&seed, &options, true));
    measure("seed document, read, charts and report", &mut || everything(&options));
    let large = tables("large.outline", &outline(5_000), Topics::default());
    for name in ["tree", "arcs"] {
        let chart = charts::find(name).expect("a chart");
        measure(&format!("5,000 comments, SVG: {name}"), &mut || {
            charts::draw(chart, &large, &options).expect("a drawing");
        });
    }
    measure("5,000 comments, SVG and PNG at 2×: tree", &mut || {
        let svg = charts::draw(&CHARTS[0], &large, &options).expect("a drawing");
        Raster::new(&options).png(&svg).expect("a picture");
    });
    measure("5,000 comments, all charts, SVG and PNG at 2×", &mut || all(&large, &options, true));
}

/// Draws every chart.
fn all(tables: &Tables, options: &ChartOptions, png: bool) {
    let raster = Raster::new(options);
    for chart in CHARTS {
        let svg = charts::draw(chart, tables, options).expect("a drawing");
        if png {
            raster.png(&svg).expect("a picture");
        }
    }
}

/// What `analyze` does but for writing files.
fn everything(options: &ChartOptions) {
    let tables = seed();
    let raster = Raster::new(options);
    let dark = ChartOptions { dark: true, ..options.clone() };
    let drawings: Vec<_> = CHARTS
        .iter()
        .map(|chart| {
            let svg = charts::draw(chart, &tables, options).expect("a drawing");
            raster.png(&svg).expect("a picture");
            (chart.name, svg, charts::draw(chart, &tables, &dark).expect("a drawing"))
        })
        .collect();
    let pictures: Vec<_> = drawings
        .iter()
        .map(|(name, svg, dark)| Picture { name, svg: &svg.text, dark: Some(&dark.text) })
        .collect();
    let digest = Digest::of(&tables, &Limits::default()).expect("figures");
    report(&tables, &digest, &pictures).expect("a report");
}

fn seed() -> Tables {
    let text = include_str!("../seeds/documents/003_0b8c0c03fac5c926.txt");
    let dictionary = include_str!("../seeds/topics/venezuela.toml");
    let topics = Topics::from_dictionary("venezuela.toml", dictionary).expect("a dictionary");
    tables("003_0b8c0c03fac5c926.txt", text, topics)
}

fn tables(name: &str, text: &str, topics: Topics) -> Tables {
    let mut facts = FactTables::in_memory();
    let options = Options { topics: topics.into(), ..Options::default() };
    let input = Ok(Input::new(name.to_owned(), text.as_bytes()));
    analysis::analyze([input], &options, &mut facts).expect("comments");
    facts.finish(&Run::default()).expect("tables")
}

/// An invented thread, the same on every machine.
fn outline(comments: u64) -> String {
    let mut state = 7u64;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
        (state >> 33) % n
    };
    let mut text = "# A post\n".to_owned();
    let (mut depth, mut minute) = (0, 0);
    for _ in 0..comments {
        depth = if below(3) == 0 { below(depth + 1) } else { (depth + 1).min(30) };
        minute += below(40);
        let author = below(40) * below(40) / 40;
        let (day, hour) = (1 + minute / 60 / 24 % 28, minute / 60 % 24);
        let month = 1 + minute / 60 / 24 / 28 % 12;
        let indent = "  ".repeat(depth as usize);
        let _ = writeln!(
            text,
            "{indent}villager {author} [2020-{month:02}-{day:02} {hour:02}:{:02}]: so it goes",
            minute % 60
        );
    }
    text
}
