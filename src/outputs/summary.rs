//! The summary for people: what was read, its shape, its time, who and what, what to be wary of.
//!
//! Every line fits the width of the terminal, measured in columns, down to
//! [`Look::NARROWEST`]. What is missing is said rather than left out.

use std::fmt::Write as _;

use super::check;
use super::digest::{AuthorLine, Digest, ThreadLine, TopicLine};
use super::look::{Look, Paint};
use super::page::{INDENT, Page, Row};
use super::wording;
use crate::text::width::{columns, fit_right, harmless};

/// Of more threads than are named, so many are.
const LARGEST: usize = 8;

/// Writes the summary of a run, with a line break at its end.
#[must_use]
pub fn summary(digest: &Digest, look: &Look) -> String {
    let mut page = Page { look, text: String::new() };
    page.inputs(digest);
    page.overview(digest);
    page.shape(digest);
    page.time(digest);
    page.authors(&digest.authors, digest);
    page.topics(&digest.topics, digest);
    page.care(digest);
    page.text
}

impl Page<'_> {
    /// Inputs beside the one that the rest is about.
    fn inputs(&mut self, digest: &Digest) {
        let totals = &digest.totals;
        if totals.n_threads < 2 {
            return;
        }
        let all = totals.n_threads as usize;
        let shown = if all > digest.threads.len() { LARGEST } else { digest.threads.len() };
        let shown = &digest.threads[..shown.min(digest.threads.len())];
        let order = if all > shown.len() { ", the largest first" } else { "" };
        self.heading(&format!("{}{order}", wording::counted(all, "thread")));
        let names: Vec<String> = shown.iter().map(|thread| name_of(thread, digest)).collect();
        let most = names.iter().map(|name| columns(name)).max().unwrap_or(0);
        let widest = most.min(self.room().saturating_sub(26).max(12));
        let counts = shown.iter().map(|thread| wording::count(thread.n_comments as f64).len());
        let digits = counts.max().unwrap_or(1).max(2);
        for (thread, name) in shown.iter().zip(&names) {
            let room = self.room().saturating_sub(widest + 2);
            let told = self.look.shorten(&told_of(thread, digits), room);
            let _ = writeln!(
                self.text,
                "{:INDENT$}{}  {}",
                "",
                wording::marked(&self.look.fit(name, widest)),
                self.look.paint(Paint::Faint, &told)
            );
        }
        if all > shown.len() {
            let text = format!("and {} smaller", wording::count((all - shown.len()) as f64));
            self.paragraph(Some(Paint::Faint), &text);
        }
    }

    fn overview(&mut self, digest: &Digest) {
        let totals = &digest.totals;
        let only = digest
            .threads
            .iter()
            .find(|thread| thread.n_comments > 0)
            .filter(|_| totals.n_with_comments == 1)
            .or_else(|| digest.threads.first().filter(|_| totals.n_threads == 1));
        if let Some(thread) = only {
            let title = thread.title.as_deref().filter(|title| !title.trim().is_empty());
            self.heading(title.unwrap_or("Thread without a title"));
            let by = thread.post_author.as_deref().map(|name| format!("by {}", harmless(name)));
            let source = harmless(&thread.source).into_owned();
            let facts = [by.unwrap_or_default(), source, format!("read as {}", thread.format)];
            self.facts(Some(Paint::Faint), &facts);
            self.text.push('\n');
        } else {
            self.heading("All threads together");
        }
        if totals.n_comments == 0 {
            self.paragraph(None, "no comments");
            return;
        }
        self.facts(None, &overview(digest));
    }

    fn shape(&mut self, digest: &Digest) {
        let totals = &digest.totals;
        let most = digest.depths.iter().copied().max().unwrap_or(0);
        if most == 0 {
            return;
        }
        self.heading("Depth");
        let shown = digest.depths.len().min(12);
        let digits = wording::count(most as f64).len();
        let label = wording::count(digest.depths.len() as f64).len();
        let widest = self.room().saturating_sub(label + digits + 4).min(40);
        for (i, &n) in digest.depths[..shown].iter().enumerate() {
            let bar = self.look.bar(n as f64 / most as f64, widest);
            let count = fit_right(&wording::count(n as f64), digits, "");
            let depth = fit_right(&(i + 1).to_string(), label, "");
            let bar = self.look.paint(Paint::Bar, &bar);
            let _ = writeln!(self.text, "{:INDENT$}{depth}  {count}  {bar}", "");
        }
        if shown < digest.depths.len() {
            let rest: u64 = digest.depths[shown..].iter().sum();
            let deepest = digest.depths.len();
            let rest = wording::counted(rest as usize, "comment");
            self.paragraph(Some(Paint::Faint), &format!("{rest} deeper, down to {deepest}"));
        }
        let metric = |name: &str| digest.figures.get(name).copied();
        let mut facts = vec![format!("{} top-level", wording::count(totals.n_top_level as f64))];
        let unanswered = metric("unanswered_share").map(|s| s * totals.n_top_level as f64);
        facts.extend(
            unanswered
                .map(f64::round)
                .filter(|n| *n > 0.0)
                .map(|n| format!("{} of them unanswered", wording::count(n))),
        );
        facts.extend(metric("mean_depth").map(|v| format!("mean depth {v:.2}")));
        facts.extend(metric("structural_virality").map(|v| format!("virality {v:.2}")));
        facts.extend(metric("h_index").map(|v| format!("h-index {v:.0}")));
        if let Some(median) = totals.median_size.filter(|_| totals.n_with_comments > 1) {
            let largest = wording::count(totals.largest as f64);
            facts.push(format!("{median:.0} comments in the median thread"));
            facts.push(format!("{largest} in the largest"));
        }
        self.facts(Some(Paint::Faint), &facts);
    }

    fn time(&mut self, digest: &Digest) {
        let totals = &digest.totals;
        if totals.n_comments == 0 {
            return;
        }
        let (Some(first), Some(last)) = (totals.first_at, totals.last_at) else {
            self.heading("Time");
            self.paragraph(Some(Paint::Faint), "no comment has a date");
            return;
        };
        self.heading("Time");
        let (from, to) = (wording::date_time(first as f64), wording::date_time(last as f64));
        let dash = self.look.glyphs().dash;
        let counts: Vec<u64> = digest.activity.iter().map(|bucket| bucket.n_comments).collect();
        if counts.len() > 1 {
            let line = self.look.sparkline(&fitted(&counts, self.room()));
            let used = columns(&line);
            let _ = writeln!(self.text, "{:INDENT$}{}", "", self.look.paint(Paint::Bar, &line));
            let gap = used.saturating_sub(columns(&from) + columns(&to));
            if gap >= 3 {
                let _ = writeln!(self.text, "{:INDENT$}{from}{:gap$}{to}", "", "");
            } else {
                self.facts(None, &[format!("{from} {dash} {to}")]);
            }
        } else if from == to {
            self.facts(None, &[from]);
        } else {
            self.facts(None, &[format!("{from} {dash} {to}")]);
        }
        let metric = |name: &str| digest.figures.get(name).copied().map(wording::duration);
        let mut facts = Vec::new();
        let half = metric("half_life_s").filter(|_| totals.n_comments > 1);
        facts.extend(half.map(|d| format!("half of them within {d}")));
        facts.extend(metric("median_reply_delay_s").map(|d| format!("median reply after {d}")));
        if let Some(peak) = digest.activity.iter().max_by_key(|b| (b.n_comments, -b.start))
            && let Some(bucket) = digest.told("bucket").filter(|_| counts.len() > 1)
        {
            let when = match bucket {
                "day" | "week" => wording::date(peak.start as f64),
                "month" => wording::month_of_year(peak.start as f64),
                "year" => wording::year(peak.start as f64),
                _ => wording::date_time(peak.start as f64),
            };
            let n = wording::count(peak.n_comments as f64);
            facts.push(format!("most in {}: {n} ({when})", bucket_word(bucket)));
        }
        if digest.told("times") == Some("local") {
            facts.push("times as on the page".to_owned());
        }
        self.facts(Some(Paint::Faint), &facts);
    }

    fn authors(&mut self, authors: &[AuthorLine], digest: &Digest) {
        if authors.is_empty() {
            return;
        }
        self.heading("Authors");
        let names: Vec<String> = authors.iter().map(|a| harmless(&a.author).into_owned()).collect();
        let most = authors[0].n_comments.max(1);
        let rows = authors.iter().zip(names).map(|(author, name)| Row {
            name,
            count: author.n_comments,
            share: author.n_comments as f64 / most as f64,
            note: format!(
                "{} sent, {} received",
                wording::counted(author.n_replies_sent as usize, "reply"),
                wording::count(author.n_replies_received as f64)
            ),
        });
        self.rows(&rows.collect::<Vec<_>>());
        let more = digest.totals.n_authors.saturating_sub(authors.len() as u64);
        if more > 0 {
            let text = format!("and {}", wording::counted(more as usize, "more author"));
            self.paragraph(Some(Paint::Faint), &text.replace("more authors", "more"));
        }
    }

    fn topics(&mut self, topics: &[TopicLine], digest: &Digest) {
        let found: Vec<&TopicLine> = topics.iter().filter(|topic| topic.n_comments > 0).collect();
        if found.is_empty() {
            return;
        }
        self.heading("Topics");
        let most = found[0].n_comments.max(1);
        let rows = found.iter().map(|topic| Row {
            name: harmless(&topic.topic).into_owned(),
            count: topic.n_comments,
            share: topic.n_comments as f64 / most as f64,
            note: topic
                .share
                .map(|share| format!("{} of comments", wording::percent(share)))
                .unwrap_or_default(),
        });
        self.rows(&rows.collect::<Vec<_>>());
        let more = digest.n_topics.saturating_sub(topics.len() as u64);
        if more > 0 {
            self.paragraph(
                Some(Paint::Faint),
                &format!("and {} more", wording::count(more as f64)),
            );
        }
        if digest.n_off_topic > 0 {
            let n = wording::counted(digest.n_off_topic as usize, "comment");
            let verb = if digest.n_off_topic == 1 { "is" } else { "are" };
            self.paragraph(Some(Paint::Faint), &format!("{n} {verb} on none of the topics"));
        }
    }

    /// What is uncertain or missing.
    fn care(&mut self, digest: &Digest) {
        let cautions = cautions(digest);
        if cautions.is_empty() {
            return;
        }
        self.heading("Read with care");
        let mark = self.look.glyphs().dot;
        for caution in cautions {
            let paint = if caution.is_note { Paint::Faint } else { Paint::Doubt };
            self.paragraph(Some(paint), &caution.text);
            for detail in &caution.details {
                self.paragraph(Some(Paint::Faint), &format!("{mark} {detail}"));
            }
        }
    }
}

/// Something to bear in mind when the figures are read.
pub(crate) struct Caution {
    /// One sentence.
    pub(crate) text: String,
    /// It is worth knowing, but nothing is wrong.
    pub(crate) is_note: bool,
    /// The cases.
    pub(crate) details: Vec<String>,
}

/// How much there is, in a few facts.
pub(crate) fn overview(digest: &Digest) -> Vec<String> {
    let totals = &digest.totals;
    let comments = wording::counted(totals.n_comments as usize, "comment");
    let declared = totals.n_declared.filter(|_| totals.n_in_declared == totals.n_comments);
    let comments = match declared {
        Some(n) => format!("{comments} of {} declared", wording::count(n as f64)),
        None => comments,
    };
    let mut facts = vec![comments, wording::counted(totals.n_authors as usize, "author")];
    facts.push(format!("depth {}", totals.max_depth));
    facts.extend(span(digest));
    facts
}

/// What is uncertain, missing or odd.
pub(crate) fn cautions(digest: &Digest) -> Vec<Caution> {
    let totals = &digest.totals;
    let caution = |text: String, is_note| Caution { text, is_note, details: Vec::new() };
    let mut cautions = Vec::new();
    if let Some(declared) = totals.n_declared.filter(|&n| n > totals.n_in_declared) {
        let missing = declared - totals.n_in_declared;
        let verb = if missing == 1 { "is" } else { "are" };
        let missing = wording::counted(missing as usize, "comment");
        let declared = wording::count(declared as f64);
        cautions.push(caution(format!("{missing} of {declared} declared {verb} not here"), false));
    }
    for (n, one, many) in [
        (
            totals.n_placeholders,
            "comment is answered but absent",
            "comments are answered but absent",
        ),
        (totals.n_deleted, "comment is deleted", "comments are deleted"),
        (totals.n_pingbacks, "pingback is among the comments", "pingbacks are among the comments"),
    ] {
        if n > 0 {
            let what = if n == 1 { one } else { many };
            cautions.push(caution(format!("{} {what}", wording::count(n as f64)), true));
        }
    }
    let assumed = digest.n_assumed;
    if assumed > 0 {
        cautions.push(caution(wording::assumed(assumed as usize), false));
    }
    let weighed = totals.n_uncertain - assumed;
    if weighed > 0 {
        let n = wording::counted(weighed as usize, "parent");
        let verb = if weighed == 1 { "is" } else { "are" };
        cautions.push(Caution {
            text: format!("{n} {verb} uncertain; `rejoinder check` says why"),
            is_note: false,
            details: digest.doubts.iter().map(check::sentence).collect(),
        });
    }
    // These two are told above, and beside the thread.
    let told = ["count-differs", "no-comments"];
    for oddity in digest.oddities.iter().filter(|oddity| !told.contains(&oddity.kind.as_str())) {
        let times =
            if oddity.count > 1 { format!(", {} times", oddity.count) } else { String::new() };
        let text = format!("{}{times}: {}", oddity.kind, harmless(&oddity.first));
        cautions.push(caution(text, oddity.severity == "note"));
    }
    cautions
}

/// A thread's name in a list: its title, or else what tells it from the others: its source without
/// folders, or its id where a source holds many.
pub(crate) fn name_of(thread: &ThreadLine, digest: &Digest) -> String {
    let title = thread.title.as_deref().map(harmless).filter(|title| !title.is_empty());
    if let Some(title) = title {
        return title.into_owned();
    }
    let of_source = digest.threads.iter().filter(|other| other.source == thread.source).count();
    let name = if of_source > 1 { &thread.id } else { file_name(&thread.source) };
    harmless(name).into_owned()
}

/// The last part of a path.
fn file_name(source: &str) -> &str {
    source.rsplit(['/', '\\']).next().unwrap_or(source)
}

/// What a list of threads tells of one, its count in so many columns.
fn told_of(thread: &ThreadLine, digits: usize) -> String {
    if thread.n_comments == 0 {
        return format!("{} comments", fit_right("no", digits, ""));
    }
    let n = fit_right(&wording::count(thread.n_comments as f64), digits, "");
    let noun = if thread.n_comments == 1 { "comment" } else { "comments" };
    format!("{n} {noun}, depth {}", thread.max_depth)
}

/// How long the comments took, in words.
fn span(digest: &Digest) -> Option<String> {
    let (first, last) = (digest.totals.first_at?, digest.totals.last_at?);
    let seconds = (last - first) as f64 / 1000.0;
    (seconds > 0.0).then(|| format!("in {}", wording::duration(seconds)))
}

/// A bucket's name within "most in …".
fn bucket_word(bucket: &str) -> String {
    match bucket {
        "5min" => "5 minutes".to_owned(),
        "15min" => "15 minutes".to_owned(),
        "6h" => "6 hours".to_owned(),
        other => format!("one {other}"),
    }
}

/// Sums neighbors until the values fit so many signs; few values take several signs each.
fn fitted(values: &[u64], most: usize) -> Vec<u64> {
    const WIDE: usize = 4;
    const ENOUGH: usize = 60;
    let step = values.len().div_ceil(most.max(1)).max(1);
    let wide = (most.min(ENOUGH) / values.len().max(1)).clamp(1, WIDE);
    let sums = values.chunks(step).map(|chunk| chunk.iter().sum());
    sums.flat_map(|sum| std::iter::repeat_n(sum, wide)).collect()
}
