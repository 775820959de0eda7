//! Topics: how many comments mention each, and which share of all that is.

use super::canvas::{Rect, Text};
use super::legend::{Key, Sign};
use super::page::{Heading, Page};
use super::plot::{Axis, Plot, ticks_for};
use super::scene::Scene;
use super::{Chart, Svg, scale};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "topics",
    about: "comments per topic, with their share of all comments",
    tables: &[Table::Topics, Table::Threads],
    draw,
};

const TITLE: &str = "What the comments are about";
/// So many topics have a bar.
const BARS: usize = 24;

struct Topic {
    name: String,
    discovered: bool,
    terms: String,
    comments: f64,
    share: f64,
}

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let topics = read(scene)?;
    let Some(first) = topics.first().filter(|_| scene.n_comments > 0) else {
        return Ok(scene.nothing(TITLE, "No topic was given or found in the comments."));
    };
    let theme = &scene.theme;
    let shown = &topics[..topics.len().min(BARS)];
    let (found, given) = (shown.iter().any(|t| t.discovered), shown.iter().any(|t| !t.discovered));
    let mut legend = Vec::new();
    if given && found {
        legend.push(Key::new(Sign::Square(theme.category(0)), "from the dictionary"));
        legend.push(Key::new(Sign::Square(theme.category(3)), "found in the comments"));
    }
    let mut note = "A comment may be on several topics.".to_owned();
    if topics.len() > BARS {
        note = format!(
            "The {BARS} most frequent of {} topics. {note}",
            wording::count(topics.len() as f64)
        );
    }
    let heading = Heading {
        title: if first.comments > 0.0 {
            format!("“{}” is in {} of the comments", first.name, wording::percent(first.share))
        } else {
            "No comment mentions any of the topics".to_owned()
        },
        subtitle: match (given, found) {
            (true, false) => format!("{} of a dictionary", wording::counted(topics.len(), "topic")),
            (false, _) => format!(
                "{} found in the comments themselves",
                wording::counted(topics.len(), "topic")
            ),
            _ => format!(
                "{} of a dictionary and found in the comments",
                wording::counted(topics.len(), "topic")
            ),
        },
        legend,
        note,
        height: 170.0 + 26.0 * shown.len() as f64,
    };
    let page = Page::new(scene, &heading);
    let canvas = &page.canvas;
    let most = shown.iter().map(|topic| topic.comments).fold(1.0, f64::max);
    let y = Axis::categories(shown.iter().map(|topic| topic.name.clone()), "").downwards();
    let x = Axis::new(scale::counts(most, ticks_for(page.room.width() * 0.7, 80.0)), "comments");
    // Numbers stand behind the bars.
    let room = Rect { right: page.room.right - 96.0, ..page.room };
    let plot = Plot::new(canvas, room, &x, &y);
    canvas.group("topics", || {
        for (i, topic) in shown.iter().enumerate() {
            let row = i as f64;
            let color = match (given && found, topic.discovered) {
                (false, _) => theme.plain(),
                (true, discovered) => theme.category(if discovered { 3 } else { 0 }),
            };
            canvas.tip(format!("{}: {}", topic.name, topic.terms));
            plot.bar((0.0, row - 0.36), (topic.comments, row + 0.36), color);
            let (x, y) = plot.place(topic.comments, row);
            let text =
                format!("{} · {}", wording::count(topic.comments), wording::percent(topic.share));
            let style = Text::new(theme.muted).halo(theme.background);
            canvas.label(&text, (x + 6.0, y), style, &canvas.bounds());
        }
    });
    Ok(page.finish())
}

fn read(scene: &Scene<'_>) -> Result<Vec<Topic>> {
    use polars::prelude::{col, lit};
    let Some(topics) = scene.query(Table::Topics)? else { return Ok(Vec::new()) };
    let terms = col("terms").list().join(lit(", "), true).alias("terms");
    let chosen = [col("topic"), col("origin"), terms, col("n_comments"), col("share")];
    let rows = scene.collect(topics.select(chosen))?;
    let (names, origins, terms) =
        (rows.texts("topic")?, rows.texts("origin")?, rows.texts("terms")?);
    let (comments, shares) = (rows.counts("n_comments")?, rows.counts("share")?);
    let mut topics: Vec<Topic> = names
        .into_iter()
        .enumerate()
        .filter_map(|(i, name)| {
            Some(Topic {
                name: name?,
                discovered: origins[i].as_deref() == Some("discovered"),
                terms: terms[i].clone().unwrap_or_default(),
                comments: comments[i],
                share: shares[i],
            })
        })
        .collect();
    topics.sort_by(|a, b| b.comments.total_cmp(&a.comments).then_with(|| a.name.cmp(&b.name)));
    Ok(topics)
}
