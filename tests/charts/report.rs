//! The report as a page: it loads nothing, its links lead somewhere, its drawings follow the reader's
//! light or dark screen, and charts with nothing to show are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The report that `analyze` writes of a file, relative to the seeds or anywhere.
fn report(input: &Path) -> String {
    let out = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::Command::cargo_bin("rejoinder").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("analyze").arg(input);
    command.args(["--quiet", "--out"]).arg(out.path().join("out"));
    command.assert().success();
    std::fs::read_to_string(out.path().join("out/report.html")).unwrap()
}

/// What stands between two marks, each time the first one occurs.
fn between<'p>(page: &'p str, from: &'p str, to: &'p str) -> impl Iterator<Item = &'p str> {
    page.split(from).skip(1).filter_map(move |rest| rest.split_once(to).map(|(inner, _)| inner))
}

#[test]
fn the_report_of_the_seed_thread_is_a_sound_page() {
    let page = report(Path::new("seeds/documents/003_0b8c0c03fac5c926.txt"));
    for absent in ["<script", " src=", "url(", "@import", "href=\"http"] {
        assert!(!page.contains(absent), "{absent}");
    }
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    between(&page, " id=\"", "\"").for_each(|id| *ids.entry(id).or_default() += 1);
    assert!(ids.values().all(|&n| n == 1), "{ids:?}");
    let links: Vec<&str> = between(&page, "href=\"#", "\"").collect();
    assert_eq!(links.len(), 6, "{links:?}");
    let labels = between(&page, "aria-labelledby=\"", "\"").flat_map(|ids| ids.split(' '));
    for target in links.into_iter().chain(labels) {
        assert!(ids.contains_key(target), "{target}");
    }
    // Every colour of a drawing is a variable with a value for light and for dark screens.
    let used: BTreeSet<&str> = between(&page, "=\"var(--", ")").collect();
    assert!(used.len() > 10);
    for color in used {
        assert_eq!(page.matches(&format!("--{color}:#")).count(), 2, "{color}");
    }
    let drawn = page.split("<section id=\"charts\">").nth(1).unwrap();
    let drawn = drawn.split("</section>").next().unwrap();
    assert_eq!(drawn.matches("<figure").count(), 12, "all but those that compare threads");
    assert!(!drawn.contains("=\"#"), "no colour is left that does not change");
}

#[test]
fn the_report_of_one_comment_speaks_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("one.outline");
    std::fs::write(&file, "# A quiet post\nann [2026-03-01 10:00]: so much rain\n").unwrap();
    let page = report(&file);
    for present in ["<dt>comment</dt>", "<dt>author</dt>", "<dt>level deep</dt>", "chart-tree"] {
        assert!(page.contains(present), "{present}");
    }
    for absent in ["chart-exchange", "chart-delay", "chart-topic_drift"] {
        assert!(!page.contains(absent), "{absent}");
    }
}
