//! Tables to draw, from the seed thread and from invented threads of any size.

use std::fmt::Write as _;

use rejoinder::analysis::{self, Options};
use rejoinder::formats::Input;
use rejoinder::frames::{FactTables, Run, Tables};
use rejoinder::topics::Topics;

const TOPICS: &str = "
weather = ['rain*', 'sun']
harvest = ['wheat', 'harvest*']
'prices at the market' = ['price*', 'market']
";

/// Tables of inputs given as name and content.
pub(super) fn tables(inputs: &[(String, String)], topics: Topics) -> Tables {
    let mut facts = FactTables::in_memory();
    let inputs = inputs.iter().map(|(name, text)| Ok(Input::new(name.clone(), text.as_bytes())));
    let options = Options { topics: topics.into(), ..Options::default() };
    let outcome = analysis::analyze(inputs, &options, &mut facts).unwrap();
    assert!(outcome.failed.is_empty(), "{:?}", outcome.failed);
    facts.finish(&Run::default()).unwrap()
}

fn outlines(inputs: &[(String, String)]) -> Tables {
    tables(inputs, Topics::from_dictionary("topics.toml", TOPICS).unwrap())
}

/// The seed thread through the real pipeline, with its dictionary.
pub(super) fn seed() -> Tables {
    let root = env!("CARGO_MANIFEST_DIR");
    let name = "003_0b8c0c03fac5c926.txt";
    let text = std::fs::read_to_string(format!("{root}/seeds/documents/{name}")).unwrap();
    let dictionary = std::fs::read_to_string(format!("{root}/seeds/topics/venezuela.toml"));
    let topics = Topics::from_dictionary("venezuela.toml", &dictionary.unwrap()).unwrap();
    tables(&[(name.to_owned(), text)], topics)
}

/// One comment under a post.
pub(super) fn single() -> Tables {
    let text = "# A quiet post\nann [2026-03-01 10:00]: so much rain\n";
    outlines(&[("single.outline".to_owned(), text.to_owned())])
}

/// A post without comments.
pub(super) fn empty() -> Tables {
    outlines(&[("empty.outline".to_owned(), "# A post that nobody answered\n".to_owned())])
}

/// Comments without times, authors, topics or replies.
pub(super) fn bare() -> Tables {
    outlines(&[("bare.outline".to_owned(), "one thing\nanother thing\n".to_owned())])
}

/// Numbers that look random and are the same everywhere (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

const WORDS: [&str; 8] = [
    "rain",
    "the wheat stands high",
    "sun",
    "a fair price",
    "who knows",
    "harvest",
    "no",
    "market day",
];

fn outline(dice: &mut Dice, n: u64, names: &dyn Fn(u64) -> String) -> String {
    let place = dice.below(10_000);
    let mut text = format!("# What village {place} said\n");
    let (mut depth, mut minute) = (0, dice.below(100_000));
    for _ in 0..n {
        depth = if dice.below(3) == 0 { dice.below(depth + 1) } else { (depth + 1).min(30) };
        minute += dice.below(40) * dice.below(40);
        // A few write most.
        let author = names(dice.below(40) * dice.below(40) / 40);
        let time = format!(
            "{}-{:02}-{:02} {:02}:{:02}",
            2020 + minute / 60 / 24 / 336,
            1 + minute / 60 / 24 / 28 % 12,
            1 + minute / 60 / 24 % 28,
            minute / 60 % 24,
            minute % 60,
        );
        let words = WORDS[dice.below(8) as usize];
        let indent = "  ".repeat(depth as usize);
        writeln!(text, "{indent}{author} [{time}]: {words}").unwrap();
        if dice.below(12) == 0 {
            depth = 0;
        }
    }
    text
}

/// One invented thread of so many comments.
pub(super) fn large(n: u64) -> Tables {
    let names = |i| format!("villager {i}");
    outlines(&[("large.outline".to_owned(), outline(&mut Dice(7), n, &names))])
}

/// So many invented threads.
pub(super) fn many(threads: u64) -> Tables {
    let mut dice = Dice(11);
    let inputs: Vec<(String, String)> = (0..threads)
        .map(|i| {
            let n = (1 + dice.below(6)) * (1 + dice.below(10));
            let names = |i| format!("villager {i}");
            (format!("village {i}.outline"), outline(&mut dice, n, &names))
        })
        .collect();
    outlines(&inputs)
}

/// Names that a chart must survive.
pub(super) const NAMES: [&str; 13] = [
    "Ирина Петрова",
    "محمد علي",
    "שרה כהן",
    "आशा शर्मा",
    "李小龙",
    "さくら山田",
    "김민준",
    "🦊 fox 🎉",
    "Ελένη Παπαδοπούλου",
    "Zoë Müller-Lüdenscheidt von und zu Hohenstein-Ernstthal",
    "<script>alert(1)</script> & \"quotes\"",
    "a\u{202e}right to left\u{202c}",
    "W",
];

/// A thread of people with such names.
pub(super) fn named(n: u64) -> Tables {
    let names = |i: u64| NAMES[i as usize % NAMES.len()].to_owned();
    outlines(&[("имена.outline".to_owned(), outline(&mut Dice(5), n, &names))])
}

/// A thread by one author.
pub(super) fn by(name: &str) -> Tables {
    let text =
        format!("# A post\n{name} [2026-03-01 10:00]: one\n  {name} [2026-03-01 10:05]: two\n");
    outlines(&[("by.outline".to_owned(), text)])
}

/// The threads of other people that the seeds hold, for what compares threads.
pub(super) fn talk() -> Tables {
    let folder = format!("{}/seeds/threads", env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| {
        (name.to_owned(), std::fs::read_to_string(format!("{folder}/{name}")).unwrap())
    };
    outlines(&["irc_ubuntu.ndjson", "wikipedia_talk.ndjson"].map(read))
}
