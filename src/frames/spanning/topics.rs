//! Topics: how many comments, over time, by depth, by author.

use polars::prelude::{
    Column, DataFrame, DataType, ExplodeOptions, Float64Chunked, IntoColumn, IntoLazy, JoinArgs,
    JoinType, LazyFrame, ListBuilderTrait, ListStringChunkedBuilder, NewChunkedArray, PolarsResult,
    Selector, SortMultipleOptions, StringChunked, UInt32Chunked, by_name, col, len, lit,
};

use super::activity::{counted, start_column, starts};
use super::{Facts, left_join, nothing, written};
use crate::frames::Table;
use crate::topics::Origin;

/// The topics table, in the order of the dictionary.
pub(super) fn topics(facts: &Facts) -> PolarsResult<LazyFrame> {
    let found = mentions(written(&facts.comments)).group_by([col("topic")]).agg([
        len().alias("n_comments"),
        col("author").drop_nulls().n_unique().alias("n_authors"),
        col("depth").mean().alias("mean_depth"),
        col("created_at").min().alias("first_at"),
        col("created_at").max().alias("last_at"),
    ]);
    let share = if facts.n_comments == 0 {
        lit(polars::prelude::NULL).cast(DataType::Float64)
    } else {
        col("n_comments").cast(DataType::Float64) / lit(facts.n_comments as f64)
    };
    let counts = ["n_comments", "n_authors"]
        .map(|name| col(name).cast(DataType::UInt32).fill_null(lit(0u32)));
    Ok(left_join(listed(facts)?, found, "topic")
        .with_columns(counts)
        .with_column(share.alias("share"))
        .sort(["order"], SortMultipleOptions::default()))
}

/// The `topic_activity` table: every topic in every bucket.
pub(super) fn topic_activity(facts: &Facts) -> PolarsResult<LazyFrame> {
    let Some((bucket, ..)) = facts.buckets.filter(|_| !facts.topics.is_empty()) else {
        return Ok(nothing(Table::TopicActivity));
    };
    let found = mentions(counted(&facts.comments, bucket))
        .group_by([col("topic"), col("bucket_start")])
        .agg([len().alias("n_comments")]);
    let keys = [col("topic"), col("bucket_start")];
    Ok(every_bucket(facts)?
        .join(found, keys.clone(), keys, JoinArgs::new(JoinType::Left))
        .with_column(col("n_comments").cast(DataType::UInt32).fill_null(lit(0u32)))
        .sort(["order", "bucket_start"], SortMultipleOptions::default()))
}

/// Every topic, by its order, in every bucket.
fn every_bucket(facts: &Facts) -> PolarsResult<LazyFrame> {
    let starts = starts(facts);
    let n = facts.topics.len();
    let names = facts.topics.iter().flat_map(|(t, _)| std::iter::repeat_n(&t.name, starts.len()));
    let order = (0..n as u32).flat_map(|order| std::iter::repeat_n(order, starts.len()));
    let columns = vec![
        StringChunked::from_iter_values("topic".into(), names).into_column(),
        UInt32Chunked::from_vec("order".into(), order.collect()).into_column(),
        start_column(starts.repeat(n)),
    ];
    Ok(DataFrame::new_infer_height(columns)?.lazy())
}

/// The `topic_depths` table.
pub(super) fn topic_depths(facts: &Facts) -> PolarsResult<LazyFrame> {
    let at_depth =
        written(&facts.comments).group_by([col("depth")]).agg([len().alias("n_at_depth")]);
    let found = mentions(written(&facts.comments))
        .group_by([col("topic"), col("depth")])
        .agg([len().alias("n_comments")]);
    let share =
        col("n_comments").cast(DataType::Float64) / col("n_at_depth").cast(DataType::Float64);
    Ok(left_join(left_join(found, ordered(facts)?, "topic"), at_depth, "depth")
        .with_column(share.alias("share"))
        .sort(["order", "depth"], SortMultipleOptions::default()))
}

/// The `topic_authors` table.
pub(super) fn topic_authors(facts: &Facts) -> PolarsResult<LazyFrame> {
    let found = mentions(written(&facts.comments).filter(col("author").is_not_null()))
        .group_by([col("topic"), col("author")])
        .agg([len().alias("n_comments")]);
    let options = SortMultipleOptions::default().with_order_descending_multi([false, true, false]);
    Ok(left_join(found, ordered(facts)?, "topic").sort(["order", "n_comments", "author"], options))
}

/// One row for each comment and topic of it.
fn mentions(comments: LazyFrame) -> LazyFrame {
    let options = ExplodeOptions { empty_as_null: false, keep_nulls: false };
    let topics: Selector = by_name(["topics"], true, false);
    comments
        .filter(col("topics").list().len().gt(lit(0)))
        .explode(topics, options)
        .with_column(col("topics").alias("topic"))
}

/// The topics and their place in the list.
fn ordered(facts: &Facts) -> PolarsResult<LazyFrame> {
    Ok(listed(facts)?.select([col("topic"), col("order")]))
}

/// The topics with what was added up for them while the threads passed.
fn listed(facts: &Facts) -> PolarsResult<LazyFrame> {
    let list = &facts.topics;
    let names = StringChunked::from_iter_values("topic".into(), list.iter().map(|(t, _)| &t.name));
    let origins = list.iter().map(|(topic, _)| match topic.origin {
        Origin::Dictionary => "dictionary",
        Origin::Discovered => "discovered",
    });
    let mut terms = ListStringChunkedBuilder::new("terms".into(), list.len(), list.len());
    for (topic, _) in list {
        terms.append_values_iter(topic.terms.iter().map(String::as_str));
    }
    let numbers =
        |name: &'static str, of: fn(&crate::frames::tally::TopicTally) -> u64| -> Column {
            let values: Vec<u32> = list.iter().map(|(_, tally)| of(tally) as u32).collect();
            UInt32Chunked::from_vec(name.into(), values).into_column()
        };
    let inheritance = list.iter().map(|(_, tally)| {
        (tally.replies > 0).then(|| tally.inherited as f64 / tally.replies as f64)
    });
    let columns = vec![
        names.into_column(),
        StringChunked::from_iter_values("origin".into(), origins).into_column(),
        terms.finish().into_column(),
        numbers("n_mentions", |tally| tally.mentions),
        numbers("post_mentions", |tally| tally.post_mentions),
        Float64Chunked::from_iter_options("inheritance".into(), inheritance).into_column(),
        UInt32Chunked::from_vec("order".into(), (0..list.len() as u32).collect()).into_column(),
    ];
    Ok(DataFrame::new_infer_height(columns)?.lazy())
}
