//! Zip archives: the files in them, one by one.
//!
//! Platforms hand their exports out zipped, and people zip folders of saved pages. An archive is
//! read like a folder: every file in it is an input of its own, named `archive.zip/file`, but for
//! those that belong together ([`super::bundle`]). The list of its files stands at an archive's
//! end, so it is first copied to a temporary file; what is in it is decompressed while it is read.
//!
//! The guard against bombs counts all files of an archive together, so that files that share
//! their bytes do not pass it. Not opened: archives within archives, encrypted files, other
//! methods than deflate and store.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::Input;
use super::bundle::{self, Bundle, bundles};
use super::{Limits, packing};
use crate::error::{Error, Result};

/// An archive whose files can be read.
pub struct Archive {
    name: String,
    zip: ZipArchive<File>,
    /// Names and places of the files, hidden ones left out.
    files: Vec<(String, usize)>,
    /// So many others hold no text: pictures, scripts.
    passed_over: usize,
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
    limits: Limits,
}

/// The bytes begin like a zip archive.
#[must_use]
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

impl Archive {
    /// Opens an archive.
    ///
    /// Errors: it cannot be copied, is damaged, is the container of a document, or holds no files.
    pub fn open(input: Input<'_>, limits: &Limits) -> Result<Self> {
        let Input { name, mut reader } = input;
        let failed = |e| Error::read(&name, e);
        let mut copy = tempfile::tempfile().map_err(failed)?;
        let size = io::copy(&mut reader, &mut copy).map_err(failed)?;
        let zip = ZipArchive::new(copy).map_err(|error| match error {
            ZipError::Io(error) => Error::read(&name, error),
            other => Error::format(
                &name,
                format!(
                    "the zip archive is damaged or cut ({other}); unpack it and give the folder"
                ),
            ),
        })?;
        let all = (0..zip.len()).filter_map(|i| Some((zip.name_for_index(i)?.to_owned(), i)));
        let mut files: Vec<(String, usize)> = all.collect();
        let is_document = |(file, _): &(String, usize)| {
            matches!(file.as_str(), "[Content_Types].xml" | "mimetype" | "META-INF/MANIFEST.MF")
        };
        if files.iter().any(is_document) {
            let reason = "this is an office document, a book or a program, not text; save or \
                          export the comments as text, HTML, CSV or JSON";
            return Err(Error::format(name, reason));
        }
        let is_hidden =
            |path: &str| path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        files.retain(|(file, _)| !file.ends_with('/') && !is_hidden(file));
        files.sort();
        let paths: Vec<String> = files.iter().map(|(file, _)| file.clone()).collect();
        let all = files.len();
        let mut texts = bundle::texts(&paths).into_iter();
        files.retain(|_| texts.next().unwrap_or(true));
        if files.is_empty() {
            let reason =
                "the archive holds no text; hidden files, pictures and scripts are skipped";
            return Err(Error::format(name, reason));
        }
        let passed_over = all - files.len();
        let packed = Arc::new(AtomicU64::new(size));
        let unpacked = Arc::default();
        Ok(Self { name, zip, files, passed_over, packed, unpacked, limits: *limits })
    }

    /// The archive's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of its files that hold no text and are no inputs.
    #[must_use]
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// The inputs in it.
    #[must_use]
    pub fn bundles(&self) -> Vec<Bundle> {
        let paths: Vec<String> = self.files.iter().map(|(file, _)| file.clone()).collect();
        bundles(&paths)
    }

    /// Opens one of its inputs.
    pub fn input(&mut self, bundle: &Bundle) -> Result<Input<'_>> {
        match bundle {
            Bundle::File(place) => {
                let name = self.path(&self.files[*place].0);
                Ok(Input { reader: self.reader(*place)?, name })
            }
            Bundle::Corpus { name, conversations, utterances } => {
                let name = self.path(name);
                let known = conversations.map(|place| self.whole(place)).transpose()?;
                let known =
                    known.map(|bytes| -> Box<dyn Read + Send> { Box::new(Cursor::new(bytes)) });
                Ok(Input { name, reader: bundle::corpus(known, self.reader(*utterances)?) })
            }
            Bundle::Mails { name, mails } => {
                let name = self.path(name);
                let mut rest = mails.clone().into_iter();
                // Each is unpacked when the one before it has been read.
                let mails = std::iter::from_fn(move || {
                    Some(match self.whole(rest.next()?) {
                        Ok(bytes) => Box::new(Cursor::new(bytes)) as Box<dyn Read + Send>,
                        Err(error) => Box::new(Failed(Some(error.to_string()))),
                    })
                });
                Ok(Input { name, reader: bundle::mails(mails) })
            }
        }
    }

    fn path(&self, file: &str) -> String {
        format!("{}/{file}", self.name)
    }

    /// The bytes of a file, at most as many as a document may have.
    fn whole(&mut self, place: usize) -> Result<Vec<u8>> {
        let limit = self.limits.document;
        let name = self.path(&self.files[place].0);
        let mut bytes = Vec::new();
        let reader = self.reader(place)?;
        reader.take(limit).read_to_end(&mut bytes).map_err(|e| Error::read(name, e))?;
        Ok(bytes)
    }

    fn reader(&mut self, place: usize) -> Result<Box<dyn Read + Send + '_>> {
        let (file, index) = &self.files[place];
        let name = format!("{}/{file}", self.name);
        let file = self.zip.by_index(*index).map_err(|error| match error {
            ZipError::Io(error) => Error::read(&name, error),
            ZipError::UnsupportedArchive(what) => Error::format(
                &name,
                format!(
                    "it cannot be unpacked here ({what}); unpack the archive and give the folder"
                ),
            ),
            other => Error::format(&name, format!("the archive is damaged here: {other}")),
        })?;
        // Each file for itself, and all together: files may share their bytes.
        let own = Arc::new(AtomicU64::new(file.compressed_size()));
        let limit = self.limits.expansion;
        let file = packing::Guarded::new(file, own, Arc::default(), limit);
        let (packed, unpacked) = (Arc::clone(&self.packed), Arc::clone(&self.unpacked));
        Ok(Box::new(packing::Guarded::new(file, packed, unpacked, limit)))
    }
}

/// A reader that fails with a sentence.
struct Failed(Option<String>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), |reason| Err(io::Error::other(reason)))
    }
}
