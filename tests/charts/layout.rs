//! Read from the drawing itself: no two texts overlap, and none leaves the canvas.

use std::sync::Arc;

use rejoinder::frames::Tables;
use rejoinder::outputs::charts::{self, CHARTS, ChartOptions, ColorBy};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Group, Node, Options, Rect, TextChunk, Tree};

use super::fixture;

/// The embedded face as a font database: what the drawing was measured with.
pub(super) fn fonts() -> Arc<Database> {
    let mut fonts = Database::new();
    for weight in ["Regular", "SemiBold"] {
        let path = format!("{}/assets/fonts/Inter-{weight}.otf", env!("CARGO_MANIFEST_DIR"));
        fonts.load_font_data(std::fs::read(path).unwrap());
    }
    Arc::new(fonts)
}

/// The box of each text, as resvg lays it out.
fn boxes(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => boxes(group, found),
            Node::Text(text) => {
                let content = text.chunks().iter().map(TextChunk::text).collect();
                found.push((content, text.abs_bounding_box()));
            }
            _ => {}
        }
    }
}

/// The embedded face has the letter. Widths of others are estimated, and what stands here for
/// them is a box for each code point, which is wider than the letters are.
fn covered(letter: char) -> bool {
    matches!(letter, '\0'..='\u{52f}' | '\u{1e00}'..='\u{22ff}')
}

/// Boxes may touch: rounding to hundredths of a pixel, and the lines of a paragraph.
const TOUCH: f32 = 0.75;

#[track_caller]
fn check(tables: &Tables, options: &ChartOptions, what: &str) {
    for chart in CHARTS {
        let svg = charts::draw(chart, tables, options).unwrap();
        let options = Options { fontdb: fonts(), ..Options::default() };
        let tree = Tree::from_str(&svg.text, &options).unwrap();
        let mut found = Vec::new();
        boxes(tree.root(), &mut found);
        found.retain(|(text, _)| text.chars().all(covered));
        assert!(!found.is_empty(), "{what}: {} has no text", chart.name);
        let (width, height) = (svg.width as f32, svg.height as f32);
        for (i, (text, a)) in found.iter().enumerate() {
            let inside = a.left() >= -TOUCH
                && a.top() >= -TOUCH
                && a.right() <= width + TOUCH
                && a.bottom() <= height + TOUCH;
            assert!(inside, "{what}: {}: {text:?} leaves the canvas: {a:?}", chart.name);
            for (other, b) in &found[..i] {
                let apart = a.left() >= b.right() - TOUCH
                    || b.left() >= a.right() - TOUCH
                    || a.top() >= b.bottom() - TOUCH
                    || b.top() >= a.bottom() - TOUCH;
                assert!(apart, "{what}: {}: {text:?} {a:?} over {other:?} {b:?}", chart.name);
            }
        }
    }
}

fn wide(width: u32) -> ChartOptions {
    ChartOptions { width: Some(width), ..ChartOptions::default() }
}

#[test]
fn texts_of_the_seed_thread_keep_apart() {
    let tables = fixture::seed();
    for width in [480, 960, 1_600] {
        check(&tables, &wide(width), &format!("seed at {width}"));
    }
    for color_by in ColorBy::ALL {
        let options = ChartOptions { color_by, by_time: true, ..ChartOptions::default() };
        check(&tables, &options, "seed in time");
    }
}

#[test]
fn texts_of_small_threads_keep_apart() {
    for (tables, what) in [
        (fixture::single(), "one comment"),
        (fixture::empty(), "no comment"),
        (fixture::bare(), "nothing but text"),
    ] {
        check(&tables, &ChartOptions::default(), what);
        check(&tables, &wide(480), what);
    }
}

#[test]
fn texts_of_large_threads_keep_apart() {
    for n in [60, 5_000] {
        let tables = fixture::large(n);
        check(&tables, &ChartOptions::default(), &format!("{n} comments"));
        let options = ChartOptions { by_time: true, ..wide(600) };
        check(&tables, &options, &format!("{n} comments in time"));
    }
}

#[test]
fn texts_of_many_threads_keep_apart() {
    for n in [2, 1_000] {
        check(&fixture::many(n), &ChartOptions::default(), &format!("{n} threads"));
    }
}

#[test]
fn texts_with_any_name_keep_apart() {
    let tables = fixture::named(45);
    check(&tables, &ChartOptions::default(), "names");
    let title = "A title so long that no line can hold it, ".repeat(9);
    let options = ChartOptions { title: Some(title), ..wide(480) };
    check(&tables, &options, "names and a long title");
}

#[test]
fn a_small_picture_still_holds_its_texts() {
    let options = ChartOptions { height: Some(240), ..wide(240) };
    check(&fixture::seed(), &options, "240 × 240");
}
