//! What can be typed after `export`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use rejoinder::frames::{PartitionBy, Table};
use rejoinder::outputs::rows::ROW_FORMATS;

use super::shared::{InputFormat, Source};

/// The corpus of ConvoKit, which is no table.
pub(crate) const CONVOKIT: &str = "convokit";

/// `export`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rejoinder export page.txt --to csv --out tables        all tables as files
  rejoinder export page.txt --to ndjson --table comments one table to standard output
  rejoinder export rejoinder-out --to csv                from tables that `analyze` wrote
  rejoinder export RC_2018-10.zst --to parquet --out oct --skip-text --memory 4G
  rejoinder export RC_2018-10.zst --to parquet --only threads,comments.comment_id,comments.depth
  rejoinder export page.txt --to convokit --out corpus   a corpus that ConvoKit loads")]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) format: InputFormat,
    /// Format to write.
    #[arg(long, value_name = "FORMAT")]
    #[arg(value_parser = PossibleValuesParser::new(ROW_FORMATS.iter().map(|f| f.name).chain([CONVOKIT])))]
    pub(crate) to: String,
    /// Folder to write all tables to; it is made if it does not exist.
    #[arg(long, value_name = "DIR", default_value = "rejoinder-out", conflicts_with = "table")]
    pub(crate) out: PathBuf,
    /// Write this table alone, to standard output.
    #[arg(long, value_name = "NAME")]
    #[arg(value_parser = PossibleValuesParser::new(Table::ALL.map(Table::name)))]
    pub(crate) table: Option<String>,
    /// Write only these tables (`threads`) and columns (`comments.depth`), by name; what nothing
    /// needs is not computed. See `rejoinder list columns`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Write the tables of comments and threads (Parquet) in parts, such as
    /// comments/month=2018-10/community=books/part-0.parquet.
    #[arg(long, value_name = "WHAT", value_delimiter = ',', conflicts_with = "table")]
    #[arg(value_parser = PossibleValuesParser::new(PartitionBy::ALL.map(|(word, _)| word)))]
    pub(crate) partition_by: Vec<String>,
    /// Keep what is done while dumps are worked on, and go on from what an interrupted run of the
    /// same inputs and options has left in the folder.
    #[arg(long, conflicts_with = "table")]
    pub(crate) resume: bool,
    /// Leave texts in CSV as they are although a spreadsheet may run them as formulas.
    #[arg(long)]
    pub(crate) keep_formulas: bool,
}
