//! Who answers whom: a matrix of the most active authors, the others taken together.

use std::collections::BTreeMap;

use polars::prelude::{col, lit};

use super::heat::{Heat, ramp};
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

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let pairs = read(scene)?;
    if pairs.is_empty() {
        let reason = "No comment answers another whose author is known.";
        return Ok(scene.nothing(TITLE, reason));
    }
    let ranked = ranked(&pairs);
    let shown = if ranked.len() > AUTHORS + 1 { AUTHORS } else { ranked.len() };
    let rest = ranked.len() - shown;
    let mut names: Vec<String> =
        ranked[..shown].iter().map(|(name, _)| (*name).to_owned()).collect();
    if rest > 0 {
        names.push(format!("{} others", wording::count(rest as f64)));
    }
    let places: BTreeMap<&str, usize> =
        ranked.iter().enumerate().map(|(i, (name, _))| (*name, i.min(shown))).collect();
    let size = names.len();
    let mut counts = vec![0.0; size * size];
    for (from, to, n) in &pairs {
        counts[places[from.as_str()] * size + places[to.as_str()]] += n;
    }
    let all: f64 = counts.iter().sum();
    let answered = |i: usize| (0..size).map(|row| counts[row * size + i]).sum::<f64>();
    let most = (0..shown).rev().max_by(|&a, &b| answered(a).total_cmp(&answered(b))).unwrap_or(0);
    let heat = Heat {
        texts: counts
            .iter()
            .map(|&n| if n > 0.0 { wording::count(n) } else { String::new() })
            .collect(),
        tips: counts
            .iter()
            .enumerate()
            .map(|(i, &n)| {
                let (from, to) = (&names[i / size], &names[i % size]);
                format!("{from} answers {to}: {}", wording::counted(n as usize, "reply"))
            })
            .collect(),
        // The others among each other outnumber everybody; their cell would leave no colour.
        values: counts
            .iter()
            .enumerate()
            .map(|(i, &n)| (rest == 0 || i + 1 < size * size).then_some(n))
            .collect(),
        rows: names.clone(),
        columns: names.clone(),
        titles: ("who answers".to_owned(), "who is answered".to_owned()),
        turn: true,
    };
    let widest = names.iter().map(|name| scene.face.width(name, LABEL, false)).fold(0.0, f64::max);
    let mut heading = Heading {
        title: format!(
            "{} is answered most: {}",
            wording::isolated(&names[most]),
            wording::counted(answered(most) as usize, "reply")
        ),
        subtitle: format!(
            "{} between {}; the most active first",
            wording::counted(all as usize, "reply"),
            wording::counted(ranked.len(), "author")
        ),
        legend: vec![ramp(&scene.theme, format!("1 to {} replies", wording::count(heat.most())))],
        note: "Answers to the post are not counted; the diagonal is replies to oneself.".to_owned(),
        height: heat.height(widest.min(190.0) + 20.0) + size as f64 * 3.0,
    };
    if rest > 0 {
        let among = wording::counted(counts[size * size - 1] as usize, "reply");
        let note = &mut heading.note;
        *note = format!("{note} {among} of the others among each other have no colour.");
    }
    let page = Page::new(scene, &heading);
    heat.draw(&page.canvas, page.room);
    Ok(page.finish())
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
