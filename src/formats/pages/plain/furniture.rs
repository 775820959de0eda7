//! Rows that a page prints with every comment: ranks, fields of a profile, counts, buttons.
//!
//! They are known by their repetition alone, whatever the platform and the language: near most of
//! the lines that a grammar is anchored at stands the same row, numbers and dates aside.

use std::collections::{HashMap, HashSet};

use super::grammar::Line;
use super::rows::{DATE, Row};

/// How many shown rows before and behind an anchor are looked at.
const REACH: usize = 16;
/// Rows longer than this are text, whatever stands around them.
pub(super) const SHORT: usize = 90;

/// A row with what may differ from comment to comment taken out: numbers become `#`, each of the
/// names becomes its sign. Empty for what is too long to be anything but text.
pub(super) fn key(masked: &str, names: &[(&str, char)]) -> String {
    let mut text = masked;
    if text.len() > SHORT {
        return String::new();
    }
    let mut key = String::with_capacity(text.len());
    while let Some(c) = text.chars().next() {
        let is_start = !key.ends_with(char::is_alphanumeric);
        let name = names.iter().find(|(name, _)| {
            is_start
                && !name.is_empty()
                && text.strip_prefix(name).is_some_and(|t| !t.starts_with(char::is_alphanumeric))
        });
        if let Some((name, sign)) = name {
            key.push(*sign);
            text = &text[name.len()..];
            continue;
        }
        let is_in_number = key.ends_with('#')
            && matches!(c, ',' | '.' | '\'')
            && text[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        if c.is_numeric() || is_in_number {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else {
            key.extend(c.to_lowercase());
        }
        text = &text[c.len_utf8()..];
    }
    key
}

/// The key of a row that may be a field of a profile: of `Location: Berlin` only the name counts.
fn field_key(masked: &str) -> String {
    let key = key(masked, &[]);
    match key.split_once(':') {
        Some((name, _)) if name.len() <= 30 && !name.contains(DATE) => format!("{name}:"),
        _ => key,
    }
}

/// A row near so many of the anchors is furniture.
pub(super) const FURNITURE: f32 = 0.5;
/// A name near so many is a rank: one person hardly ever writes as much.
pub(super) const RANK: f32 = 0.75;

/// Near which share of the rows that the lines are anchored at each row of the page stands again, on
/// the side where lines of any kind may stand; 0 where fewer than three anchors tell.
pub(super) fn around(lines: &[Line], rows: &[Row<'_>]) -> Vec<f32> {
    let mut shares = vec![0.0; rows.len()];
    let Some(anchor) = anchor_line(lines) else { return shares };
    let anchors = anchors(&lines[anchor], rows);
    if anchors.len() < 3 {
        return shares;
    }
    let loose = lines.iter().position(|line| line.is_repeated && line.is_loose());
    let is_before = loose.is_some_and(|loose| loose < anchor);
    let mut near: HashMap<String, (usize, Vec<usize>)> = HashMap::new();
    for (i, at) in anchors.iter().enumerate() {
        let shown = |row: &usize| !rows[*row].is_blank();
        let window: Vec<usize> = if is_before {
            let floor = i.checked_sub(1).map_or(0, |i| anchors[i] + 1);
            (floor..*at).rev().filter(shown).take(REACH).collect()
        } else {
            let behind = anchors.get(i + 1).copied().unwrap_or(rows.len());
            (at + 1..behind).filter(shown).take(REACH).collect()
        };
        let mut seen: HashSet<String> = HashSet::new();
        for row in window {
            let key = field_key(&rows[row].masked);
            if key.is_empty() {
                continue;
            }
            let (count, places) = near.entry(key.clone()).or_default();
            places.push(row);
            *count += usize::from(seen.insert(key));
        }
    }
    for (count, places) in near.into_values() {
        let share = count as f32 / anchors.len() as f32;
        for row in places {
            shares[row] = share.max(shares[row]);
        }
    }
    shares
}

/// The line that must be there, and that has most to be known by.
fn anchor_line(lines: &[Line]) -> Option<usize> {
    let worded = |line: &Line| {
        let bare = line.source.replace(|c: char| !c.is_alphanumeric(), "");
        (line.needs.0, bare.len())
    };
    let needed = (0..lines.len()).filter(|i| lines[*i].is_needed() && !lines[*i].is_loose());
    needed.max_by_key(|i| worded(&lines[*i]))
}

/// The rows that fit a line.
fn anchors(line: &Line, rows: &[Row<'_>]) -> Vec<usize> {
    let Some(pattern) = line.pattern() else { return Vec::new() };
    let fits = |row: &Row<'_>| {
        !row.masked.is_empty()
            && (!line.needs.0 || !row.dates.is_empty())
            && (!line.needs.1 || row.says.is_some())
            && pattern.is_match(&row.masked)
    };
    (0..rows.len()).filter(|row| fits(&rows[*row])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_do_not_count() {
        assert_eq!(key("1,323 Posts", &[]), "# posts");
        assert_eq!(key("Ann likes Annabel's 2.5", &[("Ann", '\u{1}')]), "\u{1} likes annabel's #");
        assert_eq!(field_key("Location: Berlin"), "location:");
    }
}
