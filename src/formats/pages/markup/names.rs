//! What stands where a name does: the name without what pages put around it, or no name at all.

use crate::comment::Name;

/// What stands where names do, but is a number or an address.
pub(super) fn is_no_name(text: &str) -> bool {
    let is_number = |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.strip_prefix('#').is_some_and(is_number)
        || text.starts_with("http://")
        || text.starts_with("https://")
        || BUTTONS.iter().any(|button| text.eq_ignore_ascii_case(button))
}

/// Links that stand beside names, above all where a name is none.
const BUTTONS: &[&str] = &[
    "#",
    "email",
    "e-mail",
    "mail",
    "homepage",
    "website",
    "web",
    "www",
    "url",
    "link",
    "permalink",
    "reply",
    "quote",
    "report",
    "edit",
    "antworten",
    "zitieren",
    "répondre",
    "responder",
    "rispondi",
];

/// A name without what pages put around it.
pub(super) fn clean_name(name: &str) -> Option<Name> {
    let name = name.trim().trim_end_matches([':', ',']).trim();
    let name = name.strip_prefix("@").filter(|rest| !rest.is_empty()).unwrap_or(name);
    let name = without_doubt(name);
    let is_placeholder = matches!(name, "[deleted]" | "[removed]" | "[gelöscht]");
    (!name.is_empty() && !is_placeholder && name.chars().count() <= 120).then(|| Name::from(name))
}

/// `Ann (not verified)`: whoever gave a name without signing in.
fn without_doubt(name: &str) -> &str {
    const DOUBTS: &[&str] = &[
        "(not verified)",
        "(nicht überprüft)",
        "(non vérifié)",
        "(no verificado)",
        "(non verificato)",
        "(não verificado)",
        "(niet gecontroleerd)",
        "(niezweryfikowany)",
        "(не проверено)",
        "(ej verifierad)",
    ];
    let rest = DOUBTS.iter().find_map(|doubt| name.strip_suffix(doubt)).unwrap_or(name).trim();
    if rest.is_empty() { name } else { rest }
}
