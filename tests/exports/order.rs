//! Rows in any order: sorted tables flow thread by thread, mixed ones go loose, reopened threads
//! are reported.

use std::fmt::Write;

use rejoinder::diagnostic::Oddity;
use rejoinder::formats::ReadOptions;

/// A table with one row for each of these threads.
fn table(threads: impl Iterator<Item = usize>) -> String {
    let mut csv = String::from("id,thread,author,text\n");
    for (id, thread) in threads.enumerate() {
        writeln!(csv, "{id},t{thread},ann,text {id}").unwrap();
    }
    csv
}

fn read(csv: &str) -> super::Delivered {
    let (delivered, result) = super::read("rows.csv", csv.as_bytes(), &ReadOptions::default());
    result.unwrap();
    delivered
}

#[test]
fn a_sorted_table_is_delivered_thread_by_thread() {
    let delivered = read(&table((0..20_000).map(|row| row / 10)));
    assert_eq!(delivered.discussions.len(), 2_000);
    assert!(delivered.discussions.iter().all(|d| d.comments.len() == 10));
    assert!(delivered.loose.is_empty() && delivered.odd.is_empty());
}

#[test]
fn a_mixed_table_goes_loose() {
    let delivered = read(&table((0..20_000).map(|row| row % 100)));
    assert!(delivered.discussions.is_empty());
    assert_eq!(delivered.loose.len(), 20_000);
}

#[test]
fn a_small_table_needs_no_order() {
    let delivered = read(&table((0..1_000).map(|row| row % 100)));
    assert_eq!(delivered.discussions.len(), 100);
    assert!(delivered.loose.is_empty());
}

#[test]
fn a_reopened_thread_is_kept_and_reported() {
    let rows = (0..20_000).map(|row| if row == 15_000 { 0 } else { row / 10 });
    let delivered = read(&table(rows));
    assert_eq!(delivered.comments().count(), 20_000);
    assert_eq!(delivered.loose[0].0, "t0");
    assert!(delivered.has(Oddity::Contradiction));
}

#[test]
fn columns_can_be_stated() {
    let csv = "no,who,what,answers\n1,ann,hello,\n2,bob,hi,1\n";
    let pairs = [("id", "no"), ("author", "who"), ("text", "3"), ("parent", "answers")];
    let columns = pairs.map(|(field, name)| (field.to_owned(), name.to_owned())).to_vec();
    let options =
        ReadOptions { format: Some("rows".to_owned()), columns, ..ReadOptions::default() };
    let (delivered, result) = super::read("rows.csv", csv.as_bytes(), &options);
    result.unwrap();
    let texts: Vec<&str> = delivered.comments().map(|c| c.text.as_str()).collect();
    assert_eq!(texts, ["hello", "hi"]);
    let wrong = ReadOptions { columns: vec![("id".into(), "nix".into())], ..options };
    let (_, result) = super::read("rows.csv", csv.as_bytes(), &wrong);
    let message = result.unwrap_err().to_string();
    insta::assert_snapshot!(message, @"rows.csv: no column is called nix; the columns are no, who, what, answers");
}

#[test]
fn ids_may_count_from_zero() {
    // Without such an id, a zero says that the post is answered.
    let parents = |csv: &str| -> Vec<bool> {
        let delivered = read(csv);
        delivered
            .comments()
            .map(|c| c.reply_to.stated == rejoinder::comment::Stated::Post)
            .collect()
    };
    assert_eq!(
        parents("id,parent,author,text\n0,,ann,a\n1,0,bob,b\n2,1,cyd,c\n"),
        [true, false, false]
    );
    assert_eq!(parents("id,parent,author,text\n1,0,ann,a\n2,1,bob,b\n"), [true, false]);
}
