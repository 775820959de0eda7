//! Dictionaries in TOML.
//!
//! ```toml
//! stem = "en"                         # optional: compare stems, so `sanction` finds `sanctions`
//! quotations = true                   # optional: what a comment quotes counts as its own
//!
//! oil = ["oil", "petrol*"]            # a topic and its patterns
//!
//! ["regime change"]                   # the same with more to say
//! terms = ["coup", "regime change"]
//! exact = ["CIA"]                     # these letters in this very case
//! except = ["coup de grace"]          # what this covers does not count
//!
//! [economy.sanctions]                 # nested: counts for `economy` and `economy > sanctions`
//! terms = ["sanction*", "/embargo(es)?/"]
//! ```

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Draft, NESTED, Role};
use crate::error::{Error, Result};

/// Reads a dictionary in TOML.
pub(super) fn read(file: &str, text: &str) -> Result<Draft> {
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Error::usage(format!("{file}:{line}: not TOML: {}", error.message()))
    })?;
    let mut reader = Reader { text, draft: Draft::new(file) };
    for (key, value) in in_order(table.get_ref()) {
        if key.get_ref() == "stem" {
            reader.draft.stem = Some(reader.string(value)?.to_owned());
        } else if let ("quotations", DeValue::Boolean(counts)) =
            (key.get_ref().as_ref(), value.get_ref())
        {
            reader.draft.with_quotations = *counts;
        } else {
            reader.topic(key.get_ref(), value)?;
        }
    }
    Ok(reader.draft)
}

struct Reader<'t> {
    text: &'t str,
    draft: Draft,
}

type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;

/// The entries of a table in the order of the file.
fn in_order<'a, 't>(table: &'a DeTable<'t>) -> Vec<(&'a Key<'t>, &'a Spanned<DeValue<'t>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn line_of(text: &str, at: usize) -> usize {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count() + 1
}

impl Reader<'_> {
    fn topic(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<()> {
        match value.get_ref() {
            DeValue::Array(_) => {
                let topic = self.draft.topic(name);
                self.patterns(topic, value, Role::Term)
            }
            DeValue::Table(table) => {
                let topic = self.draft.topic(name);
                for (key, value) in in_order(table) {
                    match key.get_ref().as_ref() {
                        "terms" | "words" => self.patterns(topic, value, Role::Term)?,
                        "exact" => self.patterns(topic, value, Role::Exact)?,
                        "except" => self.patterns(topic, value, Role::Exception)?,
                        inner => self.topic(&format!("{name}{NESTED}{inner}"), value)?,
                    }
                }
                Ok(())
            }
            _ => Err(self.error(
                value,
                &format!("topic {name:?} wants a list of patterns or a table with `terms`"),
            )),
        }
    }

    fn patterns(&mut self, topic: u32, value: &Spanned<DeValue<'_>>, role: Role) -> Result<()> {
        let DeValue::Array(array) = value.get_ref() else {
            return Err(self.error(value, "a list of patterns in quotation marks is wanted here"));
        };
        for item in array {
            let notation = self.string(item)?.to_owned();
            let line = line_of(self.text, item.span().start);
            self.draft.add(topic, &notation, line, role);
        }
        Ok(())
    }

    fn string<'a>(&self, value: &'a Spanned<DeValue<'_>>) -> Result<&'a str> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text),
            _ => Err(self.error(value, "text in quotation marks is wanted here")),
        }
    }

    fn error(&self, value: &Spanned<DeValue<'_>>, message: &str) -> Error {
        self.draft.error(line_of(self.text, value.span().start), message)
    }
}
