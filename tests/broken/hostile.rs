//! Comments that attack whoever reads them, and inputs that attack the reader.

use insta::assert_snapshot;

use super::Bench;

#[test]
fn escape_sequences_never_reach_the_terminal() {
    let rows = "{\"id\":\"1\",\"author\":\"\\u001b[31mann\\u001b[0m\",\"text\":\"\\u001b]0;owned\\u0007hi \\u009b2J\\u202etxt\\u0008\"}\n";
    let bench = Bench::new().file("a.ndjson", rows);
    for command in ["summary", "tree", "check", "summary --markdown"] {
        let told = bench.run(&format!("{command} a.ndjson"));
        assert!(told.starts_with("exit 0\n"), "{command}: {told}");
        let harmful = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!told.contains(harmful), "{command}: {told:?}");
    }
    assert_snapshot!(bench.run("tree a.ndjson"), @r"
    exit 0
    a.ndjson
    1 comment
    └─ ann  ]0;ownedhi 2Jtxt
    ");
}

#[test]
fn a_file_name_cannot_attack_the_terminal_either() {
    let told = Bench::new().run("tree \u{1b}[31mred.txt");
    assert_snapshot!(told, @r"
    exit 2
    ! rejoinder: error: cannot read red.txt: No such file or directory (os error 2)
    ");
}

#[test]
fn formulas_stay_text() {
    let rows = "id,author,text\n1,=cmd|' /C calc'!A0,=HYPERLINK(\"http://example.org\")\n";
    let bench = Bench::new().file("rows.csv", rows);
    assert_snapshot!(bench.run("tree rows.csv"), @r#"
    exit 0
    rows.csv
    1 comment
    └─ =cmd|' /C calc'!A0  =HYPERLINK("http://example.org")
    "#);
}

#[test]
fn formulas_are_disarmed_in_csv_unless_they_are_wanted_raw() {
    let rows = "id,author,text\n1,@ann,\"=HYPERLINK(\"\"http://example.org\"\")\"\n2,bob,-5 is cold\n3,cyd,a=b\n";
    let bench = Bench::new().file("rows.csv", rows);
    let text = |options: &str| {
        let told = bench.run(&format!("export rows.csv --to csv --table comments{options}"));
        assert!(told.starts_with("exit 0\n"), "{told}");
        told
    };
    let safe = text("");
    assert!(safe.contains("\"'=HYPERLINK(\"\"http://example.org\"\")\""), "{safe}");
    assert!(safe.contains(",'@ann,") && safe.contains(",'-5 is cold,") && safe.contains(",a=b,"));
    let raw = text(" --keep-formulas");
    assert!(raw.contains("\"=HYPERLINK(\"\"http://example.org\"\")\"") && raw.contains(",@ann,"));
    // Other formats are not for spreadsheets, and keep every text as it is.
    let json = bench.run("export rows.csv --to ndjson --table comments");
    assert!(json.contains("\"text\":\"=HYPERLINK("), "{json}");
}

#[test]
fn markup_in_comments_stays_text_in_the_report() {
    let rows = "id,author,text\n1,<script>alert(1)</script>,\"<img src=x onerror=alert(2)> & \"\"quotes\"\"\"\n";
    let bench = Bench::new().file("rows.csv", rows);
    assert!(bench.run("analyze rows.csv --out out --quiet").starts_with("exit 0\n"));
    let report = std::fs::read_to_string(bench.path().join("out/report.html")).unwrap();
    assert!(!report.contains("<script") && !report.contains("<img src=x"), "{report}");
    assert!(report.contains("&lt;script&gt;"), "{report}");
    assert!(report.contains("default-src 'none'"), "{report}");
}

#[test]
fn a_line_of_ten_megabytes() {
    let long = "word ".repeat(2 << 20);
    let bench = Bench::new()
        .file("a.csv", format!("id,author,text\n1,ann,{long}\n2,bob,short\n"))
        .file("a.ndjson", format!("{{\"id\":1,\"author\":\"ann\",\"text\":\"{long}\"}}\n{{\"id\":2,\"author\":\"bob\",\"text\":\"short\"}}\n"))
        .file("a.outline", format!("ann: {long}\n  bob: short\n"));
    for name in ["a.csv", "a.ndjson", "a.outline"] {
        let told = bench.run(&format!("tree {name} --width 60"));
        assert!(told.starts_with("exit 0\n") && told.contains("bob"), "{name}");
        assert!(told.lines().all(|line| line.chars().count() <= 60), "{name}: {told}");
    }
}

#[test]
fn a_chain_of_many_replies_is_drawn_within_the_width() {
    let chain: String = (0..3_000)
        .map(|i| match i {
            0 => "{\"id\":\"0\",\"author\":\"ann\",\"text\":\"x\"}\n".to_owned(),
            i => format!(
                "{{\"id\":\"{i}\",\"parent_id\":\"{}\",\"author\":\"bob\",\"text\":\"y\"}}\n",
                i - 1
            ),
        })
        .collect();
    let bench = Bench::new().file("a.ndjson", chain);
    let told = bench.run("tree a.ndjson --width 60");
    assert!(told.starts_with("exit 0\n") && told.lines().count() > 3_000, "{}", &told[..200]);
    assert!(told.lines().all(|line| line.chars().count() <= 60));
}
