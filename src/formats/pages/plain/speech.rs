//! Whether people speak: of themselves, and to each other.

/// Words of the first person and the like, in the languages whose pages are read. Words that other
/// languages use otherwise are left out, here and below.
#[rustfmt::skip]
const OF_ONESELF: &[&str] = &[
    // English
    "i", "i'm", "i've", "i'd", "i'll", "me", "my", "lol", "sorry",
    // German
    "ich", "mir", "mich", "mein", "meine", "meinen", "meiner",
    // French
    "je", "j'ai", "j'y", "j'en", "j'étais", "j'avais", "j'aime", "j'habite", "moi", "mes",
    // Spanish
    "yo", "mi", "mis", "creo", "estoy",
    // Portuguese
    "eu", "meu", "minha", "acho",
    // Italian
    "io", "mio", "mia", "miei", "penso", "credo",
    // Dutch
    "ik", "mij", "mijn",
    // Polish
    "mnie", "mam", "mój", "moja", "moje", "jestem",
    // Czech
    "já", "můj", "moje",
    // Swedish
    "jag", "mig", "mitt",
    // Russian
    "я", "мне", "меня", "мной", "мой", "моя", "моё", "мои", "моего", "моей",
    // Turkish
    "bana", "benim", "bence",
];

/// Words of the second person, of thanks and greetings.
#[rustfmt::skip]
const TO_SOMEBODY: &[&str] = &[
    // English
    "you", "you're", "your", "yours", "thanks", "thank", "hello",
    // German
    "dir", "dich", "dein", "deine", "euch", "danke", "hallo",
    // French
    "toi", "tu", "vous", "votre", "vos", "merci", "bonjour",
    // Spanish
    "tú", "usted", "gracias", "hola",
    // Portuguese
    "você", "obrigado", "obrigada",
    // Italian
    "grazie", "ciao", "tuo", "tua", "ti",
    // Dutch
    "jij", "jouw", "jullie", "bedankt",
    // Polish
    "dziękuję", "dzięki", "ciebie", "tobie",
    // Czech
    "děkuji", "díky",
    // Swedish
    "tack", "dig",
    // Russian
    "ты", "вы", "вам", "вас", "тебе", "тебя", "спасибо",
    // Turkish
    "teşekkürler",
];

/// The same in languages that set no words apart.
const PARTS_OF_ONESELF: &[&str] = &["私", "僕", "俺", "と思", "我", "저는", "나는"];
const PARTS_TO_SOMEBODY: &[&str] = &[
    "ありがとう",
    "ください",
    "ですね",
    "ですよ",
    "ますね",
    "ますよ",
    "あなた",
    "你",
    "您",
    "谢谢",
    "謝謝",
    "감사",
];

/// Somebody is asked, thanked or addressed in a line.
pub(super) fn is_to_somebody(line: &str) -> bool {
    line.contains(['?', '？', '؟', '@'])
        || has_word(line, TO_SOMEBODY)
        || has_part(line, PARTS_TO_SOMEBODY)
}

/// A word of the first or second person stands in a line, or somebody exclaims something.
pub(super) fn is_personal(line: &str) -> bool {
    line.contains(['!', '！'])
        || has_word(line, OF_ONESELF)
        || has_word(line, TO_SOMEBODY)
        || has_part(line, PARTS_OF_ONESELF)
        || has_part(line, PARTS_TO_SOMEBODY)
}

/// Languages of the lists above in which people cannot speak of themselves or to each other without
/// a word for it.
const WORDED: &[&str] = &["en", "de", "fr", "nl", "sv", "ru"];

/// In others the ending of a verb does: the forms that people use most when they talk, and short
/// words that other languages use otherwise.
#[rustfmt::skip]
const FORMS: &[(&str, &[&str])] = &[
    ("es", &[
        "me", "te", "tu", "tus", "nos", "os", "tengo", "quiero", "soy", "he", "puedo", "sé", "pienso",
        "digo", "veo", "espero", "gusta", "parece", "fui", "tienes", "puedes", "sabes", "eres", "haces",
        "ustedes", "vosotros", "jaja", "jajaja", "saludos", "vamos", "tenemos", "somos", "hemos",
    ]),
    ("it", &[
        "mi", "ci", "vi", "te", "tu", "voi", "noi", "ho", "sono", "posso", "voglio", "vorrei", "so",
        "vedo", "dico", "spero", "hai", "sei", "puoi", "avete", "abbiamo", "siamo", "possiamo",
        "secondo", "sembra", "piace", "saluti", "scusa", "scusate", "boh",
    ]),
    ("pt", &[
        "me", "te", "tu", "nos", "nós", "vocês", "tenho", "quero", "sou", "estou", "posso", "sei",
        "penso", "vejo", "espero", "gosto", "fui", "tens", "tem", "pode", "temos", "somos", "vamos",
        "parece", "minhas", "meus", "kkk", "kkkk", "rsrs", "abraço", "abraços",
    ]),
    ("pl", &[
        "mi", "ci", "ty", "wy", "my", "ja", "cię", "was", "wam", "nas", "nam", "myślę", "wiem", "chcę",
        "mogę", "widzę", "masz", "jesteś", "możesz", "wiesz", "moim", "mojego", "twoje", "proszę",
        "pozdrawiam", "chyba", "mamy", "jesteśmy", "niestety",
    ]),
    ("cs", &[
        "mi", "mě", "ty", "vy", "ti", "tě", "vás", "vám", "nás", "nám", "jsem", "jsi", "jste", "jsme",
        "myslím", "vím", "chci", "mám", "máš", "máte", "prosím", "asi", "snad", "zdravím",
    ]),
];

/// Endings of verbs of the first and second person.
const ENDINGS: &[(&str, &[&str])] = &[("pl", &["łem", "łam", "łeś", "łaś", "liśmy", "łyśmy"])];

/// The same in languages that set no words apart.
#[rustfmt::skip]
const PARTS: &[(&str, &[&str])] = &[
    ("ja", &[
        "よね", "だよ", "だね", "かな", "かも", "ですか", "ますか", "でしょう", "ましょう", "笑", "自分", "うち",
        "お願い", "すみません", "ごめん", "いいね", "思い", "欲しい", "ほしい", "たい", "ね。", "よ。",
    ]),
];

/// Whether it can be told that nobody speaks in texts of a language.
pub(super) fn is_known(code: &str) -> bool {
    WORDED.contains(&code)
        || FORMS.iter().any(|(known, _)| *known == code)
        || PARTS.iter().any(|(known, _)| *known == code)
}

/// A form of a language stands in a line that people use when they talk.
pub(super) fn is_talk_in(code: &str, line: &str) -> bool {
    let of = |lists: &[(&str, &'static [&'static str])]| {
        lists.iter().find(|(known, _)| *known == code).map_or(&[][..], |(_, list)| list)
    };
    let ends = of(ENDINGS);
    let is_verb = |word: &str| ends.iter().any(|end| word.len() > end.len() && word.ends_with(end));
    has_word(line, of(FORMS))
        || has_part(line, of(PARTS))
        || !ends.is_empty() && line.split(|c: char| !c.is_alphanumeric()).any(is_verb)
}

/// Only lines with letters beyond the Latin, Greek and Cyrillic ones are searched.
fn has_part(line: &str, parts: &[&str]) -> bool {
    line.contains(|c: char| c > '\u{2fff}') && parts.iter().any(|part| line.contains(part))
}

fn has_word(line: &str, words: &[&str]) -> bool {
    let is_apart = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’');
    line.split(is_apart).any(|word| {
        // The longest word of the lists has eleven letters.
        let is_short = !word.is_empty() && word.len() <= 24;
        is_short && words.contains(&word.to_lowercase().replace('’', "'").as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_says_so() {
        for line in ["I’m not sure", "And what do you think?", "Danke!", "Я тоже", "So glaube ich."]
        {
            assert!(is_personal(line), "{line}");
        }
        for line in
            ["The mine burned down.", "Ben, Mon 4 May", "Apply now", "Der Bus fährt um acht.", ""]
        {
            assert!(!is_personal(line), "{line}");
        }
    }

    #[test]
    fn who_is_spoken_to_is_told_from_who_speaks() {
        for line in ["Thanks for this.", "And where is it?", "Das weißt du, danke", "Merci à vous"]
        {
            assert!(is_to_somebody(line), "{line}");
        }
        for line in ["I slept badly.", "Wir haben am Fluss gegessen.", "My boots are wet."] {
            assert!(!is_to_somebody(line), "{line}");
        }
    }

    #[test]
    fn endings_tell_who_speaks() {
        for (code, line) in [
            ("es", "Lo tengo en casa."),
            ("it", "Non so se funziona."),
            ("pl", "Kupiłem dwa."),
            ("ja", "昨日も見たよね。"),
        ] {
            assert!(is_known(code) && is_talk_in(code, line), "{line}");
        }
        for (code, line) in [
            ("es", "Tramo cerrado por obras."),
            ("it", "Intervento concluso senza feriti."),
            ("pl", "Zgłoszenie przyjęte, patrol na miejscu."),
            ("ja", "試料を交換した。異常なし。"),
        ] {
            assert!(!is_talk_in(code, line), "{line}");
        }
        assert!(!is_known("tr"));
    }
}
