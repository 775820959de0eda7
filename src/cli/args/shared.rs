//! Options that commands share.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use rejoinder::frames::Bucket;

/// What to read, and how.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that is typed")]
pub(crate) struct Source {
    /// Files, folders (searched, hidden files skipped), `-` for standard input, or a folder that
    /// `analyze` wrote. Compressed files (gzip, Zstandard, bzip2, xz) and zip archives are read as
    /// they are.
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Page profile in TOML that teaches a platform; may be given more than once.
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    pub(crate) profile: Vec<PathBuf>,
    /// Encoding of the inputs, such as windows-1252; found from their content if not given.
    #[arg(long, value_name = "LABEL", help_heading = "Reading")]
    pub(crate) encoding: Option<String>,
    /// Zone of times that state none, as an offset such as +02:00 or UTC; else they stay local.
    #[arg(long, value_name = "OFFSET", allow_hyphen_values = true, help_heading = "Reading")]
    pub(crate) timezone: Option<String>,
    /// When the pages were captured ("2024-05-01" or "2024-05-01T18:30+02:00"), so that
    /// "3 days ago" becomes a date.
    #[arg(long, value_name = "TIME", help_heading = "Reading")]
    pub(crate) captured_at: Option<String>,
    /// Which column holds what, for rows: `id=comment_id,parent=reply_to,text=body`.
    #[arg(long, value_name = "OURS=THEIRS", value_delimiter = ',', help_heading = "Reading")]
    pub(crate) columns: Vec<String>,
    /// Mail only: a reply that names no other mail answers the latest earlier one of the same
    /// subject.
    #[arg(long, help_heading = "Reading")]
    pub(crate) by_subject: bool,
    /// Keep the threads of different inputs apart, even if they are pages of one thread.
    #[arg(long, help_heading = "Reading")]
    pub(crate) separate: bool,
    /// Most bytes of a document that is read as a whole, such as 2G; 256M if not given.
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Limits")]
    pub(crate) max_size: Option<u64>,
    /// Most bytes of one record or line; 64M if not given.
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Limits")]
    pub(crate) max_record: Option<u64>,
    /// How many bytes may come out of one compressed byte; 400 if not given.
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub(crate) max_expansion: Option<u64>,
    /// Dictionary of topics in TOML; without it, topics are found in the comments themselves.
    #[arg(long, value_name = "FILE", help_heading = "Measuring")]
    pub(crate) topics: Option<PathBuf>,
    /// Look for no topics.
    #[arg(long, conflicts_with = "topics", help_heading = "Measuring")]
    pub(crate) no_topics: bool,
    /// Width of the buckets of time; chosen from the span if not given.
    #[arg(long, value_name = "WIDTH", help_heading = "Measuring")]
    #[arg(value_parser = PossibleValuesParser::new(Bucket::ALL.map(Bucket::word)))]
    pub(crate) bucket: Option<String>,
    /// Where replies go to a comment that is named but absent.
    #[arg(long, value_name = "WHERE", default_value = "placeholder", help_heading = "Measuring")]
    pub(crate) missing_parents: MissingParents,
    #[command(flatten)]
    pub(crate) large: Large,
    /// Exit with code 1 if anything could not be read.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Tell nothing beside the result: no progress, no remarks.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Where replies go to a comment that is named but absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MissingParents {
    /// To a placeholder that stands for it; the replies keep together.
    Placeholder,
    /// To the post, as if they answered it.
    Post,
}

/// How to go about large inputs.
#[derive(Debug, Args)]
pub(crate) struct Large {
    /// Memory that a run may use, about (512M, 8G): comments of dumps that do not fit move to
    /// disk. Half of the machine's if not given.
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Large inputs")]
    pub(crate) memory: Option<u64>,
    /// Folder for what does not fit into memory; the system's if not given. It is left clean.
    #[arg(long, value_name = "DIR", help_heading = "Large inputs")]
    pub(crate) temp_dir: Option<PathBuf>,
    /// Cores to work on; all if not given. The result does not depend on it.
    #[arg(long, value_name = "N", help_heading = "Large inputs")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// Leave texts out of the tables; they are still measured and searched for topics.
    #[arg(long, help_heading = "Large inputs")]
    pub(crate) skip_text: bool,
    /// Leave the language of comments undetected.
    #[arg(long, help_heading = "Large inputs")]
    pub(crate) skip_languages: bool,
    /// Tell how long each stage took and how much memory was in use at most.
    #[arg(long, help_heading = "Large inputs")]
    pub(crate) timings: bool,
}

/// The format of the inputs.
#[derive(Debug, Args)]
pub(crate) struct InputFormat {
    /// Format of the inputs; found from their content if not given. See `rejoinder list formats`.
    #[arg(long = "format", visible_alias = "from", value_name = "NAME", help_heading = "Reading")]
    pub(crate) name: Option<String>,
}

/// How the result looks.
#[derive(Debug, Args)]
pub(crate) struct Style {
    /// Draw with ASCII characters only.
    #[arg(long, help_heading = "Looks")]
    pub(crate) ascii: bool,
    /// Columns to draw for; those of the terminal if not given, else 80.
    #[arg(long, value_name = "COLUMNS", help_heading = "Looks")]
    #[arg(value_parser = clap::value_parser!(u16).range(24..))]
    pub(crate) width: Option<u16>,
    /// When to use color. `auto`: on a terminal, unless the variable `NO_COLOR` is set.
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Looks")]
    pub(crate) color: When,
}

/// When to use color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A number of bytes: `500000`, `64M`, `2G`, `1.5GiB`.
fn size(text: &str) -> Result<u64, String> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor = match unit.trim().to_ascii_lowercase().trim_end_matches("ib").trim_end_matches('b')
    {
        "" => 1,
        "k" => 1u64 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        "t" => 1 << 40,
        _ => return Err("write a number of bytes such as 64M or 2G".to_owned()),
    };
    match number.parse::<f64>() {
        Ok(number) if number > 0.0 => Ok((number * factor as f64) as u64),
        _ => Err("write a number of bytes such as 64M or 2G".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_bytes() {
        for (text, bytes) in
            [("7", 7), ("64M", 64 << 20), ("1.5k", 1536), ("2GiB", 2 << 30), ("3 mb", 3 << 20)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "-3", "0", "5x"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
