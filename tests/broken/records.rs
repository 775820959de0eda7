//! Records that contradict themselves or each other: each is kept and told with its place.

use insta::assert_snapshot;

use super::Bench;

const HEAD: &str = "id,parent_id,author,created_at,text\n";

/// A table of comments, checked.
#[track_caller]
fn check(rows: &str) -> String {
    let bench = Bench::new().file("rows.csv", format!("{HEAD}{rows}"));
    bench.run("check rows.csv")
}

#[test]
fn a_duplicate_id() {
    let told = check("1,,ann,2020-01-01 10:00,one\n1,,bob,2020-01-01 10:01,two\n");
    assert_snapshot!(told, @r"
    exit 0
    rows.csv
      read as rows · 2 comments · 2 top-level comments
      rows fits to 60 %; nothing else fits
      tables of comments with named columns: CSV, TSV, NDJSON, JSON, Parquet

    What the parents rest on
      stated: 2 comments; the source states the parent

    warning: duplicate-id (1)
      rows.csv:3: the id 1 was stated before; this comment is now 1_2
      · two
    ");
}

#[test]
fn a_cycle() {
    let told = check(
        "1,3,ann,2020-01-01 10:00,one\n2,1,bob,2020-01-01 10:01,two\n\
         3,2,cyd,2020-01-01 10:02,three\n",
    );
    assert_snapshot!(told, @r"
    exit 0
    rows.csv
      read as rows · 3 comments · 1 top-level comment
      rows fits to 60 %; nothing else fits
      tables of comments with named columns: CSV, TSV, NDJSON, JSON, Parquet

    What the parents rest on
      stated: 2 comments; the source states the parent
      assumed: 1 comment; nothing speaks for it; it was hung from the post

    warning: cycle (1)
      rows.csv:4: comments answer each other in a circle; this one, the latest of
        them, was hung from the post
      · three
    ");
}

#[test]
fn a_comment_that_answers_itself() {
    assert_snapshot!(check("1,1,ann,2020-01-01 10:00,one\n"), @r"
    exit 0
    rows.csv
      read as rows · 1 comment · 1 top-level comment
      rows fits to 60 %; nothing else fits
      tables of comments with named columns: CSV, TSV, NDJSON, JSON, Parquet

    What the parents rest on
      assumed: 1 comment; nothing speaks for it; it was hung from the post

    warning: self-parent (1)
      rows.csv:2: a comment names itself as its parent; it was hung from the post
      · one
    ");
}

#[test]
fn a_parent_that_is_absent() {
    assert_snapshot!(check("1,77,ann,2020-01-01 10:00,one\n2,77,bob,2020-01-01 10:01,two\n"), @r"
    exit 0
    rows.csv
      read as rows · 2 comments · 1 absent parent
      rows fits to 60 %; nothing else fits
      tables of comments with named columns: CSV, TSV, NDJSON, JSON, Parquet

    What the parents rest on
      stated: 2 comments; the source states the parent

    warning: missing-parent (1)
      rows.csv:2: the parent 77 is not in the source; a placeholder stands for it
      · one
    ");
}

#[test]
fn a_date_that_does_not_exist() {
    assert_snapshot!(check("1,,ann,2021-02-30 10:00,one\n2,1,bob,2021-02-28 10:00,two\n"), @r"
    exit 0
    rows.csv
      read as rows · 2 comments · 1 top-level comment
      rows fits to 60 %; nothing else fits
      tables of comments with named columns: CSV, TSV, NDJSON, JSON, Parquet

    What the parents rest on
      stated: 2 comments; the source states the parent

    warning: bad-date (1)
      rows.csv:2: the date does not exist or could not be read
      · 2021-02-30 10:00
    ");
}

#[test]
fn a_record_with_too_few_fields() {
    assert_snapshot!(check("1,,ann,2020-01-01 10:00,one\n2,1\n"), @r"
    exit 0
    rows.csv
      read as rows · 1 comment · 1 top-level comment
      rows fits to 60 %; nothing else fits
      tables of comments with named columns: CSV, TSV, NDJSON, JSON, Parquet

    What the parents rest on
      stated: 1 comment; the source states the parent

    problem: bad-record (1)
      rows.csv:3: record left out: 2 values where the header has 5
      · 21
    ");
}

#[test]
fn problems_decide_the_exit_code_only_when_asked() {
    let record = |id: u32| format!("{{\"id\":\"{id}\",\"author\":\"ann\",\"text\":\"word\"}}\n");
    let records: String = (1..=4).map(record).collect();
    let bench = Bench::new().file("a.ndjson", &records[..records.len() - 10]);
    let told = bench.run("check a.ndjson");
    assert_snapshot!(told, @r"
    exit 0
    a.ndjson
      read as rows · 3 comments · 1 top-level comment
      rows fits to 60 %; nothing else fits
      tables of comments with named columns: CSV, TSV, NDJSON, JSON, Parquet

    What the parents rest on
      adjacent: 2 comments; only closeness in time and words speaks for it
      assumed: 1 comment; nothing speaks for it; it was hung from the post

    2 uncertain parents
      comment 3 (ann) answers 2 (ann) with 47 %, else the post
      · 2 (ann) 47 %: stands right below it, it answers the same author in turn,
        has the same author
      · the post 45 %: it addresses nobody
      · 1 (ann) 8.1 %: has the same author, has just been answered by the same
        author
      comment 2 (ann) answers 1 (ann) with 52 %, else the post
      · 1 (ann) 52 %: stands right below it, has the same author
      · the post 48 %: it addresses nobody

    problem: truncated (1)
      a.ndjson: the input ends within a record, after 3 were read; what was
        complete is kept
    ");
    assert!(bench.run("check a.ndjson --strict").starts_with("exit 1\n"));
}

#[test]
fn nothing_is_lost() {
    let bench = Bench::new()
        .file("rows.csv", format!("{HEAD}1,2,a,,x\n2,1,b,,x\n2,9,c,,x\n3,3,d,,x\n4,9,e,bad,x\n"));
    let json = bench.run("summary rows.csv --json");
    let json: serde_json::Value = serde_json::from_str(json.split_once('\n').unwrap().1).unwrap();
    assert_eq!(json["n_comments"], 5);
    assert_eq!(json["n_placeholders"], 1);
}
