//! Which format an input is in: what is found, what is refused, and how that is said.

use rejoinder::comment::{Comment, Discussion, Post};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::Result;
use rejoinder::formats::input::Limits;
use rejoinder::formats::{self, Input, ReadOptions, Sink};

/// Keeps the discussions.
#[derive(Default)]
struct Kept(Vec<Discussion>);

impl Sink for Kept {
    fn discussion(&mut self, discussion: Discussion) -> Result<()> {
        self.0.push(discussion);
        Ok(())
    }

    fn loose(&mut self, _: &str, _: Comment) -> Result<()> {
        Ok(())
    }

    fn loose_post(&mut self, _: Post) -> Result<()> {
        Ok(())
    }

    fn diagnostic(&mut self, _: Diagnostic) {}
}

/// The discussions that an input of this name holds.
pub(crate) fn read_named(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Vec<Discussion>> {
    let mut kept = Kept::default();
    formats::read(Input::new(name, bytes), options, &mut kept)?;
    Ok(kept.0)
}

fn read(bytes: &[u8], options: &ReadOptions) -> Result<Vec<Discussion>> {
    read_named("thing", bytes, options)
}

fn refusal(bytes: &[u8], options: &ReadOptions) -> String {
    read(bytes, options).unwrap_err().to_string()
}

const THREAD: &str = include_str!("../seeds/documents/003_0b8c0c03fac5c926.txt");

/// The text as the content of an HTML element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn a_text_inside_an_html_page_is_the_same_thread() {
    let options = ReadOptions::default();
    let said = |bytes: &[u8]| -> Vec<_> {
        let comments = read(bytes, &options).unwrap().remove(0).comments;
        comments.into_iter().map(|c| (c.author, c.created, c.reply_to.name, c.text)).collect()
    };
    let plain = said(THREAD.as_bytes());
    assert_eq!(plain.len(), 24);
    let head = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>";
    let lines = escaped(THREAD).replace('\n', "<br>\n");
    let blocks: String =
        escaped(THREAD)
            .lines()
            .map(|line| {
                if line.trim().is_empty() {
                    "<br>".to_owned()
                } else {
                    format!("<div>{line}</div>")
                }
            })
            .collect();
    assert_eq!(said(format!("{head}<pre>{}</pre>", escaped(THREAD)).as_bytes()), plain);
    assert_eq!(said(format!("{head}<p>{lines}</p>").as_bytes()), plain);
    assert_eq!(said(format!("{head}{blocks}").as_bytes()).len(), plain.len());
}

#[test]
fn compressed_pages_are_opened() {
    let packed = zstd::encode_all(THREAD.as_bytes(), 3).unwrap();
    assert_eq!(read(&packed, &ReadOptions::default()).unwrap()[0].comments.len(), 24);
}

#[test]
fn what_cannot_be_read_is_said_in_a_sentence() {
    let options = ReadOptions::default();
    insta::assert_snapshot!(refusal(b"", &options), @"thing: the input is empty");
    insta::assert_snapshot!(
        refusal(b"%PDF-1.7 \x00\x01", &options),
        @"thing: this is a PDF, not text; save or export the comments as text, HTML or JSON"
    );
    insta::assert_snapshot!(
        refusal(&[0, 1, 2, 3, 0, 0, 255, 254, 7, 0, 0, 9], &options),
        @"thing: this is a binary file, not text; save or export the comments as text, HTML or JSON"
    );
    let small = Limits { document: 1000, ..Limits::default() };
    let small = ReadOptions { limits: small, ..ReadOptions::default() };
    insta::assert_snapshot!(
        refusal(&vec![b'x'; 5000], &small),
        @"thing: larger than 1000 bytes, the limit for a document that is read as a whole; raise it with --max-size"
    );
    let unknown = ReadOptions { format: Some("usenet2".to_owned()), ..ReadOptions::default() };
    insta::assert_snapshot!(
        refusal(b"some text", &unknown),
        @r#"no format is called "usenet2"; `rejoinder list formats` names them all"#
    );
}

#[test]
fn two_profiles_that_fit_equally_are_an_error_that_names_both() {
    let profile = |name: &str, author: &str| {
        format!(
            "name = \"{name}\"\nabout = \"x\"\n[[markup]]\ncomment = \".c\"\nauthor = [\"{author}\"]\n\
             date = [\"time\"]\nbody = [\"p\"]"
        )
    };
    let html = "<html><body><div class=c><b>Ann</b><i>Mod</i><time>March 5, 2021 10:15</time>\
                <p>Hello</p></div><div class=c><b>Bob</b><i>New</i><time>March 5, 2021 10:20</time>\
                <p>Hi</p></div></body></html>";
    let options = ReadOptions {
        profiles: vec![profile("one", "b"), profile("two", "i")],
        ..ReadOptions::default()
    };
    insta::assert_snapshot!(
        refusal(html.as_bytes(), &options),
        @"thing: the profiles one and two explain the page equally well; state one with --format"
    );
    let one = ReadOptions { format: Some("two".to_owned()), ..options };
    let read = read(html.as_bytes(), &one).unwrap();
    assert_eq!(read[0].comments[0].author.as_deref(), Some("Mod"));
}

#[test]
fn an_explanation_names_format_score_and_runner_up() {
    let options = ReadOptions::default();
    let page = std::fs::read("seeds/pages/wpdiscuz7.html").unwrap();
    let page = formats::explain(Input::new("page.html", &page[..]), &options).unwrap();
    assert_eq!(page.format, "wpdiscuz");
    assert!(page.score > 0.9, "{page:?}");
    assert_eq!(page.runner_up.as_ref().map(|(name, _)| name.as_str()), Some("wordpress"));
    assert!(page.runner_up.is_some_and(|(_, score)| score < page.score));
    let same = "wordpress would find the same comments";
    assert_eq!(page.notes, ["encoding UTF-8", "saved page (HTML)", same]);
    let text = formats::explain(Input::new("page.txt", THREAD.as_bytes()), &options).unwrap();
    assert_eq!(text.format, "wpdiscuz");
    assert!(text.runner_up.is_some_and(|(_, score)| score < text.score - 0.01));
}
