"""Compares the tables in two folders value by value: compare.py ONE OTHER. ONE may hold CSV."""

import os
import sys

import polars as pl

one, other = sys.argv[1:3]


def read(folder, table, like=None):
    """A table; one in CSV takes its types from another."""
    path = f"{folder}/{table}"
    if os.path.exists(f"{path}.parquet"):
        return pl.read_parquet(f"{path}.parquet")
    return pl.read_csv(f"{path}.csv", schema_overrides=None if like is None else like.schema)


differences = 0
for table, key in (("comments", "id"), ("threads", "link_id"), ("hours", "hour")):
    b = read(other, table).sort(key)
    a = read(one, table, b).sort(key)
    if set(a.columns) != set(b.columns) or len(a) != len(b):
        print(f"{table}: columns or rows differ")
        differences += 1
        continue
    for column in a.columns:
        x, y = a[column], b[column]
        if x.dtype.is_float() or y.dtype.is_float():
            x, y = x.cast(pl.Float64), y.cast(pl.Float64)
            wrong = int((x.is_null() != y.is_null()).sum()) + int(((x - y).abs() > 1e-9).sum())
        else:
            kind = pl.Int64 if x.dtype.is_integer() else x.dtype
            wrong = int(x.cast(kind).ne_missing(y.cast(kind)).sum())
        if wrong:
            print(f"{table}.{column}: {wrong} values differ")
            differences += 1
    print(f"{table}: {len(a)} rows, {len(a.columns)} columns compared")
print("the tables are equal" if differences == 0 else "THE TABLES DIFFER")
sys.exit(differences > 0)
