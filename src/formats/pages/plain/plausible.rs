//! How far what was taken for names can be names.

use std::collections::HashSet;

use super::segments::Segment;
use super::vocabulary::Vocabulary;
use crate::comment::Kind;

/// How far what was taken for names can be names: 0 to 1. Sentences are none, nor is what differs
/// in a number only, and a page on which many write has more than one name.
pub(super) fn plausibility(segments: &[Segment], words: &Vocabulary) -> f32 {
    let names: Vec<&str> = segments
        .iter()
        .filter(|segment| segment.kind == Kind::Comment && !segment.header.author.is_empty())
        .map(|segment| segment.header.author.as_str())
        .collect();
    let n = names.len();
    if n == 0 {
        return 1.0;
    }
    let texts = names.iter().filter(|name| looks_like_text(name)).count();
    let labels = names.iter().filter(|name| words.is_label(name)).count();
    let mut plausible = 1.0 - (texts as f32 + 0.4 * labels as f32) / n as f32;
    if n >= 4 {
        let different: HashSet<&str> = names.iter().copied().collect();
        let shapes: HashSet<String> = names.iter().map(|name| without_numbers(name)).collect();
        if shapes.len() * 2 < different.len() {
            plausible *= 0.2;
        }
        plausible *= 0.7 + 0.3 * (different.len() as f32 / (0.5 * n as f32)).min(1.0);
    }
    plausible
}

/// Words that stand small within names.
const BETWEEN: &[&str] = &[
    "de", "del", "della", "di", "da", "do", "dos", "la", "le", "van", "von", "der", "den", "zu",
    "y", "e", "et", "und", "and", "of", "the", "from", "in", "aus", "bin", "al", "el", "&", "-",
    "vom",
];

/// It has the shape of a title: four words or more, several of them small ones as no name has them.
/// In scripts without blanks, a comma, or particles within a long name.
pub(super) fn is_title(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_small = |word: &&&str| word.starts_with(char::is_lowercase) && !BETWEEN.contains(*word);
    let is_phrase = || name.chars().count() >= 7 && name.contains(['の', 'で', 'に', 'が', 'を']);
    words.len() >= 4 && words.iter().filter(is_small).count() >= 2
        || name.contains(['、', '，'])
        || words.len() == 1 && is_phrase()
}

/// It has the shape of a name or a nickname: one word, or several that begin with capitals.
pub(super) fn is_likely(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_capital = |word: &&&str| {
        word.chars().next().is_some_and(|c| !c.is_lowercase()) || BETWEEN.contains(*word)
    };
    // `572K views`
    let is_amount = name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().filter(|c| c.is_alphabetic()).count() < 2;
    // `<line>`, `:role:`, `[`: marks of a language for programs.
    if is_amount || name.starts_with([':', '`', '{', '#']) || name.contains(['<', '>']) {
        return false;
    }
    words.len() == 1 || words.len() <= 5 && words.iter().filter(is_capital).count() == words.len()
}

/// A sentence, or a part of one.
pub(super) fn looks_like_text(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let ends = name.ends_with(['.', '!', '?', '。', '！', '？', '…']);
    words > 7 || name.chars().count() > 60 || ends && words > 3 || name.ends_with('。')
}

/// Words of the page, not of a name, were taken into the name.
pub(super) fn is_odd(author: &str) -> bool {
    const BEFORE: &[&str] = &[
        "posted",
        "by",
        "comment",
        "submitted",
        "von",
        "par",
        "por",
        "written",
        "on",
        "soumis",
        "publié",
        "écrit",
        "eingereicht",
        "verfasst",
        "geschrieben",
        "enviado",
        "publicado",
        "escrito",
        "inviato",
        "scritto",
        "ingediend",
        "geplaatst",
    ];
    const BEHIND: &[&str] =
        &["on", "at", "am", "um", "le", "el", "il", "op", "em", "den", "à", "a", "|", "-", "—"];
    let mut words = author.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches(':').to_lowercase();
    let last = words.next_back().unwrap_or_default().to_lowercase();
    author.contains(": ")
        || (!last.is_empty()
            && (BEFORE.contains(&first.as_str()) || BEHIND.contains(&last.as_str())))
}

/// A name in which numbers that stand alone are all the same, and so are words of hardly anything
/// but numbers: `Article L12-3`.
fn without_numbers(name: &str) -> String {
    let words = name.split(' ').map(|word| {
        // `v1.2` is the number of a release.
        let bare = word.strip_prefix('v').unwrap_or(word);
        let is_number = bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
        let is_code = word.contains(|c: char| c.is_ascii_digit())
            && word.chars().filter(|c| c.is_alphabetic()).count() <= 2;
        if is_number || is_code { "#" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The line tells when something else than writing happened: somebody became a member, a law was
/// changed. `begins` is what stands before its date.
pub(super) fn is_no_writing(begins: &str) -> bool {
    #[rustfmt::skip]
    const EVENTS: &[&str] = &[
        // Becoming a member
        "member since", "joined", "join date", "registered", "mitglied seit", "dabei seit",
        "registriert seit", "membre depuis", "inscrit le", "inscrit depuis", "inscrite depuis",
        "miembro desde", "registrado desde", "membro desde", "membro dal", "iscritto dal", "iscritto il",
        "lid sinds", "lid geworden", "zarejestrowany", "dołączył", "medlem sedan", "регистрация",
        "зарегистрирован", "на сайте с", "登録日",
        // Changing a rule
        "amended", "modified by", "as amended", "version of", "version in force", "in force",
        "effective", "valid", "repealed", "fassung vom", "in der fassung", "geändert durch",
        "zuletzt geändert", "gültig", "in kraft", "modifié par", "modifiée par", "créé par",
        "abrogé par", "version en vigueur", "en vigueur", "modificado por", "en vigor", "vigente",
        "modificato da", "in vigore", "geldend", "zmieniony", "w brzmieniu", "obowiązuje",
        "в редакции", "в ред.", "改正",
        // Being born, and ending
        "born", "died", "geboren", "gestorben", "né le", "née le", "expires", "deadline",
        "apply by", "bewerbungsfrist", "bewerbungsschluss",
    ];
    let begins = begins.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    EVENTS.iter().any(|event| {
        let rest = begins.strip_prefix(event);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic) || !event.is_ascii())
    })
}

/// Fields of profiles, forms and articles.
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "join date", "joined", "registered", "member since", "mitglied seit", "registriert seit",
    "registriert", "posts", "beiträge", "location", "ort", "date", "from", "updated", "published",
    "posted", "last online", "last seen", "last visit", "last active", "zuletzt online",
    "zuletzt aktiv", "dernière visite", "última visita", "ultima visita", "released",
    "freigegeben", "created", "modified", "inscrit", "iscritto", "registrado", "lid geworden",
    "регистрация", "release", "datum", "date posted", "aktualisiert", "veröffentlicht",
    "mis à jour", "mis à jour le", "publié", "publié le", "aggiornato", "aggiornato il",
    "pubblicato", "pubblicato il", "actualizado", "publicado", "atualizado", "bijgewerkt",
    "gepubliceerd", "zaktualizowano", "opublikowano", "обновлено", "опубликовано", "uppdaterad",
    "publicerad", "aktualizováno", "更新",
];

/// The name of a field in a profile box or a form, a rank, the head of a quotation: no person.
pub(super) fn is_field(author: &str) -> bool {
    // What forums print below a name.
    const RANKS: &[&str] = &[
        "newbie",
        "member",
        "members",
        "new member",
        "junior member",
        "jr. member",
        "full member",
        "senior member",
        "sr. member",
        "hero member",
        "active member",
        "well-known member",
        "registered member",
        "registered user",
        "global moderator",
        "super moderator",
        "site admin",
        "neues mitglied",
        "aktives mitglied",
        "bekanntes mitglied",
        "erfahrener benutzer",
        "neuer benutzer",
    ];
    // `Posts: 482Joined: Sun Mar 9, 2015`, a box of the profile in one line.
    const JOINED: &[&str] = &["joined", "join date", "registered", "member since", "registriert"];
    let lower = author.to_lowercase();
    if RANKS.contains(&lower.as_str())
        || lower.starts_with("originally posted by")
        || lower.starts_with("quote from")
    {
        return true;
    }
    if JOINED.iter().any(|field| lower.ends_with(field)) {
        return true;
    }
    // `Score: 0/0`, `Rating:3`
    let is_number = |(at, _): (usize, &str)| {
        author[at + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    if author.match_indices(':').any(is_number) {
        return true;
    }
    // `Posts: 12`
    let author =
        author.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '.'));
    author.ends_with(':') || FIELDS.contains(&author.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_names() {
        for title in [
            "Der lange Weg nach Kassel",
            "A new bridge for the old town",
            "市場、十周年",
            "新町に新しい橋",
        ] {
            assert!(is_title(title), "{title}");
        }
        for name in [
            "Ann",
            "Maria de la Cruz y Torres",
            "the old man",
            "Frau M. aus K.",
            "小透明",
            "山歩き太郎",
        ] {
            assert!(!is_title(name), "{name}");
        }
    }
}
