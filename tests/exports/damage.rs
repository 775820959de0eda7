//! Damaged seeds: cut anywhere, with other line ends, marks and encodings; nested beyond reason.

use std::collections::BTreeSet;
use std::fmt::Write;

use rejoinder::diagnostic::Oddity;
use rejoinder::formats::ReadOptions;

/// The texts of a reading, to compare another with.
fn texts(delivered: &super::Delivered) -> BTreeSet<String> {
    delivered.comments().map(|c| c.text.clone()).collect()
}

#[test]
fn cut_anywhere_nothing_is_invented() {
    for fact in super::facts() {
        let bytes = fact.bytes();
        let whole = texts(&fact.read(&bytes));
        for step in 1..50 {
            let cut = &bytes[..bytes.len() * step / 50];
            let options =
                ReadOptions { format: Some(fact.format.clone()), ..ReadOptions::default() };
            let (delivered, result) = super::read(&fact.file, cut, &options);
            let count = delivered.comments().count();
            let place = format!("{} cut at {}", fact.file, cut.len());
            assert!(count <= fact.comments, "{place}: {count} comments of {}", fact.comments);
            // A text may end early where nothing marks its end; it is never another one.
            for text in texts(&delivered) {
                let known = whole.iter().any(|w| w.starts_with(text.trim_end()));
                assert!(known || text.contains('\u{fffd}'), "{place}: invented {text:?}");
            }
            let at_line_end = cut.ends_with(b"\n") || bytes[cut.len()] == b'\n';
            let is_said = result.is_err() || !delivered.odd.is_empty();
            assert!(is_said || at_line_end, "{place}: nothing was said");
        }
    }
}

#[test]
fn line_ends_marks_and_encodings_change_nothing() {
    for fact in super::facts() {
        let text = String::from_utf8(fact.bytes()).unwrap();
        let whole = texts(&fact.read(text.as_bytes()));
        let windows = text.replace('\n', "\r\n");
        let marked = format!("\u{feff}{text}");
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        for (how, bytes) in
            [("CRLF", windows.as_bytes()), ("marked", marked.as_bytes()), ("UTF-16", &wide)]
        {
            let found = texts(&fact.read(bytes));
            assert_eq!(found, whole, "{} with {how}", fact.file);
        }
    }
}

#[test]
fn a_hundred_thousand_levels_of_json() {
    let levels = 100_000;
    let mut algolia = String::new();
    for id in 1..=levels {
        let parent = id - 1;
        algolia.write_fmt(format_args!(
            r#"{{"id":{id},"created_at_i":{id},"type":"comment","author":"a","text":"x","parent_id":{parent},"story_id":0,"children":["#
        )).unwrap();
    }
    algolia.push_str(&"]}".repeat(levels));
    let options = ReadOptions { format: Some("hackernews".to_owned()), ..ReadOptions::default() };
    let (delivered, result) = super::read("deep.json", algolia.as_bytes(), &options);
    result.unwrap();
    assert_eq!(delivered.comments().count(), levels);
    // The same without its end: all that was complete is there, and the cut is reported.
    let cut = &algolia[..algolia.len() / 2];
    let (delivered, result) = super::read("deep.json", cut.as_bytes(), &options);
    result.unwrap();
    assert!(delivered.has(Oddity::Truncated));
    let brackets = "[".repeat(levels);
    for format in rejoinder::formats::FORMATS {
        let options =
            ReadOptions { format: Some(format.name().to_owned()), ..ReadOptions::default() };
        let (delivered, _) = super::read("deep.json", brackets.as_bytes(), &options);
        assert!(delivered.comments().all(|c| c.id.is_none()), "{}", format.name());
    }
}

#[test]
fn entities_are_not_expanded() {
    let mut bomb = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE disqus [<!ENTITY a \"ha\">\n");
    for (name, inner) in ["b", "c", "d", "e", "f", "g"].iter().zip(["a", "b", "c", "d", "e", "f"]) {
        let tens = format!("&{inner};").repeat(10);
        bomb.write_fmt(format_args!("<!ENTITY {name} \"{tens}\">\n")).unwrap();
    }
    bomb.push_str(
        "]>\n<disqus xmlns:dsq=\"x\"><post dsq:id=\"1\"><message>&g; &lt;3</message>\
         <thread dsq:id=\"2\"/></post></disqus>",
    );
    let (delivered, result) = super::read("bomb.xml", bomb.as_bytes(), &ReadOptions::default());
    result.unwrap();
    let text = &delivered.comments().next().unwrap().text;
    assert!(text.len() < 20, "expanded to {} bytes", text.len());
}

#[test]
fn a_line_beyond_the_limit_is_reported_and_the_next_one_read() {
    let mut options =
        ReadOptions { format: Some("pushshift".to_owned()), ..ReadOptions::default() };
    options.limits.record = 1000;
    let line =
        r#"{"author":"a","body":"b","created_utc":1,"id":"x","link_id":"t3_y","parent_id":"t3_y"}"#;
    let input = format!("{{\"body\":\"{}\"}}\n{line}\n", "z".repeat(5000));
    let (delivered, result) = super::read("long.ndjson", input.as_bytes(), &options);
    result.unwrap();
    assert_eq!(delivered.comments().count(), 1);
    assert!(delivered.has(Oddity::Hostile));
}
