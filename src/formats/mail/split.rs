//! From archives to mails: how each sort of archive parts them, and escaped lines.
//!
//! The first line tells the sort, and only what parts mails in that sort parts them: the rulers of
//! LISTSERV within an mbox are text, and a single mail is never parted at all.
//!
//! Of mbox there are four variants (<https://www.loc.gov/preservation/digital/formats/fdd/fdd000383.shtml>):
//! mboxo and mboxrd escape lines of a body that begin with `From `, mboxcl and mboxcl2 state the
//! body's length in `Content-Length`. That length is believed if another mail, or the end, follows
//! there; otherwise, and without it, a mail begins where a line `From …` is followed by a field
//! that mails have.

use std::collections::VecDeque;
use std::io::BufRead;

use chrono::NaiveDateTime;

use crate::comment::{Clock, Moment, Precision};
use crate::error::{Error, Result};
use crate::formats::input::bundle::SEPARATOR;
use crate::formats::input::lines::{Line, Lines};

/// One mail as it is stored.
#[derive(Default)]
pub(super) struct Mail {
    /// Header and body, without the separator.
    pub(super) bytes: Vec<u8>,
    /// The line on which it begins.
    pub(super) line: u32,
    /// The time in the separator line, for mails without a date.
    pub(super) separator_time: Option<Moment>,
    /// The last line of the input has no end: the mail may be cut.
    pub(super) is_cut: bool,
    /// So many bytes of it were beyond the limit and left out.
    pub(super) left_out: u64,
    /// The body's length as the header states it.
    stated: Option<usize>,
    /// Where the body begins.
    body: Option<usize>,
    /// Separators within the stated length.
    suspects: Vec<Suspect>,
}

/// A separator that may be part of a mail.
struct Suspect {
    /// Where the mail would end, and where the next one would start.
    end: usize,
    start: usize,
    line: u32,
    time: Option<Moment>,
}

/// How an archive parts its mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// `From SENDER DATE`.
    Mbox,
    /// A ruler of `=` before each mail.
    Listserv,
    /// Four control characters before and after each mail.
    Mmdf,
    /// The mails of a folder, strung together.
    Folder,
    /// One mail.
    Single,
}

impl Sort {
    fn of(first: &[u8]) -> Self {
        match first {
            _ if first == SEPARATOR => Self::Folder,
            _ if first.trim_ascii() == MMDF => Self::Mmdf,
            _ if is_ruler(first) => Self::Listserv,
            _ if first.starts_with(b"From ") => Self::Mbox,
            _ => Self::Single,
        }
    }

    fn parts(self, line: &[u8]) -> bool {
        match self {
            Self::Mbox => is_from_line(line),
            Self::Listserv => is_ruler(line),
            Self::Mmdf => line.trim_ascii() == MMDF,
            Self::Folder => line == SEPARATOR,
            Self::Single => false,
        }
    }
}

const MMDF: &[u8] = b"\x01\x01\x01\x01";

/// Parts an archive into mails, reading line by line.
pub(super) struct Mails<R> {
    source: String,
    lines: Lines<R>,
    limit: usize,
    sort: Option<Sort>,
    /// The mail that grows.
    open: Mail,
    /// A line that may part mails, and its number; the next one decides.
    held: Option<(Vec<u8>, u32)>,
    ready: VecDeque<Mail>,
    is_over: bool,
}

impl<R: BufRead> Mails<R> {
    pub(super) fn new(source: &str, reader: R, limit: usize) -> Self {
        Self {
            source: source.to_owned(),
            lines: Lines::new(reader, limit),
            limit,
            sort: None,
            open: Mail { line: 1, ..Mail::default() },
            held: None,
            ready: VecDeque::new(),
            is_over: false,
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<Mail>> {
        loop {
            if let Some(mail) = self.ready.pop_front() {
                return Ok(Some(mail));
            }
            if self.is_over {
                return Ok(None);
            }
            match self.lines.next_line().map_err(|e| Error::read(&self.source, e))? {
                None => self.end(),
                Some((_, Line::TooLong(bytes))) => self.open.left_out += bytes,
                Some((number, Line::Whole(text))) => {
                    let text = text.to_owned();
                    self.take(&text, number);
                }
            }
        }
    }

    /// Takes a line of the archive.
    fn take(&mut self, text: &[u8], number: u32) {
        let sort = match self.sort {
            Some(sort) => sort,
            None if text.trim_ascii().is_empty() => return,
            None => *self.sort.insert(Sort::of(text)),
        };
        if let Some((held, line)) = self.held.take() {
            // Only mbox leaves doubt: a line of a text may begin with the word, too.
            if sort != Sort::Mbox || is_mail_field(text) || text.starts_with(b">From ") {
                let time = if sort == Sort::Mbox { time_in_separator(&held) } else { None };
                self.part(&held, line, time);
            } else {
                self.push(&held, sort);
            }
        }
        if sort.parts(text) {
            self.held = Some((text.to_owned(), number));
        } else {
            self.push(text, sort);
        }
    }

    /// A mail ends and another begins, unless the length that it states says that it goes on.
    fn part(&mut self, separator: &[u8], line: u32, time: Option<Moment>) {
        let mail = &mut self.open;
        let stated_end = mail.body.zip(mail.stated).map(|(body, length)| body + length);
        // A line of a body longer than the rest may be parted by a blank line or two.
        if stated_end.is_some_and(|end| mail.bytes.len() + 2 < end) {
            let end = mail.bytes.len();
            self.push(separator, Sort::Mbox);
            let start = self.open.bytes.len();
            self.open.suspects.push(Suspect { end, start, line, time });
            return;
        }
        let is_there = stated_end.is_none_or(|end| mail.bytes.len() <= end + 3);
        self.close(is_there);
        self.open = Mail { line, separator_time: time, ..Mail::default() };
    }

    /// Hands over the mail that grew; in its parts where the length that it states is wrong.
    fn close(&mut self, is_length_right: bool) {
        let mut mail = std::mem::take(&mut self.open);
        let mut suspects = std::mem::take(&mut mail.suspects);
        suspects.retain(|suspect| suspect.start <= mail.bytes.len());
        let mut rest = Vec::new();
        if !is_length_right {
            let ends = suspects.iter().skip(1).map(|next| next.end).chain([mail.bytes.len()]);
            for (Suspect { start, line, time, .. }, end) in suspects.iter().zip(ends) {
                let bytes = mail.bytes[*start..end].to_vec();
                rest.push(Mail { bytes, line: *line, separator_time: *time, ..Mail::default() });
            }
            let first = suspects.first().map_or(mail.bytes.len(), |next| next.end);
            mail.bytes.truncate(first);
        }
        for mail in std::iter::once(mail).chain(rest) {
            if !mail.bytes.trim_ascii().is_empty() {
                self.ready.push_back(mail);
            }
        }
    }

    fn end(&mut self) {
        self.is_over = true;
        let sort = self.sort.unwrap_or(Sort::Single);
        let is_ended = self.lines.is_ended();
        // A separator with nothing after it, whole or cut, belongs to no mail.
        let held = self.held.take().is_some() && sort != Sort::Mmdf;
        let mail = &mut self.open;
        let is_cut = !is_ended || held;
        let whole = mail.bytes.trim_ascii_end();
        let last = last_line(whole);
        let is_separator = match sort {
            Sort::Mbox => b"From ".starts_with(last) || last.starts_with(b"From "),
            Sort::Listserv => last.iter().all(|b| *b == b'='),
            Sort::Mmdf | Sort::Folder | Sort::Single => false,
        };
        // A separator whose next line was cut before it could say what it is.
        let before = whole[..whole.len() - last.len()].trim_ascii_end();
        let one_before = last_line(before);
        if !is_ended && sort == Sort::Mbox && is_from_line(one_before) {
            let length = before.len() - one_before.len();
            mail.bytes.truncate(length);
        } else if is_cut && !last.is_empty() && is_separator {
            let length = whole.len() - last.len();
            mail.bytes.truncate(length);
        }
        let stated_end = mail.body.zip(mail.stated).map(|(body, length)| body + length);
        let is_right = stated_end.is_none_or(|end| mail.bytes.len() + 2 >= end);
        self.close(is_right || self.open.suspects.is_empty());
        if let Some(last) = self.ready.back_mut() {
            last.is_cut = is_cut;
        }
    }

    /// Adds a line to the mail; in an mbox the escape that keeps it from parting mails is undone.
    fn push(&mut self, line: &[u8], sort: Sort) {
        let mail = &mut self.open;
        let arrows = line.iter().take_while(|b| **b == b'>').count();
        let is_escaped = sort == Sort::Mbox && arrows > 0 && line[arrows..].starts_with(b"From ");
        let line = &line[usize::from(is_escaped)..];
        if mail.bytes.len() + line.len() >= self.limit {
            mail.left_out += line.len() as u64 + 1;
            return;
        }
        mail.bytes.extend_from_slice(line);
        mail.bytes.push(b'\n');
        if mail.body.is_none() {
            if line.is_empty() {
                mail.body = Some(mail.bytes.len()).filter(|length| *length > 1);
            } else if sort == Sort::Mbox && mail.stated.is_none() {
                mail.stated = content_length(line);
            }
        }
    }
}

fn last_line(bytes: &[u8]) -> &[u8] {
    bytes.rsplit(|b| *b == b'\n').next().unwrap_or_default()
}

/// The line before the first mail of an archive that holds many.
pub(super) fn is_separator(line: &[u8]) -> bool {
    let sort = Sort::of(line);
    sort != Sort::Single && sort.parts(line)
}

/// A ruler of LISTSERV.
fn is_ruler(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.len() >= 60 && line.iter().all(|b| *b == b'=')
}

/// `From SENDER DATE` of mbox; also the bare numbers of Google's archives of Usenet, and nothing
/// at all, as Thunderbird writes it.
fn is_from_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let rest = rest.trim_ascii();
    let is_clock = rest
        .windows(5)
        .any(|w| w[2] == b':' && [0, 1, 3, 4].iter().all(|&i| w[i].is_ascii_digit()));
    let is_year = rest.windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
    let is_number = || {
        let digits = rest.strip_prefix(b"-").unwrap_or(rest);
        digits.len() >= 5 && digits.iter().all(u8::is_ascii_digit)
    };
    is_clock && is_year || rest.is_empty() || rest == b"-" || is_number()
}

/// A line of a mail's header: a word and a colon.
pub(super) fn is_field(line: &[u8]) -> bool {
    field(line).is_some()
}

/// The name of the field that a line begins.
fn field(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().position(|b| *b == b':')?;
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_';
    let is_field = colon > 1
        && line[..colon].iter().all(is_name)
        && line.get(colon + 1).is_none_or(|b| *b == b' ' || *b == b'\t' || *b == b'\r');
    is_field.then_some(&line[..colon])
}

/// A line that begins a field which mails and news have; `Note: …` after a line of a text that
/// begins with `From` is none.
fn is_mail_field(line: &[u8]) -> bool {
    const FIELDS: [&str; 34] = [
        "approved",
        "authentication-results",
        "bcc",
        "cc",
        "comments",
        "content-length",
        "content-transfer-encoding",
        "content-type",
        "date",
        "delivered-to",
        "delivery-date",
        "distribution",
        "dkim-signature",
        "envelope-to",
        "errors-to",
        "from",
        "in-reply-to",
        "keywords",
        "lines",
        "list-id",
        "message-id",
        "mime-version",
        "newsgroups",
        "organization",
        "path",
        "received",
        "references",
        "reply-to",
        "return-path",
        "sender",
        "status",
        "subject",
        "to",
        "xref",
    ];
    let Some(name) = field(line) else { return false };
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    name.starts_with("x-") || name.starts_with("arc-") || FIELDS.contains(&name.as_str())
}

fn content_length(line: &[u8]) -> Option<usize> {
    let name = field(line)?;
    let is_it = name.eq_ignore_ascii_case(b"content-length");
    let value = line.get(name.len() + 1..).filter(|_| is_it)?;
    std::str::from_utf8(value.trim_ascii()).ok()?.parse().ok()
}

fn time_in_separator(line: &[u8]) -> Option<Moment> {
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    let day = words
        .iter()
        .position(|word| matches!(*word, "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun"))?;
    clock_time(&words[day..].join(" "))
}

/// A time as C's `asctime` writes it: `Thu Nov  1 11:19:12 2001`, in no stated zone.
pub(super) fn clock_time(text: &str) -> Option<Moment> {
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    let time = NaiveDateTime::parse_from_str(&words.join(" "), "%a %b %d %H:%M:%S %Y").ok()?;
    Some(Moment {
        millis: time.and_utc().timestamp_millis(),
        precision: Precision::Second,
        clock: Clock::Local,
    })
}
