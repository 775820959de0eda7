//! What was typed. Nothing is opened, asked or resolved here, so `--help` can never fail.

pub(crate) mod chart;
pub(crate) mod evaluate;
pub(crate) mod export;
pub(crate) mod shared;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use chart::Chart;
use evaluate::Evaluate;
use export::Export;
use shared::{InputFormat, Source, Style};

/// Rebuilds the reply trees of comment threads and measures them.
#[derive(Debug, Parser)]
#[command(name = "rejoinder", version, after_help = EXAMPLES, help_expected = true)]
#[command(arg_required_else_help = true, subcommand_required = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  rejoinder analyze page.txt                  tables, charts and a report in ./rejoinder-out
  rejoinder summary saved-page.html           what the page holds, on the terminal
  rejoinder tree page.txt --depth 3           who answers whom
  rejoinder check page.txt                    what was read, what was not, which parents are unsure
  xclip -o | rejoinder summary -              comments copied from a browser

Exit codes: 0 done; 1 done, but no comments were found, or problems under --strict; 2 could not run.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Everything: tables, charts and a report in a folder, a summary on the terminal.
    Analyze(Analyze),
    /// What the inputs hold: shape, time, authors, topics, what is uncertain.
    Summary(Summary),
    /// The reply tree, drawn on the terminal.
    Tree(Tree),
    /// Charts as PNG and SVG.
    Chart(Chart),
    /// The tables in another format: CSV, NDJSON, Parquet.
    Export(Export),
    /// What was read and what was not, and which parents are uncertain and why.
    Check(Check),
    /// How well parents are found, measured on inputs that state them.
    Evaluate(Evaluate),
    /// What is spoken of, how it travels down the replies, and the comments behind it.
    Topics(Topics),
    /// Which words two sets of comments differ in.
    Compare(Compare),
    /// Formats, metrics, charts or columns, with what each is.
    List(List),
}

impl Command {
    /// The times of its stages are wanted.
    pub(crate) fn is_timed(&self) -> bool {
        let source = match self {
            Self::Analyze(args) => &args.source,
            Self::Summary(args) => &args.source,
            Self::Tree(args) => &args.source,
            Self::Chart(args) => &args.source,
            Self::Export(args) => &args.source,
            Self::Check(args) => &args.source,
            Self::Evaluate(args) => &args.source,
            Self::Topics(args) => &args.source,
            Self::Compare(args) => &args.source,
            Self::List(_) => return false,
        };
        source.large.timings
    }
}

/// `analyze`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder analyze seeds/documents --out out
  rejoinder analyze thread.html --topics topics.toml --bucket hour
  rejoinder analyze comments.csv --columns id=comment_id,parent=reply_to,text=body")]
pub(crate) struct Analyze {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) format: InputFormat,
    /// Folder to write to; it is made if it does not exist.
    #[arg(long, value_name = "DIR", default_value = "rejoinder-out")]
    pub(crate) out: PathBuf,
    /// Write no charts.
    #[arg(long)]
    pub(crate) no_charts: bool,
    /// Keep what is done while dumps are worked on, and go on from what an interrupted run of the
    /// same inputs and options has left in the folder.
    #[arg(long)]
    pub(crate) resume: bool,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// `summary`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder summary page.txt
  rejoinder summary rejoinder-out             from tables that `analyze` wrote
  rejoinder summary page.txt --json           for programs
  rejoinder summary page.txt --markdown       to paste into an issue or a notebook")]
pub(crate) struct Summary {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) format: InputFormat,
    /// As one JSON object.
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) json: bool,
    /// As Markdown.
    #[arg(long)]
    pub(crate) markdown: bool,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// `tree`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder tree page.txt
  rejoinder tree page.txt --depth 2 --width 60
  rejoinder tree dump.ndjson --thread 4kp2a   one thread of many")]
pub(crate) struct Tree {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) format: InputFormat,
    /// Draw no replies below this depth, only their number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) depth: Option<u32>,
    /// Draw only the thread with this id.
    #[arg(long, value_name = "ID")]
    pub(crate) thread: Option<String>,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// `check`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder check page.txt
  rejoinder check exports/ --strict           exit code 1 if anything could not be read
  rejoinder check forum.txt --show-profile    the grammar that was found, as a profile")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) format: InputFormat,
    /// Print only the profile that was inferred for a page that none knows, as TOML: save it, edit
    /// it, and give it back with --profile.
    #[arg(long)]
    pub(crate) show_profile: bool,
    /// How many uncertain parents and diagnostics of one kind to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) show: usize,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// `topics`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder topics page.txt
  rejoinder topics page.txt --topics my-topics.toml
  rejoinder topics page.txt --show oil        the most typical comments on a topic")]
pub(crate) struct Topics {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) format: InputFormat,
    /// Print the most typical comments of this topic: its name, a part of it, or its number;
    /// `none` for the comments on no topic.
    #[arg(long, value_name = "TOPIC")]
    pub(crate) show: Option<String>,
    /// How many comments to print.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) limit: usize,
    /// How many topics to find; as many as the comments have if not given.
    #[arg(long, value_name = "N")]
    pub(crate) count: Option<usize>,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// `compare`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder compare january.txt february.txt
  rejoinder compare page.txt --post                  the post against its comments
  rejoinder compare page.txt --authors Ann --authors Bob
  rejoinder compare page.txt --before 2019-01-29     earlier against later comments
  rejoinder compare a.txt b.txt --chart words.svg")]
pub(crate) struct Compare {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) format: InputFormat,
    /// Compare the posts with the comments of the inputs.
    #[arg(long, conflicts_with_all = ["authors", "before"])]
    pub(crate) post: bool,
    /// Compare the comments of two authors; given twice.
    #[arg(long, value_name = "NAME", conflicts_with = "before")]
    pub(crate) authors: Vec<String>,
    /// Compare the comments before this date with those from it on.
    #[arg(long, value_name = "DATE")]
    pub(crate) before: Option<String>,
    /// How many words of each side to show.
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub(crate) limit: usize,
    /// Leave out words that occur less often in both together.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) least: u64,
    /// Keep function words.
    #[arg(long)]
    pub(crate) function_words: bool,
    /// As comma-separated values, every word.
    #[arg(long)]
    pub(crate) csv: bool,
    /// Draw the comparison to this file, as SVG or PNG by its extension.
    #[arg(long, value_name = "FILE")]
    pub(crate) chart: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// `list`
#[derive(Debug, Args)]
pub(crate) struct List {
    /// What to list.
    pub(crate) what: Listing,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// What can be read.
    Formats,
    /// What is measured.
    Metrics,
    /// What is drawn.
    Charts,
    /// What the tables hold.
    Columns,
}
