//! Fits the weights of linking to threads whose parents are known.
//!
//! ```text
//! cargo run --release --example fit_weights -- GENRE FILE[:SHARE[:talk]] …
//! ```
//!
//! `GENRE` is `web`, `untimed`, `chat`, or for discussions in order of time `flat-chat` and
//! `flat-forum`; `calibrate` finds how far the posteriors of the built-in weights are to be believed.
//! A file holds one comment a line, `{"thread_id", "id", "parent_id", "author", "created_utc",
//! "text"}`, the comments of a thread together. `SHARE` is what the file counts. `talk` says that the
//! first comment of a thread is its heading and that the marks of depth at the beginning of lines are
//! not to be seen; `channel`, that threads whose ids are the same up to the last colon stand in one
//! log, each first comment answering nobody. Comments that `NAME.implicit.ndjson` beside
//! `NAME.ndjson` lists have no parent of their own choice and teach nothing, but in forums, where they
//! answer the post.
//!
//! Of a file, half of the threads are used, so that the other half can be measured by: those of 4
//! to 300 comments (logs of any length) whose hash (SHA-256 of `1`, `pick` and the id of thread or
//! log, parted by U+001F, its first seven bytes) lies in the upper half; at most the 700 smallest
//! hashes. What a fit of `flat-chat` or `flat-forum` is worth on the other half is printed with it.
//!
//! The log-likelihood of the true parents (1,000 choices a file, times its share) is raised from the
//! weights in `start.tsv`, which came from fits to other platforms. How far those are believed is
//! said in platforms: the start counts as if so many further platforms, with the curvature of the
//! given ones, had their best there. For chat the start is the built-in web column, for `flat`
//! nothing. The question is concave and Newton's method answers it; nothing is random.
//!
//! Calibrating tries powers and doubts on a grid, for the least mean calibration error of the files.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

mod newton;

use std::collections::HashSet;

use rejoinder::comment::{Clock, Comment, Discussion, Layout, Moment, Post, Precision, ReplyTo};
use rejoinder::linking::fitting::{self, Answer, Choice, Visible};
use rejoinder::thread::Thread;
use serde_json::Value;
use sha2::{Digest, Sha256};

use self::newton::{Slope, climb, scores};

/// Further platforms that the start stands for.
const PLATFORMS: f64 = 4.0;

/// Pull of the start, beside that: on weights that it holds, on those it does not, and for chat.
const PULL: [f64; 3] = [4.0, 12.0, 2.0];

/// Most threads of a file.
const THREADS: usize = 700;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [genre, files @ ..] = args.as_slice() else {
        eprintln!(
            "usage: fit_weights web|untimed|chat|flat-chat|flat-forum|calibrate FILE[:SHARE[:talk|:channel]]…"
        );
        std::process::exit(2);
    };
    if genre == "calibrate" {
        return calibrate(files);
    }
    if genre == "flat-chat" || genre == "flat-forum" {
        return fit_flat(files, genre == "flat-chat");
    }
    let visible = if genre == "untimed" { Visible::WithoutTimes } else { Visible::Everything };
    let sets: Vec<(f64, Vec<Choice>)> = files.iter().map(|file| set(file, visible)).collect();
    let names = fitting::feature_names();
    let start: Vec<f64> = match genre.as_str() {
        "chat" => fitting::built_in("web").unwrap().into_iter().map(f64::from).collect(),
        _ => names.iter().map(|name| start(name, genre).unwrap_or(0.0)).collect(),
    };
    let n = names.len();
    let mut prior = vec![vec![0.0; n]; n];
    if genre != "chat" {
        let curves: Vec<_> = sets.iter().filter(|(share, _)| *share >= 0.5).collect();
        for (_, choices) in &curves {
            let found = Slope::at(&start, choices, 1.0);
            for (sums, row) in prior.iter_mut().zip(&found.curvature) {
                for (sum, value) in sums.iter_mut().zip(row) {
                    *sum += PLATFORMS * value / curves.len() as f64;
                }
            }
        }
    }
    for (k, name) in names.iter().enumerate() {
        let is_new = self::start(name, "web").is_none();
        if is_new {
            prior[k].fill(0.0);
            for row in &mut prior {
                row[k] = 0.0;
            }
        }
        prior[k][k] += match (genre.as_str(), is_new) {
            ("chat", _) => PULL[2],
            (_, false) => PULL[0] / 2.0,
            (_, true) => PULL[1] / 2.0,
        };
    }
    let weights = climb(&sets, &start, &prior);
    for (name, weight) in names.iter().zip(&weights) {
        println!("{name:12}{weight:6.2}");
    }
}

/// Fits the weights of discussions in order of time, and measures them. Those of features that no
/// file shows stay as they are built in.
fn fit_flat(files: &[String], is_chat: bool) {
    let of = |thread: &Thread, _: &dyn Fn(&Comment) -> bool| fitting::flat_choices(thread);
    let sets: Vec<_> = files.iter().map(|file| lessons(file, Half::Upper, of)).collect();
    let features = fitting::flat_features(is_chat);
    let built_in: Vec<f64> = features.iter().map(|(_, weight)| f64::from(*weight)).collect();
    let is_shown = |k: usize| {
        let values = sets.iter().flat_map(|(_, choices)| choices).flat_map(|c| &c.values);
        values.map(|values| values[k].abs()).fold(0.0, f32::max) > 0.0
    };
    let start: Vec<f64> =
        (0..built_in.len()).map(|k| if is_shown(k) { 0.0 } else { built_in[k] }).collect();
    let mut prior = vec![vec![0.0; start.len()]; start.len()];
    for (k, row) in prior.iter_mut().enumerate() {
        row[k] = PULL[2];
    }
    let weights = climb(&sets, &start, &prior);
    for ((name, built_in), weight) in features.iter().zip(&weights) {
        println!("{name:18}{weight:6.2} (built in {built_in:.2})");
    }
    let answers = |choices: &[Choice]| choices.iter().map(|c| answer(&weights, c)).collect();
    let fitted: Vec<Vec<Answer>> = sets.iter().map(|(_, choices)| answers(choices)).collect();
    calibration(&fitted);
    let (power, doubt) = fitting::flat_calibration(is_chat);
    for file in files {
        let (_, choices) = lessons(file, Half::Lower, of);
        let answers: Vec<Answer> = answers(&choices);
        let right = answers.iter().filter(|answer| answer.truth == Some(0)).count();
        let share = 100.0 * right as f64 / answers.len() as f64;
        let error = calibration_error(&answers, power, doubt);
        println!("{file}: of the other half {share:.1} % right, off by {error:.3} as calibrated");
    }
}

/// How a choice comes out.
fn answer(weights: &[f64], choice: &Choice) -> Answer {
    let scores = scores(weights, choice);
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = scores.iter().map(|score| (score - best).exp()).sum();
    let mut ranked: Vec<(usize, f64)> = scores.into_iter().enumerate().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    Answer {
        truth: ranked.iter().position(|(place, _)| *place == choice.truth),
        posteriors: ranked.iter().map(|(_, s)| ((s - best).exp() / total) as f32).collect(),
    }
}

/// The weight of a feature in a column of the start; `None` if the start does not know it.
fn start(feature: &str, column: &str) -> Option<f64> {
    let mut rows = include_str!("start.tsv").lines().map(|row| row.split('\t'));
    let column = rows.next()?.position(|name| name == column)?;
    let mut row = rows.find(|row| row.clone().next() == Some(feature))?;
    row.nth(column)?.parse().ok()
}

/// A file's share and choices.
fn set(file: &str, visible: Visible) -> (f64, Vec<Choice>) {
    lessons(file, Half::Upper, |thread, counts| fitting::choices(thread, visible, counts))
}

/// Which threads of a file are looked at: weights are fitted to one half, measured by the other.
#[derive(Clone, Copy, PartialEq)]
enum Half {
    Lower,
    Upper,
}

/// A file's share and what each of its threads teaches.
fn lessons<T>(
    file: &str,
    half: Half,
    of: impl Fn(&Thread, &dyn Fn(&Comment) -> bool) -> Vec<T>,
) -> (f64, Vec<T>) {
    let mut parts = file.split(':');
    let path = parts.next().unwrap();
    let share = parts.next().map_or(1.0, |share| share.parse().expect("a share"));
    let kind = parts.next();
    let (is_talk, is_channel) = (kind == Some("talk"), kind == Some("channel"));
    let implicit: HashSet<(String, String)> =
        std::fs::read_to_string(path.replace(".ndjson", ".implicit.ndjson"))
            .unwrap_or_default()
            .lines()
            .map(|line| {
                let record: Value = serde_json::from_str(line).expect("one JSON a line");
                (text(&record, "thread_id"), text(&record, "id"))
            })
            .collect();
    let lines = std::fs::read_to_string(path).expect("a file that can be read");
    let records: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("one JSON a line")).collect();
    let place = |record: &Value| {
        let id = text(record, "thread_id");
        let log =
            if is_channel { id.rsplit_once(':').map(|(log, _)| log.to_owned()) } else { None };
        log.unwrap_or(id)
    };
    let mut threads: Vec<(f64, &[Value])> = records
        .chunk_by(|a, b| place(a) == place(b))
        .map(|thread| (hash(&place(&thread[0])), thread))
        .filter(|(hash, _)| (*hash >= 0.5) == (half == Half::Upper))
        .filter(|(_, thread)| is_channel || (4..=300).contains(&thread.len()))
        .collect();
    threads.sort_by(|a, b| a.0.total_cmp(&b.0));
    threads.truncate(THREADS);
    let lessons = threads.into_iter().flat_map(|(_, thread)| {
        let id = text(&thread[0], "thread_id");
        let counts = |c: &Comment| {
            let key = (id.clone(), c.id.as_deref().unwrap_or_default().to_owned());
            !implicit.contains(&key)
        };
        let discussion = discussion(thread, is_talk);
        let thread = rejoinder::linking::link("t".into(), discussion, &mut Vec::new());
        of(&thread, &counts)
    });
    let lessons: Vec<T> = lessons.collect();
    eprintln!("{path}: {} choices", lessons.len());
    (share, lessons)
}

/// Powers and doubts that are tried.
const POWERS: [f64; 10] = [0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5];
const DOUBTS: [f64; 8] = [0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2];

/// Finds how far the built-in weights are to be believed.
fn calibrate(files: &[String]) {
    let answers =
        |file: &String| lessons(file, Half::Upper, |t, counts| fitting::answers(t, counts)).1;
    let sets: Vec<Vec<Answer>> = files.iter().map(answers).collect();
    calibration(&sets);
}

/// Prints the mean calibration error of all files by power and doubt, the least last.
fn calibration(sets: &[Vec<Answer>]) {
    let grid = POWERS.iter().flat_map(|&power| DOUBTS.map(|doubt| (power, doubt)));
    let error = |(power, doubt)| -> f64 {
        sets.iter().map(|answers| calibration_error(answers, power, doubt)).sum()
    };
    let mut tried: Vec<(f64, (f64, f64))> =
        grid.map(|t| (error(t) / sets.len() as f64, t)).collect();
    tried.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (error, (power, doubt)) in &tried {
        println!("power {power} doubt {doubt}: {error:.4}");
    }
}

/// Mean distance of confidence and accuracy over ten equal bins.
fn calibration_error(answers: &[Answer], power: f64, doubt: f64) -> f64 {
    let mut bins = [0.0; 10];
    for answer in answers {
        let powers: Vec<f64> =
            answer.posteriors.iter().map(|p| f64::from(*p).powf(power)).collect();
        let share = doubt / powers.len() as f64;
        let confidence = (1.0 - doubt) * powers[0] / powers.iter().sum::<f64>() + share;
        let is_right = f64::from(u8::from(answer.truth == Some(0)));
        bins[((confidence * 10.0) as usize).min(9)] += confidence - is_right;
    }
    bins.iter().map(|bin| bin.abs()).sum::<f64>() / answers.len() as f64
}

/// A thread's place between 0 and 1.
fn hash(thread: &str) -> f64 {
    let digest = Sha256::digest(format!("1\u{1f}pick\u{1f}{thread}"));
    digest[..7].iter().fold(0.0, |sum, &byte| sum * 256.0 + f64::from(byte)) / 2_f64.powi(56)
}

fn discussion(thread: &[Value], is_talk: bool) -> Discussion {
    let mut comments: Vec<Comment> = thread.iter().map(|record| comment(record, is_talk)).collect();
    let post = if is_talk { comments.remove(0).id } else { None };
    Discussion {
        layout: Layout::Loose,
        post: Post { id: post, ..Post::default() },
        comments,
        ..Discussion::default()
    }
}

fn text(record: &Value, key: &str) -> String {
    record[key].as_str().unwrap_or_default().to_owned()
}

fn comment(record: &Value, is_talk: bool) -> Comment {
    let body = text(record, "text");
    let bare = |line: &str| line.trim_start_matches([':', '*', '#']).trim_start().to_owned();
    Comment {
        id: Some(text(record, "id").into()),
        author: record["author"].as_str().map(Into::into),
        reply_to: record["parent_id"].as_str().map_or_else(ReplyTo::post, ReplyTo::id),
        created: record["created_utc"].as_f64().map(|seconds| Moment {
            millis: (seconds * 1000.0) as i64,
            precision: Precision::Second,
            clock: Clock::Utc,
        }),
        text: if is_talk { body.lines().map(bare).collect::<Vec<_>>().join("\n") } else { body },
        ..Comment::default()
    }
}
