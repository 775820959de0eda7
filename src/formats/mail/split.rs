//! From archives to mails: separators, escaped lines, and folders of one mail a file.

use std::io::{BufRead, Cursor, Read};

use chrono::NaiveDateTime;

use crate::comment::{Clock, Moment, Precision};
use crate::error::{Error, Result};
use crate::formats::input::lines::{Line, Lines};

/// One mail as it is stored.
pub(super) struct Mail {
    /// Header and body, without the separator.
    pub(super) bytes: Vec<u8>,
    /// The line on which it begins.
    pub(super) line: u32,
    /// The time in the separator line, for mails without a date.
    pub(super) separator_time: Option<Moment>,
    /// The last line of the input has no end: the mail may be cut.
    pub(super) is_cut: bool,
}

/// Parts an archive into mails, reading line by line.
pub(super) struct Mails<R> {
    source: String,
    lines: Lines<R>,
    /// A separator that was read together with the line after it.
    ahead: Option<(Option<Moment>, u32, Vec<u8>)>,
    is_over: bool,
}

impl<R: BufRead> Mails<R> {
    pub(super) fn new(source: &str, reader: R, limit: usize) -> Self {
        let source = source.to_owned();
        Self { source, lines: Lines::new(reader, limit), ahead: None, is_over: false }
    }

    pub(super) fn next(&mut self) -> Result<Option<Mail>> {
        if self.is_over {
            return Ok(None);
        }
        let mut mail = Mail { bytes: Vec::new(), line: 1, separator_time: None, is_cut: false };
        if let Some((time, line, text)) = self.ahead.take() {
            mail.separator_time = time;
            mail.line = line;
            push_line(&mut mail.bytes, &text);
        }
        let mut separator: Option<Vec<u8>> = None;
        loop {
            let line = self.lines.next_line().map_err(|e| Error::read(&self.source, e))?;
            let Some((number, line)) = line else { break };
            // A line beyond the limit is no text that somebody wrote.
            let Line::Whole(text) = line else { continue };
            if let Some(held) = separator.take() {
                if is_field(text) || text.starts_with(b">From ") {
                    let time = time_in_separator(&held);
                    if mail.bytes.trim_ascii().is_empty() {
                        mail.bytes.clear();
                        mail.separator_time = time;
                        mail.line = number - 1;
                        push_line(&mut mail.bytes, text);
                        continue;
                    }
                    self.ahead = Some((time, number - 1, text.to_owned()));
                    return Ok(Some(mail));
                }
                push_line(&mut mail.bytes, &held);
            }
            if is_separator(text) {
                separator = Some(text.to_owned());
            } else {
                push_line(&mut mail.bytes, text);
            }
        }
        self.is_over = true;
        // A separator with nothing after it, whole or cut, belongs to no mail.
        mail.is_cut = !self.lines.is_ended() || separator.is_some();
        let last = mail.bytes.trim_ascii_end().rsplit(|b| *b == b'\n').next().unwrap_or_default();
        let is_separator = b"From ".starts_with(last)
            || last.starts_with(b"From ")
            || last.iter().all(|b| *b == b'=');
        if mail.is_cut && !last.is_empty() && is_separator {
            let length = mail.bytes.trim_ascii_end().len() - last.len();
            mail.bytes.truncate(length);
        }
        Ok((!mail.bytes.trim_ascii().is_empty()).then_some(mail))
    }
}

/// Adds a line of a mail; the escape that keeps a line from being a separator is undone.
fn push_line(bytes: &mut Vec<u8>, line: &[u8]) {
    let arrows = line.iter().take_while(|b| **b == b'>').count();
    let is_escaped = arrows > 0 && line[arrows..].starts_with(b"From ");
    bytes.extend_from_slice(&line[usize::from(is_escaped)..]);
    bytes.push(b'\n');
}

/// `From SENDER DATE` of mbox, or the ruler of LISTSERV.
pub(super) fn is_separator(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    if line.len() >= 60 && line.iter().all(|b| *b == b'=') {
        return true;
    }
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let is_clock = rest
        .windows(5)
        .any(|w| w[2] == b':' && [0, 1, 3, 4].iter().all(|&i| w[i].is_ascii_digit()));
    let is_year = rest.windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
    is_clock && is_year
}

/// A line of a mail's header: a word and a colon.
pub(super) fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|b| *b == b':') else { return false };
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_';
    colon > 1
        && line[..colon].iter().all(is_name)
        && line.get(colon + 1).is_none_or(|b| *b == b' ' || *b == b'\t' || *b == b'\r')
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

/// The mails of a Maildir (its folders `cur` and `new`) as one mbox, to be read as one input.
///
/// `mails` are readers of the single files, in the order of their names: the names begin with the
/// time of delivery.
pub fn maildir<'a>(
    mails: impl Iterator<Item = Box<dyn Read + Send + 'a>> + Send + 'a,
) -> Box<dyn Read + Send + 'a> {
    Box::new(Joined { mails: Box::new(mails), current: Box::new(Cursor::new(Vec::new())) })
}

/// Reads one mail after the other, with a separator before each.
struct Joined<'a> {
    mails: Box<dyn Iterator<Item = Box<dyn Read + Send + 'a>> + Send + 'a>,
    current: Box<dyn Read + Send + 'a>,
}

impl Read for Joined<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let n = self.current.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let Some(mail) = self.mails.next() else { return Ok(0) };
            let separator = Cursor::new(b"\nFrom maildir 00:00 0000\n");
            self.current = Box::new(separator.chain(mail).chain(Cursor::new(b"\n")));
        }
    }
}
