//! Topic dictionaries: the files that people have, to patterns.
//!
//! | format | extension | what it is |
//! |---|---|---|
//! | TOML | `.toml` | Rejoinder's own: all that the others say, and exceptions, case, stems |
//! | LIWC | `.dic` | numbered categories, words with their numbers |
//! | quanteda | `.yml`, `.yaml` | keys with lists of patterns |
//! | Lexicoder | `.lcd`, `.xml` | XML with a `pnode` for each pattern |
//! | rows | `.csv`, `.tsv` | a topic and a pattern in each row |
//!
//! Every format is read into the same draft: topics in the order of the file, nested ones named
//! `outer > inner`, each with patterns in one notation (see the module `pattern`). A hit on a nested
//! topic is a hit on those around it too. An error names the file, the line and the pattern.

mod lexicoder;
mod liwc;
mod quanteda;
mod rows;
mod toml;

use std::collections::HashMap;

use super::pattern::{Form, Pattern};
use super::{Origin, Topic, Topics};
use crate::error::{Error, Result};
use crate::text::stems::Stemmer;

/// A function that reads a dictionary from its file's name and text.
type Read = fn(&str, &str) -> Result<Draft>;

/// The formats, by the extensions of their files.
static FORMATS: &[(&[&str], Read)] = &[
    (&["toml"], toml::read),
    (&["dic"], liwc::read),
    (&["yml", "yaml"], quanteda::read),
    (&["lcd", "xml"], lexicoder::read),
    (&["csv", "tsv"], rows::read),
];

/// Parts the names of nested topics.
pub(crate) const NESTED: &str = " > ";

impl Topics {
    /// Reads a dictionary; its format is told by the extension of its file name.
    ///
    /// ```
    /// # use rejoinder::topics::Topics;
    /// let topics = Topics::from_dictionary("my.toml", "oil = ['oil', 'petrol*']")?;
    /// assert_eq!(topics.hits("Petroleum, crude oil. Oil!")[0].mentions, 3);
    /// # Ok::<(), rejoinder::error::Error>(())
    /// ```
    pub fn from_dictionary(file: &str, text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let read = FORMATS
            .iter()
            .find(|(extensions, _)| {
                let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
                extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
            })
            .map(|(_, read)| read);
        let Some(read) = read else {
            let known: Vec<&str> = FORMATS.iter().flat_map(|(e, _)| *e).copied().collect();
            return Err(Error::usage(format!(
                "{file}: a dictionary's format is told by its extension, one of {}",
                known.join(", ")
            )));
        };
        read(file, text)?.compile()
    }
}

/// A dictionary as it was read, before its patterns are compiled.
#[derive(Debug, Default)]
struct Draft {
    file: String,
    topics: Vec<Topic>,
    by_name: HashMap<String, u32>,
    entries: Vec<Entry>,
    stem: Option<String>,
    with_quotations: bool,
}

/// A pattern of a topic.
#[derive(Debug)]
struct Entry {
    topic: u32,
    notation: String,
    line: usize,
    role: Role,
}

/// What a pattern does for its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Counts, in any case of its letters.
    Term,
    /// Counts, in this very case.
    Exact,
    /// What it covers does not count.
    Exception,
}

impl Draft {
    fn new(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// The index of a topic, which is added where it is new, as are the topics around it.
    fn topic(&mut self, name: &str) -> u32 {
        if let Some(&index) = self.by_name.get(name) {
            return index;
        }
        if let Some((outer, _)) = name.rsplit_once(NESTED) {
            self.topic(outer);
        }
        let index = self.topics.len() as u32;
        self.topics.push(Topic {
            name: name.to_owned(),
            origin: Origin::Dictionary,
            terms: Vec::new(),
            weights: Vec::new(),
            coherence: None,
        });
        self.by_name.insert(name.to_owned(), index);
        index
    }

    fn add(&mut self, topic: u32, notation: &str, line: usize, role: Role) {
        self.entries.push(Entry { topic, notation: notation.trim().to_owned(), line, role });
    }

    fn error(&self, line: usize, message: impl AsRef<str>) -> Error {
        Error::usage(format!("{}:{line}: {}", self.file, message.as_ref()))
    }

    /// The index of a topic and those of the topics around it.
    fn with_ancestors(&self, topic: u32) -> Vec<u32> {
        let mut all = vec![topic];
        let mut name = self.topics[topic as usize].name.as_str();
        while let Some((outer, _)) = name.rsplit_once(NESTED) {
            all.extend(self.by_name.get(outer));
            name = outer;
        }
        all
    }

    fn compile(mut self) -> Result<Topics> {
        if self.entries.is_empty() {
            return Err(Error::usage(format!("{}: the dictionary has no patterns", self.file)));
        }
        let stemmer = match &self.stem {
            None => None,
            Some(code) => Some(Stemmer::of(code).ok_or_else(|| {
                let known: Vec<_> = Stemmer::languages().collect();
                Error::usage(format!(
                    "{}: no stemmer for the language {code}; there is one for {}",
                    self.file,
                    known.join(", ")
                ))
            })?),
        };
        let mut patterns = Vec::with_capacity(self.entries.len());
        let mut stems = Vec::new();
        for entry in std::mem::take(&mut self.entries) {
            let pattern = self.pattern(&entry, stemmer.as_ref())?;
            let is_stemmed = stemmer.is_some() && pattern.is_plain();
            let into = if is_stemmed { &mut stems } else { &mut patterns };
            for topic in self.with_ancestors(entry.topic) {
                into.push((topic, pattern.clone()));
            }
            let shown = match entry.role {
                Role::Exception => continue,
                Role::Term | Role::Exact => entry.notation,
            };
            let terms = &mut self.topics[entry.topic as usize].terms;
            if !terms.contains(&shown) {
                terms.push(shown);
            }
        }
        let mut topics = Topics::new(self.topics, patterns);
        topics.with_quotations = self.with_quotations;
        Ok(match stemmer {
            Some(stemmer) => topics.with_stems(stemmer, stems),
            None => topics,
        })
    }

    fn pattern(&self, entry: &Entry, stemmer: Option<&Stemmer>) -> Result<Pattern> {
        let parsed = match entry.role {
            Role::Exact => Pattern::exact(&entry.notation),
            Role::Term | Role::Exception => Pattern::parse(&entry.notation),
        };
        let mut pattern = parsed.map_err(|reason| {
            self.error(
                entry.line,
                format!(
                    "pattern {:?} of topic {:?} is of no use: {reason}",
                    entry.notation, self.topics[entry.topic as usize].name
                ),
            )
        })?;
        if let (Some(stemmer), true) = (stemmer, pattern.is_plain())
            && let Form::Literal { folded, .. } = &mut pattern.form
        {
            *folded = stemmer.stem_text(folded);
        }
        Ok(if entry.role == Role::Exception { pattern.excepting() } else { pattern })
    }
}
