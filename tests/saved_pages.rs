//! Saved pages: the seeds in the markup of each platform, whole, damaged and hostile.

mod places;
mod replies;
mod sections;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rejoinder::comment::{Comment, Discussion, Moment, Name, Post, Precision};
use rejoinder::diagnostic::{Diagnostic, Oddity};
use rejoinder::error::Result;
use rejoinder::formats::{self, Input, ReadOptions, Sink};
use rejoinder::linking;
use rejoinder::thread::Thread;
use serde::Deserialize;

/// What was counted by hand in a seed.
#[derive(Debug, Deserialize)]
struct Facts {
    comments: usize,
    authors: usize,
    /// Where the page states parents.
    top_level: Option<usize>,
    max_depth: Option<u32>,
    /// Comments that quote another, in forums, where all else is order in time.
    quoting: Option<usize>,
    first: String,
    last: String,
}

/// Keeps what a reader delivers.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) discussions: Vec<Discussion>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Sink for Kept {
    fn discussion(&mut self, discussion: Discussion) -> Result<()> {
        self.discussions.push(discussion);
        Ok(())
    }

    fn loose(&mut self, thread: &str, comment: Comment) -> Result<()> {
        panic!("a page has no loose comments: {thread} {comment:?}")
    }

    fn loose_post(&mut self, post: Post) -> Result<()> {
        panic!("a page has no loose posts: {post:?}")
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

impl Kept {
    /// What is read from a file.
    pub(crate) fn of(name: &str, bytes: &[u8]) -> Result<Self> {
        let mut kept = Self::default();
        formats::read(Input::new(name, bytes), &ReadOptions::default(), &mut kept)?;
        Ok(kept)
    }

    pub(crate) fn comments(&self) -> &[Comment] {
        self.discussions.first().map_or(&[], |d| &d.comments)
    }

    fn has(&self, kind: Oddity) -> bool {
        self.diagnostics.iter().any(|d| d.kind == kind)
    }
}

fn read(bytes: &[u8]) -> Kept {
    Kept::of("page.html", bytes).unwrap()
}

/// The tree of a page with these elements below its heading, where it holds a discussion.
fn tree(elements: &str) -> Option<Thread> {
    let html = format!("<html><body><h1>The ferry</h1>{elements}</body></html>");
    let discussion = read(html.as_bytes()).discussions.pop()?;
    Some(linking::link(Name::from("t"), discussion, &mut Vec::new()))
}

/// The name of the comment at each place of a tree, and what stands there.
fn by_place(thread: &Thread, values: &[u32]) -> Vec<(String, u32)> {
    let named = |at: usize| thread.comment(at).author.as_ref().map(ToString::to_string);
    (1..=thread.len()).map(|at| (named(at).unwrap_or_default(), values[at])).collect()
}

fn seeds() -> BTreeMap<String, PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/pages");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .collect()
}

fn written(moment: &Moment) -> String {
    let time = chrono::DateTime::from_timestamp_millis(moment.millis).unwrap();
    let shape = if moment.precision > Precision::Hour { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M" };
    time.format(shape).to_string()
}

#[test]
fn every_platform_gives_what_was_counted_by_hand() {
    let facts = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/FACTS.toml");
    let facts: BTreeMap<String, toml::Value> =
        toml::from_str(&std::fs::read_to_string(facts).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for (name, path) in seeds() {
        let key = format!("pages/{name}.html");
        let Some(facts) = facts.get(&key) else {
            wrong.push(format!("{key} has no facts"));
            continue;
        };
        let facts: Facts = facts.clone().try_into().unwrap();
        let kept = read(&std::fs::read(&path).unwrap());
        let discussion = kept.discussions.into_iter().next().unwrap();
        let platform = name.split('_').next().unwrap().trim_end_matches(char::is_numeric);
        let expected = match platform {
            "dreamwidth" => "livejournal",
            "unknown" => "page",
            platform => platform,
        };
        let mut check = |what: &str, found: String, expected: String| {
            if found != expected {
                wrong.push(format!("{key}: {what} is {found}, expected {expected}"));
            }
        };
        check("format", discussion.format.clone(), expected.to_owned());
        let mut times: Vec<String> =
            discussion.comments.iter().filter_map(|c| c.created.as_ref().map(written)).collect();
        times.sort();
        let quoting = discussion.comments.iter().filter(|c| c.reply_to.quotes.is_some()).count();
        if let Some(expected) = facts.quoting {
            check("quoting", quoting.to_string(), expected.to_string());
        }
        let thread = linking::link(Name::from("t"), discussion, &mut Vec::new());
        check("comments", thread.len().to_string(), facts.comments.to_string());
        let authors: std::collections::BTreeSet<_> =
            thread.comments().iter().filter_map(|c| c.author.clone()).collect();
        check(
            "authors",
            format!("{} {authors:?}", authors.len()),
            format!("{} {authors:?}", facts.authors),
        );
        check("first", times.first().cloned().unwrap_or_default(), facts.first.clone());
        check("last", times.last().cloned().unwrap_or_default(), facts.last.clone());
        if let Some(top) = facts.top_level {
            check("top level", thread.replies(0).count().to_string(), top.to_string());
        }
        if let Some(deepest) = facts.max_depth {
            let depth = thread.depths().iter().max().copied().unwrap_or_default();
            check("depth", depth.to_string(), deepest.to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn line_ends_and_encodings_change_nothing() {
    for (name, path) in seeds() {
        let text = std::fs::read_to_string(&path).unwrap();
        let whole = read(text.as_bytes());
        let mut bom = vec![0xEF, 0xBB, 0xBF];
        bom.extend(text.as_bytes());
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let declared = text.replace("charset=\"utf-8\"", "charset=\"windows-1252\"");
        let windows = encoding_rs::WINDOWS_1252.encode(&declared).0.into_owned();
        for (variant, bytes) in [
            ("CRLF", text.replace('\n', "\r\n").into_bytes()),
            ("BOM", bom),
            ("UTF-16", utf16),
            ("Windows-1252", windows),
        ] {
            assert_eq!(read(&bytes).comments(), whole.comments(), "{name} as {variant}");
        }
    }
}

#[test]
fn a_page_that_is_cut_invents_no_comment() {
    for (name, path) in seeds() {
        let bytes = std::fs::read(&path).unwrap();
        let whole = read(&bytes).comments().len();
        for cut in 1..=50 {
            let part = &bytes[..bytes.len() * cut / 51];
            let kept = read(part);
            assert!(kept.comments().len() <= whole, "{name} cut at {}", part.len());
        }
    }
}

#[test]
fn deep_nesting_is_bounded_and_said() {
    let comment = "<div class='comment' id='comment-1'><b class='fn'>Ann</b><p>Hello there</p>";
    let html = format!("<html><body>{comment}{}", "<div>".repeat(100_000));
    let kept = read(html.as_bytes());
    assert_eq!(kept.comments().len(), 1);
    assert!(kept.has(Oddity::Hostile));
}

/// A blog's front page: entries of several authors, with dates and texts, but no discussion.
const INDEX: &str = "<html><body>\
    <div class=entry id=e1><h2><a href=1>One</a></h2><span class=author>Ann</span><time \
    datetime='2021-03-05T10:00:00Z'></time><p>First text</p></div>\
    <div class=entry id=e2><h2><a href=2>Two</a></h2><span class=author>Bob</span><time \
    datetime='2021-03-06T10:00:00Z'></time><p>Second text</p></div>\
    <div class=entry id=e3><h2><a href=3>Three</a></h2><span class=author>Cyd</span><time \
    datetime='2021-03-07T10:00:00Z'></time><p>Third text</p></div></body></html>";

#[test]
fn articles_have_no_comments() {
    for html in [
        "<html><body><h1>Soup</h1><p>Cook the beans for two hours.</p><ol><li>Salt</li>\
         <li>Pepper</li></ol><p>March 5, 2021</p></body></html>",
        "<html><body><article><h1>Log</h1><pre>ann: hello\nbob: hi\nann: bye</pre></article>\
         </body></html>",
        "<html><body><table><tr><td>March 5, 2021</td><td>10</td></tr><tr><td>March 6, 2021\
         </td><td>12</td></tr></table></body></html>",
        "<html><body><div class=post><h2>One</h2><span class=author>Ann</span><time \
         datetime='2021-03-05T10:00:00Z'></time><p>First text</p></div><div class=post><h2>Two\
         </h2><span class=author>Ann</span><time datetime='2021-03-06T10:00:00Z'></time><p>More\
         </p></div></body></html>",
        INDEX,
    ] {
        let kept = read(html.as_bytes());
        assert_eq!(kept.comments(), [], "{html}");
        assert!(kept.has(Oddity::NoComments), "{html}");
    }
}

#[test]
fn an_inferred_profile_can_be_given_back() {
    let bytes = std::fs::read(&seeds()["unknown"]).unwrap();
    let options = ReadOptions::default();
    let explained = formats::explain(Input::new("page.html", &bytes[..]), &options).unwrap();
    let profile = explained.inferred.unwrap();
    let options = ReadOptions { profiles: vec![profile], ..ReadOptions::default() };
    let mut kept = Kept::default();
    formats::read(Input::new("page.html", &bytes[..]), &options, &mut kept).unwrap();
    assert_eq!(kept.discussions[0].format, "my-forum");
    assert_eq!(kept.comments(), read(&bytes).comments());
    assert!(!kept.has(Oddity::InferredGrammar));
}

#[test]
fn a_shape_that_holds_only_the_headers_of_comments_gives_way_to_the_text() {
    let comment = |i: usize| {
        let name = ["Ana Prado", "Bruno", "Carla Ruiz"][i % 3];
        format!(
            "<div class=comment-head><b class=author>{name}</b> <span class=date>March {}, 2021 \
             at 10:15 am</span></div><p>I walk along the river every day, and number {i} of the \
             boats is always late. Do you know why?</p><a>Reply</a>",
            i + 1
        )
    };
    let comments: String = (0..6).map(comment).collect();
    let page = format!(
        "<html><body><h1>The boats</h1><p>They come late.</p><h3>6 Comments</h3>{comments}</body></html>"
    );
    let kept = read(page.as_bytes());
    assert_eq!(kept.comments().len(), 6);
    assert!(kept.comments().iter().all(|c| c.text.contains("of the boats is always late")));
    assert_eq!(kept.comments()[1].author.as_deref(), Some("Bruno"));
}

#[test]
fn a_bad_profile_is_named() {
    let options = ReadOptions {
        profiles: vec!["name = \"x\"\nabout = \"y\"\n[[markup]]\ncomment = \"p:hover\"".to_owned()],
        ..ReadOptions::default()
    };
    let mut kept = Kept::default();
    let input = Input::new("page.html", &b"<html><p>a</p></html>"[..]);
    let error = formats::read(input, &options, &mut kept).unwrap_err();
    insta::assert_snapshot!(error, @r#"the profile x, markup: cannot read ":hover" in the selector "p:hover""#);
}

/// A comment signed below its text; `part` is what the names of the signature's classes begin with.
fn signed(i: usize, name: &str, said: &str, part: &str) -> String {
    let own = ["(<a class=source_url href=http://x.example/>Link</a>) ", "", ""][i % 3];
    let source = if part.is_empty() { "comment_source" } else { "s_comment_source" };
    format!(
        "<div id=s_comment_{i} class='s_comment s_comment_author_{name}'><div class=s_commentBody>\
         {said}</div><div class={source}><a class={part}trace href='#c{i}'>#{i}</a> <span \
         class={part}source_author><strong>{name}</strong></span> {own}am <span \
         class={part}source_ctime>16.10.2010 19:3{i}</span> (<a class=comment_reply \
         href='#form'>Antwort</a>)</div></div>"
    )
}

#[test]
fn numbers_buttons_and_whole_comments_are_no_names() {
    let names = ["Ann", "Bob", "Cid", "Dee", "Eve", "Ann"];
    let said =
        ["Late again.", "When?", "At nine, as ever.", "I took the bus.", "Wise.", "Not noon!"];
    for part in ["", "comment_"] {
        let comments: String = (0..6).map(|i| signed(i, names[i], said[i], part)).collect();
        let html = format!("<html><body><h1>The ferry</h1>{comments}</body></html>");
        let found = read(html.as_bytes());
        let authors: Vec<_> = found.comments().iter().map(|c| c.author.as_deref()).collect();
        assert_eq!(authors, names.map(Some), "{part}");
    }
}

#[test]
fn the_box_around_a_comment_is_not_its_text() {
    let names = ["Ann", "Bob", "Cid"];
    let comment = |i: usize| {
        format!(
            "<div class='zz-comment-box'><div class='zz-content-area'><h5 class='zz-name'>{}</h5>\
             <div class='zz-words-text'>Number {i} saw it too.</div>\
             <time datetime='2021-05-0{}T10:15:00Z'>May</time><a>Like (3)</a></div></div>",
            names[i % 3],
            i + 1
        )
    };
    let comments: String = (0..6).map(comment).collect();
    let kept = read(format!("<html><body><h1>The ferry</h1>{comments}</body></html>").as_bytes());
    let texts: Vec<&str> = kept.comments().iter().map(|c| c.text.as_str()).collect();
    let expected: Vec<String> = (0..6).map(|i| format!("Number {i} saw it too.")).collect();
    assert_eq!(texts, expected);
}

#[test]
fn the_place_of_a_date_is_where_a_date_stands() {
    // The name is a link, as dates often are; the date has no name of its own.
    let names = ["Ann", "Bob", "Cid", "Dee"];
    let said = ["It came late.", "Which one?", "The one at nine, as always.", "I took the bus."];
    let post = |i: usize| {
        format!(
            "<div class=kmsg><h2>Re: The ferry</h2><span class=when>8 Aug 2013 14:1{i}</span>\
             <table><tr><td><a class=kuser href='#u{i}'>{}</a></td><td>{}</td></tr></table></div>",
            names[i], said[i]
        )
    };
    let posts: String = (0..4).map(post).collect();
    let kept = read(format!("<html><body><h1>The ferry</h1>{posts}</body></html>").as_bytes());
    for (i, comment) in kept.comments().iter().enumerate() {
        assert_eq!(comment.author.as_deref(), Some(names[i]));
        assert!(comment.text.ends_with(said[i]), "{comment:?}");
    }
    assert_eq!(kept.comments().len(), 4);
}
