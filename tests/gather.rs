//! Loose comments become the same discussions whatever the order and the budget.

use proptest::prelude::*;
use rejoinder::comment::{
    Basis, Clock, Comment, Kind, Level, Moment, Name, Post, Precision, Quotes, ReplyTo, Stated,
};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::gather::{Budget, Gather, Gathered, record};

/// Any comment at all.
fn any_comment() -> impl Strategy<Value = Comment> {
    let name = || proptest::option::of("\\PC{0,30}".prop_map(Name::from));
    let stated = prop_oneof![
        Just(Stated::Nothing),
        Just(Stated::Post),
        Just(Stated::SomeComment),
        "\\PC{0,30}".prop_map(|id| Stated::Id(id.into())),
    ];
    let moment =
        (any::<i64>(), 0usize..6, 0usize..3).prop_map(|(millis, precision, clock)| Moment {
            millis,
            precision: Precision::ALL[precision],
            clock: [Clock::Utc, Clock::Local, Clock::BeforeCapture][clock],
        });
    let level = (0u32..u32::MAX, any::<bool>()).prop_map(|(depth, indented)| Level {
        depth,
        basis: if indented { Basis::Indented } else { Basis::Nested },
    });
    let quotes =
        (name(), name()).prop_map(|(id, author)| Box::new(Quotes { id, author, created: None }));
    let reply_to = (
        stated,
        proptest::option::of(level),
        name(),
        proptest::option::of(quotes),
        any::<Option<bool>>(),
    )
        .prop_map(|(stated, level, name, quotes, first_reply)| ReplyTo {
            stated,
            level,
            name,
            quotes,
            first_reply,
        });
    (
        name(),
        name(),
        reply_to,
        proptest::option::of(moment),
        any::<Option<i64>>(),
        0usize..4,
        "\\PC{0,80}",
        any::<Option<u32>>(),
    )
        .prop_map(|(id, author, reply_to, created, score, kind, text, line)| Comment {
            id,
            author,
            reply_to,
            created,
            score,
            kind: Kind::ALL[kind],
            text,
            line,
        })
}

proptest! {
    #[test]
    fn a_record_gives_back_what_it_was_made_from(
        comment in any_comment(), thread in "\\PC{0,40}", note in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut bytes = Vec::new();
        record::comment(&mut bytes, &thread, &comment, &note);
        let mut rest: &[u8] = &bytes;
        let entry = record::next(&mut rest).unwrap();
        prop_assert_eq!(entry.thread, thread.as_bytes());
        prop_assert_eq!(entry.note, &note[..]);
        prop_assert!(entry.post().is_none());
        prop_assert_eq!(entry.comment(0), comment);
        prop_assert!(rest.is_empty());
        // Cut anywhere, it is refused, not misread.
        for cut in 1..bytes.len() {
            prop_assert!(record::next(&mut &bytes[..cut]).is_err());
        }
    }
}

#[test]
fn a_small_budget_changes_nothing() {
    let roomy = gather(Budget::default());
    let tight = gather(Budget { memory: 2_000, ..Budget::default() });
    assert_eq!(roomy.len(), 40);
    assert_eq!(roomy.iter().map(|g| g.discussion.comments.len()).sum::<usize>(), 1_000);
    for (a, b) in roomy.iter().zip(&tight) {
        assert_eq!(a.discussion, b.discussion);
        assert_eq!(a.notes, b.notes);
    }
    let with_post = roomy.iter().find(|g| g.discussion.post.id.as_deref() == Some("t7")).unwrap();
    assert_eq!(with_post.discussion.post.title.as_deref(), Some("seventh"));
}

#[test]
fn the_record_of_the_higher_rank_stays_wherever_it_stands() {
    let mut gather = Gather::new(Budget::default());
    for (id, rank) in [("x", 1), ("y", 3), ("x", 2), ("y", 2), ("y", 3), ("z", 0)] {
        let text = format!("{id} of rank {rank}");
        let comment = Comment { id: Some(id.into()), text, ..Comment::default() };
        gather.comment("t", &comment, &[rank]).unwrap();
    }
    let mut texts = Vec::new();
    for share in gather.finish() {
        let rank = |note: &[u8]| u64::from(note[0]);
        share
            .each(rank, |gathered, odd| {
                let notes = &gathered.notes;
                assert_eq!([0, 1, 2].map(|i| notes.get(i)[0]), [2, 3, 0]);
                assert!(odd.unwrap().message.starts_with("3 records"));
                texts.extend(gathered.discussion.comments.into_iter().map(|c| c.text));
                Ok(())
            })
            .unwrap();
    }
    assert_eq!(texts, ["x of rank 2", "y of rank 3", "z of rank 0"]);
}

#[test]
fn the_later_of_two_records_stays_and_the_loss_is_counted() {
    let mut gather = Gather::new(Budget::default());
    gather.source("a.ndjson", "rows");
    for (id, text) in [("x", "first"), ("y", "other"), ("x", "second")] {
        let comment = Comment { id: Some(id.into()), text: text.to_owned(), ..Comment::default() };
        gather.comment("t", &comment, text.as_bytes()).unwrap();
    }
    let (found, odd) = all(gather);
    let texts: Vec<&str> = found[0].discussion.comments.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(texts, ["second", "other"]);
    assert_eq!([found[0].notes.get(0), found[0].notes.get(1)], [&b"second"[..], b"other"]);
    let odd: Vec<String> = odd.iter().map(ToString::to_string).collect();
    assert_eq!(odd, ["a.ndjson: 1 records of thread t came twice; the later ones were kept"]);
}

fn gather(budget: Budget) -> Vec<Gathered> {
    let mut gather = Gather::new(budget);
    gather.source("a.ndjson", "rows");
    for i in 0..1_000u32 {
        let comment = Comment {
            id: Some(format!("c{i}").into()),
            author: Some(format!("author {}", i % 17).into()),
            text: format!("text of comment {i}"),
            ..Comment::default()
        };
        gather.comment(&format!("t{}", i * 7 % 40), &comment, &i.to_le_bytes()).unwrap();
    }
    let post = Post { id: Some("t7".into()), title: Some("seventh".to_owned()), ..Post::default() };
    gather.post(&post).unwrap();
    let (found, odd) = all(gather);
    assert!(odd.is_empty(), "{odd:?}");
    found
}

/// The discussions of all shares.
fn all(gather: Gather) -> (Vec<Gathered>, Vec<Diagnostic>) {
    let (mut found, mut odd) = (Vec::new(), Vec::new());
    for share in gather.finish() {
        share
            .each(
                |_| 0,
                |gathered, diagnostic| {
                    found.push(gathered);
                    odd.extend(diagnostic);
                    Ok(())
                },
            )
            .unwrap();
    }
    (found, odd)
}
