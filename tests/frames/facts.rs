//! The fact tables: one row a comment in page order, one a thread, one an oddity.

use rejoinder::analysis::Facts;
use rejoinder::diagnostic::{Diagnostic, Oddity};
use rejoinder::frames::{FactTables, Run, Table};

use super::{fill, rows};

#[test]
fn comments_stand_in_page_order_with_placeholders_at_the_end() {
    let frame = fill(FactTables::in_memory()).read(Table::Comments).unwrap();
    let columns = ["thread_id", "comment_id", "position", "parent_id", "parent_position", "depth"];
    assert_eq!(
        rows(&frame, &columns),
        [
            "one a 1 - - 1",
            "one b 2 a 1 2",
            "one c 3 b 2 3",
            "one d 4 c 3 4",
            "one e 5 gone - 2",
            "one p 6 - - 1",
            "one x 7 a 1 2",
            "one gone 0 - - 1",
            "two a 1 - - 1",
            "two b 2 a 1 2",
        ]
    );
    let columns = ["comment_id", "kind", "author", "n_replies", "n_descendants", "score", "line"];
    assert_eq!(
        rows(&frame, &columns),
        [
            "a comment ann 2 4 - 7",
            "b comment bob 1 2 - 7",
            "c comment ann 1 1 - 7",
            "d comment ann 0 0 - 7",
            "e comment cyd 0 0 - 7",
            "p pingback a site 0 0 - 7",
            "x deleted - 0 0 - 7",
            "gone placeholder - 1 1 - -",
            "a comment bob 1 1 - 7",
            "b comment dan 0 0 -4 7",
        ]
    );
}

#[test]
fn a_delay_needs_two_exact_times() {
    let frame = fill(FactTables::in_memory()).read(Table::Comments).unwrap();
    let columns = ["comment_id", "reply_delay_s", "created_precision", "evidence", "confidence"];
    assert_eq!(
        rows(&frame, &columns),
        [
            // The post is five minutes older than its first comment.
            "a 300 minute stated 1.0",
            "b 600 minute stated 1.0",
            "c 600 minute stated 1.0",
            "d 600 minute stated 1.0",
            "e - minute stated 1.0",
            "p 3300 minute stated 1.0",
            "x - - stated 1.0",
            "gone - - assumed 1.0",
            // The second post has no time, its reply only a day.
            "a - minute stated 1.0",
            "b - day stated 1.0",
        ]
        .map(|row| row.replace("gone - - assumed 1.0", &placeholder(&frame)))
    );
}

/// What linking says of a placeholder's own link is not the matter here.
fn placeholder(frame: &polars::prelude::DataFrame) -> String {
    let columns = ["comment_id", "reply_delay_s", "created_precision", "evidence", "confidence"];
    rows(frame, &columns).into_iter().find(|row| row.starts_with("gone")).unwrap()
}

#[test]
fn threads_count_all_comments_but_placeholders() {
    let frame = fill(FactTables::in_memory()).read(Table::Threads).unwrap();
    let columns = [
        "thread_id",
        "source",
        "format",
        "post_author",
        "n_comments",
        "n_top_level",
        "n_authors",
        "n_pingbacks",
        "n_deleted",
        "n_placeholders",
        "max_depth",
        "first_at",
        "last_at",
    ];
    assert_eq!(
        rows(&frame, &columns),
        [
            "one one.ndjson rows ann 7 2 4 1 1 1 4 1970-01-01 00:00:00 1970-01-01 00:50:00",
            "two two.ndjson rows - 2 1 2 0 0 0 2 1970-01-01 01:30:00 1970-01-01 03:20:00",
        ]
    );
}

#[test]
fn oddities_are_rows() {
    let mut facts = FactTables::in_memory();
    let odd = Diagnostic::new("x.txt", Oddity::BadDate, "31 February does not exist").at(12);
    facts.diagnostic(odd.excerpt("  February 31 \n more")).unwrap();
    let frame = facts.finish(&Run::default()).unwrap().read(Table::Diagnostics).unwrap();
    let columns = ["source", "line", "kind", "severity", "message", "excerpt"];
    assert_eq!(
        rows(&frame, &columns),
        ["x.txt 12 bad-date warning 31 February does not exist February 31"]
    );
}
