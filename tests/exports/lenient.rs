//! The same JSON in other dress: pretty-printed, with a mark, in lines or in one array, numbers as
//! strings, keys that nobody knows, empty values spelled out.

use std::fmt::Write;

use rejoinder::comment::Comment;
use serde_json::{Map, Value, json};

/// What must stay the same of a comment.
fn essence(comment: &Comment) -> (Option<&str>, Option<&str>, String, Option<i64>, String) {
    (
        comment.id.as_deref(),
        comment.author.as_deref(),
        format!("{:?}", comment.reply_to.stated),
        comment.created.map(|moment| moment.millis),
        comment.text.clone(),
    )
}

/// The documents of a seed in JSON; `None` for other seeds.
fn documents(bytes: &[u8]) -> Option<Vec<Value>> {
    let text = std::str::from_utf8(bytes).ok()?;
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let stream = serde_json::Deserializer::from_str(text).into_iter();
    stream.collect::<Result<Vec<Value>, _>>().ok()
}

fn written(documents: &[Value], pretty: bool) -> String {
    documents.iter().fold(String::new(), |mut text, document| {
        let one = if pretty {
            serde_json::to_string_pretty(document)
        } else {
            serde_json::to_string(document)
        };
        writeln!(text, "{}", one.unwrap()).unwrap();
        text
    })
}

/// Every value of a document, changed.
fn each(value: Value, change: &dyn Fn(Value) -> Value) -> Value {
    let inner = match value {
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| each(item, change)).collect())
        }
        Value::Object(object) => Value::Object(
            object.into_iter().map(|(key, item)| (key, each(item, change))).collect::<Map<_, _>>(),
        ),
        other => other,
    };
    change(inner)
}

#[test]
fn json_in_other_dress_is_read_alike() {
    let mut seeds = 0;
    let mut wrong = Vec::new();
    for fact in super::facts() {
        let bytes = fact.bytes();
        let Some(documents) = documents(&bytes) else { continue };
        seeds += 1;
        let original = fact.read(&bytes);
        let expected: Vec<_> = original.comments().map(essence).collect();
        let strings = |value: Value| match value {
            Value::Number(number) => Value::String(number.to_string()),
            other => other,
        };
        let extra = |value: Value| match value {
            Value::Object(mut object) if object.len() > 1 => {
                object.insert("zz_unknown".to_owned(), json!([1, {"a": null}]));
                Value::Object(object)
            }
            other => other,
        };
        let changed = |change: &dyn Fn(Value) -> Value| -> Vec<Value> {
            documents.iter().map(|document| each(document.clone(), change)).collect()
        };
        let mut dresses = vec![
            ("pretty", written(&documents, true)),
            ("compact", written(&documents, false)),
            ("marked", format!("\u{feff}{}", written(&documents, false))),
            ("numbers as strings", written(&changed(&strings), false)),
            ("unknown keys", written(&changed(&extra), false)),
        ];
        // One record a line is an array as well, where no array stands among them.
        if documents.len() > 1 && documents.iter().all(Value::is_object) {
            dresses.push(("one array", written(&[Value::Array(documents.clone())], true)));
        }
        for (dress, text) in dresses {
            let found = fact.read(text.as_bytes());
            let found: Vec<_> = found.comments().map(essence).collect();
            if found != expected {
                wrong.push(format!("{} {dress}: {found:?}\n  expected {expected:?}", fact.file));
            }
        }
    }
    assert!(seeds >= 25, "only {seeds} seeds are JSON");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A null in the place of any value that is no text of a comment: the record is kept, or reported.
#[test]
fn nothing_is_lost_silently_where_a_value_is_null() {
    let mut wrong = Vec::new();
    for fact in super::facts() {
        let bytes = fact.bytes();
        let Some(documents) = documents(&bytes) else { continue };
        let expected = fact.comments;
        let mut keys = std::collections::BTreeSet::new();
        for document in &documents {
            collect(document, &mut keys);
        }
        for key in keys {
            let nulled = |value: Value| match value {
                Value::Object(mut object) => {
                    if let Some(found) =
                        object.get_mut(&key).filter(|v| !v.is_array() && !v.is_object())
                    {
                        *found = Value::Null;
                    }
                    Value::Object(object)
                }
                other => other,
            };
            let text: Vec<Value> = documents.iter().map(|d| each(d.clone(), &nulled)).collect();
            let options = rejoinder::formats::ReadOptions {
                format: Some(fact.format.clone()),
                ..Default::default()
            };
            let (found, result) =
                super::read(&fact.file, written(&text, false).as_bytes(), &options);
            let is_said = result.is_err() || !found.odd.is_empty();
            let n = found.comments().count();
            if n < expected && !is_said {
                wrong.push(format!("{} without {key}: {n} of {expected}", fact.file));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn collect(value: &Value, keys: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        Value::Object(object) => {
            keys.extend(object.keys().cloned());
            object.values().for_each(|item| collect(item, keys));
        }
        _ => {}
    }
}
