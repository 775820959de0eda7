//! The page of charts in the documentation: each chart of the registry with its picture and the one
//! command that makes it.
//!
//! `REJOINDER_GALLERY=1 cargo test gallery` writes it anew.

use rejoinder::outputs::charts::{CHARTS, Chart};

/// Where the descriptions of single charts begin and end.
const FROM: &str = "## tree\n";
const TO: &str = "## How to read them\n";

/// What the command of a chart reads.
fn source(name: &str) -> &'static str {
    match name {
        name if name.starts_with("threads_") => {
            "seeds/threads/irc_ubuntu.ndjson seeds/threads/wikipedia_talk.ndjson"
        }
        name if name.starts_with("topic") => {
            "seeds/documents/003_0b8c0c03fac5c926.txt --topics seeds/topics/venezuela.toml"
        }
        _ => "seeds/documents/003_0b8c0c03fac5c926.txt",
    }
}

fn section(chart: &Chart) -> String {
    let Chart { name, about, .. } = chart;
    let sentence = about[..1].to_uppercase() + &about[1..];
    let source = source(name);
    format!(
        "## {name}\n\n{sentence}.\n\n    rejoinder chart {source} --only {name}\n\n\
         ![{about}](../charts/{name}.png)\n\n"
    )
}

#[test]
fn the_page_of_the_gallery_shows_every_chart() {
    let path = format!("{}/docs/charts.md", env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(&path).unwrap();
    let (start, end) = (page.find(FROM).unwrap(), page.find(TO).unwrap());
    let expected: String = CHARTS.iter().map(section).collect();
    if std::env::var_os("REJOINDER_GALLERY").is_some() {
        std::fs::write(&path, format!("{}{expected}{}", &page[..start], &page[end..])).unwrap();
        return;
    }
    assert!(
        page[start..end] == expected,
        "docs/charts.md and the registry differ: write the page anew with REJOINDER_GALLERY=1"
    );
}

#[cfg(feature = "cli")]
#[test]
fn the_commands_on_the_page_make_the_pictures_of_the_gallery() {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut sources: Vec<&str> = CHARTS.iter().map(|chart| source(chart.name)).collect();
    sources.sort_unstable();
    sources.dedup();
    for source in sources {
        let names =
            CHARTS.iter().map(|chart| chart.name).filter(|name| self::source(name) == source);
        let names: Vec<&str> = names.collect();
        let out = tempfile::tempdir().unwrap();
        let mut command = assert_cmd::Command::cargo_bin("rejoinder").unwrap();
        command.current_dir(root).arg("chart").args(source.split(' '));
        command.args(["--format", "svg", "--only", &names.join(",")]).arg("--out").arg(out.path());
        command.assert().success();
        for name in names {
            let made = std::fs::read_to_string(out.path().join(format!("{name}.svg"))).unwrap();
            let shown = std::fs::read_to_string(format!("{root}/charts/{name}.svg")).unwrap();
            assert!(made == shown, "{name}");
        }
    }
}
