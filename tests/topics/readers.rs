//! Topics of small threads in six languages against those that a reader of each names.

use std::fmt::Write as _;

use rejoinder::analysis::{self, Analyzed, Facts, Options};
use rejoinder::diagnostic::Diagnostic;
use rejoinder::error::Result;
use rejoinder::formats::Input;
use rejoinder::topics::Topic;
use rejoinder::topics::agenda::Agenda;
use rejoinder::topics::discovery::Discovery;

/// What passed by.
#[derive(Default)]
pub(super) struct Seen {
    pub topics: Vec<Topic>,
    pub agenda: Agenda,
    pub authors: Vec<String>,
}

impl Facts for Seen {
    fn topics(&mut self, topics: &[Topic]) -> Result<()> {
        self.topics = topics.to_vec();
        self.agenda = Agenda::new(topics, 3);
        Ok(())
    }

    fn thread(&mut self, analyzed: Analyzed) -> Result<()> {
        let texts = &analyzed.texts;
        self.authors.extend(analyzed.thread.names().iter().map(ToString::to_string));
        self.agenda.add(&analyzed.thread, &|k| &texts[k].topics, &analyzed.post_topics);
        Ok(())
    }

    fn diagnostic(&mut self, _: Diagnostic) -> Result<()> {
        Ok(())
    }
}

/// Everything that is found in seeds, given by their paths.
pub(super) fn found(paths: &[&str]) -> Seen {
    let mut seen = Seen::default();
    let options = Options { discover: Some(Discovery::default()), ..Options::default() };
    let inputs = paths
        .iter()
        .map(|path| Ok(Input::new(*path, std::fs::File::open(format!("seeds/{path}")).unwrap())));
    analysis::analyze(inputs, &options, &mut seen).unwrap();
    seen
}

/// Subjects that a reader of the thread names, each by words of which its topic has one in front.
const READERS: &[(&str, &[&str])] = &[
    (
        "topics/harbor_street.outline",
        &[
            "shops rents customers",
            "buses",
            "mayor",
            "hospital traffic",
            "school kids",
            "bike lane",
        ],
    ),
    (
        "topics/laptop.outline",
        &["linux driver suspend", "battery", "keyboard", "price", "fan hairdryer"],
    ),
    (
        "topics/sourdough.outline",
        &["starter", "steam pot oven", "flour", "fridge", "bread digestion"],
    ),
    (
        "topics/heizung.outline",
        &[
            "mieter vermieter",
            "stromnetz netz",
            "förderung",
            "altbau dämmung",
            "monteure lehrlinge wartezeit",
        ],
    ),
    (
        "topics/turismo.outline",
        &["licencias inspectores", "hoteles bar camareros", "ruido vecinos", "elecciones alcalde"],
    ),
    (
        "topics/cantine.outline",
        &[
            "viande lentilles",
            "éleveurs prix",
            "porc religion",
            "surgelées cuisinier",
            "gaspillage",
        ],
    ),
    (
        "topics/elektrichki.outline",
        &[
            "прибыль машинисты",
            "платформе автомат кассу",
            "льготы",
            "машину пробки",
            "вагоны тамбуре",
        ],
    ),
    ("topics/waimai.outline", &["算法 系统", "塑料盒", "物业 监控 小区", "保险", "配送费"]),
    (
        "documents/003_0b8c0c03fac5c926.txt",
        &["oil", "maduro chavez venezuela", "afghanistan iraq", "bolton", "meme"],
    ),
];

/// Terms in which a topic must show itself.
const IN_FRONT: usize = 4;

#[test]
fn the_topics_are_those_that_a_reader_names() {
    let mut missed = Vec::new();
    for (path, subjects) in READERS {
        let seen = found(&[path]);
        let fronts: Vec<Vec<String>> = seen
            .topics
            .iter()
            .map(|t| t.terms.iter().take(IN_FRONT).map(|t| t.to_lowercase()).collect())
            .collect();
        for subject in *subjects {
            let is_in_front = |front: &Vec<String>| {
                front.iter().any(|term| subject.split(' ').any(|w| term.contains(w)))
                    || subject.contains(' ') && front.iter().any(|term| term == subject)
            };
            if !fronts.iter().any(is_in_front) {
                missed.push(format!("{path}: {subject} in none of {fronts:?}"));
            }
        }
        assert!((4..=7).contains(&seen.topics.len()), "{path}: {fronts:?}");
        // Nobody who takes part is a topic, and talk between commenters stays outside.
        for author in &seen.authors {
            let is_named =
                |t: &&Topic| t.terms.iter().any(|term| term.eq_ignore_ascii_case(author));
            assert!(!seen.topics.iter().any(|t| is_named(&t)), "{path}: {author}");
        }
        let aside = seen.agenda.aside.n_comments;
        assert!(aside >= 2 && aside * 3 < seen.agenda.n_comments, "{path}: {aside} aside");
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_topics_of_small_threads_read_well() {
    let mut text = String::new();
    for (path, _) in READERS {
        text.push_str(path);
        text.push('\n');
        let seen = found(&[path]);
        for (topic, subject) in seen.topics.iter().zip(&seen.agenda.subjects) {
            let _ = writeln!(text, "  {:>2}  {}", subject.n_comments, topic.name);
        }
        let _ = writeln!(text, "  {:>2}  on none", seen.agenda.aside.n_comments);
    }
    insta::assert_snapshot!(text);
}

#[test]
fn articles_without_comments_change_nothing() {
    let alone = found(&["documents/003_0b8c0c03fac5c926.txt"]);
    let together = found(&[
        "documents/000_4e5b74c0363eedab.txt",
        "documents/001_fbff234d49921df8.txt",
        "documents/002_8561c4ec09b46356.txt",
        "documents/003_0b8c0c03fac5c926.txt",
    ]);
    assert_eq!(alone.topics, together.topics);
}

#[test]
fn nothing_of_the_site_and_no_function_words_become_topics() {
    let seen = found(&["documents/003_0b8c0c03fac5c926.txt"]);
    let terms: Vec<String> =
        seen.topics.iter().flat_map(|t| &t.terms).map(|t| t.to_lowercase()).collect();
    let wrong = [
        "comment",
        "image",
        "guest",
        "notify",
        "subscribe",
        "harry",
        "flea",
        "plato",
        "ned",
        "taras",
        "burning",
        "platform",
        "paypal",
        "fuck",
        "yup",
        "didn't",
        "one",
        "said",
        "thing",
        "http",
    ];
    for word in wrong {
        assert!(!terms.iter().any(|t| t.split(' ').any(|w| w == word)), "{word} in {terms:?}");
    }
}
