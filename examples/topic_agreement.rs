//! How well discovered topics agree with the threads that comments come from.
//!
//! ```text
//! cargo run --release --example topic_agreement -- [communities] [COUNT] FILE.ndjson[.zst] …
//! ```
//!
//! Newsgroups are used so elsewhere: what people write under one subject should be one topic. The
//! twenty largest threads of each file are mixed, their subject lines unseen; topics are discovered,
//! and the foremost topic of each comment (most mentions) is held against its thread by normalized
//! mutual information (by the mean of the entropies), over the comments that are on a topic. The
//! baseline is the same topics dealt out at random. Threads wander, so 1 is out of reach.
//!
//! A file holds one comment a line, `{"thread_id", "id", "parent_id", "author", "text"}`, the
//! comments of a thread together.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read};

use rejoinder::topics::discovery::{Discovery, Document, Method, discover};
use serde_json::Value;

/// Threads of each file that are mixed.
const THREADS: usize = 20;

fn main() {
    let mut how = Discovery::default();
    let mut files = Vec::new();
    for argument in std::env::args().skip(1) {
        match (argument.as_str(), argument.parse()) {
            ("communities", _) => how.method = Method::Communities,
            (_, Ok(count)) => how.count = Some(count),
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        eprintln!("usage: topic_agreement [communities] [COUNT] FILE.ndjson[.zst]…");
        std::process::exit(2);
    }
    for file in files {
        report(&file, &how);
    }
}

fn report(file: &str, how: &Discovery) {
    let comments = largest(&read(file));
    let documents: Vec<Document<'_>> = comments
        .iter()
        .map(|c| Document {
            text: &c.text,
            author: c.author.as_deref(),
            thread: c.thread,
            parent: c.parent,
            is_post: false,
        })
        .collect();
    let topics = discover(&documents, how);
    let foremost = |text: &str| {
        let hits = topics.hits(text);
        let most = hits.iter().map(|hit| hit.mentions).max();
        hits.into_iter().find(|hit| Some(hit.mentions) == most).map(|hit| hit.topic)
    };
    let (threads, mut found): (Vec<u32>, Vec<u32>) =
        comments.iter().filter_map(|c| Some((c.thread, foremost(&c.text)?))).unzip();
    let agreement = nmi(&threads, &found);
    shuffle(&mut found);
    let coherent = topics.list.iter().filter_map(|topic| topic.coherence).sum::<f64>();
    println!(
        "{file}: {} comments, {} topics, NMI {agreement:.3}, baseline {:.3}, {:.0} % on a topic, \
         mean coherence {:.2}",
        comments.len(),
        topics.list.len(),
        nmi(&threads, &found),
        100.0 * threads.len() as f64 / comments.len().max(1) as f64,
        coherent / topics.list.len().max(1) as f64,
    );
    for topic in &topics.list {
        println!("    {}", topic.terms.iter().take(8).cloned().collect::<Vec<_>>().join(", "));
    }
}

/// A comment, as far as it matters here.
#[derive(Clone)]
struct Said {
    text: String,
    author: Option<String>,
    thread: u32,
    parent: Option<u32>,
}

/// The threads of a file.
fn read(file: &str) -> Vec<Vec<Said>> {
    let raw = std::fs::File::open(file).unwrap();
    let is_packed = std::path::Path::new(file).extension().is_some_and(|e| e == "zst");
    let reader: Box<dyn Read> = if is_packed {
        Box::new(zstd::stream::read::Decoder::new(raw).unwrap())
    } else {
        Box::new(raw)
    };
    let mut threads: Vec<(String, Vec<Said>)> = Vec::new();
    let mut place: HashMap<String, u32> = HashMap::new();
    let mut subject = String::new();
    for line in BufReader::new(reader).lines() {
        let record: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |key: &str| record[key].as_str().map(str::to_owned);
        let thread = text("thread_id").unwrap_or_default();
        if threads.last().is_none_or(|(id, _)| *id != thread) {
            threads.push((thread, Vec::new()));
            place.clear();
            subject.clear();
        }
        let number = threads.len() as u32 - 1;
        let Some((_, said)) = threads.last_mut() else { continue };
        let parent = text("parent_id").and_then(|id| place.get(&id).copied());
        place.insert(text("id").unwrap_or_default(), said.len() as u32);
        let (author, mut text) = (text("author"), text("text").unwrap_or_default());
        // The subject opens the first comment of a thread, and in mail every comment.
        if let Some((first, rest)) = text.split_once("\n\n") {
            if said.is_empty() {
                subject = bare(first);
            }
            if said.is_empty() || bare(first) == subject || is_root(&record) {
                text = rest.to_string();
            }
        }
        said.push(Said { text, author, thread: number, parent });
    }
    threads.into_iter().map(|(_, said)| said).collect()
}

fn is_root(record: &Value) -> bool {
    record["parent_id"].is_null()
}

/// A subject in lower case, without `Re:` and the like.
fn bare(subject: &str) -> String {
    let mut bare = subject.to_lowercase();
    while let Some(rest) = ["re:", "fw:", "fwd:"].iter().find_map(|m| bare.strip_prefix(m)) {
        bare = rest.trim_start().to_owned();
    }
    bare
}

/// The comments of the largest threads, one thread after the other.
fn largest(threads: &[Vec<Said>]) -> Vec<Said> {
    let mut order: Vec<&Vec<Said>> = threads.iter().collect();
    order.sort_by_key(|thread| std::cmp::Reverse(thread.len()));
    let mut all: Vec<Said> = Vec::new();
    for thread in order.into_iter().take(THREADS) {
        let before = all.len() as u32;
        let moved = |said: &Said| Said { parent: said.parent.map(|p| p + before), ..said.clone() };
        all.extend(thread.iter().map(moved));
    }
    all
}

/// Normalized mutual information of two labelings.
fn nmi(a: &[u32], b: &[u32]) -> f64 {
    let n = a.len() as f64;
    let entropy = |counts: BTreeMap<(u32, u32), f64>| -> f64 {
        -counts.values().map(|count| count / n * (count / n).ln()).sum::<f64>()
    };
    let counted = |label: &dyn Fn(usize) -> (u32, u32)| {
        let mut counts = BTreeMap::new();
        (0..a.len()).for_each(|i| *counts.entry(label(i)).or_insert(0.0) += 1.0);
        entropy(counts)
    };
    let (of_a, of_b) = (counted(&|i| (a[i], 0)), counted(&|i| (b[i], 0)));
    let both = counted(&|i| (a[i], b[i]));
    2.0 * (of_a + of_b - both) / (of_a + of_b).max(f64::MIN_POSITIVE)
}

/// Fisher and Yates, with a generator that is the same everywhere (Marsaglia 2003).
fn shuffle(labels: &mut [u32]) {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for i in (1..labels.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        labels.swap(i, (state >> 11) as usize % (i + 1));
    }
}
