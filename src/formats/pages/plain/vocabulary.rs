//! The words of comment pages in all languages at once, made ready for looking up.
//!
//! Languages are not told apart first: pages mix them (a German theme on an English blog), and a
//! phrase of one language hardly ever means something else in another.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::openings::Openings;
use super::traces::Traces;
use crate::formats::pages::profile::{self, Phrases, Profile};

/// Words and phrases of all languages and profiles, in lower case.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    pub(super) says: HashSet<String>,
    labels: HashSet<String>,
    reply_to: Openings,
    actions: AhoCorasick,
    counts: AhoCorasick,
    none: Openings,
    forms: Openings,
    ends: HashSet<String>,
    more: AhoCorasick,
    deleted: Openings,
    wrote: Vec<String>,
    notes: Openings,
    /// What only one platform prints.
    pub(super) traces: Traces,
    /// Words that only one language uses, to name the page's language.
    languages: Vec<(String, HashSet<String>)>,
}

impl Vocabulary {
    /// The vocabulary of the built-in profiles.
    pub(super) fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Vocabulary> =
            LazyLock::new(|| Vocabulary::new(profile::built_in()));
        &BUILT_IN
    }

    /// The common phrases and those of the profiles.
    pub(super) fn new(profiles: &[Profile]) -> Self {
        let tables = || profiles.iter().map(|p| &p.phrases).chain([profile::common_phrases()]);
        let all = |pick: fn(&Phrases) -> &Vec<String>| -> Vec<String> {
            let phrases = tables().flat_map(BTreeMap::values).flat_map(pick);
            let mut words: Vec<String> = phrases.map(|word| word.to_lowercase()).collect();
            words.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            words.dedup();
            words
        };
        let automaton = |words: Vec<String>| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(words)
                .expect("a few hundred short phrases fit an automaton")
        };
        let languages = profile::common_phrases().iter().map(|(language, phrases)| {
            let words = phrases.actions.iter().chain(&phrases.forms).chain(&phrases.says);
            (language.clone(), words.map(|word| word.to_lowercase()).collect())
        });
        Self {
            says: all(|p| &p.says).into_iter().collect(),
            labels: all(|p| &p.labels).into_iter().collect(),
            reply_to: Openings::new(all(|p| &p.reply_to)),
            actions: automaton(all(|p| &p.actions)),
            counts: automaton(all(|p| &p.counts)),
            none: Openings::new(all(|p| &p.none)),
            forms: Openings::new(all(|p| &p.forms)),
            ends: all(|p| &p.ends).into_iter().collect(),
            more: automaton(all(|p| &p.more)),
            deleted: Openings::new(all(|p| &p.deleted)),
            wrote: all(|p| &p.wrote),
            notes: Openings::new(all(|p| &p.notes)),
            traces: Traces::new(profiles),
            languages: languages.collect(),
        }
    }

    /// The text ends in a word such as `says:`; returns the byte where that word begins.
    pub(super) fn says_at(&self, text: &str) -> Option<usize> {
        let end = text.trim_end_matches([':', '：', '.', '…', '-', ' ', '\u{a0}']);
        let head = end.rsplit_once([' ', '\u{a0}']).map_or(0, |(head, _)| head.len());
        let two = end[..head].trim_end().rsplit_once([' ', '\u{a0}']).map(|(h, _)| h.len());
        for start in two.into_iter().chain([head]) {
            let word = end[start..].trim_start();
            if start > 0 && self.says.contains(&word.to_lowercase()) {
                return Some(end.len() - word.len());
            }
        }
        // `Annsays:`: a word for those who listen, hidden from those who see, was glued to the name.
        let last = &end[head..];
        let is_glued = |(at, _): &(usize, char)| {
            let word = &last[*at..];
            word.chars().count() > 3 && self.says.contains(word)
        };
        if text.trim_end().ends_with(':')
            && let Some((at, _)) = last.char_indices().skip(2).find(is_glued)
        {
            return Some(head + at);
        }
        // `Ann より:` and `Ann说：` are written without a space.
        let stem = end.strip_suffix("より").or_else(|| end.strip_suffix("说道"))?;
        (!stem.is_empty() && end.len() < text.len()).then_some(stem.len())
    }

    /// A role or rank, as pages print it beside a name.
    pub(super) fn is_label(&self, text: &str) -> bool {
        text.len() < 60 && self.labels.contains(&text.trim().to_lowercase())
    }

    /// The name behind a phrase such as `Reply to`, if the line is one.
    pub(super) fn replied_to<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.reply_to.rests(text).find_map(|rest| {
            let name = rest.trim_start_matches([':', ' ', '\u{a0}', '@']).trim_end();
            let is_apart = rest.len() != name.len() || !name.starts_with(char::is_alphanumeric);
            (is_apart && !name.is_empty()).then_some(name)
        })
    }

    /// The word alone says that somebody is answered: `Ann 回复 Bob`.
    pub(super) fn is_answering(&self, word: &str) -> bool {
        self.replied_to(&format!("{word} -")).is_some_and(|rest| rest == "-")
    }

    /// Nothing but links, buttons, counts of votes and signs.
    pub(super) fn is_actions(&self, text: &str) -> bool {
        if text.len() > 200 || text.is_empty() {
            return false;
        }
        let lower = text.to_lowercase();
        let mut at = 0;
        let mut found = false;
        for action in self.actions.find_iter(&lower) {
            if lower[at..action.start()].contains(char::is_alphabetic) {
                return false;
            }
            found = true;
            at = action.end();
        }
        found && !lower[at..].contains(char::is_alphabetic)
    }

    /// How many bytes at the end of a text are links and buttons that stand right behind the end
    /// of a sentence, or in parentheses.
    pub(super) fn glued_actions(&self, text: &str) -> usize {
        let start = text.len().saturating_sub(120);
        let start = (start..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let mut before = text[..start].chars().next_back();
        for (at, c) in text[start..].char_indices() {
            let at = start + at;
            let is_end =
                before.is_some_and(|c| matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '»' | ')'));
            if at > 0 && (c == '(' || is_end && c.is_alphabetic()) && self.is_actions(&text[at..]) {
                return text.len() - at;
            }
            before = Some(c);
        }
        0
    }

    /// A remark of the site on the comment above it: `Last edited 2 years ago by Ann`.
    pub(super) fn is_note(&self, text: &str) -> bool {
        text.len() < 200 && self.notes.begin(text)
    }

    /// The heading of a list that pages print below comments, and below anything else.
    pub(super) fn is_end(&self, text: &str) -> bool {
        text.len() < 60
            && self.ends.contains(&text.trim_matches([' ', ':', '\u{a0}']).to_lowercase())
    }

    /// The line says that nobody has commented.
    pub(super) fn is_none(&self, text: &str) -> bool {
        text.len() < 60 && self.none.rests(text).any(ends_word) || self.count(text) == Some(Some(0))
    }

    /// The line opens a form, or begins what follows the comments.
    pub(super) fn is_form(&self, text: &str) -> bool {
        self.is_end(text) || text.len() < 200 && self.forms.rests(text).any(ends_word)
    }

    /// The line invites to comment or to answer. (Other lines that follow comments, such as the way to
    /// the next article, follow lists as well.)
    pub(super) fn is_invitation(&self, text: &str) -> bool {
        const ANSWER: &[&str] = &[
            "reply",
            "response",
            "thoughts",
            "your say",
            "mail",
            "antwort",
            "répon",
            "rispo",
            "respuesta",
            "resposta",
            "reageer",
            "reactie",
            "odpow",
            "ответ",
            "відповід",
            "svar",
            "cevap",
            "回复",
        ];
        let lower = text.to_lowercase();
        self.is_form(text)
            && !self.is_end(text)
            && (self.counts.is_match(&lower) || ANSWER.iter().any(|word| lower.contains(word)))
    }

    /// The line is a link that holds back comments.
    pub(super) fn is_more(&self, text: &str) -> bool {
        text.len() < 80 && self.more.is_match(&text.to_lowercase())
    }

    /// A link to the rest of an article.
    pub(super) fn is_teaser(text: &str) -> bool {
        const TEASERS: &[&str] = &[
            "read more",
            "continue reading",
            "weiterlesen",
            "mehr lesen",
            "lire la suite",
            "leer más",
            "seguir leyendo",
            "continua a leggere",
            "leggi tutto",
            "continue lendo",
            "leia mais",
            "lees verder",
            "czytaj więcej",
            "czytaj dalej",
            "читать далее",
            "devamını oku",
            "read the rest",
            "full story",
            "more info",
            "view details",
            "learn more",
            "apply now",
            "add to cart",
            "listen",
            "watch",
            "more »",
            "more…",
            "zum artikel",
            "mehr »",
            "続きを読む",
            "もっと見る",
            "阅读全文",
            "閱讀全文",
            "继续阅读",
            "繼續閱讀",
            "더 보기",
            "계속 읽기",
        ];
        let text = text.trim();
        if text.len() >= 60 {
            return false;
        }
        let lower = text.to_lowercase();
        TEASERS.iter().any(|teaser| lower.starts_with(teaser))
    }

    /// The text stands in the place of a removed comment.
    pub(super) fn is_deleted(&self, text: &str) -> bool {
        let text = text.trim();
        text.len() < 160 && self.deleted.begin(text)
    }

    /// `Ann wrote:`: the name before the words, if the line is nothing else.
    pub(super) fn quoted_author<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = text.trim().trim_end_matches([':', '：', '↑', '.', ' ']);
        if text.len() > 120 {
            return None;
        }
        let lower = text.to_lowercase();
        self.wrote.iter().find_map(|word| {
            if lower.len() != text.len() {
                return None;
            }
            let name = lower.strip_suffix(word.as_str()).map(|head| &text[..head.len()]).or_else(
                || lower.strip_prefix(word.as_str()).map(|t| &text[text.len() - t.len()..]),
            )?;
            let name = name.trim();
            (!name.is_empty()).then_some(name)
        })
    }

    /// The number that a line such as `27 Comments` declares; `None` inside if it has a word of
    /// counts but no number.
    #[allow(clippy::option_option)]
    pub(super) fn count(&self, text: &str) -> Option<Option<u32>> {
        if text.is_empty() || text.len() > 160 {
            return None;
        }
        let lower = text.to_lowercase();
        // `Hide 2 comments` folds replies.
        if ["hide ", "(hide "].iter().any(|fold| lower.starts_with(fold)) {
            return None;
        }
        let word = self.counts.find(&lower)?;
        // `7. Comments` is a heading among others.
        let digits = lower.trim_start_matches(|c: char| c.is_ascii_digit());
        if digits.len() < lower.len() && (digits.starts_with(". ") || digits.starts_with(") ")) {
            return None;
        }
        let plain = lower[..word.start()]
            .trim_matches(|c: char| !c.is_alphanumeric())
            .replace(['.', ',', '\u{a0}', ' '], "");
        let before = lower[..word.start()].chars().filter(|c| c.is_alphabetic()).count();
        let number = |digits: &str| digits.parse::<u32>().ok().filter(|n| *n < 10_000_000);
        if let Some(count) = number(&plain) {
            return Some(Some(count));
        }
        let behind: String = lower[word.end()..]
            .trim_start_matches(|c: char| c.is_alphabetic())
            .trim_start_matches([' ', ':', '(', '\u{a0}', '['])
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let rest = lower[word.end()..].chars().filter(|c| c.is_alphabetic()).count();
        if before == 0 && !behind.is_empty() && rest < 6 {
            return Some(number(&behind));
        }
        let digits: String = lower[..word.start()].chars().filter(char::is_ascii_digit).collect();
        if before < 24 && !digits.is_empty() && lower[..word.start()].split_whitespace().count() < 5
        {
            return Some(number(&digits));
        }
        // `Leserkommentare (12)`
        if before < 16 && !behind.is_empty() && rest < 4 {
            return Some(number(&behind));
        }
        // `Comments`, `Leserkommentare`, `Reader comments`.
        let is_short = before < 16 && lower.split_whitespace().count() < 3;
        let is_all = before == 0 && rest == 0;
        ((is_short && rest < 4 || is_all) && digits.is_empty()).then_some(None)
    }

    /// The language whose words the lines use most, for the notes.
    pub(super) fn language<'t>(&self, lines: impl Iterator<Item = &'t str>) -> Option<&str> {
        let mut hits = vec![0_u32; self.languages.len()];
        for line in lines.filter(|line| line.len() < 60) {
            let lower = line.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
            for (i, (_, words)) in self.languages.iter().enumerate() {
                hits[i] += u32::from(words.contains(&lower));
            }
        }
        let best = (0..hits.len()).rev().max_by_key(|i| hits[*i])?;
        (hits[best] > 0).then(|| self.languages[best].0.as_str())
    }

    /// A part of a comment form.
    pub(super) fn is_furniture(&self, text: &str) -> bool {
        const FORM: &[&str] = &[
            "guest",
            "subscribe",
            "notify of",
            "label",
            "{}",
            "[+]",
            "name*",
            "email*",
            "website",
            "oldest",
            "newest",
            "newest most voted",
            "inline feedbacks",
            "view all comments",
            "benachrichtige mich zu:",
            "benachrichtige mich bei",
            "gast",
            "avatar",
            "{ } [ + ]",
            "most voted",
            "notify me of new comments",
            "subscribe by email",
        ];
        let text = text.trim().to_lowercase();
        // `newest | oldest | most voted`, in any language.
        let is_choice = |part: &str| {
            (3..=25).contains(&part.trim().chars().count())
                && part.chars().all(|c| c.is_alphabetic() || c == ' ')
        };
        let is_order = text.matches(" | ").count() == 2 && text.split(" | ").all(is_choice);
        FORM.contains(&text.as_str())
            || is_order
            || text.starts_with("sort by")
            || self.is_form(&text)
    }
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}
