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
/// a word for it; in others the ending of a verb does.
pub(super) fn needs_words(code: &str) -> bool {
    matches!(code, "en" | "de" | "fr" | "nl" | "sv" | "ru")
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
}
