//! Files that are one input together, on disk and in archives, and archives themselves.

use std::fs::File;
use std::io::{Cursor, Read, Write};

use rejoinder::comment::Stated;
use rejoinder::diagnostic::Oddity;
use rejoinder::formats::input::bundle::{self, Bundle, bundles};
use rejoinder::formats::{self, Input, ReadOptions};
use zip::write::SimpleFileOptions;

use super::{Delivered, seeds};

/// An archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(bytes: &[u8], options: &ReadOptions) -> (Delivered, Option<String>) {
    let (delivered, result) = super::read("export.zip", bytes, options);
    (delivered, result.err().map(|error| error.to_string()))
}

/// The paths of the files below a folder of the seeds, sorted.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut pending = vec![seeds().join(folder)];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Reads everything that a folder of the seeds bundles.
fn read_folder(folder: &str) -> Delivered {
    let paths = files(folder);
    let open =
        |place: usize| -> Box<dyn Read + Send> { Box::new(File::open(&paths[place]).unwrap()) };
    let mut delivered = Delivered::default();
    for bundle in bundles(&paths) {
        let input = match bundle {
            Bundle::File(place) => Input::new(paths[place].clone(), open(place)),
            Bundle::Mails { name, mails } => {
                let mails: Vec<_> = mails.into_iter().map(open).collect();
                Input::new(name, bundle::mails(mails.into_iter()))
            }
            Bundle::Corpus { name, conversations, utterances } => {
                Input::new(name, bundle::corpus(conversations.map(open), open(utterances)))
            }
        };
        formats::read(input, &ReadOptions::default(), &mut delivered).unwrap();
    }
    delivered
}

#[test]
fn a_maildir_is_one_conversation() {
    let delivered = read_folder("maildir");
    let [thread] = &delivered.discussions[..] else { panic!("{delivered:?}") };
    let texts: Vec<&str> = thread.comments.iter().map(|c| c.text.as_str()).collect();
    let second = "From Mon Mar  1 10:00:00 2004\nSubject: lines like these part nothing here\n\nTwice through.";
    assert_eq!(texts, ["How fine?", second, "Thrice."]);
    let parents: Vec<&Stated> = thread.comments.iter().map(|c| &c.reply_to.stated).collect();
    let first = Stated::Id("f1@mill.example".into());
    assert_eq!(parents, [&Stated::Post, &first, &first]);
    assert!(delivered.odd.is_empty(), "{:?}", delivered.odd);
}

#[test]
fn a_folder_of_a_corpus_knows_its_titles() {
    let delivered = read_folder("convokit/corpus");
    let titles: Vec<_> = delivered.discussions.iter().map(|d| d.post.title.as_deref()).collect();
    assert_eq!(titles, [Some("Swifts"), Some("Nests")]);
    let lines: Vec<_> = delivered.comments().map(|c| c.line).collect();
    assert_eq!(lines, [Some(2), Some(3), Some(5)], "lines are those of the utterances");
}

#[test]
fn an_archive_is_read_file_by_file() {
    let chat = std::fs::read(seeds().join("whatsapp/_chat.txt")).unwrap();
    let wxr = std::fs::read(seeds().join("wxr/export.xml")).unwrap();
    let files: [(&str, &[u8]); 4] = [
        ("chat/_chat.txt", &chat),
        ("chat/photo.jpg", b"\xFF\xD8\xFF\xE0 pixels"),
        ("__MACOSX/chat/._chat.txt", b"\0\x05"),
        ("blog.xml", &wxr),
    ];
    let (delivered, error) = read(&archive(&files), &ReadOptions::default());
    assert_eq!(error, None);
    let sources: Vec<&str> = delivered.discussions.iter().map(|d| d.source.as_str()).collect();
    assert!(sources.contains(&"export.zip/chat/_chat.txt"), "{sources:?}");
    assert!(sources.contains(&"export.zip/blog.xml"), "{sources:?}");
    let told: Vec<String> = delivered.odd.iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("export.zip: 1 files hold no text"), "{told:?}");
}

#[test]
fn corpora_and_mails_are_found_in_archives_too() {
    let names = ["convokit/corpus", "maildir"].map(files).concat();
    let root = seeds().display().to_string();
    let contents: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(name).unwrap()).collect();
    let inner = names.iter().map(|name| name[root.len() + 1..].to_owned()).collect::<Vec<_>>();
    let all: Vec<(&str, &[u8])> =
        inner.iter().map(String::as_str).zip(contents.iter().map(Vec::as_slice)).collect();
    let (delivered, error) = read(&archive(&all), &ReadOptions::default());
    assert_eq!(error, None);
    assert_eq!(delivered.discussions.len(), 3);
    assert_eq!(delivered.comments().count(), 6);
    assert_eq!(delivered.discussions[0].post.title.as_deref(), Some("Swifts"));
}

#[test]
fn one_bad_file_does_not_spoil_an_archive() {
    let good = b"id,author,text\n1,ann,hello\n";
    let files: [(&str, &[u8]); 2] = [("a.csv", good), ("b.bin", b"\0\x01\x02\0")];
    let (delivered, error) = read(&archive(&files), &ReadOptions::default());
    assert_eq!((delivered.comments().count(), error), (1, None));
    assert!(delivered.has(Oddity::Unreadable));
    let (_, error) = read(&archive(&files[1..]), &ReadOptions::default());
    insta::assert_snapshot!(error.unwrap(), @"export.zip/b.bin: this is a binary file, not text; save or export the comments as text, HTML or JSON");
}

#[test]
fn archives_that_cannot_be_read_say_why() {
    let options = ReadOptions::default();
    let told = |bytes: &[u8]| read(bytes, &options).1.unwrap();
    let whole = archive(&[("a.csv", b"id,author,text\n1,ann,hello\n")]);
    insta::assert_snapshot!(told(&whole[..whole.len() / 2]), @"export.zip: the zip archive is damaged or cut (invalid Zip archive: Could not find EOCD); unpack it and give the folder");
    insta::assert_snapshot!(told(&archive(&[("photo.png", b"\x89PNG")])), @"export.zip: the archive holds no text; hidden files, pictures and scripts are skipped");
    insta::assert_snapshot!(told(&archive(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")])), @"export.zip: this is an office document, a book or a program, not text; save or export the comments as text, HTML, CSV or JSON");
    insta::assert_snapshot!(told(&archive(&[("inner.zip", &whole)])), @"export.zip/inner.zip: an archive within an archive; unpack the outer one and give the folder");
}

#[test]
fn a_bomb_in_an_archive_is_refused() {
    // One record, then a line far beyond the limit for lines, which costs nothing to read.
    let mut endless = b"{\"id\":\"1\",\"author\":\"ann\",\"text\":\"hello\"}\n".to_vec();
    endless.resize(80 << 20, b'x');
    let bytes = archive(&[("a.txt", &endless)]);
    assert!(bytes.len() < 1 << 20);
    let mut options = ReadOptions::default();
    let told = read(&bytes, &options).1.unwrap();
    insta::assert_snapshot!(told, @"cannot read export.zip/a.txt: it expands more than 400-fold, like a decompression bomb; if it is none, raise the limit with --max-expansion");
    options.limits.expansion = u64::MAX;
    assert_eq!(read(&bytes, &options).1, None, "the limit can be raised");
}
