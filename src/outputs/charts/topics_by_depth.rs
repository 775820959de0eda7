//! Topics by depth: which share of the comments at each depth mentions a topic.

use std::collections::BTreeMap;

use super::heat::{Heat, ramp};
use super::page::{Heading, Page};
use super::scene::Scene;
use super::{Chart, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "topics_by_depth",
    about: "share of the comments at each depth that mention a topic",
    tables: &[Table::TopicDepths, Table::Topics, Table::Threads],
    draw,
};

const TITLE: &str = "Topics by depth";
/// So many topics have a row.
const TOPICS: usize = 20;
/// Depths with a column of their own; deeper ones are left to the table.
const DEPTHS: usize = 14;

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let topics = scene.topic_names(TOPICS)?;
    let columns = ["topic", "depth", "n_comments", "share"];
    let rows = scene.read(Table::TopicDepths, &columns)?;
    let (Some(rows), false) = (rows, topics.is_empty()) else {
        return Ok(scene.nothing(TITLE, "No comment mentions a topic."));
    };
    let (names, depths) = (rows.texts("topic")?, rows.counts("depth")?);
    let (counts, shares) = (rows.counts("n_comments")?, rows.counts("share")?);
    let deepest = depths.iter().copied().fold(1.0, f64::max) as usize;
    let shown = deepest.min(DEPTHS);
    let places: BTreeMap<&str, usize> =
        topics.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
    let mut values = vec![Some(0.0); topics.len() * shown];
    let mut tips = vec![String::new(); values.len()];
    let mut comments = vec![String::new(); shown];
    for (i, name) in names.iter().enumerate() {
        let place = name.as_deref().and_then(|name| places.get(name));
        let depth = depths[i] as usize;
        if (1..=shown).contains(&depth) && shares[i] > 0.0 {
            comments[depth - 1] = wording::count(counts[i] / shares[i]);
        }
        if let Some(place) = place.filter(|_| (1..=shown).contains(&depth)) {
            let cell = place * shown + depth - 1;
            values[cell] = Some(shares[i]);
            tips[cell] = format!(
                "{} at depth {depth}: {}, {}",
                topics[*place],
                wording::counted(counts[i] as usize, "comment"),
                wording::percent(shares[i]),
            );
        }
    }
    let text = |share: &Option<f64>| share.filter(|&share| share > 0.0).map(wording::percent);
    let heat = Heat {
        texts: values.iter().map(|share| text(share).unwrap_or_default()).collect(),
        rows: topics.clone(),
        columns: (1..=shown).map(|depth| depth.to_string()).collect(),
        seconds: comments,
        titles: (String::new(), "depth, and its number of comments".to_owned()),
        values,
        tips,
        ..Heat::default()
    };
    let top = heat.values[0].unwrap_or_default();
    let mut heading = Heading {
        title: format!("“{}” is in {} of the top-level comments", topics[0], wording::percent(top)),
        subtitle: "Share of the comments at each depth that mention a topic".to_owned(),
        legend: vec![ramp(&scene.theme, format!("up to {}", wording::percent(heat.most())))],
        height: heat.height(46.0) + topics.len() as f64 * 6.0,
        ..Heading::default()
    };
    if deepest > shown {
        heading.note = format!("Depths {} to {deepest} not shown.", shown + 1);
    }
    let page = Page::new(scene, &heading);
    heat.draw(&page.canvas, page.room);
    Ok(page.finish())
}
