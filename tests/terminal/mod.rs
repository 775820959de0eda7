//! What people read: the four given documents and the seed thread on terminals of three widths.

use insta::assert_snapshot;
use rejoinder::text::width::columns;

use crate::broken::{Bench, transcript};

/// Runs a command on a document of the seeds, by its path within them.
fn seed(arguments: &str) -> String {
    let mut command = Bench::new().command();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    transcript(command.current_dir(folder).args(arguments.split(' ')))
}

const THREAD: &str = "documents/003_0b8c0c03fac5c926.txt";

#[test]
fn the_seed_thread_reads_well_at_every_width() {
    for width in [60, 80, 120] {
        for command in ["summary", "tree"] {
            let told = seed(&format!("{command} {THREAD} --width {width}"));
            assert!(told.lines().all(|line| columns(line) <= width), "{command}: {told}");
            assert_snapshot!(format!("{command}_{width}"), told);
        }
    }
}

#[test]
fn the_tree_is_drawn_in_ascii_too() {
    let told = seed(&format!("tree {THREAD} --width 60 --ascii --depth 2"));
    assert_snapshot!("tree_ascii", told);
}

#[test]
fn articles_without_comments_are_told_and_the_thread_comes_last() {
    assert_snapshot!("documents", seed("summary documents"));
}

#[test]
fn a_check_tells_how_the_page_was_recognised() {
    assert_snapshot!("check", seed(&format!("check {THREAD}")));
}

#[test]
fn a_page_without_nesting_tells_what_its_parents_rest_on() {
    assert_snapshot!("unnested_tree", seed("tree wordpress/unnested.txt"));
    assert_snapshot!("unnested_check", seed("check wordpress/unnested.txt"));
}

#[test]
fn the_summary_for_programs_and_for_pasting() {
    assert_snapshot!("markdown", seed(&format!("summary {THREAD} --markdown")));
    let json = seed(&format!("summary {THREAD} --json"));
    let json: serde_json::Value = serde_json::from_str(json.split_once('\n').unwrap().1).unwrap();
    assert_eq!(json["n_comments"], 24);
    assert_eq!(json["n_declared"], 27);
    assert_eq!(json["n_authors"], 9);
    assert_eq!(json["max_depth"], 5);
    assert_eq!(json["uncertain"][0]["comment"]["position"], 15);
}

#[test]
fn tables_that_were_kept_tell_the_same_as_their_source() {
    let bench = Bench::new();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/documents");
    let kept = bench.run(&format!("analyze {source} --out out --quiet --width 80"));
    assert_eq!(bench.run("summary out --width 80"), kept);
}
