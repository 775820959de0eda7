//! WhatsApp: a chat exported as text.
//!
//! Written by "Export chat" on a phone, as `_chat.txt` or `WhatsApp Chat with ….txt`. Each entry
//! begins with its time and name, in the shape of the phone's system and language ([`entry`]).
//!
//! | field of ours | theirs |
//! |---|---|
//! | author | the name before the colon |
//! | parent | not stated: the export leaves replies out |
//! | created | the time, in the phone's zone |
//! | kind | deleted where words of a language that is known say so |
//! | text | the rest of the line and all lines up to the next entry |
//!
//! Which number is the day is decided for the whole file: the order in which the entries follow
//! each other in time. Entries without a name (encryption notice, who joined) are counted. Media
//! are words in the text, as the export writes them.

mod entry;

use super::threads::Threads;
use super::{Format, Input, ReadOptions, Sample, Sink, input};
use crate::comment::{Comment, Kind, Layout, Name};
use crate::diagnostic::Oddity;
use crate::error::Result;
use crate::text::markup;
use entry::{Entry, begins, order};

/// Chats of WhatsApp.
pub struct WhatsApp;

impl Format for WhatsApp {
    fn name(&self) -> &'static str {
        "whatsapp"
    }

    fn about(&self) -> &'static str {
        "WhatsApp chats exported as text"
    }

    fn fit(&self, sample: &Sample<'_>) -> f32 {
        let head = String::from_utf8_lossy(sample.head);
        let mut lines = head.lines().filter(|line| !line.trim().is_empty()).take(200);
        if !lines.next().is_some_and(begins) {
            return 0.0;
        }
        let (mut entries, mut all) = (1, 1);
        for line in lines {
            all += 1;
            entries += usize::from(begins(line));
        }
        if entries >= 2 && entries * 3 >= all { 0.95 } else { 0.0 }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
        let source = input.name.clone();
        let text = input::text(input, options, sink)?.text;
        let mut threads = Threads::new(self.name(), &source, Layout::Flat, sink);
        let mut entries: Vec<Entry> = Vec::new();
        // The beginning of an entry that the end of the input cut.
        let last = text.rsplit('\n').next().unwrap_or_default();
        let is_start = |line: &str| {
            let line = line.trim_start_matches(MARKS);
            line.is_empty() || line.starts_with(|c: char| c == '[' || c.is_numeric())
        };
        let is_cut = !last.is_empty() && is_start(last) && !begins(last);
        let whole = if is_cut { &text[..text.len() - last.len()] } else { &text };
        for (number, line) in whole.lines().enumerate() {
            if let Some(entry) = Entry::read(line, number as u32 + 1) {
                entries.push(entry);
            } else if let Some(entry) = entries.last_mut() {
                entry.rest.push('\n');
                entry.rest.push_str(line);
            }
        }
        let (order, is_sure) = order(&entries);
        if !is_sure && !entries.is_empty() {
            let message = "day and month could not be told apart; the day was taken as the first";
            threads.note(Oddity::AmbiguousDate, message.to_owned());
        }
        let mut notices = 0;
        for entry in entries {
            threads.record();
            let Some((name, said)) = entry
                .rest
                .split_once(": ")
                .or_else(|| entry.rest.split_once(":\n").filter(|(name, _)| !name.contains('\n')))
            else {
                notices += 1;
                continue;
            };
            let created = entry.moment(order);
            if created.is_none() {
                threads.bad_date(entry.line, &entry.rest);
            }
            let author = Some(Name::from(name.trim_matches(MARKS))).filter(|name| !name.is_empty());
            let said = without_remark(said);
            let kind = if is_deleted(said) { Kind::Deleted } else { Kind::Comment };
            let (text, line) = (markup::plain(said), Some(entry.line));
            let comment = Comment { author, created, kind, text, line, ..Comment::default() };
            threads.comment(&Name::default(), comment)?;
        }
        threads.unpublished(notices, "notices of the chat, such as who joined");
        if is_cut {
            threads.truncated();
        } else if !text.ends_with('\n') {
            threads.unended();
        }
        threads.finish()
    }
}

/// What stands around names: marks of direction, and the tilde before names that are no contacts.
const MARKS: [char; 8] =
    ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '~', ' ', '\u{a0}', '\u{202f}'];

/// A text without the remark that it was edited: words in angle brackets behind a mark.
fn without_remark(said: &str) -> &str {
    let said = said.trim_start_matches('\u{200e}').trim_end();
    // The end of the input may have cut it.
    match said.rfind("\u{200e}<") {
        Some(at) if at > 0 && !said[at..].trim_end_matches('>').contains(['>', '\n']) => {
            said[..at].trim_end()
        }
        _ => said,
    }
}

/// The words that stand in the place of a deleted text.
fn is_deleted(said: &str) -> bool {
    const WORDS: [&str; 31] = [
        "this message was deleted",
        "you deleted this message",
        "this message was deleted by admin",
        "diese nachricht wurde gelöscht",
        "du hast diese nachricht gelöscht",
        "se eliminó este mensaje",
        "este mensaje fue eliminado",
        "eliminaste este mensaje",
        "esta mensagem foi apagada",
        "mensagem apagada",
        "você apagou esta mensagem",
        "apagou esta mensagem",
        "ce message a été supprimé",
        "vous avez supprimé ce message",
        "questo messaggio è stato eliminato",
        "hai eliminato questo messaggio",
        "dit bericht is verwijderd",
        "je hebt dit bericht verwijderd",
        "u heeft dit bericht verwijderd",
        "данное сообщение удалено",
        "сообщение удалено",
        "вы удалили данное сообщение",
        "ta wiadomość została usunięta",
        "usunięto tę wiadomość",
        "bu mesaj silindi",
        "تم حذف هذه الرسالة",
        "此消息已删除",
        "此訊息已刪除",
        "このメッセージは削除されました",
        "삭제된 메시지입니다",
        "pesan ini telah dihapus",
    ];
    let said = said.trim_matches(MARKS).trim_end_matches(['.', '。']).to_lowercase();
    WORDS.contains(&said.as_str())
}
