//! Comments by author and minute: above a quotation, forums print who wrote it and when.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::comment::{Comment, Moment, Name, Precision};

/// The comments of a discussion by what a quotation says of them.
pub(super) struct Moments<'d>(HashMap<(&'d str, i64), Option<u32>, FixedState>);

impl<'d> Moments<'d> {
    pub(super) fn of(comments: &'d [Comment]) -> Self {
        let mut moments = HashMap::with_hasher(FixedState::default());
        for (i, comment) in (0..).zip(comments) {
            let minute = comment.created.and_then(minute);
            if let (Some(author), Some(minute)) = (&comment.author, minute) {
                let only = moments.entry((author.as_str(), minute)).or_insert(Some(i));
                *only = only.filter(|first| *first == i);
            }
        }
        Self(moments)
    }

    /// The comment that an author wrote in a minute, if there is one and only one.
    pub(super) fn get(&self, author: &Name, created: Moment) -> Option<u32> {
        self.0.get(&(author.as_str(), minute(created)?)).copied().flatten()
    }
}

/// Minutes since 1970, on whatever clock the page prints; `None` for a time less exact.
fn minute(moment: Moment) -> Option<i64> {
    (moment.precision <= Precision::Minute).then(|| moment.millis.div_euclid(60_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comment::Clock;

    fn at(minutes: i64, precision: Precision) -> Moment {
        Moment { millis: minutes * 60_000, precision, clock: Clock::Local }
    }

    #[test]
    fn a_minute_in_which_somebody_wrote_once_names_a_comment() {
        let write = |author: &str, created| Comment {
            author: Some(author.into()),
            created: Some(created),
            ..Comment::default()
        };
        let comments = [
            write("ann", at(5, Precision::Minute)),
            write("ben", at(5, Precision::Second)),
            write("ann", at(7, Precision::Minute)),
            write("ann", at(7, Precision::Minute)),
            write("cem", at(9, Precision::Day)),
        ];
        let moments = Moments::of(&comments);
        let get =
            |author: &str, minutes| moments.get(&author.into(), at(minutes, Precision::Minute));
        assert_eq!((get("ann", 5), get("ben", 5)), (Some(0), Some(1)));
        assert_eq!((get("ann", 7), get("ann", 9), get("cem", 9)), (None, None, None));
    }
}
