//! The summary as Markdown, to be pasted into an issue, a notebook or a chat.

use std::fmt::Write as _;

use super::digest::Digest;
use super::summary;
use super::wording;
use crate::text::width::{harmless, shorten};

/// Columns of a thread's name.
const NAME: usize = 80;

/// Writes the digest as Markdown.
#[must_use]
pub fn markdown(digest: &Digest) -> String {
    let totals = &digest.totals;
    let mut page = String::new();
    let only = digest.threads.iter().find(|t| t.n_comments > 0 && totals.n_with_comments == 1);
    let title = only.and_then(|thread| thread.title.as_deref()).unwrap_or("Comments");
    let _ = writeln!(page, "## {}\n", plain(title));
    if totals.n_comments == 0 {
        page.push_str("No comments.\n");
    } else {
        let mut facts = summary::overview(digest);
        if let Some((first, last)) = totals.first_at.zip(totals.last_at) {
            facts.push(wording::dates(first as f64, last as f64));
        }
        let _ = writeln!(page, "{}\n", plain(&facts.join(", ")));
    }
    if totals.n_threads > 1 {
        page.push_str("| thread | comments | authors | depth |\n| --- | ---: | ---: | ---: |\n");
        for thread in &digest.threads {
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                plain(&shorten(&summary::name_of(thread, digest), NAME, "…")),
                wording::count(thread.n_comments as f64),
                wording::count(thread.n_authors as f64),
                thread.max_depth
            );
        }
        page.push('\n');
    }
    if !digest.depths.is_empty() {
        page.push_str("| depth | comments |\n| ---: | ---: |\n");
        for (i, &n) in digest.depths.iter().enumerate() {
            let _ = writeln!(page, "| {} | {} |", i + 1, wording::count(n as f64));
        }
        page.push('\n');
    }
    if !digest.authors.is_empty() {
        page.push_str(
            "| author | comments | replies sent | received |\n| --- | ---: | ---: | ---: |\n",
        );
        for author in &digest.authors {
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                plain(&author.author),
                wording::count(author.n_comments as f64),
                wording::count(author.n_replies_sent as f64),
                wording::count(author.n_replies_received as f64)
            );
        }
        page.push('\n');
    }
    if digest.topics.iter().any(|topic| topic.n_comments > 0) {
        page.push_str("| topic | comments | share |\n| --- | ---: | ---: |\n");
        for topic in digest.topics.iter().filter(|topic| topic.n_comments > 0) {
            let share = topic.share.map(wording::percent).unwrap_or_default();
            let n = wording::count(topic.n_comments as f64);
            let _ = writeln!(page, "| {} | {n} | {share} |", plain(&topic.topic));
        }
        page.push('\n');
    }
    let cautions = summary::cautions(digest);
    if !cautions.is_empty() {
        page.push_str("Read with care:\n\n");
        for caution in cautions {
            // What stands between backticks is our own, and a command.
            let _ = writeln!(page, "- {}", plain(&caution.text).replace("\\`", "`"));
            for detail in caution.details {
                let _ = writeln!(page, "  - {}", plain(&detail));
            }
        }
    }
    format!("{}\n", page.trim_end())
}

/// Text that Markdown shows as it is: names and titles must not become markup.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in harmless(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
