//! Inputs that are hopeless as a whole.

use insta::assert_snapshot;

use super::{Bench, transcript};

const GOOD: &str = "ann: first\n  bob: answers\n";

#[test]
fn an_empty_file() {
    let bench = Bench::new().file("empty.txt", "");
    assert_snapshot!(bench.run("summary empty.txt"), @"");
}

#[test]
fn a_binary_file() {
    let bench = Bench::new().file("program.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0");
    assert_snapshot!(bench.run("summary program.bin"), @"");
}

#[test]
fn a_file_that_is_not_there() {
    assert_snapshot!(Bench::new().run("tree nowhere.txt"), @"");
}

#[test]
fn an_unknown_format_name() {
    let bench = Bench::new().file("a.outline", GOOD);
    assert_snapshot!(bench.run("summary a.outline --format wordstar"), @"");
}

#[test]
fn a_folder_without_files() {
    let bench = Bench::new().file("folder/.hidden", "x");
    assert_snapshot!(bench.run("summary folder"), @"");
}

#[test]
fn a_folder_with_no_readable_file() {
    let bench = Bench::new().file("folder/a.bin", b"\0\x01\x02\0").file("folder/b.txt", "");
    assert_snapshot!(bench.run("summary folder"), @"");
}

#[test]
fn an_unreadable_file_among_others_is_skipped_and_told() {
    let bench = Bench::new().file("folder/a.outline", GOOD).file("folder/b.bin", b"\0\x01\x02\0");
    assert_snapshot!(bench.run("summary folder"), @"");
    assert!(bench.run("summary folder --strict --quiet").starts_with("exit 1\n"));
}

#[test]
fn a_file_without_comments_is_done_but_wanting() {
    let bench = Bench::new().file("a.outline", "# A title alone\n");
    assert_snapshot!(bench.run("summary a.outline"), @"");
    assert_snapshot!(bench.run("tree a.outline"), @"");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let bench = Bench::new().file("secret.outline", GOOD);
    let secret = bench.path().join("secret.outline");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0)).unwrap();
    std::fs::set_permissions(bench.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = bench.command();
    if std::fs::File::open(&secret).is_ok() {
        // For root there is no such file; nobody is somebody else.
        command.uid(65_534).gid(65_534);
    }
    assert_snapshot!(transcript(command.args(["summary", "secret.outline"])), @"");
}

#[test]
fn an_output_folder_that_cannot_be() {
    let bench = Bench::new().file("a.outline", GOOD).file("taken", "a file");
    assert_snapshot!(bench.run("analyze a.outline --out taken/here"), @"");
}

#[test]
fn nothing_is_left_of_a_run_that_failed() {
    let bench = Bench::new().file("program.bin", b"\0\x01\x02\0");
    assert!(bench.run("analyze program.bin --out out").starts_with("exit 2\n"));
    assert!(!bench.path().join("out").exists());
}

#[test]
fn tables_beside_other_inputs() {
    let bench = Bench::new().file("a.outline", GOOD);
    assert!(bench.run("analyze a.outline --out out --no-charts --quiet").starts_with("exit 0\n"));
    assert_snapshot!(bench.run("summary out a.outline"), @"");
}

#[test]
fn tables_that_are_none() {
    let bench = Bench::new().file("out/comments.parquet", "not a table");
    let told = bench.run("summary out");
    assert!(told.starts_with("exit 2\n! rejoinder: error: "), "{told}");
}

#[test]
fn options_that_make_no_sense() {
    let bench = Bench::new()
        .file("a.outline", GOOD)
        .file("odd.toml", "this is = = not toml")
        .file("latin.toml", b"name = \"caf\xe9\"");
    assert_snapshot!(bench.run("summary a.outline --timezone Berlin"), @"");
    assert_snapshot!(bench.run("summary a.outline --captured-at yesterday"), @"");
    assert_snapshot!(bench.run("summary a.outline --columns id"), @"");
    assert_snapshot!(bench.run("summary a.outline --topics odd.toml"), @"");
    assert_snapshot!(bench.run("summary a.outline --topics latin.toml"), @"");
    assert_snapshot!(bench.run("tree a.outline --thread nobody"), @"");
    assert_snapshot!(bench.run("chart a.outline --width 3"), @"");
    assert_snapshot!(bench.run("chart a.outline --tz Nowhere"), @"");
}
