//! What holds for every discussion.

use proptest::prelude::*;
use rejoinder::comment::{Clock, Comment, Layout, Moment, Precision, ReplyTo};
use rejoinder::linking::explanation::explain;

use super::{by, discussion, link, parents, with_id};

/// For each comment, which earlier one it answers: 0 = the post.
fn any_tree() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<prop::sample::Index>(), 1..60).prop_map(|choices| {
        choices.iter().enumerate().map(|(i, choice)| choice.index(i + 1) as u32).collect()
    })
}

/// Names as pages have them, and as nobody should: empty, equal, enormous.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("a".repeat(10_000)),
        Just("@".to_owned()),
        "[ab]{1,2}( [cd])?",
        "\\PC{0,8}",
    ]
}

/// A comment's author, the name that it answers, its minute.
type Row = (String, Option<String>, i64);

/// Pages on which everybody has a name of his own, or all have the same.
fn any_page() -> impl Strategy<Value = Vec<Row>> {
    let rows =
        || prop::collection::vec((any_name(), prop::option::of(any_name()), 0_i64..99), 0..40);
    let same = (rows(), any_name()).prop_map(|(rows, name)| {
        let rename = |(_, label, minute): Row| (name.clone(), label.map(|_| name.clone()), minute);
        rows.into_iter().map(rename).collect()
    });
    prop_oneof![2 => rows(), 1 => same]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn stated_links_are_reproduced(tree in any_tree()) {
        let comments = tree.iter().enumerate().map(|(i, &parent)| {
            let reply_to = match parent {
                0 => ReplyTo::post(),
                parent => ReplyTo::id(parent.to_string()),
            };
            with_id(&(i + 1).to_string(), reply_to)
        });
        let (thread, odd) = link(discussion(comments.collect()));
        prop_assert!(odd.is_empty());
        prop_assert_eq!(parents(&thread), tree);
    }

    #[test]
    fn shuffled_rows_give_the_same_tree(
        tree in any_tree(),
        minutes in prop::collection::vec(0_i64..9, 60),
        order in Just((0..60_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let row = |i: usize| Comment {
            created: Some(Moment {
                millis: minutes[i] * 60_000,
                precision: Precision::Minute,
                clock: Clock::Utc,
            }),
            ..with_id(&(i + 1).to_string(), match tree[i] {
                0 => ReplyTo::post(),
                parent => ReplyTo::id(parent.to_string()),
            })
        };
        let linked = |indices: Vec<usize>| {
            let mut rows = discussion(indices.into_iter().map(row).collect());
            rows.layout = Layout::Loose;
            let thread = link(rows).0;
            let ids: Vec<_> = thread.comments().iter().map(|c| c.id.clone()).collect();
            (ids, thread.parents().to_vec(), thread.sibling_orders())
        };
        let straight = linked((0..tree.len()).collect());
        let shuffled = linked(order.into_iter().filter(|&i| i < tree.len()).collect());
        prop_assert_eq!(straight, shuffled);
    }

    #[test]
    fn nothing_is_lost_and_probabilities_sum_to_one(
        rows in any_page(),
        layout in prop_oneof![Just(Layout::Preorder), Just(Layout::Flat), Just(Layout::Loose)],
    ) {
        let comments = rows.iter().map(|(author, label, minute)| Comment {
            created: (*minute > 9).then_some(Moment {
                millis: minute * 60_000,
                precision: Precision::Minute,
                clock: Clock::Local,
            }),
            text: format!("{author}: some words {minute}\n> some words"),
            ..by(author, label.as_ref().map_or_else(ReplyTo::post, |l| ReplyTo::name(l.as_str())))
        });
        let mut page = discussion(comments.collect());
        page.layout = layout;
        let (thread, _) = link(page);
        let mut positions: Vec<u32> =
            (1..=thread.len()).map(|p| thread.position(p)).filter(|&p| p > 0).collect();
        positions.sort_unstable();
        prop_assert_eq!(positions, (1..=rows.len() as u32).collect::<Vec<_>>());
        for place in 1..=thread.len() {
            prop_assert!((thread.parents()[place] as usize) < place);
            prop_assert!((0.0..=1.0).contains(&thread.link(place).confidence));
        }
        for explanation in explain(&thread, |_| true) {
            let sum: f32 = explanation.candidates.iter().map(|c| c.probability).sum();
            prop_assert!((sum - 1.0).abs() < 1e-3, "{:?}", explanation);
        }
    }
}
