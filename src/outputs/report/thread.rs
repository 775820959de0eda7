//! The reply trees of the report: every comment in full, folded to its first words.

use minijinja::context;
use minijinja::value::Value;

use crate::error::Result;
use crate::frames::Tables;
use crate::outputs::digest::Digest;
use crate::outputs::nodes::{Nodes, each_thread, when};
use crate::outputs::summary;
use crate::outputs::wording;
use crate::text::width::{harmless, shorten};

/// Comments that a report shows; browsers become slow beyond some thousands.
const MOST: usize = 2_000;

/// Levels that are indented; deeper comments stand on the last one and say their depth.
const INDENTED: u32 = 16;

/// Columns of the first words.
const FIRST_WORDS: usize = 110;

/// The trees of the threads that the digest names, and how many comments are left out.
pub(super) fn trees(tables: &Tables, digest: &Digest) -> Result<(Vec<Value>, u64)> {
    let mut trees = Vec::new();
    let mut room = MOST;
    each_thread(tables, |id, nodes| {
        let Some(line) = digest.threads.iter().find(|thread| thread.id == id) else {
            return Ok(());
        };
        let shown: Vec<Value> = nodes
            .walk(u32::MAX)
            .take(room)
            .map(|(row, depth, _)| comment(nodes, row, depth))
            .collect();
        room -= shown.len();
        if !shown.is_empty() {
            trees.push(context! { title => summary::name_of(line, digest), comments => shown });
        }
        Ok(())
    })?;
    let shown = (MOST - room) as u64;
    let all = digest.totals.n_comments + digest.totals.n_placeholders;
    Ok((trees, all.saturating_sub(shown)))
}

fn comment(nodes: &Nodes, row: usize, depth: u32) -> Value {
    let text = &nodes.texts[row];
    let is_placeholder = nodes.kinds[row] == "placeholder";
    context! {
        position => (!is_placeholder).then_some(nodes.positions[row]),
        level => depth.min(INDENTED) - 1,
        depth => (depth > INDENTED).then_some(depth),
        name => nodes.name(row),
        kind => nodes.kinds[row].as_str(),
        time => nodes.times[row].map(|t| when(t, nodes.precisions[row].as_deref())),
        first_words => shorten(&harmless(text), FIRST_WORDS, "…").into_owned(),
        paragraphs => paragraphs(text),
        doubt => nodes.doubt(row),
        below => (nodes.descendants[row] > 0)
            .then(|| wording::counted(nodes.descendants[row] as usize, "reply below")
                .replace("reply belows", "replies below")),
    }
}

/// The paragraphs of a text, quotations apart.
fn paragraphs(text: &str) -> Vec<Value> {
    let mut paragraphs: Vec<(bool, String)> = Vec::new();
    let mut is_new = true;
    for line in text.lines() {
        let quoted = line.strip_prefix('>');
        let body = harmless(quoted.unwrap_or(line).trim_start_matches(['>', ' '])).into_owned();
        if body.is_empty() {
            is_new = true;
            continue;
        }
        match paragraphs.last_mut() {
            Some((is_quote, so_far)) if !is_new && *is_quote == quoted.is_some() => {
                so_far.push('\n');
                so_far.push_str(&body);
            }
            _ => paragraphs.push((quoted.is_some(), body)),
        }
        is_new = false;
    }
    let paragraph = |(is_quote, text): (bool, String)| context! { is_quote, text };
    paragraphs.into_iter().map(paragraph).collect()
}
