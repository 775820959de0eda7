//! Lines in which a page or a tool put together what belongs to several: they are parted again.
//!
//! html2text prints the cells of a layout table one behind the other, so that the head of a post
//! begins in the middle of the line in which the post before it ends, and its text in the line of
//! its date. Other pages sign each comment at the end of its last paragraph (`… – Ann May 3 '19 at
//! 10:12`). Both are believed only where several lines of a page are made so; a rule before a
//! signature and the cells of a quotation are known by themselves.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::flattener::Flattener;
use super::wrapping::Logical;
use crate::text::dates;

/// Fewest lines made alike that are no chance.
const FEWEST: usize = 3;
/// The longest signature, in bytes.
const SIGNATURE: usize = 90;

/// Parts the lines of a page.
pub(super) fn part(lines: Vec<Logical<'_>>, flattener: Flattener) -> Vec<Logical<'_>> {
    if flattener != Flattener::Markdown {
        return parted(lines, signature, FEWEST);
    }
    let lines = parted(lines, signature_in_ascii, FEWEST);
    let lines = parted(parted(lines, picture, FEWEST), number, FEWEST);
    part_links(parted(parted(lines, rule, 1), quotation, 1))
}

/// Parts each line at the places that `joints` gives, if it gives some for at least so many.
fn parted(
    lines: Vec<Logical<'_>>,
    joints: fn(&str) -> Vec<usize>,
    least: usize,
) -> Vec<Logical<'_>> {
    let places: Vec<Vec<usize>> = lines.iter().map(|line| joints(&line.text)).collect();
    if places.iter().filter(|places| !places.is_empty()).count() < least {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len() * 2);
    for (line, places) in lines.into_iter().zip(places) {
        cut(line, &places, &mut out);
    }
    out
}

/// Cuts a line at some places, which rise.
fn cut<'a>(mut line: Logical<'a>, places: &[usize], out: &mut Vec<Logical<'a>>) {
    let mut waiting = Vec::with_capacity(places.len());
    for at in places.iter().rev() {
        let behind = match &mut line.text {
            Cow::Borrowed(text) => {
                let (before, behind) = text.split_at(*at);
                *text = before;
                Cow::Borrowed(behind)
            }
            Cow::Owned(text) => Cow::Owned(text.split_off(*at)),
        };
        waiting.push(Logical { text: behind, line: line.line });
    }
    out.push(line);
    out.extend(waiting.into_iter().rev());
}

/// Parts the links from the lines that end in them, where several lines end in the same ones:
/// buttons below each post.
fn part_links(lines: Vec<Logical<'_>>) -> Vec<Logical<'_>> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for (_, links) in lines.iter().filter_map(|line| ending(&line.text)) {
        *times.entry(links).or_default() += 1;
    }
    times.retain(|_, n| *n >= FEWEST);
    if times.is_empty() {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len() * 2);
    for line in lines {
        match ending(&line.text).filter(|(_, links)| times.contains_key(links)) {
            Some((at, _)) => cut(line, &[at], &mut out),
            None => out.push(line),
        }
    }
    out
}

/// Where the links begin in which a line ends behind other text, two at least, and what they read.
fn ending(line: &str) -> Option<(usize, String)> {
    static LINKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[^\s\])]\s+((?:\[[^\]\[]{1,30}\]\([^)]*\)\s*){2,6})$")
            .expect("a constant pattern")
    });
    static TEXT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[([^\]]*)\]").expect("a constant pattern"));
    if !line.trim_end().ends_with(')') {
        return None;
    }
    let links = LINKS.captures(line)?.get(1)?;
    let texts: Vec<&str> =
        TEXT.captures_iter(links.as_str()).filter_map(|t| Some(t.get(1)?.as_str())).collect();
    Some((links.start(), texts.join("|")))
}

/// Where the line begins that parts a signature from the text.
fn rule(line: &str) -> Vec<usize> {
    let text = line.trim_end();
    let bare = text.trim_end_matches('_');
    let is_rule = text.len() - bare.len() >= 10 && !bare.trim().is_empty();
    is_rule.then_some(bare.len()).into_iter().collect()
}

/// Where the cells of a quotation stand: `Quote: | Originally Posted by **Ann** [![…](…)](…) Text`.
fn quotation(line: &str) -> Vec<usize> {
    static CELLS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^\s*\pL+:\s*(\|)\s+([^*|]{3,40}\*\*[^*]{1,60}\*\*(?:\s*\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\))?)\s+",
        )
        .expect("a constant pattern")
    });
    if !line.contains("**") {
        return Vec::new();
    }
    let cells = CELLS.captures(line).and_then(|found| Some((found.get(1)?, found.get(2)?)));
    cells.map_or_else(Vec::new, |(bar, head)| vec![bar.start(), head.start(), head.end()])
}

/// Where a dash begins the signature at the end of a text: a name and a date.
fn signature(line: &str) -> Vec<usize> {
    line.rfind(['–', '—']).filter(|at| is_signature(line, *at)).into_iter().collect()
}

/// The same where a tool makes every dash a hyphen.
fn signature_in_ascii(line: &str) -> Vec<usize> {
    let hyphen = line.rfind(" - ").map(|at| at + 1);
    let found = hyphen.filter(|at| is_signature(line, *at));
    found.map_or_else(|| signature(line), |at| vec![at])
}

/// Behind a dash stand a name and a date, before it a text.
fn is_signature(line: &str, dash: usize) -> bool {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[([^\]]*)\]\([^)]*\)").expect("a constant pattern"));
    let (text, rest) = line.split_at(dash);
    if !text.ends_with(' ') || text.trim().len() < 3 {
        return false;
    }
    // The target of a link may be long.
    let rest = &*LINK.replace_all(rest, "$1");
    if rest.len() > SIGNATURE {
        return false;
    }
    let dash = rest.chars().next().map_or(0, char::len_utf8);
    let rest = rest[dash..].trim();
    // Quoted remarks from elsewhere are signed with a day and an account: `Ann (@ann) May 3, 2019`.
    let date = dates::find(rest).pop().filter(|date| date.has_time() || date.is_age());
    let Some(date) = date.filter(|_| !rest.contains("(@")) else { return false };
    let name = rest[..date.span.start].trim();
    let words = name.split(' ').count();
    let is_name = !name.is_empty()
        && name.len() <= 40
        && (words == 1 || words <= 5 && !name.starts_with(char::is_lowercase));
    is_name && date.span.end == rest.len()
}

/// Where a linked picture and a linked name behind it begin, behind other links.
fn picture(line: &str) -> Vec<usize> {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\)\s+(\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)\s*(?:\*\*)?\[[^!\]])")
            .expect("a constant pattern")
    });
    if !line.contains("[![") {
        return Vec::new();
    }
    HEAD.captures_iter(line).filter_map(|found| Some(found.get(1)?.start())).collect()
}

/// Where the number of a post, a link, stands between other text and a date, where the date, and
/// where two blanks behind it part the text of the post from it. When it was changed last belongs to
/// the date: `05-12-2016, 13:49 (Last modified: 05-12-2016, 14:19 by Ann.)`.
fn number(line: &str) -> Vec<usize> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\S\s+((?:\*\*)?\[#\d+\]\([^)]*\)(?:\*\*)?)\s+(\S.{3,40}?)(?:(\s\([^()]{8,60}: [^()]*\))\s|\s\s+\S|\s*$)")
            .expect("a constant pattern")
    });
    if !line.contains("[#") {
        return Vec::new();
    }
    let joints = |found: regex::Captures<'_>| {
        let (number, date) = (found.get(1)?, found.get(2)?);
        let is_date = dates::find(date.as_str()).first().is_some_and(|d| d.span == (0..date.len()));
        let end = found.get(3).map_or(date.end(), |changed| changed.end());
        is_date.then(|| vec![number.start(), date.start(), end])
    };
    NUMBER.captures(line).and_then(joints).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::wrapping;
    use super::*;

    fn shown(text: &str, flattener: Flattener) -> Vec<String> {
        let lines = wrapping::lines(text, flattener);
        lines.iter().map(|l| l.text.trim().to_owned()).filter(|l| !l.is_empty()).collect()
    }

    #[test]
    fn signatures_are_lines_where_several_stand() {
        let line = "It needs a new nut – Ann May 3 '19 at 10:12\n\n";
        let once = shown(line, Flattener::PlainCopy);
        assert_eq!(once, [line.trim()]);
        let often = shown(&line.repeat(3), Flattener::PlainCopy);
        assert_eq!(often[..2], ["It needs a new nut", "– Ann May 3 '19 at 10:12"]);
        assert_eq!(often.len(), 6);
        let linked =
            "It needs a nut - [Ann](/users/1/a \"1,204 reputation and more\") May 3 at 9:01\n\n";
        assert_eq!(shown(&linked.repeat(3), Flattener::Markdown).len(), 6);
        let quoted = "It rains – Ann (@ann) May 3, 2019, 10:12\n\nIt rains – Ann May 3, 2019\n\n";
        assert_eq!(shown(&quoted.repeat(3), Flattener::PlainCopy).len(), 6);
        let span = "Open from May 3 2019 – until the end of May 9 2019\n".repeat(4);
        assert_eq!(shown(&span, Flattener::PlainCopy).len(), 4);
        let prose = "It was cold – as always.\n".repeat(4);
        assert_eq!(shown(&prose, Flattener::PlainCopy).len(), 4);
    }

    #[test]
    fn rules_of_signatures_begin_lines() {
        let post = "So it is. ______________  \n\n";
        assert_eq!(
            shown(&post.repeat(3), Flattener::Markdown)[..2],
            ["So it is.", "______________"]
        );
    }

    #[test]
    fn heads_of_posts_within_lines_begin_lines() {
        let post = "Posts: 12 **[#1](t.php?p=7#7 \"x\")** 04-05-2015, 08:00 PM  I think so. \
                    [Find](f.php) [Reply](r.php) [![](a.png)](u.php) **[ann](u.php)** ![Offline](o.gif)\n\n";
        assert_eq!(
            shown(&post.repeat(3), Flattener::Markdown)[..6],
            [
                "Posts: 12",
                "**[#1](t.php?p=7#7 \"x\")**",
                "04-05-2015, 08:00 PM",
                "I think so.",
                "[Find](f.php) [Reply](r.php)",
                "[![](a.png)](u.php) **[ann](u.php)** ![Offline](o.gif)",
            ]
        );
    }
}
