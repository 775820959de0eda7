//! What a dictionary finds, and what its errors say.

use std::sync::LazyLock;

use rejoinder::topics::{Hit, Topics};

/// Mentions by topic of a dictionary in TOML.
#[track_caller]
fn mentions(dictionary: &str, text: &str) -> Vec<u32> {
    let topics = Topics::from_dictionary("test.toml", dictionary).unwrap();
    let mut counts = vec![0; topics.list.len()];
    for Hit { topic, mentions } in topics.hits(text) {
        counts[topic as usize] = mentions;
    }
    counts
}

#[test]
fn words_match_whole_in_any_case_and_script() {
    let oil = "oil = ['oil', 'нефть', 'öl', '石油', '석유', 'ΠΕΤΡΈΛΑΙΟ']";
    assert_eq!(mentions(oil, "Oil! turmoil, oiled. OIL"), [2]);
    assert_eq!(mentions(oil, "Нефть и НЕФТЬ, нЕфТь; не нефтьный"), [3]);
    assert_eq!(mentions(oil, "Öl, öl, o\u{308}l, Ölung, Erdöl"), [3]);
    assert_eq!(mentions(oil, "委内瑞拉的石油资源"), [1]);
    assert_eq!(mentions(oil, "석유가 석유를 비석유"), [2]);
    assert_eq!(mentions(oil, "πετρέλαιο"), [1]);
}

#[test]
fn phrases_wildcards_and_expressions() {
    assert_eq!(
        mentions("t = ['regime change']", "Regime\n  change, regime-change, regime changes"),
        [1]
    );
    assert_eq!(mentions("t = ['venezuel*']", "Venezuela, VENEZUELANS; xvenezuela"), [2]);
    assert_eq!(mentions("t = ['*ism']", "Socialism and isms and prism"), [2]);
    assert_eq!(
        mentions(
            "t = ['wom?n', 'col*r', 'inter* in']",
            "women woman womn colour collar; intervenes in"
        ),
        [5]
    );
    assert_eq!(mentions(r"t = ['/sanction(s|ed)?/']", "sanctioned sanctions sanctioning"), [2]);
    assert_eq!(mentions("t = ['c++', ':)', 'why?']", "C++ :) why? why"), [3]);
}

#[test]
fn the_longest_match_counts_once_and_exceptions_take_away() {
    assert_eq!(mentions("t = ['oil', 'oil company', 'company']", "oil company, oil"), [2]);
    let except = "[oil]\nterms = ['oil']\nexcept = ['olive oil']";
    assert_eq!(mentions(except, "olive oil and crude oil"), [1]);
    assert_eq!(mentions("[us]\nexact = ['US']", "US, us, Us"), [1]);
}

#[test]
fn nested_topics_count_for_those_around_them() {
    let nested = "[economy]\nterms = ['economy']\n[economy.oil]\nterms = ['oil']";
    assert_eq!(mentions(nested, "oil and the economy"), [2, 1]);
}

#[test]
fn stems_are_compared_on_request() {
    assert_eq!(
        mentions("stem = 'en'\nt = ['sanction', 'foreign policy']", "Sanctions! Foreign policies."),
        [2]
    );
}

#[test]
fn stems_leave_case_wildcards_and_expressions_as_they_are() {
    let t = "stem = 'en'\n[t]\nterms = ['sanction', 'oil*', '/hawks?/']\nexact = ['CIA']\n\
             except = ['sanction list']";
    assert_eq!(mentions(t, "The CIA and a cia, sanctions, oils, HAWKS; sanctions lists"), [4]);
    // One place is one mention, whichever way it is found.
    assert_eq!(mentions("stem = 'en'\nt = ['sanction', 'sanction*']", "sanctions!"), [1]);
    let topics = Topics::from_dictionary("t.toml", "stem = 'en'\nt = ['foreign policy']").unwrap();
    let text = "Oh, foreign policies again";
    let places: Vec<&str> = topics.mentions(text).iter().map(|m| &text[m.start..m.end]).collect();
    assert_eq!(places, ["foreign policies"]);
}

#[test]
fn quotations_names_and_urls_are_not_the_commenters_words() {
    let t = "t = ['oil', 'time.com']";
    assert_eq!(mentions(t, "> oil\nno\n> oil"), [0]);
    assert_eq!(mentions(t, "@oil #oil"), [1]);
    assert_eq!(mentions(t, "see http://time.com/5514909/oil-company and www.x.org/oil, oil"), [2]);
}

#[test]
fn white_space_of_any_width_parts_words() {
    let t = "t = ['oil', 'oil price']";
    assert_eq!(mentions(t, "a\u{a0}oil\u{a0}b\u{2003}Oil\u{3000}price"), [2]);
    assert_eq!(mentions(t, "\u{a0}http://x.org/\u{a0}oil"), [1]);
}

/// Patterns of one alphabet and of several; the same with one that may begin within a word.
static SEARCHES: LazyLock<[[Topics; 2]; 2]> = LazyLock::new(|| {
    ["'oil', 'kilo*', 'is'", "'oil', 'kilo*', 'is', 'неф*', 'été', 'т'"].map(|patterns| {
        let dictionary = format!("t = [{patterns}]");
        [dictionary.clone(), format!("{dictionary}\nu = ['*qqqq']")]
            .map(|text| Topics::from_dictionary("test.toml", &text).unwrap())
    })
});

proptest::proptest! {
    #[test]
    fn any_text_can_be_searched(text in "(oil|price|石油|й|[ \n\u{a0}\u{3000}@/.:\u{301}é]|http://|\\PC){0,40}") {
        mentions("t = ['oil', 'oil price', 'pri*', '*ce', '/o.l/', '石油', 'й']", &text);
    }

    /// Where no pattern begins within words, a text is searched at their beginnings only.
    #[test]
    fn searching_the_beginnings_of_words_finds_the_same(
        text in "(oil|OIL|kilo|tis|нефть|НЕФТИ|ĸ|été|[ \n«»—’@/×،_0é\u{301}\u{a0}\u{212A}\u{17F}石🛢]|\\PC){0,60}"
    ) {
        for [beginnings, anywhere] in SEARCHES.each_ref() {
            proptest::prop_assert_eq!(beginnings.hits(&text), anywhere.hits(&text));
        }
    }
}

#[test]
fn large_dictionaries_find_the_same() {
    let mut words: Vec<String> = (0..10_000).map(|i| format!("'w{}x{i}'", i % 97)).collect();
    words.push("'needle in a haystack'".to_owned());
    let dictionary = format!("t = [{}]", words.join(", "));
    assert_eq!(mentions(&dictionary, "a W5x102 needle  in a haystack w0x9991 w2x9992"), [3]);
}

#[test]
fn errors_name_file_line_and_pattern() {
    let dictionaries = [
        "a = ['x']\nb = [\n 'ok',\n '/bro(ken/']",
        "a = ['/x*/']",
        "a = ['*']",
        "a = 3",
        "a = [3]",
        "a = ['x'",
        "",
        "stem = 'xx'\na = ['x']",
    ];
    let errors = dictionaries
        .map(|dictionary| Topics::from_dictionary("my.toml", dictionary).unwrap_err().to_string());
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn the_dictionary_of_the_seeds_is_valid() {
    let text = std::fs::read_to_string("seeds/topics/venezuela.toml").unwrap();
    let topics = Topics::from_dictionary("venezuela.toml", &text).unwrap();
    let hits =
        topics.hits("Trump Administration Hits Venezuela’s State Oil Company With Sanctions");
    let names: Vec<_> = hits.iter().map(|h| topics.list[h.topic as usize].name.as_str()).collect();
    assert_eq!(
        names,
        ["oil and resources", "coup and regime change", "powers", "powers > United States"]
    );
}
