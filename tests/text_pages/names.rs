//! What is a name, and what stands beside one.

use super::*;

#[test]
fn the_name_of_whom_writes_most_is_kept_whole() {
    let comment = |i: usize| {
        let name = if i == 4 { "Kari" } else { "Virtual Steve" };
        format!(
            "{name}\n{name}\nMay 4, 2019 10:{} am\n\n> the ferry\n\n>\n\n> was late\n\nIt was.\n\n",
            10 + i
        )
    };
    let comments: String = (0..12).map(comment).collect();
    let reading = read(&format!("The ferry\n\nIt was late.\n\n12 Comments\n{comments}"));
    let authors: Vec<_> = reading.discussion.comments.iter().map(|c| c.author.clone()).collect();
    let steve = Some("Virtual Steve".into());
    assert_eq!(authors.len(), 12);
    assert_eq!(authors.iter().filter(|author| **author == steve).count(), 11);
}

/// Four people write twice each, with headers of one shape; their names are read.
#[track_caller]
fn check_name(header: &str) {
    let names = ["Ann Bee", "Captain Haddow", "Moderate Mo", "Ulla"];
    let comment = |i: usize| {
        let header = header.replace("NAME", names[i % 4]).replace("DAY", &(i + 1).to_string());
        format!("{header}\n\nI saw it too, number {i}. And you?\n\nReply\n\n")
    };
    let comments: String = (0..8).map(comment).collect();
    let page = read(&format!("The ferry\n\n8 Comments\n\n{comments}")).discussion.comments;
    let authors: BTreeSet<_> = page.iter().filter_map(|c| c.author.as_deref()).collect();
    assert_eq!(authors, BTreeSet::from(names), "{header}");
}

#[test]
fn names_are_told_from_what_stands_beside_them() {
    check_name("NAME Post author\nMay DAY, 2021 at 10:15");
    check_name("NAME · Follow · May DAY, 2021 at 10:15");
    check_name("NAME dit :\nDAY mai 2021 à 15h44");
    check_name("### **NAME** commented May DAY, 2021");
    check_name("NAME avatarNAME May DAY, 2021 at 10:15");
    check_name("NAME said:\nMay DAY, 2021 10:15 am");
    check_name("NAMEsays:\nMay DAY, 2021 10:15 am");
    check_name("NAMENAMEMay DAY, 2021 10:15 am");
    check_name("NAME (Link) May DAY, 2021 10:15 am");
    check_name("NAMEPost author\nMay DAY, 2021 at 10:15");
    check_name("NAMEhá DAY dias");
    check_name("Offline NAME\nMay DAY, 2021 10:15 am");
    check_name("Répondre Signaler un abus NAME May DAY, 2021 10:15 am");
}

/// What eight comments have for authors, each with a rank of its own below or behind the name.
fn ranked(header: &str) -> Vec<(String, String)> {
    const NAMES: [(&str, &str); 6] = [
        ("Ann", "Old Hand"),
        ("captain7", "Night Watch"),
        ("Bee", "Old Hand"),
        ("Ulla", "Night Watch"),
        ("mo", "Old Hand"),
        ("quill", "Keeper of Keys"),
    ];
    let comment = |i: usize| {
        let (name, rank) = NAMES[i % 6];
        let header = header.replace("NAME", name).replace("RANK", rank);
        let header = header.replace("DAY", &(i + 1).to_string());
        format!("{header}\n\nI saw it too, number {i}. And you?\n\nReply\n\n")
    };
    let text: String = (0..12).map(comment).collect();
    let page = read(&format!("The ferry\n\n12 Comments\n\n{text}")).discussion.comments;
    let names = page.into_iter().map(|c| c.author.unwrap_or_default().to_string());
    names.zip((0..12).map(|i| NAMES[i % 6].0.to_owned())).collect()
}

#[test]
fn ranks_below_and_behind_names_are_no_names() {
    for header in ["NAME\nRANK\nMay DAY, 2021 at 10:15", "NAME RANK\nMay DAY, 2021 at 10:15"] {
        let names = ranked(header);
        assert_eq!(names.len(), 12, "{header}");
        assert!(names.iter().all(|(found, name)| found == name), "{header}: {names:?}");
    }
}

#[test]
fn a_line_that_names_the_one_answered_is_not_the_author() {
    let names = ["Ann", "Bob", "Cid"];
    let comment = |i: usize| {
        let to = if i % 2 == 1 { format!("@{}\n", names[(i - 1) % 3]) } else { String::new() };
        format!(
            "{}\n{to}May {}, 2021 at 10:15\n\nI saw number {i}. And you?\n\nReply\n\n",
            names[i % 3],
            i + 1
        )
    };
    let text: String = (0..9).map(comment).collect();
    let page = read(&format!("The ferry\n\n9 Comments\n\n{text}")).discussion.comments;
    let found: Vec<_> = page.iter().map(|c| c.author.as_deref().unwrap_or_default()).collect();
    assert_eq!(found, (0..9).map(|i| names[i % 3]).collect::<Vec<_>>());
    assert_eq!(page[1].reply_to.name.as_deref(), Some("Ann"));
}

#[test]
fn the_one_answered_may_stand_behind_the_date() {
    let names = ["Ann", "Bob", "Cid"];
    let comment = |i: usize| {
        let to = if i % 2 == 1 {
            format!(" (in reply to {})", names[(i - 1) % 3])
        } else {
            String::new()
        };
        format!(
            "{}, {} May 2021, 10:15 am{to}\nI saw number {i}. And you?\n\n",
            names[i % 3],
            i + 1
        )
    };
    let text: String = (0..9).map(comment).collect();
    let page = read(&format!("The ferry\n\n9 Comments\n\n{text}")).discussion.comments;
    assert_eq!(page.len(), 9);
    assert_eq!(page[1].reply_to.name.as_deref(), Some("Ann"));
}

#[test]
fn ranks_stand_at_one_distance_from_the_dates() {
    const FIELDS: &str = "**\nPosts: 30\nView Profile\nRe: The ferry";
    for header in [
        format!("NAME\nRANK\n{FIELDS}\n« Reply #DAY on: May DAY, 2021, 10:15:02 AM »"),
        format!("Offline NAME\nRANK\n{FIELDS}\n« Reply #DAY on: May DAY, 2021, 10:15:02 AM »"),
    ] {
        let names = ranked(&header);
        assert_eq!(names.len(), 12, "{header}");
        assert!(names.iter().all(|(found, name)| found == name), "{header}: {names:?}");
    }
}

/// Whom eight comments are by and whom they answer, each third below a header that names both.
fn answering(header: &str) -> Vec<(String, Option<String>)> {
    const NAMES: [&str; 4] = ["tinker", "Ivo", "nightowl", "Bee Line"];
    let comment = |i: usize| {
        let to = if i % 3 == 2 { NAMES[(i + 1) % 4] } else { "" };
        let header = header.replace("NAME", NAMES[i % 4]).replace("TO", to);
        format!(
            "{}\n\nI saw it too, number {i}. And you?\n\n[Reply](/r)\n\n",
            header.replace("DAY", &(i + 1).to_string())
        )
    };
    let text: String = (0..8).map(comment).collect();
    let page = read(&format!("# [The ferry](/)\n\n## 8 Comments\n\n{text}")).discussion.comments;
    let names = page.into_iter().map(|c| {
        let to = c.reply_to.name.map(|to| to.to_string());
        (c.author.unwrap_or_default().to_string(), to)
    });
    names.collect()
}

#[test]
fn a_name_ends_with_its_link() {
    let found = answering("[NAME](/u/1)TO [DAY May 2021 10:15](/c/DAY)");
    assert_eq!(found.len(), 8);
    assert_eq!(found[2], ("nightowl".into(), Some("Bee Line".into())));
    assert_eq!(found[5], ("Ivo".into(), Some("nightowl".into())));
    assert_eq!(found[7], ("Bee Line".into(), None));
    // Of two links the first may be a number.
    let found = answering("[Comment DAY](/c/DAY) [NAME](/u/1) DAY May 2021 10:15");
    assert_eq!(found[7], ("Bee Line".into(), None));
}

#[test]
fn what_stands_in_parentheses_behind_several_names_is_no_part_of_them() {
    let header = "NAMERANK May DAY, 2021 at 10:15";
    for (rank, is_part) in [(" (guest)", false), (" (NAME)", true)] {
        let comment = |i: usize| {
            let name = ["Ann", "captain7", "Bee"][i % 3];
            let rank = if i.is_multiple_of(2) { rank } else { "" };
            let header = header.replace("RANK", rank).replace("NAME", name);
            format!(
                "{}\n\nI saw it too, number {i}.\n\n",
                header.replace("DAY", &(i + 1).to_string())
            )
        };
        let text: String = (0..8).map(comment).collect();
        let page = read(&format!("The ferry\n\n8 Comments\n\n{text}")).discussion.comments;
        assert_eq!(page.len(), 8);
        assert_eq!(page[2].author.as_deref(), Some(if is_part { "Bee (Bee)" } else { "Bee" }));
    }
}

/// The authors of six comments and whom they answer, printed in one line as `shape` says.
fn answering_in_line(shape: &str) -> Vec<(String, Option<String>)> {
    let names = ["小鱼儿2019", "北方有雪", "Ann", "小鱼儿2019", "Alex陈", "北方有雪"];
    let to = [None, Some(0), Some(1), None, Some(2), Some(3)];
    let comment = |i: usize| {
        let name = to[i].map_or(names[i].to_owned(), |to: usize| {
            shape.replace("NAME", names[i]).replace("TO", names[to])
        });
        format!("{name}\n2020-10-1{i} 09:15\nI saw it too, number {i}. And you?\n回复\n\n")
    };
    let comments: String = (0..6).map(comment).collect();
    let page = read(&format!("The ferry\n\n6 条评论\n\n{comments}")).discussion.comments;
    page.iter()
        .map(|c| {
            let to = c.reply_to.name.as_ref().map(ToString::to_string);
            (c.author.clone().unwrap_or_default().to_string(), to)
        })
        .collect()
}

#[test]
fn the_one_answered_is_told_from_the_author_in_the_same_line() {
    for shape in ["NAME 回复 TO", "NAME@TO"] {
        let found = answering_in_line(shape);
        let expected = [
            ("小鱼儿2019", None),
            ("北方有雪", Some("小鱼儿2019")),
            ("Ann", Some("北方有雪")),
            ("小鱼儿2019", None),
            ("Alex陈", Some("Ann")),
            ("北方有雪", Some("小鱼儿2019")),
        ];
        let expected: Vec<(String, Option<String>)> =
            expected.iter().map(|(name, to)| ((*name).to_owned(), to.map(str::to_owned))).collect();
        assert_eq!(found, expected, "{shape}");
    }
}

#[test]
fn the_last_digit_of_a_name_is_told_from_the_day_that_is_glued_to_it() {
    // `Ulla2` stands alone once; that of `tom3` is told by the order of the comments.
    let page = "Das Boot\n\n5 Kommentare\n\n\
        Karin1. März 2014 um 10:15\n\nIch war auch dort.\n\n\
        Ulla22. März 2014 um 08:15\n\nWas meinst du damit?\n\n\
        tom32. März 2014 um 09:15\n\nIch verstehe es nicht.\n\n\
        Ulla23. März 2014 um 11:02\n\nDann frag mich doch.\n\n\
        Ulla214. März 2014 um 12:00\n\nIst es jetzt klar?\n\n";
    let comments = read(page).discussion.comments;
    let read: Vec<String> = comments
        .iter()
        .map(|c| format!("{} {}", c.author.as_deref().unwrap(), printed(c.created.unwrap())))
        .collect();
    let expected = [
        "Karin 2014-03-01T10:15",
        "Ulla2 2014-03-02T08:15",
        "tom3 2014-03-02T09:15",
        "Ulla2 2014-03-03T11:02",
        "Ulla2 2014-03-14T12:00",
    ];
    assert_eq!(read, expected);
}

#[test]
fn sentences_and_lengths_of_time_are_no_headers_among_names_and_dates() {
    let odd =
        "I asked two people about it. Nobody knew what one says\n\nmix the tar at least 45 minutes";
    for (i, odd) in odd.split("\n\n").enumerate() {
        let comment = |n: usize| {
            let name = ["Ann", "captain7", "Bee"][n % 3];
            let text =
                if n == 3 { format!("Well:\n\n{odd}\n\nSo it is.") } else { "I saw it.".into() };
            match i {
                0 => format!("{name} says:\n\n{text}\n\nMay {}, 2021 at 10:15\n\n", n + 1),
                _ => format!("{name} May {}, 2021 at 10:15\n\n{text}\n\n", n + 1),
            }
        };
        let text: String = (0..7).map(comment).collect();
        let page = read(&format!("The ferry\n\n7 Comments\n\n{text}")).discussion.comments;
        assert_eq!(page.len(), 7, "{odd}");
        assert!(page[3].text.contains(odd), "{odd}");
    }
    // A name with an age is one, though all others have a day.
    let comment = |n: usize| {
        let date = if n == 0 { "2h".into() } else { format!("May {}, 2021", 9 - n) };
        format!("{}\n{date}\n\nI saw it. Did you?\n\nReply\n\n", ["Ann", "captain7", "Bee"][n % 3])
    };
    let text: String = (0..7).map(comment).collect();
    assert_eq!(read(&format!("The ferry\n\n7 Comments\n\n{text}")).discussion.comments.len(), 7);
}

#[test]
fn a_role_behind_the_words_of_a_picture_is_the_name() {
    let comment = |n: usize| {
        let name = ["Timo", "Redaktion", "Uschi"][n % 3];
        format!(
            "Profilbild von {name}\n{name}\n{}\n{name}\n0{}.02.2019, 08:37 Zitieren #\n\nIch habe ihn seit \
             Weihnachten.\n\n",
            n * 3,
            n + 1
        )
    };
    let text: String = (0..8).map(comment).collect();
    let page = read(&format!("Der Test\n\n8 Kommentare\n\n{text}")).discussion.comments;
    let names: Vec<&str> = page.iter().filter_map(|c| c.author.as_deref()).take(3).collect();
    assert_eq!((page.len(), names), (8, vec!["Timo", "Redaktion", "Uschi"]));
}
