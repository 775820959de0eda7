//! The reply tree: every comment a dot on its depth, as large as what hangs below it.
//!
//! Grows to the right. Small trees carry names; above some hundreds of comments those with the
//! largest subtrees are drawn and the rest is counted (see [`super::condense`]). With time as the
//! axis every branch has a line of its own, since dots no longer stand on their depths.

mod layout;
mod names;

use self::layout::Layout;
use self::names::{names, numbers};
use super::canvas::{Rect, Text};
use super::condense::{Mark, condense};
use super::discussion::{Discussion, NameColors};
use super::legend::{Key, Sign};
use super::options::ColorBy;
use super::page::{Heading, Page};
use super::scene::Scene;
use super::sheet::number;
use super::theme::{Color, SMALL};
use super::{Chart, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "tree",
    about: "the reply tree of one thread: size is what hangs below, dashed is uncertain",
    tables: &[Table::Comments, Table::Threads],
    draw,
};

/// Up to so many comments, each is drawn by itself.
const ALL: usize = 400;
/// Of more, so many with replies.
const MOST: usize = 240;
/// The last part of a link, where it bends.
const BEND: f64 = 36.0;

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let found = Discussion::read(scene)?.filter(|discussion| discussion.len() > 0);
    let Some(thread) = found else {
        return Ok(scene.nothing("The reply tree", "There is no comment, so there is no tree."));
    };
    let marks = condense(&thread.parents, &thread.sizes, ALL, MOST);
    let colors = Colors::new(scene, &thread);
    let dated = thread.entries.iter().filter(|entry| entry.time.is_some()).count();
    if scene.options.by_time && dated == 0 {
        let reason = "No comment carries a time: draw the tree by depth instead.";
        return Ok(scene.nothing("The reply tree in time", reason));
    }
    let layout = Layout::new(&thread, &marks, scene.options.by_time, scene.size(0.0).0);
    let page = Page::new(scene, &heading(scene, &thread, &marks, &colors, &layout));
    let places = layout.places(&page, &thread, &marks);
    links(&page, &thread, &marks, &places, layout.named);
    dots(&page, &thread, &marks, &places, &layout, &colors);
    post(&page, places[0]);
    if layout.named {
        names(&page, &thread, &marks, &places, &layout);
    } else {
        numbers(&page, &marks, &places, &layout);
    }
    Ok(page.finish())
}

fn heading(
    scene: &Scene<'_>,
    thread: &Discussion,
    marks: &[Mark],
    colors: &Colors,
    layout: &Layout,
) -> Heading {
    let branches = thread.parents.iter().skip(1).filter(|&&parent| parent == 0).count();
    let deepest = thread.depths.iter().copied().max().unwrap_or(0);
    // Where every dot carries its name, the names need no legend.
    let told = layout.named && !layout.by_time && scene.options.color_by == ColorBy::Author;
    let mut legend = if told { Vec::new() } else { colors.legend.clone() };
    if layout.radii.len() > 2 && layout.most > 1.0 {
        let radii = [0.0, 0.3, 1.0].map(|share| layout.scale.radius(layout.most * share));
        let most = wording::counted(layout.most as usize, "comment");
        legend.push(Key::new(
            Sign::Sizes(scene.theme.muted, radii),
            format!("none to {most} below it"),
        ));
    }
    if thread.entries.iter().any(|entry| entry.uncertain) {
        legend.push(Key::new(Sign::Dashes(scene.theme.muted), "parent uncertain"));
    }
    let alone = marks.iter().filter(|mark| mark.together == 0).count() - 1;
    let mut note = String::new();
    if alone < thread.len() {
        legend.push(Key::new(Sign::Square(scene.theme.rest), "several comments together"));
        note = format!(
            "Condensed: {} are drawn, those with the most below them; squares stand for the other {}.",
            wording::counted(alone, "comment"),
            wording::count((thread.len() - alone) as f64),
        );
    }
    let title = match (thread.len(), branches) {
        (1, _) => "One comment answers the post".to_owned(),
        (n, 1) => format!("{} in one branch, up to {deepest} deep", wording::counted(n, "comment")),
        (n, _) if deepest == 1 => {
            format!("{} answer the post, none another", wording::counted(n, "comment"))
        }
        (n, _) => format!(
            "{} in {} branches, up to {deepest} deep",
            wording::counted(n, "comment"),
            wording::count(branches as f64)
        ),
    };
    let height = 150.0 + 20.0 * (legend.len() as f64 / 4.0).ceil() + layout.height();
    Heading { title, subtitle: thread.subtitle(scene), legend, note, height }
}

fn links(page: &Page<'_>, thread: &Discussion, marks: &[Mark], places: &[(f64, f64)], large: bool) {
    let canvas = &page.canvas;
    let color = canvas.theme.muted;
    let width = if large { 1.2 } else { 0.8 };
    canvas.group("links", || {
        for (mark, &(x, y)) in marks.iter().zip(places).skip(1) {
            let (px, py) = places[mark.parent as usize];
            let bend = bend(px, x);
            let start = (x - bend).max(px);
            let middle = number(x - bend / 2.0);
            let curve = format!(
                "M{} {}H{}C{middle} {},{middle} {},{} {}",
                number(px),
                number(py),
                number(start),
                number(py),
                number(y),
                number(x),
                number(y),
            );
            if mark.together == 0 && thread.entries[mark.node as usize].uncertain {
                canvas.dashed(|| canvas.curve(&curve, color, width + 0.4, 1.0));
            } else {
                canvas.curve(&curve, color, width, 0.65);
            }
        }
    });
}

/// How far before its end a link between two places begins to bend.
fn bend(from: f64, to: f64) -> f64 {
    BEND.min((to - from).max(0.0) * 0.8)
}

fn dots(
    page: &Page<'_>,
    thread: &Discussion,
    marks: &[Mark],
    places: &[(f64, f64)],
    layout: &Layout,
    colors: &Colors,
) {
    let canvas = &page.canvas;
    let theme = canvas.theme;
    canvas.group("comments", || {
        for (i, (mark, &(x, y))) in marks.iter().zip(places).enumerate() {
            let (node, radius) = (mark.node as usize, layout.radii[i]);
            let square = |half: f64| Rect::new(x - half, y - half, x + half, y + half);
            if mark.together > 0 {
                canvas.tip(wording::counted(mark.together as usize, "comment"));
                canvas.rect(square(radius * 0.886), theme.rest);
            } else if i == 0 {
                let author = thread.entries[0].author.as_ref();
                canvas.tip(
                    author.map_or_else(|| "the post".to_owned(), |a| format!("the post, by {a}")),
                );
                canvas.rect(square(6.0), theme.ink);
            } else {
                let below = wording::counted(thread.sizes[node] as usize - 1, "comment");
                canvas.tip(format!("{} [{below} below]", thread.entries[node].tip()));
                canvas.circle((x, y), radius, colors.of[node]);
            }
        }
    });
}

fn post(page: &Page<'_>, (x, y): (f64, f64)) {
    let canvas = &page.canvas;
    let style = Text::new(canvas.theme.muted).size(SMALL).halo(canvas.theme.background);
    canvas.label("post", (x - 6.0, y - 16.0), style, &canvas.bounds());
}

/// The colour of each node, and what colours mean.
struct Colors {
    of: Vec<Color>,
    legend: Vec<Key>,
}

impl Colors {
    fn new(scene: &Scene<'_>, thread: &Discussion) -> Self {
        let comments = || thread.entries.iter().skip(1);
        match scene.options.color_by {
            ColorBy::Author => {
                let names = NameColors::new(comments().filter_map(|entry| entry.author.as_deref()));
                let of = thread.entries.iter().map(|e| names.color(scene, e.author.as_deref()));
                Self { of: of.collect(), legend: names.legend(scene, "authors") }
            }
            ColorBy::Topic => {
                let names = NameColors::new(comments().filter_map(|entry| entry.topic.as_deref()));
                let of = thread.entries.iter().map(|e| names.color(scene, e.topic.as_deref()));
                let mut legend = names.legend(scene, "topics");
                legend.push(Key::new(Sign::Dot(scene.theme.rest), "no topic"));
                Self { of: of.collect(), legend }
            }
            ColorBy::Depth => {
                let deepest = f64::from(thread.depths.iter().copied().max().unwrap_or(1).max(2));
                // Not from the very lightest: a dot must be seen on the ground.
                let shade = |depth: f64| {
                    scene.theme.sequential(0.3 + 0.7 * (depth - 1.0) / (deepest - 1.0))
                };
                let of = thread.depths.iter().map(|&depth| shade(f64::from(depth))).collect();
                let ramp = [0.0, 0.25, 0.5, 0.75, 1.0].map(|s| shade(1.0 + s * (deepest - 1.0)));
                let label = format!("depth 1 to {deepest}");
                Self { of, legend: vec![Key::new(Sign::Ramp(ramp), label)] }
            }
        }
    }
}
