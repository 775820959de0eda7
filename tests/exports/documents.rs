//! The tables of formats in the documentation are written from the registries, and `list formats`
//! names the same.

use std::fmt::Write;
use std::path::Path;

use rejoinder::formats::pages::profile::built_in;

const BEGIN: &str = "<!-- written from the registry: begin -->\n";
const END: &str = "<!-- written from the registry: end -->\n";

/// Set `REJOINDER_WRITE_DOCS` to rewrite the page instead of comparing it.
#[test]
fn the_table_of_formats_is_that_of_the_registry() {
    let mut table = String::from("| format | what it is |\n| --- | --- |\n");
    for format in rejoinder::formats::FORMATS {
        writeln!(table, "| `{}` | {} |", format.name(), format.about()).unwrap();
    }
    table.push_str("\nPages are read by profiles:\n\n| profile | what it reads | as text | saved |\n| --- | --- | :-: | :-: |\n");
    for profile in built_in() {
        let mark = |is: bool| if is { "yes" } else { "" };
        let (text, saved) = (mark(profile.plain.is_some()), mark(!profile.markup.is_empty()));
        writeln!(table, "| `{}` | {} | {text} | {saved} |", profile.name, profile.about).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page marks where the table begins");
    let (_, after) = rest.split_once(END).expect("the page marks where the table ends");
    let wanted = format!("{before}{BEGIN}{table}{END}{after}");
    if std::env::var_os("REJOINDER_WRITE_DOCS").is_some() {
        std::fs::write(&path, wanted).unwrap();
    } else {
        assert!(
            page == wanted,
            "docs/formats.md is behind; run this test with REJOINDER_WRITE_DOCS=1"
        );
    }
}

#[cfg(feature = "cli")]
#[test]
fn the_program_lists_the_same_formats() {
    let told = crate::broken::Bench::new().run("list formats --width 120");
    let names = rejoinder::formats::FORMATS.iter().map(|format| (format.name(), format.about()));
    let profiles = built_in().iter().map(|p| (p.name.as_str(), p.about.as_str()));
    for (name, about) in names.chain(profiles) {
        assert!(told.lines().any(|line| line.trim_start().starts_with(name)), "{name}: {told}");
        let words: Vec<&str> = about.split_whitespace().take(3).collect();
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(&words.join(" ")), "{name} is about {words:?}");
    }
}
