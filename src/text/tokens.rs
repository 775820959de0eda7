//! A text as a row of words, numbers, hashtags, mentions, hosts and emoji.
//!
//! For whoever asks what a text is about. Quoted lines are left out: their words are another's.
//! Of a URL only the host remains, since its path is no sentence of the commenter's; a mention or
//! an address of mail is no word either, and says so by its kind.

use unicode_segmentation::UnicodeSegmentation;

use super::segmentation;
use super::words::own_parts;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word with a letter in it.
    Word,
    /// A word of digits.
    Number,
    /// `#word`, without the sign.
    Hashtag,
    /// `@name` or an address of mail.
    Mention,
    /// The host of a URL, without `www.`.
    Host,
    /// A pictograph.
    Emoji,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// As it is written.
    pub text: &'t str,
    /// What it is.
    pub kind: TokenKind,
    /// More than a space, hyphen or apostrophe stands between this and the token before it, or
    /// this is the first: a phrase cannot reach across.
    pub is_parted: bool,
}

/// The tokens of the own (unquoted) text.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut row = Row { tokens: Vec::with_capacity(text.len() / 6), is_parted: true };
    for part in own_parts(text) {
        for line in part.lines() {
            row.is_parted = true;
            for chunk in line.split_whitespace() {
                row.chunk(chunk);
            }
        }
    }
    row.tokens
}

/// The host of a URL that begins somewhere in a piece of text without white space.
#[must_use]
pub fn host_of(chunk: &str) -> Option<&str> {
    let rest = match chunk.find("://") {
        Some(at) if chunk[..at].ends_with(|c: char| c.is_ascii_alphabetic()) => &chunk[at + 3..],
        _ => {
            let bare = chunk.trim_start_matches(|c: char| !c.is_alphanumeric());
            bare.starts_with("www.").then_some(bare)?
        }
    };
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')));
    let host = rest[..end.unwrap_or(rest.len())].trim_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

struct Row<'t> {
    tokens: Vec<Token<'t>>,
    is_parted: bool,
}

impl<'t> Row<'t> {
    fn push(&mut self, text: &'t str, kind: TokenKind) {
        let is_parted = std::mem::take(&mut self.is_parted);
        self.tokens.push(Token { text, kind, is_parted });
    }

    fn alone(&mut self, text: &'t str, kind: TokenKind) {
        self.is_parted = true;
        self.push(text, kind);
        self.is_parted = true;
    }

    fn chunk(&mut self, chunk: &'t str) {
        if let Some(host) = host_of(chunk) {
            return self.alone(host, TokenKind::Host);
        }
        let inner = chunk.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '#' | '@')));
        if let Some(at) = inner.find('@') {
            let name = inner[at + 1..].trim_end_matches(|c: char| !c.is_alphanumeric());
            if !name.is_empty() {
                return self.alone(if at == 0 { name } else { inner }, TokenKind::Mention);
            }
        }
        if let Some(tag) = inner.strip_prefix('#')
            && tag.starts_with(char::is_alphanumeric)
        {
            let end = tag.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(tag.len());
            let kind = if tag[..end].contains(char::is_alphabetic) {
                TokenKind::Hashtag
            } else {
                TokenKind::Number
            };
            return self.alone(&tag[..end], kind);
        }
        self.words(chunk);
    }

    fn words(&mut self, chunk: &'t str) {
        let mut last = 0;
        let mut word = |start: usize, end: usize| {
            self.between(&chunk[last..start]);
            let text = &chunk[start..end];
            let is_word = text.contains(char::is_alphabetic);
            self.push(text, if is_word { TokenKind::Word } else { TokenKind::Number });
            last = end;
        };
        if segmentation::is_needed(chunk) {
            segmentation::words(chunk, word);
        } else {
            for (start, text) in chunk.unicode_word_indices() {
                word(start, start + text.len());
            }
        }
        self.between(&chunk[last..]);
    }

    /// What stands between words.
    fn between(&mut self, text: &'t str) {
        for (at, c) in text.char_indices() {
            if is_emoji(c) {
                self.alone(&text[at..at + c.len_utf8()], TokenKind::Emoji);
            } else if !matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}') {
                self.is_parted = true;
            }
        }
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{1F1E6}'..='\u{1F1FF}')
}
