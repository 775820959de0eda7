//! The reply tree, drawn with lines: author, time, first words.
//!
//! Made from the comments table alone, one thread after the other. Every line fits the width of
//! the terminal. Uncertain parents are marked with `?` and a note below the tree names their
//! runner-up. Nothing recurses: replies may be nested 100,000 deep, and beyond half of the width
//! the lines of the tree are replaced by the depth as a number.

use std::fmt::Write as _;

use polars::prelude::col;

use super::cells::Cells;
use super::look::{Look, Paint};
use super::nodes::{Nodes, each_thread, when};
use super::wording;
use crate::error::Result;
use crate::frames::{Table, Tables};
use crate::text::width::{columns, harmless, wrap};

/// What of a run is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only this thread. Default: all.
    pub thread: Option<String>,
    /// No replies below this depth, only their number. Default: all.
    pub depth: Option<u32>,
}

/// Draws the trees of a run; `write` takes the text of one thread at a time. Hands back how many
/// threads there were.
pub fn trees(
    tables: &Tables,
    selection: &Selection,
    look: &Look,
    write: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<usize> {
    let deepest = selection.depth.unwrap_or(u32::MAX);
    let wanted = |id: &str| selection.thread.as_deref().is_none_or(|thread| thread == id);
    let columns = [col("thread_id"), col("title"), col("source")];
    let threads = tables.lazy(Table::Threads).select(columns);
    let threads = Cells::collect(tables, threads, "list the threads")?;
    let ids = threads.texts("thread_id")?;
    let titles = threads.texts("title")?;
    let sources = threads.texts("source")?;
    let titles: Vec<String> = titles.into_iter().zip(sources).map(title).collect();
    let mut n_drawn = 0;
    let mut draw = |row: usize, nodes: Option<&Nodes>| {
        if !wanted(ids[row].as_deref().unwrap_or_default()) {
            return Ok(());
        }
        let gap = if n_drawn > 0 { "\n" } else { "" };
        n_drawn += 1;
        write(&format!("{gap}{}", tree(&titles[row], nodes, deepest, look)))
    };
    // Threads without comments have no rows among the comments: they come when the next one does.
    let mut next = 0;
    each_thread(tables, |id, nodes| {
        while next < ids.len() {
            next += 1;
            if ids[next - 1].as_deref() == Some(id) {
                return draw(next - 1, Some(nodes));
            }
            draw(next - 1, None)?;
        }
        Ok(())
    })?;
    (next..ids.len()).try_for_each(|row| draw(row, None))?;
    Ok(n_drawn)
}

/// The title of a thread, or else where it was read.
fn title((title, source): (Option<String>, Option<String>)) -> String {
    let title = title.filter(|title| !title.trim().is_empty());
    title.or(source).unwrap_or_default()
}

/// One thread.
fn tree(title: &str, nodes: Option<&Nodes>, deepest: u32, look: &Look) -> String {
    let mut text = String::new();
    let title = look.shorten(&harmless(title), look.columns());
    let _ = writeln!(text, "{}", look.paint(Paint::Heading, &title));
    let Some(nodes) = nodes.filter(|nodes| !nodes.ids.is_empty()) else {
        text.push_str("no comments\n");
        return text;
    };
    let facts = look.shorten(&facts(nodes, look), look.columns());
    let _ = writeln!(text, "{}", look.paint(Paint::Faint, &facts));
    let calendar = Calendar::of(nodes);
    let mut doubts = Vec::new();
    let mut assumed = 0;
    let mut branch = Branch { open: Vec::new(), look };
    for (row, depth, has_sibling) in nodes.walk(deepest) {
        let lead = branch.enter(depth, has_sibling);
        line(&mut text, nodes, row, &lead, &calendar, look);
        if nodes.is_assumed(row) {
            assumed += 1;
        } else if nodes.is_uncertain(row) {
            doubts.push(doubt(nodes, row, &calendar));
        }
        if depth >= deepest && nodes.descendants[row] > 0 {
            let lead = branch.enter(depth + 1, false);
            let more = wording::counted(nodes.descendants[row] as usize, "more reply");
            let more = look.shorten(&more, look.columns().saturating_sub(columns(&lead)));
            let _ = writeln!(text, "{}", look.paint(Paint::Faint, &format!("{lead}{more}")));
        }
    }
    if assumed > 0 {
        doubts.push(format!("? {}", wording::assumed(assumed)));
    }
    if !doubts.is_empty() {
        text.push('\n');
    }
    for doubt in doubts {
        for (i, line) in wrap(&doubt, look.columns() - 2).iter().enumerate() {
            let indent = if i == 0 { "" } else { "  " };
            let _ = writeln!(text, "{}", look.paint(Paint::Doubt, &format!("{indent}{line}")));
        }
    }
    text
}

/// What is uncertain about a parent, in the words by which the tree shows comments.
fn doubt(nodes: &Nodes, row: usize, calendar: &Calendar) -> String {
    let told = |row: usize| match nodes.times[row] {
        Some(time) => {
            let time = calendar.write(time, nodes.precisions[row].as_deref());
            format!("{} ({time})", wording::marked(&nodes.name(row)))
        }
        None => {
            format!("{}, comment {}", wording::marked(&nodes.name(row)), nodes.positions[row])
        }
    };
    let sure = wording::percent(nodes.confidences[row]);
    let parent = nodes.parents[row].map_or_else(|| "the post".to_owned(), told);
    let start = format!("? {} answers {parent} with {sure}", told(row));
    match nodes.runners_up[row] {
        None => start,
        Some(0) => format!("{start}, else the post"),
        Some(position) => {
            let other = nodes.positions.iter().position(|&p| p == position);
            let other = other.map_or_else(|| format!("comment {position}"), told);
            format!("{start}, else {other}")
        }
    }
}

/// How many comments there are, and when they were written.
fn facts(nodes: &Nodes, look: &Look) -> String {
    let n = nodes.kinds.iter().filter(|kind| *kind != "placeholder").count();
    let times = || nodes.times.iter().flatten();
    let comments = wording::counted(n, "comment");
    let Some((&first, &last)) = times().min().zip(times().max()) else { return comments };
    let dates = wording::dates(first as f64, last as f64);
    let dates = if look.ascii { dates.replace('–', "-") } else { dates };
    format!("{comments} {} {dates}", look.glyphs().dot)
}

/// One comment: lines of the tree, mark, author, time, first words.
fn line(
    text: &mut String,
    nodes: &Nodes,
    row: usize,
    lead: &str,
    calendar: &Calendar,
    look: &Look,
) {
    let joint = format!(" {} ", look.glyphs().dot);
    let room = look.columns().saturating_sub(columns(lead));
    let mark = if nodes.is_uncertain(row) { "? " } else { "" };
    let widest = (room / 3).max(12).min(room.saturating_sub(mark.len()));
    let name = look.shorten(&nodes.name(row), widest);
    let mut used = mark.len() + columns(&name);
    let _ = write!(
        text,
        "{}{}{}",
        look.paint(Paint::Faint, lead),
        look.paint(Paint::Doubt, mark),
        look.paint(Paint::Name, &wording::marked(&name))
    );
    let time = nodes.times[row].map(|t| calendar.write(t, nodes.precisions[row].as_deref()));
    if let Some(time) = time.filter(|time| used + columns(&joint) + columns(time) <= room) {
        used += columns(&joint) + columns(&time);
        let _ = write!(text, "{}", look.paint(Paint::Faint, &format!("{joint}{time}")));
    }
    let words = harmless(&nodes.texts[row]);
    let words = match nodes.kinds[row].as_str() {
        "pingback" => format!("[pingback] {words}"),
        "deleted" if words.is_empty() => "[text removed]".to_owned(),
        _ => words.into_owned(),
    };
    let left = room.saturating_sub(used + 2);
    if left >= 6 && !words.is_empty() {
        let _ = write!(text, "  {}", look.shorten(&words, left));
    }
    text.push('\n');
}

/// Writes times, without the year where all comments share one.
struct Calendar {
    year: Option<String>,
}

impl Calendar {
    fn of(nodes: &Nodes) -> Self {
        let mut years = nodes.times.iter().flatten().map(|&t| wording::year(t as f64));
        let first = years.next();
        Self { year: first.filter(|first| years.all(|year| year == *first)) }
    }

    fn write(&self, millis: i64, precision: Option<&str>) -> String {
        let time = when(millis, precision);
        match &self.year {
            Some(year) => time.replacen(&format!(" {year},"), "", 1),
            None => time,
        }
    }
}

/// The lines before a comment.
struct Branch<'a> {
    /// For each level above, whether a later sibling follows.
    open: Vec<bool>,
    look: &'a Look,
}

impl Branch<'_> {
    /// The lines before a comment, and what its replies will need of it.
    fn enter(&mut self, depth: u32, has_sibling: bool) -> String {
        self.open.truncate(depth as usize - 1);
        let lead = self.lead(depth, has_sibling);
        self.open.push(has_sibling);
        lead
    }

    fn lead(&self, depth: u32, has_sibling: bool) -> String {
        let glyphs = self.look.glyphs();
        let fork = if has_sibling { glyphs.tee } else { glyphs.corner };
        let levels = depth as usize - 1;
        // Half of the width belongs to the words, however deep the branch.
        let most = (self.look.columns() / 2 / 3).saturating_sub(3);
        if levels > most {
            let label = format!("{} {depth} ", glyphs.ellipsis);
            return format!("{}{label}{fork}", self.pipes(most.saturating_sub(2)));
        }
        format!("{}{fork}", self.pipes(levels))
    }

    fn pipes(&self, levels: usize) -> String {
        let glyphs = self.look.glyphs();
        self.open.iter().take(levels).map(|&o| if o { glyphs.pipe } else { glyphs.blank }).collect()
    }
}
