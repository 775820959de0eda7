//! What comments are about: topics given in a dictionary, or discovered.

/// A set of topics that texts can be searched for.
#[derive(Debug, Default)]
pub struct Topics {
    /// The topics, in the order in which hits name them.
    pub list: Vec<Topic>,
}

/// One topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// The readable label that tables use.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its terms or patterns, the weightiest first.
    pub terms: Vec<String>,
}

/// Where a topic comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A dictionary that the user gave.
    Dictionary,
    /// Found in the comments themselves.
    Discovered,
}

/// A topic found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index into [`Topics::list`].
    pub topic: u32,
    /// How often it is mentioned; at least 1.
    pub mentions: u32,
}

impl Topics {
    /// The topics that a plain text mentions, by index. Quoted lines do not count.
    #[must_use]
    pub fn hits(&self, _text: &str) -> Vec<Hit> {
        Vec::new()
    }
}
