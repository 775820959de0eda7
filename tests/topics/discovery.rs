//! Discovered topics: planted ones are found again, always the same, and nothing else is.

use rejoinder::topics::Topics;
use rejoinder::topics::discovery::{Discovery, Document, Method, discover};

/// Invented words that no list knows: planted subjects share none.
const SUBJECTS: [&str; 6] = [
    "harbor quay trawler anchor lighthouse ferry mooring tide buoy cargo",
    "orchard cider blossom pruning graft apple beehive harvest pear ladder",
    "violin sonata cello rehearsal conductor soprano overture quartet baton maestro",
    "glacier crevasse summit crampon avalanche moraine ridge alpine sherpa rope",
    "loom weaver shuttle linen dye spindle wool carding bobbin thread",
    "comet orbit telescope nebula eclipse asteroid lunar meteor observatory galaxy",
];
/// What every comment has, whatever it is about.
const CHATTER: &str = "the and that is what people say about it when they think of some good thing";

/// A generator of numbers that is the same everywhere (Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }
}

const SEED: u64 = 0x2545_F491_4F6C_DD1D;

/// Comments on one of so many planted subjects each, with chatter, and now and then a word of
/// another.
fn planted(n: usize, n_subjects: usize, seed: u64) -> (Vec<String>, Vec<usize>) {
    let mut dice = Dice(seed);
    let chatter: Vec<&str> = CHATTER.split(' ').collect();
    let mut texts = Vec::new();
    let mut labels = Vec::new();
    for _ in 0..n {
        let subject = dice.below(n_subjects);
        let words: Vec<&str> = SUBJECTS[subject].split(' ').collect();
        let mut text: Vec<&str> = Vec::new();
        for _ in 0..4 + dice.below(4) {
            text.push(words[dice.below(words.len())]);
            text.push(chatter[dice.below(chatter.len())]);
            text.push(chatter[dice.below(chatter.len())]);
        }
        if dice.below(5) == 0 {
            let other: Vec<&str> = SUBJECTS[dice.below(n_subjects)].split(' ').collect();
            text.push(other[dice.below(other.len())]);
        }
        texts.push(text.join(" "));
        labels.push(subject);
    }
    (texts, labels)
}

fn documents(texts: &[String]) -> Vec<Document<'_>> {
    let document = |text| Document { text, author: None, thread: 0, parent: None, is_post: false };
    texts.iter().map(|text| document(text.as_str())).collect()
}

/// The topic with most mentions, the first among equals.
fn foremost(topics: &Topics, text: &str) -> usize {
    let hits = topics.hits(text);
    let most = hits.iter().map(|hit| hit.mentions).max();
    hits.iter().find(|hit| Some(hit.mentions) == most).map_or(usize::MAX, |hit| hit.topic as usize)
}

/// Normalized mutual information of two labelings, by the mean of their entropies.
fn nmi(a: &[usize], b: &[usize]) -> f64 {
    let n = a.len() as f64;
    let share = |hits: &dyn Fn(usize) -> bool| (0..a.len()).filter(|&i| hits(i)).count() as f64 / n;
    let values = |labels: &[usize]| {
        let mut values = labels.to_vec();
        values.sort_unstable();
        values.dedup();
        values
    };
    let entropy = |labels: &[usize]| -> f64 {
        let p = values(labels).into_iter().map(|v| share(&|i| labels[i] == v));
        -p.map(|p| p * p.ln()).sum::<f64>()
    };
    let mut information = 0.0;
    for x in values(a) {
        for y in values(b) {
            let both = share(&|i| a[i] == x && b[i] == y);
            if both > 0.0 {
                information += both * (both / (share(&|i| a[i] == x) * share(&|i| b[i] == y))).ln();
            }
        }
    }
    information / f64::midpoint(entropy(a), entropy(b))
}

#[test]
fn the_measure_of_agreement_is_right() {
    assert!((nmi(&[0, 0, 1, 1], &[1, 1, 0, 0]) - 1.0).abs() < 1e-12);
    assert!(nmi(&[0, 0, 1, 1], &[0, 1, 0, 1]).abs() < 1e-12);
}

/// Agreement of what is found in planted comments with what was planted, and the number of topics.
fn agreement(n: usize, n_subjects: usize, seed: u64, how: &Discovery) -> (f64, usize) {
    let (texts, labels) = planted(n, n_subjects, seed);
    let topics = discover(&documents(&texts), how);
    assert!(topics.list.iter().all(|topic| topic.coherence.is_none_or(|c| c > -0.5)));
    let found: Vec<usize> = texts.iter().map(|text| foremost(&topics, text)).collect();
    (nmi(&labels, &found), topics.list.len())
}

#[test]
fn planted_topics_are_recovered_and_their_number_is_found() {
    let draws = [(100, SEED), (100, 0x9E37_79B9_7F4A_7C15), (100, 12_345_678_912_345), (300, SEED)];
    for (n, seed) in draws {
        let (nmi, n_topics) = agreement(n, 6, seed, &Discovery::default());
        assert!(nmi >= 0.95 && (6..=7).contains(&n_topics), "{n}: NMI {nmi}, {n_topics} topics");
    }
}

#[test]
fn planted_topics_of_few_comments_are_recovered_where_their_number_is_given() {
    for (n, n_subjects) in [(20, 2), (40, 4)] {
        let how = Discovery { count: Some(n_subjects), ..Discovery::default() };
        for seed in [SEED, 0x9E37_79B9_7F4A_7C15, 12_345_678_912_345] {
            let (nmi, n_topics) = agreement(n, n_subjects, seed, &how);
            assert!(nmi >= 0.9, "{n} comments: NMI {nmi}, {n_topics} topics");
        }
    }
}

#[test]
fn communities_recover_them_too() {
    let how = Discovery { method: Method::Communities, ..Discovery::default() };
    let (nmi, _) = agreement(300, 6, SEED, &how);
    assert!(nmi >= 0.9, "NMI {nmi}");
}

#[test]
fn the_number_of_topics_can_be_set() {
    let (texts, _) = planted(300, 6, SEED);
    for count in [1, 3, 6] {
        let how = Discovery { count: Some(count), ..Discovery::default() };
        assert_eq!(discover(&documents(&texts), &how).list.len(), count);
    }
}

#[test]
fn the_same_comments_give_the_same_topics_on_any_number_of_threads() {
    let (texts, _) = planted(150, 6, SEED);
    let mut documents = documents(&texts);
    for (i, document) in documents.iter_mut().enumerate() {
        document.parent = (i % 7 > 0).then(|| (i - 1) as u32);
    }
    for method in [Method::Factors, Method::Communities] {
        let how = Discovery { method, ..Discovery::default() };
        let on = |n: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
            pool.install(|| discover(&documents, &how).list)
        };
        let one = on(1);
        assert!(!one.is_empty());
        assert_eq!(one, on(2));
        assert_eq!(one, on(7));
    }
}

#[test]
fn names_urls_and_repeated_lines_are_no_topics() {
    let signature = "Sent from a wonderful pocket gadget of mine";
    let when = "today again tonight slowly north south early late twice soon far near";
    let when: Vec<&str> = when.split(' ').collect();
    let texts: Vec<String> = (0..12)
        .map(|i| {
            let (call, subject) =
                [("Zebulon.", "glacier and a crevasse"), ("Zeb,", "orchard and some cider")][i % 2];
            let when = when[i];
            let url = "https://host.example/kumquat/marmalade";
            format!("{call} look at the {subject} {when} {url}\n{signature}")
        })
        .collect();
    let mut documents = documents(&texts);
    for document in &mut documents {
        document.author = Some("Zebulon Quirke");
    }
    let topics = discover(&documents, &Discovery { count: Some(9), ..Discovery::default() });
    let terms: Vec<String> =
        topics.list.iter().flat_map(|t| &t.terms).map(|t| t.to_lowercase()).collect();
    assert!(terms.iter().any(|t| t.contains("glacier")), "{terms:?}");
    for wrong in ["zeb", "quirke", "kumquat", "marmalade", "host", "gadget", "pocket"] {
        assert!(!terms.iter().any(|t| t.contains(wrong)), "{wrong} in {terms:?}");
    }
}

#[test]
fn phrases_of_scripts_without_spaces_are_written_without_and_found() {
    let texts: Vec<String> = [
        "外卖太贵了",
        "我点了外卖",
        "外卖又涨价",
        "今天不点外卖",
        "石油价格",
        "石油价格涨了",
        "谈谈石油价格",
    ]
    .map(String::from)
    .to_vec();
    let topics = discover(&documents(&texts), &Discovery::default());
    assert!(topics.list.iter().all(|t| !t.name.contains(' ') || t.name.contains(", ")));
    for text in &texts {
        assert!(!topics.hits(text).is_empty(), "{text}: {:?}", topics.list);
    }
}

#[test]
fn joined_articles_places_and_their_people_are_one_word() {
    let french = [
        "Je pense que l'eau du port est froide",
        "Il y a beaucoup d'eau dans les rues",
        "Mais l’eau monte encore, nous le voyons",
        "C'est de l'eau douce, je ne sais pas pourquoi",
    ];
    let english = [
        "They have been to Libya and back again",
        "It was on the Libyan coast that we met",
        "The Libyans are not amused about it",
        "There is a bus that goes to the place",
        "Two buses were there when we came",
        "And the buses are always late, are they not",
    ];
    let terms = |texts: &[&str]| -> Vec<String> {
        let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
        let topics = discover(&documents(&texts), &Discovery::default());
        topics.list.iter().flat_map(|t| t.terms.clone()).collect()
    };
    let french = terms(&french);
    assert!(french.iter().any(|t| t == "eau"), "{french:?}");
    let english = terms(&english);
    assert_eq!(english.iter().filter(|t| t.to_lowercase().starts_with("liby")).count(), 1);
    assert_eq!(english.iter().filter(|t| t.starts_with("bus")).count(), 1);
}

#[test]
fn dates_and_lines_that_introduce_quotations_are_no_topics() {
    let texts: Vec<String> = (1..9)
        .map(|i| {
            let subject = ["glacier", "orchard"][i % 2];
            let header = format!("On Thu, {i} Jan 1999 at 10:00 PST, Zed wrote:");
            format!("{header}\n> quoted\nthat {subject}, Jan {i}")
        })
        .collect();
    let topics = discover(&documents(&texts), &Discovery::default());
    let terms: Vec<&String> = topics.list.iter().flat_map(|t| &t.terms).collect();
    assert!(terms.iter().any(|t| *t == "glacier"), "{terms:?}");
    for wrong in ["Jan", "Thu", "PST", "wrote", "Zed", "quoted"] {
        assert!(!terms.iter().any(|t| t.contains(wrong)), "{wrong} in {terms:?}");
    }
}

#[test]
fn nothing_in_nothing_out() {
    assert!(discover(&[], &Discovery::default()).is_empty());
    let texts = [String::new(), "ok".to_owned(), "> quoted".to_owned()];
    assert!(discover(&documents(&texts), &Discovery::default()).is_empty());
}
