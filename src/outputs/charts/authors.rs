//! Authors: who wrote most and who was answered most, and how unequal that is.

use super::canvas::{Canvas, Rect, Text};
use super::legend::{Key, Sign};
use super::page::{Heading, Page};
use super::plot::{Axis, Plot};
use super::scene::Scene;
use super::theme::SMALL;
use super::{Chart, Svg, scale};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "authors",
    about: "comments and replies received of the most active authors; Lorenz curve of all",
    tables: &[Table::Authors, Table::Threads],
    draw,
};

/// So many authors have a row.
const ROWS: usize = 14;
/// The height of such a row, in pixels.
const PAIR: f64 = 29.0;
/// Points of the curve at most.
const POINTS: usize = 240;

struct Author {
    name: String,
    sent: f64,
    received: f64,
}

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let authors = read(scene)?;
    if authors.is_empty() {
        let reason = "No comment names its author, so there is nobody to show.";
        return Ok(scene.nothing("Who writes", reason));
    }
    let all: f64 = authors.iter().map(|author| author.sent).sum();
    let mut ascending: Vec<f64> = authors.iter().map(|author| author.sent).collect();
    ascending.sort_by(f64::total_cmp);
    let gini = gini(&ascending);
    let (n, share) = half(&ascending);
    let mut note = String::new();
    if authors.len() > ROWS {
        note = format!(
            "The {ROWS} most active of {} authors have a bar.",
            wording::count(authors.len() as f64)
        );
    }
    let unnamed = scene.n_comments as f64 - all;
    if unnamed > 0.0 {
        note = format!(
            "{note} {} without an author left out.",
            wording::counted(unnamed as usize, "comment")
        );
    }
    let those = if (share * 100.0).round() as u64 == 50 {
        "half".to_owned()
    } else {
        wording::percent(share)
    };
    let heading = Heading {
        title: match authors.len() {
            1 => "One author wrote everything".to_owned(),
            len => format!(
                "{} of {} authors wrote {those} of the comments",
                if n == 1 { "One".to_owned() } else { wording::count(n as f64) },
                wording::count(len as f64),
            ),
        },
        subtitle: format!(
            "{} by {}",
            wording::counted(all as usize, "comment"),
            wording::counted(authors.len(), "author")
        ),
        note: note.trim().to_owned(),
        height: if authors.len() == 1 {
            220.0
        } else {
            (190.0 + PAIR * authors.len().min(ROWS) as f64).max(430.0)
        },
        ..Heading::default()
    };
    let page = Page::new(scene, &heading);
    if authors.len() == 1 {
        bars(&page, page.room, &authors);
        return Ok(page.finish());
    }
    let right =
        (page.room.width() * 0.36).min(page.room.height() - 30.0).max(page.room.width() * 0.2);
    let edge = page.room.right - right;
    bars(&page, Rect { right: edge - 34.0, ..page.room }, &authors);
    let bottom = (page.room.top + right + 40.0).min(page.room.bottom);
    lorenz(&page.canvas, Rect { left: edge, bottom, ..page.room }, &ascending, gini);
    Ok(page.finish())
}

fn bars(page: &Page<'_>, room: Rect, authors: &[Author]) {
    let (canvas, theme) = (&page.canvas, &page.canvas.theme);
    let shown = &authors[..authors.len().min(ROWS)];
    let most = shown.iter().map(|author| author.sent.max(author.received)).fold(1.0, f64::max);
    let y = Axis::categories(shown.iter().map(|author| author.name.clone()), "Authors")
        .downwards()
        .keyed(vec![
            Key::new(Sign::Square(theme.category(0)), "comments written"),
            Key::new(Sign::Square(theme.category(1)), "replies received"),
        ]);
    let ticks = super::plot::ticks_for(room.width() * 0.7, 70.0);
    let x = Axis::new(scale::counts(most * 1.08, ticks), "comments");
    let rows = PAIR * shown.len() as f64 + 80.0;
    let plot = Plot::new(
        canvas,
        Rect { bottom: room.bottom.min(room.top + rows.max(120.0)), ..room },
        &x,
        &y,
    );
    canvas.group("authors", || {
        for (i, author) in shown.iter().enumerate() {
            let row = i as f64;
            let bar = |from: f64, to: f64, n: f64, what: &str, color| {
                if n <= 0.0 {
                    return;
                }
                canvas.tip(format!("{}: {} {what}", author.name, wording::count(n)));
                plot.bar((0.0, row + from), (n, row + to), color);
                let (x, _) = plot.place(n, row);
                let y = f64::midpoint(plot.place(0.0, row + from).1, plot.place(0.0, row + to).1);
                let style = Text::new(theme.muted).size(SMALL - 0.5);
                canvas.label(&wording::count(n), (x + 4.0, y), style, &canvas.bounds());
            };
            bar(-0.44, -0.01, author.sent, "comments", theme.category(0));
            bar(0.01, 0.44, author.received, "replies received", theme.category(1));
        }
    });
}

fn lorenz(canvas: &Canvas<'_>, room: Rect, ascending: &[f64], gini: Option<f64>) {
    let theme = &canvas.theme;
    let steps = super::plot::ticks_for(room.width() * 0.8, 50.0).min(4);
    let x = Axis::new(scale::shares(1.0, steps), "share of authors, least active first");
    let y = Axis::new(scale::shares(1.0, 4), "Their share of comments");
    let plot = Plot::new(canvas, room, &x, &y);
    canvas.dashed(|| plot.line(&[(0.0, 0.0), (1.0, 1.0)], theme.muted, 1.0));
    canvas.group("Lorenz curve", || {
        let curve = curve(ascending);
        let mut ground = curve.clone();
        ground.push((0.0, 0.0));
        plot.polygon(&ground, theme.category(2), 0.12);
        canvas.tip(gini.map_or_else(String::new, |gini| format!("Gini coefficient {gini:.2}")));
        plot.line(&curve, theme.category(2), 2.0);
    });
    let text = gini.map_or_else(String::new, |gini| format!("Gini {gini:.2}"));
    let (x, y) = plot.place(0.06, 0.92);
    let style = Text::new(theme.ink).bold().halo(theme.background);
    canvas.label(&text, (x, y), style, &canvas.bounds());
    let style = Text::new(theme.muted).size(SMALL).halo(theme.background);
    let room = plot.field.width() * 0.6;
    for (i, line) in ["curve: Lorenz", "dashed: all write as much"].into_iter().enumerate() {
        if canvas.face.width(line, SMALL, false) <= room {
            canvas.label(line, (x, y + 17.0 + i as f64 * 15.0), style, &canvas.bounds());
        }
    }
}

/// Points of the Lorenz curve, from (0, 0) to (1, 1).
fn curve(ascending: &[f64]) -> Vec<(f64, f64)> {
    let all: f64 = ascending.iter().sum();
    let n = ascending.len();
    let stride = n.div_ceil(POINTS).max(1);
    let mut points = vec![(0.0, 0.0)];
    let mut sum = 0.0;
    for (i, value) in ascending.iter().enumerate() {
        sum += value;
        if (i + 1) % stride == 0 || i + 1 == n {
            points.push(((i + 1) as f64 / n as f64, sum / all));
        }
    }
    points
}

/// The Gini coefficient of ascending values; none for fewer than two.
fn gini(ascending: &[f64]) -> Option<f64> {
    let n = ascending.len() as f64;
    let sum: f64 = ascending.iter().sum();
    let weighted: f64 =
        ascending.iter().enumerate().map(|(i, value)| (i as f64 + 1.0) * value).sum();
    (n >= 2.0 && sum > 0.0).then(|| 2.0 * weighted / (n * sum) - (n + 1.0) / n)
}

/// The fewest authors who wrote at least half of the comments, and the share that they wrote.
fn half(ascending: &[f64]) -> (usize, f64) {
    let all: f64 = ascending.iter().sum();
    let mut sum = 0.0;
    for (i, value) in ascending.iter().rev().enumerate() {
        sum += value;
        if sum * 2.0 >= all {
            return (i + 1, sum / all);
        }
    }
    (ascending.len(), 1.0)
}

fn read(scene: &Scene<'_>) -> Result<Vec<Author>> {
    let columns = ["author", "n_comments", "n_replies_received"];
    let Some(rows) = scene.read(Table::Authors, &columns)? else { return Ok(Vec::new()) };
    let (sent, received) = (rows.counts("n_comments")?, rows.counts("n_replies_received")?);
    let mut authors: Vec<Author> = rows
        .texts("author")?
        .into_iter()
        .zip(sent.into_iter().zip(received))
        .filter_map(|(name, (sent, received))| Some(Author { name: name?, sent, received }))
        .collect();
    authors.sort_by(|a, b| {
        b.sent
            .total_cmp(&a.sent)
            .then(b.received.total_cmp(&a.received))
            .then_with(|| a.name.cmp(&b.name))
    });
    Ok(authors)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these values are exact")]
mod tests {
    use super::*;

    #[test]
    fn inequality_by_hand() {
        assert_eq!(gini(&[1.0]), None);
        assert_eq!(gini(&[2.0, 2.0, 2.0]), Some(0.0));
        // The seed thread: 24 comments of nine authors.
        let seed = [1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 6.0, 6.0];
        assert!(gini(&seed).is_some_and(|gini| (gini - 0.361_111_1).abs() < 1e-6));
        assert_eq!(half(&seed), (2, 0.5));
        assert_eq!(curve(&[1.0, 3.0]), [(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)]);
        assert!(curve(&vec![1.0; 100_000]).len() <= POINTS + 2);
    }
}
