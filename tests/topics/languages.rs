//! The language of short texts, and words in scripts without spaces.

use rejoinder::text::language::detect;
use rejoinder::text::stems::Stemmer;
use rejoinder::text::stopwords::StopWords;
use rejoinder::text::words::count;

/// Comments of the length that people write, invented for this test.
const COMMENTS: &[(&str, &str)] = &[
    ("en", "I don’t think they would ever have done that without being asked to."),
    ("de", "Das glaube ich nicht, die haben doch noch nie etwas davon gesagt."),
    ("fr", "Je ne crois pas que ce soit une bonne idée, mais on verra bien."),
    ("es", "No creo que esto vaya a cambiar nada, pero ya lo veremos."),
    ("pt", "Não acho que isso vai mudar alguma coisa, mas você tem razão."),
    ("it", "Non credo che questo possa cambiare qualcosa, ma hai ragione tu."),
    ("nl", "Ik denk niet dat het nog veel uitmaakt, maar je hebt wel gelijk."),
    ("sv", "Jag tror inte att det spelar någon roll, men du har nog rätt."),
    ("da", "Jeg tror ikke, at det gør nogen forskel, men du har nok ret i det."),
    ("fi", "En usko että tällä on mitään väliä, mutta olet varmaan oikeassa."),
    ("pl", "Nie sądzę, żeby to coś zmieniło, ale może masz rację."),
    ("cs", "Nemyslím si, že by to něco změnilo, ale možná máš pravdu."),
    ("hu", "Nem hiszem, hogy ez bármit is számít, de azért lehet, hogy igazad van."),
    ("ro", "Nu cred că asta o să schimbe ceva, dar poate că ai dreptate."),
    ("tr", "Bunun bir şeyi değiştireceğini sanmıyorum ama belki de sen haklısın."),
    ("ru", "Я не думаю, что это что-то изменит, но вы, наверное, правы."),
    ("el", "Δεν νομίζω ότι αυτό θα αλλάξει κάτι, αλλά ίσως έχεις δίκιο."),
    ("he", "אני לא חושב שזה ישנה משהו, אבל אולי אתה צודק"),
    ("ar", "لا أعتقد أن هذا سيغير شيئا ولكن ربما أنت على حق"),
    ("ja", "それで何かが変わるとは思いませんが、そうかもしれません。"),
    ("zh", "我不认为这会改变什么，但也许你是对的。"),
    ("ko", "그게 뭔가를 바꿀 거라고는 생각하지 않지만 네 말이 맞을지도 몰라."),
    ("th", "ฉันไม่คิดว่าสิ่งนี้จะเปลี่ยนอะไรได้ แต่คุณอาจจะถูกก็ได้"),
];

#[test]
fn comments_are_told_apart_by_language() {
    for (code, text) in COMMENTS {
        let found = detect(text);
        assert_eq!(found.map(|l| l.code), Some(*code), "{text}: {found:?}");
        assert!((0.6..=1.0).contains(&found.unwrap().confidence));
    }
}

#[test]
fn what_is_too_short_or_quoted_stays_open() {
    for text in
        ["", "ok", "lol", "42", "> Das glaube ich nicht, die haben nie etwas gesagt\nok", "👍👍"]
    {
        assert_eq!(detect(text), None, "{text}");
    }
}

#[test]
fn fifteen_languages_have_stems_and_function_words() {
    let both = Stemmer::languages()
        .filter(|code| {
            let text =
                COMMENTS.iter().find(|(known, _)| known == code).map_or("", |(_, text)| text);
            let stop = StopWords::of(&[code]);
            text.split_whitespace().any(|word| stop.contains(&word.to_lowercase()))
        })
        .count();
    assert!(both >= 15, "{both}");
    let stem = |code, word| Stemmer::of(code).unwrap().stem(word).into_owned();
    assert_eq!(stem("en", "sanctions"), stem("en", "sanction"));
    assert_eq!(stem("de", "häuser"), stem("de", "häusern"));
    assert_eq!(stem("ru", "нефтью"), stem("ru", "нефть"));
}

#[test]
fn words_without_spaces_are_words() {
    // 我们 · 讨论 · 石油 · 价格; ICU's dictionary knows all four.
    assert_eq!(count("我们讨论石油价格。"), (4, 9));
    assert_eq!(count("ภาษาไทย").0, 2);
    assert!((2..=5).contains(&count("東京で話した。").0));
    assert_eq!(count("석유 가격이 올랐다").0, 3);
}
