//! Where the marks of a reply tree stand: on their depths by the tidy layout, or in time on a row for
//! each branch.

use super::super::calendar;
use super::super::canvas::{Rect, Text};
use super::super::condense::Mark;
use super::super::discussion::Discussion;
use super::super::page::Page;
use super::super::plot::ticks_for;
use super::super::theme::MARGIN;
use super::super::tidy::tidy;
use super::names::{NAME, name};

/// Up to so many marks, each has room for a name.
const NAMED: usize = 64;
/// Levels are at most so far apart.
pub(super) const COLUMN: f64 = 190.0;
/// Radius of the largest dot.
const LARGE: f64 = 10.0;
/// The same in time, where comments may stand close to each other.
const CLOSE: f64 = 6.5;
/// Of fewer comments below it, no dot is as large as that.
const FULL: f64 = 6.0;

/// How large marks are: their areas tell how many comments hang below them.
pub(super) struct Scale {
    /// Radius of a comment without replies.
    small: f64,
    /// Radius of one with `full` comments below it.
    large: f64,
    full: f64,
}

impl Scale {
    /// The radius of a mark with so many comments below it; larger than the largest only for many
    /// comments together, and then not by much.
    pub(super) fn radius(&self, below: f64) -> f64 {
        self.small + (self.large - self.small) * (below / self.full).min(1.6).sqrt()
    }
}

/// Where marks stand across the direction of growth, and how large they are.
pub(super) struct Layout {
    across: Vec<f64>,
    /// The radius of each mark.
    pub(super) radii: Vec<f64>,
    pub(super) scale: Scale,
    /// Comments below the comment with the most.
    pub(super) most: f64,
    extent: f64,
    pub(super) by_time: bool,
    /// There is room for names.
    pub(super) named: bool,
}

impl Layout {
    pub(super) fn new(thread: &Discussion, marks: &[Mark], by_time: bool, width: f64) -> Self {
        let named = marks.len() <= NAMED;
        let parents: Vec<u32> = marks.iter().map(|mark| mark.parent).collect();
        let small = if named { 3.5 } else { 2.0 };
        let below = |mark: &Mark| match mark.together {
            0 => f64::from(thread.sizes[mark.node as usize]) - 1.0,
            n => f64::from(n),
        };
        let single = marks.iter().skip(1).filter(|mark| mark.together == 0);
        let most = single.map(below).fold(1.0, f64::max);
        // Neighbors in a chain do not touch.
        let deepest = marks.iter().map(|mark| depth(thread, mark)).max().unwrap_or(1).max(1);
        let column = (width - 2.0 * MARGIN) / f64::from(deepest + 1);
        let large = if by_time { CLOSE } else { LARGE.min(column * 0.44).max(small + 1.0) };
        let scale = Scale { small, large, full: most.max(FULL) };
        let radii: Vec<f64> = marks.iter().map(|mark| scale.radius(below(mark))).collect();
        let breadths: Vec<f64> =
            radii.iter().map(|radius| if named { 24.0 } else { 2.0 * radius + 1.6 }).collect();
        let across = if by_time { rows(&parents, &breadths) } else { tidy(&parents, &breadths) };
        let extent = across.iter().copied().fold(0.0, f64::max);
        Self { across, radii, scale, most, extent, by_time, named }
    }

    /// The height that suits the tree.
    pub(super) fn height(&self) -> f64 {
        self.extent.clamp(60.0, 1_500.0) + if self.by_time { 70.0 } else { 34.0 }
    }

    pub(super) fn places(
        &self,
        page: &Page<'_>,
        thread: &Discussion,
        marks: &[Mark],
    ) -> Vec<(f64, f64)> {
        let room = page.room;
        let axis = if self.by_time { 40.0 } else { 0.0 };
        let field = Rect::new(
            room.left + 10.0,
            room.top + if self.named { 18.0 } else { 14.0 },
            room.right - 12.0,
            room.bottom - 14.0 - axis,
        );
        let fit = (field.height() / self.extent.max(1.0)).min(if self.named { 1.15 } else { 1.0 });
        let top = field.top + (field.height() - self.extent * fit) / 2.0;
        let depth = |mark: &Mark| depth(thread, mark);
        let deepest = marks.iter().map(depth).max().unwrap_or(1).max(1);
        // The names of the deepest comments stand to the right of them.
        let tail = if self.named { tail(page, thread, marks, deepest) } else { 0.0 };
        let column = ((field.width() - tail) / f64::from(deepest)).min(COLUMN);
        // All branches leave the post, so the first column needs room for their bends.
        let lead = (field.width() * 0.08).min((COLUMN - column).max(0.0)).min(60.0);
        let column = column.min((field.width() - tail - lead) / f64::from(deepest));
        // Names of the last comments stand behind them.
        let behind = if self.named { (field.width() * 0.16).min(120.0) } else { 30.0 };
        let course = Rect { right: field.right - behind, ..field };
        let times = self.by_time.then(|| time_axis(page, thread, course));
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

/// Room for the names of the deepest comments.
fn tail(page: &Page<'_>, thread: &Discussion, marks: &[Mark], deepest: u32) -> f64 {
    let last = marks.iter().filter(|mark| depth(thread, mark) == deepest);
    let width = |mark: &Mark| page.canvas.face.width(&name(thread, mark), NAME, false);
    last.map(width).fold(40.0, f64::max).min(page.room.width() * 0.2) + 14.0
}

/// The depth on which a mark stands: several together stand where each of them would.
fn depth(thread: &Discussion, mark: &Mark) -> u32 {
    thread.depths[mark.node as usize] + u32::from(mark.together > 0)
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
    let (left, width) = (field.left + 30.0, field.width() - 30.0);
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
