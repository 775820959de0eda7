//! What was lost of inputs that were read in part, for who never looks at the diagnostics.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Oddity};

/// Losses so far.
#[derive(Debug, Default)]
pub(super) struct Losses {
    /// Inputs that could not be read to their end, and damaged parts of others.
    broken: Vec<Diagnostic>,
    /// Records that were left out, by input.
    left_out: Vec<LeftOut>,
}

#[derive(Debug)]
struct LeftOut {
    source: String,
    records: u64,
    first: Option<u32>,
    last: Option<u32>,
}

impl Losses {
    /// Whether a diagnostic of a reader says that a part of an input could not be read.
    pub(super) fn is_break(odd: &Diagnostic) -> bool {
        matches!(odd.kind, Oddity::Unreadable | Oddity::Truncated | Oddity::Damaged)
    }

    /// A part of an input could not be read.
    pub(super) fn broken(&mut self, odd: &Diagnostic) {
        self.broken.push(odd.clone());
    }

    /// Counts what says that a record was left out.
    pub(super) fn hear(&mut self, odd: &Diagnostic) {
        if !matches!(odd.kind, Oddity::BadRecord | Oddity::Hostile) {
            return;
        }
        if self.left_out.last().is_none_or(|last| last.source != odd.source) {
            let source = odd.source.clone();
            self.left_out.push(LeftOut { source, records: 0, first: odd.line, last: None });
        }
        if let Some(input) = self.left_out.last_mut() {
            input.records += 1;
            input.first = input.first.min(odd.line).or(odd.line);
            input.last = input.last.max(odd.line);
        }
    }

    /// A sentence for each part of an input that is lost, and for each input with records that were
    /// left out.
    pub(super) fn told(self) -> Vec<Diagnostic> {
        let left_out = self.left_out.into_iter().map(|input| {
            let s = if input.records == 1 { "" } else { "s" };
            let mut message = format!("{} record{s} left out", input.records);
            match (input.first, input.last) {
                (Some(first), Some(last)) if first == last => {
                    let _ = write!(message, ", at line {first}");
                }
                (Some(first), Some(last)) => {
                    let _ = write!(message, ", between line {first} and line {last}");
                }
                _ => {}
            }
            message.push_str("; the diagnostics say why");
            Diagnostic::new(input.source, Oddity::BadRecord, message)
        });
        self.broken.into_iter().chain(left_out).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_told_by_input_with_their_range() {
        let mut losses = Losses::default();
        let bad = |source: &str, line| Diagnostic::new(source, Oddity::BadRecord, "bad").at(line);
        for odd in [bad("a", Some(7)), bad("a", Some(3)), bad("a", Some(900)), bad("b", Some(2))] {
            losses.hear(&odd);
        }
        losses.hear(&bad("c", None));
        losses.hear(&Diagnostic::new("c", Oddity::MissingParent, "is none"));
        let told: Vec<String> = losses.told().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "a: 3 records left out, between line 3 and line 900; the diagnostics say why",
                "b: 1 record left out, at line 2; the diagnostics say why",
                "c: 1 record left out; the diagnostics say why",
            ]
        );
    }
}
