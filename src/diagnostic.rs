//! What was odd about an input: values with a place, never failures.
//!
//! Reading and linking return diagnostics beside their results. They are kept as a table, counted
//! in the summary, and make the program's exit code 1 under `--strict`.

use std::fmt;

/// One oddity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The input it was found in.
    pub source: String,
    /// Line or record number, 1-based.
    pub line: Option<u32>,
    /// What sort of oddity.
    pub kind: Oddity,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence: lower case, no full stop, what was found and what was done about it.
    pub message: String,
    /// The beginning of the text in question.
    pub excerpt: Option<String>,
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Something was repaired or guessed.
    Warning,
    /// Something could not be read or is lost.
    Problem,
}

impl Severity {
    /// The word that tables use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

/// Declares the closed list of oddities once: variant, word, severity, explanation.
macro_rules! oddities {
    ($($variant:ident $word:literal $severity:ident $about:literal;)*) => {
        /// What sort of oddity a diagnostic reports: a closed list of words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Oddity {
            $(#[doc = $about] $variant,)*
        }

        impl Oddity {
            /// All oddities, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that tables use.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// How much it usually matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// One sentence on what it means.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)* }
            }
        }
    };
}

oddities! {
    Unreadable "unreadable" Problem "an input could not be opened or read and was skipped";
    NoComments "no-comments" Note "the input holds a post but no comments";
    CountDiffers "count-differs" Note "the source declares another number of comments than were found";
    MoreHidden "more-hidden" Note "the source holds back comments behind a link such as load more";
    Joined "joined" Note "several inputs are parts of one thread and were put together";
    InferredGrammar "inferred-grammar" Warning "no profile knows the page; its grammar was inferred";
    Encoding "encoding" Warning "bytes that are not text in the encoding were replaced";
    Truncated "truncated" Problem "the input ends in the middle of a record";
    Damaged "damaged" Problem "a part of the input is damaged and was passed over";
    BadRecord "bad-record" Problem "a record could not be read and was left out";
    BadDate "bad-date" Warning "a date does not exist or could not be read";
    AmbiguousDate "ambiguous-date" Note "day and month, or the year, could not be told for sure on this page";
    DuplicateId "duplicate-id" Warning "two comments state the same id; the later one got a new one";
    DuplicateRecord "duplicate-record" Note "the same record came twice; one was kept";
    MissingParent "missing-parent" Warning "a parent is named but absent; a placeholder stands for it";
    Cycle "cycle" Warning "comments answer each other in a circle; it was cut at its latest link";
    SelfParent "self-parent" Warning "a comment names itself as its parent; it was hung from the post";
    Contradiction "contradiction" Warning "two statements on a parent contradict each other; the stronger was taken";
    OutOfOrder "out-of-order" Note "a reply is dated before the comment it answers";
    Hostile "hostile" Warning "a limit on size or nesting was reached";
    Unsupported "unsupported" Warning "a part of the source is not supported and was left out";
}

impl Diagnostic {
    /// A diagnostic with the severity that its kind usually has.
    pub fn new(source: impl Into<String>, kind: Oddity, message: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            line: None,
            kind,
            severity: kind.severity(),
            message: message.into(),
            excerpt: None,
        }
    }

    /// Says where: line or record, 1-based.
    #[must_use]
    pub fn at(mut self, line: impl Into<Option<u32>>) -> Self {
        self.line = line.into();
        self
    }

    /// Keeps the beginning of the text in question, at most 80 characters of its first line.
    #[must_use]
    pub fn excerpt(mut self, text: &str) -> Self {
        let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        self.excerpt = Some(line.chars().filter(|c| !c.is_control()).take(80).collect());
        self
    }
}

impl fmt::Display for Diagnostic {
    /// `source:line: message`, the way compilers print it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.source, self.message),
            None => write!(f, "{}: {}", self.source, self.message),
        }
    }
}
