//! Whether comments that were found are comments, and not a table, a list of articles or a
//! chronicle.
//!
//! Evidence is added up. For comments speak what pages print around them (a heading with their
//! number, a form, links for answering, pictures, the names of the ones answered) and what people
//! do: they come back, they answer each other by name, several write on one day. Against them speak
//! what lists have: a title above each entry, a link to the rest of it, its number of comments,
//! one author, names that are none, no order in time or too much of it.

use std::collections::HashSet;
use std::ops::Range;

use super::anchors::{Anchor, anchor};
use super::assembly::Page;
use super::entries;
use super::grammar::Grammar;
use super::inference::INFERRED;
use super::pace::Pace;
use super::plausible;
use super::records;
use super::score::{Finding, is_empty};
use super::segments::Segment;
use super::vocabulary::Vocabulary;
use crate::comment::Kind;
use crate::text::dates::Written;

/// The evidence that is needed; more where a page has next to no comments, or none with a date.
const NEEDED: f32 = 1.5;
const NEEDED_OF_FEW: f32 = 2.3;
/// A single text without a date: two equal lines, or somebody who said something.
const NEEDED_OF_ONE: f32 = 4.0;
/// Where a page declares just as many, hardly anything may speak against them.
const NEEDED_OF_AGREED: f32 = 0.5;
/// So many comments in which nobody speaks to anybody are none.
const FEWEST_SILENT: usize = 6;
/// What stands more often than so many times an entry belongs to the entries.
const OF_ENTRIES: f32 = 0.4;

/// Of so many people who comment, somebody comes back.
const MANY_STRANGERS: usize = 25;
/// So many numbers of comments on a page are those of several articles.
const MANY_COUNTS: usize = 4;
/// So many forms of the same words are not that of the page.
const MANY_FORMS: usize = 3;
/// So many bytes are a paragraph.
const PARAGRAPH: usize = 120;

impl Finding<'_> {
    /// Whether the comments found are comments.
    pub(super) fn is_believable(&self, page: &Page<'_>) -> bool {
        let comments = self.comments();
        if comments.is_empty() || self.score < 0.3 && !self.agrees {
            return false;
        }
        let is_dated = share(&comments, |s| s.header.date.is_some()) > 0.5;
        let needed = match comments.len() {
            _ if self.agrees => NEEDED_OF_AGREED,
            1 if !is_dated => NEEDED_OF_ONE,
            0..3 => NEEDED_OF_FEW,
            _ if !is_dated && !self.is_peculiar(&comments, page) => NEEDED_OF_FEW,
            _ => NEEDED,
        };
        let days = Pace::of(&comments, page);
        let evidence = self.evidence_for(&comments, &days, page)
            - self.evidence_against(&comments, &days, page);
        evidence >= needed
    }

    fn comments(&self) -> Vec<&Segment> {
        self.segments.iter().filter(|segment| segment.kind == Kind::Comment).collect()
    }

    /// An index of articles, which tells of each how many comments it has: none of these numbers is
    /// a heading. (Forums print how many their members wrote, but with the word before the number.)
    pub(super) fn is_index(&self, page: &Page<'_>) -> bool {
        let rows = self.rows(page);
        let first = page.marks.counts.partition_point(|(row, _)| *row < rows.start);
        let inside = page.marks.counts[first..].iter().take_while(|(row, _)| *row < rows.end);
        let counts = inside.filter(|(row, count)| {
            let text = &page.rows[*row].text;
            let is_box = self.plain.flat
                && !text.starts_with(|c: char| c.is_ascii_digit())
                && !Vocabulary::is_teaser(text);
            count.is_some() && !is_box
        });
        counts.count() as f32 > OF_ENTRIES * self.comments().len() as f32
    }

    /// Links to the rest of the entries stand among them.
    fn holds_back(&self, page: &Page<'_>) -> bool {
        let teasers =
            page.rows[self.rows(page)].iter().filter(|row| Vocabulary::is_teaser(&row.text));
        teasers.count() as f32 > OF_ENTRIES * self.comments().len() as f32
    }

    /// The rows from the first entry to what stands right behind the last one.
    fn rows(&self, page: &Page<'_>) -> Range<usize> {
        let (Some(first), Some(last)) = (self.segments.first(), self.segments.last()) else {
            return 0..0;
        };
        let end = last.header.rows.end.max(last.body.end).max(last.footer_end);
        let shown = (end..page.rows.len()).filter(|row| !page.rows[*row].is_blank());
        let behind = shown.take(2).last().map_or(end, |row| row + 1);
        first.header.rows.start.min(first.body.start)..behind
    }

    /// The page says that nobody has commented. (Of several articles it may say so of some.)
    fn is_denied(&self, page: &Page<'_>) -> bool {
        page.marks.none == 1 && self.section.declared.is_none_or(|declared| declared == 0)
    }

    /// A heading stands above the comments. Where a page tells of more articles how many comments
    /// they have than it has comments, one of these numbers was taken for it.
    fn is_headed(&self, page: &Page<'_>) -> bool {
        let counts = page.marks.counts.iter().filter(|(_, n)| n.is_some()).count();
        let is_among_many = counts >= MANY_COUNTS && counts > 2 * self.segments.len();
        self.section.has_heading && !is_among_many && !self.is_index(page)
    }

    fn evidence_for(&self, comments: &[&Segment], days: &Pace<'_>, page: &Page<'_>) -> f32 {
        let n = comments.len();
        let timed =
            |s: &&Segment| s.header.date.as_ref().is_some_and(|d| d.has_time() || d.is_age());
        let authors: HashSet<&str> = comments.iter().map(|s| s.header.author.as_str()).collect();
        let is_headed = self.is_headed(page);
        let is_declared = self.section.declared.is_some_and(|d| d as usize == n);
        let is_ordered = days.order().is_some_and(|order| order >= 0.85);
        weight(is_headed, 1.0)
            + weight(is_declared && is_headed, 1.0)
            + weight(share(comments, timed) > 0.5 || self.is_talk(comments, page), 0.8)
            + weight(share(comments, |s| s.header.has_avatar) > 0.5, 1.0)
            + weight(comments.iter().any(|s| s.header.to.is_some()), 0.8)
            + weight(share(comments, |s| entries::is_acted_on(s, page)) > 0.5, 1.0)
            + weight(authors.len() < n && authors.len() > 1, 0.4)
            + weight(says(self.grammar, comments, page), 0.6)
            + weight(self.is_peculiar(comments, page), 0.8)
            + weight(self.has_form(page), 0.3)
            + weight(n > 3 && is_ordered, 0.3)
            + weight(is_ordered && days.is_lively() && !days.is_paced(), 0.4)
            + weight(self.is_below_prose(page), 0.3)
            + weight(comments.iter().any(|s| entries::addresses(s, &authors, page)), 0.4)
            + weight(comments.iter().any(|s| entries::quotes(s, &authors, page)), 1.0)
            + (n as f32 / 10.0).min(0.5)
    }

    fn evidence_against(&self, comments: &[&Segment], days: &Pace<'_>, page: &Page<'_>) -> f32 {
        let authors: HashSet<&str> = comments.iter().map(|s| s.header.author.as_str()).collect();
        let is_headed = self.is_headed(page);
        let is_acted_on = share(comments, |s| entries::is_acted_on(s, page)) > 0.5;
        // Nothing but names, dates and texts: a calendar has as much, and a form below it.
        let is_bare = !is_headed
            && !self.is_peculiar(comments, page)
            && !says(self.grammar, comments, page)
            && comments.iter().all(|s| s.header.to.is_none())
            && share(comments, |s| s.header.has_avatar) <= 0.5
            && !is_acted_on;
        // Neither a heading nor peculiar lines tell of comments, nor do their headers.
        let is_unframed = !is_headed
            && !self.is_peculiar(comments, page)
            && !says(self.grammar, comments, page)
            && comments.iter().all(|s| s.header.to.is_none());
        // What stands behind a post there is the box of the next author.
        let is_forum = self.plain.flat && self.is_peculiar(comments, page);
        let is_inferred = self.grammar.name == INFERRED;
        let are_strangers =
            !is_headed && comments.len() >= MANY_STRANGERS && authors.len() == comments.len();
        let disorder = match days.order() {
            Some(order) if order < 0.7 => 0.8,
            Some(order) if order < 0.85 => 0.4,
            _ => 0.0,
        };
        let named = share(comments, |s| plausible::is_likely(&s.header.author));
        let of = |holds: &dyn Fn(&Segment, &Page<'_>) -> bool| share(comments, |s| holds(s, page));
        let is_dated = comments.iter().any(|s| s.header.date.is_some());
        let is_wordless = of(&entries::is_one_line) > 0.8;
        let is_silent = || is_silent(comments, page, &authors);
        // Remarks of a few words have no room for it.
        let is_terse = || of(&entries::is_remark) > 0.5;
        2.0 * of(&is_empty)
            + weight(self.holds_back(page), 2.0)
            + weight(self.is_index(page), 2.0)
            + weight(self.is_denied(page), 2.0)
            + weight(!is_headed && !is_forum && of(&entries::ends_in_title) > 0.6, 1.2)
            + weight(!is_headed && of(&entries::tells_twice) > 0.7, 1.2)
            + weight(!is_headed && of(&entries::tells_title_twice) > 0.6, 1.5)
            + weight(of(&entries::is_before_its_time) > 0.2, 3.0)
            + weight(!is_headed && !is_acted_on && of(&entries::is_quoted_mail) > 0.6, 2.0)
            + weight(is_wordless, if is_wordless && is_silent() { 1.5 } else { 1.0 })
            + weight(of(&entries::is_of_words) > 0.7, 2.0)
            + weight(share(comments, |s| entries::ends_in_name(s, &authors, page)) > 0.6, 2.0)
            + weight(!self.plain.flat && of(&entries::has_heading) > 0.5, 1.5)
            + weight(of(&entries::is_span) > 0.6, 2.0)
            + weight(self.is_shifted(page), 2.0)
            + weight(of(&entries::is_listed) > 0.7, 2.0)
            + weight(of(&entries::is_link) > 0.7, 2.0)
            + weight(records::are_tallied(comments, page), 3.0)
            + weight(!is_headed && !is_acted_on && records::open_alike(comments, page), 1.2)
            + weight(is_unframed && !is_acted_on && records::are_mute(comments, page), 1.0)
            + weight(share(comments, |s| plausible::looks_like_text(&s.header.author)) > 0.3, 1.0)
            + weight(are_strangers, 0.6)
            + weight(share(comments, |s| plausible::is_title(&s.header.author)) >= 0.5, 1.5)
            + weight(named < 0.5, 0.8)
            + weight(named < 0.15, 0.8)
            + weight(is_bare && !is_terse() && is_silent(), 0.7)
            + weight(is_bare && (is_inferred || is_loose(self.grammar, comments, page)), 0.5)
            + weight(is_bare || self.plain.flat && !is_headed, disorder)
            + weight(!is_bare && is_inferred && is_unframed && !is_acted_on, 1.6 * disorder)
            + weight(is_bare && (days.is_steady() || days.is_paced()), 0.8)
            + weight(is_bare && days.is_one_day(), 0.5)
            + weight(is_bare && is_dated_first(self.grammar), 1.0)
            + weight(is_bare && of(&entries::begins_with_title) > 0.7, 1.2)
            + weight(is_bare && of(&entries::is_labelled) > 0.5, 1.0)
            + weight(is_bare && of(&entries::is_numbered) > 0.5, 1.5)
            + weight(authors.len() == 1 && comments.len() > 2, 0.6)
            + weight(!is_dated && authors.len() == comments.len() && comments.len() > 3, 0.5)
            // Forums print boxes of their members into the texts.
            + weight(!self.plain.flat && of(&entries::is_menu) > 0.4, 1.5)
            + weight(is_unframed && self.score < 0.8, 1.0)
            + weight(is_unframed && !is_dated, 1.5)
    }

    /// People speak, below names and without titles: where no times of day tell that they were
    /// written one after the other.
    fn is_talk(&self, comments: &[&Segment], page: &Page<'_>) -> bool {
        let is_titled =
            |s: &&Segment| entries::ends_in_title(s, page) || entries::begins_with_title(s, page);
        !is_dated_first(self.grammar)
            && share(comments, |s| entries::speaks(s, page)) >= 0.5
            && share(comments, is_titled) < 0.3
    }

    /// Its lines are so peculiar that only comments have them. `Posted by Ann on May 4` and `Posted
    /// 3 days ago` are not: blogs sign their articles so, and offers their age. Neither is `Ann · 3
    /// days ago`, as feeds of all kinds have it, nor `— Ann, May 4`, as quotations are signed.
    fn is_peculiar(&self, comments: &[&Segment], page: &Page<'_>) -> bool {
        let is_signed = |s: &&Segment| {
            let is_plain = !s.header.has_avatar && s.header.to.is_none();
            // (`8 • 3 days ago` has votes.)
            let is_feed = |text: &str| {
                let votes = text.trim_start_matches(|c: char| c.is_ascii_digit());
                let has_votes =
                    votes.len() < text.len() && votes.trim_start().starts_with(['·', '•']);
                (text.contains(" · ") || text.contains(" • ")) && !has_votes
            };
            page.rows[s.header.rows.clone()].iter().any(|row| {
                let is_timed = || row.dates.iter().any(|d| d.has_time() || d.is_age());
                let is_quoted = row.text.starts_with(['—', '–', '-']) && !is_timed();
                if is_plain && (is_feed(&row.text) || is_quoted) {
                    return true;
                }
                let text = row.text.trim_start().to_lowercase();
                let is_old = row.dates.iter().any(Written::is_age);
                text.strip_prefix("posted ").is_some_and(|rest| is_old || rest.starts_with("by "))
            })
        };
        self.grammar.strong && share(comments, is_signed) <= 0.5
    }

    /// Two paragraphs of an article stand right above the first comment; lists begin at once.
    fn is_below_prose(&self, page: &Page<'_>) -> bool {
        let first = self.segments.first().map_or(0, |s| s.header.rows.start.min(s.body.start));
        let shown = page.rows[..first].iter().rev().filter(|row| !row.is_blank());
        let above: Vec<&str> = shown.take(2).map(|row| row.text.as_ref()).collect();
        above.len() == 2 && above.iter().all(|text| text.len() >= PARAGRAPH)
    }

    /// A form for comments follows. One that comes again and again belongs to each of several articles.
    fn has_form(&self, page: &Page<'_>) -> bool {
        let is_invitation = |row: &&usize| {
            **row >= self.section.start && page.words().is_invitation(&page.rows[**row].text)
        };
        let forms: Vec<&str> = page
            .marks
            .forms
            .iter()
            .filter(is_invitation)
            .map(|row| page.rows[*row].text.as_ref())
            .collect();
        let is_single =
            |text: &&str| forms.iter().filter(|other| *other == text).count() < MANY_FORMS;
        forms.iter().take(MANY_FORMS).any(is_single)
    }
}

fn weight(holds: bool, weight: f32) -> f32 {
    if holds { weight } else { 0.0 }
}

/// The share of comments of which something is true.
fn share(comments: &[&Segment], holds: impl Fn(&&Segment) -> bool) -> f32 {
    comments.iter().filter(|s| holds(s)).count() as f32 / comments.len().max(1) as f32
}

/// The date stands above the name.
fn is_dated_first(grammar: &Grammar) -> bool {
    [&grammar.above, &grammar.below].into_iter().any(|lines| {
        let place = |slot: &str| lines.iter().position(|line| line.has(slot));
        matches!((place("{date}"), place("author")), (Some(date), Some(author)) if date < author)
    })
}

/// A line of any kind stands in the header, another one in nearly each: where a title stands above a
/// name, they are read as a name and a place. (Ranks and the like come again.)
fn is_loose(grammar: &Grammar, comments: &[&Segment], page: &Page<'_>) -> bool {
    let mut lines = [&grammar.above, &grammar.below].into_iter().flatten();
    let others = comments.iter().flat_map(|s| {
        let rows = s.header.rows.clone().filter(|row| *row != s.header.author_row);
        rows.map(|row| &page.rows[row]).filter(|row| !row.is_blank() && row.dates.is_empty())
    });
    let others: HashSet<&str> = others.map(|row| row.text.as_ref()).collect();
    lines.any(|line| line.has("{place}") || line.has("{short}"))
        && others.len() * 10 > comments.len() * 7
}

/// Nobody comes back, and hardly anybody asks or speaks to somebody: diaries, programmes,
/// notices. A few comments may be so by chance.
fn is_silent(comments: &[&Segment], page: &Page<'_>, authors: &HashSet<&str>) -> bool {
    let talk = share(comments, |s| entries::is_to_somebody(s, page));
    let comes_back = authors.len() < comments.len();
    comments.len() >= FEWEST_SILENT
        && !comments.iter().any(|s| entries::addresses(s, authors, page))
        && talk < if comes_back { 0.12 } else { 0.3 }
}

/// A word such as `says` stands with the names.
fn says(grammar: &Grammar, comments: &[&Segment], page: &Page<'_>) -> bool {
    let has_word = |s: &&Segment| page.rows[s.header.author_row].says.is_some();
    anchor(&grammar.above) == Anchor::Says || share(comments, has_word) > 0.5
}
