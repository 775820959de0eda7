//! Words that stand with names and are none: roles, ranks, badges, `by` and `said`.

use super::vocabulary::Vocabulary;

impl Vocabulary {
    /// A role that is nobody's name. Guests are often called nothing else.
    pub(super) fn is_rank(&self, text: &str) -> bool {
        const GUESTS: &[&str] = &[
            "guest",
            "gast",
            "invité",
            "ospite",
            "invitado",
            "visitante",
            "convidado",
            "gość",
            "гость",
            "misafir",
            "reader",
        ];
        self.is_label(text) && !GUESTS.contains(&text.trim().to_lowercase().as_str())
    }

    /// A word that pages put before or behind names: `by`, `said`, `wrote`, `avatar`.
    pub(super) fn is_link_word(&self, word: &str) -> bool {
        const AROUND: &[&str] = &[
            "posted",
            "by",
            "comment",
            "submitted",
            "from",
            "von",
            "par",
            "por",
            "written",
            "on",
            "at",
            "am",
            "um",
            "le",
            "el",
            "il",
            "op",
            "em",
            "den",
            "à",
            "a",
            "wrote",
            "avatar",
            "reply",
            "kommentar",
            "commentaire",
            "comentario",
            "commento",
            "de",
            "di",
            "da",
            "via",
            // The text of a picture that tells who is there.
            "online",
            "offline",
        ];
        let lower = word.to_lowercase();
        AROUND.contains(&lower.as_str()) || self.says.contains(&lower)
    }

    /// The name in `(in reply to Ann)`.
    pub(super) fn answered_in<'t>(&self, tail: &'t str) -> Option<&'t str> {
        let bare = tail.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
        self.replied_to(bare).map(|to| to.trim_matches(['@', ' ']))
    }

    /// A name without the role that stands behind it, or what signs part from it: `Ann Admin`,
    /// `Ann Post author`, `Ann · Follow`.
    pub(super) fn without_label<'t>(&self, name: &'t str) -> (&'t str, Option<&'t str>) {
        let gaps = name.match_indices([' ', '\u{a0}']).map(|(at, _)| at);
        let found = gaps.map(|at| (&name[..at], name[at..].trim())).find_map(|(head, label)| {
            let bare = label.trim_start_matches(['·', '•', '|', ' ', '\u{a0}']);
            // `Ann (Homepage)`
            let linked = label.strip_prefix('(').and_then(|l| l.strip_suffix(')'));
            if linked
                .is_some_and(|link| link.contains(char::is_alphabetic) && self.is_actions(link))
            {
                return Some((head.trim(), label));
            }
            let is_parted = bare.len() < label.len();
            let is_role = bare.starts_with(char::is_uppercase) && self.is_label(bare)
                || is_parted && self.is_actions(bare);
            // In `Comment by Guest` and `Picture of Editor` the role is the name.
            let is_named = head.split_whitespace().any(|word| !self.is_link_word(word))
                && !head.split_whitespace().next_back().is_some_and(is_of);
            (is_role && is_named).then_some((head.trim(), bare))
        });
        found.map_or((name, None), |(head, label)| (head, Some(label)))
    }

    /// A name without the badge that some pages print before it: `Mod  Carl`.
    pub(super) fn without_badge<'t>(&self, name: &'t str) -> &'t str {
        match name.split_once("  ") {
            Some((badge, rest)) if self.is_label(badge) => rest.trim(),
            _ => name,
        }
    }
}

/// Behind such a word a name is still to come.
fn is_of(word: &str) -> bool {
    matches!(word, "of" | "by" | "for" | "von" | "de" | "di" | "da" | "van" | "par" | "por" | "от")
}

/// `(edited)`, in the words of several languages: what stands behind a date.
pub(super) fn is_edited(tail: &str) -> bool {
    const STEMS: &[&str] = &[
        "edit",
        "bearb",
        "geänd",
        "modif",
        "bewerkt",
        "измен",
        "отред",
        "edyt",
        "redig",
        "düzen",
        "uprav",
        "muokat",
        "szerk",
        "編集",
        "편집",
        "修正",
    ];
    let inner = tail.trim().strip_prefix('(').and_then(|tail| tail.strip_suffix(')'));
    inner.is_some_and(|inner| {
        let lower = inner.to_lowercase();
        !inner.contains(' ') && STEMS.iter().any(|stem| lower.starts_with(stem))
    })
}
