//! Names, dates and replies of pages whose elements are not called after them.

use super::{read, written};
use rejoinder::comment::Name;
use rejoinder::diagnostic::{Diagnostic, Oddity};
use rejoinder::linking;

/// The names of the commenters on a page of these comments.
fn authors(comments: &str) -> Vec<Option<String>> {
    let kept = read(format!("<html><body><h1>The ferry</h1>{comments}</body></html>").as_bytes());
    kept.comments().iter().map(|c| c.author.as_ref().map(ToString::to_string)).collect()
}

#[test]
fn themes_show_names_that_are_no_links() {
    // Whoever leaves no address has a name without a link; beside it stands one that says Reply.
    let reply = "<a class='comment-reply-link' href='#respond'>Reply</a>";
    let themes: [fn(&str, &str) -> String; 4] = [
        |name, reply| {
            format!(
                "<div class='comment-author'><span class='comment-link'>{name} </span><span \
                 class='comment-meta commentmetadata'><span class='comment-date'>13 Jan 2020</span> \
                 {reply}</span></div>"
            )
        },
        |name, reply| {
            format!(
                "<div class='comment-head'><span class='name'>{name}</span><span \
                 class='date'>January 13, 2020 at 9:04 am</span></div><div class=reply>{reply}</div>"
            )
        },
        |name, reply| {
            format!(
                "<div class='wp-block-comment-author-name'>{name}</div><div \
                 class='wp-block-comment-date'><time datetime='2020-01-13T09:04:00+00:00'><a \
                 href='#c'>January 13, 2020 at 9:04 am</a></time></div>{reply}"
            )
        },
        |name, reply| {
            format!(
                "<h4> {name} <span class='meta'>9:04 am <em>on</em> January 13, 2020 <span \
                 class='actions'><a href='#c'>Permalink</a> | {reply}</span></span></h4>"
            )
        },
    ];
    for theme in themes {
        let comment = |i: usize, name: &str| {
            format!(
                "<li id='comment-{i}' class='comment depth-1'>{}<div \
                 class='comment-content'><p>Number {i} saw it too.</p></div></li>",
                theme(name, reply)
            )
        };
        let linked = "<a class='url' href='http://x.example/'>Bob</a>";
        let list = format!("<ol>{}{}</ol>", comment(1, "Ann"), comment(2, linked));
        assert_eq!(authors(&list), [Some("Ann".into()), Some("Bob".into())], "{list}");
    }
}

#[test]
fn ids_speak_of_comments_and_links_of_people() {
    let comment = |(i, name): (usize, &str)| {
        format!(
            "<div class=zz-row id=ZZComment{i}><div class=zz-top><span class=zz-who><a \
             href='http://x.example/people/{i}'>{name}</a></span><span class=zz-fame>6{i}p</span>\
             <p class=zz-time>May {i}, 2011</p></div><div class=zz-said>Number {i} saw it, too.\
             </div></div>"
        )
    };
    let comments: String = (1..).zip(["Ann", "Bob", "Cid"]).map(comment).collect();
    assert_eq!(authors(&comments), ["Ann", "Bob", "Cid"].map(|name| Some(name.to_owned())));
    let latest = comments.replace("ZZComment", "recent-comment-");
    assert_eq!(authors(&latest), []);
}

#[test]
fn bars_divide_a_byline() {
    let said = ["Late again.", "When?", "At nine, as ever.", "I took the bus.", "Wise."];
    let comment = |(i, name): (usize, &str)| {
        format!(
            "<div class=comment id=c{i}><div class=commentbody>{}</div><span \
             class=byline>{name} | <a href='mailto:x@x.example'>Email</a> | 07.1{i}.08 - 9:04 am | \
             <a href='#{i}'>#</a></span></div>",
            said[i - 1]
        )
    };
    let names = ["Ann", "2cents", "<a href='http://x.example/'>Cid</a>", "Dee Day", "Eve"];
    let comments: String = (1..).zip(names).map(comment).collect();
    let expected = ["Ann", "2cents", "Cid", "Dee Day", "Eve"];
    assert_eq!(authors(&comments), expected.map(|name| Some(name.to_owned())));
}

#[test]
fn dates_without_a_year_are_those_of_the_page() {
    let comment = |(i, name): (usize, &str)| {
        format!(
            "<div class=comments id=c{i}>Number {i} saw it, too.<br><span class=smallcopy>posted by \
             <a href='/user/{i}'>{name}</a> at 3:0{i} PM on March {i}</span></div>"
        )
    };
    let comments: String = (1..).zip(["Ann", "Bob", "Cid"]).map(comment).collect();
    let html = format!("<html><body><p>February 28, 2012</p>{comments}</body></html>");
    let kept = read(html.as_bytes());
    let times: Vec<_> = kept.comments().iter().filter_map(|c| c.created.as_ref()).collect();
    let times: Vec<String> = times.into_iter().map(written).collect();
    assert_eq!(times, ["2012-03-01T15:01", "2012-03-02T15:02", "2012-03-03T15:03"]);
    let warned = |d: &Diagnostic| d.kind == Oddity::AmbiguousDate && d.message.contains("2012");
    assert!(kept.diagnostics.iter().any(warned), "{:?}", kept.diagnostics);
}

#[test]
fn when_somebody_joined_is_no_date_of_a_comment() {
    let post = |(i, name): (usize, &str)| {
        format!(
            "<div class=blockpost><h2><a href='#p{i}'>2012-06-08 10:0{i}:59</a></h2><div \
             class=postbody><dl><dt><a href='profile.php?id={i}'>{name}</a></dt><dd>\
             <span>Registered: 2005-05-0{i}</span></dd></dl><div class=postmsg><p>Number {i} saw \
             it, too.</p></div></div></div>"
        )
    };
    let posts: String = (1..).zip(["Ann", "Bob", "Cid", "Dee"]).map(post).collect();
    let kept = read(format!("<html><body><h1>The ferry</h1>{posts}</body></html>").as_bytes());
    let times: Vec<_> = kept.comments().iter().filter_map(|c| c.created.as_ref()).collect();
    assert!(times.iter().all(|time| written(time).starts_with("2012-06-08")), "{times:?}");
}

#[test]
fn images_that_nobody_sees_push_replies_to_the_right() {
    let comment = |(i, name, width): (usize, &str, u32)| {
        format!(
            "<table class=zz-comment><tr><td><img src=x.gif height=1 width={width}></td><td><b \
             class=user>{name}</b> <span class=date>May {i}, 2011</span><div class=said>Number \
             {i} saw it, too.</div></td></tr></table>"
        )
    };
    let list = [(1, "Ann", 0), (2, "Bob", 40), (3, "Cid", 80), (4, "Dee", 40)];
    let comments: String = list.into_iter().map(comment).collect();
    let kept = read(format!("<html><body><h1>The ferry</h1>{comments}</body></html>").as_bytes());
    let discussion = kept.discussions.into_iter().next().unwrap();
    let thread = linking::link(Name::from("t"), discussion, &mut Vec::new());
    assert_eq!(thread.depths().to_vec(), [0, 1, 2, 3, 2]);
}

#[test]
fn lists_without_names_nest_comments() {
    let comment = |i: usize, name: &str, said: &str, replies: &str| {
        let replies =
            if replies.is_empty() { String::new() } else { format!("<ul>{replies}</ul>") };
        format!(
            "<li><table><tr><td><b>{name}</b></td></tr><tr><td>on March 0{i}, 2006 at 10:1{i} AM\
             </td></tr><tr><td>{said}</td></tr></table>{replies}</li>"
        )
    };
    let third = comment(3, "Cid", "The one at nine, as always.", "");
    let second = comment(2, "Bob", "Which of the two boats?", &third);
    let first = comment(1, "Ann", "The boat came late again.", &second);
    let fourth = comment(4, "Dee", "I took the bus, as I said.", "");
    let html = format!("<html><body><h1>The ferry</h1><ul>{first}{fourth}</ul></body></html>");
    let kept = read(html.as_bytes());
    let discussion = kept.discussions.into_iter().next().unwrap();
    let thread = linking::link(Name::from("t"), discussion, &mut Vec::new());
    assert_eq!(thread.depths().to_vec(), [0, 1, 2, 3, 1], "{html}");
}

#[test]
fn a_date_right_behind_a_name_is_read_without_it() {
    // `bob_77` and `3. September` are no 773rd of September.
    let comment = |(i, name): (usize, &str)| {
        format!(
            "<li class='comment depth-1' id=li-comment-{i}><div id=comment-{i}><div \
             class='comment-author meta'><strong>{name}</strong>{i}. September 2018 um 10:15 Uhr<a \
             class=comment-reply-link href='#comment-{i}'> - Antworten</a></div><div \
             class=comment-text><p>Nummer {i} war auch dabei.</p></div></div></li>"
        )
    };
    let comments: String = (1..).zip(["Ann", "Bert", "bob_77"]).map(comment).collect();
    let kept =
        read(format!("<html><body><h1>Fähre</h1><ol>{comments}</ol></body></html>").as_bytes());
    let times: Vec<_> = kept.comments().iter().filter_map(|c| c.created.as_ref()).collect();
    let times: Vec<String> = times.into_iter().map(written).collect();
    assert_eq!(times, ["2018-09-01T10:15", "2018-09-02T10:15", "2018-09-03T10:15"]);
}

#[test]
fn when_somebody_joined_is_said_in_many_languages() {
    for joined in ["Inscription :", "Membre depuis", "Регистрация:", "Dołączył:", "Katılım:"]
    {
        let post = |(i, name): (usize, &str)| {
            format!(
                "<div class=postbody id=m{i}><a href='profile?{i}'>{name}</a><span>{joined} \
                 2012-09-1{i}</span><div class=postmsg><p>Number {i} saw it, too.</p></div></div>"
            )
        };
        let posts: String = (1..).zip(["Ann", "Bob", "Cid", "Dee"]).map(post).collect();
        let kept = read(format!("<html><body><h1>Ferry</h1>{posts}</body></html>").as_bytes());
        assert_eq!(kept.comments(), [], "{joined}");
    }
}

#[test]
fn a_letter_in_place_of_a_picture_is_no_name() {
    let comment = |(i, name): (usize, &str)| {
        let letter: String = name.chars().take(1).collect();
        format!(
            "<div class=comment id=k{i}><a href='/user/{i}'><span title='{name}'>{letter}</span></a>\
             <a href='/user/{i}' itemprop=author>{name}</a> <time datetime='2021-08-1{i}T12:30:43Z'>\
             </time><div class=text>Number {i} saw it, too.</div></div>"
        )
    };
    let names = ["Ann", "李明", "Cid", "Ösi"];
    let comments: String = (1..).zip(names).map(comment).collect();
    assert_eq!(authors(&comments), names.map(|name| Some(name.to_owned())));
}

#[test]
fn who_has_no_profile_is_named_where_the_others_are() {
    // Without its link the name is found in the box around it, where the date stands, too.
    let comment = |(i, name): (usize, &str)| {
        let name = match name {
            "Guest" => name.to_owned(),
            name => format!("<a href='/user/{i}/'>{name}</a>"),
        };
        format!(
            "<li class=comments-item id=comments-item-{i}><div class=com_user><b class=name>{name}\
             </b><span class=grey>on May {i}, 2021 13:06</span></div><div class=said>Number {i} saw \
             it, too.</div></li>"
        )
    };
    let names = ["Ann", "Bob", "Guest", "Dee"];
    let comments: String = (1..).zip(names).map(comment).collect();
    assert_eq!(authors(&format!("<ol>{comments}</ol>")), names.map(|name| Some(name.to_owned())));
}

#[test]
fn names_without_a_name_stand_in_the_first_words() {
    // No class speaks of authors: the page has words of its own for them, or speaks of looks only.
    let pages: [fn(usize, &str) -> String; 4] = [
        |i, name| {
            format!(
                "<li class=yorum-item><div class=ust><span class=isim>{name}</span> <span \
                 class=tarih>0{i}.03.2021 10:15</span></div><p class=metin>Number {i} saw it, \
                 too.</p><div class=oy><b>{i}</b></div></li>"
            )
        },
        |i, name| {
            format!(
                "<div class=hozzaszolas id=h{i}><a class=nev href='/tag/{i}'>{name}</a><span \
                 class=ido>2021.03.0{i}. 10:15</span><div class=szoveg>Number {i} saw it, \
                 too.</div></div>"
            )
        },
        |i, name| {
            format!(
                "<li class='flex gap-3'><div><div class='flex items-center'><span \
                 class=font-medium>{name}</span> <time class=ml-2 datetime='2021-03-0{i}T10:15:00Z'>{i} \
                 Mar</time></div><div class='mt-1 prose'><p>Number {i} saw it, too.</p></div><button \
                 class=text-xs>Reply</button></div></li>"
            )
        },
        |i, name| {
            format!(
                "<div class=brief id=lb{i}><p class=kopf><span class=verfasser>{name}</span>, \
                 {i}.3.2021, 10:15 Uhr</p><p>Number {i} saw it, too.</p></div>"
            )
        },
    ];
    let names = ["Ann Bell", "Bob", "~cid", "Dee"];
    for page in pages {
        let comments: String = (1..).zip(names).map(|(i, name)| page(i, name)).collect();
        let html = format!("<section id=comments>{comments}</section>");
        assert_eq!(authors(&html), names.map(|name| Some(name.to_owned())), "{html}");
        let kept = read(format!("<html><body><h1>The ferry</h1>{html}</body></html>").as_bytes());
        assert!(kept.comments().iter().all(|c| c.text.contains("saw it, too.")), "{html}");
        assert!(kept.comments().iter().all(|c| c.created.is_some()), "{html}");
    }
}
