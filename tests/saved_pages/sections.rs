//! Saved pages that no profile knows: which of their sections and entries are comments.

use std::fmt::Write;

use super::{by_place, read, tree};

const NAMES: [&str; 4] = ["Ann", "Bob", "Cid", "Dee"];
const SAID: [&str; 4] =
    ["Late again.", "Which boat was it?", "The one at nine.", "I took the bus."];

/// The names and depths of the comments on a page of these elements.
fn thread(elements: &str) -> Vec<(String, u32)> {
    tree(elements).map_or_else(Vec::new, |thread| by_place(&thread, thread.depths()))
}

#[test]
fn entries_of_a_section_are_comments_whatever_they_are_called() {
    // The names are shortened (`reac`), or are those of posts in the language of the page.
    let french = |(i, (name, said)): (usize, (&str, &str))| {
        let answers = match i {
            1 | 4 => String::new(),
            i => {
                format!("<p class=reac-parent>En réponse à <a href='#reac{0}'>#{0}</a></p>", i - 1)
            }
        };
        format!(
            "<li class='reac reac--x' id=reac{i}><div class=reac-tete><span class=reac-pseudo>{name}\
             </span> <time datetime='2022-06-08T09:1{i}'>Le 08/06/2022 à 09:1{i}</time></div>\
             {answers}<div class=reac-corps><p>{said}</p></div></li>"
        )
    };
    let entries: String = (1..).zip(NAMES.into_iter().zip(SAID)).map(french).collect();
    let depths = [1, 2, 3, 1];
    let expected: Vec<(String, u32)> = NAMES.map(String::from).into_iter().zip(depths).collect();
    assert_eq!(thread(&format!("<section id=reactions><ul>{entries}</ul></section>")), expected);

    let czech = |i: usize, inner: &str| {
        format!(
            "<div class=prispevek id=p{i}><div class=hlava><span class=jmeno>{}</span><span \
             class=cas>{i}. 10. 2022 10:00</span></div><div class=telo><p>{}</p></div><div \
             class=pata><button>Souhlasím <b>{i}</b></button></div>{inner}</div>",
            NAMES[i - 1],
            SAID[i - 1],
        )
    };
    let third = format!("<div class=odsazeni>{}</div>", czech(3, ""));
    let second = format!("<div class=odsazeni>{}</div>", czech(2, &third));
    let section = format!("<section id=diskuse>{}{}</section>", czech(1, &second), czech(4, ""));
    assert_eq!(thread(&section), expected);
}

#[test]
fn entries_elsewhere_need_names_of_their_own() {
    let entry = |(i, (title, said)): (usize, (&str, &str))| {
        format!(
            "<li class=item><span class=titel>{title}</span> <time datetime='2021-03-0{i}T10:15'>{i} \
             March</time><p>{said}</p></li>"
        )
    };
    let entries: String = (1..).zip(NAMES.into_iter().zip(SAID)).map(entry).collect();
    let markup = |name: &str| thread(&format!("<div class='{name}'><ul>{entries}</ul></div>"));
    assert_eq!(markup("comments").len(), 4);
    for name in ["latest-comments", "has-comments", "comments-open", "opinion", "news"] {
        assert_ne!(markup(name), markup("comments"), "{name}");
    }
}

#[test]
fn classes_of_looks_are_no_places_of_texts() {
    let post = |(i, (name, said)): (usize, (&str, &str))| {
        format!(
            "<div class='row message'><div class=who><strong class=user>{name}</strong></div><small \
             class='text-muted pull-right'><span class=k-date>0{i} May 2017 19:46</span> <a \
             href='#{i}' id={i}>#{i}</a></small><div class=k>{name} answered in <a href='/9'>The \
             ferry</a><p>{said}</p></div></div>"
        )
    };
    // Days and numbers alone, which say the same of each, are no comments.
    let twice = NAMES.into_iter().zip(SAID).cycle().take(8);
    let posts: String = (1..).zip(twice).map(post).collect();
    let kept = read(format!("<html><body><h1>The ferry</h1>{posts}</body></html>").as_bytes());
    assert_eq!(kept.discussions[0].format, "page", "not by its text");
    let said: Vec<&str> = kept.comments().iter().map(|c| c.text.as_str()).collect();
    assert_eq!(said.len(), 8);
    assert!(
        said.iter().zip(SAID.into_iter().cycle()).all(|(text, said)| text.ends_with(said)),
        "{said:?}"
    );
}

#[test]
fn reports_and_posts_of_other_sites_are_no_comments() {
    let entries: Vec<(&str, &str)> = NAMES.into_iter().zip(SAID).collect();
    for class in ["liveblog-entry", "log-entry", "post-embed"] {
        assert_eq!(read(listed(class, &entries).as_bytes()).comments(), [], "{class}");
    }
    assert_eq!(read(listed("liveblog-comment", &entries).as_bytes()).comments().len(), 4);
}

/// A saved page of entries: the class, and for each a name, a day of May and what it says.
fn listed(class: &str, entries: &[(&str, &str)]) -> String {
    let mut page = "<html><head><title>A page</title></head><body>".to_owned();
    for (day, (name, said)) in (1..).zip(entries) {
        let _ = write!(
            page,
            "<div class={class} id=e{day}><span class=author>{name}</span> <time \
             datetime='2021-05-{day:02}T10:00:00Z'>{day} May 2021</time><div>{said}</div></div>"
        );
    }
    page + "</body></html>"
}

#[test]
fn what_says_nothing_but_links_is_an_index() {
    const NAMES: [&str; 5] = ["Ann", "Bob", "Cyd", "Dee", "Eve"];
    let all = |said: [&'static str; 5]| NAMES.into_iter().zip(said).collect::<Vec<_>>();
    let last_posts = all([
        "<a href=t1.html>Which oars for a skiff?</a>",
        "<a href=t2.html>Sold: a rudder</a>",
        "<a href=t3.html>Wind on Sunday</a>",
        "<a href=t4.html>Photos of the weir</a>",
        "<a href=t5.html>Lost a paddle</a>",
    ]);
    let buttons = "<ul><li><a href=profile>Profile</a></li><li><a href=posts>Posts</a></li></ul>";
    let members = all([buttons; 5]);
    let teasers = all([
        "<a href=a1><h4>The mill</h4> Why it stopped.</a>",
        "<a href=a2><h4>The weir</h4> Who paid for it.</a>",
        "<a href=a3><h4>The ferry</h4> When it runs.</a>",
        "<a href=a4><h4>The lock</h4> What it holds.</a>",
        "<a href=a5><h4>The bridge</h4> How it was built.</a>",
    ]);
    let labels =
        all(["Posted by: 1", "Posted by: 4", "Posted by: 9", "Posted by: 2", "Posted by: 3"]);
    let dated = all([
        "Last post by<br>Wed Nov 05, 2014 2:47 pm",
        "Last post by<br>Thu Sep 18, 2014 3:24 pm",
        "Last post by<br>Thu Dec 04, 2014 10:09 pm",
        "Last post by<br>Wed Dec 03, 2014 6:16 pm",
        "Last post by<br>Tue Oct 07, 2014 11:01 am",
    ]);
    for entries in [last_posts, members, teasers, labels, dated] {
        let html = listed("rowpost", &entries);
        assert_eq!(read(html.as_bytes()).comments(), [], "{html}");
    }
    // What is called the last post is read elsewhere, whatever it says.
    let html = |class| listed(class, &all(["Long ones.", "Why?", "At nine.", "I do.", "Oars!"]));
    assert_eq!(read(html("lastpost").as_bytes()).comments(), []);
    assert_eq!(read(html("rowpost").as_bytes()).comments().len(), 5);
}

#[test]
fn comments_with_links_are_no_index() {
    let own = listed(
        "comment",
        &[
            ("Ann", "<a href='page.html#e1'>#1</a><p>Which oars are best for a skiff?</p>"),
            ("Bob", "<a href='page.html#e2'>#2</a><p>Long ones, if you ask me.</p>"),
            ("Cyd", "<a href='page.html#e3'>#3</a><p><a href=shop>These here</a></p>"),
            ("Ann", "<a href='page.html#e4'>#4</a><p>Thank you both!</p>"),
        ],
    );
    assert_eq!(read(own.as_bytes()).comments().len(), 4);
}
