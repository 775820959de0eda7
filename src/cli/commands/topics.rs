//! `topics`: what is spoken of, how it travels, and the comments behind every number.

use rejoinder::analysis::{self, Analyzed, Facts};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::{Error, Result};
use rejoinder::outputs::page::{Entry, titled};
use rejoinder::topics::Topic;
use rejoinder::topics::agenda::{Agenda, Share, Standing, Subject};

use crate::args::Topics as Args;
use crate::exit::Exit;
use crate::inputs::{self, Inputs};
use crate::watch::Watch;
use crate::{reading, screen};

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
    let on_post = agenda.by_depth.iter().fold(Share::default(), |sum, share| Share {
        part: sum.part + share.part,
        whole: sum.whole + share.whole,
    });
    let mut about = format!(
        "{} of {} comments are on a topic; {} on a topic of their post.",
        agenda.n_on_topic, agenda.n_comments, on_post.part
    );
    let shares = |shares: &[Share]| {
        let parts = shares.iter().map(|s| s.value().map_or("-".to_owned(), percent));
        parts.collect::<Vec<_>>().join(", ")
    };
    if on_post.part > 0 {
        about.push_str(&format!(
            " On the post's topics by depth: {}; from the first quarter of the page to the last: {}.",
            shares(&agenda.by_depth[..agenda.by_depth.len().min(8)]),
            shares(&agenda.by_quarter)
        ));
    }
    let lines = seen
        .topics
        .iter()
        .zip(&agenda.subjects)
        .map(|(topic, subject)| {
            (topic.name.clone(), counts(subject, agenda), details(topic, subject))
        })
        .collect();
    (format!("Topics ({})", seen.topics.len()), about, lines)
}

fn counts(subject: &Subject, agenda: &Agenda) -> String {
    let n = subject.n_comments;
    let share = Share { part: n, whole: agenda.n_comments };
    let mut text = format!("{n} comments");
    if let Some(share) = share.value() {
        text.push_str(&format!(" ({})", percent(share)));
    }
    text.push_str(match subject.standing() {
        Standing::Shared => ", and in the post",
        Standing::PostOnly => ", only in the post",
        Standing::CommentsOnly => ", not in the post",
        Standing::Unheard => "",
    });
    if n > 0 {
        let n = n as f64;
        text.push_str(&format!(
            "; mean depth {:.1}, {:.1} replies each",
            subject.depth_sum as f64 / n,
            subject.n_replies as f64 / n
        ));
    }
    if let Some(inherited) = subject.inherited.value() {
        text.push_str(&format!(
            "; {} of {} replies stay on it",
            subject.inherited.part, subject.inherited.whole
        ));
        if let Some(arrived) = subject.arrived.value() {
            text.push_str(&format!(" ({} against {})", percent(inherited), percent(arrived)));
        }
    }
    text
}

fn details(topic: &Topic, subject: &Subject) -> String {
    let mut text = topic.terms.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
    if let Some(coherence) = topic.coherence {
        text.push_str(&format!(". Coherence {coherence:.2}"));
    }
    if let Some((name, n)) = Subject::foremost(&subject.brought_by) {
        text.push_str(&format!(". Brought in by {name} ({n})"));
    }
    if let Some((name, n)) = Subject::foremost(&subject.taken_up_by) {
        text.push_str(&format!(". Taken up by {name} ({n})"));
    }
    text
}

/// The most typical comments of the topic that is meant.
fn close_reading(seen: &Seen, wanted: &str) -> Result<(String, String, Vec<Line>)> {
    let lower = wanted.to_lowercase();
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
            "--show {wanted}: no topic of that name; there are {}",
            known.join(", ")
        )));
    };
    let (topic, subject) = (&seen.topics[index], &seen.agenda.subjects[index]);
    let lines = subject
        .examples
        .iter()
        .map(|example| {
            let author = example.author.as_deref().unwrap_or("unknown");
            let text = one_line(&example.text);
            let note = format!(
                "{} mentions, depth {}, thread {}",
                example.mentions, example.depth, example.thread
            );
            (format!("{} {author}", example.position), text, note)
        })
        .collect();
    Ok((topic.name.clone(), counts(subject, &seen.agenda), lines))
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

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
