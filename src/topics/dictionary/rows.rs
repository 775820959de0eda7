//! Dictionaries as rows: `topic,pattern`, in CSV or parted by tabs or semicolons.
//!
//! A first row with the names of the columns may put them in another order; a third column, `role`,
//! says `exact` or `except`. Nested topics are written `outer > inner`.

use csv::ReaderBuilder;

use super::{Draft, Role};
use crate::error::Result;

const TOPIC: &[&str] = &["topic", "category", "key", "theme"];
const PATTERN: &[&str] = &["pattern", "term", "word", "value"];
const ROLE: &[&str] = &["role", "kind"];

/// Reads a dictionary of rows.
pub(super) fn read(file: &str, text: &str) -> Result<Draft> {
    let mut draft = Draft::new(file);
    let first = text.lines().next().unwrap_or("");
    let delimiter = [b'\t', b';'].into_iter().find(|d| first.as_bytes().contains(d));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let (mut topic_at, mut pattern_at, mut role_at) = (0, 1, 2);
    for (i, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(i + 1, |p| p.line() as usize);
                return Err(draft.error(line, format!("not a row: {error}")));
            }
        };
        let line = record.position().map_or(i + 1, |p| p.line() as usize);
        let column = |names: &[&str]| {
            record.iter().position(|field| names.iter().any(|n| field.eq_ignore_ascii_case(n)))
        };
        if i == 0
            && let (Some(topic), Some(pattern)) = (column(TOPIC), column(PATTERN))
        {
            (topic_at, pattern_at) = (topic, pattern);
            role_at = column(ROLE).unwrap_or(usize::MAX);
            continue;
        }
        let (Some(topic), Some(pattern)) = (record.get(topic_at), record.get(pattern_at)) else {
            return Err(draft.error(line, "a row wants a topic and a pattern"));
        };
        if topic.is_empty() {
            return Err(draft.error(line, format!("pattern {pattern:?} has no topic")));
        }
        let role = match record.get(role_at).unwrap_or("") {
            "" | "term" => Role::Term,
            "exact" => Role::Exact,
            "except" => Role::Exception,
            other => {
                let message =
                    format!("pattern {pattern:?}: role {other:?} is none of term, exact, except");
                return Err(draft.error(line, message));
            }
        };
        let topic = draft.topic(topic);
        draft.add(topic, pattern, line, role);
    }
    Ok(draft)
}
