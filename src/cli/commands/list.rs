//! `list`: the registries, printed.

use rejoinder::error::Result;
use rejoinder::formats::FORMATS;
use rejoinder::formats::pages::profile::built_in;
use rejoinder::frames::{Table, schema};
use rejoinder::metrics::METRICS;
use rejoinder::outputs::charts::CHARTS;
use rejoinder::outputs::look::Look;
use rejoinder::outputs::page::{Entry, glossary, titled};

use crate::args::{List, Listing};
use crate::exit::Exit;
use crate::screen;

/// Prints a registry.
pub(crate) fn run(args: &List) -> Result<Exit> {
    let look = screen::look(&args.style);
    screen::show(&text(args.what, &look))?;
    Ok(Exit::Done)
}

fn text(what: Listing, look: &Look) -> String {
    let entries: Vec<Entry<'_>> = match what {
        Listing::Formats => return formats(look),
        Listing::Metrics => METRICS
            .iter()
            .map(|m| Entry::new(m.name, m.about).note(format!("Source: {}", m.reference)))
            .collect(),
        Listing::Charts => CHARTS.iter().map(|c| Entry::new(c.name, c.about)).collect(),
        Listing::Columns => return columns(look),
    };
    glossary(&entries, look)
}

/// What can be read: formats, then the profiles of pages.
fn formats(look: &Look) -> String {
    let formats: Vec<Entry<'_>> =
        FORMATS.iter().map(|format| Entry::new(format.name(), format.about())).collect();
    let profiles: Vec<Entry<'_>> = built_in()
        .iter()
        .map(|profile| {
            let ways =
                [("text", profile.plain.is_some()), ("saved page", !profile.markup.is_empty())];
            let ways = ways.iter().filter(|(_, is)| *is).map(|(way, _)| *way);
            let note = ways.collect::<Vec<_>>().join(", ");
            Entry::new(&profile.name, &profile.about).note(note)
        })
        .collect();
    let about = "Exports and tables, recognised by their content. Zip archives of them, folders of \
                 mails (Maildir, .eml) and of a ConvoKit corpus are read as they are.";
    let mut text = titled("formats", about, &formats, look);
    let about = "Comment pages, as text or saved; --profile FILE teaches another.";
    text.push_str(&titled("pages", about, &profiles, look));
    text
}

/// Every table with its columns.
fn columns(look: &Look) -> String {
    let mut text = String::new();
    for table in Table::ALL {
        let columns = schema::columns(table);
        let entries: Vec<Entry<'_>> = columns
            .iter()
            .map(|column| {
                let mark = if column.optional { ", may be null" } else { "" };
                Entry::new(column.name, column.about).note(format!("{}{mark}", column.kind.word()))
            })
            .collect();
        text.push_str(&titled(table.name(), schema::about(table), &entries, look));
    }
    text
}
