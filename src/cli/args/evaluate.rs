//! What can be typed after `evaluate`.

use clap::{Args, ValueEnum};

use super::shared::{InputFormat, Source, Style};

/// `evaluate`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder evaluate comments.ndjson          as a page that prints \"reply to NAME\"
  rejoinder evaluate chat.ndjson --view times as a chat that prints no names

The inputs must state their parents: ids, or nesting. Each thread's parents are hidden, found again
from what stays visible, and compared with what was stated.")]
pub(crate) struct Evaluate {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) format: InputFormat,
    /// What stays visible.
    #[arg(long, value_name = "VIEW", default_value = "names")]
    pub(crate) view: Visible,
    /// As one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// What of a thread stays visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Visible {
    /// A comment page: depth first, each reply with the name of the one it answers.
    Names,
    /// A chat or a forum: in order of time, nothing else.
    Times,
}
