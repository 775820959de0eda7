#!/usr/bin/env python3
"""Checks that ConvoKit itself loads the corpora that Rejoinder writes, and the other way round.

Needs only Python 3 and, the first time, the package index: it makes a virtual environment with the
packages pinned in scripts/corpora-requirements.txt, outside the repository, and keeps it.

    python3 scripts/corpora.py                      builds the program
    python3 scripts/corpora.py --program PATH       tests this program

For each seed: export it as a corpus; load that with ConvoKit; compare its trees with Rejoinder's
table; let ConvoKit save it again; read that with Rejoinder; compare the trees once more. Then the
same for Rejoinder's own corpus, read back as it is.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from environments import cache_folder, environment

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "scripts" / "corpora-requirements.txt"
SEEDS = [
    ["documents"],  # four threads; three of them have no comments
    ["reddit/listing.json"],
    ["discourse/topic.json"],  # ids that are unique in their thread only
    ["mbox/archive.mbox"],  # absent parents
    ["wxr/export.xml", "disqus/export.xml"],  # pingbacks, deleted comments, ids that clash
    ["convokit"],
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", help="the rejoinder program; default: cargo run")
    parser.add_argument("--cache", help="where the environment is kept; default: the user's cache folder")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        return check(args.program)
    program = args.program or build()
    with tempfile.TemporaryDirectory(prefix="rejoinder-convokit-") as scratch:
        # ConvoKit writes its settings into the home folder.
        surroundings = {**os.environ, "HOME": scratch, "USERPROFILE": scratch}
        command = [environment("convokit", REQUIREMENTS, cache_folder(args.cache), "--no-deps"), __file__, "--inside", "--program", str(Path(program).resolve())]
        return subprocess.run(command, cwd=ROOT, env=surroundings).returncode


def build() -> str:
    command = ["cargo", "build", "--quiet", "--message-format", "json-render-diagnostics"]
    output = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    artifacts = [json.loads(line) for line in output.splitlines()]
    programs = [a["executable"] for a in artifacts if a.get("executable") and "bin" in a["target"]["kind"]]
    return programs[-1]


def check(program: str) -> int:
    """Runs in the environment."""
    from convokit import Corpus

    def export(inputs, *options):
        command = [program, "export", *map(str, inputs), "--quiet", "--no-topics", *map(str, options)]
        done = subprocess.run(command, cwd=ROOT / "seeds", stdout=subprocess.PIPE, text=True)
        assert done.returncode in (0, 1), f"{command} ended with {done.returncode}"
        return done.stdout

    def tree(inputs):
        """What a table of comments says: for each thread who answers whom, by order and name."""
        rows = [json.loads(line) for line in export(inputs, "--to", "ndjson", "--table", "comments").splitlines()]
        threads = {}
        for row in rows:
            threads.setdefault(row["thread_id"], []).append(row)
        return {thread: shape(comments) for thread, comments in threads.items()}

    def shape(comments):
        """The comments of a thread as paths of authors and texts, in any order."""
        by_id = {row["comment_id"]: row for row in comments}

        def path(row):
            steps = []
            while row is not None:
                steps.append((row["author"], row["kind"], row["text"]))
                row = by_id.get(row["parent_id"])
            return tuple(reversed([tuple(str(part) for part in step) for step in steps]))

        return sorted(path(row) for row in comments)

    count = 0
    with tempfile.TemporaryDirectory() as scratch:
        for inputs in SEEDS:
            first = Path(scratch) / "first"
            shutil.rmtree(scratch, ignore_errors=True)
            export(inputs, "--to", "convokit", "--out", first)
            corpus = Corpus(filename=str(first))
            wanted = tree(inputs)
            for conversation in corpus.iter_conversations():
                assert conversation.check_integrity(verbose=False), f"{inputs}: {conversation.id} is no tree"
                utterances = [u for u in conversation.iter_utterances() if u.id != conversation.id]
                found = wanted.get(conversation.id, [])
                assert len(utterances) == len(found), f"{inputs}: {conversation.id} has {len(utterances)} comments"
                depths = sorted(u.meta["depth"] for u in utterances)
                deep = sorted(len(p) - 1 for p in conversation.get_root_to_leaf_paths())
                assert not depths or deep[-1] == depths[-1], f"{inputs}: {conversation.id} is {deep[-1]} deep"
                count += len(utterances)
            for speaker in corpus.iter_speakers():
                assert list(speaker.iter_utterances()), f"{inputs}: {speaker.id} says nothing"
            corpus.dump("second", base_path=scratch)
            assert tree([first]) == wanted, f"{inputs}: Rejoinder reads another tree from its own corpus"
            assert tree([Path(scratch) / "second"]) == wanted, f"{inputs}: ConvoKit saves another tree"
    print(f"{len(SEEDS)} corpora with {count} comments: written, loaded by ConvoKit, saved by it, read back")
    return 0


if __name__ == "__main__":
    sys.exit(main())
