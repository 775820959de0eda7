//! Topics: how fast texts are counted, searched and understood.
//!
//! Prints one line a measure, with the goal beside it. Rates are megabytes of text a second of
//! processor time; the best of several runs is taken, since other work only ever slows one down.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Instant;

use rejoinder::text::{language, words};
use rejoinder::topics::Topics;
use rejoinder::topics::discovery::{Discovery, Document, discover};

/// A generator of numbers that is the same everywhere (Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    /// Small numbers often, large ones seldom, as words are used.
    fn skewed(&mut self, n: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64).powf(share) as usize - 1).min(n - 1)
    }
}

/// Words of two to four syllables.
fn lexicon(syllables: &[&str], n: usize) -> Vec<String> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    (0..n)
        .map(|_| (0..2 + dice.below(3)).map(|_| syllables[dice.below(syllables.len())]).collect())
        .collect()
}

/// Comments of about 200 characters on one of 40 subjects each.
fn comments(lexicon: &[String], common: &[&str], n: usize) -> Vec<String> {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let per_subject = lexicon.len() / 40;
    (0..n)
        .map(|_| {
            let subject = dice.below(40);
            let mut text = String::new();
            while text.chars().count() < 200 {
                let word = match dice.below(10) {
                    0..5 => common[dice.below(common.len())],
                    5..8 => lexicon[subject * per_subject + dice.skewed(per_subject)].as_str(),
                    _ => lexicon[dice.skewed(lexicon.len())].as_str(),
                };
                text.push_str(word);
                text.push(if dice.below(12) == 0 { '.' } else { ' ' });
            }
            text
        })
        .collect()
}

/// Processor time of all threads in seconds, in hundredths; time on the wall where the system does
/// not say.
fn processor_seconds(started: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").ok();
    // The name of the program, in parentheses, may hold spaces.
    let ticks = told.as_deref().and_then(|t| {
        let fields: Vec<&str> = t.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?)
    });
    ticks.map_or_else(|| started.elapsed().as_secs_f64(), |ticks| ticks / 100.0)
}

/// The most memory that the program held, in MiB; `None` where the system does not say.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// Seconds of the best of several runs, each of which repeats the work until it can be timed.
fn best(runs: usize, mut work: impl FnMut()) -> f64 {
    let started = Instant::now();
    (0..runs)
        .map(|_| {
            let before = processor_seconds(started);
            let mut times = 0;
            loop {
                work();
                times += 1;
                let spent = processor_seconds(started) - before;
                if spent >= 0.5 {
                    return spent / f64::from(times);
                }
            }
        })
        .fold(f64::INFINITY, f64::min)
}

fn rate(name: &str, texts: &[String], goal: &str, mut work: impl FnMut(&str)) -> f64 {
    let bytes: usize = texts.iter().map(String::len).sum();
    let seconds = best(3, || texts.iter().for_each(|text| work(text)));
    let speed = bytes as f64 / seconds / 1e6;
    let each = seconds * 1e9 / texts.len() as f64;
    println!("{name:<44} {speed:>7.0} MB/s  {each:>7.0} ns a comment  {goal}");
    speed
}

/// A dictionary of invented words with an `x` in them, which [`sprinkle`] puts into comments.
fn dictionary(rare: &[String], n: usize) -> Topics {
    let patterns: Vec<String> = rare
        .iter()
        .take(n)
        .enumerate()
        .map(|(i, word)| match i % 10 {
            0 => format!("'{word}*'"),
            1 => format!("'{word} {}'", rare[i - 1]),
            _ => format!("'{word}'"),
        })
        .collect();
    Topics::from_dictionary("bench.toml", &format!("s = [{}]", patterns.join(", "))).unwrap()
}

/// Puts a word of the dictionary into one of six comments, as often as real ones hit a topic.
fn sprinkle(comments: &mut [String], rare: &[String]) {
    let mut dice = Dice(0x0123_4567_89AB_CDEF);
    for comment in comments.iter_mut().step_by(6) {
        let word = &rare[dice.below(100)];
        comment.push(' ');
        comment.push_str(word);
        comment.push('.');
    }
}

fn main() {
    let latin = [
        "ba", "cor", "den", "fi", "gul", "han", "jo", "kes", "lim", "mor", "na", "per", "tos", "vu",
    ];
    let cyrillic = [
        "ба", "кор", "ден", "фи", "гул", "хан", "жо", "кес", "лим", "мор", "на", "пер", "тос", "ву",
    ];
    let common = [
        "the", "and", "that", "have", "they", "with", "this", "from", "would", "people", "about",
        "not",
    ];
    let common_cyrillic =
        ["это", "что", "как", "так", "она", "они", "для", "быть", "если", "только", "меня", "или"];
    let (words_latin, words_cyrillic) = (lexicon(&latin, 20_000), lexicon(&cyrillic, 20_000));
    let rare =
        lexicon(&["pex", "zor", "quin", "tuv", "lam", "wex", "dro", "yl", "sta", "mer"], 10_000);
    let rare_cyrillic =
        lexicon(&["пех", "зор", "щин", "тув", "лам", "вех", "дро", "юл", "ста", "мер"], 10_000);
    let mut english = comments(&words_latin, &common, 20_000);
    let mut russian = comments(&words_cyrillic, &common_cyrillic, 20_000);
    sprinkle(&mut english, &rare);
    sprinkle(&mut russian, &rare_cyrillic);

    rate("words and characters, ASCII", &english, "goal: 200 ns", |t| {
        black_box(words::count(t));
    });
    rate("words and characters, Cyrillic", &russian, "", |t| {
        black_box(words::count(t));
    });
    rate("language, ASCII", &english, "", |t| {
        black_box(language::detect(t));
    });
    rate("language, Cyrillic", &russian, "", |t| {
        black_box(language::detect(t));
    });
    for n in [10, 100, 1_000, 10_000] {
        let topics = dictionary(&rare, n);
        let goal = if n == 100 { "goal: 150 MB/s" } else { "" };
        rate(&format!("dictionary of {n} patterns, ASCII"), &english, goal, |t| {
            black_box(topics.hits(t));
        });
    }
    let topics = dictionary(&rare_cyrillic, 100);
    rate("dictionary of 100 patterns, Cyrillic", &russian, "goal: 1/1.2 of ASCII", |t| {
        black_box(topics.hits(t));
    });
    let literals: Vec<&String> = rare.iter().take(100).collect();
    let ascii = aho_corasick::AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(aho_corasick::AhoCorasickKind::DFA))
        .build(literals)
        .unwrap();
    rate("for comparison: bytes, no boundaries, ASCII", &english, "", |t| {
        black_box(ascii.find_overlapping_iter(t).count());
    });

    for n in [100_000, 200_000] {
        discovery(&comments(&words_latin, &common, n));
    }
}

/// Discovery in threads of twenty comments, each of which answers the one before.
fn discovery(texts: &[String]) {
    let documents: Vec<Document<'_>> = texts
        .iter()
        .enumerate()
        .map(|(i, text)| Document {
            text,
            author: None,
            thread: (i / 20) as u32,
            parent: (i % 20 > 0).then(|| (i - 1) as u32),
            is_post: false,
        })
        .collect();
    let started = Instant::now();
    let before = processor_seconds(started);
    let n_topics = discover(&documents, &Discovery::default()).list.len();
    println!(
        "discovery in {} comments: {:.1} s, {:.1} s of processor time, {n_topics} topics, \
         {:.0} MiB at most  goal for 100,000: 30 s, 2048 MiB",
        texts.len(),
        started.elapsed().as_secs_f64(),
        processor_seconds(started) - before,
        peak_memory().unwrap_or(f64::NAN),
    );
}
