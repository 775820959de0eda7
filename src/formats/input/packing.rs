//! Decompression by magic bytes, with a guard against bombs.
//!
//! gzip (RFC 1952, members one after the other), Zstandard (RFC 8878) with windows of up to 2 GiB,
//! as the published dumps of platforms use them, bzip2 and xz. A file that is none of these is
//! passed on as it is.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::Input;
use super::frames::{self, Frames};
use super::{Limits, Lost};
use crate::error::{Error, Result};

/// Bytes that may come out before the ratio is looked at: short files may be very repetitive.
const GRACE: u64 = 64 << 20;

/// Opens whatever an input is compressed with.
///
/// Errors: the first bytes cannot be read. A damaged or explosive stream fails later, as an error
/// of reading; `lost` will know of damaged parts that were passed over.
pub(in crate::formats) fn unpacked<'a>(
    input: Input<'a>,
    limits: &Limits,
    lost: &Lost,
) -> Result<Input<'a>> {
    let Input { name, reader } = input;
    let packed = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: reader, bytes: Arc::clone(&packed) };
    let mut reader = BufReader::with_capacity(1 << 16, counted);
    let head = reader.fill_buf().map_err(|e| Error::read(&name, e))?;
    let plain: Box<dyn Read + Send + 'a> = if head.starts_with(&[0x1F, 0x8B]) {
        Box::new(flate2::bufread::MultiGzDecoder::new(reader))
    } else if frames::begin(head) {
        Box::new(Frames::new(reader, lost.clone()).map_err(|e| Error::read(&name, e))?)
    } else if head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY") {
        Box::new(bzip2::bufread::MultiBzDecoder::new(reader))
    } else if head.starts_with(b"\xFD7zXZ\0") {
        Box::new(lzma_rust2::XzReader::new(reader, true))
    } else {
        return Ok(Input { name, reader: Box::new(reader) });
    };
    let reader = Guarded::new(plain, packed, Arc::default(), limits.expansion);
    Ok(Input { name, reader: Box::new(reader) })
}

/// Counts the compressed bytes.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Stops when far more bytes come out than went in.
pub(super) struct Guarded<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
    limit: u64,
}

impl<R> Guarded<R> {
    /// `packed` and `unpacked` are what went in and came out so far, here and elsewhere.
    pub(super) fn new(
        inner: R,
        packed: Arc<AtomicU64>,
        unpacked: Arc<AtomicU64>,
        limit: u64,
    ) -> Self {
        Self { inner, packed, unpacked, limit }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer).map_err(|e| match e.kind() {
            io::ErrorKind::QuotaExceeded => e,
            kind => io::Error::new(kind, format!("the compressed data is damaged or cut: {e}")),
        })?;
        let unpacked = self.unpacked.fetch_add(n as u64, Ordering::Relaxed) + n as u64;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        if unpacked > GRACE && unpacked / packed > self.limit {
            return Err(io::Error::new(
                io::ErrorKind::QuotaExceeded,
                format!(
                    "it expands more than {}-fold, like a decompression bomb; if it is none, raise \
                     the limit with --max-expansion",
                    self.limit
                ),
            ));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn plain(bytes: &[u8], limits: &Limits) -> io::Result<Vec<u8>> {
        let mut read = Vec::new();
        let input = unpacked(Input::new("x", bytes), limits, &Lost::default())
            .expect("the head can be read");
        let mut reader = input.reader.take(1 << 30);
        reader.read_to_end(&mut read)?;
        Ok(read)
    }

    #[test]
    fn compressed_and_plain_bytes_come_out_alike() {
        let limits = Limits::default();
        let text = b"one comment, and another".repeat(50);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&text).expect("in memory");
        let gzip = gzip.finish().expect("in memory");
        let zstd = zstd::encode_all(&text[..], 3).expect("in memory");
        let mut bzip = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip.write_all(&text).expect("in memory");
        let bzip = bzip.finish().expect("in memory");
        for packed in [&text, &gzip, &zstd, &bzip] {
            assert_eq!(plain(packed, &limits).expect("readable"), text);
        }
        let cut = plain(&gzip[..gzip.len() - 9], &limits);
        assert!(cut.is_err_and(|e| e.to_string().contains("damaged or cut")));
    }

    #[test]
    fn a_bomb_is_refused_and_the_limit_can_be_raised() {
        let bomb = zstd::encode_all(io::repeat(0).take(GRACE * 2), 1).expect("in memory");
        let refused = plain(&bomb, &Limits::default());
        assert!(refused.is_err_and(|e| e.to_string().contains("--max-expansion")));
        let raised = Limits { expansion: u64::MAX, ..Limits::default() };
        assert_eq!(plain(&bomb, &raised).expect("allowed").len() as u64, GRACE * 2);
    }
}
