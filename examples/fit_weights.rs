//! Fits the weights of linking to threads whose parents are known.
//!
//! ```text
//! cargo run --release --example fit_weights -- web 30 -1.21 20 FILE.ndjson[:SHARE] …
//! ```
//!
//! The arguments: the genre whose built-in weights are the starting point and the center of the
//! prior (`web`, `web untimed`, `chat`, `patches`); the strength of the prior against 1,000 choices
//! a file; the score of an absent parent; the number of steps; the files, each with its share.
//! A file holds one comment a line, `{"thread_id", "id", "parent_id", "author", "created_utc",
//! "text"}`, the comments of a thread together. All threads of 4 to 300 comments are used, so leave
//! out those that you want to measure by. The log-likelihood of whole pages is climbed by resilient
//! propagation (Rprop): it is concave, so the way does not matter, and no step is random.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

use rejoinder::comment::{Clock, Comment, Discussion, Layout, Moment, Precision, ReplyTo};
use rejoinder::linking::fitting::{self, Lesson};
use serde_json::Value;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [genre, strength, absent, steps, files @ ..] = args.as_slice() else {
        eprintln!("usage: fit_weights GENRE STRENGTH ABSENT STEPS FILE[:SHARE]…");
        std::process::exit(2);
    };
    let prior = fitting::built_in(genre).expect("web, web untimed, chat or patches");
    let strength: f64 = strength.parse().expect("a number");
    let absent: f32 = absent.parse().expect("a number");
    let steps: usize = steps.parse().expect("a number");
    let sets: Vec<(f64, Vec<Lesson>)> = files
        .iter()
        .map(|file| {
            let (path, share) = file.rsplit_once(':').unwrap_or((file, "1"));
            (share.parse().expect("a share"), lessons(path))
        })
        .collect();

    let mut weights: Vec<f64> = prior.iter().map(|&w| f64::from(w)).collect();
    let mut step = vec![0.05_f64; prior.len()];
    let mut last = vec![0.0_f64; prior.len()];
    for number in 0..steps {
        let (value, mut gradient) = slope(&sets, &weights, absent);
        for k in 0..weights.len() {
            gradient[k] -= 2.0 * strength * (weights[k] - f64::from(prior[k]));
            match gradient[k] * last[k] {
                same if same > 0.0 => step[k] = (step[k] * 1.2).min(0.5),
                turned if turned < 0.0 => {
                    step[k] *= 0.5;
                    gradient[k] = 0.0;
                }
                _ => {}
            }
            if gradient[k] != 0.0 {
                weights[k] += gradient[k].signum() * step[k];
            }
            last[k] = gradient[k];
        }
        eprintln!("step {number}: log-likelihood {value:.3} for 1,000 choices a file");
    }
    for (name, weight) in fitting::feature_names().iter().zip(&weights) {
        println!("{name:12}{weight:6.2}");
    }
}

/// The log-likelihood of all files, each scaled to 1,000 choices and by its share, and its slope.
fn slope(sets: &[(f64, Vec<Lesson>)], weights: &[f64], absent: f32) -> (f64, Vec<f64>) {
    let weights: Vec<f32> = weights.iter().map(|&w| w as f32).collect();
    let mut gradient = vec![0.0; weights.len()];
    let mut value = 0.0;
    for (share, lessons) in sets {
        let slopes: Vec<_> = lessons.iter().map(|l| l.slope(&weights, absent)).collect();
        let choices: u64 = slopes.iter().map(|slope| slope.n_choices).sum();
        let scale = share * 1000.0 / choices.max(1) as f64;
        for found in &slopes {
            value += scale * found.log_likelihood;
            for (sum, part) in gradient.iter_mut().zip(&found.gradient) {
                *sum += scale * part;
            }
        }
    }
    (value, gradient)
}

/// The threads of a file as lessons.
fn lessons(path: &str) -> Vec<Lesson> {
    let text = std::fs::read_to_string(path).expect("a file that can be read");
    let records: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("one JSON a line")).collect();
    records
        .chunk_by(|a, b| a["thread_id"] == b["thread_id"])
        .filter(|thread| (4..=300).contains(&thread.len()))
        .map(|thread| {
            let discussion = Discussion {
                layout: Layout::Loose,
                comments: thread.iter().map(comment).collect(),
                ..Discussion::default()
            };
            Lesson::new(&rejoinder::linking::link("t".into(), discussion, &mut Vec::new()))
        })
        .collect()
}

fn comment(record: &Value) -> Comment {
    let text = |key: &str| record[key].as_str().unwrap_or_default();
    Comment {
        id: Some(text("id").into()),
        author: record["author"].as_str().map(Into::into),
        reply_to: record["parent_id"].as_str().map_or_else(ReplyTo::post, ReplyTo::id),
        created: record["created_utc"].as_f64().map(|seconds| Moment {
            millis: (seconds * 1000.0) as i64,
            precision: Precision::Second,
            clock: Clock::Utc,
        }),
        text: text("text").to_owned(),
        ..Comment::default()
    }
}
