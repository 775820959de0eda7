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

/// A text in other bytes. UTF-16 may end within a letter, as a cut file does.
fn in_other_bytes(text: &str, is_odd: bool) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |mark: [u8; 2], order: fn(u16) -> [u8; 2]| {
        let units = text.encode_utf16().flat_map(order);
        mark.into_iter().chain(units).chain(is_odd.then_some(b' ')).collect::<Vec<u8>>()
    };
    let mut all = vec![
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("marked", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16", utf16([0xFF, 0xFE], u16::to_le_bytes)),
        ("UTF-16, big end first", utf16([0xFE, 0xFF], u16::to_be_bytes)),
    ];
    let (windows, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    if !unmappable {
        all.push(("Windows-1252", windows.into_owned()));
    }
    all
}

#[test]
fn cut_in_other_bytes_nothing_is_invented() {
    for fact in super::facts() {
        let text = String::from_utf8(fact.bytes()).unwrap();
        let whole = texts(&fact.read(text.as_bytes()));
        for step in 1..50 {
            let mut at = text.len() * step / 50;
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let at_line_end = text[..at].ends_with('\n') || text[at..].starts_with('\n');
            for (how, bytes) in in_other_bytes(&text[..at], step % 2 == 1) {
                let options =
                    ReadOptions { format: Some(fact.format.clone()), ..ReadOptions::default() };
                let (delivered, result) = super::read(&fact.file, &bytes, &options);
                let count = delivered.comments().count();
                let place = format!("{} cut at {at} with {how}", fact.file);
                assert!(count <= fact.comments, "{place}: {count} comments of {}", fact.comments);
                for text in texts(&delivered) {
                    let known = whole.iter().any(|w| w.starts_with(text.trim_end()));
                    assert!(known || text.contains('\u{fffd}'), "{place}: invented {text:?}");
                }
                let is_said = result.is_err() || !delivered.odd.is_empty();
                assert!(is_said || at_line_end, "{place}: nothing was said");
            }
        }
    }
}

#[test]
fn line_ends_marks_and_encodings_change_nothing() {
    for fact in super::facts() {
        let text = String::from_utf8(fact.bytes()).unwrap();
        let whole = texts(&fact.read(text.as_bytes()));
        for (how, bytes) in in_other_bytes(&text, false) {
            let found = texts(&fact.read(&bytes));
            assert_eq!(found, whole, "{} with {how}", fact.file);
        }
    }
}

#[test]
fn windows_1252_is_found_or_can_be_stated() {
    let mut telling = 0;
    for fact in super::facts() {
        let text = String::from_utf8(fact.bytes()).unwrap();
        let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&text);
        if unmappable {
            continue;
        }
        telling += usize::from(!text.is_ascii());
        let whole = texts(&fact.read(text.as_bytes()));
        assert_eq!(texts(&fact.read(&bytes)), whole, "{}, found", fact.file);
        let options = ReadOptions {
            format: Some(fact.format.clone()),
            encoding: Some("windows-1252".to_owned()),
            ..ReadOptions::default()
        };
        let (stated, result) = super::read(&fact.file, &bytes, &options);
        result.unwrap();
        assert_eq!(texts(&stated), whole, "{}, stated", fact.file);
    }
    assert!(telling >= 1, "no seed has letters that tell encodings apart");
}

/// The same comment in each family of formats, in letters that tell encodings apart.
#[test]
fn every_family_of_formats_finds_windows_1252() {
    let said = "Très bien – naïve « déjà » vu, señor Müller";
    for (name, text) in [
        ("a.csv", format!("id,author,text\n1,Zoë,\"{said}\"\n")),
        ("a.ndjson", format!("{{\"id\":\"1\",\"author\":\"Zoë\",\"text\":\"{said}\"}}\n")),
        ("a.json", format!("[{{\"id\":\"1\",\"author\":\"Zoë\",\"text\":\"{said}\"}}]\n")),
        (
            "a.xml",
            format!(
                "<?xml version=\"1.0\"?><disqus xmlns:dsq=\"x\"><post dsq:id=\"1\"><message>{said}\
                 </message><author><name>Zoë</name></author><thread dsq:id=\"2\"/></post></disqus>"
            ),
        ),
        (
            "a.mbox",
            format!(
                "From a@b Mon Mar  1 10:00:00 2004\nFrom: Zoë <a@b>\nDate: Mon, 1 Mar 2004 10:00:00 \
                 +0000\nMessage-ID: <1@b>\n\n{said}\n"
            ),
        ),
        ("_chat.txt", format!("28.01.19, 11:35 - Zoë: {said}\n28.01.19, 11:36 - Zoë: oui\n")),
        ("a.outline", format!("Zoë: {said}\n")),
    ] {
        let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&text);
        assert!(!unmappable);
        let (delivered, result) = super::read(name, &bytes, &ReadOptions::default());
        result.unwrap();
        let first = delivered.comments().next().unwrap_or_else(|| panic!("{name}: {delivered:?}"));
        assert_eq!((first.author.as_deref(), first.text.as_str()), (Some("Zoë"), said), "{name}");
    }
}

/// XML that nests beyond reason keeps its text and needs no stack.
#[test]
fn a_hundred_thousand_levels_of_xml() {
    let levels = 100_000;
    let deep = format!("{}deep{}", "<b>".repeat(levels), "</b>".repeat(levels));
    let disqus = format!(
        "<?xml version=\"1.0\"?><disqus xmlns:dsq=\"x\">{deep}<post dsq:id=\"1\"><message>{deep}\
         </message><thread dsq:id=\"2\"/></post></disqus>"
    );
    let (delivered, result) = super::read("deep.xml", disqus.as_bytes(), &ReadOptions::default());
    result.unwrap();
    assert_eq!(delivered.comments().count(), 1);
}

/// A record that has no end is met at the limit, whatever the format, and what came before it is
/// kept.
#[test]
fn a_record_without_an_end_is_met_at_the_limit() {
    let endless = "z".repeat(600_000);
    let mut options = ReadOptions::default();
    options.limits.record = 100_000;
    options.limits.document = 200_000;
    for (name, input, kept) in [
        ("a.csv", format!("id,author,text\n1,ann,short\n2,bob,\"{endless}"), 1),
        (
            "a.ndjson",
            format!("{{\"id\":\"1\",\"author\":\"a\",\"text\":\"b\"}}\n{{\"id\":\"{endless}"),
            1,
        ),
        (
            "a.xml",
            format!(
                "<disqus xmlns:dsq=\"x\"><post dsq:id=\"1\"><message>m</message><thread \
                 dsq:id=\"2\"/></post><post dsq:id=\"3\"><message>{endless}"
            ),
            1,
        ),
        (
            "a.mbox",
            format!(
                "From a@b Mon Mar  1 10:00:00 2004\nFrom: a@b\nDate: Mon, 1 Mar 2004 10:00:00 \
                 +0000\nMessage-ID: <1@b>\n\nhi\n{endless}\n"
            ),
            1,
        ),
    ] {
        let (delivered, result) = super::read(name, input.as_bytes(), &options);
        result.unwrap();
        assert_eq!(delivered.comments().count(), kept, "{name}");
        let told = delivered.odd.iter().any(|odd| odd.message.contains("--max-"));
        assert!(told, "{name}: {:?}", delivered.odd);
    }
    let (_, result) = super::read("a.txt", endless.as_bytes(), &options);
    assert!(result.unwrap_err().to_string().contains("--max-size"));
}

/// What was complete before a compressed file breaks off is kept, and the break is told.
#[test]
fn a_compressed_file_that_breaks_off_keeps_what_was_complete() {
    use std::io::Write as _;
    let mut rows = String::new();
    for i in 0..20_000 {
        let (author, text) = (i * 7919 % 997, i * 31 % 89);
        writeln!(rows, "{{\"id\":\"{i}\",\"author\":\"a{author}\",\"text\":\"t{text}\"}}").unwrap();
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(rows.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(rows.as_bytes(), 3).unwrap();
    for (name, bytes) in [("a.gz", &gzip), ("a.zst", &zstd)] {
        let cut = &bytes[..bytes.len() - 20];
        let (delivered, result) = super::read(name, cut, &ReadOptions::default());
        result.unwrap();
        let broke = delivered.odd.iter().any(|odd| odd.message.starts_with("reading broke off"));
        assert!(broke && delivered.has(Oddity::Truncated), "{name}: {:?}", delivered.odd);
        assert!(delivered.comments().count() > 10_000, "{name}");
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
