//! The report: one HTML page to read, keep and send, with nothing outside of it.
//!
//! Made from the tables and from drawings of them; the page loads nothing, runs no script, and
//! says so in its content security policy. Everything that comes from comments is escaped by the
//! template engine, control characters and directional overrides are taken out before.

mod drawings;
mod thread;

use std::collections::BTreeSet;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, context};

use self::drawings::Drawings;
use super::digest::{Bucket, Digest};
use super::summary;
use super::wording;
use crate::error::{Error, Result};
use crate::frames::Tables;
use crate::text::width::harmless;

/// A drawing to be shown in the report.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// Its name, unique within the report.
    pub name: &'a str,
    /// The SVG document.
    pub svg: &'a str,
    /// The same on dark ground, for readers who prefer that. It differs in colours alone.
    pub dark: Option<&'a str>,
}

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");

/// Writes the report.
pub fn report(tables: &Tables, digest: &Digest, pictures: &[Picture<'_>]) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let failed = |e: minijinja::Error| Error::table("write the report", format!("{e:#}"));
    let template = environment.template_from_named_str("page.html", PAGE).map_err(failed)?;
    template.render(whole(tables, digest, pictures)?).map_err(failed)
}

fn whole(tables: &Tables, digest: &Digest, pictures: &[Picture<'_>]) -> Result<Value> {
    let totals = &digest.totals;
    let only = digest.threads.iter().find(|t| t.n_comments > 0 && totals.n_with_comments == 1);
    let lead = only.or_else(|| digest.threads.first().filter(|_| totals.n_threads == 1));
    let title = lead
        .and_then(|thread| thread.title.as_deref())
        .map(|title| harmless(title).into_owned())
        .filter(|title| !title.is_empty())
        .or_else(|| lead.map(|thread| summary::name_of(thread, digest)))
        .unwrap_or_else(|| wording::counted(totals.n_threads as usize, "thread"));
    let sources: BTreeSet<&str> = digest.threads.iter().map(|t| t.source.as_str()).collect();
    let only_source = sources.first().filter(|_| sources.len() == 1).copied();
    let dates = totals.first_at.zip(totals.last_at);
    let mut placed = Drawings::default();
    let drawings: Vec<Value> = pictures
        .iter()
        .map(|picture| {
            let svg = Value::from_safe_string(placed.place(picture));
            context! { name => picture.name, svg }
        })
        .collect();
    let (trees, n_left_out) = thread::trees(tables, digest)?;
    let cautions = cautions(digest);
    let threads = threads(digest);
    let sections = [
        ("care", "Read with care", !cautions.is_empty()),
        ("charts", "Charts", !drawings.is_empty()),
        ("threads", "Threads", !threads.is_empty()),
        ("topics", "Topics", digest.topics.iter().any(|topic| topic.n_comments > 0)),
        ("authors", "Authors", !digest.authors.is_empty()),
        ("tree", "Who answers whom", !trees.is_empty()),
        ("origin", "Where this comes from", true),
    ];
    let sections: Vec<Value> = sections
        .into_iter()
        .filter(|(_, _, there)| *there)
        .map(|(id, title, _)| context! { id, title })
        .collect();
    Ok(context! {
        style => Value::from_safe_string(format!("{STYLE}{}", placed.style())),
        title,
        author => lead.and_then(|t| t.post_author.as_deref()).map(clean),
        source => lead.map(|t| t.source.as_str()).or(only_source).map(clean),
        format => lead.map(|t| t.format.clone()),
        dates => dates.map(|(first, last)| wording::dates(first as f64, last as f64)),
        facts => facts(digest),
        drawings,
        sections,
        threads,
        declaring => totals.n_declared.is_some(),
        n_more_threads => totals.n_threads.saturating_sub(digest.threads.len() as u64),
        authors => authors(digest),
        n_more_authors => totals.n_authors.saturating_sub(digest.authors.len() as u64),
        topics => topics(digest),
        peak => digest.activity.iter().max_by_key(|b| (b.n_comments, -b.start)).map(peak),
        trees,
        n_left_out,
        cautions,
        inputs => inputs(digest),
        options => options(digest),
        version => digest.told("version").unwrap_or_default(),
        schema => digest.told("schema").unwrap_or_default(),
        times => match digest.told("times") {
            Some("utc") => "Times are UTC.",
            Some("local") => "Times are those of the page, whose zone is not known.",
            _ => "",
        },
    })
}

/// The figures on top: value, what it is, a remark.
fn facts(digest: &Digest) -> Vec<Value> {
    let totals = &digest.totals;
    let figure = |name: &str| digest.figures.get(name).copied();
    let fact = |value: String, what: &str, note: String| context! { value, what, note };
    let count = |n: u64| wording::count(n as f64);
    let noun = |n: u64, one: &'static str, many: &'static str| if n == 1 { one } else { many };
    // A number and its unit stay on one line.
    let duration = |seconds: f64| together(&wording::duration(seconds));
    let mut facts = Vec::new();
    let n = totals.n_comments;
    let declared = totals.n_declared.map(|n| format!("of {} declared", count(n)));
    let declared = declared.or((n == 0).then(|| "none was found".to_owned()));
    facts.push(fact(count(n), noun(n, "comment", "comments"), declared.unwrap_or_default()));
    if n == 0 {
        return facts;
    }
    let top = figure("top_author_share").filter(|_| totals.n_authors > 1);
    let top = top.map(|share| format!("the busiest wrote {}", wording::percent(share)));
    let what = noun(totals.n_authors, "author", "authors");
    facts.push(fact(count(totals.n_authors), what, top.unwrap_or_default()));
    let mean = figure("mean_depth").filter(|_| totals.max_depth > 1);
    let mean = mean.map(|mean| format!("{mean:.2} on average"));
    let what = noun(totals.max_depth, "level deep", "levels deep");
    facts.push(fact(count(totals.max_depth), what, mean.unwrap_or_default()));
    if let Some((first, last)) = totals.first_at.zip(totals.last_at).filter(|(a, b)| a < b) {
        let delay = figure("median_reply_delay_s");
        let delay = delay.map(|d| format!("median reply after {}", duration(d)));
        let span = duration((last - first) as f64 / 1000.0);
        facts.push(fact(span, "from first to last", delay.unwrap_or_default()));
    }
    let n = totals.n_uncertain;
    let note = if n == 0 { "every parent is clear" } else { "see the marks in the tree" };
    let what = noun(n, "uncertain parent", "uncertain parents");
    facts.push(fact(count(n), what, note.to_owned()));
    facts
}

fn peak(bucket: &Bucket) -> Value {
    context! {
        n => wording::count(bucket.n_comments as f64),
        at => wording::date_time(bucket.start as f64),
    }
}

fn threads(digest: &Digest) -> Vec<Value> {
    if digest.totals.n_threads < 2 {
        return Vec::new();
    }
    let one_source = digest.threads.iter().all(|t| t.source == digest.threads[0].source);
    let thread = |thread: &super::digest::ThreadLine| {
        context! {
            name => summary::name_of(thread, digest),
            source => (!one_source).then(|| clean(&thread.source)),
            n_comments => wording::count(thread.n_comments as f64),
            n_declared => thread.n_declared.map(|n| wording::count(n as f64)),
            n_authors => wording::count(thread.n_authors as f64),
            max_depth => thread.max_depth,
            n_uncertain => wording::count(thread.n_uncertain as f64),
        }
    };
    digest.threads.iter().map(thread).collect()
}

fn authors(digest: &Digest) -> Vec<Value> {
    let most = digest.authors.first().map_or(1, |author| author.n_comments.max(1));
    let author = |author: &super::digest::AuthorLine| {
        context! {
            name => clean(&author.author),
            n_comments => wording::count(author.n_comments as f64),
            bar => bar(author.n_comments, most),
            sent => wording::count(author.n_replies_sent as f64),
            received => wording::count(author.n_replies_received as f64),
            words => wording::count(author.n_words as f64),
        }
    };
    digest.authors.iter().map(author).collect()
}

fn topics(digest: &Digest) -> Vec<Value> {
    let found: Vec<_> = digest.topics.iter().filter(|topic| topic.n_comments > 0).collect();
    let most = found.first().map_or(1, |topic| topic.n_comments.max(1));
    let topic = |topic: &&super::digest::TopicLine| {
        context! {
            name => clean(&topic.topic),
            terms => clean(&topic.terms),
            n_comments => wording::count(topic.n_comments as f64),
            bar => bar(topic.n_comments, most),
            share => topic.share.map(wording::percent),
            n_authors => wording::count(topic.n_authors as f64),
            in_post => topic.post_mentions > 0,
        }
    };
    found.iter().map(topic).collect()
}

/// Length of a bar in percent.
fn bar(n: u64, most: u64) -> String {
    format!("{:.1}", n as f64 / most as f64 * 100.0)
}

fn cautions(digest: &Digest) -> Vec<Value> {
    let caution = |caution: summary::Caution| {
        context! {
            parts => parts(&caution.text),
            is_note => caution.is_note,
            details => caution.details.into_iter().map(Value::from).collect::<Vec<_>>(),
        }
    };
    summary::cautions(digest).into_iter().map(caution).collect()
}

/// A duration whose numbers stay with their units where it is broken into lines.
fn together(duration: &str) -> String {
    let words: Vec<&str> = duration.split(' ').collect();
    words.chunks(2).map(|pair| pair.join("\u{a0}")).collect::<Vec<_>>().join(" ")
}

/// A sentence in parts: every second one, between backticks, is a command.
fn parts(text: &str) -> Vec<Value> {
    let part = |(i, text): (usize, &str)| context! { text, is_command => i % 2 == 1 };
    text.split('`').enumerate().map(part).collect()
}

/// The inputs of the run, from its metadata.
fn inputs(digest: &Digest) -> Vec<Value> {
    let told = digest.told("inputs").unwrap_or("[]");
    let inputs: Vec<serde_json::Value> = serde_json::from_str(told).unwrap_or_default();
    let input = |input: &serde_json::Value| {
        context! {
            name => input["name"].as_str().map(clean),
            bytes => input["bytes"].as_u64().map(|n| wording::count(n as f64)),
            sha256 => input["sha256"].as_str().map(str::to_owned),
        }
    };
    inputs.iter().map(input).collect()
}

/// The options of the run, from its metadata.
fn options(digest: &Digest) -> Vec<Value> {
    let told = digest.told("options").unwrap_or("{}");
    let options: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(told).unwrap_or_default();
    let option = |(name, value): (&String, &serde_json::Value)| {
        context! { name => clean(name), value => value.as_str().map(clean) }
    };
    options.iter().map(option).collect()
}

/// Text from outside without anything but text.
fn clean(text: &str) -> String {
    harmless(text).into_owned()
}
