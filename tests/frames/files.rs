//! Tables in files: the same as in memory, whole or absent, read back without the source.

use polars::prelude::{DataFrame, IntoLazy, col};
use rejoinder::analysis::Facts;
use rejoinder::comment::Post;
use rejoinder::error::Error;
use rejoinder::frames::{Bucket, FactTables, InputFacts, Run, Table, Tables};

use super::{analyzed, comment, fill, local};

/// A corpus of several row groups: threads of one to sixty comments.
fn corpus(mut facts: FactTables, n_threads: usize) -> Tables {
    for t in 0..n_threads {
        let comments = (0..=t % 60).map(|i| {
            let parent = if i == 0 { String::new() } else { format!("c{}", i / 2) };
            let mut comment =
                comment(&format!("c{}", i + 1), &parent, &format!("author {}", (t + i * i) % 50));
            comment.created = local((t * 7 + i) as i64);
            comment
        });
        let post = Post { author: Some("host".into()), ..Post::default() };
        facts.thread(analyzed(&format!("t{t}"), post, comments.collect(), &[])).unwrap();
    }
    facts.finish(&Run::default()).unwrap()
}

#[track_caller]
fn assert_same(one: &DataFrame, other: &DataFrame) {
    assert_eq!(one.schema(), other.schema());
    assert!(one.equals_missing(other), "{one}\n{other}");
}

#[test]
fn files_and_memory_hold_the_same_tables() {
    let dir = tempfile::tempdir().unwrap();
    for (memory, files) in [
        (fill(FactTables::in_memory()), fill(FactTables::spilling(dir.path(), 3))),
        (
            corpus(FactTables::in_memory(), 2500),
            corpus(FactTables::spilling(dir.path(), 50_000), 2500),
        ),
    ] {
        assert!(memory.file(Table::Comments).is_none());
        assert!(files.file(Table::Comments).is_some_and(std::path::Path::exists));
        for table in Table::ALL {
            assert_same(&memory.read(table).unwrap(), &files.read(table).unwrap());
        }
        assert_eq!(memory.meta(), files.meta());
    }
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
    assert!(left.is_empty(), "files with temporary names are left: {left:?}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let [one, other] = [(); 2].map(|()| corpus(FactTables::spilling(dir.path(), 0), 1500));
    for table in Table::ALL {
        let bytes = |tables: &Tables| tables.write_parquet(table, Vec::new()).unwrap();
        assert!(bytes(&one) == bytes(&other), "{}", table.name());
    }
    let file = |tables: &Tables| std::fs::read(tables.file(Table::Comments).unwrap()).unwrap();
    assert!(file(&one) == file(&other));
}

fn save(tables: &Tables, dir: &std::path::Path) {
    for table in Table::ALL {
        let bytes = tables.write_parquet(table, Vec::new()).unwrap();
        std::fs::write(dir.join(format!("{}.parquet", table.name())), bytes).unwrap();
    }
}

#[test]
fn a_folder_written_before_is_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let written = fill(FactTables::in_memory());
    save(&written, dir.path());
    let opened = Tables::open(dir.path()).unwrap();
    for table in Table::ALL {
        assert_same(&written.read(table).unwrap(), &opened.read(table).unwrap());
    }
    assert_eq!(written.meta(), opened.meta());
}

#[test]
fn a_folder_without_tables_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let Err(Error::Format { reason, .. }) = Tables::open(dir.path()) else { panic!("no error") };
    assert!(reason.contains("no table is in this folder"), "{reason}");
    std::fs::write(dir.path().join("comments.parquet"), "PAR1 but not for long").unwrap();
    assert!(matches!(Tables::open(dir.path()), Err(Error::Table { .. })));
}

#[test]
fn metadata_says_what_the_run_was() {
    let mut facts = FactTables::in_memory();
    facts.thread(super::sample().remove(0)).unwrap();
    let run = Run {
        inputs: vec![InputFacts { name: "a \"page\".txt".into(), bytes: 5, sha256: None }],
        options: vec![("format".into(), "wpdiscuz".into())],
        bucket: Some(Bucket::Day),
    };
    let tables = facts.finish(&run).unwrap();
    let told = |key: &str| tables.meta().get(&format!("rejoinder.{key}")).map(String::as_str);
    assert_eq!(told("schema"), Some("1"));
    assert_eq!(told("version"), Some(env!("CARGO_PKG_VERSION")));
    assert_eq!(told("inputs"), Some(r#"[{"name":"a \"page\".txt","bytes":5,"sha256":null}]"#));
    assert_eq!(told("options"), Some(r#"{"format":"wpdiscuz"}"#));
    assert_eq!(told("bucket"), Some("day"));
    assert_eq!(told("times"), Some("local"));
    assert_eq!(told("undated"), Some("1"));
}

#[test]
fn a_failed_run_leaves_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let mut facts = FactTables::spilling(dir.path(), 0);
    facts.thread(super::sample().remove(0)).unwrap();
    drop(facts);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let mut facts = FactTables::spilling(dir.path().join("absent"), 0);
    facts.thread(super::sample().remove(0)).unwrap();
    assert!(matches!(facts.finish(&Run::default()), Err(Error::Write { .. })));
}

#[test]
fn queries_go_over_files_and_memory() {
    let dir = tempfile::tempdir().unwrap();
    for facts in [FactTables::in_memory(), FactTables::spilling(dir.path(), 0)] {
        let tables = fill(facts);
        let deepest = tables.lazy(Table::Comments).select([col("depth").max()]);
        let frame = tables.collect(deepest).unwrap();
        assert_eq!(frame.column("depth").unwrap().get(0).unwrap().try_extract::<u32>().unwrap(), 4);
        let again = tables.read(Table::Authors).unwrap().lazy().collect().unwrap();
        assert_same(&again, &tables.lazy(Table::Authors).collect().unwrap());
    }
}
