//! `tree`: who answers whom, drawn.

use rejoinder::error::{Error, Result};
use rejoinder::outputs::tree::{Selection, trees};

use crate::args::Tree;
use crate::exit::Exit;
use crate::tables::Purpose;
use crate::{screen, tables};

/// Draws the trees.
pub(crate) fn run(args: &Tree) -> Result<Exit> {
    let tables = tables::of(&args.source, args.format.name.as_deref(), Purpose::Tree)?;
    let selection = Selection { thread: args.thread.clone(), depth: args.depth };
    let look = screen::look(&args.style);
    let drawn = trees(&tables, &selection, &look, &mut screen::show)?;
    match &args.thread {
        Some(id) if drawn == 0 => Err(Error::usage(format!(
            "no thread has the id {id}; the threads table of `rejoinder export` lists them"
        ))),
        _ => tables::exit(&tables, &args.source),
    }
}
