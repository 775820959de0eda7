//! What is surely no page, though no format knows it: said in a sentence, with what to do.
//!
//! A page may be any text, so whatever no format claims is read as one. JSON, other XML and files
//! that are called tables are not meant so: to take them for articles without comments would hide
//! that they were not understood.

use super::json::{self, Document};
use super::{Sample, table, xml};

/// Why the beginning of an input is neither a page nor in a known format; `None` if it may be a
/// page.
pub(super) fn reason(sample: &Sample<'_>) -> Option<String> {
    json(sample).or_else(|| xml(sample)).or_else(|| table(sample))
}

const SEE: &str = "`rejoinder list formats` names what is known";

fn json(sample: &Sample<'_>) -> Option<String> {
    let document = json::sniff(sample, &[])?;
    // A text may begin with a bracket, too; it does not go on as JSON does.
    let is_json = document.flaw.is_none_or(|flaw| flaw.is_end);
    let root = document.root().filter(|root| is_json && has_content(document, *root))?;
    let record = if root.is_array() { root.items().next().unwrap_or(root) } else { root };
    let keys: Vec<&str> = record.entries().map(|(key, _)| key).take(12).collect();
    let keys = if keys.is_empty() {
        String::new()
    } else {
        format!(" (its keys are {})", keys.join(", "))
    };
    let cut = match document.flaw {
        Some(_) if sample.is_whole => ", and it ends too early",
        _ => "",
    };
    Some(format!(
        "this is JSON in no known format{keys}{cut}; if it lists comments, say which key holds what \
         with --format rows --columns id=…,parent=…,author=…,text=…; {SEE}"
    ))
}

/// More than an empty bracket, which may begin a text.
fn has_content(document: &Document, root: json::Node<'_>) -> bool {
    let is_nested = |node: json::Node<'_>| node.is_object() || node.is_array();
    root.entries().next().is_some()
        || root.items().any(is_nested)
        || (document.flaw.is_none() && root.items().next().is_some())
}

fn xml(sample: &Sample<'_>) -> Option<String> {
    let head = sample.head.trim_ascii_start();
    let root = xml::root(head)?;
    let is_declared = head.starts_with(b"<?xml");
    let is_foreign = matches!(root.name.as_str(), "rss" | "feed" | "svg" | "opml" | "urlset")
        || root.name.contains(':');
    let is_page = matches!(root.name.to_ascii_lowercase().as_str(), "html" | "body" | "div");
    ((is_declared || is_foreign) && !is_page).then(|| {
        format!(
            "this is XML in no known format (it begins with <{}>); exports of WordPress, Disqus, \
             Blogger and Stack Exchange are known; {SEE}",
            root.name
        )
    })
}

fn table(sample: &Sample<'_>) -> Option<String> {
    let (_, extension) = sample.name.rsplit_once('.')?;
    let is_called = ["csv", "tsv", "tab"].iter().any(|e| extension.eq_ignore_ascii_case(e));
    let names = is_called.then(|| table::separated::names_in(sample.head))??;
    Some(format!(
        "the columns of this table ({}) do not say which holds the texts of comments; say it with \
         --format rows --columns text=NAME,author=NAME,parent=NAME,id=NAME",
        names.join(", ")
    ))
}
