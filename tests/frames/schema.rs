//! The schema: the tables hold it, and the documentation is printed from it.

use rejoinder::frames::{FactTables, Run, Table, schema};

use super::fill;

#[test]
fn every_table_has_the_columns_of_the_schema() {
    let dir = tempfile::tempdir().unwrap();
    let in_memory =
        [fill(FactTables::in_memory()), FactTables::in_memory().finish(&Run::default()).unwrap()];
    let in_files = [
        fill(FactTables::spilling(dir.path(), 0)),
        FactTables::spilling(dir.path(), 0).finish(&Run::default()).unwrap(),
    ];
    for tables in in_memory.into_iter().chain(in_files) {
        for table in Table::ALL {
            let frame = tables.read(table).unwrap();
            assert_eq!(**frame.schema(), schema::schema(table), "{}", table.name());
            for column in schema::columns(table).iter().filter(|column| !column.optional) {
                let nulls = frame.column(column.name).unwrap().null_count();
                assert_eq!(nulls, 0, "{} of {} must not be null", column.name, table.name());
            }
        }
    }
}

#[test]
fn columns_are_named_once_and_explained() {
    for table in Table::ALL {
        let columns = schema::columns(table);
        for (i, column) in columns.iter().enumerate() {
            assert!(!column.about.is_empty() && !column.about.ends_with('.'), "{}", column.name);
            assert!(columns[..i].iter().all(|other| other.name != column.name), "{}", column.name);
        }
    }
}

/// Set `REJOINDER_WRITE_DOCS=1` to write the page again.
#[test]
fn the_documentation_is_printed_from_the_schema() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema.md");
    if std::env::var_os("REJOINDER_WRITE_DOCS").is_some() {
        std::fs::write(path, schema::markdown()).unwrap();
    }
    let page = std::fs::read_to_string(path).unwrap_or_default();
    assert!(page == schema::markdown(), "docs/schema.md is not what the program prints");
}
