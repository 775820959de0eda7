"""Our tables in the shape of the benchmark's, to be compared value by value.

    convert.py OURS DIR

OURS was written by `rejoinder export --to parquet --missing-parents post --bucket hour` with the
benchmark's topics. DIR gets comments.parquet (id, link_id, parent_id, author, created_utc, score,
depth, n_children, subtree_size, latency_s, kw_TOPIC), threads.parquet and hours.parquet.
"""

import os
import sys

import polars as pl

from topics import TOPICS

ours, out = sys.argv[1:3]
os.makedirs(out, exist_ok=True)
seconds = lambda name: pl.col(name).dt.epoch("s")

comments = pl.read_parquet(f"{ours}/comments.parquet")
hits = comments.select("comment_id", "topics", "topic_mentions").explode("topics", "topic_mentions")
counts = hits.drop_nulls("topics").group_by("comment_id").agg(
    pl.col("topic_mentions").filter(pl.col("topics") == topic).sum().alias("kw_" + topic)
    for topic in TOPICS
)
comments.join(counts, on="comment_id", how="left").select(
    pl.col("comment_id").alias("id"),
    ("t3_" + pl.col("thread_id")).alias("link_id"),
    pl.coalesce("t1_" + pl.col("parent_id"), "t3_" + pl.col("thread_id")).alias("parent_id"),
    pl.col("author").fill_null("[deleted]"),
    seconds("created_at").alias("created_utc"),
    "score",
    "depth",
    pl.col("n_replies").alias("n_children"),
    (pl.col("n_descendants") + 1).alias("subtree_size"),
    pl.col("reply_delay_s").alias("latency_s"),
    *(pl.col("kw_" + topic).fill_null(0) for topic in TOPICS),
).write_parquet(f"{out}/comments.parquet")

nodes = (pl.col("n_comments") + 1).cast(pl.Float64)
pl.read_parquet(f"{ours}/threads.parquet").select(
    ("t3_" + pl.col("thread_id")).alias("link_id"),
    "n_comments",
    "n_top_level",
    "max_depth",
    "mean_depth",
    pl.col("max_breadth").alias("max_width"),
    pl.col("h_index").fill_null(0),
    (pl.col("structural_virality") * nodes * (nodes - 1) / 2).round().cast(pl.Int64).alias("wiener"),
    "structural_virality",
    "n_authors",
    pl.col("gini_comments").alias("gini"),
    "reciprocity",
    seconds("first_at").alias("first_utc"),
    seconds("last_at").alias("last_utc"),
).write_parquet(f"{out}/threads.parquet")

pl.read_parquet(f"{ours}/activity.parquet").filter(pl.col("n_comments") > 0).select(
    (seconds("bucket_start") // 3600).alias("hour"), pl.col("n_comments").alias("n")
).write_parquet(f"{out}/hours.parquet")
