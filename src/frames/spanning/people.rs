//! Authors, and who answers whom.

use polars::prelude::{LazyFrame, col, len, lit};

use super::{Facts, busiest_first, left_join, written};

/// The replies table: pairs of authors over all threads.
pub(super) fn replies(facts: &Facts) -> LazyFrame {
    let pairs = facts
        .answers
        .clone()
        .group_by([col("from_author"), col("to_author"), col("to_post")])
        .agg([
            col("n_replies").sum(),
            len().alias("n_threads"),
            col("first_at").min(),
            col("last_at").max(),
            col("confidence").sum(),
        ])
        .with_column((col("confidence") / col("n_replies")).alias("mean_confidence"));
    busiest_first(pairs, "n_replies", &["from_author", "to_author", "to_post"])
}

/// The authors table.
pub(super) fn authors(facts: &Facts) -> LazyFrame {
    let written = written(&facts.comments).filter(col("author").is_not_null());
    let own = written.group_by([col("author")]).agg([
        len().alias("n_comments"),
        col("thread_id").n_unique().alias("n_threads"),
        col("depth").eq(lit(1)).sum().alias("n_top_level"),
        col("depth").gt(lit(1)).sum().alias("n_replies_sent"),
        col("n_replies").sum().alias("n_replies_received"),
        col("depth").mean().alias("mean_depth"),
        col("n_words").sum(),
        col("created_at").min().alias("first_at"),
        col("created_at").max().alias("last_at"),
    ]);
    let others = facts
        .answers
        .clone()
        .filter(col("to_post").not().and(col("from_author").neq(col("to_author"))));
    let count = |of: &str, other: &str, name: &str| {
        others.clone().group_by([col(of).alias("author")]).agg([col(other).n_unique().alias(name)])
    };
    let answered = count("from_author", "to_author", "n_distinct_answered");
    let answered_by = count("to_author", "from_author", "n_distinct_answered_by");
    let joined =
        left_join(left_join(own, answered, "author"), answered_by, "author").with_columns([
            col("n_distinct_answered").fill_null(lit(0)),
            col("n_distinct_answered_by").fill_null(lit(0)),
        ]);
    busiest_first(joined, "n_comments", &["author"])
}
