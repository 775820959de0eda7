//! Pages copied as text: what was counted by hand, and what damage must not do.

mod cuts;
mod lists;
mod names;
mod records;
mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rejoinder::comment::{Clock, Comment, Discussion, Kind, Moment, Name, Precision};
use rejoinder::formats::ReadOptions;
use rejoinder::formats::pages::{Reading, plain, profile};
use rejoinder::linking;
use rejoinder::thread::{Evidence, SiblingOrder, Thread};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    comments: usize,
    authors: Option<usize>,
    top_level: Option<usize>,
    max_depth: Option<u32>,
    /// Comments that quote another, in forums, where all else is order in time.
    quoting: Option<usize>,
    /// The authors, by their first comments.
    names: Option<Vec<String>>,
    first: Option<String>,
    last: Option<String>,
    title: Option<String>,
}

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

fn read(text: &str) -> Reading {
    plain::read("page", text, profile::built_in(), &ReadOptions::default()).remove(0)
}

fn tree(discussion: &Discussion) -> Thread {
    linking::link(Name::from("t"), discussion.clone(), &mut Vec::new())
}

fn printed(moment: Moment) -> String {
    let date = chrono::DateTime::from_timestamp_millis(moment.millis).unwrap();
    let zone = if moment.clock == Clock::Utc { "Z" } else { "" };
    match moment.precision {
        _ if !moment.is_dated() => String::from("an age"),
        Precision::Second | Precision::Minute => date.format("%Y-%m-%dT%H:%M").to_string() + zone,
        _ => date.format("%Y-%m-%d").to_string(),
    }
}

fn facts() -> BTreeMap<String, Facts> {
    let text = fs::read_to_string(seeds().join("FACTS.toml")).unwrap();
    let mut tables: BTreeMap<String, toml::Value> = toml::from_str(&text).unwrap();
    tables.retain(|path, _| Path::new(path).extension().is_some_and(|e| e == "txt"));
    assert!(tables.len() > 20, "the walk finds the seeds");
    tables.into_iter().map(|(path, table)| (path, table.try_into().unwrap())).collect()
}

#[test]
fn seeds_hold_what_was_counted_by_hand() {
    let mut wrong = Vec::new();
    for (path, facts) in facts() {
        let reading = read(&fs::read_to_string(seeds().join(&path)).unwrap());
        let comments = &reading.discussion.comments;
        let mut check = |what: &str, expected: String, found: String| {
            if expected != found {
                wrong.push(format!("{path} ({}): {what} {found}, not {expected}", reading.profile));
            }
        };
        check("comments", facts.comments.to_string(), comments.len().to_string());
        if let Some(expected) = facts.title {
            let title = reading.discussion.post.title.clone().unwrap_or_default();
            check("title", expected, title);
        }
        if let Some(expected) = facts.authors {
            let names: BTreeSet<_> = comments
                .iter()
                .filter(|comment| comment.kind != Kind::Pingback)
                .map(|comment| comment.author.clone())
                .collect();
            check("authors", expected.to_string(), names.len().to_string());
        }
        let thread = tree(&reading.discussion);
        let depths = &thread.depths()[1..];
        if let Some(expected) = facts.top_level {
            let found = depths.iter().filter(|depth| **depth == 1).count();
            check("top level", expected.to_string(), found.to_string());
        }
        if let Some(expected) = facts.max_depth {
            let found = depths.iter().max().copied().unwrap_or_default();
            check("deepest", expected.to_string(), found.to_string());
        }
        let time = |comment: Option<&Comment>| {
            comment.and_then(|c| c.created).map_or(String::from("none"), printed)
        };
        let quoting = comments.iter().filter(|c| c.reply_to.quotes.is_some()).count();
        if let Some(expected) = facts.quoting {
            check("quoting", expected.to_string(), quoting.to_string());
        }
        if let Some(expected) = facts.names {
            let mut names: Vec<&str> = Vec::new();
            for name in comments.iter().filter_map(|c| c.author.as_deref()) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            check("names", expected.join(", "), names.join(", "));
        }
        if let Some(expected) = facts.first {
            check("first", expected, time(comments.first()));
        }
        if let Some(expected) = facts.last {
            check("last", expected, time(comments.last()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn document() -> String {
    fs::read_to_string(seeds().join("documents/003_0b8c0c03fac5c926.txt")).unwrap()
}

/// Author, printed name of the one answered, time: a row of the truth.
fn rows(reading: &Reading) -> Vec<(String, String, String)> {
    let text = |name: &Option<Name>| name.as_deref().unwrap_or_default().to_owned();
    let row = |c: &Comment| {
        (text(&c.author), text(&c.reply_to.name), c.created.map_or(String::new(), printed))
    };
    reading.discussion.comments.iter().map(row).collect()
}

#[test]
fn the_seed_thread_is_read_exactly() {
    let truth = fs::read_to_string(seeds().join("003_truth.tsv")).unwrap();
    let expected: Vec<_> = truth
        .lines()
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>())
        .map(|cells| (cells[1].clone(), cells[2].clone(), cells[3].clone()))
        .collect();
    let reading = read(&document());
    assert_eq!(reading.profile, "wpdiscuz");
    assert_eq!(reading.discussion.declared, Some(27));
    assert_eq!(rows(&reading), expected);
    let comments = &reading.discussion.comments;
    assert_eq!(comments[17].text, "");
    assert!(comments[6].text.starts_with("The U.S. has had great practice.\nCovert"));
    assert!(comments[6].text.ends_with("Syria 2012\nUkraine 2014 *"));
    assert!(comments[23].text.ends_with("john-bolton-says-ultimate-goal-venezuela"));
}

#[test]
fn doubled_lines_amid_a_text_are_no_headers() {
    let write = |i: usize| {
        let (name, other) = [("Ann", "Bob"), ("Bob", "Cem"), ("Cem", "Ann")][i % 3];
        let label = if i > 0 { format!("\u{a0} {other}\n") } else { String::new() };
        let code = if i == 2 { "#if A\nx = 1;\n#endif\n#endif\nfor short." } else { "It works." };
        format!("{name}\n{name}\n{label}\n{code}\n\n")
    };
    let page: String = (0..7).map(write).collect();
    let reading = read(&format!("Subscribe\nNotify of\nguest\n7 Comments\n{page}"));
    let comments = &reading.discussion.comments;
    let authors: Vec<&str> = comments.iter().filter_map(|c| c.author.as_deref()).collect();
    assert_eq!(authors, ["Ann", "Bob", "Cem", "Ann", "Bob", "Cem", "Ann"]);
    assert!(comments[2].text.ends_with("#endif\n#endif\nfor short."), "{}", comments[2].text);
}

#[test]
fn a_heading_within_a_text_ends_nothing_where_the_page_declares_what_follows() {
    let write = |i: usize| {
        let quoted = if i == 5 { "From the gazette:\n\nArchive\n\nNo boats in May.\n" } else { "" };
        format!("Ann{i}\nAnn{i}\nMay {}, 2021 9:15 am\n\nIt works.\n{quoted}\n", i + 1)
    };
    let page: String = (0..7).map(write).collect();
    let reading = read(&format!("Subscribe\nNotify of\nguest\n7 Comments\n{page}"));
    assert_eq!(reading.discussion.comments.len(), 7);
    assert!(reading.discussion.comments[5].text.ends_with("No boats in May."));
}

#[test]
fn where_a_platform_prints_who_is_answered_nobody_is_without_it() {
    let days = [1, 9, 4, 12, 7, 15, 11];
    let write = |day: &i32| format!("Ann{day}\nAnn{day}\nMay {day}, 2021 9:15 am\n\nIt works.\n\n");
    let page: String = days.iter().map(write).collect();
    let reading = read(&format!("Subscribe\nNotify of\nguest\n7 Comments\n{page}"));
    let thread = tree(&reading.discussion);
    assert!(thread.depths()[1..].iter().all(|depth| *depth == 1), "sorted by votes");
    assert!((1..=7).all(|place| thread.link(place).evidence == Evidence::Stated));
    assert_eq!(thread.sibling_orders().0, SiblingOrder::Other);
}

#[test]
fn line_ends_and_marks_change_nothing() {
    for (path, _) in facts() {
        let text = fs::read_to_string(seeds().join(&path)).unwrap();
        let plain = read(&text);
        for changed in [text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let reading = read(&changed);
            assert_eq!(reading.discussion.comments, plain.discussion.comments, "{path}");
        }
    }
}

#[test]
fn names_in_any_script_give_the_same_tree() {
    let text = document();
    let plain = tree(&read(&text).discussion);
    for names in [
        ["Мария Іванівна", "Пётр", "أحمد علي"],
        ["李小龍", "王芳", "さくら"],
        ["🦀🦀", "🌊 wave", "ñandú"],
    ] {
        let changed = text
            .replace("Harrington Richardson", names[0])
            .replace("Fleabaggs", names[1])
            .replace("Platoplubius", names[2]);
        let thread = tree(&read(&changed).discussion);
        assert_eq!(thread.parents(), plain.parents(), "{names:?}");
    }
}

/// Lists that have names, dates and texts as comments have them, and comments that have no more.
#[test]
fn lists_are_told_from_bare_comments() {
    let names = ["Aldo Lund", "Berit Rask", "Casimir Quist", "Dunja Osei", "Edwin Moreau"];
    let texts = [
        "The ferry crossed the canal before the winter. Nobody had repaired the pier.",
        "A committee measured the pier twice. The parish paid for the work.",
        "Twelve barrels of tar were sold on Monday. The boats lie on the shore.",
        "The third kiln was opened in spring. Two more are to follow.",
        "Snow lay on the toll house in October. The train was delayed again.",
    ];
    let page = |entry: &dyn Fn(usize, &str) -> String| -> usize {
        let entries = names.iter().enumerate().map(|(i, name)| entry(i, name));
        let page = format!("By the water\n{}", entries.collect::<String>());
        read(&page).discussion.comments.len()
    };
    let titles = [
        "The ferry is late again",
        "A new pier for the town",
        "Tar for the old boats",
        "Kilns along the river",
        "How winter came so near",
    ];
    let posted = |i: usize, name: &str| {
        format!("{}\nPosted by {name} on May {}, 2019 10:0{i}\n{}\n", titles[i], 9 - i, texts[i])
    };
    assert_eq!(page(&posted), 0, "an index of articles");
    let speakers = |i: usize, name: &str| {
        format!("{name}\nMay {}, 2019 at 10:0{i}\n{}\n{}\n", 4 * i + 1, titles[i], texts[i])
    };
    assert_eq!(page(&speakers), 0, "lectures");
    let moods = |i: usize, _: &str| {
        format!("May {}, 2019\nMood: {}\n{}\n", 4 * i + 1, ["calm", "tired"][i % 2], texts[i])
    };
    assert_eq!(page(&moods), 0, "a diary");
    let watches = |i: usize, name: &str| {
        format!("May {}, 2019 10:0{i}\nOn duty: {name}\n{}\n", 4 * i + 1, texts[i])
    };
    assert_eq!(page(&watches), 0, "a log of watches");
    let entries = |i: usize, name: &str| {
        format!("Entry {i}\n{}\n{name}, May {}, 2019 10:0{i}\n", texts[i], i + 1)
    };
    assert_eq!(page(&entries), 0, "a report with signatures");
    let timed = |i: usize, name: &str| format!("{name}\nMay 4, 2019 at 10:0{i}\n{}\n", texts[i]);
    assert_eq!(page(&timed), 5, "comments with times of day");
    let spoken =
        |i: usize, name: &str| format!("{name}\nMay {}, 2019\nI saw it too. {}\n", i + 1, texts[i]);
    assert_eq!(page(&spoken), 5, "people who speak");
    let places = |i: usize| {
        format!("Larch Bay, May {}, 2019 at 10:0{i}\nI slept badly. {}\n", i + 1, texts[i % 5])
    };
    let diary = read(&format!("Along the coast\n{}", (0..8).map(places).collect::<String>()));
    assert_eq!(diary.discussion.comments.len(), 0, "a diary with places");
    let told = |i: usize, name: &str| format!("{name}\nMay {}, 2019\n{}\n", i + 1, texts[i]);
    assert_eq!(page(&told), 0, "people who are told of");
}

#[test]
fn long_lines_and_many_lines_take_linear_time() {
    let line = "a word or two, 3 May 2019 at 10:00 ".repeat(20_000);
    assert!(read(&line).discussion.comments.is_empty());
    let lines = "one\n\ntwo words\n".repeat(20_000);
    assert!(read(&lines).discussion.comments.is_empty());
}

/// A page so large that only an excerpt of it is tried with every grammar. Times are missing here
/// and there, code is indented, and talk is of a form.
#[test]
fn a_large_page_is_read_to_its_end() {
    const COMMENTS: usize = 1_800;
    let comment = |i: usize| {
        let (name, other) =
            (["Ida", "Jonas", "Kari"][i % 3], ["Ida", "Jonas", "Kari"][(i + 1) % 3]);
        let to = if i < 3 { String::new() } else { format!("\u{a0} {other}\n") };
        let date = if i % 20 == 7 { "" } else { "May 4, 2019 10:05 am\n" };
        let text = match i % 100 {
            13 => "* a list\n* of two\n\n      end",
            17 => "Leave a Reply",
            _ => "The ferry was late again.",
        };
        format!("{name}\n{name}\n{to}{date}\n{text}\n\nAnd so on.\n\n")
    };
    let comments: String = (0..COMMENTS).map(comment).collect();
    let reading = read(&format!("The ferry\n\nIt was late.\n\n{COMMENTS} Comments\n{comments}"));
    let found = &reading.discussion.comments;
    assert_eq!(found.len(), COMMENTS);
    assert_eq!(found.iter().filter(|c| c.created.is_none()).count(), COMMENTS / 20);
    assert_eq!(found.iter().filter(|c| c.reply_to.name.is_some()).count(), COMMENTS - 3);
    assert!(found.iter().all(|c| c.reply_to.level.is_none()));
}

/// What nearly all headers begin with is a word of the page only if different names share it.
#[test]
fn what_all_write_alike_is_their_text() {
    let comment = |(i, name)| format!("{name}\nMay 3, 2021 at 10:1{i} am\nRest in peace.\n\n");
    let names = ["Ann", "Bob", "Cy", "Dora", "Emil"].into_iter().enumerate();
    let reading = read(&format!("5 Comments\n\n{}", names.map(comment).collect::<String>()));
    assert_eq!(reading.discussion.comments.len(), 5);
    assert!(reading.discussion.comments.iter().all(|c| c.text == "Rest in peace."));
}

#[test]
fn built_in_profiles_are_sound() {
    for profile in profile::built_in() {
        assert!(!profile.about.is_empty(), "{}", profile.name);
        assert_eq!(plain::faults(profile), Vec::<String>::new(), "{}", profile.name);
    }
}

#[test]
fn an_inferred_profile_reads_the_page_again() {
    let names = ["Ida", "Jonas", "Kari", "Ida", "Leif"];
    let comment = |(i, name): (usize, &&str)| {
        format!(
            "Note from {name}, filed 4 May 2019 at 1{i}:05 in the log\n\nThe {i}th word on the ferry.\n\n"
        )
    };
    let notes: String = names.iter().enumerate().map(comment).collect();
    let text = format!("The ferry\n\nIt was late again.\n\n5 comments\n\n{notes}");
    let first = read(&text);
    let printed = first.inferred.expect("no profile knows the page");
    let taught = profile::parse(&printed).unwrap();
    let second = plain::read("page", &text, &[taught], &ReadOptions::default()).remove(0);
    let shown = |reading: &Discussion| -> Vec<_> {
        let comments = reading.comments.iter();
        comments.map(|c| (c.author.clone(), c.created, c.text.clone())).collect()
    };
    assert_eq!(first.discussion.comments.len(), names.len());
    assert_eq!(shown(&second.discussion), shown(&first.discussion));
}
