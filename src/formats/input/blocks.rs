//! Blocks of whole lines, read one after the other by whoever has a core free.
//!
//! A core parses what it has read itself, while it is in its cache; the others wait only while it
//! reads. Fresh memory costs more than reading into it, so blocks that were parsed are given back. A
//! line that is longer than a block makes that block grow, up to the limit of a record; beyond it
//! the line is passed over and counted.

use std::io::{Error, Read};

/// Bytes of a block: so many that handing blocks on costs nothing, few enough to split the work on a
/// dump of some dozen megabytes.
const BLOCK: usize = 1 << 21;

/// Whole lines; only the last line of the last block may lack its line end.
pub(in crate::formats) struct Block {
    /// Memory; only its beginning is the block.
    bytes: Vec<u8>,
    len: usize,
    pub(in crate::formats) end: End,
}

impl Block {
    pub(in crate::formats) fn lines(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Its memory, for another block; an unusually large one is given up.
    pub(in crate::formats) fn memory(self) -> Vec<u8> {
        if self.bytes.len() <= 4 * BLOCK { self.bytes } else { Vec::new() }
    }
}

/// What comes after the lines of a block.
pub(in crate::formats) enum End {
    /// More lines, or nothing.
    Line,
    /// A line that is longer than the limit, of so many bytes; it was passed over.
    TooLong(u64),
    /// The input could not be read on.
    Failed(Error),
}

/// Cuts what is read at line ends.
pub(in crate::formats) struct Blocks<R> {
    reader: R,
    longest: usize,
    /// The beginning of a line whose end was not read yet.
    rest: Vec<u8>,
    is_over: bool,
}

impl<R: Read> Blocks<R> {
    /// Of lines that are at most so long.
    pub(in crate::formats) fn new(reader: R, longest: usize) -> Self {
        Self { reader, longest, rest: Vec::new(), is_over: false }
    }

    /// The next block, in the memory of one that is not needed any more.
    pub(in crate::formats) fn next(&mut self, memory: Vec<u8>) -> Option<Block> {
        if self.is_over {
            return None;
        }
        let mut bytes = memory;
        let mut filled = self.rest.len();
        // Where blocks end depends on the input alone, not on what their memory was before.
        let size = if filled < BLOCK { BLOCK } else { filled + BLOCK / 2 };
        bytes.resize(size.min(self.most()), 0);
        bytes[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        // What was looked through for a line end already.
        let mut seen = 0;
        loop {
            let mut end = End::Line;
            while filled < bytes.len() {
                match self.reader.read(&mut bytes[filled..]) {
                    Ok(0) => {
                        self.is_over = true;
                        break;
                    }
                    Ok(n) => filled += n,
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    Err(error) => {
                        self.is_over = true;
                        end = End::Failed(error);
                        break;
                    }
                }
            }
            if self.is_over {
                return last(bytes, filled, end);
            }
            if let Some(newline) = memchr::memrchr(b'\n', &bytes[seen..filled]) {
                let len = seen + newline + 1;
                self.rest.extend_from_slice(&bytes[len..filled]);
                return Some(Block { bytes, len, end });
            }
            if filled > self.longest {
                return Some(self.pass_over(bytes, filled));
            }
            seen = filled;
            bytes.resize((2 * filled).min(self.most()), 0);
        }
    }

    /// Passes over so many blocks.
    pub(in crate::formats) fn skip(&mut self, blocks: u64) {
        let mut memory = Vec::new();
        for _ in 0..blocks {
            let Some(block) = self.next(memory) else { return };
            memory = block.memory();
        }
    }

    /// Bytes of the largest block: a line that does not fit with its end is beyond the limit.
    fn most(&self) -> usize {
        BLOCK.max(self.longest.saturating_add("\r\n".len()))
    }

    /// Reads on to the end of a line that is too long.
    fn pass_over(&mut self, mut bytes: Vec<u8>, filled: usize) -> Block {
        let mut length = filled as u64;
        let end = loop {
            match self.reader.read(&mut bytes) {
                Ok(0) => {
                    self.is_over = true;
                    break End::TooLong(length);
                }
                Ok(n) => match memchr::memchr(b'\n', &bytes[..n]) {
                    Some(newline) => {
                        self.rest.extend_from_slice(&bytes[newline + 1..n]);
                        break End::TooLong(length + newline as u64);
                    }
                    None => length += n as u64,
                },
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.is_over = true;
                    break End::Failed(error);
                }
            }
        };
        Block { bytes, len: 0, end }
    }
}

/// The last block, if there is anything to say. A line that reading broke off in is no line.
fn last(bytes: Vec<u8>, filled: usize, end: End) -> Option<Block> {
    if matches!(end, End::Failed(_)) {
        let len = memchr::memrchr(b'\n', &bytes[..filled]).map_or(0, |newline| newline + 1);
        return Some(Block { bytes, len, end });
    }
    (filled > 0).then_some(Block { bytes, len: filled, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of an input, and the lengths of those passed over.
    fn lines(input: &[u8], longest: usize) -> (Vec<String>, Vec<u64>) {
        let (mut found, mut long) = (Vec::new(), Vec::new());
        let mut blocks = Blocks::new(input, longest);
        let mut memory = Vec::new();
        while let Some(block) = blocks.next(memory) {
            let text = std::str::from_utf8(block.lines()).expect("lines are whole");
            found.extend(text.split_inclusive('\n').map(str::to_owned));
            if let End::TooLong(length) = block.end {
                long.push(length);
            }
            memory = block.memory();
        }
        (found, long)
    }

    #[test]
    fn blocks_hold_whole_lines_in_order() {
        let input = (0..300_000).fold(String::new(), |text, i| text + &format!("line {i} é\n"));
        let (found, long) = lines(input.as_bytes(), 1 << 20);
        assert_eq!(found.concat(), input);
        assert_eq!(found.len(), 300_000);
        assert!(long.is_empty());
        assert_eq!(lines(b"a\nb", 10).0, ["a\n", "b"]);
        assert!(lines(b"", 10).0.is_empty());
    }

    #[test]
    fn a_line_may_be_longer_than_a_block_but_not_than_the_limit() {
        let long = "x".repeat(3 * BLOCK);
        let input = format!("a\n{long}\nb\n");
        let (found, _) = lines(input.as_bytes(), 4 * BLOCK);
        assert_eq!(found, ["a\n".to_owned(), format!("{long}\n"), "b\n".to_owned()]);
        let (found, passed) = lines(input.as_bytes(), 2 * BLOCK);
        assert_eq!(found, ["a\n", "b\n"]);
        assert_eq!(passed, [3 * BLOCK as u64]);
        let exact = "x".repeat(2 * BLOCK);
        let input = format!("{exact}\r\n{exact}xx\n{exact}\n");
        let (found, passed) = lines(input.as_bytes(), 2 * BLOCK);
        assert_eq!(found, [format!("{exact}\r\n"), format!("{exact}\n")]);
        assert_eq!(passed, [2 * BLOCK as u64 + 2]);
        // Nor may it pass where the memory of another block is larger.
        let mut blocks = Blocks::new(input.as_bytes(), BLOCK);
        let block = blocks.next(vec![0; 3 * BLOCK]).expect("there are lines");
        assert!(matches!(block.end, End::TooLong(length) if length == 2 * BLOCK as u64 + 1));
    }
}
