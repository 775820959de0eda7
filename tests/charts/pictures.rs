//! What a picture says besides its marks: texts, tooltips, metadata; and that it is always the same.

use rejoinder::frames::Tables;
use rejoinder::outputs::charts::{self, CHARTS, ChartOptions, Raster, Svg, Zone};

use super::{fixture, scripts};

#[track_caller]
fn draw(name: &str, tables: &Tables, options: &ChartOptions) -> Svg {
    charts::draw(charts::find(name).unwrap(), tables, options).unwrap()
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let options = ChartOptions { scale: 0.5, given_fonts_only: true, ..ChartOptions::default() };
    let once = |tables: &Tables| -> Vec<(String, Vec<u8>)> {
        let raster = Raster::new(&options);
        let draw = |chart| charts::draw(chart, tables, &options).unwrap();
        CHARTS
            .iter()
            .map(draw)
            .map(|svg| {
                let png = raster.png(&svg).unwrap();
                (svg.text, png)
            })
            .collect()
    };
    for make in [fixture::seed, || fixture::named(80)] {
        assert!(once(&make()) == once(&make()));
    }
    let drawn = || {
        let tables = fixture::many(60);
        let draw = |chart| charts::draw(chart, &tables, &options).unwrap();
        CHARTS.iter().map(draw).collect::<Vec<_>>()
    };
    assert!(drawn() == drawn());
}

#[test]
fn a_chart_with_nothing_to_show_says_so() {
    let tables = fixture::empty();
    for chart in CHARTS {
        let svg = charts::draw(chart, &tables, &ChartOptions::default()).unwrap();
        assert!(svg.text.contains("<g class=\"nothing\">"), "{}", chart.name);
        assert!(svg.text.matches("<text").count() >= 3, "{}", chart.name);
    }
    // Comments without time, author or topic: only what rests on those has nothing to show.
    let silent: Vec<&str> = CHARTS
        .iter()
        .filter(|chart| {
            let svg = charts::draw(chart, &fixture::bare(), &ChartOptions::default()).unwrap();
            svg.text.contains("<g class=\"nothing\">")
        })
        .map(|chart| chart.name)
        .collect();
    insta::assert_snapshot!(
        silent.join(" "),
        @"activity hours delay authors exchange topics_over_time topics_by_depth topic_drift threads_by_depth threads_by_virality"
    );
}

#[test]
fn texts_stay_texts_and_marks_have_tooltips() {
    let svg = draw("tree", &fixture::seed(), &ChartOptions::default());
    assert!(svg.text.contains("role=\"img\" aria-labelledby=\"title desc\""));
    assert!(svg.text.contains(&format!("<title id=\"title\">{}</title>", svg.title)));
    assert!(svg.text.contains("<desc id=\"desc\">"));
    assert!(svg.text.contains(">Platoplubius</text>"));
    let dots =
        svg.text.lines().filter(|line| line.starts_with("<circle") && line.contains("<title>"));
    assert_eq!(dots.count(), 24, "each comment has a tooltip");
    assert_eq!(
        svg.text.matches("stroke-dasharray").count(),
        2,
        "one uncertain link, and its legend"
    );
    for name in ["activity", "hours", "depth", "delay", "authors", "exchange", "topics", "arcs"] {
        let svg = draw(name, &fixture::seed(), &ChartOptions::default());
        assert!(svg.text.matches("<title>").count() >= 5, "{name}");
    }
}

#[test]
fn the_footnote_names_source_n_and_version() {
    for chart in CHARTS {
        let svg = charts::draw(chart, &fixture::seed(), &ChartOptions::default()).unwrap();
        let desc = svg.text.lines().find(|line| line.starts_with("<desc")).unwrap();
        for part in
            ["Source: 003_0b8c0c03fac5c926.txt", "n = 24 comments", env!("CARGO_PKG_VERSION")]
        {
            assert!(desc.contains(part), "{}: {desc}", chart.name);
        }
    }
}

#[test]
fn names_of_any_script_are_written_as_they_are() {
    let svg = draw("authors", &fixture::named(200), &ChartOptions::default());
    for name in [
        "Ирина Петрова",
        "김민준",
        "محمد علي",
        "שרה כהן",
        "आशा शर्मा",
        "李小龙",
        "さくら山田",
        "🦊 fox 🎉",
    ] {
        assert!(svg.text.contains(&format!(">{name}</text>")), "{name}");
    }
    assert!(!svg.text.contains("<script"));
    assert!(svg.text.contains("&lt;script&gt;"));
}

/// The picture of the authors of a thread by one author, with or without fonts for other scripts.
fn written(name: &str, helped: bool) -> Vec<u8> {
    let tables = fixture::by(name);
    let [regular, _] = scripts::embedded();
    let mut fonts = vec![regular];
    if helped {
        fonts.extend(scripts::others());
    }
    let options = ChartOptions { fonts, given_fonts_only: true, ..ChartOptions::default() };
    Raster::new(&options).png(&draw("authors", &tables, &options)).unwrap()
}

fn pixels(png: &[u8]) -> Vec<[u8; 3]> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect()
}

#[test]
fn names_of_any_script_are_drawn_as_glyphs_where_a_font_has_them() {
    for name in fixture::NAMES.into_iter().filter(|name| scripts::is_foreign(name)) {
        // Without a font each letter is the same box.
        let (boxes, glyphs) = (pixels(&written(name, false)), pixels(&written(name, true)));
        assert_ne!(boxes, glyphs, "{name}");
    }
    let boxed = |name| pixels(&written(name, false));
    assert_eq!(boxed("李小龙"), boxed("さくら"), "three letters without a font");
    assert_ne!(pixels(&written("李小龙", true)), pixels(&written("さくら", true)));
    // A number behind a name does not turn the name into boxes, whatever ligatures it has.
    let alone = pixels(&written("आशा शर्मा", true));
    assert_ne!(alone, boxed("आशा शर्मा"));
    let with_number = pixels(&written("आशा शर्मा 7 & محمد", true));
    assert_ne!(with_number, boxed("आशा शर्मा 7 & محمد"));
}

#[test]
fn emoji_have_their_colours() {
    let orange = |png: &[u8]| {
        pixels(png)
            .iter()
            .filter(|[r, g, b]| *r > 200 && *b < 90 && r.saturating_sub(*g) > 90)
            .count()
    };
    assert!(orange(&written("🦊🦊🦊", true)) > 40);
    assert_eq!(orange(&written("🦊🦊🦊", false)), 0);
}

#[test]
fn the_embedded_face_covers_latin_greek_and_cyrillic() {
    let options = ChartOptions { given_fonts_only: true, ..ChartOptions::default() };
    for name in ["Zoë Łukasz Ñandú Đặng", "Ελένη Παπαδοπούλου", "Ирина Їжак Ђорђе"]
    {
        let svg = draw("authors", &fixture::by(name), &options);
        // A measured length stands only on texts whose every letter has a glyph.
        let line = svg.text.lines().find(|line| line.contains(&format!(">{name}</text>"))).unwrap();
        assert!(line.contains("textLength"), "{line}");
    }
}

#[test]
fn a_png_carries_title_source_and_density() {
    let options = ChartOptions { scale: 2.0, given_fonts_only: true, ..ChartOptions::default() };
    let svg = draw("depth", &fixture::seed(), &options);
    let bytes = Raster::new(&options).png(&svg).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (1_920, (svg.height * 2.0) as u32));
    assert_eq!(info.pixel_dims.map(|dims| dims.xppu), Some(7_559), "192 dots an inch");
    let text = |keyword: &str| {
        let chunk = info.utf8_text.iter().find(|chunk| chunk.keyword == keyword);
        chunk.and_then(|chunk| chunk.get_text().ok()).unwrap_or_default()
    };
    assert_eq!(text("Title"), svg.title);
    assert_eq!(text("Source"), "003_0b8c0c03fac5c926.txt");
    assert!(text("Software").starts_with("Rejoinder "));
}

#[test]
fn a_picture_of_an_odd_size_is_filled_to_its_edges() {
    let options = ChartOptions {
        width: Some(605),
        height: Some(341),
        scale: 3.125,
        given_fonts_only: true,
        ..ChartOptions::default()
    };
    for dark in [false, true] {
        let options = ChartOptions { dark, ..options.clone() };
        let svg = draw("depth", &fixture::single(), &options);
        let picture = pixels(&Raster::new(&options).png(&svg).unwrap());
        assert_eq!(picture.first(), picture.last());
    }
}

#[test]
fn options_reach_the_picture() {
    let tables = fixture::seed();
    let path = format!("{}/assets/fonts/Inter-SemiBold.otf", env!("CARGO_MANIFEST_DIR"));
    let options = ChartOptions {
        title: Some("Mine & yours".to_owned()),
        dark: true,
        width: Some(700),
        height: Some(500),
        fonts: vec![std::fs::read(path).unwrap()],
        ..ChartOptions::default()
    };
    let svg = draw("activity", &tables, &options);
    assert_eq!((svg.width, svg.height), (700.0, 500.0));
    assert!(svg.text.contains("Mine &amp; yours"));
    assert!(svg.text.contains("fill=\"#14181f\""), "dark ground");
    assert!(
        svg.text.contains("font-family=\"Inter Semi Bold")
            || svg.text.contains("font-family=\"Inter")
    );

    let bad = ChartOptions { fonts: vec![b"no font".to_vec()], ..ChartOptions::default() };
    let error = charts::draw(charts::find("depth").unwrap(), &tables, &bad).unwrap_err();
    insta::assert_snapshot!(error, @"the font file is neither TrueType nor OpenType: give a .ttf or .otf");
    let lost = ChartOptions { thread: Some("nowhere".to_owned()), ..ChartOptions::default() };
    let error = charts::draw(charts::find("tree").unwrap(), &tables, &lost).unwrap_err();
    insta::assert_snapshot!(error, @"there is no thread nowhere: see the column thread_id");
    let huge = ChartOptions { scale: 100.0, ..ChartOptions::default() };
    let error = Raster::new(&huge).png(&draw("depth", &tables, &huge)).unwrap_err();
    assert!(error.to_string().contains("choose a smaller size or scale"), "{error}");
}

#[test]
fn a_zone_moves_only_times_that_are_utc() {
    // The times of the seed thread are local to a place that nobody knows.
    let zoned =
        ChartOptions { zone: "Asia/Tokyo".parse::<Zone>().unwrap(), ..ChartOptions::default() };
    let tables = fixture::seed();
    let plain = draw("hours", &tables, &ChartOptions::default());
    assert_eq!(draw("hours", &tables, &zoned), plain);
}
