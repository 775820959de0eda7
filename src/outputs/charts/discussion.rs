//! One thread for the charts that show a single one: its comments in pre-order.

use std::collections::HashMap;

use polars::prelude::{DataType, Expr, col, lit};

use super::legend::{Key, Sign};
use super::scene::Scene;
use super::theme::Color;
use crate::error::{Error, Result};
use crate::frames::Table;
use crate::outputs::wording;

/// A thread. Node 0 is the post; the others are its comments, each followed by its subtree.
pub(crate) struct Discussion {
    /// The title of the post, or the thread's id.
    pub(crate) title: String,
    /// Parents by node.
    pub(crate) parents: Vec<u32>,
    /// Nodes in the subtree of each, itself included.
    pub(crate) sizes: Vec<u32>,
    /// Depth of each.
    pub(crate) depths: Vec<u32>,
    /// What is known of each; the first is the post.
    pub(crate) entries: Vec<Entry>,
}

/// What charts need to know of a comment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub(crate) position: u32,
    pub(crate) author: Option<String>,
    /// Milliseconds, on the clock of the zone that is shown.
    pub(crate) time: Option<f64>,
    /// Its parent is less sure than [`UNCERTAIN`].
    pub(crate) uncertain: bool,
    /// The first topic found in it.
    pub(crate) topic: Option<String>,
    /// Its first words.
    pub(crate) words: String,
}

/// Links below this confidence are dashed, as in the column `n_uncertain`.
const UNCERTAIN: f64 = 0.95;

impl Entry {
    /// Who, when, and the first words: the tooltip of a comment.
    pub(crate) fn tip(&self) -> String {
        let author = self.author.as_deref().unwrap_or("unknown author");
        let time = self.time.map(|time| format!(", {}", wording::date_time(time)));
        let doubt = if self.uncertain { " (parent uncertain)" } else { "" };
        format!("{author}{}{doubt}: {}", time.unwrap_or_default(), self.words)
    }
}

impl Discussion {
    /// The thread that the options name, or the one with most comments; `None` without threads.
    pub(crate) fn read(scene: &Scene<'_>) -> Result<Option<Self>> {
        let columns = ["thread_id", "title", "n_comments", "post_author", "post_created_at"];
        let Some(threads) = scene.read(Table::Threads, &columns)? else { return Ok(None) };
        let ids = threads.texts("thread_id")?;
        let row = match &scene.options.thread {
            Some(wanted) => {
                ids.iter().position(|id| id.as_ref() == Some(wanted)).ok_or_else(|| {
                    Error::usage(format!("there is no thread {wanted}: see the column thread_id"))
                })?
            }
            None => largest(&threads.counts("n_comments")?),
        };
        let Some(id) = ids[row].clone() else { return Ok(None) };
        let post = Entry {
            author: threads.texts("post_author")?[row].clone(),
            time: threads.numbers("post_created_at")?[row].map(|time| scene.zone().local(time)),
            ..Entry::default()
        };
        let title = threads.texts("title")?[row].clone().filter(|title| !title.trim().is_empty());
        let title = title.unwrap_or_else(|| id.clone());
        Self::comments(scene, &id, title, post).map(Some)
    }

    fn comments(scene: &Scene<'_>, id: &str, title: String, post: Entry) -> Result<Self> {
        let mut discussion =
            Self { title, parents: vec![0], sizes: vec![1], depths: vec![0], entries: vec![post] };
        let Some(comments) = scene.query(Table::Comments)? else { return Ok(discussion) };
        let chosen: Vec<Expr> = ["comment_id", "parent_id", "position", "author", "created_at"]
            .into_iter()
            .map(col)
            .chain([
                col("confidence"),
                col("topics").list().first().alias("topic"),
                col("text").cast(DataType::String),
            ])
            .collect();
        let rows = comments.filter(col("thread_id").eq(lit(id))).select(chosen);
        let rows = scene.collect(rows)?;
        let ids = rows.texts("comment_id")?;
        let places: HashMap<&str, usize> = ids
            .iter()
            .enumerate()
            .filter_map(|(row, id)| id.as_deref().map(|id| (id, row + 1)))
            .collect();
        let parents: Vec<usize> = rows
            .texts("parent_id")?
            .iter()
            .map(|parent| parent.as_deref().and_then(|id| places.get(id)).copied().unwrap_or(0))
            .collect();
        let (authors, topics) = (rows.texts("author")?, rows.texts("topic")?);
        let (times, texts) = (rows.numbers("created_at")?, rows.texts("text")?);
        let (sure, positions) = (rows.numbers("confidence")?, rows.counts("position")?);

        let mut node_of = vec![0u32; ids.len() + 1];
        for row in preorder(&parents) {
            let parent = node_of[parents[row - 1]];
            node_of[row] = discussion.entries.len() as u32;
            discussion.parents.push(parent);
            discussion.depths.push(discussion.depths[parent as usize] + 1);
            discussion.entries.push(Entry {
                position: positions[row - 1] as u32,
                author: authors[row - 1].clone(),
                time: times[row - 1].map(|time| scene.zone().local(time)),
                uncertain: sure[row - 1].is_some_and(|sure| sure < UNCERTAIN),
                topic: topics[row - 1].clone(),
                words: first_words(texts[row - 1].as_deref().unwrap_or_default()),
            });
        }
        let n = discussion.entries.len();
        discussion.sizes = vec![1; n];
        for node in (1..n).rev() {
            discussion.sizes[discussion.parents[node] as usize] += discussion.sizes[node];
        }
        Ok(discussion)
    }

    /// Number of comments.
    pub(crate) fn len(&self) -> usize {
        self.entries.len() - 1
    }

    /// What stands under the title: which thread it is, among how many.
    pub(crate) fn subtitle(&self, scene: &Scene<'_>) -> String {
        let of = match (scene.n_threads, &scene.options.thread) {
            (0 | 1, _) => String::new(),
            (n, None) => format!(", the largest of {}", wording::counted(n, "thread")),
            (n, Some(_)) => format!(", one of {}", wording::counted(n, "thread")),
        };
        let times = self.entries.iter().skip(1).filter_map(|entry| entry.time);
        let span = times.fold(None, |span: Option<(f64, f64)>, time| {
            Some(span.map_or((time, time), |(a, b)| (a.min(time), b.max(time))))
        });
        let when = span.map(|(a, b)| format!(" · {}", wording::dates(a, b))).unwrap_or_default();
        format!("{}{of}{when}", wording::isolated(&self.title))
    }
}

/// The first row with the most comments.
fn largest(counts: &[f64]) -> usize {
    (0..counts.len()).rev().max_by(|&a, &b| counts[a].total_cmp(&counts[b])).unwrap_or(0)
}

/// Rows (1-based) in pre-order, siblings in the order of the table. `parents[row - 1]` is the
/// parent's row, 0 for the post.
fn preorder(parents: &[usize]) -> Vec<usize> {
    let mut replies: Vec<Vec<usize>> = vec![Vec::new(); parents.len() + 1];
    for (i, &parent) in parents.iter().enumerate() {
        replies[parent].push(i + 1);
    }
    let mut stack: Vec<usize> = replies[0].iter().rev().copied().collect();
    let mut order = Vec::with_capacity(parents.len());
    while let Some(row) = stack.pop() {
        order.push(row);
        stack.extend(replies[row].iter().rev());
    }
    order
}

/// The beginning of a text, without quoted lines, as much as a tooltip bears.
fn first_words(text: &str) -> String {
    let own = text.lines().filter(|line| !line.starts_with('>')).flat_map(str::split_whitespace);
    let mut words = String::new();
    for word in own {
        if words.chars().count() + word.chars().count() > 90 {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Colours for the most frequent of some names; the others share one.
pub(crate) struct NameColors {
    names: Vec<(String, usize)>,
    distinct: usize,
}

/// So many names have a colour of their own.
const COLORED: usize = 6;

impl NameColors {
    pub(crate) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        for (i, name) in names.enumerate() {
            counts.entry(name).or_insert((0, i)).0 += 1;
        }
        let mut ranked: Vec<_> = counts.into_iter().collect();
        ranked.sort_by_key(|&(_, (count, first))| (std::cmp::Reverse(count), first));
        let distinct = ranked.len();
        let names =
            ranked.into_iter().take(COLORED).map(|(name, (n, _))| (name.to_owned(), n)).collect();
        Self { names, distinct }
    }

    pub(crate) fn color(&self, scene: &Scene<'_>, name: Option<&str>) -> Color {
        let rank = self.names.iter().position(|(known, _)| Some(known.as_str()) == name);
        rank.map_or(scene.theme.rest, |i| scene.theme.category(i))
    }

    /// The legend; `others` is what those without a colour are called.
    pub(crate) fn legend(&self, scene: &Scene<'_>, others: &str) -> Vec<Key> {
        let mut keys: Vec<Key> = self
            .names
            .iter()
            .enumerate()
            .map(|(i, (name, n))| {
                let short = scene.face.shorten(name, super::theme::LABEL, false, 170.0);
                Key::new(
                    Sign::Dot(scene.theme.category(i)),
                    format!("{} ({})", wording::isolated(&short), wording::count(*n as f64)),
                )
            })
            .collect();
        if self.distinct > self.names.len() {
            let rest = wording::count((self.distinct - self.names.len()) as f64);
            keys.push(Key::new(Sign::Dot(scene.theme.rest), format!("{rest} other {others}")));
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_into_preorder() {
        // 1 and 2 answer the post, 3 answers 1, 4 answers 3, 5 answers 1.
        assert_eq!(preorder(&[0, 0, 1, 3, 1]), [1, 3, 4, 5, 2]);
        assert_eq!(largest(&[3.0, 7.0, 7.0]), 1);
        assert_eq!(first_words("> quoted\nown  words\nhere"), "own words here");
    }
}
