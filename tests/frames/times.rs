//! Times: a zone only where every source states one, no false exactness.

use polars_parquet::read::read_metadata;
use rejoinder::analysis::Facts;
use rejoinder::comment::{Clock, Moment, Post, Precision};
use rejoinder::frames::{FactTables, Run, Table, Tables};

use super::{analyzed, at, comment, rows};

/// One thread for each time, its only comment written then.
fn tables(mut facts: FactTables, times: &[Option<Moment>]) -> Tables {
    for (i, &time) in times.iter().enumerate() {
        let mut only = comment("a", "", "ann");
        only.created = time;
        facts.thread(analyzed(&format!("t{i}"), Post::default(), vec![only], &[])).unwrap();
    }
    facts.finish(&Run::default()).unwrap()
}

/// Whether the Parquet file states that its times are UTC.
fn states_utc(bytes: Vec<u8>) -> bool {
    let meta = read_metadata(&mut std::io::Cursor::new(bytes)).unwrap();
    let field = meta.schema().fields().iter().find(|field| field.name() == "created_at").unwrap();
    let text = format!("{field:?}");
    assert!(text.contains("is_adjusted_to_utc"), "{text}");
    text.contains("is_adjusted_to_utc: true")
}

#[test]
fn a_zone_is_stated_only_where_all_times_have_one() {
    let utc = Some(at(60, Precision::Second, Clock::Utc));
    let local = Some(at(60, Precision::Second, Clock::Local));
    let age = Some(at(-60, Precision::Hour, Clock::BeforeCapture));
    let dir = tempfile::tempdir().unwrap();
    for (times, word, is_utc) in [
        (&[utc, utc][..], "utc", true),
        (&[local, local], "local", false),
        // The second is read after the first was written as UTC; the file is written again.
        (&[utc, local], "mixed", false),
        (&[local, utc], "mixed", false),
        (&[None, age], "none", false),
    ] {
        for facts in [FactTables::in_memory(), FactTables::spilling(dir.path(), 0)] {
            let tables = tables(facts, times);
            assert_eq!(tables.meta()["rejoinder.times"], word);
            let written = tables.write_parquet(Table::Comments, Vec::new()).unwrap();
            assert_eq!(states_utc(written), is_utc, "{word}");
            let frame = tables.read(Table::Comments).unwrap();
            let expected: Vec<&str> =
                times
                    .iter()
                    .map(|time| {
                        if time.is_some_and(|t| t.is_dated()) { "1970-01-01 01:00:00" } else { "-" }
                    })
                    .collect();
            assert_eq!(rows(&frame, &["created_at"]), expected);
        }
    }
}

#[test]
fn an_age_is_no_date() {
    let age = Some(at(-60, Precision::Hour, Clock::BeforeCapture));
    let tables = tables(FactTables::in_memory(), &[age]);
    let frame = tables.read(Table::Comments).unwrap();
    assert_eq!(rows(&frame, &["created_at", "created_precision"]), ["- -"]);
    assert_eq!(tables.read(Table::Activity).unwrap().height(), 0);
    assert_eq!(tables.meta()["rejoinder.undated"], "1");
    assert!(!tables.meta().contains_key("rejoinder.bucket"));
}
