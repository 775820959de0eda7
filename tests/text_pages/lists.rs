//! Lists that look like comments, and comments that look like lists: names, dates, texts and hardly
//! anything else.

use super::read;

const NAMES: [&str; 7] = [
    "Aldo Lund",
    "Berit Rask",
    "Casimir Quist",
    "Dunja Osei",
    "Edwin Moreau",
    "Fenna Toth",
    "Gustav Ibsen",
];
const TITLES: [&str; 7] = [
    "The ferry is late again",
    "A new pier for the town",
    "Tar for the old boats",
    "Kilns along the river",
    "How winter came so near",
    "Two bells and a tower",
    "The price of salt",
];
const TEXTS: [&str; 7] = [
    "I crossed the canal before the winter. Nobody had repaired the pier.",
    "You can see the pier from my window. The parish paid for it.",
    "Twelve barrels of tar were sold on Monday. Do you need some?",
    "I was there when the third kiln was opened. Two more are to follow.",
    "Snow lay on the toll house in October. My train was delayed again.",
    "The tower is older than the bells. I climbed it as a child.",
    "Salt was dear that year, and you had to ask for it.",
];

/// How many comments are found on a page of seven entries below what stands `above` them.
fn found(above: &str, entry: impl Fn(usize) -> String) -> usize {
    let entries: String = (0..7).map(entry).collect();
    read(&format!("By the water\n\n{above}{entries}")).discussion.comments.len()
}

const ARTICLE: &str = "The harbour of the town was built when salt was dear, and it has been too \
     small for the boats ever since the canal was opened to all of them.\n\nNow the council has \
     found money for a second pier, which is to be longer than the first one and to stand nearer to \
     the station.\n\n";

/// A date of 2019 in no order.
fn any_day(i: usize) -> String {
    format!("{} {}, 2019", ["May", "July", "March"][i % 3], (i * 11) % 27 + 1)
}

#[test]
fn numbers_of_comments_of_several_articles_are_no_heading() {
    for (link, count) in [("Read more", "comments"), ("Weiterlesen", "Kommentare")] {
        let index = |i: usize| {
            let (title, name, text) = (TITLES[i], NAMES[i], TEXTS[i]);
            format!(
                "{title}\n\n{name}\n{}\n\n{text}\n\n{link}\n\n{} {count}\n\n",
                any_day(i),
                9 - i
            )
        };
        assert_eq!(found("", index), 0, "{link}");
    }
    let index = |i: usize| {
        let (title, name, text) = (TITLES[i], NAMES[i], TEXTS[i]);
        format!(
            "{title}\n\n{name}\n2019年5月{}日 10:0{i}\n\n{text}\n\n続きを読む コメント({i})\n\n",
            20 - i
        )
    };
    assert_eq!(found("", index), 0, "links in Japanese");
}

#[test]
fn an_index_of_discussions_tells_of_two_people_and_days() {
    let topics = |i: usize| {
        let (title, name, last) = (TITLES[i], NAMES[i], NAMES[(i + 2) % 7]);
        format!(
            "{title}\nby {name} » {} 10:0{i} am\nReplies: {i}\nLast post by {last} {} 9:3{i} pm\n",
            any_day(i),
            any_day(i + 1)
        )
    };
    assert_eq!(found("", topics), 0);
    let started = |i: usize| {
        let (title, name) = (TITLES[i], NAMES[i % 3]);
        let hours = (i * 7) % 10 + 2;
        format!("{title}\nStarted by {name}\n{} replies\nLast reply {hours} hours ago\n", i * 3 + 2)
    };
    assert_eq!(found("Latest discussions\n\n", started), 0);
}

#[test]
fn links_for_sharing_are_no_links_for_answering() {
    let ticker = |i: usize| {
        let (title, name, text) = (TITLES[i], NAMES[i % 4], TEXTS[i]);
        format!(
            "May 4, 2019 2{}:15\n\n{title}\n\n{name}\n\n{text}\n\nShare\n\n",
            8_usize.saturating_sub(i) % 4
        )
    };
    assert_eq!(found(ARTICLE, ticker), 0);
}

#[test]
fn mails_that_an_article_quotes_are_no_comments_on_it() {
    let wrote = |i: usize| {
        let (name, text) = (NAMES[i], TEXTS[i]);
        format!(
            "The board was told again.\n\nOn May {}, 2016, at 10:0{i} am, {name} wrote:\n\n{text}\n\n",
            i + 2
        )
    };
    assert_eq!(found(ARTICLE, wrote), 0, "On May 4, Ann wrote:");
    let from = |i: usize| {
        let (name, text) = (NAMES[i % 4], TEXTS[i]);
        format!(
            "From: {name}\n\nDate: {} 10:0{i} am\n\n{text}\n\nThe board did not answer.\n\n",
            any_day(i)
        )
    };
    assert_eq!(found(ARTICLE, from), 0, "From: Ann");
}

#[test]
fn who_is_presented_does_not_write() {
    let team = |i: usize| {
        let (name, text) = (NAMES[i], TEXTS[i]);
        format!(
            "{name}\n\n{name}\n\nHead of music\n\nShe joined us in May 201{i}. {text}\n\nEmail\n"
        )
    };
    assert_eq!(found("", team), 0, "a team with pictures");
    let lives = |i: usize| {
        let (name, text) = (NAMES[i % 5], TEXTS[i]);
        format!("{name}\n\nOctober 1{i}, 1930 – May {}, 2019\n\n{text}\n\n", i + 1)
    };
    assert_eq!(found("", lives), 0, "from when to when they lived");
    let offers = |i: usize| {
        let job = ["Gardener (half a day)", "Driver of the van", "Keeper of books"][i % 3];
        let (days, text) = ((i * 5) % 9 + 2, TEXTS[i]);
        format!("{job}\n\nHarbour Trust\n\nPosted {days} days ago\n\n{text}\n\nApply\n\n")
    };
    assert_eq!(found("", offers), 0, "vacancies");
}

#[test]
fn a_diary_goes_at_a_steady_pace_and_comments_in_bursts() {
    let place = |i: usize| ["Larch", "Elm", "Hazel", "Rowan"][i % 4].to_owned() + " Bay";
    let diary =
        |i: usize| format!("{}\n\nJune {}, 2019, 6:1{i} pm\n\n{}\n\n", place(i), i + 2, TEXTS[i]);
    assert_eq!(found("", diary), 0, "a day each");
    let talk = |i: usize| {
        let day = [2, 2, 3, 9, 9, 9, 28][i];
        format!("{}\n\nJune {day}, 2019, 6:1{i} pm\n\n{}\n\n", NAMES[i % 5], TEXTS[i])
    };
    assert_eq!(found("", talk), 7, "several a day");
}

/// Day, name and text of comments below an article: nothing else tells that they are some.
fn bare(comments: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let entry = |(name, date, text): &(&str, &str, &str)| format!("{name}\n{date}\n{text}\n\n");
    let page =
        format!("By the water\n\n{ARTICLE}{}", comments.iter().map(entry).collect::<String>());
    let found = read(&page).discussion.comments.into_iter();
    found.map(|c| (c.author.unwrap_or_default().to_string(), c.text)).collect()
}

#[test]
fn a_few_bare_comments_with_days_alone_are_read() {
    let pages: [&[(&str, &str, &str)]; 5] = [
        &[
            ("Old Mo", "May 3, 2021", "Great pictures! That cannot be right, though."),
            ("Priya N.", "May 3, 2021", "Why did they not ask the people who live there?"),
            ("Old Mo", "May 4, 2021", "Well said."),
            ("gardener7", "May 6, 2021", "Lovely."),
        ],
        &[
            ("Hervé", "3 mai 2021", "Très belles photos !"),
            ("Claire D.", "3 mai 2021", "J'y étais la semaine dernière, c'était fermé."),
            ("Mamie Jo", "4 mai 2021", "C'est toujours la même chose."),
            ("marin", "7 mai 2021", "Vous avez oublié le bac."),
        ],
        &[
            ("Ulrike M.", "3. Mai 2021", "Da bin ich anderer Meinung."),
            ("Nordlicht", "3. Mai 2021", "Typisch für diese Stadt."),
            ("Jonas", "4. Mai 2021", "Geht mir genauso."),
            ("Nordlicht", "4. Mai 2021", "Sehr schön geschrieben!"),
            ("Achim", "9. Mai 2021", "Typisch für diese Stadt."),
            ("Heiner", "9. Mai 2021", "Weiß jemand, wann wieder geöffnet ist?"),
        ],
        &[
            ("田中", "2021年5月3日", "いつ開くかご存じの方いますか？"),
            ("通りすがり", "2021年5月3日", "素敵な写真ですね！"),
            ("直美", "2021年5月4日", "フェリーのことを忘れていますよ。"),
            ("田中", "2021年5月5日", "父がそこで働いていました。"),
        ],
        // All write the same.
        &[
            ("kestrel7", "May 3, 2021", "I support this."),
            ("Mike", "May 3, 2021", "I support this."),
            ("tilly99", "May 4, 2021", "I support this."),
            ("Rob", "May 4, 2021", "I support this."),
            ("Ann", "May 5, 2021", "I support this."),
            ("kestrel7", "May 5, 2021", "I support this."),
        ],
    ];
    for page in pages {
        let expected: Vec<(String, String)> =
            page.iter().map(|(name, _, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        assert_eq!(bare(page), expected);
    }
}

/// Where names and dates stand below the texts, nothing tells where the first text begins, unless
/// all others are single paragraphs.
#[test]
fn the_first_text_above_its_name_is_as_long_as_the_others() {
    let days = [3, 3, 4, 4, 9, 9, 9];
    let names = ["kestrel7", "tilly99", "Rob", "Ann"];
    let entry = |i: usize| {
        format!("{}\n\n{}, May {}, 2021 at 9:1{i} am\n\n", TEXTS[i], names[i % 4], days[i])
    };
    let entries: String = (0..7).map(entry).collect();
    let found = read(&format!("By the water\n\n{ARTICLE}{entries}")).discussion.comments;
    let shown: Vec<(String, &str)> = found
        .iter()
        .map(|c| (c.author.clone().unwrap_or_default().to_string(), c.text.as_str()))
        .collect();
    let expected: Vec<(String, &str)> =
        (0..7).map(|i| (names[i % 4].to_owned(), TEXTS[i])).collect();
    assert_eq!(shown, expected);
}

/// Lines with name and date could stand below the texts as well, with the end of the article as the
/// first one.
#[test]
fn what_stands_behind_the_last_header_is_its_text() {
    let texts = [
        "Ik was er vorige week, alles dicht.",
        "Weet iemand wanneer het weer opengaat?",
        "Waarom is de buurt niets gevraagd?",
        "Mooie foto's!",
        "Bedankt voor dit stuk, dat wist ik niet.",
        "Mijn vader heeft er gewerkt.",
    ];
    let days = [1, 3, 10, 17, 19, 23];
    let names = ["fietser", "Wim", "oma Riet", "Anneke"];
    let entry =
        |i: usize| format!("{} | {} februari 2020\n\n{}\n\n", names[i % 4], days[i], texts[i]);
    let entries: String = (0..6).map(entry).collect();
    let page = format!("By the water\n\n{ARTICLE}{entries}Meest gelezen\n\nDe brug\nHet kanaal\n");
    let found = read(&page).discussion.comments;
    let authors: Vec<String> =
        found.iter().map(|c| c.author.clone().unwrap_or_default().to_string()).collect();
    assert_eq!(authors, (0..6).map(|i| names[i % 4]).collect::<Vec<_>>());
    // Behind the last one stands a list whose heading no vocabulary has.
    assert!(found.iter().zip(texts).all(|(c, text)| c.text.starts_with(text)));
}

#[test]
fn entries_of_one_day_without_times_are_parts_of_one_page() {
    let stars = ["Taurus", "Leo", "Gemini", "Virgo"];
    let sign = |i: usize| format!("{}\n\n3 May 2024\n\n{}\n\n", stars[i % 4], TEXTS[i]);
    assert_eq!(found("", sign), 0);
}

/// How many comments are found on a page of fourteen entries, the latest first.
fn found_of_many(entry: impl Fn(usize, &str, &str) -> String) -> usize {
    let nicks = ["jo.b", "wanderer", "hexe13", "rootless", "cat5", "ernie", "moss"];
    let entries = (0..14).map(|i| entry(i, nicks[i % 7], nicks[(i + 3) % 7]));
    read(&format!("By the water\n\n{}", entries.collect::<String>())).discussion.comments.len()
}

/// Forums list who began a discussion and who wrote last.
#[test]
fn names_of_those_who_began_and_ended_something_are_no_texts() {
    let bare =
        |i: usize, began: &str, last: &str| format!("{began}\n{}\n{last}\nx\n", some_time(i));
    assert_eq!(found_of_many(bare), 0);
    let talk =
        |i: usize, name: &str, _: &str| format!("{name}\n{}\n{}\n", some_time(i), TEXTS[i % 7]);
    assert_eq!(found_of_many(talk), 14);
}

/// A time of three days, the latest first, at no pace.
fn some_time(i: usize) -> String {
    format!("{} May 2019, {}:{:02}", 20 - i / 5, [22, 19, 18, 11, 10][i % 5], (i * i * 7) % 60)
}

/// A person, a day and a sentence below each of several headings.
#[test]
fn parts_of_a_page_with_headings_are_no_comments() {
    let part = |i: usize| {
        format!(
            "## {}. {}\n\n{}\n\n**{}** {}\n\n",
            i + 1,
            TITLES[i],
            TEXTS[6 - i],
            NAMES[i],
            any_day(i)
        )
    };
    let above = format!("{ARTICLE}## 7. Comments\n\n{}\n\n", TEXTS[0]);
    assert_eq!(found(&above, part), 0);
}

/// One of several numbered headings has a word that heads comments elsewhere.
#[test]
fn a_numbered_heading_heads_no_comments() {
    let heading = |i: usize| if i == 6 { "Comments" } else { TITLES[i % 7] };
    let part =
        |i: usize| [&(i + 1).to_string(), ". ", heading(i), "\n\n", TEXTS[i % 7], "\n\n"].concat();
    let above: String = (0..8).map(part).collect();
    let related = |i: usize| format!("{} {}\n\n{}\n\n", NAMES[i], any_day(i), TEXTS[i]);
    assert_eq!(found(&above, related), 0);
}

/// A page whose form waits for the first comment lists other articles.
#[test]
fn a_page_that_says_there_are_none_has_none() {
    let form = "Leave a comment\n\nName *\n\nPost comment\n\n";
    let related = |i: usize| format!("{} {}\n\n{}\n\n", NAMES[i], any_day(i), TEXTS[i]);
    let headed = format!("{ARTICLE}Comments\n\n{form}");
    assert_eq!(found(&headed, related), 7);
    for words in ["Be the first to comment", "0 comments", "Noch keine Kommentare"] {
        assert_eq!(found(&format!("{headed}{words}\n\n"), related), 0, "{words}");
    }
}

/// Below what a page lists, it may have a form, too.
#[test]
fn a_form_below_a_list_makes_no_comments_of_it() {
    let form = "Leave a comment\n\nName *\n\nE-mail *\n\n";
    let film = |i: usize| {
        let text = format!(
            "{}\n{} Dec 2024, 16:05\nDir. {}, {} min. Nobody has seen it yet.\n",
            NAMES[i],
            20 + i,
            NAMES[6 - i],
            80 + i
        );
        if i == 6 { text + form } else { text }
    };
    assert_eq!(found("Programme\n\n", film), 0);
}

#[test]
fn titles_that_stand_twice_and_years_long_gone_are_of_articles() {
    let days = ["7 October", "6 October", "5 October", "1 October", "29 September", "24 September"];
    let texts = [
        "They take for ever. Put them where it is warm, and be patient.",
        "Before you throw the old ones away: count them after a week.",
        "We compared three of them with a dear one. Nobody noticed.",
        "Let the snow do the work. They need the cold to wake up.",
        "At the third leaf it is time. Plant deep, and water well.",
        "Last year 120 people came. This is how we sorted them.",
    ];
    let teasers = |kicker: &str| -> String {
        let teaser = |i: usize| {
            let (title, name) = (TITLES[i], NAMES[usize::from(i == 2 || i == 4)]);
            let (text, day) = (texts[i], days[i]);
            format!("{title}\n{kicker}\n\n{title}\n\n{text}\n\n{name} {name} · {day} 2020\n")
        };
        (0..6).map(teaser).collect()
    };
    for kicker in ["", "Harbour"] {
        let above = "By the water\nHome News\n\nCategory: Harbour\n\n";
        let page = format!("{above}{}", teasers(kicker));
        assert_eq!(read(&page).discussion.comments.len(), 0, "pictures of titles: {kicker}");
    }
    let letter = |i: usize| {
        let place = ["Lat. 68 N.", "At sea", "Off Skagen"][i % 3];
        format!("{place}, June {}th 183{i}\n\nMy dear wife, I am well.\n\n", i + 5)
    };
    let letters: String = (0..4).map(letter).collect();
    let page = read(&format!("Letters\n\n{letters}Comments are closed.\n"));
    assert_eq!(page.discussion.comments.len(), 0, "letters of long ago");
    let comment = |i: usize| {
        let name = NAMES[i % 5];
        format!("{name}, June {}th 2019\n\nMy dear Ida, I am well. {}\n\n", i + 5, TEXTS[i])
    };
    assert_eq!(found(&format!("{ARTICLE}7 Comments\n\n"), comment), 7);
}
