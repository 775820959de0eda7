//! Inputs that are no page and in no known format, or in two; counts that differ; Parquet.

use insta::assert_snapshot;

use super::Bench;

#[test]
fn json_in_no_known_format() {
    let bench = Bench::new()
        .file("config.json", "{\"name\": \"x\", \"version\": 1, \"list\": [{\"a\": 2}]}")
        .file("cut.json", "[{\"name\": \"x\", \"version\": 1}, {\"name\": \"y\", \"ver");
    assert_snapshot!(bench.run("summary config.json"));
    assert_snapshot!(bench.run("check cut.json"));
}

#[test]
fn xml_in_no_known_format() {
    let bench = Bench::new().file(
        "feed.xml",
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><item><title>x</title></item></channel></rss>",
    );
    assert_snapshot!(bench.run("tree feed.xml"));
}

#[test]
fn a_table_whose_columns_say_nothing() {
    let bench = Bench::new().file("prices.csv", "date,price\n2020-01-01,3\n2020-01-02,4\n");
    assert_snapshot!(bench.run("summary prices.csv"));
    let told = bench.run("tree prices.csv --format rows --columns text=price,time=date");
    assert!(told.starts_with("exit 0\n"), "{told}");
}

#[test]
fn two_formats_that_fit_equally() {
    // Keys of a story of Lobsters and of a comment of remark42 in one record.
    let both = r#"{"short_id":"a","comments":[],"pid":"","locator":{}}"#;
    let told = Bench::new().file("both.json", both).run("summary both.json");
    assert_snapshot!(told);
    let bench = Bench::new().file("both.json", both);
    assert!(!bench.run("summary both.json --format lobsters").contains("error"));
}

#[test]
fn a_count_that_differs() {
    let topic = r#"{"post_stream":{"posts":[
        {"id":1,"username":"a","created_at":"2020-01-01T10:00:00Z","cooked":"<p>Q</p>","post_number":1,"topic_id":7},
        {"id":2,"username":"b","created_at":"2020-01-01T11:00:00Z","cooked":"<p>A</p>","post_number":2,"topic_id":7}
        ],"stream":[1,2]},"id":7,"title":"Q","posts_count":4}"#;
    let bench = Bench::new().file("topic.json", topic);
    assert_snapshot!(bench.run("check topic.json"));
    assert!(bench.run("check topic.json --strict").starts_with("exit 0\n"), "a note is no problem");
}

#[test]
fn a_limit_can_be_raised() {
    let rows = format!("id,author,text\n1,ann,short\n2,bob,\"{}", "x".repeat(300_000));
    let bench = Bench::new().file("a.csv", rows);
    assert_snapshot!(bench.run("check a.csv --max-record 4k"));
    assert!(!bench.run("check a.csv --max-record 1M").contains("hostile"));
    assert_snapshot!(bench.run("check a.csv --max-record lots"));
}

#[test]
fn a_damaged_parquet_file() {
    let bench = Bench::new().file("a.parquet", b"PAR1 and no more of it PAR1");
    let told = bench.run("summary a.parquet");
    assert!(
        told.starts_with(
            "exit 2\n! rejoinder: error: a.parquet: the Parquet file cannot be read: "
        ),
        "{told}"
    );
    let told = Bench::new().file("a.txt", b"PAR1").run("summary a.txt");
    assert!(told.starts_with("exit 2\n"), "{told}");
}

#[test]
fn parquet_is_read_like_any_table_of_comments() {
    let rows = "{\"id\":\"1\",\"author\":\"ann\",\"created_at\":\"2020-01-01T10:00:00\",\"text\":\"one é\"}\n\
                {\"id\":\"2\",\"parent_id\":\"1\",\"author\":\"bob\",\"created_at\":\"2020-01-01T10:05:00\",\"text\":\"two\",\"score\":3}\n";
    let bench = Bench::new().file("rows.ndjson", rows);
    let expected = bench.run("tree rows.ndjson");
    assert!(bench.run("export rows.ndjson --to parquet --out out --quiet").starts_with("exit 0\n"));
    std::fs::rename(bench.path().join("out/comments.parquet"), bench.path().join("rows.parquet"))
        .unwrap();
    let found = bench.run("tree rows.parquet");
    let below = |tree: &str| tree.split_once("2 comments").map(|(_, rest)| rest.to_owned());
    assert_eq!(below(&found), below(&expected), "{found}");
    assert_snapshot!(bench.run("check rows.parquet"));
}
