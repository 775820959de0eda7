//! Files that are one input together: the mails of a Maildir, the files of a corpus.
//!
//! A folder or an archive is a list of paths. Most files are inputs of their own. A Maildir
//! (<https://cr.yp.to/proto/maildir.html>) keeps one mail a file in `cur` and `new`; mail programs
//! save single mails as `.eml`; threads show only when they are read together. A ConvoKit corpus
//! is a folder whose `utterances.jsonl` are the comments and whose `conversations.json` knows
//! their titles. Only paths are looked at, so the same rules hold on disk and in archives.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};

/// What is read as one input; numbers are places in the list of paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bundle {
    /// A file alone.
    File(usize),
    /// Mails of one folder, in the order of their names, which begin with the time of delivery.
    Mails {
        /// The folder.
        name: String,
        /// Its mails.
        mails: Vec<usize>,
    },
    /// A ConvoKit corpus.
    Corpus {
        /// The path of the utterances.
        name: String,
        /// What is known of the conversations, where there is such a file.
        conversations: Option<usize>,
        /// The utterances.
        utterances: usize,
    },
}

/// A file of a corpus' folder that holds no utterances.
const COMPANIONS: [&str; 5] =
    ["speakers.json", "users.json", "conversations.json", "corpus.json", "index.json"];

/// Groups files, given by their paths, into inputs; each stands where its first file stood.
///
/// ```
/// use rejoinder::formats::input::bundle::{Bundle, bundles};
/// let paths = ["m/cur/12.a.host:2,S", "m/new/13.b.host", "m/tmp/14.c.host", "page.html"];
/// let mails = Bundle::Mails { name: "m".into(), mails: vec![0, 1] };
/// assert_eq!(bundles(&paths.map(String::from)), [mails, Bundle::File(3)]);
/// ```
#[must_use]
pub fn bundles(paths: &[String]) -> Vec<Bundle> {
    let parts: Vec<(&str, &str)> = paths.iter().map(|path| split(path)).collect();
    let corpora = corpora(&parts);
    let mut mailboxes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, (folder, file)) in parts.iter().enumerate() {
        if let Some(mailbox) = mailbox(folder, file) {
            mailboxes.entry(mailbox).or_default().push(place);
        }
    }
    // A single saved mail is a file like any other, and keeps its name.
    mailboxes.retain(|mailbox, mails| mails.len() > 1 || split(&paths[mails[0]]).0 != *mailbox);
    let mut bundles = Vec::new();
    let mut done = BTreeSet::new();
    for (place, (folder, file)) in parts.iter().enumerate() {
        if let Some(mails) = mailbox(folder, file).and_then(|name| mailboxes.get(name)) {
            let name = mailbox(folder, file).unwrap_or_default();
            if done.insert(name) {
                let mut mails = mails.clone();
                mails.sort_by_key(|mail| parts[*mail].1);
                bundles.push(Bundle::Mails { name: name.to_owned(), mails });
            }
        } else if is_delivery(folder, file, &mailboxes) {
            // What a Maildir keeps in `tmp` is not delivered yet.
        } else if let Some((utterances, conversations)) = corpora.get(folder) {
            if place == *utterances {
                let conversations = *conversations;
                let name = paths[place].clone();
                bundles.push(Bundle::Corpus { name, conversations, utterances: place });
            } else if !is_companion(file) {
                bundles.push(Bundle::File(place));
            }
        } else {
            bundles.push(Bundle::File(place));
        }
    }
    bundles
}

/// For each file whether it may hold text. Pictures, sounds, scripts and the like do not, and what
/// a browser saved beside a page (`page_files/` beside `page.html`) is part of that page.
#[must_use]
pub fn texts(paths: &[String]) -> Vec<bool> {
    const OTHERS: [&str; 36] = [
        "aac", "avi", "avif", "bmp", "css", "doc", "docx", "gif", "heic", "ico", "jpeg", "jpg",
        "js", "m4a", "m4v", "mkv", "mov", "mp3", "mp4", "odt", "ogg", "opus", "otf", "pdf", "png",
        "svg", "tgs", "tif", "tiff", "ttf", "vcf", "wav", "webm", "webp", "woff", "woff2",
    ];
    let stems: BTreeSet<&str> = paths
        .iter()
        .filter_map(|path| path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")))
        .collect();
    let is_part_of_page = |path: &str| {
        path.match_indices(['/', '\\']).any(|(at, _)| {
            path[..at].strip_suffix("_files").is_some_and(|stem| stems.contains(stem))
        })
    };
    let is_text = |path: &String| {
        let extension = split(path).1.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
        let is_other = extension.is_some_and(|e| OTHERS.contains(&e.as_str()));
        !is_other && !is_part_of_page(path)
    };
    paths.iter().map(is_text).collect()
}

/// Folder and name of a file.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once(['/', '\\']).unwrap_or(("", path))
}

/// The folders that hold a corpus: the places of its utterances and of its conversations.
fn corpora<'a>(parts: &[(&'a str, &str)]) -> BTreeMap<&'a str, (usize, Option<usize>)> {
    let mut corpora = BTreeMap::new();
    for (place, (folder, file)) in parts.iter().enumerate() {
        let beside =
            |name: &str| parts.iter().position(|(other, file)| other == folder && *file == name);
        let is_corpus = || COMPANIONS.iter().any(|name| beside(name).is_some());
        if matches!(*file, "utterances.jsonl" | "utterances.json") && is_corpus() {
            corpora.entry(*folder).or_insert((place, beside("conversations.json")));
        }
    }
    corpora
}

/// A file of a corpus' folder beside its utterances: what is known of speakers, conversations and
/// the whole, annotations, vectors.
fn is_companion(file: &str) -> bool {
    let is_info =
        file.strip_prefix("info.").is_some_and(|rest| rest.strip_suffix("jsonl").is_some());
    let is_pickle = file.rsplit_once('.').is_some_and(|(_, extension)| extension == "p");
    is_info || is_pickle || COMPANIONS.contains(&file) || file == "utterances.json"
}

/// The mailbox that a file is a mail of: the folder above `cur` and `new`, or the folder of `.eml`
/// files.
fn mailbox<'a>(folder: &'a str, file: &str) -> Option<&'a str> {
    let (above, own) = split(folder);
    if matches!(own, "cur" | "new") && is_unique_name(file) {
        return Some(if above.is_empty() { own } else { above });
    }
    let extension = file.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|e| e.eq_ignore_ascii_case("eml")).then_some(folder)
}

/// A file in the folder `tmp` of a Maildir.
fn is_delivery(folder: &str, file: &str, mailboxes: &BTreeMap<&str, Vec<usize>>) -> bool {
    let (above, own) = split(folder);
    own == "tmp" && is_unique_name(file) && mailboxes.contains_key(above)
}

/// The name of a mail in a Maildir: the second of its delivery, a dot, and what makes it unique.
fn is_unique_name(file: &str) -> bool {
    file.split_once('.').is_some_and(|(seconds, rest)| {
        seconds.len() > 1 && seconds.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty()
    })
}

/// The line before each mail of [`mails`]. No program writes it, so that nothing within a mail is
/// taken for the beginning of another.
pub const SEPARATOR: &[u8] = b"\x1email of a folder";

/// The mails of a folder as one stream, a [`SEPARATOR`] before each.
#[must_use]
pub fn mails<'a>(
    mails: impl Iterator<Item = Box<dyn Read + Send + 'a>> + Send + 'a,
) -> Box<dyn Read + Send + 'a> {
    Box::new(Joined { mails: Box::new(mails), current: Box::new(Cursor::new(Vec::new())) })
}

/// Reads one mail after the other.
struct Joined<'a> {
    mails: Box<dyn Iterator<Item = Box<dyn Read + Send + 'a>> + Send + 'a>,
    current: Box<dyn Read + Send + 'a>,
}

impl Read for Joined<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.current.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let Some(mail) = self.mails.next() else { return Ok(0) };
            let separator = Cursor::new([b"\n", SEPARATOR, b"\n"].concat());
            self.current = Box::new(separator.chain(mail).chain(Cursor::new(b"\n")));
        }
    }
}

/// A corpus as one stream: what is known of the conversations on a line of its own, then the
/// utterances.
#[must_use]
pub fn corpus<'a>(
    conversations: Option<Box<dyn Read + Send + 'a>>,
    utterances: Box<dyn Read + Send + 'a>,
) -> Box<dyn Read + Send + 'a> {
    match conversations {
        Some(known) => Box::new(OneLine(known).chain(Cursor::new(b"\n")).chain(utterances)),
        None => utterances,
    }
}

/// Puts JSON on one line: its strings hold no line ends, so those between its parts are blanks.
struct OneLine<R>(R);

impl<R: Read> Read for OneLine<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(buffer)?;
        buffer[..n].iter_mut().filter(|b| matches!(**b, b'\n' | b'\r')).for_each(|b| *b = b' ');
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(paths: &[&str]) -> Vec<Bundle> {
        bundles(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_corpus_is_its_utterances_and_its_conversations() {
        let paths = [
            "c/conversations.json",
            "c/corpus.json",
            "c/index.json",
            "c/info.parsed.jsonl",
            "c/readme.txt",
            "c/speakers.json",
            "c/utterances.jsonl",
        ];
        let corpus = Bundle::Corpus {
            name: "c/utterances.jsonl".to_owned(),
            conversations: Some(0),
            utterances: 6,
        };
        assert_eq!(grouped(&paths), [Bundle::File(4), corpus]);
        assert_eq!(grouped(&["c/utterances.jsonl"]), [Bundle::File(0)]);
    }

    #[test]
    fn saved_mails_of_a_folder_are_read_together() {
        let mails = Bundle::Mails { name: "list".to_owned(), mails: vec![2, 1] };
        let paths = ["a.txt", "list/b.eml", "list/a.EML", "one/x.eml"];
        assert_eq!(grouped(&paths), [Bundle::File(0), mails, Bundle::File(3)]);
    }

    #[test]
    fn what_belongs_to_a_saved_page_is_no_input() {
        let paths = ["p.html", "p_files/ad.html", "p_files/x.css", "q_files/r.html", "s.PNG"];
        let paths = paths.map(str::to_owned);
        assert_eq!(texts(&paths), [true, false, false, true, false]);
    }

    #[test]
    fn other_folders_of_these_names_are_none() {
        assert_eq!(grouped(&["x/new/page.html", "x/cur/2.html"]).len(), 2);
        assert_eq!(grouped(&["x/speakers.json", "x/index.json"]).len(), 2);
    }
}
