//! Every seed is recognised as what it is, and by nobody else as surely.

use rejoinder::formats::{FORMATS, SAMPLE_BYTES, Sample};

#[test]
fn every_seed_is_recognised() {
    let mut wrong = Vec::new();
    for fact in super::facts() {
        let bytes = fact.bytes();
        let sample = Sample::new("input", &bytes[..bytes.len().min(SAMPLE_BYTES)], true);
        let mut fits: Vec<(f32, &str)> =
            FORMATS.iter().map(|format| (format.fit(&sample), format.name())).collect();
        fits.sort_by(|a, b| b.0.total_cmp(&a.0));
        if fits[0].1 != fact.format || fits[0].0 <= fits[1].0 || fits[0].0 <= 0.5 {
            wrong.push(format!("{}: {:?}", fact.file, &fits[..3]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_files_are_claimed_by_no_export() {
    for (name, text) in [
        ("article.txt", "A Title\n\nBy Ann Bee\n\nSome text: with a colon, and commas.\n"),
        ("table.csv", "date,price\n2020-01-01,3\n2020-01-02,4\n"),
        ("config.json", "{\"name\": \"x\", \"version\": 1, \"list\": [1, 2, 3]}"),
        (
            "page.html",
            "<!DOCTYPE html><html><body><p>[28.01.19, 11:35] Ann: hello</p></body></html>",
        ),
        (
            "feed.xml",
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item/></channel></rss>",
        ),
        ("code.rs", "fn main() {\n    let id = 1;\n}\n"),
    ] {
        let sample = Sample::new(name, text.as_bytes(), true);
        for format in FORMATS.iter().filter(|format| format.name() != "pages") {
            let fit = format.fit(&sample);
            assert!(fit < 0.5, "{} claims {name} with {fit}", format.name());
        }
    }
}
