//! Metrics against slow code that follows the definitions word by word, on random trees.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;
use rejoinder::comment::{Comment, Name};
use rejoinder::metrics::{self, METRICS};
use rejoinder::thread::Thread;

use super::{assemble, at, check};
use rejoinder::comment::Precision;

/// A comment by hand: parent (0 = the post), author if known, minute if known.
#[derive(Debug, Clone)]
struct Row {
    parent: usize,
    author: Option<u8>,
    minute: Option<i64>,
}

/// Trees of up to forty comments by up to five authors: each answers an earlier one or the post.
fn rows(timed: bool) -> impl Strategy<Value = Vec<Row>> {
    let row = (any::<prop::sample::Index>(), prop::option::weighted(0.9, 0u8..5), 0i64..500);
    prop::collection::vec(row, 1..40).prop_map(move |rows| {
        rows.into_iter()
            .enumerate()
            .map(|(i, (parent, author, minute))| Row {
                parent: parent.index(i + 1),
                author,
                minute: (timed || minute % 3 > 0).then_some(minute),
            })
            .collect()
    })
}

fn build(rows: &[Row]) -> Thread {
    let comments = rows.iter().map(|row| Comment {
        author: row.author.map(|a| Name::from(format!("author {a}"))),
        created: row.minute.map(|minute| at(minute, Precision::Minute)),
        ..Comment::default()
    });
    assemble(comments.collect(), rows.iter().map(|row| row.parent))
}

/// Distances from one node to all others by breadth-first search over the undirected tree.
fn distances(rows: &[Row], from: usize) -> Vec<usize> {
    let mut neighbors = vec![Vec::new(); rows.len() + 1];
    for (i, row) in rows.iter().enumerate() {
        neighbors[i + 1].push(row.parent);
        neighbors[row.parent].push(i + 1);
    }
    let mut distance = vec![usize::MAX; rows.len() + 1];
    distance[from] = 0;
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        for &next in &neighbors[node] {
            if distance[next] == usize::MAX {
                distance[next] = distance[node] + 1;
                queue.push_back(next);
            }
        }
    }
    distance
}

fn depths(rows: &[Row]) -> Vec<usize> {
    distances(rows, 0)[1..].to_vec()
}

fn is_answered(rows: &[Row], node: usize) -> bool {
    rows.iter().any(|row| row.parent == node)
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Pairs of different authors with a reply to a comment.
fn pairs(rows: &[Row]) -> BTreeSet<(u8, u8)> {
    rows.iter()
        .filter(|row| row.parent > 0)
        .filter_map(|row| Some((row.author?, rows[row.parent - 1].author?)))
        .filter(|(from, to)| from != to)
        .collect()
}

/// Every path down the tree, checked for alternation between exactly two authors.
fn longest_dyad(rows: &[Row]) -> usize {
    let mut longest = 0;
    for end in 1..=rows.len() {
        let mut path = vec![end];
        while rows[*path.last().unwrap() - 1].parent > 0 {
            path.push(rows[*path.last().unwrap() - 1].parent);
        }
        for length in 2..=path.len() {
            let authors: Option<Vec<u8>> =
                path[..length].iter().map(|&node| rows[node - 1].author).collect();
            let Some(authors) = authors else { continue };
            let alternates = authors.windows(2).all(|w| w[0] != w[1]);
            let is_pair = authors.iter().collect::<BTreeSet<_>>().len() == 2;
            if alternates && is_pair {
                longest = longest.max(length);
            }
        }
    }
    longest
}

/// Gini coefficient as half the mean absolute difference of all pairs over the mean.
fn gini(counts: &[usize]) -> Option<f64> {
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<usize>() as f64 / n;
    let differences: usize =
        counts.iter().flat_map(|a| counts.iter().map(move |b| a.abs_diff(*b))).sum();
    (!counts.is_empty()).then(|| differences as f64 / (2.0 * n * n * mean))
}

fn comments_by_author(rows: &[Row]) -> BTreeMap<u8, usize> {
    let mut counts = BTreeMap::new();
    for author in rows.iter().filter_map(|row| row.author) {
        *counts.entry(author).or_insert(0) += 1;
    }
    counts
}

proptest! {
    #[test]
    fn shape(rows in rows(false)) {
        let thread = build(&rows);
        let (n, depths) = (rows.len(), depths(&rows));
        let at = |depth: usize| depths.iter().filter(|&&d| d == depth).count();
        check(&thread, "max_depth", *depths.iter().max().unwrap() as f64);
        check(&thread, "mean_depth", share(depths.iter().sum(), n));
        check(&thread, "max_breadth", (1..=n).map(at).max().unwrap() as f64);
        check(&thread, "h_index", (1..=n).filter(|&h| at(h) >= h).max().unwrap() as f64);
        let all: usize = (0..=n).flat_map(|node| distances(&rows, node)).sum();
        check(&thread, "structural_virality", share(all, (n + 1) * n));
        let answered = (0..=n).filter(|&node| is_answered(&rows, node)).count();
        check(&thread, "branching_factor", share(n, answered));
        let leaves = (1..=n).filter(|&node| !is_answered(&rows, node)).count();
        check(&thread, "leaf_share", share(leaves, n));
        let alone = (1..=n).filter(|&c| rows[c - 1].parent == 0 && !is_answered(&rows, c)).count();
        check(&thread, "unanswered_share", share(alone, at(1)));
    }

    #[test]
    fn exchange_and_attention(rows in rows(true)) {
        let thread = build(&rows);
        let pairs = pairs(&rows);
        let returned = pairs.iter().filter(|(from, to)| pairs.contains(&(*to, *from))).count();
        check(&thread, "reciprocity", share(returned, pairs.len()));
        check(&thread, "n_reply_pairs", pairs.len() as f64);
        check(&thread, "longest_dyad", longest_dyad(&rows) as f64);
        let counts: Vec<usize> = comments_by_author(&rows).into_values().collect();
        check(&thread, "gini_comments", gini(&counts));
        let most = counts.iter().max().copied().unwrap_or(0);
        check(&thread, "top_author_share", share(most, counts.iter().sum()));
        // In order of time, ties in order of the source.
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&i| (rows[i].minute, i));
        let spoken: Vec<u8> = order.iter().filter_map(|&i| rows[i].author).collect();
        let returns = |author: &u8| {
            let first = spoken.iter().position(|a| a == author).unwrap();
            spoken[first..].windows(2).any(|w| w[0] != *author && w[1] == *author)
        };
        let back = comments_by_author(&rows).keys().filter(|author| returns(author)).count();
        check(&thread, "reentry_share", share(back, counts.len()));
    }

    #[test]
    fn pace_and_delay(rows in rows(false)) {
        let thread = build(&rows);
        let mut minutes: Vec<i64> = rows.iter().filter_map(|row| row.minute).collect();
        minutes.sort_unstable();
        check(&thread, "n_timed", minutes.len() as f64);
        let seconds = |minute: i64| (60 * (minute - minutes[0])) as f64;
        check(&thread, "lifetime_s", minutes.last().map(|&m| seconds(m)));
        let half = minutes.iter().enumerate().find(|(i, _)| 2 * (i + 1) >= minutes.len());
        check(&thread, "half_life_s", half.map(|(_, &m)| seconds(m)));
        let mut delays: Vec<i64> = Vec::new();
        for row in rows.iter().filter(|row| row.parent > 0) {
            if let (Some(then), Some(now)) = (rows[row.parent - 1].minute, row.minute) {
                delays.push(60 * (now - then));
            }
        }
        let negative = delays.iter().filter(|&&delay| delay < 0).count();
        check(&thread, "n_negative_delays", negative as f64);
        delays.retain(|&delay| delay >= 0);
        delays.sort_unstable();
        let middle = delays.len() / 2;
        let median = match delays.len() {
            0 => None,
            n if n % 2 == 1 => Some(delays[middle] as f64),
            _ => Some((delays[middle - 1] + delays[middle]) as f64 / 2.0),
        };
        check(&thread, "median_reply_delay_s", median);
        check(&thread, "n_reply_delays", delays.len() as f64);
    }

    #[test]
    fn every_value_is_finite_and_the_order_of_records_changes_none(
        rows in rows(true), keys in prop::collection::vec(any::<u32>(), 40),
    ) {
        let thread = build(&rows);
        let values = metrics::measure(&thread);
        prop_assert_eq!(values.len(), METRICS.len());
        prop_assert!(values.iter().flatten().all(|value| value.is_finite()));
        // The same comments in another order, with times that are all different.
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&i| keys[i]);
        let new_of: BTreeMap<usize, usize> = order.iter().zip(1..).map(|(&i, new)| (i + 1, new)).collect();
        let distinct = |i: usize| Row { minute: Some(i as i64 * 7 % 101), ..rows[i].clone() };
        let straight: Vec<Row> = (0..rows.len()).map(distinct).collect();
        let shuffled: Vec<Row> = order
            .iter()
            .map(|&i| Row { parent: *new_of.get(&rows[i].parent).unwrap_or(&0), ..distinct(i) })
            .collect();
        let (straight, shuffled) = (build(&straight), build(&shuffled));
        for metric in METRICS {
            check(&shuffled, metric.name, super::value(&straight, metric.name));
        }
    }
}
