//! Pages of one thread given as several inputs: one thread, nothing twice, what is missing said.

use std::fmt::Write;

use rejoinder::analysis::{self, Analyzed, Facts, Options};
use rejoinder::diagnostic::{Diagnostic, Oddity};
use rejoinder::error::Result;
use rejoinder::formats::Input;
use rejoinder::thread::Thread;

#[derive(Default)]
struct Kept {
    threads: Vec<Thread>,
    odd: Vec<Diagnostic>,
}

impl Facts for Kept {
    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        self.threads.push(analyzed.thread);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()> {
        self.odd.push(diagnostic);
        Ok(())
    }
}

impl Kept {
    fn told(&self) -> String {
        self.odd.iter().fold(String::new(), |mut text, odd| {
            writeln!(text, "{}: {odd}", odd.kind.word()).unwrap();
            text
        })
    }
}

fn read(inputs: &[(&str, String)], options: &Options) -> Kept {
    let mut kept = Kept::default();
    let inputs = inputs.iter().map(|(name, text)| Ok(Input::new(*name, text.as_bytes())));
    analysis::analyze(inputs, options, &mut kept).unwrap();
    kept
}

/// A page of a phpBB thread of three pages with two posts each; the fifth answers the first, the
/// sixth the third.
fn phpbb(page: u32) -> String {
    let start = (page - 1) * 2;
    let mut html = format!(
        "<!DOCTYPE html><html><head><title>Wet hay - Page {page}</title><link rel=\"canonical\" \
         href=\"https://barn.example/viewtopic.php?f=2&amp;t=9&amp;start={start}\"></head><body>\
         <h2 class=\"topic-title\"><a href=\"#\">Wet hay</a></h2>"
    );
    for n in start + 1..=start + 2 {
        let quoted = match n {
            5 => Some(101),
            6 => Some(103),
            _ => None,
        };
        let quote = quoted.map_or(String::new(), |id| {
            format!(
                "<blockquote><div><cite><a href=\"memberlist.php?u=7\">Ann</a> wrote: <a \
                 href=\"viewtopic.php?p={id}#p{id}\" data-post-id=\"{id}\">↑</a></cite>as it was</div></blockquote>"
            )
        });
        let name = ["Ann", "Bob", "Cyd"][n as usize % 3];
        write!(
            html,
            "<div id=\"p{id}\" class=\"post\"><dl class=\"postprofile\"><dt><a class=\"username\">{name}</a></dt>\
             </dl><div class=\"postbody\"><p class=\"author\">by <strong><a class=\"username\">{name}</a></strong> » \
             <time datetime=\"2021-03-0{n}T10:15:00+00:00\">Fri Mar 0{n}, 2021 10:15 am</time></p><div \
             class=\"content\">{quote}Post number {n} speaks of hay at some length.</div></div></div>",
            id = 100 + n,
        )
        .unwrap();
    }
    html + "</body></html>"
}

fn pages(numbers: &[u32]) -> Vec<(&'static str, String)> {
    let names = ["one.html", "two.html", "three.html"];
    numbers.iter().map(|n| (names[*n as usize - 1], phpbb(*n))).collect()
}

#[test]
fn pages_in_any_order_are_one_thread() {
    let kept = read(&pages(&[3, 1, 2]), &Options::default());
    let [thread] = &kept.threads[..] else { panic!("{} threads", kept.threads.len()) };
    assert_eq!(thread.len(), 6);
    let first_words: Vec<&str> =
        (1..=6).filter_map(|place| thread.comment(place).id.as_deref()).collect();
    assert_eq!(first_words.len(), 6);
    let place =
        |id: &str| (1..=6).find(|place| thread.comment(*place).id.as_deref() == Some(id)).unwrap();
    assert_eq!(thread.parents()[place("105")] as usize, place("101"), "a quotation across pages");
    assert_eq!(thread.parents()[place("106")] as usize, place("103"));
    // Positions run on from page to page, and each comment knows where it was read.
    let source = |id: &str| thread.meta().source_of(thread.position(place(id)) as usize - 1);
    assert_eq!(
        [source("101"), source("104"), source("106")],
        ["one.html", "two.html", "three.html"]
    );
    assert_eq!(thread.position(place("106")), 6);
    insta::assert_snapshot!(kept.told(), @"joined: one.html: 3 inputs are parts of one thread and were joined: one.html, two.html, three.html");
}

#[test]
fn a_missing_page_is_said() {
    let kept = read(&pages(&[1, 3]), &Options::default());
    assert_eq!(kept.threads.len(), 1);
    assert_eq!(kept.threads[0].len(), 4);
    insta::assert_snapshot!(kept.told());
    let alone = read(&pages(&[2]), &Options::default());
    insta::assert_snapshot!(alone.told());
}

#[test]
fn what_stands_on_several_pages_is_kept_once() {
    let mut inputs = pages(&[1, 2]);
    inputs.push(("one-again.html", phpbb(1)));
    let kept = read(&inputs, &Options::default());
    assert_eq!((kept.threads.len(), kept.threads[0].len()), (1, 4));
    assert!(kept.odd.iter().any(|odd| odd.kind == Oddity::DuplicateRecord), "{}", kept.told());
}

#[test]
fn threads_can_be_kept_apart() {
    let options = Options { separate: true, ..Options::default() };
    assert_eq!(read(&pages(&[1, 2, 3]), &options).threads.len(), 3);
}

/// A part of a topic as Discourse answers it.
fn discourse(topic: u32, title: &str, posts: std::ops::RangeInclusive<u32>) -> String {
    let post = |n: u32| {
        format!(
            r#"{{"id":{n},"username":"u{n}","created_at":"2020-03-03T10:{n:02}:00Z","cooked":"<p>Post {n}</p>","post_number":{n},"post_type":1,"reply_to_post_number":{},"topic_id":{topic}}}"#,
            if n < 3 { "null".to_owned() } else { (n - 1).to_string() }
        )
    };
    let posts: Vec<String> = posts.map(post).collect();
    format!(
        r#"{{"post_stream":{{"posts":[{}],"stream":[1,2,3,4,5,6]}},"id":{topic},"title":"{title}","posts_count":6}}"#,
        posts.join(",")
    )
}

#[test]
fn parts_of_a_topic_are_joined_by_its_id() {
    let inputs = [
        ("1.json", discourse(7, "Seed potatoes", 1..=3)),
        ("2.json", discourse(7, "Seed potatoes", 4..=6)),
    ];
    let kept = read(&inputs, &Options::default());
    assert_eq!((kept.threads.len(), kept.threads[0].len()), (1, 5));
    assert_eq!(kept.threads[0].depths()[5], 5, "replies go on across the parts");
    insta::assert_snapshot!(kept.told(), @"joined: 1.json: 2 inputs are parts of one thread and were joined: 1.json, 2.json");
}

#[test]
fn what_is_answered_on_a_missing_part_gets_a_placeholder() {
    let inputs = [("1.json", discourse(7, "Hay", 1..=2)), ("3.json", discourse(7, "Hay", 5..=6))];
    let kept = read(&inputs, &Options::default());
    assert_eq!((kept.threads.len(), kept.threads[0].len()), (1, 4));
    assert!(kept.odd.iter().any(|odd| odd.kind == Oddity::MissingParent), "{}", kept.told());
    assert!(kept.told().contains("hold"), "the count still differs: {}", kept.told());
}

#[test]
fn threads_of_the_same_number_elsewhere_stay_apart() {
    let inputs = [
        ("1.json", discourse(7, "Seed potatoes", 1..=3)),
        ("2.json", discourse(7, "Hedges", 1..=3)),
    ];
    assert_eq!(read(&inputs, &Options::default()).threads.len(), 2);
}

#[test]
fn the_same_title_alone_joins_nothing() {
    let row = |id: u32| format!("id,author,text,title\n{id},ann,hello {id},Soup\n");
    let kept = read(&[("a.csv", row(1)), ("b.csv", row(2))], &Options::default());
    assert_eq!(kept.threads.len(), 2);
}
