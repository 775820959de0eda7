//! Subjects: first lines that mail and some forums repeat from comment to comment.
//!
//! `Re: [PATCH 3/4] Free the buffer` answers the comment that begins with `[PATCH 3/4] Free the
//! buffer`, and `[PATCH 3/4] …` itself stands below `[PATCH 0/4] …`, the letter that introduces the
//! series.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// The first line of a comment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// A hash of the line without signs of a reply; 0 where there is no line.
    line: u64,
    /// The line says that it is a reply.
    pub(super) is_reply: bool,
    /// Its place in a series of patches, of how many; 0 introduces the series.
    patch: Option<(u32, u32)>,
}

/// Words before a subject that is answered or passed on, in the languages of common programs.
const SIGNS: [&str; 10] = ["re", "aw", "antw", "sv", "vs", "odp", "res", "fwd", "fw", "wg"];

/// Longest line, in bytes, that is taken for a subject.
const LONGEST: usize = 250;

impl Subject {
    /// The subject of a text: its first line.
    pub(super) fn of(text: &str) -> Self {
        let Some(line) = text.lines().map(str::trim).find(|line| !line.is_empty()) else {
            return Self::default();
        };
        if line.len() > LONGEST || line.starts_with('>') {
            return Self::default();
        }
        let mut rest = line;
        while let Some(bare) = without_sign(rest) {
            rest = bare;
        }
        Self {
            line: FixedState::default().hash_one(rest),
            is_reply: rest.len() < line.len(),
            patch: patch(rest),
        }
    }

    /// It answers a comment with that subject.
    pub(super) fn answers(self, other: Self) -> bool {
        self.is_reply && self.line == other.line
    }

    /// It is a patch of the series that the other one introduces.
    pub(super) fn is_introduced_by(self, other: Self) -> bool {
        let (Some((place, of)), Some((0, others))) = (self.patch, other.patch) else {
            return false;
        };
        place > 0 && of == others && !self.is_reply && !other.is_reply
    }
}

/// The line behind `Re:` and the like.
fn without_sign(line: &str) -> Option<&str> {
    let (sign, rest) = line.split_once(':')?;
    let sign = sign.split_once('[').map_or(sign, |(sign, _)| sign);
    let is_sign = SIGNS.iter().any(|known| sign.eq_ignore_ascii_case(known));
    is_sign.then(|| rest.trim_start())
}

/// The place in a series: `[PATCH v2 3/4]`, `[RFC PATCH 0/12]`.
fn patch(subject: &str) -> Option<(u32, u32)> {
    let (tag, _) = subject.strip_prefix('[')?.split_once(']')?;
    if !tag.split_whitespace().any(|word| word == "PATCH") {
        return None;
    }
    let (place, of) = tag.split_whitespace().last()?.split_once('/')?;
    Some((place.parse().ok()?, of.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::Subject;

    #[test]
    fn replies_find_the_subject_and_patches_their_series() {
        let of = Subject::of;
        let (cover, third) = (of("[PATCH 0/4] Tidy up"), of("[PATCH 3/4] Free the buffer\n\ntext"));
        assert!(of("Re: [PATCH 3/4] Free the buffer\n> text").answers(third));
        assert!(of("RE: Re: [PATCH 3/4] Free the buffer").answers(third));
        assert!(!of("Re: [PATCH 3/4] Free the buffer").answers(cover));
        assert!(!third.answers(third), "it does not say that it is a reply");
        assert!(third.is_introduced_by(cover));
        assert!(!of("Re: [PATCH 3/4] Free the buffer").is_introduced_by(cover));
        assert!(!third.is_introduced_by(of("[PATCH v2 0/5] Tidy up")));
        assert_eq!(of("> quoted"), of(""));
    }
}
