//! Dictionaries of Lexicoder (`.lcd`), in XML: `<cnode name="topic">` around
//! `<pnode name="pattern"/>`, nested as deep as one likes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Draft, NESTED, Role};
use crate::error::Result;

/// Reads a dictionary of Lexicoder.
pub(super) fn read(file: &str, text: &str) -> Result<Draft> {
    let mut draft = Draft::new(file);
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    loop {
        let line = line_of(text, reader.buffer_position());
        let event = reader.read_event();
        match event {
            Ok(Event::Eof) => return Ok(draft),
            Ok(Event::Start(tag)) if tag.name().as_ref() == "cnode" => {
                path.push(name_of(&draft, &tag, line)?);
                draft.topic(&path.join(NESTED));
            }
            Ok(Event::End(tag)) if tag.name().as_ref() == "cnode" => {
                path.pop();
            }
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.name().as_ref() == "pnode" => {
                let pattern = name_of(&draft, &tag, line)?;
                if path.is_empty() {
                    return Err(draft.error(line, format!("pattern {pattern:?} is in no cnode")));
                }
                let topic = draft.topic(&path.join(NESTED));
                draft.add(topic, &pattern, line, Role::Term);
            }
            Ok(_) => {}
            Err(error) => return Err(draft.error(line, format!("not XML: {error}"))),
        }
    }
}

fn name_of(draft: &Draft, tag: &BytesStart<'_>, line: usize) -> Result<String> {
    let name = tag.attributes().flatten().find(|a| a.key.as_ref() == "name");
    let value = name.map(|a| a.value.into_owned());
    let value = value
        .map(|v| quick_xml::escape::unescape(&v).map_or(v.clone(), std::borrow::Cow::into_owned));
    value
        .filter(|value| !value.trim().is_empty())
        .ok_or_else(|| draft.error(line, "a cnode or pnode without a name"))
}

fn line_of(text: &str, at: u64) -> usize {
    let end = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    let tail = &text.as_bytes()[end..];
    let blank = tail.iter().take_while(|b| b.is_ascii_whitespace()).count();
    memchr::memchr_iter(b'\n', &text.as_bytes()[..end + blank]).count() + 1
}
