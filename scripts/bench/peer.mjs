// The same tables in plain JavaScript: node peer.mjs FILE.ndjson DIR TOPICS.json
//
// No packages: lines are cut from large reads, parsed by JSON.parse, searched by one regular
// expression; the tables are CSV, as Node writes no Parquet by itself.

import fs from "node:fs";

const [source, out, topicsFile] = process.argv.slice(2);
const topics = JSON.parse(fs.readFileSync(topicsFile, "utf8"));
const names = Object.keys(topics);
const pattern = new RegExp("\\b(?:" + names.map((n) => `(${topics[n]})`).join("|") + ")\\b", "gi");
const DEAD = "[deleted]";
fs.mkdirSync(out, { recursive: true });

function* lines(path) {
  const file = fs.openSync(path, "r");
  let buffer = Buffer.allocUnsafe(1 << 22), filled = 0;
  for (;;) {
    const read = fs.readSync(file, buffer, filled, buffer.length - filled, null);
    const end = filled + read;
    let start = 0, at;
    while ((at = buffer.indexOf(10, start)) >= 0 && at < end) {
      yield buffer.toString("utf8", start, at);
      start = at + 1;
    }
    if (read === 0) break;
    buffer.copyWithin(0, start, end);
    filled = end - start;
    if (filled === buffer.length) {
      const larger = Buffer.allocUnsafe(2 * buffer.length);
      buffer.copy(larger, 0, 0, filled);
      buffer = larger;
    }
  }
  fs.closeSync(file);
}

const ids = [], links = [], parentIds = [], authors = [], created = [], scores = [], hits = [];
const place = new Map(), known = new Map();
const once = (text) => known.get(text) ?? (known.set(text, text), text);
for (const line of lines(source)) {
  const record = JSON.parse(line);
  place.set(record.id, ids.length);
  ids.push(record.id);
  links.push(once(record.link_id));
  parentIds.push(record.parent_id);
  authors.push(once(record.author));
  created.push(record.created_utc);
  scores.push(record.score);
  let found = null;
  for (const match of record.body.matchAll(pattern)) {
    found ??= new Array(names.length).fill(0);
    for (let topic = 0; topic < names.length; topic++) {
      if (match[topic + 1] !== undefined) {
        found[topic]++;
        break;
      }
    }
  }
  hits.push(found);
}

const n = ids.length;
const parent = new Int32Array(n), depth = new Int32Array(n);
for (let i = 0; i < n; i++) {
  parent[i] = parentIds[i].startsWith("t1_") ? (place.get(parentIds[i].slice(3)) ?? -1) : -1;
}
for (let i = 0; i < n; i++) {
  const path = [];
  let at = i;
  while (depth[at] === 0 && parent[at] >= 0) {
    path.push(at);
    at = parent[at];
  }
  let level = (depth[at] ||= 1);
  while (path.length > 0) depth[path.pop()] = ++level;
}
const size = new Int32Array(n).fill(1), children = new Int32Array(n);
const byDepth = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => depth[b] - depth[a]);
for (const i of byDepth) {
  if (parent[i] >= 0) {
    size[parent[i]] += size[i];
    children[parent[i]]++;
  }
}

/** Writes rows as they come, a megabyte at a time. */
function table(name, header) {
  const file = fs.openSync(`${out}/${name}.csv`, "w");
  let waiting = header.join(",") + "\n";
  return {
    row(values) {
      waiting += values.join(",") + "\n";
      if (waiting.length > 1 << 20) {
        fs.writeSync(file, waiting);
        waiting = "";
      }
    },
    end() {
      fs.writeSync(file, waiting);
      fs.closeSync(file);
    },
  };
}

const comments = table("comments", [
  "id", "link_id", "parent_id", "author", "created_utc", "score", "depth", "n_children",
  "subtree_size", "latency_s", ...names.map((name) => "kw_" + name),
]);
const none = new Array(names.length).fill(0);
const members = new Map(), hours = new Map();
for (let i = 0; i < n; i++) {
  const latency = parent[i] < 0 ? "" : created[i] - created[parent[i]];
  comments.row([
    ids[i], links[i], parentIds[i], authors[i], created[i], scores[i], depth[i], children[i],
    size[i], latency, ...(hits[i] ?? none),
  ]);
  const own = members.get(links[i]);
  if (own) own.push(i);
  else members.set(links[i], [i]);
  const hour = Math.floor(created[i] / 3600);
  hours.set(hour, (hours.get(hour) ?? 0) + 1);
}
comments.end();

const threads = table("threads", [
  "link_id", "n_comments", "n_top_level", "max_depth", "mean_depth", "max_width", "h_index",
  "wiener", "structural_virality", "n_authors", "gini", "reciprocity", "first_utc", "last_utc",
]);
for (const [link, own] of members) {
  const count = own.length, levels = new Map(), writers = new Map(), pairs = new Set();
  let sum = 0, wiener = 0, first = Infinity, last = -Infinity;
  for (const i of own) {
    levels.set(depth[i], (levels.get(depth[i]) ?? 0) + 1);
    sum += depth[i];
    wiener += size[i] * (count + 1 - size[i]);
    first = Math.min(first, created[i]);
    last = Math.max(last, created[i]);
    if (authors[i] !== DEAD) writers.set(authors[i], (writers.get(authors[i]) ?? 0) + 1);
    if (parent[i] < 0) continue;
    const [a, b] = [authors[i], authors[parent[i]]];
    if (a !== b && a !== DEAD && b !== DEAD) pairs.add(a + "\n" + b);
  }
  let deepest = 0, widest = 0, h = 0;
  for (const [level, width] of levels) {
    deepest = Math.max(deepest, level);
    widest = Math.max(widest, width);
    if (width >= level) h = Math.max(h, level);
  }
  const each = [...writers.values()].sort((a, b) => a - b);
  let weighted = 0, total = 0, mutual = 0;
  each.forEach((x, i) => {
    weighted += (i + 1) * x;
    total += x;
  });
  for (const pair of pairs) {
    const [a, b] = pair.split("\n");
    mutual += pairs.has(b + "\n" + a) ? 1 : 0;
  }
  const many = each.length;
  threads.row([
    link, count, levels.get(1) ?? 0, deepest, sum / count, widest, h, wiener,
    (2 * wiener) / (count * (count + 1)), many,
    many ? (2 * weighted) / (many * total) - (many + 1) / many : "",
    pairs.size ? mutual / pairs.size : "", first, last,
  ]);
}
threads.end();

const byHour = table("hours", ["hour", "n"]);
for (const hour of [...hours.keys()].sort((a, b) => a - b)) byHour.row([hour, hours.get(hour)]);
byHour.end();
