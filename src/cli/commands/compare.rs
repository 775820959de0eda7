//! `compare`: which words two sets of comments differ in.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use rejoinder::analysis::{self, Analyzed, Facts};
use rejoinder::comment::{Kind, Moment};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::{Error, Result};
use rejoinder::outputs::charts::comparison::{Contrast, Sides, comparison};
use rejoinder::outputs::charts::{ChartOptions, Raster};
use rejoinder::outputs::page::{Entry, titled};
use rejoinder::topics::comparison::{Comparing, Comparison, Word, compare};

use crate::args::Compare;
use crate::exit::Exit;
use crate::files::Folder;
use crate::inputs::{self, Inputs};
use crate::watch::Watch;
use crate::{reading, screen};

/// Shows the words in which two sets differ.
pub(crate) fn run(args: &Compare) -> Result<Exit> {
    let [a, b] = sides(args)?;
    let how = Comparing {
        least: args.least,
        function_words: args.function_words,
        exclude: called(&[&a, &b]),
    };
    let compared = compare(&texts(&a), &texts(&b), &how);
    if let Some(path) = &args.chart {
        draw(path, &compared, [&a, &b], args)?;
    }
    if args.csv {
        screen::show(&rows(&compared))?;
    } else {
        let look = screen::look(&args.style);
        let first = compared.words.iter().filter(|w| w.z > 0.0).take(args.limit);
        let second = compared.words.iter().rev().filter(|w| w.z < 0.0).take(args.limit);
        for (side, n, words, is_first) in [
            (&a.name, compared.n_a, first.collect::<Vec<_>>(), true),
            (&b.name, compared.n_b, second.collect(), false),
        ] {
            let lines: Vec<(String, String)> = words.into_iter().map(line).collect();
            let entries: Vec<Entry<'_>> =
                lines.iter().map(|(word, about)| Entry::new(word, about)).collect();
            let title = format!("More in {side}");
            let sure = compared.words.iter().filter(|w| is_sure(w) && (w.z > 0.0) == is_first);
            let about = format!(
                "{n} words; {} of those below significant at 5 % (z beyond {SURE})",
                sure.count().min(args.limit)
            );
            screen::show(&titled(&title, &about, &entries, &look))?;
        }
    }
    Ok(if compared.words.is_empty() { Exit::Wanting } else { Exit::Done })
}

/// One of the two sets.
struct Side {
    name: String,
    texts: Vec<String>,
    /// All who take part in the inputs that they are from.
    authors: BTreeSet<String>,
    n_comments: usize,
    threads: BTreeSet<String>,
}

/// Beyond this z-score a difference is significant at 5 %.
const SURE: f64 = 1.96;
/// Where more people than this take part, their names are words like any other: a large forum has
/// members who are called Linux and Oil.
const FEW: usize = 200;

fn is_sure(word: &Word) -> bool {
    word.z.abs() > SURE
}

/// The words by which commenters may call each other.
fn called(sides: &[&Side]) -> BTreeSet<String> {
    let authors: BTreeSet<&String> = sides.iter().flat_map(|side| &side.authors).collect();
    if authors.len() > FEW {
        return BTreeSet::new();
    }
    let words = authors.iter().flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn texts(side: &Side) -> Vec<&str> {
    side.texts.iter().map(String::as_str).collect()
}

/// The two sets that are meant.
fn sides(args: &Compare) -> Result<[Side; 2]> {
    let split = args.post || args.before.is_some() || !args.authors.is_empty();
    if !split {
        let [a, b] = &args.source.inputs[..] else {
            return Err(Error::usage(
                "`compare` wants two inputs, or one of --post, --authors, --before to part them",
            ));
        };
        let side = |path: &Path| -> Result<Side> {
            let name = name_of(path);
            let read = read(args, &[path.to_path_buf()])?;
            Ok(read.side(name, &|_| true))
        };
        return Ok([side(a)?, side(b)?]);
    }
    let read = read(args, &args.source.inputs)?;
    let part = |name: &str, wanted: &dyn Fn(&Said) -> bool| read.side(name.to_owned(), wanted);
    if args.post {
        let posts = Side {
            name: "the post".to_owned(),
            texts: read.posts.clone(),
            authors: BTreeSet::new(),
            n_comments: 0,
            threads: BTreeSet::new(),
        };
        return Ok([posts, part("the comments", &|_| true)]);
    }
    if let Some(before) = &args.before {
        let limit = chrono::NaiveDate::parse_from_str(before, "%Y-%m-%d").map_err(|_| {
            Error::usage(format!("--before {before}: not a date; write it as 2019-01-29"))
        })?;
        let limit = limit.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let dated = |c: &Said, early: bool| c.millis.is_some_and(|at| (at < limit) == early);
        return Ok([
            part(&format!("comments before {before}"), &|c| dated(c, true)),
            part(&format!("comments from {before} on"), &|c| dated(c, false)),
        ]);
    }
    let [first, second] = &args.authors[..] else {
        return Err(Error::usage("--authors wants to be given twice, once for each author"));
    };
    for author in [first, second] {
        if !read.comments.iter().any(|c| c.author.as_deref() == Some(author)) {
            return Err(Error::usage(format!("--authors {author}: nobody of that name comments")));
        }
    }
    let by = |author: &String| part(author, &|c| c.author.as_deref() == Some(author));
    Ok([by(first), by(second)])
}

/// The name of an input without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().map_or("-".into(), |name| name.to_string_lossy().into_owned())
}

/// What was said: posts and comments.
#[derive(Default)]
struct Read {
    posts: Vec<String>,
    comments: Vec<Said>,
}

impl Read {
    /// The comments that are wanted, as one of the two sets.
    fn side(&self, name: String, wanted: &dyn Fn(&Said) -> bool) -> Side {
        let said: Vec<&Said> = self.comments.iter().filter(|said| wanted(said)).collect();
        Side {
            name,
            texts: said.iter().map(|said| said.text.clone()).collect(),
            authors: self.comments.iter().filter_map(|said| said.author.clone()).collect(),
            n_comments: said.len(),
            threads: said.iter().map(|said| said.thread.clone()).collect(),
        }
    }
}

/// A comment, as far as it matters here.
struct Said {
    thread: String,
    author: Option<String>,
    millis: Option<i64>,
    text: String,
}

impl Facts for Read {
    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        let post = analyzed.thread.post();
        self.posts.extend(post.title.clone());
        self.posts.push(post.text.clone());
        let comments = analyzed.thread.comments().iter().filter(|c| c.kind == Kind::Comment);
        self.comments.extend(comments.map(|comment| Said {
            thread: analyzed.thread.id().to_string(),
            author: comment.author.as_ref().map(ToString::to_string),
            millis: comment.created.filter(Moment::is_dated).map(|at| at.millis),
            text: comment.text.clone(),
        }));
        Ok(())
    }

    fn diagnostic(&mut self, _: Diagnostic) -> Result<()> {
        Ok(())
    }
}

fn read(args: &Compare, inputs: &[std::path::PathBuf]) -> Result<Read> {
    let Inputs::Files(files) = inputs::find(inputs)? else {
        return Err(Error::usage(
            "`compare` looks at the texts themselves; give it the inputs, not their tables",
        ));
    };
    let mut options = reading::options(&args.source, args.format.name.as_deref())?;
    options.discover = None;
    options.skip_languages = true;
    let watch = Watch::over(&files, false, args.source.quiet);
    let mut read = Read::default();
    let outcome = analysis::analyze(inputs::open(&files, &watch), &options, &mut read)?;
    match outcome.failed.into_iter().next() {
        Some(error) => Err(error),
        None => Ok(read),
    }
}

fn line(word: &Word) -> (String, String) {
    let Word { a, b, z, log_odds, g2, .. } = word;
    let about = format!("{a} against {b}; z {z:+.2}, log-odds {log_odds:+.2}, G² {g2:.1}");
    (word.word.clone(), about)
}

/// Every word as a row.
fn rows(compared: &Comparison) -> String {
    let mut text = String::from("word,a,b,log_odds,z,g2\n");
    for w in &compared.words {
        let _ = writeln!(text, "{},{},{},{},{},{}", w.word, w.a, w.b, w.log_odds, w.z, w.g2);
    }
    text
}

fn draw(path: &Path, compared: &Comparison, [a, b]: [&Side; 2], args: &Compare) -> Result<()> {
    let limit = args.limit;
    let contrast = |w: &Word| Contrast { word: w.word.clone(), z: w.z, counts: (w.a, w.b) };
    let first = compared.words.iter().filter(|w| w.z > 0.0).take(limit).map(contrast);
    let second = compared.words.iter().rev().filter(|w| w.z < 0.0).take(limit).map(contrast);
    let mut words: Vec<Contrast> = first.collect();
    words.extend(second.collect::<Vec<_>>().into_iter().rev());
    let options = ChartOptions { scale: 2.0, ..ChartOptions::default() };
    let inputs: Vec<String> = args.source.inputs.iter().map(|path| name_of(path)).collect();
    let source = match &inputs[..] {
        [first, _, _, ..] => format!("{first} and {} more", inputs.len() - 1),
        few => few.join(" and "),
    };
    let sides = Sides {
        names: (&a.name, &b.name),
        words: (compared.n_a, compared.n_b),
        n_comments: a.n_comments + b.n_comments,
        n_threads: a.threads.union(&b.threads).count(),
        source: &source,
    };
    let svg = comparison(&words, &sides, &options)?;
    let bytes = match path.extension().and_then(|e| e.to_str()) {
        Some("png") => Raster::new(&options).png(&svg)?,
        Some("svg") => svg.text.into_bytes(),
        _ => return Err(Error::usage("--chart wants a file that ends in .svg or .png")),
    };
    let name = path.file_name().unwrap_or_default();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut folder = Folder::open(folder.unwrap_or(Path::new(".")))?;
    folder.write(name, &bytes)?;
    folder.publish()
}
