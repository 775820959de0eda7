//! JSON objects with the names of columns as keys: one a line, or in an array.

use super::columns::{Columns, Field};
use super::flat;
use super::nested::{self, Nested};
use super::row::{self, Target, Values};
use super::separated::layout;
use super::{Dialect, Table};
use crate::comment::Layout;
use crate::error::{Error, Result};
use crate::formats::json::{self, Node};
use crate::formats::threads::Threads;
use crate::formats::{Input, ReadOptions, Sample, Sink};

/// The columns that the first object of an input seems to have, and whether there is one object a
/// line; `None` if the input does not begin as JSON.
pub(in crate::formats) fn header(sample: &Sample<'_>) -> Option<(Columns, bool)> {
    let document = json::sniff(sample, &[])?;
    let root = document.root()?;
    let lines = document.roots().nth(1).is_some() || root.get("comments").is_none();
    let first = match nested::first(root) {
        Some(first) => first,
        None if root.is_object() && lines => root,
        None => list(root)?.items().next()?,
    };
    let mut names = keys(first);
    if first.is_cut() {
        // A value longer than the sample: its key counts all the same.
        names.extend(document.cut_key.clone());
    }
    let columns = Columns::assign("", &names, &[]).ok()?;
    Some((columns, root.is_object() && lines))
}

/// Reads one object a line and delivers them as rows.
pub(in crate::formats) fn read_lines(
    dialect: Dialect,
    input: Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let source = input.name.clone();
    let mut lines = json::Lines::new(input, options)?;
    let mut threads = Threads::new(dialect.format, &source, Layout::Loose, sink);
    let mut keys = Keys::new(dialect);
    let mut is_flat = true;
    while let Some((number, document)) = lines.next(&mut threads)? {
        threads.record();
        match document.root().filter(|root| root.is_object()) {
            Some(object) if nested::replies(object).is_some() => {
                is_flat = false;
                nested::deliver(&mut keys, object, options, &mut threads)?;
            }
            Some(object) => keys.deliver(object, number, options, &mut threads)?,
            None => threads.bad(number, "not an object", document.root().map_or("", Node::raw)),
        }
        if is_flat && threads.is_judged() {
            flat::read_on(lines, &keys, options, &mut threads)?;
            break;
        }
    }
    threads.finish()
}

/// Reads an array of objects, or an object that holds one.
pub(in crate::formats) fn read_document(
    dialect: Dialect,
    input: Input<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let (source, document) = json::read(input, options, sink)?;
    let mut threads = Threads::new(dialect.format, &source, Layout::Loose, sink);
    // Records that follow each other, each on several lines, share their columns.
    let mut alone = Keys::new(dialect);
    for root in document.roots() {
        if nested::first(root).is_some() {
            nested::deliver(&mut alone, root, options, &mut threads)?;
            continue;
        }
        let Some(list) = list(root) else {
            let number = threads.record();
            if root.is_object() && !root.is_cut() {
                alone.deliver(root, number, options, &mut threads)?;
            } else if !root.is_cut() {
                threads.bad(number, "not an object", root.raw());
            }
            continue;
        };
        let mut keys = Keys::new(dialect);
        for object in list.items() {
            let number = threads.record();
            // What the end of the input cut is no row; the end itself is reported.
            if nested::replies(object).is_some() {
                nested::deliver(&mut keys, object, options, &mut threads)?;
            } else if !object.is_cut() {
                keys.deliver(object, number, options, &mut threads)?;
            }
        }
    }
    document.report(&mut threads);
    threads.finish()
}

/// The keys that were seen so far, and the columns that they make. Objects may leave keys out, so
/// the columns are assigned anew whenever an unknown key turns up.
#[derive(Clone)]
pub(super) struct Keys {
    pub(super) names: Vec<String>,
    pub(super) table: Table,
}

impl Keys {
    fn new(dialect: Dialect) -> Self {
        Self { names: Vec::new(), table: Table::new(dialect, Columns::default()) }
    }

    pub(super) fn deliver(
        &mut self,
        object: Node<'_>,
        number: u32,
        options: &ReadOptions,
        target: &mut dyn Target,
    ) -> Result<()> {
        self.learn(object, options, target, false)?;
        let id = self.table.columns.name(Field::Id).and_then(|name| text(object.get(name)?));
        self.table.learn(id);
        let row = Object { object, columns: &self.table.columns };
        row::deliver(&self.table, &row, number, object.raw(), target)
    }

    /// Delivers an object whose place among others says something, too.
    pub(super) fn deliver_nested(
        &mut self,
        object: Node<'_>,
        number: u32,
        nested: &Nested<'_>,
        options: &ReadOptions,
        target: &mut dyn Target,
    ) -> Result<()> {
        self.learn(object, options, target, true)?;
        let counts_from_zero = nested.with(&self.table.columns).value(Field::Id) == Some("0");
        self.table.learn(counts_from_zero.then_some("0"));
        let row = nested.with(&self.table.columns);
        row::deliver(&self.table, &row, number, object.raw(), target)
    }

    /// Assigns the columns anew if the object has keys that were not seen before.
    fn learn(
        &mut self,
        object: Node<'_>,
        options: &ReadOptions,
        target: &mut dyn Target,
        is_nested: bool,
    ) -> Result<()> {
        let known = self.names.len();
        // Almost all objects have the same keys in the same order: one comparison each.
        for (place, (key, _)) in object.entries().enumerate() {
            let is_known = self.names.get(place).is_some_and(|name| name == key)
                || self.names.iter().any(|name| name == key);
            if !is_known && self.names.len() < MOST_KEYS {
                self.names.push(key.to_owned());
            }
        }
        if self.names.len() > known {
            self.table.columns = assign(target.source(), &self.names, options)?;
            let is_stated = self.table.columns.place(Field::Parent).is_some();
            let by_nesting = is_nested && !is_stated;
            target.set_layout(if by_nesting {
                Layout::Preorder
            } else {
                layout(&self.table.columns)
            });
        }
        Ok(())
    }
}

/// More keys than a table of comments has columns: objects that use ids as keys.
const MOST_KEYS: usize = 200;

fn assign(source: &str, keys: &[String], options: &ReadOptions) -> Result<Columns> {
    let columns = Columns::assign(source, keys, &options.columns)?;
    if columns.place(Field::Text).is_some() || columns.place(Field::Id).is_some() {
        return Ok(columns);
    }
    let message = format!(
        "no key holds texts or ids; say which with --columns text=NAME,id=NAME (the keys are {})",
        keys.join(", ")
    );
    Err(Error::format(source, message))
}

/// The list of objects in a document: itself, or the first one in it.
fn list(root: Node<'_>) -> Option<Node<'_>> {
    let holds_objects = |list: &Node<'_>| list.items().next().is_some_and(Node::is_object);
    if root.is_array() {
        return Some(root).filter(holds_objects);
    }
    root.get("comments")
        .filter(holds_objects)
        .or_else(|| root.entries().map(|(_, value)| value).find(holds_objects))
}

fn keys(object: Node<'_>) -> Vec<String> {
    object.entries().map(|(key, _)| key.to_owned()).collect()
}

/// An object's values by the names of their columns.
struct Object<'d> {
    object: Node<'d>,
    columns: &'d Columns,
}

impl Values for Object<'_> {
    fn value(&self, field: Field) -> Option<&str> {
        text(self.object.get(self.columns.name(field)?)?)
    }
}

/// The text of a value. An author may be an object with a name in it.
pub(super) fn text(value: Node<'_>) -> Option<&str> {
    value.text().or_else(|| value.any(&["name", "username", "login", "id"])?.text())
}
