//! A reader that turns any encoding into UTF-8 as it is read.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

/// Reads bytes of an encoding and yields UTF-8; malformed sequences become U+FFFD.
pub(super) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    /// The part of `bytes` that is not decoded yet.
    pending: std::ops::Range<usize>,
    text: Vec<u8>,
    /// The part of `text` that was not handed out yet.
    ready: std::ops::Range<usize>,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    /// A byte-order mark at the beginning is dropped.
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            bytes: vec![0; 1 << 15],
            pending: 0..0,
            text: vec![0; 1 << 17],
            ready: 0..0,
            ended: false,
        }
    }

    /// Decodes some more; nothing is ready afterwards only at the end.
    fn refill(&mut self) -> io::Result<()> {
        while self.ready.is_empty() && !self.ended {
            let mut last = false;
            if self.pending.is_empty() {
                let n = self.inner.read(&mut self.bytes)?;
                self.pending = 0..n;
                last = n == 0;
            }
            let (result, read, written, _) = self.decoder.decode_to_utf8(
                &self.bytes[self.pending.clone()],
                &mut self.text,
                last,
            );
            self.pending.start += read;
            self.ready = 0..written;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.refill()?;
        let n = buffer.len().min(self.ready.len());
        buffer[..n].copy_from_slice(&self.text[self.ready.start..self.ready.start + n]);
        self.ready.start += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_becomes_utf_8_across_buffers() {
        let text = "größer 😀 ".repeat(20_000);
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let mut read = String::new();
        Transcoder::new(&bytes[..], encoding_rs::UTF_16LE)
            .read_to_string(&mut read)
            .expect("valid");
        assert_eq!(read, text);
    }
}
