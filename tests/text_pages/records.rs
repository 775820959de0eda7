//! Records that people keep: logs, registers, observations, lists of discussions, of laws, of
//! members. They have names and times as comments do, but nobody speaks to anybody.

use super::read;

const NAMES: [&str; 4] = ["Aldo Lund", "Berit Rask", "Casimir Quist", "Dunja Osei"];

/// What is said in the records, and what people would say in their place.
const NEUTRAL: [&str; 9] = [
    "The tower is older than the bells.",
    "Snow lay on the toll house in October.",
    "The parish paid for the pier.",
    "Salt was dear in that year.",
    "Twelve barrels of tar were sold on Monday.",
    "The third kiln was opened by the guild.",
    "A second pier is to follow in the spring.",
    "Two of the boats were lost near the bridge.",
    "The canal was frozen until the end of March.",
];
const SPOKEN: [&str; 9] = [
    "I climbed it as a child.",
    "And who paid for it?",
    "You can see it from my window.",
    "No, I would not say so.",
    "Where did you buy yours?",
    "My uncle was there.",
    "That is what I was told, too.",
    "Thanks, I had forgotten that.",
    "Why was nobody asked?",
];

/// Hours and minutes between the entries, in bursts.
const BURSTS: [u32; 9] = [0, 7, 190, 4, 16, 1100, 3, 350, 25];

/// A moment of May 2021, so many minutes after its first morning.
fn moment(minutes: u32) -> String {
    let minutes = minutes + 8 * 60;
    format!("May {}, 2021, {}:{:02}", minutes / 1440 + 1, minutes / 60 % 24, minutes % 60)
}

/// The moments of entries in bursts.
fn burst(i: usize) -> String {
    moment(BURSTS[..=i].iter().sum())
}

/// How many comments are found on a page of nine entries.
fn found(entry: impl Fn(usize) -> String) -> usize {
    let entries: String = (0..9).map(entry).collect();
    read(&format!("By the water\n\n{entries}")).discussion.comments.len()
}

#[test]
fn records_open_with_the_same_words() {
    let kept = |front: &'static str| {
        move |i: usize| {
            format!("{}\n{}\n{front}{} {}\n\n", NAMES[i % 3], burst(i), SPOKEN[i], NEUTRAL[i])
        }
    };
    assert_eq!(found(kept("Wind south-west, 4 knots. ")), 0);
    assert_eq!(found(kept("")), 9, "without the same words");
}

#[test]
fn in_records_nobody_speaks() {
    let told = |texts: [&'static str; 9]| {
        move |i: usize| format!("{}\n{}\n\n{} {}\n\n", NAMES[i % 4], burst(i), NEUTRAL[i], texts[i])
    };
    let mut later = NEUTRAL;
    later.rotate_left(3);
    assert_eq!(found(told(later)), 0);
    assert_eq!(found(told(SPOKEN)), 9, "where somebody speaks");
}

#[test]
fn watches_follow_each_other_by_the_clock() {
    let kept = |at: fn(usize) -> String| {
        move |i: usize| {
            let text = if i.is_multiple_of(2) { SPOKEN[i] } else { "" };
            format!("{}\n{}\n\n{} {text}\n\n", NAMES[i % 4], at(i), NEUTRAL[i])
        }
    };
    assert_eq!(found(kept(|i| moment(480 * i as u32))), 0);
    assert_eq!(found(kept(burst)), 9, "in bursts");
}

#[test]
fn lists_of_discussions_count_answers_and_views() {
    for (replies, views) in [("Replies", "Views"), ("Antworten", "Zugriffe")] {
        let topic = |i: usize| {
            format!(
                "{}\nby {} » {}\n{} {replies}\n{} {views}\nLast post by {}\n{}\n",
                SPOKEN[i],
                NAMES[i % 4],
                burst(8 - i),
                7 * i,
                90 + 31 * i,
                NAMES[(i + 1) % 4],
                burst(8 - i)
            )
        };
        let entries: String = (0..9).map(topic).collect();
        let read = read(&format!("General discussion\n\n{entries}"));
        assert_eq!(read.discussion.comments.len(), 0, "{replies}");
    }
}

#[test]
fn texts_that_are_links_to_other_pages_are_titles() {
    let listed = |target: fn(usize) -> String| {
        move |i: usize| {
            format!(
                "**{}**  \n{}\n\n[{}]({})\n\n{}\n\n",
                NAMES[i % 4],
                burst(i),
                SPOKEN[i],
                target(i),
                NEUTRAL[i]
            )
        }
    };
    assert_eq!(found(listed(|i| format!("/pages/{i}.html"))), 0);
    assert_eq!(found(listed(|i| format!("#comment-{}", 400 + i))), 9, "links to the page itself");
}

#[test]
fn days_on_which_nobody_wrote_are_no_dates_of_comments() {
    // The name stands there twice, as that of the picture as well.
    let since = |words: &'static str| {
        move |i: usize| {
            let (name, text) = (NAMES[i % 4], SPOKEN[i]);
            format!("{name}\n\n{name}\n\n{words} May {}, 2021\n\n{text}\n\n", 3 * i + 1)
        }
    };
    for words in ["Member since", "Mitglied seit", "Miembro desde el", "Modifié par loi du"] {
        assert_eq!(found(since(words)), 0, "{words}");
    }
    assert_eq!(found(since("On")), 9, "where somebody wrote");
}

#[test]
fn numbers_of_articles_are_no_names() {
    for law in ["", "Act of "] {
        let article = |i: usize| {
            let (text, more) = (SPOKEN[i], NEUTRAL[i]);
            format!("Article L{}-{}\n\n{law}{}\n\n{text} {more}\n\n", 100 + i, i % 3, burst(i))
        };
        assert_eq!(found(article), 0, "{law}");
    }
}

#[test]
fn titles_above_names_are_no_names_with_places() {
    let sold = ["Lantern", "Quarry", "Signal"];
    let (first, last) = (["Aldo", "Berit", "Casimir"], ["Lund", "Rask", "Osei"]);
    let offer = |i: usize| {
        let (title, name) = (sold[i % 3], format!("{} {}", first[i / 3], last[i % 3]));
        let at = moment(9000 - 700 * i as u32 + 77 * (i as u32 % 4));
        format!("{title} for sale\n\n{name}\n\n{at}\n\n{} {}\n\n", SPOKEN[i], NEUTRAL[i])
    };
    assert_eq!(found(offer), 0);
}

/// What an unknown forum prints between the name and the date differs with each, too.
#[test]
fn boxes_of_members_are_no_titles() {
    let post = |i: usize| {
        let name = NAMES[i % 4];
        let (posts, text) = (31 * i + 7, SPOKEN[i]);
        format!("{name}\nPosty: {posts}\nWysłany: {}\n{text} {}\n", burst(i), NEUTRAL[i])
    };
    assert_eq!(found(post), 9);
}
