//! Every seed holds what was counted in it by hand.

use std::collections::BTreeSet;
use std::fmt::Write;

use rejoinder::comment::{Kind, Name};
use rejoinder::linking;

#[test]
fn every_seed_holds_what_was_counted() {
    let mut wrong = Vec::new();
    for fact in super::facts() {
        let delivered = fact.read(&fact.bytes());
        let mut check = |what: &str, found: usize, counted: usize| {
            if found != counted {
                wrong.push(format!("{}: {found} {what}, counted {counted}", fact.file));
            }
        };
        check("threads", delivered.discussions.len(), fact.threads);
        check("comments", delivered.comments().count(), fact.comments);
        let of_kind = |kind| delivered.comments().filter(|c| c.kind == kind).count();
        check("deleted", of_kind(Kind::Deleted), fact.deleted);
        check("pingbacks", of_kind(Kind::Pingback), fact.pingbacks);
        let authors: BTreeSet<&Name> =
            delivered.comments().filter_map(|c| c.author.as_ref()).collect();
        check("authors", authors.len(), fact.authors);
        if let Some(declared) = fact.declared {
            let found = delivered.discussions.iter().find_map(|d| d.declared);
            check("declared", found.unwrap_or(0) as usize, declared as usize);
        }
        let odd: Vec<&str> = delivered.odd.iter().map(|odd| odd.kind.word()).collect();
        let (mut top_level, mut depth) = (0, 0);
        for (i, discussion) in delivered.discussions.iter().enumerate() {
            let id = Name::from(format!("t{i}"));
            let thread = linking::link(id, discussion.clone(), &mut Vec::new());
            for place in 1..=thread.len() {
                let is_real = thread.comment(place).kind != Kind::Placeholder;
                top_level += usize::from(is_real && thread.depths()[place] == 1);
                depth = depth.max(thread.depths()[place]);
            }
        }
        if let Some(counted) = fact.top_level {
            check("top-level comments", top_level, counted);
        }
        if let Some(counted) = fact.depth {
            check("levels", depth as usize, counted as usize);
        }
        if odd != fact.odd {
            wrong.push(format!("{}: reported {odd:?}, expected {:?}", fact.file, fact.odd));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_structured_format_has_a_seed() {
    let facts = super::facts();
    for format in rejoinder::formats::FORMATS {
        let is_text = matches!(format.name(), "outline" | "parquet");
        let has_seed = facts.iter().any(|fact| fact.format == format.name());
        assert!(is_text || has_seed || format.name() == "pages", "{} has no seed", format.name());
    }
}

/// What a reader makes of every field, for people to read.
#[test]
fn comments_as_they_are_read() {
    let mut all = String::new();
    for fact in super::facts() {
        let delivered = fact.read(&fact.bytes());
        writeln!(all, "## {}", fact.file).unwrap();
        for discussion in &delivered.discussions {
            let post = &discussion.post;
            all.write_fmt(format_args!(
                "post {} | {} | {} | {}\n",
                post.id.as_deref().unwrap_or("-"),
                post.title.as_deref().unwrap_or("-"),
                post.author.as_deref().unwrap_or("-"),
                post.text.replace('\n', "⏎"),
            ))
            .unwrap();
            for c in &discussion.comments {
                let time = c.created.map_or_else(
                    || "-".to_owned(),
                    |m| format!("{} {:?} {:?}", m.millis, m.precision, m.clock),
                );
                all.write_fmt(format_args!(
                    "  {} | {} | {:?} | {time} | {:?} | {}\n",
                    c.id.as_deref().unwrap_or("-"),
                    c.author.as_deref().unwrap_or("-"),
                    c.reply_to.stated,
                    c.score,
                    c.text.replace('\n', "⏎"),
                ))
                .unwrap();
            }
        }
        for odd in &delivered.odd {
            all.write_fmt(format_args!("  ! {odd}\n")).unwrap();
        }
    }
    insta::assert_snapshot!(all);
}
