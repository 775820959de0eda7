//! What is uncertain, missing or odd.

use std::collections::HashMap;

use polars::prelude::{
    DataFrame, Expr, IntoLazy, JoinArgs, JoinType, NamedFrom, Series, SortMultipleOptions, col,
    len, lit,
};

use crate::error::{Error, Result};
use crate::frames::{Table, Tables};
use crate::outputs::cells::Cells;

/// Below this confidence a parent counts as uncertain, as the tables define it.
const CERTAIN: f32 = 0.95;

/// The words of the evidence column, strongest first.
const EVIDENCE: [&str; 8] =
    ["stated", "nested", "indented", "named", "quoted", "addressed", "adjacent", "assumed"];

/// The words of the severity column, gravest first.
const SEVERITY: [&str; 3] = ["problem", "warning", "note"];

/// A comment whose parent is uncertain.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Doubt {
    /// The thread.
    pub thread_id: String,
    /// The comment.
    pub comment: Place,
    /// The parent that was taken; `None` = the post.
    pub parent: Option<Place>,
    /// The second-best parent, if there is one; `Some(None)` = the post.
    pub runner_up: Option<Option<Place>>,
    /// What the link rests on.
    pub evidence: String,
    /// Probability that the parent is right.
    pub confidence: f64,
}

/// A comment as people find it on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// 1-based place in the source.
    pub position: u64,
    /// Who wrote it.
    pub author: Option<String>,
}

/// How often one kind of oddity occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddityCount {
    /// Its word, from the closed list of diagnostics.
    pub kind: String,
    /// How much it matters: problem, warning, note.
    pub severity: String,
    /// How often.
    pub count: u64,
    /// The first of them as `source:line: message`.
    pub first: String,
}

/// Comments by what their parent rests on, the strongest evidence first.
pub(super) fn evidence(tables: &Tables) -> Result<Vec<(String, u64)>> {
    let query = tables
        .lazy(Table::Comments)
        .filter(col("kind").neq(lit("placeholder")))
        .group_by([col("evidence")])
        .agg([len().alias("n")]);
    let cells = Cells::collect(tables, query, "count comments by evidence")?;
    let found: HashMap<_, _> = cells.texts("evidence")?.into_iter().zip(cells.ints("n")?).collect();
    let counts = EVIDENCE.iter().filter_map(|word| {
        let n = found.get(&Some((*word).to_owned())).copied().flatten()?;
        Some(((*word).to_owned(), n as u64))
    });
    Ok(counts.collect())
}

/// Number of comments that hang from the post because nothing tells what they answer.
pub(super) fn assumed(tables: &Tables) -> Result<u64> {
    let query =
        tables.lazy(Table::Comments).filter(is_uncertain().and(is_assumed())).select([len()]);
    let cells = Cells::collect(tables, query, "count comments without evidence")?;
    Ok(cells.ints("len")?.first().copied().flatten().unwrap_or_default() as u64)
}

fn is_uncertain() -> Expr {
    col("confidence").lt(lit(CERTAIN)).and(col("kind").neq(lit("placeholder")))
}

/// Nothing was weighed: there is no second-best parent.
fn is_assumed() -> Expr {
    col("evidence").eq(lit("assumed")).and(col("runner_up_position").is_null())
}

/// The uncertain parents for which something speaks, the least certain first.
pub(super) fn doubts(tables: &Tables, most: usize) -> Result<Vec<Doubt>> {
    let least_certain_first = SortMultipleOptions::default().with_maintain_order(true);
    let query = tables
        .lazy(Table::Comments)
        .filter(is_uncertain().and(is_assumed().not()))
        .select([
            col("thread_id"),
            col("position"),
            col("author"),
            col("parent_position"),
            col("runner_up_position"),
            col("evidence"),
            col("confidence"),
        ])
        .sort(["confidence"], least_certain_first)
        .limit(most as u32);
    let cells = Cells::collect(tables, query, "list uncertain parents")?;
    let threads: Vec<String> =
        cells.texts("thread_id")?.into_iter().map(Option::unwrap_or_default).collect();
    let positions = cells.ints("position")?;
    let parents = cells.ints("parent_position")?;
    let runners_up = cells.ints("runner_up_position")?;
    let wanted: Vec<(&str, i64)> = threads
        .iter()
        .enumerate()
        .flat_map(|(row, thread)| {
            [parents[row], runners_up[row]].into_iter().flatten().map(|p| (thread.as_str(), p))
        })
        .collect();
    let names = authors_at(tables, &wanted)?;
    let place = |thread: &str, position: i64| Place {
        position: position.max(0) as u64,
        author: names.get(&(thread.to_owned(), position)).cloned().flatten(),
    };
    let authors = cells.texts("author")?;
    let evidence = cells.texts("evidence")?;
    let confidences = cells.reals("confidence")?;
    let doubts = threads.iter().enumerate().map(|(row, thread)| Doubt {
        thread_id: thread.clone(),
        comment: Place {
            position: positions[row].unwrap_or_default().max(0) as u64,
            author: authors[row].clone(),
        },
        parent: parents[row].map(|p| place(thread, p)),
        runner_up: runners_up[row].map(|p| (p > 0).then(|| place(thread, p))),
        evidence: evidence[row].clone().unwrap_or_default(),
        confidence: confidences[row].unwrap_or_default(),
    });
    Ok(doubts.collect())
}

/// The authors of a few comments, by thread and position.
fn authors_at(
    tables: &Tables,
    wanted: &[(&str, i64)],
) -> Result<HashMap<(String, i64), Option<String>>> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<&str> = wanted.iter().map(|(id, _)| *id).collect();
    let positions: Vec<u32> = wanted.iter().map(|(_, p)| *p as u32).collect();
    let wanted = DataFrame::new(
        ids.len(),
        vec![
            Series::new("thread_id".into(), ids).into(),
            Series::new("position".into(), positions).into(),
        ],
    )
    .map_err(|e| Error::table("look up authors", e))?;
    let on = [col("thread_id"), col("position")];
    let query = tables
        .lazy(Table::Comments)
        .select([col("thread_id"), col("position"), col("author")])
        .join(wanted.lazy(), on.clone(), on, JoinArgs::new(JoinType::Inner));
    let cells = Cells::collect(tables, query, "look up authors")?;
    let keys = cells.texts("thread_id")?.into_iter().zip(cells.ints("position")?);
    let found = keys.zip(cells.texts("author")?);
    Ok(found.filter_map(|((id, position), author)| Some(((id?, position?), author))).collect())
}

pub(super) fn oddities(tables: &Tables) -> Result<Vec<OddityCount>> {
    let first = |name: &str| col(name).first();
    let query = tables.lazy(Table::Diagnostics).group_by([col("kind")]).agg([
        len().alias("n"),
        first("severity"),
        first("source"),
        first("line"),
        first("message"),
    ]);
    let cells = Cells::collect(tables, query, "count diagnostics")?;
    let kinds = cells.texts("kind")?;
    let counts = cells.ints("n")?;
    let severities = cells.texts("severity")?;
    let sources = cells.texts("source")?;
    let lines = cells.ints("line")?;
    let messages = cells.texts("message")?;
    let mut oddities: Vec<OddityCount> = (0..cells.rows())
        .map(|row| {
            let kind = kinds[row].clone().unwrap_or_default();
            let place = match (&sources[row], lines[row]) {
                (Some(source), Some(line)) => format!("{source}:{line}"),
                (Some(source), None) => source.clone(),
                (None, _) => String::new(),
            };
            OddityCount {
                severity: severities[row].clone().unwrap_or_default(),
                count: counts[row].unwrap_or_default() as u64,
                first: format!("{place}: {}", messages[row].as_deref().unwrap_or_default()),
                kind,
            }
        })
        .collect();
    let rank = |oddity: &OddityCount| SEVERITY.iter().position(|word| *word == oddity.severity);
    oddities.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.kind.cmp(&b.kind)));
    Ok(oddities)
}

pub(super) fn count_problems(tables: &Tables) -> Result<u64> {
    let query = tables
        .lazy(Table::Diagnostics)
        .filter(col("severity").eq(lit("problem")))
        .select([len().alias("n")]);
    let cells = Cells::collect(tables, query, "count the problems")?;
    Ok(cells.ints("n")?.first().copied().flatten().unwrap_or_default() as u64)
}
