//! The terminal: its width, its colors, and what is written to it.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Color, Style as Ink};
use rejoinder::analysis::Outcome;
use rejoinder::error::{Error, Result};
use rejoinder::outputs::look::Look;

use crate::args::shared::{Style, When};

/// Columns where the output is no terminal and none were asked for.
const USUAL_WIDTH: usize = 80;

/// What was asked for, resolved against the terminal.
pub(crate) fn look(style: &Style) -> Look {
    let asked = style.width.map(usize::from);
    let width = asked.or_else(terminal_width).unwrap_or(USUAL_WIDTH);
    let color = match style.color {
        When::Always => true,
        When::Never => false,
        When::Auto => AutoStream::choice(&std::io::stdout()) != ColorChoice::Never,
    };
    Look { width, ascii: style.ascii, color }
}

/// Width of the terminal that standard output is, if it is one.
fn terminal_width() -> Option<usize> {
    let stdout = std::io::stdout();
    let size = terminal_size::terminal_size_of(&stdout)?;
    stdout.is_terminal().then_some(usize::from(size.0.0))
}

/// Writes a result to standard output.
pub(crate) fn show(text: &str) -> Result<()> {
    show_bytes(text.as_bytes())
}

/// Writes a result to standard output.
pub(crate) fn show_bytes(bytes: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(|e| Error::write("standard output", e))
}

/// Tells something beside the result, on standard error: `rejoinder: error: …`. That standard
/// error may be closed is no reason to fail.
pub(crate) fn complain(word: &str, message: &str) {
    let ink = match word {
        "error" => Ink::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red))),
        _ => Ink::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Yellow))),
    };
    // File names and excerpts come from outside, so they are made harmless as comments are.
    let message = rejoinder::text::width::harmless(message);
    let _ = writeln!(anstream::stderr().lock(), "rejoinder: {ink}{word}{ink:#}: {message}");
}

/// Tells which inputs were skipped. If none could be read, the last of them is the failure.
pub(crate) fn tell_skipped(outcome: Outcome, quiet: bool) -> Result<()> {
    let is_hopeless = outcome.read == 0;
    let mut failed = outcome.failed;
    let last = if is_hopeless { failed.pop() } else { None };
    if !quiet || is_hopeless {
        let word = if is_hopeless { "error" } else { "skipped" };
        for error in &failed {
            complain(word, &error.chain());
        }
    }
    last.map_or(Ok(()), Err)
}

/// Tells how things stand, on standard error.
pub(crate) fn remark(message: &str) {
    let message = rejoinder::text::width::harmless(message);
    let _ = writeln!(anstream::stderr().lock(), "{message}");
}
