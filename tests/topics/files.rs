//! Dictionaries as people have them: LIWC, quanteda, Lexicoder, rows.

use rejoinder::topics::Topics;

/// The topics of a dictionary that a text is on, with mentions.
#[track_caller]
fn found(file: &str, dictionary: &str, text: &str) -> Vec<(String, u32)> {
    let topics = Topics::from_dictionary(file, dictionary).unwrap();
    let name = |i: u32| topics.list[i as usize].name.clone();
    topics.hits(text).into_iter().map(|hit| (name(hit.topic), hit.mentions)).collect()
}

fn expected(pairs: &[(&str, u32)]) -> Vec<(String, u32)> {
    pairs.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()
}

const TEXT: &str = "Oil and gold; the oil company fears an asset freeze and sanctions.";

#[test]
fn liwc() {
    let dictionary = "%\n1\tresources (Natural)\n2\tmoney\n\t21\tpressure\n%\noil\t1\ngold\t1\t2\n\
                      asset freeze\t21\nsanction*\t(02 134)21/2\n";
    let hits = [("resources", 3), ("money", 3), ("money > pressure", 2)];
    assert_eq!(found("a.dic", dictionary, TEXT), expected(&hits));
}

#[test]
fn quanteda() {
    let dictionary = "# mine\nresources: [oil, \"gold\"] # two\nmoney:\n  pressure:\n    - sanction*\n    \
                      - 'asset freeze'\n  other:\n  - 'comp?ny'\n";
    let hits = [("resources", 3), ("money", 3), ("money > pressure", 2), ("money > other", 1)];
    assert_eq!(found("a.yml", dictionary, TEXT), expected(&hits));
}

#[test]
fn a_list_in_brackets_may_span_lines() {
    let dictionary =
        "resources: [oil, # black\n  \"gold\",\n  'asset freeze'\n]\npressure: [sanction*]\n";
    let hits = [("resources", 4), ("pressure", 1)];
    assert_eq!(found("a.yaml", dictionary, TEXT), expected(&hits));
}

#[test]
fn lexicoder() {
    let dictionary = "<?xml version=\"1.0\"?>\n<dictionary style=\"LEXICODER\">\n\
                      <cnode name=\"resources\"><pnode name=\"oil\"></pnode>\n<pnode name=\"gold\"/>\n\
                      <cnode name=\"trade &amp; co\"><pnode name=\"SANCTION*\"/></cnode>\n</cnode>\n</dictionary>";
    let hits = [("resources", 4), ("resources > trade & co", 1)];
    assert_eq!(found("a.lcd", dictionary, TEXT), expected(&hits));
}

#[test]
fn rows() {
    let hits = [("resources", 2), ("pressure", 1)];
    let commas = "resources,oil\nresources,\"oil company\"\npressure,/sanctions?/\n";
    assert_eq!(found("a.csv", commas, TEXT), expected(&hits));
    let named = "word;category;role\noil;resources;\noil company;resources;except\nFreeze;resources;exact\n\
                 sanction*;pressure;term\n";
    assert_eq!(found("a.csv", named, TEXT), expected(&[("resources", 1), ("pressure", 1)]));
    assert_eq!(found("a.tsv", "a\tgold\n", TEXT), expected(&[("a", 1)]));
}

#[test]
fn errors_name_file_line_and_pattern() {
    let cases = [
        ("a.dic", "oil\t1"),
        ("a.dic", "%\n1\ta\n%\noil\t1\ngold\t7"),
        ("a.dic", "%\n1\ta\n%\n*\t1"),
        ("a.yml", "a:\n  - x\n\t- y"),
        ("a.yml", "a:\n  - \"x"),
        ("a.yml", "a: &anchor\n"),
        ("a.yml", "just words"),
        ("a.yml", "a: [x,\n  y\n"),
        ("a.yml", "a: [x,\n  \"y\n]"),
        ("a.lcd", "<dictionary>\n<pnode name=\"x\"/></dictionary>"),
        ("a.lcd", "<dictionary>\n<cnode name=\"x\"></dictionary>"),
        ("a.csv", "topic,pattern\noil\n"),
        ("a.csv", "a,x,perhaps\n"),
        ("a.csv", "a,x\nb,/(/\n"),
        ("a.doc", "x"),
    ];
    let errors: Vec<String> = cases
        .iter()
        .map(|(file, text)| Topics::from_dictionary(file, text).unwrap_err().to_string())
        .collect();
    insta::assert_snapshot!(errors.join("\n"));
}
