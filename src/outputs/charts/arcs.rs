//! Thread arcs: the comments side by side in the order of time, an arc from each to what it
//! answers (Kerr 2003, "Thread arcs: an email thread visualization").
//!
//! Arcs above the line are replies to comments, arcs below it are answers to the post. Places are
//! equally far apart, as in the paper, so that bursts can be told apart; dates stand below them.

use std::collections::BTreeMap;

use super::canvas::Text;
use super::discussion::{Discussion, NameColors};
use super::page::{Heading, Key, Page, Sign};
use super::scene::Scene;
use super::sheet::number;
use super::theme::SMALL;
use super::{Chart, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "arcs",
    about: "the comments of one thread in the order of time, an arc from each to what it answers",
    tables: &[Table::Comments, Table::Threads],
    draw,
};

/// So many arcs are drawn, the farthest first; more would be a plain area.
const ARCS: usize = 2_500;

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let found = Discussion::read(scene)?.filter(|discussion| discussion.len() > 0);
    let Some(thread) = found else {
        return Ok(scene.nothing("Thread arcs", "There is no comment, so there are no arcs."));
    };
    let order = order(&thread);
    let spans = spans(&thread, &order);
    let page = Page::new(scene, &heading(scene, &thread, &spans));
    let n = thread.len();
    let (left, right) = (page.room.left + 12.0, page.room.right - 12.0);
    // A short thread does not spread over the whole width.
    let step = ((right - left) / n.max(1) as f64).min(64.0);
    let start = left + ((right - left) - step * n as f64) / 2.0;
    let x = |node: usize| start + step * f64::from(order[node]);

    // Arcs are circles where there is room, else ellipses; the farthest reaches the edge.
    let reach = |post: bool| {
        let far = (1..=n)
            .filter(|&node| (thread.parents[node] == 0) == post)
            .map(|node| f64::from(spans[node]));
        far.fold(0.0, f64::max) * step / 2.0
    };
    let (above, below) = (reach(false), reach(true) * 0.6);
    let field = page.room.height() - 64.0;
    let fit = (field / (above + below).max(1.0)).min(1.0);
    let line = page.room.top + 14.0 + above * fit + (field - (above + below) * fit) / 2.0;
    let shown = strongest(&thread, &order, step);
    arcs(&page, &thread, &shown, &x, (line, fit));
    dots(&page, scene, &thread, &x, (line, step));
    dates(&page, &thread, &order, &x, line + below * fit + 24.0);
    Ok(page.finish())
}

/// The place of each node in the order of time; the post is first. Comments without a time stand
/// behind the one before them on the page.
fn order(thread: &Discussion) -> Vec<u32> {
    let mut nodes: Vec<usize> = (1..=thread.len()).collect();
    let mut latest = f64::NEG_INFINITY;
    let mut times = vec![f64::NEG_INFINITY; thread.len() + 1];
    let mut by_page = nodes.clone();
    by_page.sort_by_key(|&node| thread.entries[node].position);
    for node in by_page {
        latest = thread.entries[node].time.unwrap_or(latest);
        times[node] = latest;
    }
    nodes.sort_by(|&a, &b| times[a].total_cmp(&times[b]).then(a.cmp(&b)));
    let mut order = vec![0; thread.len() + 1];
    nodes.iter().enumerate().for_each(|(i, &node)| order[node] = i as u32 + 1);
    order
}

/// How many places back the parent stands, by node.
fn spans(thread: &Discussion, order: &[u32]) -> Vec<u32> {
    (0..order.len())
        .map(|node| order[node].abs_diff(order[thread.parents[node] as usize]))
        .collect()
}

fn heading(scene: &Scene<'_>, thread: &Discussion, spans: &[u32]) -> Heading {
    let replies = (1..=thread.len()).filter(|&node| thread.parents[node] != 0);
    let mut back: Vec<u32> = replies.map(|node| spans[node]).collect();
    back.sort_unstable();
    let names = NameColors::new(thread.entries[1..].iter().filter_map(|e| e.author.as_deref()));
    let mut legend = names.legend(scene, "authors");
    if thread.entries.iter().any(|entry| entry.uncertain) {
        legend.push(Key::new(Sign::Dashes(scene.theme.muted), "parent uncertain"));
    }
    let title = if back.is_empty() {
        format!("{} answer the post, none another", wording::counted(thread.len(), "comment"))
    } else {
        let next = back.iter().filter(|&&span| span == 1).count() as f64 / back.len() as f64;
        format!("{} of the replies answer the comment just before", wording::percent(next))
    };
    let title = if thread.len() == 1 { "One comment answers the post".to_owned() } else { title };
    let mut note = "Above the line: replies to comments. Below: answers to the post.".to_owned();
    if thread.len() > ARCS {
        note = format!(
            "{note} At most {} arcs are drawn, the farthest first.",
            wording::count(ARCS as f64)
        );
    }
    let height = if thread.len() < 6 { 340.0 } else { 540.0 };
    Heading { title, subtitle: thread.subtitle(scene), legend, note, height }
}

/// One arc: nodes of the reply and its parent, and how many arcs share its place.
struct Arc {
    node: usize,
    together: usize,
}

/// Arcs by place on the picture: those that nobody could tell apart are drawn as one.
fn strongest(thread: &Discussion, order: &[u32], step: f64) -> Vec<Arc> {
    let pixel = |node: usize| (f64::from(order[node]) * step).round() as i64;
    let mut places: BTreeMap<(i64, i64, bool), Arc> = BTreeMap::new();
    for node in 1..=thread.len() {
        let parent = thread.parents[node] as usize;
        let place = (pixel(parent), pixel(node), parent == 0);
        places.entry(place).or_insert(Arc { node, together: 0 }).together += 1;
    }
    let mut arcs: Vec<((i64, i64, bool), Arc)> = places.into_iter().collect();
    arcs.sort_by_key(|((a, b, _), arc)| (std::cmp::Reverse((a - b).abs()), arc.node));
    arcs.into_iter().take(ARCS).map(|(_, arc)| arc).collect()
}

fn arcs(
    page: &Page<'_>,
    thread: &Discussion,
    shown: &[Arc],
    x: &impl Fn(usize) -> f64,
    (line, fit): (f64, f64),
) {
    let (canvas, theme) = (&page.canvas, &page.canvas.theme);
    let crowd = (300.0 / shown.len() as f64).sqrt().min(1.0);
    canvas.group("arcs", || {
        for arc in shown {
            let parent = thread.parents[arc.node] as usize;
            let post = parent == 0;
            let (from, to) = (x(parent), x(arc.node));
            let radius = (to - from).abs() / 2.0;
            let tall = radius * fit * if post { 0.6 } else { 1.0 };
            let sweep = u8::from(post == (to < from));
            let curve = format!(
                "M{} {}A{} {} 0 0 {sweep} {} {}",
                number(from),
                number(line),
                number(radius),
                number(tall),
                number(to),
                number(line),
            );
            let color = if post { theme.muted } else { theme.category(0) };
            let opacity = (if post { 0.45 } else { 0.8 }) * (crowd + 0.08).min(1.0);
            let width = 1.2 + (arc.together as f64).ln() * 0.4;
            let draw = || {
                canvas.tip(tip(thread, arc.node, shown.len()));
                canvas.curve(&curve, color, width, opacity);
            };
            if thread.entries[arc.node].uncertain { canvas.dashed(draw) } else { draw() }
        }
    });
}

/// Both ends of an arc; with their words only where that does not swell the file.
fn tip(thread: &Discussion, node: usize, arcs: usize) -> String {
    let end = |node: usize| match (node, &thread.entries[node]) {
        (0, _) => "the post".to_owned(),
        (_, entry) if arcs <= 300 => entry.tip(),
        (_, entry) => entry.author.clone().unwrap_or_else(|| "unknown author".to_owned()),
    };
    format!("{} → {}", end(node), end(thread.parents[node] as usize))
}

fn dots(
    page: &Page<'_>,
    scene: &Scene<'_>,
    thread: &Discussion,
    x: &impl Fn(usize) -> f64,
    (line, step): (f64, f64),
) {
    let canvas = &page.canvas;
    let names = NameColors::new(thread.entries[1..].iter().filter_map(|e| e.author.as_deref()));
    let radius = (step * 0.36).clamp(0.6, 6.0);
    canvas.group("comments", || {
        let place = (x(0), line);
        canvas.tip("the post");
        canvas.rect(
            super::canvas::Rect::new(place.0 - 5.0, line - 5.0, place.0 + 5.0, line + 5.0),
            canvas.theme.ink,
        );
        if step < 1.0 {
            // Thousands of comments are a line.
            canvas.line(&[place, (x(0) + step * thread.len() as f64, line)], canvas.theme.ink, 1.0);
            return;
        }
        for (node, entry) in thread.entries.iter().enumerate().skip(1) {
            canvas.tip(entry.tip());
            canvas.circle((x(node), line), radius, names.color(scene, entry.author.as_deref()));
        }
    });
}

/// Dates below the places where a new day, hour or the first comment stands, as room allows.
fn dates(page: &Page<'_>, thread: &Discussion, order: &[u32], x: &impl Fn(usize) -> f64, y: f64) {
    let canvas = &page.canvas;
    let style = Text::new(canvas.theme.muted).size(SMALL).middle();
    let y = y.min(page.room.bottom - style.line());
    let mut nodes: Vec<usize> = (1..=thread.len()).collect();
    nodes.sort_by_key(|&node| order[node]);
    let (mut day, mut free) = (String::new(), f64::NEG_INFINITY);
    canvas.group("dates", || {
        for node in nodes {
            let Some(time) = thread.entries[node].time else { continue };
            let date = wording::date(time);
            let new = date != day;
            let label = if new { date.clone() } else { wording::clock(time) };
            let row = if new { style.line() } else { 0.0 };
            let extent = canvas.extent(&label, (x(node), y + row), style);
            if x(node) < free || extent.left < 2.0 || extent.right > canvas.width - 2.0 {
                continue;
            }
            let clock = wording::clock(time);
            if canvas.label(&clock, (x(node), y), style, &canvas.bounds()) {
                free = extent.right + 10.0 + extent.width() * 0.2;
                if new && canvas.label(&date, (x(node), y + style.line()), style, &canvas.bounds())
                {
                    day = date;
                }
            }
        }
    });
}
