//! Pages that state nothing: comments that address or quote somebody are linked, others are not.

use rejoinder::comment::{Clock, Comment, Moment, Precision, ReplyTo};
use rejoinder::linking::explanation::{self, Parent};
use rejoinder::thread::{Evidence, Thread};

use super::{by, discussion, link, parents};

fn says(author: &str, text: &str) -> Comment {
    Comment { text: text.to_owned(), ..by(author, ReplyTo::default()) }
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
        let at = |minute: i64| {
            Moment { millis: minute * 60_000, precision: Precision::Minute, clock: Clock::Local }
        };
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
