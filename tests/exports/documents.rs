//! The table of formats in the documentation is written from the registry.

use std::fmt::Write;
use std::path::Path;

const BEGIN: &str = "<!-- written from the registry: begin -->\n";
const END: &str = "<!-- written from the registry: end -->\n";

/// Set `REJOINDER_WRITE_DOCS` to rewrite the page instead of comparing it.
#[test]
fn the_table_of_formats_is_that_of_the_registry() {
    let mut table = String::from("| format | what it is |\n| --- | --- |\n");
    for format in rejoinder::formats::FORMATS {
        writeln!(table, "| `{}` | {} |", format.name(), format.about()).unwrap();
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
