//! The fact tables: schema, order of rows, memory and files alike.

use rejoinder::analysis::{self, Options};
use rejoinder::formats::Input;
use rejoinder::frames::{FactTables, Run, Table, Tables, schema};

const TREE: &str = "\
# A title
ann [2026-03-01 10:00]: one
  bob [2026-03-01 10:07]: two
    ann [2026-03-01 10:09]: three
  cyd [2026-03-02 09:00]: four
dan: five
";

fn tables(mut facts: FactTables, texts: &[&str]) -> Tables {
    let inputs: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(i, text)| Ok(Input::new(format!("{i}.outline"), text.as_bytes())))
        .collect();
    analysis::analyze(inputs, &Options::default(), &mut facts).unwrap();
    facts.finish(&Run::default()).unwrap()
}

#[test]
fn every_table_has_the_columns_of_the_schema() {
    let dir = tempfile::tempdir().unwrap();
    for facts in [FactTables::in_memory(), FactTables::spilling(dir.path(), 0)] {
        let tables = tables(facts, &[TREE, TREE]);
        for table in Table::ALL {
            let frame = tables.read(table).unwrap();
            assert_eq!(**frame.schema(), schema::schema(table), "{}", table.name());
        }
    }
}
