"""Made-up comments of a dump, in the shape of Reddit's: the same bytes for the same arguments.

    generate.py COMMENTS FILE.ndjson [--shape dump|thread|chain] [--seed N]

`dump`: threads of 1 to 5,000 comments (most have few), interleaved in order of time; `thread`: one
thread with all comments; `chain`: one thread in which each comment answers the one before. 25
fields and about 780 bytes a line, 25 words a comment, a few of them on a topic, some marks of
Markdown, some letters beyond ASCII; 4 % of the accounts deleted, 0.3 % of the parents missing.
"""

import argparse
import json
import random

from topics import PLANTED

SYLLABLES = "ta re con ment in ter pro si on al de ver per ti ous lin mar ko pel sto gra".split()
MARKS = ["*really*", "&gt;", "&amp;", "[a link](https://example.com/a)", "caf\u00e9", "na\u00efve",
         "\u2019tis", "\U0001F642", "\n\n", "\n\n&gt; ", '"so to say"', "50%", "https://example.org/x?y=1"]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number):
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"


def vocabulary(rng):
    words = sorted({"".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(20000)})
    rng.shuffle(words)
    for i, word in enumerate(PLANTED):
        words[300 + 40 * i] = word
    for i, mark in enumerate(MARKS):
        words[80 + 60 * i] = mark
    return words


def sizes(total, rng):
    while total > 0:
        size = min(total, int(min(5000.0, rng.paretovariate(0.78))))
        yield size
        total -= size


def thread(size, shape, rng):
    """By comment the index of its parent; -1 = the post."""
    parents = []
    for i in range(size):
        if shape == "chain":
            parents.append(i - 1)
        elif i == 0 or rng.random() < 0.35:
            parents.append(-1)
        elif rng.random() < 0.5:
            parents.append(max(0, i - 1 - int(rng.expovariate(0.3))))
        else:
            parents.append(rng.randrange(i))
    return parents


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("comments", type=int)
    parser.add_argument("file")
    parser.add_argument("--shape", choices=["dump", "thread", "chain"], default="dump")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    words = vocabulary(rng)
    weights = [1 / (rank + 2.7) for rank in range(len(words))]
    total, cumulative = 0.0, []
    for weight in weights:
        total += weight
        cumulative.append(total)
    all_sizes = [args.comments] if args.shape != "dump" else list(sizes(args.comments, rng))
    rows = []
    for number, size in enumerate(all_sizes):
        start = rng.randrange(2_500_000)
        time = start
        for i, parent in enumerate(thread(size, args.shape, rng)):
            time += 1 + int(rng.expovariate(1 / 300))
            rows.append((time, number, i, parent))
    rows.sort()
    ids = {}
    with open(args.file, "w", encoding="utf-8") as out:
        for place, (time, number, i, parent) in enumerate(rows):
            own = base36(32_000_000_000 + place)
            if args.shape == "dump" or parent >= 0 or i >= 0:
                ids[number, i] = own
            link = base36(560_000_000 + 7 * number)
            if parent < 0:
                answered = "t3_" + link
            elif rng.random() < 0.003:
                answered = "t1_" + base36(31_000_000_000 + rng.randrange(10**9))
            else:
                answered = "t1_" + ids[number, parent]
            author = "Writer_" + base36(int(rng.paretovariate(0.5)) % 200_000)
            body = " ".join(rng.choices(words, cum_weights=cumulative, k=max(3, int(rng.lognormvariate(3.1, 0.6)))))
            if rng.random() < 0.04:
                author = "[deleted]"
            if rng.random() < 0.02:
                body = "[removed]"
            subreddit = f"made_up_{number % 61}"
            record = {
                "archived": False, "author": author, "author_flair_css_class": None,
                "author_flair_text": None, "author_fullname": "t2_" + base36(len(author) * 7919 + i),
                "body": body, "can_gild": True, "collapsed": False, "controversiality": 0,
                "created_utc": 1_538_352_000 + time, "distinguished": None, "edited": False,
                "gilded": 0, "id": own, "is_submitter": i % 9 == 0, "link_id": "t3_" + link,
                "parent_id": answered,
                "permalink": f"/r/{subreddit}/comments/{link}/a_made_up_title/{own}/",
                "retrieved_on": 1_541_000_000 + time, "score": int(rng.paretovariate(1.2)) - 2,
                "send_replies": True, "stickied": False, "subreddit": subreddit,
                "subreddit_id": "t5_" + base36(3_000_000 + number % 61), "subreddit_type": "public",
            }
            out.write(json.dumps(record, ensure_ascii=place % 2 == 0, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
