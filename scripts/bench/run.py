"""Measures the program against what a careful user would write instead, on the same made-up dump.

    run.py WORKDIR [--comments 1000000] [--rounds 3] [--only polars,duckdb,node,python,convokit]

Makes the data and a Python environment in WORKDIR (needs Python 3.11, for Node also `node`), builds
nothing: the program is taken from target/release or $REJOINDER. Every round runs each program once,
one after the other, so that whatever else the machine does meets all of them. Prints processor time
(user and system, whole process) and the largest resident size as a table in Markdown, medians of all
rounds, then whether the tables are equal, value by value, to those of plain Python.

What each computes: the same columns of comments (12 topics counted), the same figures of threads,
comments by the hour; Parquet with Zstandard. See docs/performance.md.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

from topics import DICTIONARY, TOPICS

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COLUMNS = """thread_id comment_id parent_id depth n_replies n_descendants author created_at
reply_delay_s score topics topic_mentions""".split()
FIGURES = """thread_id n_comments n_top_level max_depth mean_depth max_breadth h_index
structural_virality n_authors gini_comments reciprocity first_at last_at""".split()
ONLY = ",".join(
    ["comments." + c for c in COLUMNS]
    + ["threads." + c for c in FIGURES]
    + ["activity.bucket_start", "activity.n_comments"]
)


SLOW = {"python", "convokit"}


def measured(command):
    """Processor seconds and peak MiB of a command, its children included."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workdir")
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="polars,duckdb,node,python")
    args = parser.parse_args()
    work = os.path.abspath(args.workdir)
    os.makedirs(work, exist_ok=True)
    python = f"{work}/env/bin/python"
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", f"{work}/env"], check=True)
        packages = ["polars", "duckdb", "numpy", "orjson", "pyarrow"]
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    data = f"{work}/{args.comments}.ndjson"
    if not os.path.exists(data):
        subprocess.run([python, f"{HERE}/generate.py", str(args.comments), data], check=True)
    with open(f"{work}/topics.toml", "w", encoding="utf-8") as file:
        file.write(DICTIONARY)
    program = os.environ.get("REJOINDER", f"{ROOT}/target/release/rejoinder")
    commands = {
        "rejoinder": [program, "export", data, "--to", "parquet", "--out", f"{work}/rejoinder",
                      "--only", ONLY, "--topics", f"{work}/topics.toml",
                      "--missing-parents", "post", "--bucket", "hour", "--quiet"],
    }
    with open(f"{work}/topics.json", "w", encoding="utf-8") as file:
        json.dump(TOPICS, file)
    peers = args.only.split(",")
    for peer in peers:
        commands[peer] = [python, f"{HERE}/peers.py", peer, data, f"{work}/{peer}"]
    if "convokit" in peers:
        # It needs older packages than the others, so it has an environment of its own.
        kit = f"{work}/env-convokit/bin/python"
        if not os.path.exists(kit):
            subprocess.run([sys.executable, "-m", "venv", f"{work}/env-convokit"], check=True)
            subprocess.run([kit, "-m", "pip", "install", "-q", "convokit", "pyarrow"], check=True)
        loaded = f"{work}/corpus-{args.comments}"
        if not os.path.exists(loaded):
            subprocess.run([python, f"{HERE}/peers.py", "corpus", data, loaded], check=True)
        commands["convokit"] = [kit, f"{HERE}/peers.py", "convokit", loaded, f"{work}/convokit"]
    if "node" in peers:
        commands["node"] = ["node", "--max-old-space-size=12000", f"{HERE}/peer.mjs", data,
                            f"{work}/node", f"{work}/topics.json"]
    figures = {name: [] for name in commands}
    # What takes minutes is not warmed up and runs once: it is far from any limit.
    slow = SLOW & set(commands)
    for name, command in commands.items():
        if name not in slow:
            measured(command)
    for name in slow:
        figures[name].append(measured(commands[name]))
    for _ in range(args.rounds):
        for name, command in commands.items():
            if name not in slow:
                figures[name].append(measured(command))
    ours = statistics.median(cpu for cpu, _ in figures["rejoinder"])
    print("| program | CPU s | peak MiB | CPU of ours / its CPU |\n| --- | ---: | ---: | ---: |")
    for name, runs in figures.items():
        cpu = statistics.median(cpu for cpu, _ in runs)
        peak = statistics.median(peak for _, peak in runs)
        print(f"| {name} | {cpu:.2f} | {peak:.0f} | {ours / cpu:.3f} |")
    if "python" in commands:
        subprocess.run([python, f"{HERE}/convert.py", f"{work}/rejoinder", f"{work}/ours"], check=True)
        for folder in ["ours", *(peer for peer in peers if peer not in SLOW)]:
            print(f"{folder} and plain Python:", flush=True)
            subprocess.run([python, f"{HERE}/compare.py", f"{work}/{folder}", f"{work}/python"], check=True)


if __name__ == "__main__":
    main()
