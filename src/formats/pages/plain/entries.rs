//! What an entry of a page shows of being a comment, or of being none.
//!
//! Each question is asked of one entry; [`super::belief`] asks it of all of them and weighs the
//! answers.

use std::collections::HashSet;

use super::assembly::Page;
use super::details;
use super::rows::{DATE, Row};
use super::segments::Segment;
use super::speech;
use super::vocabulary::Vocabulary;

/// So many letters are a remark at most.
const REMARK: usize = 40;

/// What the name is the name of stands before it: `On duty: Ann`. Comments have `From: Ann`.
pub(super) fn is_labelled(segment: &Segment, page: &Page<'_>) -> bool {
    const WRITERS: &[&str] = &["from", "by", "name", "author", "user", "von", "autor", "auteur"];
    let text = page.rows[segment.header.author_row].text.trim();
    let label = text.strip_suffix(segment.header.author.as_str()).and_then(|label| {
        label.trim_end().strip_suffix(':').filter(|label| label.starts_with(char::is_alphabetic))
    });
    label.is_some_and(|label| {
        let last = label.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        !WRITERS.contains(&last.as_str())
    })
}

/// Links for answering, sharing, voting stand around it.
pub(super) fn is_acted_on(segment: &Segment, page: &Page<'_>) -> bool {
    let rows = segment.header.rows.start..(segment.body.end + 3).min(page.rows.len());
    let is_known = |text: &str| Vocabulary::is_teaser(text) || is_passed_on(text) || is_tally(text);
    let is_link = |row: usize| page.is_action(row) && !is_known(&page.rows[row].text);
    // `May 4, 2019 | Reply`
    let ends_in_link = |row: usize| {
        let dated = page.rows[row].masked.split_once(DATE);
        dated.is_some_and(|(_, rest)| {
            let rest = rest.trim_matches(|c: char| !c.is_alphabetic());
            page.words().is_actions(rest) && !is_known(rest)
        })
    };
    rows.into_iter().any(is_link) || segment.header.rows.clone().any(ends_in_link)
}

/// It quotes another author by name.
pub(super) fn quotes(segment: &Segment, authors: &HashSet<&str>, page: &Page<'_>) -> bool {
    shown(segment, page).any(|line| {
        let quoted = page.words().quoted_author(line);
        quoted.is_some_and(|name| name != segment.header.author && authors.contains(name))
    })
}

/// A number and what it counts: `18 replies`. An index of discussions has it as well.
fn is_tally(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (number, word, more) = (words.next(), words.next(), words.next());
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    number.is_some_and(is_number) && word.is_some_and(is_word) && more.is_none()
}

/// Links for passing something on, which articles, offers and entries of a ticker have as well.
fn is_passed_on(text: &str) -> bool {
    const PASSING: &[&str] = &[
        "share",
        "email",
        "e-mail",
        "tweet",
        "print",
        "facebook",
        "twitter",
        "on",
        "by",
        "teilen",
        "partager",
        "compartir",
        "condividi",
        "delen",
        "udostępnij",
        "поделиться",
        "paylaş",
        "dela",
        "シェア",
        "分享",
    ];
    let lower = text.to_lowercase();
    let mut words =
        lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    words.all(|word| PASSING.contains(&word))
}

/// It speaks to another author by name.
pub(super) fn addresses(segment: &Segment, authors: &HashSet<&str>, page: &Page<'_>) -> bool {
    let Some(first) = segment.body.clone().find(|row| !page.rows[*row].is_blank()) else {
        return false;
    };
    let text = page.rows[first].text.trim_start();
    let bare = text.trim_start_matches('@');
    let is_marked = bare.len() < text.len();
    authors.iter().any(|author| {
        let rest = bare.strip_prefix(author).filter(|_| author.chars().count() > 2);
        *author != segment.header.author
            && rest.is_some_and(|rest| is_marked || rest.starts_with([',', ':', '!']))
    })
}

/// The text is a line that is no sentence: a subject, a title.
pub(super) fn is_one_line(segment: &Segment, page: &Page<'_>) -> bool {
    let mut shown = segment.body.clone().filter(|row| !page.rows[*row].is_blank());
    let Some(first) = shown.next() else { return segment.header.title.is_none() };
    let text = page.rows[first].text.trim();
    shown.next().is_none() && text.len() < 100 && !text.ends_with(['.', '!', '?', '…', '。', ')'])
}

/// A title stands above it, or the text begins with a line that could be one. (The first line of
/// wrapped text goes on in the next one.)
pub(super) fn begins_with_title(segment: &Segment, page: &Page<'_>) -> bool {
    let mut shown = shown(segment, page);
    let (first, next) = (shown.next().unwrap_or_default(), shown.next().unwrap_or_default());
    let is_title = (8..=70).contains(&first.len())
        && first.split_whitespace().nth(1).is_some()
        && first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && first.ends_with(char::is_alphanumeric)
        && next.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    // What stands in the line of the header may be all of the text.
    let is_text = |title: &String| title.len() > 100 || title.ends_with(['.', '!', '?', '…']);
    is_title || segment.header.title.as_ref().is_some_and(|title| !is_text(title))
}

/// The text is an item of a list, and its head is none: what was changed by whom.
pub(super) fn is_listed(segment: &Segment, page: &Page<'_>) -> bool {
    let is_item = |row: &Row<'_>| matches!(row.mark.as_str(), "-" | "*" | "+" | "•" | "·");
    let mut shown = page.rows[segment.body.clone()].iter().filter(|row| !row.is_blank());
    !is_item(&page.rows[segment.header.author_row]) && shown.next().is_some_and(is_item)
}

/// A line such as `Day 3` stands at its edge: a part of something longer.
pub(super) fn is_numbered(segment: &Segment, page: &Page<'_>) -> bool {
    let is_number = |line: &str| {
        let mut words = line.split_whitespace();
        let (Some(word), Some(number), None) = (words.next(), words.next(), words.next()) else {
            return false;
        };
        word.chars().count() > 2
            && word.chars().all(char::is_alphabetic)
            && number.trim_end_matches([':', '.']).bytes().all(|b| b.is_ascii_digit())
    };
    // Such lines may have been taken for furniture above the text.
    let above = page.rows[..segment.body.start].iter().rev().map(|row| row.text.trim());
    let mut shown = shown(segment, page);
    let edges = [above.into_iter().find(|line| !line.is_empty()), shown.next(), shown.next_back()];
    edges.into_iter().flatten().any(is_number)
}

/// It speaks of the one who wrote it, or to somebody.
pub(super) fn speaks(segment: &Segment, page: &Page<'_>) -> bool {
    shown(segment, page).any(speech::is_personal)
}

/// It speaks of the one who wrote it, or asks something.
pub(super) fn talks(segment: &Segment, page: &Page<'_>) -> bool {
    shown(segment, page).any(|line| speech::is_personal(line) || speech::is_to_somebody(line))
}

/// The first line of the text.
pub(super) fn first_line<'a>(segment: &Segment, page: &'a Page<'_>) -> Option<&'a str> {
    shown(segment, page).next()
}

/// The text begins with a line that is all link to another page: a title, to be read there.
pub(super) fn is_link(segment: &Segment, page: &Page<'_>) -> bool {
    page.rows[segment.body.clone()].iter().find(|row| !row.is_blank()).is_some_and(|r| r.is_link)
}

/// The lines of the text.
fn shown<'a>(
    segment: &Segment,
    page: &'a Page<'_>,
) -> impl DoubleEndedIterator<Item = &'a str> + use<'a> {
    segment.body.clone().map(|row| page.rows[row].text.trim()).filter(|line| !line.is_empty())
}

/// The last line of the text could be the title of what follows.
pub(super) fn ends_in_title(segment: &Segment, page: &Page<'_>) -> bool {
    let mut shown = segment.body.clone().rev().filter(|row| !page.rows[*row].is_blank());
    let Some(last) = shown.next() else { return false };
    let text = page.rows[last].text.trim();
    shown.next().is_some()
        && (12..=110).contains(&text.len())
        && text.split_whitespace().nth(1).is_some()
        && !text.ends_with(STOPS)
}

/// The text ends in a line that is the name of another author, or is nothing but a line and a name
/// below it: of the one who began what the entry tells of. (Who signs does so with a part of his own.)
pub(super) fn ends_in_name(segment: &Segment, authors: &HashSet<&str>, page: &Page<'_>) -> bool {
    let mut shown = shown(segment, page).filter(|line| line.contains(char::is_alphabetic));
    let Some(last) = shown.next_back() else { return false };
    let author = segment.header.author.to_lowercase();
    let is_own = author.contains(&last.to_lowercase());
    let is_pair = shown.count() == 1;
    let is_word = !last.contains(' ') && !last.ends_with(STOPS);
    !is_own && (authors.contains(last) || is_word && is_pair)
}

/// The page has a heading within the text.
pub(super) fn has_heading(segment: &Segment, page: &Page<'_>) -> bool {
    page.rows[segment.body.clone()].iter().any(|row| row.is_heading)
}

/// Lines of a word or two and no sentence: names, labels, numbers.
pub(super) fn is_of_words(segment: &Segment, page: &Page<'_>) -> bool {
    let is_bare = |line: &str| line.split_whitespace().count() <= 2 && !line.ends_with(STOPS);
    let mut shown = shown(segment, page).peekable();
    shown.peek().is_some() && shown.all(is_bare)
}

/// Hardly anything but short lines that end without a stop: links, headlines, fields.
pub(super) fn is_menu(segment: &Segment, page: &Page<'_>) -> bool {
    let is_item = |line: &str| line.len() < 90 && !line.ends_with(STOPS);
    let (items, all) = shown(segment, page)
        .fold((0, 0), |(items, all), line| (items + usize::from(is_item(line)), all + 1));
    all >= 3 && items * 4 >= all * 3
}

/// What sentences end in.
const STOPS: [char; 12] = ['.', '!', '?', '…', ':', ';', ',', '"', '”', '»', ')', '。'];

/// A few words and no more.
pub(super) fn is_remark(segment: &Segment, page: &Page<'_>) -> bool {
    shown(segment, page).map(|line| line.chars().count()).sum::<usize>() <= REMARK
}

/// Somebody is asked, thanked or addressed in it.
pub(super) fn is_to_somebody(segment: &Segment, page: &Page<'_>) -> bool {
    shown(segment, page).any(speech::is_to_somebody)
}

/// A second date stands in the text, in a line of its own or beside a name: `Last post by Ann, May
/// 4`. (What forums quote is headed so, too.)
pub(super) fn tells_twice(segment: &Segment, page: &Page<'_>) -> bool {
    page.rows[segment.body.clone()].iter().any(|row| {
        let is_dated = row.dates.iter().any(|date| !date.is_bare && date.has_day());
        is_dated
            && row.text.len() < 80
            && !row.text.ends_with(['.', '!', '?', ':'])
            && page.words().quoted_author(&row.text).is_none()
            && !details::tells_of_joining(&row.text)
    })
}

/// A line stands twice in the text: the title of an article, as the text of its picture and above its
/// beginning.
pub(super) fn tells_title_twice(segment: &Segment, page: &Page<'_>) -> bool {
    const TITLE: usize = 16;
    // What was taken off the beginning counts.
    let start = segment.header.rows.end.min(segment.body.start);
    let rows = page.rows[start..segment.body.end.max(start)].iter();
    let mut lines: Vec<&str> =
        rows.map(|row| row.text.trim()).filter(|line| line.len() >= TITLE).collect();
    lines.sort_unstable();
    lines.windows(2).any(|pair| pair[0] == pair[1])
}

/// Its head has a year in which nobody commented: of a letter that is quoted, of a chronicle.
pub(super) fn is_before_its_time(segment: &Segment, page: &Page<'_>) -> bool {
    const YEARS: std::ops::Range<i32> = 1000..1980;
    let Some((date, row)) = segment.header.date.as_ref().zip(segment.header.date_row) else {
        return false;
    };
    // Such a year is no part of a date of our times.
    let behind = page.rows[row].text.get(date.span.end..).unwrap_or_default();
    let word = behind.trim_start_matches([' ', ',']).split(|c: char| !c.is_alphanumeric()).next();
    let year = date.year().or_else(|| word.filter(|word| word.len() == 4)?.parse().ok());
    year.is_some_and(|year| YEARS.contains(&year))
}

/// Its head is one that mail programs write: `From: Ann`, or `On May 4, Ann wrote:`. Pages that
/// quote mails have them between their own paragraphs.
pub(super) fn is_quoted_mail(segment: &Segment, page: &Page<'_>) -> bool {
    const FROM: &[&str] = &["from:", "von:", "de :", "de:", "da:", "van:", "от:", "od:"];
    const ON: &[&str] = &["on ", "am ", "le ", "il ", "el ", "op "];
    let row = &page.rows[segment.header.author_row];
    let lower = row.text.trim_start().to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    starts(FROM) || starts(ON) && !row.dates.is_empty() && row.says.is_some()
}

/// Its head tells of two days: from when to when.
pub(super) fn is_span(segment: &Segment, page: &Page<'_>) -> bool {
    let header = &segment.header.rows;
    let rows = page.rows[header.start..header.end.max(segment.body.start)].iter();
    let mut rows = rows.filter(|row| !row.dates.is_empty());
    let joins = |row: &Row<'_>| match row.dates.as_slice() {
        [first, second] => {
            let between = row.text.get(first.span.end..second.span.start).unwrap_or_default();
            first.has_day()
                && second.has_day()
                && between.trim().chars().all(|c| !c.is_alphanumeric())
        }
        _ => false,
    };
    rows.any(joins)
}
