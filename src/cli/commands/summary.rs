//! `summary`: what the inputs hold, for people or for programs.

use rejoinder::error::Result;
use rejoinder::outputs::digest::{Digest, Limits};
use rejoinder::outputs::{json, markdown, summary};

use crate::args::Summary;
use crate::exit::Exit;
use crate::tables::Purpose;
use crate::{screen, tables};

/// Shows the summary.
pub(crate) fn run(args: &Summary) -> Result<Exit> {
    let tables = tables::of(&args.source, args.format.name.as_deref(), Purpose::Figures)?;
    let digest = Digest::of(&tables, &Limits::default())?;
    let text = if args.json {
        json::json(&digest)
    } else if args.markdown {
        markdown::markdown(&digest)
    } else {
        summary::summary(&digest, &screen::look(&args.style))
    };
    screen::show(&text)?;
    tables::exit(&tables, &args.source)
}
