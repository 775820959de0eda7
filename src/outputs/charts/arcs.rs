//! Thread arcs: the comments side by side in the order of time, an arc from each to what it
//! answers (Kerr 2003, "Thread arcs: an email thread visualization").
//!
//! Arcs above the line are replies to comments, arcs below it are answers to the post. Places are
//! equally far apart, as in the paper, so that bursts can be told apart; dates stand below them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::canvas::{Rect, Text};
use super::discussion::{Discussion, NameColors};
use super::legend::{Key, Sign};
use super::page::{Heading, Page};
use super::scene::Scene;
use super::sheet::number;
use super::theme::{Color, LEADING, SMALL};
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
/// Above so many comments, arcs to the post are no longer drawn.
const CROWD: usize = 240;
/// Arcs to the post are this much flatter than others.
const FLAT: f64 = 0.6;
/// Length of the strokes that stand for them among many.
const STROKE: f64 = 14.0;
/// With so much room for each comment, every one has its time, in pixels.
const CLOCKS: f64 = 24.0;
/// Dates of many comments are so far apart.
const DATES: f64 = 110.0;

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let found = Discussion::read(scene)?.filter(|discussion| discussion.len() > 0);
    let Some(thread) = found else {
        return Ok(scene.nothing("Thread arcs", "There is no comment, so there are no arcs."));
    };
    let order = order(&thread);
    let spans = spans(&thread, &order);
    let page = Page::new(scene, &heading(scene, &thread, &spans));
    let colors = Colors::new(scene, &thread);
    let line = Line::new(&page, &thread, &order, &spans);
    dates(&page, &thread, &line);
    if line.crowded {
        answers_to_the_post(&page, &thread, &line);
    }
    arcs(&page, &thread, &line, &colors);
    dots(&page, &thread, &line, &colors);
    Ok(page.finish())
}

/// The line on which the comments stand, and how high the arcs rise from it.
struct Line {
    /// Pixels from the left edge, by node.
    x: Vec<f64>,
    y: f64,
    /// Between two neighbors.
    step: f64,
    /// Of an arc's radius, so much is its height.
    fit: f64,
    /// Width and height of the largest arc above the line.
    largest: (f64, f64),
    /// Where dates stand.
    dates: f64,
    /// There are so many comments that arcs to the post would hide everything else, and that near
    /// arcs would vanish beside far ones: the former become strokes, heights grow with the root.
    crowded: bool,
}

impl Line {
    fn new(page: &Page<'_>, thread: &Discussion, order: &[u32], spans: &[u32]) -> Self {
        let n = thread.len();
        let crowded = n > CROWD;
        let (left, right) = (page.room.left + 12.0, page.room.right - 12.0);
        // A short thread does not spread over the whole width.
        let step = ((right - left) / n.max(1) as f64).min(64.0);
        let start = left + ((right - left) - step * n as f64) / 2.0;
        let far = |post: bool| {
            let arcs = (1..=n).filter(|&node| (thread.parents[node] == 0) == post);
            arcs.map(|node| f64::from(spans[node])).fold(0.0, f64::max)
        };
        // Arcs are circles where there is room, else ellipses; the farthest reaches the edge.
        let field = page.room.height() - 58.0;
        let (above, below) = (far(false) * step / 2.0, far(true) * step / 2.0 * FLAT);
        let fit = (field / (above + below).max(1.0)).min(1.0);
        let (above, below) =
            if crowded { (field - STROKE - 6.0, STROKE + 6.0) } else { (above * fit, below * fit) };
        let y = page.room.top + 10.0 + above + (field - above - below) / 2.0;
        Self {
            x: order.iter().map(|&place| start + step * f64::from(place)).collect(),
            y,
            step,
            fit,
            largest: (far(false).max(1.0) * step, above),
            dates: (y + below + 20.0).min(page.room.bottom - 2.0 * SMALL * LEADING),
            crowded,
        }
    }

    /// The height of an arc over so many pixels.
    fn height(&self, pixels: f64, post: bool) -> f64 {
        if self.crowded {
            self.largest.1 * (pixels / self.largest.0).sqrt()
        } else {
            pixels / 2.0 * self.fit * if post { FLAT } else { 1.0 }
        }
    }
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

/// The colour of each comment: its author's.
struct Colors {
    of: Vec<Color>,
    legend: Vec<Key>,
}

impl Colors {
    fn new(scene: &Scene<'_>, thread: &Discussion) -> Self {
        let names = NameColors::new(thread.entries[1..].iter().filter_map(|e| e.author.as_deref()));
        let of = thread.entries.iter().map(|e| names.color(scene, e.author.as_deref())).collect();
        Self { of, legend: names.legend(scene, "authors") }
    }
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
    let mut legend = Colors::new(scene, thread).legend;
    if thread.entries.iter().any(|entry| entry.uncertain) {
        legend.push(Key::new(Sign::Dashes(scene.theme.muted), "parent uncertain"));
    }
    let next = back.iter().filter(|&&span| span == 1).count();
    let title = match (thread.len(), back.len()) {
        (1, _) => "One comment answers the post".to_owned(),
        (n, 0) => format!("{} answer the post, none another", wording::counted(n, "comment")),
        (_, _) if next == 0 => "No reply answers the comment just before it".to_owned(),
        (_, all) => format!(
            "{} of the replies answer the comment just before",
            wording::percent(next as f64 / all as f64)
        ),
    };
    let mut note = if back.is_empty() {
        "Comments in the order of time; arcs go to the post.".to_owned()
    } else {
        "Comments in the order of time. Above the line: replies to comments, in the colour of who \
         replies. Below: answers to the post."
            .to_owned()
    };
    if thread.len() > CROWD {
        note.push_str(" Heights grow with the root of the distance.");
    }
    if thread.len() > ARCS {
        let most = wording::count(ARCS as f64);
        let _ = write!(note, " At most {most} arcs are drawn, the farthest first.");
    }
    let height = if thread.len() < 6 { 300.0 } else { 540.0 };
    Heading { title, subtitle: thread.subtitle(scene), legend, note, height }
}

/// One arc: nodes of the reply and its parent, and how many arcs share its place.
struct Arc {
    node: usize,
    together: usize,
}

/// Arcs by place on the picture: those that nobody could tell apart are drawn as one.
fn strongest(thread: &Discussion, line: &Line) -> Vec<Arc> {
    let pixel = |node: usize| line.x[node].round() as i64;
    let mut places: BTreeMap<(i64, i64, bool), Arc> = BTreeMap::new();
    for node in 1..=thread.len() {
        let parent = thread.parents[node] as usize;
        if line.crowded && parent == 0 {
            continue;
        }
        let place = (pixel(parent), pixel(node), parent == 0);
        places.entry(place).or_insert(Arc { node, together: 0 }).together += 1;
    }
    let mut arcs: Vec<((i64, i64, bool), Arc)> = places.into_iter().collect();
    arcs.sort_by_key(|((a, b, _), arc)| (std::cmp::Reverse((a - b).abs()), arc.node));
    arcs.into_iter().take(ARCS).map(|(_, arc)| arc).collect()
}

fn arcs(page: &Page<'_>, thread: &Discussion, line: &Line, colors: &Colors) {
    let (canvas, theme) = (&page.canvas, &page.canvas.theme);
    let shown = strongest(thread, line);
    let crowd = (300.0 / shown.len() as f64).sqrt().min(1.0);
    canvas.group("arcs", || {
        for arc in &shown {
            let parent = thread.parents[arc.node] as usize;
            let post = parent == 0;
            let (from, to) = (line.x[parent], line.x[arc.node]);
            let apart = (to - from).abs();
            let tall = line.height(apart, post);
            let sweep = u8::from(post == (to < from));
            let curve = format!(
                "M{} {}A{} {} 0 0 {sweep} {} {}",
                number(from),
                number(line.y),
                number(apart / 2.0),
                number(tall),
                number(to),
                number(line.y),
            );
            let color = if post { theme.muted } else { colors.of[arc.node] };
            let opacity = (if post { 0.4 } else { 1.0 }) * (crowd + 0.08).min(1.0);
            let width = 1.2 + (arc.together as f64).ln() * 0.4;
            let draw = || {
                canvas.tip(tip(thread, arc.node, shown.len()));
                canvas.curve(&curve, color, width, opacity);
            };
            if thread.entries[arc.node].uncertain { canvas.dashed(draw) } else { draw() }
        }
    });
}

/// Strokes below the line instead of arcs, darker where there are many side by side.
fn answers_to_the_post(page: &Page<'_>, thread: &Discussion, line: &Line) {
    let canvas = &page.canvas;
    let mut columns: BTreeMap<i64, f64> = BTreeMap::new();
    for node in (1..=thread.len()).filter(|&node| thread.parents[node] == 0) {
        *columns.entry(line.x[node].round() as i64).or_default() += 1.0;
    }
    let most = columns.values().copied().fold(1.0, f64::max);
    canvas.group("answers to the post", || {
        for (&x, &n) in &columns {
            let path = format!("M{x} {}v{}", number(line.y + 3.0), number(STROKE));
            canvas.curve(&path, canvas.theme.muted, 1.0, 0.25 + 0.6 * n / most);
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

fn dots(page: &Page<'_>, thread: &Discussion, line: &Line, colors: &Colors) {
    let canvas = &page.canvas;
    let radius = (line.step * 0.36).clamp(0.6, 6.0);
    let (post, y) = (line.x[0], line.y);
    canvas.group("comments", || {
        canvas.tip("the post");
        canvas.rect(Rect::new(post - 5.0, y - 5.0, post + 5.0, y + 5.0), canvas.theme.ink);
        let style = Text::new(canvas.theme.muted).size(SMALL).halo(canvas.theme.background);
        canvas.label("post", (post - 5.0, y - 14.0), style, &canvas.bounds());
        if line.step < 1.0 {
            // Thousands of comments are a line.
            let end = post + line.step * thread.len() as f64;
            canvas.line(&[(post, y), (end, y)], canvas.theme.ink, 1.0);
            return;
        }
        for (node, entry) in thread.entries.iter().enumerate().skip(1) {
            canvas.tip(entry.tip());
            canvas.circle((line.x[node], y), radius, colors.of[node]);
        }
    });
}

/// Under the places of few comments their times, and the date where a new day begins; of many,
/// dates at even distances.
fn dates(page: &Page<'_>, thread: &Discussion, line: &Line) {
    let mut dated: Vec<(f64, f64)> = (1..=thread.len())
        .filter_map(|node| Some((line.x[node], thread.entries[node].time?)))
        .collect();
    dated.sort_by(|a, b| a.0.total_cmp(&b.0));
    let every = if line.step < CLOCKS { (DATES / line.step).ceil() as usize } else { 1 };
    let (Some(&(_, first)), Some(&(_, last))) = (dated.first(), dated.last()) else { return };
    let clocks = every == 1 || last - first < 4.0 * 86_400_000.0;
    let canvas = &page.canvas;
    let style = Text::new(canvas.theme.muted).size(SMALL);
    let edges = (page.room.left, page.room.right);
    let mut free = [f64::NEG_INFINITY; 2];
    let mut write = |row: usize, text: &str, x: f64| {
        let half = canvas.face.width(text, SMALL, false) / 2.0;
        let x = x.max(edges.0 + half).min(edges.1 - half);
        let at = (x, line.dates + row as f64 * style.line());
        let fits =
            x - half >= free[row] && canvas.label(text, at, style.middle(), &canvas.bounds());
        if fits {
            free[row] = x + half + 4.0;
        }
        fits
    };
    let mut day = String::new();
    canvas.group("dates", || {
        for (i, &(x, time)) in dated.iter().enumerate() {
            let date = wording::date(time);
            let new = date != day;
            if every == 1 && new && i > 0 {
                // Places are even, so only this tells that a night lies between two comments.
                let left = x - line.step / 2.0;
                let ends = [(left, page.room.top + 4.0), (left, line.dates - 9.0)];
                canvas.line(&ends, canvas.theme.grid, 1.0);
            }
            if i % every > 0 {
                continue;
            }
            if every > 1 {
                let top = line.dates - 12.0;
                canvas.line(&[(x, top), (x, top + 4.0)], canvas.theme.muted, 1.0);
            }
            if clocks {
                write(0, &wording::clock(time), x);
            }
            if new && write(usize::from(clocks), &date, x) {
                day = date;
            }
        }
    });
}
