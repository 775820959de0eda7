//! The reply tree, drawn with lines: author, time, first words.
//!
//! Made from the comments table alone, one thread after the other. Every line fits the width of
//! the terminal. Uncertain parents are marked with `?` and a note below the tree names their
//! runner-up. Nothing recurses: replies may be nested 100,000 deep, and beyond half of the width
//! the lines of the tree are replaced by the depth as a number.

use std::fmt::Write as _;

use polars::prelude::{col, lit};

use super::cells::Cells;
use super::look::{Look, Paint};
use super::wording;
use crate::error::Result;
use crate::frames::{Table, Tables};
use crate::text::width::{columns, harmless};

/// What of a run is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only this thread. Default: all.
    pub thread: Option<String>,
    /// No replies below this depth, only their number. Default: all.
    pub depth: Option<u32>,
}

/// Draws the trees of a run; `write` takes the text of one thread at a time.
pub fn trees(
    tables: &Tables,
    selection: &Selection,
    look: &Look,
    write: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<usize> {
    let mut query = tables.lazy(Table::Threads);
    if let Some(id) = &selection.thread {
        query = query.filter(col("thread_id").eq(lit(id.as_str())));
    }
    let threads = Cells::collect(tables, query, "list the threads")?;
    let ids = threads.texts("thread_id")?;
    let titles = threads.texts("title")?;
    let sources = threads.texts("source")?;
    for (row, id) in ids.iter().enumerate() {
        let id = id.as_deref().unwrap_or_default();
        let comments = tables.lazy(Table::Comments).filter(col("thread_id").eq(lit(id)));
        let nodes = Nodes::read(&Cells::collect(tables, comments, "read the comments")?)?;
        let title = titles[row].as_deref().filter(|title| !title.trim().is_empty());
        let title = title.or(sources[row].as_deref()).unwrap_or(id);
        let mut text = if row > 0 { "\n".to_owned() } else { String::new() };
        text.push_str(&nodes.draw(title, selection.depth.unwrap_or(u32::MAX), look));
        write(&text)?;
    }
    Ok(ids.len())
}

/// The comments of one thread, by row, with their replies.
struct Nodes {
    ids: Vec<String>,
    authors: Vec<Option<String>>,
    times: Vec<Option<i64>>,
    precisions: Vec<Option<String>>,
    kinds: Vec<String>,
    texts: Vec<String>,
    positions: Vec<i64>,
    confidences: Vec<f64>,
    runners_up: Vec<Option<i64>>,
    descendants: Vec<i64>,
    /// For each row its replies in page order; the last entry holds those to the post.
    replies: Vec<Vec<u32>>,
}

/// A link below this confidence is marked.
const CERTAIN: f64 = 0.9;

impl Nodes {
    fn read(cells: &Cells) -> Result<Self> {
        let text = |name: &str| -> Result<Vec<String>> {
            Ok(cells.texts(name)?.into_iter().map(Option::unwrap_or_default).collect())
        };
        let int = |name: &str| -> Result<Vec<i64>> {
            Ok(cells.ints(name)?.into_iter().map(Option::unwrap_or_default).collect())
        };
        let ids = text("comment_id")?;
        let positions = int("position")?;
        let replies = replies(&ids, &cells.texts("parent_id")?, &positions);
        Ok(Self {
            authors: cells.texts("author")?,
            times: cells.ints("created_at")?,
            precisions: cells.texts("created_precision")?,
            kinds: text("kind")?,
            texts: text("text")?,
            confidences: cells.reals("confidence")?.into_iter().map(|c| c.unwrap_or(1.0)).collect(),
            runners_up: cells.ints("runner_up_position")?,
            descendants: int("n_descendants")?,
            ids,
            positions,
            replies,
        })
    }

    fn draw(&self, title: &str, deepest: u32, look: &Look) -> String {
        let mut text = String::new();
        let title = look.shorten(&harmless(title), look.columns());
        let _ = writeln!(text, "{}", look.paint(Paint::Heading, &title));
        if self.ids.is_empty() {
            text.push_str("no comments\n");
            return text;
        }
        let mut notes = Vec::new();
        let mut branch = Branch { open: Vec::new(), look };
        // Rows still to be drawn, the next one last, each with its depth and whether it has a
        // later sibling.
        let mut pending = Vec::new();
        let push = |pending: &mut Vec<(u32, u32, bool)>, of: usize, depth: u32| {
            let replies = &self.replies[of];
            for (i, &row) in replies.iter().enumerate().rev() {
                pending.push((row, depth, i + 1 < replies.len()));
            }
        };
        push(&mut pending, self.ids.len(), 1);
        while let Some((row, depth, has_sibling)) = pending.pop() {
            let row = row as usize;
            branch.open.truncate(depth as usize - 1);
            let lead = branch.lead(depth, has_sibling);
            branch.open.push(has_sibling);
            self.line(&mut text, row, &lead, look, &mut notes);
            if depth < deepest {
                push(&mut pending, row, depth + 1);
            } else if self.descendants[row] > 0 {
                let lead = branch.lead(depth + 1, false);
                let more = wording::counted(self.descendants[row] as usize, "more reply");
                let more = look.shorten(&more, look.columns().saturating_sub(columns(&lead)));
                let _ = writeln!(text, "{}", look.paint(Paint::Faint, &format!("{lead}{more}")));
            }
        }
        if !notes.is_empty() {
            text.push('\n');
            for note in notes {
                let note = look.shorten(&note, look.columns());
                let _ = writeln!(text, "{}", look.paint(Paint::Doubt, &note));
            }
        }
        text
    }

    /// One comment: lines of the tree, mark, author, time, first words.
    fn line(
        &self,
        text: &mut String,
        row: usize,
        lead: &str,
        look: &Look,
        notes: &mut Vec<String>,
    ) {
        let glyphs = look.glyphs();
        let room = look.columns().saturating_sub(columns(lead));
        let kind = self.kinds[row].as_str();
        let name = match (kind, &self.authors[row]) {
            ("placeholder", _) => "[not on this page]".to_owned(),
            (_, Some(author)) => harmless(author).into_owned(),
            ("deleted", None) => "[deleted]".to_owned(),
            (_, None) => "[unknown]".to_owned(),
        };
        let is_uncertain = self.confidences[row] < CERTAIN && kind != "placeholder";
        let mark = if is_uncertain { "? " } else { "" };
        if is_uncertain {
            notes.push(self.note(row, &name));
        }
        let name = look.shorten(&name, (room * 2 / 5).max(12).min(room.saturating_sub(mark.len())));
        let time = self.times[row].map(|t| when(t, self.precisions[row].as_deref()));
        let mut used = mark.len() + columns(&name);
        let _ = write!(
            text,
            "{}{}{}",
            look.paint(Paint::Faint, lead),
            look.paint(Paint::Doubt, mark),
            look.paint(Paint::Name, &name)
        );
        let joint = format!(" {} ", glyphs.dot);
        if let Some(time) = time.filter(|time| used + columns(&joint) + columns(time) <= room) {
            used += columns(&joint) + columns(&time);
            let _ = write!(text, "{}", look.paint(Paint::Faint, &format!("{joint}{time}")));
        }
        let words = match kind {
            "pingback" => format!("[pingback] {}", harmless(&self.texts[row])),
            "deleted" if self.texts[row].trim().is_empty() => "[text removed]".to_owned(),
            _ => harmless(&self.texts[row]).into_owned(),
        };
        let left = room.saturating_sub(used + 2);
        if left >= 6 && !words.is_empty() {
            let _ = write!(text, "  {}", look.shorten(&words, left));
        }
        text.push('\n');
    }

    /// What is uncertain about a parent.
    fn note(&self, row: usize, name: &str) -> String {
        let at = |position: i64| {
            if position == 0 {
                return "the post".to_owned();
            }
            let author = self
                .positions
                .iter()
                .position(|&p| p == position)
                .and_then(|row| self.authors[row].as_deref());
            match author {
                Some(author) => format!("{position} by {}", harmless(author)),
                None => position.to_string(),
            }
        };
        let mut note = format!(
            "? {} by {name}: this parent with {}",
            self.positions[row],
            wording::percent(self.confidences[row])
        );
        if let Some(runner_up) = self.runners_up[row] {
            let _ = write!(note, ", else {}", at(runner_up));
        }
        note
    }
}

/// For each row its replies, and those to the post last. Placeholders are not on the page: they
/// stand where the first reply to them stands.
fn replies(ids: &[String], parents: &[Option<String>], positions: &[i64]) -> Vec<Vec<u32>> {
    let by_id: std::collections::HashMap<&str, usize> =
        ids.iter().enumerate().map(|(row, id)| (id.as_str(), row)).collect();
    let parent_of: Vec<usize> = parents
        .iter()
        .map(|p| p.as_deref().and_then(|p| by_id.get(p).copied()).unwrap_or(ids.len()))
        .collect();
    let mut places: Vec<i64> =
        positions.iter().map(|&p| if p == 0 { i64::MAX } else { p }).collect();
    // Placeholders follow the comments, and one may answer another: the last first.
    for row in (0..ids.len()).rev().chain(0..ids.len()) {
        let parent = parent_of[row];
        if parent < ids.len() && positions[parent] == 0 {
            places[parent] = places[parent].min(places[row]);
        }
    }
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&row| places[row]);
    let mut replies = vec![Vec::new(); ids.len() + 1];
    for row in order {
        replies[parent_of[row]].push(row as u32);
    }
    replies
}

/// The lines before a comment.
struct Branch<'a> {
    /// For each level above, whether a later sibling follows.
    open: Vec<bool>,
    look: &'a Look,
}

impl Branch<'_> {
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

/// A time as exactly as it is known.
fn when(millis: i64, precision: Option<&str>) -> String {
    let millis = millis as f64;
    match precision {
        Some("second" | "minute") => wording::date_time(millis),
        Some("year") => wording::year(millis),
        Some("month") => wording::month_of_year(millis),
        _ => wording::date(millis),
    }
}
