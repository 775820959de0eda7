//! The way from stored bytes to text: decompression, limits, encodings, line ends.
//!
//! `unpacked` opens whatever an input is compressed with; [`crate::formats::read`] does it once,
//! so a format always sees plain bytes. A format that needs its input as a whole (a page, a JSON
//! document) asks [`text`]; one that reads record by record asks [`stream`] for a buffered reader
//! of UTF-8 and [`lines::Lines`] for lines of bounded length.
//!
//! Of archives of several files only zip is opened ([`archive`]); others are named in the error.
//! Files that are one input together are found in [`bundle`].

pub mod archive;
pub(super) mod blocks;
mod bounds;
pub mod bundle;
pub mod encoding;
mod frames;
pub mod lines;
mod lost;
mod packing;
mod transcoding;

use std::io::{BufRead, BufReader, Read};

use super::{Input, ReadOptions, Sink};
use crate::diagnostic::{Diagnostic, Oddity};
use crate::error::{Error, Result};

pub(in crate::formats) use bounds::{Bounded, Marks};
pub(in crate::formats) use lost::{Kept, Lost};
pub(in crate::formats) use packing::unpacked;

/// How much an input may hold before it is refused: what stands between a bomb and the memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a document that is read as a whole, decompressed. Default: 256 MiB.
    pub document: u64,
    /// Most bytes of one record of a line format. Longer records are left out and reported.
    /// Default: 64 MiB.
    pub record: usize,
    /// How many bytes may come out of one compressed byte, on average; checked beyond the first
    /// 64 MiB. Real dumps stay below 50; a bomb is above 1,000. Default: 400.
    pub expansion: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document: 256 << 20, record: 64 << 20, expansion: 400 }
    }
}

/// A document as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// UTF-8 without a byte-order mark; every line ends with `\n`.
    pub text: String,
    /// The encoding that the bytes were in, by its name in the Encoding Standard.
    pub encoding: &'static str,
    /// How many malformed sequences of bytes were replaced by U+FFFD.
    pub replaced: usize,
}

/// Reads a whole document as text, whatever its encoding and line ends.
///
/// Replaced bytes are reported to the sink. Errors: an unreadable or empty input, one that is
/// larger than [`Limits::document`], one that is not text, an unknown label in `--encoding`.
pub fn text(input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<Text> {
    let Input { name, reader } = input;
    let limit = options.limits.document;
    let mut bytes = Vec::new();
    reader
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| Error::read(&name, e))?;
    if bytes.len() as u64 > limit {
        return Err(Error::format(
            name,
            format!(
                "larger than {}, the limit for a document that is read as a whole; raise it with \
                 --max-size",
                megabytes(limit)
            ),
        ));
    }
    let text = decode(&name, &bytes, options.encoding.as_deref())?;
    if text.replaced > 0 {
        let message = format!(
            "{} malformed byte sequences were replaced; if names look wrong, state the encoding \
             with --encoding (taken: {})",
            text.replaced, text.encoding
        );
        sink.diagnostic(Diagnostic::new(name, Oddity::Encoding, message));
    }
    Ok(text)
}

/// Decodes a whole document: `label` is what the user said of its encoding.
///
/// Errors as [`text`], but for those of reading and size.
pub fn decode(name: &str, bytes: &[u8], label: Option<&str>) -> Result<Text> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::format(name, "the input is empty"));
    }
    if label.is_none()
        && let Some(what) = encoding::binary(bytes)
    {
        return Err(Error::format(
            name,
            format!("this is {what}, not text; save or export the comments as text, HTML or JSON"),
        ));
    }
    let encoding = match label {
        Some(label) => encoding::labelled(label)?,
        None => encoding::found(bytes),
    };
    let (text, taken, _) = encoding.decode(bytes);
    let replaced = if taken == encoding_rs::UTF_8 {
        // Only what decoding put in counts, not the replacement characters of the page itself.
        bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()
    } else {
        text.matches('\u{FFFD}').count()
    };
    Ok(Text { text: unix_line_ends(text.into_owned()), encoding: taken.name(), replaced })
}

/// A buffered reader of UTF-8 for formats that read record by record: without a byte-order mark,
/// transcoded where the input begins with one of UTF-16 or the user states an encoding.
///
/// Bytes that are not UTF-8 pass through: a record format decodes each record leniently.
pub fn stream<'a>(input: Input<'a>, options: &ReadOptions) -> Result<Box<dyn BufRead + Send + 'a>> {
    let Some(label) = &options.encoding else { return marked_as_utf8(input) };
    let encoding = encoding::labelled(label)?;
    if encoding == encoding_rs::UTF_8 {
        return marked_as_utf8(input);
    }
    let utf8 = transcoding::Transcoder::new(input.reader, encoding);
    Ok(Box::new(BufReader::with_capacity(1 << 16, utf8)))
}

/// A buffered reader: UTF-16 with a byte-order mark becomes UTF-8, a mark of UTF-8 is dropped, all
/// else passes through.
pub(super) fn marked_as_utf8(input: Input<'_>) -> Result<Box<dyn BufRead + Send + '_>> {
    let Input { name, reader } = input;
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let head = reader.fill_buf().map_err(|e| Error::read(&name, e))?;
    match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => {
            let utf8 = transcoding::Transcoder::new(reader, encoding);
            Ok(Box::new(BufReader::with_capacity(1 << 16, utf8)))
        }
        Some((_, mark)) => {
            reader.consume(mark);
            Ok(Box::new(reader))
        }
        None => Ok(Box::new(reader)),
    }
}

/// A buffered reader like [`stream`] that yields nothing but UTF-8: the encoding is found from the
/// beginning of the input, malformed bytes are replaced. For formats whose parser needs text.
pub fn decoded<'a>(
    input: Input<'a>,
    options: &ReadOptions,
) -> Result<Box<dyn BufRead + Send + 'a>> {
    let Input { name, reader } = input;
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let head = reader.fill_buf().map_err(|e| Error::read(&name, e))?;
    let encoding = match options.encoding.as_deref() {
        Some(label) => encoding::labelled(label)?,
        None => encoding::found(head),
    };
    let utf8 = transcoding::Transcoder::new(reader, encoding);
    Ok(Box::new(BufReader::with_capacity(1 << 16, utf8)))
}

/// Every line end as `\n`: of Windows, of old Macintoshes, and the form feed of print-outs.
fn unix_line_ends(text: String) -> String {
    if memchr::memchr2(b'\r', 0x0C, text.as_bytes()).is_none() {
        return text;
    }
    let mut unix = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = memchr::memchr2(b'\r', 0x0C, rest.as_bytes()) {
        unix.push_str(&rest[..at]);
        unix.push('\n');
        let end = if rest[at..].starts_with("\r\n") { at + 2 } else { at + 1 };
        rest = &rest[end..];
    }
    unix.push_str(rest);
    unix
}

/// A number of bytes for people.
fn megabytes(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}
