//! Rows of NDJSON that are read by blocks on all cores are what they are one by one.
//!
//! The same records as one array are read one after the other: that is the oracle.

use std::fmt::Write as _;

use proptest::prelude::*;
use rejoinder::comment::{Comment, Discussion, Kind, Post, Stated};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::Result;
use rejoinder::formats::{self, Input, ReadOptions, Sink};
use serde_json::{Value, json};

/// Rows before the order of an input is judged, and some more.
const MANY: usize = 4120;

#[derive(Debug, Default, PartialEq)]
struct Held {
    comments: Vec<(String, Comment)>,
    posts: Vec<Post>,
    odd: Vec<Diagnostic>,
}

impl Sink for Held {
    fn discussion(&mut self, discussion: Discussion) -> Result<()> {
        let id = discussion.post.id.clone().unwrap_or_default();
        self.posts.push(discussion.post);
        self.comments.extend(discussion.comments.into_iter().map(|c| (id.to_string(), c)));
        Ok(())
    }

    fn loose(&mut self, thread: &str, comment: Comment) -> Result<()> {
        self.comments.push((thread.to_owned(), comment));
        Ok(())
    }

    fn loose_post(&mut self, post: Post) -> Result<()> {
        self.posts.push(post);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.odd.push(diagnostic);
    }
}

fn held(bytes: &[u8]) -> Held {
    let options = ReadOptions { format: Some("rows".to_owned()), ..ReadOptions::default() };
    let mut held = Held::default();
    formats::read(Input::new("rows.ndjson", bytes), &options, &mut held).unwrap();
    held
}

/// An ordinary row; `threads` take turns.
fn row(i: usize, threads: usize) -> Value {
    let parent = if i >= 3 * threads { json!(format!("c{}", i - threads)) } else { Value::Null };
    // Ids that count from 0 show early.
    let id = if i == 0 { "0".to_owned() } else { format!("c{i}") };
    json!({
        "id": id, "thread": format!("t{}", i % threads), "parent": parent,
        "author": format!("writer {}", i % 50), "created_at": 1_600_000_000 + i, "likes": i % 9,
        "text": format!("words of comment {i}"), "lang": "en",
    })
}

fn lines(rows: &[Value]) -> String {
    rows.iter().fold(String::new(), |mut text, row| {
        let _ = writeln!(text, "{row}");
        text
    })
}

fn any_row() -> impl Strategy<Value = Value> {
    let text = || prop_oneof!["\\PC{0,40}", "[a-z \\n\\t>#]{0,20}", Just("[deleted]".to_owned())];
    let id = || prop_oneof!["c[0-9]{1,3}", Just("0".to_owned()), Just(String::new())];
    let author = prop_oneof![
        text().prop_map(Value::from),
        text().prop_map(|name| json!({ "name": name })),
        Just(Value::Null),
    ];
    let time = prop_oneof![
        any::<u32>().prop_map(Value::from),
        Just(json!("2020-02-03 04:05:06")),
        Just(json!("long ago")),
    ];
    (id(), id(), author, time, text(), any::<Option<i32>>()).prop_map(
        |(id, parent, author, time, text, likes)| {
            json!({
                "id": id, "thread": "t1", "parent": parent, "author": author,
                "created_at": time, "likes": likes, "text": text, "lang": null,
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn by_blocks_and_one_by_one_are_the_same(
        odd in proptest::collection::vec(any_row(), 1..40), threads in prop_oneof![Just(1usize), Just(7)],
    ) {
        let mut rows: Vec<Value> = (0..MANY).map(|i| row(i, threads)).collect();
        rows.extend(odd);
        let by_blocks = held(lines(&rows).as_bytes());
        let mut one_by_one = held(Value::from(rows).to_string().as_bytes());
        for (odd, blocks) in one_by_one.odd.iter_mut().zip(&by_blocks.odd) {
            odd.excerpt.clone_from(&blocks.excerpt);
        }
        prop_assert_eq!(&by_blocks.odd, &one_by_one.odd);
        prop_assert_eq!(&by_blocks.posts, &one_by_one.posts);
        prop_assert_eq!(by_blocks.comments.len(), one_by_one.comments.len());
        let mut both = by_blocks.comments.iter().zip(&one_by_one.comments);
        // All of them would be too much to print.
        prop_assert_eq!(both.find(|(a, b)| a != b), None);
    }
}

#[test]
fn what_turns_up_late_is_read_all_the_same() {
    for threads in [1, 7] {
        let mut rows: Vec<Value> = (0..MANY).map(|i| row(i, threads)).collect();
        for row in &mut rows {
            // So far nobody has answered anybody.
            row.as_object_mut().unwrap().remove("parent");
        }
        rows.push(json!({"id": "late", "thread": "t0", "parent_id": "c7", "text": "a reply"}));
        rows.push(json!({"id": "top", "thread": "t0", "text": "with its replies", "replies": [
            {"id": "below", "text": "nested", "replies": []}]}));
        let mut bytes = lines(&rows).into_bytes();
        bytes.extend(
            b"[1, 2]\nnot JSON\n\n{\"id\":\"l1\",\"thread\":\"t0\",\"text\":\"caf\xe9\"}\n",
        );
        bytes.extend(b"{\"id\":\"end\",\"thread\":\"t0\",\"te");
        let held = held(&bytes);
        let find = |id: &str| {
            let mut all = held.comments.iter().map(|(_, comment)| comment);
            all.find(|comment| comment.id.as_deref() == Some(id)).unwrap()
        };
        assert_eq!(find("late").reply_to.stated, Stated::Id("c7".into()));
        assert_eq!(find("late").line, Some(MANY as u32 + 1));
        assert_eq!(find("below").text, "nested");
        assert_eq!(find("l1").text, "caf\u{e9}");
        assert_eq!(find("l1").kind, Kind::Comment);
        let odd: Vec<String> = held.odd.iter().map(ToString::to_string).collect();
        let has = |text: &str| odd.iter().any(|odd| odd.contains(text));
        assert!(has("rows.ndjson:4123: record left out: not an object"), "{odd:#?}");
        assert!(has("rows.ndjson:4124: record left out: not JSON"), "{odd:#?}");
        assert!(has("rows.ndjson:4126: not UTF-8 from here on"), "{odd:#?}");
        assert!(has("the input ends within a record"), "{odd:#?}");
    }
}
