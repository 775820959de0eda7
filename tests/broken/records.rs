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
    assert_snapshot!(told, @"");
}

#[test]
fn a_cycle() {
    let told = check(
        "1,3,ann,2020-01-01 10:00,one\n2,1,bob,2020-01-01 10:01,two\n\
         3,2,cyd,2020-01-01 10:02,three\n",
    );
    assert_snapshot!(told, @"");
}

#[test]
fn a_comment_that_answers_itself() {
    assert_snapshot!(check("1,1,ann,2020-01-01 10:00,one\n"), @"");
}

#[test]
fn a_parent_that_is_absent() {
    assert_snapshot!(check("1,77,ann,2020-01-01 10:00,one\n2,77,bob,2020-01-01 10:01,two\n"), @"");
}

#[test]
fn a_date_that_does_not_exist() {
    assert_snapshot!(check("1,,ann,2021-02-30 10:00,one\n2,1,bob,2021-02-28 10:00,two\n"), @"");
}

#[test]
fn a_record_with_too_few_fields() {
    assert_snapshot!(check("1,,ann,2020-01-01 10:00,one\n2,1\n"), @"");
}

#[test]
fn problems_decide_the_exit_code_only_when_asked() {
    let bench =
        Bench::new().file("a.ndjson", "{\"id\":\"1\",\"text\":\"one\"}\n{\"id\":\"2\",\"te");
    let told = bench.run("check a.ndjson");
    assert_snapshot!(told, @"");
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
