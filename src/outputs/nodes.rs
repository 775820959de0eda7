//! The comments of one thread as a tree again, from the rows of the comments table.

use polars::prelude::DataFrame;

use super::cells::Cells;
use super::wording;
use crate::error::{Error, Result};
use crate::frames::{Table, Tables};
use crate::text::width::harmless;

/// The comments of one thread, by row, with their replies.
pub(crate) struct Nodes {
    /// Ids.
    pub(crate) ids: Vec<String>,
    /// Authors; `None` = unknown.
    pub(crate) authors: Vec<Option<String>>,
    /// Times in milliseconds since 1970.
    pub(crate) times: Vec<Option<i64>>,
    /// How exact the times are.
    pub(crate) precisions: Vec<Option<String>>,
    /// Kinds: comment, pingback, deleted, placeholder.
    pub(crate) kinds: Vec<String>,
    /// Plain texts.
    pub(crate) texts: Vec<String>,
    /// 1-based places on the page; 0 for a placeholder.
    pub(crate) positions: Vec<i64>,
    /// What the parents rest on.
    evidence: Vec<String>,
    /// Probabilities that the parents are right.
    pub(crate) confidences: Vec<f64>,
    /// Positions of the second-best parents; 0 = the post.
    pub(crate) runners_up: Vec<Option<i64>>,
    /// Numbers of comments below.
    pub(crate) descendants: Vec<i64>,
    /// Rows of the parents; `None` = the post.
    pub(crate) parents: Vec<Option<usize>>,
    /// For each row its replies in page order; the last entry holds those to the post.
    pub(crate) replies: Vec<Vec<u32>>,
}

/// A link below this confidence is marked.
pub(crate) const CERTAIN: f64 = 0.95;

impl Nodes {
    /// From the rows of one thread, in the order of the table.
    pub(crate) fn read(cells: &Cells) -> Result<Self> {
        let text = |name: &str| -> Result<Vec<String>> {
            Ok(cells.texts(name)?.into_iter().map(Option::unwrap_or_default).collect())
        };
        let int = |name: &str| -> Result<Vec<i64>> {
            Ok(cells.ints(name)?.into_iter().map(Option::unwrap_or_default).collect())
        };
        let ids = text("comment_id")?;
        let positions = int("position")?;
        let replies = replies(&ids, &cells.texts("parent_id")?, &positions);
        let mut parents = vec![None; ids.len()];
        for (parent, replies) in replies[..ids.len()].iter().enumerate() {
            for &reply in replies {
                parents[reply as usize] = Some(parent);
            }
        }
        Ok(Self {
            authors: cells.texts("author")?,
            times: cells.ints("created_at")?,
            precisions: cells.texts("created_precision")?,
            kinds: text("kind")?,
            texts: text("text")?,
            evidence: text("evidence")?,
            confidences: cells.reals("confidence")?.into_iter().map(|c| c.unwrap_or(1.0)).collect(),
            runners_up: cells.ints("runner_up_position")?,
            descendants: int("n_descendants")?,
            ids,
            positions,
            parents,
            replies,
        })
    }

    /// Who wrote it, or what stands in place of a name.
    pub(crate) fn name(&self, row: usize) -> String {
        match (self.kinds[row].as_str(), &self.authors[row]) {
            ("placeholder", _) => "[not on this page]".to_owned(),
            (_, Some(author)) => harmless(author).into_owned(),
            ("deleted", None) => "[deleted]".to_owned(),
            (_, None) => "[unknown]".to_owned(),
        }
    }

    /// The parent is uncertain, and somebody chose it.
    pub(crate) fn is_uncertain(&self, row: usize) -> bool {
        self.confidences[row] < CERTAIN && self.kinds[row] != "placeholder"
    }

    /// The comment hangs from the post because nothing tells what it answers.
    pub(crate) fn is_assumed(&self, row: usize) -> bool {
        self.is_uncertain(row) && self.evidence[row] == "assumed" && self.runners_up[row].is_none()
    }

    /// What is uncertain about a parent; empty if nothing is.
    pub(crate) fn doubt(&self, row: usize) -> String {
        if !self.is_uncertain(row) {
            return String::new();
        }
        let sure = wording::percent(self.confidences[row]);
        let Some(runner_up) = self.runners_up[row] else {
            return format!("this parent with {sure}");
        };
        if runner_up == 0 {
            return format!("this parent with {sure}, else the post");
        }
        let other = self.positions.iter().position(|&p| p == runner_up);
        let author = other.map(|row| format!(" by {}", self.name(row))).unwrap_or_default();
        format!("this parent with {sure}, else {runner_up}{author}")
    }

    /// The rows in the order of the tree, each with its depth and whether a later sibling
    /// follows; replies below `deepest` are left out. Nothing recurses.
    pub(crate) fn walk(&self, deepest: u32) -> impl Iterator<Item = (usize, u32, bool)> + '_ {
        let mut pending: Vec<(u32, u32, bool)> = Vec::new();
        let push = |pending: &mut Vec<(u32, u32, bool)>, of: usize, depth: u32| {
            let replies = &self.replies[of];
            for (i, &row) in replies.iter().enumerate().rev() {
                pending.push((row, depth, i + 1 < replies.len()));
            }
        };
        push(&mut pending, self.ids.len(), 1);
        std::iter::from_fn(move || {
            let (row, depth, has_sibling) = pending.pop()?;
            if depth < deepest {
                push(&mut pending, row as usize, depth + 1);
            }
            Some((row as usize, depth, has_sibling))
        })
    }
}

/// Hands out the comments thread by thread, with the thread's id, in the order of the tables; one
/// thread at a time is in memory.
pub(crate) fn each_thread(
    tables: &Tables,
    mut take: impl FnMut(&str, &Nodes) -> Result<()>,
) -> Result<()> {
    let mut open: Option<(String, DataFrame)> = None;
    let mut close = |open: Option<(String, DataFrame)>| match open {
        Some((id, frame)) => take(&id, &Nodes::read(&Cells::from(frame))?),
        None => Ok(()),
    };
    tables.each_part(Table::Comments, |part| {
        let ids = Cells::from(part.clone()).texts("thread_id")?;
        let mut start = 0;
        while start < ids.len() {
            let id = ids[start].clone().unwrap_or_default();
            let same = ids[start..].iter().take_while(|next| **next == ids[start]).count();
            let slice = part.slice(start as i64, same);
            open = Some(match open.take() {
                Some((before, frame)) if before == id => {
                    let joined = frame.vstack(&slice);
                    (id, joined.map_err(|e| Error::table("read the comments", e))?)
                }
                before => {
                    close(before)?;
                    (id, slice)
                }
            });
            start += same;
        }
        Ok(())
    })?;
    close(open)
}

/// For each row its replies, and those to the post last. Placeholders are not on the page: they
/// stand where the first reply to them stands.
fn replies(ids: &[String], parents: &[Option<String>], positions: &[i64]) -> Vec<Vec<u32>> {
    let by_id: std::collections::HashMap<&str, usize> =
        ids.iter().enumerate().map(|(row, id)| (id.as_str(), row)).collect();
    let parent_of: Vec<usize> = parents
        .iter()
        .map(|p| p.as_deref().and_then(|p| by_id.get(p).copied()).unwrap_or(ids.len()))
        .collect();
    let mut places: Vec<i64> =
        positions.iter().map(|&p| if p == 0 { i64::MAX } else { p }).collect();
    // Placeholders follow the comments, and one may answer another: the last first.
    for row in (0..ids.len()).rev().chain(0..ids.len()) {
        let parent = parent_of[row];
        if parent < ids.len() && positions[parent] == 0 {
            places[parent] = places[parent].min(places[row]);
        }
    }
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&row| places[row]);
    let mut replies = vec![Vec::new(); ids.len() + 1];
    for row in order {
        replies[parent_of[row]].push(row as u32);
    }
    replies
}

/// A time as exactly as it is known.
pub(crate) fn when(millis: i64, precision: Option<&str>) -> String {
    let millis = millis as f64;
    match precision {
        Some("second" | "minute") => wording::date_time(millis),
        Some("year") => wording::year(millis),
        Some("month") => wording::month_of_year(millis),
        _ => wording::date(millis),
    }
}
