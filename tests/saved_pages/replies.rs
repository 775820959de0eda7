//! Saved pages that no profile knows: replies that are called otherwise than comments, name the one
//! answered, or stand where nothing is called after comments.

use super::{by_place, read, tree, written};
use rejoinder::comment::Layout;

/// The name and the parent of each comment on a page of these elements.
fn replies(elements: &str) -> Vec<(String, u32)> {
    tree(elements).map_or_else(Vec::new, |thread| by_place(&thread, thread.parents()))
}

fn named(expected: &[(&str, u32)]) -> Vec<(String, u32)> {
    expected.iter().map(|(name, parent)| ((*name).to_owned(), *parent)).collect()
}

#[test]
fn replies_may_be_called_otherwise() {
    let entry = |class: &str, id: u32, name: &str, said: &str, replies: &str| {
        format!(
            "<div class={class} data-id={id}><p class=huvud><strong>{name}</strong>, Umeå <span \
             class=tid>{id} oktober 2017</span></p><div class=saga><p>{said}</p></div>{replies}</div>"
        )
    };
    let answers = entry("motinlagg", 12, "Bob", "It was the wind.", "")
        + &entry("motinlagg", 13, "Ann", "Nobody said so.", "");
    let section = format!(
        "<section id=kommentarer>{}{}{}</section>",
        entry("bidrag", 11, "Ann", "Late again.", &format!("<div class=alla>{answers}</div>")),
        entry("bidrag", 14, "Cid", "I took the bus.", ""),
        entry("bidrag", 15, "Dee", "Wise.", ""),
    );
    let expected = [("Ann", 0), ("Bob", 1), ("Ann", 1), ("Cid", 0), ("Dee", 0)];
    assert_eq!(replies(&section), named(&expected));
    // What somebody quotes has a name and a date as well.
    let quoted = section.replace("motinlagg", "quotebox");
    assert_eq!(replies(&quoted).len(), 3);
}

#[test]
fn links_within_a_thread_say_more_than_its_nesting() {
    let entry = |id: &str, name: &str, to: &str, inner: &str| {
        let to = if to.is_empty() { String::new() } else { format!("Re <a href='#{to}'>it</a>: ") };
        format!(
            "<div class=tk-comment id={id}><strong class=tk-nick>{name}</strong><time \
             datetime='2023-06-18T11:05:31Z'></time><div class=tk-content><span>{to}</span><span>\
             <p>{name} says so.</p></span></div>{inner}</div>"
        )
    };
    let list = entry("a7", "Bob", "a6", "")
        + &entry("a8", "Cid", "a7", "")
        + &entry("a9", "Dee", "a6", "");
    let page = entry("a6", "Ann", "", &list) + &entry("b1", "Eve", "", "");
    let expected = [("Ann", 0), ("Bob", 1), ("Cid", 2), ("Dee", 1), ("Eve", 0)];
    assert_eq!(replies(&page), named(&expected));
    // A link out of the thread is no reply.
    let out = page.replace("#a7", "#b1");
    assert_eq!(replies(&out)[2], ("Cid".to_owned(), 1));
}

#[test]
fn a_number_is_enough_where_the_page_asks_for_answers() {
    // A guestbook, whose owner answers in the same cell.
    let entry = |id: u32, name: &str, said: &str, answer: &str| {
        format!(
            "<table class=gb id=gb{id}><tr><td><b>{name}</b> <i>(Szeged)</i></td><td>2006.08.{id}. \
             19:33</td></tr><tr><td colspan=2><div class=gbtext>{said}</div>{answer}</td></tr></table>"
        )
    };
    let answer =
        "<div class=valasz id=gb12><b>Zoe</b> (2006.08.15. 20:15): <p>Last Monday.</p></div>";
    let page = entry(11, "Ann", "When did the old mill close?", answer)
        + &entry(13, "Bob", "A fine page.", "")
        + &entry(14, "Cid", "Greetings from the ferry.", "");
    let form = "<form><textarea name=text></textarea></form>";
    let expected = [("Ann", 0), ("Zoe", 1), ("Bob", 0), ("Cid", 0)];
    assert_eq!(replies(&format!("{page}{form}")), named(&expected));
}

#[test]
fn terms_and_what_follows_them_are_comments() {
    let entry = |n: u32, name: &str, said: &str| {
        format!(
            "<dt>{n} ：<font color=green><b>{name}</b></font>：2009/07/22(水) 11:0{n}:35 ID:kR3x9Qb0<dd> \
             {said} <br><br>"
        )
    };
    let to = |n: u32| format!("<a href='../test/read.cgi/sky/124/{n}'>&gt;&gt;{n}</a> <br>");
    let list = entry(1, "Ann", "見えた？")
        + &entry(2, "Bob", &format!("{} 見えた", to(1)))
        + &entry(3, "Ann", "おつかれ")
        + &entry(4, "Cid", &format!("{} 雲の切れ間", to(2)));
    let page = format!("<dl class=thread>{list}</dl>");
    assert_eq!(replies(&page), named(&[("Ann", 0), ("Bob", 1), ("Cid", 2), ("Ann", 0)]));
}

#[test]
fn a_heading_may_be_a_name_and_a_date() {
    let entry = |n: u32, name: &str| {
        format!(
            "<article id=c{n} class=x_comment><header><h4>{name} am <time \
             datetime='2012-07-1{n}T09:02:00+02:00'>1{n}. Juli 2012</time>:</h4></header><div \
             class='x_commentBody content'><p>Number {n} saw it, too.</p></div><footer><time>09:02\
             </time> | <a href='#c{n}'>Link</a></footer></article>"
        )
    };
    let list =
        entry(1, "Dirk D.") + &entry(2, "<a href='http://x.example'>Ann</a>") + &entry(3, "2cents");
    assert_eq!(replies(&list), named(&[("Dirk D.", 0), ("Ann", 0), ("2cents", 0)]));
}

#[test]
fn a_title_is_no_name_and_a_rank_no_part_of_it() {
    let entry = |n: u32, title: &str, name: &str| {
        format!(
            "<div class=comment-item id=cm{n}><div class=ttl>{title}</div><div class=by>By: <span \
             class=nm>{name}</span></div><div class=dt>{n} March 2013 - 14:20</div><div class=bd>\
             <p>{title}, {name} says.</p></div></div>"
        )
    };
    let list =
        entry(1, "A view", "Ann") + &entry(2, "So it is", "Bob") + &entry(3, "Indeed", "Cid");
    let list = list + &entry(4, "", "Ann") + &entry(5, "A question", "Dee");
    let names: Vec<String> = replies(&list).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Ann", "Bob", "Cid", "Ann", "Dee"]);

    let entry = |n: u32, name: &str, rank: &str| {
        format!(
            "<li class=comment-item id=r{n}><div class=r-author><span class=r-name>{name}</span>{rank}\
             </div><div class=r-date>{n} March 2013</div><div class=r-text><p>Number {n} saw it, \
             too.</p></div></li>"
        )
    };
    let list =
        entry(1, "Ann", "") + &entry(2, "Kitchen Team", "<b>Staff</b>") + &entry(3, "Cid", "");
    let names: Vec<String> = replies(&list).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Ann", "Kitchen Team", "Cid"]);
}

#[test]
fn a_review_has_a_title_that_leads_to_itself() {
    let entry = |n: u32, name: &str, to: &str| {
        format!(
            "<article class=review-card><span class=r-author>{name}</span><time \
             datetime='2022-08-0{n}T18:20:11Z'></time><div id=x{n}><a href='/reviews/{to}'><h2>Title \
             {n}</h2></a><p>Number {n} saw it, too.</p></div></article>"
        )
    };
    let list = |to: fn(u32) -> String| -> String {
        (1..).zip(["Ann", "Bob", "Cid"]).map(|(n, name)| entry(n, name, &to(n))).collect()
    };
    assert_eq!(replies(&list(|n| format!("x{n}"))).len(), 3);
    assert_eq!(replies(&list(|n| format!("more-{n}.html"))), []);
}

#[test]
fn letters_in_an_article_are_no_comments() {
    let article = "<article><div class=entry-content><p>By Ann Bell, June 9, 2012</p><p>The letters \
        below were found behind a chimney.</p><h2>At sea, June 9th</h2><blockquote><p>We have but two \
        fish.</p></blockquote><h2>At sea, September 20th</h2><blockquote><p>We are full, eleven \
        fish.</p></blockquote></div></article>";
    let closed = "<div class=comments-area><p class=no-comments>Comments are closed.</p></div>";
    assert_eq!(replies(&format!("{article}{closed}")), []);
}

#[test]
fn moments_for_programs_are_read_from_attributes() {
    let entry = |n: u32, date: &str| {
        format!(
            "<div class=comment id=c{n}><b class=author>Ann {n}</b> {date}<p>Number {n} saw it, \
             too.</p></div>"
        )
    };
    let times = |date: fn(u32) -> String| -> Vec<String> {
        let list: String = (1..4).map(|n| entry(n, &date(n))).collect();
        let kept = read(format!("<html><body><h1>The ferry</h1>{list}</body></html>").as_bytes());
        kept.comments().iter().filter_map(|c| c.created.as_ref()).map(written).collect()
    };
    let expected = ["2014-09-05T22:21", "2014-09-05T22:22", "2014-09-05T22:23"];
    let seconds =
        |n: u32| format!("<i data-utc='{}'>09/05/14(Fri)18:2{n}</i>", 1_409_955_610 + n * 60);
    assert_eq!(times(seconds), expected);
    let title = |n: u32| format!("<a title='13.09.2014 10:0{n}'>9 years</a> ago");
    assert_eq!(times(title), ["2014-09-13T10:01", "2014-09-13T10:02", "2014-09-13T10:03"]);
}

#[test]
fn a_forum_is_flat_unless_it_shows_threads() {
    let layout = |name: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/pages");
        let kept = read(&std::fs::read(folder.join(name)).unwrap());
        kept.discussions[0].layout
    };
    assert_eq!(layout("bbpress.html"), Layout::Preorder);
    assert_eq!(layout("bbpress_flat.html"), Layout::Flat);
}
