//! Read from the drawing itself: no two texts overlap, and none leaves the canvas.

use std::sync::Arc;

use rejoinder::frames::Tables;
use rejoinder::outputs::charts::{self, CHARTS, ChartOptions, ColorBy};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Group, Node, Options, Rect, Text, TextChunk, Tree};

use super::{fixture, scripts};

/// The box of each text, as resvg lays it out. Fonts differ in the room they claim above and below
/// their letters, so that of a foreign text is as high as its ink.
fn boxes(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => boxes(group, found),
            Node::Text(text) => {
                let content: String = text.chunks().iter().map(TextChunk::text).collect();
                let mut room = text.abs_bounding_box();
                if scripts::is_foreign(&content) {
                    room = written(text, &content, room);
                }
                found.push((content, room));
            }
            _ => {}
        }
    }
}

/// The box of a foreign text: as long as laid out, as high as its ink; or as a line, where it is
/// made of pictures or turned.
fn written(text: &Text, content: &str, room: Rect) -> Rect {
    let half = text.chunks()[0].spans()[0].font_size().get() * 0.6;
    let (mut x, mut y) = ((room.left(), room.right()), (room.top(), room.bottom()));
    if text.abs_transform().has_skew() {
        let middle = f32::midpoint(x.0, x.1);
        x = (middle - half, middle + half);
    } else if content.contains(|c| c >= '\u{1f000}') {
        let middle = f32::midpoint(y.0, y.1);
        y = (middle - half, middle + half);
    } else {
        let ink = text.flattened().abs_bounding_box();
        y = (ink.top(), ink.bottom());
    }
    Rect::from_ltrb(x.0, y.0, x.1, y.1).unwrap()
}

/// Boxes may touch: rounding to hundredths of a pixel, and the lines of a paragraph.
const TOUCH: f32 = 0.75;

/// What is wrong with the texts of a drawing, and how many it has.
fn faults(svg: &str, (width, height): (f32, f32), fonts: &Arc<Database>) -> (Vec<String>, usize) {
    let options = Options { fontdb: fonts.clone(), ..Options::default() };
    // Titles and descriptions are not drawn, and no element may stand in them.
    let drawn = untitled(svg);
    let tree = Tree::from_str(&scripts::spelled(&drawn), &options).unwrap();
    let mut found = Vec::new();
    boxes(tree.root(), &mut found);
    let mut faults = Vec::new();
    for (i, (text, a)) in found.iter().enumerate() {
        let inside = a.left() >= -TOUCH
            && a.top() >= -TOUCH
            && a.right() <= width + TOUCH
            && a.bottom() <= height + TOUCH;
        if !inside {
            faults.push(format!("{text:?} leaves the canvas: {a:?}"));
        }
        for (other, b) in &found[..i] {
            let apart = a.left() >= b.right() - TOUCH
                || b.left() >= a.right() - TOUCH
                || a.top() >= b.bottom() - TOUCH
                || b.top() >= a.bottom() - TOUCH;
            if !apart {
                faults.push(format!("{text:?} {a:?} over {other:?} {b:?}"));
            }
        }
    }
    (faults, found.len())
}

/// Without titles, tooltips and the description.
fn untitled(svg: &str) -> String {
    let mut plain = String::new();
    let mut rest = svg;
    while let Some(at) = ["<title", "<desc"].into_iter().filter_map(|tag| rest.find(tag)).min() {
        plain.push_str(&rest[..at]);
        let end = if rest[at..].starts_with("<title") { "</title>" } else { "</desc>" };
        rest = rest[at..].split_once(end).map_or("", |(_, after)| after);
    }
    plain + rest
}

#[track_caller]
fn check(tables: &Tables, options: &ChartOptions, what: &str) {
    let fonts = scripts::database();
    for chart in CHARTS {
        let svg = charts::draw(chart, tables, options).unwrap();
        let size = (svg.width as f32, svg.height as f32);
        let (faults, texts) = faults(&svg.text, size, &fonts);
        assert!(texts > 0, "{what}: {} has no text", chart.name);
        assert!(faults.is_empty(), "{what}: {}: {}", chart.name, faults.join("\n"));
    }
}

fn wide(width: u32) -> ChartOptions {
    ChartOptions { width: Some(width), ..ChartOptions::default() }
}

#[test]
fn faults_are_found() {
    let text = |x: u32, y: u32, text: &str| {
        format!("<text x=\"{x}\" y=\"{y}\" font-family=\"Inter\" font-size=\"12\">{text}</text>")
    };
    let drawing = |texts: [String; 2]| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\">{}</svg>",
            texts.concat()
        )
    };
    let fonts = scripts::database();
    let found = |texts| faults(&drawing(texts), (200.0, 100.0), &fonts).0.len();
    assert_eq!(found([text(10, 30, "one"), text(60, 30, "two")]), 0);
    assert_eq!(found([text(10, 30, "one"), text(20, 34, "two")]), 1, "an overlap");
    assert_eq!(found([text(10, 30, "one"), text(190, 30, "two")]), 1, "beyond the right edge");
    assert_eq!(found([text(10, 5, "one"), text(10, 99, "gyp")]), 2, "above and below");
    assert_eq!(found([text(10, 30, "محمد علي"), text(40, 30, "李小龙")]), 1, "foreign texts");
    assert_eq!(found([text(10, 30, "आशा शर्मा"), text(100, 30, "🦊 🎉")]), 0, "foreign texts apart");
}

#[test]
fn texts_of_the_seed_thread_keep_apart() {
    let tables = fixture::seed();
    for width in [480, 605, 960, 1_600] {
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
        let tables = fixture::many(n);
        for width in [480, 960] {
            check(&tables, &wide(width), &format!("{n} threads at {width}"));
        }
    }
}

#[test]
fn texts_with_any_name_keep_apart() {
    for n in [45, 400] {
        let tables = fixture::named(n);
        for width in [480, 960, 1_600] {
            check(&tables, &wide(width), &format!("{n} comments with any name at {width}"));
        }
    }
    let title = "A title so long that no line can hold it, ".repeat(9);
    let options = ChartOptions { title: Some(title), ..wide(480) };
    check(&fixture::named(45), &options, "names and a long title");
}

#[test]
fn a_small_picture_still_holds_its_texts() {
    let options = ChartOptions { height: Some(240), ..wide(240) };
    check(&fixture::seed(), &options, "240 × 240");
}

/// Light and dark differ in colours alone, so what holds of one holds of the other.
#[test]
fn a_dark_ground_changes_nothing_but_colours() {
    let colorless = |svg: &str| {
        let mut parts = svg.split("=\"#");
        let mut plain = parts.next().unwrap_or_default().to_owned();
        parts.for_each(|part| plain.push_str(part.get(6..).unwrap_or_default()));
        plain
    };
    for tables in [fixture::seed(), fixture::single(), fixture::named(400), fixture::many(60)] {
        for chart in CHARTS {
            let draw = |dark| {
                let options = ChartOptions { dark, ..ChartOptions::default() };
                charts::draw(chart, &tables, &options).unwrap().text
            };
            let (light, dark) = (draw(false), draw(true));
            assert_ne!(light, dark);
            assert_eq!(colorless(&light), colorless(&dark), "{}", chart.name);
        }
    }
}
