//! Pages of which a part is missing.

use crate::saved_pages::Kept;

use super::*;

#[test]
fn a_page_cut_anywhere_invents_no_comment() {
    for (path, facts) in facts() {
        let text = fs::read_to_string(seeds().join(&path)).unwrap();
        // The documents are long; ten places tell as much.
        let places = if path.starts_with("documents/") { 10 } else { 50 };
        for part in 1..places {
            let mut at = text.len() * part / places;
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let reading = read(&text[..at]);
            let found = reading.discussion.comments.len();
            assert!(found <= facts.comments, "{path} cut at {at}: {found} comments");
            let is_silent = reading.diagnostics.is_empty();
            assert!(found > 0 || !is_silent, "{path} cut at {at} loses everything without a word");
        }
    }
}

#[test]
fn a_page_cut_in_other_bytes_invents_no_comment() {
    // Each seed is cut at some of the places, in one way each; the seeds together at all in each way.
    for (seed, (path, facts)) in facts().into_iter().enumerate() {
        let text = fs::read_to_string(seeds().join(&path)).unwrap();
        let places = if path.starts_with("documents/") { 5 } else { 50 };
        for part in (1 + seed % 10..=places).step_by(10) {
            let mut at = text.len() * part / places;
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let text = &text[..at];
            let mut utf16 = vec![0xFF, 0xFE];
            utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            // Every second one ends within a letter.
            utf16.extend((part % 2 == 1).then_some(b' '));
            let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
            let ways = [
                ("CRLF", text.replace('\n', "\r\n").into_bytes()),
                ("a mark", format!("\u{feff}{text}").into_bytes()),
                ("UTF-16", utf16),
                ("Windows-1252", windows),
            ];
            let (how, bytes) = &ways[(seed / 10 + part / 10) % ways.len()];
            let place = format!("{path} cut at {at} with {how}");
            let kept = match Kept::of(&path, bytes) {
                Ok(kept) => kept,
                // What is left may fit two profiles equally well: an error that names both.
                Err(error) => {
                    assert!(error.to_string().contains("equally well"), "{place}: {error}");
                    continue;
                }
            };
            let found = kept.comments().len();
            assert!(found <= facts.comments, "{place}: {found} of {}", facts.comments);
            let is_said = !kept.diagnostics.is_empty();
            assert!(found > 0 || is_said, "{place} loses everything without a word");
        }
    }
}
