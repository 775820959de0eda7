//! Which tables and columns are wanted: what is not asked for is not computed.

use std::collections::BTreeMap;

use super::schema::{self, Column};
use super::store::Part;
use super::{Table, spanning};
use crate::error::{Error, Result};

/// Some tables, and some columns of them. Default: everything.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The wanted tables with their wanted columns, none = all; `None` = everything.
    only: Option<BTreeMap<Table, Vec<&'static str>>>,
}

impl Selection {
    /// Tables (`threads`) and columns of tables (`comments.depth`), by their names.
    pub fn parse<S: AsRef<str>>(names: &[S]) -> Result<Self> {
        let mut only: BTreeMap<Table, Vec<&'static str>> = BTreeMap::new();
        let mut whole = Vec::new();
        for name in names.iter().map(AsRef::as_ref) {
            let (table_name, column) =
                name.split_once('.').map_or((name, None), |(t, c)| (t, Some(c)));
            let table = Table::ALL.into_iter().find(|table| table.name() == table_name);
            let Some(table) = table else {
                let tables = Table::ALL.map(Table::name).join(", ");
                return Err(Error::usage(format!(
                    "no table is called {table_name}; the tables are {tables}"
                )));
            };
            let columns = only.entry(table).or_default();
            let Some(column) = column else {
                whole.push(table);
                continue;
            };
            let known = schema::columns(table);
            let Some(found) = known.iter().find(|known| known.name == column) else {
                let all: Vec<&str> = known.iter().map(|known| known.name).collect();
                return Err(Error::usage(format!(
                    "no column of table {table_name} is called {column}; its columns are {}",
                    all.join(", ")
                )));
            };
            columns.push(found.name);
        }
        for table in whole {
            only.insert(table, Vec::new());
        }
        Ok(Self { only: Some(only).filter(|only| !only.is_empty()) })
    }

    /// A table is wanted.
    #[must_use]
    pub fn has(&self, table: Table) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains_key(&table))
    }

    /// The wanted tables, in the order of the documentation.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        Table::ALL.into_iter().filter(|table| self.has(*table)).collect()
    }

    /// The wanted columns of a table in the order of the schema; none if the table is not wanted.
    #[must_use]
    pub fn columns(&self, table: Table) -> Vec<Column> {
        let all = schema::columns(table);
        match &self.only {
            None => all,
            Some(only) => match only.get(&table) {
                None => Vec::new(),
                Some(wanted) if wanted.is_empty() => all,
                Some(wanted) => all.into_iter().filter(|c| wanted.contains(&c.name)).collect(),
            },
        }
    }

    /// A column is wanted, or needed for a table that is.
    #[must_use]
    pub fn needs(&self, table: Table, column: &str) -> bool {
        let is_needed = || {
            table == Table::Comments
                && spanning::SPANNING
                    .iter()
                    .filter(|other| self.has(**other))
                    // Without authors, activity is added up while threads pass.
                    .filter(|other| {
                        **other != Table::Activity
                            || spanning::tells_authors_apart(&self.columns(Table::Activity))
                    })
                    .any(|other| spanning::sources(*other).contains(&column))
        };
        self.columns(table).iter().any(|wanted| wanted.name == column) || is_needed()
    }

    /// The columns that a part has to be filled with; none if it is not needed.
    pub(super) fn filled(&self, part: Part) -> Vec<Column> {
        match part.table() {
            Some(table) => {
                part.columns().into_iter().filter(|c| self.needs(table, c.name)).collect()
            }
            None if self.has(Table::Authors) || self.has(Table::Replies) => part.columns(),
            None => Vec::new(),
        }
    }
}
