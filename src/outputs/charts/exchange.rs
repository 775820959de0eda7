//! Who answers whom: a matrix of the most active authors, the others taken together.
//! Many authors stand by groups that answer each other.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use polars::prelude::{col, lit};

use super::groups::groups;
use super::heat::Heat;
use super::page::{Heading, Page};
use super::scene::Scene;
use super::theme::LABEL;
use super::{Chart, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "exchange",
    about: "who answers whom: replies between the most active authors, the others together",
    tables: &[Table::Replies, Table::Threads],
    draw,
};

const TITLE: &str = "Who answers whom";
/// So many authors have a row and a column.
const AUTHORS: usize = 20;
/// From so many authors on, groups among them are looked for.
const GROUPED: usize = 10;
/// Below this modularity groups are no clearer than chance makes them.
const CLEAR: f64 = 0.15;

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let pairs = read(scene)?;
    if pairs.is_empty() {
        let reason = "No comment answers another whose author is known.";
        return Ok(scene.nothing(TITLE, reason));
    }
    let ranked = ranked(&pairs);
    let shown = if ranked.len() > AUTHORS + 1 { AUTHORS } else { ranked.len() };
    let rest = ranked.len() - shown;
    let matrix = Matrix::new(&pairs, &ranked, shown);
    let size = matrix.names.len();
    let counts = &matrix.counts;
    let all: f64 = counts.iter().sum();
    let sums = |sum: &dyn Fn(usize) -> f64| (0..size).map(sum).collect::<Vec<f64>>();
    let sent = sums(&|i| counts[i * size..(i + 1) * size].iter().sum());
    let received = sums(&|i| (0..size).map(|row| counts[row * size + i]).sum());
    let most = (0..shown).rev().max_by(|&a, &b| received[a].total_cmp(&received[b])).unwrap_or(0);
    // The others among each other outnumber everybody; their cell would leave no colour.
    let mut colored = counts.clone();
    let among = if rest > 0 { colored.pop() } else { None };
    let mut heat = Heat {
        tips: counts
            .iter()
            .enumerate()
            .map(|(i, &n)| {
                let (from, to) = (&matrix.names[i / size], &matrix.names[i % size]);
                format!("{from} answers {to}: {}", wording::counted(n as usize, "reply"))
            })
            .collect(),
        rows: matrix.names.clone(),
        columns: matrix.names.clone(),
        titles: ("who answers".to_owned(), "who is answered".to_owned()),
        matrix: true,
        totals: Some((sent, received.clone())),
        groups: matrix.groups.clone(),
        ..Heat::of_counts(&colored)
    };
    if among.is_some() {
        heat.values.push(None);
    }
    let names = &matrix.names;
    let widest = names.iter().map(|name| scene.face.width(name, LABEL, false)).fold(0.0, f64::max);
    let order = if matrix.groups.is_empty() { "the most active first" } else { "by group" };
    let mut note =
        "Answers to the post are not counted; the diagonal is replies to oneself.".to_owned();
    if !matrix.groups.is_empty() {
        note.push_str(" Frames: groups that answer each other more than others (modularity ");
        let _ = write!(note, "{:.2}, Clauset et al. 2004).", matrix.modularity);
    }
    if let Some(among) = among {
        let among = wording::counted(among as usize, "reply");
        let _ = write!(note, " {among} of the others among each other have no colour.");
    }
    let heading = Heading {
        title: format!(
            "{} is answered most: {}",
            wording::isolated(&names[most]),
            wording::counted(received[most] as usize, "reply")
        ),
        subtitle: format!(
            "{} between {}, {order}",
            wording::counted(all as usize, "reply"),
            wording::counted(ranked.len(), "author")
        ),
        legend: vec![heat.legend(&scene.theme, "reply")],
        note,
        height: heat.height(widest.min(190.0) + 20.0) + size as f64 * 3.0,
    };
    let page = Page::new(scene, &heading);
    heat.draw(&page.canvas, page.room);
    Ok(page.finish())
}

/// Who answers whom how often, row by row.
struct Matrix {
    names: Vec<String>,
    counts: Vec<f64>,
    /// Sizes of the groups at the beginning of the names; empty where there are none to show.
    groups: Vec<usize>,
    modularity: f64,
}

impl Matrix {
    /// The first `shown` of the ranked authors, and the others together behind them.
    fn new(pairs: &[(String, String, f64)], ranked: &[(&str, f64)], shown: usize) -> Self {
        let rest = ranked.len() - shown;
        let mut names: Vec<String> =
            ranked[..shown].iter().map(|(name, _)| (*name).to_owned()).collect();
        if rest > 0 {
            names.push(format!("{} others", wording::count(rest as f64)));
        }
        let places: HashMap<&str, usize> =
            ranked.iter().enumerate().map(|(i, (name, _))| (*name, i.min(shown))).collect();
        let size = names.len();
        let mut counts = vec![0.0; size * size];
        for (from, to, n) in pairs {
            counts[places[from.as_str()] * size + places[to.as_str()]] += n;
        }
        let mut matrix = Self { names, counts, groups: Vec::new(), modularity: 0.0 };
        if shown >= GROUPED {
            matrix.group(shown);
        }
        matrix
    }

    /// Puts those side by side who answer each other, if there are such groups.
    fn group(&mut self, shown: usize) {
        let size = self.names.len();
        let among: Vec<f64> =
            (0..shown * shown).map(|i| self.counts[i / shown * size + i % shown]).collect();
        let found = groups(&among, shown);
        if found.members.len() < 2 || found.modularity < CLEAR {
            return;
        }
        let mut order: Vec<usize> = found.members.iter().flatten().copied().collect();
        order.extend(shown..size);
        self.names = order.iter().map(|&i| self.names[i].clone()).collect();
        self.counts = (0..size * size)
            .map(|i| self.counts[order[i / size] * size + order[i % size]])
            .collect();
        self.groups = found.members.iter().map(Vec::len).collect();
        self.modularity = found.modularity;
    }
}

/// Authors by replies sent and received, the most active first.
fn ranked(pairs: &[(String, String, f64)]) -> Vec<(&str, f64)> {
    let mut activity: BTreeMap<&str, f64> = BTreeMap::new();
    for (from, to, n) in pairs {
        *activity.entry(from).or_default() += n;
        *activity.entry(to).or_default() += n;
    }
    let mut ranked: Vec<(&str, f64)> = activity.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked
}

/// From, to, replies; without answers to the post.
fn read(scene: &Scene<'_>) -> Result<Vec<(String, String, f64)>> {
    let Some(replies) = scene.query(Table::Replies)? else { return Ok(Vec::new()) };
    let between = replies.filter(col("to_post").eq(lit(false))).select([
        col("from_author"),
        col("to_author"),
        col("n_replies"),
    ]);
    let rows = scene.collect(between)?;
    let (from, to) = (rows.texts("from_author")?, rows.texts("to_author")?);
    let pairs = from.into_iter().zip(to).zip(rows.counts("n_replies")?);
    Ok(pairs.filter_map(|((from, to), n)| Some((from?, to?, n))).collect())
}
