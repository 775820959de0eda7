//! A ConvoKit corpus: the folder that Cornell's Conversational Analysis Toolkit loads.
//!
//! Five files (<https://convokit.cornell.edu/documentation/data_format.html>): `utterances.jsonl`,
//! `speakers.json`, `conversations.json`, `corpus.json`, `index.json`.
//!
//! | theirs | ours |
//! |---|---|
//! | conversation | thread; its `meta` holds title, url, source, format and every metric |
//! | root utterance | the post: its id is the thread's |
//! | utterance | comment; its `meta` holds kind, depth, evidence, confidence, score, topics, … |
//! | `reply-to` | the parent; the post at depth 1 |
//! | `speaker` | author; `[deleted]` or `[unknown]` where there is none |
//! | `timestamp` | seconds since 1970; local times are written as if they were UTC |
//! | placeholder | an utterance without text, `meta.kind` says so |
//!
//! Ids must be unique in a corpus. Where those of the comments are not (`c1` in every thread), all
//! of them are written as `THREAD/ID`; reading the corpus back takes the thread off again.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::{self, Write};

use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Value, json};

use super::cell::{Cell, Cells, iso};
use crate::error::{Error, Result};
use crate::frames::schema::{self, Kind};
use crate::frames::{Table, Tables};

/// Columns of a comment that an utterance states itself.
const OWN: [&str; 6] = ["thread_id", "comment_id", "parent_id", "author", "created_at", "text"];

/// Columns of a thread that its post states.
const POST: [&str; 4] = ["thread_id", "post_author", "post_created_at", "post_text"];

/// A file of the folder: its name, and what writes it.
type File = (&'static str, fn(&Corpus<'_>, &mut dyn Write) -> Result<()>);

/// The files of a corpus.
pub const FILES: [File; 5] = [
    ("utterances.jsonl", |corpus, sink| corpus.utterances(sink)),
    ("speakers.json", |corpus, sink| corpus.speakers(sink)),
    ("conversations.json", |corpus, sink| corpus.conversations(sink)),
    ("corpus.json", |corpus, sink| corpus.overall(sink)),
    ("index.json", |corpus, sink| corpus.index(sink)),
];

/// Tables as a corpus.
pub struct Corpus<'t> {
    tables: &'t Tables,
    /// Ids of comments are written with their thread's.
    is_prefixed: bool,
    speakers: BTreeSet<String>,
}

impl<'t> Corpus<'t> {
    /// Looks through the tables for ids that are not unique, and for everyone who speaks.
    pub fn of(tables: &'t Tables) -> Result<Self> {
        let mut speakers = BTreeSet::new();
        let mut ids = HashSet::new();
        let hash = BuildHasherDefault::<DefaultHasher>::default();
        let mut is_prefixed = false;
        each_row(tables, Table::Threads, |row| {
            is_prefixed |= !ids.insert(hash.hash_one(row.text("thread_id")));
            speakers.insert(speaker(row.text("post_author"), None).to_owned());
            Ok(())
        })?;
        each_row(tables, Table::Comments, |row| {
            is_prefixed |= !ids.insert(hash.hash_one(row.text("comment_id")));
            speakers.insert(speaker(row.text("author"), row.text("kind")).to_owned());
            Ok(())
        })?;
        Ok(Self { tables, is_prefixed, speakers })
    }

    /// One utterance a line: each post, then its comments.
    fn utterances(&self, sink: &mut dyn Write) -> Result<()> {
        let mut posts = Vec::new();
        each_row(self.tables, Table::Threads, |row| {
            let thread = row.text("thread_id").unwrap_or_default();
            posts.push((
                thread.to_owned(),
                json!({
                    "id": thread,
                    "conversation_id": thread,
                    "text": row.text("post_text").unwrap_or_default(),
                    "speaker": speaker(row.text("post_author"), None),
                    "meta": { "kind": "post" },
                    "reply-to": null,
                    "timestamp": row.seconds("post_created_at"),
                    "vectors": [],
                }),
            ));
            Ok(())
        })?;
        // Comments stand thread by thread, in the order of the threads.
        let mut posts = posts.into_iter().peekable();
        let mut open: Option<String> = None;
        each_row(self.tables, Table::Comments, |row| {
            let thread = row.text("thread_id").unwrap_or_default();
            while open.as_deref() != Some(thread) {
                let Some((id, post)) = posts.next() else { break };
                line(sink, &post)?;
                open = Some(id);
            }
            let id = row.text("comment_id").unwrap_or_default();
            let utterance = json!({
                "id": self.id(thread, id),
                "conversation_id": thread,
                "text": row.text("text").unwrap_or_default(),
                "speaker": speaker(row.text("author"), row.text("kind")),
                "meta": row.others(&OWN),
                "reply-to": row.text("parent_id").map_or_else(|| thread.to_owned(), |p| self.id(thread, p)),
                "timestamp": row.seconds("created_at"),
                "vectors": [],
            });
            line(sink, &utterance)
        })?;
        posts.try_for_each(|(_, post)| line(sink, &post))
    }

    /// Everyone who speaks, with what is counted of them.
    fn speakers(&self, sink: &mut dyn Write) -> Result<()> {
        let mut known: BTreeMap<String, Value> = BTreeMap::new();
        each_row(self.tables, Table::Authors, |row| {
            if let Some(author) = row.text("author") {
                known.insert(author.to_owned(), row.others(&["author"]));
            }
            Ok(())
        })?;
        let all = self.speakers.iter().map(|name| {
            let meta = known.remove(name).unwrap_or_else(|| json!({}));
            (name.clone(), meta)
        });
        object(sink, all.collect::<Vec<_>>())
    }

    /// Every thread with its title, address, source and metrics.
    fn conversations(&self, sink: &mut dyn Write) -> Result<()> {
        let mut all = Vec::new();
        each_row(self.tables, Table::Threads, |row| {
            all.push((row.text("thread_id").unwrap_or_default().to_owned(), row.others(&POST)));
            Ok(())
        })?;
        object(sink, all)
    }

    /// What the run was.
    fn overall(&self, sink: &mut dyn Write) -> Result<()> {
        document(sink, &json!(self.tables.meta()))
    }

    /// The types of all metadata.
    fn index(&self, sink: &mut dyn Write) -> Result<()> {
        let types = |table: Table, left_out: &[&str]| -> Value {
            let columns = schema::columns(table);
            let columns = columns.iter().filter(|column| !left_out.contains(&column.name));
            let typed = columns.map(|column| {
                let name = match column.kind {
                    Kind::Str | Kind::Datetime => "str",
                    Kind::StrList | Kind::U32List => "list",
                    Kind::U32 | Kind::I64 => "int",
                    Kind::F32 | Kind::F64 => "float",
                    Kind::Bool => "bool",
                };
                (column.name.to_owned(), json!([format!("<class '{name}'>")]))
            });
            Value::Object(typed.collect())
        };
        let overall: Map<String, Value> =
            self.tables.meta().keys().map(|key| (key.clone(), json!(["<class 'str'>"]))).collect();
        document(
            sink,
            &json!({
                "utterances-index": types(Table::Comments, &OWN),
                "speakers-index": types(Table::Authors, &["author"]),
                "conversations-index": types(Table::Threads, &POST),
                "overall-index": overall,
                "version": 1,
                "vectors": [],
            }),
        )
    }

    fn id(&self, thread: &str, id: &str) -> String {
        if self.is_prefixed { format!("{thread}/{id}") } else { id.to_owned() }
    }
}

/// Who speaks; a corpus has no utterance without a speaker.
fn speaker<'a>(author: Option<&'a str>, kind: Option<&str>) -> &'a str {
    author.unwrap_or(match kind {
        Some("deleted" | "placeholder") => "[deleted]",
        _ => "[unknown]",
    })
}

/// A row of a table by the names of its columns.
struct Row<'r> {
    columns: &'r [schema::Column],
    cells: &'r [Cells<'r>],
    at: usize,
    is_utc: bool,
}

impl Row<'_> {
    fn cell(&self, name: &str) -> Cell<'_> {
        let place = self.columns.iter().position(|column| column.name == name);
        place.map_or(Cell::Null, |place| self.cells[place].get(self.at))
    }

    fn text(&self, name: &str) -> Option<&str> {
        match self.cell(name) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    fn seconds(&self, name: &str) -> Option<i64> {
        match self.cell(name) {
            Cell::Time(millis) => Some(millis.div_euclid(1000)),
            _ => None,
        }
    }

    /// All other columns as an object.
    fn others(&self, left_out: &[&str]) -> Value {
        let columns = self.columns.iter().zip(self.cells);
        let columns = columns.filter(|(column, _)| !left_out.contains(&column.name));
        let values = columns.map(|(column, cells)| {
            let value = match cells.get(self.at) {
                Cell::Null => Value::Null,
                Cell::Text(text) => json!(text),
                Cell::List(texts) => json!(texts),
                Cell::Numbers(numbers) => json!(numbers),
                Cell::Whole(number) => json!(number),
                Cell::Single(number) => json!(number),
                Cell::Double(number) => json!(number),
                Cell::Flag(flag) => json!(flag),
                Cell::Time(millis) => json!(iso(millis, self.is_utc)),
            };
            (column.name.to_owned(), value)
        });
        Value::Object(values.collect())
    }
}

fn each_row(
    tables: &Tables,
    table: Table,
    mut take: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let columns = schema::columns(table);
    let is_utc = tables.is_utc();
    tables.each_part(table, |part| {
        let cells = Cells::of(part)?;
        (0..part.height())
            .try_for_each(|at| take(&Row { columns: &columns, cells: &cells, at, is_utc }))
    })
}

/// `{"name": {"meta": …, "vectors": []}, …}` on one line.
fn object(sink: &mut dyn Write, entries: Vec<(String, Value)>) -> Result<()> {
    let entry = |(name, meta)| (name, json!({ "meta": meta, "vectors": [] }));
    document(sink, &Value::Object(entries.into_iter().map(entry).collect()))
}

fn document(sink: &mut dyn Write, value: &Value) -> Result<()> {
    use serde::Serialize;
    let failed = |e: io::Error| Error::write("a file of the corpus", e);
    value
        .serialize(&mut Serializer::with_formatter(&mut *sink, Ascii))
        .map_err(|e| failed(e.into()))
}

fn line(sink: &mut dyn Write, value: &Value) -> Result<()> {
    document(sink, value)?;
    sink.write_all(b"\n").map_err(|e| Error::write("a file of the corpus", e))
}

/// JSON in ASCII: ConvoKit opens its files in whatever encoding the machine prefers.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        for (at, character) in fragment.char_indices().filter(|(_, c)| !c.is_ascii()) {
            writer.write_all(&fragment.as_bytes()[from..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            from = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[from..])
    }
}
