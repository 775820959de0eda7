//! Discovered topics: planted ones are found again, always the same, and nothing else is.

use rejoinder::topics::Topics;
use rejoinder::topics::discovery::{Discovery, Document, discover};

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

/// Comments on one planted subject each, with chatter, and now and then a word of another.
fn planted(n: usize) -> (Vec<String>, Vec<usize>) {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let chatter: Vec<&str> = CHATTER.split(' ').collect();
    let mut texts = Vec::new();
    let mut labels = Vec::new();
    for _ in 0..n {
        let subject = dice.below(SUBJECTS.len());
        let words: Vec<&str> = SUBJECTS[subject].split(' ').collect();
        let mut text: Vec<&str> = Vec::new();
        for _ in 0..4 + dice.below(4) {
            text.push(words[dice.below(words.len())]);
            text.push(chatter[dice.below(chatter.len())]);
            text.push(chatter[dice.below(chatter.len())]);
        }
        if dice.below(5) == 0 {
            let other: Vec<&str> = SUBJECTS[dice.below(SUBJECTS.len())].split(' ').collect();
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
    information / ((entropy(a) + entropy(b)) / 2.0)
}

#[test]
fn the_measure_of_agreement_is_right() {
    assert!((nmi(&[0, 0, 1, 1], &[1, 1, 0, 0]) - 1.0).abs() < 1e-12);
    assert!(nmi(&[0, 0, 1, 1], &[0, 1, 0, 1]).abs() < 1e-12);
}

#[test]
fn planted_topics_are_recovered() {
    let (texts, labels) = planted(300);
    let topics = discover(&documents(&texts), &Discovery::default());
    assert_eq!(topics.list.len(), SUBJECTS.len(), "{:?}", topics.list);
    let found: Vec<usize> = texts.iter().map(|text| foremost(&topics, text)).collect();
    let agreement = nmi(&labels, &found);
    assert!(agreement >= 0.9, "NMI {agreement}");
    assert!(topics.list.iter().all(|topic| topic.coherence.unwrap() > 0.0));
}

#[test]
fn the_number_of_topics_can_be_set() {
    let (texts, _) = planted(300);
    let three = Discovery { count: Some(3), ..Discovery::default() };
    assert_eq!(discover(&documents(&texts), &three).list.len(), 3);
}

#[test]
fn the_same_comments_give_the_same_topics_on_any_number_of_threads() {
    let (texts, _) = planted(200);
    let on = |n: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| discover(&documents(&texts), &Discovery::default()).list)
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(5));
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
fn nothing_in_nothing_out() {
    assert!(discover(&[], &Discovery::default()).is_empty());
    let texts = ["".to_owned(), "ok".to_owned(), "> quoted".to_owned()];
    assert!(discover(&documents(&texts), &Discovery::default()).is_empty());
}
