//! A line that is read the quick way gives what it gives in full.

use proptest::prelude::*;
use rejoinder::comment::{Comment, Post};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::Result;
use rejoinder::formats::{self, Input, ReadOptions, Sink};

/// What a dump holds.
#[derive(Debug, Default, PartialEq)]
struct Held {
    comments: Vec<(String, Comment)>,
    odd: Vec<Diagnostic>,
}

impl Sink for Held {
    fn discussion(&mut self, _: rejoinder::comment::Discussion) -> Result<()> {
        panic!("dumps are loose")
    }

    fn loose(&mut self, thread: &str, comment: Comment) -> Result<()> {
        self.comments.push((thread.to_owned(), comment));
        Ok(())
    }

    fn loose_post(&mut self, _: Post) -> Result<()> {
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.odd.push(diagnostic);
    }
}

fn held(text: &str) -> Held {
    let options = ReadOptions { format: Some("pushshift".to_owned()), ..ReadOptions::default() };
    let mut held = Held::default();
    formats::read(Input::new("dump.ndjson", text.as_bytes()), &options, &mut held).unwrap();
    held
}

/// A value of JSON that stands under a key that nobody asks for.
fn any_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(|number| serde_json::json!(number)),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            proptest::collection::btree_map("[a-z]{1,6}", inner, 0..4)
                .prop_map(|map| serde_json::json!(map)),
        ]
    })
}

/// A comment as dumps write it, with fields that are missing, odd or in another order.
fn any_record() -> impl Strategy<Value = Vec<(String, serde_json::Value)>> {
    let text = || prop_oneof!["\\PC{0,40}", "[a-z \"\\\\\n*&;>é\u{200b}]{0,40}"];
    let id = || "[a-z0-9]{1,8}";
    let fields = (
        id(),
        id(),
        prop_oneof![Just("t1_"), Just("t3_"), Just("")],
        id(),
        text(),
        text(),
        prop_oneof![(0i64..2_000_000_000).prop_map(|n| serde_json::json!(n)), any_value()],
        prop_oneof![any::<i32>().prop_map(|n| serde_json::json!(n)), any_value()],
        proptest::collection::vec(("[a-z_]{1,30}", any_value()), 0..4),
    );
    fields
        .prop_map(|(own, link, kind, parent, author, body, created, score, others)| {
            let mut record: Vec<(String, serde_json::Value)> = vec![
                ("author".into(), author.into()),
                ("body".into(), body.into()),
                ("created_utc".into(), created),
                ("id".into(), own.into()),
                ("link_id".into(), format!("t3_{link}").into()),
                ("parent_id".into(), format!("{kind}{parent}").into()),
                ("score".into(), score),
            ];
            record.extend(others);
            record
        })
        .prop_shuffle()
}

fn line(record: &[(String, serde_json::Value)], space: &str) -> String {
    let fields: Vec<String> = record
        .iter()
        .map(|(key, value)| format!("{}:{space}{value}", serde_json::json!(key)))
        .collect();
    format!("{{{}}}", fields.join(&format!(",{space}")))
}

proptest! {
    #[test]
    fn quickly_and_in_full_are_the_same(
        records in proptest::collection::vec(any_record(), 1..6), space in "[ ]{0,1}",
    ) {
        let lines: Vec<String> = records.iter().map(|record| line(record, &space)).collect();
        let quick = held(&(lines.join("\n") + "\n"));
        // A key with an escape is not read the quick way: in front, it changes nothing else.
        let full: Vec<String> =
            lines.iter().map(|line| line.replacen('{', "{\"\\u0061\\u005f\\u005f\":0,", 1)).collect();
        let mut full = held(&(full.join("\n") + "\n"));
        for (odd, quick) in full.odd.iter_mut().zip(&quick.odd) {
            odd.excerpt.clone_from(&quick.excerpt);
        }
        prop_assert_eq!(quick, full);
    }
}

#[test]
fn a_single_record_with_lists_is_a_line_of_a_dump() {
    let record = r#"{"id":"c1","link_id":"t3_a","parent_id":"t3_a","author":"ann","body":"hi",
        "created_utc":1,"author_flair_richtext":[{"e":"text","t":"flair"}]}"#;
    let held = held(&record.replace('\n', ""));
    assert_eq!(held.comments.len(), 1);
    assert_eq!(held.odd, []);
}

/// Lines as a dump has them: the same keys throughout, values that seldom change, now and then a
/// line that is broken.
fn alike() -> impl Strategy<Value = Vec<String>> {
    let change = (any::<prop::sample::Index>(), any_value(), any::<bool>());
    let changes = proptest::collection::vec(proptest::collection::vec(change, 0..3), 1..12);
    (any_record(), changes, "[ ]{0,1}").prop_map(|(mut record, changes, space)| {
        let next = |changed: Vec<(prop::sample::Index, serde_json::Value, bool)>| {
            let mut broken = None;
            for (place, value, stays) in changed {
                let place = place.index(record.len());
                if stays {
                    record[place].1 = value;
                } else {
                    broken = Some(place);
                }
            }
            let line = line(&record, &space);
            match broken {
                // Some byte is missing: mostly no JSON any more.
                Some(place) => {
                    line.char_indices().filter(|(i, _)| *i != 7 * place).map(|(_, c)| c).collect()
                }
                None => line,
            }
        };
        changes.into_iter().map(next).collect()
    })
}

/// What the lines hold behind an ordinary one.
fn held_behind_another(lines: &[String]) -> Held {
    let first = r#"{"id":"c1","link_id":"t3_a","parent_id":"t3_a","author":"ann","body":"hi"}"#;
    let mut held = held(&format!("{first}\n{}\n", lines.join("\n")));
    held.comments.remove(0);
    held
}

proptest! {
    #[test]
    fn lines_that_are_alike_are_read_like_any_other(lines in alike()) {
        let together = held_behind_another(&lines);
        let mut apart = Held::default();
        for (number, line) in (2..).zip(lines) {
            let mut alone = held_behind_another(&[line]);
            alone.comments.iter_mut().for_each(|(_, comment)| comment.line = Some(number));
            alone.odd.iter_mut().for_each(|odd| odd.line = Some(number));
            apart.comments.append(&mut alone.comments);
            apart.odd.append(&mut alone.odd);
        }
        prop_assert_eq!(together, apart);
    }
}
