//! The same comments in other bytes: other encodings, line ends, marks.

use super::Bench;

const ROWS: &str = "id,parent_id,author,created_at,text\n\
                    1,,Zoë,2020-01-01 10:00,Ça va — “naïve”?\n\
                    2,1,José,2020-01-01 10:05,Très bien\n";

/// The tree of a table of rows in these bytes.
fn tree(bytes: &[u8], options: &str) -> String {
    let bench = Bench::new().file("rows.csv", bytes);
    bench.run(format!("tree rows.csv {options}").trim_end())
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let order = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(order).collect()
}

#[test]
fn every_encoding_gives_the_same_tree() {
    let expected = tree(ROWS.as_bytes(), "");
    assert!(expected.contains("Zoë") && expected.contains("└─ José"), "{expected}");
    let (windows, _, unmappable) = encoding_rs::WINDOWS_1252.encode(ROWS);
    assert!(!unmappable);
    assert_eq!(tree(&windows, ""), expected, "Windows-1252, found");
    assert_eq!(tree(&windows, "--encoding windows-1252"), expected, "Windows-1252, stated");
    assert_eq!(tree(&utf16(ROWS, false), ""), expected, "UTF-16, little end first");
    assert_eq!(tree(&utf16(ROWS, true), ""), expected, "UTF-16, big end first");
    assert_eq!(tree(&[b"\xef\xbb\xbf", ROWS.as_bytes()].concat(), ""), expected, "marked");
    assert_eq!(tree(ROWS.replace('\n', "\r\n").as_bytes(), ""), expected, "CRLF");
    let both = utf16(&ROWS.replace('\n', "\r\n"), false);
    assert_eq!(tree(&both, ""), expected, "UTF-16 with CRLF");
}

#[test]
fn an_unknown_encoding_is_named() {
    let told = tree(ROWS.as_bytes(), "--encoding klingon");
    insta::assert_snapshot!(told, @r#"
    exit 2
    ! rejoinder: error: unknown encoding "klingon"; known are utf-8, utf-16le, windows-1252, iso-8859-15, windows-1251, shift_jis, gb18030, … (labels of the Encoding Standard)
    "#);
}

#[test]
fn a_file_cut_anywhere_is_read_as_far_as_it_goes() {
    let json = "{\"id\":\"1\",\"author\":\"ann\",\"text\":\"héllo\"}\n".repeat(3);
    for (name, whole) in [("a.csv", ROWS), ("a.outline", "ann: é\n  bob: ü\n"), ("a.ndjson", &json)]
    {
        for end in 1..whole.len() {
            let bench = Bench::new().file(name, &whole.as_bytes()[..end]);
            let told = bench.run(&format!("check {name}"));
            let code: i32 = told.lines().next().unwrap()[5..].parse().unwrap();
            assert!((0..=2).contains(&code), "{name} cut at {end}: {told}");
        }
    }
}
