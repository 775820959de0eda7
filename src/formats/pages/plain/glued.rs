//! Names that a tool glued to what stands beside them: the text of the picture, a role, a language.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::names::is_avatar;
use super::rows::Row;
use super::segments::Segment;
use super::vocabulary::Vocabulary;
use crate::text::letters::letters;

/// `Ann's avatar Ann`: the picture's text and the name in one line. A name that is merely said
/// twice (`Ann Ann`) may be one, unless most are.
pub(super) fn undouble(segments: &mut [Segment]) {
    let parts = |name: &str| {
        if let Some(glued) = glued_picture(name) {
            return Some((glued.to_owned(), false, true));
        }
        // `AnnAnn`: the text of a picture, or of a second link.
        let half = name.split_at_checked(name.len() / 2);
        if let Some((_, rest)) = half.filter(|(picture, rest)| picture == rest)
            && rest.chars().count() > 1
        {
            return Some((rest.to_owned(), true, false));
        }
        let gaps = name.match_indices([' ', '\u{a0}']).map(|(at, _)| at);
        gaps.into_iter().find_map(|at| {
            let (picture, rest) = (name[..at].trim(), name[at..].trim());
            let is_pair =
                rest.chars().count() > 1 && picture.len() >= rest.len() && is_avatar(picture, rest);
            is_pair.then(|| (rest.to_owned(), picture == rest, true))
        })
    };
    let found: Vec<Option<(String, bool, bool)>> =
        segments.iter().map(|segment| parts(&segment.header.author)).collect();
    let twice = found.iter().flatten().filter(|(_, is_same, _)| *is_same).count();
    let are_pairs = twice * 2 > segments.len();
    for (segment, found) in segments.iter_mut().zip(found) {
        if let Some((name, is_same, is_picture)) = found
            && (are_pairs || !is_same)
        {
            segment.header.author = name;
            segment.header.has_avatar |= is_picture;
        }
    }
}

/// `Ann avatarAnn`, `Ann's pictureAnn`: the two names around the words of the picture are equal.
fn glued_picture(name: &str) -> Option<&str> {
    const PICTURES: &[&str] = &["avatar", "picture", "photo"];
    PICTURES.iter().find_map(|word| {
        let (before, behind) = name.split_once(word)?;
        let (before, behind) = (before.trim(), behind.trim());
        let owner = before.strip_suffix("'s").or_else(|| before.strip_suffix("’s"));
        (!behind.is_empty() && owner.unwrap_or(before) == behind).then_some(behind)
    })
}

/// `[Ann](…)Bob`, `[Ann](…) Veteran`: where Markdown shows that most names are links, a name ends
/// with its link. Behind it stands the one answered, if the page knows such a name, or a rank.
pub(super) fn end_at_links(segments: &mut [Segment], rows: &[Row<'_>]) {
    let lead = |segment: &Segment| -> Option<String> {
        let author = &segment.header.author;
        let links = &rows.get(segment.header.author_row)?.links;
        let lead = links.iter().find(|link| author.starts_with(link.as_str()))?;
        // `[Comment 1](…) [Ann](…)`: two links, of which the first need not be the name.
        let rest = author[lead.len()..].trim();
        (!links.iter().any(|link| link == rest)).then(|| lead.clone())
    };
    let leads: Vec<Option<String>> = segments.iter().map(lead).collect();
    if leads.iter().flatten().count() * 10 < segments.len() * 8 {
        return;
    }
    let known: HashSet<&str> = leads.iter().flatten().map(String::as_str).collect();
    for (segment, lead) in segments.iter_mut().zip(&leads) {
        let Some(lead) = lead else { continue };
        let header = &mut segment.header;
        let rest = header.author.split_off(lead.len());
        let rest = rest.trim();
        if known.contains(rest) {
            header.to.get_or_insert_with(|| rest.to_owned());
        } else if !rest.is_empty() {
            header.label.get_or_insert_with(|| rest.to_owned());
        }
    }
}

/// `Ann (Link)`, `Bob (guest)`: what stands in parentheses behind the names of several people, and
/// the same name in other signs (`ann_bell (Ann Bell)`).
pub(super) fn strip_parenthesised(segments: &mut [Segment]) {
    let mut holders: HashMap<&str, HashSet<&str>> = HashMap::new();
    let parts = |name: &str| -> Option<usize> {
        let open = name.rfind(" (").filter(|at| *at > 0 && name.ends_with(')'))?;
        name[open..].contains(char::is_alphabetic).then_some(open)
    };
    for segment in segments.iter() {
        let name = segment.header.author.as_str();
        if let Some(at) = parts(name) {
            holders.entry(&name[at..]).or_default().insert(&name[..at]);
        }
    }
    let shared = holders.into_iter().filter(|(_, names)| names.len() > 1);
    let shared: HashSet<String> = shared.map(|(part, _)| part.to_owned()).collect();
    for header in segments.iter_mut().map(|segment| &mut segment.header) {
        let is_label = |(name, part): (&str, &str)| {
            let bare = part.trim_matches([' ', '(', ')']);
            shared.contains(part) || name != bare && letters(name) == letters(bare)
        };
        if let Some(at) = parts(&header.author).filter(|at| is_label(header.author.split_at(*at))) {
            let part = header.author.split_off(at);
            let part = part.trim_matches([' ', '(', ')']);
            header.label.get_or_insert_with(|| part.to_owned());
        }
    }
}

/// `A Ann`, `BBob`: the first letter in place of a picture, with nearly all names of a page.
pub(super) fn strip_initials(segments: &mut [Segment]) {
    let behind = |name: &str| {
        let mut letters = name.chars();
        let (first, rest) = (letters.next()?, letters.as_str().trim_start());
        let next = rest.chars().next()?;
        let is_same = first.is_alphanumeric() && first.to_lowercase().eq(next.to_lowercase());
        is_same.then(|| rest.to_owned())
    };
    let names: HashSet<&str> = segments.iter().map(|s| s.header.author.as_str()).collect();
    let with = names.iter().filter(|name| behind(name).is_some()).count();
    if names.len() < 3 || with * 10 < names.len() * 9 {
        return;
    }
    for segment in segments {
        if let Some(rest) = behind(&segment.header.author) {
            segment.header.author = rest;
            segment.header.has_avatar = true;
        }
    }
}

/// What is glued to nearly all names: `#12Ann`, `AnnEnglish`.
pub(super) fn strip_common(segments: &mut [Segment]) {
    let number = |name: &str| {
        let rest = name.strip_prefix('#')?.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.len() + 1 < name.len() && !rest.is_empty()).then(|| name.len() - rest.len())
    };
    let n = segments.len();
    let numbered = segments.iter().filter(|s| number(&s.header.author).is_some()).count();
    if n >= 3 && numbered * 10 >= n * 8 {
        for segment in segments.iter_mut() {
            if let Some(at) = number(&segment.header.author) {
                let rest = segment.header.author.split_off(at);
                rest.trim().clone_into(&mut segment.header.author);
            }
        }
    }
    // A word that begins with a capital letter behind a small one, the same behind most names.
    let mut tails: HashMap<&str, (usize, HashSet<&str>)> = HashMap::new();
    for segment in segments.iter() {
        let author = segment.header.author.as_str();
        for at in inner_capitals(author) {
            let (times, names) = tails.entry(&author[at..]).or_default();
            *times += 1;
            names.insert(&author[..at]);
        }
    }
    let is_common =
        |(times, names): &(usize, HashSet<&str>)| n >= 4 && times * 10 >= n * 8 && names.len() >= 2;
    let common = tails.into_iter().filter(|(_, counted)| is_common(counted));
    let Some(tail) = common.map(|(tail, _)| tail.to_owned()).max_by_key(String::len) else {
        return;
    };
    for segment in segments.iter_mut() {
        if let Some(name) =
            segment.header.author.strip_suffix(&tail).filter(|name| !name.is_empty())
        {
            segment.header.author = name.trim_end().to_owned();
        }
    }
}

/// Where words begin within a name: at a capital letter behind a small one, or before a small one
/// (`bobOPEnglish`).
fn inner_capitals(name: &str) -> impl Iterator<Item = usize> + '_ {
    let behind = |at: usize| name[at..].chars().nth(1);
    let before = |at: usize| name[..at].chars().next_back();
    name.char_indices().skip(1).filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at).filter(
        move |at| {
            let is_word = behind(*at).is_some_and(char::is_lowercase);
            before(*at).is_some_and(|c| c.is_lowercase() || c.is_uppercase() && is_word)
        },
    )
}

/// `Ann Veteran`, `Bob Veteran`, `Cid New here`: ranks behind the names in the same line. Several
/// people share each of them, and nobody has two.
pub(super) fn strip_ranks(segments: &mut [Segment]) {
    let names: BTreeSet<&str> = segments.iter().map(|s| s.header.author.as_str()).collect();
    let gaps = |name: &str| -> Vec<usize> {
        name.match_indices([' ', '\u{a0}']).map(|(at, _)| at).collect()
    };
    let mut holders: HashMap<&str, HashSet<&str>> = HashMap::new();
    for name in &names {
        for at in gaps(name) {
            holders.entry(name[at..].trim()).or_default().insert(&name[..at]);
        }
    }
    // The longest rank that somebody else has as well.
    let split =
        |name: &str| gaps(name).into_iter().find(|at| holders[name[*at..].trim()].len() > 1);
    let parts: HashMap<String, usize> =
        names.iter().filter_map(|name| Some(((*name).to_owned(), split(name)?))).collect();
    let heads: HashSet<&str> = parts.iter().map(|(name, at)| &name[..*at]).collect();
    let ranks: HashSet<&str> = parts.iter().map(|(name, at)| &name[*at..]).collect();
    // Several words that two people have behind their names are hardly chance.
    let least = if ranks.iter().all(|rank| rank.trim().contains(' ')) { 5 } else { 6 };
    let are_ranks = names.len() >= 4
        && parts.len() * 10 >= names.len() * least
        && heads.len() == parts.len()
        && ranks.len() * 2 <= parts.len();
    if !are_ranks {
        return;
    }
    let are_single = heads.iter().all(|head| !head.contains([' ', '\u{a0}']));
    for segment in segments {
        let header = &mut segment.header;
        // A rank that only one person holds stands behind a single word, too, where all do.
        let single = header.author.find([' ', '\u{a0}']).filter(|_| are_single);
        if let Some(at) = parts.get(&header.author).copied().or(single) {
            let rank = header.author.split_off(at);
            header.label = header.label.take().or_else(|| Some(rank.trim().to_owned()));
        }
    }
}

/// `AnnOP`: a role glued to a name that the page knows without it, or to several names.
pub(super) fn unglue_labels(segments: &mut [Segment], words: &Vocabulary) {
    let known: HashSet<String> = segments.iter().map(|s| s.header.author.clone()).collect();
    let split = |author: &str| {
        let parts = author.char_indices().skip(1).map(|(at, _)| author.split_at(at));
        let mut parts = parts.filter(|(_, label)| label.starts_with(char::is_uppercase));
        let (name, label) = parts.find(|(_, label)| words.is_label(label))?;
        Some((name.trim_end().to_owned(), label.to_owned()))
    };
    let mut holders: HashMap<String, HashSet<String>> = HashMap::new();
    for (name, label) in known.iter().filter_map(|author| split(author)) {
        holders.entry(label).or_default().insert(name);
    }
    let is_glued = |name: &str, label: &str| {
        known.contains(name)
            || matches!(label, "OP" | "MOD")
            || label.contains(' ')
            || holders.get(label).is_some_and(|names| names.len() > 1)
    };
    for header in segments.iter_mut().map(|s| &mut s.header).filter(|h| h.label.is_none()) {
        let glued = split(&header.author).filter(|(name, label)| is_glued(name, label));
        if let Some((name, label)) = glued {
            (header.author, header.label) = (name, Some(label));
        }
    }
}
