//! The metrics of the seed thread (document 003), against figures that were computed once with
//! slow and obvious code in another language.

use rejoinder::comment::{Clock, Comment, Moment, Name, Precision};
use rejoinder::thread::Thread;

use super::{assemble, check};

/// The thread from its truth file: `seq author reply_to created_at parent_seq depth`.
fn seed_thread() -> Thread {
    let rows: Vec<Vec<&str>> = include_str!("../../seeds/003_truth.tsv")
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 24);
    let comments = rows.iter().map(|row| {
        let created = chrono::NaiveDateTime::parse_from_str(row[3], "%Y-%m-%dT%H:%M").unwrap();
        Comment {
            author: Some(Name::from(row[1])),
            created: Some(Moment {
                millis: created.and_utc().timestamp_millis(),
                precision: Precision::Minute,
                clock: Clock::Local,
            }),
            ..Comment::default()
        }
    });
    let parents = rows.iter().map(|row| row[4].parse().unwrap_or(0));
    assemble(comments.collect(), parents)
}

#[test]
fn every_oracle_to_nine_places() {
    let thread = seed_thread();
    let depths: Vec<usize> = (1..=5)
        .map(|depth| thread.depths().iter().skip(1).filter(|&&d| d == depth).count())
        .collect();
    assert_eq!(depths, [8, 8, 4, 2, 2]);
    check(&thread, "max_depth", 5.0);
    check(&thread, "mean_depth", 2.25);
    check(&thread, "max_breadth", 8.0);
    check(&thread, "structural_virality", 23.0 / 6.0);
    check(&thread, "h_index", 3.0);
    check(&thread, "leaf_share", 0.5);
    check(&thread, "branching_factor", 24.0 / 13.0);
    check(&thread, "reciprocity", 8.0 / 14.0);
    check(&thread, "n_reply_pairs", 14.0);
    check(&thread, "gini_comments", 78.0 / 216.0);
    check(&thread, "top_author_share", 0.25);
    check(&thread, "median_reply_delay_s", 4260.0);
    check(&thread, "n_reply_delays", 16.0);
    check(&thread, "n_negative_delays", 0.0);
    // Top-level comments: 1, 5, 7, 16, 18 are answered, 22, 23, 24 are not.
    check(&thread, "unanswered_share", 3.0 / 8.0);
    // From 28 January 11:35 to 30 January 04:48; the twelfth comment is that of 18:06.
    check(&thread, "lifetime_s", 148_380.0);
    check(&thread, "half_life_s", f64::from(6 * 3600 + 31 * 60));
    check(&thread, "n_timed", 24.0);
    check(&thread, "time_to_first_s", None);
}

/// The oracles are printed to seven places; this holds them to what can be computed from the
/// definition with exact sums.
#[test]
fn burstiness_from_its_definition() {
    let thread = seed_thread();
    let mut minutes: Vec<i64> =
        thread.comments().iter().map(|comment| comment.created.unwrap().millis / 60_000).collect();
    minutes.sort_unstable();
    let gaps: Vec<i64> = minutes.windows(2).map(|w| w[1] - w[0]).collect();
    let n = gaps.len() as f64;
    let sum: i64 = gaps.iter().sum();
    let squares: i64 = gaps.iter().map(|gap| gap * gap).sum();
    let mean = sum as f64 / n;
    let deviation = (squares as f64 / n - mean * mean).sqrt();
    let expected = (deviation - mean) / (deviation + mean);
    assert!((expected - 0.538_650_0).abs() < 5e-8, "{expected}");
    check(&thread, "burstiness", expected);
    let (r, events) = (deviation / mean, n + 1.0);
    let (more, less) = ((events + 1.0).sqrt(), (events - 1.0).sqrt());
    let expected = (more * r - less) / ((more - 2.0) * r + less);
    assert!((expected - 0.802_619_6).abs() < 5e-8, "{expected}");
    check(&thread, "burstiness_n", expected);
}
