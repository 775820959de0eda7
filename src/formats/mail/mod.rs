//! Mail: mbox files, monthly archives of mailing lists, single mails, Maildir folders.
//!
//! Read are mbox in its variants ([`split`]; RFC 4155), Pipermail's monthly text files (addresses
//! written `ann at example.org (Ann)`), LISTSERV's log files (a ruler of `=` before each mail),
//! MMDF, and one mail alone (RFC 5322). The mails of a Maildir or of a folder of `.eml` files are
//! strung together in the order of their names ([`super::input::bundle`]) and read as one archive.
//!
//! | field of ours | theirs |
//! |---|---|
//! | id | `Message-ID` |
//! | author | the name in `From`, else its address |
//! | parent | the last of `References` that is in the file, else `In-Reply-To`; see [`threading`] |
//! | created | `Date` |
//! | text | the plain part, else the HTML part; quoted lines begin with `> ` |
//! | thread | all mails that are tied by references; its title is the subject of the first |
//!
//! The mail that opens a conversation is a mail like the others, and therefore a comment.
//! Subjects alone tie nothing unless [`ReadOptions::by_subject`] asks for it. Attachments,
//! signatures' cryptography and recipients are not read.

mod split;
pub mod threading;

use std::borrow::Cow;

use mail_parser::{Address, HeaderValue, Message, MessageParser};

use split::{Mail, Mails};

use super::input::bundle::SEPARATOR;
use super::input::encoding;
use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink};
use crate::comment::{Comment, Layout, Moment, Name, Post, ReplyTo};
use crate::error::Result;
use crate::text::{dates, markup};
use threading::References;

/// Mail in mbox files and the like.
pub struct Mbox;

impl Format for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn about(&self) -> &'static str {
        "mail: mbox, Pipermail and LISTSERV archives, Maildir, single mails"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let head = sample.head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(sample.head);
        let mut lines = head.trim_ascii_start().split(|b| *b == b'\n');
        let first = lines.next().unwrap_or_default();
        let second = lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
        let has_field = |name: &[u8]| {
            head.split(|b| *b == b'\n').take(60).any(|line| {
                line.len() > name.len() && line[..name.len()].eq_ignore_ascii_case(name)
            })
        };
        if first == SEPARATOR || split::is_separator(first) && split::is_field(second) {
            0.98
        } else if split::is_field(first) && has_field(b"message-id:") && has_field(b"from:") {
            0.9
        } else {
            0.0
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let source = input.name.clone();
        let mut mails =
            Mails::new(&source, super::input::stream(input, options)?, options.limits.record);
        let mut threads = Threads::new(self.name(), &source, Layout::Loose, sink);
        let mut letters = Vec::new();
        while let Some(mail) = mails.next()? {
            let number = threads.record();
            let is_head = mail.is_cut && !mail.bytes.windows(2).any(|pair| pair == b"\n\n");
            match letter(&mail).filter(|_| !is_head) {
                Some(letter) => {
                    letters.push(letter);
                    if mail.left_out > 0 {
                        threads.too_long(mail.line, mail.left_out);
                    }
                    if mail.is_cut {
                        threads.unended();
                    }
                }
                None if mail.is_cut => threads.truncated(),
                None => {
                    let excerpt = String::from_utf8_lossy(&mail.bytes).into_owned();
                    threads.bad(mail.line, &format!("mail {number} has no header"), &excerpt);
                }
            }
        }
        deliver(letters, options, threads)
    }
}

/// A mail as far as a comment needs it.
struct Letter {
    comment: Comment,
    subject: Option<String>,
    references: References,
}

/// Ties the mails together and delivers one discussion for each conversation.
fn deliver(letters: Vec<Letter>, options: &ReadOptions, mut threads: Threads<'_>) -> Result<()> {
    let references: Vec<&References> = letters.iter().map(|letter| &letter.references).collect();
    let placed = threading::place(&references, options.by_subject);
    drop(references);
    let mut titled = std::collections::HashSet::new();
    let mut conversations: Vec<Vec<(Letter, ReplyTo)>> = Vec::new();
    let mut numbers = std::collections::HashMap::new();
    for (letter, (conversation, reply_to)) in letters.into_iter().zip(placed) {
        let number = *numbers.entry(conversation).or_insert_with(|| {
            conversations.push(Vec::new());
            conversations.len() - 1
        });
        conversations[number].push((letter, reply_to));
    }
    for (number, conversation) in conversations.into_iter().enumerate() {
        let Some((first, _)) = conversation.first() else { continue };
        let mut id =
            first.comment.id.clone().unwrap_or_else(|| format!("mail{}", number + 1).into());
        while !titled.insert(id.clone()) {
            id.push('_');
        }
        let title = first.subject.clone();
        threads.post(Post { id: Some(id.clone()), title, ..Post::default() }, None)?;
        for (letter, reply_to) in conversation {
            threads.comment(&id, Comment { reply_to, ..letter.comment })?;
        }
    }
    threads.finish()
}

/// Reads one mail; `None` if it has neither a sender nor a date.
fn letter(mail: &Mail) -> Option<Letter> {
    let bytes = readable(&mail.bytes);
    let message = MessageParser::default().parse(&*bytes)?;
    let author = message.from().and_then(author).or_else(|| raw_author(&message));
    let created = created(&message).or(mail.separator_time);
    if author.is_none() && message.date().is_none() && message.message_id().is_none() {
        return None;
    }
    let id = message.message_id().map(Name::from);
    let subject = message.subject().map(str::trim).filter(|subject| !subject.is_empty());
    let references = References {
        id: id.clone(),
        named: ids(message.references()),
        answered: ids(message.in_reply_to()),
        topic: message.thread_name().map(|topic| topic.trim().to_lowercase()),
        is_reply: subject.is_some_and(|subject| message.thread_name() != Some(untagged(subject))),
    };
    let comment = Comment {
        id,
        author,
        created,
        text: text(&message),
        line: Some(mail.line),
        ..Comment::default()
    };
    Some(Letter {
        comment,
        subject: message.thread_name().map(str::to_owned).or_else(|| subject.map(str::to_owned)),
        references,
    })
}

/// The bytes of a mail; in UTF-8 where they are in another encoding that the mail does not state.
fn readable(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_stated = || memchr::memmem::find(bytes, b"charset").is_some();
    if std::str::from_utf8(bytes).is_ok() || is_stated() {
        return Cow::Borrowed(bytes);
    }
    let (text, _) = encoding::found(bytes).decode_without_bom_handling(bytes);
    Cow::Owned(text.into_owned().into_bytes())
}

/// All ids in a header, without their angle brackets.
fn ids(value: &HeaderValue<'_>) -> Vec<Name> {
    let texts = value.as_text_list().unwrap_or_default();
    // Some programs write words around the id, or forget the blank between two.
    texts
        .iter()
        .flat_map(|text| text.split(['<', '>', ' ', ',', '\t', '\n']))
        .filter(|id| id.contains('@'))
        .map(Name::from)
        .collect()
}

fn author(address: &Address<'_>) -> Option<Name> {
    let sender = address.first()?;
    let name = sender.name.as_deref().map(|name| name.trim().trim_matches('"').trim());
    let name = name.filter(|name| !name.is_empty());
    let address = sender.address.as_deref().map(str::trim).filter(|address| !address.is_empty());
    match (name, address) {
        (Some(name), _) if !name.contains(" at ") || !name.contains('(') => Some(name.into()),
        (Some(name), _) => Some(in_brackets(name).unwrap_or(name).into()),
        (None, address) => address.map(|address| in_brackets(address).unwrap_or(address).into()),
    }
}

/// The name of `ann at example.org (Ann)`.
fn in_brackets(text: &str) -> Option<&str> {
    let (_, name) = text.strip_suffix(')')?.split_once('(')?;
    Some(name.trim()).filter(|name| !name.is_empty())
}

/// The sender where the parser finds no address, as in archives that write `at` for `@`.
fn raw_author(message: &Message<'_>) -> Option<Name> {
    let raw = message.header_raw("From")?.trim();
    Some(in_brackets(raw).unwrap_or(raw)).filter(|name| !name.is_empty()).map(Name::from)
}

fn created(message: &Message<'_>) -> Option<Moment> {
    let raw = message.header_raw("Date")?.trim();
    // Archives of Usenet write `1996/05/02`.
    let with_slashes = || dates::iso8601(&raw.replace('/', "-"));
    dates::rfc2822(raw).or_else(|| split::clock_time(raw)).or_else(with_slashes)
}

fn text(message: &Message<'_>) -> String {
    let mut text = String::new();
    for place in 0..message.text_body_count() {
        let part = message.text_part(place as u32);
        let is_html = part.is_some_and(|part| matches!(part.body, mail_parser::PartType::Html(_)));
        if let Some(body) = message.body_text(place) {
            let html = message.body_html(place).filter(|_| is_html);
            let body = html.map_or_else(|| plain_quotes(&body), |html| markup::html(&html));
            if !text.is_empty() && !body.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&body);
        }
    }
    text
}

/// Plain text whose quoted lines begin with `> ` for each level: `>>a` and `> >a` are `> > a`.
fn plain_quotes(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for line in body.lines() {
        let mut rest = line;
        while let Some(quoted) = rest.strip_prefix('>') {
            text.push_str("> ");
            rest = quoted.strip_prefix(' ').unwrap_or(quoted);
        }
        text.push_str(rest);
        text.push('\n');
    }
    markup::plain(&text)
}

/// A subject without the `[name]` that mailing lists put before it.
fn untagged(subject: &str) -> &str {
    match subject.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, rest)) => rest.trim_start(),
        None => subject,
    }
}
