//! The rules of ARCHITECTURE.md that a compiler does not hold: who may import whom, how long a
//! file may grow, and what must be absent below the command line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules of the crate each module may name. A module may always name itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("bytes", &[]),
    ("text", &["bytes"]),
    ("diagnostic", &[]),
    ("parallel", &[]),
    ("comment", &["text", "diagnostic"]),
    ("error", &["diagnostic"]),
    ("thread", &["comment"]),
    ("formats", &["bytes", "comment", "text", "diagnostic", "error", "parallel"]),
    ("gather", &["comment", "diagnostic", "error"]),
    ("joining", &["comment", "diagnostic"]),
    ("linking", &["comment", "text", "thread", "diagnostic"]),
    ("metrics", &["comment", "text", "thread", "error"]),
    ("topics", &["bytes", "comment", "text", "thread", "error"]),
    (
        "frames",
        &["analysis", "comment", "diagnostic", "error", "metrics", "text", "thread", "topics"],
    ),
    ("outputs", &["frames", "error", "text"]),
];

/// Folders whose files (or subfolders) must not know each other: siblings under one registry.
const SIBLINGS: &[&str] = &["formats", "metrics", "outputs/charts"];

/// Longest file, in lines.
const LONGEST: usize = 400;

#[test]
fn modules_import_only_what_lies_before_them() {
    let mut broken = Vec::new();
    for (path, code) in sources() {
        let Some(module) = top_module(&path) else { continue };
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(m, _)| *m == module) else { continue };
        for named in crate_modules(&code) {
            if named != module && !allowed.contains(&named.as_str()) {
                broken.push(format!("{path}: {module} must not know {named}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn siblings_do_not_know_each_other() {
    let mut broken = Vec::new();
    for folder in SIBLINGS {
        let names = siblings(folder);
        let inside = folder.replace('/', "::");
        for (path, code) in sources() {
            let Some(rest) = path.strip_prefix(&format!("src/{folder}/")) else { continue };
            let own = rest.split(['/', '.']).next().unwrap_or_default();
            if !names.contains(own) {
                continue;
            }
            for other in names.iter().filter(|other| *other != own) {
                let direct = format!("crate::{inside}::{other}::");
                // `super::other::` names a sibling only in a file right inside the folder.
                let near = format!("super::{other}::");
                if code.contains(&direct) || (!rest.contains('/') && code.contains(&near)) {
                    broken.push(format!("{path}: {own} must not know {other}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_has_one_idea_and_says_it() {
    let mut broken = Vec::new();
    for (path, code) in sources().into_iter().chain(tests()) {
        let lines = code.lines().count();
        if lines > LONGEST {
            broken.push(format!("{path}: {lines} lines; split it at {LONGEST}"));
        }
        if !code.starts_with("//!") {
            broken.push(format!("{path}: must open with a `//!` paragraph that says what it is"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_clock_environment_or_printing_below_the_command_line() {
    let absent = [
        "SystemTime::now",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "std::env",
        "println!",
        "eprintln!",
        "process::exit",
        "thread_rng",
    ];
    let mut broken = Vec::new();
    for (path, code) in sources() {
        if path.starts_with("src/cli/") {
            continue;
        }
        for word in absent {
            if code_lines(&code).any(|line| line.contains(word)) {
                broken.push(format!("{path}: {word} belongs to the command line"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn third_party_types_stop_at_their_stage() {
    let homes: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("polars", &["src/frames/", "src/outputs/"][..]),
        ("plotters", &["src/outputs/charts/"][..]),
        ("resvg", &["src/outputs/charts/"][..]),
        ("clap", &["src/cli/"][..]),
        ("scraper", &["src/formats/", "src/text/"][..]),
    ]);
    let mut broken = Vec::new();
    for (path, code) in sources() {
        for (library, allowed) in &homes {
            let used = code_lines(&code).any(|line| line.contains(&format!("{library}::")));
            if used && !allowed.iter().any(|home| path.starts_with(home)) {
                broken.push(format!("{path}: {library} stops at {}", allowed.join(", ")));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_public_error_names_no_other_crate() {
    let code = fs::read_to_string(root().join("src/error.rs")).unwrap();
    let foreign = ["polars", "plotters", "csv::", "regex::", "serde_json", "toml::", "quick_xml"];
    for name in foreign {
        assert!(!code_lines(&code).any(|line| line.contains(name)), "src/error.rs names {name}");
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<(String, String)> {
    rust_files("src")
}

fn tests() -> Vec<(String, String)> {
    rust_files("tests")
}

/// Path from the root and content of every Rust file below a folder, sorted.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(here) = folders.pop() {
        for entry in fs::read_dir(&here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no files below {folder}");
    found.sort();
    found
}

/// `src/formats/pages/mod.rs` → `formats`, `src/thread.rs` → `thread`.
fn top_module(path: &str) -> Option<&str> {
    path.strip_prefix("src/")?.split(['/', '.']).next()
}

/// Lines that are code: neither comments nor documentation.
fn code_lines(code: &str) -> impl Iterator<Item = &str> {
    code.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The top-level modules that a file names through `crate::`, grouped imports included.
fn crate_modules(code: &str) -> BTreeSet<String> {
    let text: String = code_lines(code).collect::<Vec<_>>().join("\n");
    let mut named = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut word = String::new();
            let mut start = true;
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => start = true,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                if start && (c.is_alphanumeric() || c == '_') {
                    word.push(c);
                } else if !word.is_empty() {
                    named.insert(std::mem::take(&mut word));
                    start = c == ',' && depth == 1;
                }
            }
            if !word.is_empty() {
                named.insert(word);
            }
        } else {
            let word: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            // A capitalised name is an item at the crate's root or a macro's, no module.
            if word.starts_with(char::is_lowercase) {
                named.insert(word);
            }
        }
    }
    named
}

/// Names of the files and subfolders of a folder that stand side by side under its registry.
fn siblings(folder: &str) -> BTreeSet<String> {
    // Shared ground of a folder, which its members may know.
    let shared: &[&str] = match folder {
        "formats" => &[
            "mod",
            "input",
            "delivered",
            "detect",
            "strange",
            "profiles",
            "json",
            "loose",
            "table",
            "threads",
            "xml",
        ],
        "metrics" => &["mod", "context", "timeline"],
        _ => &[
            "mod",
            "calendar",
            "canvas",
            "columns",
            "condense",
            "discussion",
            "encoding",
            "face",
            "fallback",
            "figures",
            "groups",
            "heat",
            "legend",
            "options",
            "page",
            "plot",
            "raster",
            "scale",
            "scatter",
            "scene",
            "sheet",
            "theme",
            "tidy",
        ],
    };
    let here = root().join("src").join(folder);
    fs::read_dir(Path::new(&here))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .filter(|name| !shared.contains(&name.as_str()))
        .collect()
}
