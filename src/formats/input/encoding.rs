//! Which encoding bytes are in, and whether they are text at all.
//!
//! In order: a byte-order mark; zero bytes in every other place (UTF-16 without a mark); bytes
//! that are UTF-8, which no other text is by accident; what the page declares (`<meta charset>`,
//! the XML declaration), when saved before it was transcoded; the detector that browsers use.
//! Labels are those of the Encoding Standard (<https://encoding.spec.whatwg.org/>), so
//! `iso-8859-1` means Windows-1252, as on the web.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

/// How much of a document is looked at to find its encoding, where a look at the whole is dear.
const LOOK: usize = 64 * 1024;

/// The encoding that a label names.
///
/// Errors: no encoding has the label.
pub fn labelled(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
        Error::usage(format!(
            "unknown encoding {label:?}; known are utf-8, utf-16le, windows-1252, iso-8859-15, \
             windows-1251, shift_jis, gb18030, … (labels of the Encoding Standard)"
        ))
    })
}

/// The encoding that bytes are in.
#[must_use]
pub fn found(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding;
    }
    if is_utf8(bytes) {
        return UTF_8;
    }
    if let Some(encoding) = declared(&bytes[..bytes.len().min(8 * 1024)]) {
        // A page that declares UTF-8 but is not UTF-8 was declared by mistake.
        if encoding != UTF_8 {
            return encoding;
        }
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Bytes that are UTF-8, but for a few that were cut or damaged.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // One broken sequence at the very end is a cut, not another encoding.
    let cut = bytes.utf8_chunks().last().is_some_and(|chunk| {
        chunk.invalid().first().is_some_and(|lead| *lead >= 0xC2) && bad == 1 && bytes.len() > 3
    });
    bad == 0 || (cut && good > 0) || good > bad * 20
}

/// UTF-16 without a byte-order mark, known by the zero halves of its Latin letters and spaces.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    let many = head.len() / 8;
    if low > many && high * 16 < low {
        Some(UTF_16LE)
    } else if high > many && low * 16 < high {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that an HTML or XML document declares of itself.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let label_after = |key: &[u8]| {
        let at = memchr::memmem::find(&head, key)? + key.len();
        let rest = &head[at..];
        let start = rest.iter().position(|b| !matches!(b, b' ' | b'=' | b'"' | b'\''))?;
        if start == 0 {
            return None;
        }
        let label = &rest[start..];
        let end = label
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')))
            .unwrap_or(label.len());
        Encoding::for_label(&label[..end])
    };
    if head.starts_with(b"<?xml")
        && let Some(encoding) = label_after(b"encoding")
    {
        return Some(encoding);
    }
    label_after(b"charset")
}

/// What a binary file is, in words; `None` for text.
#[must_use]
pub fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"PAR1", "a Parquet file, which is read as a file of its own only"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x7FELF", "a program"),
        (b"\xD0\xCF\x11\xE0", "an old Office document"),
        (b"Rar!", "a rar archive (unpack it and give the files or the folder)"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive (unpack it and give the files or the folder)"),
    ];
    if bytes.get(257..262) == Some(b"ustar") {
        return Some("a tar archive (unpack it and give the files or the folder)");
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    if Encoding::for_bom(bytes).is_some() || unmarked_utf16(bytes).is_some() {
        return None;
    }
    let head = &bytes[..bytes.len().min(LOOK)];
    let controls = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B | 0x08))
        .count();
    let zeros = memchr::memchr_iter(0, head).count();
    (zeros * 1000 > head.len() || controls * 20 > head.len()).then_some("a binary file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &'static Encoding) {
        assert_eq!(found(bytes).name(), expected.name());
    }

    #[test]
    fn encodings_are_found() {
        check("plain".as_bytes(), UTF_8);
        check("grün".as_bytes(), UTF_8);
        check(b"<meta charset=\"iso-8859-2\"> gr\xFCn", encoding_rs::ISO_8859_2);
        check(b"<meta charset=utf-8> das Gr\xFCn der \xC4pfel", encoding_rs::WINDOWS_1252);
        check(b"<?xml version='1.0' encoding='windows-1251'?> \xCF", encoding_rs::WINDOWS_1251);
        check(b"\xFF\xFEa\0b\0", UTF_16LE);
        check(b"\0a\0b\0 \0c\0d\0e", UTF_16BE);
    }

    #[test]
    fn a_cut_character_does_not_change_the_encoding() {
        let text = "schöne Grüße";
        check(&text.as_bytes()[..text.len() - 2], UTF_8);
    }

    #[test]
    fn binary_files_are_named() {
        assert_eq!(binary(b"%PDF-1.4"), Some("a PDF"));
        assert_eq!(binary(b"\x01\x02\0\0\x03abc\0\0"), Some("a binary file"));
        assert_eq!(binary(b"a\tb\r\n"), None);
    }
}
