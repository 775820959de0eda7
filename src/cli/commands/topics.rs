//! `topics`: what is spoken of, how it travels, and the comments behind every number.

use std::fmt::Write as _;

use rejoinder::analysis::{self, Analyzed, Facts};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::{Error, Result};
use rejoinder::outputs::page::{Entry, titled};
use rejoinder::outputs::wording::{counted, percent};
use rejoinder::topics::Topic;
use rejoinder::topics::agenda::{Agenda, Aside, Example, Share, Standing, Subject};

use crate::args::Topics as Args;
use crate::exit::Exit;
use crate::inputs::{self, Inputs};
use crate::watch::Watch;
use crate::{reading, screen};

/// What the comments on no topic are listed by.
const NONE: &str = "none";
/// Terms of a topic that are shown.
const SHOWN: usize = 12;
/// Letters of a comment that are shown.
const EXCERPT: usize = 400;

/// Shows the topics, or the comments on one.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let files = match inputs::find(&args.source.inputs)? {
        Inputs::Files(files) => files,
        Inputs::Tables(_) => {
            return Err(Error::usage(
                "`topics` looks at the texts themselves; give it the inputs, not their tables",
            ));
        }
    };
    let mut options = reading::options(&args.source, args.format.name.as_deref())?;
    if let Some(discovery) = &mut options.discover {
        discovery.count = args.count;
    }
    let watch = Watch::over(&files, false, args.source.quiet);
    let mut seen = Seen { kept: args.limit, ..Seen::default() };
    let outcome = analysis::analyze(inputs::open(&files, &watch), &options, &mut seen)?;
    for error in &outcome.failed {
        screen::complain("skipped", &error.chain());
    }
    let look = screen::look(&args.style);
    let (title, about, entries) = match &args.show {
        None => overview(&seen),
        Some(wanted) => close_reading(&seen, wanted)?,
    };
    let shown: Vec<Entry<'_>> = entries
        .iter()
        .map(|(name, about, note)| Entry::new(name, about).note(note.clone()))
        .collect();
    screen::show(&titled(&title, &about, &shown, &look))?;
    Ok(if seen.agenda.n_comments == 0 { Exit::Wanting } else { Exit::Done })
}

/// Everything that passes by, counted.
#[derive(Default)]
struct Seen {
    topics: Vec<Topic>,
    agenda: Agenda,
    kept: usize,
}

impl Facts for Seen {
    fn topics(&mut self, topics: &[Topic]) -> Result<()> {
        self.topics = topics.to_vec();
        self.agenda = Agenda::new(topics, self.kept);
        Ok(())
    }

    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        let texts = &analyzed.texts;
        self.agenda.add(&analyzed.thread, &|k| &texts[k].topics, &analyzed.post_topics);
        Ok(())
    }

    fn diagnostic(&mut self, _: Diagnostic) -> Result<()> {
        Ok(())
    }
}

/// A name, what is said of it, and what is said in smaller letters.
type Line = (String, String, String);

fn overview(seen: &Seen) -> (String, String, Vec<Line>) {
    let agenda = &seen.agenda;
    let mut lines: Vec<Line> = seen
        .topics
        .iter()
        .zip(&agenda.subjects)
        .map(|(topic, subject)| {
            let said = [counts(subject, agenda), people(topic, subject)];
            let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
            let said = said.join("; ");
            let terms = terms(topic);
            // A topic of few terms is named by all of them.
            if terms == topic.name {
                (terms, said, String::new())
            } else {
                (topic.name.clone(), terms, said)
            }
        })
        .collect();
    if agenda.aside.n_comments > 0 && !seen.topics.is_empty() {
        let note = format!("mostly talk between commenters; --show {NONE} lists them");
        lines.push((format!("({NONE})"), aside(agenda), note));
    }
    (format!("Topics ({})", seen.topics.len()), of_the_whole(seen), lines)
}

/// What is said of all topics together.
fn of_the_whole(seen: &Seen) -> String {
    let agenda = &seen.agenda;
    if agenda.n_comments == 0 {
        return "No comments were found.".to_owned();
    }
    if seen.topics.is_empty() {
        return format!(
            "Of {} no two say enough of the same things.",
            counted(agenda.n_comments as usize, "comment")
        );
    }
    let on_post = agenda.by_depth.iter().fold(Share::default(), |sum, share| Share {
        part: sum.part + share.part,
        whole: sum.whole + share.whole,
    });
    let mut about = format!(
        "{} of {} are on a topic",
        agenda.n_on_topic,
        counted(agenda.n_comments as usize, "comment")
    );
    let shares = |shares: &[Share]| {
        let parts = shares.iter().map(|s| s.value().map_or("-".to_owned(), percent));
        parts.collect::<Vec<_>>().join(", ")
    };
    if on_post.part > 0 {
        let _ = write!(
            about,
            ", {} on one that the post speaks of too: {} from depth 1 down, {} from the first \
             quarter of the comments to the last.",
            on_post.part,
            shares(&agenda.by_depth[..agenda.by_depth.len().min(8)]),
            shares(&agenda.by_quarter)
        );
    } else {
        about.push('.');
    }
    about
}

/// What is said of the comments on no topic.
fn aside(agenda: &Agenda) -> String {
    let Aside { n_comments, n_replies, n_calls, .. } = agenda.aside;
    let share = Share { part: n_comments, whole: agenda.n_comments };
    let share = share.value().map(|share| format!(" ({})", percent(share))).unwrap_or_default();
    format!(
        "{}{share} on no topic; {n_replies} answer another comment, {n_calls} call somebody by name",
        counted(n_comments as usize, "comment")
    )
}

fn counts(subject: &Subject, agenda: &Agenda) -> String {
    let n = subject.n_comments;
    let share = Share { part: n, whole: agenda.n_comments };
    let mut text = counted(n as usize, "comment");
    if let Some(share) = share.value() {
        let _ = write!(text, " ({})", percent(share));
    }
    text.push_str(match subject.standing() {
        Standing::Shared => ", and in the post",
        Standing::PostOnly => ", only in the post",
        Standing::CommentsOnly => ", not in the post",
        Standing::Unheard => "",
    });
    if n > 0 {
        let n = n as f64;
        let _ = write!(
            text,
            "; at depth {:.1}, with {:.1} replies each on average",
            subject.depth_sum as f64 / n,
            subject.n_replies as f64 / n
        );
    }
    let Share { part, whole } = subject.inherited;
    if whole > 0 {
        let _ = write!(text, "; {part} of {} to them stay on it", counted(whole as usize, "reply"));
        if let Some(arrived) = subject.arrived.value() {
            let _ = write!(text, ", {} of other replies come to it", percent(arrived));
        }
    }
    text
}

/// The foremost terms.
fn terms(topic: &Topic) -> String {
    topic.terms.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ")
}

/// Who brought the topic in and who took it up, and how well its terms go together.
fn people(topic: &Topic, subject: &Subject) -> String {
    let mut parts = Vec::new();
    for (verb, counts) in
        [("brought in by", &subject.brought_by), ("taken up by", &subject.taken_up_by)]
    {
        if let Some((name, n)) = Subject::foremost(counts) {
            let times = if n > 1 { format!(" ({n})") } else { String::new() };
            parts.push(format!("{verb} {name}{times}"));
        }
    }
    if let Some(coherence) = topic.coherence {
        parts.push(format!("coherence {coherence:.2}"));
    }
    parts.join("; ")
}

/// The most typical comments of the topic that is meant.
fn close_reading(seen: &Seen, wanted: &str) -> Result<(String, String, Vec<Line>)> {
    let lower = wanted.to_lowercase();
    if lower == NONE {
        let lines = seen.agenda.aside.examples.iter().map(quoted).collect();
        return Ok(("On no topic".to_owned(), aside(&seen.agenda), lines));
    }
    let names = seen.topics.iter().map(|topic| topic.name.to_lowercase());
    let found = names
        .clone()
        .position(|name| name == lower)
        .or_else(|| names.clone().position(|name| name.contains(&lower)))
        .or_else(|| wanted.parse::<usize>().ok().and_then(|n| n.checked_sub(1)))
        .filter(|index| *index < seen.topics.len());
    let Some(index) = found else {
        let known: Vec<_> = seen.topics.iter().map(|t| format!("{:?}", t.name)).collect();
        return Err(Error::usage(format!(
            "--show {wanted}: no topic of that name; there are {}, and {NONE}",
            known.join(", ")
        )));
    };
    let (topic, subject) = (&seen.topics[index], &seen.agenda.subjects[index]);
    let lines = subject.examples.iter().map(quoted).collect();
    Ok((topic.name.clone(), counts(subject, &seen.agenda), lines))
}

/// A comment with its place and author.
fn quoted(example: &Example) -> Line {
    let author = example.author.as_deref().unwrap_or("unknown");
    let mut note = format!("depth {}, thread {}", example.depth, example.thread);
    if example.mentions > 0 {
        note = format!("{}, {note}", counted(example.mentions as usize, "mention"));
    }
    (format!("{} {author}", example.position), one_line(&example.text), note)
}

fn one_line(text: &str) -> String {
    let own: Vec<&str> = text.lines().filter(|line| !line.starts_with('>')).collect();
    let mut line = own.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(EXCERPT) {
        line.truncate(at);
        line.push('…');
    }
    rejoinder::text::width::harmless(&line).into_owned()
}
