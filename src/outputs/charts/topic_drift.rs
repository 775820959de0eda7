//! Topic drift: from what a comment is about to what its replies are about, as a flow.
//!
//! A pair of a comment and its reply counts once; where either has several topics, it is shared
//! out among them in equal parts.

use std::collections::BTreeMap;

use polars::prelude::{DataType, JoinArgs, JoinType, LazyFrame, col, len, lit};

use super::canvas::{Rect, Text};
use super::page::{Heading, Page};
use super::scene::Scene;
use super::sheet::number;
use super::theme::Color;
use super::{Chart, Svg};
use crate::error::Result;
use crate::frames::Table;
use crate::outputs::wording;

/// The chart.
pub(super) const CHART: Chart = Chart {
    name: "topic_drift",
    about: "flow from the topics of comments to the topics of their replies",
    tables: &[Table::Comments, Table::Topics, Table::Threads],
    draw,
};

const TITLE: &str = "How topics drift";
const NONE: &str = "no topic";
const OTHERS: &str = "other topics";
/// So many topics have a colour and a band of their own.
const TOPICS: usize = 6;
/// Width of the bars at both ends.
const BAR: f64 = 14.0;

fn draw(scene: &Scene<'_>) -> Result<Svg> {
    let topics = scene.topic_names(TOPICS)?;
    let flows = read(scene, &topics)?;
    let all: f64 = flows.values().sum();
    if topics.is_empty() || all <= 0.0 {
        return Ok(scene.nothing(TITLE, "No comment on a topic answers another or is answered."));
    }
    let mut names = topics;
    names.extend([OTHERS.to_owned(), NONE.to_owned()]);
    let color = |i: usize| {
        if i < TOPICS.min(names.len() - 2) { scene.theme.category(i) } else { scene.theme.rest }
    };
    let unnamed = names.len() - 1;
    let on_topic: f64 = flows.iter().filter(|((from, _), _)| *from < unnamed).map(|(_, n)| n).sum();
    let kept: f64 =
        flows.iter().filter(|((from, to), _)| from == to && *from < unnamed).map(|(_, n)| n).sum();
    let heading = Heading {
        title: if on_topic > 0.0 {
            format!("{} of the replies to a topic stay on it", wording::percent(kept / on_topic))
        } else {
            "Topics begin in replies".to_owned()
        },
        subtitle: format!(
            "{} to comments: what the comment is about, and what the reply is about",
            wording::counted(all.round() as usize, "reply")
        ),
        note: "A band is as wide as the replies it stands for; pairs with several topics are \
               shared out in equal parts."
            .to_owned(),
        height: 540.0,
        ..Heading::default()
    };
    let page = Page::new(scene, &heading);
    let flow = Flow { names: &names, flows: &flows, all };
    flow.draw(&page, color);
    Ok(page.finish())
}

struct Flow<'a> {
    names: &'a [String],
    flows: &'a BTreeMap<(usize, usize), f64>,
    all: f64,
}

impl Flow<'_> {
    fn draw(&self, page: &Page<'_>, color: impl Fn(usize) -> Color) {
        let (canvas, theme) = (&page.canvas, &page.canvas.theme);
        let head = Text::new(theme.muted);
        let side = (page.room.width() * 0.24).min(210.0);
        let (left, right) = (page.room.left + side, page.room.right - side);
        let top = page.room.top + head.line() + 10.0;
        let y = page.room.top + head.line() / 2.0;
        canvas.label("the comment", (left - 8.0, y), head.end(), &canvas.bounds());
        canvas.label("its replies", (right + 8.0, y), head, &canvas.bounds());

        let sums = |end: fn(&(usize, usize)) -> usize| {
            let mut sums = vec![0.0; self.names.len()];
            self.flows.iter().for_each(|(pair, n)| sums[end(pair)] += n);
            sums
        };
        let (from, to) = (sums(|pair| pair.0), sums(|pair| pair.1));
        let shown = |sums: &[f64]| sums.iter().filter(|&&n| n > 0.0).count().max(1);
        // Room between the bars, so that a name fits beside the thinnest.
        let gap = 20.0;
        let gaps = gap * (shown(&from).max(shown(&to)) as f64 - 1.0);
        let unit = (page.room.bottom - top - gaps - 14.0) / self.all;
        let starts = |sums: &[f64]| {
            let mut y = top + 6.0;
            let place = |&n: &f64| {
                let start = y;
                y += if n > 0.0 { n * unit + gap } else { 0.0 };
                start
            };
            sums.iter().map(place).collect::<Vec<f64>>()
        };
        let (lefts, rights) = (starts(&from), starts(&to));
        canvas.group("flows", || {
            let (mut out, mut into) = (lefts.clone(), rights.clone());
            for (&(a, b), n) in self.flows {
                let (height, y0, y1) = (n * unit, out[a], into[b]);
                out[a] += height;
                into[b] += height;
                canvas.tip(format!(
                    "{} → {}: {} replies",
                    self.names[a],
                    self.names[b],
                    amount(*n)
                ));
                let (x0, x1) = (left + BAR, right - BAR);
                canvas.polygon(
                    &band((x0, y0), (x1, y1), height),
                    color(a),
                    if a == b { 0.6 } else { 0.32 },
                );
            }
        });
        canvas.group("topics", || {
            for (i, name) in self.names.iter().enumerate() {
                let ends =
                    [(from[i], lefts[i], left, true), (to[i], rights[i], right - BAR, false)];
                for (n, start, x, is_left) in ends {
                    if n <= 0.0 {
                        continue;
                    }
                    canvas.tip(format!("{name}: {} replies", amount(n)));
                    canvas.rect(Rect::new(x, start, x + BAR, start + n * unit), color(i));
                    let share = format!(" ({})", wording::percent(n / self.all));
                    let room = side - 10.0 - canvas.face.width(&share, head.size, false);
                    let name = canvas.face.shorten(name, head.size, false, room);
                    let short = format!("{}{share}", wording::isolated(&name));
                    let style = Text::new(theme.ink);
                    let (at, style) =
                        if is_left { (x - 8.0, style.end()) } else { (x + BAR + 8.0, style) };
                    canvas.label(&short, (at, start + n * unit / 2.0), style, &canvas.bounds());
                }
            }
        });
    }
}

/// Parts of replies: `2`, `2.5`.
fn amount(n: f64) -> String {
    if (n - n.round()).abs() < 0.005 { wording::count(n) } else { number(n) }
}

/// A band of a height from the left to the right, bent like an S.
fn band((x0, y0): (f64, f64), (x1, y1): (f64, f64), height: f64) -> Vec<(f64, f64)> {
    const STEPS: i32 = 28;
    let edge = |step: i32| {
        let t = f64::from(step) / f64::from(STEPS);
        (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t * t * (3.0 - 2.0 * t))
    };
    let upper = (0..=STEPS).map(edge);
    let lower = (0..=STEPS).rev().map(edge).map(|(x, y)| (x, y + height));
    upper.chain(lower).collect()
}

/// Replies by topic of the comment and topic of the reply: places in `topics`, then others, none.
fn read(scene: &Scene<'_>, topics: &[String]) -> Result<BTreeMap<(usize, usize), f64>> {
    let Some(comments) = scene.query(Table::Comments)? else { return Ok(BTreeMap::new()) };
    let join = |left: LazyFrame, right: LazyFrame| {
        let keys = |id: &str| [col("thread_id"), col(id)];
        left.join(right, keys("parent_id"), keys("comment_id"), JoinArgs::new(JoinType::Inner))
    };
    let text = |topics: &str, name: &str| {
        col(topics).list().join(lit("\u{1f}"), true).cast(DataType::String).alias(name)
    };
    let replies = comments.clone().filter(col("parent_id").is_not_null()).select([
        col("thread_id"),
        col("parent_id"),
        text("topics", "to"),
    ]);
    let parents = comments.select([col("thread_id"), col("comment_id"), text("topics", "from")]);
    let pairs = join(replies, parents).group_by([col("from"), col("to")]).agg([len().alias("n")]);
    let rows = scene.collect(pairs)?;
    let place = |name: &str| topics.iter().position(|topic| topic == name).unwrap_or(topics.len());
    let places = |names: Option<&String>| -> Vec<usize> {
        let names = names.map(String::as_str).unwrap_or_default();
        let list: Vec<usize> =
            names.split('\u{1f}').filter(|name| !name.is_empty()).map(place).collect();
        if list.is_empty() { vec![topics.len() + 1] } else { list }
    };
    let mut flows: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let (from, to) = (rows.texts("from")?, rows.texts("to")?);
    let mut pairs: Vec<_> = from.iter().zip(&to).zip(rows.counts("n")?).collect();
    // Sums of fractions depend on their order, and groups come in any.
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    for ((from, to), n) in pairs {
        let (from, to) = (places(from.as_ref()), places(to.as_ref()));
        let part = n / (from.len() * to.len()) as f64;
        for &a in &from {
            for &b in &to {
                *flows.entry((a, b)).or_default() += part;
            }
        }
    }
    Ok(flows)
}
