//! What a run was made from and how: the metadata that every file carries.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Table;
use super::bucket::Bucket;
use super::schema;
use super::tally::Tally;

/// What the caller knows of a run.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The inputs in the order of reading.
    pub inputs: Vec<InputFacts>,
    /// The options that were given, as pairs of name and value. Default: none.
    pub options: Vec<(String, String)>,
    /// Width of the buckets of time. Default: chosen from the span of the comments.
    pub bucket: Option<Bucket>,
}

/// One input of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputFacts {
    /// Its name as the user gave it.
    pub name: String,
    /// Its size in bytes, as stored.
    pub bytes: u64,
    /// SHA-256 of the stored bytes in hexadecimal digits; `None` where it was not computed.
    pub sha256: Option<String>,
}

/// A reader that counts what is read through it and computes its SHA-256 on the way.
pub struct Digesting<R> {
    inner: R,
    hasher: Option<Sha256>,
    bytes: u64,
}

impl<R> Digesting<R> {
    /// Reads through `inner`; without a digest (`digest` false) only the bytes are counted.
    pub fn new(inner: R, digest: bool) -> Self {
        Self { inner, hasher: digest.then(Sha256::new), bytes: 0 }
    }

    /// What was read so far.
    #[must_use]
    pub fn facts(&self, name: impl Into<String>) -> InputFacts {
        let sha256 = self.hasher.clone().map(|hasher| {
            hasher.finalize().iter().fold(String::new(), |mut digits, byte| {
                let _ = write!(digits, "{byte:02x}");
                digits
            })
        });
        InputFacts { name: name.into(), bytes: self.bytes, sha256 }
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&buffer[..read]);
        }
        self.bytes += read as u64;
        Ok(read)
    }
}

impl Run {
    /// The metadata of the run, by key.
    pub(super) fn meta(&self, tally: &Tally, bucket: Option<Bucket>) -> BTreeMap<String, String> {
        let options: BTreeMap<&str, &str> =
            self.options.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let json = |value: serde_json::Result<String>| value.unwrap_or_default();
        let mut meta = BTreeMap::from([
            ("schema", schema::VERSION.to_owned()),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("inputs", json(serde_json::to_string(&self.inputs))),
            ("options", json(serde_json::to_string(&options))),
            ("times", tally.times().to_owned()),
            ("undated", tally.uncounted(bucket).to_string()),
            ("comments", tally.n_comments.to_string()),
            ("problems", tally.n_problems.to_string()),
        ]);
        if let Some(bucket) = bucket {
            meta.insert("bucket", bucket.word().to_owned());
        }
        meta.into_iter().map(|(key, value)| (format!("rejoinder.{key}"), value)).collect()
    }
}

/// The metadata of a run with the sentences of one table's columns.
pub(super) fn with_columns(
    meta: &BTreeMap<String, String>,
    table: Table,
    columns: &[schema::Column],
) -> BTreeMap<String, String> {
    let mut meta = meta.clone();
    meta.insert("rejoinder.table".to_owned(), table.name().to_owned());
    for column in columns {
        meta.insert(format!("rejoinder.column.{}", column.name), column.about.to_owned());
    }
    meta
}
