//! The gallery in `charts/` is what the program draws today.
//!
//! `REJOINDER_GALLERY=1 cargo test gallery` makes it anew. A difference writes both pictures and
//! what differs to the temporary folder of the target directory.

use std::path::{Path, PathBuf};

use rejoinder::outputs::charts::{self, CHARTS, ChartOptions, Raster};

use super::fixture;

fn pixels(png: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    (frame.width, frame.height, pixels)
}

/// White where two pictures are the same, dark where they differ.
fn difference(expected: &[u8], actual: &[u8]) -> Option<Vec<u8>> {
    let ((w, h, a), (w2, h2, b)) = (pixels(expected), pixels(actual));
    if (w, h) != (w2, h2) || a.len() != b.len() {
        return None;
    }
    let data: Vec<u8> = a.iter().zip(&b).map(|(a, b)| 255 - a.abs_diff(*b)).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, w, h);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
    Some(bytes)
}

fn compare(
    path: &Path,
    actual: &[u8],
    same: impl Fn(&[u8], &[u8]) -> bool,
    failed: &mut Vec<PathBuf>,
) {
    if std::env::var_os("REJOINDER_GALLERY").is_some() {
        std::fs::write(path, actual).unwrap();
        return;
    }
    let expected = std::fs::read(path).unwrap_or_default();
    if !expected.is_empty() && same(&expected, actual) {
        return;
    }
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    std::fs::create_dir_all(&scratch).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    std::fs::write(scratch.join(format!("expected-{name}")), &expected).unwrap();
    std::fs::write(scratch.join(format!("actual-{name}")), actual).unwrap();
    if path.extension().is_some_and(|kind| kind == "png")
        && !expected.is_empty()
        && let Some(difference) = difference(&expected, actual)
    {
        std::fs::write(scratch.join(format!("difference-{name}")), difference).unwrap();
    }
    failed.push(scratch.join(format!("actual-{name}")));
}

#[test]
fn the_gallery_is_up_to_date() {
    let options = ChartOptions { scale: 1.5, given_fonts_only: true, ..ChartOptions::default() };
    let raster = Raster::new(&options);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("charts");
    let (seed, many) = (fixture::seed(), fixture::talk());
    let mut failed = Vec::new();
    for chart in CHARTS {
        // What compares threads needs more than the one of the seed.
        let tables = if chart.name.starts_with("threads_") { &many } else { &seed };
        let svg = charts::draw(chart, tables, &options).unwrap();
        let png = raster.png(&svg).unwrap();
        let path = |kind: &str| folder.join(format!("{}.{kind}", chart.name));
        compare(&path("svg"), svg.text.as_bytes(), |a, b| a == b, &mut failed);
        compare(&path("png"), &png, |a, b| pixels(a) == pixels(b), &mut failed);
    }
    assert!(
        failed.is_empty(),
        "{} pictures differ from the gallery: look at {failed:?}; if they are right, make the \
         gallery anew with REJOINDER_GALLERY=1",
        failed.len(),
    );
}
