//! `list`: the registries, printed.

use rejoinder::error::Result;
use rejoinder::formats::FORMATS;
use rejoinder::metrics::METRICS;
use rejoinder::outputs::look::Look;
use rejoinder::outputs::page::{Entry, glossary};

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
        Listing::Formats => FORMATS.iter().map(|f| Entry::new(f.name(), f.about())).collect(),
        Listing::Metrics => METRICS
            .iter()
            .map(|m| Entry::new(m.name, m.about).note(format!("Source: {}", m.reference)))
            .collect(),
        Listing::Charts | Listing::Columns => Vec::new(),
    };
    glossary(&entries, look)
}
