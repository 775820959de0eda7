//! Inputs that are hopeless as a whole.

use insta::assert_snapshot;

use super::{Bench, transcript};

const GOOD: &str = "ann: first\n  bob: answers\n";

#[test]
fn an_empty_file() {
    let bench = Bench::new().file("empty.txt", "");
    assert_snapshot!(bench.run("summary empty.txt"), @r"
    exit 2
    ! rejoinder: error: empty.txt: the input is empty
    ");
}

#[test]
fn a_binary_file() {
    let bench = Bench::new().file("program.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0");
    assert_snapshot!(bench.run("summary program.bin"), @r"
    exit 2
    ! rejoinder: error: program.bin: this is a program, not text; save or export the comments as text, HTML or JSON
    ");
}

#[test]
fn a_file_that_is_not_there() {
    assert_snapshot!(Bench::new().run("tree nowhere.txt"), @r"
    exit 2
    ! rejoinder: error: cannot read nowhere.txt: No such file or directory (os error 2)
    ");
}

#[test]
fn an_unknown_format_name() {
    let bench = Bench::new().file("a.outline", GOOD);
    assert_snapshot!(bench.run("summary a.outline --format wordstar"), @r#"
    exit 2
    ! rejoinder: error: no format is called "wordstar"; `rejoinder list formats` names them all
    "#);
}

#[test]
fn a_folder_without_files() {
    let bench = Bench::new().file("folder/.hidden", "x");
    assert_snapshot!(bench.run("summary folder"), @r"
    exit 2
    ! rejoinder: error: folder: the folder holds no files to read; hidden ones, pictures and scripts are skipped
    ");
}

#[test]
fn a_folder_with_no_readable_file() {
    let bench = Bench::new().file("folder/a.bin", b"\0\x01\x02\0").file("folder/b.txt", "");
    assert_snapshot!(bench.run("summary folder"), @r"
    exit 2
    ! rejoinder: error: folder/a.bin: this is a binary file, not text; save or export the comments as text, HTML or JSON
    ! rejoinder: error: folder/b.txt: the input is empty
    ");
}

#[test]
fn an_unreadable_file_among_others_is_skipped_and_told() {
    let bench = Bench::new().file("folder/a.outline", GOOD).file("folder/b.bin", b"\0\x01\x02\0");
    assert_snapshot!(bench.run("summary folder"), @r"
    exit 0
    Thread without a title
      folder/a.outline · read as outline

      2 comments · 2 authors · depth 2

    Depth
      1  1  ████████████████████████████████████████
      2  1  ████████████████████████████████████████
      1 top-level · mean depth 1.50 · virality 1.33 · h-index 1

    Time
      no comment has a date

    Authors
      ann  1  ████████████████████████  0 replies sent, 1 received
      bob  1  ████████████████████████  1 reply sent, 0 received

    Read with care
      unreadable: folder/b.bin: this is a binary file, not text; save or export
        the comments as text, HTML or JSON
    ! rejoinder: skipped: folder/b.bin: this is a binary file, not text; save or export the comments as text, HTML or JSON
    ");
    assert!(bench.run("summary folder --strict --quiet").starts_with("exit 1\n"));
}

#[test]
fn a_file_without_comments_is_done_but_wanting() {
    let bench = Bench::new().file("a.outline", "# A title alone\n");
    assert_snapshot!(bench.run("summary a.outline"), @r"
    exit 1
    A title alone
      a.outline · read as outline

      no comments
    ");
    assert_snapshot!(bench.run("tree a.outline"), @r"
    exit 1
    A title alone
    no comments
    ");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let bench = Bench::new().file("secret.outline", GOOD);
    let secret = bench.path().join("secret.outline");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o0)).unwrap();
    std::fs::set_permissions(bench.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = bench.command();
    if std::fs::File::open(&secret).is_ok() {
        // For root there is no such file; nobody is somebody else, who may not enter the folder
        // that the program was built in.
        let program = bench.path().join("program");
        std::fs::copy(command.get_program(), &program).unwrap();
        let mut other = std::process::Command::new(program);
        other.current_dir(bench.path()).env("NO_COLOR", "1").uid(65_534).gid(65_534);
        command = other;
    }
    assert_snapshot!(transcript(command.args(["summary", "secret.outline"])), @r"
    exit 2
    ! rejoinder: error: cannot read secret.outline: Permission denied (os error 13)
    ");
}

#[test]
fn an_output_folder_that_cannot_be() {
    let bench = Bench::new().file("a.outline", GOOD).file("taken", "a file");
    assert_snapshot!(bench.run("analyze a.outline --out taken/here"), @r"
    exit 2
    ! rejoinder: error: cannot write taken/here: Not a directory (os error 20)
    ");
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
    assert_snapshot!(bench.run("summary out a.outline"), @r"
    exit 2
    ! rejoinder: error: out holds the tables of an earlier run; give it alone, without other inputs
    ");
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
    assert_snapshot!(bench.run("summary a.outline --timezone Berlin"), @r"
    exit 2
    ! rejoinder: error: --timezone Berlin: not an offset; write UTC or an offset such as +02:00 (names of zones have several offsets a year)
    ");
    assert_snapshot!(bench.run("summary a.outline --captured-at yesterday"), @r"
    exit 2
    ! rejoinder: error: --captured-at yesterday: not a time; write 2024-05-01 or 2024-05-01T18:30+02:00
    ");
    assert_snapshot!(bench.run("summary a.outline --columns id"), @r"
    exit 2
    ! rejoinder: error: --columns id: write OURS=THEIRS, such as id=comment_id,parent=reply_to
    ");
    assert_snapshot!(bench.run("summary a.outline --topics odd.toml"), @r"
    exit 2
    ! rejoinder: error: odd.toml:1: not TOML: key with no value, expected `=`
    ");
    assert_snapshot!(bench.run("summary a.outline --topics latin.toml"), @r"
    exit 2
    ! rejoinder: error: cannot read latin.toml: stream did not contain valid UTF-8
    ");
    assert_snapshot!(bench.run("tree a.outline --thread nobody"), @r"
    exit 2
    ! rejoinder: error: no thread has the id nobody; the threads table of `rejoinder export` lists them
    ");
    assert_snapshot!(bench.run("chart a.outline --width 3"), @r"
    exit 2
    ! rejoinder: error: 3 is no size of a chart: give pixels (960) or a length (16cm, 160mm, 6.3in) of 240 to 20000 pixels, at 96 pixels an inch
    ");
    assert_snapshot!(bench.run("chart a.outline --tz Nowhere"), @r"
    exit 2
    ! rejoinder: error: Nowhere is no time zone: give an offset (+02:00) or a name (Europe/Berlin)
    ");
}
