//! The notation of patterns, shared by all dictionary files.
//!
//! | notation | matches |
//! |---|---|
//! | `oil` | the whole word, in any case |
//! | `regime change` | the words in this order, with any white space between them |
//! | `venezuel*` | words that begin so |
//! | `*ism` | words that end so |
//! | `col*r`, `wom?n` | `*`: any letters within a word, `?`: one |
//! | `/sanction(s\|ed)?/` | a regular expression, between word boundaries, in any case |

use regex::bytes::{Regex, RegexBuilder};

use super::classes::fold;

/// One pattern of a topic.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// What it matches takes away from its topic instead of adding to it.
    pub is_exception: bool,
    /// How it is searched.
    pub form: Form,
}

/// How a pattern is searched.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// Letters, with or without a wildcard at either end.
    Literal {
        /// Folded by [`fold`].
        folded: String,
        /// `*` at the beginning.
        open_left: bool,
        /// `*` at the end.
        open_right: bool,
        /// The text that a match must equal, where case counts.
        exact: Option<String>,
    },
    /// A regular expression.
    Regex(Regex),
}

impl Pattern {
    /// Reads the notation; the error says what is wrong with it.
    pub(crate) fn parse(notation: &str) -> Result<Self, String> {
        let text = notation.trim();
        if let Some(body) = text.strip_prefix('/').and_then(|t| t.strip_suffix('/'))
            && !body.is_empty()
        {
            return expression(body);
        }
        let open_left = text.starts_with('*');
        let open_right = text.len() > 1 && text.ends_with('*');
        let core = text.trim_matches('*');
        if core.trim().is_empty() {
            return Err("it matches everything or nothing".to_owned());
        }
        let is_glob = core.contains(['*', '?']) && core.chars().any(char::is_alphanumeric);
        if is_glob && core.trim_end_matches('?') != core.trim_end_matches(['*', '?']) {
            return glob(text);
        }
        if is_glob && (core.contains('*') || inner_question_mark(core)) {
            return glob(text);
        }
        let folded = fold(core);
        Ok(Self::of(Form::Literal { folded, open_left, open_right, exact: None }))
    }

    /// A whole word or phrase as it stands, in any case; `None` if it is empty.
    pub(crate) fn literal(text: &str) -> Option<Self> {
        let folded = fold(text);
        (!folded.is_empty()).then(|| {
            Self::of(Form::Literal { folded, open_left: false, open_right: false, exact: None })
        })
    }

    /// A whole word or phrase whose case counts.
    pub(crate) fn exact(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("it is empty".to_owned());
        }
        let exact = Some(text.to_owned());
        let folded = fold(text);
        Ok(Self::of(Form::Literal { folded, open_left: false, open_right: false, exact }))
    }

    /// A whole word or phrase in any case, which can be compared by stems.
    pub(crate) fn is_plain(&self) -> bool {
        let Form::Literal { open_left, open_right, exact, .. } = &self.form else { return false };
        !open_left && !open_right && exact.is_none()
    }

    /// The same pattern as an exception.
    pub(crate) fn excepting(self) -> Self {
        Self { is_exception: true, ..self }
    }

    fn of(form: Form) -> Self {
        Self { is_exception: false, form }
    }
}

/// A question mark that stands for a letter: `wom?n`. One at the end asks something: `why?`.
fn inner_question_mark(core: &str) -> bool {
    core.trim_end_matches('?').contains('?')
}

/// Wildcards within a word, as a regular expression.
fn glob(text: &str) -> Result<Pattern, String> {
    let mut body = String::new();
    for c in fold(text).chars() {
        match c {
            '*' => body.push_str(r"\w*"),
            '?' => body.push_str(r"\w"),
            ' ' => body.push_str(r"\s+"),
            c => body.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    expression(&body)
}

fn expression(body: &str) -> Result<Pattern, String> {
    let built = RegexBuilder::new(body).case_insensitive(true).build();
    let regex = built.map_err(|error| match error {
        regex::Error::Syntax(message) => {
            let last = message.lines().last().unwrap_or("").trim_start_matches("error: ");
            format!("the regular expression is wrong: {last}")
        }
        regex::Error::CompiledTooBig(_) => "the regular expression is too large".to_owned(),
        other => other.to_string(),
    })?;
    if regex.is_match(b"") {
        return Err("the regular expression matches even an empty text".to_owned());
    }
    Ok(Pattern::of(Form::Regex(regex)))
}
