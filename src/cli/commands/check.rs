//! `check`: what was read and what was not, and why parents are where they are.

use rejoinder::error::Result;
use rejoinder::outputs::check::{Explanations, Extent, check};
use rejoinder::outputs::digest::{Digest, Limits};

use crate::args::Check;
use crate::exit::Exit;
use crate::tables::Purpose;
use crate::{screen, tables};

/// How many inputs are described one by one.
const INPUTS: usize = 50;

/// Shows what is certain, uncertain and odd.
pub(crate) fn run(args: &Check) -> Result<Exit> {
    let tables = tables::of(&args.source, args.format.name.as_deref(), Purpose::Tree)?;
    let limits = Limits { doubts: args.show, ..Limits::default() };
    let digest = Digest::of(&tables, &limits)?;
    let extent = Extent { diagnostics: args.show, inputs: INPUTS };
    let look = screen::look(&args.style);
    screen::show(&check(&tables, &digest, &Explanations::default(), extent, &look)?)?;
    tables::exit(&tables, &args.source)
}
