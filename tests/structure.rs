//! Saved pages that no profile knows: what their elements tell of who answers whom.

use std::fmt::Write as _;

use rejoinder::comment::Name;
use rejoinder::linking;

use super::saved_pages::Kept;

/// Ann, Bob who answers her, Cid who answers Bob, Dee who answers Ann, Eve.
const PEOPLE: [(&str, Option<usize>, usize); 5] = [
    ("Ann", None, 0),
    ("Bob", Some(0), 1),
    ("Cid", Some(1), 2),
    ("Dee", Some(0), 1),
    ("Eve", None, 0),
];

/// The names of the ones answered, comment by comment.
fn answered(html: &str) -> Vec<Option<String>> {
    let kept = Kept::of("page.html", html.as_bytes()).unwrap();
    let discussion = kept.discussions[0].clone();
    let thread = linking::link(Name::from("t"), discussion, &mut Vec::new());
    let mut found: Vec<(u32, Option<String>)> = (1..=thread.len())
        .map(|place| {
            let parent = thread.parents()[place] as usize;
            let name = (parent > 0).then(|| thread.comment(parent).author.clone()).flatten();
            (thread.position(place), name.map(|name| name.to_string()))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

fn inner(i: usize) -> String {
    const SAID: [&str; 5] = [
        "I saw the grey one from the pier. Did you?",
        "No, it was gone before I came. What a pity!",
        "You should have taken the early bus, then.",
        "My brother says that it never left the harbour.",
        "They ought to print a better timetable.",
    ];
    let (name, ..) = PEOPLE[i];
    let (day, said) = (i + 3, SAID[i]);
    format!(
        "<b class=who>{name}</b> <i class=when>{day} May 2021 at 10:15</i><p class=said>{said}</p>"
    )
}

fn page(comments: &str) -> String {
    format!(
        "<html><body><h1>The boats</h1><p>They come late, and nobody knows why they do.</p>\
         <h3>5 Comments</h3>{comments}</body></html>"
    )
}

/// The page in which each comment is what `element` makes of its number and its inner part.
#[track_caller]
fn check(element: impl Fn(usize, &str) -> String) {
    let html = (0..5).fold(String::new(), |mut html, i| {
        let _ = write!(html, "{}", element(i, &inner(i)));
        html
    });
    let expected = PEOPLE.map(|(_, parent, _)| parent.map(|p| PEOPLE[p].0.to_owned()));
    assert_eq!(answered(&page(&html)), expected, "{html}");
}

#[test]
fn an_attribute_names_the_parent() {
    check(|i, inner| {
        let parent = PEOPLE[i].1.map_or(0, |p| p + 70);
        format!("<div class=comment-row data-id={} data-parent-id={parent}>{inner}</div>", i + 70)
    });
}

#[test]
fn a_link_leads_to_the_parent() {
    check(|i, inner| {
        let link =
            PEOPLE[i].1.map_or(String::new(), |p| format!("<a href='#c{}'>above</a>", p + 70));
        format!("<div class=comment-row id=c{}>{link}{inner}</div>", i + 70)
    });
}

#[test]
fn links_to_the_comment_before_are_for_paging() {
    let row = |i: usize| {
        let before = i.saturating_sub(1);
        format!("<div class=comment-row id=c{i}><a href='#c{before}'>up</a>{}</div>", inner(i))
    };
    let html = (0..5).map(row).collect::<Vec<_>>().concat();
    let chain = [None, Some("Ann"), Some("Bob"), Some("Cid"), Some("Dee")];
    assert_ne!(answered(&page(&html)), chain.map(|name| name.map(str::to_owned)));
}

#[test]
fn a_margin_grows_with_the_level() {
    check(|i, inner| {
        format!("<div class=comment-row style='margin-left: {}em'>{inner}</div>", PEOPLE[i].2 * 2)
    });
}

#[test]
fn a_class_counts_the_levels_from_nought() {
    check(|i, inner| format!("<div class='comment-row row-level-{}'>{inner}</div>", PEOPLE[i].2));
}

/// The comments of [`PEOPLE`], replies in boxes behind what they answer.
#[track_caller]
fn check_boxes(row: impl Fn(usize) -> String) {
    let html = format!(
        "{}<div class=below>{}<div class=below>{}</div>{}</div>{}",
        row(0),
        row(1),
        row(2),
        row(3),
        row(4)
    );
    let expected = PEOPLE.map(|(_, parent, _)| parent.map(|p| PEOPLE[p].0.to_owned()));
    assert_eq!(answered(&page(&html)), expected);
}

#[test]
fn a_box_behind_a_comment_holds_the_replies() {
    let row = |i: usize| format!("<div class=comment-row>{}</div>", inner(i));
    check_boxes(row);
}

#[test]
fn the_comment_before_a_box_may_stand_in_an_element_of_its_own() {
    let row = |i: usize| {
        format!("<div id=item-{i}><div><div class=comment-row>{}</div></div></div>", inner(i))
    };
    check_boxes(row);
}

#[test]
fn a_list_behind_a_comment_that_is_shown_apart_holds_no_replies() {
    let row = |i: usize| format!("<div class=comment-row>{}</div>", inner(i));
    let rest: String = (1..5).map(row).collect();
    let html = format!("<div class=pick>{}</div><div class=rest>{rest}</div>", row(0));
    assert!(answered(&page(&html)).iter().any(|name| name.as_deref() != Some("Ann")));
}

#[test]
fn elements_that_speak_of_nothing_tell_of_the_comments_in_the_text() {
    let row = |i: usize, replies: &str| {
        format!("<div class=zz><div class=zy>{}</div><div class=zx>{replies}</div></div>", inner(i))
    };
    let html = row(0, &(row(1, &row(2, "")) + &row(3, ""))) + &row(4, "");
    let expected = PEOPLE.map(|(_, parent, _)| parent.map(|p| PEOPLE[p].0.to_owned()));
    assert_eq!(answered(&page(&html)), expected);
}

#[test]
fn a_class_stands_at_replies_only() {
    let row = |i: usize| {
        let reply = if PEOPLE[i].1.is_some() { " row--indented" } else { "" };
        format!("<div class='comment-row has-replies{reply}'>{}</div>", inner(i))
    };
    let html = (0..5).map(row).collect::<Vec<_>>().concat();
    let expected = [None, Some("Ann"), Some("Ann"), Some("Ann"), None];
    assert_eq!(answered(&page(&html)), expected.map(|name| name.map(str::to_owned)));
}

#[test]
fn a_class_that_the_first_comment_has_marks_no_replies() {
    let row = |i: usize| {
        let class = if i.is_multiple_of(2) { " nested-box" } else { "" };
        format!("<div class='comment-row{class}'>{}</div>", inner(i))
    };
    let html = (0..5).map(row).collect::<Vec<_>>().concat();
    assert_eq!(answered(&page(&html)), [const { None::<String> }; 5]);
}

#[test]
fn a_link_in_the_words_of_a_text_states_nothing() {
    let row = |i: usize| {
        let link = if i == 4 { "<p>See <a href='#c71'>that one</a>.</p>" } else { "" };
        format!("<div class=comment-row id=c{}>{}{link}</div>", i + 70, inner(i))
    };
    let html = (0..5).map(row).collect::<Vec<_>>().concat();
    assert_eq!(answered(&page(&html)), [const { None::<String> }; 5]);
}

#[test]
fn comments_without_an_id_are_named_by_their_position() {
    let row = |i: usize| {
        let link = PEOPLE[i].1.map_or(String::new(), |p| format!("<a href='#v{p}'>above</a>"));
        format!("<div class=zz id=v{i}>{}{link}</div>", inner(i))
    };
    let html = page(&(0..5).map(row).collect::<Vec<_>>().concat());
    let expected = PEOPLE.map(|(_, parent, _)| parent.map(|p| PEOPLE[p].0.to_owned()));
    assert_eq!(answered(&html), expected);
    let kept = Kept::of("page.html", html.as_bytes()).unwrap();
    assert_eq!(kept.comments()[0].id.as_deref(), Some("c1"));
}
