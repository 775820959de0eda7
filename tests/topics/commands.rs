//! `topics` and `compare` as a newcomer meets them: what they print, at several widths.

use insta::assert_snapshot;
use rejoinder::text::width::columns;

use crate::broken::{Bench, transcript};

const THREAD: &str = "documents/003_0b8c0c03fac5c926.txt";

/// Runs a command within the folder of seeds.
fn seed(arguments: &[&str]) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    transcript(Bench::new().command().current_dir(folder).args(arguments))
}

#[test]
fn topics_at_three_widths() {
    for width in [60, 80, 120] {
        let told = seed(&["topics", THREAD, "--width", &width.to_string()]);
        assert!(told.lines().all(|line| columns(line) <= width), "{told}");
        assert_snapshot!(format!("topics_{width}"), told);
    }
}

#[test]
fn topics_of_a_dictionary() {
    assert_snapshot!(seed(&["topics", THREAD, "--topics", "topics/venezuela.toml"]));
}

#[test]
fn every_number_leads_to_comments() {
    assert_snapshot!("show_oil", seed(&["topics", THREAD, "--show", "oil", "--limit", "3"]));
    assert_snapshot!("show_none", seed(&["topics", THREAD, "--show", "none", "--limit", "9"]));
    assert_snapshot!("show_chinese", seed(&["topics", "topics/waimai.outline", "--show", "2"]));
    assert_snapshot!("show_unknown", seed(&["topics", THREAD, "--show", "gardening"]));
}

#[test]
fn a_comparison_at_three_widths() {
    for width in [60, 80, 120] {
        let width_text = width.to_string();
        let told = seed(&["compare", THREAD, "--post", "--limit", "5", "--width", &width_text]);
        assert!(told.lines().all(|line| columns(line) <= width), "{told}");
        assert_snapshot!(format!("compare_{width}"), told);
    }
}

#[test]
fn two_threads_two_authors_and_two_times_are_compared() {
    let two = ["compare", "topics/laptop.outline", "topics/sourdough.outline", "--limit", "4"];
    assert_snapshot!("compare_threads", seed(&two));
    let authors = ["--authors", "Fleabaggs", "--authors", "Platoplubius", "--least", "2"];
    assert_snapshot!("compare_authors", seed(&[&["compare", THREAD], &authors[..]].concat()));
    let times = ["compare", THREAD, "--before", "2019-01-29", "--csv", "--least", "5"];
    assert_snapshot!("compare_times", seed(&times));
}

#[test]
fn a_comparison_that_cannot_be_made_says_why() {
    let cases: &[&[&str]] = &[
        &["compare", THREAD],
        &["compare", THREAD, "--authors", "Ned"],
        &["compare", THREAD, "--authors", "Ned", "--authors", "Nobody"],
        &["compare", THREAD, "--before", "yesterday"],
        &["compare", THREAD, "--post", "--chart", "words.jpg"],
        &["topics", "topics/absent.txt"],
        &["topics", THREAD, "--topics", "topics/absent.toml"],
    ];
    let told: Vec<String> = cases.iter().map(|case| seed(case)).collect();
    assert_snapshot!(told.join("\n"));
}

#[test]
fn a_comparison_is_drawn() {
    let bench = Bench::new();
    let source = format!("{}/seeds/{THREAD}", env!("CARGO_MANIFEST_DIR"));
    for name in ["words.svg", "words.png"] {
        let told = bench.run(&format!("compare {source} --post --chart {name} --quiet"));
        assert!(told.starts_with("exit 0"), "{told}");
    }
    let svg = std::fs::read_to_string(bench.path().join("words.svg")).unwrap();
    assert!(svg.contains("opposition") && svg.contains("</svg>"), "{svg}");
    let png = std::fs::read(bench.path().join("words.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
}
