//! Quotations in the texts of forums: whose comment is quoted, and which lines are the quotation.
//!
//! A page prints `Ann wrote:` above a quotation, many platforms with the time of the quoted comment
//! (`Ann wrote: ↑Mon May 04, 2020 9:10 am`, `On 5/4/2020 at 9:10 AM, Ann said:`). Copied as text, the
//! quotation has lost its frame: the lines that follow, as far as they stand in an earlier comment of
//! that author, are the quotation, and are marked with `> ` as in mail.

use std::collections::HashMap;

use super::vocabulary::Vocabulary;
use crate::comment::{Comment, Moment, Name, Quotes};
use crate::text::dates::{self, PageDates};

/// Shorter lines may stand in two comments by chance, unless they are all of one.
const TELLING: usize = 12;

/// Longest line, in bytes, that may say who is quoted.
const LONGEST: usize = 160;

/// So many words may follow a name: `View Post`, or what stood before a date.
const BEHIND: usize = 3;

/// So many of the shown lines at the beginning of a text may say who is quoted without the quotation
/// being found.
const EARLY: usize = 3;

/// How many earlier comments of an author a quotation is looked for in.
const REACH: usize = 200;

/// Fills in [`crate::comment::ReplyTo::quotes`], and marks the lines that are quotations.
pub(super) fn state(comments: &mut [Comment], words: &Vocabulary, dates: &PageDates) {
    let page = Quotable::new(comments, words, dates);
    let found: Vec<_> = (0..comments.len()).map(|i| page.read(i, &comments[i].text)).collect();
    for (comment, (quotes, text)) in comments.iter_mut().zip(found) {
        if let Some(quotes) = quotes {
            comment.reply_to.quotes = Some(Box::new(quotes));
        }
        if let Some(text) = text {
            comment.text = text;
        }
    }
}

/// What the comments of a page may quote.
struct Quotable<'p> {
    words: &'p Vocabulary,
    dates: &'p PageDates,
    /// By author, the comments that he wrote.
    written: HashMap<Name, Vec<usize>>,
    /// The texts, each run of white space as one blank.
    texts: Vec<String>,
}

/// A line that says who is quoted.
struct Attribution<'p> {
    author: &'p Name,
    created: Option<Moment>,
    /// It says so in words; else it is just a name with a colon.
    is_worded: bool,
}

impl<'p> Quotable<'p> {
    fn new(comments: &[Comment], words: &'p Vocabulary, dates: &'p PageDates) -> Self {
        let mut written: HashMap<Name, Vec<usize>> = HashMap::new();
        for (i, comment) in comments.iter().enumerate() {
            if let Some(author) = &comment.author {
                written.entry(author.clone()).or_default().push(i);
            }
        }
        let texts = comments.iter().map(|comment| squeezed(&comment.text)).collect();
        Self { words, dates, written, texts }
    }

    /// Whom the text of comment `i` quotes first, and the text with its quotations marked, if there
    /// are any to be marked.
    fn read(&self, i: usize, text: &str) -> (Option<Quotes>, Option<String>) {
        let mut quotes: Option<Quotes> = None;
        let mut speaker: Option<Attribution<'_>> = None;
        let (mut lines, mut shown, mut is_marked) = (Vec::new(), 0, false);
        for line in text.lines() {
            shown += usize::from(!line.trim().is_empty());
            let mut is_quoted = false;
            if let Some(found) = self.attribution(line) {
                if found.is_worded && shown <= EARLY {
                    quotes.get_or_insert_with(|| found.quotes());
                }
                speaker = Some(found);
            } else if let Some(found) = self.attribution_within(line, i) {
                quotes.get_or_insert_with(|| found.quotes());
                speaker = Some(found);
            } else if let Some(found) = speaker.as_ref().filter(|_| !line.trim().is_empty()) {
                is_quoted = self.wrote(found.author, line, i);
                if is_quoted {
                    quotes.get_or_insert_with(|| found.quotes());
                } else {
                    speaker = None;
                }
            }
            let is_bare = is_quoted && !line.starts_with('>');
            is_marked |= is_bare;
            lines.push(if is_bare { format!("> {line}") } else { line.to_owned() });
        }
        (quotes, is_marked.then(|| lines.join("\n")))
    }

    /// The line stands in one of the author's comments before comment `i`.
    fn wrote(&self, author: &Name, line: &str, i: usize) -> bool {
        let line = squeezed(line.trim_start_matches(['>', ' ']));
        let before = self.written[author].iter().rev().filter(|j| **j < i).take(REACH);
        before.map(|j| &self.texts[*j]).any(|text| match line.len() {
            0..TELLING => *text == line,
            _ => text.contains(&line),
        })
    }

    fn attribution(&self, line: &str) -> Option<Attribution<'_>> {
        let is_quoted = line.starts_with('>');
        let line = line.trim_start_matches(['>', ' ']);
        if line.len() > LONGEST {
            return None;
        }
        let dated = dates::find_in(line, self.dates);
        let bare = match &dated {
            Some((span, _)) => format!("{}{}", &line[..span.start], &line[span.end..]),
            None => line.to_owned(),
        };
        // What is quoted with its own attribution is what the quoted one answered.
        let created = dated.map(|(_, moment)| moment).filter(|_| !is_quoted);
        if let Some(name) = self.words.quoted_author(&bare) {
            let author = self.known(name)?;
            return Some(Attribution { author, created, is_worded: true });
        }
        let (author, _) = self.written.get_key_value(line.trim_end().strip_suffix(':')?)?;
        Some(Attribution { author, created: None, is_worded: false })
    }

    /// An attribution with the first line of its quotation behind it in the same line.
    fn attribution_within(&self, line: &str, i: usize) -> Option<Attribution<'_>> {
        let colons = line.match_indices(": ").map(|(at, _)| (at, at + 1));
        // `Ann wrote: ↑May 4, 2020 9:10 amIt came late.`
        let start = &line[..line.floor_char_boundary(LONGEST)];
        let date = dates::find_in(start, self.dates).map(|(span, _)| (span.end, span.end));
        let mut ways = date.into_iter().chain(colons).filter(|(at, _)| *at < LONGEST);
        ways.find_map(|(end, start)| {
            let found = self.attribution(&line[..end]).filter(|found| found.is_worded)?;
            self.wrote(found.author, &line[start..], i).then_some(found)
        })
    }

    /// The author of the page whose name stands in what is left of an attribution: at its beginning,
    /// or behind its last comma.
    fn known(&self, rest: &str) -> Option<&Name> {
        let of = |name: &str| self.written.get_key_value(name).map(|(name, _)| name);
        let is_around = |c: char| c.is_ascii_punctuation() || c.is_whitespace() || c == '↑';
        let tail = rest.rsplit_once(',').map_or("", |(_, tail)| tail);
        [rest, tail].into_iter().find_map(|part| {
            let mut name = part.trim();
            for _ in 0..=BEHIND {
                if let Some(author) = of(name).or_else(|| of(name.trim_matches(is_around))) {
                    return Some(author);
                }
                name = name.rsplit_once(' ')?.0.trim_end();
            }
            None
        })
    }
}

impl Attribution<'_> {
    fn quotes(&self) -> Quotes {
        Quotes { id: None, author: Some(self.author.clone()), created: self.created }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(author: &str, text: &str) -> Comment {
        Comment { author: Some(author.into()), text: text.to_owned(), ..Comment::default() }
    }

    /// The name and the minute that a text quotes, and the text with its quotations marked.
    fn read(text: &str) -> (Option<String>, Option<i64>, String) {
        let mut comments = [
            write("Paula", "New pads, nothing else helps."),
            write("Jo Ann", "They do.\nBut which ones?"),
            write("Nils", text),
        ];
        state(&mut comments, Vocabulary::built_in(), &PageDates::default());
        let [.., comment] = comments;
        let quotes = comment.reply_to.quotes.unwrap_or_default();
        let minute = quotes.created.map(|moment| moment.millis / 60_000);
        (quotes.author.map(|name| name.to_string()), minute, comment.text)
    }

    #[test]
    fn attributions_of_forums_name_the_author_and_the_minute() {
        let minute = Some(25_861_585); // 4 March 2019, 10:25
        for line in [
            "Paula wrote: ↑Mon Mar 04, 2019 10:25 am",
            "Quote from: Paula on March 04, 2019, 10:25:39 AM",
            "On March 4, 2019 at 10:25 AM, Paula said:",
            "(2019-03-04, 10:25 AM)Paula Wrote:",
        ] {
            let (author, created, text) =
                read(&format!("{line}\nNew pads, nothing else helps.\nOh"));
            assert_eq!((author.as_deref(), created), (Some("Paula"), minute), "{line}");
            assert_eq!(text, format!("{line}\n> New pads, nothing else helps.\nOh"));
        }
        for line in ["Originally Posted by Jo Ann View Post", "Jo Ann said: ↑", "Jo Ann:"] {
            let (author, _, text) = read(&format!("{line}\nBut which ones?\nThe red ones"));
            assert_eq!(author.as_deref(), Some("Jo Ann"), "{line}");
            assert_eq!(text, format!("{line}\n> But which ones?\nThe red ones"));
        }
    }

    #[test]
    fn a_quotation_may_stand_in_the_line_of_its_attribution() {
        let line = "(2019-03-04, 10:25 AM)Paula Wrote:  New pads, nothing else helps.\nHow many?";
        assert_eq!(read(line), (Some("Paula".to_owned()), Some(25_861_585), line.to_owned()));
        let glued = "Paula wrote: ↑Mon Mar 04, 2019 10:25 amNew pads, nothing else helps.\nOh";
        assert_eq!(read(glued), (Some("Paula".to_owned()), Some(25_861_585), glued.to_owned()));
        let nested =
            "> On March 4, 2019 at 10:25 AM, Paula wrote:\n> > New pads, nothing else helps.";
        assert_eq!(read(nested), (Some("Paula".to_owned()), None, nested.to_owned()));
    }

    #[test]
    fn what_nobody_wrote_is_no_quotation() {
        let own = "Paula:\nwhich ones do you take?";
        assert_eq!(read(own), (None, None, own.to_owned()));
        let unknown = "Otto wrote:\nNew pads, nothing else helps.";
        assert_eq!(read(unknown), (None, None, unknown.to_owned()));
        let short = "Paula wrote:\npads";
        assert_eq!(read(short), (Some("Paula".to_owned()), None, short.to_owned()));
    }
}
