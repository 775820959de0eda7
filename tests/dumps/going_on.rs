//! A run that goes on where another one was ended gives what one run gives.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rejoinder::analysis::{self, Analyzed, Facts, Keep, Options, Sheet};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::{Error, Result};
use rejoinder::formats::{Input, ReadOptions};
use rejoinder::topics::Topic;
use rejoinder::topics::discovery::Discovery;

use super::program::dump;

/// Everything that was delivered, as text; fails at the sheet with this number.
#[derive(Default)]
struct Heard {
    lines: Vec<String>,
    sheets: usize,
    fails_at: Option<usize>,
}

impl Facts for Heard {
    fn topics(&mut self, topics: &[Topic]) -> Result<()> {
        self.lines.push(format!("{topics:?}"));
        Ok(())
    }

    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        self.lines.push(format!("{analyzed:?}"));
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()> {
        self.lines.push(format!("{diagnostic:?}"));
        Ok(())
    }

    fn append(&mut self, sheet: Box<dyn Sheet>) -> Result<()> {
        if self.fails_at == Some(self.sheets) {
            return Err(Error::usage("no more"));
        }
        self.sheets += 1;
        let Ok(listed) = sheet.into_any().downcast::<analysis::Listed>() else { return Ok(()) };
        listed.hand_on(self)
    }
}

/// Copies a folder when so many bytes were read: what a kill at that moment leaves.
struct Watched<'a> {
    bytes: &'a [u8],
    read: Arc<AtomicUsize>,
    /// What is copied where, and when.
    copies: Vec<(usize, PathBuf)>,
    folder: PathBuf,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        let read = self.read.fetch_add(n, Ordering::Relaxed) + n;
        while let Some((_, to)) = self.copies.first().filter(|(at, _)| *at <= read).cloned() {
            copy(&self.folder, &to);
            self.copies.remove(0);
        }
        Ok(n)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        // A draft may get its name meanwhile.
        let _ = fs::copy(&path, to.join(path.file_name().unwrap()));
    }
}

fn options(keep: Option<Keep>) -> Options {
    let read = ReadOptions { format: Some("pushshift".to_owned()), ..ReadOptions::default() };
    Options { read, keep, skip_languages: true, ..Options::default() }
}

fn keep(folder: &Path, owner: &str) -> Keep {
    Keep { every: 80_000, ..Keep::new(folder, owner) }
}

/// Three files: lines that are none, a missing end, an input that cannot be opened in between.
fn parts(comments: usize) -> Vec<Vec<u8>> {
    let text = of_three_things(&dump(comments));
    let (a, rest) = text.split_at(text.len() / 2 - 7);
    let (a, b) = (a.replace("c77\"", "c77"), rest.replace("won,", "won\u{e9},"));
    vec![a.into_bytes(), b.into_bytes(), dump(10).into_bytes()]
}

/// Comments that have more to say than one sentence, so that there are topics to discover.
fn of_three_things(dump: &str) -> String {
    const THINGS: [[&str; 8]; 3] = [
        ["match", "goal", "referee", "league", "trainer", "stadium", "striker", "penalty"],
        ["bread", "flour", "butter", "oven", "dough", "baker", "yeast", "crust"],
        ["train", "ticket", "station", "delay", "platform", "carriage", "railway", "timetable"],
    ];
    let other = |(i, line): (usize, &str)| {
        let word = |n: usize| THINGS[i % 3][(i * 31 + n * (i % 5 + 1)) % 8];
        let said = format!("says the court. A {}, a {} and a {}.", word(0), word(1), word(2));
        line.replace("says the court.", &said) + "\n"
    };
    dump.lines().enumerate().map(other).collect()
}

fn run(
    parts: &[Vec<u8>],
    options: &Options,
    heard: &mut Heard,
    watched: &Watched<'_>,
) -> Result<()> {
    let mut inputs: Vec<Result<Input<'_>>> = Vec::new();
    for (place, bytes) in parts.iter().enumerate() {
        let reader = Watched {
            bytes,
            read: Arc::clone(&watched.read),
            copies: watched.copies.clone(),
            folder: watched.folder.clone(),
        };
        inputs.push(Ok(Input::new(format!("{place}.ndjson"), reader)));
        if place == 0 {
            inputs.push(Err(Error::format("lost.ndjson", "is gone")));
        }
    }
    let outcome = analysis::analyze(inputs, options, heard)?;
    assert_eq!((outcome.read, outcome.failed.len()), (3, 1));
    assert!(!outcome.lost.is_empty(), "the first file ends within a record");
    Ok(())
}

fn unwatched() -> Watched<'static> {
    Watched { bytes: &[], read: Arc::default(), copies: Vec::new(), folder: PathBuf::new() }
}

static TOLD: AtomicUsize = AtomicUsize::new(0);

#[test]
fn from_wherever_it_was_ended() {
    let dir = tempfile::tempdir().unwrap();
    let parts = parts(5_000);
    let total: usize = parts.iter().map(Vec::len).sum();
    let mut whole = Heard::default();
    run(&parts, &options(None), &mut whole, &unwatched()).unwrap();
    assert!(whole.lines.iter().any(|line| line.contains("BadRecord")));

    let folder = dir.path().join("kept");
    let copies: Vec<(usize, PathBuf)> =
        (1..7).map(|i| (total * i / 7, dir.path().join(format!("killed {i}")))).collect();
    let watched = Watched { copies: copies.clone(), folder: folder.clone(), ..unwatched() };
    let mut kept = Heard::default();
    run(&parts, &options(Some(keep(&folder, "me"))), &mut kept, &watched).unwrap();
    assert!(whole.lines == kept.lines, "on disk it is the same");
    for (_, killed) in copies {
        let mut again = options(Some(keep(&killed, "me")));
        again.pulse.told = Some(|told| {
            assert!(told.contains("need not be read again"), "{told}");
            TOLD.fetch_add(1, Ordering::Relaxed);
        });
        let mut heard = Heard::default();
        run(&parts, &again, &mut heard, &unwatched()).unwrap();
        assert!(heard.lines == whole.lines, "from {}", killed.display());
        // Others begin anew.
        let mut heard = Heard::default();
        run(&parts, &options(Some(keep(&killed, "somebody else"))), &mut heard, &unwatched())
            .unwrap();
        assert!(heard.lines == whole.lines);
    }
    let told = TOLD.load(Ordering::Relaxed);
    assert!(told >= 4, "only {told} of 6 runs found something to go on from");
}

#[test]
fn with_the_topics_that_were_discovered() {
    let dir = tempfile::tempdir().unwrap();
    let (parts, folder) = (parts(1_000), dir.path().join("kept"));
    let discovering = |keep| Options { discover: Some(Discovery::default()), ..options(keep) };
    let mut whole = Heard::default();
    run(&parts, &discovering(None), &mut whole, &unwatched()).unwrap();
    assert!(whole.lines.iter().any(|line| line.contains("Discovered")), "topics were found");
    let mut ended = Heard { fails_at: Some(0), ..Heard::default() };
    let keep = keep(&folder, "me");
    run(&parts, &discovering(Some(keep.clone())), &mut ended, &unwatched()).unwrap_err();
    let mut heard = Heard::default();
    run(&parts, &discovering(Some(keep)), &mut heard, &unwatched()).unwrap();
    assert!(heard.lines == whole.lines);
}
