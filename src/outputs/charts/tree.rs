//! The reply tree: every comment a dot on its depth, as large as what hangs below it.
//!
//! Grows to the right. Small trees carry names; above some hundreds of comments those with the
//! largest subtrees are drawn and the rest is counted (see [`super::condense`]). With time as the
//! axis every branch has a line of its own, since dots no longer stand on their depths.

use super::canvas::{Rect, Text};
use super::condense::{Mark, condense};
use super::discussion::{Discussion, NameColors};
use super::options::ColorBy;
use super::page::{Heading, Key, Page, Sign};
use super::plot::ticks_for;
use super::scene::Scene;
use super::sheet::number;
use super::theme::{Color, SMALL};
use super::tidy::tidy;
use super::{Chart, Svg, calendar};
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
/// Up to so many marks, each has room for a name.
const NAMED: usize = 64;
/// Levels are at most so far apart.
const COLUMN: f64 = 190.0;
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
    let layout = Layout::new(&thread, &marks, scene.options.by_time);
    let page = Page::new(scene, &heading(scene, &thread, &marks, &colors, &layout));
    let places = layout.places(&page, &thread, &marks);
    links(&page, &thread, &marks, &places);
    dots(&page, &thread, &marks, &places, &layout, &colors);
    if layout.named {
        names(&page, &thread, &marks, &places, &layout);
    }
    Ok(page.finish())
}

/// Where marks stand across the direction of growth, and how large they are.
struct Layout {
    across: Vec<f64>,
    radii: Vec<f64>,
    extent: f64,
    by_time: bool,
    named: bool,
}

impl Layout {
    fn new(thread: &Discussion, marks: &[Mark], by_time: bool) -> Self {
        let named = marks.len() <= NAMED;
        let parents: Vec<u32> = marks.iter().map(|mark| mark.parent).collect();
        let (small, large) = if named { (3.5, 10.0) } else { (2.0, 10.0) };
        let below = |mark: &Mark| match mark.together {
            0 => f64::from(thread.sizes[mark.node as usize]) - 1.0,
            n => f64::from(n),
        };
        let most = marks.iter().skip(1).map(below).fold(1.0, f64::max);
        let radii: Vec<f64> = marks
            .iter()
            .map(|mark| small + (large - small) * (below(mark).min(most) / most).sqrt())
            .collect();
        let breadths: Vec<f64> =
            radii.iter().map(|radius| if named { 24.0 } else { 2.0 * radius + 1.6 }).collect();
        let across = if by_time { rows(&parents, &breadths) } else { tidy(&parents, &breadths) };
        let extent = across.iter().copied().fold(0.0, f64::max);
        Self { across, radii, extent, by_time, named }
    }

    /// The height that suits the tree.
    fn height(&self) -> f64 {
        self.extent.clamp(60.0, 1_500.0) + if self.by_time { 70.0 } else { 34.0 }
    }

    fn places(&self, page: &Page<'_>, thread: &Discussion, marks: &[Mark]) -> Vec<(f64, f64)> {
        let room = page.room;
        let axis = if self.by_time { 40.0 } else { 0.0 };
        let field = Rect::new(
            room.left + 10.0,
            room.top + 14.0,
            room.right - 12.0,
            room.bottom - 14.0 - axis,
        );
        let fit = (field.height() / self.extent.max(1.0)).min(if self.named { 1.15 } else { 1.0 });
        let top = field.top + (field.height() - self.extent * fit) / 2.0;
        let depth = |mark: &Mark| thread.depths[mark.node as usize] + u32::from(mark.together > 0);
        let deepest = marks.iter().map(depth).max().unwrap_or(1).max(1);
        // The names of the deepest comments stand to the right of them.
        let tail = if self.named { 100.0 } else { 0.0 };
        let column = ((field.width() - tail) / f64::from(deepest)).min(COLUMN);
        // All branches leave the post, so the first column needs room for their bends.
        let lead = (field.width() * 0.08).min((COLUMN - column).max(0.0)).min(60.0);
        let column = column.min((field.width() - tail - lead) / f64::from(deepest));
        let times = self.by_time.then(|| time_axis(page, thread, field));
        let mut places: Vec<(f64, f64)> = Vec::with_capacity(marks.len());
        for (i, mark) in marks.iter().enumerate() {
            let x = match &times {
                None => {
                    let lead = if i == 0 { 0.0 } else { lead };
                    field.left + lead + column * f64::from(depth(mark))
                }
                Some(place) => {
                    let before = places.get(mark.parent as usize).map_or(field.left, |p| p.0);
                    let time = thread.entries[mark.node as usize].time;
                    let alone = mark.together == 0 && i > 0;
                    time.filter(|_| alone).map_or(before + if i > 0 { 14.0 } else { 0.0 }, place)
                }
            };
            places.push((x, top + self.across[i] * fit));
        }
        places
    }
}

/// Each leaf on a row of its own, parents in the middle of their replies.
fn rows(parents: &[u32], breadths: &[f64]) -> Vec<f64> {
    let n = parents.len();
    let mut first = vec![f64::NAN; n];
    let mut last = vec![f64::NAN; n];
    let mut row = vec![f64::NAN; n];
    let mut leaf = vec![true; n];
    parents.iter().skip(1).for_each(|&parent| leaf[parent as usize] = false);
    let mut next = 0.0;
    for node in (0..n).filter(|&node| leaf[node]) {
        row[node] = next;
        next += breadths[node].max(6.0);
    }
    for node in (0..n).rev() {
        if !leaf[node] {
            row[node] = f64::midpoint(first[node], last[node]);
        }
        let parent = parents[node] as usize;
        if last[parent].is_nan() {
            last[parent] = row[node];
        }
        first[parent] = row[node];
    }
    row
}

/// Draws the axis of time; gives the place of a time on it.
fn time_axis(page: &Page<'_>, thread: &Discussion, field: Rect) -> impl Fn(f64) -> f64 + use<> {
    let canvas = &page.canvas;
    let times = thread.entries.iter().filter_map(|entry| entry.time);
    let (first, last) =
        times.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), time| (a.min(time), b.max(time)));
    let (scale, ticks) = calendar::times(first, last, ticks_for(field.width(), 90.0));
    let (low, high) = scale.range();
    let (left, width) = (field.left + 30.0, field.width() - 60.0);
    let place = move |time: f64| left + width * (time - low) / (high - low);
    let style = Text::new(canvas.theme.muted).middle();
    canvas.group("time", || {
        for tick in ticks {
            let (x, y) = (place(tick.value), field.bottom + 20.0);
            canvas.line(&[(x, field.top - 10.0), (x, field.bottom + 8.0)], canvas.theme.grid, 1.0);
            canvas.label(&tick.label, (x, y), style, &canvas.bounds());
            if let Some(second) = tick.second {
                canvas.label(&second, (x, y + style.line()), style, &canvas.bounds());
            }
        }
    });
    place
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
    let mut legend = colors.legend.clone();
    if thread.entries.iter().any(|entry| entry.uncertain) {
        legend.push(Key::new(Sign::Dashes(scene.theme.muted), "parent uncertain"));
    }
    let alone = marks.iter().filter(|mark| mark.together == 0).count() - 1;
    let mut note = "A dot is as large as what hangs below it.".to_owned();
    if alone < thread.len() {
        legend.push(Key::new(Sign::Square(scene.theme.rest), "several comments together"));
        note = format!(
            "Condensed: {} are drawn, those with the most below them; squares stand for the other {}. {note}",
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

fn links(page: &Page<'_>, thread: &Discussion, marks: &[Mark], places: &[(f64, f64)]) {
    let canvas = &page.canvas;
    let color = canvas.theme.muted;
    canvas.group("links", || {
        for (mark, &(x, y)) in marks.iter().zip(places).skip(1) {
            let (px, py) = places[mark.parent as usize];
            let bend = BEND.min((x - px).max(0.0) * 0.8);
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
            let link =
                || canvas.curve(&curve, color, if marks.len() > NAMED { 0.8 } else { 1.2 }, 0.65);
            if mark.together == 0 && thread.entries[mark.node as usize].uncertain {
                canvas.dashed(link);
            } else {
                link();
            }
        }
    });
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

/// Names beside the dots: above the line that leaves a dot, or behind a dot that none leaves.
fn names(
    page: &Page<'_>,
    thread: &Discussion,
    marks: &[Mark],
    places: &[(f64, f64)],
    layout: &Layout,
) {
    let canvas = &page.canvas;
    let mut nearest = vec![f64::INFINITY; marks.len()];
    for (mark, place) in marks.iter().zip(places).skip(1) {
        let parent = mark.parent as usize;
        nearest[parent] = nearest[parent].min(place.0);
    }
    let column = if layout.by_time {
        60.0
    } else {
        marks
            .iter()
            .zip(places)
            .skip(1)
            .map(|(mark, place)| place.0 - places[mark.parent as usize].0)
            .fold(COLUMN, f64::min)
    };
    let style = Text::new(canvas.theme.ink).size(11.5);
    canvas.group("names", || {
        for (i, (mark, &(x, y))) in marks.iter().zip(places).enumerate().skip(1) {
            let entry = &thread.entries[mark.node as usize];
            let leaf = nearest[i].is_infinite();
            let count = wording::count(f64::from(mark.together));
            let name =
                if mark.together > 0 { &count } else { entry.author.as_ref().unwrap_or(&count) };
            let unknown = mark.together == 0 && entry.author.is_none();
            let start = x + layout.radii[i] + if leaf { 5.0 } else { 1.0 };
            let end = if layout.by_time {
                start + 120.0
            } else if leaf {
                // A leaf may write as far as the next column's bends.
                x + column.max(100.0) - BEND * 0.4
            } else {
                nearest[i] - BEND
            };
            let room = end.min(page.room.right) - start;
            if unknown || room < 24.0 {
                continue;
            }
            let short = canvas.face.shorten(name, style.size, false, room);
            let up = if leaf { 0.0 } else { 9.0 };
            let lift = if leaf { 0.0 } else { (layout.radii[i] - 6.0).max(0.0) * 0.3 };
            if short.chars().count() > 2 || short == name.as_str() {
                canvas.label(&short, (start, y - up - lift), style, &canvas.bounds());
            }
        }
    });
    let (x, y) = places[0];
    let style = Text::new(canvas.theme.muted).size(SMALL);
    canvas.label("post", (x - 8.0, y - 16.0), style, &canvas.bounds());
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
