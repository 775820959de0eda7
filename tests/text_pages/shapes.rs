//! Headers of platforms that no profile knows, in one line and on either side of the text.

use super::*;

const NAMES: [&str; 4] = ["Ann Bee", "Captain Haddow", "Moderate Mo", "Ulla"];

/// Eight comments below an article, each as `shape` prints it.
fn page(shape: &str) -> String {
    let comment = |i: usize| {
        let text = format!("I saw it too, number {i}. And you?");
        shape
            .replace("NAME", NAMES[i % 4])
            .replace("DAY", &(i + 11).to_string())
            .replace("NUMBER", &(i + 1).to_string())
            .replace("TEXT", &text)
    };
    let comments: String = (0..8).map(comment).collect();
    format!(
        "The ferry\n\nThe ferry was late again, as it has been all summer.\n\nComments\n\n{comments}"
    )
}

#[track_caller]
fn check_shape(shape: &str) {
    let comments = read(&page(shape)).discussion.comments;
    assert_eq!(comments.len(), 8, "{shape}");
    for (i, comment) in comments.iter().enumerate() {
        assert_eq!(comment.author.as_deref(), Some(NAMES[i % 4]), "{shape}");
        assert!(comment.text.contains(&format!("number {i}.")), "{shape}: {}", comment.text);
    }
}

#[test]
fn names_behind_dates_are_read() {
    check_shape("NUMBER. Le DAY mai 2021, 10:42 par NAME\n\nTEXT\n\n");
}

#[test]
fn empty_lines_tell_that_headers_stand_below_the_texts() {
    check_shape("TEXT\nposted by NAME at 3:59 AM on May DAY, 2021 [NUMBER favorites]\n\n");
}

#[test]
fn what_a_forum_counts_is_no_part_of_a_name() {
    check_shape("NAME Member Posts: 30NUMBER\nMay DAY, 2021 10:13 AM\nTEXT\n");
}

#[test]
fn a_first_letter_in_place_of_a_picture_is_no_part_of_a_name() {
    let shape = page("NAME\nDAY May 2021, 10:15\nTEXT\nReply\n\n");
    let lettered = NAMES.iter().fold(shape, |page, name| {
        page.replace(&format!("{name}\n"), &format!("{} {name}\n", &name[..1]))
    });
    let comments = read(&lettered).discussion.comments;
    assert_eq!(comments.len(), 8);
    assert!(comments.iter().all(|c| NAMES.contains(&c.author.as_deref().unwrap_or_default())));
}

#[test]
fn lists_of_changes_are_no_comments() {
    let change = |i: usize| {
        let name = NAMES[i % 4];
        format!("{name} ({} Mar 2018)\n- docs: mend number {i}, thanks!\n\n", 28 - i)
    };
    let changes: String = (0..16).map(change).collect();
    assert_eq!(read(&format!("Changes\n\n{changes}")).discussion.comments, []);
    let release = |i: usize| {
        format!(
            "## 1.{} - 2021-0{}-03\n\n### Fixed\n\n- Your file is read whole.\n\n",
            9 - i,
            9 - i
        )
    };
    let releases: String = (0..8).map(release).collect();
    assert_eq!(read(&format!("# Changelog\n\n{releases}")).discussion.comments, []);
}

#[test]
fn the_last_line_of_a_page_is_no_comment() {
    let shape = page("NUMBER\nTEXT\nPosted by NAME on DAY May 2021 @ 3:59am | permalink\n");
    let text = format!("{shape}\n© 2021 The Ferry Post. All rights reserved.\n");
    let comments = read(&text).discussion.comments;
    assert_eq!(comments.len(), 8);
    for (i, comment) in comments.iter().enumerate() {
        assert_eq!(comment.author.as_deref(), Some(NAMES[i % 4]));
        assert!(comment.text.contains(&format!("number {i}.")), "{}", comment.text);
    }
}

#[test]
fn a_date_above_the_first_text_is_that_of_the_first_comment() {
    check_shape("5/DAY/2021 7:18:51 PM #\nNAME\n\nTEXT\n\nNAME Norway\n");
}

#[test]
fn texts_are_signed_at_the_end_of_their_last_line() {
    check_shape("NUMBER\nTEXT – NAME May DAY '21 at 13:20\n\n");
    let long = "It rains, and nobody goes out. ".repeat(20);
    check_shape(&format!("NUMBER\n{long}TEXT – NAME May DAY '21 at 13:20\n\n"));
}

#[test]
fn platforms_are_known_in_their_older_looks() {
    for shape in [
        "At DAY May 2021 7:41 PM, Blogger NAME said…\n\nTEXT\n\n",
        "TEXT\n- NAME, Leeds, United Kingdom, DAY/5/2021 17:28\nClick to rate\nRating   6\n\n",
        "NAME · Top Commenter · Leeds\nTEXT\nReply · 9 · Like · Follow Post · May DAY at 10:03pm\n",
        "NAME I'm a Fan of NAME 599 fans permalink\nTEXT\nPosted 07:38 PM on 05/DAY/2021\nReply\n",
        "From:\t\t[info]NAME\nDate:\t\tMay DAY, 2021 02:20 pm (UTC)\n(Link)\nTEXT\n(Reply) (Thread)\n",
        "A word (4.33 / 4) (#NUMBER)\nby NAME on Mon May DAY, 2021 at 03:57:52 PM EST\n\
         (User Info) http://www.example.net\nTEXT\n[ Reply to This | none / 0 / 1 / 2 / 3 ]\n",
        "NAME said in reply to Quill...\nTEXT\nReply Saturday, May DAY, 2021 at 01:58 PM\n",
        "NAME\npost May DAY 2021, 02:16 PM\nPost #NUMBER\nSenior Member\n**\nGroup: Members\n\
         Posts: 702\nMember No.: 9,844\nTEXT\nGo to the top of the page\n+Quote Post\n",
        "NAME\nUpstate DAY days ago\nTEXT\nReply 22 Recommend Share\nFlag\n",
        "TEXT\nposted by NAME at 4:40 PM on May DAY, 2021 [33 favorites]\n",
    ] {
        check_shape(shape);
    }
}

#[test]
fn answers_of_stack_exchange_are_no_part_of_the_comments_below_them() {
    let text = fs::read_to_string(seeds().join("stackexchange/answers.txt")).unwrap();
    let texts: Vec<String> =
        read(&text).discussion.comments.into_iter().map(|comment| comment.text).collect();
    assert_eq!(
        texts,
        [
            "How warm is your kitchen?",
            "@Tetsu around 19 °C at night, 22 °C by day.",
            "Shaping it was. Thank you!",
            "Worth adding that a wet dough makes it harder for beginners.",
            "+1 for the toast",
        ]
    );
}

#[test]
fn lines_that_only_begin_like_boxes_of_forums_are_texts() {
    let written = [
        ("Ann", "Thanks a lot, that worked"),
        ("Bee", "Age is no excuse"),
        ("Ann", "Posts like yours help"),
        ("Cy", "Location matters most"),
    ];
    let post = |i: usize| {
        let (name, text) = written[i];
        format!(
            "05-1{i}-2011, 10:1{i} AM #{i}\n{name}\nJunior Member\nJoin Date\nJan 2010\nPosts\n2{i}\n\n\
             {text}\nReply With Quote\n\n"
        )
    };
    let posts: String = (0..written.len()).map(post).collect();
    let page = format!("Forum\nThread Tools\n\n{posts}Quick Navigation\nPowered by vBulletin\n");
    let comments = read(&page).discussion.comments;
    let texts: Vec<&str> = comments.iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(texts, written.map(|(_, text)| text));
}
