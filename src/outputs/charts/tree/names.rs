//! What is written beside the marks of a reply tree: names where there are few, numbers beside the
//! largest squares where there are many.

use super::super::canvas::Text;
use super::super::condense::Mark;
use super::super::discussion::Discussion;
use super::super::page::Page;
use super::super::theme::SMALL;
use super::bend;
use super::layout::Layout;
use crate::outputs::wording;

/// Size of a name.
pub(super) const NAME: f64 = 11.5;
/// A name that is shortened to less says nothing.
const LEAST: f64 = 24.0;
/// Half the height of a name, and a little air.
const HALF: f64 = 7.5;
/// So many squares have their number.
const NUMBERS: usize = 6;

/// Who wrote it, or how many comments are together.
pub(super) fn name(thread: &Discussion, mark: &Mark) -> String {
    if mark.together > 0 {
        return wording::count(f64::from(mark.together));
    }
    thread.entries[mark.node as usize].author.clone().unwrap_or_default()
}

/// Names beside the dots: above the line that leaves a dot, or behind a dot that none leaves.
pub(super) fn names(
    page: &Page<'_>,
    thread: &Discussion,
    marks: &[Mark],
    places: &[(f64, f64)],
    layout: &Layout,
) {
    let canvas = &page.canvas;
    let mut leaf = vec![true; marks.len()];
    marks.iter().skip(1).for_each(|mark| leaf[mark.parent as usize] = false);
    let style = Text::new(canvas.theme.ink).size(NAME).halo(canvas.theme.background);
    canvas.group("names", || {
        for (i, mark) in marks.iter().enumerate().skip(1) {
            let ((x, y), radius) = (places[i], layout.radii[i]);
            let start = x + radius + if leaf[i] { 5.0 } else { 1.0 };
            let y = if leaf[i] { y } else { y - 9.0 - (radius - 6.0).max(0.0) * 0.3 };
            let end = free(marks, places, layout, (x, y)).min(page.room.right);
            let name = name(thread, mark);
            let short = canvas.face.shorten(&name, style.size, false, end - start);
            if end - start >= LEAST || short == name {
                canvas.label(&short, (start, y), style, &canvas.bounds());
            }
        }
    });
}

/// The place of the first mark or link to the right that a text on this height would run into.
fn free(marks: &[Mark], places: &[(f64, f64)], layout: &Layout, (x, y): (f64, f64)) -> f64 {
    let mut end = f64::INFINITY;
    for (i, mark) in marks.iter().enumerate().skip(1) {
        let (to, from) = (places[i], places[mark.parent as usize]);
        if to.0 > x + 1.0 && (to.1 - y).abs() < HALF + layout.radii[i] {
            end = end.min(to.0 - layout.radii[i] - 4.0);
        }
        let turn = to.0 - bend(from.0, to.0);
        let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
        if bottom - top > 1.0 && turn > x + 1.0 && top < y + HALF && bottom > y - HALF {
            end = end.min(turn - 2.0);
        }
    }
    end
}

/// How many comments the largest squares stand for.
pub(super) fn numbers(page: &Page<'_>, marks: &[Mark], places: &[(f64, f64)], layout: &Layout) {
    let canvas = &page.canvas;
    let all: u32 = marks.iter().map(|mark| mark.together).sum();
    let mut squares: Vec<usize> = (0..marks.len()).filter(|&i| marks[i].together > 9).collect();
    squares.sort_by_key(|&i| (std::cmp::Reverse(marks[i].together), i));
    let style = Text::new(canvas.theme.ink).size(SMALL).halo(canvas.theme.background);
    canvas.group("numbers", || {
        for &i in squares.iter().take(NUMBERS).filter(|&&i| marks[i].together > all / 50) {
            let text = wording::count(f64::from(marks[i].together));
            let at = (places[i].0 + layout.radii[i] + 5.0, places[i].1);
            canvas.label(&text, at, style, &canvas.bounds());
        }
    });
}
