//! What a comment of a dump costs, stage by stage.
//!
//! `cargo bench --bench dumps`. The comments are made up, of about 200 characters each; the topics
//! are twelve, with some sixty patterns. The scan is set beside the automaton that a user of the
//! regex crates would build for ASCII alone, which counts the same in English.

#![allow(missing_docs, clippy::unwrap_used)]

use std::fmt::Write;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use regex_automata::hybrid::dfa::DFA;
use regex_automata::util::syntax;
use regex_automata::{Input as Search, MatchKind};
use rejoinder::analysis::{self, Analyzed, Facts, Options};
use rejoinder::comment::{Answers, Loose};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::Result;
use rejoinder::formats::{Input, ReadOptions};
use rejoinder::gather::{Budget, Gather, Segments};
use rejoinder::text::markup;
use rejoinder::topics::Topics;

const ENGLISH: &str = "vote* election* senat* president* congress* econom* inflation tax taxes \
    market markets bank banks climate carbon emission* warming doctor* hospital* vaccin* medic* \
    symptom* software computer* algorithm* internet team teams coach* playoff* season game games \
    console movie* film films actor* director* court* judge* lawyer* illegal* lawsuit* war wars \
    army missile* soldier* invasion idiot* stupid* moron* troll thanks appreciate* helpful";
const RUSSIAN: &str = "голос* выбор* сенат* президент* конгресс* эконом* инфляц* налог* рынок \
    банк* климат* углерод* выброс* врач* больниц* вакцин* лекар* симптом* программ* компьютер* \
    алгоритм* интернет* команд* тренер* сезон* игра игры консол* кино фильм* актёр* режиссёр* \
    суд* адвокат* закон* война армия ракет* солдат* вторжен* глуп* дурак спасибо полезн*";

fn main() {
    divan::main();
}

/// Texts of about 200 characters, one word in twenty on a topic.
fn texts(topical: &str, filler: &[&str]) -> Vec<String> {
    let topical: Vec<&str> = topical.split_whitespace().map(|w| w.trim_end_matches('*')).collect();
    let mut state = 7_u64;
    let mut dice = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
        (state >> 33) as usize % n
    };
    (0..20_000)
        .map(|_| {
            let mut text = String::new();
            while text.chars().count() < 200 {
                let word = match dice(20) {
                    0 => topical[dice(topical.len())],
                    _ => filler[dice(filler.len())],
                };
                text.push_str(word);
                text.push_str(if dice(12) == 0 { ". " } else { " " });
            }
            text
        })
        .collect()
}

fn english() -> Vec<String> {
    let filler = "the people who said that they would never come again have been there since \
        morning while nobody asked whether anything could still be done about terrible weather";
    texts(ENGLISH, &filler.split(' ').collect::<Vec<_>>())
}

fn russian() -> Vec<String> {
    let filler = "люди которые сказали что никогда больше не придут были там с самого утра пока \
        никто не спросил можно ли ещё что нибудь сделать с этой ужасной погодой сегодня";
    texts(RUSSIAN, &filler.split(' ').collect::<Vec<_>>())
}

fn topics(patterns: &str) -> Topics {
    let list: Vec<String> = patterns.split_whitespace().map(|w| format!("\"{w}\"")).collect();
    Topics::from_dictionary("bench.toml", &format!("one = [{}]", list.join(", "))).unwrap()
}

fn scan(bencher: Bencher<'_, '_>, patterns: &str, texts: &[String]) {
    let topics = topics(patterns);
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| texts.iter().map(|text| topics.hits(black_box(text)).len()).sum::<usize>());
}

/// The same patterns as one lazy automaton over bytes, ends only, with boundaries of ASCII.
fn automaton(bencher: Bencher<'_, '_>, patterns: &str, texts: &[String]) {
    let words: Vec<String> = patterns.split_whitespace().map(|w| w.replace('*', r"\w*")).collect();
    let pattern = format!(r"\b(?:{})\b", words.join("|"));
    let syntax = syntax::Config::new().case_insensitive(true).unicode(true).utf8(false);
    // Case folds by Unicode; only the boundaries and `\w` are those of ASCII.
    let pattern = pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", r"(?-u:\w)");
    let dfa = DFA::builder()
        .configure(DFA::config().match_kind(MatchKind::LeftmostFirst))
        .syntax(syntax)
        .build(&pattern)
        .unwrap();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut cache = dfa.create_cache();
        let mut found = 0_usize;
        for text in texts {
            let mut at = 0;
            while let Ok(Some(end)) =
                dfa.try_search_fwd(&mut cache, &Search::new(text.as_bytes()).range(at..))
            {
                found += 1;
                at = end.offset();
            }
        }
        found
    });
}

#[divan::bench(sample_count = 20)]
fn topics_english(bencher: Bencher<'_, '_>) {
    scan(bencher, ENGLISH, &english());
}

#[divan::bench(sample_count = 20)]
fn topics_english_ascii_automaton(bencher: Bencher<'_, '_>) {
    automaton(bencher, ENGLISH, &english());
}

#[divan::bench(sample_count = 20)]
fn topics_russian(bencher: Bencher<'_, '_>) {
    scan(bencher, RUSSIAN, &russian());
}

#[divan::bench(sample_count = 20)]
fn topics_russian_ascii_automaton(bencher: Bencher<'_, '_>) {
    automaton(bencher, RUSSIAN, &russian());
}

/// Markdown of plain texts.
#[divan::bench(sample_count = 20)]
fn markdown(bencher: Bencher<'_, '_>) {
    let texts = english();
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench(|| texts.iter().map(|text| markup::markdown(black_box(text)).len()).sum::<usize>());
}

/// Records of loose comments and back.
#[divan::bench(sample_count = 10)]
fn gather(bencher: Bencher<'_, '_>) {
    let ids: Vec<(String, String)> =
        (0..100_000).map(|i| (format!("e6x{i:05}"), format!("9ka{:03}", i * 7919 % 500))).collect();
    bencher.counter(ItemsCount::new(ids.len())).bench(|| {
        let mut segments = Segments::default();
        for (id, thread) in &ids {
            let comment = Loose {
                thread,
                id: Some(id),
                author: Some("somebody"),
                answers: Answers::Post,
                score: Some(3),
                line: Some(7),
                ..Loose::default()
            };
            segments.comment(&comment, &[1, 2, 3]);
        }
        let mut gather = Gather::new(Budget::default());
        gather.segments(&segments, 0).unwrap();
        let mut comments = 0;
        for share in gather.finish() {
            share
                .each(
                    |_| 0,
                    |gathered, _| {
                        comments += gathered.discussion.comments.len();
                        Ok(())
                    },
                )
                .unwrap();
        }
        comments
    });
}

/// Everything up to the tables.
#[divan::bench(sample_count = 10)]
fn pipeline(bencher: Bencher<'_, '_>) {
    let mut lines = String::new();
    for (i, text) in english().iter().enumerate() {
        let (author, time, thread) = (i % 999, 1_538_352_000 + i, i % 700);
        writeln!(
            lines,
            "{{\"author\":\"writer{author}\",\"body\":\"{text}\",\"created_utc\":{time},\
             \"id\":\"c{i}\",\"link_id\":\"t3_th{thread}\",\"parent_id\":\"t3_th{thread}\",\
             \"score\":1,\"subreddit\":\"a\"}}"
        )
        .unwrap();
    }
    let read = ReadOptions { skip_text: true, ..ReadOptions::default() };
    let options = Options {
        topics: topics(ENGLISH).into(),
        skip_languages: true,
        skip_words: true,
        read,
        ..Options::default()
    };
    bencher.counter(ItemsCount::new(20_000_usize)).bench(|| {
        let mut count = Count(0);
        let input = Input::new("bench.ndjson", lines.as_bytes());
        analysis::analyze([Ok(input)], &options, &mut count).unwrap();
        count.0
    });
}

struct Count(usize);

impl Facts for Count {
    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        self.0 += analyzed.thread.len();
        Ok(())
    }

    fn diagnostic(&mut self, _: Diagnostic) -> Result<()> {
        Ok(())
    }
}
