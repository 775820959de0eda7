//! Who wrote, and about what.

use polars::prelude::{SortMultipleOptions, col, len, lit};

use crate::error::Result;
use crate::frames::{Table, Tables};
use crate::outputs::cells::Cells;

/// One author.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuthorLine {
    /// The name.
    pub author: String,
    /// Comments written.
    pub n_comments: u64,
    /// Threads commented in.
    pub n_threads: u64,
    /// Comments that answer a comment.
    pub n_replies_sent: u64,
    /// Replies to the author's comments.
    pub n_replies_received: u64,
    /// Words written.
    pub n_words: u64,
}

/// One topic.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TopicLine {
    /// Its label.
    pub topic: String,
    /// Where it comes from: dictionary, discovered.
    pub origin: String,
    /// Its terms, the weightiest first, joined by commas.
    pub terms: String,
    /// Comments that mention it.
    pub n_comments: u64,
    /// Their share of all comments.
    pub share: Option<f64>,
    /// Different known authors of those comments.
    pub n_authors: u64,
    /// Mentions in the post.
    pub post_mentions: u64,
}

/// The largest first; among equals the order of the table.
fn descending() -> SortMultipleOptions {
    SortMultipleOptions::default().with_order_descending(true).with_maintain_order(true)
}

pub(super) fn authors(tables: &Tables, most: usize) -> Result<Vec<AuthorLine>> {
    let query = tables.lazy(Table::Authors).sort(["n_comments"], descending()).limit(most as u32);
    let cells = Cells::collect(tables, query, "list the authors")?;
    let names = cells.texts("author")?;
    let comments = cells.ints("n_comments")?;
    let threads = cells.ints("n_threads")?;
    let sent = cells.ints("n_replies_sent")?;
    let received = cells.ints("n_replies_received")?;
    let words = cells.ints("n_words")?;
    let count = |v: Option<i64>| v.unwrap_or_default().max(0) as u64;
    let lines = names.into_iter().enumerate().map(|(row, name)| AuthorLine {
        author: name.unwrap_or_default(),
        n_comments: count(comments[row]),
        n_threads: count(threads[row]),
        n_replies_sent: count(sent[row]),
        n_replies_received: count(received[row]),
        n_words: count(words[row]),
    });
    Ok(lines.collect())
}

pub(super) fn count_topics(tables: &Tables) -> Result<u64> {
    let cells = Cells::collect(
        tables,
        tables.lazy(Table::Topics).select([len().alias("n")]),
        "count the topics",
    )?;
    Ok(cells.ints("n")?.first().copied().flatten().unwrap_or_default() as u64)
}

/// Comments that somebody wrote and that mention none of the topics.
pub(super) fn count_off_topic(tables: &Tables) -> Result<u64> {
    let on_none = col("kind").eq(lit("comment")).and(col("topics").list().len().eq(lit(0)));
    let query = tables.lazy(Table::Comments).filter(on_none).select([len().alias("n")]);
    let cells = Cells::collect(tables, query, "count the comments on no topic")?;
    Ok(cells.ints("n")?.first().copied().flatten().unwrap_or_default() as u64)
}

pub(super) fn topics(tables: &Tables, most: usize) -> Result<Vec<TopicLine>> {
    let query = tables.lazy(Table::Topics).sort(["n_comments"], descending()).limit(most as u32);
    let cells = Cells::collect(tables, query, "list the topics")?;
    let names = cells.texts("topic")?;
    let origins = cells.texts("origin")?;
    let terms = cells.lists("terms")?;
    let comments = cells.ints("n_comments")?;
    let shares = cells.reals("share")?;
    let authors = cells.ints("n_authors")?;
    let mentions = cells.ints("post_mentions")?;
    let count = |v: Option<i64>| v.unwrap_or_default().max(0) as u64;
    let lines = names.into_iter().enumerate().map(|(row, name)| TopicLine {
        topic: name.unwrap_or_default(),
        origin: origins[row].clone().unwrap_or_default(),
        terms: terms[row].clone(),
        n_comments: count(comments[row]),
        share: shares[row],
        n_authors: count(authors[row]),
        post_mentions: count(mentions[row]),
    });
    Ok(lines.collect())
}
