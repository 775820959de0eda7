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
}
