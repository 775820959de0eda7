//! Pages that state nothing: comments that must be replies by their times, or that address or quote
//! somebody, are linked; others are not.

use rejoinder::comment::{Clock, Comment, Moment, Precision, ReplyTo};
use rejoinder::linking::explanation::{self, Parent};
use rejoinder::thread::{Evidence, Thread};

use super::{by, discussion, link, parents};

fn says(author: &str, text: &str) -> Comment {
    Comment { text: text.to_owned(), ..by(author, ReplyTo::default()) }
}

fn at(minute: i64) -> Moment {
    Moment { millis: minute * 60_000, precision: Precision::Minute, clock: Clock::Local }
}

fn evidence(thread: &Thread) -> Vec<Evidence> {
    let mut found: Vec<(u32, Evidence)> =
        (1..=thread.len()).map(|p| (thread.position(p), thread.link(p).evidence)).collect();
    found.sort_by_key(|(position, _)| *position);
    found.into_iter().map(|(_, evidence)| evidence).collect()
}

fn page() -> Vec<Comment> {
    vec![
        says("Wellington", "The boats were late again on every single day of this week."),
        says("Bob Carr", "It was the wind."),
        says("Cyd", "@wellington They waited for the train."),
        says("Wellington", "Bob: not on Sunday."),
        says("Dora", "Well, they should say so."),
        says("Dora", "> late again on every single day\nEvery day but Monday."),
        says("Bob Carr", "Bob Carr, that is me."),
        says("Cyd", "@Eve are you there?"),
    ]
}

#[test]
fn who_is_addressed_or_quoted_is_answered_and_everyone_else_answers_the_post() {
    use Evidence::{Addressed, Assumed, Quoted};
    let (thread, odd) = link(discussion(page()));
    assert_eq!(parents(&thread), [0, 0, 1, 2, 0, 1, 0, 0]);
    let expected = [Assumed, Assumed, Addressed, Addressed, Assumed, Quoted, Assumed, Assumed];
    assert_eq!(evidence(&thread), expected);
    assert!(odd.is_empty(), "{odd:?}");
}

#[test]
fn the_latest_comment_of_the_one_addressed_is_found_in_either_order_of_time() {
    let minutes = |comments: Vec<Comment>| -> Vec<Comment> {
        let timed = comments.into_iter().zip(1..);
        timed.map(|(c, minute)| Comment { created: Some(at(minute)), ..c }).collect()
    };
    let mut newest_last = minutes(vec![
        says("ann", "First."),
        says("ben", "Second."),
        says("ann", "Third."),
        says("cyd", "@ann Fourth."),
    ]);
    assert_eq!(parents(&link(discussion(newest_last.clone())).0), [0, 0, 0, 3]);
    newest_last.reverse();
    assert_eq!(parents(&link(discussion(newest_last)).0), [2, 0, 0, 0]);
}

/// A comment of a minute.
fn write(minute: i64, author: &str, text: &str) -> Comment {
    Comment { created: Some(at(minute)), ..says(author, text) }
}

/// A page whose nesting is lost: the second and third comments answer the first, the fifth the
/// fourth, and Ann, who has written the article, answers the last one soon.
fn unnested() -> Vec<Comment> {
    vec![
        write(10, "Bob", "Where does the boat land now?"),
        write(400, "Ann", "At the old pier."),
        write(500, "Bob", "Then I will walk there."),
        write(300, "Cyd", "The fares have gone up."),
        write(900, "Ann", "By a tenth."),
        write(700, "Dora", "No boat on Monday."),
        write(710, "Ann", "It was in repair."),
        write(6000, "Eve", "Still the best way to travel."),
    ]
}

#[test]
fn what_breaks_the_order_of_the_top_level_is_a_reply_and_so_is_a_quick_one_by_who_answers() {
    use Evidence::{Adjacent, Assumed};
    let (thread, _) = link(discussion(unnested()));
    assert_eq!(parents(&thread), [0, 1, 2, 0, 4, 0, 6, 0]);
    let expected = [Assumed, Adjacent, Adjacent, Assumed, Adjacent, Assumed, Adjacent, Assumed];
    assert_eq!(evidence(&thread), expected);
    let confidence = |position: u32| {
        let place = (1..=thread.len()).find(|p| thread.position(*p) == position).unwrap();
        thread.link(place).confidence
    };
    assert!(confidence(5) > 0.9, "{}", confidence(5));
    assert!(confidence(7) <= 0.8, "it may answer the post: {}", confidence(7));
    let explanations = explanation::explain(&thread, |position| position == 7);
    let candidates: Vec<Parent> = explanations[0].candidates.iter().map(|c| c.parent).collect();
    assert_eq!(candidates, [Parent::Comment(6), Parent::Post]);
}

#[test]
fn without_times_the_same_page_tells_nothing() {
    let untimed = unnested().into_iter().map(|c| Comment { created: None, ..c }).collect();
    assert_eq!(parents(&link(discussion(untimed)).0), [0; 8]);
}

#[test]
fn nobody_answers_what_was_written_later() {
    // Newest first: Ben's first comment here answers Ann, and she means his older one.
    let page = vec![
        write(100, "ann", "@ben No, it was in repair."),
        write(105, "ben", "I see."),
        write(90, "ben", "No boat on Monday."),
        write(80, "cyd", "The fares have gone up."),
        write(70, "dora", "Still the best way to travel."),
        write(60, "eve", "Where does it land now?"),
        write(50, "fay", "They come late."),
    ];
    let (thread, odd) = link(discussion(page));
    assert_eq!(parents(&thread), [3, 1, 0, 0, 0, 0, 0]);
    assert!(odd.is_empty(), "{odd:?}");
}

#[test]
fn a_page_that_states_something_is_left_to_its_statements() {
    let mut comments = page();
    comments[1].reply_to = ReplyTo::name("Wellington");
    assert_eq!(parents(&link(discussion(comments)).0), [0, 1, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn what_was_found_is_explained() {
    let (thread, _) = link(discussion(page()));
    let explanations = explanation::explain(&thread, |position| position == 3);
    let [only] = explanations.as_slice() else { panic!("{explanations:?}") };
    let candidates: Vec<Parent> = only.candidates.iter().map(|c| c.parent).collect();
    assert_eq!(candidates, [Parent::Comment(1), Parent::Post]);
    assert_eq!(only.candidates[0].reasons, ["names its author at the beginning"]);
    let sum: f32 = only.candidates.iter().map(|c| c.probability).sum();
    assert!((sum - 1.0).abs() < 1e-6);
}
