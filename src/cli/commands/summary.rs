//! `summary`: what the inputs hold, for people or for programs.

use rejoinder::error::Result;
use rejoinder::outputs::digest::{Digest, Limits};
use rejoinder::outputs::{json, markdown, summary};

use crate::args::Summary;
use crate::exit::Exit;
use crate::{run, screen};

/// Shows the summary.
pub(crate) fn run(args: &Summary) -> Result<Exit> {
    let tables = run::tables(&args.source, args.format.name.as_deref(), None)?;
    let digest = Digest::of(&tables, &Limits::default())?;
    let text = if args.json {
        json::json(&digest)
    } else if args.markdown {
        markdown::markdown(&digest)
    } else {
        summary::summary(&digest, &screen::look(&args.style))
    };
    screen::show(&text)?;
    run::exit(&tables, &args.source)
}
