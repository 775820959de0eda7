//! Defects that were seen in other tools of this kind, each with a test of its own.

use std::time::Instant;

use rejoinder::comment::{Comment, Discussion, Layout, Name, Precision, ReplyTo};
use rejoinder::diagnostic::Oddity;
use rejoinder::linking;
use rejoinder::metrics::{self, delay::reply_delay_s};
use rejoinder::thread::Thread;

use super::{Row, assemble, at, check, of_rows};

fn star(n: usize) -> Thread {
    of_rows(&vec![(0, Some("ann"), None); n])
}

fn chain(n: usize) -> Thread {
    let rows: Vec<Row> = (0..n).map(|parent| (parent, Some("ann"), None)).collect();
    of_rows(&rows)
}

#[test]
fn branching_tells_a_star_from_a_chain() {
    check(&star(10), "branching_factor", 10.0);
    check(&chain(10), "branching_factor", 1.0);
}

#[test]
fn virality_of_star_and_chain_is_not_off_by_two() {
    // N counts the post too.
    check(&star(9), "structural_virality", 2.0 - 2.0 / 10.0);
    check(&chain(9), "structural_virality", 11.0 / 3.0);
    check(&star(1), "structural_virality", 1.0);
}

#[test]
fn a_reply_in_the_same_minute_keeps_its_depth() {
    let thread = of_rows(&[(0, Some("ann"), Some(5)), (1, Some("bob"), Some(5))]);
    assert_eq!(thread.depths(), [0, 1, 2]);
    assert_eq!(reply_delay_s(&thread, 2), Some(0));
    check(&thread, "median_reply_delay_s", 0.0);
}

fn loose(records: &[(&str, &str, i64)]) -> Discussion {
    let comments = records
        .iter()
        .map(|&(id, parent, minute)| Comment {
            id: Some(id.into()),
            author: Some(Name::from(id)),
            reply_to: if parent.is_empty() { ReplyTo::post() } else { ReplyTo::id(parent) },
            created: Some(at(minute, Precision::Minute)),
            ..Comment::default()
        })
        .collect();
    Discussion { layout: Layout::Loose, comments, ..Discussion::default() }
}

#[test]
fn a_reply_before_its_parent_changes_nothing() {
    let straight = [("a", "", 0), ("b", "a", 1), ("c", "b", 2), ("d", "a", 3)];
    let mut turned = straight;
    turned.reverse();
    let [one, other] = [straight, turned].map(|records| {
        let mut odd = Vec::new();
        let thread = linking::link("t".into(), loose(&records), &mut odd);
        assert!(odd.is_empty(), "{odd:?}");
        thread
    });
    assert_eq!(one.parents(), other.parents());
    assert_eq!(metrics::measure(&one), metrics::measure(&other));
}

#[test]
fn a_missing_parent_costs_no_comment() {
    let mut odd = Vec::new();
    let records = [("a", "", 0), ("b", "gone", 1), ("c", "b", 2)];
    let thread = linking::link("t".into(), loose(&records), &mut odd);
    assert_eq!(thread.len(), 4, "three comments and a placeholder");
    assert!(odd.iter().any(|odd| odd.kind == Oddity::MissingParent));
    check(&thread, "max_depth", 3.0);
}

#[test]
fn a_circle_beside_a_root_costs_no_comment() {
    let mut odd = Vec::new();
    let records = [("a", "", 0), ("b", "c", 1), ("c", "b", 2)];
    let thread = linking::link("t".into(), loose(&records), &mut odd);
    assert_eq!(thread.len(), 3);
    assert!(odd.iter().any(|odd| odd.kind == Oddity::Cycle));
    check(&thread, "max_depth", 2.0);
}

#[test]
fn the_start_of_a_thread_is_its_first_comment_not_1970() {
    let thread = of_rows(&[(0, None, Some(30_000_000)), (1, None, Some(30_000_060))]);
    check(&thread, "lifetime_s", 3600.0);
    check(&thread, "half_life_s", 0.0);
}

#[test]
fn a_thread_of_two_has_figures() {
    let thread = of_rows(&[(0, Some("ann"), Some(0)), (1, Some("bob"), Some(9))]);
    check(&thread, "structural_virality", 4.0 / 3.0);
    check(&thread, "reciprocity", 0.0);
    check(&thread, "gini_comments", 0.0);
    check(&thread, "median_reply_delay_s", 540.0);
}

#[test]
fn burstiness_is_null_below_its_floor_not_zero() {
    let events = |n: i64| -> Vec<Row> { (0..n).map(|i| (0, None, Some(i * i))).collect() };
    for n in 0..4 {
        check(&of_rows(&events(n)), "burstiness", None);
        check(&of_rows(&events(n)), "burstiness_n", None);
    }
    assert!(super::value(&of_rows(&events(4)), "burstiness").is_some());
    check(&of_rows(&events(4)), "memory", None);
    assert!(super::value(&of_rows(&events(5)), "memory").is_some());
    // Equal gaps have nothing to correlate; comments of one moment have no gaps at all.
    let regular: Vec<Row> = (0..9).map(|i| (0, None, Some(i * 10))).collect();
    check(&of_rows(&regular), "memory", None);
    check(&of_rows(&vec![(0, None, Some(5)); 9]), "burstiness", None);
}

#[test]
fn virality_of_a_hundred_thousand_takes_milliseconds() {
    for thread in [star(100_000), chain(100_000)] {
        let start = Instant::now();
        let values = metrics::measure(&thread);
        // All pairs would be five thousand million distances; the bound is generous for a busy
        // machine and an unoptimized build.
        assert!(start.elapsed().as_secs_f64() < 2.0, "{:?}", start.elapsed());
        assert!(values.iter().flatten().all(|value| value.is_finite()));
    }
}

#[test]
fn coarse_times_give_no_seconds() {
    for precision in [Precision::Hour, Precision::Day, Precision::Month, Precision::Year] {
        let comments = (0..6)
            .map(|i| Comment { created: Some(at(i * 60, precision)), ..Comment::default() })
            .collect();
        let thread = assemble(comments, 0..6);
        let figures = ["lifetime_s", "half_life_s", "median_reply_delay_s", "burstiness", "memory"];
        for name in figures {
            check(&thread, name, None);
        }
        assert_eq!(reply_delay_s(&thread, 2), None);
    }
}
