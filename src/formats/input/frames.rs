//! Zstandard (RFC 8878) frame by frame: what is damaged costs the rest of its frame.
//!
//! Parallel packers and whoever puts dumps one after the other write many frames, and each can be
//! unpacked without those before it. So where one is damaged, the next is looked for by its magic
//! bytes. They may stand anywhere by accident; a frame is believed once its first blocks unpack.
//! A line end is put between what stands before and behind, for halves of lines make no line.
//!
//! The decoder gets one block at a time: a block that fails costs nothing of those before it.

use std::io::{self, Read};

use zstd::stream::raw::{DParameter, Decoder, InBuffer, Operation, OutBuffer};

use super::lost::{Gap, Lost};

const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// Most bytes of a block, packed (with its header and that of the next) and unpacked.
const BLOCK: usize = (1 << 17) + 6;
/// Packed bytes that are kept behind: a wrong length leads the decoder beyond the frame, and a
/// frame that is tried must be given back.
const BEHIND: usize = 3 * BLOCK;
/// Packed bytes at hand.
const HELD: usize = 2 * BEHIND;

/// An input begins with a frame, or with one that is skipped, which some writers put first.
pub(super) fn begin(head: &[u8]) -> bool {
    head.starts_with(&MAGIC)
        || (head.len() >= 4 && (0x50..=0x5F).contains(&head[0]) && head[1..4] == [0x2A, 0x4D, 0x18])
}

/// Unpacks frames one after the other.
pub(super) struct Frames<R> {
    packed: Held<R>,
    decoder: Decoder<'static>,
    /// Where the frame at hand begins in the file.
    frame: u64,
    /// Bytes that the decoder wants next; 0 between frames.
    wanted: usize,
    /// The decoder may hold bytes for which there was no room.
    is_full: bool,
    /// Unpacked bytes of a frame that was tried.
    tried: Vec<u8>,
    state: State,
    lost: Lost,
    /// The last byte that was put out, if any was.
    last: Option<u8>,
}

enum State {
    Reading,
    /// The frame at hand is damaged, for this reason.
    Damaged(String),
    Over,
}

/// What became of one step of the decoder.
enum Step {
    Unpacked(usize),
    /// The input ends, or the frame if it was to stop there.
    End,
    Damaged(String),
}

impl<R: Read> Frames<R> {
    pub(super) fn new(packed: R, lost: Lost) -> io::Result<Self> {
        let mut decoder = Decoder::new()?;
        decoder.set_parameter(DParameter::WindowLogMax(31))?;
        Ok(Self {
            packed: Held::new(packed),
            decoder,
            frame: 0,
            wanted: 0,
            is_full: false,
            tried: Vec::new(),
            state: State::Reading,
            lost,
            last: None,
        })
    }

    /// Unpacks at most one block.
    fn step(&mut self, room: &mut [u8]) -> io::Result<Step> {
        loop {
            if !self.is_full && self.wanted == 0 {
                self.frame = self.packed.place();
                if self.packed.ahead(1)?.is_empty() {
                    return Ok(Step::End);
                }
                self.decoder.reinit()?;
                self.wanted = MAGIC.len() + 1;
            }
            // What was unpacked goes out alone, or a damaged block would take it along.
            let input = if self.is_full { &[] } else { self.packed.ahead(self.wanted)? };
            if input.is_empty() && !self.is_full {
                return Ok(Step::Damaged("it ends too early".to_owned()));
            }
            let mut input = InBuffer::around(input);
            let mut output = OutBuffer::around(room);
            let hint = match self.decoder.run(&mut input, &mut output) {
                Ok(hint) => hint,
                Err(error) => return Ok(Step::Damaged(error.to_string())),
            };
            let (read, written) = (input.pos(), output.pos());
            self.packed.advance(read);
            self.wanted = hint;
            self.is_full = hint > 0 && written == room.len();
            if written > 0 {
                return Ok(Step::Unpacked(written));
            }
        }
    }

    /// Looks for a frame behind the damaged one, and unpacks the beginning of it.
    fn find(&mut self, reason: &str) -> io::Result<bool> {
        let (damaged, from) = (self.frame, self.packed.place());
        self.packed.back_to(damaged + 1);
        while self.packed.find(&MAGIC)? {
            let to = self.packed.place();
            self.tried.clear();
            if self.last.is_some_and(|last| last != b'\n') {
                self.tried.push(b'\n');
            }
            if self.is_frame()? {
                let gap = Gap { frame: damaged, from: from.min(to), to, reason: reason.to_owned() };
                self.lost.gap(gap);
                return Ok(true);
            }
            self.packed.back_to(to + 1);
        }
        self.tried.clear();
        Ok(false)
    }

    /// Whether a frame begins here: more than one block of it unpacks, or all of it.
    fn is_frame(&mut self) -> io::Result<bool> {
        (self.wanted, self.is_full) = (0, false);
        let mut block = vec![0; BLOCK];
        let begin = self.packed.place();
        while self.tried.len() <= BLOCK && self.packed.place() - begin < (BEHIND - BLOCK) as u64 {
            match self.step(&mut block)? {
                Step::Unpacked(n) => self.tried.extend_from_slice(&block[..n]),
                Step::End => return Ok(true),
                Step::Damaged(_) => return Ok(false),
            }
            if self.wanted == 0 {
                return Ok(true);
            }
        }
        Ok(true)
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.tried.is_empty() {
                let n = buffer.len().min(self.tried.len());
                buffer[..n].copy_from_slice(&self.tried[..n]);
                self.tried.drain(..n);
                self.last = buffer[..n].last().copied().or(self.last);
                return Ok(n);
            }
            match &self.state {
                State::Reading if buffer.is_empty() => return Ok(0),
                State::Reading => match self.step(buffer)? {
                    Step::Unpacked(n) => {
                        self.last = Some(buffer[n - 1]);
                        return Ok(n);
                    }
                    Step::End => self.state = State::Over,
                    Step::Damaged(reason) => self.state = State::Damaged(reason),
                },
                State::Damaged(reason) => {
                    let reason = reason.clone();
                    // Nothing stands before a beginning that could be glued to it.
                    let goes_on = self.lost.is_passed_over() || self.last.is_none();
                    if !goes_on {
                        return Err(io::Error::other(reason));
                    }
                    let is_found = self.find(&reason)?;
                    self.state = if is_found { State::Reading } else { State::Over };
                    if !is_found {
                        return Err(io::Error::other(reason));
                    }
                }
                State::Over => return Ok(0),
            }
        }
    }
}

/// Packed bytes: some ahead of the place where reading is, some behind.
struct Held<R> {
    inner: R,
    bytes: Vec<u8>,
    /// The place, and the end of what was read.
    at: usize,
    filled: usize,
    /// Bytes of the file before those that are held.
    before: u64,
}

impl<R: Read> Held<R> {
    fn new(inner: R) -> Self {
        Self { inner, bytes: vec![0; HELD], at: 0, filled: 0, before: 0 }
    }

    /// The place within the file.
    fn place(&self) -> u64 {
        self.before + self.at as u64
    }

    /// So many bytes from here on, fewer where the input ends or memory does.
    fn ahead(&mut self, wanted: usize) -> io::Result<&[u8]> {
        let wanted = wanted.min(BLOCK);
        while self.filled - self.at < wanted {
            if self.bytes.len() - self.at < wanted {
                let gone = self.at.saturating_sub(BEHIND);
                self.bytes.copy_within(gone..self.filled, 0);
                self.before += gone as u64;
                (self.at, self.filled) = (self.at - gone, self.filled - gone);
            }
            match self.inner.read(&mut self.bytes[self.filled..]) {
                Ok(0) => break,
                Ok(n) => self.filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&self.bytes[self.at..self.filled.min(self.at + wanted)])
    }

    fn advance(&mut self, read: usize) {
        self.at += read;
    }

    /// Goes back to a place within the file, as far as it is held, or on to it.
    fn back_to(&mut self, place: u64) {
        self.at = (place.saturating_sub(self.before) as usize).min(self.filled);
    }

    /// Goes to where these bytes stand next; `false` if they do not.
    fn find(&mut self, wanted: &[u8]) -> io::Result<bool> {
        loop {
            let ahead = self.ahead(BLOCK)?;
            if let Some(found) = memchr::memmem::find(ahead, wanted) {
                self.at += found;
                return Ok(true);
            }
            if ahead.len() < BLOCK {
                self.at = self.filled;
                return Ok(false);
            }
            self.at += BLOCK + 1 - wanted.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes out of a file of frames that is read on behind damage, and the gaps.
    fn unpacked(packed: &[u8], is_by_line: bool) -> (Vec<u8>, Vec<Gap>, bool) {
        let lost = Lost::default();
        if is_by_line {
            lost.goes_on();
        }
        let mut frames = Frames::new(packed, lost.clone()).expect("memory is there");
        let mut bytes = Vec::new();
        let is_whole = frames.read_to_end(&mut bytes).is_ok();
        (bytes, lost.gaps(), is_whole)
    }

    fn text(lines: std::ops::Range<u32>) -> Vec<u8> {
        lines
            .flat_map(|i| format!("line {i}: {}\n", i.wrapping_mul(2_654_435_769)).into_bytes())
            .collect()
    }

    #[test]
    fn frames_come_out_one_after_the_other_whatever_the_room() {
        let (a, b) = (text(0..50_000), text(50_000..50_010));
        let packed = [&zstd::encode_all(&a[..], 3).expect("in memory")[..]; 2].concat();
        let packed = [packed, zstd::encode_all(&b[..], 3).expect("in memory")].concat();
        let all = [&a[..], &a, &b].concat();
        assert_eq!(unpacked(&packed, false), (all.clone(), vec![], true));
        let mut frames = Frames::new(&packed[..], Lost::default()).expect("memory is there");
        let (mut bytes, mut room) = (Vec::new(), vec![0; 1000]);
        loop {
            let n = frames.read(&mut room).expect("it is whole");
            bytes.extend_from_slice(&room[..n]);
            if n == 0 {
                break;
            }
            room.resize(room.len() % 7000 + 13, 0);
        }
        assert!(bytes == all);
    }

    #[test]
    fn a_gap_is_as_long_as_what_is_damaged() {
        let parts = [text(0..20_000), text(20_000..40_000), text(40_000..60_000)];
        let packed = parts.iter().map(|part| zstd::encode_all(&part[..], 3).expect("in memory"));
        let mut packed: Vec<Vec<u8>> = packed.collect();
        let begin = packed[0].len() as u64;
        let end = begin + packed[1].len() as u64;
        let cut = packed[1].len() - 30;
        packed[1][cut..].fill(0xFF);
        let file = packed.concat();
        let (bytes, gaps, is_whole) = unpacked(&file, true);
        assert!(is_whole);
        assert!(bytes.starts_with(&parts[0]) && bytes.ends_with(&[b"\n", &parts[2][..]].concat()));
        // Blocks before the damage are kept.
        let kept = bytes.len() - parts[0].len() - parts[2].len();
        assert!(kept > 1 << 17 && parts[1].starts_with(&bytes[parts[0].len()..][..1 << 17]));
        assert_eq!(gaps.len(), 1);
        assert_eq!((gaps[0].frame, gaps[0].to), (begin, end));
        assert!(gaps[0].from > begin && gaps[0].from < end, "{gaps:?}");
        let (bytes, gaps, is_whole) = unpacked(&file, false);
        assert!(!is_whole && gaps.is_empty());
        assert!(bytes.len() < parts[0].len() + parts[1].len());
    }

    #[test]
    fn magic_bytes_alone_make_no_frame() {
        let (a, b) = (text(0..100), text(100..200));
        let mut packed = zstd::encode_all(&a[..], 3).expect("in memory");
        let begin = packed.len() as u64;
        for noise in [&[0x58_u8, 7, 7, 7, 9][..], &[0xFF; 300], b"", &[0x00, 0x58, 0x01, 0x09]] {
            packed.extend_from_slice(&MAGIC);
            packed.extend_from_slice(noise);
        }
        packed.extend(zstd::encode_all(&b[..], 3).expect("in memory"));
        let (bytes, gaps, _) = unpacked(&packed, true);
        assert!(bytes == [a, b].concat());
        assert_eq!(gaps.iter().map(|gap| gap.frame).collect::<Vec<_>>(), [begin]);
    }
}
