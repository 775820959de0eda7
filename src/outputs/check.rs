//! What was read and what was not: inputs, uncertain parents, everything odd with its place.
//!
//! Made from the tables; what only reading and linking know (why a format was chosen, why a
//! parent was) is handed in as [`Explanations`].

use std::collections::BTreeMap;

use polars::prelude::{DataType, col, len, lit};

use super::cells::Cells;
use super::digest::{Digest, Doubt, Place};
use super::look::{Look, Paint};
use super::page::Page;
use super::wording;
use crate::error::Result;
use crate::frames::{Table, Tables};
use crate::text::width::harmless;

/// What the tables do not know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanations {
    /// By input, in sentences: how its format was recognised.
    pub inputs: BTreeMap<String, Vec<String>>,
    /// By thread and position: the candidates for a parent and what speaks for each.
    pub parents: BTreeMap<(String, u64), Vec<String>>,
}

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Diagnostics of one kind.
    pub diagnostics: usize,
    /// Inputs.
    pub inputs: usize,
}

/// Writes the page. `doubts` of the digest are the uncertain parents to be shown.
pub fn check(
    tables: &Tables,
    digest: &Digest,
    known: &Explanations,
    extent: Extent,
    look: &Look,
) -> Result<String> {
    let mut page = Page { look, text: String::new() };
    inputs(&mut page, tables, known, extent.inputs)?;
    evidence(&mut page, digest);
    parents(&mut page, digest, known);
    diagnostics(&mut page, tables, digest, extent.diagnostics)?;
    Ok(page.text)
}

fn inputs(page: &mut Page<'_>, tables: &Tables, known: &Explanations, most: usize) -> Result<()> {
    let sum = |name: &str| col(name).cast(DataType::Int64).sum();
    let query = tables.lazy(Table::Threads).group_by_stable([col("source")]).agg([
        col("format").first(),
        len().alias("n_threads"),
        sum("n_comments"),
        sum("n_declared"),
        col("n_declared").is_not_null().sum().alias("n_declaring"),
        sum("n_top_level"),
        sum("n_deleted"),
        sum("n_pingbacks"),
        sum("n_placeholders"),
    ]);
    let cells = Cells::collect(tables, query, "list the inputs")?;
    let sources = cells.texts("source")?;
    let formats = cells.texts("format")?;
    let ints = |name: &str| -> Result<Vec<u64>> {
        let values = cells.ints(name)?;
        Ok(values.into_iter().map(|v| v.unwrap_or_default().max(0) as u64).collect())
    };
    let (threads, comments) = (ints("n_threads")?, ints("n_comments")?);
    let (declared, declaring) = (ints("n_declared")?, ints("n_declaring")?);
    let others = [
        (ints("n_top_level")?, "top-level comment"),
        (ints("n_deleted")?, "deleted comment"),
        (ints("n_pingbacks")?, "pingback"),
        (ints("n_placeholders")?, "absent parent"),
    ];
    for row in 0..cells.rows().min(most) {
        let source = sources[row].as_deref().unwrap_or_default();
        page.heading(source);
        let mut facts = vec![format!("read as {}", formats[row].as_deref().unwrap_or_default())];
        if threads[row] != 1 {
            facts.push(wording::counted(threads[row] as usize, "thread"));
        }
        facts.push(match (comments[row], declaring[row] > 0) {
            (0, false) => "no comments".to_owned(),
            (n, false) => wording::counted(n as usize, "comment"),
            (n, true) => {
                let declared = wording::count(declared[row] as f64);
                format!("{} of {declared} declared", wording::counted(n as usize, "comment"))
            }
        });
        for (counts, what) in &others {
            if counts[row] > 0 {
                facts.push(wording::counted(counts[row] as usize, what));
            }
        }
        page.facts(None, &facts);
        for sentence in known.inputs.get(source).into_iter().flatten() {
            page.paragraph(Some(Paint::Faint), &harmless(sentence));
        }
    }
    if cells.rows() > most {
        let rest = wording::counted(cells.rows() - most, "further input");
        page.paragraph(Some(Paint::Faint), &format!("and {rest}"));
    }
    Ok(())
}

fn evidence(page: &mut Page<'_>, digest: &Digest) {
    if digest.evidence.is_empty() {
        return;
    }
    page.heading("What the parents rest on");
    for (word, n) in &digest.evidence {
        let meaning = match word.as_str() {
            "stated" => "the source states the parent",
            "nested" => "the replies are nested",
            "indented" => "the text is indented",
            "named" => "the page prints the name of the one answered",
            "quoted" => "the comment quotes its parent",
            "addressed" => "the comment addresses its parent's author",
            "adjacent" => "only closeness in time and words speaks for it",
            _ => "nothing speaks for it; it was hung from the post",
        };
        let n = wording::counted(*n as usize, "comment");
        page.paragraph(None, &format!("{word}: {n}; {meaning}"));
    }
}

fn parents(page: &mut Page<'_>, digest: &Digest, known: &Explanations) {
    let n = (digest.totals.n_uncertain - digest.n_assumed) as usize;
    if n == 0 {
        return;
    }
    page.heading(&wording::counted(n, "uncertain parent"));
    let many = digest.totals.n_threads > 1;
    for doubt in &digest.doubts {
        let place =
            if many { format!(" in {}", harmless(&doubt.thread_id)) } else { String::new() };
        page.paragraph(None, &format!("{}{place}", sentence(doubt)));
        let key = (doubt.thread_id.clone(), doubt.comment.position);
        for line in known.parents.get(&key).into_iter().flatten() {
            page.paragraph(
                Some(Paint::Faint),
                &format!("{} {}", page.look.glyphs().dot, harmless(line)),
            );
        }
    }
    if n > digest.doubts.len() {
        let rest = wording::counted(n - digest.doubts.len(), "more");
        let rest = rest.trim_end_matches('s');
        page.paragraph(Some(Paint::Faint), &format!("and {rest}; --show N shows more"));
    }
}

/// An uncertain parent in words.
pub(crate) fn sentence(doubt: &Doubt) -> String {
    let at = |place: &Place| match &place.author {
        Some(author) => {
            format!("{} ({})", place.position, wording::marked(&harmless(author)))
        }
        None => place.position.to_string(),
    };
    let parent = doubt.parent.as_ref().map_or_else(|| "the post".to_owned(), at);
    let comment = at(&doubt.comment);
    let sure = wording::percent(doubt.confidence);
    let mut text = format!("comment {comment} answers {parent} with {sure}");
    if let Some(runner_up) = &doubt.runner_up {
        let runner_up = runner_up.as_ref().map_or_else(|| "the post".to_owned(), at);
        text.push_str(", else ");
        text.push_str(&runner_up);
    }
    text
}

fn diagnostics(page: &mut Page<'_>, tables: &Tables, digest: &Digest, most: usize) -> Result<()> {
    if digest.oddities.is_empty() {
        page.heading("Nothing odd");
        return Ok(());
    }
    for oddity in &digest.oddities {
        page.heading(&format!("{}: {} ({})", oddity.severity, oddity.kind, oddity.count));
        let query = tables
            .lazy(Table::Diagnostics)
            .filter(col("kind").eq(lit(oddity.kind.as_str())))
            .limit(most as u32);
        let cells = Cells::collect(tables, query, "list the diagnostics")?;
        let sources = cells.texts("source")?;
        let lines = cells.ints("line")?;
        let messages = cells.texts("message")?;
        let excerpts = cells.texts("excerpt")?;
        for row in 0..cells.rows() {
            let source = sources[row].as_deref().unwrap_or_default();
            let line = lines[row].map(|line| format!(":{line}")).unwrap_or_default();
            let message = messages[row].as_deref().unwrap_or_default();
            page.paragraph(None, &harmless(&format!("{source}{line}: {message}")));
            if let Some(excerpt) = excerpts[row].as_deref().filter(|text| !text.is_empty()) {
                let room = page.room() - 4;
                let excerpt = page.look.shorten(&harmless(excerpt), room);
                page.paragraph(
                    Some(Paint::Faint),
                    &format!("{} {excerpt}", page.look.glyphs().dot),
                );
            }
        }
        let rest = (oddity.count as usize).saturating_sub(cells.rows());
        if rest > 0 {
            let rest = wording::count(rest as f64);
            page.paragraph(Some(Paint::Faint), &format!("and {rest} more; --show N shows more"));
        }
    }
    Ok(())
}
