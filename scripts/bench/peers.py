"""The same tables by other means: peers.py polars|duckdb|python FILE.ndjson DIR.

`convokit` takes the folder that `corpus` writes in place of the file.

`python` is the reference: one obvious pass after the other. `polars` and `duckdb` let the library
do what it does best; trees, which neither has, are done by levels in numpy and by a recursive query.
A comment whose parent is missing counts as answering the post. "[deleted]" is no author.
"""

import os
import re
import sys
from collections import Counter

from topics import TOPICS

DEAD = "[deleted]"


def python(source, out):
    import orjson

    pattern = re.compile(r"\b(?:%s)\b" % "|".join(f"(?P<{n}>{p})" for n, p in TOPICS.items()), re.I)
    fields = ("id", "link_id", "parent_id", "author", "created_utc", "score")
    columns = {name: [] for name in fields}
    counts = {name: [] for name in TOPICS}
    with open(source, "rb") as lines:
        for line in lines:
            record = orjson.loads(line)
            for name in fields:
                columns[name].append(record[name])
            found = Counter(match.lastgroup for match in pattern.finditer(record["body"]))
            for name in TOPICS:
                counts[name].append(found.get(name, 0))
    write(columns, counts, out)


def write(columns, counts, out):
    """Trees, figures and tables of comments in plain Python."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    ids, authors, created = columns["id"], columns["author"], columns["created_utc"]
    place = {name: i for i, name in enumerate(ids)}
    parent = [place.get(p[3:]) if p.startswith("t1_") else None for p in columns["parent_id"]]
    depth = [0] * len(ids)
    for i in range(len(ids)):
        path = []
        while depth[i] == 0 and parent[i] is not None:
            path.append(i)
            i = parent[i]
        level = depth[i] = depth[i] or 1
        for j in reversed(path):
            level += 1
            depth[j] = level
    size, children = [1] * len(ids), [0] * len(ids)
    for i in sorted(range(len(ids)), key=depth.__getitem__, reverse=True):
        if parent[i] is not None:
            size[parent[i]] += size[i]
            children[parent[i]] += 1
    members = {}
    for i, link in enumerate(columns["link_id"]):
        members.setdefault(link, []).append(i)
    rows = []
    for link, own in members.items():
        n, levels = len(own), Counter(depth[i] for i in own)
        wiener = sum(size[i] * (n + 1 - size[i]) for i in own)
        each = sorted(c for a, c in Counter(authors[i] for i in own).items() if a != DEAD)
        pairs = {(authors[i], authors[parent[i]]) for i in own if parent[i] is not None}
        pairs = {(a, b) for a, b in pairs if a != b and DEAD not in (a, b)}
        rows.append({
            "link_id": link, "n_comments": n, "n_top_level": levels[1], "max_depth": max(levels),
            "mean_depth": sum(depth[i] for i in own) / n, "max_width": max(levels.values()),
            "h_index": max((d for d, c in levels.items() if c >= d), default=0), "wiener": wiener,
            "structural_virality": 2 * wiener / (n * (n + 1)), "n_authors": len(each),
            "gini": 2 * sum(i * c for i, c in enumerate(each, 1)) / (len(each) * sum(each))
            - (len(each) + 1) / len(each) if each else None,
            "reciprocity": sum((b, a) in pairs for a, b in pairs) / len(pairs) if pairs else None,
            "first_utc": min(created[i] for i in own), "last_utc": max(created[i] for i in own),
        })
    columns |= {
        "depth": depth, "n_children": children, "subtree_size": size,
        "latency_s": [None if p is None else created[i] - created[p] for i, p in enumerate(parent)],
    }
    columns |= {"kw_" + name: pa.array(values, pa.uint16()) for name, values in counts.items()}
    hours = sorted(Counter(t // 3600 for t in created).items())
    tables = {"comments": pa.table(columns), "threads": pa.Table.from_pylist(rows),
              "hours": pa.table({"hour": [h for h, _ in hours], "n": [n for _, n in hours]})}
    for name, table in tables.items():
        pq.write_table(table, f"{out}/{name}.parquet", compression="zstd")


def polars(source, out):
    import numpy as np
    import polars as pl

    schema = {"id": pl.String, "link_id": pl.String, "parent_id": pl.String, "author": pl.String,
              "created_utc": pl.Int64, "score": pl.Int32, "body": pl.String}
    counted = [pl.col("body").str.count_matches(rf"(?i)\b(?:{p})\b").cast(pl.UInt16).alias("kw_" + n)
               for n, p in TOPICS.items()]
    c = pl.scan_ndjson(source, schema=schema).with_columns(counted).drop("body")
    c = c.collect(engine="streaming").with_row_index("row")
    keys = c.select(pl.col("id").alias("pid"), pl.col("row").alias("prow"),
                    pl.col("created_utc").alias("ptime"), pl.col("author").alias("pauthor"))
    answered = pl.when(pl.col("parent_id").str.starts_with("t1_")).then(pl.col("parent_id").str.slice(3))
    c = c.with_columns(answered.alias("pid")).join(keys, on="pid", how="left").sort("row")
    parent = c["prow"].cast(pl.Int64).fill_null(-1).to_numpy()
    n = len(c)
    depth, size = np.zeros(n, np.int32), np.ones(n, np.int64)
    order = np.argsort(parent, kind="stable")
    begin = np.searchsorted(parent[order], np.arange(-1, n + 1))
    level, levels = order[begin[0]:begin[1]], []
    while len(level):
        levels.append(level)
        depth[level] = len(levels)
        many = begin[level + 2] - begin[level + 1]
        first = np.repeat(begin[level + 1] - np.cumsum(many) + many, many)
        level = order[first + np.arange(many.sum())]
    for level in reversed(levels[1:]):
        np.add.at(size, parent[level], size[level])
    children = np.bincount(parent[parent >= 0], minlength=n)
    c = c.with_columns(pl.Series("depth", depth), pl.Series("subtree_size", size),
                       pl.Series("n_children", children),
                       (pl.col("created_utc") - pl.col("ptime")).alias("latency_s"))
    c.drop("row", "pid", "prow", "ptime", "pauthor").write_parquet(f"{out}/comments.parquet", compression="zstd")
    nodes, lazy = pl.len() + 1, c.lazy()
    base = lazy.group_by("link_id").agg(
        pl.len().alias("n_comments"), (pl.col("depth") == 1).sum().alias("n_top_level"),
        pl.col("depth").max().alias("max_depth"), pl.col("depth").mean().alias("mean_depth"),
        (pl.col("subtree_size") * (nodes - pl.col("subtree_size"))).sum().alias("wiener"),
        pl.col("created_utc").min().alias("first_utc"), pl.col("created_utc").max().alias("last_utc"))
    widths = lazy.group_by("link_id", "depth").agg(pl.len().alias("k")).group_by("link_id").agg(
        pl.col("k").max().alias("max_width"),
        pl.col("depth").filter(pl.col("k") >= pl.col("depth")).max().fill_null(0).alias("h_index"))
    rank, x = pl.int_range(1, pl.len() + 1), pl.col("x").cast(pl.Int64)
    people = lazy.filter(pl.col("author") != DEAD).group_by("link_id", "author").agg(pl.len().alias("x"))
    people = people.group_by("link_id").agg(
        pl.len().alias("n_authors"),
        (2 * (x.sort() * rank).sum() / (pl.len() * x.sum()) - (pl.len() + 1) / pl.len()).alias("gini"))
    known = (pl.col("author") != pl.col("pauthor")) & (pl.col("author") != DEAD) & (pl.col("pauthor") != DEAD)
    pairs = lazy.filter(known).select("link_id", a="author", b="pauthor").unique()
    back = pairs.select("link_id", a="b", b="a", back=pl.lit(True))
    mutual = pairs.join(back, on=["link_id", "a", "b"], how="left").group_by("link_id").agg(
        (pl.col("back").count() / pl.len()).alias("reciprocity"))
    virality = 2 * pl.col("wiener") / (pl.col("n_comments") * (pl.col("n_comments") + 1))
    threads = base.join(widths, on="link_id").join(people, on="link_id", how="left")
    threads = threads.join(mutual, on="link_id", how="left").with_columns(
        pl.col("n_authors").fill_null(0), virality.alias("structural_virality"))
    threads.collect().write_parquet(f"{out}/threads.parquet", compression="zstd")
    hours = c.group_by((pl.col("created_utc") // 3600).alias("hour")).agg(pl.len().alias("n"))
    hours.sort("hour").write_parquet(f"{out}/hours.parquet", compression="zstd")


def duckdb(source, out):
    import duckdb

    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = false")
    counted = ", ".join(
        rf"len(regexp_extract_all(body, '(?i)\b(?:{p})\b'))::USMALLINT AS kw_{n}" for n, p in TOPICS.items())
    fields = "{id: 'VARCHAR', link_id: 'VARCHAR', parent_id: 'VARCHAR', author: 'VARCHAR', created_utc: 'BIGINT', score: 'INTEGER', body: 'VARCHAR'}"
    zstd = "(FORMAT parquet, COMPRESSION zstd)"
    db.execute(f"""
CREATE TABLE c AS SELECT id, link_id, parent_id, author, created_utc, score, {counted}
  FROM read_json('{source}', format = 'newline_delimited', columns = {fields});
CREATE TABLE e AS SELECT c.id, p.id AS pid, p.author AS pauthor, c.created_utc - p.created_utc AS latency_s
  FROM c LEFT JOIN c p ON c.parent_id = 't1_' || p.id;
CREATE TABLE above AS WITH RECURSIVE up(id, a) AS (
  SELECT id, id FROM e UNION ALL SELECT up.id, e.pid FROM up JOIN e ON up.a = e.id WHERE e.pid IS NOT NULL)
  SELECT * FROM up;
CREATE TABLE t AS SELECT c.*, e.pid, e.pauthor, e.latency_s, d.depth, s.subtree_size, coalesce(k.n, 0) AS n_children
  FROM c JOIN e USING (id) JOIN (SELECT id, count(*)::INT AS depth FROM above GROUP BY id) d USING (id)
  JOIN (SELECT a AS id, count(*)::INT AS subtree_size FROM above GROUP BY a) s USING (id)
  LEFT JOIN (SELECT pid AS id, count(*)::INT AS n FROM e WHERE pid IS NOT NULL GROUP BY pid) k USING (id);
DROP TABLE above;
COPY (SELECT * EXCLUDE (pid, pauthor) FROM t) TO '{out}/comments.parquet' {zstd};
COPY (WITH n AS (SELECT link_id, count(*) AS n FROM t GROUP BY 1),
 base AS (SELECT link_id, any_value(n) AS n_comments, count(*) FILTER (depth = 1) AS n_top_level, max(depth) AS max_depth,
  avg(depth) AS mean_depth, sum(subtree_size::BIGINT * (n + 1 - subtree_size))::BIGINT AS wiener,
  min(created_utc) AS first_utc, max(created_utc) AS last_utc FROM t JOIN n USING (link_id) GROUP BY 1),
 w AS (SELECT link_id, max(k) AS max_width, coalesce(max(depth) FILTER (k >= depth), 0) AS h_index
  FROM (SELECT link_id, depth, count(*) AS k FROM t GROUP BY ALL) GROUP BY 1),
 p AS (SELECT link_id, count(*) AS n_authors, 2 * sum(r * x) / (count(*) * sum(x)) - (count(*) + 1) / count(*) AS gini
  FROM (SELECT link_id, x, row_number() OVER (PARTITION BY link_id ORDER BY x) AS r
   FROM (SELECT link_id, author, count(*) AS x FROM t WHERE author <> '{DEAD}' GROUP BY ALL)) GROUP BY 1),
 q AS (SELECT DISTINCT link_id, author AS a, pauthor AS b FROM t
  WHERE pid IS NOT NULL AND author <> pauthor AND author <> '{DEAD}' AND pauthor <> '{DEAD}'),
 m AS (SELECT x.link_id, count(y.a) / count(*) AS reciprocity FROM q x
  LEFT JOIN q y ON x.link_id = y.link_id AND x.a = y.b AND x.b = y.a GROUP BY 1)
 SELECT base.*, 2 * wiener / (n_comments * (n_comments + 1)) AS structural_virality, max_width, h_index,
  coalesce(n_authors, 0) AS n_authors, gini, reciprocity
 FROM base JOIN w USING (link_id) LEFT JOIN p USING (link_id) LEFT JOIN m USING (link_id))
 TO '{out}/threads.parquet' {zstd};
COPY (SELECT created_utc // 3600 AS hour, count(*) AS n FROM t GROUP BY 1 ORDER BY 1) TO '{out}/hours.parquet' {zstd};
""")


def corpus(source, out):
    """Writes the comments as ConvoKit loads them: one missing parent would make a whole
    conversation an error, so such comments answer the post. Not measured."""
    import json

    with open(source, "rb") as lines:
        known = {json.loads(line)["id"] for line in lines}
    conversations, speakers = {}, {DEAD: {"meta": {}, "vectors": []}}
    with open(source, "rb") as lines, open(f"{out}/utterances.jsonl", "w", encoding="utf-8") as utterances:

        def utterance(own, thread, parent, speaker, text, time, score):
            utterances.write(json.dumps({
                "id": own, "conversation_id": thread, "reply-to": parent, "speaker": speaker,
                "text": text, "timestamp": time, "meta": {"score": score}, "vectors": []}) + "\n")

        for line in lines:
            r = json.loads(line)
            thread, parent = r["link_id"][3:], r["parent_id"][3:]
            if thread not in conversations:
                conversations[thread] = {"meta": {}, "vectors": []}
                utterance(thread, thread, None, DEAD, "", r["created_utc"], 0)
            speakers[r["author"]] = {"meta": {}, "vectors": []}
            parent = parent if parent in known else thread
            utterance(r["id"], thread, parent, r["author"], r["body"], r["created_utc"], r["score"])
    index = {"utterances-index": {"score": ["<class 'int'>"]}, "speakers-index": {},
             "conversations-index": {}, "overall-index": {}, "version": 1, "vectors": []}
    for name, value in (("conversations", conversations), ("speakers", speakers), ("corpus", {}), ("index", index)):
        with open(f"{out}/{name}.json", "w", encoding="utf-8") as file:
            json.dump(value, file)


def convokit(source, out):
    """Loads a corpus and makes the tables of its utterances; trees as in plain Python."""
    from convokit import Corpus

    pattern = re.compile(r"\b(?:%s)\b" % "|".join(f"(?P<{n}>{p})" for n, p in TOPICS.items()), re.I)
    columns = {name: [] for name in ("id", "link_id", "parent_id", "author", "created_utc", "score")}
    counts = {name: [] for name in TOPICS}
    for utterance in Corpus(filename=source).iter_utterances():
        if utterance.reply_to is None:
            continue
        thread, parent = utterance.conversation_id, utterance.reply_to
        columns["id"].append(utterance.id)
        columns["link_id"].append("t3_" + thread)
        columns["parent_id"].append(("t3_" if parent == thread else "t1_") + parent)
        columns["author"].append(utterance.speaker.id)
        columns["created_utc"].append(int(utterance.timestamp))
        columns["score"].append(utterance.meta["score"])
        found = Counter(match.lastgroup for match in pattern.finditer(utterance.text))
        for name in TOPICS:
            counts[name].append(found.get(name, 0))
    write(columns, counts, out)


if __name__ == "__main__":
    peer, source, out = sys.argv[1:4]
    os.makedirs(out, exist_ok=True)
    every = {"python": python, "polars": polars, "duckdb": duckdb, "convokit": convokit, "corpus": corpus}
    every[peer](source, out)
